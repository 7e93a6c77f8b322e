"""`kzfest timeline`: its spans are the days of `kzfest list`, and its lines fit every terminal in every language."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from tests.cli.hostile import acting, as_yaml, hostile_programme

from kzfest.cli.commands.timeline import EVENTS_ONE_BY_ONE
from kzfest.cli.terminal.tables import letters, render
from kzfest.core.festival_day import days_of
from kzfest.i18n import set_language
from kzfest.pages.timeline import timeline_page
from kzfest.paths import PROGRAMMES, data_folder
from kzfest.programme.context import Context
from kzfest.programme.database.queries import EventQuery
from kzfest.programme.library import Library
from kzfest.programme.timeline import GROUP_KINDS, Timeline, timeline_of_events, timeline_of_groups

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run: TypeAlias = "Callable[..., tuple[int, str, str]]"

COLOURLESS = {"NO_COLOR": "1"}
PLAIN = {"NO_COLOR": "1", "KZFEST_NOW": "2023-12-14"}
CONFERENCE = """\
  - {id: opening, title: Opening, category: talk, tracks: [Main], start: 2023-12-16 10:00, end: 2023-12-16 10:30}
  - {id: second, title: Second, category: talk, tracks: [Main], start: 2023-12-16 10:30, end: 2023-12-16 11:30}
  - {id: other, title: Other, category: workshop, tracks: [Side, Main], start: 2023-12-16 11:00, end: 2023-12-16 12:00}
  - {id: no-end, title: No end, category: concert, start: 2023-12-16 20:00}
  - {id: night, title: Night, category: talk, start: 2023-12-17 00:30, end: 2023-12-17 01:00}
  - {id: blink, title: Blink, category: talk, start: 2023-12-17 09:00, end: 2023-12-17 09:01}
  - {id: show, title: Show, category: show, start: 2023-12-15, end: 2023-12-18}
  - {id: gone, title: Gone, category: talk, tracks: [Main], start: 2023-12-16 10:00, status: cancelled}
"""

PERMANENT = {"kind": "permanent", "from": None, "to": None, "source": None}
CLOCKS_CHANGE = """\
format: 1
programme: {id: fair, title: Fair, timezone: Europe/Brussels, revised: 2026-10-01}
events:
  - {id: twice, title: Twice, category: talk, start: "2026-10-25 02:00+02:00", end: "2026-10-25 03:00+01:00"}
  - {id: late, title: Late, category: talk, start: 2026-10-25 04:30, end: 2026-10-25 05:00}
  - {id: next, title: Next, category: talk, start: 2026-10-25 09:00, end: 2026-10-25 10:00}
