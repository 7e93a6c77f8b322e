"""Backups of the store: a damaged file is set aside with its last good copy, which `restore` brings back."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, TypeAlias

from kzfest.atomic_files import folder_lock, remove_stale_temps, write_whole
from kzfest.paths import make_private

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    Identity: TypeAlias = tuple[int, int]

FILE, COPY = "itineraries.sqlite3", "itineraries.last-good.sqlite3"
"""The store, and the copy that every change renews."""
BESIDE = (f"{FILE}-journal", COPY)
"""The other files of the store; they are set aside together with it."""


def identity(file: Path) -> Identity | None:
    """Return the device and inode of *file*, or None if there is no file.

    They differ when another file has replaced it under the same name.
    """
    try:
        status = file.stat()
    except FileNotFoundError:
        return None
    return status.st_dev, status.st_ino


def ensure_store_file(folder: Path) -> None:
    """Create an empty file for the store if there is none. Raises OSError.

    If the user deleted the store, its copy is set aside, so that copies of the new store do not overwrite it.
    """
    file = folder / FILE
    try:
        handle = os.open(file, os.O_RDWR)
    except FileNotFoundError:
        with folder_lock(folder):
            if not file.exists():
                _put_away(folder, BESIDE, "damaged")
            handle = os.open(file, os.O_CREAT | os.O_RDWR, 0o600)
    os.close(handle)
    make_private(file, 0o600)


def set_aside(folder: Path, damaged: Identity | None) -> Path | None:
    """Rename the *damaged* store and its other files; return the new path of the store.

    Return None if another process has already set it aside, so that the store is a different file now.
    """
    with folder_lock(folder):
        if damaged is None or identity(folder / FILE) != damaged:
            return None
        prefix = _put_away(folder, (FILE, *BESIDE), "damaged")
    return folder / f"{prefix}.{FILE}"


def has_copy(folder: Path) -> bool:
    """Whether `restore_newest` may find a copy in *folder*."""
    return (folder / COPY).exists() or any(folder.glob(f"damaged-*.{COPY}"))


def keep_copy(folder: Path, data: bytes) -> None:
    """Replace the copy with *data*. The caller must hold the store's lock. Raises OSError."""
    _replace(folder / COPY, data)


def keep_older(folder: Path, layout: int, data: bytes) -> Path:
    """Save *data*, the store before it is upgraded from *layout*; return its file. Raises OSError."""
    file = folder / f"layout-{layout}.{FILE}"
    _replace(file, data)
    return file


def restore_newest(folder: Path, is_sound: Callable[[Path], bool]) -> Path | None:
    """Replace the store with the newest sound copy that was set aside; return that copy, or None if there is none.

    The present store is set aside first. The caller must hold `folder_lock` and the store's lock. Raises OSError.
    """
    if not (folder / FILE).exists():
        _put_away(folder, BESIDE, "damaged")
    copies = sorted(folder.glob(f"damaged-*.{COPY}"), key=_number, reverse=True)
    copy = next(filter(is_sound, copies), None)
    if copy is None:
        return None
    _put_away(folder, (FILE, *BESIDE), "replaced")
    for name in (FILE, COPY):
        _replace(folder / name, copy.read_bytes())
    return copy


def _put_away(folder: Path, names: Iterable[str], why: str) -> str:
    """Rename the files *names* in *folder*, if they exist; return the prefix of their new names. Raises OSError."""
    prefix = f"{why}-{1 + max(map(_number, folder.glob(f'{why}-*')), default=0)}"
    for name in names:
        with suppress(FileNotFoundError):
            (folder / name).rename(folder / f"{prefix}.{name}")
    return prefix


def _replace(file: Path, data: bytes) -> None:
    """Replace *file* with *data*, and remove temporary files that a killed process left behind."""
    remove_stale_temps(file.parent, of=file.name)
    write_whole(file, [data])


def _number(file: Path) -> int:
    """Return the number in a file name such as ``damaged-3.itineraries.sqlite3``, or 0."""
    digits = file.name.partition(".")[0].rpartition("-")[2]
    return int(digits) if digits.isdecimal() else 0
