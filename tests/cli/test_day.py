"""`kzfest day`: it shows what `list` shows of a day, each event once, at its hour and its place."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest
from rich.cells import cell_len
from tests.cli.hostile import acting, as_yaml, hostile_programme

from kzfest.cli.session import Session
from kzfest.cli.terminal.tables import render
from kzfest.formats.page import plain
from kzfest.i18n import set_language
from kzfest.itineraries.backups import FILE
from kzfest.pages.day_grid import day_page
from kzfest.pages.day_view import DayView
from kzfest.paths import PROGRAMMES, data_folder
from kzfest.programme.database.queries import EventQuery
from kzfest.programme.day_schedule import day_schedule, listings_by_day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from kzfest.core.model import PlaceKind

    Run: TypeAlias = "Callable[..., tuple[int, str, str]]"
    Programme: TypeAlias = "Callable[..., str]"

WIDTHS = (40, 59, 60, 61, 79, 80, 81, 100, 119, 120, 200)
DANCE = """\
  - {id: dance, title: Dance, category: concert, venue: hall, room: big, start: 2023-12-16 21:00, end: 2023-12-17 02:00}
  - {id: tea, title: Tea, category: fair, venue: hall, room: small, start: 2023-12-16 21:00, end: 2023-12-16 22:00}
  - {id: song, title: Song, category: concert, venue: hall, room: big, start: 2023-12-16 22:15, tracks: [Music]}
  - {id: off, title: Off, category: concert, venue: mill, start: 2023-12-16 20:30, end: 2023-12-16 21:30,
     status: cancelled}
  - {id: walk, title: Walk, category: tour, place: The well, start: 2023-12-16}
  - {id: fair, title: Fair, category: fair, venue: mill, start: 2023-12-15, end: 2023-12-17}
"""
VENUES = """\
  - {id: mill, name: The mill, city: Neudorf}
  - {id: hall, name: The hall, city: Neudorf, rooms: {small: {name: Small room}, big: {name: Big room}}}
