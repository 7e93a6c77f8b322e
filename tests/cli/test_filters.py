"""Filters by price, age, language, track and hour: what they find, and what they say of what is not known."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Run: TypeAlias = "Callable[..., tuple[int, str, str]]"
    Programme: TypeAlias = "Callable[..., str]"
    Ask: TypeAlias = "Callable[..., tuple[dict[str, list[str]], str]]"

VENUES = """\
  - {id: cinema, name: Cinema, city: Neudorf}
  - {id: barn, name: Barn, city: Altdorf}
"""
EVENTS = """\
  - {id: days, title: Film days, category: festival, start: 2026-06-05, end: 2026-06-07, price: free}
  - id: gala
    title: Gala
    category: film
    venue: cinema
    start: 2026-06-05 19:00
    price: {from: 2000, to: 5000, currency: KZT}
    age: 12
    languages: [ru]
    changed: 2026-06-01
    people: [Ann]
    tracks: [Shorts]
    tags: [red]
  - id: night
    title: Night
    category: film
    venue: barn
    start: 2026-06-06 01:30
    price: {from: 5000, currency: KZT}
    age: 18
    languages: [en, ru]
    changed: 2026-06-03
  - id: kids
    title: Kids
    category: film
    venue: cinema
    start: 2026-06-06 11:00
    price: {to: 800, currency: KZT}
    age: 0
    people: [Ann]
    tags: [red]
  - {id: euro, title: Euro, category: concert, start: 2026-06-06 20:00, price: {from: 20, to: 20.50, currency: EUR}}
  - {id: talk, title: Talk, category: talk, start: 2026-06-06 18:00, price: Ask at the door}
  - {id: show, title: Show, category: show, start: 2026-06-05, end: 2026-06-07, hours: "12:00-20:00", age: 6}
  - id: twice
    title: Twice
    category: film
    price: {from: 3000, to: 3000, currency: KZT}
    changed: 2026-06-02
    showings:
      - {id: morning, start: 2026-06-06 10:00, price: {free: true}}
      - {id: evening, start: 2026-06-06 21:00, venue: barn}
  - {id: later, title: Later, category: film, when: unannounced, price: {from: 0, currency: KZT}}
  - {id: hall, title: Hall, category: museum, venue: barn, when: permanent, changed: 2026-06-02,
     price: {from: 700, to: 700, currency: KZT}}
