"""The page of a list: headings, places and hours, and where in its days an event is."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING, TypeAlias

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Run: TypeAlias = "Callable[..., tuple[int, str, str]]"
    Programme: TypeAlias = "Callable[..., str]"

VENUES = """\
  - id: museum
    name: {en: The museum, kk: Мұражай}
    city: Neudorf
    hours: {mon: closed, tue-sun: "10:00-18:00"}
  - {id: hall, name: The hall, city: Neudorf, address: 1 Main Street}
  - {id: mill, name: The mill, city: Altdorf}
"""
EVENTS = """\
  - {id: photos, title: Photographs, category: exhibition, venue: museum, start: 2023-12-10, end: 2023-12-20}
  - {id: dance, title: The dance, category: concert, venue: hall, start: 2023-12-18 21:00, end: 2023-12-19 02:00}
  - {id: night, title: Night songs, category: concert, venue: hall, start: 2023-12-19 01:00, status: cancelled}
  - {id: trip, title: Trip, category: tour, venue: mill, start: 2023-12-18, end: 2023-12-21, status: postponed}
  - {id: walk, title: Walk, category: tour, place: From the well, city: Neudorf, start: 2023-12-19 10:00}
  - id: play
    title: The play
    category: theatre
    venue: hall
    showings:
      - {id: first, start: 2023-12-18 19:00, end: 2023-12-18 20:30}
      - {id: second, start: 2023-12-19 19:00, venue: mill}
"""
HEAD = ", first: 2023-12-01, last: 2023-12-31"


@pytest.mark.parametrize(
    ("args", "rows"),
    [
        (
            ["2023-12-18"],
            """\
**Monday 18 December 2023**
19:00–20:30 · also 19 Dec, 19:00 | The play | The hall | 1 Main Street | play | theatre
21:00–02:00 | The dance | The hall | 1 Main Street | dance | concert
19 Dec, 01:00 | CANCELLED: Night songs | The hall | 1 Main Street | night | concert
to 21 Dec | POSTPONED: Trip | The mill, Altdorf |  | trip | tour
**On since earlier**
day 9 of 11 · to 20 Dec | Photographs | The museum · usually closed on Monday |  | photos | exhibition
""",
        ),
        (
            ["2023-12-18..2023-12-21"],
            """\
**Running through these days**
last day 20 Dec | Photographs | \
The museum · usually Mon closed, Tue–Wed 10:00–18:00 |  | photos | exhibition
last day 21 Dec | POSTPONED: Trip | The mill, Altdorf |  | trip | tour
**Monday 18 December 2023**
19:00–20:30 | The play | The hall | 1 Main Street | play | theatre
21:00–02:00 | The dance | The hall | 1 Main Street | dance | concert
19 Dec, 01:00 | CANCELLED: Night songs | The hall | 1 Main Street | night | concert
**Tuesday 19 December 2023**
10:00 | Walk | From the well |  | walk | tour
19:00 | The play | The mill, Altdorf |  | play | theatre
""",
        ),
        (
            ["2023-12-20"],
            """\
**On since earlier**
last day | Photographs | The museum · usually 10:00–18:00 |  | photos | exhibition
day 3 of 4 · to 21 Dec | POSTPONED: Trip | The mill, Altdorf |  | trip | tour
""",
        ),
        (
            ["now", "--now", "2023-12-19T09:30"],
            """\
**On since earlier**
day 10 of 11 · to 20 Dec | Photographs | The museum · usually opens at 10:00 |  | photos | exhibition
day 2 of 4 · to 21 Dec | POSTPONED: Trip | The mill, Altdorf |  | trip | tour
""",
        ),
        (
            ["now", "--now", "2023-12-19T10:00", "--category", "exhibition"],
            """\
**On since earlier**
day 10 of 11 · to 20 Dec | Photographs | The museum · usually open until 18:00 |  | photos | exhibition
""",
        ),
        (
            ["now", "--now", "2023-12-20T02:00"],
            """\
**On since earlier**
day 10 of 11 · to 20 Dec | Photographs | The museum · usually closed since 18:00 |  | photos | exhibition
day 2 of 4 · to 21 Dec | POSTPONED: Trip | The mill, Altdorf |  | trip | tour
""",
        ),
        (
            ["--from", "now", "--now", "2023-12-18T20:00", "--category", "concert"],
            """\
