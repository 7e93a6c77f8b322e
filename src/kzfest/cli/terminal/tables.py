"""Lay out pages as lines of styled text, for a terminal of any width or for none.

With a width, columns shrink and words wrap. Without one (a pipe, a file), each row is one complete line, and there are
no rules, which would disturb `grep`.

Rich does not draw the tables, because it is slower. With a `rich.table.Table` for each section, in widths that this
file computes once, a list of 100 rows takes 3.3 times as long to draw at 80 columns and 5.2 times at 120; the whole
command takes 1.23 and 1.31 times as long, and 1.15 was the limit. (Rich 15.0, Python 3.11, medians of 40 pairs in CPU
time.) Rich also lacks rows without a width, cells that stand under each other on a narrow terminal, places where no
line may end (`16 Dec`), and links and commands that never break.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import partial
from itertools import chain, groupby, zip_longest
from typing import TYPE_CHECKING

from rich.cells import cell_len, chop_cells

from kzfest.formats.page import (
    WHOLE,
    Canvas,
    Drawing,
    Fields,
    Heading,
    Line,
    Paragraph,
    StyledText,
    Table,
    cell,
    joined,
    plain,
    trimmed,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from kzfest.formats.page import Block, Cell, Column, Page, Style

GAP = 2
NARROWEST = 8
"""The columns beside a label at least."""
LONGEST_WORD = 24
"""A longer word is broken, so that it does not widen a column."""
UNDER_EACH_OTHER = 80
"""Stacked rows show the columns that a terminal of this width would show."""
LABELS_AT_MOST = 36
WIDEST_TEXT = 100
"""Running text in longer lines is hard to read."""
_BEHIND_SPACES = r"(?<= )(?! )"
_BELONG_TOGETHER = (
    r"(?<!\d)\d{1,3} \n(?:[^\W\d_]{1,9}\b|\d{3}\b)"  # 16 Dec, 10 min, 10 000
    r"|\d [^\W\d_]+\.? \n\d{4}\b"  # 16 Dec 2023
    r"|\d{4} \nг\."  # 16 дек. 2023 г.
    r"|\d{4}\u00a0ж\. \n\d"  # 2023 ж. 16 жел.
    r"|\b(?:с|по|до|в) \n\d"  # по 7 янв.
    r"|\S \n(?:дейін|бастап)\b"  # 7 қаң. дейін
    r"| \n[–—] $"
)
"""Where a line must not break, written as a line break: after a number with its unit, and in dates and ranges.

