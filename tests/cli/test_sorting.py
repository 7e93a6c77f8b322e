"""The order of a list, and how many of it are shown."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypeAlias

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Run: TypeAlias = "Callable[..., tuple[int, str, str]]"
    Programme: TypeAlias = "Callable[..., str]"

VENUES = """\
  - {id: opera, name: {en: The opera, kk: Опера}, city: Neudorf}
  - {id: arena, name: {en: Arena, kk: Ясли}, city: Neudorf}
"""
EVENTS = """\
  - {id: late, title: alpha, category: sport, venue: opera, start: 2023-12-20}
  - {id: long, title: {en: Beta, kk: Ән}, category: exhibition, venue: arena, start: 2023-12-01, end: 2023-12-31}
  - {id: early, title: {en: gamma, kk: Аа}, category: exhibition, place: By the well, start: 2023-12-17}
  - {id: nowhere, title: Delta, category: concert, start: 2023-12-18}
  - {id: open, title: Epsilon, category: concert, venue: arena, start: 2023-12-02, end: unknown}
  - {id: always, title: Zeta, category: museum, venue: opera, when: permanent}
"""
MORE = "more events match: raise --limit to see them\n"


@pytest.fixture(name="ask")
def _ask(kzfest: Run, programme: Programme) -> Callable[..., tuple[list[str], str]]:
    """Return a function that gives the ids in a list of the days from 17 December, and what is told beside it."""
    file = programme(EVENTS, venues=VENUES)

    def ask(*args: str) -> tuple[list[str], str]:
        code, stdout, stderr = kzfest("list", "--data", file, "--from", "2023-12-17", *args, "-f", "json")
        assert code == 0
        return [event["id"] for event in json.loads(stdout)["events"]], stderr

    return ask


@pytest.mark.parametrize(
    ("args", "ids"),
    [
        ([], ["early", "nowhere", "late", "long", "open", "always"]),
        (["--sort", "time"], ["early", "nowhere", "late", "long", "open", "always"]),
        (["--sort", "title"], ["late", "long", "nowhere", "open", "early", "always"]),
        (["--sort", "title", "--lang", "kk"], ["early", "long", "late", "nowhere", "open", "always"]),
        (["--sort", "venue"], ["long", "open", "early", "late", "always", "nowhere"]),
        (["--sort", "venue", "--lang", "kk"], ["late", "always", "long", "open", "early", "nowhere"]),
        (["--sort", "category"], ["nowhere", "open", "long", "early", "always", "late"]),
    ],
    ids=" ".join,
)
def test_events_stand_in_the_order_asked(
    ask: Callable[..., tuple[list[str], str]], args: list[str], ids: list[str]
) -> None:
    assert ask(*args) == (ids, "")


@pytest.mark.parametrize(
    ("language", "order"),
    [
        ("en", "Zoo Арна «Әлем» Ән Елка Ёлка Ель Іс Хор Яр"),
        ("kk", "Арна «Әлем» Ән Елка Ель Ёлка Хор Іс Яр Zoo"),
        ("ru", "Арна «Әлем» Ән Елка Ёлка Ель Іс Хор Яр Zoo"),
    ],
)
def test_titles_stand_in_the_order_of_the_language(
    kzfest: Run, programme: Programme, language: str, order: str
) -> None:
    titles = "Яр Ән Хор Ёлка Елка Ель «Әлем» Арна Іс Zoo".split()
    lines = (f"  - {{id: e{n}, title: {title}, category: c, when: permanent}}\n" for n, title in enumerate(titles))
    file = programme("".join(lines))

    printed = kzfest("list", "--data", file, "--sort", "title", "-f", "json", "--lang", language)[1]

    assert " ".join(event["title"] for event in json.loads(printed)["events"]) == order


LABELS = """
labels:
  sport: {kk: ауыл спорты, ru: спорт}
  exhibition: {kk: көрме, ru: выставка}
