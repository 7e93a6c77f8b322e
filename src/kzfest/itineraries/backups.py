"""What becomes of a damaged file: it is set aside with its copy, and the copy can be put in its place."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, TypeAlias

from kzfest.atomic_files import remove_stale_temps, write_whole
from kzfest.paths import make_private

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    Identity: TypeAlias = tuple[int, int]

FILE, COPY = "itineraries.sqlite3", "itineraries.last-good.sqlite3"
"""The store, and the copy that is made of it at each change."""
BESIDE = (f"{FILE}-journal", COPY)
"""What lies beside the store and belongs to it."""


def identity(file: Path) -> Identity | None:
    """Return what tells *file* from another of the same name, or None where there is no file."""
    try:
        status = file.stat()
    except FileNotFoundError:
        return None
    return status.st_dev, status.st_ino


def ensure_store_file(folder: Path) -> None:
    """Have a file for the store, an empty one where there is none. Raises OSError.

    The copy of a store whose file was deleted is kept: the copies of a new one must not replace it.
    """
    file = folder / FILE
    try:
        handle = os.open(file, os.O_RDWR)
    except FileNotFoundError:
        from kzfest.itineraries.lock_holder import alone  # what most runs never ask

        with alone(folder):
            if not file.exists():
                _put_away(folder, BESIDE, "damaged")
            handle = os.open(file, os.O_CREAT | os.O_RDWR, 0o600)
    os.close(handle)
    make_private(file, 0o600)


def set_aside(folder: Path, damaged: Identity | None) -> Path | None:
    """Rename the *damaged* store and what belongs to it; return its new file.

    Return None where another process was quicker: what has the store's name by now is another file.
    """
    from kzfest.itineraries.lock_holder import alone  # what most runs never ask

    with alone(folder):
        if damaged is None or identity(folder / FILE) != damaged:
            return None
        prefix = _put_away(folder, (FILE, *BESIDE), "damaged")
    return folder / f"{prefix}.{FILE}"


def copy_beside(aside: Path) -> Path | None:
    """Return the copy that was set aside together with *aside*, if there was one."""
    copy = aside.with_name(aside.name.replace(FILE, COPY))
    return copy if copy.exists() else None


def has_copy(folder: Path) -> bool:
    """Whether there is a copy that `restore_newest` may put in the store's place."""
    return (folder / COPY).exists() or any(folder.glob(f"damaged-*.{COPY}"))


def keep_copy(folder: Path, data: bytes) -> None:
    """Replace the copy by *data*; it is for whoever has the store's lock. Raises OSError."""
    _replace(folder / COPY, data)


def keep_older(folder: Path, layout: int, data: bytes) -> Path:
    """Keep *data*, the store as an older kzfest left it, and return its file. Raises OSError."""
    file = folder / f"layout-{layout}.{FILE}"
    _replace(file, data)
    return file


def restore_newest(folder: Path, is_sound: Callable[[Path], bool]) -> Path | None:
    """Put the newest sound copy that was set aside in the store's place; return it, or None where there is none.

    What lies in that place is set aside in its turn. It is for whoever is alone there and has the store's lock.
    Raises OSError.
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
    """Give those of *names* that are in *folder* a new name each, and return what these begin with. Raises OSError."""
    prefix = _next(folder, why)
    for name in names:
        with suppress(FileNotFoundError):
            (folder / name).rename(folder / f"{prefix}.{name}")
    return prefix


def _replace(file: Path, data: bytes) -> None:
    """Replace *file* by *data*; a half of it that lies about is that of a process which was killed."""
    remove_stale_temps(file.parent, of=file.name)
    write_whole(file, [data])


def _next(folder: Path, why: str) -> str:
    """Return the first name of that kind which nothing in *folder* has."""
    return f"{why}-{1 + max(map(_number, folder.glob(f'{why}-*')), default=0)}"


def _number(file: Path) -> int:
    """Return the number in a name such as ``damaged-3.itineraries.sqlite3``."""
    digits = file.name.partition(".")[0].rpartition("-")[2]
    return int(digits) if digits.isdecimal() else 0
