"""Text typed with the wrong keyboard layout: `ghfplybr` is "праздник" typed with an English layout."""

from __future__ import annotations

import re

_LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
_RUSSIAN = "ёйцукенгшщзхъфывапролджэячсмитьбю"
_SHIFTED = '~{}:"<>'
"""Shifted keys that are letters in the Russian layout only."""
_DIGITS = "2345890-="
_KAZAKH = "әіңғүұқөһ"
"""The Kazakh layout is the Russian one with these letters on the digit keys."""

_TO_RUSSIAN = str.maketrans(_LATIN + _SHIFTED, _RUSSIAN + "ёхъжэбю")
_TO_KAZAKH = _TO_RUSSIAN | str.maketrans(_DIGITS, _KAZAKH)
_TO_LATIN = str.maketrans(_RUSSIAN, _LATIN) | str.maketrans(_KAZAKH, _DIGITS)

_WORD = re.compile(r"\S+")


def other_keyboard_readings(text: str) -> list[str]:
    """Return *text* as the same keys give it in the other layouts: Russian and Kazakh for Latin text, else Latin.

    >>> other_keyboard_readings("ghfplybr"), other_keyboard_readings("йфяфйыефт")
    (['праздник'], ['qazaqstan'])
    >>> other_keyboard_readings("15-17 ;tknj0cfy")
    ['15-17 желто0сан', '15-17 желтоқсан']
    """
    lowered = text.casefold()
    tables = (_TO_RUSSIAN, _TO_KAZAKH) if any(each in _LATIN for each in lowered) else (_TO_LATIN,)
    return list(dict.fromkeys(_typed(lowered, table) for table in tables))


def _typed(text: str, table: dict[int, int]) -> str:
    """Return *text* with each word translated by *table*, except numbers: «15 ;tknj0cfy» keeps its 15."""
    return _WORD.sub(lambda word: word[0].translate(table) if any(map(str.isalpha, word[0])) else word[0], text)
