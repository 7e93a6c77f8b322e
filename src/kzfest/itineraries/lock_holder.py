"""Who may rename the store, and who holds it up: SQLite says only that somebody does."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from kzfest.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator

LOCKS = Path("/proc/locks")
"""Linux's list: a line such as ``1: POSIX  ADVISORY  WRITE 4711 fe:00:2171076 1073741825 1073741825``."""


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep every other kzfest from giving another file a name of the store's in *folder*. Raises OSError.

    Windows has no lock for a folder, and some network file systems refuse it: Windows renames no open file, and
    elsewhere nothing but the check of the file is left.
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


def holder_of(file: Path) -> str:
    """Return who has locked *file*, as far as the system tells."""
    try:
        processes = {
            int(line.split()[4]) for line in LOCKS.read_text(encoding="ascii").splitlines() if _is_on(line, file)
        }
    except (OSError, ValueError, IndexError):
        processes = set()
    for process in sorted(processes - {os.getpid()}):
        return _("process {number} ({name})").format(number=process, name=_name_of(process))
    return _("another program")


def _is_on(line: str, file: Path) -> bool:
    """Whether *line* tells of a lock on *file*; who waits for one has an arrow in it."""
    status = file.stat()
    place = f"{os.major(status.st_dev):02x}:{os.minor(status.st_dev):02x}:{status.st_ino}"
    return place in line.split() and "->" not in line


def _name_of(process: int) -> str:
    try:
        return Path(f"/proc/{process}/comm").read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return "?"