"""


@pytest.mark.parametrize(
    ("language", "categories"),
    [("en", "exhibition sport tea"), ("kk", "sport exhibition tea"), ("ru", "exhibition sport tea")],
)
def test_categories_stand_in_the_order_of_what_they_are_called(
    kzfest: Run, programme: Programme, language: str, categories: str
) -> None:
    lines = (
        f"  - {{id: {each}, title: T, category: {each}, when: permanent}}\n" for each in "tea sport exhibition".split()
    )
    file = programme("".join(lines) + LABELS)

    printed = kzfest("list", "--data", file, "--sort", "category", "-f", "json", "--lang", language)[1]

    assert " ".join(event["id"] for event in json.loads(printed)["events"]) == categories


@pytest.mark.parametrize("sort", ["time", "title", "venue", "category"])
@pytest.mark.parametrize("limit", [1, 3, 5, 6, 100])
def test_limit_takes_the_first_and_says_when_there_is_more(
    ask: Callable[..., tuple[list[str], str]], sort: str, limit: int
) -> None:
    everything, _told = ask("--sort", sort)

    assert ask("--sort", sort, "--limit", str(limit)) == (everything[:limit], MORE if limit < 6 else "")


def test_limit_of_nothing_shows_nothing(ask: Callable[..., tuple[list[str], str]]) -> None:
    assert ask("--limit", "0") == ([], MORE)


BY_TIME = """\
Village fair

When                      Event    Where        Id      Category
Sunday 17 December 2023
hour not known            gamma    By the well  early   exhibition

On since earlier
day 17 of 31 · to 31 Dec  Beta     Arena        long    exhibition

May still be on: the closing day was not published
from 2 Dec                Epsilon  Arena        open    concert

Permanent
                          Zeta     The opera    always  museum
"""
BY_TITLE = """\
Village fair

When                                        Event    Where        Id      Category
1–31 Dec 2023                               Beta     Arena        long    exhibition
from 2 Dec 2023, closing day not published  Epsilon  Arena        open    concert
17 Dec 2023 · hour not known                gamma    By the well  early   exhibition
permanent                                   Zeta     The opera    always  museum
"""


@pytest.mark.parametrize(("sort", "table"), [("time", BY_TIME), ("title", BY_TITLE)])
def test_only_a_list_in_time_has_its_days_as_headings(kzfest: Run, programme: Programme, sort: str, table: str) -> None:
    file = programme(EVENTS, venues=VENUES)

    assert kzfest("list", "--data", file, "--on", "2023-12-17", "--sort", sort) == (0, table, "")


def test_venue_with_any_name_stands_before_none(kzfest: Run, programme: Programme) -> None:
    venues = '  - {id: winter, name: "\\U0001e922\\U0001e923", city: Neudorf}\n'
    events = """\
  - {id: a, title: Alpha, category: sport, start: 2023-12-20}
  - {id: b, title: Beta, category: sport, venue: winter, start: 2023-12-20}
"""
    file = programme(events, venues=venues)

    _code, stdout, _stderr = kzfest("list", "--data", file, "--sort", "venue", "-f", "json")

    assert [event["id"] for event in json.loads(stdout)["events"]] == ["b", "a"]


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0), (1, 0, 3, 2)], ids=str)
def test_city_goes_without_saying_only_where_most_events_are(
    kzfest: Run, programme: Programme, order: tuple[int, ...]
) -> None:
    """Two cities with as many events are both told, in whichever order the file has them."""
    events = [
        f"  - {{id: e{number}, title: Play, category: c, place: Barn, city: {city}, start: 2023-12-1{number}}}\n"
        for number, city in enumerate(("Neudorf", "Altdorf", "Neudorf", "Altdorf"))
    ]

    _code, stdout, _stderr = kzfest("list", "--data", programme("".join(events[number] for number in order)))

    assert (stdout.count("Barn, Neudorf"), stdout.count("Barn, Altdorf")) == (2, 2)
