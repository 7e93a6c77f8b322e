"""A venue's hours: on which weekday, in minutes, and whether a visit lies inside them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzfest.core.festival_day import later, moment_on
from kzfest.core.model import Venue
from kzfest.core.opening_hours import hours_on, is_open, open_minutes
from kzfest.programme.zones import zone

ALMATY = zone("Asia/Almaty")
SATURDAY = date(2023, 12, 16)


def test_hours_on_are_those_of_the_weekday() -> None:
    venue = Venue(id="m", name={"en": "M"}, city="Astana", hours={"mon": "closed", "sat": "10:00-18:00"})

    days = [hours_on(venue, date(2023, 12, day)) for day in range(11, 18)]

    assert days == ["closed", None, None, None, None, "10:00-18:00", None]


def test_hours_on_are_not_known_where_the_venue_has_none() -> None:
    assert hours_on(Venue(id="m", name={"en": "M"}, city="Astana"), SATURDAY) is None


@pytest.mark.parametrize(
    ("hours", "minutes"),
    [
        ("closed", []),
        ("10:00-18:00", [(600, 1080)]),
        ("10:00-13:00,14:00-18:30", [(600, 780), (840, 1110)]),
        ("10:00-13:00, 20:00-02:00", [(600, 780), (1200, 1560)]),
        ("11:00-24:00", [(660, 1440)]),
        ("00:00-24:00", [(0, 1440)]),
        ("18:00-00:00", [(1080, 1440)]),
        ("10:00-10:00", [(600, 2040)]),
    ],
)
def test_open_minutes_count_a_night_to_its_evening(hours: str, minutes: list[tuple[int, int]]) -> None:
    assert open_minutes(hours) == minutes


@pytest.mark.parametrize(
    ("hours", "at", "length", "expected"),
    [
        ("10:00-18:00", "10:00", 480, True),
        ("10:00-18:00", "09:59", 30, False),
        ("10:00-18:00", "17:30", 31, False),
        ("10:00-18:00", "19:00", 30, False),
        ("10:00-13:00, 14:00-18:00", "12:00", 60, True),
        ("10:00-13:00, 14:00-18:00", "12:30", 120, False),
        ("closed", "12:00", 30, False),
        ("20:00-02:00", "00:30", 90, True),
        ("20:00-02:00", "01:00", 61, False),
        ("20:00-02:00", "23:00", 120, True),
        ("10:00-24:00", "23:00", 60, True),
        ("10:00-24:00", "23:00", 61, False),
        ("00:00-24:00", "22:00", 180, True),
        ("00:00-24:00", "01:30", 60, True),
        ("00:00-24:00", "05:00", 60, True),
        ("06:00-06:00", "05:30", 60, True),
        ("06:00-06:00", "23:00", 480, True),
        ("10:00-13:00, 13:00-18:00", "12:00", 120, True),
    ],
)
def test_visit_is_inside_hours_or_not(hours: str, at: str, length: int, expected: bool) -> None:  # noqa: FBT001
    start = moment_on(SATURDAY, time.fromisoformat(at), ALMATY)

    assert is_open(_open_on(sat=hours), SATURDAY, start, later(start, timedelta(minutes=length))) is expected


@pytest.mark.parametrize(
    ("hours", "at", "length", "expected"),
    [
        ({"sat": "20:00-24:00", "sun": "00:00-03:00"}, "23:00", 120, True),
        ({"sat": "20:00-24:00", "sun": "00:00-03:00"}, "00:30", 120, True),
        ({"sat": "20:00-24:00", "sun": "00:00-03:00"}, "02:30", 60, False),
        ({"sat": "20:00-24:00", "sun": "00:30-03:00"}, "23:00", 120, False),
        ({"sat": "20:00-24:00", "sun": "closed"}, "23:00", 120, False),
        ({"sat": "closed", "sun": "00:00-03:00"}, "00:30", 60, True),
        ({"fri": "20:00-06:00", "sat": "closed"}, "05:00", 60, True),
        ({"fri": "20:00-06:00", "sat": "closed"}, "05:30", 60, False),
        ({"fri": "08:00-08:00", "sat": "08:00-20:00"}, "07:00", 180, True),
    ],
)
def test_hours_of_neighbouring_days_count(hours: dict[str, str], at: str, length: int, expected: bool) -> None:  # noqa: FBT001
    start = moment_on(SATURDAY, time.fromisoformat(at), ALMATY)

    assert is_open(_open_on(**hours), SATURDAY, start, later(start, timedelta(minutes=length))) is expected


def _open_on(**hours: str) -> Venue:
    return Venue(id="v", name={"en": "V"}, city="Astana", hours=hours)


CLOCK = st.integers(0, 47).map(lambda half: f"{half // 2:02}:{half % 2 * 30:02}")


@given(st.lists(st.tuples(CLOCK, CLOCK), min_size=1, max_size=3), st.integers(300, 1739), st.integers(1, 600))
def test_visit_is_inside_hours_if_each_of_its_minutes_is_in_a_part(
    parts: list[tuple[str, str]], begins: int, length: int
) -> None:
    hours = ", ".join(f"{opens}-{closes}" for opens, closes in parts)
    start = datetime.combine(SATURDAY, time(), tzinfo=UTC) + timedelta(minutes=begins)
    spans = [(opens, closes if closes > opens else closes + 1440) for opens, closes in map(_minutes, parts)]

    expected = any(closes - opens == 1440 for opens, closes in spans) or all(
        any(opens <= each < closes for opens, closes in spans) for each in range(begins, begins + length)
    )

    assert is_open(_open_on(sat=hours), SATURDAY, start, start + timedelta(minutes=length)) is expected


def _minutes(part: tuple[str, str]) -> tuple[int, int]:
    opens, closes = (int(clock[:2]) * 60 + int(clock[3:]) for clock in part)
    return opens, closes
