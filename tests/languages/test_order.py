"""Names in a list stand as ICU puts them, in each language; order.py says how its orders were got."""

from __future__ import annotations

import random
import tomllib
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.languages.order import titles

from kzfest.core.collation import alphabetical
from kzfest.core.model import LANGUAGES

ORDERS = tomllib.loads(Path(__file__).with_name("order.toml").read_text(encoding="utf-8"))
LISTS = [(names, language) for names in ("letters", "words", "titles") for language in LANGUAGES]


@pytest.mark.parametrize(("names", "language"), LISTS)
def test_names_stand_as_icu_puts_them(names: str, language: str) -> None:
    order = ORDERS[names][language]
    shuffled = random.Random(6).sample(order, len(order))

    # «Барыс-Арена» and «Барыс Арена» are told apart by neither
    def place(name: str) -> tuple[object, int]:
        return alphabetical(name, language), order.index(name)

    assert sorted(shuffled, key=place) == order


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("one", "same"),
    [
        ("Ак Орда", "Ак-Орда | «Ак» Орда | Ак — Орда! | Ак\u00a0Орда | _Ак_ Орда"),
        ("йод", "и\u0306од | йо\u0301д"),
        ("Ёлка", "Е\u0308лка"),
        ("", "« » | — | 🎪"),
    ],
)
def test_what_stands_between_words_is_one_space_however_it_is_written(one: str, same: str, language: str) -> None:
    places = {alphabetical(name, language) for name in same.split(" | ")}

    assert places == {alphabetical(one, language)}


WORDS = st.text("аәеёиійыўһ aåäeəé iıß09-«»\u0301\u0306", max_size=8) | st.text(max_size=8)


@given(WORDS, st.sampled_from(LANGUAGES))
def test_place_is_that_of_the_same_letters_composed_or_not(name: str, language: str) -> None:
    assert alphabetical(normalize("NFD", name), language) == alphabetical(normalize("NFC", name), language)


@given(WORDS, WORDS, st.sampled_from(LANGUAGES))
def test_capitals_decide_only_between_names_of_the_same_letters(one: str, other: str, language: str) -> None:
    small, others = alphabetical(one.casefold(), language), alphabetical(other.casefold(), language)

    if small.letters != others.letters:
        assert (alphabetical(one, language) < alphabetical(other, language)) == (small < others)


@given(WORDS, WORDS, st.sampled_from("абвгдж"), st.sampled_from(LANGUAGES))
def test_name_stands_before_a_longer_one_that_begins_with_it(name: str, more: str, letter: str, language: str) -> None:
    assert alphabetical(name, language).letters <= alphabetical(f"{name} {letter}{more}", language).letters


def test_orders_are_those_of_the_titles_and_names_there_are() -> None:
    assert sorted(ORDERS["titles"]["en"]) == sorted(titles())
