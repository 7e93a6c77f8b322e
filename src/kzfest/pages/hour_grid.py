"""Draw hours down and columns across: the grid of a day, whose columns are places, and of a week, whose are days.

A row is a stretch of time, as tall as the tallest of its cells, so equal hours stand on one line in all columns. An
entry begins in the row of its start: a mark and its texts, and an edge down to its end. In each column, entries that
overlap take lanes side by side for their edges; their texts never do, because each begins below the one before.
"""

from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, takewhile
from typing import NamedTuple, Self

from kzfest.core.opening_hours import MINUTES_OF_A_DAY
from kzfest.formats.page import Canvas, Cell, Line, Style, StyledText, line, plain, trimmed
from kzfest.i18n import _
from kzfest.pages.grid_hours import GridHours

HOURS_WIDTH = 6
COLUMN_GAP = 2
HEAD_LINES = 6
"""The lines of a name at the head of a column at most."""
MOST_LANES = 4
"""The edges side by side at most, so that texts keep some room; more entries at once share the last lane."""
QUIET_MINUTES = 180
"""A longer stretch in which nothing happens is one row."""
NOW_MARK = "◂"


class GridText(NamedTuple):
    """A text of an entry, in at most *most* lines."""

    text: Line
    mark: str
    """Stands before its first line."""
    edge: str
    """Stands before its other lines."""
    most: int = 99
    style: Style | None = None
    """Of its marks, if they have not that of the entry."""


class GridEntry(NamedTuple):
    """What is on from one minute to another, counted from the midnight before."""

    start: int
    end: int
    """Equal to *start* if it has no length or its end is not known; its texts then take all its lines."""
    texts: tuple[GridText, ...]
    edge: str = "│"
    style: Style = "mark"
    """Of its marks and edges."""


class GridColumn(NamedTuple):
    """A place or a day."""

    head: Cell
    entries: tuple[GridEntry, ...] = ()
    """In the order of their starts."""
    foot: Cell = ()
    """What has no hour."""
    now: int | None = None
    """The minute of now, if it is in this column."""


