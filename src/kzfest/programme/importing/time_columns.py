"""The columns of a table that say when its rows take place, and what their cells say together."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kzfest.programme.importing.table_columns import by_field
from kzfest.programme.importing.written_times import lone_day, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from kzfest.programme.importing.table_columns import TableColumn
    from kzfest.programme.importing.written_days import WrittenDay
    from kzfest.programme.importing.written_times import WrittenSpan

STARTS, ENDS = ("day", "start"), ("end_day", "end")
"""The fields that say when something begins and ends."""
_MOST_TIMES = 100
"""Times in one row."""


class ColumnsTogether(NamedTuple):
    """The times that several columns give together."""

    spans: Sequence[WrittenSpan]
    is_open: bool = False
    """Whether one says that the time is not known."""
    has_rest: bool = False
    """Whether one has numbers that were not read."""


class TimeColumns:
    """Those of *columns* that say when; *epoch* is the day 0 of a spreadsheet."""

    def __init__(self, columns: Iterable[TableColumn], epoch: date) -> None:
        self._columns = by_field(columns)
        self._epoch = epoch

    @property
    def asides(self) -> list[str]:
        """What the headings say beside the times, such as a time zone."""
        return [column.aside for field in STARTS for column in self._columns.get(field, ()) if column.aside]

    @property
    def asides_of_lengths(self) -> list[str]:
        """What the headings say beside the lengths, such as their unit."""
        return [column.aside for column in self._columns.get("duration", ()) if column.aside]

    def cells(self, field: str, row: Sequence[str]) -> list[str]:
        """Return what *row* has in the columns of *field*, the clearest first."""
        return [cell for column in self._columns.get(field, ()) if (cell := row[column.number])]

    def spans(self, row: Sequence[str], fields: Iterable[str]) -> ColumnsTogether:
        """Return the times that the columns of *fields* together give."""
        together: list[WrittenSpan] = []
        is_open = has_rest = False
        for field in fields:
            for cell in self.cells(field, row):
                found = written(cell, is_day=field.endswith("day"), epoch=self._epoch)
                is_open |= found.is_open
                has_rest |= found.has_rest
                spans = list(found.spans[:_MOST_TIMES])
                both = [span.beside(day) for day in together for span in spans][:_MOST_TIMES]
                together = both or together or spans
        return ColumnsTogether(together, is_open, has_rest)

    def days(self, rows: Iterable[Sequence[str]]) -> dict[WrittenDay, str]:
        """Return the days in *rows*, with the cells in which they stand; a day may stand alone in its row."""
        found: dict[WrittenDay, str] = {}
        for row in rows:
            for fields in (STARTS, ENDS):
                cells = " ".join(cell for field in fields for cell in self.cells(field, row))
                for span in self.spans(row, fields).spans:
                    found |= {day: cells for day in (span.day, span.end_day) if day}
            if len(filled := set(filter(None, row))) == 1 and (lone := self.lone_day(cell := filled.pop())):
                found[lone] = cell
        return found

    def days_in(self, cell: str) -> Iterator[WrittenDay]:
        """Yield the days in a *cell* that may be anything."""
        for span in written(cell, is_day=True, epoch=self._epoch).spans:
            yield from filter(None, (span.day, span.end_day))

    def lone_day(self, cell: str) -> WrittenDay | None:
        """Return the day that *cell* is, if it is nothing else."""
        return lone_day(cell, self._epoch)
