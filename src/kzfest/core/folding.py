"""One search form for three scripts: Latin, Russian and Kazakh spellings of a word fold to the same letters.

Both sides of every comparison are folded, what is stored and what is asked, so that they cannot differ.
The folded form is for comparing only: it throws away whatever people spell in more than one way.
"""

from __future__ import annotations

import re
import unicodedata
from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

NEAR_ENOUGH = 0.75
"""The share of letters in common from which a word is offered in place of another."""
SHORTEST_MISSPELT = 4
"""Shorter words are too alike for a guess: 'opera' is none of 'over', and 'one' would be 'ode'."""
SHORTEST_MISSPELT_ALONE = 6
"""The same where no other word confirms it: 'taxi' is no 'TARSI', and «билет» no «балет»."""
SHORTEST_MISSPELT_TWICE = 8
"""A word as long as this may have two slips, a shorter one has one."""

SHORTEST_SWAPPED = 3
"""Two letters that changed places are hardly a guess: 'yuo' is 'you'."""

LONGEST_MISSPELT = 200
"""Longer than any name."""

COMPARED_AT_MOST = 1_000
"""Names that a misspelling is compared with; an id of a large programme must not cost a second."""

WORDS_KEPT = 60_000
"""A language's common words: most of what a programme is made of."""

TEXTS_KEPT = 2_000
"""The venues, cities and categories of a programme, which stand with each event."""

_MARKED = str.maketrans({"ş": "sh", "č": "ch", "š": "sh", "ž": "j", "ý": "u"})
"""Letters that their mark makes into others, as in Jastar saraıy and Ulttyq mýzeı of 2018; other marks are dropped."""
_LETTERS = str.maketrans(
    {
        "а": "a", "ә": "a", "б": "b", "в": "v", "г": "g", "ғ": "g", "д": "d", "е": "e", "ё": "e", "ж": "j",
        "з": "z", "и": "i", "й": "i", "к": "k", "қ": "k", "л": "l", "м": "m", "н": "n", "ң": "n", "о": "o", "ө": "o",
        "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ұ": "u", "ү": "u", "ф": "f", "х": "h", "һ": "h", "ц": "ts",
        "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "", "ы": "i", "і": "i", "ь": "", "э": "e", "ю": "iu", "я": "ia",
        "ə": "a", "ı": "i", "q": "k", "x": "h", "y": "i", "ø": "o", "ł": "l", "đ": "d", "þ": "th",
        "'": "", "’": "", "ʼ": "", "‘": "", "`": "", "ʹ": "",
    }
)  # fmt: skip
_PAIRS = {"zh": "j", "gh": "g", "kh": "h", "sch": "sh", "shch": "sh"}
_PAIR = re.compile("|".join(sorted(_PAIRS, key=len, reverse=True)))
_SOFT = re.compile("ts(?=[ei])")
"""What many write c for: "центр" is "tsentr" and "centr"; at a word's end it is no one letter, as in "concerts"."""
_MARKS = re.compile("[\u0300-\u036f]+")
_NO_WORD = re.compile(r"[\W_]+")
_PLAIN = re.compile("[\\0-\x7fа-яёәіңғүұқөһ«»·–—’]*")
"""Small letters and marks that Unicode writes in one way only; nearly all texts have no others."""
_BETWEEN = re.compile("[^a-z0-9а-яёәіңғүұқөһ'`’]+")
"""What stands between the words of such a text."""
_TWICE = re.compile(r"i{2,}|([^\W\d])\1+(?=[^\W_])")
"""Letters that people double or not; at its end a word keeps them, or 'free' would begin 'French'."""
_LONGER = re.compile(r"ts|[zgk]h|sh?ch|ii|([^\W\d])\1")
"""What a word has that may be written with fewer letters."""


@lru_cache(TEXTS_KEPT)
def fold(text: str) -> str:
    """Return the search form of *text*: lower-case Latin words with one space between them.

    A search form folds to itself.

    >>> fold("Ұлттық  музей"), fold("ulttyq mýzeı"), fold("Ulttyk muzey")
    ('ultik muzei', 'ultik muzei', 'ultik muzei')
    >>> fold("«Жастар» сарайы"), fold("Jastar sarayy"), fold("Zhastar Sarayy")
    ('jastar sarai', 'jastar sarai', 'jastar sarai')
    >>> fold("Tango dell'amore"), fold("Adèle")
    ('tango delamore', 'adele')
    """
    lowered = text.casefold()
    if _PLAIN.fullmatch(lowered):
        words = _BETWEEN.split(lowered)
    else:
        words = _NO_WORD.sub(" ", _without_marks(text).translate(_LETTERS)).split()
    return " ".join(filter(None, map(fold_word, words)))


