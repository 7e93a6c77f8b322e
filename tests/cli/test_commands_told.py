"""A command line that the program prints, to be copied, asks the same programme as the run that prints it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., tuple[int, str, str]]
    Programme = Callable[..., str]

EVENTS = """\
  - {id: fair, title: The fair, category: market, start: 2023-12-17, venue: hall}
  - {id: market, title: The market, category: market, start: 2023-12-17, end: 2023-12-19}
"""
HALL = "  - {id: hall, name: Hall, city: Neudorf}\n"

_COMMAND = re.compile(r"(?<=`)kzfest [^`]*|(?<!\S)kzfest (?:(?!  )[^\n`])*")
"""A command line of a sentence, between backticks, or of a page, up to the two spaces that part columns."""


@pytest.mark.parametrize(
    ("asked", "commands"),
    [
        (
            [],
            [
                *("list --on 2023-12-17", "list 2023-12-17..2023-12-19"),
                *("venue hall", "itinerary", "programmes"),
            ],
        ),
        (["show", "fair"], ["itinerary add fair"]),
        (["show", "market"], ["itinerary add market --on 2023-12-17"]),
        (["show", "xylophone"], ["search xylophone"]),
        (["show", "it's"], ["search 'it'\"'\"'s'"]),
        (["venue", "xylophone"], ["venues"]),
        (["itinerary"], ["list", "itinerary add EVENT", "itinerary suggest 2023-12-17..2023-12-19"]),
        (
            ["itinerary", "--itinerary", "trip"],
            [
                *("list", "itinerary --itinerary trip add EVENT"),
                "itinerary --itinerary trip suggest 2023-12-17..2023-12-19",
            ],
        ),
        (["itinerary", "add", "fair"], ["itinerary undo"]),
    ],
    ids=" ".join,
)
def test_command_that_is_told_asks_the_same_programme(
    kzfest: Run,
    programme: Programme,
    tmp_path: Path,
    asked: list[str],
    commands: list[str],
) -> None:
    file = programme(EVENTS, venues=HALL)

    _code, stdout, stderr = kzfest("--data", file, *asked, KZFEST_HOME=f"{tmp_path}/home")

    assert _COMMAND.findall(stdout + stderr) == [f"kzfest --data {file} {command}" for command in commands]


@pytest.mark.parametrize("language", ["en", "kk", "ru"])
def test_command_on_the_first_page_asks_the_same_programme_in_every_language(kzfest: Run, language: str) -> None:
    now = ("--now", "2025-12-19T12:00", "--lang", language)

    _code, stdout, _stderr = kzfest("--programme", "archive", *now)

    assert _COMMAND.findall(stdout) == [
        f"kzfest --programme archive {command}"
        for command in (
            *("list now", "list --on 2024-12-08", "list 2024-12-08..2024-12-10"),
            *("venue astana-opera", "itinerary", "programmes"),
        )
    ]
