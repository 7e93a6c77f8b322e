"""The showings that the hours of an event give: spans, nights, days off, and what a visitor may come to at any time."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from kzfest.core.event_hours import showings_in_hours
from kzfest.core.model import WEEKDAYS, Event, Showing

FRIDAY, SATURDAY, SUNDAY = date(2026, 10, 9), date(2026, 10, 10), date(2026, 10, 11)


def event(category: str, hours: dict[str, str], *showings: Showing, days_off: tuple[date, ...] = ()) -> Event:
    """Return an event with these *hours*, by default from Friday to Sunday."""
    given = showings or (Showing(id="", start=FRIDAY, end=SUNDAY),)
    return Event(id="e", title={"en": "E"}, category=category, hours=hours, showings=given, days_off=days_off)


def every_day(hours: str) -> dict[str, str]:
    return dict.fromkeys(WEEKDAYS, hours)


def spans(given: Event) -> list[tuple[str, str, str, bool]]:
    """Return id, start, end and whether it is opening hours, of each showing in UTC."""
    found = showings_in_hours(given, UTC)
    return [(each.id, f"{each.start:%m-%d %H:%M}", f"{each.end:%m-%d %H:%M}", each.drop_in) for each in found]


def test_exhibition_is_open_at_its_hours_each_day() -> None:
    assert spans(event("exhibition", every_day("12:00-20:00"))) == [
        ("2026-10-09", "10-09 12:00", "10-09 20:00", True),
        ("2026-10-10", "10-10 12:00", "10-10 20:00", True),
        ("2026-10-11", "10-11 12:00", "10-11 20:00", True),
    ]


def test_each_weekday_has_its_own_spans_and_a_closed_one_has_none() -> None:
    hours = {"fri": "closed", "sat": "10:00-13:00, 14:00-18:00", "sun": "11:00-15:00"}

    assert spans(event("exhibition", hours)) == [
        ("2026-10-10", "10-10 10:00", "10-10 13:00", True),
        ("2026-10-10-1400", "10-10 14:00", "10-10 18:00", True),
        ("2026-10-11", "10-11 11:00", "10-11 15:00", True),
    ]


@pytest.mark.parametrize(
    ("category", "hours", "drop_in"),
    [
        ("exhibition", "10:00-12:59", False),
        ("exhibition", "10:00-13:00", True),
        ("theatre", "19:00-22:59", False),
        ("theatre", "19:00-23:00", True),
        ("opera", "18:00-23:59", False),
    ],
)
def test_hours_with_room_for_two_visits_are_opening_hours(category: str, hours: str, *, drop_in: bool) -> None:
    found = showings_in_hours(event(category, every_day(hours)), UTC)

    assert [each.drop_in for each in found] == [drop_in] * 3


@pytest.mark.parametrize(
    ("hours", "start", "end"),
    [
        ("22:00-01:30", "10-09 22:00", "10-10 01:30"),
        ("00:30-02:00", "10-10 00:30", "10-10 02:00"),
        ("03:00-07:00", "10-09 03:00", "10-09 07:00"),
        ("00:00-06:00", "10-10 00:00", "10-10 06:00"),
        ("05:00-06:00", "10-09 05:00", "10-09 06:00"),
    ],
)
def test_hours_in_the_night_belong_to_the_evening_before(hours: str, start: str, end: str) -> None:
    (found,) = showings_in_hours(event("film", every_day(hours), Showing(id="", start=FRIDAY, end=FRIDAY)), UTC)

    assert (found.id, f"{found.start:%m-%d %H:%M}", f"{found.end:%m-%d %H:%M}") == ("2026-10-09", start, end)


def test_day_whose_hours_are_unknown_or_all_day_long_stays_a_whole_day() -> None:
    found = showings_in_hours(event("fair", {"fri": "00:00-24:00", "sun": "10:00-11:00"}), UTC)

    assert found == (
        Showing(id="2026-10-09", start=FRIDAY, end=FRIDAY, drop_in=True),
        Showing(id="2026-10-10", start=SATURDAY, end=SATURDAY),
        Showing(
            id="2026-10-11", start=datetime(2026, 10, 11, 10, tzinfo=UTC), end=datetime(2026, 10, 11, 11, tzinfo=UTC)
        ),
    )


def test_days_off_are_left_out() -> None:
    found = showings_in_hours(event("film", every_day("19:00-21:00"), days_off=(SATURDAY,)), UTC)

    assert [each.id for each in found] == ["2026-10-09", "2026-10-11"]


def test_showing_of_days_gives_its_parts_what_it_has_and_one_with_a_time_stays() -> None:
    week = Showing(id="week", start=FRIDAY, end=FRIDAY, venue="park", room="tent", status="moved")
    gala = Showing(id="gala", start=datetime(2026, 10, 11, 20, tzinfo=UTC))

    found = showings_in_hours(event("theatre", every_day("19:00-21:00"), week, gala), UTC)

    start, end = datetime(2026, 10, 9, 19, tzinfo=UTC), datetime(2026, 10, 9, 21, tzinfo=UTC)
    assert found == (week._replace(id="week-2026-10-09", start=start, end=end), gala)


def test_open_end_has_hours_on_its_first_day_and_stays_open() -> None:
    (found,) = showings_in_hours(
        event("exhibition", every_day("12:00-20:00"), Showing(id="", start=FRIDAY, open_end=True)), UTC
    )

    assert (found.id, found.open_end, found.drop_in) == ("2026-10-09", True, True)


@pytest.mark.parametrize(
    ("evening", "expected"),
    [
        (date(2026, 3, 27), ("02:30", "04:00")),
        (date(2026, 3, 28), ("03:30", "04:00")),  # that night has no 02:30
    ],
)
def test_hour_that_the_clocks_skip_is_the_one_after_it(evening: date, expected: tuple[str, str]) -> None:
    one_day = Showing(id="", start=evening, end=evening)

    (found,) = showings_in_hours(event("film", every_day("02:30-04:00"), one_day), ZoneInfo("Europe/Berlin"))

    assert (f"{found.start:%H:%M}", f"{found.end:%H:%M}") == expected
