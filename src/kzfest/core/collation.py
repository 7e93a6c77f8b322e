"""The order of names in a list, as CLDR has it for the language of the answer, from one table of letters a language."""

from __future__ import annotations

import re
from typing import NamedTuple
from unicodedata import normalize

from kzfest.core.folding import unmarked

_LATIN = "abcdeəfghiıjklmnopqrstuvwxyzþ"
_RUSSIAN = "аәбвгғдежзиійкқлмнңоөпрстуүұфхһцчшщъыьэюя"
"""With the letters of Kazakh where Russian lists have them; ё stands with е."""
_KAZAKH = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
_SPELT = {"æ": "ae", "œ": "oe", "ø": "o", "ð": "d", "đ": "d", "ł": "l", "ħ": "h"}
"""Letters whose mark no normal form takes off."""

_MARKS = re.compile("[\u0300-\u036f]+")
_NO_WORD = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"\d+")
_LONGEST_NUMBER = 20


class _Alphabet(dict[int, str]):
    """Letter to its place; one with a mark that makes no other letter of it has the place of the bare letter."""

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


class Place(NamedTuple):
    """A name's place in a list: by its letters, then by their marks, then small letters before capitals."""

    letters: str
    marks: str
    capitals: str


def alphabetical(text: str, language: str) -> Place:
    """Return the place of *text* in a list in *language*.

    Whatever stands between words is one space, so that a title in quotes is found by its first letter.

    >>> sorted(["Өнер", "Опера", "«Ән»", "10 арна", "9 арна", "Zoo"], key=lambda name: alphabetical(name, "kk"))
    ['9 арна', '10 арна', '«Ән»', 'Опера', 'Өнер', 'Zoo']
    """
    composed = _MARKS.sub("", normalize("NFC", text))  # й is a letter of its own, not и with a mark
    words = _NO_WORD.sub(" ", composed).strip()
    small = words.casefold()
    counted = _NUMBER.sub(lambda number: number[0].zfill(_LONGEST_NUMBER), small)
    return Place(counted.translate(_ALPHABETS[language]), small, words.swapcase())
