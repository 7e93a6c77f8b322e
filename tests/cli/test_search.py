"""What `search` says: the best of what is found and where, how much more there is, and where else to look."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypeAlias

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Run: TypeAlias = "Callable[..., tuple[int, str, str]]"
    Programme: TypeAlias = "Callable[..., str]"

EVENTS = """\
  - {id: notes, title: Fair, category: market, notes: A drum is heard next door, start: 2023-12-17}
  - {id: details, title: Parade, category: march, details: [{label: With, value: drums}], start: 2023-12-17}
  - {id: tag, title: Evening, category: concert, tags: [drum], start: 2023-12-17}
  - {id: place, title: Night, category: concert, place: The drum hall, start: 2023-12-17}
  - {id: people, title: Morning, category: concert, people: [Drum trio], start: 2023-12-17}
  - {id: title, title: Drums, category: concert, start: 2023-12-17}
  - {id: only-notes, title: Silence, category: concert, notes: No oboe, start: 2023-12-17}
"""


def found(kzfest: Run, file: str, *args: str) -> tuple[list[tuple[str, str]], int, str]:
    """Return the ids that a search gives, each with where the words are, and how many more there are."""
    code, stdout, stderr = kzfest("--data", file, "search", *args, "-f", "json")
    document = json.loads(stdout)
    assert code == 0
    return [(each["id"] or each["name"], each["matched"]) for each in document["results"]], document["more"], stderr


def test_search_says_where_it_is_found_the_weightiest_first(kzfest: Run, programme: Programme) -> None:
    file = programme(EVENTS)
    everywhere = [
        ("title", "title"), ("Drum trio", "people"), ("people", "people"), ("tag", "labels"), ("place", "place"),
        ("details", "details"),
    ]  # fmt: skip

    assert found(kzfest, file, "drums") == (everywhere, 0, "")
    assert found(kzfest, file, "oboes") == ([("only-notes", "notes")], 0, "")


@pytest.mark.parametrize(
    ("count", "told"),
    [
        (20, ""),
        (21, "1 more result: raise --limit to see it\n"),
        (23, "3 more results: raise --limit to see them\n"),
    ],
)
def test_search_gives_the_twenty_best_and_how_many_more(
    kzfest: Run, programme: Programme, count: int, told: str
) -> None:
    file = programme("".join(f"  - {{id: e{n}, title: Drum, category: c, start: 2023-12-17}}\n" for n in range(count)))
    ids = [(f"e{n}", "title") for n in range(count)]

    assert found(kzfest, file, "drums") == (ids[:20], count - 20, told)
    assert found(kzfest, file, "drums", "--limit", "50") == (ids, 0, "")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Gorbachev",
            ["the history has it: kzfest history Gorbachev  (Mikhail Gorbachev resigns as President of the USSR)"],
        ),
        (
            "Горбачёва",
            ["the history has it: kzfest history Горбачёва  (Mikhail Gorbachev resigns as President of the USSR)"],
        ),
        (
            "Stradivari",
            ["abroad has it: kzfest --programme abroad search Stradivari  (Kazakhstan in the news, December 2025)"],
        ),
        ("xylophone", []),
    ],
)
def test_search_that_finds_nothing_says_where_else_something_is(kzfest: Run, text: str, told: list[str]) -> None:
    nothing = f"no results for '{text}'"

    code, stdout, stderr = kzfest("search", text)

    assert (code, stdout, stderr.splitlines()) == (0, "", [nothing, *told])
