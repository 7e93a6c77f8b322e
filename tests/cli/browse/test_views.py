"""The month, the timeline and the week on the full screen are the pages of their commands."""

from __future__ import annotations

from shlex import join
from typing import TYPE_CHECKING

import pytest

from kzfest.cli.query import ListFilters
from kzfest.formats.page import plain

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.browse.conftest import Screen

    Browse = Callable[..., None]
    Run = Callable[..., tuple[int, str, str]]

NOW = ("--now", "2023-12-15T09:00", "--color", "never")


def printed(on_terminal: Run, *args: str, home: Path | None = None) -> list[str]:
    """Return what a command prints on a terminal as wide as the pane, without the title of the programme."""
    environment = {"KZFEST_HOME": str(home)} if home else {}
    code, stdout, _stderr = on_terminal(*NOW, *args, columns=79, **environment)
    assert code == 0
    lines = [line.rstrip() for line in stdout.splitlines()]
    return lines[2:] if lines[0].startswith("Astana's festive programme") else lines


@pytest.mark.parametrize(("keys", "month"), [("m", "2023-12-01..2023-12-31"), ("ь", "2023-12-01..2023-12-31")])
def test_month_is_the_page_of_its_command(browse: Browse, on_terminal: Run, keys: str, month: str) -> None:
    expected = printed(on_terminal, "month", month)

    async def drive(screen: Screen) -> None:
        await screen.press(keys)
        assert screen.view[: len(expected)] == expected
        assert screen.view[-1] == f"`kzfest month {month}`"

    browse(drive)


def test_among_all_days_the_month_is_that_of_the_current_event(browse: Browse) -> None:
    async def drive(screen: Screen) -> None:
        await screen.press("/")
        await screen.type("great women")
        await screen.press("enter", "m")
        assert screen.view[-1] == "`kzfest month 2024-01-01..2024-01-31 --search 'great women'`"

    browse(drive)


def test_arrows_leaf_through_the_months(browse: Browse, on_terminal: Run) -> None:
    expected = printed(on_terminal, "month", "2024-01-01..2024-01-31")

    async def drive(screen: Screen) -> None:
        await screen.press("m", "right")
        assert screen.view[: len(expected)] == expected
        await screen.press("left", "left")
        assert screen.view[-1] == "`kzfest month 2023-11-01..2023-11-30`"
        await screen.press("escape")
        assert screen.app.focused is screen.app.event_pane

    browse(drive)


@pytest.mark.parametrize("key", ["t", "е"])
def test_timeline_is_the_page_of_its_command_with_the_filters(browse: Browse, on_terminal: Run, key: str) -> None:
    words = ("timeline", "2023-12-01..2023-12-31", "--category", "exhibition", "--city", "Astana")
    expected = printed(on_terminal, *words)

    async def drive(screen: Screen) -> None:
        await screen.press(key)
        assert screen.view[: len(expected)] == expected
        assert screen.view[-1] == f"`kzfest {' '.join(words)}`"

    browse(drive, asked=ListFilters(categories=["exhibition"], cities=["Astana"]))


@pytest.mark.parametrize(("key", "view"), [("m", "month"), ("t", "timeline")])
def test_view_answers_the_question_of_the_list_with_both_searches(
    browse: Browse, on_terminal: Run, key: str, view: str
) -> None:
    words = (view, "2023-12-01..2023-12-31", "--search", "new year", "--search", "circus")
    expected = printed(on_terminal, *words)

    async def drive(screen: Screen) -> None:
        await screen.press("/")
        await screen.type("circus")
        await screen.press("enter", key)
        assert screen.view[: len(expected)] == expected
        assert screen.view[-1] == f"`kzfest {join(words)}`"

    browse(drive, asked=ListFilters(search=["new year"]))


@pytest.mark.parametrize("key", ["w", "ц"])
def test_week_is_the_page_of_its_command(browse: Browse, on_terminal: Run, tmp_path: Path, key: str) -> None:
    async def drive(screen: Screen) -> None:
        await screen.press("+", "down", "+", key)
        expected = printed(on_terminal, "itinerary", "week", "2023-12-15", home=tmp_path)
        assert screen.view[: len(expected)] == expected

    browse(drive, home=tmp_path)


def test_view_and_card_follow_a_change_of_the_plan_and_stay_where_they_are(browse: Browse, tmp_path: Path) -> None:
    async def drive(screen: Screen) -> None:
        await screen.press("enter", "end")
        at = screen.app.card.scroll_offset.y
        await screen.press("+")
        assert (screen.app.card.scroll_offset.y, at > 0) == (at, True)
        assert any(plain(line).startswith("Planned") for line in screen.app.card.lines)
        await screen.press("m", "down", "u")
        assert screen.app.view.scroll_offset.y == 1
        assert not any("*" in line for line in screen.view)
        await screen.press("right", "left")
        assert screen.app.view.scroll_offset.y == 0

    browse(drive, home=tmp_path)


def test_week_without_a_plan_says_so(browse: Browse, tmp_path: Path) -> None:
    async def drive(screen: Screen) -> None:
        await screen.press("w")
        assert screen.view[-1] == "`kzfest itinerary week 2023-12-15`"
        assert len(screen.view) > 2

    browse(drive, home=tmp_path)
