"""Who holds the lock of the store, which SQLite does not say."""

from __future__ import annotations

import os
from pathlib import Path

from kzfest.i18n import _

LOCKS = Path("/proc/locks")
"""Linux's list of locks, with lines such as ``1: POSIX  ADVISORY  WRITE 4711 fe:00:2171076 1073741825 1073741825``."""


def holder_of(file: Path) -> str:
    """Return which process has locked *file*, in words; only Linux tells."""
    try:
        status = file.stat()
        place = f"{os.major(status.st_dev):02x}:{os.minor(status.st_dev):02x}:{status.st_ino}"
        locks = LOCKS.read_text(encoding="ascii").splitlines()
        held = (line.split() for line in locks if "->" not in line)  # the line of a process that waits has an arrow
        processes = {int(lock[4]) for lock in held if place in lock}
    except (OSError, ValueError, IndexError):
        processes = set()
    for process in sorted(processes - {os.getpid()}):
        return _("process {number} ({name})").format(number=process, name=_name_of(process))
    return _("another program")


def _name_of(process: int) -> str:
    try:
        return Path(f"/proc/{process}/comm").read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return "?"
