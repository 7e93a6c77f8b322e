"""When an event of schema.org takes place: its dates, or those of its schedule written out."""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from kzfest.core.recurrence import REPEATS_AT_MOST
from kzfest.i18n import ngettext
from kzfest.programme.importing import moments
from kzfest.programme.importing.limits import LONGEST_SCHEDULE, MOST_DAYS_OF_SCHEDULES
from kzfest.programme.importing.linked_data import local_name
from kzfest.programme.importing.time_zone import known_name
from kzfest.programme.zones import zone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kzfest.programme.importing.entries import Clock
    from kzfest.programme.importing.linked_data import LinkedItem

_FREQUENCY = re.compile(r"P(\d{1,3})([DWMY])", re.IGNORECASE)
_WORDS = {"daily": (1, "D"), "weekly": (1, "W"), "biweekly": (2, "W"), "monthly": (1, "M"), "yearly": (1, "Y")}
_WORDS["annually"] = _WORDS["yearly"]
_WEEKDAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
_DAY = re.compile(r"([+-]?\d)?\s*(mo|tu|we|th|fr|sa|su)[a-z]*", re.IGNORECASE)
_TWO_OFFSETS = re.compile(r"Z(?=[+-]\d\d:?\d\d$)")
"""What some programs write before the offset that counts."""
_OFFSET = re.compile(r"(?:Z|[+-]\d\d:?\d\d)$")


class SchemaTimes(NamedTuple):
    """One time at which an event takes place."""

    start: Clock | None
    end: Clock | None = None
    zone: str | None = None


