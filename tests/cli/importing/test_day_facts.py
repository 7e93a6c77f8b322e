"""What `kzfest day` must show of real programmes, over a folder of them that `KZFEST_CORPUS` names.

The facts were counted by a reader that shares no code with kzfest, and again from `list -f json`. Both schedules give
the rooms of a conference as places, so here venues are rooms.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Outcome

CORPUS = Path(os.environ.get("KZFEST_CORPUS", ""))
pytestmark = pytest.mark.skipif(not os.environ.get("KZFEST_CORPUS"), reason="KZFEST_CORPUS names no folder of files")
FOSDEM, CONGRESS = "fosdem-2026.xml", "36c3-merged.xml"


class Day(NamedTuple):
    """A day of a programme."""

    places: list[str]
    events: list[Any]


@pytest.fixture(name="day")
def _day(kzfest: Callable[..., Outcome]) -> Callable[..., Day]:
    """Return a function that gives a day of the file of that name."""

    def day(file: str, *args: str) -> Day:
        (found,) = CORPUS.rglob(file)
        done = kzfest("--data", str(found), "day", *args, "-f", "json")
        assert done.code == 0, done.stderr
        answer = json.loads(done.stdout)
        return Day([each["name"] for each in answer["places"]], answer["events"])

    return day


def clock(moment: str) -> str:
    return moment[11:16]


@pytest.mark.parametrize(
    ("when", "by", "facts"),
    [
        ("2026-01-31", "venue", (484, 29, "09:30", "19:00")),
        ("2026-01-31", "track", (484, 33, "09:30", "19:00")),
        ("2026-02-01", "venue", (399, 26, "09:00", "18:15")),
        ("2026-02-01", "track", (399, 30, "09:00", "18:15")),
    ],
)
def test_17_18_fosdem(day: Callable[..., Day], when: str, by: str, facts: tuple[int, int, str, str]) -> None:
    found = day(FOSDEM, when, "--by", by)
    starts, ends = ([clock(each[key]) for each in found.events] for key in ("start", "end"))

    assert (len(found.events), len(found.places), min(starts), max(ends)) == facts
    if by == "venue":
        assert found.places[0] == "Janson"
        assert {each["at_once"] for each in found.events} == {1}


@pytest.mark.parametrize(
    ("when", "facts"),
    [
        ("2019-12-27", (297, 55, 12, 27, 9)),
        ("2019-12-28", (432, 70, 17, 104, 11)),
        ("2019-12-29", (445, 77, 14, 90, 16)),
        ("2019-12-30", (177, 50, 3, 43, 9)),
    ],
)
def test_19_20_36c3(day: Callable[..., Day], when: str, facts: tuple[int, ...]) -> None:
    """Count events, rooms, late events, pairs that overlap in a room, and such rooms.

    On the last two days the file has one more room, and fewer pairs: `1Komona headnut` and `1komona headnut` are one
    venue for kzfest.
    """
    timed = [each for each in day(CONGRESS, when).events if each["start"]]
    overlaps = [
        one["place"]
        for one, other in combinations(timed, 2)
        if one["place"] == other["place"]
        and one["end"]
        and other["end"]
        and max(one["start"], other["start"]) < min(one["end"], other["end"])
    ]
    late = sum(each["start"][:10] > when for each in timed)

    assert (len(timed), len({each["place"] for each in timed}), late, len(overlaps), len(set(overlaps))) == facts
    assert {each["place"] for each in timed if each["at_once"] > 1} >= set(overlaps)


def test_21_what_lasts_into_the_morning_and_what_has_no_length(on_terminal: Callable[..., Outcome]) -> None:
    (file,) = CORPUS.rglob(CONGRESS)
    asked = ("--data", str(file), "day", "--color", "never", "-q", "--page", "all")
    night = on_terminal(*asked, "2019-12-27", columns=120).stdout
    hours = [text[:5] for text in night.splitlines() if re.match(r"\d\d:\d\d", text)]
    rockets = on_terminal(*asked, "2019-12-29", "--search", "Build and fly your own rockets", columns=120).stdout

    assert "05:30" in hours
    assert "06:00" not in hours
    assert re.findall("Build and fly.*", rockets) != []
    assert re.findall("│", rockets) == []


@pytest.mark.parametrize(("file", "when"), [(FOSDEM, "2026-01-31"), (CONGRESS, "2019-12-28"), (CONGRESS, "2019-12-30")])
@pytest.mark.parametrize("columns", [60, 80, 120])
def test_each_event_is_drawn_once(
    day: Callable[..., Day], on_terminal: Callable[..., Outcome], file: str, when: str, columns: int
) -> None:
    (found,) = CORPUS.rglob(file)
    asked = ("--data", str(found), "day", when, "--color", "never", "-q", "--page", "all")
    stdout = on_terminal(*asked, columns=columns).stdout

    assert stdout.count("┌") == sum(1 for each in day(file, when).events if each["start"])
    assert [text for text in stdout.splitlines() if len(text) > columns] == []


def test_a_day_of_fosdem_has_what_list_has(day: Callable[..., Day], kzfest: Callable[..., Outcome]) -> None:
    (file,) = CORPUS.rglob(FOSDEM)
    listed = json.loads(kzfest("--data", str(file), "list", "2026-01-31", "-f", "json").stdout)["events"]

    assert Counter(each["id"] for each in day(FOSDEM, "2026-01-31").events) == Counter(each["id"] for each in listed)
