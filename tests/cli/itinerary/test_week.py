"""`kzfest itinerary week`: the visits of whole weeks, as `itinerary show` has them, drawn with ways and clashes."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest
from rich.cells import cell_len

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run: TypeAlias = "Callable[..., tuple[int, str, str]]"

VISITS = (
    ("argymaq-equestrian",),
    ("mini-football",),
    ("iba-night", "--at", "19:00", "--for", "3h"),
    ("gastromania", "--on", "2023-12-16", "--at", "12:00", "--for", "2h"),
    ("now-i-see-you", "--on", "2023-12-16", "--at", "14:10"),
    ("--own", "Lunch with Aida", "--on", "2023-12-17", "--at", "13:00", "--for", "1h"),
    ("workshops-tour", "--at", "13:30", "--for", "2h"),
    ("main-tree", "--at", "18:00", "--for", "1h"),
    ("tango-dellamore", "--must"),
)
"""A plan of three days, with an overlap, ways that take too long, and a visit without an hour."""
WIDTHS = (60, 61, 79, 80, 81, 103, 104, 120, 200)


@pytest.fixture(name="dana", scope="module")
def _dana(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the settings of a home that the first test fills with `VISITS`."""
    return {"KZFEST_HOME": str(tmp_path_factory.mktemp("dana")), "KZFEST_NOW": "2023-12-14T12:00"}


@pytest.fixture(name="ask")
def _ask(kzfest: Run, dana: dict[str, str]) -> Callable[..., Any]:
    """Return a function that runs a command about the plan, and returns its JSON."""
    if not json.loads(kzfest("itinerary", "-f", "json", **dana)[1])["visits"]:
        for args in VISITS:
            assert kzfest("itinerary", "add", *args, **dana)[0] == 0

    def ask(*args: str, **environment: str) -> Any:
        code, stdout, stderr = kzfest(*args, "-f", "json", **(dana | environment))
        assert code in {0, 5}, stderr
        return json.loads(stdout)

    return ask


@pytest.fixture(name="drawn")
def _drawn(ask: Callable[..., Any], on_terminal: Run, dana: dict[str, str]) -> Callable[..., str]:
    """Return a function that gives what a terminal shows of the plan, without notes."""
    assert ask("itinerary")["visits"]

    def drawn(*args: str, columns: int = 80, **environment: str) -> str:
        asked = ("itinerary", "week", "-q", *args)
        code, stdout, stderr = on_terminal(*asked, columns=columns, **(dana | {"NO_COLOR": "1"} | environment))
        assert (code, stderr) == (0, "")
        return stdout

    return drawn


def test_it_has_the_visits_of_show_and_the_free_days(ask: Callable[..., Any]) -> None:
    shown = ask("itinerary")
    week = ask("itinerary", "week", "11..17", "dec")
    days = {date(2023, 12, 11) + timedelta(days=n) for n in range(7)}
    taken = {date.fromisoformat(each["day"]) for each in shown["visits"]}

    assert week == shown | {
        "from": "2023-12-11",
        "to": "2023-12-17",
        "free": [day.isoformat() for day in sorted(days - taken)],
    }
    assert len(week["visits"]) == len(VISITS)


@pytest.mark.parametrize(
    ("when", "first", "last"),
    [
        ([], "2023-12-11", "2023-12-17"),
        (["15 dec"], "2023-12-11", "2023-12-17"),
        (["17..18 dec"], "2023-12-11", "2023-12-24"),
        (["--from", "2023-12-31", "--to", "2024-01-02"], "2023-12-25", "2024-01-07"),
        (["9999-12-31"], "9999-12-27", "9999-12-31"),
        (["0001-01-01"], "0001-01-01", "0001-01-07"),
    ],
)
def test_weeks_are_whole(ask: Callable[..., Any], when: list[str], first: str, last: str) -> None:
    week = ask("itinerary", "week", *when)

    assert (week["from"], week["to"]) == (first, last)


@pytest.mark.parametrize(("now", "first"), [("2023-12-02", "2023-12-11"), ("2024-02-01", "2023-12-11")])
def test_without_days_it_is_a_week_with_visits(ask: Callable[..., Any], now: str, first: str) -> None:
    assert ask("itinerary", "week", KZFEST_NOW=now)["from"] == first


def test_filters_choose_visits_and_no_free_days(ask: Callable[..., Any]) -> None:
    week = ask("itinerary", "week", "--category", "sport")

    assert {each["event"] for each in week["visits"]} == {
        each["id"] for each in ask("list", "--category", "sport")["events"]
    } & {args[0] for args in VISITS}
    assert week["free"] == ask("itinerary", "week")["free"]


