"""From options to what is listed: days, places and filters together, and what is said of what they leave out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypeAlias

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Run: TypeAlias = "Callable[..., tuple[int, str, str]]"
    Ask: TypeAlias = "Callable[..., tuple[list[str], str]]"
    Programme: TypeAlias = "Callable[..., str]"

VENUES = """\
  - {id: hall, name: The hall, city: Neudorf, location: {latitude: 51.0, longitude: 71.0, accuracy: building}}
  - {id: barn, name: The barn, city: Neudorf, location: {latitude: 51.01, longitude: 71.0, accuracy: street}}
  - {id: mill, name: The mill, city: Altdorf, location: {latitude: 51.1, longitude: 71.0, accuracy: approximate}}
  - {id: moor, name: The moor, city: Altdorf}
"""
EVENTS = """\
  - {id: fair, title: The fair, category: fair, venue: hall, start: 2023-12-15, end: 2023-12-17, tags: [food]}
  - {id: dance, title: The dance, category: concert, venue: barn, start: 2023-12-16 21:00, end: 2023-12-17 02:00}
  - {id: night, title: Night songs, category: concert, venue: mill, start: 2023-12-17 01:00}
  - {id: photos, title: Photographs, category: exhibition, venue: moor, start: 2023-12-10, end: unknown}
  - {id: stones, title: The stones, category: museum, venue: moor, when: permanent}
  - {id: quiz, title: Pub quiz, category: contest, when: unannounced}
  - {id: rink, title: The rink, category: sport, reported: 2023-12-20}
  - {id: run, title: Winter run, category: sport, start: 2023-12-30 10:00, people: [Aigul]}
"""
HEAD = ", first: 2023-12-01, last: 2023-12-31"
TWO_LEFT_OUT = "2 events without a known date are left out; --undated lists them\n"
ONE_LEFT_OUT = "1 event without a known date is left out; --undated lists it\n"
PLACELESS = "1 venue is left out: its location is unknown\n"
NOTHING = "no matching events on those days\nthe programme runs 1–31 Dec 2023\n"
NOTHING_ELSE = "no other confirmed events on those days\nthe programme runs 1–31 Dec 2023\n"
NEAR = "the nearest days with events: "


@pytest.fixture(name="ask")
def _ask(kzfest: Run, programme: Programme) -> Ask:
    """Return a function that gives the ids in a list of the village's events, and what is told beside it."""
    file = programme(EVENTS, venues=VENUES, head=HEAD)

    def ask(*args: str) -> tuple[list[str], str]:
        code, stdout, stderr = kzfest("list", "--data", file, *args, "-f", "json")
        assert code == 0
        return [event["id"] for event in json.loads(stdout)["events"]], stderr

    return ask


