"""What a card says of the events near by at the same time, and of the user's visits."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

from kzfest.itineraries.backups import FILE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run: TypeAlias = "Callable[..., tuple[int, str, str]]"
    Programme: TypeAlias = "Callable[..., str]"

VENUES = """\
  - {id: opera, name: Opera, city: A, location: {latitude: 51.1300, longitude: 71.41, accuracy: building}}
  - {id: park, name: Park, city: A, location: {latitude: 51.1390, longitude: 71.41, accuracy: building}}
  - {id: museum, name: Museum, city: A, location: {latitude: 51.1330, longitude: 71.41, accuracy: street}}
  - {id: far, name: Far hall, city: A, location: {latitude: 51.2300, longitude: 71.41, accuracy: building}}
  - {id: lake, name: Lake camp, city: A}
"""
EVENTS = """\
  - {id: swan, title: Swan Lake, category: ballet, venue: opera, start: 2023-12-16 19:00, end: 2023-12-16 21:00}
  - {id: before, title: Tea, category: fair, venue: opera, start: 2023-12-16 17:00, end: 2023-12-16 19:00}
  - {id: talk, title: A talk, category: fair, venue: opera, start: 2023-12-16 18:00, end: 2023-12-16 20:00}
  - {id: songs, title: Songs, category: concert, venue: park, start: 2023-12-16 20:00}
  - {id: paintings, title: Paintings, category: exhibition, venue: museum, start: 2023-12-15, end: 2023-12-20}
  - {id: off, title: Off, category: concert, venue: park, start: 2023-12-16 20:00, status: cancelled}
  - {id: away, title: Away, category: concert, venue: far, start: 2023-12-16 20:00}
  - {id: news, title: Report, category: news, venue: opera, start: 2023-12-16}
  - {id: market, title: Market, category: fair, venue: park, start: 2023-12-16 09:00, end: 2023-12-16 23:00}
  - {id: sledges, title: Sledges, category: sport, venue: lake, start: 2023-12-16}
  - {id: camp, title: Camp fire, category: sport, venue: lake, start: 2023-12-16 20:00}
  - {id: radio, title: On the radio, category: concert, start: 2023-12-16}
  - id: tour
    title: The tour
    category: concert
    showings: [{id: one, start: 2023-12-16, venue: lake}, {id: two, start: 2023-12-20, venue: museum}]
"""


@pytest.fixture(name="ask")
def _ask(kzfest: Run, programme: Programme, tmp_path: Path) -> Callable[..., tuple[int, str, str]]:
    """Return a function that runs a command on the town's programme, in a home of its own."""
    file = programme(EVENTS, venues=VENUES)
    return lambda *args: kzfest("--data", file, *args, KZFEST_HOME=str(tmp_path / "home"))


def beside(ask: Run, *args: str) -> tuple[list[Any], list[tuple[str, int | None, bool]]]:
    """Return the days of the visits on a card, and what is near by: its id, how far it is, whether it is planned."""
    code, stdout, stderr = ask("show", *args, "-f", "json")
    document = json.loads(stdout)
    assert (code, stderr) == (0, "")
    nearby = [(each["id"], each["distance_m"], each["planned"]) for each in document["nearby"]]
    return [each["day"] for each in document["visits"]], nearby


def rows(ask: Run, *args: str) -> list[str]:
    """Return the lines of a card about the itinerary and what is near by."""
    return [line for line in ask("show", *args)[1].splitlines() if line.startswith(("Near by", "Planned", "To plan"))]


def test_card_names_what_is_on_then_the_nearest_first(ask: Run) -> None:
    assert beside(ask, "swan") == ([], [("talk", 0, False), ("paintings", 334, False), ("market", 1001, False)])
    assert rows(ask, "swan")[0] == (
        "Near by     A talk, 18:00–20:00, at the same venue · Paintings, 15–20 Dec, about 350 m "
        "· Market, 09:00–23:00, 1.0 km"
    )


def test_card_without_a_point_on_the_map_names_what_is_at_its_venue(ask: Run) -> None:
    assert beside(ask, "sledges") == ([], [("tour", 0, False), ("camp", 0, False)])


@pytest.mark.parametrize("event", ["radio", "away"])
def test_card_of_a_lonely_event_has_nothing_near_by(ask: Run, event: str) -> None:
    assert (beside(ask, event), len(rows(ask, event))) == (([], []), 1)


@pytest.mark.parametrize(
    ("now", "ids"),
    [("2023-12-01", ["sledges", "camp"]), ("2023-12-18", ["paintings"]), ("2024-05-01", ["sledges", "camp"])],
)
def test_card_of_several_showings_is_about_the_next_one(ask: Run, now: str, ids: list[str]) -> None:
    assert [key for key, _far, _planned in beside(ask, "tour", "--now", now)[1]] == ids


@pytest.mark.parametrize(
    ("now", "ids"), [("2023-12-01", ["tour", "before", "talk"]), ("2023-12-18", ["tour"]), ("2024-05-01", ["tour"])]
)
def test_card_of_days_that_have_begun_is_about_those_from_today_on(ask: Run, now: str, ids: list[str]) -> None:
    assert [key for key, _far, _planned in beside(ask, "paintings", "--now", now)[1]] == ids


def test_card_says_what_is_planned(ask: Run) -> None:
    ask("itinerary", "add", "swan", "songs", "market", "paintings", "--on", "2023-12-16")

    assert beside(ask, "swan") == (
        ["2023-12-16"],
        [("talk", 0, False), ("paintings", 334, True), ("market", 1001, True)],
    )
    near_by, planned = rows(ask, "swan")
    assert planned == "Planned   Saturday 16 December 2023, 19:00–21:00"
    assert near_by.count(", planned") == 2


def test_card_is_shown_also_if_the_itinerary_cannot_be_read(ask: Run, tmp_path: Path) -> None:
    ask("itinerary", "add", "swan")
    (store,) = (tmp_path / "home").rglob(FILE)
    store.write_text("not a database, but long enough to look like one " * 100)

    code, stdout, stderr = ask("show", "swan")

    assert (code, stdout.startswith("Swan Lake\n"), "Planned" in stdout) == (0, True, False)
    assert stderr.startswith("your visits are left out: the itineraries in ")