**Monday 18 December 2023**
21:00–02:00 · in 1 h | The dance | The hall | 1 Main Street | dance | concert
19 Dec, 01:00 · in 5 h | CANCELLED: Night songs | The hall | 1 Main Street | night | concert
""",
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_list_shows_when_and_where(kzfest: Run, programme: Programme, args: list[str], rows: str) -> None:
    file = programme(EVENTS, venues=VENUES, head=HEAD)

    code, stdout, stderr = kzfest("list", "--data", file, *args, "-f", "markdown")

    lines = [line.removeprefix("| ").removesuffix(" |") for line in stdout.splitlines()[2:] if line]
    assert (code, stderr) == (0, "")
    assert [line for line in lines if not line.startswith(("When |", "--- |"))] == rows.splitlines()


DOUBTFUL = """\
  - {id: fair, title: The fair, category: fair, place: The well, start: 2023-12-16, end: 2023-12-30,
     disputes: [{field: start, value: 2023-12-08, source: s}]}
  - {id: race, title: The race, category: sport, place: The well, start: 2023-12-20, end: 2024-01-20,
     disputes: [{field: start, value: 2023-12-21, source: s}]}
  - {id: market, title: Market, category: market, place: The well, start: 2023-12-15 09:00, repeats: FREQ=WEEKLY}
  - {id: show, title: The show, category: exhibition, place: The well, start: 2023-12-15, end: unknown}
  - {id: walk, title: The walk, category: tour, place: The well, start: 2023-12-19 10:00, repeats: FREQ=DAILY;COUNT=5}
"""


@pytest.mark.parametrize(
    ("day", "rows"),
    [
        (
            "2023-12-10",
            """\
**May be on (sources differ)**
16–30 Dec | The fair | The well |  | fair | fair
""",
        ),
        (
            "2023-12-15..2023-12-16",
            """\
**Friday 15 December 2023**
09:00 · every week | Market | The well |  | market | market
end not known | The show | The well |  | show | exhibition
**Saturday 16 December 2023**
to 30 Dec | The fair | The well |  | fair | fair
""",
        ),
        (
            "2023-12-15..2023-12-17",
            """\
**Running through these days**
16–30 Dec · sources differ | The fair | The well |  | fair | fair
**Friday 15 December 2023**
09:00 · every week | Market | The well |  | market | market
end not known | The show | The well |  | show | exhibition
""",
        ),
        (
            "2023-12-20..2023-12-22",
            """\
**Running through these days**
16–30 Dec | The fair | The well |  | fair | fair
20 Dec – 20 Jan · sources differ | The race | The well |  | race | sport
**Wednesday 20 December 2023**
10:00 · repeats | The walk | The well |  | walk | tour
**Thursday 21 December 2023**
10:00 · repeats | The walk | The well |  | walk | tour
**Friday 22 December 2023**
09:00 · every week | Market | The well |  | market | market
10:00 · repeats | The walk | The well |  | walk | tour
**May still be on: the closing day was not published**
from 15 Dec | The show | The well |  | show | exhibition
""",
        ),
    ],
)
def test_each_showing_has_its_day_and_each_doubt_its_heading(
    kzfest: Run, programme: Programme, day: str, rows: str
) -> None:
    file = programme(DOUBTFUL, sources="  s: {title: S}\n", head=HEAD)

    _code, stdout, _stderr = kzfest("list", "--data", file, day, "-f", "markdown")

    lines = [line.removeprefix("| ").removesuffix(" |") for line in stdout.splitlines()[2:] if line]
    assert [line for line in lines if not line.startswith(("When |", "--- |"))] == rows.splitlines()


def test_showing_at_a_venue_of_its_own_is_told_in_the_language_asked(kzfest: Run, programme: Programme) -> None:
    venues = VENUES.replace("name: The mill", "name: {en: The mill, kk: Диірмен}")
    file = programme(EVENTS, venues=venues, head=HEAD)

    shown = {language: kzfest("show", "play", "--data", file, "--lang", language)[1] for language in ("en", "kk")}

    assert {language: " ".join(text.splitlines()[2].split()) for language, text in shown.items()} == {
        "en": "When 18 Dec 2023, 19:00–20:30 · 19 Dec 2023, 19:00, The mill",
        "kk": "Қашан 2023 ж. 18 жел., 19:00–20:30 · 2023 ж. 19 жел., 19:00, Диірмен",
    }


@pytest.mark.parametrize(
    ("cities", "told"),
    [
        ("AB", {"the well, A", "the well, B"}),
        ("AABB", {"the well, A", "the well, B"}),
        ("AAB", {"the well", "the well, B"}),
        ("AABC", {"the well, A", "the well, B", "the well, C"}),
    ],
)
def test_city_goes_without_saying_where_most_events_are_in_whatever_order(
    kzfest: Run, programme: Programme, cities: str, told: set[str]
) -> None:
    for order in set(permutations(cities)):
        lines = [
            f"  - {{id: e{day}, title: E, category: tour, place: the well, city: {city}, start: 2023-12-{day}}}"
            for day, city in enumerate(order, 10)
        ]
        file = programme("\n".join(lines), head=HEAD)

        stdout = kzfest("list", "--data", file, "-f", "markdown")[1]

        places = [line.split(" | ")[2] for line in stdout.splitlines() if " | E | " in line]
        wanted = [f"the well, {city}" if f"the well, {city}" in told else "the well" for city in order]
        assert (places, set(places)) == (wanted, told)


def test_search_tells_how_often_an_event_is(kzfest: Run, programme: Programme) -> None:
    file = programme(EVENTS, venues=VENUES, head=HEAD)

    code, stdout, stderr = kzfest("search", "play", "--data", file)

    assert (code, stderr) == (0, "")
    assert stdout.splitlines() == [
        "What   Name      When or where                         Found in  Id",
        "event  The play  18 Dec 2023, 19:00–20:30, and 1 more  title     play",
    ]


def test_search_says_that_an_hour_is_not_known(kzfest: Run, programme: Programme) -> None:
    file = programme("  - {id: fair, title: The fair, category: fair, place: The well, start: 2023-12-17}\n")

    code, stdout, stderr = kzfest("search", "fair", "--data", file)

    assert (code, stderr) == (0, "")
    assert stdout.splitlines()[1] == "event  The fair  17 Dec 2023, hour not known  title     fair"


def test_opening_hours_are_those_of_the_days_that_an_event_has(kzfest: Run, programme: Programme) -> None:
    venues = """\
  - {id: museum, name: The museum, city: Neudorf, hours: {mon-fri: "10:00-18:00", sat: "12:00-20:00", sun: closed}}
