"""The keys of a word: its stems in English, Russian and Kazakh.

Inflected forms (plural, case, possessive) share a key with the base form, and two words match if they share a key. The
same function gives the keys of stored text and of queries. Derived words keep their suffix: "artist" does not match
"art", and «әнші» does not match «ән».
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple
from unicodedata import normalize

from kzfest.core.folding import doubled_letters, fold, fold_word

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

KEYS_KEPT = 20_000
"""Words in the cache: the common words of a language."""

_WORD = re.compile(r"[^\W_]+(?:['’ʼ‘`´ʹ][^\W_]+)*")
_APART = r"['’ʼ‘`´ʹ]"  # characters that people type as apostrophes

_LIKE_KAZAKH = r"(?ai)\b(?:an|at|on|in|to|by)\b"
_SMALL_WORDS = """
a an the of at in on to for from by with near and
в во на у о об обо к ко с со из за от до по под над при про для возле около рядом и
v vo na ob k ko s so iz za ot do po pod nad pri pro dlya vozle okolo i u o
туралы үшін дейін бойынша жанында қасында маңында арқылы және мен пен бен
"""
_SMALL = frozenset((word.isascii(), fold(word)) for word in _SMALL_WORDS.split())
"""Prepositions and the like, with whether they are in Latin letters: "at" is one, but «ат» is a horse."""

VOWELS = frozenset("аәеёиоөуұүыіэюяaeiou")
KAZAKH_ONLY = frozenset("әіңғүұқөһ")

# --- Russian

RUSSIAN = """
иями ами ями ьми ией ием иям иях ьям ьях ого его ому ему ыми ими ой ей ою ею ам ям ах ях ов ев ом ем ий ии ию ия ие
ье ья ью ьи ый ым им ых их ая яя ую юю ое ее ые а я ы и у ю е о ь й
"""
"""Endings of nouns and adjectives. Those of verbs are left out, because they would cut nouns: «архив» to «арх»."""
OF_ADJECTIVES = "о ый ий ой ая яя ое ее ые ие ого его ому ему ым им ых их ую юю ыми ими"
ODD_STEMS = {
    "дн": "ден",
    "льд": "лед",
    "друз": "друг",
    "матер": "мат",
    "ребенк": "дет",
    "ребенок": "дет",
    "детк": "дет",
}
"""Irregular stems of common words."""
SHORTEST_STEM = 3
SHORTEST_IN_LATIN = 4
"""Shorter words in Latin letters are taken as English: "an" is not «ән»."""

# --- Kazakh

PLURAL, POSSESSIVE, CASE, RELATIVE = range(4)
"""The positions of endings, from the stem outwards; a word has at most one ending in each."""
AFTER_POSSESSIVE = "P"
KAZAKH = """
0 лар B VR  0 лер F VR  0 дар B NLZ  0 дер F NLZ  0 тар B T  0 тер F T
1 ы B NLRZT  1 і F NLRZT  1 сы B V  1 сі F V
2 ның B VN  2 нің F VN  2 дың B LRZ  2 дің F LRZ  2 тың B T  2 тің F T
2 ға B VNLRZ  2 ге F VNLRZ  2 қа B T  2 ке F T  2 на B P  2 не F P
2 ны B V  2 ні F V  2 ды B NLRZ  2 ді F NLRZ  2 ты B T  2 ті F T  2 н X P
2 да B VNLRZ  2 де F VNLRZ  2 та B T  2 те F T  2 нда B P  2 нде F P
2 дан B VLRZ  2 ден F VLRZ  2 тан B T  2 тен F T  2 нан B NP  2 нен F NP
2 мен X VNLR  2 бен X Z  2 пен X T
3 ғы B VNLRZC  3 гі F VNLRZC  3 қы B T  3 кі F T
"""
"""Position, ending, vowels of the stem (Back, Front, X for either) and what the stem may end in.

