"""A timetable: hours down the side, days or rooms across the top, titles inside; as a table with one title in a row."""

from __future__ import annotations

import re
from itertools import islice, zip_longest
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from kzfest.programme.importing.csv_text import ROWS_LOOKED_AT
from kzfest.programme.importing.limits import MOST_ENTRIES
from kzfest.programme.importing.table_columns import WHEN, columns_of, names_room, names_track
from kzfest.programme.importing.written_times import lone_day, lone_time

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kzfest.programme.importing.written_times import WrittenSpan

Merged: TypeAlias = "Mapping[tuple[int, int], tuple[int, int]]"
"""The row and column of the first and of the last cell of ranges that are merged, from 0."""

_HEADINGS = ["time", "end", "title", "room", "track", "text"]
_LEAST_TIMES = 2
_MOST_TRANSPOSED = 200
"""Rows and columns of a timetable with its hours across the top."""
_NOON, _ONE = 12 * 60, 13 * 60
_NIGHT_ENDS = 5 * 60
_WITHIN = 3 * 60
"""Minutes after the hour of its row at which a title may say that it begins."""
_OWN_TIME = re.compile(
    r"(\d\d?[:.]\d\d(?:\s?[-–—]\s?\d\d?[:.]\d\d)?)(?:\s?(?:uhr|h|ч)\b)?[\s:|–—-]+(?=\S)", re.IGNORECASE
)


class _Slot(NamedTuple):
    """A row of a timetable: a day that stands alone, or a time with its titles."""

    row: int
    day: str = ""
    time: str = ""
    start: int | None = None
    """Minutes after midnight; None if the time is not read."""


def flattened(rows: Sequence[Sequence[str]], merged: Merged) -> list[list[str]] | None:
    """Return the timetable in *rows* as a table with headings, below what stands above it; None if it is surely none.

    A title in a range of *merged* cells ends when the row after it begins.
    """
    for number in range(min(len(rows), ROWS_LOOKED_AT)):
        if grid := _sure(rows, merged, number) or _sure_across(rows, merged, number):
            if rooms := _sure(rows, merged, number + 1):  # below their days
                grid, number = rooms, number + 1  # noqa: PLW2901
            return [*map(list, rows[:number]), _HEADINGS, *grid.flat()]
    return None


def _sure(rows: Sequence[Sequence[str]], merged: Merged, header: int) -> _Timetable | None:
    grid = _Timetable(rows, merged, header) if header < len(rows) else None
    return grid if grid and grid.is_sure else None


def _sure_across(rows: Sequence[Sequence[str]], merged: Merged, above: int) -> _Timetable | None:
    """Return the timetable that has its hours in the row with the number *above*, with rows and columns exchanged."""
    rows = rows[above:]
    if len(rows) > _MOST_TRANSPOSED or max(map(len, rows)) > _MOST_TRANSPOSED:
        return None
    if sum(lone_time(cell) is not None for cell in rows[0]) < _LEAST_TIMES:
        return None
    ranges = {(c1, r1 - above): (c2, r2 - above) for (r1, c1), (r2, c2) in merged.items() if r1 >= above}
    return _sure(list(zip_longest(*rows, fillvalue="")), ranges, 0)


