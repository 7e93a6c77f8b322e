"""Read a table, whose headings say what each column is: Sched, Google Calendar, anybody's spreadsheet."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from kzfest.i18n import _, ngettext
from kzfest.programme.importing import csv_text, table_cells
from kzfest.programme.importing.entries import Entry, Festival, Place, Reading
from kzfest.programme.importing.table_columns import WHEN, columns_of, heading_key, named_columns
from kzfest.programme.importing.table_times import TableTimes, says_yes
from kzfest.programme.importing.written_times import EXCEL_EPOCH

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from kzfest.programme.files import ImportOptions
    from kzfest.programme.importing.entries import Participant, Words
    from kzfest.programme.importing.table_columns import TableColumn
    from kzfest.programme.importing.table_times import RowTimes

_OURS = re.compile(
    r"(?:[ \t\r]*(?:#[^\n]*|---[^\n]*|%[^\n]*)?\n)*+"
    r"""["']?(?:format|programme|events|venues|sources|labels|synonyms|history|milestones|recognitions|law)["']?\s*:"""
)
"""How a file of our own format begins."""
_KINDS_OF_KEYS = ("id", "guid", "guid", "uid", "code", "code", "code", "id", "id")
"""The kinds of key of the headings of ids, in their order."""
_GOOGLES = frozenset({"subject", "start date", "start time"})
"""Headings of a table for Google Calendar or Outlook, in which the month comes first."""
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
        for separator, header in headers.items():
            if csv_text.looks_like_table(tables[separator]) or (named and len(header.columns) > 1):
                raise SyntaxError(absence(tables[separator], header, named))
        return None
    separator = max(complete, key=lambda each: len(complete[each].columns))
    cells = csv_text.cells_of(lines, separator)
    reading = reading_of_rows(cells.rows, complete[separator], options, Origin(_("table")))
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


def absence(rows: Sequence[Sequence[str]], header: Header, named: Sequence[tuple[str, str]]) -> str:
    """Return a sentence about what the columns of a table do not say, or about one of *named* that it has not."""
    cells = [cell for cell in (rows[header.row] if rows else ()) if cell]
    headings = [table_cells.excerpt(cell) for cell in cells]
    columns = ", ".join(headings[:_MOST_SHOWN]) + (", …" if len(headings) > _MOST_SHOWN else "")
    for _field, heading in named:
        if heading_key(heading) not in map(heading_key, cells):
            return _("no column is called '{heading}'; the columns are {columns}").format(
                heading=heading, columns=columns
            )
    if header.fields & WHEN:
        message = _("no column has the titles; the columns are {columns}; name one, as with {example}")
        return message.format(columns=columns, example="--columns title=Was")
    message = _("no column says when; the columns are {columns}; name one, as with {example}")
    return message.format(columns=columns, example="--columns start=Beginn")


def reading_of_rows(rows: Sequence[Sequence[str]], header: Header, options: ImportOptions, origin: Origin) -> Reading:
    """Return the programme in *rows* below their *header*. Raises SyntaxError if the times cannot be read."""
    headings = rows[header.row]
    if any(heading_key(heading) not in map(heading_key, headings) for _field, heading in options.columns):
        raise SyntaxError(absence(rows, header, named_columns(options.columns)))
    width = max(len(headings), 1 + max(column.number for column in header.columns))
    padded = [[*row[:width], *[""] * (width - len(row))] for row in rows[header.row + 1 :] if row != headings]
    is_googles = {heading_key(heading) for heading in headings} >= _GOOGLES
    month_first = is_googles or None if options.month_first is None else options.month_first
    times = TableTimes(header.columns, padded, rows[: header.row], month_first=month_first, epoch=origin.epoch)
    table = _Table(header.columns, times)
    entries = list(chain.from_iterable(map(table.entries, padded)))
    titles = [row[0] for row in rows[: header.row] if row and row[0] and not times.is_day(row[0])]
    return Reading(
        kind=origin.kind,
        festival=Festival(title=titles[0] if titles else origin.title),
        entries=entries,
        remarks=[*table.remarks(), *times.remarks(), *_ignored(headings, header, padded)],
    )


