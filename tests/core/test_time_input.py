"""Hours and lengths of time as people type them."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzfest.core.errors import UsageError
from kzfest.core.time_input import read_clock, read_length


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("14:00", time(14)),
        ("14.30", time(14, 30)),
        ("9", time(9)),
        ("09:05", time(9, 5)),
        ("0:00", time(0)),
        ("23:59", time(23, 59)),
        (" 7 pm ", time(19)),
        ("7PM", time(19)),
        ("7 p.m.", time(19)),
        ("7:45am", time(7, 45)),
        ("12 am", time(0)),
        ("12:30 am", time(0, 30)),
        ("12 pm", time(12)),
    ],
)
def test_clock_is_read_as_people_type_it(text: str, clock: time) -> None:
    assert read_clock(text) == clock


@pytest.mark.parametrize(
    "text", ["", "24:00", "25", "14:60", "14:5", "13 pm", "0 am", "-1", "noon", "14:00:00", "１４", "14:00 h", "1400"]
)
def test_clock_that_is_none_is_refused_with_a_form_that_works(text: str) -> None:
    with pytest.raises(UsageError) as refused:
        read_clock(text)

    assert str(refused.value) == f"'{text}' is not a valid time; write it as 14:00 or 2 pm"


@given(st.times().map(lambda each: each.replace(second=0, microsecond=0)))
def test_clock_gives_back_every_minute_of_the_day_in_either_way_of_writing(clock: time) -> None:
    written = (f"{clock:%H:%M}", f"{clock:%H.%M}", f"{clock.hour % 12 or 12}:{clock:%M} {'ap'[clock.hour >= 12]}m")

    assert [read_clock(text) for text in written] == [clock] * 3


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("2h", 120),
        ("2 hours", 120),
        ("1 hour", 60),
        ("2 hrs", 120),
        ("90", 90),
        ("90m", 90),
        ("90 min.", 90),
        ("45 minutes", 45),
        ("1h30", 90),
        ("1h 30m", 90),
        ("1H30M", 90),
        ("1:15", 75),
        ("1.5h", 90),
        ("1,5 ч", 90),
        ("2 часа", 120),
        ("1 час 20 минут", 80),
        ("5 часов", 300),
        ("2 сағат", 120),
        ("1 сағ. 30 мин", 90),
        ("168h", 7 * 24 * 60),
        ("10080", 7 * 24 * 60),
        ("7:00", 420),
        ("0h5", 5),
        ("0.01h", 1),
    ],
)
def test_length_is_read_as_people_type_it(text: str, minutes: int) -> None:
    assert read_length(text) == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    "text",
    ["", " ", "0", "0h", "0:00", "0.001h", "-5", "long", "h", "1:75", "168h1", "10081", "999h", "1.5", "2d", "1m 1h"],
)
def test_length_that_is_none_or_over_a_week_is_refused_with_a_form_that_works(text: str) -> None:
    with pytest.raises(UsageError) as refused:
        read_length(text)

    assert str(refused.value) == f"'{text}' is not a valid duration; write it as 2h, 90m or 1h30"


@given(st.integers(0, 167), st.integers(1, 59))
def test_length_is_the_same_in_every_way_of_writing(hours: int, minutes: int) -> None:
    written = (f"{hours}:{minutes:02}", f"{hours}h{minutes}", f"{hours} сағ {minutes} мин", f"{hours * 60 + minutes}m")
    expected = timedelta(hours=hours, minutes=minutes)

    assert [read_length(text) for text in written] == [expected] * 4
