"""Programmes that the user keeps under a name: copies of their files, and how to read them.

A programme has a folder, and in it a folder for each version, which is made beside them and then renamed: a version is
there whole or not at all. The newest one that is sound is the programme. `keeping.py` makes and removes them.
"""

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from kzfest.core.errors import KzfestError, NotFoundError
from kzfest.i18n import _
from kzfest.programme.database.catalogue import KeptAs
from kzfest.programme.files import USED_BY_DEFAULT, ImportOptions

if TYPE_CHECKING:
    import sqlite3

    from kzfest.programme.lineage import Lineage

SETTINGS_FILE, CHANGES_FILE = "kept.json", "changes.json"
"""In the folder of a version: how it is read, and how it differs from the version before."""
REMOVED_FOLDER = ".removed"
"""The folder of the programmes that were removed and can be restored."""
DEFAULT = Path(USED_BY_DEFAULT).name


class KeptProgramme(NamedTuple):
    """A version of a programme that the user keeps."""

    name: str
    folder: Path
    """The folder of the version."""
    id: str
    """Its first name: visits and calendars know the programme by that."""
    copy: str
    """The name of the copy in *folder*."""
    digest: str
    """Of the bytes of the file (SHA-256)."""
    source: str | None
    """The path of the file that was read; None for standard input."""
    read: datetime
    options: ImportOptions

    @property
    def file(self) -> Path:
        """The copy of its file."""
        return self.folder / self.copy

    @property
    def is_sound(self) -> bool:
        """Whether the copy has what was read."""
        from hashlib import sha256  # only if a copy cannot be read, or is compared

        from kzfest.programme.importing.decoding import unpacked

        try:
            data = self.file.read_bytes()
            whole = unpacked(data, self.copy)
        except (OSError, KzfestError):
            return False
        return self.digest in {sha256(data).hexdigest(), sha256(whole).hexdigest()}

    @property
    def kept_as(self) -> KeptAs:
        """How its catalogue is made."""
        return KeptAs(self.id, f"{self.folder.name} {self.digest} {self.read.isoformat()}", self._inherit)

    def _inherit(self, database: "sqlite3.Connection") -> None:
        from kzfest.programme.lineage import apply_lineage  # only if the copy is read

        apply_lineage(database, self.lineage())

    def lineage(self) -> "Lineage":
        """Return what its events have from earlier versions. Raises KzfestError if the file of it is damaged."""
        from kzfest.programme.lineage import FIRST_VERSION, Lineage  # see above

        if not (self.folder / CHANGES_FILE).exists():
            return FIRST_VERSION
        try:
            return Lineage.of_values(json.loads((self.folder / CHANGES_FILE).read_bytes())["lineage"])
        except (OSError, ValueError, TypeError, LookupError, AttributeError) as error:
            message = _("{file} is damaged; `kzfest programmes update {name} FILE` reads the programme again")
            raise KzfestError(message.format(file=self.folder / CHANGES_FILE, name=self.name)) from error

    def as_values(self) -> dict[str, Any]:
        """Return what SETTINGS_FILE has of it."""
        own = {key: value for key, value in self._asdict().items() if key not in {"name", "folder"}}
        return own | {"read": self.read.isoformat(), "options": self.options._asdict()}


class KeptProgrammes:
    """The programmes in *folder*, which need not exist."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def names(self) -> list[str]:
        """Return the names of the programmes, also of damaged ones."""
        if not self.folder.is_dir():
            return []
        return sorted(each.name for each in self.folder.iterdir() if each.is_dir() and not each.name.startswith("."))

    def all(self) -> list[KeptProgramme]:
        """Return the programmes by name; those that are damaged are left out."""
        return [kept for name in self.names() if (kept := next(iter(self.versions(name)), None))]

    def versions(self, name: str) -> list[KeptProgramme]:
        """Return the versions of a programme of which there is a copy, the newest first."""
        newest = reversed(self.version_folders(name))
        return [kept for each in newest if (kept := _read(name, each)) and kept.file.is_file()]

    def version_folders(self, name: str) -> list[Path]:
        """Return the folders of all versions of a programme, the oldest first."""
        folder = self.folder / name
        numbered = [each for each in folder.iterdir() if each.name.isdecimal()] if folder.is_dir() else []
        return sorted(numbered, key=lambda each: int(each.name))

    def find(self, wanted: str) -> KeptProgramme | None:
        """Return the programme with this name, else the one whose first name it was. Raises KzfestError if damaged."""
        if wanted in self.names():
            if found := self.versions(wanted):
                return found[0]
            raise damaged_programme(wanted, self.folder / wanted)
        return next((each for each in self.all() if each.id == wanted), None)

    def get(self, wanted: str) -> KeptProgramme:
        """Return the programme called *wanted*. Raises NotFoundError, with the names there are."""
        if found := self.find(wanted.casefold()):
            return found
        message = _("you keep no programme '{wanted}'; you keep {known}")
        raise NotFoundError(message.format(wanted=wanted, known=", ".join(self.names()) or "–"))

    def removed(self) -> list[str]:
        """Return the names of the programmes that can be restored."""
        folder = self.folder / REMOVED_FOLDER
        return sorted(each.name for each in folder.iterdir()) if folder.is_dir() else []

    def default(self) -> str | None:
        """Return the name of the programme that is used if none is named; None for the first bundled one."""
        try:
            return (self.folder / DEFAULT).read_text(encoding="utf-8").strip() or None
        except (OSError, UnicodeError):
            return None


def damaged_programme(name: str, place: Path) -> KzfestError:
    """Return the error that the programme called *name*, at *place*, is damaged."""
    message = _("the programme '{name}' in {folder} is damaged; `kzfest programmes update {name} FILE` mends it")
    return KzfestError(message.format(name=name, folder=place))


def _read(name: str, folder: Path) -> KeptProgramme | None:
    """Return the version in *folder*, or None if its settings are damaged."""
    from kzfest.programme.importing.options import options_of_values  # only if a programme is kept

    try:
        values: dict[str, Any] = json.loads((folder / SETTINGS_FILE).read_bytes())
        texts = {key: str(values[key]) for key in ("id", "copy", "digest")}
        source, read = values["source"], datetime.fromisoformat(values["read"])
        is_sound = read.tzinfo and Path(texts["copy"]).name == texts["copy"] and isinstance(source, str | None)
        if is_sound:
            options = options_of_values(values["options"])
            return KeptProgramme(name, folder, **texts, source=source, read=read, options=options)
    except (OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError):
        pass
    return None
