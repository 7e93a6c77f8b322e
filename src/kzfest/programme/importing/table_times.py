"""When the rows of a table take place: from the columns that say it, from the rows before and from the title."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from kzfest.core.festival_day import DAY_STARTS_AT
from kzfest.i18n import _, ngettext
from kzfest.programme.importing.table_cells import excerpt
from kzfest.programme.importing.time_columns import ENDS, STARTS
from kzfest.programme.importing.time_zone import known_name
from kzfest.programme.importing.written_days import day_after
from kzfest.programme.importing.written_times import WrittenSpan, length_of, lone_time, moment
from kzfest.programme.zones import known_zone

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import tzinfo

    from kzfest.programme.importing.entries import Clock
    from kzfest.programme.importing.time_columns import TimeColumns
    from kzfest.programme.importing.written_days import WrittenDay

_YES = "true|yes|y|1|x|ja|oui|si|sí|да|иә|так|wahr|vrai|verdadero|vero|истина|✓|✔"
_NOON, _LAST_MINUTE = 12 * 60, 23 * 60 + 59
_LONGEST_RANGE = 60
"""Days that a cell such as "3–5 May" may cover, if its row has hours, which then are those of each day."""
_LONGEST_NIGHT = timedelta(hours=12)
"""Before an end on the same date counts as one on the next day, it must be this much before the start."""
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
        self._undated: dict[str, int] = Counter()
        self._counts: dict[str, int] = Counter()
        days = tuple(days)
        titles = [day for row in above for cell in row for day in columns.days_in(cell) if day.is_dated]
        years = [int(found) for row in above for cell in row for found in _YEAR.findall(cell)]
        self._year = next((day.year for day in (*titles, *days) if day.year), next(iter(years), None))
        self._begins: date | None = None
        first = next(filter(None, map(self._on, titles)), None)
        self._begins = first or min(filter(None, map(self._on, days)), default=None)
        self._today = first
        self._is_from_title = first is not None
        self._last_clock = 0
        self._in_hours = any("." in cell or "," in cell for row in rows for cell in columns.cells("duration", row))

    def of(self, row: Sequence[str]) -> list[RowTimes]:
        """Return the times of *row*; none if it says none that can be read, which `remarks` tells."""
        spans, is_open = self._columns.spans(row, STARTS)
        found = [] if is_open else [each for span in spans for each in self._times(span, row)]
        self._counts["dated"] += bool(found)
        if not found:
            self._undated[" ".join(cell for field in STARTS for cell in self._columns.cells(field, row))] += 1
        return found

    def leads(self, cell: str) -> bool:
        """Whether *cell*, which stands alone in its row, is the day of the rows that follow, or an hour before them."""
        if day := self._columns.lone_day(cell):
            return self._day_of(WrittenSpan(day)) is not None
        time = lone_time(cell)
        self._last_clock = max(self._last_clock, (time and time.clock) or 0)
        return time is not None

    def remarks(self) -> Iterator[str]:
        """Yield sentences about the times that were read. Raises SyntaxError if none has a date."""
        written_so = [text for text in self._undated if text]
        if self._counts["dateless"] and not self._counts["dated"]:
            message = _("no row says on which date; write the first day above the columns, such as '{example}'")
            raise SyntaxError(message.format(example="2026-05-03"))
        if self._counts["counted"] and self._begins:
            yield _("days without a date are counted from {day}").format(day=self._begins.isoformat())
        if written_so:
            texts = ", ".join(f"'{excerpt(text)}'" for text in written_so[:_SHOWN])
            number = sum(map(self._undated.__getitem__, written_so))
            message = ngettext(
                "{n} entry is undated, because its time cannot be read: {texts}",
                "{n} entries are undated, because their times cannot be read: {texts}",
                number,
            )
            yield message.format(n=number, texts=texts + (", …" if len(written_so) > _SHOWN else ""))
        if number := self._undated.get("", 0):
            yield ngettext("{n} entry has no time", "{n} entries have no time", number).format(n=number)
        if number := self._counts["night"]:
            message = ngettext(
                "{n} entry after midnight stands under the day before",
                "{n} entries after midnight stand under the day before",
                number,
            )
            yield message.format(n=number)
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
            if found:
                self._today, self._year, self._last_clock = found, found.year, span.clock or 0
                self._is_from_title = False
            return found
        if span.clock is None:
            return None
        if not self._today:
            self._counts["dateless"] += 1
            return None
        self._counts["counted"] += self._is_from_title
        is_night = span.clock < DAY_STARTS_AT * 60 and self._last_clock >= _NOON
        self._counts["night"] += is_night
        self._last_clock = self._last_clock if is_night else span.clock
        return day_after(self._today, is_night)

    def _timed(self, day: date, span: WrittenSpan, ends: WrittenSpan, row: Sequence[str]) -> RowTimes:
        """Return the times of *span* on *day*, which *ends* may end, or another column. Raises OverflowError."""
        more = next(iter(self._columns.spans(row, ENDS)[0]), WrittenSpan())
        end_day = self._on(more.day) or self._on(ends.end_day)
        end_clock = ends.end_clock if more.clock is None else more.clock
        if span.clock is None:
            return RowTimes(day, end_day if end_day and end_day >= day else None)
        offset, zone = self._zone(span, row)
        start = moment(day, span.clock, offset)
        end: datetime | None = None
        if end_clock is not None:
            end = moment(end_day or start.date(), end_clock, offset)
            if end < start and (end_day is None or start - end > _LONGEST_NIGHT):
                end += timedelta(days=end.date() == start.date())
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
        for name in (*self._columns.cells("zone", row), *self._columns.asides):
            if name.casefold() in {"utc", "gmt"}:
                return UTC, None
            if known := known_name(name):
                return known_zone(known), known
        return None, None


def says_yes(cell: str) -> bool:
    """Whether *cell* is a mark for what is so."""
    return cell.casefold() in _YES.split("|")


def _last_day(start: datetime, end: datetime | None, end_day: date | None) -> date | None:
    """Return the last of whole days, which end before the midnight that *end* is, or on *end_day*."""
    if end is None:
        return end_day if end_day and end_day >= start.date() else None
    return max(start.date(), (end - timedelta(minutes=1)).date())