def test_drawing_at_80(drawn: Callable[..., str]) -> None:
    stdout = drawn("--color", "never")

    assert re.sub(r"\d+ min by car(, +┃ +| )", r"N min by car\1", stdout).startswith(
        """\
11–17 Dec 2023 · 9 visits

      Fri 15                   Sat 16                   Sun 17
───────────────────────────────────────────────────────────────────────────────
10:00 ╎ 10:00–12:00? !
      ╎ Equestrian
      ╎ competitions
11:00 ╎
12:00 ┊ """
    )
    assert stdout.endswith(
        """\
      ─────────────────────────────────────────────────────────────────────────
                                                        hour not known
                                                        Tango dell'amore (Tango
                                                        of Love) (must)

? end assumed   ! clash in your plan
Free: Mon 11, Tue 12, Wed 13, Thu 14
"""
    )
    assert (
        """\
13:00 ╎                        ┃                        ┃ 13:00–14:00 !
      ╎                        ┃                        ┃ Lunch with Aida
      ╎                        ┃                        ┃┃ 13:30–15:30 !
      ╎                        ┃                        ┃┃ Tour of the
      ╎                        ┃                        ┃┃ Workshops of
      ╎                        ┃                        ┃┃ Prominent Artists
      ╎                        ┃                        ┃┃ CLASH: 30 min at
      ╎                        ┃                        ┃┃ once
"""
        in stdout
    )


def test_each_clash_is_told_once(drawn: Callable[..., str], ask: Callable[..., Any]) -> None:
    verdicts = [each["verdict"] for each in ask("itinerary", "check")["clashes"]]
    stdout = drawn(columns=200)

    assert (stdout.count("CLASH:"), stdout.count("TIGHT:")) == (verdicts.count("overlap"), verdicts.count("tight"))


@pytest.mark.parametrize(
    ("columns", "heads"), [(60, [["15", "16"], ["17"]]), (80, [["15", "16", "17"]]), (120, [["15", "16", "17"]])]
)
def test_as_many_days_side_by_side_as_fit(drawn: Callable[..., str], columns: int, heads: list[list[str]]) -> None:
    lines = [text for text in drawn(columns=columns).splitlines() if re.match(" {6}(Fri|Sat|Sun) ", text)]

    assert [re.findall(r"\d+", text) for text in lines] == heads


@pytest.mark.parametrize("language", ["en", "kk", "ru"])
@pytest.mark.parametrize("columns", WIDTHS)
def test_no_line_is_wider_than_the_terminal(drawn: Callable[..., str], columns: int, language: str) -> None:
    stdout = drawn("--lang", language, columns=columns)

    assert [text for text in stdout.splitlines() if cell_len(text) > columns] == []
    assert stdout.count("┃") > 0


def test_below_60_columns_it_is_a_list(drawn: Callable[..., str]) -> None:
    assert "┃" not in drawn(columns=59)


def test_today_is_marked_in_colour_and_without(drawn: Callable[..., str]) -> None:
    now = {"KZFEST_NOW": "2023-12-16T12:30"}
    coloured, without = drawn("--color", "always", **now), drawn(NO_COLOR="1", **now)

    assert "[Sat 16]" in without
    assert "\n12:00◂" in without
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == without


@pytest.mark.parametrize("language", ["en", "kk", "ru"])
def test_ascii_terminal_loses_no_mark(drawn: Callable[..., str], language: str) -> None:
    usual = drawn("--color", "never", "--lang", language)
    dumb = drawn("--color", "never", "--lang", language, TERM="dumb")

    assert dumb.splitlines()[2:] == usual.translate(str.maketrans("┃╎┊─·–…«»", '#:|_.-.""')).splitlines()[2:]


def test_in_a_pipe_each_visit_is_a_line(kzfest: Run, ask: Callable[..., Any], dana: dict[str, str]) -> None:
    visits = ask("itinerary")["visits"]
    stdout = kzfest("itinerary", "week", **dana)[1]

    assert re.findall("[…─┃╎]", stdout) == []
    assert [
        text.split()[-1] for text in stdout.splitlines() if text.endswith(tuple(each["id"] for each in visits))
    ] == [each["id"] for each in visits]


