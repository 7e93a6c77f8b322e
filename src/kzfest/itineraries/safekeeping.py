"""What becomes of a damaged file: it is set aside with its copy, and the copy can be put in its place."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from kzfest.folders import sweep_halves, write_whole

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FILE, COPY = "itineraries.sqlite3", "itineraries.last-good.sqlite3"
"""The store, and the copy that is made of it at each change."""
BESIDE = (f"{FILE}-journal", COPY)
"""What lies beside the store and belongs to it."""


def set_aside(folder: Path, why: str) -> Path | None:
    """Rename the store and what belongs to it; return its new file, or None where another process was quicker."""
    prefix = _next(folder, why)
    aside = folder / f"{prefix}.{FILE}"
    try:
        (folder / FILE).rename(aside)
    except FileNotFoundError:
        return None
    for name in BESIDE:
        with suppress(FileNotFoundError):
            (folder / name).rename(folder / f"{prefix}.{name}")
    return aside


def copy_beside(aside: Path) -> Path | None:
    """Return the copy that was set aside together with *aside*, if there was one."""
    copy = aside.with_name(aside.name.replace(FILE, COPY))
    return copy if copy.exists() else None


def has_copy(folder: Path) -> bool:
    """Whether there is a copy that `restore` may put in the store's place."""
    return (folder / COPY).exists() or any(folder.glob(f"damaged-*.{COPY}"))


def keep_stray_copy(folder: Path) -> None:
    """Keep the copy of a store whose file has been deleted: the copies of a new one must not replace it."""
    if not (folder / FILE).exists() and (folder / COPY).exists():
        with suppress(FileNotFoundError):
            (folder / COPY).rename(folder / f"{_next(folder, 'damaged')}.{COPY}")


def keep_copy(folder: Path, data: bytes) -> None:
    """Replace the copy by *data*; it is for whoever has the store's lock. Raises OSError."""
    _replace(folder / COPY, data)


def keep_older(folder: Path, layout: int, data: bytes) -> Path:
    """Keep *data*, the store as an older kzfest left it, and return its file. Raises OSError."""
    file = folder / f"layout-{layout}.{FILE}"
    _replace(file, data)
    return file


def restore(folder: Path, is_sound: Callable[[Path], bool]) -> Path | None:
    """Put the newest sound copy that was set aside in the store's place; return it, or None where there is none.

    What lies in that place is set aside in its turn. Raises OSError.
    """
    keep_stray_copy(folder)
    copies = sorted(folder.glob(f"damaged-*.{COPY}"), key=_number, reverse=True)
    copy = next(filter(is_sound, copies), None)
    if copy is None:
        return None
    if (folder / FILE).exists():
        set_aside(folder, "replaced")
    for name in (FILE, COPY):
        _replace(folder / name, copy.read_bytes())
    return copy


def _replace(file: Path, data: bytes) -> None:
    """Replace *file* by *data*; a half of it that lies about is that of a process which was killed."""
    sweep_halves(file.parent, of=file.name)
    write_whole(file, [data])


def _next(folder: Path, why: str) -> str:
    """Return the first name of that kind which nothing in *folder* has."""
    return f"{why}-{1 + max(map(_number, folder.glob(f'{why}-*')), default=0)}"


def _number(file: Path) -> int:
    """Return the number in a name such as ``damaged-3.itineraries.sqlite3``."""
    digits = file.name.partition(".")[0].rpartition("-")[2]
    return int(digits) if digits.isdecimal() else 0
