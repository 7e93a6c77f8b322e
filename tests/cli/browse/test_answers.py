"""What the panes show: days, events and what is searched for, of small and of very large programmes."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kzfest.cli.browse.paged_rows import ROWS_OF_A_PAGE
from kzfest.cli.query import ListFilters

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.browse.conftest import Screen

    from kzfest.cli.session import Session

    Browse = Callable[..., None]
    Run = Callable[..., tuple[int, str, str]]

FAIR = "  - {id: fair, title: The fair, category: fair, start: 2023-12-15}\n"


@pytest.mark.parametrize(
    ("now", "day"),
    [("2023-12-15", "2023-12-15"), ("2023-12-04", "2023-12-07"), *((f"20{n}-01-01", "2023-12-01") for n in (20, 30))],
)
def test_first_day_is_today_or_the_next_with_events(browse: Browse, now: str, day: str) -> None:
    async def drive(screen: Screen) -> None:
        assert str(screen.app.day) == day

    browse(drive, now=now)


def test_search_is_a_list_of_all_days_until_it_ends(browse: Browse, kzfest: Run) -> None:
    found = [each["id"] for each in json.loads(kzfest("list", "-s", "museum", "-f", "json")[1])["events"]]

    async def drive(screen: Screen) -> None:
        await screen.press("/")
        await screen.type("museum")
        rows = [row.event for row in screen.app.event_pane.paged.rows if not isinstance(row, str)]
        assert sorted(rows) == sorted(found)
        await screen.press("enter")
        assert screen.app.focused is screen.app.event_pane
        await screen.press("escape")
        assert (screen.app.sought, str(screen.app.day)) == ("", "2023-12-15")

    browse(drive)


def test_search_keeps_to_the_words_of_the_command_line(browse: Browse) -> None:
    async def drive(screen: Screen) -> None:
        await screen.press("/")
        await screen.type("tango")
        assert (screen.told, screen.current) == ("no results for 'tango'", None)

    browse(drive, asked=ListFilters(search=["museum"]))


def test_search_without_a_result_says_so(browse: Browse) -> None:
    async def drive(screen: Screen) -> None:
        await screen.press("/")
        await screen.type("zzzzzz")
        assert screen.told == "no results for 'zzzzzz'"
        await screen.press("escape")
        assert screen.current == "argymaq-equestrian"

    browse(drive)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("tango", ""),
        ("танго", ""),
        ("tang", ""),
        ("nfyuj", "no results for 'nfyuj'; these are for 'танго'"),
        ("gastromainia", "no results for 'gastromainia'; these are for similar words"),
    ],
)
def test_search_says_if_it_takes_the_text_for_another(browse: Browse, text: str, told: str) -> None:
    async def drive(screen: Screen) -> None:
        await screen.press("/")
        await screen.type(text)
        found = "gastromania" if text.startswith("gast") else "tango-dellamore"
        assert (screen.told, screen.current) == (told, found)

    browse(drive)


def test_filters_of_list_apply(browse: Browse, kzfest: Run) -> None:
    listed = json.loads(kzfest("list", "--category", "exhibition", "--on", "2023-12-15", "-f", "json")[1])["events"]

    async def drive(screen: Screen) -> None:
        rows = {row.event for row in screen.app.event_pane.paged.rows if not isinstance(row, str)}
        assert rows == {each["id"] for each in listed}

    browse(drive, asked=ListFilters(categories=["exhibition"]))


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (ListFilters(categories=["exhibition"]), "--category exhibition"),
        (ListFilters(categories=["exhibition", "concert"], cities=["Astana"]), "filtered"),
    ],
)
def test_head_says_how_the_events_are_filtered(browse: Browse, asked: ListFilters, told: str) -> None:
    async def drive(screen: Screen) -> None:
        assert screen.lines[0].endswith(f"Friday 15 December 2023   {told}   main")

    browse(drive, asked=asked)


def many(count: int) -> str:
    return "".join(
        f"  - {{id: e{n}, title: A title {n} {'of many words ' * (n % 9)}, category: fair, start: 2023-12-15}}\n"
        for n in range(count)
    )


def test_few_of_many_events_are_read_for_the_first_screen(browse: Browse, programme: Callable[..., str]) -> None:
    count = 1_000
    read: list[int] = []

    def watch(session: Session) -> None:
        session.context.catalogue.database.set_trace_callback(lambda sql: read.append(_numbers(sql)))

    async def drive(screen: Screen) -> None:
        assert (len(screen.app.event_pane.paged.rows), max(read)) == (count, ROWS_OF_A_PAGE)
        read.clear()
        await screen.press("end")
        assert screen.current == f"e{count - 1}"
        assert sum(read) <= 2 * ROWS_OF_A_PAGE
        await screen.press("pageup", "home")
        assert screen.lines[1].endswith("│         A title 0")
        screen.app.session.context.catalogue.database.set_trace_callback(None)

    browse(drive, data=programme(many(count)), watch=watch)


def _numbers(sql: str) -> int:
    """Return how many events the statement *sql* reads."""
    found = re.search(r"record FROM event WHERE number IN \(SELECT value FROM json_each\('\[([\d, ]*)\]'\)\)", sql)
    return len(found[1].split(",")) if found else 0


LONG = """
  - {id: era, title: An era, category: fair, start: 1000-01-01, end: 5999-12-29}
  - {id: talk, title: A talk, category: talk, start: 2026-06-01}