def test_a_week_without_visits_names_the_next(kzfest: Run, ask: Callable[..., Any], dana: dict[str, str]) -> None:
    assert ask("itinerary")["visits"]
    code, stdout, stderr = kzfest("itinerary", "week", "2023-12-06", **dana)

    assert (code, stdout) == (0, "")
    assert stderr == (
        "no visits in 4–10 Dec 2023; the next is on Friday 15 December 2023\n"
        "`kzfest itinerary add EVENT` plans a visit\n"
    )


def test_the_next_visit_is_one_that_matches(kzfest: Run, ask: Callable[..., Any], dana: dict[str, str]) -> None:
    next_tour = min(each["day"] for each in ask("itinerary")["visits"] if each["event"] == "workshops-tour")
    stderr = kzfest("itinerary", "week", "2023-12-06", "--search", "Workshops", **dana)[2]

    assert stderr == (
        f"no visits in 4–10 Dec 2023; the next is on {date.fromisoformat(next_tour):%A %d %B %Y}\n"
        "Only what matches `--search Workshops`\n"
        "`kzfest itinerary add EVENT` plans a visit\n"
    )


def test_empty_weeks_between_are_one_line(drawn: Callable[..., str]) -> None:
    stdout = drawn("--from", "2023-12-11", "--to", "2024-01-07")

    assert stdout.splitlines()[-1] == "18 Dec 2023 – 7 Jan 2024: no visits"


def test_a_range_of_years_is_refused(kzfest: Run, dana: dict[str, str]) -> None:
    assert kzfest("itinerary", "week", "2023-01-01..2025-01-01", "-q", **dana) == (
        2,
        "",
        "kzfest: ask for at most 53 weeks\n",
    )


def test_an_empty_plan_says_what_to_do(kzfest: Run, tmp_path: Path) -> None:
    code, stdout, stderr = kzfest("itinerary", "week", KZFEST_HOME=str(tmp_path), KZFEST_NOW="2023-12-14")

    assert (code, stdout) == (0, "")
    assert "kzfest itinerary add EVENT" in stderr


def test_a_week_without_free_days_and_a_way_within_one_place(kzfest: Run, on_terminal: Run, tmp_path: Path) -> None:
    settings = {"KZFEST_HOME": str(tmp_path), "KZFEST_NOW": "2023-12-10"}
    for day in range(11, 18):
        asked = ("--own", f"T{day}", "--on", f"2023-12-{day}", "--at", "10:00", "--for", "1h", "--venue", "circus")
        assert kzfest("itinerary", "add", *asked, **settings)[0] == 0
    asked = ("--own", "Late", "--on", "2023-12-11", "--at", "12:00", "--for", "1h", "--venue", "circus")
    assert kzfest("itinerary", "add", *asked, **settings)[0] == 0

    stdout = on_terminal("itinerary", "week", "-q", "--color", "never", columns=200, **settings)[1]

    assert [text.split() for text in stdout.splitlines()[2:]] == [
        "Mon 11 Tue 12 Wed 13 Thu 14 Fri 15 Sat 16 Sun 17".split(),
        ["─" * 200],
        ["10:00", *["┃", "10:00–11:00"] * 7],
        [part for day in range(11, 18) for part in ("┃", f"T{day}")],
        ["11:00"],
        ["12:00", "┃", "12:00–13:00"],
        ["┃", "Late"],
    ]


def test_visits_of_another_programme_and_cancelled_ones(on_terminal: Run, kzfest: Run, tmp_path: Path) -> None:
    file = tmp_path / "fair.yaml"
    head = "format: 1\nprogramme: {id: fair, title: Fair, timezone: Asia/Almaty, revised: 2023-12-01}\nevents:\n"
    event = "  - {id: tea, title: Tea, category: fair, place: Hall, start: 2023-12-16 10:00, end: 2023-12-17 02:00%s}\n"
    file.write_text(head + event % "", encoding="utf-8")
    settings = {"KZFEST_HOME": str(tmp_path / "home"), "KZFEST_NOW": "2023-12-14"}
    assert kzfest("--data", str(file), "itinerary", "add", "tea", **settings)[0] == 0
    file.write_text(head + event % ", status: cancelled", encoding="utf-8")
    stdout = on_terminal("itinerary", "week", "-q", "--color", "never", columns=60, **settings)[1]

    assert (
        stdout
        == """\
11–17 Dec 2023 · 1 visit

      Sat 16
────────────────────────────────────────
10:00 × 10:00–02:00
      × CANCELLED: Tea
      × CANCELLED since it was added
      × programme: Fair
   ·  ×

Free: Mon 11, Tue 12, Wed 13, Thu 14, Fri 15, Sun 17
"""
    )


