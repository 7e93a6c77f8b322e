"""What the same keys give in another keyboard layout: `ghfplybr` for "праздник", typed with English on."""

from __future__ import annotations

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


def relaid(text: str) -> list[str]:
    """Return what *text* may have been meant to be, had another layout been on: Russian, Kazakh, or Latin.

    >>> relaid("ghfplybr"), relaid("9knns0"), relaid("йфяфйыефт")
    (['праздник'], ['9лтты0', 'ұлттық'], ['qazaqstan'])
    """
    lowered = text.casefold()
    tables = (_TO_RUSSIAN, _TO_KAZAKH) if any(each in _LATIN for each in lowered) else (_TO_LATIN,)
    return list(dict.fromkeys(lowered.translate(table) for table in tables))