"""


def days_between(first: str, last: str) -> Iterator[str]:
    day = date.fromisoformat(first)
    while day <= date.fromisoformat(last):
        yield day.isoformat()
        day += timedelta(days=1)


def answer(kzfest: Run, *args: str, **environment: str) -> Any:
    code, stdout, stderr = kzfest(*args, "-f", "json", **environment)
    assert code == 0, stderr
    return json.loads(stdout)


def begins(showing: Any, day: str) -> bool:
    """Whether a showing of a list begins at an hour of the festival day *day*."""
    if "T" not in showing["start"]:
        return False
    return (datetime.fromisoformat(showing["start"]) - timedelta(hours=5)).date().isoformat() == day


@pytest.mark.parametrize(
    ("programme", "first", "last"), [("astana", "2023-12-01", "2024-01-31"), ("archive", "2025-12-01", "2026-01-15")]
)
def test_a_day_has_what_list_has(kzfest: Run, programme: str, first: str, last: str) -> None:
    for day in days_between(first, last):
        listed = answer(kzfest, "-p", programme, "list", "--on", day)["events"]
        found = answer(kzfest, "-p", programme, "day", day)["events"]

        roles = {event["id"]: {each["role"] for each in found if each["id"] == event["id"]} for event in listed}
        assert Counter(each["id"] for each in found).keys() == {event["id"] for event in listed}
        assert Counter((each["id"], each["start"]) for each in found if each["start"]) == Counter(
            (event["id"], showing["start"])
            for event in listed
            if event["certainty"] == "certain"
            for showing in event["showings"]
            if begins(showing, day)
        )
        assert {event["id"] for event in listed if event["certainty"] == "permanent"} == {
            key for key, role in roles.items() if role == {"permanent"}
        }
        assert {event["id"] for event in listed if event["certainty"] == "possible"} == {
            key for key, role in roles.items() if role <= {"may_be_on", "other_source"}
        }


def test_several_days_have_what_each_has(kzfest: Run) -> None:
    days = [answer(kzfest, "day", day)["events"] for day in days_between("2023-12-15", "2023-12-17")]

    assert answer(kzfest, "day", "15..17", "dec")["events"] == [each for events in days for each in events]


@pytest.mark.parametrize("filters", [["--category", "concert"], ["--search", "museum"], ["--starting"], ["--free"]])
def test_filters_are_those_of_list(kzfest: Run, filters: list[str]) -> None:
    asked = ("2023-12-16", *filters)

    assert {each["id"] for each in answer(kzfest, "day", *asked)["events"]} == {
        each["id"] for each in answer(kzfest, "list", *asked)["events"]
    }


def test_undated_events_have_no_day(kzfest: Run) -> None:
    events = answer(kzfest, "day", "--undated")["events"]

    assert {each["id"] for each in events} == {each["id"] for each in answer(kzfest, "list", "--undated")["events"]}
    assert {(each["day"], each["role"]) for each in events} == {(None, "undated")}


@pytest.mark.parametrize(
    ("now", "day"), [("2023-11-20", "2023-12-01"), ("2023-12-17T01:00", "2023-12-16"), ("2024-05-01", "2023-12-01")]
)
def test_without_days_it_is_today_or_the_first(kzfest: Run, now: str, day: str) -> None:
    assert answer(kzfest, "day", "--now", now)["from"] == day


def test_the_first_day_is_one_with_an_event(kzfest: Run) -> None:
    day = answer(kzfest, "-p", "abroad", "day", "--now", "2023-12-01")

    assert (day["from"], {each["role"] for each in day["events"]} & {"at_hour", "without_hour"}) != (None, set())
    assert day["from"] == min(
        each["first_day"] for each in answer(kzfest, "-p", "abroad", "list")["events"] if each["start"]
    )


def test_now_is_the_whole_day(kzfest: Run) -> None:
    now = answer(kzfest, "day", "now", "--now", "2023-12-16T19:00")

    assert now == answer(kzfest, "day", "2023-12-16", "--now", "2023-12-16T19:00")


def ids(events: list[Any]) -> list[tuple[str, str, str | None, int]]:
    return [(each["id"], each["role"], each["place"], each["at_once"]) for each in events]


def test_rooms_stand_in_the_order_of_the_file(kzfest: Run, programme: Programme) -> None:
    found = answer(kzfest, "--data", programme(DANCE, venues=VENUES), "day", "16 dec")

    assert (found["by"], [place["name"] for place in found["places"]]) == (
        "room",
        ["Small room", "Big room", "The mill", "The well"],
    )
    assert ids(found["events"]) == [
        ("off", "at_hour", "mill", 1),
        ("dance", "at_hour", "hall/big", 1),
        ("tea", "at_hour", "hall/small", 1),
        ("song", "at_hour", "hall/big", 2),
        ("walk", "without_hour", "The well", 1),
        ("fair", "since_earlier", "mill", 1),
    ]


def test_venues_stand_by_their_first_events_and_tracks_too(kzfest: Run, programme: Programme) -> None:
    file = programme(DANCE, venues=VENUES)
    venues, tracks = (
        answer(kzfest, "--data", file, "day", "16 dec", "--by", by)["places"] for by in ("venue", "track")
    )

    assert [place["id"] for place in venues] == ["mill", "hall", "The well"]
    assert [place["id"] for place in tracks] == ["Music"]


def test_drawing(on_terminal: Run, programme: Programme) -> None:
    asked = ("--data", programme(DANCE, venues=VENUES), "day", "16 dec", "--color", "never", "-q")

    assert on_terminal(*asked, columns=80, KZFEST_NOW="2023-12-01") == (
        0,
        """\
Saturday 16 December 2023 · Village fair

      Small room               Big room                 The mill
                               2 at once
───────────────────────────────────────────────────────────────────────────────
20:30                                                   × CANCELLED: Off
21:00 ┌ Tea                    ┌ Dance                  ×
21:30 │                        │
22:00                          │┌ :15 Song
                               │╎ end not known
22:30                          │
23:00                          │
23:30                          │
── Sunday 17 December 2023 ────────────────────────────────────────────────────
00:00                          │
00:30                          │
01:00                          │
01:30                          │

Without a start time
  Walk                                        The well

On since earlier
  Fair                                        The mill · day 2 of 3 · to 17 Dec
""",
        "",
    )


def test_a_row_in_a_pipe(process: Run, programme: Programme) -> None:
    code, stdout, stderr = process("--data", programme(DANCE, venues=VENUES), "day", "16 dec", "-q")

    assert (code, stderr) == (0, "")
    assert (
        stdout
        == """\
Saturday 16 December 2023 · Village fair

