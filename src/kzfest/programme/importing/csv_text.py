"""Split text that anybody may have written into the cells of a table, whatever separates them."""

from __future__ import annotations

import csv
import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from kzfest.programme.importing.limits import MOST_BROKEN_ROWS, MOST_COLUMNS, MOST_ENTRIES, MOST_LINES_OF_A_ROW

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SEPARATORS = ",;\t|"
ROWS_LOOKED_AT = 20
"""Rows in which a header is looked for: some tables have titles and notes above it."""
_LEAST_ROWS = 3
"""Rows that must be alike before text without a known header counts as a table."""
_MOST_WORDS = 5
"""Words in the first cells of what is surely a table; parts of sentences are longer."""
_MOST_LINES = 10 * MOST_ENTRIES
"""Lines that are split; the rest is one row."""
_MOST_SEPARATORS = 10 * MOST_COLUMNS
"""Separators in a line; a long text may have more than there can be columns."""
_EXCELS_HINT = re.compile(r"sep=(.)")
_BLANK_LINES = re.compile(r"\n{3,}")
_RULE = re.compile(r"[\s:|+=-]*")


class Cells(NamedTuple):
    """The rows of a table, and how many of them had a quotation mark too few or too many."""

    rows: Sequence[Sequence[str]]
    broken: int


def lines_of(text: str) -> list[str]:
    """Return the lines of *text*, without the one that tells Excel the separator."""
    lines = _BLANK_LINES.sub("\n\n", text.replace("\r\n", "\n").replace("\r", "\n")).split("\n", _MOST_LINES)
    return lines[1:] if lines and _EXCELS_HINT.fullmatch(lines[0].strip('"')) else lines


def first_rows(lines: Sequence[str], separator: str) -> list[list[str]]:
    """Return the first rows of a table with this *separator*."""
    return [
        row
        for row, _is_broken in islice(_rows(lines[: ROWS_LOOKED_AT * MOST_LINES_OF_A_ROW], separator), ROWS_LOOKED_AT)
    ]


def cells_of(lines: Sequence[str], separator: str) -> Cells:
    """Return the table in *lines*: its cells without blanks at their ends, up to our limit of rows."""
    broken = 0
    rows: list[list[str]] = []
    for row, is_broken in islice(_rows(lines, separator), MOST_ENTRIES + ROWS_LOOKED_AT + 1):
        broken += is_broken
        rows.append(row)
    return Cells(rows, broken)


def looks_like_table(rows: Sequence[Sequence[str]]) -> bool:
    """Whether *rows* are surely a table: several, with the same number of cells, which is more than one."""
    widths = {len(row) for row in rows}
    is_yaml = all(row[0].endswith(":") or ": " in row[0] for row in rows)
    is_prose = any(len(cell.split()) > _MOST_WORDS for row in rows[:1] for cell in row)
    return len(rows) >= _LEAST_ROWS and len(widths) == 1 and widths != {1} and not is_yaml and not is_prose


def _rows(lines: Sequence[str], separator: str) -> Iterator[tuple[list[str], bool]]:
    """Yield the rows in *lines*, and whether their quotation marks are broken; such a row is one line."""
    position = broken = 0

    def fed(start: int) -> Iterator[str]:
        for number in range(start, len(lines)):
            if number - position >= MOST_LINES_OF_A_ROW:
                return
            line = lines[number]
            yield f"{_cut(line, separator)}\n" if line.count(separator) > _MOST_SEPARATORS else f"{line}\n"

    while position < len(lines):
        begun = position
        reader = csv.reader(fed(begun), delimiter=separator)
        while broken <= MOST_BROKEN_ROWS:
            try:
                row = next(reader, None)
            except csv.Error:  # a cell is longer than csv allows
                break
            end = begun + reader.line_num
            if row is None or (end - position > 1 and _is_unclosed(lines[position:end], is_last=end >= len(lines))):
                break
            position = end
            if any(row) and not all(_RULE.fullmatch(cell) for cell in row):
                yield [cell.strip() for cell in row[:MOST_COLUMNS]], False
        if position < len(lines):
            broken += 1
            yield [cell.strip().strip('"') for cell in _cut(lines[position], separator).split(separator)], True
            position += 1


def _cut(line: str, separator: str) -> str:
    """Return *line* with at most as many cells as a row may have."""
    return separator.join(line.split(separator, MOST_COLUMNS)[:MOST_COLUMNS])


def _is_unclosed(lines: Sequence[str], *, is_last: bool) -> bool:
    """Whether the row in these *lines* is so long because a quotation mark is missing."""
    return len(lines) >= MOST_LINES_OF_A_ROW or (is_last and sum(line.count('"') for line in lines) % 2 == 1)
