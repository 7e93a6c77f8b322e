"""The words that people write for days, in three languages: what each of them says.

Each language has one table (`vocabulary_en.py`, `vocabulary_kk.py`, `vocabulary_ru.py`), and a new word is a row of it.
All of them are asked, so that languages mix freely. Words are compared in their search form (`folding.py`), which
brings Latin spellings and Kazakh without its own letters along.

In a table `a|b|c` stands for ab and ac, and `_` in a phrase for the space between its words. The last letter tells
what endings a word takes: `~` a Kazakh noun, `%` one with "its" only (оны, жетісі),
`^` a Kazakh plural, `*` a soft Russian adjective (прошедший) and `#` a hard one (первый), both in the singular.
"""

from __future__ import annotations

from functools import cache
from itertools import product
from typing import TYPE_CHECKING

from kzfest.core.date_phrases import vocabulary_en as english
from kzfest.core.date_phrases import vocabulary_kk as kazakh
from kzfest.core.date_phrases import vocabulary_ru as russian
from kzfest.core.date_phrases.token_kinds import ABLATIVE, Meaning
from kzfest.core.folding import SHORTEST_MISSPELT, fold, nearest_folded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_WORDS = (*english.WORDS_EN, *kazakh.WORDS_KK, *russian.WORDS_RU)
_PHRASES = (*english.PHRASES_EN, *kazakh.PHRASES_KK, *russian.PHRASES_RU)
LONGEST_PHRASE = 6
"""How many words the longest of them has."""
_NAMES = {"weekday", "month", "weekend", "shift"}
"""Kinds whose words are long and like no others, so that a misspelt one can be told."""
_SHORTEST_JOINED = 3
"""How many letters a word has that people write in one with the next: nextweek."""
_SOFT_ENDINGS = "ая яя ей ую юю ий его ему ем им ее"
_HARD_ENDINGS = "ый ой ое ая ого ому ом ым ую"
_POSSESSED = f"{kazakh.POSSESSED} {kazakh.POSSESSED_AFTER_VOWELS}"
_POSSESSED_ABLATIVES = f"{kazakh.POSSESSED_ABLATIVES} {kazakh.POSSESSED_ABLATIVES_AFTER_VOWELS}"
_ORDINAL: Meaning = (("ordinal", 1),)
_DATED: Meaning = (("dated", 1),)
_AFTER_NUMBERS: tuple[tuple[Meaning, str], ...] = (
    ((), f"{kazakh.CASES} {kazakh.YEAR_ENDINGS_KK} {russian.YEAR_ENDINGS_RU}"),
    ((ABLATIVE,), kazakh.ABLATIVES),
    (_DATED, _POSSESSED),
    ((*_DATED, ABLATIVE), _POSSESSED_ABLATIVES),
    (_ORDINAL, f"{english.ORDINAL_ENDINGS_EN} {russian.ORDINAL_ENDINGS_RU} {kazakh.ORDINALS}"),
)


def _taken(endings: str, more: Meaning = ()) -> list[tuple[str, Meaning]]:
    """Return *endings* with what each of them says beside its word."""
    return [(ending, more) for ending in endings.split()]


_POSSESSED_AFTER = {
    False: [*_taken(kazakh.POSSESSED), *_taken(kazakh.POSSESSED_ABLATIVES, (ABLATIVE,))],
    True: [*_taken(kazakh.POSSESSED_AFTER_VOWELS), *_taken(kazakh.POSSESSED_ABLATIVES_AFTER_VOWELS, (ABLATIVE,))],
}
"""The endings of "its", by whether the word ends in a vowel."""
_ENDINGS: dict[str, list[tuple[str, Meaning]]] = {
    "": [("", ())],
    "~": [("", ()), *_taken(kazakh.CASES), *_taken(kazakh.ABLATIVES, (ABLATIVE,))],
    "%": [],
    "^": [("", ()), *_taken(kazakh.PLURAL_ENDINGS)],
    "*": _taken(_SOFT_ENDINGS),
    "#": _taken(_HARD_ENDINGS),
}
"""What follows a word with each of the marks, but for "its"."""
_POSSESSING = {"~", "%"}
"""Marks of the words that take that too."""
_NO_MARKS = dict.fromkeys(map(ord, "".join(_ENDINGS)))