Start                   End            Place       Event           Id
20:30                   21:30          The mill    CANCELLED: Off  off
21:00                   17 Dec, 02:00  Big room    Dance           dance
21:00                   22:00          Small room  Tea             tea
22:15                                  Big room    Song            song

Without a start time
hour not known                         The well    Walk            walk

On since earlier
day 2 of 3 · to 17 Dec                 The mill    Fair            fair
"""
    )


def test_without_hours_the_list_is_by_place(on_terminal: Run, programme: Programme) -> None:
    asked = ("--data", programme(DANCE, venues=VENUES), "day", "15 dec", "--color", "never", "-q")

    assert (
        on_terminal(*asked, columns=80)[1]
        == """\
Friday 15 December 2023 · Village fair

The mill
  Fair                                        Without a start time · to 17 Dec
"""
    )


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ([], "venues 1–2 of 3; the rest: --page 2, or --page all"),
        (["--page", "2"], "venues 3 of 3; the rest: --page 1, or --page all"),
        (["--page", "all"], None),
    ],
)
def test_pages(on_terminal: Run, programme: Programme, asked: list[str], shown: str | None) -> None:
    events = "".join(
        f"  - {{id: e{n}, title: E{n}, category: c, venue: v{n}, start: 2023-12-16 1{n}:00}}\n" for n in "123"
    )
    venues = "".join(f"  - {{id: v{n}, name: V{n}, city: C}}\n" for n in "123")
    code, stdout, stderr = on_terminal(
        "--data", programme(events, venues=venues), "day", "16 dec", "-q", "--color", "never", *asked, columns=60
    )

    assert (code, stderr) == (0, "")
    assert re.findall("^venues.*$", stdout, re.MULTILINE) == ([shown] if shown else [])
    assert re.findall(r"E\d", stdout) == {"": ["E1", "E2"], "2": ["E3"], "all": ["E1", "E2", "E3"]}["".join(asked[1:])]


def test_places_are_chosen_by_part_of_a_name(kzfest: Run, programme: Programme) -> None:
    asked = ("--data", programme(DANCE, venues=VENUES), "day", "16 dec")

    assert [each["id"] for each in answer(kzfest, *asked, "--place", "MILL", "--place", "small room")["events"]] == [
        "off",
        "tea",
        "fair",
    ]
    assert [each["id"] for each in answer(kzfest, *asked, "--by", "venue", "--place", "hall")["events"]] == [
        "dance",
        "tea",
        "song",
    ]


@pytest.mark.parametrize("name", ["Astana Puppet", "teatr", "Қуыршақ", "the puppet theatre"])
def test_places_are_found_in_any_spelling(kzfest: Run, name: str) -> None:
    events = answer(kzfest, "day", "2023-12-31", "--place", name)["events"]

    assert {each["id"] for each in events} == {"magic-clock"}


@pytest.mark.parametrize(
    ("asked", "code", "message"),
    [
        (["--by", "room"], 2, "this programme has no rooms; use --by venue"),
        (["--by", "track"], 2, "this programme has no tracks; use --by venue"),
        (["--by", "city"], 2, "unknown kind of place 'city'; choose venue, room or track"),
        (["--page", "0"], 2, "--page takes a number from 1, or all"),
        (["--page", "x"], 2, "--page takes a number from 1, or all"),
        (["--place", "moon"], 3, "no place 'moon' on those days; there are: The mill; The well"),
    ],
)
def test_what_cannot_be_shown(kzfest: Run, programme: Programme, asked: list[str], code: int, message: str) -> None:
    events = """\
  - {id: tea, title: Tea, category: fair, venue: mill, start: 2023-12-16 21:00}
  - {id: walk, title: Walk, category: tour, place: The well, start: 2023-12-16}
