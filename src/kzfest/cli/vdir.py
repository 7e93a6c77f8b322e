"""A folder with one calendar file an entry, as vdirsyncer and khal share it: only our own files are touched."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from kzfest.cli.output import replace_file
from kzfest.core.errors import KzfestError
from kzfest.core.words import _
from kzfest.folders import sweep
from kzfest.formats.ics import calendar

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from kzfest.cli.calendars import Export

NOTES = ".kzfest.json"
"""What we wrote, by source and name, as digests: hidden, and no .ics, so that other programs pass it over.

While a file is being replaced, its old and its new content are both ours: whoever is killed leaves one of them.
"""


LONGEST_NAME = 200
"""Of a file, which may have 255 bytes, and needs some of them while it is being written."""


@dataclass
class Outcome:
    """What became of the files."""

    written: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    """Changed by another program, or not ours."""


def write_vdir(folder: Path, export: Export) -> Outcome:
    """Make *folder* hold the entries of *export*, a file each, and no others that came from the same source.

    A file that another program has written or changed is left as it is, unless an import has seen the change.
    Raises KzfestError and OSError.
    """
    if (folder.exists() or folder.is_symlink()) and not folder.is_dir():
        raise KzfestError(_("{folder} is no folder; --vdir takes one").format(folder=folder))
    outcome = Outcome()
    if not export.entries and not folder.exists():
        return outcome
    folder.mkdir(parents=True, exist_ok=True)
    notes = _notes(folder)
    ours: dict[str, str] = notes.setdefault(export.source, {})
    files = {_name(entry.uid): b"".join(calendar([entry], export.name)) for entry in export.entries}
    changed = _changed(folder, files, ours, outcome)
    if changed:
        _write_notes(folder, notes)
    for name in changed:
        replace_file(folder / name, [files[name]])
        outcome.written.append(name)
    ours.update({name: _digest(files[name]) for name in (*outcome.same, *outcome.written)})
    for name in sorted(ours.keys() - files.keys()):
        _take_away(folder / name, ours, outcome)
    _write_notes(folder, notes)
    sweep(folder)
    return outcome


def _changed(folder: Path, files: dict[str, bytes], ours: dict[str, str], outcome: Outcome) -> list[str]:
    """Return which of *files* are to be written, with that content among *ours*; sort the others into *outcome*."""
    changed = []
    for name, data in files.items():
        there = (folder / name).read_bytes() if (folder / name).is_file() else None
        if there == data:
            outcome.same.append(name)
        elif there is None or _is_ours(there, name, ours):
            ours[name] = f"{ours.get(name, '')} {_digest(data)}".lstrip()
            changed.append(name)
        else:
            outcome.left.append(name)
    return changed


def _is_ours(data: bytes, name: str, ours: dict[str, str]) -> bool:
    return _digest(data) in ours.get(name, "").split()


def _name(uid: str) -> str:
    """Return the name for ever of an entry's file: its UID, as far as there is room for it."""
    if len(uid) <= LONGEST_NAME:
        return f"{uid}.ics"
    digest = _digest(uid.encode())
    return f"{uid[: LONGEST_NAME - len(digest)]}{digest}.ics"


def _notes(folder: Path) -> dict[str, Any]:
    """Return what was noted of our files in *folder*; where the note is lost or spoilt, none of them are ours."""
    try:
        notes = json.loads((folder / NOTES).read_bytes())
    except (OSError, ValueError):
        return {}
    sound = isinstance(notes, dict) and all(
        isinstance(each, dict) and all(isinstance(digest, str) and _is_name(name) for name, digest in each.items())
        for each in notes.values()
    )
    return notes if sound else {}


def _is_name(text: str) -> bool:
    """Whether *text* is the name of a file in the folder, and of none elsewhere."""
    return "/" not in text and "\\" not in text


def missing(folder: Path, uids: Iterable[str]) -> list[str]:
    """Return which of *uids* are of entries that we wrote into *folder* and that are no longer there."""
    noted = {name for ours in _notes(folder).values() for name in ours}
    return [uid for uid in uids if (name := _name(uid)) in noted and not (folder / name).exists()]


def note_seen(file: Path, data: bytes) -> None:
    """Note that an import has seen *data* in *file*: one of ours may then be written again. Raises OSError."""
    notes = _notes(file.parent)
    holders = [ours for ours in notes.values() if file.name in ours and not _is_ours(data, file.name, ours)]
    for ours in holders:
        ours[file.name] = _digest(data)
    if holders:
        _write_notes(file.parent, notes)


def _write_notes(folder: Path, notes: dict[str, Any]) -> None:
    replace_file(folder / NOTES, [json.dumps(notes, indent=1, sort_keys=True).encode()])


def _take_away(file: Path, ours: dict[str, str], outcome: Outcome) -> None:
    """Remove a file whose entry is no longer in the export, unless another program has changed it."""
    if file.is_file() and not _is_ours(file.read_bytes(), file.name, ours):
        outcome.left.append(file.name)
        return
    file.unlink(missing_ok=True)
    del ours[file.name]
    outcome.removed.append(file.name)


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()
