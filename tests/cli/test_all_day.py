"""Events that last all day, such as public holidays: in lists, cards, calendars and plans, and when they are on."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, TypeAlias

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run: TypeAlias = "Callable[..., tuple[int, str, str]]"
    Programme: TypeAlias = "Callable[..., str]"

HOLIDAY = """\
  - {id: day, title: Holiday, category: holiday, start: 2022-12-16, hours: "00:00-24:00",
     repeats: FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=16}
"""
NEW_YEAR = """\
  - {id: year, title: New Year, category: holiday, start: 2023-12-30, end: 2023-12-31, hours: "00:00-24:00"}
"""
HEAD = ", first: 2023-12-01, last: 2024-01-31"
WEEK = dict.fromkeys(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), "00:00-24:00")


@pytest.fixture(name="ask")
def _ask(kzfest: Run, programme: Programme, tmp_path: Path) -> Callable[..., str]:
    """Return a function that asks a programme with two holidays and gives the answer."""
    file = programme(HOLIDAY + NEW_YEAR, head=HEAD)

    def ask(*args: str) -> str:
        code, stdout, stderr = kzfest("--data", file, *args, KZFEST_HOME=str(tmp_path / "home"))
        assert code == 0, stderr
        return stdout.replace("\u00a0", " ")

    return ask


@pytest.mark.parametrize(
    ("language", "when"),
    [("en", "all day · every year"), ("kk", "күні бойы · жыл сайын"), ("ru", "весь день · каждый год")],
)
def test_list_says_all_day(ask: Callable[..., str], language: str, when: str) -> None:
    page = ask("--lang", language, "list", "2023-12-16").splitlines()

    assert page[4].partition("  ")[0] == when


@pytest.mark.parametrize(("day", "found"), [("15", []), ("16", ["day"]), ("17", [])])
def test_holiday_is_on_its_day_only(ask: Callable[..., str], day: str, found: list[str]) -> None:
    answer = json.loads(ask("list", f"2023-12-{day}", "-f", "json"))

    assert [each["id"] for each in answer["events"]] == found


@pytest.mark.parametrize(
    ("moment", "found"),
    [
        ("2023-12-15T23:59", []),
        ("2023-12-16T00:00", ["day"]),
        ("2023-12-16T04:59", ["day"]),
        ("2023-12-16T23:59", ["day"]),
        ("2023-12-17T00:00", []),
        ("2023-12-31T12:00", ["year"]),
        ("2024-01-01T00:30", []),
    ],
)
def test_holiday_is_on_from_midnight_to_midnight(ask: Callable[..., str], moment: str, found: list[str]) -> None:
    answer = json.loads(ask("--now", moment, "list", "now", "-f", "json"))

    assert [(each["id"], len(each["showings"])) for each in answer["events"]] == [(key, 1) for key in found]


@pytest.mark.parametrize(
    ("args", "found"),
    [
        (["--after", "18:00"], ["day"]),
        (["--before", "06:00"], ["day"]),
        (["--after", "01:00"], []),
    ],
)
def test_filter_by_hour_knows_how_long_a_day_is(ask: Callable[..., str], args: list[str], found: list[str]) -> None:
    answer = json.loads(ask("list", "2023-12-16", *args, "-f", "json"))

    assert [each["id"] for each in answer["events"]] == found


def test_card_and_search_say_all_day(ask: Callable[..., str]) -> None:
    assert ask("show", "day").splitlines()[2] == "When        16 Dec 2023, all day · every year"
    assert ask("show", "year").splitlines()[2] == "When        30–31 Dec 2023, all day"
    assert "30–31 Dec 2023, all day" in ask("search", "year")


def test_days_of_a_holiday_are_one_row(ask: Callable[..., str]) -> None:
    page = [re.sub(" {2,}", "  ", line) for line in ask("list", "2023-12-15..2024-01-15").splitlines()]

    assert page[3:] == [
        "Saturday 16 December 2023",
        "all day · every year  Holiday  day  holiday",
        "",
        "Saturday 30 December 2023",
        "to 31 Dec · all day  New Year  year  holiday",
    ]


@pytest.mark.parametrize("event", ["day", "year"])
def test_json_has_the_hours(ask: Callable[..., str], event: str) -> None:
    found = json.loads(ask("show", event, "-f", "json"))["event"]

    assert (found["all_day"], found["hours"]) == (True, WEEK)


def test_calendar_has_an_entry_of_whole_days(ask: Callable[..., str]) -> None:
    entries = ask("export", "-f", "ics").replace("\r", "")

    assert re.findall(r"^(?:DTSTART|DTEND|TRANSP).*", entries, re.MULTILINE) == [
        "DTSTART;VALUE=DATE:20231216",
        "DTEND;VALUE=DATE:20231217",
        "TRANSP:TRANSPARENT",
        "DTSTART;VALUE=DATE:20231230",
        "DTEND;VALUE=DATE:20240101",
        "TRANSP:TRANSPARENT",
    ]


def test_plan_says_all_day(ask: Callable[..., str]) -> None:
    ask("itinerary", "add", "day")

    assert ask("itinerary").splitlines()[4].startswith("all day  Holiday")


def test_hour_given_as_all_day_is_no_change_of_a_visit(kzfest: Run, programme: Programme, tmp_path: Path) -> None:
    home = {"KZFEST_HOME": str(tmp_path / "home")}
    before = programme(HOLIDAY.replace('hours: "00:00-24:00",', ""), head=HEAD)
    kzfest("--data", before, "itinerary", "add", "day", **home)

    _code, _page, notes = kzfest("--data", programme(HOLIDAY, head=HEAD), "itinerary", "check", **home)

    assert notes == "1 visit, no problems\n"


@pytest.mark.parametrize(
    ("event", "fault"),
    [
        (HOLIDAY.replace("00:00-24:00", "10:00-18:00"), "'hours' and 'repeats' exclude each other"),
        (HOLIDAY.replace("2022-12-16", "2022-12-16 10:00"), "'hours' and 'repeats' exclude each other"),
    ],
)
def test_other_hours_cannot_repeat(kzfest: Run, programme: Programme, event: str, fault: str) -> None:
    code, stdout, _stderr = kzfest("check", programme(event, head=HEAD))

    assert (code, fault in stdout) == (4, True)
