"""The order of letters in a list: Latin as it stands, Russian and Kazakh by the Kazakh alphabet, which has them all."""

from __future__ import annotations

import re
import unicodedata

ALPHABET = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
_FIRST_PLACE = 0xE000
"""Of the codes that Unicode leaves to anybody's use, behind those of all scripts of the programme."""
_PLACES = {ord(letter): chr(_FIRST_PLACE + place) for place, letter in enumerate(ALPHABET)}
_MARKS = re.compile("[\u0300-\u036f]+")
_BEFORE_THE_FIRST_LETTER = re.compile(r"^[\W_]+")


def alphabetical(text: str) -> str:
    """Return what to sort *text* by; capitals, marks on Latin letters, and quotes before it make no difference.

    >>> sorted(["Өнер", "Опера", "Пьеса", "«Ән»", "Арена", "Éclat", "Event", "Zoo"], key=alphabetical)
    ['Éclat', 'Event', 'Zoo', 'Арена', '«Ән»', 'Опера', 'Өнер', 'Пьеса']
    """
    plain = unicodedata.normalize("NFC", _BEFORE_THE_FIRST_LETTER.sub("", text)).casefold()
    return _MARKS.sub("", unicodedata.normalize("NFKD", plain.translate(_PLACES)))
