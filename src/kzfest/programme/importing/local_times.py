"""When the entries of a file take place, as local clocks show it, and the ids of their showings."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple, TypeGuard

from kzfest.core.festival_day import shown
from kzfest.programme.importing.identity import slug
from kzfest.programme.importing.time_zone import known_name
from kzfest.programme.zones import zone

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from kzfest.programme.files import ImportOptions
    from kzfest.programme.importing.entries import Clock, Entry

_NOON = time(12)
FIRST_STORED, LAST_STORED = date(1000, 1, 1), date(5999, 12, 31)
"""The days that a catalogue can hold, as in `reading/scalars.py`."""


class TimesOfEntry(NamedTuple):
    """When an entry takes place, in its time zone."""

    start: Clock
    end: Clock | None
    zone: str | None
    """The name of its own zone, if that shows another time than the programme's."""


class LocalTimes:
    """Finds when entries take place, in a programme whose time zone has the name *zone_name*."""

    def __init__(self, zone_name: str, options: ImportOptions) -> None:
        self._zone_name = zone_name
        self._options = options

    def of(self, entry: Entry) -> TimesOfEntry | None:
        """Return when *entry* takes place; None if the file does not say it, or if no catalogue can hold it."""
        if entry.start is None:
            return None
        named = known_name(entry.zone) if entry.zone else None
        own = zone(named or self._zone_name)
        try:
            start = self.local(entry.start, own)
            end = None if entry.end is None else self.local(entry.end, own)
        except (OverflowError, ValueError):
            return None
        days = [each.date() if isinstance(each, datetime) else each for each in (start, end) if each]
        if not all(map(is_storable, days)):
            return None
        if end is not None and not _is_after(end, start):
            end = None
        differs = (
            isinstance(start, datetime)
            and not self._options.zone
            and start.utcoffset() != start.astimezone(zone(self._zone_name)).utcoffset()
        )
        return TimesOfEntry(start, end, named if differs else None)

    def local(self, when: Clock, own: ZoneInfo) -> Clock:
        """Return *when* to the minute in the zone *own*; a time that clocks there skip becomes one in the next hour.

        A day is one of the programme's zone.
        """
        if not isinstance(when, datetime):
            return existing_day(when, self._zone_name)
        minute = when.replace(second=0, microsecond=0)
        if minute.tzinfo is None or self._options.as_written:
            return shown(minute.replace(tzinfo=own))
        return minute.astimezone(own)


def is_storable(day: date | None) -> TypeGuard[date]:
    """Whether a catalogue can hold *day*."""
    return day is not None and FIRST_STORED <= day <= LAST_STORED


def _is_after(end: Clock, start: Clock) -> bool:
    """Whether *end* can be the end of what begins at *start*: the same kind of time, and later, or the same day."""
    if isinstance(end, datetime) and isinstance(start, datetime):
        return end.timestamp() > start.timestamp()
    return not isinstance(end, datetime) and not isinstance(start, datetime) and end >= start


def existing_day(day: date, zone_name: str) -> date:
    """Return *day*, or the next one if the time zone skipped it."""
    return shown(datetime.combine(day, _NOON, tzinfo=zone(zone_name))).date()


def time_order(when: Clock) -> tuple[float, bool]:
    """Return what sorts *when*: whole days before the moments of their day."""
    moment = when if isinstance(when, datetime) else datetime(when.year, when.month, when.day, tzinfo=UTC)
    return (moment - datetime(1, 1, 3, tzinfo=UTC)) / timedelta(minutes=1), isinstance(when, datetime)


def iso_minutes(when: Clock) -> str:
    """Return *when* as our format writes it, moments to the minute."""
    return when.isoformat(timespec="minutes") if isinstance(when, datetime) else when.isoformat()


def showing_id(start: Clock, place: str | None, instance: str | None, taken: dict[str, int]) -> str:
    """Return an id for a showing: what the file calls it, else its start, with its venue if that is not enough.

    Of ids *taken*, the last number that was tried is known: thousands of entries may have one start.
    """
    local = start.strftime("%Y%m%d-%H%M") if isinstance(start, datetime) else start.strftime("%Y%m%d")
    wanted = slug(instance or "") or local
    if wanted in taken and place:
        wanted = f"{wanted}-{place}"
    number, found = taken.get(wanted, 1), wanted
    while found in taken:
        number += 1
        found = f"{wanted}-{number}"
    taken[wanted] = number
    taken.setdefault(found, 1)
    return found
