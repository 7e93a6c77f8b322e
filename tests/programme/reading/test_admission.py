"""Prices, ages, people and parts of events: what a file may say, and every fault of what it may not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kzfest.core.model import Person, Price
from kzfest.programme.reading.reader import read_programme

if TYPE_CHECKING:
    from collections.abc import Callable

    Faults = Callable[[str | bytes], list[str]]

HEAD = "format: 1\nprogramme: {id: p, title: P, timezone: UTC, revised: 2023-12-01}\nevents:\n"
NO_AMOUNT = "is not an amount; write digits only, such as 2000 or 12.50"
NO_CURRENCY = "is not a currency; write its three letters (ISO 4217), such as"
NO_LANGUAGE = "is not a language code; write one of ISO 639, such as kk"
NO_URL = "is not a web address; begin it with https://"


def with_event(fields: str, language: str = "en") -> str:
    head = HEAD.replace("}", f", language: {language}}}")
    return f"{head}- {{id: a, title: A, category: c, start: 2023-12-16, {fields}}}\n"


@pytest.mark.parametrize(
    ("given", "price"),
    [
        ("free", Price({"en": "free"}, free=True)),
        ("{kk: Тегін, en: No charge}", Price({"kk": "Тегін", "en": "No charge"}, free=True)),
        ("free with a ticket", Price({"en": "free with a ticket"})),
        ("{to: totongi}", Price({"to": "totongi"})),  # Tongan
        ("{free: true}", Price(free=True)),
        ("{free: false}", Price(free=False)),
        ("{from: 0, to: 12.50, currency: EUR}", Price(lowest=0, highest=12.5, currency="EUR")),
        ("{to: 2000, currency: KZT, text: {ru: детям}}", Price({"ru": "детям"}, None, None, 2000, "KZT")),
        ("{text: ask at the door}", Price({"en": "ask at the door"})),
    ],
)  # fmt: skip
def test_price_is_a_text_or_amounts(given: str, price: Price) -> None:
    reading, problems = read_programme(with_event(f"price: {given}").encode(), file="p.yaml")

    assert reading is not None, problems
    assert reading.events[0].price == price


def test_texts_of_prices_and_people_are_in_the_language_of_the_programme() -> None:
    text = with_event("price: {free: true, text: вход}, people: [{name: Анна, role: {en: host}}, Боб]", language="ru")

    reading, problems = read_programme(text.encode(), file="p.yaml")

    assert reading is not None, problems
    (event,) = reading.events
    assert (event.price, event.people) == (
        Price({"ru": "вход"}, free=True),
        (Person({"ru": "Анна"}, {"en": "host"}), Person({"ru": "Боб"})),
    )


@pytest.mark.parametrize(
    ("fields", "messages"),
    [
        ("price: {from: -5, to: 1e3, currency: KZT}", [f"from: '-5' {NO_AMOUNT}", f"to: '1e3' {NO_AMOUNT}"]),
        ('price: {from: "2,000", currency: KZT}', [f"from: '2,000' {NO_AMOUNT}"]),
        ("price: {from: 1, currency: KTZ}", [f"currency: 'KTZ' {NO_CURRENCY} KZT"]),
        ("price: {from: 1, currency: eur}", [f"currency: 'eur' {NO_CURRENCY} EUR"]),
        ("price: {from: 1}", ["an amount needs its currency; add currency: KZT"]),
        ("price: {to: 1}", ["an amount needs its currency; add currency: KZT"]),
        ("price: {from: 5, to: 4.99, currency: KZT}", ["'to' is less than 'from'; exchange them"]),
        ("price: {free: true, to: 4, currency: KZT}", ["a free event has no amounts; remove 'free' or 'to'"]),
        ("price: {currency: KZT}", ["the price says nothing; add free, from, to or text"]),
        ("price: {free: yes}", ["free: 'yes' is not allowed; write true or false"]),
        ("price: {form: 5, currency: KZT}", ["unknown key 'form'; did you mean 'from'?"]),
        ("price: [5]", ["price: expected text, found a list"]),
        ("age: -1", ["age: '-1' is not an age; write a whole number of years from 0 to 120"]),
        ("age: 6+", ["age: '6+' is not an age; write a whole number of years from 0 to 120"]),
        ("tickets: shop", [f"tickets: 'shop' {NO_URL}"]),
        ("image: a.jpg", [f"image: 'a.jpg' {NO_URL}"]),
        ("sold_out: 1", ["sold_out: '1' is not allowed; write true or false"]),
        ("people: [{role: host}]", ["the key 'name' is missing"]),
        ("people: [{name: A, rule: host}]", ["unknown key 'rule'; did you mean 'role'?"]),
        ("people: [{name: A, languages: [x]}]", [f"languages: 'x' {NO_LANGUAGE}"]),
        ("parent: conf", ["no 'conf' in the events of this file"]),
        ("parent: a", ["'a' is a part of itself through its parents; remove one 'parent'"]),
        ("price: free, translated: [price.kk]", ["'a' has no 'price' in language 'kk'"]),
        ("price: {text: {kk: Жартысы}}, translated: [price.kk]", []),
        ("people: [{name: A, role: {ru: Ведущий}}], translated: [people.ru]", []),
        ("accessibility: {ru: Без ступеней}, translated: [accessibility.ru]", []),
    ],
)  # fmt: skip
def test_fault_is_told_with_its_line(faults: Faults, fields: str, messages: list[str]) -> None:
    assert faults(with_event(fields)) == [f"p.yaml:4: {message}" for message in messages]


def test_faulty_amount_has_the_line_of_the_amount(faults: Faults) -> None:
    text = f"{HEAD}- id: a\n  title: A\n  category: c\n  start: 2023-12-16\n  price:\n    currency: KZT\n    from: x\n"

    assert faults(text) == [f"p.yaml:10: from: 'x' {NO_AMOUNT}"]


def test_circle_of_parents_is_told_once(faults: Faults) -> None:
    event = "- {{id: {}, title: T, category: c, start: 2023-12-16, parent: {}}}\n"
    events = ("a", "b"), ("b", "c"), ("c", "b"), ("d", "c"), ("e", "f")
    last = "- {id: f, title: T, category: c, start: 2023-12-16}\n"

    found = faults(HEAD + "".join(event.format(*each) for each in events) + last)

    assert found == ["p.yaml:5: 'b' is a part of itself through its parents; remove one 'parent'"]
