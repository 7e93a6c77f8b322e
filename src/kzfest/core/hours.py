"""A venue's hours on one day, as minutes that can be compared."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

from kzfest.core.model import WEEKDAYS

if TYPE_CHECKING:
    from datetime import date

    from kzfest.core.model import Venue

CLOSED = "closed"
_DAY = 24 * 60


def hours_on(venue: Venue, day: date) -> str | None:
    """Return the hours of *venue* on *day*, as in its programme; None where they are not known."""
    return (venue.hours or {}).get(WEEKDAYS[day.weekday()])


def open_minutes(hours: str) -> list[tuple[int, int]]:
    """Return when a place with these *hours* is open, in minutes from midnight; the night counts to its evening.

    >>> open_minutes("10:00-13:00, 20:00-02:00")
    [(600, 780), (1200, 1560)]
    """
    if hours == CLOSED:
        return []
    found = []
    for part in hours.split(","):
        opens, closes = (int(text[:2]) * 60 + int(text[3:]) for text in part.strip().split("-"))
        found.append((opens, closes if closes > opens else closes + _DAY))
    return found


def is_open(hours: str, day: date, start: datetime, end: datetime) -> bool:
    """Whether a place with these *hours* on *day* is open from *start* to *end*; round the clock is so in its night."""
    if (0, _DAY) in open_minutes(hours):
        return True
    midnight = datetime.combine(day, time())
    begins, ends = ((moment.replace(tzinfo=None) - midnight).total_seconds() / 60 for moment in (start, end))
    return any(opens <= begins and ends <= closes for opens, closes in open_minutes(hours))