That is V (a vowel), N (м н ң), L (л), R (р й у), Z (з ж) or T (any other letter), P (a possessive of the third person)
or C (a case). Possessives of the first and second person are left out: «қалам», a pen, is not «қала», a city.
"""
_BACK, _FRONT = frozenset("аоұыяё"), frozenset("әөүіеэ")  # и, у, ю and a final ь fit both
_ENDS = {
    **dict.fromkeys("аәоөұүыіеэёяaeo", "V"),
    **dict.fromkeys("иуюiu", "VR"),
    **dict.fromkeys("мнңmn", "N"),
    **dict.fromkeys("лl", "L"),
    **dict.fromkeys("рйr", "R"),
    **dict.fromkeys("зжzj", "Z"),
}
LOANED = "ькг"
"""Last letters of loanwords, after which either vowel may follow: «фестивальде», «паркіне»."""
_HARDER = {"г": "к", "ғ": "қ", "б": "п", "g": "k", "b": "p"}
"""Consonants that a possessive softens, with the original: «кітабы», «саябағы»."""


class Ending(NamedTuple):
    """A row of the table `KAZAKH`."""

    place: int
    harmony: str
    after: str


def words_of(text: str) -> list[str]:
    """Return the words of *text*; apostrophes do not split words.

    >>> words_of("Мастер-класс: Rock'n'Roll!")
    ['Мастер', 'класс', "Rock'n'Roll"]
    """
    return _WORD.findall(text if text.isascii() else normalize("NFC", text))


def without_small(text: str) -> str:
    """Return *text* without English words that look like Kazakh words in Latin letters, such as "at" («ат», a horse).

    >>> without_small("An evening at the circus")
    ' evening  the circus'
    """
    return re.sub(_LIKE_KAZAKH, "", text)


def parts_of(word: str) -> list[str]:
    """Return the parts of *word* between apostrophes, or an empty list if it has none."""
    parts = re.split(_APART, word)
    return parts if len(parts) > 1 else []


def meaningful(words: list[str]) -> list[str]:
    """Return *words* without prepositions and the like; if there are no others, return all.

    >>> meaningful(["у", "Национального", "музея"]), meaningful(["the"])
    (['Национального', 'музея'], ['the'])
    """
    return [word for word in words if (word.isascii(), fold(word)) not in _SMALL] or words


def same_words(asked: str, known: str) -> bool:
    """Whether *asked* has exactly the words of *known*, in any inflection.

    >>> same_words("на катках", "каток"), same_words("художник", "Союз художников")
    (True, False)
    """
    typed, written = meaningful(words_of(asked)), meaningful(words_of(known))
    pairs = zip(typed, written, strict=False)
    return len(typed) == len(written) > 0 and all(keys(one) & keys(other, translit=False) for one, other in pairs)


@lru_cache(KEYS_KEPT)
def keys(word: str, *, translit: bool = True) -> frozenset[str]:
    """Return the keys of *word*: its search form, and its possible stems in each language.

    With *translit*, for queries, Latin letters may stand for Cyrillic ones with an ending.

    >>> keys("музеев") & keys("музей"), bool(keys("концерттерге") & keys("концерт")), bool(keys("ән") & keys("әнші"))
    (frozenset({'r:muze'}), True, False)
    """
    form = fold(word)
    if not form:
        return frozenset()
    lowered = word.casefold().replace("ё", "е")
    found = {f"={form}"}
    if form.isdecimal():
        return frozenset(found)
    if min(lowered) >= "\u0400" and max(lowered) <= "\u052f":
        found |= {f"k:{fold_word(stem)}" for stem in kazakh(lowered, kazakh_endings())}
        if not KAZAKH_ONLY & set(lowered):
            found |= {f"r:{fold_word(stem)}" for stem in russian(lowered, russian_endings())}
        return frozenset(found)
    letters = doubled_letters(word)
    if not letters.isalpha():
        return frozenset(found)
    if len(letters) >= SHORTEST_IN_LATIN:
        found |= {f"k:{form}", f"r:{form}"}
        if translit:
            found |= {f"k:{fold_word(stem)}" for stem in kazakh(letters, kazakh_endings(latin=True))}
            found |= {f"r:{fold_word(stem)}" for stem in russian(letters, russian_endings(latin=True))}
    if letters.isascii() and not any("\u0400" <= letter <= "\u052f" for letter in lowered):
        found.add(f"e:{english(re.sub('[^a-z]', '', lowered) or form)}")
    return frozenset(found)


# --- English

IRREGULAR = {
    "children": "child",
    "kid": "child",
    "men": "man",
    "women": "woman",
    "people": "person",
    "mice": "mouse",
    "feet": "foot",
    "geese": "goose",
    "wolves": "wolf",
    "knives": "knife",
    "lives": "life",
    "wives": "wife",
}
_DERIVED = (
    r"(?:ed|al|ant|ance|ence|ent|ful|ion|ism|ist|ity|ive|ment|ness|or|ous|[^aeiou][^aeioucvgxz]ing|[aeiou]{2}[^aeiou]ing"
    r"|[aeiouy][^aeiou]+[aeiouy][^aeiou]ing)$"
)
"""Derived words, which the stemmer would reduce to others: concerted, important, festive, parking."""
STEMMED = ("s", "y", "e", "i", "l", "ed", "ing", "er", "or", "ic", "ism", "ant", "ent", "ion")
"""The stemmer changes only words with these endings. Others skip it, because it takes 0.1 ms a word."""
_DOUBLED = r"([^aeiouls])\1ing$"
_BRITISH = r"(?:(?<=[aeiou][^aeiou])|(?<=[aeiou]))(tre)$|(?<=[^aeiou]..)(our)$|(?<=ra)(mme)$"
_AMERICAN = {"tre": "ter", "our": "or", "mme": "m"}


def english(word: str) -> str:
    """Return the stem of an English *word* in lower case.

    >>> english("cities") == english("city"), english("skating") == english("skate"), english("children")
    (True, True, 'child')
    >>> english("concerted") == english("concert"), english("parking") == english("park")
    (False, False)
    """
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-3] + "y" if word.endswith("ies") and len(word) > 4 else word[:-1]
    word = IRREGULAR.get(word, word)
    word = re.sub(_BRITISH, lambda found: _AMERICAN[found[0]], word)
    if not word.endswith(STEMMED) or (re.search(_DERIVED, word) and not re.search(_DOUBLED, word)):
        return word
    return str(_stemmer().stemWord(word))


@cache
def _stemmer() -> Any:
    from snowballstemmer.english_stemmer import EnglishStemmer  # takes 10 ms, needed only for new English words

    return EnglishStemmer()


# --- Russian


def russian(word: str, endings: Mapping[str, bool]) -> Iterator[str]:
    """Yield the possible stems of *word*; *endings* are those in its script."""
    cut = False
    for length in range(min(4, len(word) - 2), 0, -1):
        ending = word[-length:]
        if ending not in endings:
            continue
        stem = word[:-length]
        if stem in ODD_STEMS:
            yield ODD_STEMS[stem]
            return
        short = len(stem) < SHORTEST_STEM and not (len(stem) == SHORTEST_STEM - 1 and stem[0] in VOWELS)
        if short or not VOWELS & set(stem) or (cut and stem[-1] not in VOWELS):
            continue
        yield stem
        if endings[ending] and not cut:
            yield from _nouns_of(stem)
        cut = True
    if not cut:
        yield ODD_STEMS.get(word, word)
        if len(word) > SHORTEST_STEM and word[-2] in "оеoe" and word[-1] not in VOWELS and word[-3] not in VOWELS:
            yield word[:-2] + word[-1]


def _nouns_of(adjective: str) -> Iterator[str]:
    """Yield the nouns that the stem of an *adjective* may come from: «оперн» from «опера», «ледов» from «лёд»."""
    for suffix in ("ск", "н", "ов", "ян", "sk", "n", "ov", "ian"):
        noun = adjective.removesuffix(suffix).rstrip("ьй")
        if noun != adjective and len(noun) >= SHORTEST_STEM and VOWELS & set(noun):
            yield noun


@cache
def russian_endings(*, latin: bool = False) -> dict[str, bool]:
    """Return the Russian endings, and whether each may be an adjective's."""
    write = doubled_letters if latin else str
    found: dict[str, bool] = {}
    for ending in RUSSIAN.split():
        found[write(ending)] = found.get(write(ending), False) or ending in OF_ADJECTIVES.split()
    found.pop("", None)
    return found


