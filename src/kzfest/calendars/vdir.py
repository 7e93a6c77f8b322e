"""A vdir folder, as vdirsyncer and khal use it: one calendar file per entry. We change only files that we wrote."""

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
"""The digests of what we wrote, by source and file name. It is hidden and no .ics, so that other programs ignore it.

While a file is being replaced, the digests of its old and new content are both listed: a killed run leaves one of them.
"""

LONGEST_FILE_NAME = 200
"""File names may have 255 bytes; the temporary file needs some more than the final name."""
_NAME = re.compile(
    rf"(?=.{{1,{LONGEST_FILE_NAME}}}\.ics)[a-z0-9.-]+(@[a-z0-9-]+\.{re.escape(DOMAIN)}|[a-z0-9.@-]*[0-9a-f]{{64}})\.ics"
)
"""The file names that `_name` returns: a UID of ours, or its beginning and its digest."""


@dataclass
class SyncResult:
    """The names of the files, by what happened to them."""

    written: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    """Changed by another program, or not ours."""


def write_vdir(folder: Path, export: Export) -> SyncResult:
    """Write the entries of *export* to *folder*, one file each, and remove outdated files of the same source.

    A file that another program wrote or changed is left alone, unless the change has been imported. Raises KzfestError
    and OSError.
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
        _remove_outdated(folder / name, notes, export.source, outcome)
    _write_notes(folder, notes)
    remove_stale_temps_of(folder)
    return outcome


def _changed(folder: Path, files: dict[str, bytes], notes: Notes, source: str, outcome: SyncResult) -> list[str]:
    """Return which of *files* must be written, and note their digests; add the others to *outcome*.

    A file that we wrote for any source may be replaced: its name is the UID of the entry.
    """
    changed = []
    for name, data in files.items():
        file = folder / name
        there = _content(file)
        # A folder counts as free: replacing it fails later with a message that names it.
        is_free = not file.is_symlink() and (not file.exists() or file.is_dir())
        if there == data:
            outcome.same.append(name)
        elif is_free or (there is not None and _sources_of(there, name, notes)):
            notes[source][name] = f"{notes[source].get(name, '')} {_digest(data)}".lstrip()
            changed.append(name)
        else:
            outcome.left.append(name)
    return changed


def _sources_of(data: bytes, name: str, notes: Notes) -> list[str]:
    """Return the sources for which we wrote *data* to the file *name*."""
    digest = _digest(data)
    return [source for source, names in notes.items() if digest in names.get(name, "").split()]


def _content(file: Path) -> bytes | None:
    """Return the content of a regular *file*, else None: a pipe would block, and a link would lead elsewhere."""
    with suppress(FileNotFoundError):
        if S_ISREG(file.lstat().st_mode):
            return file.read_bytes()
    return None


def _name(uid: str) -> str:
    """Return the file name of an entry, which never changes: its UID, shortened if it is too long."""
    if len(uid) <= LONGEST_FILE_NAME:
        return f"{uid}.ics"
    digest = _digest(uid.encode())
    return f"{uid[: LONGEST_FILE_NAME - len(digest)]}{digest}.ics"


def _notes(folder: Path) -> Notes:
    """Return the digests noted in *folder*; if they are lost or damaged, no file counts as ours.

    Others who share the folder may have changed the notes, so a name that `_name` would not return makes them invalid.
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
    """Return the *uids* whose entries we wrote to *folder* and whose files have been deleted since."""
    noted = {name for ours in _notes(folder).values() for name in ours}
    return [uid for uid in uids if (name := _name(uid)) in noted and not (folder / name).exists()]


def note_imported(file: Path, data: bytes) -> None:
    """Note that *data* in *file* was imported, so that an export may replace it if the file is ours. Raises OSError."""
    notes = _notes(file.parent)
    seen = _sources_of(data, file.name, notes)
    others = [names for source, names in notes.items() if file.name in names and source not in seen]
    for names in others:
        names[file.name] = _digest(data)
    if others:
        _write_notes(file.parent, notes)


def _write_notes(folder: Path, notes: Notes) -> None:
    held = {source: names for source, names in notes.items() if names}
    replace_file(folder / NOTES, [json.dumps(held, indent=1, sort_keys=True).encode()])


def _remove_outdated(file: Path, notes: Notes, source: str, outcome: SyncResult) -> None:
    """Remove a file whose entry is no longer in the export, unless another program has changed it.

    If another source has the same entry, the file stays for that source.
    """
    content = _content(file)
    gone = content is None and not file.exists() and not file.is_symlink()
    holders = _sources_of(content, file.name, notes) if content is not None else []
    if not gone and source not in holders:
        outcome.left.append(file.name)
        return
    if gone or holders == [source]:
        file.unlink(missing_ok=True)
        outcome.removed.append(file.name)
    del notes[source][file.name]


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()
