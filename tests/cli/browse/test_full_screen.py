"""What the keys and the mouse do on the full screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.browse.conftest import Screen

    Browse = Callable[..., None]
    Run = Callable[..., tuple[int, str, str]]

LANGUAGES = pytest.mark.parametrize("language", ["en", "kk", "ru"])


@LANGUAGES
def test_help_in_each_language(browse: Browse, golden: Callable[[str, str], None], language: str) -> None:
    async def drive(screen: Screen) -> None:
        await screen.press("f1")
        golden(f"browse/help-{language}.txt", screen.text)

    browse(drive, lang=language)


@pytest.mark.parametrize(
    ("keys", "here"),
    [
        (["left"], "In the days, arrows choose one, and enter goes to its events."),
        ([], "In the events, arrows choose one, and enter opens its card."),
        (["enter"], "In the card, arrows scroll, and esc goes back to the events."),
        (["m"], "In this view, left and right show the time before and after it, and esc goes back."),
        (["/"], "In the search, enter keeps what is found, and esc ends it."),
    ],
)
def test_help_begins_with_the_pane_that_has_the_focus(browse: Browse, keys: list[str], here: str) -> None:
    async def drive(screen: Screen) -> None:
        await screen.press(*keys, "f1")
        assert " ".join(screen.view[4:6]).startswith(here)
        await screen.press("?")
        assert screen.app.view.size.height == 0

    browse(drive)


def test_arrows_choose_days_and_events(browse: Browse) -> None:
    async def drive(screen: Screen) -> None:
        first = screen.current
        await screen.press("down")
        second = screen.current
        await screen.press("up", "left", "down")
        assert (screen.current, str(screen.app.day)) == ("national-museum-exhibition", "2023-12-16") or second != first
        assert str(screen.app.day) == "2023-12-16"
        await screen.press("home")
        assert screen.app.day is None
        await screen.press("end", "right")
        assert screen.app.focused is screen.app.event_pane

    browse(drive)


def test_tab_goes_round_the_panes_that_are_seen(browse: Browse) -> None:
    async def drive(screen: Screen) -> None:
        app = screen.app
        seen = [app.focused]
        for _time in range(3):
            await screen.press("tab")
            seen.append(app.focused)
        assert seen == [app.event_pane, app.card, app.day_pane, app.event_pane]

    browse(drive, size=(120, 40))


@pytest.mark.parametrize(("language", "key"), [("en", "2"), ("kk", "ә"), ("ru", "2"), ("ru", "ә"), ("kk", "2")])
def test_digit_chooses_a_day_on_each_layout(browse: Browse, language: str, key: str) -> None:
    async def drive(screen: Screen) -> None:
        await screen.press(key)
        assert screen.app.day == screen.app.day_pane.days[1]

    browse(drive, lang=language)


@pytest.mark.parametrize(("language", "key"), [("en", "/"), ("ru", "."), ("kk", "№"), ("en", "ctrl+f")])
def test_search_begins_with_the_key_of_each_layout(browse: Browse, language: str, key: str) -> None:
    async def drive(screen: Screen) -> None:
        await screen.press(key)
        await screen.type("tango")
        assert [str(day) for day in screen.app.day_pane.days] == ["2023-12-17"]
        assert screen.current == "tango-dellamore"

    browse(drive, lang=language)


def test_letter_in_the_search_is_a_letter(browse: Browse) -> None:
    async def drive(screen: Screen) -> None:
        await screen.press("/", "q", "u", "1", "+")
        assert (screen.app.field.value, screen.app.is_running) == ("qu1+", True)

    browse(drive)


def test_keys_that_come_at_once_go_where_the_first_leads(browse: Browse, tmp_path: Path) -> None:
    async def drive(screen: Screen) -> None:
        await screen.press("+")
        await screen.type("/undo")
        assert (screen.app.field.value, list(screen.app.marks.days.values())) == ("undo", ["*"])

    browse(drive, home=tmp_path)


@pytest.mark.parametrize("key", ["q", "й"])
def test_quit(browse: Browse, key: str) -> None:
    async def drive(screen: Screen) -> None:
        await screen.pilot.press(key)
        assert not screen.app._running or screen.app._exit  # noqa: SLF001

    browse(drive)


def test_mouse_chooses_and_opens(browse: Browse) -> None:
    async def drive(screen: Screen) -> None:
        await screen.click(screen.app.day_pane, offset=(3, 12))
        assert str(screen.app.day) == "2023-12-16"
        await screen.click(screen.app.event_pane, offset=(20, 1))
        chosen = screen.current
        await screen.click(screen.app.event_pane, offset=(20, 1), times=2)
        assert (screen.app.focused, screen.current) == (screen.app.card, chosen)

    browse(drive)


def test_line_of_keys_can_be_clicked(browse: Browse) -> None:
    async def drive(screen: Screen) -> None:
        place = screen.lines[-1].index("? help")
        await screen.click(screen.app.keys_bar, offset=(place + 3, 0))
        assert screen.view[0] == "Keys of the full screen"

    browse(drive)


@pytest.mark.parametrize(("language", "told"), [("en", "q quits"), ("kk", "q – шығу"), ("ru", "q — выход")])
def test_interrupt_tells_how_to_leave(browse: Browse, language: str, told: str) -> None:
    async def drive(screen: Screen) -> None:
        await screen.press("ctrl+c")
        assert (screen.told, screen.app.is_running) == (told, True)

    browse(drive, lang=language)
