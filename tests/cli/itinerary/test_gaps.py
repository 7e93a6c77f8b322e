"""`kzfest itinerary gaps`: the free stretches of one's days, and what would fit into each, ways and hours counted."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypeAlias

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Run: TypeAlias = "Callable[..., tuple[int, str, str]]"

FREE_DAY = """\
Time                     Would fit      Where      Id
Sunday 17 December 2023, free 09:00–23:00 (14 h)
11:00–12:00              Puppets        City park  puppets
14:00–15:00              Puppets        City park  puppets
between 10:00 and 18:00  Old paintings  Museum     paintings
hour not known           Sledge race    Lake camp  sledges
"""


def fitting(outcome: tuple[int, str, str]) -> list[tuple[str, str, list[tuple[str, str, str]]]]:
    """Return each gap with the hours of what would fit."""
    code, stdout, _stderr = outcome
    assert code == 0
    return [
        (
            gap["start"][11:16],
            gap["end"][11:16],
            [(each["id"], each["start"][11:16], each["end"][11:16]) for each in gap["fits"]],
        )
        for gap in json.loads(stdout)["gaps"]
    ]


def test_free_day_is_one_gap(mine: Run) -> None:
    assert mine("gaps", "2023-12-17") == (0, FREE_DAY, "")


NEAR = """\
Time                     Would fit      Where                       Id
Sunday 17 December 2023, free 09:00–23:00 (14 h)
11:00–12:00              Puppets        City park                   puppets
14:00–15:00              Puppets        City park                   puppets
between 10:00 and 18:00  Old paintings  Museum · {distance}  paintings
"""


@pytest.mark.parametrize(("language", "distance"), [("en", "about 5.4 km away"), ("ru", "около 5,4 км")])
def test_what_is_near_a_venue_is_told_with_its_distance(mine: Run, language: str, distance: str) -> None:
    code, stdout, _stderr = mine("gaps", "2023-12-17", "--near", "park", "--within", "6", "--lang", language)

    found = [line for line in stdout.splitlines() if "paintings" in line]
    assert (code, [distance in line for line in found]) == (0, [True])
    if language == "en":
        assert stdout == NEAR.format(distance=distance)


def test_gap_ends_in_time_for_the_way_to_the_next_visit_and_begins_after_the_way_there(mine: Run) -> None:
    mine("add", "--own", "Tea", "--on", "2023-12-17", "--at", "10:30", "--for", "1h", "--venue", "opera")
    mine("add", "--own", "Tea", "--on", "2023-12-17", "--at", "17:00", "--for", "1h", "--venue", "opera")

    by_car = fitting(mine("gaps", "2023-12-17", "-f", "json"))
    on_foot = fitting(mine("gaps", "2023-12-17", "--by", "walk", "-f", "json"))

    assert by_car == [
        ("09:00", "10:30", []),
        (
            "11:30",
            "17:00",
            [("puppets", "14:00", "15:00"), ("paintings", "11:55", "16:35"), ("sledges", "11:30", "17:00")],
        ),
        ("18:00", "23:00", [("sledges", "18:00", "23:00")]),
    ]
    assert on_foot[1] == (
        "11:30",
        "17:00",
        [("puppets", "14:00", "15:00"), ("paintings", "12:59", "15:31"), ("sledges", "11:30", "17:00")],
    )


def test_hours_that_hang_on_a_way_are_told_in_fives(mine: Run) -> None:
    mine("add", "--own", "Tea", "--on", "2023-12-17", "--at", "10:32", "--for", "1h", "--venue", "opera")
    mine("add", "--own", "Tea", "--on", "2023-12-17", "--at", "17:02", "--for", "1h", "--venue", "opera")

    (exact,) = fitting(mine("gaps", "2023-12-17", "-c", "exhibition", "-f", "json"))[1][2]
    _code, stdout, _stderr = mine("gaps", "2023-12-17", "-c", "exhibition")

    assert exact == ("paintings", "11:57", "16:37")
    assert [line.split("  ")[0] for line in stdout.splitlines() if "Old paintings" in line] == [
        "between 12:00 and 16:35"
    ]


def test_night_train_of_the_evening_before_takes_up_the_morning(mine: Run) -> None:
    mine("add", "--own", "Train", "--on", "2023-12-16", "--at", "22:00", "--for", "14h", "--venue", "opera")

    assert fitting(mine("gaps", "2023-12-17", "-f", "json", "-c", "theatre", "-c", "exhibition")) == [
        ("12:00", "23:00", [("puppets", "14:00", "15:00"), ("paintings", "12:25", "18:00")])
    ]


def test_way_to_a_visit_after_the_day_out_is_counted(mine: Run, programme: Callable[..., str]) -> None:
    venues = (
        "  - {id: a, name: A, city: X, location: {latitude: 51.1, longitude: 71.4, accuracy: building}}\n"
        "  - {id: b, name: B, city: X, location: {latitude: 51.3, longitude: 71.4, accuracy: building}}"
    )
    events = (
        "  - {id: club, title: Club, category: party, venue: b, start: 2023-12-17 23:05, end: 2023-12-18 01:00}\n"
        "  - {id: talk, title: Talk, category: talk, venue: a, start: 2023-12-17 21:00, end: 2023-12-17 23:00}\n"
        "  - {id: film, title: Film, category: film, venue: b, start: 2023-12-17 21:00, end: 2023-12-17 23:00}\n"
        "  - {id: art, title: Art, category: art, venue: a, start: 2023-12-17}"
    )
    file = programme(events, venues=venues)
    mine("add", "club", KZFEST_DATA=file)

    ((start, end, fits),) = fitting(mine("gaps", "2023-12-17", "-f", "json", KZFEST_DATA=file))

    assert (start, end) == ("09:00", "23:00")
    assert [(key, first, last < "23:00") for key, first, last in fits] == [
        ("film", "21:00", False),
        ("art", "09:00", True),
    ]


def test_showing_without_time_for_the_ways_does_not_fit(mine: Run) -> None:
    mine("add", "--own", "Tea", "--on", "2023-12-17", "--at", "15:10", "--for", "30m", "--venue", "opera")

    fits = [each for _start, _end, gap in fitting(mine("gaps", "2023-12-17", "-f", "json")) for each in gap]

    assert [each for each in fits if each[0] == "puppets"] == [("puppets", "11:00", "12:00")]


def test_visit_without_an_hour_fits_only_into_the_hours_of_its_venue(mine: Run) -> None:
    mine("add", "--own", "Work", "--on", "2023-12-17", "--at", "09:00", "--for", "8h")
    late = fitting(mine("gaps", "2023-12-17", "-f", "json", "-c", "exhibition"))
    closed = fitting(mine("gaps", "2023-12-18", "-f", "json", "-c", "exhibition"))

    assert late == [("17:00", "23:00", [])]
    assert closed == [("09:00", "23:00", [])]


def test_whole_days_and_cancelled_visits_leave_the_day_free(mine: Run, rewrite: Callable[..., None]) -> None:
    mine("add", "swan", "paintings", "--on", "2023-12-16")
    rewrite("    end: 2023-12-16 21:30", "    end: 2023-12-16 21:30\n    status: cancelled")

    assert fitting(mine("gaps", "-c", "concert", "-f", "json")) == [("09:00", "23:00", [("songs", "21:00", "23:00")])]


def test_what_is_planned_and_news_and_what_may_be_over_are_not_offered(mine: Run) -> None:
    mine("add", "songs")

    offered = {each[0] for _s, _e, gap in fitting(mine("gaps", "2023-12-16..2023-12-20", "-f", "json")) for each in gap}

    assert offered == {"paintings", "sledges", "puppets"}


def test_what_ends_after_the_day_out_is_not_offered(mine: Run, rewrite: Callable[..., None]) -> None:
    rewrite("start: 2023-12-16 21:00}", "start: 2023-12-16 21:00, end: 2023-12-16 23:30}")

    assert fitting(mine("gaps", "2023-12-16", "-c", "concert", "-f", "json")) == [("09:00", "23:00", [])]


def test_full_day_has_no_free_time(mine: Run) -> None:
    mine("add", "--own", "Work", "--on", "2023-12-16", "--at", "08:45", "--for", "14h")

    assert mine("gaps") == (0, "", "no free time on those days\n")


def test_short_breaks_are_no_gaps(mine: Run) -> None:
    mine("add", "--own", "Work", "--on", "2023-12-16", "--at", "09:29", "--for", "8h")
    mine("add", "--own", "More work", "--on", "2023-12-16", "--at", "17:58", "--for", "5h")

    assert mine("gaps") == (0, "", "no free time on those days\n")


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        ([], "the itinerary 'main' is empty; say which days"),
        (["2023-12-01..2024-03-01"], "92 days are too many; the limit is 62"),
        (["2023-12-16", "--by", "bus"], "unknown travel mode 'bus'; choose walk or car"),
        (["2023-12-16", "-f", "xml"], "unknown format 'xml'; choose table, json, jsonl, csv, markdown or ics"),
    ],
)
def test_what_cannot_be_asked_is_refused(mine: Run, args: list[str], sentence: str) -> None:
    assert mine("gaps", *args) == (2, "", f"kzfest: {sentence}\n")


def test_many_fits_are_cut_with_their_number(mine: Run, programme: Callable[..., str]) -> None:
    events = "".join(
        f"  - {{id: e{n:02}, title: Event {n:02}, category: fair, start: 2023-12-16}}\n" for n in range(15)
    )

    code, stdout, _stderr = mine("gaps", "2023-12-16", "--data", programme(events))

    assert (code, len(stdout.splitlines()), stdout.splitlines()[-1].strip()) == (0, 15, "and 3 more")
