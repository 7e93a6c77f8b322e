"""What the same keys give in another keyboard layout: `ghfplybr` for "праздник", typed with English on."""

from __future__ import annotations

import re

_LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
_RUSSIAN = "ёйцукенгшщзхъфывапролджэячсмитьбю"
_SHIFTED = '~{}:"<>'
"""What capitals of the Russian layout are where Latin has no letter."""
_DIGITS = "2345890-="
_KAZAKH = "әіңғүұқөһ"
"""The Kazakh layout is the Russian one, with letters of its own above it."""

_TO_RUSSIAN = str.maketrans(_LATIN + _SHIFTED, _RUSSIAN + "ёхъжэбю")
_TO_KAZAKH = _TO_RUSSIAN | str.maketrans(_DIGITS, _KAZAKH)
_TO_LATIN = str.maketrans(_RUSSIAN, _LATIN) | str.maketrans(_KAZAKH, _DIGITS)

_WORD = re.compile(r"\S+")


def other_keyboard_readings(text: str) -> list[str]:
    """Return what *text* may have been meant to be, had another layout been on: Russian, Kazakh, or Latin.

    >>> other_keyboard_readings("ghfplybr"), relaid("9knns0"), relaid("йфяфйыефт")
    (['праздник'], ['9лтты0', 'ұлттық'], ['qazaqstan'])
    >>> other_keyboard_readings("15-17 ;tknj0cfy")
    ['15-17 желто0сан', '15-17 желтоқсан']
    """
    lowered = text.casefold()
    tables = (_TO_RUSSIAN, _TO_KAZAKH) if any(each in _LATIN for each in lowered) else (_TO_LATIN,)
    return list(dict.fromkeys(_typed(lowered, table) for table in tables))


def _typed(text: str, table: dict[int, int]) -> str:
    """Return *text* with each word by *table*; what has no letter in it is a number, and «15 ;tknj0cfy» has both."""
    return _WORD.sub(lambda word: word[0].translate(table) if any(map(str.isalpha, word[0])) else word[0], text)
