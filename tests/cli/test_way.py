"""What `way` says: how far it is between venues, events and points, and how long it takes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Run: TypeAlias = "Callable[..., tuple[int, str, str]]"
    Programme: TypeAlias = "Callable[..., str]"

VENUES = """\
  - id: opera
    name: {en: Opera, ru: Опера}
    city: A
    location: {latitude: 51.1350, longitude: 71.4100, accuracy: building}
  - {id: park, name: City park, city: A, location: {latitude: 51.1555, longitude: 71.4205, accuracy: building}}
  - {id: museum, name: Museum, city: A, location: {latitude: 51.1185, longitude: 71.4697, accuracy: approximate}}
  - {id: lake, name: Lake camp, city: A}
"""
EVENTS = """\
  - {id: swan, title: Swan Lake, category: ballet, venue: opera, start: 2023-12-16 19:00}
  - {id: park-run, title: Park run, category: sport, venue: park, start: 2023-12-16}
  - {id: sledges, title: Sledge race, category: sport, venue: lake, start: 2023-12-17}
  - {id: radio, title: On the radio, category: concert, start: 2023-12-17}
  - id: tour
    title: The tour
    category: concert
    showings: [{id: one, start: 2023-12-17, venue: opera}, {id: two, start: 2023-12-18, venue: park}]
"""


@pytest.fixture(name="way")
def _way(kzfest: Run, programme: Programme) -> Callable[..., tuple[int, str, str]]:
    """Return a function that asks for a way in the small town."""
    file = programme(EVENTS, venues=VENUES)
    return lambda *args: kzfest("--data", file, "way", *args)


def test_way_says_how_far_and_how_long(way: Run) -> None:
    code, stdout, stderr = way("opera", "park")

    assert (code, stderr) == (0, "")
    assert stdout.splitlines() == [
        "Opera → City park",
        "",
        "Straight line  2.4 km",
        "On foot        42 min",
        "By car         8 min",
        "Map            https://www.openstreetmap.org/directions?route=51.1350,71.4100;51.1555,71.4205",
        "",
        "The times assume 1.3 times the straight line; the way back takes as long.",
    ]


def document(way: Run, *args: str) -> Any:
    code, stdout, stderr = way(*args, "-f", "json")
    assert (code, stderr) == (0, "")
    return json.loads(stdout)


def test_way_is_one_document(way: Run) -> None:
    assert document(way, "swan", "51.1185, 71.4697") == {
        "schema": 1,
        "programme": {"id": "village", "title": "Village fair", "timezone": "Asia/Almaty"},
        "from": {
            "name": "Swan Lake (Opera)",
            "venue": "opera",
            "event": "swan",
            "latitude": 51.135,
            "longitude": 71.41,
            "accuracy": "building",
        },
        "to": {
            "name": "51.1185, 71.4697",
            "venue": None,
            "event": None,
            "latitude": 51.1185,
            "longitude": 71.4697,
            "accuracy": "building",
        },
        "distance_m": 4552,
        "ways": [{"by": "walk", "minutes": 79, "estimate": False}, {"by": "car", "minutes": 15, "estimate": False}],
        "map": "https://www.openstreetmap.org/directions?route=51.1350,71.4100;51.1185,71.4697",
    }


def test_way_between_places_that_are_not_exact_is_an_estimate(way: Run) -> None:
    told = way("opera", "museum")[1].splitlines()

    assert told[2:5] == [
        "Straight line  about 4.6 km",
        "On foot        1 h 19 min, estimate",
        "By car         15 min, estimate",
    ]


def test_way_back_is_as_long(way: Run) -> None:
    there, back = document(way, "opera", "museum"), document(way, "museum", "opera")

    assert (there["distance_m"], there["ways"]) == (back["distance_m"], back["ways"])


@pytest.mark.parametrize(("here", "there"), [("museum", "museum"), ("opera", "swan"), ("51.1,71.4", "51.1 71.4")])
def test_way_within_a_place_is_none(way: Run, here: str, there: str) -> None:
    found = document(way, here, there)

    assert (found["distance_m"], [(each["minutes"], each["estimate"]) for each in found["ways"]]) == (
        0,
        [(0, False), (0, False)],
    )


@pytest.mark.parametrize(
    ("name", "venue", "event"),
    [
        ("park", "park", None),
        ("Park run", "park", "park-run"),
        ("опера", "opera", None),
    ],
)
def test_name_is_a_venue_or_else_an_event(way: Run, name: str, venue: str, event: str | None) -> None:
    found = document(way, name, "museum")["from"]

    assert (found["venue"], found["event"]) == (venue, event)


@pytest.mark.parametrize(
    ("name", "code", "told"),
    [
        ("moon", 3, "no venue and no event is called 'moon'; `kzfest --data {file} venues` lists the venues"),
        ("lake", 3, "the location of 'lake' is unknown; give a point on the map instead, such as 51.13,71.43"),
        ("sledges", 3, "the location of 'lake' is unknown; give a point on the map instead, such as 51.13,71.43"),
        ("radio", 3, "the venue of 'radio' is unknown; give a point on the map instead, such as 51.13,71.43"),
        ("tour", 3, "'tour' takes place at several venues; choose one: opera, park"),
        ("95,71", 2, "'95,71' is not a point: latitudes go from -90 to 90 and longitudes from -180 to 180 degrees"),
    ],
)
def test_place_that_is_not_known_is_one_sentence(
    kzfest: Run, programme: Programme, name: str, code: int, told: str
) -> None:
    file = programme(EVENTS, venues=VENUES)

    assert kzfest("--data", file, "way", "opera", name) == (code, "", f"kzfest: {told.format(file=file)}\n")


@pytest.mark.parametrize("points", [("-33.9,18.4", "-33.9, -18.4"), ("-33.9 18.4", "33.9S 18.4W")])
def test_point_may_begin_with_a_minus(way: Run, points: tuple[str, str]) -> None:
    found = document(way, *points)

    assert [(found[end]["name"], found[end]["latitude"], found[end]["longitude"]) for end in ("from", "to")] == [
        (points[0], -33.9, 18.4),
        (points[1], -33.9, -18.4),
    ]
