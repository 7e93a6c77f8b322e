"""Files are written whole or not at all: into a temporary file beside them, which then takes their place."""

from __future__ import annotations

import os
import re
from contextlib import contextmanager, suppress
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING

from kzfest.core.errors import KzfestError
from kzfest.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LONGEST_BEGINNING = 50
"""Of a file's name, in that of what is written beside it: names have an end."""
LONGEST_RUN = 3_600
"""Seconds after which nobody is still writing a file."""
TEMP_SUFFIX = ".half"
"""How the name of what is written beside a file ends, so that we know what is ours to sweep away."""


def replace_file(file: Path, parts: Iterable[bytes]) -> None:
    """Replace *file* by *parts*, whole or not at all; never through a link, never onto a folder."""
    if file.is_symlink():
        raise KzfestError(_("{file} is a link; name the file itself").format(file=file))
    if file.is_dir():
        raise KzfestError(_("{file} is a folder; name a file in it").format(file=file))
    if file.suffix.casefold() in {".yaml", ".yml"}:
        raise KzfestError(_("{file} looks like a programme file, and kzfest writes none").format(file=file))
    if not file.parent.is_dir():
        raise KzfestError(_("there is no folder {folder}; make it first").format(folder=file.parent))
    if file.exists() and not file.is_file():
        raise KzfestError(_("{file} is not a plain file; name another").format(file=file))
    write_whole(file, parts, rights=_usual_rights(file))


def _usual_rights(file: Path) -> int:
    """Return the rights of *file*, or those that a new one has."""
    umask = os.umask(0)
    os.umask(umask)
    return file.stat().st_mode & 0o777 if file.exists() else 0o666 & ~umask


def write_whole(file: Path, parts: Iterable[bytes], *, rights: int = 0o600) -> None:
    """Replace *file* by *parts*, whole or not at all, with those *rights*. Raises OSError."""
    try:
        _write_beside(file, parts, rights)
    except OSError as error:
        error.filename = str(file)  # nobody has asked for what is written beside it
        raise


def _write_beside(file: Path, parts: Iterable[bytes], rights: int) -> None:
    with temp_beside(file) as half:
        with half.open("wb") as beside:
            beside.writelines(parts)
            beside.flush()
            os.fsync(beside.fileno())
        half.chmod(rights)


@contextmanager
def temp_beside(file: Path) -> Iterator[Path]:
    """Give an empty file beside *file*, for its owner only, which takes its place in the end. Raises OSError.

    Whatever is raised inside leaves *file* as it was, and nothing beside it.
    """
    from tempfile import mkstemp

    handle, name = mkstemp(dir=file.parent, prefix=_beside(file.name), suffix=TEMP_SUFFIX)
    os.close(handle)
    half = Path(name)
    try:
        yield half
        os.replace(half, file)
    except BaseException:
        half.unlink(missing_ok=True)
        raise


def remove_stale_temps_of(folder: Path, *, of: str | None = None) -> None:
    """Remove what runs that were killed have left in *folder*; what is young may be another's at work."""
    from time import time

    with suppress(OSError):  # it is no more than tidying up
        remove_stale_temps(folder, of=of, until=time() - LONGEST_RUN)


def remove_stale_temps(folder: Path, *, of: str | None = None, until: float = inf) -> None:
    """Remove what killed processes have left of files in *folder*, *of* one of them or of any. Raises OSError.

    What is younger than *until* may be being written just now.
    """
    beginning = re.escape(_beside(of)) if of is not None else r"\..+\."
    ours = re.compile(
        rf"{beginning}[a-z0-9_]{{8}}{re.escape(TEMP_SUFFIX)}", re.DOTALL
    )  # eight letters, as mkstemp draws them
    for half in folder.glob(f".*{TEMP_SUFFIX}"):
        if ours.fullmatch(half.name) and half.stat().st_mtime < until:
            half.unlink(missing_ok=True)


def _beside(name: str) -> str:
    return f".{name[:LONGEST_BEGINNING]}."
