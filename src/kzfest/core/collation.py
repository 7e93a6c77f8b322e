"""The alphabetical order of names in each language, as CLDR has it; one table of letters per language."""

from __future__ import annotations

import re
from typing import NamedTuple
from unicodedata import normalize

from kzfest.core.folding import unmarked

_LATIN = "abcdeəfghiıjklmnopqrstuvwxyzþ"
_RUSSIAN = "аәбвгғдежзиійкқлмнңоөпрстуүұфхһцчшщъыьэюя"
"""Includes the Kazakh letters, where Russian lists put them; ё sorts with е."""
_KAZAKH = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
_SPELT = {"æ": "ae", "œ": "oe", "ø": "o", "ð": "d", "đ": "d", "ł": "l", "ħ": "h"}
"""Letters that Unicode normalisation does not decompose."""

_MARKS = re.compile("[\u0300-\u036f]+")
_NON_WORD = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"\d+")
_LONGEST_NUMBER = 20


class _Alphabet(dict[int, str]):
    """Letter to its place. A letter with a diacritic that is not in the table has the place of the bare letter."""

    def __init__(self, letters: str) -> None:
        super().__init__({ord(letter): chr(ord("A") + place) for place, letter in enumerate(letters)})

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        bare = _SPELT.get(letter) or unmarked(letter)
        return bare if bare == letter else bare.translate(self)


_ALPHABETS = {
    "en": _Alphabet(_LATIN + _RUSSIAN),
    "kk": _Alphabet(_KAZAKH + _LATIN),
    "ru": _Alphabet(_RUSSIAN + _LATIN),
}


class SortKey(NamedTuple):
    """The sort key of a name: its letters, then their diacritics, then lower case before upper case."""

    letters: str
    marks: str
    capitals: str


def alphabetical(text: str, language: str) -> SortKey:
    """Return the sort key of *text* for a list in *language*.

    Quotes and punctuation are ignored; numbers sort by value.

    >>> sorted(["Өнер", "Опера", "«Ән»", "10 арна", "9 арна", "Zoo"], key=lambda name: alphabetical(name, "kk"))
    ['9 арна', '10 арна', '«Ән»', 'Опера', 'Өнер', 'Zoo']
    """
    composed = _MARKS.sub("", normalize("NFC", text))  # й is one letter, not и with a diacritic
    words = _NON_WORD.sub(" ", composed).strip()
    small = words.casefold()
    counted = _NUMBER.sub(lambda number: number[0].zfill(_LONGEST_NUMBER), small)
    return SortKey(counted.translate(_ALPHABETS[language]), small, words.swapcase())
