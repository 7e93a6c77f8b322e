"""A showing that was dropped is gone: the others were never it, so that none is booked without being asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run: TypeAlias = "Callable[..., tuple[int, str, str]]"
    Visits: TypeAlias = "Callable[..., list[dict[str, Any]]]"

FRIDAY = "{id: fri, start: 2023-12-22 19:00, end: 2023-12-22 21:00}"
SATURDAY = "{id: sat, start: 2023-12-23 19:00, end: 2023-12-23 21:00}"
SUNDAY = "{id: sun, start: 2023-12-24 15:00, end: 2023-12-24 17:00}"
PLAY = "  - {{id: play, title: Play, category: theatre, city: Astana, showings: [{showings}]}}"

ALSO_SATURDAY = "also on 23 Dec 2023, 19:00–21:00: `kzfest itinerary edit id001 --on 2023-12-23`"
ALSO_TWO = "also on 23 Dec 2023, 19:00–21:00; 24 Dec 2023, 15:00–17:00: `kzfest itinerary edit id001 --on DAY`"


@pytest.fixture(name="play")
def _play(mine: Run, fair: Path) -> Callable[..., None]:
    """Return a function that gives the play its showings."""
    text = fair.read_text(encoding="utf-8")

    def play(*showings: str) -> None:
        fair.write_text(f"{text}{PLAY.format(showings=', '.join(showings))}\n", encoding="utf-8")

    play(FRIDAY, SATURDAY, SUNDAY)
    mine("add", "play", "--on", "2023-12-22", "--must")
    return play


@pytest.mark.parametrize(("left", "offer"), [([SATURDAY], ALSO_SATURDAY), ([SATURDAY, SUNDAY], ALSO_TWO)])
def test_dropped_showing_is_gone_and_the_others_are_offered(
    mine: Run, visits: Visits, play: Callable[..., None], left: list[str], offer: str
) -> None:
    play(*left)

    told = f"id001  Play · Friday 22 December 2023, 19:00–21:00 · no longer on 22 Dec 2023, 19:00–21:00; {offer}\n"
    assert mine("check")[:2] == (0, told)
    assert [each["state"] for each in visits()] == ["gone"]


def test_follow_books_no_other_showing(mine: Run, visits: Visits, play: Callable[..., None]) -> None:
    play(SATURDAY)
    before = visits()

    told = "'Play' is no longer on 22 Dec 2023, 19:00–21:00; choose another day with --on: 23 Dec 2023"
    assert mine("edit", "play", "--follow") == (2, "", f"kzfest: {told}\n")
    assert visits() == before


def test_offer_that_is_taken_is_a_visit_as_any(mine: Run, visits: Visits, play: Callable[..., None]) -> None:
    play(SATURDAY)

    code, stdout, _stderr = mine("edit", "id001", "--on", "2023-12-23")

    assert (code, stdout) == (0, "changed  Play  id001 · Saturday 23 December 2023, 19:00–21:00 · Astana\n")
    assert [(each["state"], each["must"]) for each in visits()] == [("same", True)]


def test_showing_under_another_id_and_hour_is_followed_by_its_id(
    mine: Run, visits: Visits, play: Callable[..., None]
) -> None:
    play(FRIDAY.replace("fri", "premiere"), SATURDAY)
    same = [each["state"] for each in visits()]
    play(FRIDAY.replace("19:00", "18:00"), SATURDAY)
    moved = [each["state"] for each in visits()]

    mine("edit", "play", "--follow")

    assert (same, moved) == (["same"], ["moved"])
    assert [(each["state"], each["start"]) for each in visits()] == [("same", "2023-12-22T18:00:00+06:00")]


def test_shared_visit_of_a_dropped_showing_is_gone_as_well(
    mine: Run, visits: Visits, play: Callable[..., None]
) -> None:
    token = mine("share")[1].strip()
    play(SATURDAY)

    mine("merge", token, "--itinerary", "theirs")

    assert [each["state"] for each in visits("--itinerary", "theirs")] == ["gone"]
    assert mine("edit", "play", "--follow", "--itinerary", "theirs")[0] == 2


def test_calendar_says_that_the_date_is_gone(mine: Run, play: Callable[..., None]) -> None:
    play(SATURDAY)

    code, stdout, _stderr = mine("export")

    assert (code, "DESCRIPTION;LANGUAGE=en:The programme no longer has this date.\r\n" in stdout) == (0, True)