"""
    file = programme(events, venues="  - {id: mill, name: The mill, city: Neudorf}\n")

    assert kzfest("--data", file, "day", "2023-12-16", *asked) == (code, "", f"kzfest: {message}\n")


def test_there_is_no_page_after_the_last(on_terminal: Run, programme: Programme) -> None:
    asked = ("--data", programme(DANCE, venues=VENUES), "day", "2023-12-16", "--page", "9", "--color", "never")

    assert on_terminal(*asked) == (2, "", "kzfest: there is no page 9; the last is 1\n")


def test_an_empty_day_is_no_error(kzfest: Run) -> None:
    code, stdout, stderr = kzfest("day", "2024-03-15", "--category", "concert")

    assert (code, stdout) == (0, "")
    assert "the nearest days with events" in stderr


@pytest.fixture(name="plan")
def _plan(kzfest: Run, tmp_path: Path) -> dict[str, str]:
    """Return the settings of a home with a plan for 15 December."""
    settings = {"KZFEST_HOME": str(tmp_path), "KZFEST_NOW": "2023-12-14"}
    for args in (["argymaq-equestrian"], ["iba-night", "--at", "19:00", "--for", "3h"], ["nurly-zhurek-concert"]):
        assert kzfest("itinerary", "add", *args, **settings)[0] == 0
    assert kzfest("itinerary", "add", "--own", "Tea", "--on", "2023-12-15", "--at", "20:00", **settings)[0] == 0
    return settings


def test_visits_stand_with_their_events(kzfest: Run, plan: dict[str, str]) -> None:
    events = answer(kzfest, "day", "2023-12-15", **plan)["events"]
    visits = answer(kzfest, "itinerary", **plan)["visits"]

    planned = {
        visit["event"]: {
            "id": visit["id"],
            **{key: visit[key] for key in ("day", "start", "end")},
            "last_day": visit["day"],
            "clashes": len(visit["clashes"]),
        }
        for visit in visits
    }
    assert {each["id"]: each["visits"] for each in events if each["visits"]} == {
        key: [visit] for key, visit in planned.items() if key
    }


def test_visits_and_their_clashes_are_drawn(on_terminal: Run, plan: dict[str, str]) -> None:
    code, stdout, _stderr = on_terminal("day", "2023-12-15", "--color", "never", "-q", columns=100, **plan)
    words = " ".join(re.sub("[│╎┌]", " ", stdout).split())

    assert code == 0
    assert "* Equestrian" in words
    assert re.search(r"19:00 +┌ ! IBA Champions' Night", stdout)
    assert re.search(r"^\* Holiday concert", stdout, re.MULTILINE)
    assert re.search(
        r"! IBA Champions' Night: Kazakhstan against the world: CLASH: overlaps with Tea \(\w+\) for", words
    )


def test_a_visit_gives_its_event_an_hour(on_terminal: Run, kzfest: Run, programme: Programme, tmp_path: Path) -> None:
    events = """\
  - {id: fair, title: Fair, category: fair, venue: mill, start: 2023-12-16, end: 2023-12-17}
  - {id: tea, title: Tea, category: fair, venue: hall, start: 2023-12-16 12:00, end: 2023-12-16 13:00}
  - {id: feast, title: Feast, category: holiday, place: Everywhere, start: 2023-12-16, hours: "00:00-24:00"}
"""
    file = programme(events, venues=VENUES)
    settings = {"KZFEST_HOME": str(tmp_path / "home"), "KZFEST_NOW": "2023-12-16T12:40"}
    asked = ("--data", file, "itinerary", "add", "fair", "--on", "2023-12-16", "--at", "11:10", "--for", "30m")
    assert kzfest(*asked, **settings)[0] == 0

    stdout = on_terminal("--data", file, "day", "-q", "--color", "never", columns=60, **settings)[1]

    assert (
        stdout
        == """\
Saturday 16 December 2023 · Village fair

      The mill                    The hall
────────────────────────────────────────────────────────────
11:00 ┌ :10 * Fair
11:30 │ your hours
12:00                             ┌ Tea
12:30◂                            │

Without a start time
  Feast                            Everywhere · all day

* in your plan   ◂ now
"""
    )


def test_a_visit_whose_showing_moved_to_another_day_is_at_no_other(
    kzfest: Run, programme: Programme, tmp_path: Path
) -> None:
    event = """\
  - id: play
    title: Play
    category: theatre
    place: Hall
    showings:
      - {start: 2023-12-%d 09:00, end: 2023-12-%d 10:00}
      - {start: 2023-12-16 %d:00, end: 2023-12-16 %d:30}
