"""Rows that are read a page at a time: the same lines as if all had been read, and no row is read unseen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from kzfest.cli.browse.paged_rows import ROWS_OF_A_PAGE, PagedRows
from kzfest.formats.page import line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kzfest.formats.page import Line

heights = st.lists(st.integers(1, 4), max_size=400)


def lines_of(rows: Sequence[tuple[int, int]]) -> list[list[Line]]:
    return [[line(f"{number}.{nth}") for nth in range(height)] for number, height in rows]


@given(heights)
def test_all_lines_are_there_once_all_is_measured(tall: list[int]) -> None:
    rows = list(enumerate(tall))
    paged = PagedRows(rows, lines_of)

    for _time in range(2):  # reading moves what is below
        paged.measure(0, 10_000)

    seen = [paged.at(y) for y in range(paged.height)]
    assert paged.height == sum(tall)
    assert [each and each.line for each in seen] == [each for row in lines_of(rows) for each in row]


@given(heights, st.data())
def test_row_is_where_its_lines_are(tall: list[int], data: st.DataObject) -> None:
    paged = PagedRows(list(enumerate(tall)), lines_of)

    for row in data.draw(st.lists(st.integers(0, len(tall) - 1), max_size=8)) if tall else ():
        found = paged.lines_of(row)
        assert [(seen.row, seen.nth) for y in found if (seen := paged.at(y))] == [(row, n) for n in range(tall[row])]


@given(heights, st.integers(0, 2_000))
def test_what_is_seen_stays_when_the_page_before_it_is_read(tall: list[int], y: int) -> None:
    paged = PagedRows(list(enumerate(tall)), lines_of)
    seen = paged.at(y)

    down = paged.measure(y, y + 10)

    assert seen is None or paged.at(y + down) == seen


def test_few_of_many_rows_are_read() -> None:
    read: list[int] = []

    def reading(rows: Sequence[int]) -> list[list[Line]]:
        read.extend(rows)
        return [[line(str(row))] for row in rows]

    paged = PagedRows(range(100_000), reading)
    paged.measure(0, 40)
    last = paged.lines_of(99_999)

    assert (paged.height, last, len(read)) == (
        100_000,
        range(99_999, 100_000),
        ROWS_OF_A_PAGE + 100_000 % ROWS_OF_A_PAGE,
    )
