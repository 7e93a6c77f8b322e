"""Visits to showings that have something of their own, and to events with hours, when the programme changes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypeAlias

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Run: TypeAlias = "Callable[..., tuple[int, str, str]]"
    Change: TypeAlias = "Callable[..., Run]"

VENUES = """\
  - id: arman
    name: Arman
    hours: {mon-sat: "10:00-18:00", sun: closed}
    rooms: {one: {name: Hall 1}, two: {name: Hall 2}}
  - {id: park, name: Park}
"""
FILM = "  - {id: film, title: Film, category: film, venue: arman, room: one, showings: [%s]}\n"
FIRST, SECOND = "{start: 2023-12-08 19:00, end: 2023-12-08 21:00}", "{start: 2023-12-09 19:00, end: 2023-12-09 21:00}"
SHOW = "  - {id: show, title: Show, category: %s, venue: arman, start: 2023-12-08, end: 2023-12-11, hours: %s}\n"
MOVED = "MOVED, now {}: `kzfest itinerary edit {} --follow`\n"


@pytest.fixture(name="with_events")
def _with_events(mine: Run, programme: Callable[..., str]) -> Change:
    """Return a function that writes the programme and returns `kzfest itinerary` about it."""

    def with_events(events: str) -> Run:
        file = programme(events, venues=VENUES)
        return lambda *args: mine(*args, KZFEST_DATA=file)

    return with_events


@pytest.mark.parametrize(
    ("showings", "expected"),
    [
        ([FIRST, SECOND], "2 visits, no problems\n"),
        (["{start: 2023-12-07 12:00, end: 2023-12-07 14:00}", FIRST, SECOND], "2 visits, no problems\n"),
        (
            [FIRST, SECOND[:-1] + ", status: cancelled}"],
            "id002  Film · Saturday 9 December 2023, 19:00–21:00 · CANCELLED since it was added\n",
        ),
        (
            [FIRST, "{start: 2023-12-09 20:00, end: 2023-12-09 22:00}"],
            f"id002  Film · Saturday 9 December 2023, 19:00–21:00 · {MOVED.format('9 Dec 2023, 20:00–22:00', 'id002')}",
        ),
    ],
    ids=["same", "one more before it", "cancelled", "another hour"],
)
def test_visit_keeps_to_its_showing_when_the_list_changes(
    with_events: Change, showings: list[str], expected: str
) -> None:
    before = with_events(FILM % f"{FIRST}, {SECOND}")
    before("add", "film", "--on", "2023-12-08")
    before("add", "film", "--on", "2023-12-09")

    _code, page, notes = with_events(FILM % ", ".join(showings))("check")

    assert page + notes == expected


def test_cancelled_showing_takes_no_time(with_events: Change) -> None:
    other = "  - {id: talk, title: Talk, category: talk, start: 2023-12-09 19:30, end: 2023-12-09 20:30}\n"
    before = with_events(FILM % SECOND + other)
    before("add", "film", "talk")
    assert before("check")[0] == 5

    after = with_events(FILM % (SECOND[:-1] + ", status: cancelled}") + other)

    assert [visit["clashes"] for visit in json.loads(after("show", "-f", "json")[1])["visits"]] == [[], []]


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        (["--on", "2023-12-08"], "added  Show  id001 · Friday 8 December 2023, 19:00–21:00 · Arman\n"),
        (["--on", "2023-12-10"], "added  Show  id001 · Sunday 10 December 2023, 19:00–21:00 · Arman\n"),
    ],
)
def test_visit_to_a_performance_has_its_hours(with_events: Change, args: list[str], expected: str) -> None:
    run = with_events(SHOW % ("theatre", "'19:00-21:00'"))

    assert run("add", "show", *args)[:2] == (0, expected)
    assert run("check") == (0, "", "1 visit, no problems\n")


def test_visit_to_an_exhibition_is_at_any_time_of_its_hours(with_events: Change) -> None:
    run = with_events(SHOW % ("exhibition", "{fri-sun: '12:00-20:00', mon: closed}"))

    run("add", "show", "--on", "2023-12-08")
    run("add", "show", "--on", "2023-12-09", "--at", "18:00")
    run("add", "show", "--on", "2023-12-10", "--at", "19:00")
    refused = run("add", "show", "--on", "2023-12-11")

    assert run("check")[1] == (
        "id003  Show · Sunday 10 December 2023, 19:00–20:30, end assumed · "
        "outside its hours: 10 Dec 2023, 12:00–20:00\n"
    )
    assert refused[0] == 2
    assert refused[2] == (
        "kzfest: 'Show' is not on Monday 11 December 2023; it is on 8 Dec 2023, 9 Dec 2023, 10 Dec 2023\n"
    )


def test_exhibition_fits_where_it_is_open(with_events: Change) -> None:
    run = with_events(SHOW % ("exhibition", "'12:00-20:00'"))
    run("add", "--own", "Lunch", "--on", "2023-12-10", "--at", "12:30", "--for", "2h")

    gaps = json.loads(run("gaps", "2023-12-10", "-f", "json")[1])["gaps"]

    assert [(gap["start"][11:16], [fit["id"] for fit in gap["fits"]]) for gap in gaps] == [
        ("09:00", []),
        ("14:30", ["show"]),
    ]


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        ("'10:00-18:00'", "1 visit, no problems\n"),
        (
            "'16:00-22:00'",
            "id001  Show · Friday 8 December 2023, 15:00–16:30, end assumed · "
            + MOVED.format("8 Dec 2023, 16:00–22:00", "id001"),
        ),
    ],
)
def test_new_hours_matter_only_to_a_visit_outside_them(with_events: Change, hours: str, expected: str) -> None:
    with_events(SHOW % ("exhibition", "'12:00-20:00'"))("add", "show", "--on", "2023-12-08", "--at", "15:00")

    _code, page, notes = with_events(SHOW % ("exhibition", hours))("check")

    assert page + notes == expected


def test_hours_given_later_do_not_move_a_visit_of_the_day(with_events: Change) -> None:
    days = "  - {id: show, title: Show, category: exhibition, venue: arman, start: 2023-12-08, end: 2023-12-11}\n"
    with_events(days)("add", "show", "--on", "2023-12-08")

    assert with_events(SHOW % ("exhibition", "'12:00-20:00'"))("check") == (0, "", "1 visit, no problems\n")


def test_visits_in_two_rooms_need_no_way_between_them(with_events: Change) -> None:
    talks = "".join(
        f"  - {{id: t{number}, title: T{number}, category: talk, venue: arman, room: {room}, "
        f"start: 2023-12-08 1{number}:00, end: 2023-12-08 1{number + 1}:00}}\n"
        for number, room in ((1, "one"), (2, "two"))
    )
    run = with_events(talks)

    run("add", "t1", "t2")

    assert run("check") == (0, "", "2 visits, no problems\n")
    assert run("show")[1].splitlines()[4:] == [
        "11:00–12:00  T1     Hall 1, Arman  id001",
        "12:00–13:00  T2     Hall 2, Arman  id002",
    ]


def test_room_is_told_in_the_plan_as_it_is_now(with_events: Change) -> None:
    with_events(FILM % SECOND)("add", "film")

    after = with_events((FILM % SECOND).replace("room: one", "room: two"))

    assert json.loads(after("show", "-f", "json")[1])["visits"][0]["room"]["name"] == "Hall 2"


FILM_THERE = "id001  Film · Saturday 9 December 2023, 19:00–21:00 · {}: `kzfest itinerary edit id001 --follow`\n"
ANOTHER_ROOM = FILM_THERE.format("MOVED to another room, now Hall 2; it was Hall 1")
IN_ONE, IN_TWO = FILM % SECOND, FILM.replace("room: one", "room: two") % SECOND


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (IN_ONE, IN_TWO, ANOTHER_ROOM),
        (IN_ONE, FILM % (SECOND[:-1] + ", room: two}"), ANOTHER_ROOM),
        (
            IN_ONE,
            FILM.replace(" room: one,", "") % SECOND,
            FILM_THERE.format("its room is no longer known; it was Hall 1"),
        ),
        (IN_ONE, FILM % f"{FIRST[:-1]}, room: two}}, {SECOND}", "1 visit, no problems\n"),
        (FILM.replace(" room: one,", "") % SECOND, IN_ONE, "1 visit, no problems\n"),
    ],
    ids=["of the event", "of the showing", "dropped", "of another showing", "given later"],
)
def test_another_room_is_told_until_the_visit_follows(
    with_events: Change, before: str, after: str, expected: str
) -> None:
    with_events(before)("add", "film", "--on", "2023-12-09")

    run = with_events(after)
    _code, page, notes = run("check")
    run("edit", "id001", "--follow")

    assert page + notes == expected
    assert run("check") == (0, "", "1 visit, no problems\n")


def test_another_room_is_told_to_programs(with_events: Change) -> None:
    with_events(IN_ONE)("add", "film")

    (visit,) = json.loads(with_events(IN_TWO)("show", "-f", "json")[1])["visits"]

    assert (visit["state"], visit["room"]["id"], visit["planned_room"]) == ("moved", "two", "one")


DAYS = "  - {id: show, title: Show, category: %s, venue: arman, start: 2023-12-08, end: 2023-12-11%s}\n"
TWICE = DAYS.replace(
    "start: 2023-12-08, end: 2023-12-11", f"showings: [{{id: a, start: 2023-12-08, end: 2023-12-11}}, {FIRST}]"
)
UNKNOWN_HOUR = "its hour is no longer known: `kzfest itinerary edit id001 --follow`"


@pytest.mark.parametrize("event", [DAYS, TWICE], ids=["only showing", "one of two"])
@pytest.mark.parametrize(
    ("hours", "args", "planned"),
    [
        ("'12:00-20:00'", [], "any time"),
        ("'12:00-20:00'", ["--at", "18:00", "--for", "1h"], "18:00–19:00"),
        ("'19:00-21:00'", [], "19:00–21:00"),
        ("'14:00-16:00, 19:00-21:00'", ["--at", "19:00"], "19:00–21:00"),
    ],
)
def test_hours_taken_away_leave_the_visit_on_its_day(
    with_events: Change, event: str, hours: str, args: list[str], planned: str
) -> None:
    with_events(event % ("theatre", f", hours: {hours}"))("add", "show", "--on", "2023-12-10", *args)

    run = with_events(event % ("theatre", ""))
    _code, page, _notes = run("check")
    run("edit", "id001", "--follow")

    assert page.startswith(f"id001  Show · Sunday 10 December 2023, {planned}")
    assert page.endswith(f" · {UNKNOWN_HOUR}\n")
    assert run("show")[1].splitlines()[4].startswith("any time  Show")


@pytest.mark.parametrize(
    ("event", "hours", "now"),
    [
        (DAYS, "'19:00-21:00'", MOVED.format("10 Dec 2023, 19:00–21:00", "id001")),
        (TWICE, "'19:00-21:00'", MOVED.format("10 Dec 2023, 19:00–21:00", "id001")),
        (
            TWICE,
            "'14:00-16:00, 19:00-21:00'",
            (
                "MOVED, now 9 Dec 2023, 14:00–16:00; 9 Dec 2023, 19:00–21:00; 10 Dec 2023, 14:00–16:00; "
                "10 Dec 2023, 19:00–21:00; …: `kzfest itinerary edit id001 --on DAY`\n"
            ),
        ),
    ],
    ids=["only showing", "one of two", "twice a day"],
)
def test_hours_given_to_a_performance_move_the_visit_of_a_day(
    with_events: Change, event: str, hours: str, now: str
) -> None:
    with_events(event % ("theatre", ""))("add", "show", "--on", "2023-12-10")

    run = with_events(event % ("theatre", f", hours: {hours}"))

    assert run("check")[1] == f"id001  Show · Sunday 10 December 2023, any time · {now}"