"""
    settings = {"KZFEST_HOME": str(tmp_path / "home"), "KZFEST_NOW": "2023-12-14"}
    planning = ("itinerary", "add", "play", "--on", "2023-12-16", "--at")
    for hour in ("09:00", "11:00"):
        assert kzfest("--data", programme(event % (16, 16, 11, 11)), *planning, hour, **settings)[0] == 0

    moved = programme(event % (17, 17, 12, 12))
    found = answer(kzfest, "--data", moved, "day", "2023-12-16", **settings)["events"]
    visits = answer(kzfest, "--data", moved, "itinerary", **settings)["visits"]

    assert [(each["start"][11:16], [visit["id"] for visit in each["visits"]]) for each in found] == [
        ("12:00", [each["id"] for each in visits if "T11:00" in each["start"]])
    ]


def test_a_page_explains_the_marks_that_it_has(
    kzfest: Run, on_terminal: Run, programme: Programme, tmp_path: Path
) -> None:
    event = "  - {id: %s, title: %s, category: c, place: %s, start: 2023-12-16 %d:00, end: 2023-12-16 %d:30}\n"
    events = (("tea", "Tea", "A", 10, 10), ("jam", "Jam", "B", 12, 12), ("pie", "Pie", "C", 14, 14))
    file = programme("".join(event % each for each in events))
    settings = {"KZFEST_HOME": str(tmp_path / "home"), "KZFEST_NOW": "2023-12-14"}
    for asked in (["tea"], ["pie"], ["--own", "Call", "--on", "2023-12-16", "--at", "14:00", "--for", "1h"]):
        assert kzfest("--data", file, "itinerary", "add", *asked, **settings)[0] == 0

    day = ("--data", file, "day", "2023-12-16", "-q", "--color", "never", "--page")
    legends = [on_terminal(*day, page, columns=60, **settings)[1].splitlines()[-1] for page in ("1", "2", "all")]

    assert legends == [
        "* in your plan   ! clash in your plan",
        "! clash in your plan",
        "* in your plan   ! clash in your plan",
    ]


def shown(on_terminal: Run, file: str, *asked: str, columns: int = 60) -> list[str]:
    """Return the lines below the rule of a drawn grid."""
    code, stdout, stderr = on_terminal("--data", file, "day", *asked, "-q", "--color", "never", columns=columns)
    assert (code, stderr) == (0, "")
    lines = stdout.splitlines()
    return lines[next(n for n, text in enumerate(lines) if text.startswith("───")) + 1 :]


def test_what_lasts_for_days_is_drawn_to_the_end_of_its_day(on_terminal: Run, programme: Programme) -> None:
    file = programme(
        "  - {id: jam, title: Jam, category: c, place: Hall, start: 2023-12-16 23:00, end: 2023-12-18 23:00}\n"
    )

    assert shown(on_terminal, file, "2023-12-16") == [
        "23:00 ┌ Jam",
        "── Sunday 17 December 2023 ─────────────",
        "00:00 │ to 18 Dec, 23:00",
        *(f"0{hour}:00 │" for hour in range(1, 5)),
    ]


@pytest.mark.parametrize(("language", "told"), [("kk", "аяқталуы 18 жел., 23:00"), ("ru", "до 18 дек., 23:00")])
def test_an_end_at_an_hour_is_no_last_day(on_terminal: Run, programme: Programme, language: str, told: str) -> None:
    file = programme(
        "  - {id: jam, title: Jam, category: c, place: Hall, start: 2023-12-16 23:00, end: 2023-12-18 23:00}\n"
    )

    assert shown(on_terminal, file, "2023-12-16", "--lang", language)[2].replace("\u00a0", " ") == f"00:00 │ {told}"


def test_a_cancelled_event_of_one_row_has_its_mark_and_no_missing_end(on_terminal: Run, programme: Programme) -> None:
    events = """\
  - {id: a, title: Tea, category: c, place: Hall, start: 2023-12-16 12:00, end: 2023-12-16 13:00, status: cancelled}
  - {id: b, title: Jam, category: c, place: Hall, start: 2023-12-16 14:00, status: postponed}
