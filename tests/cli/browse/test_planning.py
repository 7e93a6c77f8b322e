"""What keys change in the plan is what `kzfest itinerary` does, and another run sees it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.browse.conftest import Screen

    Browse = Callable[..., None]
    Run = Callable[..., tuple[int, str, str]]

FAIR = "  - {id: fair, title: The fair, category: fair, start: 2023-12-15}\n"


def planned(run: Run, home: Path) -> list[tuple[str, str, bool]]:
    """Return the visits of the plan, as another run of the program sees them."""
    visits = json.loads(run("itinerary", "-f", "json", KZFEST_HOME=str(home))[1])["visits"]
    return [(each["event"], each["day"], each["must"]) for each in visits]


def test_plan_takes_the_day_that_was_chosen_just_before(browse: Browse, kzfest: Run, tmp_path: Path) -> None:
    async def drive(screen: Screen) -> None:
        await screen.type("2+")
        day = screen.app.day_pane.days[1]
        assert [each[1] for each in planned(kzfest, tmp_path)] == [str(day)]

    browse(drive, home=tmp_path)


@pytest.mark.parametrize(("language", "keys"), [("en", "+!-u"), ("ru", "+!-г"), ("kk", "һ!өг"), ("en", "=!-г")])
def test_plan_is_changed_as_itinerary_changes_it(
    browse: Browse, kzfest: Run, tmp_path: Path, language: str, keys: str
) -> None:
    plus, must, minus, undo = list(keys)
    visit = ("argymaq-equestrian", "2023-12-15", False)

    async def drive(screen: Screen) -> None:
        await screen.press(plus)
        assert planned(kzfest, tmp_path) == [visit]
        await screen.press(must)
        assert planned(kzfest, tmp_path) == [(*visit[:2], True)]
        await screen.press(minus)
        assert planned(kzfest, tmp_path) == []
        await screen.press(undo, undo)
        assert planned(kzfest, tmp_path) == [visit]
        kzfest("itinerary", "undo", KZFEST_HOME=str(tmp_path))
        assert planned(kzfest, tmp_path) == []

    browse(drive, lang=language, home=tmp_path)


def test_visit_is_what_itinerary_add_makes_of_it(browse: Browse, kzfest: Run, tmp_path: Path) -> None:
    async def drive(screen: Screen) -> None:
        await screen.press("down", "+")

    browse(drive, home=tmp_path / "keys")
    kzfest("itinerary", "add", "mini-football", "--now", "2023-12-15T09:00", KZFEST_HOME=str(tmp_path / "words"))

    pressed, typed = (
        json.loads(kzfest("itinerary", "-f", "json", KZFEST_HOME=str(tmp_path / each))[1])["visits"]
        for each in ("keys", "words")
    )
    assert [{**each, "id": None, "changed": None} for each in pressed] == [
        {**each, "id": None, "changed": None} for each in typed
    ]


def test_change_is_told_and_marked(browse: Browse, tmp_path: Path) -> None:
    async def drive(screen: Screen) -> None:
        await screen.press("+")
        assert screen.told == "added: Equestrian competitions · Friday 15 December 2023, 10:00–12:00, end assumed"
        screen.app.told.display = False
        await screen.settle()
        assert [line for line in screen.lines if "Equestrian" in line] == [
            "All days        │ * 10:00 Equestrian competitions · Argymaq equestrian complex"
        ]
        assert next(line for line in screen.lines if "[15]" in line).startswith("Fri[15]•7  +2  *│")
        await screen.press("u")
        assert screen.told.startswith("no longer in your plan: Equestrian competitions · Friday 15 December 2023")
        await screen.press("u")
        assert screen.told == "nothing to undo"

    browse(drive, home=tmp_path)


def test_must_see_is_told_and_shown(browse: Browse, tmp_path: Path) -> None:
    visit = "Equestrian competitions · Friday 15 December 2023, 10:00–12:00, end assumed"

    async def drive(screen: Screen) -> None:
        await screen.press("+", "!")
        assert screen.told == f"must-see: {visit}"
        assert screen.lines[2].endswith("│   12:00 Open Astana Cup in mini-football among athletes with")
        await screen.click(screen.app.told)
        assert screen.told == ""
        assert screen.lines[1].endswith("│ * 10:00 Equestrian competitions (must) · Argymaq equestrian…")
        await screen.press("!")
        assert screen.told == f"no longer a must-see: {visit}"

    browse(drive, home=tmp_path)


def test_undone_change_is_told_as_what_is_now(browse: Browse, tmp_path: Path) -> None:
    async def drive(screen: Screen) -> None:
        await screen.press("+", "!", "u")
        assert screen.told.startswith("changed back: Equestrian competitions · Friday")
        await screen.press("-", "u")
        assert screen.told.startswith("back in your plan: Equestrian competitions · Friday")

    browse(drive, home=tmp_path)


def test_event_of_several_days_is_planned_on_the_chosen_one(browse: Browse, kzfest: Run, tmp_path: Path) -> None:
    async def drive(screen: Screen) -> None:
        await screen.press("/")
        await screen.type("gastromania")
        await screen.press("enter", "+")
        assert screen.told == "'Gastromania: New Year's gastronomic festival' is on several days; choose the day first"
        await screen.press("2", "+")
        assert planned(kzfest, tmp_path) == [("gastromania", str(screen.app.day_pane.days[1]), False)]

    browse(drive, home=tmp_path)


def test_permanent_event_is_planned_on_the_chosen_day(
    browse: Browse, programme: Callable[..., str], tmp_path: Path
) -> None:
    file = programme("  - {id: hall, title: The hall, category: museum, when: permanent}\n" + FAIR)

    async def drive(screen: Screen) -> None:
        await screen.press("left", "home", "right", "end", "+")
        assert (screen.current, screen.told) == ("hall", "'The hall' is on several days; choose the day first")
        await screen.press("1", "end", "+")
        assert screen.told.startswith("added: The hall · Friday 15 December 2023")

    browse(drive, data=file, home=tmp_path)


def test_what_is_not_planned_cannot_be_taken_out(browse: Browse, tmp_path: Path) -> None:
    async def drive(screen: Screen) -> None:
        await screen.press("-")
        assert screen.told == "'Equestrian competitions' is not in your plan on Friday 15 December 2023"

    browse(drive, home=tmp_path)


def test_must_see_is_planned_first_if_it_is_not(browse: Browse, kzfest: Run, tmp_path: Path) -> None:
    async def drive(screen: Screen) -> None:
        await screen.press("!")
        assert planned(kzfest, tmp_path) == [("argymaq-equestrian", "2023-12-15", True)]

    browse(drive, home=tmp_path)


def test_error_of_another_process_is_told(browse: Browse, tmp_path: Path) -> None:
    async def drive(screen: Screen) -> None:
        store = screen.app.session.store.file
        store.parent.mkdir(parents=True, exist_ok=True)
        store.write_bytes(b"no database" * 100)
        await screen.press("+")
        assert "are damaged" in screen.told
        assert screen.app.is_running

    browse(drive, home=tmp_path)
