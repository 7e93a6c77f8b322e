"""Laws of the grid: nothing is lost or too wide, hours stand on one line across, and edges last as long as events."""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from kzfest.cli.terminal.tables import wrap
from kzfest.formats.page import Canvas, Line, StyledText, cell, line, plain
from kzfest.pages.hour_grid import (
    COLUMN_GAP,
    HOURS_WIDTH,
    MOST_LANES,
    Grid,
    GridColumn,
    GridEntry,
    GridText,
)

WORDS = st.sampled_from(["opera", "Наурыз", "祭典の夜", "e\u0301te\u0301", "🎉", "Pneumonoultramicroscopicsilico", "a"])
TITLES = st.lists(WORDS, max_size=7).map(" ".join)
HOURS = st.tuples(st.integers(300, 1740), st.one_of(st.just(0), st.integers(1, 90), st.integers(90, 900)))


class Drawn(NamedTuple):
    """A bank of a grid, and its lines."""

    bank: Grid
    lines: list[str]

    def rows(self) -> dict[int, list[str]]:
        """Return the lines of each row that has an hour, by the minute of its start."""
        found: dict[int, list[str]] = {}
        begun: list[str] = []
        days = 0
        for text in self.lines:
            if text.startswith("── "):
                days += 1
            label = re.match(r"(\d\d):(\d\d)|   ·", text)
            if label:
                begun = []
                if label[1]:
                    found[days * 1440 + int(label[1]) * 60 + int(label[2])] = begun
            begun.append(text)
        return found

    def cell_of(self, text: str, number: int) -> str:
        """Return what stands in a column of a line; letters of two columns count as two."""
        start = HOURS_WIDTH + number * (self.bank.most + COLUMN_GAP)
        found, at = "", 0
        for letter in text:
            wide = cell_len(letter)
            if start + (not wide) <= at < start + self.bank.most + (not wide):  # marks stand behind their letters
                found += letter
            at += wide
        return found


def canvas(width: int) -> Canvas:
    return Canvas(width, cell_len, wrap)


def drawn(grid: Grid, width: int) -> list[Drawn]:
    on = canvas(width)
    return [Drawn(bank, [plain(each) for each in bank.lines(on)]) for bank in grid.banks(on)]


def entry(key: str, start: int, length: int, title: str = "", edge: str = "│") -> GridEntry:
    text = GridText(line(f"{key} {title}".strip()), "┌", edge, most=4)
    return GridEntry(start, start + length, (text,), edge)


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    """Return a grid of some columns, in which each entry begins with a key of its own."""
    columns = []
    for n in range(draw(st.integers(1, 4))):
        hours = sorted(draw(st.lists(HOURS, min_size=1, max_size=6)))
        entries = [entry(f"k{n}x{m}k", *each, draw(TITLES)) for m, each in enumerate(hours)]
        foot = draw(st.lists(TITLES.filter(bool), max_size=2))
        columns.append(GridColumn(cell(StyledText(draw(TITLES) or "Hall")), tuple(entries), cell(*foot)))
    tells_hours = draw(st.booleans())
    step = 60 if tells_hours else draw(st.sampled_from([30, 60]))
    return Grid(tuple(columns), str, step=step, tells_hours=tells_hours)


@given(grids(), st.integers(40, 200))
def test_no_line_is_wider_than_the_canvas(grid: Grid, width: int) -> None:
    lines = [text for bank in drawn(grid, width) for text in bank.lines]

    assert [text for text in lines if cell_len(text) > width or text != text.rstrip()] == []