class _Timetable:
    """The timetable in *rows*, if the row with the number *header* heads one."""

    def __init__(self, rows: Sequence[Sequence[str]], merged: Merged, header: int) -> None:
        self._rows, self._merged, self._header = rows, merged, header
        self._headings = rows[header]
        fields = {column.number: column.field for column in columns_of(self._headings)}
        self._is_plain = set(fields.values()) <= {*WHEN, "end"}
        numbers = {field: number for number, field in fields.items()}
        self._day, self._end = numbers.get("day"), numbers.get("end")
        unknown = (number for number in range(len(self._headings)) if number not in fields)
        self._is_headed = "start" in numbers
        self._time = numbers.get("start", next(unknown, 0))
        self._columns = [
            number for number, heading in enumerate(self._headings) if heading and number not in {*fields, self._time}
        ]
        self._days = self._days_of_columns()
        self._left = {
            (row, number): first
            for (row, first), (_last_row, last) in merged.items()
            for number in range(first + 1, last + 1)
        }
        """The first column of the range to whose first row a cell belongs."""

    @property
    def is_sure(self) -> bool:
        """Whether the rows are surely a timetable: with times in order, and headings that are days or rooms."""
        if not self._is_plain or not self._columns or self._columns[0] <= self._time:
            return False
        names = [self._headings[number] for number in self._columns]
        of_days = [lone_day(name) is not None for name in names]
        of_rooms = sum(names_room(name) or names_track(name) for name in names)
        if any(of_days):
            is_headed = all(of_days) and self._day is None
        else:
            is_headed = len(names) > 1 and 2 * of_rooms >= len(names)
        if not is_headed:
            return False
        slots = list(self._slots())
        timed = [slot for slot in slots if slot.start is not None]
        others = [slot for slot in slots if slot.time and slot.start is None]
        has_days_twice = self._days != {} and any(slot.day for slot in slots)
        return (
            len(timed) >= max(_LEAST_TIMES, 2 * len(others))
            and not has_days_twice
            and all(lone_day(slot.day) for slot in slots if slot.day)
            and _is_in_order(slots)
        )

    def flat(self) -> Iterator[list[str]]:
        """Yield a row for each title, after rows with nothing but the day and the hour to which it belongs."""
        slots = list(self._slots())
        numbered = dict.fromkeys(self._days.get(number, "") for number in self._columns)
        room = 2 * MOST_ENTRIES
        for day in numbered:
            columns = [number for number in self._columns if self._days.get(number, "") == day]
            yield _row(day)
            for index, slot in enumerate(slots):
                yield _row(slot.day)
                yield _row(slot.time if slot.start is not None else "")
                for column in () if slot.day else columns:
                    yield from self._titled(slots, index, column, columns)
                room -= 1 + len(columns)
                if room < 0:
                    return

    def _days_of_columns(self) -> dict[int, str]:
        """Return the day of each column: its heading, or the one above it, which may stand over several columns."""
        days = {number: self._headings[number] for number in self._columns if lone_day(self._headings[number])}
        above = self._rows[self._header - 1] if self._header else ()
        if days or sum(map(bool, above)) < 2:
            return days
        day = ""
        for number, cell in enumerate(above):
            day = cell if lone_day(cell) else day
            if day and number in self._columns:
                days[number] = day
        return days | {number: day for number in self._columns if day and number >= len(above)}

    def _slots(self) -> Iterator[_Slot]:
        """Yield the rows below the header, but for the header again and notes that stand alone."""
        afternoon = previous = 0
        is_of_twelve = self._is_of_twelve_hours()
        for number in range(self._header + 1, len(self._rows)):
            row = self._rows[number]
            filled = [cell for cell in row if cell]
            if len(filled) == 1 and lone_day(filled[0]):
                afternoon = previous = 0
                yield _Slot(number, day=filled[0])
            elif filled and row != self._headings:
                if self._day is not None and (day := _at(row, self._day)):
                    afternoon = previous = 0
                    yield _Slot(number, day=day)
                text = _at(row, self._time)
                span = self._read(text)
                if span is None or span.clock is None:
                    if len(filled) > 1 or not text:
                        yield _Slot(number, time=text)
                    continue
                if is_of_twelve and span.clock < previous:
                    afternoon = _NOON
                previous = span.clock
                yield _Slot(number, time=_moved(text, span, afternoon), start=_later(span.clock, afternoon))

    def _read(self, text: str) -> WrittenSpan | None:
        """Return the time that *text* is; a number alone is an hour if the heading says that there are times."""
        return lone_time(f"{text}:00" if self._is_headed and text.isdecimal() and len(text) < 3 else text)

    def _is_of_twelve_hours(self) -> bool:
        """Whether the hours after noon are written as 1:00, and nothing else says so."""
        texts = [_at(row, self._time) for row in self._rows[self._header + 1 :]]
        clocks = [span.clock for text in texts if (span := self._read(text)) and span.clock is not None]
        return max(clocks, default=0) < _ONE and not any(re.search(r"m\.?$", text, re.IGNORECASE) for text in texts)

    def _titled(self, slots: Sequence[_Slot], index: int, column: int, columns: Sequence[int]) -> Iterator[list[str]]:
        """Yield the row of the title in *column* of a slot; *columns* are those of the same day."""
        slot = slots[index]
        first = self._left.get((slot.row, column), column)
        last_row, last_column = self._merged.get((slot.row, first), (slot.row, column))
        lines = [line.strip() for line in _at(self._rows[slot.row], first).split("\n") if line.strip()]
        if not lines or not re.search(r"\w", lines[0]):
            return
        covered = [number for number in columns if first <= number <= last_column]
        if column != covered[0]:
            return
        name = "" if len(covered) > 1 or lone_day(self._headings[column]) else self._headings[column]
        end = "" if self._end is None else _at(self._rows[last_row], self._end)
        if last_row > slot.row and not end:
            end = self._end_of(slots, index, last_row)
        time, title = _own_time(lines[0], slot)
        is_track = names_track(name)
        yield [time, end, title, "" if is_track else name, name if is_track else "", "\n".join(lines[1:])]

    def _end_of(self, slots: Sequence[_Slot], index: int, last: int) -> str:
        """Return when the row *last* of a merged range ends: as it says, or when the next one begins."""
        for slot in islice(slots, index + 1, None):
            span = self._read(slot.time)
            if slot.row == last and span and span.end_clock is not None:
                return _clock(span.end_clock)
            if slot.row > last:
                return _clock(slot.start) if slot.start is not None and not slot.day else ""
        return ""