class Dates:
    """Reads the times of the events of one file, and counts what is doubtful in them."""

    def __init__(self) -> None:
        self._days_left = MOST_DAYS_OF_SCHEDULES
        self._doubts = Counter[str]()

    def of(self, event: LinkedItem) -> list[SchemaTimes]:
        """Return the times of *event*: of its schedule, else its own; at least one, perhaps without a start."""
        starts, ends = event.texts("startDate") or [""], event.texts("endDate")
        own = [self._times(event, *pair) for pair in zip_longest(starts, ends[: len(starts)], fillvalue="")]
        schedules = event.items("eventSchedule")
        return [times for schedule in schedules for times in self._scheduled(schedule, event, own[0])] or own

    def remarks(self) -> Iterator[str]:
        """Yield sentences about what is doubtful."""
        if number := self._doubts["unread"]:
            yield ngettext(
                "the date of {n} event cannot be read", "the dates of {n} events cannot be read", number
            ).format(n=number)
        if number := self._doubts["days"]:
            yield ngettext(
                "{n} event has no exact hours and is read as whole days",
                "{n} events have no exact hours and are read as whole days",
                number,
            ).format(n=number)
        if number := self._doubts["unwritten"]:
            yield ngettext(
                "the schedule of {n} event cannot be read", "the schedules of {n} events cannot be read", number
            ).format(n=number)
        if number := self._doubts["long"]:
            message = ngettext(
                "{n} schedule has no end, or more than {most} dates; its first {years} years or {most} dates were read",
                "{n} schedules have no end, or more than {most} dates; "
                "their first {years} years or {most} dates were read",
                number,
            )
            yield message.format(n=number, most=REPEATS_AT_MOST, years=LONGEST_SCHEDULE)

    def _times(self, event: LinkedItem, start_text: str, end_text: str) -> SchemaTimes:
        start = _clock(start_text, event.text("startTime"))
        end = _clock(end_text, event.text("endTime"))
        if start is None:
            self._doubts["unread"] += bool(start_text)
            return SchemaTimes(None)
        if end is None:
            return SchemaTimes(start, _later(start, moments.duration(event.text("duration"))))
        if isinstance(start, datetime) and isinstance(end, datetime):
            return self._whole_days(start, end)
        if not isinstance(start, datetime):
            return SchemaTimes(start, end.date() if isinstance(end, datetime) else end)
        if (end - start.date()).days < 2:
            return SchemaTimes(start)  # the end is only a day: of an evening, or of the night after it
        self._doubts["days"] += 1
        return SchemaTimes(start.date(), end)

    def _whole_days(self, start: datetime, end: datetime) -> SchemaTimes:
        """Return *start* and *end* as days if both are midnights, which programs write where they know no hour."""
        if start.time() != time() or start.replace(tzinfo=None) > end.replace(tzinfo=None):
            return SchemaTimes(start, end)
        if end.time() >= moments.LAST_MINUTE or end == start:
            last = end.date()
        elif end.time() == time():
            last = end.date() - timedelta(days=1)
        else:
            return SchemaTimes(start, end)
        self._doubts["days"] += 1
        return SchemaTimes(start.date(), last)

    def _scheduled(self, schedule: LinkedItem, event: LinkedItem, own: SchemaTimes) -> Iterator[SchemaTimes]:
        """Yield the times of the *schedule* of *event* in order; none if it cannot be read.

        What it does not say, the *own* time of the event does.
        """
        rule = _Rule.of(schedule, event)
        if rule is None:
            first, last = (moments.day_of(moments.iso_time(schedule.text(name))) for name in ("startDate", "endDate"))
            is_period = first and last and first < last and not schedule.text("repeatFrequency")
            self._doubts["days" if is_period else "unwritten"] += 1
            if is_period:
                yield SchemaTimes(first, last)
            return
        begun = schedule.text("startTime") or event.text("startDate").partition("T")[2]
        named = known_name(schedule.text("scheduleTimezone")) if schedule.text("scheduleTimezone") else None
        if named:
            begun = _OFFSET.sub("", begun)  # it changes in summer, and the clocks of the time zone count
        length = moments.duration(schedule.text("duration")) or _evening(own)
        self._doubts["long"] += rule.is_endless
        for day in self._days(rule):
            start = _in_zone(_clock(day.isoformat(), begun) or day, named)
            end = _in_zone(_clock(day.isoformat(), schedule.text("endTime")), named)
            if not isinstance(start, datetime) or not isinstance(end, datetime):
                yield SchemaTimes(start, _later(start, length), named)
            else:
                with suppress(OverflowError):
                    is_next_day = end.replace(tzinfo=None) <= start.replace(tzinfo=None)
                    yield SchemaTimes(start, end + timedelta(days=is_next_day), named)

    def _days(self, rule: _Rule) -> Iterator[date]:
        number = 0
        for ordinal in range(rule.first.toordinal(), rule.last.toordinal() + 1):
            day = date.fromordinal(ordinal)
            if not self._days_left or number == REPEATS_AT_MOST:
                self._doubts["long"] += not rule.is_endless
                return
            if number >= rule.most:
                return
            self._days_left -= 1
            if rule.fits(day):
                number += 1
                if day not in rule.excepted:
                    yield day


