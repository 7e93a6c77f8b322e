"""Pages to lines of styled text: one layout for a terminal of any width, and for none.

With a width, columns shrink and words wrap; without one (a pipe, a file) a row is one line, nothing is
cut, and no rule stands in the way of `grep`.
"""

from __future__ import annotations

import re
from itertools import chain, groupby, zip_longest
from typing import TYPE_CHECKING

from rich.cells import cell_len, chop_cells

from kzfest.formats.layout import WHOLE, Fields, Heading, Line, Paragraph, Span, Table, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kzfest.formats.layout import Block, Cell, Column, Page, Section

GAP = 2
NARROWEST = 8
"""A column of words narrower than this is not read but spelt."""
WIDE_LETTER = 2
"""The columns of the widest letter there is, which no narrower column can hold."""
LABELS_AT_MOST = 36
WIDEST_TEXT = 100
"""Running text in longer lines loses the eye on its way back."""
_BEHIND_SPACES = re.compile(r"(?<= )(?! )")


def render(page: Page, width: int | None) -> Iterator[Line]:
    """Yield the lines of *page* on a terminal of *width* columns, or on none."""
    previous: Block | None = None
    for block in page:
        if previous is not None and not (isinstance(previous, Heading) and previous.level > 1):
            yield ()
        yield from _block(block, width)
        previous = block


def letters(lines: Iterable[Line]) -> str:
    """Return *lines* as text, without their styles."""
    return "".join(f"{plain(line)}\n" for line in lines)


def _block(block: Block, width: int | None) -> Iterator[Line]:
    match block:
        case Heading():
            yield from wrap(tuple(Span(text, style or "heading") for text, style in block.line), width)
        case Paragraph():
            yield from wrap(block.line, width and min(width, WIDEST_TEXT))
        case Fields():
            yield from _fields(block, width and min(width, WIDEST_TEXT))
        case Table():
            yield from _table(block, width)