def _is_in_order(slots: Sequence[_Slot]) -> bool:
    """Whether times follow each other, up to one night after each day."""
    previous = 0
    for slot in slots:
        if slot.day:
            previous = 0
        elif slot.start is not None:
            is_night = slot.start < _NIGHT_ENDS and previous >= _NOON
            if slot.start < previous and not is_night:
                return False
            previous = slot.start
    return True


def _own_time(line: str, slot: _Slot) -> tuple[str, str]:
    """Return the time and the title in a *line*, which may begin with a time of its own."""
    found = _OWN_TIME.match(line)
    own = lone_time(found[1]) if found else None
    if found and own and own.clock is not None and slot.start is not None:
        for moved in (0, _NOON):
            if 0 <= own.clock + moved - slot.start < _WITHIN:
                return _moved(found[1], own, moved), line[found.end() :]
    return slot.time, line


def _moved(text: str, span: WrittenSpan, afternoon: int) -> str:
    """Return the time *text*, whose *span* is of the *afternoon* if that is not 0."""
    if span.clock is None or span.day:
        return text
    end = span.end_clock
    if end is not None and end < span.clock < _ONE and not re.search(r"m\.?$", text, re.IGNORECASE):
        afternoon_of_end = _NOON
    else:
        afternoon_of_end = afternoon
    if not afternoon and not afternoon_of_end:
        return text
    start = _clock(_later(span.clock, afternoon))
    return start if end is None else f"{start}-{_clock(_later(end, afternoon_of_end))}"


def _later(clock: int, minutes: int) -> int:
    return clock + minutes if clock < _NOON else clock


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"


def _row(cell: str) -> list[str]:
    return [cell, *[""] * (len(_HEADINGS) - 1)]


def _at(row: Sequence[str], number: int) -> str:
    return row[number] if number < len(row) else ""
