"""Prices, tickets, ages, tracks and parts of events: on cards and lists, in calendars and in a search."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, TypeAlias

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run: TypeAlias = "Callable[..., tuple[int, str, str]]"
    Programme: TypeAlias = "Callable[..., str]"

VENUES = "  - {id: cinema, name: Cinema, city: Neudorf}\n"
EVENTS = """\
  - {id: days, title: Film days, category: festival, start: 2026-06-05, end: 2026-06-07, price: free}
  - id: gala
    title: Gala
    category: film
    venue: cinema
    start: 2026-06-05 19:00
    end: 2026-06-05 21:00
    parent: days
    tracks: [Short films, "Kino, new"]
    price: {from: 2000, to: 5000, currency: KZT, text: {en: Students pay half., ru: Студентам половина.}}
    tickets: https://example.org/tickets
    sold_out: true
    age: 12
    accessibility: {en: Step-free., ru: Без ступеней.}
    image: https://example.org/gala.jpg
    people:
      - Ann (host)
      - {name: {en: Ivan Petrov, ru: Иван Петров}, role: {en: director, ru: режиссёр}, languages: [ru, en]}
      - {name: Bolat, url: "https://example.org/bolat"}
"""


@pytest.fixture(name="ask")
def _ask(kzfest: Run, programme: Programme) -> Callable[..., str]:
    """Return a function that asks the programme of the film days and gives the answer."""
    file = programme(EVENTS, venues=VENUES)

    def ask(*args: str) -> str:
        code, stdout, _stderr = kzfest("--data", file, *args)
        assert code == 0
        return re.sub(r" --data \S+", "", stdout.replace("\u00a0", " "))

    return ask


def test_card_has_all_that_a_visitor_wants_to_know(ask: Callable[..., str]) -> None:
    assert ask("show", "gala").splitlines()[:-1] == [
        "Gala",
        "",
        "Part of        Film days (days)",
        "When           5 Jun 2026, 19:00–21:00",
        "Where          Cinema · Neudorf",
        "Price          2,000–5,000 ₸ · Students pay half.",
        "Tickets        sold out · https://example.org/tickets",
        "Age            12+",
        "With           Ann (host) · Ivan Petrov (director), ru, en · Bolat, https://example.org/bolat",
        "Accessibility  Step-free.",
        "Picture        https://example.org/gala.jpg",
        "Track          Short films, Kino, new",
        "Category       film",
        "Id             gala",
    ]


def test_card_is_in_the_language_of_the_answer(ask: Callable[..., str]) -> None:
    card = ask("show", "gala", "--lang", "ru").splitlines()

    assert [card[5], *card[8:10]] == [
        "Цена           2 000–5 000 ₸ · Студентам половина.",
        "Участники      Ann (host) [en] · Иван Петров (режиссёр), ru, en · Bolat [en], https://example.org/bolat",
        "Доступность    Без ступеней.",
    ]


def test_card_of_the_whole_lists_its_parts(ask: Callable[..., str]) -> None:
    card = ask("show", "days").splitlines()

    assert [re.split(" {2,}", row) for row in card[card.index("Parts") + 1 :]] == [
        ["When", "Event", "Where", "Id", "Category"],
        ["5 Jun 2026, 19:00–21:00", "Gala · sold out", "Cinema", "gala", "film"],
    ]


def test_list_marks_what_is_free_or_sold_out(ask: Callable[..., str]) -> None:
    rows = [re.split(" {2,}", row) for row in ask("list").splitlines()]

    assert [row[1] for row in rows if row[-1] in {"festival", "film"}] == ["Film days · free", "Gala · sold out"]


def test_calendar_has_the_picture_and_the_tracks(ask: Callable[..., str]) -> None:
    told = (
        "DESCRIPTION;LANGUAGE=en:With: Ann (host)\\, Ivan Petrov (director)\\, Bolat\\nPrice: 2\\,000–5\\,000 ₸\\; "
        "Students pay half.\\nSold out\\nTickets: https://example.org/tickets\\nAge: 12+\\nAccessibility: Step-free."
    )
    entry = ask("show", "gala", "-f", "ics").replace("\r\n ", "").split("\r\n")

    assert [row for row in entry if row.startswith(("CATEGORIES", "IMAGE", "DESCRIPTION"))] == [
        "CATEGORIES:kzfest,Short films,Kino new",
        told,
        "IMAGE;DISPLAY=BADGE;VALUE=URI:https://example.org/gala.jpg",
    ]


@pytest.mark.parametrize(
    ("text", "found_in"),
    [("director", "people"), ("режиссёр", "people"), ("shorts", "category or tag"), ("step-free", "details")],
)
def test_search_finds_roles_tracks_and_accessibility(ask: Callable[..., str], text: str, found_in: str) -> None:
    assert re.split(" {2,}", ask("search", text).splitlines()[-1])[1:] == [
        "Gala", "5 Jun 2026, 19:00–21:00", found_in, "gala",
    ]  # fmt: skip


def test_person_with_a_role_is_found_by_name(ask: Callable[..., str]) -> None:
    assert [re.split(" {2,}", row)[:2] for row in ask("search", "Иван Петров").splitlines()[1:2]] == [
        ["person", "Ivan Petrov · Gala"]
    ]


def test_sold_out_event_is_neither_suggested_nor_added_with_others(
    kzfest: Run, programme: Programme, tmp_path: Path
) -> None:
    file, home = programme(EVENTS, venues=VENUES), {"KZFEST_HOME": str(tmp_path)}

    suggested = json.loads(kzfest("--data", file, "itinerary", "suggest", "5", "jun", "2026", "-f", "json", **home)[1])
    added = kzfest("--data", file, "itinerary", "add", "--all", "--category", "film", **home)

    assert [(each["event"], each["why"]) for each in suggested["left_out"]] == [("gala", "sold out")]
    assert added == (0, "", "left out: Gala: sold out\nno matching event can be added\n")
    assert kzfest("--data", file, "itinerary", "add", "gala", **home)[0] == 0


def test_json_of_an_event_has_its_parts_in_order_of_time(kzfest: Run, programme: Programme) -> None:
    own = "title: {{en: {0}, ru: Доклад {0}}}, category: talk, parent: days"
    talks = "".join(
        f"  - {{id: {key}, {own.format(key)}, start: 2026-06-05 {hour}}}\n"
        for key, hour in [("last", "18:00"), ("first", "09:00"), ("second", "11:00")]
    )
    file = programme(EVENTS + talks, venues=VENUES)

    of_all = json.loads(kzfest("--data", file, "--lang", "ru", "show", "days", "-f", "json")[1])["parts"]
    of_one = json.loads(kzfest("--data", file, "show", "gala", "-f", "json")[1])["parts"]

    assert of_all == [
        {"id": "first", "title": "Доклад first"},
        {"id": "second", "title": "Доклад second"},
        {"id": "last", "title": "Доклад last"},
        {"id": "gala", "title": "Gala"},
    ]
    assert of_one == []
