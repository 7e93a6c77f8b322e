"""Festival days, stretches and repetitions, in tables."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzfest.core.festival_day import (
    Stretch,
    festival_day,
    festival_days,
    is_disputed,
    opening,
    repeats_until,
    showings_of,
    stretches,
    usual_length,
    widened,
)
from kzfest.core.model import Dispute, Event, Showing
from kzfest.core.recurrence import occurrences
from kzfest.programme.zones import zone

ALMATY = zone("Asia/Almaty")
DECEMBER = (date(2023, 12, 1), date(2023, 12, 31))


def read(text: str) -> date | datetime:
    """Return the day, or the moment in Almaty, that *text* names; one of the two that a clock shows by fold."""
    if len(text) == len("2023-12-16"):
        return date.fromisoformat(text)
    return datetime.fromisoformat(text.rstrip("'")).replace(tzinfo=ALMATY, fold=text.endswith("'"))


def moment(text: str) -> datetime:
    read_as = read(text)
    assert isinstance(read_as, datetime)
    return read_as


def showing(text: str) -> Showing:
    """Return the showing that *text* gives as start and end, joined by two dots."""
    start, _dots, end = text.partition("..")
    if end == "unknown":
        return Showing(id="", start=read(start), open_end=True)
    whole_day = read(start) if len(start) == len("2023-12-16") else None
    return Showing(id="", start=read(start), end=read(end) if end else whole_day)


def event(*texts: str, category: str = "talk", repeats: str | None = None) -> Event:
    shown = tuple(showing(text) for text in texts)
    return Event(id="e", title={"en": "E"}, category=category, showings=shown, repeats=repeats)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2023-12-17 05:00", "2023-12-17"),
        ("2023-12-17 04:59", "2023-12-16"),
        ("2023-12-17 00:00", "2023-12-16"),
        ("2023-12-16 23:59", "2023-12-16"),
        ("2024-01-01 01:30", "2023-12-31"),
        ("2024-03-01 04:59:59.999999", "2024-02-29"),
        ("2024-02-29 23:30", "2024-02-29"),
        ("2024-02-29 23:30'", "2024-02-29"),
    ],
)
def test_festival_day_runs_from_five_to_five(text: str, day: str) -> None:
    assert festival_day(moment(text)) == date.fromisoformat(day)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.times())
def test_every_moment_falls_on_exactly_one_festival_day(day: date, clock: time) -> None:
    wall = datetime.combine(day, clock)

    found = festival_day(wall)

    opens, closes = (datetime.combine(each, time(5)) for each in (found, found + timedelta(days=1)))
    assert opens <= wall < closes


@pytest.mark.parametrize(
    ("day", "offset"),
    [("2023-12-16", 6), ("2024-02-29", 6), ("2024-03-01", 5), ("2026-11-22", 5), ("1991-12-16", 5)],
)
def test_festival_day_opens_at_five_by_the_clock_on_the_wall(day: str, offset: int) -> None:
    opened = opening(date.fromisoformat(day), ALMATY)

    assert opened.isoformat() == f"{day}T05:00:00+0{offset}:00"


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2023-12-16", "2023-12-16", "2023-12-16"),
        ("2023-12-16..2023-12-18", "2023-12-16", "2023-12-18"),
        ("2023-12-16..unknown", "2023-12-16", "2023-12-16"),
        ("2023-12-16 19:00", "2023-12-16", "2023-12-16"),
        ("2023-12-17 00:30", "2023-12-16", "2023-12-16"),
        ("2023-12-16 19:00..2023-12-17 05:00", "2023-12-16", "2023-12-16"),
        ("2023-12-16 19:00..2023-12-17 05:01", "2023-12-16", "2023-12-17"),
        ("2023-12-16 04:59..2023-12-16 05:01", "2023-12-15", "2023-12-16"),
        ("2023-12-17 04:00..unknown", "2023-12-16", "2023-12-16"),
    ],
)
def test_showing_is_certainly_on_in_these_festival_days(text: str, first: str, last: str) -> None:
    assert festival_days(showing(text)) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023-12-16", ["16-16 2023-12-15T23:00Z 2023-12-16T23:00Z"]),
        ("2023-12-16..2023-12-18", ["16-18 2023-12-15T23:00Z 2023-12-18T23:00Z"]),
        (
            "2023-12-29..unknown",
            ["29-29 2023-12-28T23:00Z 2023-12-29T23:00Z", "30-31 2023-12-29T23:00Z 2023-12-31T23:00Z ?"],
        ),
        ("2023-12-31..unknown", ["31-31 2023-12-30T23:00Z 2023-12-31T23:00Z"]),
        ("2023-12-16 19:00..2023-12-16 21:30", ["16-16 2023-12-16T13:00Z 2023-12-16T15:30Z"]),
        ("2023-12-16 19:00..2023-12-18 19:00", ["16-18 2023-12-16T13:00Z 2023-12-18T13:00Z"]),
        ("2023-12-16 19:00", ["16-16 2023-12-16T13:00Z 2023-12-16T15:00Z"]),
        ("2023-12-17 04:00", ["16-16 2023-12-16T22:00Z 2023-12-16T23:00Z"]),
        (
            "2023-12-30 19:00..unknown",
            ["30-30 2023-12-30T13:00Z 2023-12-30T23:00Z", "31-31 2023-12-30T23:00Z 2023-12-31T23:00Z ?"],
        ),
        ("2024-02-29 23:30", ["29-29 2024-02-29T17:30Z 2024-02-29T19:30Z"]),
        ("2024-02-29 23:30'", ["29-29 2024-02-29T18:30Z 2024-02-29T20:30Z"]),
        ("2024-02-29 19:00..2024-03-01 02:00", ["29-29 2024-02-29T13:00Z 2024-02-29T21:00Z"]),
        ("2024-02-29", ["29-29 2024-02-28T23:00Z 2024-03-01T00:00Z"]),
    ],
)
def test_showing_has_these_stretches(text: str, expected: list[str]) -> None:
    found = stretches(event(text), zone=ALMATY, last=DECEMBER[1])

    assert [written(stretch) for stretch in found] == expected


def written(stretch: Stretch) -> str:
    """Return festival days, start and end in UTC, and a question mark where it is only possible."""
    start, end = (f"{each.astimezone(UTC):%Y-%m-%dT%H:%MZ}" for each in (stretch.start, stretch.end))
    return f"{stretch.first_day:%d}-{stretch.last_day:%d} {start} {end}{'' if stretch.certain else ' ?'}"


@pytest.mark.parametrize(
    ("text", "disputes", "expected"),
    [
        ("2023-12-16..2023-12-18", ["start 2023-12-14"], ["14-15 2023-12-13T23:00Z 2023-12-15T23:00Z ?"]),
        ("2023-12-16..2023-12-18", ["end 2023-12-20"], ["19-20 2023-12-18T23:00Z 2023-12-20T23:00Z ?"]),
        (
            "2023-12-16 19:00",
            ["start 2023-12-15", "end 2023-12-17", "start 2023-12-14"],
            ["14-15 2023-12-13T23:00Z 2023-12-15T23:00Z ?", "17-17 2023-12-16T23:00Z 2023-12-17T23:00Z ?"],
        ),
        ("2023-12-16..unknown", ["end 2023-12-17"], ["17-31 2023-12-16T23:00Z 2023-12-31T23:00Z ?"]),
        ("2023-12-16..2023-12-18", ["start 2023-12-17", "end 2023-12-17", "end 2023-12-18"], []),
        ("2023-12-16..2023-12-18", ["start 2013-12-14", "end soon", "place 2023-12-14"], []),
    ],
)
def test_sources_that_differ_add_days_that_are_only_possible(
    text: str, disputes: list[str], expected: list[str]
) -> None:
    told = tuple(Dispute(field, {"en": value}, "s") for field, value in (each.split() for each in disputes))
    disputed = event(text)._replace(disputes=told)

    found = list(stretches(disputed, zone=ALMATY, last=DECEMBER[1]))

    assert [written(stretch) for stretch in found if not stretch.certain] == expected
    assert list(stretches(disputed, zone=ALMATY, last=None)) == [each for each in found if each.certain]


@pytest.mark.parametrize(
    ("text", "disputes", "differ"),
    [
        ("2023-12-16..2023-12-18", ["start 2023-12-14"], [14, 15]),
        ("2023-12-16..2023-12-18", ["start 2023-12-17"], [16]),
        ("2023-12-16..2023-12-18", ["end 2023-12-20"], [19, 20]),
        ("2023-12-16..2023-12-18", ["end 2023-12-16"], [17, 18]),
        ("2023-12-16", ["start 2023-12-18"], [16, 17, 18]),
        ("2023-12-16", ["end 2023-12-13"], [16]),
        ("2023-12-16 19:00", ["start 2023-12-15", "end 2023-12-17"], [15, 17]),
        ("2023-12-16..2023-12-18", ["start 2023-12-16", "end soon"], []),
    ],
)
def test_sources_differ_about_the_days_between(text: str, disputes: list[str], differ: list[int]) -> None:
    told = tuple(Dispute(field, {"en": value}, "s") for field, value in (each.split() for each in disputes))
    disputed = event(text)._replace(disputes=told)
    days = [date(2023, 12, day) for day in range(10, 25)]

    assert [day.day for day in days if is_disputed(disputed, day, day)] == differ


def test_sources_that_differ_on_one_of_several_showings_add_no_days() -> None:
    disputed = event("2023-12-16", "2023-12-20")._replace(disputes=(Dispute("start", {"en": "2023-12-14"}, "s"),))

    assert all(each.certain for each in stretches(disputed, zone=ALMATY, last=DECEMBER[1]))


def test_open_end_of_a_programme_without_days_reaches_nowhere() -> None:
    found = list(stretches(event("2023-12-16..unknown"), zone=ALMATY, last=None))

    assert [written(stretch) for stretch in found] == ["16-16 2023-12-15T23:00Z 2023-12-16T23:00Z"]


def test_stretch_touches_days_and_holds_moments() -> None:
    (stretch,) = stretches(event("2023-12-16 19:00..2023-12-18 04:00"), zone=ALMATY, last=None)
    days = [date(2023, 12, day) for day in (15, 16, 17, 18)]
    moments = ["2023-12-16 18:59", "2023-12-16 19:00", "2023-12-18 03:59", "2023-12-18 04:00"]

    assert [stretch.touches(day, day) for day in days] == [False, True, True, False]
    assert [stretch.touches(first, last) for first, last in [(days[0], days[3]), (days[3], days[3])]] == [True, False]
    assert [stretch.holds(moment(text)) for text in moments] == [False, True, True, False]


@pytest.mark.parametrize(
    ("rule", "start", "until", "days"),
    [
        ("FREQ=YEARLY", "2022-12-16", "2024-12-31", "2022-12-16 2023-12-16 2024-12-16"),
        ("FREQ=YEARLY", "2024-02-29", "2032-12-31", "2024-02-29 2028-02-29 2032-02-29"),
        ("freq=yearly;count=2", "2022-12-16", "2030-12-31", "2022-12-16 2023-12-16"),
        ("FREQ=DAILY;INTERVAL=2", "2023-12-16", "2023-12-20", "2023-12-16 2023-12-18 2023-12-20"),
        ("FREQ=DAILY;UNTIL=20231218", "2023-12-16", "2024-12-31", "2023-12-16 2023-12-17 2023-12-18"),
        ("FREQ=DAILY;UNTIL=20991231", "2023-12-16", "2023-12-17", "2023-12-16 2023-12-17"),
        ("FREQ=WEEKLY;BYDAY=SA,SU", "2023-12-16", "2023-12-24", "2023-12-16 2023-12-17 2023-12-23 2023-12-24"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "2023-12-29", "2024-02-29", "2023-12-29 2024-01-26 2024-02-23"),
        ("FREQ=DAILY", "2023-12-16 19:00", "2023-12-17", "2023-12-16T19:00+06:00 2023-12-17T19:00+06:00"),
        ("FREQ=DAILY;UNTIL=20231217", "2023-12-16 19:00", "2024-12-31",
         "2023-12-16T19:00+06:00 2023-12-17T19:00+06:00"),
        ("FREQ=DAILY;UNTIL=20231217T130000Z", "2023-12-16 19:00", "2024-12-31",
         "2023-12-16T19:00+06:00 2023-12-17T19:00+06:00"),
        ("FREQ=DAILY;UNTIL=20231217T125959Z", "2023-12-16 19:00", "2024-12-31", "2023-12-16T19:00+06:00"),
        ("FREQ=DAILY", "2024-02-29 12:00", "2024-03-01", "2024-02-29T12:00+06:00 2024-03-01T12:00+05:00"),
    ],
)  # fmt: skip
def test_rule_gives_these_starts(rule: str, start: str, until: str, days: str) -> None:
    found = occurrences(rule, read(start), until=date.fromisoformat(until))

    assert [each.isoformat().replace(":00+", "+") for each in found] == days.split()


@pytest.mark.parametrize(
    "rule", ["", "daily", "FREQ=HOURLY", "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;BYHOUR=19,21", "FREQ=DAILY;UNTIL=2024"]
)
def test_rule_that_is_none_is_refused(rule: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        occurrences(rule, moment("2023-12-16 19:00"), until=date(2024, 12, 31))


def test_repeating_event_has_showings_of_the_same_length_named_by_their_days() -> None:
    weekly = event("2024-02-24 22:00..2024-02-25 01:00", repeats="FREQ=WEEKLY")

    found = showings_of(weekly, until=date(2024, 3, 2))

    assert found == (
        Showing(id="2024-02-24", start=moment("2024-02-24 22:00"), end=moment("2024-02-25 01:00")),
        Showing(id="2024-03-02", start=moment("2024-03-02 22:00"), end=moment("2024-03-03 01:00")),
    )


def test_repeating_event_that_starts_after_the_days_is_on_once() -> None:
    assert len(showings_of(event("2099-12-16", repeats="FREQ=YEARLY"), until=date(2024, 12, 31))) == 1


def test_event_without_a_rule_has_its_showings() -> None:
    twice = event("2023-12-16", "2023-12-18")

    assert showings_of(twice, until=date(2023, 12, 1)) == twice.showings


def test_repetition_is_carried_fifty_years() -> None:
    assert repeats_until(date(2023, 12, 1)) == date(2074, 1, 7)


@pytest.mark.parametrize(
    ("events", "covered"),
    [
        ([], None),
        ([event()], None),
        ([event("2023-12-16", repeats="FREQ=YEARLY")], None),
        ([event("2023-12-18"), event("2023-12-16..2023-12-17")], ("2023-12-16", "2023-12-18")),
        ([event("2023-12-20..unknown")], ("2023-12-20", "2023-12-20")),
        ([event("2023-12-18", "2023-12-10 01:00")], ("2023-12-09", "2023-12-18")),
        ([event("2023-12-18"), event("2021-12-16", repeats="FREQ=YEARLY")], ("2023-12-18", "2023-12-18")),
    ],
)
def test_programme_covers_the_days_of_its_dated_events(events: list[Event], covered: tuple[str, str] | None) -> None:
    days = covered and (date.fromisoformat(covered[0]), date.fromisoformat(covered[1]))

    assert reduce(widened, events, None) == days


@pytest.mark.parametrize(
    ("category", "minutes"), [("opera", 180), ("exhibition", 90), ("concert", 120), ("chess", 120)]
)
def test_visit_lasts_as_long_as_is_usual_for_its_category(category: str, minutes: int) -> None:
    assert usual_length(category) == timedelta(minutes=minutes)
