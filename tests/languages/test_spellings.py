"""What people type, and what they mean by it: a table written by somebody who has not read the code that folds."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kzfest.paths import PROGRAMMES, data_folder
from kzfest.programme.database.catalogue import Catalogue

if TYPE_CHECKING:
    from kzfest.programme.database.search import Kind

TABLE = tomllib.loads(Path(__file__).with_name("spellings.toml").read_text(encoding="utf-8"))
FOUND_FIRST = 0.97
GUESSED_AT_MOST = 0.07
KINDS: tuple[Kind, ...] = ("venue", "event")


@pytest.fixture(name="astana", scope="module")
def _astana() -> Catalogue:
    return Catalogue(data_folder() / PROGRAMMES["astana"], folder=None)


def found(catalogue: Catalogue, entry: dict[str, Any]) -> list[str]:
    """Return the ids of what a card, then a search, finds for what was typed, in their order."""
    kind, typed = entry["kind"], entry["typed"]
    numbers = [each.number for each in catalogue.lookup.find(kind, typed).candidates]
    numbers += [hit.number for hit in catalogue.lookup.search(typed)[0] if hit.kind == kind]
    read = catalogue.venue if kind == "venue" else lambda number: catalogue.event(number).event
    return [read(number).id for number in dict.fromkeys(numbers)]


def test_what_is_meant_is_found_and_nearly_always_first(astana: Catalogue) -> None:
    places = {each["typed"]: found(astana, each)[:5] for each in TABLE["spelling"]}
    meant = {each["typed"]: each["meant"] for each in TABLE["spelling"]}

    first = sum(ids[:1] == [meant[typed]] for typed, ids in places.items())

    assert [typed for typed, ids in places.items() if meant[typed] not in ids] == []
    assert first / len(places) >= FOUND_FIRST


@pytest.mark.parametrize("typed", [each["typed"] for each in TABLE["nonsense"]])
def test_nonsense_finds_nothing(astana: Catalogue, typed: str) -> None:
    assert [found(astana, {"kind": kind, "typed": typed}) for kind in KINDS] == [[], []]


def test_word_of_every_day_is_hardly_ever_taken_for_another(astana: Catalogue) -> None:
    lookup, words = astana.lookup, TABLE["everyday"]

    guessed = [word for word in words if all(lookup.search(word))]
    named = [word for word in words for kind in KINDS if all(lookup.find(kind, word))]

    assert len(guessed) / len(words) <= GUESSED_AT_MOST
    assert named == []
