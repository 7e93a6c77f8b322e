"""Time zones for calendar files: a VTIMEZONE with an observance for each clock change in the years in use."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

SECOND = timedelta(seconds=1)
STEP = timedelta(hours=12)
"""The step of the search for clock changes. In no zone so far were two changes less than a week apart."""
TABLES_KEPT = 256
"""The size of the cache: in a vdir folder every file has a VTIMEZONE, and nearly all are equal."""


class Clocks(NamedTuple):
    """What the clocks of a zone show between two changes."""

    offset: timedelta
    summer: bool
    name: str


class Change(NamedTuple):
    """A clock change; *start* is naive, in local time before the change."""

    start: datetime
    before: timedelta
    after: Clocks


@lru_cache(maxsize=TABLES_KEPT)
def zone_table(zone: ZoneInfo, years: frozenset[int]) -> bytes:
    """Return a VTIMEZONE of *zone* that is valid for all moments of *years* in local time."""
    table = Timezone()
    table.add("TZID", zone.key)
    for year in sorted(years):
        for change in _changes(zone, year, opens=year - 1 not in years):
            part = TimezoneDaylight() if change.after.summer else TimezoneStandard()
            part.DTSTART = change.start
            part.TZOFFSETFROM, part.TZOFFSETTO = change.before, change.after.offset
            part.add("TZNAME", change.after.name)
            table.add_component(part)
    written: bytes = table.to_ical()
    return written


def _changes(zone: ZoneInfo, year: int, *, opens: bool) -> Iterator[Change]:
    """Yield the clock changes in *year*. If the table *opens* with it, first yield the state when it begins.

    An observance starts in the local time before it (RFC 5545, 3.6.5).
    """
    first = _beginning(zone, year)
    seen, last = first - SECOND, _beginning(zone, year + 1) - SECOND
    now = _clocks(zone, first if opens else seen)  # the clocks may change as the year begins
    if opens:
        yield Change(_wall(first, now.offset), now.offset, now)
    while seen < last:
        ahead = min(seen + STEP, last)
        if _clocks(zone, ahead) != now:
            ahead = _first_other(zone, now, seen, ahead)
            before, now = now, _clocks(zone, ahead)
            yield Change(_wall(ahead, before.offset), before.offset, now)
        seen = ahead


def _first_other(zone: ZoneInfo, now: Clocks, before: datetime, after: datetime) -> datetime:
    """Return the first second after *before*, up to *after*, at which the clocks differ from *now* (binary search)."""
    while after - before > SECOND:
        middle = (before + (after - before) // 2).replace(microsecond=0)
        if _clocks(zone, middle) == now:
            before = middle
        else:
            after = middle
    return after


def _beginning(zone: ZoneInfo, year: int) -> datetime:
    """Return the beginning of *year* in local time of *zone*, as UTC and within the range of datetime."""
    if year > date.max.year:
        return datetime.max.replace(microsecond=0, tzinfo=UTC) - timedelta(days=1)
    try:
        return datetime(year, 1, 1, tzinfo=zone).astimezone(UTC)
    except OverflowError:  # local year 1 begins before datetime.min in UTC
        return datetime.min.replace(tzinfo=UTC) + timedelta(days=1)


def _clocks(zone: ZoneInfo, moment: datetime) -> Clocks:
    local = moment.astimezone(zone)
    return Clocks(local.utcoffset() or timedelta(), bool(local.dst()), local.tzname() or "")


def _wall(moment: datetime, offset: timedelta) -> datetime:
    """Return *moment*, in UTC, as naive local time at *offset*."""
    return moment.replace(tzinfo=None) + offset