class _Rule(NamedTuple):
    """The days of a schedule."""

    first: date
    last: date
    is_endless: bool
    most: int
    interval: int
    unit: str
    weekdays: frozenset[tuple[int, int]]
    """Each with its number in the month, from its end if negative, or 0 for all."""
    months: frozenset[int]
    month_days: frozenset[int]
    excepted: frozenset[date]

    @classmethod
    def of(cls, schedule: LinkedItem, event: LinkedItem) -> _Rule | None:
        """Return the rule of *schedule*, or None if neither it nor its *event* says on which days it is."""
        first, last = (
            moments.day_of(moments.iso_time(schedule.text(name) or event.text(name)))
            for name in ("startDate", "endDate")
        )
        if last == first and not schedule.text("endDate"):
            last = None  # it is the end of the first date, not of all
        stated = last
        if first is None:
            return None
        weekdays = frozenset(_weekdays(schedule))
        frequency = _frequency(schedule.text("repeatFrequency"))
        if frequency is None:
            if schedule.text("repeatFrequency") or not (weekdays or last in {None, first}):
                return None
            frequency, last = ((1, "W"), last) if weekdays else ((1, "D"), first)
        counts = _numbers(schedule, "repeatCount")
        if frequency[1] == "D" and weekdays and not frequency[0] % 7:
            frequency = (frequency[0] // 7, "W")
        if last is None:
            with suppress(ValueError):
                last = first.replace(year=first.year + LONGEST_SCHEDULE)
        return cls(
            first=first,
            last=last or first,
            is_endless=not stated and not counts and last != first,
            most=min(counts, default=REPEATS_AT_MOST + 1),
            interval=frequency[0],
            unit=frequency[1],
            weekdays=weekdays,
            months=frozenset(_numbers(schedule, "byMonth")),
            month_days=frozenset(_numbers(schedule, "byMonthDay")),
            excepted=frozenset(
                day for text in schedule.texts("exceptDate") if (day := moments.day_of(moments.iso_time(text)))
            ),
        )

    def fits(self, day: date) -> bool:
        """Whether it is on *day*."""
        if self._periods(day) % self.interval or (self.months and day.month not in self.months):
            return False
        if self.month_days and self.month_days.isdisjoint({day.day, day.day - monthrange(day.year, day.month)[1] - 1}):
            return False
        if self.weekdays:
            return not self.weekdays.isdisjoint((day.weekday(), number) for number in _numbers_in_month(day))
        if self.unit == "W":
            return day.weekday() == self.first.weekday()
        if self.unit == "Y" and not self.months and day.month != self.first.month:
            return False
        return self.unit == "D" or bool(self.month_days) or day.day == self.first.day

    def _periods(self, day: date) -> int:
        """Return how many days, weeks, months or years *day* is after the first."""
        first = self.first
        if self.unit == "D":
            return (day - first).days
        if self.unit == "W":
            return (day.toordinal() - 1) // 7 - (first.toordinal() - 1) // 7
        years = day.year - first.year
        return years if self.unit == "Y" else 12 * years + day.month - first.month


def _numbers_in_month(day: date) -> tuple[int, int, int]:
    """Return 0, and which of its weekday in its month *day* is, from the beginning and from the end."""
    left = monthrange(day.year, day.month)[1] - day.day
    return 0, (day.day - 1) // 7 + 1, -(left // 7) - 1


def _frequency(written: str) -> tuple[int, str] | None:
    found = _FREQUENCY.fullmatch(written)
    if found and int(found[1]):
        return int(found[1]), found[2].upper()
    return _WORDS.get(local_name(written).casefold())


def _weekdays(schedule: LinkedItem) -> Iterator[tuple[int, int]]:
    weeks = _numbers(schedule, "byMonthWeek") or [0]
    for text in schedule.texts("byDay"):
        for part in text.split(","):
            if found := _DAY.fullmatch(local_name(part.strip())):
                weekday = _WEEKDAYS.index(found[2].lower())
                yield from ((weekday, number) for number in ([int(found[1])] if found[1] else weeks))


def _numbers(schedule: LinkedItem, name: str) -> list[int]:
    texts = (part.strip() for text in schedule.texts(name) for part in text.split(","))
    return [int(text) for text in texts if re.fullmatch(r"-?[0-9]{1,4}", text)]


def _clock(day_text: str, hour_text: str) -> Clock | None:
    """Return the day or moment that *day_text* gives; if it is a day, the moment at *hour_text* on it."""
    found = moments.iso_time(_TWO_OFFSETS.sub("", day_text))
    if found is None or isinstance(found, datetime) or not hour_text:
        return found
    hour = hour_text.rpartition("T")[2]
    return moments.iso_time(f"{found}T{hour}") or found


def _evening(times: SchemaTimes) -> timedelta | None:
    """Return the length of *times*, if it is less than a day."""
    start, end = times.start, times.end
    if (
        not isinstance(start, datetime)
        or not isinstance(end, datetime)
        or (start.tzinfo is None) != (end.tzinfo is None)
    ):
        return None
    return end - start if timedelta() < end - start < timedelta(days=1) else None


def _in_zone(when: Clock | None, named: str | None) -> Clock | None:
    return when.replace(tzinfo=zone(named)) if named and isinstance(when, datetime) and not when.tzinfo else when


def _later(start: Clock | None, length: timedelta | None) -> Clock | None:
    """Return when what begins at *start* ends after *length*; of a day, the last day."""
    if start is None or length is None:
        return None
    with suppress(OverflowError):
        if isinstance(start, datetime):
            return start + length
        return start + max(length - timedelta(days=1), timedelta()) if length >= timedelta(days=1) else None
    return None
