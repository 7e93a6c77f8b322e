"""Time zones from the tzdata package, which an older copy on the machine must not shadow.

Kazakhstan moved its clocks on 1 March 2024; a system whose zone table is older is an hour wrong since.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import tzdata

if TYPE_CHECKING:
    from collections.abc import Callable
    from zoneinfo import ZoneInfo

    ZoneByName = Callable[[str], ZoneInfo]

VERSION: str = tzdata.IANA_VERSION
LONGEST_ZONE_NAME = 40
"""Longer than any zone's name, and shorter than what a file system refuses with an error of its own."""

_OF_NO_PLACE = "Factory"
"""A zone of the table that stands for clocks which nobody has set."""
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*")


def is_zone(name: str) -> bool:
    """Whether *name* is a zone of the IANA table, such as ``Asia/Almaty``."""
    named = (
        len(name) <= LONGEST_ZONE_NAME
        and _NAME.fullmatch(name) is not None
        and name.casefold() != _OF_NO_PLACE.casefold()
    )
    return named and _is_tzif(_file(name))


@cache
def zone(name: str) -> ZoneInfo:
    """Return the zone called *name*, which must be one (`is_zone`)."""
    from zoneinfo import ZoneInfo  # 9 ms, which a question about dates alone need not pay

    with _file(name).open("rb") as table:
        return ZoneInfo.from_file(table, key=name)


def known_zone(name: str) -> ZoneInfo:
    """Return the zone called *name*, which anybody may have written. Raises ValueError where there is none."""
    if not is_zone(name):
        raise ValueError(name)
    return zone(name)


def _file(name: str) -> Path:
    return Path(tzdata.__file__).with_name("zoneinfo") / name


def _is_tzif(file: Path) -> bool:
    """Whether *file* is a table, for the folder holds lists of zones as well."""
    if not file.is_file():
        return False
    with file.open("rb") as table:
        return table.read(4) == b"TZif"
