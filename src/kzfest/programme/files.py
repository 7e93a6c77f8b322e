"""Reading programme files: regular files and standard input, up to a maximum size."""

from __future__ import annotations

import stat
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kzfest.core.errors import KzfestError, UsageError
from kzfest.i18n import _

if TYPE_CHECKING:
    import os

STANDARD_INPUT = Path("/dev/stdin")
"""The name of standard input, which is read once."""

OPTIONS_FILE = "read-as.json"
"""The file beside the itineraries that says with which options their programmes are read."""

KEPT = "programmes"
"""The folder, beside the itineraries, of the programmes that the user keeps."""
USED_BY_DEFAULT = f"{KEPT}/.default"
"""The file with the name of the programme that is used if none is named."""

LARGEST_FILE = 256 * 1024 * 1024
"""Bytes; enough for some 700,000 events."""


class ImportOptions(NamedTuple):
    """What the file does not say, or says wrongly; None leaves it to the file."""

    zone: str | None = None
    """The name of the zone of times that name none."""
    as_written: bool = False
    """Whether times with an offset are local times all the same."""
    month_first: bool | None = None
    """Whether 5/3/2019 is 3 May."""
    columns: tuple[tuple[str, str], ...] = ()
    """Fields of a table with the headings of their columns."""
    map_file: str | None = None
    """The name of the map, which says what the keys of a JSON file mean."""
    map_text: str = ""
    """Its content, so that what was read with it is read again when it has changed."""


AS_THE_FILE_SAYS = ImportOptions()


def file_named(text: str) -> Path:
    """Return the file that *text* names on the command line; - is standard input."""
    return STANDARD_INPUT if text == "-" else Path(text)


def status_of(file: Path) -> os.stat_result:
    """Return the status of *file*. Raises OSError, and KzfestError if it is not a regular file or is too large.

    Reading a pipe might wait for ever.
    """
    found = file.stat()
    if stat.S_ISDIR(found.st_mode):
        raise KzfestError(_("{file} is a folder; name a programme file").format(file=file))
    if not stat.S_ISREG(found.st_mode):
        raise KzfestError(
            _("{file} is a pipe or a device; pass its output on standard input, with --data -").format(file=file)
        )
    if found.st_size > LARGEST_FILE:
        message = _("{file} has {size} MB; the maximum is {most} MB")
        raise KzfestError(message.format(file=file, size=found.st_size >> 20, most=LARGEST_FILE >> 20))
    return found


def content_of(file: Path) -> bytes:
    """Return the bytes of *file*. Raises as `status_of` does."""
    if file == STANDARD_INPUT:
        return _standard_input()
    status_of(file)
    return file.read_bytes()


@cache
def _standard_input() -> bytes:
    import sys  # standard input is rarely read

    if sys.stdin is None or sys.stdin.isatty():
        raise UsageError(_("a programme is to come on standard input; pipe it in, or name its file with --data"))
    data = sys.stdin.buffer.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        raise KzfestError(_("standard input has more than {most} MB").format(most=LARGEST_FILE >> 20))
    return data
