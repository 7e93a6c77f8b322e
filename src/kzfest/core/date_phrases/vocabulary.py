"""The words that people write for days, in three languages, with their meanings.

Each language has one table (`vocabulary_en.py`, `vocabulary_kk.py`, `vocabulary_ru.py`); to add a word, add a row.
Every phrase is looked up in all tables, so it may mix languages. Words are compared in their search form
(`folding.py`), so Latin spellings and Kazakh without its special letters work too.

In a table, `a|b|c` stands for ab and ac, and `_` for the space between the words of a phrase. The last character says
which endings a word takes: `~` those of a Kazakh noun, `%` only possessives (оны, жетісі), `^` those of a Kazakh
plural, `*` those of a soft Russian adjective (прошедший), `#` of a hard one (первый), both in the singular.
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
"""The number of words of the longest phrase."""
_NAMES = {"weekday", "month", "weekend", "shift"}
"""Kinds whose words are long and distinct, so that misspellings can be recognised."""
_SHORTEST_JOINED = 3
"""The least number of letters of a word that may be written together with the next: nextweek."""
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


def _paired(endings: str, more: Meaning = ()) -> list[tuple[str, Meaning]]:
    """Return each of *endings* with *more*, which it adds to the meaning of its word."""
    return [(ending, more) for ending in endings.split()]


_POSSESSED_AFTER = {
    False: [*_paired(kazakh.POSSESSED), *_paired(kazakh.POSSESSED_ABLATIVES, (ABLATIVE,))],
    True: [*_paired(kazakh.POSSESSED_AFTER_VOWELS), *_paired(kazakh.POSSESSED_ABLATIVES_AFTER_VOWELS, (ABLATIVE,))],
}
"""Kazakh possessive endings, by whether the word ends in a vowel."""
_ENDINGS: dict[str, list[tuple[str, Meaning]]] = {
    "": [("", ())],
    "~": [("", ()), *_paired(kazakh.CASES), *_paired(kazakh.ABLATIVES, (ABLATIVE,))],
    "%": [],
    "^": [("", ()), *_paired(kazakh.PLURAL_ENDINGS)],
    "*": _paired(_SOFT_ENDINGS),
    "#": _paired(_HARD_ENDINGS),
}
"""The endings for each mark, except possessives."""
_TAKES_POSSESSIVE = {"~", "%"}
"""Marks of words that take possessive endings."""
_NO_MARKS = dict.fromkeys(map(ord, "".join(_ENDINGS)))


def meaning(word: str, *, after_number: bool = False, glued: bool = True) -> Meaning | None:
    """Return the meaning of *word*, in lower case, or None if it is unknown.

    After a number, *word* may be its ending; if it is not *glued* to the number, other meanings come first.

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
    if len(word) == 1 and not word.isascii():  # «ә» is the key of 2, not "a"
        return None
    forms = (_by_form(table) for table in tables)  # lazy: folding is ten times slower, and few words need it
    return next((form[key] for form in forms for key in (fold(word), word) if key in form), None)


def halves(word: str) -> Meaning | None:
    """Return the meaning of *word* if it is two known words written together, else None.

    >>> halves("nextweek"), halves("субботник")
    ((('which', 1), ('week', 7)), None)
    """
    for at in range(_SHORTEST_JOINED, len(word) - _SHORTEST_JOINED + 1):
        left, right = _meanings().get(word[:at]), _meanings().get(word[at:])
        if left and right:
            return left + right
    return None


def is_ending(word: str) -> bool:
    """Whether *word* is only an ending, as after the hyphen in "20 dec-тен" or «17-сі»."""
    return word in _endings() and word not in _meanings() and not word.isascii()


def is_phrase(words: list[str]) -> bool:
    """Whether *words* are a phrase; `meaning` then takes them written together: «жаңажыл»."""
    return len(words) > 1 and fold("".join(words)) in _by_form(_phrases)


def near(word: str) -> str | None:
    """Return the word that *word* may be a misspelling of, or None.

    >>> near("decemer"), near("васкресенье"), near("marvellous")
    ('december', 'воскресенье', None)
    """
    if len(word) <= SHORTEST_MISSPELT:
        return None
    names = ((says, words.translate(_NO_MARKS)) for says, words in _WORDS if says and says[0][0] in _NAMES)
    known = (name for name, _says in _forms(names) if len(name) > SHORTEST_MISSPELT)
    return next(iter(nearest_folded(word, known, most=1)), None)


def spellings() -> Iterator[tuple[str, Meaning]]:
    """Yield every form of every word with its meaning; phrases are written together."""
    return _forms((*_WORDS, *_PHRASES))


def _forms(table: Iterable[tuple[Meaning, str]]) -> Iterator[tuple[str, Meaning]]:
    for says, words in table:
        for word in words.split():
            mark = word[-1] if word[-1] in _ENDINGS else ""
            for stem in _expanded(word.removesuffix(mark)) if mark != word else [word]:
                possessed = _POSSESSED_AFTER[stem[-1] in kazakh.VOWELS_KK] if mark in _TAKES_POSSESSIVE else []
                for ending, more in _ENDINGS[mark] + possessed:
                    yield stem + ending, says + more


def _expanded(word: str) -> list[str]:
    """Return the words that *word* of a table stands for.

    >>> _expanded("июн||ь"), _expanded("дн|я|ю_года")
    (['июн', 'июнь'], ['днягода', 'днюгода'])
    """
    parts = [(stem, endings or [""]) for stem, *endings in (part.split("|") for part in word.split("_"))]
    return ["".join(forms) for forms in product(*([stem + ending for ending in endings] for stem, endings in parts))]


@cache
def _meanings() -> dict[str, Meaning]:
    return dict(spellings())


@cache
def _phrases() -> dict[str, Meaning]:
    """Return the meanings of phrases, each written as one word."""
    return dict(_forms(_PHRASES))


@cache
def _endings() -> dict[str, Meaning]:
    """Return the endings that may follow digits: 17th, 17-го, 17-сі, and 15-тен, which adds "from"."""
    return dict(_forms(_AFTER_NUMBERS))


@cache
def _by_form(table: Callable[[], dict[str, Meaning]]) -> dict[str, Meaning]:
    """Return the meanings of *table* by search form; the first word with a form wins.

    `meaning` looks up the exact word first: «сс» (Tuesday) folds like «с» (from), and «день» like the ending «ден».
    Folding all words at once is much faster than one by one.
    """
    meanings = table()
    words = [word for word in meanings if word.isalpha()]
    forms = fold(" ".join(words)).split()
    return dict(zip(reversed(forms), map(meanings.__getitem__, reversed(words)), strict=True))
