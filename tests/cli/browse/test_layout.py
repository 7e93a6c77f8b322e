"""Which panes are seen at which size, and that nothing leaves its lines."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len
from tests.cli.hostile import hostile_programme

from kzfest.core.safe_text import visible

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.browse.conftest import Screen

    Browse = Callable[..., None]
    Run = Callable[..., tuple[int, str, str]]

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=lambda size: "x".join(map(str, size)))
LANGUAGES = pytest.mark.parametrize("language", ["en", "kk", "ru"])


@LANGUAGES
@SIZES
def test_screen_in_each_language_and_size(
    browse: Browse, golden: Callable[[str, str], None], language: str, size: tuple[int, int]
) -> None:
    async def drive(screen: Screen) -> None:
        golden(f"browse/{language}-{size[0]}.txt", screen.text)

    browse(drive, lang=language, size=size)


def test_card_takes_the_place_of_the_events_on_a_narrow_screen(browse: Browse) -> None:
    async def drive(screen: Screen) -> None:
        await screen.press("down", "enter")
        assert screen.lines[1].endswith("┃ Open Astana Cup in mini-football among athletes with")
        await screen.press("escape")
        assert "12:00 Open Astana Cup" in screen.text

    browse(drive)


def test_card_stands_beside_the_events_on_a_wide_screen(browse: Browse) -> None:
    async def drive(screen: Screen) -> None:
        await screen.press("down", "down")
        assert screen.lines[1].endswith("│ Tauelsizdik Zholynda (On the Way to")
        await screen.press("right")
        assert screen.app.focused is screen.app.card
        assert screen.lines[1].endswith("┃ Tauelsizdik Zholynda (On the Way to")

    browse(drive, size=(120, 40))


def test_pane_says_that_more_follows(browse: Browse) -> None:
    async def drive(screen: Screen) -> None:
        assert screen.lines[-2].endswith("│")
        await screen.press("enter")
        assert screen.lines[-2].endswith("▼")
        await screen.press("end")
        assert not screen.lines[-2].endswith("▼")
        await screen.press("escape", "left", "home")
        assert (cell_len(screen.lines[-2]), screen.lines[-2][-1]) == (80, "▼")

    browse(drive)


def test_small_screen_says_what_it_needs_until_it_is_larger(browse: Browse) -> None:
    async def drive(screen: Screen) -> None:
        assert screen.text.strip() == "the window is 79×24; browse needs 80×24"
        await screen.pilot.resize_terminal(80, 24)
        await screen.settle()
        assert "Equestrian" in screen.text
        await screen.press("down")
        assert screen.current == "mini-football"

    browse(drive, size=(79, 24))


@pytest.mark.parametrize(("size", "lines"), [((20, 5), ["the window is 20×5;", "browse needs 80×24"]), ((9, 3), None)])
def test_very_small_screen_wraps_what_it_says(browse: Browse, size: tuple[int, int], lines: list[str] | None) -> None:
    async def drive(screen: Screen) -> None:
        assert [line.strip() for line in screen.lines if line] == lines or lines is None
        await screen.pilot.press("q")
        assert screen.app._exit  # noqa: SLF001

    browse(drive, size=size)


def test_card_is_there_when_the_window_has_become_wide(browse: Browse) -> None:
    async def drive(screen: Screen) -> None:
        await screen.press("down", "w")
        await screen.pilot.resize_terminal(150, 45)
        await screen.settle()
        await screen.press("escape")
        assert "│ Open Astana Cup in mini-football" in screen.lines[1]

    browse(drive, size=(80, 24))


@pytest.mark.parametrize("size", [(120, 40), (80, 40)])
def test_grid_of_the_month_chooses_a_day(browse: Browse, size: tuple[int, int]) -> None:
    async def drive(screen: Screen) -> None:
        await screen.click(screen.app.grid, offset=(18, 4))
        assert str(screen.app.day) == "2023-12-17"

    browse(drive, size=size)


@LANGUAGES
def test_long_heading_is_wrapped(browse: Browse, language: str) -> None:
    async def drive(screen: Screen) -> None:
        headings = [row for row in screen.app.event_pane.paged.rows if isinstance(row, str)]
        shown = " ".join(line[17:].strip() for line in screen.lines[1:-1])
        assert [heading for heading in headings if heading not in shown] == []

    browse(drive, lang=language, now="2023-12-17")


def test_hostile_programme_stays_in_its_lines(browse: Browse, tmp_path: Path) -> None:
    file = tmp_path / "hostile.yaml"
    file.write_text(json.dumps(hostile_programme(), ensure_ascii=False), encoding="utf-8")

    async def drive(screen: Screen) -> None:
        for keys in (
            ["left", "home"],
            ["right", *["down"] * 5],
            ["enter"],
            ["end"],
            ["escape", "?"],
            ["escape", "/", "x"],
        ):
            await screen.press(*keys)
            assert [line for line in screen.lines if cell_len(line) > 100 or visible(line) != line] == []

    browse(drive, data=str(file), size=(100, 30), home=tmp_path)


@pytest.mark.parametrize("coloured", [True, False])
def test_colour_is_left_out_if_it_is_not_wanted(browse: Browse, *, coloured: bool) -> None:
    async def drive(screen: Screen) -> None:
        strips = screen.app.screen._compositor.render_strips()  # noqa: SLF001
        colours = {
            segment.style.color.name
            for strip in strips
            for segment in strip
            if segment.style and segment.style.color and segment.text.strip()
        }
        assert (colours <= {"default"}) is not coloured

    browse(drive, coloured=coloured)


@pytest.mark.parametrize("coloured", [True, False])
def test_cursor_of_the_search_is_seen_on_every_ground(browse: Browse, *, coloured: bool) -> None:
    async def drive(screen: Screen) -> None:
        await screen.press("/", "a")
        strip = screen.app.screen._compositor.render_strips()[1]  # noqa: SLF001
        cursors = [(part.text, str(part.style)) for part in strip if part.style and part.style.reverse]
        assert cursors == [(" ", "reverse default on default")]

    browse(drive, coloured=coloured)
