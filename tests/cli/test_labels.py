"""What a programme calls its categories, tags and cities: shown in the reader's language, understood in every one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypeAlias

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Run: TypeAlias = "Callable[..., tuple[int, str, str]]"
    Programme: TypeAlias = "Callable[..., str]"

EVENTS = """\
  - {id: maze, title: The maze, category: museum-hall, tags: [for children, ice], venue: barn, start: 2023-12-16}
  - {id: songs, title: Night songs, category: concert, city: Warsaw, start: 2023-12-17}
  - {id: run, title: Winter run, category: sport, place: {en: By the well, kk: Құдық басында}, start: 2023-12-18}
labels:
  museum-hall: {en: hall of a museum, kk: музей залы, ru: зал музея}
  for children: {kk: балаларға, ru: для детей}
  concert: {ru: концерт}
  Warsaw: {kk: Варшава, ru: Варшава}
"""
VENUES = "  - {id: barn, name: {en: The barn, kk: Қора}, translated: [name.kk], city: Neudorf}\n"


@pytest.fixture(name="ask")
def _ask(kzfest: Run, programme: Programme) -> Run:
    """Return a function that asks the village's programme."""
    file = programme(EVENTS, venues=VENUES)
    return lambda *args: kzfest("--data", file, *args)


def ids(printed: str) -> list[str]:
    return [event["id"] for event in json.loads(printed)["events"]]


@pytest.mark.parametrize(
    ("language", "category", "tags", "city"),
    [
        ("en", "hall of a museum", "for children, ice", "Warsaw"),
        ("kk", "музей залы", "балаларға, ice", "Варшава"),
        ("ru", "зал музея", "для детей, ice", "Варшава"),
    ],
)
def test_card_has_the_words_of_its_language(ask: Run, language: str, category: str, tags: str, city: str) -> None:
    _code, maze, _stderr = ask("show", "maze", "--lang", language)
    _code, songs, _stderr = ask("show", "songs", "--lang", language)

    assert [line.split("  ")[-1].strip() for line in maze.splitlines() if line.endswith(tags)] == [
        f"{category}, {tags}"
    ]
    assert [line.split("  ")[-1].strip() for line in songs.splitlines() if "arsaw" in line or "арш" in line] == [city]


def test_word_without_another_is_shown_as_it_is(ask: Run) -> None:
    _code, stdout, _stderr = ask("list", "--lang", "kk", "-f", "markdown")

    assert [line.split(" | ")[-1].removesuffix(" |") for line in stdout.splitlines() if line.startswith("| 20")] == [
        "музей залы",
        "concert",
        "sport",
    ]


@pytest.mark.parametrize(
    ("args", "found"),
    [
        (["--category", "museum-hall"], ["maze"]),
        (["--category", "музей залы"], ["maze"]),
        (["--category", "Зал музея", "--lang", "kk"], ["maze"]),
        (["--not-category", "концерт"], ["maze", "run"]),
        (["--tag", "балаларға"], ["maze"]),
        (["--city", "Варшава"], ["songs"]),
        (["--search", "детей"], ["maze"]),
        (["--search", "Варшавада"], ["songs"]),
        (["--search", "құдық"], ["run"]),
    ],
)
def test_events_are_found_by_the_words_of_every_language(ask: Run, args: list[str], found: list[str]) -> None:
    code, stdout, _stderr = ask("list", "-f", "json", *args)

    assert (code, ids(stdout)) == (0, found)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "kzfest: no event has the category 'opera'; there are concert, hall of a museum, sport\n"),
        ("ru", "kzfest: нет событий категории «opera»; есть концерт, зал музея, sport\n"),
    ],
)
def test_words_that_there_are_are_offered_in_the_language(ask: Run, language: str, told: str) -> None:
    assert ask("list", "--category", "opera", "--lang", language) == (3, "", told)


def test_document_has_the_words_of_all_languages(ask: Run) -> None:
    _code, stdout, _stderr = ask("show", "maze", "-f", "json", "--lang", "ru")
    event = json.loads(stdout)["event"]

    assert (event["category"], event["tags"]) == ("museum-hall", ["for children", "ice"])
    assert event["labels"] == {
        "museum-hall": {"en": "hall of a museum", "kk": "музей залы", "ru": "зал музея"},
        "for children": {"kk": "балаларға", "ru": "для детей"},
    }


@pytest.mark.parametrize(
    ("language", "place", "marked"),
    [("en", "By the well", ""), ("kk", "Құдық басында", ""), ("ru", "By the well", " [en]")],
)
def test_place_is_told_in_the_language_or_marked(ask: Run, language: str, place: str, marked: str) -> None:
    _code, card, _stderr = ask("show", "run", "--lang", language)
    _code, document, _stderr = ask("show", "run", "--lang", language, "-f", "json")
    event = json.loads(document)["event"]

    assert f"  {place}{marked}\n" in card
    assert (event["place"], event["places"]) == (place, {"en": "By the well", "kk": "Құдық басында"})


@pytest.mark.parametrize(("language", "told"), [("en", []), ("kk", ["Біздің аудармамыз", "атауы"]), ("ru", [])])
def test_card_of_a_venue_says_which_name_is_our_own(ask: Run, language: str, told: list[str]) -> None:
    _code, card, _stderr = ask("venue", "barn", "--lang", language)

    assert [part.strip() for line in card.splitlines() if "Біздің" in line for part in line.split("  ", 1)] == told


def test_venue_cannot_name_a_translation_that_it_does_not_have(kzfest: Run, programme: Programme) -> None:
    file = programme(EVENTS, venues=VENUES.replace("name.kk", "name.kk, title.kk, notes.ru"))

    code, stdout, stderr = kzfest("check", file)

    assert (code, stdout.splitlines() + stderr.splitlines()) == (
        4,
        [
            f"{file}:5: 'barn' has no 'notes' in the language 'ru'",
            f"{file}:5: 'title.kk' is no text of 'barn'; write it as name.kk",
        ],
    )
