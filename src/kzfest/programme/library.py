"""The programmes that there are: those of the package, those of the user, and any file. Each is opened once."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kzfest.core.errors import FaultyProgrammeError, KzfestError, NotFoundError, UsageError
from kzfest.i18n import _
from kzfest.paths import cache_folder, config_folder
from kzfest.programme.bundled import PROGRAMMES, data_folder
from kzfest.programme.database.catalogue import Catalogue, no_progress_bar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kzfest.programme.database.catalogue import ProgressBar


class OwnProgrammes(NamedTuple):
    """The programmes in the user's folder."""

    files: Mapping[str, Sequence[Path]]
    """By their ids, which several of them may share."""
    faulty: Sequence[Path]
    """Whose ids are not known."""

    def hint(self) -> str:
        """Return the end of a sentence about a programme that was not found: it may be in a faulty file."""
        from shlex import quote  # for this sentence only

        told = _("; there is a file with faults: `kzfest check {file}`")
        return told.format(file=quote(str(self.faulty[0]))) if self.faulty else ""


class Library:
    """The programmes, by id and by file. Compiled programmes are kept in the user's cache folder."""

    def __init__(self, *, progress_bar: ProgressBar = no_progress_bar) -> None:
        self._progress_bar = progress_bar
        self._opened: dict[Path, Catalogue] = {}

    def open(self, file: Path) -> Catalogue:
        """Return the programme in *file*. Raises OSError, and FaultyProgrammeError where it has faults."""
        key = file.absolute()
        if key not in self._opened:
            self._opened[key] = Catalogue(file, folder=cache_folder(), progress_bar=self._progress_bar)
        return self._opened[key]

    def file_of(self, wanted: str) -> Path:
        """Return the file of the programme with the id *wanted*. Raises NotFoundError."""
        key = wanted.casefold()
        if key in PROGRAMMES:
            return data_folder() / PROGRAMMES[key]
        files = self.own.files.get(key, ())
        if fault := shared_id(key, files):
            raise NotFoundError(fault)
        if files:
            return files[0]
        message = _("no programme called '{wanted}'; known are {known}")
        known = ", ".join(dict.fromkeys([*PROGRAMMES, *self.own.files]))
        raise NotFoundError(message.format(wanted=wanted, known=known) + self.own.hint())

    def file_beside_id(self, catalogue: Catalogue) -> str | None:
        """Return the file that a visit to an event of *catalogue* names; None where the programme's id finds it."""
        file = catalogue.file.absolute()
        try:
            return None if self.file_of(catalogue.head.id).absolute() == file else str(file)
        except NotFoundError:
            return str(file)

    def find(self, programme: str, file: str | None) -> Catalogue:
        """Return the programme with that id, from *file* where one is named.

        Raises UsageError, which says why it cannot be opened and what to do.
        """
        trouble: Exception | None = None
        try:
            found = self.open(Path(file) if file else self.file_of(programme))
            if found.head.id == programme:
                return found
        except (KzfestError, OSError) as error:
            trouble = error
        raise UsageError(self._absence(programme, file, trouble)) from trouble

    def _absence(self, programme: str, file: str | None, error: Exception | None) -> str:
        """Return why a programme cannot be opened, and what to do; *file* is the one that was named."""
        if file and isinstance(error, FaultyProgrammeError):
            from shlex import quote  # for this sentence only

            return _("the programme '{id}' has faults: `kzfest check {file}`").format(id=programme, file=quote(file))
        message = _("the programme '{id}' is not at hand; give its file with --data").format(id=programme)
        return shared_id(programme, self.own.files.get(programme, ())) or message + self.own.hint()

    @cached_property
    def own(self) -> OwnProgrammes:
        """The programmes in the user's folder; a faulty file does not stop the others."""
        files: dict[str, list[Path]] = {}
        faulty: list[Path] = []
        for file in own_files():
            try:
                files.setdefault(self.open(file).head.id, []).append(file)
            except FaultyProgrammeError:
                faulty.append(file)
            except (KzfestError, OSError):
                continue  # `kzfest programmes` names it
        return OwnProgrammes(files, faulty)


def own_files() -> list[Path]:
    """Return the YAML files in the user's folder of programmes; not those that an editor hides there."""
    folder = config_folder()
    found = folder and folder / "programmes"
    if not found or not found.is_dir():
        return []
    return sorted(file for file in found.glob("[!.]*") if file.suffix in {".yaml", ".yml"} and not file.is_dir())


def shared_id(key: str, files: Sequence[Path]) -> str | None:
    """Return why the id *key* finds none of the user's *files* that have it: another programme has it too."""
    if key in PROGRAMMES and files:
        told = _("the id '{id}' of {files} is that of a programme of kzfest; change it, or give the file with --data")
    elif len(files) > 1:
        told = _("{files} have one id, '{id}'; change it in one of them, or give the file with --data")
    else:
        return None
    return told.format(id=key, files=_(" and ").join(map(str, files)))
