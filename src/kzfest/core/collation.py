"""The order of letters in a list: Latin as it stands, Russian and Kazakh by the Kazakh alphabet, which has them all."""

from __future__ import annotations

import re
import unicodedata

from kzfest.core.folding import unmarked

ALPHABET = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
_FIRST_PLACE = 0xE000
"""Of the codes that Unicode leaves to anybody's use, behind those of all scripts of the programme."""
_PLACES = {ord(letter): chr(_FIRST_PLACE + place) for place, letter in enumerate(ALPHABET)}
_BEFORE_THE_FIRST_LETTER = re.compile(r"^[\W_]+")


def alphabetical(text: str) -> str:
    """Return what to sort *text* by; capitals, marks on Latin letters, and quotes before it make no difference.

    >>> sorted(["Өнер", "Опера", "Пьеса", "«Ән»", "Арена", "Éclat", "Event", "Zoo"], key=alphabetical)
    ['Éclat', 'Event', 'Zoo', 'Арена', '«Ән»', 'Опера', 'Өнер', 'Пьеса']
    """
    plain = unicodedata.normalize("NFC", _BEFORE_THE_FIRST_LETTER.sub("", text)).casefold()
    return unmarked(plain.translate(_PLACES))
