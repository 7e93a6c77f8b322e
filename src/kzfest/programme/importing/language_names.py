"""The codes of languages: as files write them, call them by name, or let their letters show."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from kzfest.programme.importing.plain_text import in_each

if TYPE_CHECKING:
    from kzfest.programme.importing.entries import Entry

_CODE = re.compile(r"[a-z]{2,3}(?=$|[-_])")
_NAMES = {
    "en": "english 英語 英文 englisch anglais inglés inglese английский английском ағылшын ағылшынша англійська",
    "de": "german deutsch allemand alemán tedesco немецкий неміс німецька",
    "fr": "french französisch français francés francese французский француз французька",
    "es": "spanish spanisch espagnol español spagnolo испанский испан іспанська",
    "it": "italian italienisch italien italiano итальянский итальян італійська",
    "ru": "russian russisch russe ruso russo русский русском орыс орысша російська",
    "kk": "kazakh qazaq kasachisch kazakhe kazajo kazako казахский казахском қазақ қазақша казахська kz",
    "uk": "ukrainian ukrainisch ukrainien ucraniano ucraino украинский украин українська ua",
    "cs": "czech čeština česky tschechisch",
    "da": "danish dansk dänisch danois",
    "fi": "finnish suomi suomeksi finnisch",
    "nl": "dutch nederlands niederländisch néerlandais",
    "pl": "polish polski polnisch polonais",
    "pt": "portuguese português portugiesisch portugais",
    "sv": "swedish svenska schwedisch suédois",
    "tr": "turkish türkçe türkisch turc",
    "ja": "japanese 日本語 日語 japanisch japonais",
    "ko": "korean 한국어 koreanisch coréen",
    "zh": "chinese 中文 漢語 華語 國語 汉语 普通话 chinesisch chinois",
}
_CODES = {name: code for code, names in _NAMES.items() for name in names.split()}
_OF_OTHER_LETTERS = frozenset(
    ("ar", "be", "bg", "el", "fa", "he", "hi", "ja", "ka", "kk", "ko", "ky", "mk", "mn", "ru", "sr", "tg", "uk", "zh")
)
"""Languages that are hardly written in Latin letters: what is in those is in another."""

_OWN_LETTERS = {
    "kk": re.compile("[әғқңөұүһ]"),
    "uk": re.compile("[їєґ]"),
    "ru": re.compile("[а-яё]"),
    "ja": re.compile("[ぁ-ヿ]"),
    "zh": re.compile("[一-鿿]"),
    "ko": re.compile("[가-힣]"),
}
"""The letters of the languages that can be told by them, those that share the letters of another first."""
_OF_SEVERAL = {"ru", "zh"}
"""Those whose letters others have too: Kazakh has the Russian ones, Japanese has Chinese ones."""
_LATIN = re.compile("[a-z]")
CODES_KEPT = 1_000
"""Names of languages in the cache; a file has a few, and names one of them for each event."""
_SEEN = 200
"""The characters at the beginning of a text that show its language."""


@lru_cache(CODES_KEPT)
def language_code(written: str) -> str | None:
    """Return the code of the language that a file writes, or None.

    >>> [language_code(each) for each in ("de-AT", "English", "қазақша", "kz", "中文", "", "all of them")]
    ['de', 'en', 'kk', 'kk', 'zh', None, None]
    """
    plain = written.strip().casefold()
    if code := _CODES.get(plain):
        return code
    found = _CODE.match(plain)
    return found[0] if found else None


def language_of_texts(entry: Entry) -> str | None:
    """Return the language in which *entry* is held, and so its texts are, if it is one and its letters fit."""
    codes = set(map(language_code, entry.languages))
    code = codes.pop() if len(codes) == 1 else None
    title = "".join(in_each(entry.title).values())
    return None if code in _OF_OTHER_LETTERS and title.isascii() else code


def language_by_letters(text: str, usual: str | None, *, is_stated: bool = False) -> str | None:
    """Return the language that the letters of *text* show, unless the *usual* one of its file may have them as well.

    If the file *is_stated* to be in it, letters that the usual language lacks do not count either: a Russian programme
    may name a Kazakh song.

    >>> [language_by_letters(text, "en") for text in ("Күй кеші", "Шоу Jazz 2", "Jazz night «Ночь»", "Fête")]
    ['kk', 'ru', None, None]
    >>> [language_by_letters("Күй кеші", "ru", is_stated=stated) for stated in (False, True)]
    ['kk', None]
    """
    if text.isascii():
        return None
    begun = text[:_SEEN].casefold()
    found = next((code for code, letters in _OWN_LETTERS.items() if letters.search(begun)), None)
    if not found or (usual in _OF_OTHER_LETTERS and (is_stated or found in _OF_SEVERAL)):
        return None
    return found if 2 * sum(map(str.isalpha, begun)) >= 3 * len(_LATIN.findall(begun)) else None