@given(grids(), st.integers(60, 200))
def test_each_entry_begins_once_in_the_row_of_its_hour(grid: Grid, width: int) -> None:
    for bank, lines in drawn(grid, width):
        rows = Drawn(bank, lines).rows()
        for column in bank.columns:
            for each in column.entries:
                key = plain(each.texts[0].text).split()[0]
                there = rows[each.start // grid.step * grid.step]

                assert sum(key in text for text in lines) == sum(key in text for text in there) == 1


@given(grids(), st.integers(60, 200))
def test_texts_stand_whole_below_each_other(grid: Grid, width: int) -> None:
    """Between the key of an entry and that of the next are its words, all or the first of them and an ellipsis."""
    without_feet = tuple(column._replace(foot=()) for column in grid.columns)
    for bank in drawn(grid._replace(columns=without_feet), width):
        rows = [text for those in bank.rows().values() for text in those if not text.startswith("── ")]
        for number, column in enumerate(bank.bank.columns):
            letters = re.sub(r"[\s│┌]", "", "".join(bank.cell_of(text, number) for text in rows))
            told = re.split(r"k\d+x\d+k", letters)[1:]
            titles = ["".join(plain(each.texts[0].text).split()[1:]) for each in column.entries]

            whole = [
                title if text == title else f"{title[: len(text) - 1]}…"
                for title, text in zip(titles, told, strict=True)
            ]
            assert told == whole


@given(grids(), st.integers(60, 200))
def test_edges_last_as_long_as_their_entries(grid: Grid, width: int) -> None:
    """An entry that lasts through a row has an edge on each of its lines; no line has more edges than lanes."""
    for bank in drawn(grid, width):
        for begun, those in bank.rows().items():
            for number, column in enumerate(bank.bank.columns):
                cells = [bank.cell_of(text, number) for text in those if "──" not in text]
                edges = [len(re.findall("[│┌]", text)) for text in cells if text.strip(" ") or not column.foot]
                through = [each for each in column.entries if each.start < begun and each.end >= begun + grid.step]

                assert min(edges, default=1) >= min(len(through), 1)
                assert max(edges, default=0) <= MOST_LANES


@given(grids(), st.integers(60, 200))
def test_banks_have_all_columns_once_in_their_order(grid: Grid, width: int) -> None:
    assert tuple(column for bank in grid.banks(canvas(width)) for column in bank.columns) == grid.columns


@pytest.mark.parametrize(
    ("width", "least", "columns"), [(60, 20, 2), (80, 20, 3), (120, 20, 5), (60, 22, 2), (104, 22, 4)]
)
def test_as_many_columns_as_fit(width: int, least: int, columns: int) -> None:
    many = tuple(GridColumn(cell(str(n)), (entry("a", 600, 60),)) for n in range(9))

    assert len(Grid(many, str, least=least).banks(canvas(width))[0].columns) == columns


def pictured(*columns: GridColumn, width: int = 60, **options: object) -> str:
    """Return a drawing of *columns* that fit."""
    (only,) = drawn(Grid(columns, lambda days: f"day {days}", **options), width)  # type: ignore[arg-type]
    return "\n".join(only.lines[2:]) + "\n"


def hall(*entries: GridEntry, foot: tuple[Line, ...] = ()) -> GridColumn:
    return GridColumn(cell("Hall"), entries, foot)


def test_rows_are_as_tall_as_their_tallest_cell() -> None:
    long = entry("Evolving", 600, 60, "Git for the next decade and for all decades after that one")

    assert pictured(hall(long, entry("Quiz", 660, 30)), hall(entry("Wayland", 630, 30)), step=30) == (
        "10:00 ┌ Evolving Git for the\n"
        "10:30 │ next decade and for all   ┌ Wayland\n"
        "      │ decades after that one    │\n"
        "11:00 ┌ Quiz\n"
    )


def test_a_long_entry_needs_no_taller_rows() -> None:
    assert pictured(hall(entry("Evolving", 600, 120, "Git for the next decade and all")), step=30) == (
        "10:00 ┌ Evolving Git for the next decade\n10:30 │ and all\n11:00 │\n11:30 │\n"
    )


def test_unknown_end_hides_nothing() -> None:
    assert pictured(hall(entry("One", 605, 0, edge="╎"), entry("Two", 620, 60)), step=60) == (
        "10:00 ┌ One\n      ┌ Two\n11:00 │\n"
    )


def test_entries_at_once_have_their_edges_side_by_side() -> None:
    entries = (entry("One", 600, 180), entry("Two", 600, 60), entry("Three", 660, 120), entry("Four", 720, 60))

    assert pictured(hall(*entries)) == ("10:00 ┌ One\n      │┌ Two\n11:00 │┌ Three\n12:00 ││┌ Four\n")


def test_a_lane_is_free_again_when_its_entry_has_ended() -> None:
    entries = (entry("One", 600, 60), entry("Two", 630, 150), entry("Three", 690, 60))

    assert pictured(hall(*entries), step=30) == (
        "10:00 ┌ One\n10:30 │┌ Two\n11:00  │\n11:30 ┌│ Three\n12:00 ││\n12:30  │\n"
    )


def test_midnight_is_a_rule_between_two_rows() -> None:
    assert pictured(hall(entry("Night", 1380, 120))) == (
        "23:00 ┌ Night\n── day 1 ───────────────────────────────\n00:00 │\n"
    )


def test_a_day_that_begins_after_midnight_says_so() -> None:
    assert pictured(hall(entry("Night", 1530, 60))) == (
        "── day 1 ───────────────────────────────\n01:00 ┌ Night\n02:00 │\n"
    )


def test_a_long_stretch_without_anything_is_one_row() -> None:
    assert pictured(hall(entry("Early", 600, 60), entry("Late", 1140, 60))) == ("10:00 ┌ Early\n   ·\n19:00 ┌ Late\n")


def test_hours_that_texts_tell_need_no_rows() -> None:
    entries = (entry("Early", 600, 480, "one two three four five six seven"), entry("Late", 1140, 60))

    assert pictured(hall(*entries), tells_hours=True) == (
        "10:00 ┌ Early one two three four five\n      │ six seven\n   ·  │\n19:00 ┌ Late\n"
    )


def test_now_is_marked_beside_its_hour() -> None:
    column = hall(entry("Early", 600, 60), entry("Late", 660, 60))

    assert pictured(column._replace(now=661)) == "10:00 ┌ Early\n11:00◂┌ Late\n"


def test_now_is_marked_only_where_its_column_is() -> None:
    columns = tuple(hall(entry("Talk", 600, 60))._replace(now=now) for now in (None, None, 610))

    banks = drawn(Grid(columns, str), 60)

    assert [any("◂" in text for text in bank.lines) for bank in banks] == [False, True]


def test_what_has_no_hour_is_below_a_rule() -> None:
    drawing = pictured(hall(entry("One", 600, 60), foot=cell("hour not known", "Tango")))

    assert drawing == "10:00 ┌ One\n      ──────────────────────────────────\n      hour not known\n      Tango\n"
