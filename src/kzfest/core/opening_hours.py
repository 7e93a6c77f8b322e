"""Opening hours of a venue, or of an event, on one day in minutes."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

from kzfest.core.festival_day import ONE_DAY
from kzfest.core.model import WEEKDAYS

if TYPE_CHECKING:
    from datetime import date

    from kzfest.core.model import Event, Venue

CLOSED = "closed"
MINUTES_OF_A_DAY = 24 * 60


def hours_on(host: Venue | Event, day: date) -> str | None:
    """Return the hours of *host* on *day* as written in the programme; None if they are unknown."""
    return (host.hours or {}).get(WEEKDAYS[day.weekday()])


def open_minutes(hours: str) -> list[tuple[int, int]]:
    """Return when a place with these *hours* is open, in minutes from midnight. Hours after midnight exceed 1440.

    >>> open_minutes("10:00-13:00, 20:00-02:00")
    [(600, 780), (1200, 1560)]
    """
    if hours == CLOSED:
        return []
    found = []
    for part in hours.split(","):
        opens, closes = (int(text[:2]) * 60 + int(text[3:]) for text in part.strip().split("-"))
        found.append((opens, closes if closes > opens else closes + MINUTES_OF_A_DAY))
    return found


def open_spans(host: Venue | Event, day: date) -> list[tuple[int, int]]:
    """Return when *host* is open from the day before *day* to the day after, in minutes from midnight of *day*.

    Adjacent hours are joined, because some sources split a night at midnight. Days with unknown hours add nothing.
    """
    known = {number: hours_on(host, day + number * ONE_DAY) for number in (-1, 0, 1)}
    parts = sorted(
        (opens + number * MINUTES_OF_A_DAY, closes + number * MINUTES_OF_A_DAY)
        for number, hours in known.items()
        for opens, closes in open_minutes(hours or CLOSED)
    )
    spans: list[tuple[int, int]] = []
    for opens, closes in parts:
        if spans and opens <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], closes))
        else:
            spans.append((opens, closes))
    return spans


def is_open(host: Venue | Event, day: date, start: datetime, end: datetime) -> bool:
    """Whether *host* is open from *start* to *end* on *day*, its festival day."""
    if any(closes - opens == MINUTES_OF_A_DAY for opens, closes in open_minutes(hours_on(host, day) or CLOSED)):
        return True
    midnight = datetime.combine(day, time())
    begins, ends = ((moment.replace(tzinfo=None) - midnight).total_seconds() / 60 for moment in (start, end))
    return any(opens <= begins and ends <= closes for opens, closes in open_spans(host, day))
