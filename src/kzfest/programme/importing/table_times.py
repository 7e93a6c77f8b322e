"""When the rows of a table take place: from the columns that say it, from the rows before and from the title."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from kzfest.core.festival_day import DAY_STARTS_AT
from kzfest.i18n import _, ngettext
from kzfest.programme.importing.table_cells import excerpt
from kzfest.programme.importing.time_columns import ENDS, STARTS, ColumnsTogether
from kzfest.programme.importing.time_tokens import ZONES, offset_of
from kzfest.programme.importing.time_zone import known_name
from kzfest.programme.importing.written_days import day_after
from kzfest.programme.importing.written_times import WrittenSpan, end_after, length_of, lone_time, moment
from kzfest.programme.zones import known_zone

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import tzinfo

    from kzfest.programme.importing.entries import Clock
    from kzfest.programme.importing.time_columns import TimeColumns
    from kzfest.programme.importing.written_days import WrittenDay

_YES = "true|yes|y|1|x|ja|oui|si|sí|да|иә|так|wahr|vrai|verdadero|vero|истина|✓|✔"
_NOON, _LAST_MINUTE = 12 * 60, 23 * 60 + 59
_EARLY = 6 * 60
"""Before this, few events begin or end; if no hour is after 12:59, those after noon may lack their p.m."""
_LONGEST_RANGE = 60
"""Days that a cell such as "3–5 May" may cover, if its row has hours, which then are those of each day."""
_LONGEST_NIGHT = timedelta(hours=12)
"""Before an end on the same date counts as one on the next day, it must be this much before the start."""
_MOST_HOURS, _MOST_WHOLE_HOURS = 12, 4
"""Numbers up to these are hours if they are the length of something: few events last so few minutes."""
_OFFSET = re.compile(r"(?:UTC|GMT)? ?(?:[+-]\d\d?(?::?\d\d)?)?(?<=.)", re.IGNORECASE)
_SHOWN = 3
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")


class RowTimes(NamedTuple):
    """When an entry takes place, and the name of its time zone, if the table gives one."""

    start: Clock
    end: Clock | None = None
    zone: str | None = None


class TableTimes:
    """Finds when rows take place. They must be asked in their order: a day may stand only in its first row."""

    def __init__(
        self,
        columns: TimeColumns,
        rows: Sequence[Sequence[str]],
        above: Sequence[Sequence[str]],
        days: Iterable[WrittenDay],
        *,
        month_first: bool,
    ) -> None:
        """Look at all *rows*, those *above* the headings, and all *days* of the file for what a row does not say."""
        self._columns = columns
        self._month_first = month_first
        self._ends = ColumnsTogether(())
        self._clocks: set[int] = set()
        self._has_halves = False
        self._undated: dict[str, int] = Counter()
        self._partly: dict[str, int] = Counter()
        self._unknown_zones: dict[str, int] = Counter()
        self._counts: dict[str, int] = Counter()
        days = tuple(days)
        titles = [day for row in above for cell in row for day in columns.days_in(cell) if day.is_dated]
        years = [int(found) for row in above for cell in row for found in _YEAR.findall(cell)]
        self._year = next((day.year for day in (*titles, *days) if day.year), next(iter(years), None))
        self._begins: date | None = None
        first = next(filter(None, map(self._on, titles)), None)
        self._begins = first or min(filter(None, map(self._on, days)), default=None)
        self._today = first
        self._is_assumed = first is not None
        self._last_clock = 0
        self._in_hours = self._are_hours([cell for row in rows for cell in columns.cells("duration", row)])

    def of(self, row: Sequence[str]) -> list[RowTimes]:
        """Return the times of *row*; none if it says none that can be read, which `remarks` tells."""
        starts, self._ends = self._columns.spans(row, STARTS), self._columns.spans(row, ENDS)
        found = [] if starts.is_open else [each for span in starts.spans for each in self._times(span, row)]
        if found and (starts.has_rest or self._ends.has_rest):
            self._partly[" ".join(cell for field in STARTS + ENDS for cell in self._columns.cells(field, row))] += 1
        self._counts["dated"] += bool(found)
        if not found:
            self._undated[" ".join(cell for field in STARTS for cell in self._columns.cells(field, row))] += 1
        return found

    def leads(self, cell: str) -> bool:
        """Whether *cell*, which stands alone in its row, is the day of the rows that follow, or an hour before them."""
        if day := self._columns.lone_day(cell):
            counted = self._counts["counted"]
            found = self._day_of(WrittenSpan(day))
            self._counts["counted"] = counted
            self._is_assumed = not day.is_dated
            return found is not None
        time = lone_time(cell)
        self._last_clock = max(self._last_clock, (time and time.clock) or 0)
        return time is not None

    def remarks(self) -> Iterator[str]:
        """Yield sentences about the times that were read. Raises SyntaxError if none has a date."""
        if self._counts["dateless"] and not self._counts["dated"]:
            message = _("no row says on which date; write the first day above the columns, such as '{example}'")
            raise SyntaxError(message.format(example="2026-05-03"))
        if self._counts["counted"] and self._begins:
            yield _("days without a date are counted from {day}").format(day=self._begins.isoformat())
        without = self._undated.pop("", 0)
        if number := sum(self._undated.values()):
            message = ngettext(
                "{n} entry is undated, because its time cannot be read: {texts}",
                "{n} entries are undated, because their times cannot be read: {texts}",
                number,
            )
            yield message.format(n=number, texts=_examples(self._undated))
        if number := without:
            yield ngettext("{n} entry has no time", "{n} entries have no time", number).format(n=number)
        if number := sum(self._partly.values()):
            message = ngettext(
                "the time of {n} entry was read only in part: {texts}",
                "the times of {n} entries were read only in part: {texts}",
                number,
            )
            yield message.format(n=number, texts=_examples(self._partly))
        yield from self._doubts()

    def _doubts(self) -> Iterator[str]:
        """Yield sentences about what may be meant otherwise, or was left out."""
        if number := self._counts["night"]:
            message = ngettext(
                "{n} entry after midnight stands under the day before",
                "{n} entries after midnight stand under the day before",
                number,
            )
            yield message.format(n=number)
        if number := self._counts["weekday"]:
            message = ngettext(
                "{n} date is on another weekday than the table says; the date counts",
                "{n} dates are on other weekdays than the table says; the dates count",
                number,
            )
            yield message.format(n=number)
        if self._unknown_zones:
            message = _("unknown time zones: {texts}; their times count as local, or as {option} says")
            yield message.format(texts=_examples(self._unknown_zones), option="--zone")
        early = sorted(clock for clock in self._clocks if 60 <= clock < _EARLY)
        if early and not self._has_halves and max(self._clocks) < _NOON + 60:
            message = _("no hour is after 12:59, so {hour} may mean {later}; write the hours up to 24, or with p.m.")
            hour, later = (f"{clock // 60}:{clock % 60:02}" for clock in (early[0], early[0] + _NOON))
            yield message.format(hour=hour, later=later)
        if number := self._counts["long"]:
            message = ngettext(
                "{n} entry lasts more than 12 hours, until the next day; look at its end",
                "{n} entries last more than 12 hours, until the next day; look at their ends",
                number,
            )
            yield message.format(n=number)
        if self._counts["lengths"]:
            yield _("the lengths were read as hours, because all are so small")
        if number := self._counts["reversed"]:
            message = ngettext(
                "the end of {n} entry is before its start, and was left out",
                "the ends of {n} entries are before their starts, and were left out",
                number,
            )
            yield message.format(n=number)
        if number := self._counts["hours"]:
            message = ngettext(
                "{n} entry is marked as all day but has hours; the hours count",
                "{n} entries are marked as all day but have hours; the hours count",
                number,
            )
            yield message.format(n=number)

    def _on(self, day: WrittenDay | None) -> date | None:
        return day and day.on(month_first=self._month_first, year=self._year, begins=self._begins)

    def _times(self, span: WrittenSpan, row: Sequence[str]) -> Iterator[RowTimes]:
        """Yield the times of *span*, one of the starts of *row*: several if it gives hours of several days."""
        day = self._day_of(span)
        if day is None:
            return
        last = self._on(span.end_day) if span.is_daily else None
        for number in range(min((last - day).days, _LONGEST_RANGE) + 1 if last and last > day else 1):
            ends = WrittenSpan(end_clock=span.end_clock) if last else span
            try:
                yield self._timed(day + timedelta(days=number), span, ends, row)
            except OverflowError:
                return

    def _day_of(self, span: WrittenSpan) -> date | None:
        """Return the day of *span*: its own, or that of the rows before, of which it may be the night."""
        if span.day:
            found = self._on(span.day)
            self._counts["dateless"] += not found
            self._counts["counted"] += found is not None and not span.day.is_dated
            if found and span.day.weekday not in {None, found.weekday()}:
                self._counts["weekday"] += 1
            if found:
                self._today, self._year, self._last_clock = found, found.year, span.clock or 0
                self._is_assumed = False
            return found
        if span.clock is None:
            return None
        if not self._today:
            self._counts["dateless"] += 1
            return None
        self._counts["counted"] += self._is_assumed
        is_night = span.clock < DAY_STARTS_AT * 60 and self._last_clock >= _NOON
        self._counts["night"] += is_night
        self._last_clock = self._last_clock if is_night else span.clock
        return day_after(self._today, is_night)

    def _timed(self, day: date, span: WrittenSpan, ends: WrittenSpan, row: Sequence[str]) -> RowTimes:
        """Return the times of *span* on *day*, which *ends* may end, or another column. Raises OverflowError."""
        more = next(iter(self._ends.spans), WrittenSpan())
        self._clocks |= {clock for clock in (span.clock, ends.end_clock, more.clock) if clock is not None}
        self._has_halves |= bool(span.half or more.half)
        end_day = self._on(more.day) or self._on(ends.end_day)
        end_clock = ends.end_clock if more.clock is None else more.clock
        if span.half and span.clock is not None and more.clock is not None and not (more.half or more.day):
            end_clock = end_after(span.clock, more.clock)
        if span.clock is None:
            return RowTimes(day, end_day if end_day and end_day >= day else None)
        offset, zone = self._zone(span, row)
        start = moment(day, span.clock, offset)
        end: datetime | None = None
        if end_clock is not None:
            end = moment(end_day or start.date(), end_clock, offset)
            if end < start and (end_day is None or start - end > _LONGEST_NIGHT):
                end += timedelta(days=end.date() == start.date())
                self._counts["long"] += end - start > _LONGEST_NIGHT
        lengths = (length_of(cell, in_hours=self._in_hours) for cell in self._columns.cells("duration", row))
        if (end is None or end <= start) and (lasts := next(filter(None, lengths), None)):
            end = start + lasts
        if end is not None and end < start:
            self._counts["reversed"] += 1
            end = None
        if any(map(says_yes, self._columns.cells("all_day", row))):
            if span.clock == 0 and end_clock in {None, 0, _LAST_MINUTE}:
                return RowTimes(day, _last_day(start, end, end_day))
            self._counts["hours"] += 1
        return RowTimes(start, end, zone)

    def _zone(self, span: WrittenSpan, row: Sequence[str]) -> tuple[tzinfo | None, str | None]:
        """Return the offset or the time zone of *span*, and the zone's name: its own, its row's, or its heading's."""
        if span.offset:
            return span.offset, None
        asides = [aside for aside in self._columns.asides if aside.casefold() in ZONES or _OFFSET.fullmatch(aside)]
        for name in filter(None, (span.zone, *self._columns.cells("zone", row), *asides)):
            if _OFFSET.fullmatch(name):
                return offset_of(name), None
            if known := known_name(ZONES.get(name.casefold(), name)):
                return known_zone(known), known
            self._unknown_zones[name.upper() if name == span.zone else name] += 1
            break
        return None, None

    def _are_hours(self, lengths: Sequence[str]) -> bool:
        """Whether numbers alone among *lengths* are hours: by the heading, or because none is of a usual event."""
        if any(re.match(r"h|std|stunde|ч|час|сағ", aside, re.IGNORECASE) for aside in self._columns.asides_of_lengths):
            return True
        bare = [float(cell.replace(",", ".")) for cell in lengths if re.fullmatch(r"\d{1,4}(?:[.,]\d{1,2})?", cell)]
        if not all(map(float.is_integer, bare)):
            return max(bare) <= _MOST_HOURS
        self._counts["lengths"] = bool(bare) and max(bare) <= _MOST_WHOLE_HOURS
        return bool(self._counts["lengths"])


def _examples(texts: Iterable[str]) -> str:
    """Return the first of *texts*, for a message."""
    shown = [f"'{excerpt(text)}'" for text in islice(texts, _SHOWN + 1)]
    return ", ".join(shown[:_SHOWN]) + (", …" if len(shown) > _SHOWN else "")


def says_yes(cell: str) -> bool:
    """Whether *cell* is a mark for what is so."""
    return cell.casefold() in _YES.split("|")


def _last_day(start: datetime, end: datetime | None, end_day: date | None) -> date | None:
    """Return the last of whole days, which end before the midnight that *end* is, or on *end_day*."""
    if end is None:
        return end_day if end_day and end_day >= start.date() else None
    return max(start.date(), (end - timedelta(minutes=1)).date())