class Grid(NamedTuple):
    """Columns, and how they are drawn."""

    columns: tuple[GridColumn, ...]
    midnight: Callable[[int], str]
    """Returns what the rule says at the end of so many days."""
    step: int = 60
    """The minutes of a row."""
    least: int = 20
    most: int = 34
    """How wide a column is at least and at most, if the canvas allows it."""
    hours: Style = ""
    """The style of full hours."""
    clocks: GridHours = GridHours()
    tells_hours: bool = False
    """Whether the texts say from when to when an entry lasts: then they stand together in its first row, and a stretch
    is quiet if nothing begins; else texts go on in further rows, and a stretch is quiet if nothing is on."""

    def banks(self, canvas: Canvas) -> list[Self]:
        """Return grids of as many columns as fit on *canvas*."""
        fitting = max(1, (canvas.width - HOURS_WIDTH + COLUMN_GAP) // (self.least + COLUMN_GAP))
        parts = (self.columns[n : n + fitting] for n in range(0, len(self.columns), fitting))
        across = min(fitting, len(self.columns)) or 1
        room = min(self.most, (canvas.width - HOURS_WIDTH - COLUMN_GAP * (across - 1)) // across)
        return [self._replace(columns=part, most=room) for part in parts]

    def lines(self, canvas: Canvas) -> Iterator[Line]:
        """Yield the lines of a grid whose columns fit, as those of `banks` do."""
        width = HOURS_WIDTH + len(self.columns) * (self.most + COLUMN_GAP) - COLUMN_GAP
        for cells in _side_by_side([_head(each, canvas, self.most) for each in self.columns]):
            yield self._across("", cells, canvas)
        yield line(StyledText("─" * width, "faint"))
        rows = _rows(self)
        pens = [_Pen(each, rows, self, canvas) for each in self.columns]
        days = 0
        for number, row in enumerate(rows):
            changed = self.clocks.changed_at(rows[number - 1].end, row.start) if number else None
            if changed:
                yield self._rule(_change(*changed), width, canvas)
            shown = self.clocks.shown(row.start)
            if shown // MINUTES_OF_A_DAY > days:
                days = shown // MINUTES_OF_A_DAY
                yield self._rule(self.midnight(days), width, canvas)
            height = max([1, *(pen.needs(number) for pen in pens)])
            written = [pen.written(number, height) for pen in pens]
            for n, cells in enumerate(zip(*written, strict=True)):
                yield self._across("" if n else self._label(row), cells, canvas)
        feet = [[part for text in each.foot for part in canvas.wrap(text, self.most)] for each in self.columns]
        if rows and any(feet):
            yield line(" " * HOURS_WIDTH, StyledText("─" * (width - HOURS_WIDTH), "faint"))
        yield from (self._across("", cells, canvas) for cells in _side_by_side(feet))

    def _across(self, label: str | StyledText, cells: Sequence[Line], canvas: Canvas) -> Line:
        """Return a line of *cells* behind a *label*, without spaces at its end."""
        spans = list(canvas.padded(line(label), HOURS_WIDTH))
        for each in cells:
            spans += canvas.padded(each, self.most + COLUMN_GAP)
        return trimmed(spans)

    def _label(self, row: "_Row") -> StyledText:
        is_now = any(each.now is not None and row.start <= each.now < row.end for each in self.columns)
        hour, minute = divmod(self.clocks.shown(row.start) % MINUTES_OF_A_DAY, 60)
        quiet = row.end - row.start > self.step
        text = "   ·" if quiet else f"{hour:02}:{minute:02}"
        style: Style = "today" if is_now else "faint" if quiet or minute else self.hours
        return StyledText(f"{text}{NOW_MARK}" if is_now else text, style)

    def _rule(self, text: str, width: int, canvas: Canvas) -> Line:
        """Return a rule that says which day begins, or how the clocks change."""
        (told,) = canvas.lines(line(text), width - len("──  ──"), 1)
        rest = width - canvas.columns_of(f"── {plain(told)} ")
        return line(StyledText(f"── {plain(told)} {'─' * rest}", "faint"))


def _change(is_forward: bool, minute: int) -> str:  # noqa: FBT001  # a pair of `GridHours`
    """Return that clocks go forward or back to a *minute*."""
    hour, minute = divmod(minute % MINUTES_OF_A_DAY, 60)
    told = _("clocks go forward to {time}") if is_forward else _("clocks go back to {time}")
    return told.format(time=f"{hour:02}:{minute:02}")


def shows_now(lines: Sequence[Line]) -> bool:
    """Whether an hour of the *lines* of a grid is marked as that of now."""
    return any(each and each[0].style == "today" for each in lines)


class _Row(NamedTuple):
    """A stretch of time."""

    start: int
    end: int


def _rows(grid: Grid) -> list[_Row]:
    """Return the rows from the first start to the last end."""
    entries = [entry for column in grid.columns for entry in column.entries]
    lively = {entry.start // grid.step for entry in entries}
    if not grid.tells_hours:
        lively.update(n for each in entries for n in range(each.start // grid.step, -(-each.end // grid.step)))
    first = min(lively, default=0)
    last = max((max(entry.start + 1, entry.end) for entry in entries), default=0)
    rows: list[_Row] = []
    for is_lively, numbers in groupby(range(first, -(-last // grid.step)), key=lively.__contains__):
        steps = [_Row(*row) for row in grid.clocks.rows(numbers, grid.step)]
        is_long = not is_lively and len(steps) * grid.step >= QUIET_MINUTES
        rows += [_Row(steps[0].start, steps[-1].end)] if is_long else steps
    return rows


class _Placed(NamedTuple):
    """An entry in its lane, with its texts in lines, each with its mark."""

    entry: GridEntry
    lane: int
    indent: int
    """The columns of edges before its texts."""
    lines: tuple[tuple[StyledText, Line], ...]
    first: int
    """The number of the row in which it begins."""
    last: int
    """The number of the last row that its texts may use."""


def _placed(column: GridColumn, rows: Sequence[_Row], grid: Grid, canvas: Canvas) -> Iterator[_Placed]:
    """Yield the entries of *column* in their lanes."""
    starts = [row.start for row in rows]
    ends: dict[int, int] = {}
    for number, entry in enumerate(column.entries):
        running = [lane for lane, end in ends.items() if end > entry.start]
        lane = next((n for n in range(MOST_LANES - 1) if n not in running), MOST_LANES - 1)
        ends[lane] = max(ends.get(lane, 0), entry.end)
        indent = max(lane, *running) + 1 if running else lane + 1
        lines = []
        for text in entry.texts:
            wrapped = canvas.lines(text.text, max(1, grid.most - indent - 1), text.most) or [()]
            style = text.style if text.style is not None else entry.style
            lines += [(StyledText(text.edge if n else text.mark, style), part) for n, part in enumerate(wrapped)]
        first = bisect_right(starts, entry.start) - 1
        last = first if grid.tells_hours else bisect_right(starts, max(entry.start, entry.end - 1)) - 1
        if number + 1 < len(column.entries):
            last = min(last, bisect_right(starts, column.entries[number + 1].start) - 2)
        yield _Placed(entry, lane, indent, tuple(lines), first, max(first, last))


class _Pen:
    """Writes a column, row by row."""

    def __init__(self, column: GridColumn, rows: Sequence[_Row], grid: Grid, canvas: Canvas) -> None:
        self._rows = rows
        self._ahead = deque(_placed(column, rows, grid, canvas))
        self._running: dict[int, GridEntry] = {}
        """By lane what is on, the last to end if several entries share a lane."""
        self._current: _Placed | None = None
        self._left: deque[tuple[StyledText, Line]] = deque()

    def needs(self, number: int) -> int:
        """Return how many lines the row *number* needs: all that no later row may take."""
        begin = list(takewhile(lambda each: each.first == number, self._ahead))
        if not begin:
            return len(self._left) if self._current and number >= self._current.last else min(1, len(self._left))
        *whole, last = begin
        return sum(len(each.lines) for each in whole) + (len(last.lines) if last.last == number else 1)

    def written(self, number: int, height: int) -> list[Line]:
        """Return the *height* lines of the row *number*."""
        row = self._rows[number]
        lines = []
        for n in range(height):
            if not self._left and self._ahead and self._ahead[0].first == number:
                self._begin(self._ahead.popleft())
            passed = row.start + (row.end - row.start) * n / height
            lines.append(self._line(passed))
        return lines

    def _begin(self, placed: _Placed) -> None:
        entry = placed.entry
        self._running = {lane: each for lane, each in self._running.items() if each.end > entry.start}
        self._running[placed.lane] = max(self._running.get(placed.lane, entry), entry, key=lambda each: each.end)
        self._current, self._left = placed, deque(placed.lines)

    def _line(self, passed: float) -> Line:
        """Return the next line, with the edges of what is on when so much time has *passed*."""
        self._running = {lane: each for lane, each in self._running.items() if each.end > max(passed, each.start)}
        edges = {lane: StyledText(each.edge, each.style) for lane, each in self._running.items()}
        text: Line = ()
        if self._left and self._current:
            mark, text = self._left.popleft()
            edges[self._current.lane] = mark
            text = line(" " * (self._current.indent - 1 - max(edges)), " ", *text)
        bars = (edges.get(lane, StyledText(" ")) for lane in range(max(edges, default=-1) + 1))
        return line(*bars, *text)


def _head(column: GridColumn, canvas: Canvas, room: int) -> list[Line]:
    """Return the head of *column* in a few lines for each of its lines."""
    return [part for text in column.head for part in canvas.lines(text, room, HEAD_LINES)]


def _side_by_side(cells: Sequence[Sequence[Line]]) -> Iterator[tuple[Line, ...]]:
    """Yield the lines of *cells* beside each other; shorter ones have empty lines at their ends."""
    for number in range(max(map(len, cells), default=0)):
        yield tuple(each[number] if number < len(each) else () for each in cells)
