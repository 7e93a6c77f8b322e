"""Words that differ in their endings only meet; words that are made of one another do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from snowballstemmer.english_stemmer import EnglishStemmer

from kzfest.core.folding import fold
from kzfest.programme.database.stemming import STEMMED, keys, meaningful, words_of

ONE_WORD = [
    "museum museums museum's",
    "city cities city's",
    "theatre theaters theatre's",
    "skate skates skating",
    "child children children's kids",
    "музей музеи музеев музею музеями музеях",
    "каток катка катки на_катках",
    "ёлка ёлки ёлок ёлками",
    "дворец дворца дворце дворцов",
    "песня песни песен песнями",
    "день дня дню дней днях",
    "дети детей детьми детские",
    "опера оперу опере оперный",
    "концерт концерттер концерттерге концертінде концертов",
    "сарай сарайы сарайында сарайынан сарайының",
    "саябақ саябағы саябағында саябақта",
    "халық халқы халқына",
    "кітап кітабы кітаптар",
    "әйел әйелдер әйелдерге",
    "фестиваль фестивальде фестивальдің фестивалей",
    "парк паркі паркіне паркінде парктің",
]
ASKED_IN_LATIN = [
    "музей muzeya muzeyam muzeide muzeige",
    "концерт kontsertter kontsertov kontserttin",
    "сарайы sarayynda sarayında",
    "филармония filarmonii filarmoniyada",
    "дворец dvortse dvortsa",
    "Жансая jansaiada zhansae",
]
APART = [
    "ән әнші", "өнер өнеркәсіп", "қала қалам", "той тойма", "жүзу жүзім", "конь коньки", "кони коньки",
    "бал балет", "бал балкон", "хор хореография", "каток каталог", "концерт концентрация", "архив архитектура",
    "опера оператор", "art artist", "art artillery", "concert concerted", "park parking", "market marketing",
    "import important",
    "festive festival", "opera operator", "box boxwood",
]  # fmt: skip


def words(row: str) -> list[str]:
    return [word.replace("_", " ") for word in row.split()]


def keys_of(text: str) -> set[str]:
    return {key for word in meaningful(words_of(text)) for key in keys(word)}


@pytest.mark.parametrize("row", ONE_WORD + ASKED_IN_LATIN)
def test_word_meets_what_it_is_with_an_ending(row: str) -> None:
    bare, *others = words(row)

    assert [other for other in others if not keys_of(other) & keys(bare, translit=False)] == []


@pytest.mark.parametrize("row", APART)
def test_word_stays_apart_from_another_that_is_made_of_it(row: str) -> None:
    one, other = words(row)

    assert (keys(one) & keys(other), keys(one) & keys(other, translit=False)) == (frozenset(), frozenset())


@given(st.text() | st.text(alphabet="аәеиоуыіэюядлмнрстгқйь"))
def test_word_meets_itself_as_a_programme_has_it(text: str) -> None:
    for word in words_of(text):
        assert keys(word, translit=False) <= keys(word) or not fold(word).isascii()
        assert (f"={fold(word)}" in keys(word)) == bool(fold(word))


def test_small_words_are_dropped_unless_there_is_nothing_else() -> None:
    texts = [
        "у Национального музея",
        "to the Museum",
        "театр оперы и балета",
        "v muzee",
        "для",
        "the",
        "ат спорты",
        "at Sport",
    ]

    assert [meaningful(text.split()) for text in texts] == [
        ["Национального", "музея"],
        ["Museum"],
        ["театр", "оперы", "балета"],
        ["muzee"],
        ["для"],
        ["the"],
        ["ат", "спорты"],
        ["Sport"],
    ]


@given(
    st.text(alphabet="abcdefilmnoprstuy", min_size=1, max_size=9),
    st.sampled_from(["", "ing", "ness", "th"]),
)
def test_word_that_needs_no_stemmer_is_its_own_stem(begun: str, end: str) -> None:
    word = begun + end
    assert word.endswith((*STEMMED, "ist")) or EnglishStemmer().stemWord(word) == word
