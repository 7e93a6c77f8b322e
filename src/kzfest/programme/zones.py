"""Time zones from the tzdata package, never from the system, whose data may be older.

Kazakhstan changed its time on 1 March 2024: with older data, later times are an hour wrong.
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
"""Characters; longer than any name, and short enough for every file system."""

_OF_NO_PLACE = "Factory"
"""A placeholder in the IANA data for systems without a time zone."""
_NAME = r"[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*"


def is_zone(name: str) -> bool:
    """Whether *name* is a time zone of the IANA database, such as ``Asia/Almaty``."""
    named = (
        len(name) <= LONGEST_ZONE_NAME
        and re.fullmatch(_NAME, name) is not None
        and name.casefold() != _OF_NO_PLACE.casefold()
    )
    return named and _is_tzif(_file(name))


def zone_names() -> list[str]:
    """Return the names of the time zones of the IANA database; several may mean the same."""
    return Path(tzdata.__file__).with_name("zones").read_text("ascii").split()


@cache
def zone(name: str) -> ZoneInfo:
    """Return the time zone *name*, which must exist: see `is_zone`."""
    from zoneinfo import ZoneInfo  # takes 9 ms, and questions about dates do not need it

    with _file(name).open("rb") as table:
        return ZoneInfo.from_file(table, key=name)


def known_zone(name: str) -> ZoneInfo:
    """Return the time zone *name* from untrusted input. Raises ValueError if it does not exist."""
    if not is_zone(name):
        raise ValueError(name)
    return zone(name)


def _file(name: str) -> Path:
    return Path(tzdata.__file__).with_name("zoneinfo") / name


def _is_tzif(file: Path) -> bool:
    """Whether *file* is a time zone; the folder also has lists of zones."""
    if not file.is_file():
        return False
    with file.open("rb") as table:
        return table.read(4) == b"TZif"
