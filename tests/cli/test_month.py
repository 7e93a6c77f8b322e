"""`kzfest month`: its counts are those of `kzfest list`, and its grid fits every terminal in every language."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from itertools import takewhile
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest
from babel import Locale
from rich.cells import cell_len

from kzfest.cli.terminal.tables import letters, render
from kzfest.core.festival_day import last_of_month
from kzfest.i18n import set_language
from kzfest.pages.month import month_page
from kzfest.paths import PROGRAMMES, data_folder
from kzfest.programme.context import Context
from kzfest.programme.database.queries import EventQuery
from kzfest.programme.events_by_day import EventsOfDay
from kzfest.programme.library import Library
from kzfest.programme.months import Months, in_whole_months, months_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run: TypeAlias = "Callable[..., tuple[int, str, str]]"

SEASON = {"astana": "2023-12-01..2024-01-31", "archive": "2025-12-01..2026-01-31"}
MOUNTAIN = """\
  - {id: hike, title: Hike, category: sport, start: 2022-06-11}
  - {id: run, title: Run, category: sport, start: 2024-06-12, end: 2024-06-14}
  - {id: off, title: Off, category: sport, start: 2024-06-13, status: cancelled}
"""


def answer(run: Run, *args: str) -> Any:
    code, printed, _told = run(*args, "-f", "json")
    assert code == 0
    return json.loads(printed)


@pytest.mark.parametrize("programme", SEASON)
def test_counts_are_those_of_a_list_day_by_day(kzfest: Run, programme: str) -> None:
    days = answer(kzfest, "-p", programme, "month", SEASON[programme])["days"]

    for found in days:
        listed = answer(kzfest, "-p", programme, "list", "--on", found["day"])["events"]
        starting = answer(kzfest, "-p", programme, "list", "--on", found["day"], "--starting")["events"]
        held = {each["id"]: each["certainty"] for each in listed if each["status"] != "cancelled"}
        certain = {key for key, certainty in held.items() if certainty == "certain"}
        possible = {each["id"] for each in listed if each["certainty"] == "possible" and not each["disputes"]}
        assert set(found["begin"]) == {each["id"] for each in starting}
        assert {*found["begin"], *found["go_on"]} == certain
        assert possible <= set(found["may_be_on"]) <= held.keys() - certain
    first, last = date.fromisoformat(days[0]["day"]), date.fromisoformat(days[-1]["day"])
    assert [each["day"] for each in days] == [
        (first + timedelta(days=number)).isoformat() for number in range((last - first).days + 1)
    ]


def test_showings_count_and_not_the_days_between(kzfest: Run) -> None:
    days = {each["day"]: each for each in answer(kzfest, "month", "2023-12-01..2024-01-31")["days"]}

    begun = [day for day, each in days.items() if "yakutia-circus" in each["begin"]]
    going = [day for day, each in days.items() if "yakutia-circus" in each["go_on"]]

    assert (begun, going) == (["2023-12-30", "2024-01-02"], [])
    assert days["2023-12-16"]["weekday"] == "sat"


@pytest.mark.parametrize("language", ["en_001", "kk_KZ", "ru_RU"])
def test_weeks_begin_on_monday_as_the_language_has_it(kzfest: Run, language: str) -> None:
    printed = month("december", kzfest, language[:2])

    names = printed.splitlines()[3].split()
    expected = Locale.parse(language).days["stand-alone"]["abbreviated"]
    assert Locale.parse(language).first_week_day == 0
    assert names == [expected[number] for number in range(7)]


def month(when: str, run: Run, language: str = "en", *, columns: int = 80) -> str:
    """Return the drawing of the bundled season."""
    found = answer(run, "month", when)
    question = EventQuery(first=date.fromisoformat(found["from"]), last=date.fromisoformat(found["to"]))
    months = months_of(question, context_of("astana", language), all_asked=True)
    return drawn(months, columns)


def context_of(programme: str, language: str) -> Context:
    set_language(language)
    return Context(library=Library(), file=data_folder() / PROGRAMMES[programme], language=language)


def drawn(months: Months, columns: int | None, today: date | None = None) -> str:
    return letters(render(month_page(months, {}, today), columns))


@pytest.mark.parametrize("language", ["en", "kk", "ru"])
@pytest.mark.parametrize("programme", PROGRAMMES)
def test_no_line_is_wider_than_the_terminal(programme: str, language: str) -> None:
    context = context_of(programme, language)
    first, last = context.catalogue.head.first, context.catalogue.head.last
    months = months_of(in_whole_months(EventQuery(first=first, last=last)), context, all_asked=False)

    for columns in (20, 40, 49, *range(50, 201)):
        lines = drawn(months, columns, months.firsts[0]).splitlines()
        assert max(map(cell_len, lines)) <= columns, columns
    assert "…" not in drawn(months, None)


def test_counts_that_are_too_wide_lose_the_same_part_in_every_cell() -> None:
    context = context_of("astana", "en")
    ids = tuple(map(str, range(1_234)))
    busy = EventsOfDay(begin=ids[:123], go_on=ids[:456], may_be_on=ids[:77])
    quiet = EventsOfDay(begin=ids[:1], may_be_on=ids[:1])
    days = {date(2024, 1, 3): busy, date(2024, 1, 4): quiet}
    months = Months(context.catalogue.head, "en", (date(2024, 1, 1),), days, (), (), ())

    wide, narrow = drawn(months, 80), drawn(months, 60)
    months = months._replace(days={date(2024, 1, 3): EventsOfDay(begin=ids[:999], go_on=ids), date(2024, 1, 4): busy})
    narrowest = drawn(months, 55)

    assert re.findall(r"[•+?]\d+", wide) == ["•123", "+456", "•1"]
    assert re.findall(r"[•+?]\d+", narrow) == ["•123", "•1"]
    assert re.findall(r"[•+?]\d+", narrowest) == ["•999", "•123"]
    assert "? may still be on: not shown at this width" in " ".join(wide.split())
    assert "+ go on: not shown at this width" in " ".join(narrow.split())


def test_programme_of_years_shows_the_month_of_now_or_the_next_with_events(kzfest: Run, programme: Any) -> None:
    file = programme(MOUNTAIN)

    found = {
        now: answer(kzfest, "--data", file, "--now", now, "month") for now in ("2022-06-20", "2023-01-01", "2030-01-01")
    }

    assert {now: each["from"] for now, each in found.items()} == {
        "2022-06-20": "2022-06-01",
        "2023-01-01": "2024-06-01",
        "2030-01-01": "2024-06-01",
    }
    told = kzfest("--data", file, "--now", "2023-01-01", "month", "--category", "sport")[2]
    assert told == f"1 more month has events; `kzfest --data {file} month 2022 --category sport` shows it\n"
    assert found["2023-01-01"]["off"] == ["off"]
    assert found["2022-06-20"]["off"] == []


def test_programme_of_centuries_shows_the_month_of_now(kzfest: Run, programme: Any) -> None:
    file = programme(MOUNTAIN + "  - {id: age, title: Age, category: sport, start: 1900-01-01, end: 2100-12-31}\n")

    found = answer(kzfest, "--data", file, "--now", "2026-05-01", "month")

    told = kzfest("--data", file, "--now", "2026-05-01", "month")[2]
    assert (found["from"], found["to"]) == ("2026-05-01", "2026-05-31")
    command = f"kzfest --data {file} month 2026"
    assert told == f"{12 * 201 - 1} more months have events; `{command}` shows those of 2026\n"
    assert len(answer(kzfest, "--data", file, "month", "2026")["days"]) == 365


@pytest.mark.parametrize(
    ("language", "labels"),
    [
        ("en", ("Begin", "Go on", "May be on")),
        ("kk", ("Басталады", "Жалғасады", "Жалғасуы мүмкін")),
        ("ru", ("Начинаются", "Продолжаются", "Возможно, идут")),
    ],
)
def test_narrow_terminal_has_a_label_before_each_number(kzfest: Run, language: str, labels: tuple[str, ...]) -> None:
    days = {each["day"]: each for each in answer(kzfest, "month", "december")["days"]}

    lines = month("december", kzfest, language, columns=49).splitlines()

    numbers = [len(days["2023-12-16"][key]) for key in ("begin", "go_on", "may_be_on")]
    after = lines[next(number for number, each in enumerate(lines) if "16" in each) + 1 :]
    told = takewhile(lambda each: each.startswith("  "), after)
    assert " ".join(each.strip() for each in told) == " · ".join(
        f"{label}: {number}" for label, number in zip(labels, numbers, strict=True)
    )


def test_every_month_that_the_days_touch_is_whole(kzfest: Run) -> None:
    found = answer(kzfest, "month", "31 dec..1 jan")

    assert (found["from"], found["to"], len(found["days"])) == ("2023-12-01", "2024-01-31", 62)


def test_csv_has_the_numbers_of_the_json(kzfest: Run) -> None:
    days = answer(kzfest, "month", "december")["days"]

    rows = kzfest("month", "december", "-f", "csv")[1].splitlines()

    assert rows[0] == "day,weekday,begin,go_on,may_be_on,planned,clashes,today"
    assert [row.split(",")[:5] for row in rows[1:]] == [
        [each["day"], each["weekday"], *(str(len(each[key])) for key in ("begin", "go_on", "may_be_on"))]
        for each in days
    ]


def test_plan_is_marked_with_its_clashes(kzfest: Run, on_terminal: Run, tmp_path: Any) -> None:
    home = {"KZFEST_HOME": str(tmp_path / "home"), "KZFEST_NOW": "2023-12-14"}
    kzfest("itinerary", "add", "tango-dellamore", **home)
    kzfest("itinerary", "add", "gastromania", "--on", "2023-12-16", "--at", "12:00", "--for", "2h", **home)
    kzfest("itinerary", "add", "now-i-see-you", "--on", "2023-12-16", "--at", "13:00", **home)
    plan = json.loads(kzfest("itinerary", "show", "-f", "json", **home)[1])["visits"]

    found = json.loads(kzfest("month", "december", "-f", "json", **home)[1])["days"]
    printed = on_terminal("month", "december", NO_COLOR="1", **home)[1]
    piped = kzfest("month", "december", **home)[1]

    planned = {each["day"]: each["planned"] for each in found if each["planned"]}
    assert planned == {
        day: [visit["id"] for visit in plan if visit["day"] == day] for day in ("2023-12-16", "2023-12-17")
    }
    assert [(each["day"], each["clashes"]) for each in found if each["clashes"]] == [("2023-12-16", 2)]
    assert re.findall(r"\[?\d+\]?[*!]|\[\d+\]", printed) == ["[14]", "16!", "17*"]
    assert re.findall(r"\d visits?.*", piped) == ["2 visits · 2 clashes", "1 visit"]


def test_all_visits_count_unless_filters_choose_events(kzfest: Run, tmp_path: Any, programme: Any) -> None:
    home = {"KZFEST_HOME": str(tmp_path / "home"), "KZFEST_NOW": "2023-12-14"}
    other = programme("  - {id: fair, title: Fair, category: sport, start: 2023-12-18 10:00, end: 2023-12-18 11:00}\n")
    kzfest("itinerary", "add", "tango-dellamore", **home)
    kzfest("itinerary", "add", "--own", "Lunch", "--on", "17 dec", "--at", "18:00", "--for", "3h", **home)
    kzfest("itinerary", "add", "--own", "Dentist", "--on", "18 dec", "--at", "10:30", "--for", "1h", **home)
    kzfest("--data", other, "itinerary", "add", "fair", **home)

    def marked(*args: str) -> dict[str, tuple[int, int]]:
        days = json.loads(kzfest("month", "december", *args, "-f", "json", **home)[1])["days"]
        return {each["day"]: (len(each["planned"]), each["clashes"]) for each in days if each["planned"]}

    assert marked() == {"2023-12-17": (2, 0), "2023-12-18": (2, 2)}
    assert marked("--category", "concert") == {"2023-12-17": (1, 0)}


def test_no_mark_is_lost_where_only_ascii_can_be_written(on_terminal: Run) -> None:
    ascii_only = {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "NO_COLOR": "1"}
    printed = on_terminal("month", "december", KZFEST_NOW="2023-12-14", **ascii_only)[1]
    usual = on_terminal("month", "december", KZFEST_NOW="2023-12-14", NO_COLOR="1")[1]

    assert printed.isascii()
    assert printed.count("?") == usual.count("?")
    assert list(map(len, printed.splitlines())) == list(map(len, usual.splitlines()))


def test_colour_only_repeats_what_the_marks_say(on_terminal: Run) -> None:
    coloured = on_terminal("month", "december", KZFEST_NOW="2023-12-14")[1]

    plain = on_terminal("month", "december", KZFEST_NOW="2023-12-14", NO_COLOR="1")[1]

    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == plain


def test_events_without_a_date_are_in_no_month(kzfest: Run) -> None:
    undated = [each["id"] for each in answer(kzfest, "list", "--undated")["events"]]

    found = answer(kzfest, "month", "--undated")
    code, printed, told = kzfest("month", "--undated")

    assert (found["days"], sorted(found["undated"])) == ([], sorted(undated))
    assert (code, printed, told) == (
        0,
        "",
        f"{len(undated)} events without a known date are in no month; `kzfest list --undated` lists them\n",
    )


def test_note_names_the_command_that_lists_what_has_no_date(kzfest: Run) -> None:
    args = ("--category", "concert")
    undated = answer(kzfest, "list", "--undated", *args)["events"]

    told = kzfest("month", "december", *args)[2]

    command = "kzfest list --undated --category concert"
    assert len(undated) == 1
    assert told.splitlines()[-1] == f"1 event without a known date is left out; `{command}` lists it"


def test_filters_are_told_below(on_terminal: Run) -> None:
    args = ("--category", "exhibition", "--search", "new year", "--free", "--age", "6", "--not-venue", "circus")

    printed = " ".join(on_terminal("month", "december", *args, NO_COLOR="1")[1].split())

    assert printed.endswith(
        "Only what matches `--category exhibition --not-venue circus --free --age 6 --search 'new year'`"
    )


@pytest.mark.parametrize(("when", "days"), [("0001-01-01", 31), ("9999-12-31", 31)])
def test_ends_of_the_calendar_are_days_like_others(on_terminal: Run, when: str, days: int) -> None:
    code, printed, _told = on_terminal("month", when, NO_COLOR="1")

    assert code == 0
    assert re.findall(r"\b\d{1,2}\b", printed.split("───")[-1].split("Every")[0]) == [
        str(n) for n in range(1, days + 1)
    ]


def test_what_no_day_counts_is_said_below(on_terminal: Run, programme: Any) -> None:
    always = "category: sport, when: permanent"
    more = f"  - {{id: hut, title: Hut, {always}}}\n  - {{id: bar, title: Bar, {always}, status: cancelled}}\n"
    file = programme(MOUNTAIN + more)

    printed = on_terminal("--data", file, "month", "june 2024", NO_COLOR="1")[1]

    assert printed.splitlines()[-2:] == [
        "• begin   + go on",
        "Every day: 1 permanent event. Not counted: 2 cancelled or postponed events.",
    ]


def test_event_with_a_showing_that_is_held_is_counted(kzfest: Run, programme: Any) -> None:
    showings = "[{start: 2024-06-15}, {start: 2024-06-16, status: cancelled}, {start: 2024-07-01, status: cancelled}]"
    file = programme(f"{MOUNTAIN}  - {{id: ride, title: Ride, category: sport, showings: {showings}}}\n")

    off = {when: answer(kzfest, "--data", file, "month", f"{when} 2024")["off"] for when in ("june", "july")}

    assert off == {"june": ["off"], "july": ["ride"]}


def test_too_many_months_are_an_error(kzfest: Run) -> None:
    assert kzfest("month", "1900-01-01..2100-01-01") == (2, "", "kzfest: that is 2401 months; ask for at most 1200\n")


def test_last_month_of_the_calendar_has_its_last_day() -> None:
    assert [last_of_month(day) for day in (date(2024, 2, 3), date(2023, 12, 31), date(9999, 12, 1))] == [
        date(2024, 2, 29),
        date(2023, 12, 31),
        date(9999, 12, 31),
    ]


def test_visit_of_several_days_marks_each_of_them(kzfest: Run, tmp_path: Path) -> None:
    home = {"KZFEST_HOME": str(tmp_path / "home"), "KZFEST_NOW": "2023-12-10T12:00"}
    kzfest("itinerary", "add", "--own", "Journey", "--on", "2023-12-16", "--at", "22:00", "--for", "40h", **home)

    days = json.loads(kzfest("month", "december", "-f", "json", **home)[1])["days"]
    kzfest("itinerary", "page", "-o", str(tmp_path / "plan.html"), **home)

    assert [each["day"] for each in days if each["planned"]] == ["2023-12-16", "2023-12-17", "2023-12-18"]
    assert (tmp_path / "plan.html").read_text(encoding="utf-8").count("</a>*") == 3 * 3
