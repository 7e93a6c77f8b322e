"""A folder with one calendar file an entry, as vdirsyncer and khal share it: only our own files are touched."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from stat import S_ISREG
from typing import TYPE_CHECKING, TypeAlias

from kzfest.atomic_files import remove_stale_temps_of, replace_file
from kzfest.calendars.ics_writer import DOMAIN, calendar
from kzfest.core.errors import KzfestError
from kzfest.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from kzfest.calendars.export import Export

Notes: TypeAlias = "dict[str, dict[str, str]]"

NOTES = ".kzfest.json"
"""What we wrote, by source and name, as digests: hidden, and no .ics, so that other programs pass it over.

While a file is being replaced, its old and its new content are both ours: whoever is killed leaves one of them.
"""

LONGEST_FILE_NAME = 200
"""Of a file, which may have 255 bytes, and needs some of them while it is being written."""
_NAME = re.compile(
    rf"(?=.{{1,{LONGEST_FILE_NAME}}}\.ics)[a-z0-9.-]+(@[a-z0-9-]+\.{re.escape(DOMAIN)}|[a-z0-9.@-]*[0-9a-f]{{64}})\.ics"
)
"""What `_name` gives: a UID of ours, or as much of it as there is room for and its digest."""


@dataclass
class SyncResult:
    """What became of the files."""

    written: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    """Changed by another program, or not ours."""


def write_vdir(folder: Path, export: Export) -> SyncResult:
    """Make *folder* hold the entries of *export*, a file each, and no others that came from the same source.

    A file that another program has written or changed is left as it is, unless an import has seen the change.
    Raises KzfestError and OSError.
    """
    if (folder.exists() or folder.is_symlink()) and not folder.is_dir():
        raise KzfestError(_("{folder} is not a folder; --vdir takes one").format(folder=folder))
    outcome = SyncResult()
    if not export.entries and not folder.exists():
        return outcome
    folder.mkdir(parents=True, exist_ok=True)
    notes = _notes(folder)
    ours = notes.setdefault(export.source, {})
    files = {_name(entry.uid): b"".join(calendar([entry], export.name)) for entry in export.entries}
    if export.formerly != export.source:
        former = notes.get(export.formerly, {})
        ours.update({name: former.pop(name) for name in files if name in former})
    changed = _changed(folder, files, notes, export.source, outcome)
    if changed:
        _write_notes(folder, notes)
    for name in changed:
        replace_file(folder / name, [files[name]])
        outcome.written.append(name)
    ours.update({name: _digest(files[name]) for name in (*outcome.same, *outcome.written)})
    for name in sorted(ours.keys() - files.keys()):
        _take_away(folder / name, notes, export.source, outcome)
    _write_notes(folder, notes)
    remove_stale_temps_of(folder)
    return outcome


def _changed(folder: Path, files: dict[str, bytes], notes: Notes, source: str, outcome: SyncResult) -> list[str]:
    """Return which of *files* are to be written, with that content noted; sort the others into *outcome*.

    A file may be replaced whatever source we wrote it from: its name is the UID of the entry.
    """
    changed = []
    for name, data in files.items():
        there = _content(folder / name)
        if there == data:
            outcome.same.append(name)
        elif _is_free(folder / name) or (there is not None and _holders(there, name, notes)):
            notes[source][name] = f"{notes[source].get(name, '')} {_digest(data)}".lstrip()
            changed.append(name)
        else:
            outcome.left.append(name)
    return changed


def _holders(data: bytes, name: str, notes: Notes) -> list[str]:
    """Return the sources from which we have written *data* into the file called *name*."""
    digest = _digest(data)
    return [source for source, names in notes.items() if digest in names.get(name, "").split()]


def _content(file: Path) -> bytes | None:
    """Return what is in a plain *file*, or None where there is none: a pipe would have us wait, a link lead away."""
    with suppress(FileNotFoundError):
        if S_ISREG(file.lstat().st_mode):
            return file.read_bytes()
    return None


def _is_free(file: Path) -> bool:
    """Whether nothing lies at *file*, or a folder, which is refused with its name when it is to be replaced."""
    return not file.is_symlink() and (not file.exists() or file.is_dir())


def _name(uid: str) -> str:
    """Return the name for ever of an entry's file: its UID, as far as there is room for it."""
    if len(uid) <= LONGEST_FILE_NAME:
        return f"{uid}.ics"
    digest = _digest(uid.encode())
    return f"{uid[: LONGEST_FILE_NAME - len(digest)]}{digest}.ics"


def _notes(folder: Path) -> Notes:
    """Return what was noted of our files in *folder*; where the note is lost or spoilt, none of them are ours.

    Whoever shares the folder may have written it: no name in it is believed that `_name` would not give.
    """
    try:
        notes = json.loads(_content(folder / NOTES) or b"{}")
    except (OSError, ValueError, RecursionError):
        return {}
    sound = isinstance(notes, dict) and all(
        isinstance(each, dict)
        and all(isinstance(digests, str) and _NAME.fullmatch(name) for name, digests in each.items())
        for each in notes.values()
    )
    return notes if sound else {}


def missing(folder: Path, uids: Iterable[str]) -> list[str]:
    """Return which of *uids* are of entries that we wrote into *folder* and that are no longer there."""
    noted = {name for ours in _notes(folder).values() for name in ours}
    return [uid for uid in uids if (name := _name(uid)) in noted and not (folder / name).exists()]


def note_seen(file: Path, data: bytes) -> None:
    """Note that an import has seen *data* in *file*: one of ours may then be written again. Raises OSError."""
    notes = _notes(file.parent)
    seen = _holders(data, file.name, notes)
    others = [names for source, names in notes.items() if file.name in names and source not in seen]
    for names in others:
        names[file.name] = _digest(data)
    if others:
        _write_notes(file.parent, notes)


def _write_notes(folder: Path, notes: Notes) -> None:
    held = {source: names for source, names in notes.items() if names}
    replace_file(folder / NOTES, [json.dumps(held, indent=1, sort_keys=True).encode()])


def _take_away(file: Path, notes: Notes, source: str, outcome: SyncResult) -> None:
    """Remove a file whose entry is no longer in the export, unless another program has changed it.

    Where another source has the same entry, the file is now that one's alone.
    """
    content = _content(file)
    gone = content is None and not file.exists() and not file.is_symlink()
    holders = _holders(content, file.name, notes) if content is not None else []
    if not gone and source not in holders:
        outcome.left.append(file.name)
        return
    if gone or holders == [source]:
        file.unlink(missing_ok=True)
        outcome.removed.append(file.name)
    del notes[source][file.name]


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()
