"""A scale of time: units in columns, with rulers above, and bars of marks on it.

A unit is a day, or a part of an hour. Months, blocks of weeks and hours are scales that differ in their numbers only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kzfest.formats.page import StyledText, line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kzfest.formats.page import Canvas, Line, Style

DAYS_OF_A_WEEK, SATURDAY = 7, 5
IDLE = "·"
BEFORE, AFTER, OPEN = "◂", "▸", "?"
EDGES = 2
"""The columns of a scale for the marks at its edges."""


class RulerLabel(NamedTuple):
    """A text above a unit, in several lengths: the longest that fits is shown, or none."""

    unit: int
    texts: tuple[str, ...]
    style: Style = ""
    ends_in: str = ""
    """The mark that stands above the unit also at the end of a text."""


class Scale(NamedTuple):
    """The columns of a drawing over time: that many *units* from *first*, each of them *cell* columns wide."""

    first: int
    units: int
    cell: int
    idle: frozenset[int] = frozenset()
    """Units with a dot where nothing is, which guides the eye down."""
    rulers: tuple[tuple[RulerLabel, ...], ...] = ()
    """The lines above."""

    @property
    def width(self) -> int:
        """The columns of it, with those of its edges."""
        return self.units * self.cell + EDGES

    def column(self, unit: int) -> int:
        """Return the column of *unit*; the first is that of the edge."""
        return 1 + (unit - self.first) * self.cell


class Bar(NamedTuple):
    """A mark on the units from *first* to *last*; a *point* stands on the first of them that a scale has.

    A mark is one letter, and that of a point may be a number that leaves a column of its unit free.
    """

    first: int
    last: int
    mark: str
    style: Style = ""
    is_point: bool = False
    is_open: bool = False
    """Whether nobody knows the end."""
    is_endless: bool = False
    """Whether it neither begins nor ends, so that nothing is to be said at the edges."""


def painted(scale: Scale, bars: Sequence[Bar]) -> Line:
    """Return the line of *bars* on *scale*, the later ones over the earlier, with marks at the edges."""
    columns: list[tuple[str, Style]] = [(" ", "")] * scale.width
    for unit in scale.idle:
        columns[scale.column(unit)] = IDLE, "faint"
    end = scale.first + scale.units - 1
    filled: dict[int, Bar] = {}
    for bar in bars:
        for unit in range(max(bar.first, scale.first), min(bar.last, end) + 1)[: 1 if bar.is_point else None]:
            column = scale.column(unit)
            columns[column : column + len(bar.mark)] = [(letter, bar.style) for letter in bar.mark]
            if not bar.is_point:
                filled[unit] = bar
                more = scale.cell if unit < bar.last else 1
                columns[column + 1 : column + more] = [(bar.mark, bar.style)] * (more - 1)
    for unit, bar in filled.items():
        if unit == bar.last and unit + 1 in filled:  # another bar goes on without a gap
            column = scale.column(unit)
            columns[column + 1 : column + scale.cell] = [(bar.mark, bar.style)] * (scale.cell - 1)
    ending = [bar for bar in bars if not bar.is_endless]
    if any(bar.first < scale.first <= bar.last for bar in ending):
        columns[0] = BEFORE, "mark"
    for bar in ending:
        if bar.last > end >= bar.first:
            columns[-1] = (OPEN, "warning") if bar.is_open else (AFTER, "mark")
    return runs(columns)


def runs(columns: Iterable[tuple[str, Style]]) -> Line:
    """Return a line of these letters, those of one style in one span, without spaces at its end."""
    spans: list[StyledText] = []
    for letter, style in columns:
        if spans and (letter == " " or spans[-1].style == style):
            spans[-1] = spans[-1]._replace(text=spans[-1].text + letter)
        else:
            spans.append(StyledText(letter, "" if letter == " " else style))
    if spans:
        spans[-1] = spans[-1]._replace(text=spans[-1].text.rstrip(" "))
    return line(*spans)


def ruled(scale: Scale, canvas: Canvas, room: int) -> list[Line]:
    """Return the lines above *scale*, at most *room* columns wide; a label that does not fit is left out.

    A label of which no text fits behind its column ends there, if a text ends in its mark.
    """
    lines: list[Line] = []
    for labels in scale.rulers:
        written = ""
        spans: list[StyledText] = []
        for label, after in zip(labels, [*labels[1:], None], strict=False):
            until = min(scale.column(after.unit) - 1, room) if after else room
            column, text = _placed(label, scale.column(label.unit), until, canvas)
            used = canvas.columns_of(written)
            if text and column >= used:
                spans += [StyledText(" " * (column - used)), StyledText(text, label.style)]
                written += " " * (column - used) + text
        lines.append(line(*spans))
    return lines


def _placed(label: RulerLabel, column: int, until: int, canvas: Canvas) -> tuple[int, str]:
    """Return where a text of *label* stands, and which; a text that fits nowhere before *until* is empty."""
    for text in label.texts:
        if column + canvas.columns_of(text) <= until:
            return column, text
        before = column + 1 - canvas.columns_of(text)
        if text.endswith(label.ends_in) and label.ends_in and before >= 0:
            return before, text
    return column, ""
