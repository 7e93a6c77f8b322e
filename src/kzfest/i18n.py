"""The program's own words, where gettext finds them and a translation takes their place.

Every sentence that a user may read is written ``_("...")`` or ``ngettext("...", "...", n)`` and filled
in with ``format`` afterwards, so that an extractor sees it whole. In English nothing is loaded.
"""

from __future__ import annotations

from gettext import NullTranslations

ENGLISH = "en"


class _Spoken:
    """The language that the program speaks."""

    language = ENGLISH
    words = NullTranslations()


def set_language(language: str) -> None:
    """Speak *language* from now on: one that kzfest has been translated into, or English."""
    if language != _Spoken.language:
        _Spoken.language, _Spoken.words = language, _words_of(language)


def _words_of(language: str) -> NullTranslations:
    """Return the words of *language*, and let the libraries that ask gettext for theirs (Typer) find them as well."""
    import gettext
    import os
    from pathlib import Path

    if language == ENGLISH:
        gettext.textdomain("messages")  # that of everybody who names none
        return NullTranslations()
    catalogues = Path(__file__).parent / "locale"
    os.environ["LANGUAGE"] = language  # the only way to tell it
    gettext.bindtextdomain("kzfest", str(catalogues))
    gettext.textdomain("kzfest")
    return gettext.translation("kzfest", catalogues, languages=[language], fallback=True)


def _(message: str) -> str:
    """Return *message* in the language that is spoken; of nothing, gettext would give the head of its catalogue."""
    return message and _Spoken.words.gettext(message)


def pgettext(context: str, message: str) -> str:
    """Return *message* as it is said in that *context*, where a language says it in several ways."""
    return _Spoken.words.pgettext(context, message)


def ngettext(one: str, several: str, n: int) -> str:
    """Return the form of a message that its language has for *n*."""
    return _Spoken.words.ngettext(one, several, n)
