"""When the rows of a table take place: from the columns that say it, from the rows before and from the title."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from kzfest.core.festival_day import DAY_STARTS_AT
from kzfest.i18n import _, ngettext
from kzfest.programme.importing.table_cells import excerpt
from kzfest.programme.importing.time_zone import known_name
from kzfest.programme.importing.written_days import day_after, order_of
from kzfest.programme.importing.written_times import WrittenSpan, length_of, moment, written
from kzfest.programme.zones import known_zone

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import tzinfo

    from kzfest.programme.importing.entries import Clock
    from kzfest.programme.importing.table_columns import TableColumn
    from kzfest.programme.importing.written_days import WrittenDay

_YES = "true|yes|y|1|x|ja|oui|si|sí|да|иә|так|wahr|vrai|verdadero|vero|истина|✓|✔"
_STARTS, _ENDS = ("day", "start"), ("end_day", "end")
_NOON, _LAST_MINUTE = 12 * 60, 23 * 60 + 59
_LONGEST_RANGE = 60
"""Days that a cell such as "3–5 May" may cover, if its row has hours, which then are those of each day."""
_LONGEST_NIGHT = timedelta(hours=12)
"""Before an end on the same date counts as one on the next day, it must be this much before the start."""
_MOST_TIMES = 100
"""Times in one row."""
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
        columns: Iterable[TableColumn],
        rows: Sequence[Sequence[str]],
        above: Iterable[Sequence[str]],
        *,
        month_first: bool | None,
        epoch: date,
    ) -> None:
        """Look at all *rows*, and those *above* the headings, for what one row alone does not say.

        Raises SyntaxError if day and month can be exchanged, and *month_first* does not say which comes first.
        """
        self._columns: dict[str, list[TableColumn]] = defaultdict(list)
        for column in sorted(columns, key=lambda each: each.rank):
            self._columns[column.field].append(column)
        self._epoch = epoch
        self._remarks: list[str] = []
        self._undated: dict[str, int] = Counter()
        self._counts: dict[str, int] = Counter()
        days = {
            day: cell
            for row in rows
            for fields in (_STARTS, _ENDS)
            for span in self._spans(row, fields)[0]
            for cell in [" ".join(cell for field in fields for cell in self._cells(field, row))]
            for day in (span.day, span.end_day)
            if day
        }
        self._month_first = self._has_month_first(days) if month_first is None else month_first
        titles = [day for row in above for cell in row for day in self._days(cell, is_day=True) if day.is_dated]
        years = [int(found) for row in above for cell in row for found in _YEAR.findall(cell)]
        self._year = next((day.year for day in (*titles, *days) if day.year), next(iter(years), None))
        self._begins: date | None = None
        first = next(filter(None, map(self._on, titles)), None)
        self._begins = first or min(filter(None, map(self._on, days)), default=None)
        self._today = first
        self._is_from_title = first is not None
        self._last_clock = 0
        self._in_hours = any("." in cell or "," in cell for row in rows for cell in self._cells("duration", row))

    def of(self, row: Sequence[str]) -> list[RowTimes]:
        """Return the times of *row*; none if it says none that can be read, which `remarks` tells."""
        spans, is_open = self._spans(row, _STARTS)
        found = [] if is_open else [each for span in spans for each in self._times(span, row)]
        self._counts["dated"] += bool(found)
        if not found:
            self._undated[" ".join(cell for field in _STARTS for cell in self._cells(field, row))] += 1
        return found

    def is_day(self, cell: str) -> bool:
        """Whether *cell* is a day and nothing else."""
        found = written(cell, is_day=True, epoch=self._epoch)
        spans = found.spans
        return len(spans) == 1 and not found.words and spans[0].day is not None and spans[0].clock is None

    def begins_day(self, cell: str) -> bool:
        """Whether *cell*, which stands alone in its row, is the day of the rows that follow."""
        return self.is_day(cell) and self._day_of(written(cell, is_day=True, epoch=self._epoch).spans[0]) is not None

    def remarks(self) -> Iterator[str]:
        """Yield sentences about the times that were read. Raises SyntaxError if none has a date."""
        written_so = [text for text in self._undated if text]
        if self._counts["dateless"] and not self._counts["dated"]:
            message = _("no row says on which date; write the first day above the columns, such as '{example}'")
            raise SyntaxError(message.format(example="2026-05-03"))
        yield from self._remarks
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

    def _cells(self, field: str, row: Sequence[str]) -> list[str]:
        """Return what *row* has in the columns of *field*, the clearest first."""
        return [cell for column in self._columns.get(field, ()) if (cell := row[column.number])]

    def _days(self, cell: str, *, is_day: bool) -> Iterator[WrittenDay]:
        for span in written(cell, is_day=is_day, epoch=self._epoch).spans:
            yield from filter(None, (span.day, span.end_day))

    def _has_month_first(self, days: dict[WrittenDay, str]) -> bool:
        """Return whether the numbers of *days*, with their texts, have the month first. Raises SyntaxError."""
        order = order_of(days)
        example = next(((day, text) for day, text in days.items() if day.is_ambiguous), None)
        if not order:
            message = _("'{text}' can be two days; say which with {choices}")
            choices = _(" or ").join(("--dates day-first", "--dates month-first"))
            raise SyntaxError(message.format(text=excerpt(example[1]) if example else "", choices=choices))
        if order.is_guessed and example:
            day = example[0].on(month_first=order.month_first, year=0)
            other = "--dates " + ("day-first" if order.month_first else "month-first")
            message = _("'{text}' is read as {day}, because the days then follow each other; if not, give {option}")
            self._remarks.append(message.format(text=excerpt(example[1]), day=day or "", option=other))
        return order.month_first

    def _on(self, day: WrittenDay | None) -> date | None:
        return day and day.on(month_first=self._month_first, year=self._year, begins=self._begins)

    def _spans(self, row: Sequence[str], fields: Iterable[str]) -> tuple[list[WrittenSpan], bool]:
        """Return the times that the columns of *fields* together give, and whether one says that it is not known."""
        together: list[WrittenSpan] = []
        is_open = False
        for field in fields:
            for cell in self._cells(field, row):
                found = written(cell, is_day=field.endswith("day"), epoch=self._epoch)
                is_open |= found.is_open
                spans = list(found.spans[:_MOST_TIMES])
                both = [span.beside(day) for day in together for span in spans][:_MOST_TIMES]
                together = both or together or spans
        return together, is_open

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
        more = next(iter(self._spans(row, _ENDS)[0]), WrittenSpan())
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
        lengths = (length_of(cell, in_hours=self._in_hours) for cell in self._cells("duration", row))
        if (end is None or end <= start) and (lasts := next(filter(None, lengths), None)):
            end = start + lasts
        if end is not None and end < start:
            self._counts["reversed"] += 1
            end = None
        if any(map(says_yes, self._cells("all_day", row))):
            if span.clock == 0 and end_clock in {None, 0, _LAST_MINUTE}:
                return RowTimes(day, _last_day(start, end, end_day))
            self._counts["hours"] += 1
        return RowTimes(start, end, zone)

    def _zone(self, span: WrittenSpan, row: Sequence[str]) -> tuple[tzinfo | None, str | None]:
        """Return the offset or the time zone of *span*, and the zone's name: its own, its row's, or its heading's."""
        if span.offset:
            return span.offset, None
        asides = [column.aside for field in _STARTS for column in self._columns.get(field, ()) if column.aside]
        for name in (*self._cells("zone", row), *asides):
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
