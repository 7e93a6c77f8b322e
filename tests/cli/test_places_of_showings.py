"""Filters by place judge the showing: a tour is at a venue, and in a city, only on its days there."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run: TypeAlias = "Callable[..., tuple[int, str, str]]"
    Programme: TypeAlias = "Callable[..., str]"

VENUES = """\
  - {id: alpha, name: Alpha hall, city: Bonn, location: {latitude: 50.7, longitude: 7.1, accuracy: building}}
  - {id: beta, name: Beta hall, city: Ulm, location: {latitude: 48.4, longitude: 10.0, accuracy: building}}
  - {id: gamma, name: Gamma hall, city: Ulm, location: {latitude: 40.4, longitude: 10.0, accuracy: building}}
"""
EVENTS = """\
  - id: gig
    title: Gig
    category: concert
    showings:
      - {id: one, start: 2023-12-06 19:00, end: 2023-12-06 21:00, venue: alpha}
      - {id: two, start: 2023-12-07 19:00, end: 2023-12-07 21:00, venue: beta}
      - {id: three, start: 2023-12-08 19:00, end: 2023-12-08 21:00, venue: alpha}
  - id: play
    title: Play
    category: theatre
    venue: alpha
    showings:
      - {id: one, start: 2023-12-06 10:00, end: 2023-12-06 11:00}
      - {id: two, start: 2023-12-09 10:00, end: 2023-12-09 11:00, venue: gamma}
  - {id: always, title: Always, category: museum, venue: alpha, when: permanent}
  - id: fete
    title: Fete
    category: fair
    city: Köln
    showings:
      - {id: one, start: 2023-12-06 12:00, end: 2023-12-06 13:00}
      - {id: two, start: 2023-12-10 12:00, end: 2023-12-10 13:00, venue: gamma}
"""


@pytest.fixture(name="tour")
def _tour(programme: Programme) -> str:
    return programme(EVENTS, venues=VENUES)


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        (["6 dec", "--venue", "beta"], []),
        (["7 dec", "--venue", "beta"], [("gig", ["two"])]),
        (["--venue", "alpha"], [("play", ["one"]), ("gig", ["one", "three"]), ("always", [])]),
        (["--city", "ulm"], [("gig", ["two"]), ("play", ["two"]), ("fete", ["two"])]),
        (["--city", "köln"], [("fete", ["one"])]),
        (["6 dec", "--near", "beta"], []),
        (["--near", "beta"], [("gig", ["two"])]),
        (["--venue", "beta", "--city", "bonn"], []),
        (["--from", "8 dec", "--city", "bonn", "--starting"], [("gig", ["one", "three"])]),
        (
            ["6 dec"],
            [("play", ["one", "two"]), ("fete", ["one", "two"]), ("gig", ["one", "two", "three"]), ("always", [])],
        ),
    ],
)
def test_list_finds_the_showings_at_the_places_asked(
    kzfest: Run, tour: str, args: list[str], expected: list[tuple[str, list[str]]]
) -> None:
    code, stdout, _stderr = kzfest("--data", tour, "list", *args, "-f", "json")

    found = [(each["id"], [one["id"] for one in each["showings"]]) for each in json.loads(stdout)["events"]]
    assert (code, found) == (0, expected)


def place_fields(record: dict[str, Any]) -> tuple[Any, ...]:
    """Return the fields of an event's record that say where, and when."""
    return record["start"][:10], record["venue"] and record["venue"]["id"], record["city"]


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        (["6 dec", "--category", "concert"], ("2023-12-06", "alpha", "Bonn")),
        (["--city", "ulm", "--category", "concert"], ("2023-12-07", "beta", "Ulm")),
        (["10 dec", "--category", "fair", "--city", "ulm"], ("2023-12-10", "gamma", "Ulm")),
        (["6 dec", "--category", "fair"], ("2023-12-06", None, "Köln")),
    ],
)
def test_record_has_the_venue_and_city_of_the_showing_that_is_listed(
    kzfest: Run, tour: str, args: list[str], expected: tuple[Any, ...]
) -> None:
    _code, stdout, _stderr = kzfest("--data", tour, "list", *args, "-f", "json")

    (record,) = json.loads(stdout)["events"]
    assert place_fields(record) == expected


def test_sort_by_venue_takes_the_venue_of_the_showing(kzfest: Run, tour: str) -> None:
    def sorted_by_venue(*args: str) -> list[str]:
        _code, stdout, _stderr = kzfest("--data", tour, "list", *args, "--sort", "venue", "-f", "json")
        return [each["id"] for each in json.loads(stdout)["events"]]

    assert sorted_by_venue("6..7 dec") == ["always", "gig", "play", "fete"]
    assert sorted_by_venue("7..10 dec", "--city", "ulm") == ["gig", "fete", "play"]


def test_card_of_a_venue_has_what_is_on_there(kzfest: Run, tour: str) -> None:
    code, stdout, _stderr = kzfest("--data", tour, "venue", "beta")

    assert (code, "7 Dec 2023" in stdout, "6 Dec" in stdout, "more times" in stdout) == (0, True, False, False)


def test_venues_count_the_events_that_have_a_showing_there(kzfest: Run, programme: Programme) -> None:
    showings = "[{id: a, start: 2023-12-06, venue: beta}]"
    moved = f"  - {{id: play, title: Play, category: theatre, venue: alpha, showings: {showings}}}"
    file = programme(moved, venues=VENUES)

    _code, stdout, _stderr = kzfest("--data", file, "venues", "-f", "json")

    counts = {each["id"]: each["events"] for each in json.loads(stdout)["venues"]}
    assert counts == {"alpha": 0, "beta": 1, "gamma": 0}


def test_hint_about_the_nearest_days_counts_showings_there(kzfest: Run, tour: str) -> None:
    code, stdout, stderr = kzfest("--data", tour, "list", "6 dec", "--venue", "beta")

    assert (code, stdout, "7 December" in stderr, "8 December" in stderr) == (0, "", True, False)


@pytest.mark.parametrize(
    ("place", "days"), [(["--venue", "beta"], ["20231207"]), (["--city", "bonn"], ["20231206", "20231208"])]
)
def test_export_has_the_showings_at_the_places_asked(kzfest: Run, tour: str, place: list[str], days: list[str]) -> None:
    _code, stdout, _stderr = kzfest("--data", tour, "export", *place, "--category", "concert", "-f", "ics")

    starts = [line.partition(":")[2][:8] for line in stdout.splitlines() if line.startswith("DTSTART;")]
    assert starts == days


def test_suggestion_gaps_and_add_all_take_showings_at_the_places_asked(kzfest: Run, tour: str, tmp_path: Path) -> None:
    def asked(*args: str) -> Any:
        return kzfest("--data", tour, "itinerary", *args, KZFEST_HOME=str(tmp_path))

    suggested = json.loads(asked("suggest", "6..8 dec", "--city", "ulm", "-f", "json")[1])
    gaps = json.loads(asked("gaps", "6..7 dec", "--venue", "beta", "-f", "json")[1])
    asked("add", "--all", "--venue", "beta")
    planned = json.loads(asked("show", "-f", "json")[1])

    assert [(each["event"], each["day"]) for each in suggested["visits"]] == [("gig", "2023-12-07")]
    assert [(gap["day"], [fit["id"] for fit in gap["fits"]]) for gap in gaps["gaps"]] == [
        ("2023-12-06", []),
        ("2023-12-07", ["gig"]),
    ]
    assert [(each["event"], each["day"]) for each in planned["visits"]] == [("gig", "2023-12-07")]
