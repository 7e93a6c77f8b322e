"""What a repeating event's rule gives, and when it is refused."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzfest.core.festival_day import shown, stretches
from kzfest.core.model import Event, Showing
from kzfest.core.recurrence import occurrences
from kzfest.programme.reading.reader import read_programme
from kzfest.programme.zones import zone

BERLIN = ZoneInfo("Europe/Berlin")
EVENING = datetime(2026, 6, 6, 19, tzinfo=BERLIN)


@pytest.mark.parametrize("until", ["20260608T170000Z", "20260608", "20260608T190000"])
def test_end_of_a_rule_is_included_however_it_is_written(until: str) -> None:
    found = occurrences(f"FREQ=DAILY;UNTIL={until}", EVENING, until=date(2030, 1, 1))

    assert found == [EVENING.replace(day=day) for day in (6, 7, 8)]


def test_rule_that_is_spent_before_the_programme_ends_is_a_fault() -> None:
    text = (
        "format: 1\n"
        "programme: {id: p, title: P, timezone: Europe/Berlin, revised: 2026-05-01,\n"
        "            first: 2026-06-01, last: 2026-08-31}\n"
        "events:\n"
        "  - {id: sunrise, title: Sunrise, category: nature, start: 2023-06-01, repeats: FREQ=DAILY}\n"
    )

    reading, problems = read_programme(text.encode(), file="p.yaml")

    assert (reading, [str(problem) for problem in problems]) == (
        None,
        ["p.yaml:5:81: the rule repeats 1000 times, the most allowed, before the programme ends; use a later start"],
    )


def spans(text: str) -> list[tuple[str, str]]:
    """Return start and end of each showing that the repeating event of the programme *text* has."""
    reading, problems = read_programme(text.encode(), file="p.yaml")
    assert (reading and len(reading.events), problems) == (1, [])
    (event,) = reading.events if reading else ()
    found = stretches(event, zone=zone(reading.head.timezone), last=None, until=date(2027, 1, 1)) if reading else ()
    return [(str(each.showing.start), str(each.showing.end)) for each in found]


def repeating(timezone: str, start: str, end: str, rule: str) -> str:
    return (
        "format: 1\n"
        f"programme: {{id: p, title: P, timezone: {timezone}, revised: 2011-01-01,\n"
        "            first: 2011-01-01, last: 2026-12-31}\n"
        f"events: [{{id: e, title: E, category: c, start: {start}, end: {end}, repeats: {rule}}}]\n"
    )


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("02:00", "03:00", ("03:00:00", "04:00:00")),
        ("02:30", "03:00", ("03:30:00", "04:00:00")),
        ("02:30", "03:30", ("03:30:00", "04:30:00")),
        ("02:00", "04:00", ("03:00:00", "04:00:00")),
        ("01:30", "02:30", ("01:30:00", "03:30:00")),
        ("01:00", "05:00", ("01:00:00", "05:00:00")),
    ],
)
def test_repeat_in_the_hour_that_clocks_leave_out_is_later_and_has_a_length(
    start: str, end: str, expected: tuple[str, str]
) -> None:
    text = repeating("Europe/Berlin", f"2026-03-28 {start}", f"2026-03-28 {end}", "FREQ=DAILY;COUNT=3")

    assert [(begins[11:19], ends[11:19]) for begins, ends in spans(text)] == [
        (f"{start}:00", f"{end}:00"),
        expected,
        (f"{start}:00", f"{end}:00"),
    ]


def test_repeat_of_a_day_that_clocks_leave_out_is_left_out() -> None:
    text = repeating("Pacific/Apia", "2011-12-29", "2011-12-29", "FREQ=DAILY;COUNT=3")

    assert spans(text) == [("2011-12-29", "2011-12-29"), ("2011-12-31", "2011-12-31")]


@given(
    st.sampled_from(["Europe/Berlin", "Africa/Casablanca", "America/Santiago", "Australia/Lord_Howe", "Pacific/Apia"]),
    st.integers(0, 24 * 12 - 1),
    st.integers(1, 24 * 12),
)
def test_each_repeat_has_hours_that_its_clocks_show_and_a_length(timezone: str, begins: int, length: int) -> None:
    start = datetime(2011, 1, 1, tzinfo=zone(timezone)) + timedelta(minutes=5 * begins)
    end = start + timedelta(minutes=5 * length)
    first = Showing("", start, end)
    event = Event(id="e", title={"en": "E"}, category="c", showings=(first,), repeats="FREQ=DAILY;COUNT=800")

    found = list(stretches(event, zone=zone(timezone), last=None, until=date(2014, 1, 1)))

    assert len(found) == 800
    assert all(each.start.timestamp() < each.end.timestamp() for each in found)
    assert all(shown(moment) == moment for each in found for moment in (each.start, each.end))
