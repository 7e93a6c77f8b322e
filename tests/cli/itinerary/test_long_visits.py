"""A visit of several days is on each of them in all views: month, timeline, day, week and page."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run: TypeAlias = "Callable[..., tuple[int, str, str]]"

EVENTS = """\
  - {id: fair, title: Fair, category: fair, venue: mill, start: 2023-12-29, end: 2024-01-02}
  - {id: song, title: Song, category: concert, venue: mill, start: 2023-12-30 12:00, end: 2023-12-30 14:00}
"""
VENUES = "  - {id: mill, name: The mill, city: Neudorf}\n"
DAYS = ["2023-12-30", "2023-12-31", "2024-01-01"]
"""The days of the visit to the fair, from a Saturday to a Monday of the next month."""


@pytest.fixture(name="stay")
def _stay(kzfest: Run, programme: Callable[..., str], tmp_path: Path) -> tuple[Callable[..., str], str]:
    """Return a function that runs a command about a plan with a visit of three days, and the id of that visit."""
    data = ("--data", programme(EVENTS, venues=VENUES))
    home = {"KZFEST_HOME": str(tmp_path / "home"), "KZFEST_NOW": "2023-12-14"}
    asked = ("itinerary", "add", "fair", "--on", "2023-12-30", "--at", "18:00", "--for", "42h")
    assert kzfest(*data, *asked, **home)[0] == 0

    def ask(*args: str) -> str:
        code, stdout, stderr = kzfest(*data, *args, **home)
        assert code == 0, stderr
        return stdout

    (visit,) = json.loads(ask("itinerary", "-f", "json"))["visits"]
    return ask, visit["id"]


def test_each_of_its_days_has_it_in_json(stay: tuple[Callable[..., str], str]) -> None:
    ask, visit = stay

    def answer(*args: str) -> Any:
        return json.loads(ask(*args, "-f", "json"))

    months = [each for month in ("december", "january") for each in answer("month", month)["days"]]
    days = [each for day in ("29 dec", *DAYS, "2 jan") for each in answer("day", *day.split())["events"]]
    timelines = [answer("timeline", *asked)["events"] for asked in ([], ["31", "dec"], ["january"], ["2", "jan"])]
    record = {
        "id": visit,
        "day": DAYS[0],
        "start": "2023-12-30T18:00:00+06:00",
        "end": "2024-01-01T12:00:00+06:00",
        "last_day": DAYS[-1],
        "clashes": 0,
    }

    assert [each["day"] for each in months if each["planned"] == [visit]] == DAYS
    assert [each["day"] for each in days if each["visits"] == [record]] == DAYS
    assert [[each["visits"] for each in events if each["id"] == "fair"] for events in timelines] == [
        [[record]],
        [[record]],
        [[record]],
        [[]],
    ]


def test_each_of_its_days_has_it_in_a_pipe(stay: tuple[Callable[..., str], str]) -> None:
    ask, _visit = stay

    days = ask("day", "2023-12-29..2024-01-02").splitlines()
    month = ask("month", "january").splitlines()

    assert [re.split(" {2,}", line)[-2] for line in days if line.endswith("  fair")] == [
        "Fair",
        "18:00 – 1 Jan 2024, 12:00",
        "to 1 Jan, 12:00",
        "to 12:00",
        "Fair",
    ]
    assert [re.split(" {2,}", line) for line in month if "visit" in line] == [["Mon 1 Jan 2024", "1", "1 visit"]]


@pytest.mark.usefixtures("stay")
def test_each_of_its_days_has_it_on_a_terminal(on_terminal: Run, tmp_path: Path) -> None:
    data = ("--data", str(tmp_path / "village.yaml"), "-q")
    home = {"KZFEST_HOME": str(tmp_path / "home"), "KZFEST_NOW": "2023-12-14", "NO_COLOR": "1"}

    def shown(*args: str) -> str:
        return on_terminal(*data, *args, columns=100, **home)[1]

    assert [line for line in shown("timeline").splitlines() if "Fair" in line] == ["* Fair  ━━━◆━━◆━━◆━━━"]
    assert [line for line in shown("timeline", "january").splitlines() if "Fair" in line] == ["* Fair ◂◆━━━"]
    assert [line for line in shown("month", "january").splitlines() if "*" in line] == [
        " 1*         2          3          4          5          6          7",
        "+ go on   * in your plan",
    ]
    assert [line for line in shown("day", "31", "dec").splitlines() if "Fair" in line] == [
        "* Fair                                                   On since earlier · day 3 of 5 · to 2 Jan ·"
    ]
    assert "your visit: to 12:00" in " ".join(shown("day", "1", "jan").split())
    assert re.findall(r"│ (.+)", shown("day", "30", "dec")) == ["your visit: 18:00 – 1 Jan 2024,", "12:00"]


def test_each_of_its_days_has_it_on_a_page(stay: tuple[Callable[..., str], str]) -> None:
    ask, _visit = stay

    page = ask("itinerary", "page", "--lang", "en")
    plan = page[page.index('id="en-Plan"') : page.index('id="en-Month"')]

    assert re.findall(r"<h3>(.*?)</h3><ul><li><b>(.*?)</b>", plan) == [
        ("Saturday 30 December 2023", "18:00 – 1 Jan 2024, 12:00"),
        ("Sunday 31 December 2023", "to 1 Jan, 12:00"),
        ("Monday 1 January 2024", "to 12:00"),
    ]


def test_clash_is_marked_and_told_on_its_day_only(
    stay: tuple[Callable[..., str], str], on_terminal: Run, tmp_path: Path
) -> None:
    ask, _visit = stay
    for name, day in (("Lunch", "2023-12-31"), ("Brunch", "2024-01-01")):
        ask("itinerary", "add", "--own", name, "--on", day, "--at", "11:00", "--for", "90m")
    data = ("--data", str(tmp_path / "village.yaml"), "-q")
    home = {"KZFEST_HOME": str(tmp_path / "home"), "KZFEST_NOW": "2023-12-14", "NO_COLOR": "1"}

    days = [each for month in ("december", "january") for each in json.loads(ask("month", month, "-f", "json"))["days"]]
    piped = [line.split()[-2] for line in ask("day", "2023-12-29..2024-01-02").splitlines() if line.endswith("  fair")]
    page = ask("itinerary", "page", "--lang", "en")
    week = on_terminal(*data, "itinerary", "week", "2023-12-31", columns=100, **home)[1]
    drawn = [on_terminal(*data, "day", day, columns=100, **home)[1] for day in DAYS]

    assert {each["day"]: (len(each["planned"]), each["clashes"]) for each in days if each["planned"]} == {
        "2023-12-30": (1, 0),
        "2023-12-31": (2, 2),
        "2024-01-01": (2, 2),
    }
    assert piped == ["Fair", "12:00", "!", "!", "Fair"]
    assert re.findall(r"<td[^>]*>(?:<[^>]*>)*(\d+)(?:<[^>]*>)*([*!])", page[: page.index('id="kk"')]) == [
        ("30", "*"),
        ("31", "!"),
        ("1", "!"),
    ]
    assert re.findall(r"(?:18:00 –|to) 1 Jan[ 0-9]*, 12:00(?: !)?", week) == [
        "to 1 Jan, 12:00 !",
        "18:00 – 1 Jan 2024, 12:00",
    ]
    told = [(re.findall(r"[*!] Fair(?!:)", text), re.findall(r"overlaps with (\w+)", text)) for text in drawn]
    assert told == [(["* Fair"], []), (["! Fair"], ["Lunch"]), (["! Fair"], ["Brunch"])]


def test_days_on_which_the_same_visits_go_on_are_one_entry_of_a_page(
    kzfest: Run, programme: Callable[..., str], tmp_path: Path
) -> None:
    data = ("--data", programme(EVENTS, venues=VENUES))
    home = {"KZFEST_HOME": str(tmp_path / "home"), "KZFEST_NOW": "2023-12-14"}
    for name, day, length in (("Journey", "2023-12-20", "99h"), ("Lunch", "2023-12-24", "1h")):
        asked = ("itinerary", "add", "--own", name, "--on", day, "--at", "12:00", "--for", length)
        assert kzfest(*data, *asked, **home)[0] == 0

    page = kzfest(*data, "itinerary", "page", "--lang", "en", **home)[1]
    plan = page[page.index('id="en-Plan"') : page.index('id="en-Month"')]

    assert re.findall(r"<h3>(.*?)</h3>", plan) == [
        "Wednesday 20 December 2023",
        "21–23 Dec 2023",
        "Sunday 24 December 2023",
    ]
