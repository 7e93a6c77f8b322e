"""What a page is made of: headings, paragraphs, fields and tables, before any terminal or file format.

A text is a line of spans, each with the name of a style; meaning never hangs on a style alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple, TypeAlias

Style: TypeAlias = Literal["", "strong", "faint", "heading", "good", "warning", "bad", "link", "command"]
_TYPED = re.compile(r"(`[^`\n]+`)")
WHOLE: tuple[Style, ...] = ("link", "command")
"""The styles of what is never broken over two lines."""


class StyledText(NamedTuple):
    """Some letters in one style."""

    text: str
    style: Style = ""
    link: str = ""
    """The address that they lead to, where a terminal can make them a link; elsewhere `with_addresses` shows it."""


Line: TypeAlias = tuple[StyledText, ...]
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
    labels: Style = "faint"
    """The style of the labels."""


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


def line(*parts: str | StyledText | None) -> Line:
    """Return a line of *parts*, without those that are None or empty."""
    spans = (part if isinstance(part, StyledText) else StyledText(part or "") for part in parts)
    return tuple(span for span in spans if span.text)


def cell(*lines: str | StyledText | Line | None) -> Cell:
    """Return a cell of *lines*, without those that are None or empty."""
    made = (each if isinstance(each, tuple) and not isinstance(each, StyledText) else line(each) for each in lines)
    return tuple(each for each in made if each)


def sentence(text: str, style: Style = "") -> Line:
    """Return *text* with what is to be typed, between backticks, in the style of commands.

    >>> sentence("2 sources; `--sources` lists them", "faint")[1]
    Span(text='`--sources`', style='command', link='')
    """
    parts = _TYPED.split(text)
    return line(*(StyledText(part, "command" if i % 2 else style) for i, part in enumerate(parts)))


def with_addresses(page: Page) -> Page:
    """Return *page* with every address in full, for where letters cannot lead to one."""
    return [_spelt_out(block) for block in page]


def _spelt_out(block: Block) -> Block:
    match block:
        case Fields():
            return block._replace(rows=tuple((label, _spelt_cell(cell)) for label, cell in block.rows))
        case Table():
            sections = (
                Section(each.title, tuple(tuple(_spelt_cell(cell) for cell in row) for row in each.rows))
                for each in block.sections
            )
            return Table(block.columns, tuple(sections))
    return block


def _spelt_cell(given: Cell) -> Cell:
    """Return a cell with its addresses: in the place of a short one, else on a line of their own behind the words.

    >>> _spelt_cell(cell(StyledText("kzfest.invalid", "link", "https://kzfest.invalid/")))
    ((Span(text='https://kzfest.invalid/', style='link', link=''),),)
    """
    lines: list[Line] = []
    for each in given:
        lines.append(tuple(StyledText((span.style == "link" and span.link) or span.text, span.style) for span in each))
        lines += [line(StyledText(span.link, "link")) for span in each if span.link and span.style != "link"]
    return tuple(lines)


def plain(text: Line | Cell) -> str:
    """Return the letters of a line, or of a cell whose lines are joined.

    >>> plain(cell("16–30 Dec 2023", StyledText("day 2 of 15", "faint")))
    '16–30 Dec 2023 · day 2 of 15'
    """
    if text and not isinstance(text[0], StyledText):
        return " · ".join(plain(each) for each in text if not isinstance(each, StyledText))
    return "".join(span.text for span in text if isinstance(span, StyledText))
