"""What `--near` finds and how far it says that is: in lists, venues and searches, from a venue or a point."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Run: TypeAlias = "Callable[..., tuple[int, str, str]]"
    Programme: TypeAlias = "Callable[..., str]"

VENUES = """\
  - {id: opera, name: Opera, city: A, location: {latitude: 51.1300, longitude: 71.41, accuracy: building}}
  - {id: park, name: City park, city: A, location: {latitude: 51.1390, longitude: 71.41, accuracy: building}}
  - {id: museum, name: Museum, city: A, location: {latitude: 51.1345, longitude: 71.41, accuracy: approximate}}
  - {id: far, name: Far opera, city: A, location: {latitude: 51.2300, longitude: 71.41, accuracy: building}}
"""
EVENTS = """\
  - {id: run, title: Opera run, category: sport, venue: park, start: 2023-12-16 09:00}
  - {id: swan, title: Swan Lake, category: ballet, venue: opera, start: 2023-12-16 19:00, people: [Aida]}
  - {id: paintings, title: Paintings, category: exhibition, venue: museum, start: 2023-12-15, end: 2023-12-20}
  - {id: away, title: Far away, category: concert, venue: far, start: 2023-12-16 20:00, people: [Aida]}
  - id: tour
    title: The tour
    category: concert
    showings: [{id: one, start: 2023-12-15, venue: far}, {id: two, start: 2023-12-17, venue: park}]
"""
POINT = "51.13,71.41"


@pytest.fixture(name="ask")
def _ask(kzfest: Run, programme: Programme) -> Callable[..., tuple[int, str, str]]:
    """Return a function that asks the programme of a town where every venue has a place."""
    file = programme(EVENTS, venues=VENUES)
    return lambda *args: kzfest("--data", file, *args)


def items(ask: Run, *args: str) -> list[Any]:
    """Return the items of the answer to *args* as JSON lines."""
    code, stdout, stderr = ask(*args, "-f", "jsonl")
    assert (code, stderr) == (0, "")
    return [json.loads(line) for line in stdout.splitlines()]


@pytest.mark.parametrize("place", ["opera", POINT, "51.13 71.41"])
def test_list_has_what_is_near_and_how_far(ask: Run, place: str) -> None:
    found = items(ask, "list", "--near", place)

    assert [(each["id"], each["distance_m"]) for each in found] == [
        ("paintings", 500), ("run", 1001), ("swan", 0), ("tour", 1001),
    ]  # fmt: skip


def test_list_by_distance_has_the_nearest_first(ask: Run) -> None:
    found = items(ask, "list", "--near", POINT, "--within", "20", "--sort", "distance")

    assert [each["id"] for each in found] == ["swan", "paintings", "run", "tour", "away"]


def test_list_without_a_place_has_no_distance(ask: Run) -> None:
    assert {each["distance_m"] for each in items(ask, "list")} == {None}


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ["1.0 km away", "about 500 m away"]),
        ("kk", ["1,0 км қашықтықта", "шамамен 500 м қашықтықта"]),
        ("ru", ["на расстоянии 1,0 км", "на расстоянии около 500 м"]),
    ],
)
def test_distance_is_told_beside_the_place(ask: Run, language: str, told: list[str]) -> None:
    code, stdout, _stderr = ask("list", "--near", "opera", "--on", "2023-12-16", "--lang", language)

    assert (code, [text in stdout for text in told]) == (0, [True, True])


def test_venues_near_a_place_are_listed_by_distance(ask: Run) -> None:
    found = items(ask, "venues", "--near", POINT)

    assert [(each["id"], each["events"], each["distance_m"]) for each in found] == [
        ("opera", 1, 0), ("museum", 1, 500), ("park", 2, 1001),
    ]  # fmt: skip
    assert [each["distance_m"] for each in items(ask, "venues")] == [None] * 4


def test_page_of_venues_near_a_place_has_a_column_for_the_distance(ask: Run) -> None:
    code, stdout, stderr = ask("venues", "--near", POINT, "--within", "0,6")

    assert (code, stderr) == (0, "")
    assert stdout.splitlines() == [
        "Venue   Address  Distance     Events  Id",
        "Opera   A        0 m          1       opera",
        "Museum  A        about 500 m  1       museum",
    ]


def test_search_near_a_place_leaves_out_what_is_not(ask: Run) -> None:
    found = items(ask, "search", "opera", "--near", "park")

    assert [(each["id"], each["kind"], each["distance_m"]) for each in found] == [
        ("opera", "venue", 1001), ("run", "event", 0), ("swan", "event", 1001), ("tour", "event", 0),
    ]  # fmt: skip


def test_search_near_a_place_shows_the_distance(ask: Run) -> None:
    code, stdout, stderr = ask("search", "museum", "--near", POINT)

    assert (code, stderr) == (0, "")
    assert stdout.splitlines()[1:] == [
        "venue  Museum     A · about 500 m away               name      museum",
        "event  Paintings  15–20 Dec 2023 · about 500 m away  place     paintings",
    ]


def test_person_found_near_a_place_has_the_events_there_only(ask: Run) -> None:
    (found,) = items(ask, "search", "Aida", "--near", POINT)[:1]

    assert ([each["id"] for each in found["events"]], found["distance_m"]) == (["swan"], None)


def test_search_with_nothing_near_says_so(ask: Run) -> None:
    assert ask("search", "away", "--near", "opera") == (0, "", "no results for 'away' with these filters\n")


@pytest.mark.parametrize("args", [["list"], ["venues"], ["search", "opera"], ["export", "-f", "json"]])
def test_place_is_checked_wherever_it_is_taken(ask: Run, args: list[str]) -> None:
    outcomes = [ask(*args, *options) for options in (["--near", "moon"], ["--near", "95,71"], ["--within", "2"])]

    assert [(code, stdout) for code, stdout, _stderr in outcomes] == [(3, ""), (2, ""), (2, "")]
    assert outcomes[2][2] == "kzfest: --within needs --near and a place\n"


def test_order_by_distance_needs_a_place(ask: Run) -> None:
    assert ask("list", "--sort", "distance") == (2, "", "kzfest: --sort distance needs --near and a place\n")


def test_gaps_and_suggestions_are_near_a_point(ask: Run) -> None:
    code, stdout, _stderr = ask("itinerary", "gaps", "2023-12-16", "--near", "51.139,71.41", "--within", "0.6")

    assert (code, "Opera run" in stdout, "about 500 m away" in stdout, "Swan" in stdout) == (0, True, True, False)
