"""`kzfest itinerary remove`, `clear` and `undo`: what goes, and what comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run: TypeAlias = "Callable[..., tuple[int, str, str]]"
    Visits: TypeAlias = "Callable[..., list[dict[str, Any]]]"

BACK = "to undo: `kzfest itinerary undo`\n"
SWAN = "Swan Lake  id001 · Saturday 16 December 2023, 19:00–21:30 · Opera, 1 Qonaev Street, Astana\n"
SONGS = "Songs of the steppe  id002 · Saturday 16 December 2023, 21:00–23:00, end assumed · City park, Astana\n"
NIGHT = "Long night  id003 · Saturday 16 December 2023, 00:30–03:00 in the night to 17 Dec 2023 · Night club, Astana\n"

SWAN_THERE = "id001  Swan Lake · Saturday 16 December 2023, 19:00–21:30"
SONGS_THERE = "id002  Songs of the steppe · Saturday 16 December 2023, 21:00–23:00, end assumed"
NIGHT_THERE = "id003  Long night · Saturday 16 December 2023, 00:30–03:00 in the night to 17 Dec 2023"
THERE = f"the itinerary has:\n  {SWAN_THERE}\n  {SONGS_THERE}\n  {NIGHT_THERE}"


@pytest.fixture(name="planned")
def _planned(mine: Run) -> Run:
    """Return a function as `mine`, with three visits planned."""
    mine("add", "swan", "songs", "night")
    return mine


def test_venue_is_told_in_the_language_of_the_answer_whatever_that_of_the_visit(mine: Run) -> None:
    ru = "16 декабря 2023\xa0г., суббота, 19:00–21:30 · Оперный театр, 1 Qonaev Street, Astana\n"

    mine("add", "swan", KZFEST_LANG="ru")

    assert mine("clear") == (0, f"removed  {SWAN}", BACK)
    assert mine("undo") == (0, f"added  {SWAN}", "")
    assert mine("remove", "swan") == (0, f"removed  {SWAN}", BACK)
    assert mine("undo", KZFEST_LANG="ru")[1].endswith(ru)


@pytest.mark.parametrize("name", ["swan", "id001", "Swan Lake", "swan l", "лебединое озеро", "лебед"])
def test_visit_is_removed_by_its_id_or_event(planned: Run, name: str) -> None:
    assert planned("remove", name) == (0, f"removed  {SWAN}", BACK)


def test_several_visits_are_removed_as_one_change(planned: Run, visits: Visits) -> None:
    assert planned("remove", "night", "id001", "swan") == (0, f"removed  {SWAN}removed  {NIGHT}", BACK)
    assert planned("undo") == (0, f"added  {SWAN}added  {NIGHT}", "")
    assert len(visits()) == 3


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (
            ["xyz"],
            f"no visit called 'xyz'; {THERE}",
        ),
        (
            ["swan", "xyz"],
            f"no visit called 'xyz'; {THERE}",
        ),
        (
            ["swn"],
            f"no visit called 'swn'; {THERE}",
        ),
        (
            [""],
            f"no visit called ''; {THERE}",
        ),
        (["l"], f"'l' matches several visits:\n  {SWAN_THERE}\n  {NIGHT_THERE}"),
    ],
)
def test_what_is_none_or_several_is_never_guessed(planned: Run, visits: Visits, args: list[str], sentence: str) -> None:
    assert planned("remove", *args) == (3, "", f"kzfest: {sentence}\n")
    assert len(visits()) == 3


def test_of_many_visits_it_says_how_many_it_leaves_out(mine: Run) -> None:
    for n in range(15):
        mine("add", "--own", f"Walk {n}", "--on", "16 dec", "--at", f"{n + 5:02}:00", "--for", "30m")

    code, _stdout, stderr = mine("remove", "xyz")
    several = mine("remove", "walk")[2].splitlines()

    assert (code, len(stderr.splitlines()), stderr.splitlines()[-1]) == (3, 14, "  and 3 more")
    assert (len(several), several[-1]) == (14, "  and 3 more")


def test_nothing_can_be_removed_from_an_empty_itinerary(mine: Run) -> None:
    assert mine("remove", "swan") == (3, "", "kzfest: the itinerary 'main' is empty\n")
    assert mine("clear") == (0, "", "nothing has changed\n")


def test_clear_takes_all_out_and_undo_brings_all_back(planned: Run, visits: Visits) -> None:
    before = visits()

    cleared = planned("clear")
    empty = visits()
    back = planned("undo")

    assert cleared == (0, f"removed  {SWAN}removed  {SONGS}removed  {NIGHT}", BACK)
    assert empty == []
    assert back == (0, f"added  {SWAN}added  {SONGS}added  {NIGHT}", "")
    assert [{**each, "changes": 0} for each in visits()] == before
    assert [each["changes"] for each in visits()] == [1, 1, 1]


def test_visits_of_a_programme_that_is_gone_can_be_removed(planned: Run, fair: Path) -> None:
    fair.unlink()

    assert planned("remove", "swan", KZFEST_DATA="") == (0, f"removed  {SWAN}", BACK)


def test_undo_takes_back_change_by_change(mine: Run, visits: Visits) -> None:
    mine("add", "swan")
    mine("edit", "swan", "--note", "Row 7")
    mine("add", "songs")
    mine("remove", "swan")

    told = [mine("undo") for _time in range(5)]

    assert told == [
        (0, f"added  {SWAN}", ""),
        (0, f"removed  {SONGS}", ""),
        (0, f"changed  {SWAN}", ""),
        (0, f"removed  {SWAN}", ""),
        (0, "", "nothing to undo\n"),
    ]
    assert visits() == []


def test_undo_takes_back_several_changes_newest_first_and_says_how_many_there_were(mine: Run) -> None:
    mine("add", "swan")
    mine("add", "songs")
    mine("add", "night")

    two = mine("undo", "2")
    rest = mine("undo", "2000")

    assert two == (0, f"removed  {NIGHT}removed  {SONGS}", "")
    assert rest == (0, f"removed  {SWAN}", "only 1 change could be undone\n")


@pytest.mark.parametrize("count", ["0", "-1", "x", "1000001"])
def test_undo_of_no_number_is_refused(mine: Run, count: str) -> None:
    code, stdout, stderr = mine("undo", "--", count)

    assert (code, stdout) == (2, "")
    assert stderr.startswith("kzfest: Invalid value for '[N]': ")
    assert stderr.endswith(" See `kzfest itinerary undo --help`.\n")


def test_undo_takes_back_what_another_process_changed(mine: Run, process: Run, home: Path, fair: Path) -> None:
    here = {"KZFEST_HOME": str(home), "KZFEST_DATA": str(fair), "KZFEST_NOW": "2023-12-10T12:00"}
    mine("add", "swan")
    process("itinerary", "edit", "swan", "--at", "20:00", **here)
    process("itinerary", "remove", "swan", **here)

    back = process("itinerary", "undo", "2", **here)

    assert (back[0], back[1].count("\n"), back[2]) == (0, 2, "")
    assert [line.split("  ")[0] for line in back[1].splitlines()] == ["added", "changed"]
    assert mine("undo") == (0, f"removed  {SWAN}", "")


def test_undo_is_of_one_itinerary(mine: Run, visits: Visits) -> None:
    mine("add", "swan")
    mine("add", "songs", "--itinerary", "trip")

    assert mine("undo") == (0, f"removed  {SWAN}", "")
    assert [each["event"] for each in visits("--itinerary", "trip")] == ["songs"]
