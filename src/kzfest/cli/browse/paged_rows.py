"""Rows of which only those that are seen are read: a page at a time, each row with as many lines as it needs.

A page that has not been read counts a line for each row, so that the height of 100,000 rows is known at once.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kzfest.formats.page import Line

PagedRow = TypeVar("PagedRow")

ROWS_OF_A_PAGE = 64
"""More than a screen has, and read in a few milliseconds."""
PAGES_KEPT = 16
"""Pages whose lines are kept; of the others only the height is."""


class SeenLine(NamedTuple):
    """A line on the screen: which row it belongs to, and the how manieth line of that row it is."""

    row: int
    nth: int
    line: Line


class PagedRows(Generic[PagedRow]):
    """The lines of *rows*; *read* returns those of a few of them, at least one each."""

    def __init__(self, rows: Sequence[PagedRow], read: Callable[[Sequence[PagedRow]], list[list[Line]]]) -> None:
        self.rows = rows
        self._read = read
        self._kept: dict[int, list[SeenLine]] = {}
        """The lines of the pages seen last, the latest at the end."""
        starts = range(0, len(rows), ROWS_OF_A_PAGE)
        self._heights = [min(ROWS_OF_A_PAGE, len(rows) - start) for start in starts]
        self._tops = [0, *accumulate(self._heights)]
        self._measured: set[int] = set()

    @property
    def height(self) -> int:
        """The number of lines, as far as it is known."""
        return self._tops[-1]

    def at(self, y: int) -> SeenLine | None:
        """Return the line *y*, or None if there are fewer."""
        if not 0 <= y < self.height:
            return None
        page = self._page_at(y)
        lines = self._lines(page)
        beside = y - self._tops[page]
        return lines[beside] if beside < len(lines) else self.at(y)  # the page was shorter than it seemed

    def lines_of(self, row: int) -> range:
        """Return where the lines of *row* are."""
        page = row // ROWS_OF_A_PAGE
        seen = [n for n, line in enumerate(self._lines(page)) if line.row == row]
        top = self._tops[page]
        return range(top + seen[0], top + seen[-1] + 1)

    def measure(self, first: int, last: int) -> int:
        """Read the pages with the lines from *first* to *last*, and the one before them.

        Return by how much the lines have moved down because that one has another height than it seemed.
        """
        if not self.height:
            return 0
        page = self._page_at(max(first, 0))
        while self._tops[page] <= min(last, self.height - 1):
            self._lines(page)
            page += 1
            if page == len(self._heights):
                break
        before = self._page_at(max(first, 0)) - 1
        if before < 0 or before in self._measured:
            return 0
        seemed = self._heights[before]
        self._lines(before)
        return self._heights[before] - seemed

    def _page_at(self, y: int) -> int:
        return min(bisect_right(self._tops, y) - 1, len(self._heights) - 1)

    def _lines(self, page: int) -> list[SeenLine]:
        lines = self._kept.pop(page, None)
        if lines is None:
            first = page * ROWS_OF_A_PAGE
            rows = self.rows[first : first + ROWS_OF_A_PAGE]
            found = self._read(rows)
            lines = [
                SeenLine(first + n, nth, each) for n, of_row in enumerate(found) for nth, each in enumerate(of_row)
            ]
        self._kept[page] = lines
        if len(self._kept) > PAGES_KEPT:
            del self._kept[next(iter(self._kept))]
        if page not in self._measured:
            self._measured.add(page)
            if self._heights[page] != len(lines):
                self._heights[page] = len(lines)
                self._tops = [0, *accumulate(self._heights)]
        return lines
