"""Read a table, whose headings say what each column is: Sched, Google Calendar, anybody's spreadsheet."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from kzfest.i18n import _, ngettext
from kzfest.programme.importing import csv_text, grid
from kzfest.programme.importing.entries import Festival, Reading
from kzfest.programme.importing.other_files import OWN_KEY
from kzfest.programme.importing.table_cells import excerpt
from kzfest.programme.importing.table_columns import WHEN, columns_of, heading_key, named_columns, names_room
from kzfest.programme.importing.table_entries import TableEntries
from kzfest.programme.importing.table_times import TableTimes
from kzfest.programme.importing.time_columns import TimeColumns
from kzfest.programme.importing.written_days import month_first_of
from kzfest.programme.importing.written_times import EXCEL_EPOCH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from kzfest.programme.files import ImportOptions
    from kzfest.programme.importing.entries import Entry
    from kzfest.programme.importing.table_columns import TableColumn
    from kzfest.programme.importing.written_days import WrittenDay

_OURS = re.compile(rf"(?:[ \t\r]*(?:#[^\n]*|---[^\n]*|%[^\n]*)?\n)*+{OWN_KEY}")
"""How a file of our own format begins."""
_GOOGLES = frozenset({"subject", "start date", "start time"})
"""Headings of a table for Google Calendar or Outlook, in which the month comes first."""
_BETWEEN_PARTS = re.compile(r"\s+[-–—]\s+|[,:|(/)]")
"""What separates the day and the room in the name of a sheet."""
_NO_NAME = re.compile(
    r"(?:sheet|tabelle|blatt|feuil(?:le)?|hoja|foglio|лист|парақ|аркуш|table)?[\s\d._-]*", re.IGNORECASE
)
"""What spreadsheet programs call a sheet."""
_MOST_SHOWN = 20
_LONGEST_OF_NUMBERS = 2
"""Characters of the heading of a column that only counts its rows, such as № or Nr."""


class Origin(NamedTuple):
    """What the rest of a file says about a table."""

    kind: str
    """The name of the format."""
    title: str = ""
    """The title, for a table without one above its headings."""
    epoch: date = EXCEL_EPOCH
    """The day 0 of a spreadsheet."""


class Header(NamedTuple):
    """The row with the headings, and the columns that they tell."""

    row: int
    columns: Sequence[TableColumn]

    @property
    def fields(self) -> frozenset[str]:
        """What the columns give."""
        return frozenset(column.field for column in self.columns)

    @property
    def is_complete(self) -> bool:
        """Whether the columns say what and when."""
        return "title" in self.fields and bool(self.fields & WHEN)


class HeadedTable(NamedTuple):
    """The rows of a table, and the name of its sheet if it is one of a spreadsheet."""

    rows: Sequence[Sequence[str]]
    header: Header
    sheet: str = ""


def read(text: str, options: ImportOptions) -> Reading | None:
    """Return the programme in a table whose cells *text* separates, or None if it is no table. Raises SyntaxError."""
    if _OURS.match(text):
        return None
    lines = csv_text.lines_of(text)
    named = named_columns(options.columns)
    tables = {separator: csv_text.first_rows(lines, separator) for separator in csv_text.SEPARATORS}
    headers = {separator: header_of(rows, named) for separator, rows in tables.items() if rows}
    complete = {separator: header for separator, header in headers.items() if header.is_complete}
    if not complete:
        for separator, rows in tables.items():
            if (
                not named
                and grid.flattened(rows, {})
                and (table := grid_of(csv_text.cells_of(lines, separator).rows, {}))
            ):
                return reading_of_tables([table], options, Origin(_("table")))
        for separator, header in headers.items():
            if csv_text.looks_like_table(tables[separator]) or (named and len(header.columns) > 1):
                raise SyntaxError(absence(tables[separator], header, named))
        return None
    separator = max(complete, key=lambda each: len(complete[each].columns))
    cells = csv_text.cells_of(lines, separator)
    reading = reading_of_tables([HeadedTable(cells.rows, complete[separator])], options, Origin(_("table")))
    if cells.broken:
        message = ngettext(
            "{n} line has a quotation mark too few or too many; look at its entry",
            "{n} lines have quotation marks too few or too many; look at their entries",
            cells.broken,
        )
        reading.remarks.append(message.format(n=cells.broken))
    return reading


def header_of(rows: Sequence[Sequence[str]], named: Sequence[tuple[str, str]]) -> Header:
    """Return the header among the first of *rows*: the one that says most; *named* are columns that the user named."""
    first = rows[: csv_text.ROWS_LOOKED_AT]
    headers = [
        Header(number, columns_of(row, rows[number - 1] if number else (), named)) for number, row in enumerate(first)
    ]
    return max(headers, key=lambda header: (header.is_complete, len(header.fields)), default=Header(0, ()))


def grid_of(rows: Sequence[Sequence[str]], merged: grid.Merged, sheet: str = "") -> HeadedTable | None:
    """Return the timetable in *rows* as a table, if it is one."""
    flat = grid.flattened(rows, merged)
    return HeadedTable(flat, header_of(flat, ()), sheet) if flat else None


def absence(rows: Sequence[Sequence[str]], header: Header, named: Sequence[tuple[str, str]]) -> str:
    """Return a sentence about what the columns of a table do not say, or about one of *named* that it has not."""
    cells = [cell for cell in (rows[header.row] if rows else ()) if cell]
    columns = names_shown(cells)
    for _field, heading in named:
        if heading_key(heading) not in map(heading_key, cells):
            return _("no column is called '{heading}'; the columns are {columns}").format(
                heading=heading, columns=columns
            )
    if header.fields & WHEN:
        message = _("no column has the titles; the columns are {columns}; name one, as with {example}")
        if len(cells) - len(header.columns) > 1:
            message = _(
                "no column has the titles; the columns are {columns}; name one, as with {example}; if they are rooms,"
                " begin their names with a word such as Room"
            )
        return message.format(columns=columns, example="--columns title=Was")
    message = _("no column says when; the columns are {columns}; name one, as with {example}")
    return message.format(columns=columns, example="--columns start=Beginn")


def reading_of_tables(tables: Sequence[HeadedTable], options: ImportOptions, origin: Origin) -> Reading:
    """Return the programme in *tables*. Raises SyntaxError if the times of none can be read.

    Whether the month comes first is decided for all together.
    """
    for _field, heading in options.columns:
        if not any(heading_key(heading) in map(heading_key, table.rows[table.header.row]) for table in tables):
            raise SyntaxError(absence(tables[0].rows, tables[0].header, named_columns(options.columns)))
    parts = [_TableReader(table, origin.epoch, is_only=len(tables) == 1) for table in tables]
    is_googles = any(part.is_googles for part in parts)
    days = {day: cell for part in parts for day, cell in part.days().items()}
    month_first, remarks = month_first_of(
        days,
        given=is_googles or None if options.month_first is None else options.month_first,
    )
    entries: list[Entry] = []
    told: dict[str, list[str]] = defaultdict(list)
    for part in parts:
        try:
            found, about = part.read(days, month_first=month_first)
        except SyntaxError as error:
            if len(parts) == 1:
                raise
            found, about = [], [str(error)]
        entries += found
        for remark in about:
            told[remark].append(part.sheet)
    if not entries and len(parts) > 1:
        raise SyntaxError(next(iter(told)))
    titles = {part.title for part in parts}
    return Reading(
        kind=origin.kind,
        festival=Festival(title=(titles.pop() if len(titles) == 1 else "") or origin.title),
        entries=entries,
        remarks=[
            *remarks,
            *(remark if len(parts) == 1 else f"{names_shown(sheets)}: {remark}" for remark, sheets in told.items()),
        ],
    )


def names_shown(texts: Sequence[str]) -> str:
    """Return the beginning of a list of names or headings, for a message."""
    return ", ".join(map(excerpt, texts[:_MOST_SHOWN])) + (", …" if len(texts) > _MOST_SHOWN else "")


class _TableReader:
    """Reads one *table*, perhaps the only one of its file."""

    def __init__(self, table: HeadedTable, epoch: date, *, is_only: bool) -> None:
        self.sheet, self._header = table.sheet, table.header
        self._headings = table.rows[table.header.row]
        width = max(len(self._headings), 1 + max(column.number for column in table.header.columns))
        below = (row for row in table.rows[table.header.row + 1 :] if row != self._headings)
        self._columns = TimeColumns(table.header.columns, epoch)
        day, self._room, self._track = _meaning_of(table.sheet, self._columns, is_only=is_only)
        self._rows = [[*row[:width], *[""] * (width - len(row))] for row in ([day], *below)]
        self._above = table.rows[: table.header.row]

    @property
    def is_googles(self) -> bool:
        """Whether the headings are those for Google Calendar."""
        return {heading_key(heading) for heading in self._headings} >= _GOOGLES

    @property
    def title(self) -> str:
        """The text above the headings that is no day."""
        cells = (row[0] for row in self._above if row)
        return next((cell for cell in cells if cell and not self._columns.lone_day(cell)), "")

    def days(self) -> dict[WrittenDay, str]:
        """Return the days in the rows and above them, with the texts in which they stand."""
        above = {day: cell for row in self._above for cell in row for day in self._columns.days_in(cell)}
        return {day: cell for day, cell in above.items() if day.is_dated} | self._columns.days(self._rows)

    def read(self, days: Iterable[WrittenDay], *, month_first: bool) -> tuple[list[Entry], list[str]]:
        """Return the entries, and sentences about them; *days* are those of all tables of the file.

        Raises SyntaxError if the times cannot be read.
        """
        times = TableTimes(self._columns, self._rows, self._above, days, month_first=month_first)
        table = TableEntries(self._header.columns, times, room=self._room, track=self._track)
        entries = list(chain.from_iterable(map(table.of, self._rows)))
        return entries, [*table.remarks(), *times.remarks(), *_ignored(self._headings, self._header, self._rows)]


def _meaning_of(sheet: str, columns: TimeColumns, *, is_only: bool) -> tuple[str, str, str]:
    """Return the day, the room and the track that the name of a *sheet* says; "" for what it does not say.

    A name that is no day, no room, and not what programs call a sheet is a track if it tells one sheet from others.
    """
    if columns.lone_day(sheet):
        return sheet, "", ""
    parts = [part.strip() for part in _BETWEEN_PARTS.split(sheet)]
    day = next((part for part in parts if columns.lone_day(part)), "")
    name = ", ".join(part for part in parts if part and part != day)
    if names_room(name):
        return day, name, ""
    return day, "", "" if is_only or _NO_NAME.fullmatch(name) else name


def _ignored(headings: Sequence[str], header: Header, rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield a sentence about the columns that mean nothing to us, if they have anything."""
    known = {column.number for column in header.columns}
    ignored = [
        heading
        for number, heading in enumerate(headings)
        if len(heading) > _LONGEST_OF_NUMBERS
        and number not in known
        and not heading.startswith("Unnamed:")
        and any(row[number] for row in rows)
    ]
    if ignored:
        message = _("ignored the columns {columns}; to use one, name it with {option}")
        yield message.format(columns=names_shown(ignored), option="--columns")
