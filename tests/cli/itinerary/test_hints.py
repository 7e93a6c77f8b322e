"""The command lines that itineraries offer: copied, they ask the same itinerary and the same programme again."""

from __future__ import annotations

import ast
import re
import shlex
from typing import TYPE_CHECKING, TypeAlias

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run: TypeAlias = "Callable[..., tuple[int, str, str]]"

OFFERED = re.compile(r"`(kzfest [^`]*)`")


@pytest.fixture(name="trip")
def _trip(mine: Run, fair: Path) -> Callable[..., list[list[str]]]:
    """Return a function that gives the command lines which a run offers, for an itinerary that is not the current one.

    The programme is named by its file, which nothing else names.
    """

    def trip(*args: str) -> list[list[str]]:
        _code, stdout, stderr = mine(*args, "--itinerary", "a trip", "--data", str(fair), KZFEST_DATA="")
        return [shlex.split(line) for line in OFFERED.findall(stdout + stderr)]

    return trip


@pytest.mark.parametrize(
    ("args", "offered"),
    [
        (["show", "--itinerary", "a trip"], [["list"], ["add", "EVENT"], ["suggest", "2023-12-16..2023-12-18"]]),
        (["add", "swan"], [["undo"]]),
        (["add", "xylophone"], [["search", "xylophone"]]),
        (["add", "--own", "Tea", "--venue", "xylophone", "--on", "2023-12-16"], [["venues"]]),
        (["suggest", "2023-12-16"], [["suggest", "…", "--save"]]),
        (["suggest", "2023-12-16", "-c", "concert", "--save"], [["undo"]]),
    ],
    ids=lambda value: " ".join(value[:2]) if isinstance(value[0], str) else "",
)
def test_hint_of_an_empty_itinerary_asks_the_same_again(
    trip: Callable[..., list[list[str]]], args: list[str], offered: list[list[str]]
) -> None:
    assert trip(*args) == [_whole(each) for each in offered]


@pytest.mark.parametrize(
    ("args", "offered"),
    [
        (["show"], [["edit", "id001", "--follow"], ["check"]]),
        (["check"], [["edit", "id003", "--at", "21:50"], ["edit", "id001", "--follow"], ["repair"]]),
        (["add", "swan", "--must"], [["edit", "id002"]]),
        (["edit", "id003", "--must"], [["undo"]]),
        (["remove", "id003"], [["undo"]]),
        (["repair"], [["edit", "id003", "--at", "21:50"], ["repair", "--save"]]),
        (["repair", "--save"], [["undo"]]),
        (["clear"], [["undo"]]),
        (["export", "--fresh-uids", "-o", "OUT"], [["undo"]]),
    ],
    ids=lambda value: value[0] if isinstance(value[0], str) else "",
)
def test_hint_about_visits_asks_the_same_again(
    trip: Callable[..., list[list[str]]],
    rewrite: Callable[..., None],
    tmp_path: Path,
    args: list[str],
    offered: list[list[str]],
) -> None:
    trip("add", "puppets", "--on", "2023-12-17", "--at", "14:00")
    trip("add", "swan", "songs")
    rewrite("start: 2023-12-17 14:00, end: 2023-12-17 15:00", "start: 2023-12-17 15:00, end: 2023-12-17 16:00")

    found = trip(*(str(tmp_path / "out.ics") if each == "OUT" else each for each in args))

    assert found == [_whole(each) for each in offered]


def _whole(line: list[str]) -> list[str]:
    """Return a command line with what it must repeat; the file is written as the home has it."""
    asked = ["kzfest", "--data", "HOME/config/programmes/fair.yaml"]
    ours = line[0] in {"list", "search", "venues"}
    return [*asked, *([] if ours else ["itinerary", "--itinerary", "a trip"]), *line]


def test_no_message_about_itineraries_has_a_command_line_of_its_own(pytestconfig: pytest.Config) -> None:
    """Whatever names a command takes it from a `CommandLine`, which repeats the options.

    The store and the tokens have none; the commands that they name, `restore`, `add` and `export`, need no options.
    Nor do those that others give to take over a shared plan.
    """
    package = pytestconfig.rootpath / "src" / "kzfest"
    rooms = (package / "cli" / "commands" / "itinerary", package / "pages", package / "itineraries")
    files = [file for room in rooms for file in room.glob("*.py") if file.name not in {"store.py", "share_token.py"}]

    found = {text for file in files for text in _messages(file) if "`kzfest " in text}

    assert found == {
        "Add all events that match the filters, as in `kzfest list`.",
        "{n} visit; others add it with `kzfest itinerary merge {token}`",
        "{n} visits; others add them with `kzfest itinerary merge {token}`",
        "{n} visit; others scan the code, and add it with `kzfest itinerary merge -`",
        "{n} visits; others scan the code, and add them with `kzfest itinerary merge -`",
    }


def _messages(file: Path) -> list[str]:
    """Return the sentences of a source file."""
    calls = [each for each in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(each, ast.Call)]
    named = [each for each in calls if isinstance(each.func, ast.Name) and each.func.id in {"_", "ngettext"}]
    return [str(arg.value) for call in named for arg in call.args if isinstance(arg, ast.Constant)]
