"""Time zones of calendar files: a VTIMEZONE for the years in use, with an observance for each change of the clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from zoneinfo import ZoneInfo

SECOND = timedelta(seconds=1)
STEP = timedelta(hours=12)
"""How far apart we look at the clocks. The shortest time between two changes of any zone so far is a week."""
TABLES_KEPT = 256
"""A folder of calendar files has one table a file, and nearly all of them are the same."""


class Clocks(NamedTuple):
    """What the clocks of a zone show for a while."""

    offset: timedelta
    summer: bool
    name: str


class Change(NamedTuple):
    """A change of the clocks: *start* is the moment of the change by the clocks before it, without a zone."""

    start: datetime
    before: timedelta
    after: Clocks


def zone_table(zone: ZoneInfo, years: Collection[int]) -> bytes:
    """Return the VTIMEZONE of *zone*, which is right for all moments of *years*, by its own clocks."""
    return _table(zone, tuple(sorted(years)))


@lru_cache(maxsize=TABLES_KEPT)
def _table(zone: ZoneInfo, years: tuple[int, ...]) -> bytes:
    table = Timezone()
    table.add("TZID", zone.key)
    for year in years:
        for change in _changes(zone, year, opens=year - 1 not in years):
            part = TimezoneDaylight() if change.after.summer else TimezoneStandard()
            part.DTSTART = change.start
            part.TZOFFSETFROM, part.TZOFFSETTO = change.before, change.after.offset
            part.add("TZNAME", change.after.name)
            table.add_component(part)
    written: bytes = table.to_ical()
    return written


def _changes(zone: ZoneInfo, year: int, *, opens: bool) -> Iterator[Change]:
    """Yield the changes of the clocks in *year*; first, where the table *opens* with it, what they show as it begins.

    An observance starts by the clocks before it (RFC 5545, 3.6.5).
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
    """Return the first second after *before*, at most *after*, at which the clocks show something else than *now*."""
    while after - before > SECOND:
        middle = (before + (after - before) // 2).replace(microsecond=0)
        if _clocks(zone, middle) == now:
            before = middle
        else:
            after = middle
    return after


def _beginning(zone: ZoneInfo, year: int) -> datetime:
    """Return the moment in UTC at which *year* begins by the clocks of *zone*, as far as datetime reaches."""
    if year > date.max.year:
        return datetime.max.replace(microsecond=0, tzinfo=UTC) - timedelta(days=1)
    try:
        return datetime(year, 1, 1, tzinfo=zone).astimezone(UTC)
    except OverflowError:  # the year 1 begins before that of UTC
        return datetime.min.replace(tzinfo=UTC) + timedelta(days=1)


def _clocks(zone: ZoneInfo, moment: datetime) -> Clocks:
    """Return what the clocks of *zone* show at *moment*."""
    local = moment.astimezone(zone)
    return Clocks(local.utcoffset() or timedelta(), bool(local.dst()), local.tzname() or "")


def _wall(moment: datetime, offset: timedelta) -> datetime:
    """Return *moment* as clocks show it that are *offset* ahead of UTC."""
    return moment.replace(tzinfo=None) + offset