"""


def test_of_thousands_of_years_only_months_in_which_something_changes_are_listed(
    browse: Browse, programme: Callable[..., str]
) -> None:
    async def drive(screen: Screen) -> None:
        app = screen.app
        months = list(dict.fromkeys(f"{day:%Y-%m}" for day in app.day_pane.days))
        assert months == ["1000-01", "1000-02", "2023-12", "2026-05", "2026-06", "2026-07", "5999-11", "5999-12"]
        assert (str(app.day), app.days.are_all) == ("2023-12-15", True)
        assert [line[:16] for line in screen.lines[8:13]] == [
            "Fri[15]    +1   ",
            "Sat 16     +1   ",
            "Sun 17     +1   ",
            "Mon 18     +1   ",
            "Tue 19     +1   ",
        ]
        await screen.press("left", "end")
        assert (str(app.day), screen.lines[-2][:16].rstrip()) == ("5999-12-29", "Wed 29     +1")
        await screen.press("home", "down", *["pagedown"] * 3)
        assert [line[:16].rstrip() for line in screen.lines if "…" in line[:16]] == ["…"]

    browse(drive, data=programme(LONG))


def test_scrolling_up_through_long_titles_leaves_nothing_out(browse: Browse, programme: Callable[..., str]) -> None:
    async def drive(screen: Screen) -> None:
        await screen.press("end")
        seen = []
        while screen.current != "e0":
            seen.append(screen.current)
            await screen.pilot.press("up")
            await screen.pilot.pause()
            assert any(re.search(rf" A title {str(screen.current)[1:]}\b", line) for line in screen.lines)
        assert seen == [f"e{n}" for n in range(99, 0, -1)]

    browse(drive, data=programme(many(100)))  # two pages


def test_programme_that_is_gone_meanwhile_is_told(
    browse: Browse, programme: Callable[..., str], tmp_path: Path
) -> None:
    file = Path(programme(FAIR))
    remove = file.unlink

    async def drive(screen: Screen) -> None:
        remove()
        await screen.press("/")
        await screen.type("fair")
        told = screen.told.replace(" ", "")  # a path is broken anywhere
        assert (told, screen.app.is_running) == (f"{file}:Nosuchfileordirectory", True)

    browse(drive, data=str(file), home=tmp_path)


def test_end_of_a_search_returns_to_the_day_before_it(browse: Browse) -> None:
    async def drive(screen: Screen) -> None:
        await screen.press("2", "/")
        await screen.type("tango")
        await screen.press("escape")
        assert screen.app.day == screen.app.day_pane.days[1]

    browse(drive)


def test_programme_without_days_shows_its_events(browse: Browse, programme: Callable[..., str]) -> None:
    file = programme("  - {id: quiz, title: Pub quiz, category: contest, when: unannounced}\n")

    async def drive(screen: Screen) -> None:
        assert screen.lines[1:3] == [
            "All days        │ Without a known date",
            "                │   Pub quiz · date not announced",
        ]

    browse(drive, data=file)


def test_programme_without_events_says_so(browse: Browse, programme: Callable[..., str]) -> None:
    async def drive(screen: Screen) -> None:
        assert screen.lines[1] == "All days        │ no matching events in the programme"

    browse(drive, data=programme("  []\n"))
