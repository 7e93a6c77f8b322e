"""Laws of a scale: nothing is wider than it, each unit has its columns, and labels never touch."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from kzfest.cli.terminal.tables import wrap
from kzfest.formats.page import Canvas, plain
from kzfest.pages.scale import Bar, RulerLabel, Scale, painted, ruled

MARKS = st.sampled_from("━●╌░")
UNITS = st.integers(-5, 30)
BARS = st.builds(
    lambda first, length, mark, is_point: Bar(first, first + (0 if is_point else length), mark, "mark", is_point),
    UNITS,
    st.integers(0, 40),
    MARKS,
    st.booleans(),
)
SCALES = st.builds(
    lambda first, units, cell: Scale(first, units, cell, frozenset(range(first, first + units, 7))),
    st.integers(0, 10),
    st.integers(1, 25),
    st.integers(1, 3),
)
LABELS = st.builds(
    lambda unit, text: RulerLabel(unit, (text, text[:2])), UNITS, st.text("abc祭", min_size=1, max_size=9)
)


def canvas(width: int) -> Canvas:
    return Canvas(width, cell_len, wrap)


@given(SCALES, st.lists(BARS, max_size=4))
def test_last_bar_of_a_unit_is_what_is_seen_there(scale: Scale, bars: list[Bar]) -> None:
    drawn = plain(painted(scale, bars)).ljust(scale.width)

    assert len(drawn) == scale.width
    for unit in range(scale.first, scale.first + scale.units):
        there = [bar for bar in bars if bar.first <= unit <= bar.last]
        expected = there[-1].mark if there else "·" if unit in scale.idle else " "
        assert drawn[scale.column(unit)] == expected


@given(SCALES, st.lists(LABELS, max_size=6), st.integers(3, 90))
@example(Scale(0, 5, 1, frozenset()), [RulerLabel(2, ("a", "a")), RulerLabel(4, ("a", "a"))], 3)
def test_labels_fit_and_never_touch(scale: Scale, labels: list[RulerLabel], room: int) -> None:
    end = scale.first + scale.units
    unique = {label.unit: label for label in labels if scale.first <= label.unit < end}
    shown = tuple(label for _unit, label in sorted(unique.items()))

    (drawn,) = ruled(scale._replace(rulers=(shown,)), canvas(200), room)

    assert cell_len(plain(drawn)) <= room
    assert set(plain(drawn).split()) <= {text for label in shown for text in label.texts}


@pytest.mark.parametrize(
    ("cell", "drawn"),
    [
        (1, " ━━━  ░░● ━━▸"),
        (2, " ━━━━━     ░░░ ●   ━━━━▸"),
        (3, " ━━━━━━━        ░░░░  ●     ━━━━━━▸"),
    ],
)
def test_bars_fill_their_days(cell: int, drawn: str) -> None:
    bars = [Bar(0, 2, "━"), Bar(5, 6, "░"), Bar(7, 7, "●", is_point=True), Bar(9, 12, "━")]

    assert plain(painted(Scale(0, 11, cell), bars)) == drawn


def test_edges_say_what_goes_on() -> None:
    scale = Scale(10, 5, 1)

    found = [
        plain(painted(scale, [Bar(8, 12, "━")])),
        plain(painted(scale, [Bar(12, 20, "━")])),
        plain(painted(scale, [Bar(12, 12, "━"), Bar(13, 20, "╌", is_open=True)])),
        plain(painted(scale, [Bar(0, 99, "─", is_endless=True)])),
        plain(painted(scale, [Bar(1, 5, "━"), Bar(20, 25, "━")])),
    ]

    assert found == ["◂━━━", "   ━━━▸", "   ━╌╌?", " ─────", ""]