def _fields(fields: Fields, width: int | None) -> Iterator[Line]:
    """Yield labels in a column of their own, and beside each its value."""
    widest = max((cell_len(label) for label, _cell in fields.rows), default=0)
    indent = min(widest, LABELS_AT_MOST if width is None else min(LABELS_AT_MOST, width // 2)) + GAP
    room = None if width is None else max(width - indent, NARROWEST)
    for label, cell in fields.rows:
        lines = list(_cell_lines(cell, room))
        labelled = list(wrap((Span(label, "faint"),), width))
        above = len(labelled) if width is not None and cell_len(label) > indent - GAP else 0
        for left, right in zip_longest(labelled, [()] * above + lines, fillvalue=()):
            beside = max(indent, cell_len(plain(left)) + GAP) if right else 0
            yield _trimmed([*_padded(left, beside), *right])


def _table(table: Table, width: int | None) -> Iterator[Line]:
    """Yield the table's head and its sections, with the columns that have room."""
    wanted = _wanted(table, joined=width is None)
    shown = _shown(table.columns, wanted, width)
    columns = [table.columns[i] for i in shown]
    widths = _shrunk([wanted[i] for i in shown], [column.wraps for column in columns], width)
    yield from _row([((Span(column.title, "strong"),),) for column in columns], widths, width)
    if width is not None:
        yield (Span("─" * min(width, _together(widths)), "faint"),)
    for position, section in enumerate(table.sections):
        yield from _section_head(section, first=position == 0, width=width)
        for row in section.rows:
            yield from _row([row[i] for i in shown], widths, width)


def _shown(columns: Sequence[Column], wanted: Sequence[int], width: int | None) -> list[int]:
    """Return which columns are shown: all where there is room for all, else those that *width* is enough for."""
    everything = list(range(len(columns)))
    if width is None or _together(wanted) <= width:
        return everything
    return [i for i in everything if width >= columns[i].from_width]


def _together(widths: Sequence[int]) -> int:
    """Return the width of columns side by side."""
    return sum(widths) + GAP * (len(widths) - 1)


def _section_head(section: Section, *, first: bool, width: int | None) -> Iterator[Line]:
    if section.title:
        if not first:
            yield ()
        yield from wrap((Span(section.title, "heading"),), width)


def _row(row: Sequence[Cell], widths: Sequence[int], width: int | None) -> Iterator[Line]:
    cells = [list(_cell_lines(cell, width and room)) for cell, room in zip(row, widths, strict=True)]
    for lines in zip_longest(*cells, fillvalue=()):
        yield _joined(lines, widths)


def _cell_lines(cell: Cell, room: int | None) -> Iterator[Line]:
    """Yield the lines of *cell*, wrapped into *room*; without a width, all in one."""
    if room is None:
        yield tuple(chain.from_iterable((Span(" · "), *line) if i else line for i, line in enumerate(cell)))
        return
    for line in cell:
        yield from wrap(line, room)


def _wanted(table: Table, *, joined: bool) -> list[int]:
    """Return how wide each column would be for no word of it to wrap."""
    wanted = [cell_len(column.title) for column in table.columns]
    for section in table.sections:
        for row in section.rows:
            for i, cell in enumerate(row):
                wanted[i] = max(wanted[i], _cell_width(cell, joined=joined))
    return wanted


def _cell_width(cell: Cell, *, joined: bool) -> int:
    if joined:
        return cell_len(plain(cell))
    return max((cell_len(plain(line)) for line in cell), default=0)


def _shrunk(wanted: Sequence[int], wraps: Sequence[bool], width: int | None) -> list[int]:
    """Return *wanted* with the widest columns of words narrowed until all fit into *width*."""
    widths = list(wanted)
    if width is None:
        return widths
    room = width - GAP * (len(widths) - 1)
    narrowest = _narrowest(wanted, wraps, room)
    while sum(widths) > room:
        wide = [i for i, may in enumerate(wraps) if may and widths[i] > narrowest]
        if not wide:
            break
        widest = max(wide, key=lambda i: widths[i])
        others = [widths[i] for i in wide if i != widest]
        enough = max([narrowest, *others, widths[widest] - (sum(widths) - room)])
        widths[widest] = enough if enough < widths[widest] else widths[widest] - 1
    return widths


def _narrowest(wanted: Sequence[int], wraps: Sequence[bool], room: int) -> int:
    """Return how narrow a column of words may become: less than one reads well where *room* has not even that."""
    words = sum(wraps)
    left = room - sum(width for width, may in zip(wanted, wraps, strict=True) if not may)
    return max(WIDE_LETTER, min(NARROWEST, left // words)) if words else 0


def _joined(lines: Sequence[Line], widths: Sequence[int]) -> Line:
    """Return one line of the cells' *lines*, each as wide as its column, the last as it is."""
    spans: list[Span] = []
    for line, width in zip(lines, widths, strict=True):
        spans += _padded(line, width + GAP)
    return _trimmed(spans)


def _padded(line: Line, width: int) -> list[Span]:
    missing = width - cell_len(plain(line))
    return [*line, Span(" " * missing)] if missing > 0 else list(line)


def _trimmed(spans: list[Span]) -> Line:
    """Return *spans* without the spaces at the end."""
    while spans and not spans[-1].text.strip():
        spans.pop()
    return tuple(spans)


def wrap(line: Line, width: int | None) -> Iterator[Line]:
    """Yield *line* in lines of at most *width* columns, broken between words where there are any."""
    if width is None or cell_len(plain(line)) <= width:
        yield line
        return
    current: list[Span] = []
    used = 0
    for part in chain.from_iterable(_parts(word, width) for word in _words(line)):
        text = plain(part)
        if used + cell_len(text.rstrip(" ")) > width:
            yield from _filled(current)
            current, used = [], 0
        if current or text.strip(" "):
            current += part
            used += cell_len(text)
    yield from _filled(current)


def _words(line: Line) -> Iterator[Line]:
    """Yield the words of *line*, each with the spaces behind it; a word may go through several spans."""
    word: list[Span] = []
    for text, style in line:
        for piece in [text] if style in WHOLE else _BEHIND_SPACES.split(text):
            word.append(Span(piece, style))
            if piece.endswith(" "):
                yield tuple(word)
                word = []
    if word:
        yield tuple(word)


def _parts(word: Line, width: int) -> Iterator[Line]:
    """Yield *word* whole, or in pieces where it is wider than *width*.

    A link and a command line stay whole: in pieces nobody can open or copy them.
    """
    if cell_len(plain(word).rstrip(" ")) <= width:
        yield word
        return
    for text, style in word:
        pieces = [text] if style in WHOLE else chop_cells(text, width)
        yield from ((Span(piece, style),) for piece in pieces)


def _filled(spans: Sequence[Span]) -> Iterator[Line]:
    """Yield *spans* as a line, neighbours of one style as one, unless there is nothing but space in them."""
    styled = groupby(spans, key=lambda span: span.style)
    joined = _trimmed([Span("".join(span.text for span in alike), style) for style, alike in styled])
    if joined:
        *others, last = joined
        yield (*others, Span(last.text.rstrip(" "), last.style))
