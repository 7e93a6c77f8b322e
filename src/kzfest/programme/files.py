"""Programme files on the disk: what may be read, and how much of it."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

from kzfest.core.errors import KzfestError
from kzfest.i18n import _

if TYPE_CHECKING:
    import os
    from pathlib import Path

LARGEST_FILE = 256 * 1024 * 1024
"""Bytes: room for some 700,000 events, and an end to what never ends (`/dev/zero`)."""


def status_of(file: Path) -> os.stat_result:
    """Return what the file system says of *file*, which can be read as a programme.

    Raises OSError, and KzfestError where it is no plain file (a pipe would wait for ever) or too large.
    """
    found = file.stat()
    if stat.S_ISDIR(found.st_mode):
        raise KzfestError(_("{file} is a folder; name a programme file").format(file=file))
    if not stat.S_ISREG(found.st_mode):
        raise KzfestError(
            _("{file} is a pipe or a device; save what it gives in a file, and name that").format(file=file)
        )
    if found.st_size > LARGEST_FILE:
        message = _("{file} has {size} MB; files of up to {most} MB are read")
        raise KzfestError(message.format(file=file, size=found.st_size >> 20, most=LARGEST_FILE >> 20))
    return found


def content_of(file: Path) -> bytes:
    """Return the bytes of *file*. Raises as `status_of` does."""
    status_of(file)
    return file.read_bytes()
