"""One search form for three scripts: Latin, Russian and Kazakh spellings of a word fold to the same letters.

Both stored text and search text are folded. The folded form is for comparison only, because it drops every difference
that people spell in more than one way.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from difflib import SequenceMatcher
from functools import lru_cache
from os.path import commonprefix
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

NEAR_ENOUGH = 0.75
"""The similarity (difflib's ratio) from which a word is suggested for another."""
SHORTEST_MISSPELT = 4
"""Letters. Shorter words are too similar to guess: 'one' would become 'ode'."""
SHORTEST_MISSPELT_ALONE = 6
"""The same if no other word confirms the guess: 'taxi' is not 'TARSI', and «билет» is not «балет»."""
SHORTEST_MISSPELT_TWICE = 8
"""Words of this length may have two typing errors, shorter words one."""

SHORTEST_SWAPPED = 3
"""Swapped letters are a safer guess, so shorter words count: 'yuo' is 'you'."""

LONGEST_MISSPELT = 200
"""Letters; longer than any name."""

COMPARED_AT_MOST = 1_000
"""Names that a misspelling is compared with: comparing it with all ids of a large programme would take a second."""

WORDS_KEPT = 60_000
"""Words in the cache: the common words of a language."""

TEXTS_KEPT = 2_000
"""Texts in the cache: venues, cities and categories, which many events share."""

_CHANGED_BY_DIACRITIC = str.maketrans({"ş": "sh", "č": "ch", "š": "sh", "ž": "j", "ý": "u"})
"""Letters whose diacritic changes the sound, as in the Kazakh Latin alphabet of 2018; others lose it."""
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
_TO_LATIN = {letter: form for letter, form in _LETTERS.items() if letter > 0x7F}
_PAIRS = {"zh": "j", "gh": "g", "kh": "h", "sch": "sh", "shch": "sh"}
_PAIR = re.compile("|".join(sorted(_PAIRS, key=len, reverse=True)))
_SOFT = re.compile("ts(?=[ei])")
"""The ts that many people write as c: "tsentr" and "centr" are "центр". At the end of a word it stays: "concerts"."""
_MARKS = re.compile("[\u0300-\u036f]+")
_NON_WORD = re.compile(r"[\W_]+")
_PLAIN = re.compile("[\\0-\x7fа-яёәіңғүұқөһ«»·–—’]*")
"""Lower-case characters that need no normalisation; most texts consist of them."""
_BETWEEN = re.compile("[^a-z0-9а-яёәіңғүұқөһ'`’]+")
"""What separates the words of such a text."""
_TWICE = re.compile(r"i{2,}|([^\W\d])\1+(?=[^\W_])")
"""Double letters, which fold to one. At the end of a word they stay, or 'free' would begin 'French'."""
_LONGER = re.compile(r"ts|[zgk]h|sh?ch|ii|([^\W\d])\1")
"""Letters that may fold to fewer."""


@lru_cache(TEXTS_KEPT)
def fold(text: str) -> str:
    """Return the search form of *text*: lower-case Latin words with one space between them.

    Folding a search form returns it unchanged.

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
        words = _NON_WORD.sub(" ", _without_marks(text).translate(_LETTERS)).split()
    return " ".join(filter(None, map(fold_word, words)))


@lru_cache(WORDS_KEPT)
def fold_word(word: str) -> str:
    """Return the search form of *word*, which must be lower-case and without diacritics except ё and й.

    Pairs that spell one sound and double letters become one letter.
    """
    form, before = word.translate(_LETTERS), ""
    while form != before and _LONGER.search(form):  # letters that are replaced may make new pairs
        before = form
        form = _PAIR.sub(lambda pair: _PAIRS[pair[0]], _SOFT.sub("c", form))
        form = _TWICE.sub(lambda twice: twice[0][0], form)
    return form


def doubled_letters(word: str) -> str:
    """Return the search form of *word* with its double letters kept.

    >>> doubled_letters("Kontsertter"), doubled_letters("Филармонии")
    ('kontsertter', 'filarmonii')
    """
    bare = word.casefold() if word.isascii() else _without_marks(word)
    return _PAIR.sub(lambda pair: _PAIRS[pair[0]], bare.translate(_LETTERS))


def latin(text: str) -> str:
    """Return *text* in lower case, with Latin letters for Cyrillic ones and without diacritics.

    >>> latin("Қыз Жібек"), latin("Žižek quiz")
    ('kiz jibek', 'zizek quiz')
    """
    return unmarked(unicodedata.normalize("NFKC", text).casefold().translate(_TO_LATIN))


def _without_marks(text: str) -> str:
    """Return *text* in lower case without diacritics; those in `_CHANGED_BY_DIACRITIC` become other letters."""
    composed = unicodedata.normalize("NFKC", text.replace("´", "'"))  # NFKC would turn ´ into a space
    lowered = unicodedata.normalize("NFC", composed.casefold())
    return unmarked(lowered.translate(_CHANGED_BY_DIACRITIC))


def unmarked(text: str) -> str:
    """Return *text* without diacritics."""
    return text if text.isascii() else _MARKS.sub("", unicodedata.normalize("NFKD", text))


def transpositions(form: str) -> list[str]:
    """Return the search forms that *form*, one word, becomes if two neighbouring letters change places.

    >>> fold("Alhzir"), "aljir" in transpositions("alhzir")
    ('alhzir', True)
    """
    if not SHORTEST_SWAPPED <= len(form) <= LONGEST_MISSPELT:
        return []
    swapped = {fold(form[:i] + form[i + 1] + form[i] + form[i + 2 :]) for i in range(len(form) - 1)}
    return sorted(each for each in swapped if len(each) >= SHORTEST_SWAPPED)


def nearest(word: str, words: Iterable[str], *, most: int = 3, enough: float = NEAR_ENOUGH) -> list[str]:
    """Return those of *words* that *word* may be a misspelling of, best first. *enough* is the least similarity.

    These are the words of `difflib.get_close_matches`, which compares *word* with each of them. This function begins
    with the most promising and stops when none of the others can be better: mostly after the first.
    """
    if not 0 < len(word) <= LONGEST_MISSPELT:
        return []
    choices = list(words)
    if len(choices) > COMPARED_AT_MOST:  # comparing all takes too long; most misspellings keep the first letter
        choices = [each for each in choices if each[:1] == word[:1] and abs(len(each) - len(word)) < 4]
    highest = [
        (2 * common / (len(word) + len(each)), each)
        for each, common in _common_letters(word, choices[:COMPARED_AT_MOST])
    ]
    matcher = SequenceMatcher(b=word)
    found: list[tuple[float, str]] = []
    for hope in sorted((each for each in highest if each[0] >= enough), reverse=True):
        if len(found) == most and found[-1] > hope:
            break
        matcher.set_seq1(hope[1])
        if (ratio := matcher.ratio()) >= enough:
            found = sorted([*found, (ratio, hope[1])], reverse=True)[:most]
    return [choice for _ratio, choice in found]


def _common_letters(word: str, others: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Yield each of *others* with the number of letters that it and *word* have in common, in the same order.

    It is the length of the longest common subsequence, found with one addition per letter (Hyyrö 2004): each
    bit stands for a letter of *word*, and one turns 0 for each letter in common. Words that begin alike share the work.
    """
    places: dict[str, int] = defaultdict(int)
    for position, letter in enumerate(word):
        places[letter] |= 1 << position
    whole = (1 << len(word)) - 1
    before, apart_after = "", [whole]
    for other in sorted(others):
        shared = len(commonprefix((before, other)))  # noqa: RUF071  # letters, not folders
        del apart_after[shared + 1 :]
        for letter in other[shared:]:
            apart = apart_after[-1]
            here = apart & places[letter]
            apart_after.append((apart + here) | (apart - here))
        before = other
        yield other, len(word) - (apart_after[-1] & whole).bit_count()


def near_misses(word: str, words: Iterable[str], *, alone: bool) -> list[str]:
    """Return those of *words* with the fewest typing errors to *word*. *alone*: no other word confirms the guess.

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
    """Return the edit distance from *one* to *other*, a swap counting as 1; any number above *most* if it is larger.

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
    """Return those of *names* whose search forms are most similar to that of *text*, best first."""
    names_by_form: dict[str, str] = {}
    for name in names:
        names_by_form.setdefault(fold(name), name)
    return [names_by_form[form] for form in nearest(fold(text), names_by_form, most=most)]
