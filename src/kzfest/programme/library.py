"""All programmes: bundled ones, the user's own, and other files. Each is opened once."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kzfest.core.errors import FaultyProgrammeError, KzfestError, NotFoundError, UsageError
from kzfest.i18n import _
from kzfest.paths import PROGRAMMES, cache_folder, config_folder, data_folder, is_bundled, itinerary_folder
from kzfest.programme.database.catalogue import (
    Catalogue,
    ProgressBar,
    TellImport,
    no_progress_bar,
    tell_nobody,
)
from kzfest.programme.files import AS_THE_FILE_SAYS, KEPT, OPTIONS_FILE, STANDARD_INPUT, ImportOptions

if TYPE_CHECKING:
    from kzfest.programme.kept_programmes import KeptProgramme, KeptProgrammes


class OwnProgrammes(NamedTuple):
    """The programmes in the user's folder."""

    files: Mapping[str, Sequence[Path]]
    """Id to files; several files may have the same id."""
    faulty: Sequence[Path]
    """Files with faults, so that their ids are unknown."""

    def hint(self) -> str:
        """Return the end of a message about a programme that was not found: a faulty file may have it."""
        from shlex import quote  # for this sentence only

        message = _("; one file has faults: `kzfest check {file}`")
        return message.format(file=quote(str(self.faulty[0]))) if self.faulty else ""


