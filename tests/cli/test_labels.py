"""What a programme calls its categories, tags and cities: shown in the reader's language, understood in every one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import pytest
from icalendar import Calendar

from kzfest.programme.database.catalogue import Catalogue

if TYPE_CHECKING:
    from collections.abc import Callable

    from kzfest.programme.database.catalogue import Label
    from kzfest.programme.database.search import Kind

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

    assert [line.split(" | ")[-1].removesuffix(" |") for line in stdout.splitlines() if "белгісіз" in line] == [
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
        (["--category", "rjywthn"], ["songs"]),
        (["--tag", "для-детей"], ["maze"]),
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
        ("en", "kzfest: no event has the category 'opera'; available: concert, hall of a museum, sport\n"),
        ("ru", "kzfest: нет событий категории «opera»; доступны: концерт, зал музея, sport\n"),
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
    assert (event["place"], event["texts"]) == (place, {"place": {"en": "By the well", "kk": "Құдық басында"}})


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
            f"{file}:5:70: 'title.kk' is not a text of 'barn'; write it as name.kk",
            f"{file}:5:80: 'barn' has no 'notes' in language 'ru'",
        ],
    )


PLACES = """\
  - {id: barn, name: {en: The barn, kk: Қора}, city: Neudorf}
  - {id: mill, name: {en: The mill, kk: Диірмен}, city: Altdorf, address: 1 Mill Lane}
"""
AT_PLACES = """\
  - {id: tea, title: Tea, category: fair, venue: barn, start: 2023-12-16 12:00, end: 2023-12-16 13:00}
  - {id: songs, title: Songs, category: fair, venue: mill, start: 2023-12-16 14:00, end: 2023-12-16 15:00}
  - {id: maze, title: Maze, category: fair, place: {en: The yard, kk: Аула}, city: Neudorf, start: 2023-12-16 16:00}
  - {id: run, title: Run, category: fair, place: {en: The yard, kk: Аула}, city: Neudorf, start: 2023-12-16 18:00}
labels:
  Neudorf: {kk: Жаңаауыл}
  Altdorf: {kk: Ескіауыл}
"""


@pytest.fixture(name="plan")
def _plan(kzfest: Run, programme: Programme, tmp_path: Path) -> Run:
    """Return a function that asks that programme, with the four events planned in two languages."""
    file = programme(AT_PLACES, venues=PLACES, head=", first: 2023-12-16, last: 2023-12-16")

    def run(*args: str) -> tuple[int, str, str]:
        home = str(tmp_path / "home")
        return kzfest("--data", file, *args, KZFEST_HOME=home, KZFEST_NOW="2023-12-10T12:00")

    for event, language in (("tea", "en"), ("songs", "kk"), ("maze", "en"), ("run", "kk")):
        assert run("itinerary", "add", event, "--lang", language)[0] == 0
    return run


@pytest.mark.parametrize(
    ("language", "barn", "mill", "yard"),
    [
        ("en", "The barn, Neudorf", "The mill, 1 Mill Lane, Altdorf", "The yard, Neudorf"),
        ("kk", "Қора, Жаңаауыл", "Диірмен, 1 Mill Lane, Ескіауыл", "Аула, Жаңаауыл"),
    ],
)
def test_plan_and_calendar_are_in_the_language_asked_for(
    plan: Run, language: str, barn: str, mill: str, yard: str
) -> None:
    visits = json.loads(plan("itinerary", "show", "-f", "json", "--lang", language)[1])["visits"]
    found = [Calendar.from_ical(plan(*of, "-f", "ics", "--lang", language)[1]) for of in (["itinerary"], ["list"])]

    assert [visit["place"] for visit in visits] == [
        mill if visit["event"] == "songs" else barn if visit["event"] == "tea" else yard for visit in visits
    ]
    for calendar in found:
        assert {str(entry["LOCATION"]) for entry in calendar.walk("VEVENT")} == {barn, mill, yard}
        assert {entry["LOCATION"].params["LANGUAGE"] for entry in calendar.walk("VEVENT")} == {language}


def test_place_noted_in_two_languages_is_one(plan: Run) -> None:
    _code, shown, _stderr = plan("itinerary", "show")

    ways = {
        title: line.count("travel time not known")
        for line in shown.splitlines()
        for title in ("Songs", "Maze", "Run")
        if f"  {title}  " in line
    }
    assert ways == {"Songs": 1, "Maze": 1, "Run": 0}


@pytest.mark.parametrize("language", ["en", "kk", "ru"])
def test_city_is_called_as_the_language_has_it(plan: Run, golden: Callable[[str, str], None], language: str) -> None:
    asked = (["venues"], ["search", "barn"], ["venue", "barn"], ["show", "maze"], ["list", "--city", "Жаңаауыл"])

    shown = "\n".join(plan(*each, "--lang", language)[1] for each in asked)

    lines = [
        " ".join(line.split()) for line in shown.splitlines() if "kzfest" not in line
    ]  # the words, not their place
    golden(f"labels/{language}.txt", "".join(f"{line}\n" for line in lines))


def test_word_that_two_categories_are_called_by_finds_both(kzfest: Run, programme: Programme) -> None:
    labels = "labels: {concert: {ru: концерт}, sport: {ru: концерт}}\n"
    file = programme(EVENTS.partition("labels:")[0] + labels, venues=VENUES)

    _code, stdout, _stderr = kzfest("--data", file, "list", "-f", "json", "--category", "концерт")

    assert ids(stdout) == ["songs", "run"]


@pytest.mark.parametrize(
    ("kind", "begun", "offered"),
    [
        ("category", "", ["concert", "museum-hall", "sport"]),
        ("category", "му", ["музей-залы"]),
        ("category", "ЗАЛ", ["ЗАЛ-музея"]),
        ("tag", "для", ["для-детей"]),
        ("city", "Вар", ["Варшава"]),
        ("city", "вар", ["варшава"]),
    ],
)
def test_words_of_every_language_are_completed_as_one_word(
    programme: Programme, tmp_path: Path, kind: Kind | Label, begun: str, offered: list[str]
) -> None:
    file = programme(EVENTS, venues=VENUES)

    assert Catalogue(Path(file), folder=tmp_path).completions(kind, begun) == offered


def test_word_is_one_in_each_form_of_unicode(kzfest: Run, programme: Programme) -> None:
    events = """\
  - {id: one, title: One, category: a, tags: [caf\u00e9], people: [Ad\u00e8le], city: K\u00f6ln, start: 2023-12-16}
  - {id: two, title: Two, category: a, tags: [cafe\u0301], people: [Ade\u0300le], city: Ko\u0308ln, start: 2023-12-16}
labels:
  cafe\u0301: {ru: кафе}
  K\u00f6ln: {ru: Кёльн}
"""
    file = programme(events)

    code, stdout, stderr = kzfest("--data", file, "list", "-f", "json", "--lang", "ru")

    assert (code, stderr) == (0, "")
    assert [(each["tags"], each["people"], each["city"]) for each in json.loads(stdout)["events"]] == [
        (["caf\u00e9"], ["Ad\u00e8le"], "K\u00f6ln")
    ] * 2
    assert [each["labels"] for each in json.loads(stdout)["events"]] == [
        {"caf\u00e9": {"ru": "кафе"}, "K\u00f6ln": {"ru": "Кёльн"}}
    ] * 2