"""
    assert shown(on_terminal, programme(events), "2023-12-16") == [
        "12:00 × CANCELLED: Tea",
        "13:00",
        "14:00 × POSTPONED: Jam",
    ]


def test_the_place_stands_with_an_event_if_the_column_does_not_say_it(on_terminal: Run, programme: Programme) -> None:
    file = programme(DANCE, venues=VENUES)

    assert shown(on_terminal, file, "2023-12-16", "--by", "track", "--place", "music") == [
        "22:00 ┌ :15 Song",
        "      ╎ Big room, The hall",
        "      ╎ end not known",
    ]
    assert shown(on_terminal, file, "2023-12-16", "--place", "hall", "--by", "venue")[:3] == [
        "21:00 ┌ Dance",
        "      │ Big room",
        "      │┌ Tea",
    ]


def test_a_showing_in_another_zone_says_so(on_terminal: Run, programme: Programme) -> None:
    showing = "showings: [{start: 2023-12-16 10:00, end: 2023-12-16 11:00, zone: Europe/Berlin}]"
    file = programme(f"  - {{id: call, title: Call, category: c, place: Hall, {showing}}}\n")

    assert shown(on_terminal, file, "2023-12-16") == ["10:00 ┌ Call", "      │ Europe/Berlin"]


def test_of_several_days_one_may_have_fewer_pages(on_terminal: Run, programme: Programme) -> None:
    events = "".join(
        f"  - {{id: e{n}, title: E{n}, category: c, place: P{n}, start: 2023-12-16 1{n}:00}}\n" for n in "123"
    )
    more = "".join(
        f"  - {{id: f{n}, title: F{n}, category: c, place: P{n}, start: 2023-12-17 1{n}:00}}\n" for n in "12345"
    )

    lines = shown(on_terminal, programme(events + more), "16..17", "dec", "--page", "3")

    assert [text for text in lines if "page" in text] == [
        "venues 5 of 5; the rest: --page 1 … 2, or --page all",
    ]


def test_hours_of_an_event_are_drawn_on_each_of_its_days(on_terminal: Run, kzfest: Run, programme: Programme) -> None:
    hours = 'start: 2023-12-15, end: 2023-12-20, hours: {mon: closed, tue-sun: "10:00-13:00"}'
    file = programme(f"  - {{id: art, title: Art, category: exhibition, place: Hall, {hours}}}\n")

    assert shown(on_terminal, file, "2023-12-17") == ["10:00 ┌ Art", "11:00 │", "12:00 │"]
    assert answer(kzfest, "--data", file, "day", "2023-12-18")["events"] == []


def test_event_may_end_before_it_begins_by_the_clock(on_terminal: Run, tmp_path: Path) -> None:
    file = tmp_path / "night.yaml"
    head = "format: 1\nprogramme: {id: night, title: Night, timezone: Europe/Berlin, revised: 2026-01-01}\nevents:\n"
    night = "start: 2026-10-25 02:30+02:00, end: 2026-10-25 02:15+01:00"
    file.write_text(f"{head}  - {{id: n, title: Owls, category: c, place: Wood, {night}}}\n", encoding="utf-8")

    assert shown(on_terminal, str(file), "2026-10-24") == [
        "── Sunday 25 October 2026 ──────────────",
        "02:30 ┌ Owls",
        "── clocks go back to 02:00 ─────────────",
        "02:00 │",
    ]


def test_calendar_is_that_of_list(kzfest: Run) -> None:
    asked = ("2023-12-16", "-f", "ics")

    assert sorted(kzfest("day", *asked)[1].splitlines()) == sorted(kzfest("list", *asked)[1].splitlines())


def drawn(key: str, day: str | None, by: PlaceKind, *, width: int, language: str) -> list[str]:
    """Return the lines of a day of a bundled programme, or of a file, on a terminal of that width."""
    set_language(language)
    session = Session(data=key, lang=language, now="2023-12-16T19:00", environment={})
    context = session.context
    first = date.fromisoformat(day) if day else context.catalogue.head.first
    question = EventQuery(first=first, last=first)
    views = [
        DayView(day_schedule(each, by), {}, plan=None, page=None, clock=lambda: context.now, is_only=True)
        for each in listings_by_day(question, context)
    ]
    return [plain(each) for each in render(day_page(views), width)]


@pytest.mark.parametrize("language", ["en", "kk", "ru"])
@pytest.mark.parametrize("key", PROGRAMMES)
def test_no_line_is_wider_than_the_terminal(key: str, language: str) -> None:
    file = str(data_folder() / PROGRAMMES[key])
    days = {"astana": ["2023-12-15", "2023-12-16", "2023-12-31"], "archive": ["2025-12-19", "2025-12-31"]}.get(
        key, [None]
    )
    wide = [
        (width, text)
        for width in WIDTHS
        for day in days
        for text in drawn(file, day, "venue", width=width, language=language)
        if cell_len(text) > width
    ]

    assert wide == []


def test_days_of_a_narrow_table_are_broken(on_terminal: Run, programme: Programme) -> None:
    file = programme(
        "  - {id: tea-of-the-old-town-hall, title: Tea, category: c, place: Hall,\n"
        "     start: 2016-06-01 12:00, end: 2017-01-31 22:00}\n"
    )

    assert on_terminal("--data", file, "day", "2016-10-15", "-q", "--color", "never", columns=33)[1].splitlines()[
        -5:
    ] == [
        "1 Jun 2016, 12:00 – 31 Jan 2017,",
        "22:00",
        "  Hall",
        "  Tea",
        "  tea-of-the-old-town-hall",
    ]


@pytest.mark.parametrize("width", [40, 60, 80, 200])
def test_data_never_acts_in_a_drawing(tmp_path: Path, width: int) -> None:
    file = tmp_path / "hostile.yaml"
    file.write_text(as_yaml(hostile_programme()).lstrip(), encoding="utf-8")
    kinds: tuple[PlaceKind, ...] = ("venue", "track")
    lines = [
        text
        for day in days_between("2023-12-16", "2023-12-18")
        for by in kinds
        for text in drawn(str(file), day, by, width=width, language="en")
    ]

    assert [text for text in lines if cell_len(text) > width] == []
    assert list(acting("\n".join(lines))) == []


def test_a_terminal_without_marks_gets_letters(on_terminal: Run) -> None:
    asked = ("day", "2023-12-15", "--color", "never", "-q")
    drawn_so = on_terminal(*asked, TERM="dumb")[1]
    usual = on_terminal(*asked)[1]

    assert drawn_so.splitlines()[3:] == usual.translate(str.maketrans("┌│╎─·×–…", "+|:_.x-.")).splitlines()[3:]


def test_title_as_long_as_those_of_conferences_is_whole(on_terminal: Run, programme: Programme) -> None:
    title = " ".join(f"word-{n}" for n in range(24))
    talk = "  - {{id: {0}, title: {1}, category: talk, place: {0}, start: 2023-12-16 12:00, end: 2023-12-16 12:15}}\n"
    file = programme("".join(talk.format(name, title) for name in ("a", "b", "c")))

    drawn_so = on_terminal("--data", file, "day", "2023-12-16", "-q", columns=80)[1]

    assert Counter(re.findall(r"word-\d+", drawn_so)) == dict.fromkeys(title.split(), 3)


def test_cut_title_ends_with_an_ellipsis_on_every_terminal(on_terminal: Run, programme: Programme) -> None:
    title = "word " * 180
    talk = (
        f"  - {{id: talk, title: {title}, category: talk, place: A, start: 2023-12-16 12:00, end: 2023-12-16 12:15}}\n"
    )
    file = programme(talk)

    usual = on_terminal("--data", file, "day", "2023-12-16", "-q", "--color", "never", columns=80)[1]
    dumb = on_terminal("--data", file, "day", "2023-12-16", "-q", TERM="dumb", columns=80)[1]

    assert [text.rstrip()[-5:] for text in usual.splitlines() if "…" in text] == ["word…"]
    assert [text.rstrip()[-4:] for text in dumb.splitlines() if "wor" in text][-1] == "d..."
    assert max(map(cell_len, dumb.splitlines())) <= 80


def test_ascii_terminal_loses_no_mark(on_terminal: Run) -> None:
    code, stdout, _stderr = on_terminal(
        "day", "2023-12-15", "--color", "never", "-q", LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0"
    )

    assert (code, stdout.isascii(), "?" in stdout) == (0, True, False)


def test_colour_says_nothing_that_the_text_does_not(on_terminal: Run) -> None:
    coloured = on_terminal("day", "2023-12-15", "--color", "always", "-q", KZFEST_NOW="2023-12-15T12:10")[1]
    plain_text = on_terminal("day", "2023-12-15", "-q", NO_COLOR="1", KZFEST_NOW="2023-12-15T12:10")[1]

    assert "\x1b[" in coloured
    assert "12:00◂" in plain_text
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == plain_text


@pytest.mark.parametrize("language", ["en", "kk", "ru"])
def test_nothing_is_cut_in_a_pipe(kzfest: Run, language: str) -> None:
    stdout = kzfest("day", "15..31", "dec", "--lang", language)[1]

    assert re.findall("[…─│┌]", stdout) == []


def test_midnight_of_new_year(kzfest: Run, on_terminal: Run) -> None:
    events = answer(kzfest, "day", "2023-12-31")["events"]
    (late,) = {each["place"] for each in events if each["end"] and each["end"] > "2024-01-01T00"}
    lines = on_terminal("day", "2023-12-31", "--place", str(late), "-q", "--color", "never")[1].splitlines()
    hours = [text[:5] for text in lines if re.match(r"\d\d:\d\d|──", text)]

    assert hours[hours.index("── Mo") - 1 :][:3] == ["23:00", "── Mo", "00:00"]
    assert hours[-1] == "01:00"


@pytest.mark.parametrize("view", ["day", "month", "timeline"])
def test_calendar_of_a_view_opens_no_plan(kzfest: Run, tmp_path: Path, view: str) -> None:
    assert kzfest("itinerary", "add", "tango-dellamore", KZFEST_HOME=str(tmp_path))[0] == 0
    (store,) = tmp_path.rglob(FILE)
    store.write_text("not a database, but long enough to look like one " * 100)

    answers = {form: kzfest(view, "2023-12-16", "-f", form, KZFEST_HOME=str(tmp_path)) for form in ("ics", "csv")}

    told = {form: (code, "your visits are left out" in stderr) for form, (code, _stdout, stderr) in answers.items()}
    assert told == {"ics": (0, False), "csv": (0, True)}


NIGHTS = """\
format: 1
programme: {id: fair, title: Fair, timezone: Europe/Berlin, revised: 2026-01-01}
venues:
  - {id: mill, name: The mill, city: Neudorf}
  - {id: hall, name: The hall, city: Neudorf}
