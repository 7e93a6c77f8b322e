"""The page model: headings, paragraphs, fields, tables and drawings, independent of terminals and file formats.

Text consists of spans, each with a style. No meaning may depend on a style alone.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal, NamedTuple, TypeAlias

Style: TypeAlias = Literal[
    "", "strong", "faint", "heading", "good", "warning", "bad", "link", "command", "mark", "today", "code"
]  # fmt: skip
_TYPED = r"(`[^`\n]+`)"
WHOLE: tuple[Style, ...] = ("link", "command")
"""The styles of text that is never wrapped."""


class StyledText(NamedTuple):
    """Text in one style."""

    text: str
    style: Style = ""
    link: str = ""
    """A URL for terminals with hyperlinks; for other output, `with_addresses` adds it as text."""
    language: str = ""
    """The language of the text if it is not that of the page. A mark for readers follows the text."""


Line: TypeAlias = tuple[StyledText, ...]
Cell: TypeAlias = tuple[Line, ...]
"""A cell: lines, which a terminal shows below each other and other output joins."""


class Heading(NamedTuple):
    """A heading; level 1 is the title of the page."""

    line: Line
    level: int = 2


class Paragraph(NamedTuple):
    """Running text."""

    line: Line
    more: Cell = ()
    """Further lines of it, each of which begins anew."""


class Fields(NamedTuple):
    """Labels with their values; a value may have several lines."""

    rows: tuple[tuple[str, Cell], ...]
    labels: Style = "faint"
    """The style of the labels."""


class Column(NamedTuple):
    """A column; terminals narrower than *from_width* columns do not show it."""

    title: str
    from_width: int = 0
    wraps: bool = True


class Section(NamedTuple):
    """Rows of a table under a title, which may be empty."""

    title: str
    rows: tuple[tuple[Cell, ...], ...]


class Table(NamedTuple):
    """A table whose rows are grouped in sections."""

    columns: tuple[Column, ...]
    sections: tuple[Section, ...]


class Canvas(NamedTuple):
    """What a drawing goes on: a terminal of *width* columns, on which some letters take two of them."""

    width: int
    columns_of: Callable[[str], int]
    """Returns how many columns a text takes."""
    wrap: Callable[[Line, int], Iterator[Line]]
    """Yields a line in lines of at most so many columns, broken between words if possible."""
    ellipsis: str = "…"
    """Ends a text that is cut."""

    def padded(self, given: Line, room: int) -> Line:
        """Return *given* with the spaces that fill *room* columns, which it must not exceed."""
        return line(*given, " " * (room - self.columns_of(plain(given))))

    def lines(self, given: Line, room: int, most: int) -> list[Line]:
        """Return *given* wrapped into *room* columns, at most *most* lines; a cut one ends with an ellipsis."""
        wrapped = list(self.wrap(given, room))
        if len(wrapped) <= most:
            return wrapped
        *kept, last = wrapped[:most]
        return [*kept, self._cut(last, room)]

    def _cut(self, given: Line, room: int) -> Line:
        """Return *given* without the letters at its end that leave no room for an ellipsis, and the ellipsis."""
        kept, used = [], 0
        ellipsis = self.ellipsis[:room]
        for span in given:
            text = span.text
            while text and used + self.columns_of(text) > room - self.columns_of(ellipsis):
                text = text[:-1]
            kept.append(span._replace(text=text))
            used += self.columns_of(text)
            if text != span.text:
                break
        return line(*kept, ellipsis)


class Drawing(NamedTuple):
    """A drawing in letters and marks, and the table that says the same where it does not fit."""

    draw: Callable[[Canvas], Sequence[Line]]
    """Returns the lines; none is wider than the canvas. Each mark in them has one letter in ASCII."""
    table: Table
    """For pipes, files, Markdown, and terminals narrower than *from_width*."""
    from_width: int = 60


Block: TypeAlias = Heading | Paragraph | Fields | Table | Drawing
Page: TypeAlias = Sequence[Block]


def line(*parts: str | StyledText | None) -> Line:
    """Return a line of *parts*; None and empty parts are skipped."""
    spans = [part if isinstance(part, StyledText) else StyledText(part) for part in parts if part]
    return tuple([span for span in spans if span.text])


def trimmed(spans: list[StyledText]) -> Line:
    """Return *spans* without trailing spaces."""
    while spans and not spans[-1].text.strip():
        spans.pop()
    return tuple(spans)


def cell(*lines: str | StyledText | Line | None) -> Cell:
    """Return a cell of *lines*; None and empty lines are skipped."""
    made = [line(each) if isinstance(each, str | StyledText) else each for each in lines if each]
    return tuple([each for each in made if each])


def joined(lines: Iterable[Line], between: str) -> Line:
    """Return *lines* as one line, with *between* them; empty lines are skipped."""
    kept = [each for each in lines if each]
    return tuple(span for i, each in enumerate(kept) for span in (*line(between if i else None), *each))


def sentence(text: str, style: Style = "") -> Line:
    """Return *text* in *style*, with the parts between backticks in the style of commands.

    >>> sentence("2 sources; `--sources` lists them", "faint")[1]
    StyledText(text='`--sources`', style='command', link='', language='')
    """
    parts = re.split(_TYPED, text)
    return line(*(StyledText(part, "command" if i % 2 else style) for i, part in enumerate(parts)))


def with_addresses(page: Page) -> Page:
    """Return *page* with the URL of every link as text, for output without hyperlinks."""
    shown: list[Block] = []
    for block in page:
        match block:
            case Fields():
                rows = tuple((label, _cell_with_addresses(value)) for label, value in block.rows)
                shown.append(block._replace(rows=rows))
            case Table():
                sections = (
                    each._replace(rows=tuple(tuple(map(_cell_with_addresses, row)) for row in each.rows))
                    for each in block.sections
                )
                shown.append(block._replace(sections=tuple(sections)))
            case Drawing():
                (table,) = with_addresses([block.table])
                shown.append(block._replace(table=table))  # type: ignore[arg-type]  # a table stays one
            case _:
                shown.append(block)
    return shown


def _cell_with_addresses(given: Cell) -> Cell:
    """Return a cell with its URLs as text: they replace shortened ones and follow other text on a new line.

    >>> _cell_with_addresses(cell(StyledText("kzfest.invalid", "link", "https://kzfest.invalid/")))
    ((StyledText(text='https://kzfest.invalid/', style='link', link='', language=''),),)
    """
    if not any(span.link for each in given for span in each):
        return given
    lines: list[Line] = []
    for each in given:
        lines.append(tuple(StyledText((span.style == "link" and span.link) or span.text, span.style) for span in each))
        lines += [line(StyledText(span.link, "link")) for span in each if span.link and span.style != "link"]
    return tuple(lines)


def plain(text: Line | Cell) -> str:
    """Return the text of a line, or of a cell with its lines joined.

    >>> plain(cell("16–30 Dec 2023", StyledText("day 2 of 15", "faint")))
    '16–30 Dec 2023 · day 2 of 15'
    """
    if text and not isinstance(text[0], StyledText):
        return " · ".join([plain(each) for each in text if not isinstance(each, StyledText)])
    return "".join([span.text for span in text if isinstance(span, StyledText)])