`re` compiles both patterns when a line is too wide, and keeps them: a pipe needs neither.
"""


def render(page: Page, width: int | None, *, drawn_in: Callable[[], Mapping[int, str]] = dict) -> Iterator[Line]:
    """Yield the lines of *page* for a terminal of *width* columns, or for none.

    *drawn_in* returns the letters that replace the marks of drawings; only a page with a drawing asks it.
    """
    previous: Block | None = None
    for block in page:
        if previous is not None and not (isinstance(previous, Heading) and previous.level > 1):
            yield ()
        previous = block
        match block:
            case Heading():
                usual: Style = "strong" if block.level == 1 else "heading"
                styled = (span if span.style else span._replace(style=usual) for span in block.line)
                yield from wrap(tuple(styled), width)
            case Paragraph():
                for each in (block.line, *block.more):
                    yield from wrap(each, width and min(width, WIDEST_TEXT))
            case Fields():
                yield from _fields(block, width and min(width, WIDEST_TEXT), width)
            case Table():
                yield from _table(block, width)
            case Drawing():
                yield from _drawing(block, width, drawn_in)


def _drawing(drawing: Drawing, width: int | None, drawn_in: Callable[[], Mapping[int, str]]) -> Iterator[Line]:
    """Yield the lines of *drawing*, with the letters that replace its marks, or those of its table."""
    if width is None or width < drawing.from_width:
        yield from _table(drawing.table, width)
        return
    letter_of = drawn_in()
    for drawn in drawing.draw(canvas_of(width, letter_of)):
        yield tuple(span._replace(text=span.text.translate(letter_of)) for span in drawn)


def canvas_of(width: int, letter_of: Mapping[int, str] | None = None) -> Canvas:
    """Return a canvas of *width* columns of a terminal, on which *letter_of* will replace the marks.

    An ellipsis is three letters there: one full stop would look like the end of a sentence.
    """
    if not letter_of:
        return Canvas(width, cell_len, wrap)

    def wrapped(given: Line, room: int) -> Iterator[Line]:
        return wrap(tuple(span._replace(text=span.text.replace("…", "...")) for span in given), room)

    return Canvas(width, cell_len, wrapped, ellipsis="...")


def letters(lines: Iterable[Line]) -> str:
    """Return *lines* as text, without their styles."""
    return "".join(f"{plain(line)}\n" for line in lines)


def _fields(fields: Fields, width: int | None, screen: int | None) -> Iterator[Line]:
    """Yield the labels in one column, and the values beside them.

    A link or a command that is too wide for the *screen* there gets a line of its own, so that it stays whole.
    """
    widest = max((cell_len(label) for label, _cell in fields.rows), default=0)
    indent = min(widest, LABELS_AT_MOST if width is None else min(LABELS_AT_MOST, width // 2)) + GAP
    room = None if width is None else max(width - indent, NARROWEST)
    for label, value in fields.rows:
        lines = list(_cell_lines(value, room))
        labelled = list(wrap((StyledText(label, fields.labels),), width))
        above = len(labelled) if width is not None and cell_len(label) > indent - GAP else 0
        for left, right in zip_longest(labelled, [()] * above + lines, fillvalue=()):
            if screen is not None and cell_len(plain(right)) > max(screen - indent, room or 0):
                yield from (left, right) if left else (right,)
                continue
            beside = max(indent, cell_len(plain(left)) + GAP) if right else 0
            yield _joined((left, right), (beside - GAP, 0))


def _table(table: Table, width: int | None) -> Iterator[Line]:
    """Yield the lines of *table*, with as many columns as fit, or with the cells of each row stacked."""
    wanted = _widths(table, _widest_line if width is not None else lambda joined: cell_len(plain(joined)))
    filled = {i for section in table.sections for row in section.rows for i, each in enumerate(row) if each}
    shown = [i for i, column in enumerate(table.columns) if not column.from_width or i in filled]
    widths = [wanted[i] for i in shown]
    if width is not None and _together(widths) > width:
        words = _widths(table, _longest_word)
        least = [word if each.wraps else most for word, most, each in zip(words, wanted, table.columns, strict=True)]
        shown = [i for i in shown if table.columns[i].from_width <= width]
        optional = sorted((i for i in shown if table.columns[i].from_width), key=lambda i: table.columns[i].from_width)
        while optional and (excess := _together([least[i] for i in shown]) - width) > 0:
            last = optional.pop()
            if optional or least[last] - excess < NARROWEST:
                shown.remove(last)
            else:  # its wide cells move below their rows
                wanted[last] = least[last] = least[last] - excess
        if _together([least[i] for i in shown]) > width:
            yield from _laid_out(table, partial(_stacked, columns=table.columns, width=width), rule=width, width=width)
            return
        widths = _shrunk([wanted[i] for i in shown], [least[i] for i in shown], width)
    lay = partial(_row, columns=table.columns, shown=shown, widths=widths, width=width)
    yield from _laid_out(table, lay, rule=0 if width is None else _together(widths), width=width)


def _laid_out(
    table: Table, lay: Callable[[Sequence[Cell]], Iterator[Line]], *, rule: int, width: int | None
) -> Iterator[Line]:
    """Yield the head of *table*, a *rule* below it, and its sections, with the lines that *lay* makes of each row.

    Empty lines set a row of several lines apart from the others.
    """
    yield from lay([cell(StyledText(column.title, "strong")) for column in table.columns])
    if rule:
        yield (StyledText("─" * rule, "faint"),)
    for position, section in enumerate(table.sections):
        if section.title:
            if position:
                yield ()
            yield from wrap((StyledText(section.title, "heading"),), width)
        before: Sequence[Line] = ()
        for row in section.rows:
            lines = list(lay(row))
            if before and max(len(before), len(lines)) > 1:
                yield ()
            yield from lines
            before = lines


def _stacked(row: Sequence[Cell], *, columns: Sequence[Column], width: int) -> Iterator[Line]:
    """Yield the cells of *row* stacked, all but the first indented."""
    for position, (each, column) in enumerate(zip(row, columns, strict=True)):
        if column.from_width <= UNDER_EACH_OTHER:
            indent = GAP if position else 0
            for text in _cell_lines(each, width - indent) if column.wraps else _whole_lines(each, width, indent):
                fits = indent + cell_len(plain(text)) <= width
                yield (StyledText(" " * indent), *text) if indent and fits else text


def _whole_lines(cell: Cell, width: int, indent: int) -> Iterator[Line]:
    """Yield the lines of *cell* whole if the terminal of *width* columns has room for them, else in several lines.

    A range breaks after its dash first. A line of one word, such as an id, stays whole, so that people can copy it.
    """
    for text in cell:
        if cell_len(plain(text)) <= width or " " not in plain(text).strip():
            yield text
            continue
        part: list[StyledText] = []
        for word in (*_words(text), ()):
            part += word
            if not word or plain(word).endswith(" – "):
                for found in _filled(part):
                    yield from wrap(found, width - indent)
                part = []


def _together(widths: Sequence[int]) -> int:
    """Return the width of columns side by side."""
    return sum(widths) + GAP * (len(widths) - 1)


def _row(
    row: Sequence[Cell], *, columns: Sequence[Column], shown: Sequence[int], widths: Sequence[int], width: int | None
) -> Iterator[Line]:
    """Yield the lines of *row*, with the cells that are *shown* side by side in columns of these *widths*.

    A line that is wider than its column, because nothing may break it, moves below the row, with the rest of its cell.
    Otherwise it would push the other columns aside.
    """
    if width is None:
        yield _joined([joined(row[i], " · ") for i in shown], widths)
        return
    cells: list[Sequence[Line]] = []
    below: list[tuple[int, Line]] = []
    indent = 0
    for i, room in zip(shown, widths, strict=True):
        lines = list(_cell_lines(row[i], room) if columns[i].wraps else row[i])
        wide = (n for n, text in enumerate(lines) if cell_len(plain(text)) > room)
        fitting = next(wide, len(lines))
        cells.append(lines[:fitting])
        below += [(indent, text) for text in lines[fitting:]]
        indent += room + GAP
    for beside in zip_longest(*cells, fillvalue=()):
        yield _joined(beside, widths)
    for indent, text in below:
        spare = min(indent, width - cell_len(plain(text)))
        yield (StyledText(" " * spare), *text) if spare > 0 else text


def _cell_lines(cell: Cell, room: int | None) -> Iterator[Line]:
    """Yield the lines of *cell*, wrapped into *room*, or joined into one line without a width."""
    if room is None:
        yield joined(cell, " · ")
        return
    for line in cell:
        yield from wrap(line, room)


def _widths(table: Table, width_of: Callable[[Cell], int]) -> list[int]:
    """Return for each column the greatest *width_of* its cells and its title."""
    widths = [width_of(cell(column.title)) for column in table.columns]
    for section in table.sections:
        for row in section.rows:
            for i, each in enumerate(row):
                widths[i] = max(widths[i], width_of(each))
    return widths


def _widest_line(given: Cell) -> int:
    return max((cell_len(plain(line)) for line in given), default=0)


def _longest_word(given: Cell) -> int:
    """Return the width that a column needs to break the cell only between words.

    Very long words, links and commands do not count: words are broken, and the others move below the row.
    """
    words = (
        cell_len(plain(word).rstrip(" "))
        for line in given
        for word in _words(line)
        if any(span.text and span.style not in WHOLE for span in word)
    )
    return min(max(words, default=0), LONGEST_WORD)


def _shrunk(wanted: Sequence[int], least: Sequence[int], width: int) -> list[int]:
    """Return *wanted* with the widest columns narrowed until all fit into *width*, but none below its *least*."""

    def narrowed(most: int) -> list[int]:
        return [max(fewest, min(most, wide)) for fewest, wide in zip(least, wanted, strict=True)]

    most = bisect_right(range(max(wanted)), width, key=lambda most: _together(narrowed(most))) - 1
    widths = narrowed(most)
    for i, wide in enumerate(wanted):
        if widths[i] < wide and _together(widths) < width:
            widths[i] += 1
    return widths


def _joined(lines: Sequence[Line], widths: Sequence[int]) -> Line:
    """Return the *lines* of the cells as one line, padded to the *widths* of the columns."""
    spans: list[StyledText] = []
    for line, width in zip(lines, widths, strict=True):
        spans += line
        missing = width + GAP - cell_len(plain(line))
        if missing > 0:
            spans.append(StyledText(" " * missing))
    return trimmed(spans)


def wrap(line: Line, width: int | None) -> Iterator[Line]:
    """Yield *line* in lines of at most *width* columns, broken between words if possible."""
    if width is None or cell_len(plain(line)) <= width:
        yield line
        return
    current: list[StyledText] = []
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
    """Yield the words of *line*, each with the spaces after it; a number and its unit are one word."""
    before: Line = ()
    for word in _single_words(line):
        if before and re.search(_BELONG_TOGETHER, f"{plain(before)}\n{plain(word)}"):
            before += word
        else:
            if before:
                yield before
            before = word
    if before:
        yield before


def _single_words(line: Line) -> Iterator[Line]:
    """Yield the words of *line*, each with the spaces after it; a word may have several spans."""
    word: list[StyledText] = []
    for text, style, to, _language in line:
        for piece in [text] if style in WHOLE else re.split(_BEHIND_SPACES, text):
            word.append(StyledText(piece, style, to))
            if piece.endswith(" "):
                yield tuple(word)
                word = []
    if word:
        yield tuple(word)


def _parts(word: Line, width: int) -> Iterator[Line]:
    """Yield *word* whole if it fits into *width*, else its single words, else pieces of these.

    Links and command lines stay whole, so that people can open and copy them.
    """
    if cell_len(plain(word).rstrip(" ")) <= width:
        yield word
        return
    for single in _single_words(word):
        if cell_len(plain(single).rstrip(" ")) <= width:
            yield single
            continue
        for text, style, to, _language in single:
            pieces = [text] if style in WHOLE else chop_cells(text, width)
            yield from ((StyledText(piece, style, to),) for piece in pieces)


def _filled(spans: Sequence[StyledText]) -> Iterator[Line]:
    """Yield *spans* as a line, with neighbours of the same style joined, unless they contain only spaces."""
    styled = groupby(spans, key=lambda span: span[1:])
    joined = trimmed([StyledText("".join(span.text for span in alike), *style) for style, alike in styled])
    if joined:
        *others, last = joined
        yield (*others, last._replace(text=last.text.rstrip(" ")))
