"""Minutes of a grid: each moment of a day has its own, in nights on which clocks change too."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from kzfest.cli.terminal.tables import wrap
from kzfest.core.festival_day import ONE_DAY, clock_change, days_of, later, opening
from kzfest.formats.page import Canvas, cell, line, plain
from kzfest.pages.grid_hours import GridHours
from kzfest.pages.hour_grid import Grid, GridColumn, GridEntry, GridText
from kzfest.programme.zones import zone

NIGHTS = {
    ("Europe/Berlin", "2026-03-28"): ("02:00", "03:00"),
    ("Europe/Berlin", "2026-10-24"): ("03:00", "02:00"),
    ("Asia/Almaty", "2024-02-29"): ("00:00", "23:00"),
    ("Australia/Lord_Howe", "2026-04-04"): ("02:00", "01:30"),
    ("Australia/Lord_Howe", "2026-10-03"): ("02:00", "02:30"),
    ("Asia/Beirut", "2026-03-28"): ("00:00", "01:00"),
    ("Africa/Casablanca", "2026-02-14"): ("03:00", "02:00"),
}
"""By zone and festival day, what clocks show before and after a change."""


@pytest.mark.parametrize(("night", "shown"), NIGHTS.items())
def test_each_minute_of_a_night_has_its_own_and_shows_what_clocks_show(
    night: tuple[str, str], shown: tuple[str, str]
) -> None:
    here, day = zone(night[0]), date.fromisoformat(night[1])
    hours = GridHours.of([(day, here)])
    opens, closes = opening(day, here), opening(day + ONE_DAY, here)
    length = int((closes.timestamp() - opens.timestamp()) // 60)
    moments = [later(opens, timedelta(minutes=number)) for number in range(length + 1)]

    minutes = [hours.minute(day, each, here) for each in moments]

    skipped = [minute for before, after in hours.skipped for minute in range(before, after)]
    assert minutes == [each for each in range(300, minutes[-1] + 1) if each not in skipped]
    assert [hours.shown(each) % 1440 for each in minutes] == [each.hour * 60 + each.minute for each in moments]
    assert [f"{each:%H:%M}" for each in clock_change(day, here) or ()] == [*shown]


def test_most_days_have_all_hours_once() -> None:
    here = zone("Europe/Berlin")
    changes = {day: clock_change(day, here) for day in days_of(date(2026, 1, 1), date(2026, 12, 31))}

    assert [day for day, change in changes.items() if change] == [date(2026, 3, 28), date(2026, 10, 24)]
    assert clock_change(date.max, here) is None
    assert GridHours.of([]) == GridHours.of([(date(2026, 3, 27), here)]) == GridHours()


def test_days_side_by_side_have_one_scale() -> None:
    here, saturday, sunday = zone("Europe/Berlin"), date(2026, 10, 24), date(2026, 10, 25)
    autumn = GridHours.of([(saturday, here), (sunday, here)])
    spring = GridHours.of([(date(2026, 3, 27), here), (date(2026, 3, 28), here)])

    first, second = (datetime(2026, 10, 25, 2, 30, tzinfo=here, fold=fold) for fold in (0, 1))
    after = [datetime(2026, 10, 25 + number, 3, 30, tzinfo=here) for number in (0, 1)]
    assert [autumn.minute(saturday, each, here) for each in (first, second)] == [1590, 1650]
    assert [autumn.minute(day, each, here) for day, each in zip((saturday, sunday), after, strict=True)] == [1710, 1710]
    assert spring == GridHours()


def test_event_of_another_zone_stands_at_what_its_own_clocks_show() -> None:
    here, day = zone("Europe/Berlin"), date(2026, 3, 28)
    hours = GridHours.of([(day, here)])

    evening, gap = (datetime(2026, 3, 28 + number, clock, tzinfo=UTC) for number, clock in ((0, 21), (1, 2)))
    assert [hours.minute(day, each, here) for each in (evening, gap)] == [21 * 60, 27 * 60]


@given(
    st.sampled_from([("Europe/Berlin", "2026-03-28"), ("Europe/Berlin", "2026-10-24"), ("Asia/Almaty", "2024-02-29")]),
    st.lists(st.tuples(st.integers(0, 1379), st.integers(0, 300)), min_size=1, max_size=8).map(sorted),
    st.sampled_from([30, 60]),
)
def test_each_event_begins_once_beside_the_hour_that_clocks_show(
    night: tuple[str, str], events: list[tuple[int, int]], step: int
) -> None:
    here, day = zone(night[0]), date.fromisoformat(night[1])
    hours = GridHours.of([(day, here)])
    entries, clocks = [], {}
    for number, (begun, length) in enumerate(events):
        start = later(opening(day, here), timedelta(minutes=begun))
        end = later(start, timedelta(minutes=length))
        key = f"k{number}k"
        clocks[key] = f"{start.hour:02}:{start.minute // step * step:02}"
        first, last = (hours.minute(day, moment, here) for moment in (start, end))
        entries.append(GridEntry(first, last, (GridText(line(key), "┌", "│"),)))
    column = GridColumn(cell("Hall"), tuple(entries))

    grid = Grid((column,), lambda _days: "midnight", step=step, clocks=hours, tells_hours=step == 60)
    label = ""
    found: dict[str, str] = {}
    for each in grid.lines(Canvas(60, cell_len, wrap)):
        text = plain(each)
        label = text[:5] if re.match(r"\d\d:\d\d", text) else label
        found |= dict.fromkeys(re.findall(r"k\d+k", text), label)

    assert found == clocks
    assert [*found] == [*clocks]
