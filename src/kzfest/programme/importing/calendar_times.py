"""The times of a calendar: moments with their time zones, which it may define itself."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from kzfest.core.festival_day import ONE_DAY, later
from kzfest.core.recurrence import rule_dates
from kzfest.programme.importing import moments
from kzfest.programme.importing.components import Property
from kzfest.programme.importing.limits import MOST_LEVELS
from kzfest.programme.importing.time_zone import known_name, zone_with, zones_of_windows
from kzfest.programme.zones import known_zone

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from kzfest.programme.importing.components import Component
    from kzfest.programme.importing.entries import Clock

_MINUTE = timedelta(minutes=1)
_HOUR = re.compile(r"T(?!0000)\d")
_LONGEST_NAME = 200
"""Characters of the name of a zone: Outlook names all cities of one."""

_YEARS = range(1000, 6000)
"""The years that a catalogue can hold; in others, a time zone can lead out of the calendar."""

UNREADABLE_RULE = (ArithmeticError, LookupError, TypeError, ValueError, AttributeError)
"""What dateutil raises for a rule that it cannot read."""


class CalendarTime(NamedTuple):
    """When an event takes place, and the name of the time zone in which its file says so."""

    start: Clock | None
    end: Clock | None
    zone: str | None


class CalendarTimes:
    """Reads the times of one calendar, and remembers the time zones that it does not find."""

    def __init__(self, definitions: Sequence[Component]) -> None:
        self._definitions = {each.text("TZID"): each for each in definitions[:MOST_LEVELS]}
        self._zones: dict[str, ZoneInfo | None] = {}
        self.alike: dict[str, str] = {}
        """The zones that have the same times as one that the file defines, by the name that it has there."""
        self.doubly = 0
        """Times with a zone and with the Z of UTC."""
        self.unknown: set[str] = set()
        """The names of zones that are neither known nor defined."""

    def of(self, event: Component) -> CalendarTime:
        """Return when *event* takes place. Ends of whole days are the last day; no end is invented."""
        start, zone = self.first(event, "DTSTART")
        end, _zone = self.first(event, "DTEND")
        return CalendarTime(start, _end(start, end, event.text("DURATION")), zone)

    def period(self, written: str, given: Property) -> tuple[Clock | None, Clock | None]:
        """Return the start and the end of what is *written* in the property *given*: a time, or a period."""
        begun, _slash, ended = (part.strip() for part in written.partition("/"))
        start, _zone = self.moment(begun, given)
        end, _zone = self.moment(ended, given)
        return start, _end(start, end, ended)

    def first(self, event: Component, name: str) -> tuple[Clock | None, str | None]:
        """Return the first time of the property *name*, and the name of its zone."""
        for each in event.all(name):
            for written in each.values:
                if each.parameters.get("VALUE", "").upper() == "DATE" and _has_hours(event):
                    return self.moment(written, Property(each.values, {**each.parameters, "VALUE": "DATE-TIME"}))
                return self.moment(written, each)
        return None, None

    def moment(self, written: str, given: Property) -> tuple[Clock | None, str | None]:
        """Return the time that is *written* in the property *given*, and the name of its zone; None if unknown."""
        found = moments.iso_time(written.partition("\n")[0])  # a line that cannot be read may follow
        if found and found.year not in _YEARS:
            return None, None
        if not isinstance(found, datetime):
            return found, None
        if given.parameters.get("VALUE", "").upper() == "DATE":
            return found.date(), None
        written_zone = given.parameters.get("TZID")
        if not written_zone:
            return found, None
        if written_zone not in self._zones:
            self._zones[written_zone] = self._zone(written_zone, found.year)
        own = self._zones[written_zone]
        if own is None:
            self.unknown.add(written_zone)
            return found, None
        self.doubly += found.tzinfo is not None and bool(found.astimezone(own).utcoffset())
        return (found if found.tzinfo else found.replace(tzinfo=own)), own.key

    def _zone(self, written: str, year: int) -> ZoneInfo | None:
        """Return the zone *written*: a known one, or one with the same times in *year* as the file defines."""
        definition = self._definitions.get(written)
        aliases = [definition.text(name) for name in ("X-LIC-LOCATION", "TZID-ALIAS-OF")] if definition else []
        names = [name for name in (written, *aliases) if 0 < len(name) <= _LONGEST_NAME]
        name = next(filter(None, map(known_name, names)), None)
        if definition and not name:
            with suppress(OverflowError):
                name = zone_like(definition, year, written)
            if name:
                self.alike[written] = name
        return known_zone(name) if name else None


def zone_like(definition: Component, year: int, written: str) -> str | None:
    """Return a zone with the same changes of its clocks in *year* as a VTIMEZONE has, or None.

    Of several, one whose city is in the name *written*.
    """
    changes = _changes(definition, year)
    offsets = {offset for _onset, *both in changes for offset in both}
    if len(offsets) < 2:
        return zone_with(*offsets) if offsets else None
    half_day = timedelta(hours=12)
    named = sorted(zones_of_windows(), key=lambda name: name.rpartition("/")[2].replace("_", " ") not in written)
    for name in named:
        zone = known_zone(name)
        sides = [
            (at.replace(tzinfo=zone), offset)
            for onset, before, after in changes
            for at, offset in ((onset - half_day, before), (onset + half_day, after))
        ]
        if all(at.utcoffset() == offset for at, offset in sides):
            return name
    return None


def _changes(definition: Component, year: int) -> list[tuple[datetime, timedelta, timedelta]]:
    """Return the changes of the clocks in *year*: when, the offset before, and the offset after.

    If there are none, both ends of the year, with the offset that it has all through.
    """
    changes: list[tuple[datetime, timedelta, timedelta]] = []
    for part in definition.parts[:MOST_LEVELS]:
        before, after = (_offset(part.text(name)) for name in ("TZOFFSETFROM", "TZOFFSETTO"))
        first = moments.iso_time(part.text("DTSTART"))
        if before is None or after is None or not isinstance(first, datetime):
            continue
        onsets = [first.replace(tzinfo=None)]
        for rule in part.all("RRULE")[:1]:
            with suppress(*UNREADABLE_RULE):
                begun = onsets[0].replace(year=max(year - 1, first.year), day=1)
                onsets += rule_dates(rule.values[0], begun, until=date(year, 12, 31)).found
        written = [each for given in part.all("RDATE") for each in given.values]
        onsets += [each for each in map(moments.iso_time, written) if isinstance(each, datetime)]
        changes += [(each.replace(tzinfo=None), before, after) for each in onsets if each.year <= year]
    changes.sort()
    if changes and changes[-1][0].year < year:
        offset = changes[-1][2]
        return [(datetime(year, month, 2), offset, offset) for month in (1, 7)]  # noqa: DTZ001  # local times
    return [change for change in changes if change[0].year == year]


def _offset(written: str) -> timedelta | None:
    moment = moments.iso_time(f"20000101T000000{written.replace(':', '')[:5]}")
    return moment.utcoffset() if isinstance(moment, datetime) else None


def _has_hours(event: Component) -> bool:
    """Whether *event* begins or ends at an hour of the day; some programs write VALUE=DATE before such times too."""
    return any(_HOUR.search(event.text(name)) for name in ("DTSTART", "DTEND"))


def _end(start: Clock | None, end: Clock | None, length: str) -> Clock | None:
    """Return the end of what begins at *start*: *end*, which whole days do not include, or what *length* gives."""
    lasts = moments.duration(length.lstrip("+"))
    with suppress(OverflowError):
        if start is not None and end is None and lasts:
            end = _after(start, lasts)
    if end is None or start is None or isinstance(start, datetime):
        return end if isinstance(end, datetime) else None
    return max((end - _MINUTE).date() if isinstance(end, datetime) else end - ONE_DAY, start)


def _after(start: Clock, lasts: timedelta) -> Clock:
    """Return what is *lasts* after *start*: whole days by the calendar, hours by the clock that never changes."""
    if isinstance(start, datetime) and start.tzinfo and lasts % ONE_DAY:
        return later(start, lasts)
    return start + lasts
