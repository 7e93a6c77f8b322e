"""Write files atomically: to a temporary file in the same folder, which then replaces the target."""

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

LONGEST_PREFIX = 50
"""Characters of the target's name in the name of its temporary file: file systems limit the length of names."""
LONGEST_RUN = 3_600
"""Seconds after which a temporary file is stale: no run writes for so long."""
TEMP_SUFFIX = ".half"
"""The suffix of our temporary files, by which we recognise them when we clean up."""


def replace_file(file: Path, parts: Iterable[bytes]) -> None:
    """Replace *file*, which a user named, atomically by *parts*. Raises OSError, and KzfestError, as for a link."""
    if file.is_symlink():
        raise KzfestError(_("{file} is a link; name the file itself").format(file=file))
    if file.is_dir():
        raise KzfestError(_("{file} is a folder; name a file in it").format(file=file))
    if file.suffix.casefold() in {".yaml", ".yml"}:
        raise KzfestError(_("{file} looks like a programme file; name another file").format(file=file))
    if not file.parent.is_dir():
        raise KzfestError(_("no folder {folder}; create it first").format(folder=file.parent))
    if file.exists() and not file.is_file():
        raise KzfestError(_("{file} is not a regular file; name another file").format(file=file))
    write_whole(file, parts, rights=_usual_rights(file))


def create_file(file: Path, data: bytes) -> None:
    """Write *data* to *file*, which must not exist. Raises OSError, and KzfestError if it does."""
    if not file.parent.is_dir():
        raise KzfestError(_("no folder {folder}; create it first").format(folder=file.parent))
    try:
        stream = file.open("xb")
    except FileExistsError:
        raise KzfestError(_("{file} exists already; choose another name").format(file=file)) from None
    try:
        with stream:
            stream.write(data)
    except BaseException:
        file.unlink(missing_ok=True)
        raise


def _usual_rights(file: Path) -> int:
    """Return the rights of *file*, or those of a new file if it does not exist."""
    umask = os.umask(0)
    os.umask(umask)
    return file.stat().st_mode & 0o777 if file.exists() else 0o666 & ~umask


def write_whole(file: Path, parts: Iterable[bytes], *, rights: int = 0o600) -> None:
    """Replace *file* atomically by *parts*, with those *rights*. Raises OSError."""
    try:
        _write_temp(file, parts, rights)
    except OSError as error:
        error.filename = str(file)  # the user has never heard of the temporary file
        raise


def _write_temp(file: Path, parts: Iterable[bytes], rights: int) -> None:
    with temp_beside(file) as temp:
        with temp.open("wb") as stream:
            stream.writelines(parts)
            stream.flush()
            os.fsync(stream.fileno())
        temp.chmod(rights)


@contextmanager
def temp_beside(file: Path) -> Iterator[Path]:
    """Yield a temporary file that replaces *file* on success; only the owner can read it. Raises OSError.

    On an exception, *file* stays unchanged and the temporary file is removed.
    """
    from tempfile import mkstemp

    handle, name = mkstemp(dir=file.parent, prefix=_temp_prefix(file.name), suffix=TEMP_SUFFIX)
    os.close(handle)
    temp = Path(name)
    try:
        yield temp
        os.replace(temp, file)
    except BaseException:
        temp.unlink(missing_ok=True)
        raise


@contextmanager
def folder_lock(folder: Path) -> Iterator[None]:
    """Lock *folder*, so that no other kzfest renames or creates files in it meanwhile. Raises OSError.

    Without a lock the block still runs. Windows cannot lock a folder, but it does not rename open files either. Some
    network file systems refuse the lock; there, nothing keeps two processes apart.
    """
    try:
        import fcntl
    except ImportError:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def remove_stale_temps_of(folder: Path, *, of: str | None = None) -> None:
    """Remove the temporary files that killed runs left in *folder*, except recent ones, which may still be in use."""
    from time import time

    with suppress(OSError):  # cleaning up is optional
        remove_stale_temps(folder, of=of, until=time() - LONGEST_RUN)


def remove_stale_temps(folder: Path, *, of: str | None = None, until: float = inf) -> None:
    """Remove the temporary files in *folder*: those *of* one file, or all of them. Raises OSError.

    Files modified after *until*, in seconds since 1970, stay: another process may be writing them.
    """
    prefix = re.escape(_temp_prefix(of)) if of is not None else r"\..+\."
    ours = re.compile(rf"{prefix}[a-z0-9_]{{8}}{re.escape(TEMP_SUFFIX)}", re.DOTALL)  # mkstemp adds eight characters
    for temp in folder.glob(f".*{TEMP_SUFFIX}"):
        if ours.fullmatch(temp.name) and temp.stat().st_mtime < until:
            temp.unlink(missing_ok=True)


def _temp_prefix(name: str) -> str:
    return f".{name[:LONGEST_PREFIX]}."
