"""What visitors of the film festival ask: by price, age, language, track and hour, worked out by hand from the file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Run: TypeAlias = "Callable[..., tuple[int, str, str]]"

FILE = Path(__file__).with_name("film_festival.yaml")
SATURDAY, SUNDAY = "2026-10-10", "2026-10-11"


@pytest.mark.parametrize(
    ("args", "ids", "more"),
    [
        ([SATURDAY, "--free"], ["workshop", "talk-money", "london", "light", "vr", "posters"], 2),
        ([SATURDAY, "--price-to", "1000", "--after", "17:00", "-c", "film"], ["steel", "silence", "neon"], 0),
        ([SUNDAY, "--price-to", "500", "--category", "workshop"], [], 0),
        ([SUNDAY, "--age", "6"], ["snow", "dog"], 15),
        (["--age", "17", "--category", "film"], ["road", "foal", "neon", "snow", "dog"], 20),
        ([SATURDAY, "--after", "22:00"], ["neon", "party", "wolves"], 2),
        ([SATURDAY, "--after", "00:00"], ["wolves"], 2),
        ([SATURDAY, "--before", "12:00"], ["foal", "shorts-1", "workshop"], 2),
        ([SATURDAY, "--after", "19:00", "--before", "20:00", "-c", "exhibition", "--unknown"], ["vr", "posters"], 0),
        ([SATURDAY, "--language", "en"], ["talk-money", "london"], 19),
        (["--track", "documentaries"], ["lake", "steel", "mine"], 0),
        (["--track", "короткий метр"], ["shorts-1", "shorts-2"], 0),
        ([SUNDAY, "--not-venue", "arman", "--not-venue", "library"], ["walk", "light"], 0),
        ([SUNDAY, "--not-tag", "family", "--category", "film", "--before", "14:00"], ["river", "mine"], 0),
    ],
    ids=lambda value: " ".join(map(str, value)) if isinstance(value, list) else "",
)  # fmt: skip
def test_visitor_finds_what_is_known_to_match(kzfest: Run, args: list[str], ids: list[str], more: int) -> None:
    code, stdout, stderr = kzfest("--data", str(FILE), "list", *args, "-f", "json")

    found = [each["id"] for each in json.loads(stdout)["events"]]
    told = [int(line.split()[0]) for line in stderr.splitlines() if "--unknown" in line]
    assert (code, found, sum(told)) == (0, ids, more)


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["tracks"], [("Documentaries", 3), ("Shorts", 2)]),
        (["tags", SATURDAY], [("documentary", 2), ("family", 2)]),
        (["categories", SUNDAY, "--free"], [("exhibition", 2), ("talk", 2), ("theatre", 1), ("tour", 1)]),
        (["cities", "--after", "23:00"], [("Almaty", 2)]),
    ],
    ids=lambda value: value[0] if isinstance(value[0], str) else "",
)
def test_words_have_the_number_of_events(kzfest: Run, args: list[str], words: list[tuple[str, int]]) -> None:
    stdout = kzfest("--data", str(FILE), *args, "-f", "json")[1]

    assert [(each["word"], each["events"]) for each in json.loads(stdout)[args[0]]] == words