def _ignored(headings: Sequence[str], header: Header, rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield a sentence about the columns that mean nothing to us, if they have anything."""
    known = {column.number for column in header.columns}
    ignored = [
        table_cells.excerpt(heading)
        for number, heading in enumerate(headings)
        if len(heading) > _LONGEST_OF_NUMBERS
        and number not in known
        and not heading.startswith("Unnamed:")
        and any(row[number] for row in rows)
    ]
    if ignored:
        columns = ", ".join(ignored[:_MOST_SHOWN]) + (", …" if len(ignored) > _MOST_SHOWN else "")
        message = _("ignored the columns {columns}; to use one, name it with {option}")
        yield message.format(columns=columns, option="--columns")


class _Table:
    """Makes entries of the rows of a table, and counts those that it leaves out."""

    def __init__(self, columns: Sequence[TableColumn], times: TableTimes) -> None:
        self._columns: dict[str, list[TableColumn]] = defaultdict(list)
        for column in sorted(columns, key=lambda each: each.rank):
            self._columns[column.field].append(column)
        self._times = times
        self._left_out: Counter[str] = Counter()

    def remarks(self) -> Iterator[str]:
        """Yield sentences about the rows that were left out."""
        if number := self._left_out["title"]:
            message = ngettext("left out {n} row without a title", "left out {n} rows without a title", number)
            yield message.format(n=number)
        if number := self._left_out["active"]:
            message = ngettext("left out {n} row that is not active", "left out {n} rows that are not active", number)
            yield message.format(n=number)

    def entries(self, row: Sequence[str]) -> Iterator[Entry]:
        """Yield the entries in *row*, one for each of its times, or an undated one."""
        filled = set(filter(None, row))
        if not filled or (len(filled) == 1 and self._times.begins_day(next(iter(filled)))):
            return
        title, summary = self._words("title", row), self._summary(row)
        if not title and not any(summary):
            self._left_out["title"] += len(filled) > 1
            return
        if (active := self._cell("active", row)) and not says_yes(active):
            self._left_out["active"] += 1
            return
        found: Sequence[RowTimes | None] = self._times.of(row) or [None]
        keys = self._keys(row)
        if not keys and len(found) > 1:
            keys = {"id": "\n".join(row)}
        for times in found:
            yield Entry(
                title=title,
                keys=keys,
                start=times and times.start,
                end=times and times.end,
                zone=times and times.zone,
                place=self._place(row),
                summary=summary,
                kind=self._cell("type", row) or None,
                tracks=tuple(self._cells("track", row)),
                tags=tuple(table_cells.parts(self._cells("tags", row))),
                languages=tuple(table_cells.languages(self._cells("language", row))),
                people=tuple(self._people(row)),
                organiser=table_cells.without_addresses(self._cell("organiser", row)) or None,
                url=self._cell("url", row) or None,
                image=self._cell("image", row) or None,
                tickets=self._cell("tickets", row) or None,
                cost=table_cells.cost(self._cell("price", row), self._aside("price")),
                sold_out=True if self._says_yes("sold_out", row) else None,
                age=table_cells.age(self._cell("age", row)),
                status="cancelled"
                if self._says_yes("cancelled", row)
                else table_cells.status(self._cell("status", row)),
            )

    def _cells(self, field: str, row: Sequence[str]) -> list[str]:
        """Return what *row* has in the columns of *field*, the clearest first."""
        return [cell for column in self._columns.get(field, ()) if (cell := row[column.number])]

    def _cell(self, field: str, row: Sequence[str]) -> str:
        for column in self._columns.get(field, ()):
            if cell := row[column.number]:
                return cell
        return ""

    def _says_yes(self, field: str, row: Sequence[str]) -> bool:
        return says_yes(self._cell(field, row))

    def _aside(self, field: str) -> str:
        return next((column.aside for column in self._columns.get(field, ())), "")

    def _words(self, field: str, row: Sequence[str]) -> Words:
        """Return the text of *field*, or its texts by language if headings say their languages."""
        columns = self._columns.get(field, ())
        by_language = {column.language: row[column.number] for column in columns if row[column.number]}
        if len(by_language) > 1 or not by_language.get("", "x"):
            by_language.pop("", None)
        if by_language and "" not in by_language:
            return by_language
        return self._cell(field, row)

    def _summary(self, row: Sequence[str]) -> tuple[Words, ...]:
        columns = self._columns.get("summary", ())
        if any(column.language for column in columns):
            return (self._words("subtitle", row), self._words("summary", row))
        return (self._words("subtitle", row), *self._cells("summary", row))

    def _keys(self, row: Sequence[str]) -> dict[str, str]:
        """Return what may identify the event of *row*, by its kind."""
        keys = {_KINDS_OF_KEYS[column.rank]: row[column.number] for column in reversed(self._columns.get("id", ()))}
        return {kind: key for kind, key in (keys | {"url": self._cell("url", row)}).items() if key}

    def _place(self, row: Sequence[str]) -> Place | None:
        """Return the venue of *row*; a room and the building in which it is are one venue."""
        room, venue = self._words("room", row), self._words("venue", row)
        if isinstance(room, str) and isinstance(venue, str) and room and venue and room != venue:
            name: Words = f"{room}, {venue}"
        else:
            name = room or venue
        if not name:
            return None
        return Place(
            name=name,
            address=self._cell("address", row) or None,
            city=self._cell("city", row) or None,
            point=table_cells.point(self._cell("latitude", row), self._cell("longitude", row)),
        )

    def _people(self, row: Sequence[str]) -> Iterator[Participant]:
        for field, role in (("speakers", None), ("moderators", "moderator")):
            for column in self._columns.get(field, ()):
                yield from table_cells.people(row[column.number], is_one=column.is_numbered, role=role)