"""


def answer(run: Run, *args: str) -> Any:
    code, printed, _told = run(*args, "-f", "json")
    assert code == 0
    return json.loads(printed)


def days_in(event: Any, *kinds: str) -> set[str]:
    """Return the days of *event* in its spans of these *kinds*."""
    return {
        day.isoformat()
        for span in event["spans"]
        if span["kind"] in kinds
        for day in days_of(date.fromisoformat(span["from"]), date.fromisoformat(span["to"]))
    }


@pytest.mark.parametrize(
    ("programme", "when"),
    [("astana", "december"), ("astana", "15..17 dec"), ("astana", "2024-01-01..2024-01-31"), ("archive", "dec 2025")],
)
def test_events_and_days_are_those_of_a_list(kzfest: Run, programme: str, when: str) -> None:
    found = answer(kzfest, "-p", programme, "timeline", when)
    listed = answer(kzfest, "-p", programme, "list", when)["events"]

    events = {each["id"]: each for each in found["events"] if each["spans"]}
    only_elsewhere = {
        each["id"]
        for each in listed
        if each["certainty"] == "possible" and each["disputes"] and each["last_day"] is not None
    }
    assert events.keys() == {each["id"] for each in listed} - only_elsewhere
    for day in days_of(date.fromisoformat(found["from"]), date.fromisoformat(found["to"])):
        on = answer(kzfest, "-p", programme, "list", "--on", day.isoformat())["events"]
        certain = {each["id"] for each in on if each["certainty"] == "certain"}
        assert {
            key for key, each in events.items() if day.isoformat() in days_in(each, "on", "showing", "off")
        } == certain


def test_undated_events_come_last_without_spans(kzfest: Run) -> None:
    undated = [each["id"] for each in answer(kzfest, "list", "--undated")["events"]]

    events = answer(kzfest, "timeline", "december")["events"]
    alone = answer(kzfest, "timeline", "--undated")["events"]

    assert [each["id"] for each in events if not each["spans"]] == [each["id"] for each in events[-len(undated) :]]
    assert {each["id"] for each in events[-len(undated) :]} == set(undated) == {each["id"] for each in alone}


def test_events_are_in_order_of_their_first_day(kzfest: Run) -> None:
    events = answer(kzfest, "timeline")["events"]

    own = ("on", "showing", "off")
    firsts = [
        min(span["from"] for span in each["spans"] if span["kind"] in own) for each in events if days_in(each, *own)
    ]
    assert firsts == sorted(firsts)
    assert [each["spans"] for each in events if each["id"] == "kazakhstan-way"] == [[PERMANENT]]


def test_spans_say_what_is_certain_and_what_another_source_says(kzfest: Run) -> None:
    events = {each["id"]: each["spans"] for each in answer(kzfest, "timeline")["events"]}
    archived = {each["id"]: each["spans"] for each in answer(kzfest, "-p", "archive", "timeline")["events"]}

    def span(kind: str, first: str, last: str | None, source: str | None = None) -> dict[str, str | None]:
        return {"kind": kind, "from": first, "to": last, "source": source}

    assert events["yakutia-circus"] == [
        span("showing", "2023-12-30", "2023-12-30"),
        span("showing", "2024-01-02", "2024-01-02"),
    ]
    assert events["artists-union-90"] == [span("on", "2023-12-15", "2023-12-15"), span("may", "2023-12-16", None)]
    assert events["dialogue"] == [
        span("on", "2023-12-16", "2023-12-30"),
        span("other_source", "2023-12-08", "2023-12-15", "at-2023-12-07"),
    ]
    assert events["great-women"][1:] == [
        span("not_in_other_source", "2024-01-23", "2024-01-26", events["great-women"][1]["source"])
    ]
    assert [(each["kind"], each["from"], each["to"]) for each in archived["mount-fuji-2024"]] == [
        ("on", "2024-12-21", "2025-01-18"),
        ("other_source", "2024-12-20", "2024-12-20"),
        ("not_in_other_source", "2025-01-18", "2025-01-18"),
    ]


def row_of(printed: str, title: str) -> str:
    """Return the columns of the scale in the line with this *title*, from the mark at its left edge on."""
    lines = printed.splitlines()
    ruler = next(line for line in lines if re.match(r"^\s{10,}\d", line))
    start = len(ruler) - len(ruler.lstrip()) - 1
    return next(line[start:] for line in lines if line[2:].startswith(title))


def test_drawing_has_the_marks_of_each_kind(on_terminal: Run) -> None:
    printed = on_terminal("timeline", "14..31", "dec", columns=80, **PLAIN)[1]

    assert row_of(printed, "ASTANA OPEN") == " ━━━━━ ·           · ·           · ·"
    assert row_of(printed, "Tauelsizdik") == "   ━━╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌?"
    assert row_of(printed, "Dialogue") == "◂░░░░━━━━━━━━━━━━━━━━━━━━━━━━━━━━━ ·"
    assert row_of(printed, "Now, I See You") == "◂░░░░━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━▸"
    assert row_of(printed, "Land of the Mammoth") == "     · ·           · ·           ● ·"
    assert row_of(printed, "Kazakhstan Way") == " ────────────────────────────────────"
    assert "▼ today" in printed


def test_season_has_a_line_for_each_event(on_terminal: Run, kzfest: Run) -> None:
    printed = on_terminal("timeline", columns=120, **PLAIN)[1]

    events = [each for each in answer(kzfest, "timeline")["events"] if each["spans"]]
    drawing = printed.split("Without a known date")[0]
    assert len(re.findall(r"^.*[━●╌░▒─×].*$", drawing, re.MULTILINE)) == len(events)
    assert row_of(printed, "The Great Women").strip(" ·") == "▒▒▒▒━━━━━▸"
    assert row_of(printed, "Land of the Mammoth").strip(" ·") == "●· ●"


def test_long_programme_falls_into_seasons(on_terminal: Run, kzfest: Run) -> None:
    printed = on_terminal("-p", "archive", "timeline", columns=80, **PLAIN)[1]

    on: set[date] = set()
    for each in answer(kzfest, "-p", "archive", "timeline")["events"]:
        on |= {date.fromisoformat(day) for day in days_in(each, "on", "showing")}
    ordered = sorted(on)
    gaps = [(one, other) for one, other in pairwise(ordered) if (other - one).days > 28]
    assert len(gaps) == len(re.findall("^nothing from .+ to .+$", printed, re.MULTILINE)) > 0
    heads = re.findall(r"^\d+ [A-Z][a-z]{2} (?:\d{4} )?– .*\d{4}$", printed, re.MULTILINE)
    assert len(heads) == len(gaps) + 1
    mount_fuji = [line for line in printed.splitlines() if "Mount Fuji" in line]
    assert "".join(mount_fuji).count("░") == "".join(mount_fuji).count("▒") == 1


def test_block_is_never_cut_inside_a_week(on_terminal: Run) -> None:
    printed = on_terminal("timeline", "--each", columns=80, **PLAIN)[1]

    rulers = [re.findall(r"\d+", line) for line in printed.splitlines() if re.match(r"^\s{10,}\d", line)]
    assert len(rulers) > 1
    mondays = {each.day for each in days_of(date(2023, 12, 1), date(2024, 1, 31)) if not each.weekday()}
    assert {int(number) for ruler in rulers for number in ruler[1:]} <= mondays
    assert {int(ruler[0]) for ruler in rulers[1:]} <= mondays


def context_of(programme: str, language: str) -> Context:
    set_language(language)
    return Context(library=Library(), file=data_folder() / PROGRAMMES[programme], language=language)


def drawn(timeline: Timeline, columns: int | None, now: datetime | None = None) -> str:
    return letters(render(timeline_page(timeline, {}, now), columns))


@pytest.mark.parametrize("language", ["en", "kk", "ru"])
@pytest.mark.parametrize("programme", PROGRAMMES)
def test_no_line_is_wider_than_the_terminal(programme: str, language: str) -> None:
    context = context_of(programme, language)
    first, last = context.catalogue.head.first, context.catalogue.head.last
    assert last is not None
    question = EventQuery(first=first, last=last)
    now = datetime(last.year, last.month, last.day, 12, tzinfo=context.zone)
    timelines = [
        timeline_of_events(question, context),
        *(timeline_of_groups(question, by, context) for by in GROUP_KINDS),
    ]
    short = timeline_of_events(question._replace(first=last - timedelta(days=3)), context)

    for columns in (40, 59, *range(60, 201, 7), 119, 120):
        for each in (*timelines, short):
            lines = drawn(each, columns, now).splitlines()
            assert max(map(cell_len, lines), default=0) <= columns, columns
    assert all("…" not in drawn(each, None) for each in timelines)


def test_one_day_with_hours_is_drawn_in_hours(on_terminal: Run, programme: Any, kzfest: Run) -> None:
    file = programme(CONFERENCE)

    printed = on_terminal(
        "--data", file, "timeline", "2023-12-16", columns=80, KZFEST_NOW="2023-12-16T11:10", **COLOURLESS
    )[1]

    assert answer(kzfest, "--data", file, "timeline", "2023-12-16")["axis"] == "hours"
    assert printed.splitlines()[2:] == [
        "Saturday 16 December 2023",
        "                   10  11  12  13  14  15  16  17  18  19  20  21  22  23  00",
        "                       ▼ 11:10",
        "  Opening          ━   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·",
        "  CANCELLED: Gone  ××××××× ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·",
        "  Second           · ━━━   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·",
        "  Other            ·   ━━━ ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·",
        "  No end           ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ━━╌╌╌╌╌ ·   ·   ·",
        "  Night            ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   · ━",
        "",
        "Without an hour",
        "  Show  15–18 Dec 2023",
        "",
        "━━━ on   ╌╌╌ end not known   ××× cancelled or postponed   · full hour",
    ]


def test_what_has_no_hour_is_listed_with_its_days(on_terminal: Run, programme: Any) -> None:
    file = programme(
        "  - {id: talk, title: Talk, category: talk, start: 2023-12-16 10:00, end: 2023-12-16 11:00}\n"
        "  - {id: meal, title: Meal, category: talk, start: 2023-12-16 12:00, end: 2023-12-16 13:00}\n"
        "  - {id: walk, title: Walk, category: talk, start: 2023-12-16 15:00, end: 2023-12-16 16:00}\n"
        "  - {id: film, title: Film, category: talk, start: 2023-12-16 17:00, end: 2023-12-16 18:00}\n"
        "  - {id: open, title: Open, category: exhibition, start: 2023-12-13, end: unknown}\n"
        "  - {id: day, title: Day, category: holiday, start: 2023-12-16, hours: '00:00-24:00'}\n"
        "  - {id: gone, title: Gone, category: show, start: 2023-12-15, end: 2023-12-18, status: postponed}\n"
    )

    printed = on_terminal("--data", file, "timeline", "2023-12-16", **PLAIN)[1]

    assert printed.split("Without an hour\n")[1].split("\n\n")[0].splitlines() == [
        "  Open  from 13 Dec",
        "  POSTPONED: Gone  15–18 Dec 2023",
        "  Day  16 Dec 2023; all day",
    ]


def test_visit_is_marked_at_its_hour(on_terminal: Run, kzfest: Run, programme: Any, tmp_path: Path) -> None:
    home = {"KZFEST_HOME": str(tmp_path / "home"), "KZFEST_NOW": "2023-12-10"}
    file = programme(CONFERENCE)
    for key in ("second", "other"):
        kzfest("--data", file, "itinerary", "add", key, **home)

    lines = on_terminal("--data", file, "timeline", "2023-12-16", NO_COLOR="1", **home)[1].splitlines()
    by_track = on_terminal("--data", file, "timeline", "2023-12-16", "--by", "track", NO_COLOR="1", **home)[1]

    assert {line[:9].strip(): line[17:27] for line in lines if line.startswith("! ") and "◆" in line} == {
        "! Second": "  · ◆━━   ",
        "! Other": "  ·   ◆━━ ",
    }
    assert [line[:2] for line in by_track.splitlines() if line[2:6] in {"Main", "Side", "with"}] == ["! ", "! ", "  "]


def test_whole_day_of_hours_fits_a_narrow_terminal(on_terminal: Run, programme: Any) -> None:
    file = programme(
        "  - {id: early, title: A long title that leaves little room, category: t, start: 2023-12-16 05:00}\n"
        "  - {id: late, title: Late, category: t, start: 2023-12-17 03:00, end: 2023-12-17 05:00}\n"
    )

    lines = on_terminal("--data", file, "timeline", "2023-12-16", columns=60, **PLAIN)[1].splitlines()

    assert lines[3:7] == [
        "                                   05  09  13  17  21  01",
        "  A long title that leaves little  ━╌······················",
        "  room                             ························",
        "  Late                             ······················━━",
    ]


@pytest.mark.parametrize("when", ["0001-01-01", "9999-12-31", "0001-01-01..9999-12-31"])
@pytest.mark.parametrize("more", [(), ("--by", "venue"), ("--each", "-f", "json")])
def test_ends_of_the_calendar_are_days_like_others(on_terminal: Run, when: str, more: tuple[str, ...]) -> None:
    assert on_terminal("timeline", when, *more, NO_COLOR="1")[0] == 0


def test_day_on_which_the_clocks_change_has_its_hours(on_terminal: Run, tmp_path: Path) -> None:
    file = tmp_path / "fair.yaml"
    file.write_text(CLOCKS_CHANGE, encoding="utf-8")

    drawn = {
        by: on_terminal("--data", str(file), "timeline", "2026-10-24..2026-10-25", *by, columns=80, **PLAIN)[1]
        for by in ((), ("--by", "category"))
    }

    assert [line.rstrip() for line in drawn[()].splitlines()[2:9]] == [
        "Saturday 24 October 2026",
        "         02  02  03  04",
        "  Twice  ━━━━━━━ ·   ·",
        "  Late   ·   ·   ·   · ━",
        "",
        "Sunday 25 October 2026",
        "         09",
    ]
    assert [line.rstrip() for line in drawn["--by", "category"].splitlines()[3:8]] == [
        "           02  02  03  04",
        "  talk  3  1 1 1 1 ·   · 1",
        "",
        "Sunday 25 October 2026",
        "           09",
    ]


def test_numbers_of_a_group_are_those_at_once(kzfest: Run, programme: Any) -> None:
    found = answer(kzfest, "--data", programme(CONFERENCE), "timeline", "2023-12-16", "--by", "track")

    cells = {
        each["name"]: {at: number for at, number in enumerate(each["cells"]) if number} for each in found["groups"]
    }
    assert (found["axis"], found["cells_from"], found["cell_minutes"]) == ("hours", "2023-12-16", 30)
    assert cells == {
        "Main": {10: 1, 11: 1, 12: 2, 13: 1},
        "Side": {12: 1, 13: 1},
        None: {30: 1, 31: 1, 32: 1, 33: 1, 39: 1},
    }
    assert [(each["name"], each["events"]) for each in found["groups"]] == [("Main", 3), ("Side", 1), (None, 3)]


def test_days_of_a_group_have_the_numbers_of_their_events(on_terminal: Run, programme: Any) -> None:
    file = programme(
        "".join(
            f"  - {{id: e{n}, title: T, category: talk, start: 2023-12-{16 + (n > 12) + (n > 112)} 10:00}}\n"
            for n in range(118)
        )
    )

    drawn = {
        columns: on_terminal("--data", file, "timeline", "15..30", "dec", columns=columns, **PLAIN)[1]
        for columns in (80, 60)
    }

    assert {columns: re.findall(r"^  talk +118 (.*)$", text, re.MULTILINE) for columns, text in drawn.items()} == {
        80: ["    13 +  5              ·  ·                 ·"],
        60: ["   + + 5         · ·           ·"],
    }
    told = {columns: text.splitlines()[-1].split("   ")[:2] for columns, text in drawn.items()}
    assert told == {
        80: ["1 … how many events that day", "+ more than 99"],
        60: ["1 … how many events that day", "+ more than 9"],
    }
    assert "more than" not in on_terminal("timeline", "--by", "category", columns=120, **COLOURLESS)[1]


@pytest.mark.parametrize("by", GROUP_KINDS)
def test_group_counts_each_day_what_a_list_has(kzfest: Run, programme: Any, by: str) -> None:
    data = ("--data", programme(CONFERENCE)) if by == "track" else ()
    found = answer(kzfest, *data, "timeline", "--by", by)

    first = date.fromisoformat(found["cells_from"])
    numbers = range(len(found["groups"][0]["cells"]))
    for number in {0, 1, 2, 15, 29, 30, 40}.intersection(numbers):
        day = (first + timedelta(days=number)).isoformat()
        listed = answer(kzfest, *data, "list", "--on", day)["events"]
        on = [each for each in listed if each["certainty"] == "certain" and each["status"] != "cancelled"]
        count = sum(group["cells"][number] for group in found["groups"])
        labels = [max(len(each["tracks"]), 1) if by == "track" else 1 for each in on]
        assert count == sum(labels), day


def test_permanent_events_are_in_no_group_which_is_told(kzfest: Run) -> None:
    permanent = [each["id"] for each in answer(kzfest, "timeline")["events"] if each["spans"][:1] == [PERMANENT]]

    told = kzfest("timeline", "--by", "category")[2]
    chosen = kzfest("timeline", "december", "--by", "category", "--not-category", "concert")[2]

    assert len(permanent) == 1
    assert told.splitlines()[0] == "1 permanent event is in no group; `kzfest timeline --each` shows it"
    assert "group; `kzfest timeline december --each --not-category concert` shows it\n" in chosen
    assert kzfest("timeline", "december", "--each", "--not-category", "concert")[0] == 0


def test_many_events_are_grouped_unless_each_is_asked(kzfest: Run, programme: Any) -> None:
    events = "".join(
        f"  - {{id: e{n}, title: Event {n}, category: {('talk', 'fair')[n % 2]}, start: 2023-12-{1 + n % 28:02}}}\n"
        for n in range(EVENTS_ONE_BY_ONE + 1)
    )
    file = programme(events)

    code, printed, told = kzfest("--data", file, "timeline")
    each = answer(kzfest, "--data", file, "timeline", "--each")
    fewer = answer(kzfest, "--data", file, "timeline", "--category", "talk")

    assert (code, printed.splitlines()[2:]) == (
        0,
        [
            "Category  Events  Days           Most a day",
            "talk      51      1–27 Dec 2023  4",
            "fair      50      2–28 Dec 2023  4",
        ],
    )
    assert told == "101 events, grouped by category; --each shows a line for each, --by chooses other groups\n"
    assert (len(each["events"]), each["groups"]) == (EVENTS_ONE_BY_ONE + 1, [])
    assert (len(fewer["events"]), fewer["by"]) == (51, None)


def test_plan_is_marked_on_its_day_with_its_clashes(kzfest: Run, on_terminal: Run, tmp_path: Path) -> None:
    home = {"KZFEST_HOME": str(tmp_path / "home"), "KZFEST_NOW": "2023-12-14"}
    kzfest("itinerary", "add", "tango-dellamore", **home)
    kzfest("itinerary", "add", "gastromania", "--on", "2023-12-16", "--at", "12:00", "--for", "2h", **home)
    kzfest("itinerary", "add", "now-i-see-you", "--on", "2023-12-16", "--at", "13:00", **home)

    printed = on_terminal("timeline", "14..31", "dec", NO_COLOR="1", **home)[1]
    visits = {each["id"]: each["visits"] for each in json.loads(kzfest("timeline", "-f", "json", **home)[1])["events"]}
    piped = [line for line in kzfest("timeline", "december", **home)[1].splitlines() if "Gastromania" in line]

    lines = printed.splitlines()
    assert {line[2:].split()[0]: line[0] for line in lines if line[:2] in {"* ", "! "}} == {
        "Gastromania:": "!",
        "Now,": "!",
        "Tango": "*",
    }
    assert row_of(printed, "Gastromania") == "   ━━◆━━           · ·           · ·"
    assert {key: [(each["day"], each["clashes"]) for each in found] for key, found in visits.items() if found} == {
        "gastromania": [("2023-12-16", 1)],
        "now-i-see-you": [("2023-12-16", 1)],
        "tango-dellamore": [("2023-12-17", 0)],
    }
    assert [re.search(r"16 Dec 2023, 12:00–14:00 · 1 clash", line) is not None for line in piped] == [True]


TWICE = """\
  - id: talk
    title: Talk
    category: talk
    showings:
      - {start: 2023-12-16 14:00, end: 2023-12-16 15:00, status: FIRST}
      - {start: 2023-12-16 16:00, end: 2023-12-16 17:00, status: SECOND}
      - {start: 2023-12-17 16:00, end: 2023-12-17 17:00, status: cancelled}