@pytest.mark.parametrize(
    ("args", "ids"),
    [
        ([], ["photos", "fair", "dance", "night", "run", "stones"]),
        (["2023-12-16"], ["dance", "night", "fair", "photos", "stones"]),
        (["--on", "2023-12-16"], ["dance", "night", "fair", "photos", "stones"]),
        (["2023-12-17"], ["fair", "photos", "stones"]),
        (["2023-12-16", "--to", "2023-12-30"], ["dance", "night", "run", "fair", "photos", "stones"]),
        (["--from", "2023-12-17"], ["run", "fair", "photos", "stones"]),
        (["--to", "2023-12-10"], ["photos", "stones"]),
        (["--from", "2023-12-16", "--to", "2023-12-16"], ["dance", "night", "fair", "photos", "stones"]),
        (["--from", "15..17", "dec"], ["fair", "dance", "night", "run", "photos", "stones"]),
        (["--to", "10..16", "dec"], ["photos", "fair", "dance", "night", "stones"]),
        (["--from", "16..20", "dec", "--to", "15..16", "dec"], ["dance", "night", "fair", "photos", "stones"]),
        (["--from", "2024-01-05"], ["stones"]),
        (["now", "--now", "2023-12-17T01:30"], ["dance", "night", "fair", "photos", "stones"]),
        (["now", "--now", "2023-12-17T02:00"], ["night", "fair", "photos", "stones"]),
        (["now", "--now", "2023-12-16T20:59"], ["fair", "photos", "stones"]),
        (["--from", "now", "--now", "2023-12-17T01:30"], ["run", "dance", "night", "fair", "photos", "stones"]),
        (["--from", "now", "--to", "2023-12-20", "--now", "2023-12-17T02:00"], ["night", "fair", "photos", "stones"]),
        (["--starting", "2023-12-16"], ["dance", "night"]),
        (["--starting"], ["photos", "fair", "dance", "night", "run"]),
        (["--undated"], ["quiz", "rink"]),
        (["--undated", "--category", "sport"], ["rink"]),
        (["--venue", "hall"], ["fair"]),
        (["--near", "hall"], ["fair", "dance"]),
        (["--near", "hall", "--within", "0"], ["fair"]),
        (["--near", "hall", "--within", "11.2"], ["fair", "dance", "night"]),
        (["--near", "hall", "--within", "11.1"], ["fair", "dance"]),
        (["--near", "hall", "--within", "11,2"], ["fair", "dance", "night"]),
        (["--category", "concert"], ["dance", "night"]),
        (["--category", "concert", "--category", "sport"], ["dance", "night", "run"]),
        (["--not-category", "concert"], ["photos", "fair", "run", "stones"]),
        (["--city", "Altdorf"], ["photos", "night", "stones"]),
        (["--city", "Altdorf", "--category", "concert"], ["night"]),
        (["--tag", "food"], ["fair"]),
        (["--search", "aigul"], ["run"]),
        (["-s", "songs"], ["night"]),
        (["--search", "mill"], ["night"]),
        (["-s", "songs", "-s", "mill"], ["night"]),
        (["-s", "songs", "-s", "aigul"], []),
        (["-s", "songs", "-s", "xylophone"], []),
    ],
    ids=" ".join,
)
def test_list_has_what_was_asked(ask: Ask, args: list[str], ids: list[str]) -> None:
    assert ask(*args)[0] == ids


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["--on", "2023-12-15"], TWO_LEFT_OUT),
        (["--on", "2023-12-15", "--category", "fair"], ""),
        (["--category", "sport"], ONE_LEFT_OUT),
        (["--undated"], ""),
        (["--undated", "--category", "fair"], "all matching events have a date\n"),
        (["--limit", "6", "--not-category", "sport"], ONE_LEFT_OUT),
        (
            ["--limit", "1", "--not-category", "sport"],
            f"more events match: raise --limit to see them\n{ONE_LEFT_OUT}",
        ),
        (["15", "dec", "--category", "fair"], "15 dec: Friday 15 December 2023\n"),
        (
            ["--from", "15", "dec", "--to", "17", "dec", "-c", "fair"],
            "15 dec: Friday 15 December 2023\n17 dec: Sunday 17 December 2023\n",
        ),
        (["--near", "hall", "--category", "fair"], PLACELESS),
        (["--on", "2023-12-05", "--category", "concert"], f"{NOTHING}{NEAR}Saturday 16 December 2023\n"),
        (
            ["--on", "2023-12-12", "--not-category", "sport"],
            f"{NOTHING_ELSE}{NEAR}Sunday 10 December 2023; Friday 15 December 2023\n{ONE_LEFT_OUT}",
        ),
        (
            ["2023-12-18..2023-12-20", "-c", "concert", "-c", "sport"],
            f"{NOTHING}{NEAR}Saturday 16 December 2023; Saturday 30 December 2023\n{ONE_LEFT_OUT}",
        ),
        (["--search", "xylophone"], "no matching events in the programme\n"),
        (
            ["now", "--now", "2023-12-25T12:00", "-c", "fair", "-c", "sport"],
            f"{NOTHING}{NEAR}Sunday 17 December 2023; Saturday 30 December 2023\n{ONE_LEFT_OUT}",
        ),
        (["--limit", "0", "--category", "fair"], "more events match: raise --limit to see them\n"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_is_left_out_is_told(ask: Ask, args: list[str], told: str) -> None:
    assert ask(*args)[1] == told


def test_other_programmes_are_named_where_they_have_events_on_those_days(kzfest: Run) -> None:
    code, _stdout, stderr = kzfest("list", "2025-12-16", "-f", "json")

    assert code == 0
    assert stderr.splitlines()[-2:] == [
        "archive has events on those days: --programme archive  (Astana's festive seasons of 2022, 2024 and 2025)",
        "abroad has events on those days: --programme abroad  (Kazakhstan in the news, December 2025)",
    ]


@pytest.mark.parametrize("day", ["2023-12-17", "2024-02-20", "1999-01-01"])
def test_other_programmes_are_not_named_where_they_have_nothing(kzfest: Run, day: str) -> None:
    code, _stdout, stderr = kzfest("list", day, "-f", "json")

    assert code == 0
    assert [line for line in stderr.splitlines() if "--programme" in line] == []


def test_programme_without_a_dated_event_has_no_days_to_tell(kzfest: Run, programme: Programme) -> None:
    file = programme("  - {id: quiz, title: Pub quiz, category: contest, when: unannounced}")

    listed = kzfest("--data", file, "list", "-f", "jsonl")
    on_a_day = kzfest("--data", file, "list", "2023-12-17", "-f", "jsonl")
    home = kzfest("--data", file)

    assert (listed[0], [json.loads(line)["id"] for line in listed[1].splitlines()]) == (0, ["quiz"])
    elsewhere = "astana has events on those days: --programme astana  "
    elsewhere += "(Astana's festive programme, December 2023 and January 2024)\n"
    assert on_a_day == (0, "", f"no matching events on those days\n{ONE_LEFT_OUT}{elsewhere}")
    assert (home[0], home[2]) == (0, "")
    assert home[1].splitlines()[:5] == [
        "Village fair",
        "",
        "no dated event · 1 event · Asia/Almaty",
        "",
        "No more events.",
    ]