def meaning(word: str, *, after_number: bool = False, glued: bool = True) -> Meaning | None:
    """Return what *word*, in lower case, says about days; None where it says nothing.

    Right after a number a word may be its ending; where it is not *glued* to it, a word of its own comes first.

    >>> meaning("декабря"), meaning("желтоқсанда"), meaning("marvellous")
    ((('month', 12),), (('month', 12),), None)
    >>> meaning("жұмадан"), meaning("го"), meaning("го", after_number=True)
    ((('weekday', 4), ('to', 5)), None, (('ordinal', 1),))
    >>> meaning("на", after_number=True), meaning("на", after_number=True, glued=False)
    ((), (('onto', 1),))
    """
    tables = (_endings, _meanings) if after_number else (_meanings,)
    for table in tables if glued else reversed(tables):
        if word in table():
            return table()[word]
    if len(word) == 1 and not word.isascii():  # «ә» is the key of 2, and no "a"
        return None
    forms = (_by_form(table) for table in tables)  # folding takes ten times as long, and few words need it
    return next((form[key] for form in forms for key in (fold(word), word) if key in form), None)


def halves(word: str) -> Meaning | None:
    """Return what *word* says where it is two words in one, both of which say something.

    >>> halves("nextweek"), halves("субботник")
    ((('which', 1), ('week', 7)), None)
    """
    for at in range(_SHORTEST_JOINED, len(word) - _SHORTEST_JOINED + 1):
        left, right = _meanings().get(word[:at]), _meanings().get(word[at:])
        if left and right:
            return left + right
    return None


def is_ending(word: str) -> bool:
    """Whether *word* is what follows a hyphen in "20 dec-тен" or «17-сі», and no word of its own."""
    return word in _endings() and word not in _meanings() and not word.isascii()


def is_phrase(words: list[str]) -> bool:
    """Whether *words* say something together; `meaning` is then asked for them in one: «жаңажыл»."""
    return len(words) > 1 and fold("".join(words)) in _by_form(_phrases)


def near(word: str) -> str | None:
    """Return the word that *word* may be a misspelling of.

    >>> near("decemer"), near("васкресенье"), near("marvellous")
    ('december', 'воскресенье', None)
    """
    if len(word) <= SHORTEST_MISSPELT:
        return None
    names = ((says, words.translate(_NO_MARKS)) for says, words in _WORDS if says and says[0][0] in _NAMES)
    known = (name for name, _says in _spelt(names) if len(name) > SHORTEST_MISSPELT)
    return next(iter(nearest_folded(word, known, most=1)), None)


def spellings() -> Iterator[tuple[str, Meaning]]:
    """Yield every word of the tables with what it says, and every phrase in one word."""
    return _spelt((*_WORDS, *_PHRASES))


def _spelt(table: Iterable[tuple[Meaning, str]]) -> Iterator[tuple[str, Meaning]]:
    """Yield every form of the words in *table* with what it says."""
    for says, words in table:
        for word in words.split():
            mark = word[-1] if word[-1] in _ENDINGS else ""
            for stem in _spread(word.removesuffix(mark)) if mark != word else [word]:
                possessed = _POSSESSED_AFTER[stem[-1] in kazakh.VOWELS_KK] if mark in _POSSESSING else []
                for ending, more in _ENDINGS[mark] + possessed:
                    yield stem + ending, says + more


def _spread(word: str) -> list[str]:
    """Return the words that *word* stands for.

    >>> _spread("июн||ь"), _spread("дн|я|ю_года")
    (['июн', 'июнь'], ['днягода', 'днюгода'])
    """
    parts = [(stem, endings or [""]) for stem, *endings in (part.split("|") for part in word.split("_"))]
    return ["".join(forms) for forms in product(*([stem + ending for ending in endings] for stem, endings in parts))]


@cache
def _meanings() -> dict[str, Meaning]:
    """Return the tables as one mapping."""
    return dict(spellings())


@cache
def _phrases() -> dict[str, Meaning]:
    """Return what several words say together, each phrase in one word."""
    return dict(_spelt(_PHRASES))


@cache
def _endings() -> dict[str, Meaning]:
    """Return what may follow figures: 17th, 17-го, 17-сі, and 15-тен, which says "from"."""
    return dict(_spelt(_AFTER_NUMBERS))


@cache
def _by_form(table: Callable[[], dict[str, Meaning]]) -> dict[str, Meaning]:
    """Return the meanings of *table* by search form, where the first of several words counts.

    A word as written comes first: it tells «сс» (Tuesday) from «с» (from), and «день» from the ending of «17-ден».
    All are folded in one go, which is much faster than one by one.
    """
    meanings = table()
    words = [word for word in meanings if word.isalpha()]
    forms = fold(" ".join(words)).split()
    return dict(zip(reversed(forms), map(meanings.__getitem__, reversed(words)), strict=True))