"""


def test_day_is_off_only_if_no_showing_of_it_is_held(
    kzfest: Run, on_terminal: Run, programme: Any, tmp_path: Path
) -> None:
    home = {"KZFEST_HOME": str(tmp_path / "home"), "KZFEST_NOW": "2023-12-10"}
    args = ("timeline", "14..18", "dec", "2023")
    held = programme(TWICE.replace("FIRST", "scheduled").replace("SECOND", "cancelled"))
    kzfest("--data", held, "itinerary", "add", "talk", "--on", "2023-12-16", "--at", "14:00", **home)

    spans = [(each["kind"], each["from"]) for each in answer(kzfest, "--data", held, *args)["events"][0]["spans"]]
    off = programme(TWICE.replace("FIRST", "cancelled").replace("SECOND", "scheduled"))
    unplanned = on_terminal("--data", off, *args, **PLAIN)[1]
    planned = on_terminal("--data", off, *args, NO_COLOR="1", **home)[1]
    piped = kzfest("--data", off, *args, **home)[1]

    assert spans == [("showing", "2023-12-16"), ("off", "2023-12-17")]
    assert next(line for line in unplanned.splitlines() if "Talk" in line).split() == ["Talk", "●", "×"]
    assert next(line for line in planned.splitlines() if "Talk" in line).split() == [
        "*",
        "CANCELLED:",
        "Talk",
        "×",
        "×",
    ]
    assert "* in your plan" in planned
    assert "CANCELLED: Talk" in piped


@pytest.mark.parametrize(
    ("statuses", "days", "told"),
    [
        (("cancelled", "cancelled"), "14..18 dec 2023", ("CANCELLED: Talk", "cancelled")),
        (("postponed", "postponed"), "16 dec 2023", ("POSTPONED: Talk", "postponed")),
        (("scheduled", "scheduled"), "17 dec 2023", ("CANCELLED: Talk", "cancelled")),
        (("scheduled", "cancelled"), "16 dec 2023", ("Talk", "scheduled")),
    ],
)
def test_event_is_off_if_no_showing_on_the_days_is_held(  # noqa: PLR0913, PLR0917  # what is asked, and what is told
    kzfest: Run, on_terminal: Run, programme: Any, statuses: tuple[str, str], days: str, told: tuple[str, str]
) -> None:
    file = programme(TWICE.replace("FIRST", statuses[0]).replace("SECOND", statuses[1]))
    args = ("--data", file, "timeline", *days.split())

    (event,) = answer(kzfest, *args)["events"]
    drawn = on_terminal(*args, **PLAIN)[1]
    piped = kzfest(*args)[1]

    rows = [re.findall(r"(?:[A-Z]+: )?Talk", text) for text in (drawn, piped)]
    assert (rows, event["status"]) == ([[told[0]]] * 2, told[1])


def test_planned_event_without_a_date_is_marked_below(kzfest: Run, on_terminal: Run, tmp_path: Path) -> None:
    home = {"KZFEST_HOME": str(tmp_path / "home"), "KZFEST_NOW": "2023-12-14"}
    kzfest("itinerary", "add", "aliya", "--on", "2023-12-21", **home)

    printed = on_terminal("timeline", "21", "dec", NO_COLOR="1", **home)[1]
    of_another_day = on_terminal("timeline", "22", "dec", NO_COLOR="1", **home)[1]

    assert "* Aliya  date not announced" in printed.splitlines()
    assert "* in your plan" in printed
    assert "  Aliya  date not announced" in of_another_day.splitlines()
    assert "in your plan" not in of_another_day


def test_only_what_no_bar_shows_is_said_of_other_sources_below(on_terminal: Run) -> None:
    printed = " ".join(on_terminal("timeline", "23", "dec", **PLAIN)[1].split())

    assert "Dialogue: international exhibition: another source" not in printed
    assert "another source says rink not yet open on 24 December 2023 (el.kz, 24 Dec 2023)" in printed


@pytest.mark.parametrize(
    ("events", "shown"),
    [
        (
            "  - {id: old, title: Old, category: show, start: 2001-01-01, end: 2009-12-31}\n",
            [
                "When                      Event  Plan  Another source  Id",
                "─" * 56,
                "1 Jan 2001 – 31 Dec 2009  Old                          old",
            ],
        ),
        (
            (
                "  - {id: ever, title: Ever, category: show, when: permanent}\n"
                "  - {id: once, title: Once, category: show, when: unannounced}\n"
            ),
            ["Permanent", "  Ever  permanent", "", "Without a known date", "  Once  date not announced"],
        ),
    ],
)
def test_what_no_scale_holds_is_a_list(on_terminal: Run, programme: Any, events: str, shown: list[str]) -> None:
    printed = on_terminal("--data", programme(events), "timeline", **PLAIN)[1]

    assert [re.sub("─+", "─" * 56, line) for line in printed.splitlines()[2:]] == shown


def test_no_mark_is_lost_where_only_ascii_can_be_written(on_terminal: Run) -> None:
    ascii_only = {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    printed = on_terminal("timeline", "14..31", "dec", **PLAIN, **ascii_only)[1]
    usual = on_terminal("timeline", "14..31", "dec", **PLAIN)[1]

    assert printed.isascii()
    assert printed.count("?") == usual.count("?")
    assert row_of(printed, "Dialogue") == "<~~~~============================= ."
    assert row_of(printed, "Tauelsizdik") == "   ==--------------------------------?"


def test_colour_only_repeats_what_the_marks_say(on_terminal: Run) -> None:
    coloured = on_terminal("timeline", "december", KZFEST_NOW="2023-12-14")[1]

    plain = on_terminal("timeline", "december", **PLAIN)[1]

    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == plain != coloured


def test_csv_has_a_row_for_each_span(kzfest: Run) -> None:
    events = answer(kzfest, "timeline")["events"]

    rows = list(csv.DictReader(io.StringIO(kzfest("timeline", "-f", "csv")[1])))

    assert [(row["id"], row["kind"], row["from"]) for row in rows] == [
        (each["id"], span.get("kind", ""), span.get("from") or "") for each in events for span in each["spans"] or [{}]
    ]


def test_calendar_is_that_of_a_list(kzfest: Run) -> None:
    wanted = kzfest("list", "16", "dec", "-f", "ics")[1]

    assert kzfest("timeline", "16", "dec", "-f", "ics")[1] == wanted
    assert kzfest("month", "16", "dec", "-f", "ics")[1] == wanted
    assert kzfest("month", "-f", "ics")[1] == kzfest("list", "-f", "ics")[1]


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("--by", "room"), "cannot group by 'room'; choose category, track or venue"),
        (("--by", "track"), "this programme has no tracks; use --by venue"),
        (("--by", "venue", "--each"), "give either --by or --each"),
    ],
)
def test_wrong_options_are_told(kzfest: Run, args: tuple[str, ...], told: str) -> None:
    assert kzfest("timeline", *args) == (2, "", f"kzfest: {told}\n")


def test_groups_of_too_many_days_are_an_error(kzfest: Run, programme: Any) -> None:
    file = programme("  - {id: age, title: Age, category: show, start: 1900-01-01, end: 2100-12-31}\n")

    told = "kzfest: that is 73414 days; ask for at most 36525\n"
    assert kzfest("--data", file, "timeline", "--by", "category") == (2, "", told)
    assert answer(kzfest, "--data", file, "timeline", "2023", "--by", "category")["groups"][0]["cells"] == [1] * 365


@pytest.fixture(name="hostile", scope="module")
def _hostile(tmp_path_factory: pytest.TempPathFactory) -> Context:
    """Return a context with the hostile programme."""
    file = tmp_path_factory.mktemp("hostile") / "hostile.yaml"
    file.write_text(as_yaml(hostile_programme()).lstrip(), encoding="utf-8")
    return Context(library=Library(), file=file)


@pytest.mark.parametrize("by", [None, *GROUP_KINDS])
@pytest.mark.parametrize("days", [1, 2, 16])
def test_hostile_texts_keep_to_their_lines(hostile: Context, by: Any, days: int) -> None:
    question = EventQuery(first=date(2023, 12, 16), last=date(2023, 12, 15 + days))
    timeline = timeline_of_groups(question, by, hostile) if by else timeline_of_events(question, hostile)

    for columns in (60, 80, 120):
        lines = drawn(timeline, columns).splitlines()
        assert max(map(cell_len, lines)) <= columns
        assert list(acting("\n".join(lines))) == []


TITLES = st.text("ab祭😀 ́-…", min_size=1, max_size=70).filter(str.strip)


@given(
    st.lists(st.tuples(TITLES, st.integers(0, 60), st.integers(0, 90)), min_size=1, max_size=6), st.integers(60, 160)
)
def test_any_titles_and_days_fit(made: list[tuple[str, int, int]], columns: int) -> None:
    context = context_of("astana", "en")
    usual = timeline_of_events(EventQuery(first=date(2023, 12, 1), last=date(2023, 12, 3)), context)
    first = date(2023, 12, 1)
    events = []
    for title, begin, length in made:
        days = first + timedelta(days=begin), first + timedelta(days=begin + length)
        listed = usual.events[0].listed
        event = listed.event._replace(title={"en": title})
        span = usual.events[0].spans[0]._replace(first=days[0], last=days[1])
        events.append(usual.events[0]._replace(listed=listed._replace(event=event), spans=(span,)))
    busy = tuple(
        sorted((first + timedelta(days=begin), first + timedelta(days=begin + long)) for _, begin, long in made)
    )
    timeline = usual._replace(events=tuple(events), busy=busy, last=first + timedelta(days=160))

    lines = drawn(timeline, columns).splitlines()

    assert max(map(cell_len, lines)) <= columns


def test_event_of_another_zone_is_drawn_at_its_own_hours(on_terminal: Run, programme: Any) -> None:
    elsewhere = "showings: [{start: 2023-12-16 23:30, end: 2023-12-17 00:30, zone: Europe/London}]"
    events = f"""\
  - {{id: here, title: Here, category: talk, start: 2023-12-16 22:00, end: 2023-12-16 23:00}}
  - {{id: there, title: There, category: talk, {elsewhere}}}
"""

    drawn = on_terminal("--data", programme(events), "timeline", "2023-12-16", **PLAIN)[1]

    assert drawn.splitlines()[2:6] == [
        "Saturday 16 December 2023",
        "         22  23  00",
        "  Here   ━━━ ·   ·",
        "  There  ·   · ━━━",
    ]
