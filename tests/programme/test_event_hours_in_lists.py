"""When an event with hours of its own is on, and what the catalogue says of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeAlias
from zoneinfo import ZoneInfo

import pytest

from kzfest.programme.database.queries import EventQuery

if TYPE_CHECKING:
    from collections.abc import Callable

    from kzfest.programme.database.catalogue import Catalogue

    Made: TypeAlias = "Callable[[str], Catalogue]"

TEXT = """\
format: 1
programme: {{id: p, title: P, timezone: Asia/Almaty, revised: 2026-10-01, first: 2026-10-05, last: 2026-10-18}}
sources: {{board: {{title: A board}}}}
venues: [{{id: a, name: A, city: Bonn}}, {{id: b, name: B, city: Ulm}}]
events:
  - {{id: e, title: E, category: exhibition, venue: a, hours: "12:00-20:00", {when}}}
"""
WEEKEND = "start: 2026-10-09, end: 2026-10-11"
ALMATY = ZoneInfo("Asia/Almaty")


def found(catalogue: Catalogue, **asked: Any) -> list[tuple[str, list[str]]]:
    """Return certainty and ids of the showings of each event in an answer."""
    return [
        (each.certainty, [showing.id for showing in each.showings]) for each in catalogue.events(EventQuery(**asked))
    ]


def moment(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-10-{text}").replace(tzinfo=ALMATY)


@pytest.mark.parametrize(
    ("text", "is_on"),
    [
        ("09 11:59", False),
        ("09 12:00", True),
        ("09 19:59", True),
        ("09 20:00", False),
        ("11 12:00", True),
        ("12 12:00", False),
    ],
)
def test_event_is_on_only_at_its_hours(catalogue: Made, text: str, *, is_on: bool) -> None:
    there = catalogue(TEXT.format(when=WEEKEND))

    assert bool(there.events(EventQuery(moment=moment(text)))) is is_on


def test_answer_has_the_showings_of_its_days(catalogue: Made) -> None:
    there = catalogue(TEXT.format(when=WEEKEND))
    tenth = date(2026, 10, 10)

    assert found(there, first=tenth, last=tenth) == [("certain", ["2026-10-10"])]
    assert found(there) == [("certain", ["2026-10-09", "2026-10-10", "2026-10-11"])]
    assert found(there, first=tenth, last=tenth, starting=True) == []


def test_open_end_may_be_on_later(catalogue: Made) -> None:
    there = catalogue(TEXT.format(when="start: 2026-10-09, end: unknown"))
    ninth, tenth = date(2026, 10, 9), date(2026, 10, 10)

    assert found(there, first=ninth, last=ninth) == [("certain", ["2026-10-09"])]
    assert found(there, first=tenth, last=tenth) == [("possible", [""])]


def test_dispute_makes_it_possible_on_other_days(catalogue: Made) -> None:
    dispute = "disputes: [{field: start, value: 2026-10-08, source: board}]"
    there = catalogue(TEXT.format(when=f"{WEEKEND}, {dispute}"))
    eighth = date(2026, 10, 8)

    assert found(there, first=eighth, last=eighth) == [("possible", [""])]


def test_place_of_a_showing_is_that_of_its_parts(catalogue: Made) -> None:
    there = catalogue(
        TEXT.format(when="showings: [{start: 2026-10-09}, {start: 2026-10-10, end: 2026-10-11, venue: b}]")
    )

    assert found(there, venues=("a",)) == [("certain", ["1-2026-10-09"])]
    assert found(there, cities=("ulm",)) == [("certain", ["2-2026-10-10", "2-2026-10-11"])]


def test_showing_in_another_zone_is_on_at_its_own_day(catalogue: Made) -> None:
    there = catalogue(
        TEXT.replace('hours: "12:00-20:00", ', "").format(
            when="showings: [{start: 2026-10-09 23:00, end: 2026-10-09 23:30, zone: Europe/London}]"
        )
    )

    ((event, days),) = [(each, (each.first_day, each.last_day)) for each in there.events(EventQuery())]
    assert (str(event.showings[0].start), event.showings[0].zone) == ("2026-10-09 23:00:00+01:00", "Europe/London")
    assert days == (date(2026, 10, 9), date(2026, 10, 9))
    assert found(there, moment=moment("10 03:10")) == [("certain", ["1"])]