@lru_cache(WORDS_KEPT)
def fold_word(word: str) -> str:
    """Return the search form of *word*, which is in small letters and has no marks but those of ё and й.

    It has one letter for each pair that spells one sound, and for each that is doubled.
    """
    form = word.translate(_LETTERS)
    while _LONGER.search(form) and (shorter := _shorter(form)) != form:
        form = shorter
    return form


def doubled_letters(word: str) -> str:
    """Return *word* in the letters of the search form, with what is doubled in it.

    >>> doubled_letters("Kontsertter"), spelt_out("Филармонии")
    ('kontsertter', 'filarmonii')
    """
    bare = word.casefold() if word.isascii() else _without_marks(word)
    return _PAIR.sub(lambda pair: _PAIRS[pair[0]], bare.translate(_LETTERS))


def _without_marks(text: str) -> str:
    """Return *text* in small letters, without the marks on them but for those that make other letters of them."""
    composed = unicodedata.normalize("NFKC", text.replace("´", "'"))  # which makes a space of ´
    lowered = unicodedata.normalize("NFC", composed.casefold())
    return unmarked(lowered.translate(_MARKED))


def unmarked(text: str) -> str:
    """Return *text* without the marks on its letters."""
    return _MARKS.sub("", unicodedata.normalize("NFKD", text))


def _shorter(form: str) -> str:
    """Return a word with fewer letters, where it has such a pair; one may come about where another was."""
    soft = _SOFT.sub("c", form)
    return _TWICE.sub(lambda twice: twice[0][0], _PAIR.sub(lambda pair: _PAIRS[pair[0]], soft))


def transpositions(form: str) -> list[str]:
    """Return the search forms that may be meant where two neighbouring letters of *form*, one word, are swapped.

    >>> fold("Alhzir"), "aljir" in transpositions("alhzir")
    ('alhzir', True)
    """
    if not SHORTEST_SWAPPED <= len(form) <= LONGEST_MISSPELT:
        return []
    swapped = {fold(form[:i] + form[i + 1] + form[i] + form[i + 2 :]) for i in range(len(form) - 1)}
    return sorted(each for each in swapped if len(each) >= SHORTEST_SWAPPED)


def nearest(word: str, words: Iterable[str], *, most: int = 3, enough: float = NEAR_ENOUGH) -> list[str]:
    """Return those of *words* that *word* may be a misspelling of, best first; they share *enough* letters."""
    if len(word) > LONGEST_MISSPELT:
        return []
    choices = list(words)
    if len(choices) > COMPARED_AT_MOST:  # each takes some microseconds; most misspellings begin as the word does
        choices = [each for each in choices if each[:1] == word[:1] and abs(len(each) - len(word)) < 4]
    return get_close_matches(word, choices[:COMPARED_AT_MOST], n=most, cutoff=enough)


def near_misses(word: str, words: Iterable[str], *, alone: bool) -> list[str]:
    """Return those of *words* that *word* may be taken for, all with the fewest slips; *alone*, nothing confirms it.

    >>> near_misses("felarmonia", ["filarmoni", "filarmonia", "garmonia"], alone=True)
    ['filarmonia']
    >>> near_misses("taksi", ["tarsi"], alone=True), near_misses("astna", ["astana"], alone=False)
    ([], ['astana'])
    """
    length = len(word)
    most = (length >= (SHORTEST_MISSPELT_ALONE if alone else SHORTEST_MISSPELT)) + (length >= SHORTEST_MISSPELT_TWICE)
    slips = {known: slips_between(word, known, most) for known in words if most and len(known) >= SHORTEST_MISSPELT}
    fewest = min([most, *slips.values()])
    return [known for known, number in slips.items() if number == fewest]


def slips_between(one: str, other: str, most: int) -> int:
    """Return how many letters of *one* are wrong, missing, too many or swapped to make *other*; or more than *most*.

    >>> slips_between("alhzir", "aljir", 2), slips_between("opera", "oprea", 2), slips_between("opera", "park", 2)
    (2, 1, 3)
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, known in enumerate(other, 1):
            slips = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != known))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == known:
                slips = min(slips, earlier[j - 2] + 1)
            row.append(slips)
        if min(row) > most:
            return most + 1
    return row[-1]


def nearest_folded(text: str, names: Iterable[str], *, most: int = 3) -> list[str]:
    """Return those of *names* whose search forms are nearest to that of *text*, best first."""
    names_by_form: dict[str, str] = {}
    for name in names:
        names_by_form.setdefault(fold(name), name)
    return [names_by_form[form] for form in nearest(fold(text), names_by_form, most=most)]