"""
    event = "  - {id: e, title: E, category: c, venue: museum, start: 2023-12-16, end: 2023-12-30}\n"
    file = programme(event, venues=venues, head=HEAD)

    stdout = kzfest("list", "2023-12-15..2023-12-17", "--data", file, "-f", "markdown")[1]

    assert stdout.splitlines()[-1] == "| 16–30 Dec | E | The museum · usually Sat 12:00–20:00, Sun closed |  | e | c |"


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ("2023-11-20T10:00", "The programme begins on Friday 1 December 2023. Next:"),
        ("2023-12-05T10:00", "Nothing is on just now. Next:"),
        ("2023-12-12T10:00", "On now:"),
        ("2023-12-25T10:00", "No more events."),
        ("2024-01-05T10:00", "The programme is over. Its last day was Sunday 31 December 2023."),
    ],
)
def test_home_tells_where_in_its_days_the_programme_is(kzfest: Run, programme: Programme, now: str, told: str) -> None:
    file = programme(EVENTS, venues=VENUES, head=HEAD)

    code, stdout, stderr = kzfest("--data", file, "--now", now)

    assert (code, stderr) == (0, "")
    assert stdout.splitlines()[:5] == ["Village fair", "", "1–31 Dec 2023 · 6 events · Asia/Almaty", "", told]


def test_home_says_when_more_is_on_than_it_shows(kzfest: Run, programme: Programme) -> None:
    events = "".join(f"  - {{id: e{n}, title: Fair {n}, category: fair, start: 2023-12-17}}\n" for n in range(7))

    file = programme(events)

    stdout = kzfest("--data", file, "--now", "2023-12-17T10:00")[1]

    assert stdout.splitlines()[4] == f"On now, 5 of 7 (`kzfest --data {file} list now` shows all):"
    assert sum("Fair" in line for line in stdout.splitlines()) == 5


def test_long_list_is_laid_out_in_a_moment(kzfest: Run, programme: Programme) -> None:
    days = [f"2023-12-{day:02}" for day in range(1, 29)]
    events = "".join(
        f"  - {{id: e{number}, title: Fair {number}, category: fair, city: Astana, start: {days[number % 28]}}}\n"
        for number in range(1_500)
    )

    code, stdout, _stderr = kzfest("list", "--data", programme(events))

    assert (code, len(stdout.splitlines())) == (0, 1_500 + 2 * 28 + 2)
