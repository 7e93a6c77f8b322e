"""Reading programme files: only regular files, up to a maximum size."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

from kzfest.core.errors import KzfestError
from kzfest.i18n import _

if TYPE_CHECKING:
    import os
    from pathlib import Path

LARGEST_FILE = 256 * 1024 * 1024
"""Bytes; enough for some 700,000 events."""


def status_of(file: Path) -> os.stat_result:
    """Return the status of *file*. Raises OSError, and KzfestError if it is not a regular file or is too large.

    Reading a pipe might wait for ever.
    """
    found = file.stat()
    if stat.S_ISDIR(found.st_mode):
        raise KzfestError(_("{file} is a folder; name a programme file").format(file=file))
    if not stat.S_ISREG(found.st_mode):
        raise KzfestError(_("{file} is a pipe or a device; save its output to a file first").format(file=file))
    if found.st_size > LARGEST_FILE:
        message = _("{file} has {size} MB; the maximum is {most} MB")
        raise KzfestError(message.format(file=file, size=found.st_size >> 20, most=LARGEST_FILE >> 20))
    return found


def content_of(file: Path) -> bytes:
    """Return the bytes of *file*. Raises as `status_of` does."""
    status_of(file)
    return file.read_bytes()