def test_a_visit_of_several_days_is_on_each_of_them(kzfest: Run, on_terminal: Run, tmp_path: Path) -> None:
    settings = {"KZFEST_HOME": str(tmp_path), "KZFEST_NOW": "2023-12-14"}
    asked = ("--own", "Three days", "--on", "2023-12-16", "--at", "22:00", "--for", "40h")
    assert kzfest("itinerary", "add", *asked, **settings)[0] == 0

    drawn = on_terminal("itinerary", "week", "-q", "--color", "never", columns=80, **settings)[1]
    answer = json.loads(kzfest("itinerary", "week", "18 dec", "-f", "json", **settings)[1])
    later = on_terminal("itinerary", "week", "20 dec", "-q", "--color", "never", columns=80, **settings)[1]
    now = json.loads(kzfest("itinerary", "week", "-f", "json", **(settings | {"KZFEST_NOW": "2023-12-19"}))[1])
    after = kzfest("itinerary", "week", "27 dec", **settings)[2]

    assert (
        drawn
        == """\
11–17 Dec 2023 · 1 visit

      Sat 16                              Sun 17
────────────────────────────────────────────────────────────────────────────
05:00                                     ┃ to 18 Dec, 14:00
                                          ┃ Three days
   ·                                      ┃
22:00 ┃ 22:00 – 18 Dec 2023, 14:00        ┃
      ┃ Three days                        ┃
   ·  ┃                                   ┃

Free: Mon 11, Tue 12, Wed 13, Thu 14, Fri 15
"""
    )
    assert [each["day"] for each in answer["visits"]] == ["2023-12-16"]
    assert answer["free"] == [f"2023-12-{day}" for day in range(19, 25)]
    assert (
        later
        == """\
18–24 Dec 2023 · 1 visit

      Mon 18
────────────────────────────────────────
05:00 ┃ to 14:00
      ┃ Three days
   ·  ┃

Free: Tue 19, Wed 20, Thu 21, Fri 22, Sat 23, Sun 24
"""
    )
    assert now["from"] == "2023-12-18"
    assert "the last was on Monday 18 December 2023" in after


def test_a_night_on_which_clocks_change_has_its_own_hours(kzfest: Run, on_terminal: Run, tmp_path: Path) -> None:
    home = {"KZFEST_HOME": str(tmp_path / "home"), "KZFEST_NOW": "2026-03-20", "NO_COLOR": "1"}
    file = tmp_path / "fair.yaml"
    file.write_text(
        """\
format: 1
programme: {id: fair, title: Fair, timezone: Europe/Berlin, revised: 2026-01-01}
events:
  - {id: spring, title: Spring, category: talk, start: 2026-03-29 01:30, end: 2026-03-29 04:15}
  - {id: eve, title: Eve, category: talk, start: 2026-10-24 01:00, end: 2026-10-24 04:00}
  - {id: long, title: Long, category: talk, start: "2026-10-25 01:30+02:00", end: "2026-10-25 03:15+01:00"}
  - {id: next, title: Next, category: talk, start: "2026-10-25 03:15+01:00", end: "2026-10-25 03:30+01:00"}
"""
    )
    asked = ("--data", str(file), "itinerary")
    for event in ("spring", "eve", "long", "next"):
        assert kzfest(*asked, "add", event, **home)[0] == 0

    spring, autumn = (on_terminal(*asked, "week", day, **home)[1] for day in ("2026-03-28", "2026-10-24"))

    assert spring[: spring.index("\nFree")] == (
        """\
23–29 Mar 2026 · 1 visit

      Sat 28
────────────────────────────────────────
── after midnight ──────────────────────
01:00 ┃ 01:30–04:15
      ┃ Spring
── clocks go forward to 03:00 ──────────
03:00 ┃
04:00 ┃
"""
    )
    assert autumn[: autumn.index("\nFree")] == (
        """\
19–25 Oct 2026 · 3 visits

      Fri 23                              Sat 24
────────────────────────────────────────────────────────────────────────────
── after midnight ──────────────────────────────────────────────────────────
01:00 ┃ 01:00–04:00                       ┃ 01:30–03:15
      ┃ Eve                               ┃ Long
02:00 ┃                                   ┃
── clocks go back to 02:00 ─────────────────────────────────────────────────
02:00 ┃                                   ┃
03:00 ┃                                   ┃ 03:15–03:30
      ┃                                   ┃ Next
"""
    )