"""
LABELS = "labels: {Shorts: {ru: Короткий метр}, film: {ru: фильм}}\n"
IN_TENGE = 'prices are compared in KZT; for another currency: --price-to "2500 EUR"\n'
NO_PLACE = "2 venues are left out: their locations are unknown\n"
UNDATED = "1 event without a known date is left out; --undated lists it\n"


def more(number: int) -> str:
    return f"{number} more events may match, but the programme does not say; --unknown lists them too\n"


ONE_MORE = "1 more event may match, but the programme does not say; --unknown lists it too\n"


@pytest.fixture(name="file")
def _file(programme: Programme) -> str:
    return programme(EVENTS, venues=VENUES, head="}\n" + LABELS.removesuffix("\n").removesuffix("}"))


@pytest.fixture(name="ask")
def _ask(kzfest: Run, file: str) -> Ask:
    """Return a function that gives the events of a list with their showings, and what is told beside it."""

    def ask(*args: str) -> tuple[dict[str, list[str]], str]:
        code, stdout, stderr = kzfest("list", "--data", file, *args, "-f", "json")
        assert code == 0
        return {
            event["id"]: [each["id"] for each in event["showings"]] for event in json.loads(stdout)["events"]
        }, stderr

    return ask


@pytest.mark.parametrize(
    ("args", "ids", "told"),
    [
        (["--free"], ["days", "twice"], more(3) + UNDATED),
        (["--free", "--unknown"], ["days", "show", "twice", "kids", "talk"], UNDATED),
        (["--free", "--undated"], ["later"], ""),
        (["--price-to", "2500"], ["days", "gala", "twice", "kids", "hall"], IN_TENGE + more(3) + UNDATED),
        (["--price-to", "500"], ["days", "twice"], IN_TENGE.replace("2500", "500") + more(4) + UNDATED),
        (["--price-to", "20.5 EUR", "-c", "concert"], ["euro"], ""),
        (["--price-to", "19,99eur", "-c", "concert"], [], "no matching events in the programme\n"),
        (["--age", "6"], ["show", "kids"], more(5)),
        (["--age", "18", "--category", "film"], ["gala", "night", "kids"], ONE_MORE),
        (["--language", "en"], ["night"], more(7)),
        (["--language", "ru", "--language", "en"], ["gala", "night"], more(7)),
        (["--track", "shorts"], ["gala"], ""),
        (["--track", "короткий метр"], ["gala"], ""),
        (["--not-tag", "red", "--category", "film"], ["night", "twice"], UNDATED),
        (["--not-venue", "barn", "--not-venue", "cinema"], ["days", "show", "twice", "talk", "euro"], UNDATED),
        (["--after", "18:00"], ["show", "gala", "night", "talk", "euro", "twice"], more(2)),
        (["--before", "12:00"], ["twice", "kids"], more(2)),
        (["--after", "6 pm", "--before", "20:00"], ["show", "gala", "talk"], more(2)),
        (["--after", "1:00"], ["night"], more(2)),
        (["--after", "20:00", "--venue", "barn", "--unknown"], ["night", "twice", "hall"], ""),
        (["--changed-since", "2026-06-02"], ["night", "twice", "hall"], more(5)),
        (["--changed-since", "3", "june", "-c", "film"], ["night"], "3 june: Wednesday 3 June 2026\n" + ONE_MORE),
        (["--changed-since", "2026-06-04", "-c", "film", "--unknown"], ["kids"], UNDATED),
        (["--after", "19:00", "--free"], [], "no matching events in the programme\n" + more(2)),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)  # fmt: skip
def test_list_has_what_is_known_to_match(ask: Ask, args: list[str], ids: list[str], told: str) -> None:
    found, notes = ask(*args)

    assert (list(found), notes) == (ids, told)


@pytest.mark.parametrize(
    ("args", "showings"),
    [
        (["--free"], ["morning"]),
        (["--after", "12:00"], ["evening"]),
        (["--not-venue", "barn"], ["morning"]),
        (["--price-to", "3000"], ["morning", "evening"]),
        (["--age", "6", "--unknown"], ["morning", "evening"]),
        (["--changed-since", "2026-06-02"], ["morning", "evening"]),
    ],
    ids=" ".join,
)
def test_filters_choose_among_the_showings_of_an_event(ask: Ask, args: list[str], showings: list[str]) -> None:
    assert ask(*args)[0]["twice"] == showings


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["--price-to", "much"], '--price-to takes an amount, such as 5000, and a currency, such as "20 EUR"'),
        (["--price-to", "5 USD"], "no price is in USD; available: KZT, EUR"),
        (["--language", "fr"], "no event is known to be in the language 'fr'; available: ru, en"),
        (["--track", "long"], "no event is in the track 'long'; available: Shorts"),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_what_no_filter_can_ask_is_refused(kzfest: Run, file: str, args: list[str], told: str) -> None:
    code, stdout, stderr = kzfest("list", "--data", file, *args)

    assert (code in {2, 3}, stdout, stderr) == (True, "", f"kzfest: {told}\n")


def test_programme_without_prices_compares_none(kzfest: Run, programme: Programme) -> None:
    file = programme("  - {id: a, title: A, category: fair, start: 2026-06-06}\n")

    assert kzfest("list", "--data", file, "--price-to", "5", "-f", "csv")[2] == (
        f"no matching events in the programme\n{ONE_MORE}"
    )


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["--category", "festivel"], "assuming 'festival' for 'festivel'"),
        (["--city", "Neudort"], "assuming 'Neudorf' for 'Neudort'"),
        (["--track", "shotrs"], "assuming 'Shorts' for 'shotrs'"),
    ],
    ids=lambda value: value[1] if isinstance(value, list) else "",
)
def test_misspelt_word_is_guessed_and_told(kzfest: Run, file: str, args: list[str], told: str) -> None:
    code, _stdout, stderr = kzfest("list", "--data", file, *args, "--limit", "0")

    assert (code, stderr.splitlines()[0]) == (0, told)


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["categories"], {"film": 5, "concert": 1, "festival": 1, "museum": 1, "show": 1, "talk": 1}),
        (["categories", "2026-06-06", "--after", "18:00"], {"concert": 1, "film": 1, "show": 1, "talk": 1}),
        (["categories", "--undated"], {"film": 1}),
        (["tags"], {"red": 2}),
        (["tags", "--age", "6"], {"red": 1}),
        (["tags", "--changed-since", "2026-06-01"], {"red": 1}),
        (["tracks"], {"Shorts": 1}),
        (["cities"], {"Altdorf": 3, "Neudorf": 2}),
        (["cities", "--free"], {}),
        (["cities", "2026-06-06", "--after", "20:30"], {"Altdorf": 1}),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_words_have_the_number_of_matching_events(
    kzfest: Run, file: str, args: list[str], words: dict[str, int]
) -> None:
    code, stdout, _stderr = kzfest("--data", file, *args, "-f", "json")

    found: list[dict[str, Any]] = json.loads(stdout)[args[0]]
    assert (code, {each["word"]: each["events"] for each in found}) == (0, words)


def test_words_are_called_by_their_labels(kzfest: Run, file: str) -> None:
    asked = ("--data", file, "categories", "--category", "film", "--lang", "ru")

    assert json.loads(kzfest(*asked, "-f", "json")[1]) == {
        "schema": 1,
        "programme": {"id": "village", "title": "Village fair", "timezone": "Asia/Almaty"},
        "categories": [{"word": "film", "name": "фильм", "names": {"ru": "фильм"}, "events": 5}],
    }
    assert kzfest(*asked, "-f", "csv")[1] == "word,name,events\r\nfilm,фильм,5\r\n"
    assert kzfest(*asked)[1] == "Название  События\nфильм     5\n"


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["tracks", "--category", "talk"], "no matching event is in a track"),
        (["tags", "--category", "talk"], "no matching event has a tag"),
        (["cities", "--category", "talk"], "no matching event has a city"),
        (["categories", "2026-07-01", "--category", "talk"], "no matching events in the programme"),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_no_words_are_told(kzfest: Run, file: str, args: list[str], told: str) -> None:
    assert kzfest("--data", file, *args) == (0, "", f"{told}\n")


@pytest.mark.parametrize(
    ("args", "venues", "told"),
    [
        ([], {"cinema": 2, "barn": 3, "empty": 0}, ""),
        (["--category", "film"], {"cinema": 2, "barn": 2}, ""),
        (["2026-06-06", "--after", "20:30"], {"barn": 1}, more(2)),
        (["--on", "2026-06-06", "--category", "film"], {"cinema": 1, "barn": 1}, UNDATED),
        (["--not-venue", "barn", "--search", "film"], {"cinema": 2}, ""),
        (["--free"], {}, "no matching venues\n" + more(3)),
        (["--free", "--unknown"], {"cinema": 1}, ""),
        (["--near", "43.2,76.9"], {"empty": 0}, NO_PLACE),
        (["--near", "43.2,76.9", "--age", "18"], {}, NO_PLACE + "no matching venues\n"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_venues_have_the_number_of_matching_events(
    kzfest: Run, programme: Programme, args: list[str], venues: dict[str, int], told: str
) -> None:
    empty = "  - {id: empty, name: Empty, location: {latitude: 43.2, longitude: 76.9, accuracy: building}}\n"
    data = programme(EVENTS, venues=VENUES + empty)

    code, stdout, stderr = kzfest("--data", data, "venues", *args, "-f", "json")

    found = {each["id"]: each["events"] for each in json.loads(stdout)["venues"]}
    assert (code, found, stderr) == (0, venues, told)


@pytest.mark.parametrize(
    ("args", "ids", "told"),
    [
        (["film", "--free"], ["days", "later", "twice"], ONE_MORE),
        (["film", "--free", "--unknown"], ["days", "kids", "later", "twice"], ""),
        (["film", "--on", "6", "june"], ["days", "kids", "twice"], "6 june: Saturday 6 June 2026\n" + UNDATED),
        (["film", "--venue", "cinema"], ["gala", "kids"], ""),
        (["barn", "--after", "20:00"], ["barn", "night", "twice"], ONE_MORE),
        (["cinema", "--after", "20:00"], [], "no results for 'cinema' with these filters\n"),
        (["Ann"], ["Ann", "gala", "kids"], ""),
        (["Ann", "--tag", "red", "--age", "6"], ["Ann", "kids"], ""),
        (["Ann", "--undated"], [], "no results for 'Ann' with these filters\n"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_search_finds_what_matches_the_filters(
    kzfest: Run, file: str, args: list[str], ids: list[str], told: str
) -> None:
    code, stdout, stderr = kzfest("--data", file, "search", *args, "-f", "json")

    found = [each["id"] or each["name"] for each in json.loads(stdout)["results"]]
    assert (code, sorted(found), stderr) == (0, ids, told)


def test_person_has_the_matching_events_only(kzfest: Run, file: str) -> None:
    found = json.loads(kzfest("--data", file, "search", "Ann", "--age", "6", "-f", "json")[1])["results"]

    assert [[event["id"] for event in each["events"]] for each in found if each["kind"] == "person"] == [["kids"]]


@pytest.mark.parametrize("command", ["list", "month", "timeline"])
def test_filter_says_if_it_takes_a_text_for_another(kzfest: Run, command: str) -> None:
    as_meant = kzfest(command, "--search", "танго", "-f", "json")
    as_typed = kzfest(command, "--search", "nfyuj", "-f", "json")

    assert json.loads(as_typed[1]) == json.loads(as_meant[1])
    assert as_typed[2] == f"no results for 'nfyuj'; these are for 'танго'\n{as_meant[2]}"