# --- Kazakh


def kazakh(word: str, endings: Mapping[str, tuple[Ending, ...]]) -> Iterator[str]:
    """Yield the possible stems of *word*, with zero or more endings cut; *endings* are those in its script."""
    yield word
    yield from _cut(word, endings, RELATIVE + 1, None)


def _cut(word: str, endings: Mapping[str, tuple[Ending, ...]], place: int, needed: int | None) -> Iterator[str]:
    """Yield *word* without endings of positions before *place*; the first must have the position *needed*, if set."""
    for length in range(1, min(5, len(word) - 1)):
        stem = word[:-length]
        for ending in endings.get(word[-length:], ()):
            if ending.place >= place or (needed is not None and ending.place != needed) or not _fits(stem, ending):
                continue
            if set(_ENDS.get(stem.rstrip("ь")[-1], "T")) & set(ending.after):
                if stem[-1] != "ғ":  # no word ends in it
                    yield stem
                if ending.place == POSSESSIVE:
                    yield from _repaired(stem)
                yield from _cut(stem, endings, ending.place, None)
            elif AFTER_POSSESSIVE in ending.after:
                yield from _cut(stem, endings, ending.place, POSSESSIVE)


def _fits(stem: str, ending: Ending) -> bool:
    """Whether *ending* fits the last vowel of *stem*, by vowel harmony."""
    last = next((letter for letter in reversed(stem) if letter in VOWELS), None)
    if last is None:
        return False
    if ending.harmony == "X" or stem[-1] in LOANED:
        return True
    return last not in (_FRONT if ending.harmony == "B" else _BACK)


def _repaired(stem: str) -> Iterator[str]:
    """Yield the words that *stem* may be before a possessive: «кітап» for «кітаб-ы», «халық» for «халқ-ы»."""
    if stem[-1] in _HARDER:
        yield stem[:-1] + _HARDER[stem[-1]]
    if len(stem) > 2 and not VOWELS & set(stem[-2:]):
        between = "i" if stem.isascii() else ("ы" if _fits(stem, Ending(POSSESSIVE, "B", "")) else "і")
        yield stem[:-1] + between + stem[-1]


@cache
def kazakh_endings(*, latin: bool = False) -> dict[str, tuple[Ending, ...]]:
    """Return the Kazakh endings. In Latin letters, people do not distinguish front and back vowels."""
    found: dict[str, tuple[Ending, ...]] = {}
    for row in re.split(r"\n|  ", KAZAKH.strip()):
        place, ending, harmony, after = row.split()
        written, sound = (doubled_letters(ending), "X") if latin else (ending, harmony)
        found[written] = (*found.get(written, ()), Ending(int(place), sound, after))
    return found