events:
  - {id: spring, title: Spring, category: talk, venue: mill, start: 2026-03-29 01:30, end: 2026-03-29 04:15}
  - {id: early, title: Early, category: talk, venue: hall, start: 2026-03-29 03:00, end: 2026-03-29 03:30}
  - {id: long, title: Long, category: talk, venue: mill, start: "2026-10-25 01:30+02:00", end: "2026-10-25 03:15+01:00"}
  - {id: one, title: First, category: talk, venue: hall, start: "2026-10-25 02:00+02:00", end: "2026-10-25 02:45+02:00"}
  - {id: next, title: Next, category: talk, venue: hall, start: "2026-10-25 02:15+01:00", end: "2026-10-25 03:00+01:00"}
"""


@pytest.mark.parametrize(
    ("day", "drawn"),
    [
        (
            "2026-03-28",
            """\
── Sunday 29 March 2026 ────────────────────────────────────────────────────
01:30 ┌ Spring
── clocks go forward to 03:00 ──────────────────────────────────────────────
03:00 │                                   ┌ Early
03:30 │
04:00 │
""",
        ),
        (
            "2026-10-24",
            """\
── Sunday 25 October 2026 ──────────────────────────────────────────────────
01:30 ┌ Long
02:00 │                                   ┌ First
02:30 │                                   │
── clocks go back to 02:00 ─────────────────────────────────────────────────
02:00 │                                   ┌ :15 Next
02:30 │                                   │
03:00 │
""",
        ),
    ],
)
def test_hours_are_those_of_a_night_on_which_clocks_change(
    on_terminal: Run, tmp_path: Path, day: str, drawn: str
) -> None:
    file = tmp_path / "fair.yaml"
    file.write_text(NIGHTS, encoding="utf-8")

    code, stdout, _stderr = on_terminal("--data", str(file), "day", day, NO_COLOR="1")

    assert (code, stdout[stdout.index("── Sunday") :]) == (0, drawn)


def test_now_is_in_the_second_of_two_equal_hours(on_terminal: Run, tmp_path: Path) -> None:
    file = tmp_path / "fair.yaml"
    file.write_text(NIGHTS, encoding="utf-8")
    asked = ("--data", str(file), "day", "2026-10-24")

    marked = [
        on_terminal(*asked, NO_COLOR="1", KZFEST_NOW=f"2026-10-25T02:40+0{hours}:00")[1].splitlines()
        for hours in (2, 1)
    ]

    assert [next(number for number, text in enumerate(lines) if "◂" in text) for lines in marked] == [7, 10]


def test_programme_without_days_says_so(kzfest: Run, programme: Programme) -> None:
    file = programme("  - {id: some, title: Some day, category: talk, when: unannounced}\n")

    code, stdout, stderr = kzfest("--data", file, "day", KZFEST_NOW="2023-12-14")

    assert (code, stdout) == (0, "")
    assert stderr.splitlines()[:2] == [
        "no matching events in the programme",
        "1 event without a known date is left out; --undated lists it",
    ]
