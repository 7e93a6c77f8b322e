"""What a page is made of: headings, paragraphs, fields and tables, before any terminal or file format.

A text is a line of spans, each with the name of a style; meaning never hangs on a style alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple, TypeAlias

Style: TypeAlias = Literal["", "strong", "faint", "heading", "good", "warning", "bad", "link", "command"]
WHOLE: tuple[Style, ...] = ("link", "command")
"""The styles of what is never broken over two lines."""


class Span(NamedTuple):
    """Some letters in one style."""

    text: str
    style: Style = ""


Line: TypeAlias = tuple[Span, ...]
Cell: TypeAlias = tuple[Line, ...]
"""A table's cell: lines that stand under each other on a terminal, and after each other elsewhere."""


class Heading(NamedTuple):
    """A line above what follows; level 1 names the page."""

    line: Line
    level: int = 2


class Paragraph(NamedTuple):
    """Running text."""

    line: Line


class Fields(NamedTuple):
    """Labels and what stands beside them; a field may have several lines."""

    rows: tuple[tuple[str, Cell], ...]


class Column(NamedTuple):
    """A table's column; it is left out on a terminal narrower than *from_width*."""

    title: str
    from_width: int = 0
    wraps: bool = True


class Section(NamedTuple):
    """Some rows of a table under a heading of their own, which may be empty."""

    title: str
    rows: tuple[tuple[Cell, ...], ...]


class Table(NamedTuple):
    """Rows under columns, in sections."""

    columns: tuple[Column, ...]
    sections: tuple[Section, ...]


Block: TypeAlias = Heading | Paragraph | Fields | Table
Page: TypeAlias = Sequence[Block]


def line(*parts: str | Span | None) -> Line:
    """Return a line of *parts*, without those that are None or empty."""
    spans = (part if isinstance(part, Span) else Span(part or "") for part in parts)
    return tuple(span for span in spans if span.text)


def cell(*lines: str | Span | Line | None) -> Cell:
    """Return a cell of *lines*, without those that are None or empty."""
    made = (each if isinstance(each, tuple) and not isinstance(each, Span) else line(each) for each in lines)
    return tuple(each for each in made if each)


def plain(text: Line | Cell) -> str:
    """Return the letters of a line, or of a cell whose lines are joined.

    >>> plain(cell("16–30 Dec 2023", Span("day 2 of 15", "faint")))
    '16–30 Dec 2023 · day 2 of 15'
    """
    if text and not isinstance(text[0], Span):
        return " · ".join(plain(each) for each in text if not isinstance(each, Span))
    return "".join(span.text for span in text if isinstance(span, Span))