class Library:
    """Opens programmes by id and by file, and caches compiled programmes in the user's cache folder."""

    def __init__(self, *, progress_bar: ProgressBar = no_progress_bar, tell_import: TellImport = tell_nobody) -> None:
        self._progress_bar = progress_bar
        self._tell_import = tell_import
        self._options: dict[Path, ImportOptions] = {}
        self._kept: dict[Path, KeptProgramme] = {}
        self._opened: dict[Path, Catalogue] = {}

    def read_as(self, file: Path, options: ImportOptions) -> None:
        """Set how *file* is to be read if it is in another format than ours."""
        self._options[file.absolute()] = options

    @cached_property
    def kept(self) -> "KeptProgrammes":
        """The programmes that the user keeps under a name. Raises KzfestError if there is no home folder."""
        from kzfest.programme.kept_programmes import KeptProgrammes  # few runs need them

        folder = itinerary_folder()
        if folder is None:
            raise KzfestError(_("no home folder to keep programmes in; set KZFEST_HOME to a folder"))
        return KeptProgrammes(folder / KEPT)

    def kept_file(self, kept: "KeptProgramme") -> Path:
        """Return the copy of a programme that the user keeps, which is then read as it was added."""
        self._kept[kept.file] = kept
        self._options[kept.file] = kept.options
        return kept.file

    def kept_in(self, file: Path) -> "KeptProgramme | None":
        """Return the programme whose copy is *file*, if it was found by its name."""
        return self._kept.get(file)

    @property
    def kept_names(self) -> list[str]:
        """The names of the programmes that the user keeps."""
        folder = itinerary_folder()
        return self.kept.names() if folder and (folder / KEPT).is_dir() else []

    def default_file(self) -> Path | None:
        """Return the file of the programme that the user chose for commands that name none; None is the first one."""
        name = self.kept.default()
        return self.file_of(name) if name else None

    def read_copy(self, file: Path, options: ImportOptions, tell_import: TellImport) -> Catalogue:
        """Return the programme in *file*, which is about to be moved, without the cache."""
        return Catalogue(file, folder=None, options=options, progress_bar=self._progress_bar, tell_import=tell_import)

    def keep_options(self, file: Path) -> None:
        """Keep how *file* is read, so that a plan reads it so again. Raises UsageError for standard input."""
        if file == STANDARD_INPUT:
            message = _("a plan keeps the file of its programme; save standard input to a file and name it with --data")
            raise UsageError(message)
        options = self._options.get(file.absolute())
        folder = options and itinerary_folder()
        if options and folder:
            from kzfest.programme.importing.options import keep_options  # few files need options

            keep_options(folder, file.absolute(), options)

    def open(self, file: Path) -> Catalogue:
        """Return the programme in *file*. Raises OSError, and FaultyProgrammeError if it has faults."""
        key = file.absolute()
        kept = self._kept.get(key)
        if key not in self._opened:
            try:
                self._opened[key] = Catalogue(
                    file,
                    folder=cache_folder(),
                    options=AS_THE_FILE_SAYS if is_bundled(key) else self._options.get(key) or _kept_options(key),
                    kept_as=kept.kept_as if kept else None,
                    progress_bar=self._progress_bar,
                    tell_import=self._tell_import,
                )
            except (KzfestError, OSError) as error:
                if kept is None or kept.is_sound:
                    raise
                from kzfest.programme.kept_programmes import damaged_programme  # hardly ever needed

                raise damaged_programme(kept.name, kept.folder) from error
        return self._opened[key]

    def close(self) -> None:
        """Close the databases of the programmes that were opened."""
        for catalogue in self._opened.values():
            catalogue.close()

    def bundled_beside(self, catalogue: Catalogue) -> Iterator[Catalogue]:
        """Yield the bundled programmes other than *catalogue*."""
        return (self.open(data_folder() / PROGRAMMES[key]) for key in PROGRAMMES if key != catalogue.head.id)

    def file_of(self, wanted: str) -> Path:
        """Return the file of the programme with the id *wanted*, in any case. Raises NotFoundError."""
        key = wanted.casefold()
        if key in PROGRAMMES:
            return data_folder() / PROGRAMMES[key]
        if self.kept_names and (kept := self.kept.find(key)):
            return self.kept_file(kept)
        files = self.own.files.get(key, ())
        if fault := shared_id(key, files):
            raise NotFoundError(fault)
        if files:
            return files[0]
        message = _("no programme '{wanted}'; the known ones are {known}")
        known = ", ".join(dict.fromkeys([*PROGRAMMES, *self.kept_names, *self.own.files]))
        raise NotFoundError(message.format(wanted=wanted, known=known) + self.own.hint())

    def file_beside_id(self, catalogue: Catalogue) -> str | None:
        """Return the path that visits to *catalogue* must store; None if the programme's id alone finds it."""
        file = catalogue.file.absolute()
        try:
            return None if self.file_of(catalogue.head.id).absolute() == file else str(file)
        except NotFoundError:
            return str(file)

    def find(self, programme: str, file: str | None) -> Catalogue:
        """Return the programme with this id, from *file* if given.

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
        if file and isinstance(error, FaultyProgrammeError):
            from shlex import quote  # for this sentence only

            return _("the programme '{id}' has faults: `kzfest check {file}`").format(id=programme, file=quote(file))
        if not file and itinerary_folder() and programme in self.kept.removed():
            message = _("the programme '{id}' was removed; to take that back: `kzfest programmes restore {id}`")
            return message.format(id=programme)
        message = _("no programme '{id}' found; pass its file with --data").format(id=programme)
        return shared_id(programme, self.own.files.get(programme, ())) or message + self.own.hint()

    @cached_property
    def own(self) -> OwnProgrammes:
        """The programmes in the user's folder. Unreadable files are skipped."""
        files: dict[str, list[Path]] = {}
        faulty: list[Path] = []
        for file in own_files():
            try:
                files.setdefault(self.open(file).head.id, []).append(file)
            except FaultyProgrammeError:
                faulty.append(file)
            except (KzfestError, OSError):
                continue  # `kzfest programmes` lists it with the reason
        return OwnProgrammes(files, faulty)


def _kept_options(file: Path) -> ImportOptions:
    folder = itinerary_folder()
    if folder is None or not (folder / OPTIONS_FILE).exists():
        return AS_THE_FILE_SAYS
    from kzfest.programme.importing.options import kept_options  # few files need options

    return kept_options(folder, file)


def own_files() -> list[Path]:
    """Return the YAML files in the user's folder of programmes, without hidden files."""
    folder = config_folder()
    found = folder and folder / "programmes"
    if not found or not found.is_dir():
        return []
    return sorted(file for file in found.glob("[!.]*") if file.suffix in {".yaml", ".yml"} and not file.is_dir())


def shared_id(key: str, files: Sequence[Path]) -> str | None:
    """Return a message if the id *key* of the user's *files* is not unique, else None."""
    if key in PROGRAMMES and files:
        message = _("the id '{id}' of {files} belongs to a bundled programme; change it, or pass the file with --data")
    elif len(files) > 1:
        message = _("{files} have the same id, '{id}'; change one of them, or pass the file with --data")
    else:
        return None
    return message.format(id=key, files=_(" and ").join(map(str, files)))
