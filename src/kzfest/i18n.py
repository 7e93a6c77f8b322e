"""Translations of the program's messages, with gettext, and names of weekdays and months.

Wrap every sentence that a user may read in ``_("...")`` or ``ngettext("...", "...", n)``, and call ``format``
on the result, so that the extractor sees the whole sentence. English loads no catalogue. Each list of names is one
message, so that translators see all names at once.
"""

from __future__ import annotations

from contextlib import contextmanager
from gettext import NullTranslations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ENGLISH = "en"


class _Current:
    language = ENGLISH
    translations = NullTranslations()


def set_language(language: str) -> None:
    """Give all messages in *language* from now on; a language without a catalogue gives English."""
    if language != _Current.language:
        _Current.language, _Current.translations = language, _translations(language)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Give all messages in *language* inside the block, as for a page in several languages."""
    before = _Current.language
    set_language(language)
    try:
        yield
    finally:
        set_language(before)


def _translations(language: str) -> NullTranslations:
    """Return the translations to *language*, and set gettext's global domain, which Typer uses for its messages."""
    import gettext
    import os
    from pathlib import Path

    if language == ENGLISH:
        gettext.textdomain("messages")  # gettext's default domain
        return NullTranslations()
    catalogues = Path(__file__).parent / "locale"
    os.environ["LANGUAGE"] = language  # gettext.gettext has no other way to choose a language
    gettext.bindtextdomain("kzfest", str(catalogues))
    gettext.textdomain("kzfest")
    return gettext.translation("kzfest", catalogues, languages=[language], fallback=True)


def _(message: str) -> str:
    """Return *message* in the current language. For an empty message, gettext alone would return its header."""
    return message and _Current.translations.gettext(message)


def pgettext(context: str, message: str) -> str:
    """Return *message* in the current language, as it is translated in this *context*."""
    return _Current.translations.pgettext(context, message)


def ngettext(one: str, several: str, n: int) -> str:
    """Return the plural form of a message for the number *n*, in the current language."""
    return _Current.translations.ngettext(one, several, n)


def weekdays() -> list[str]:
    """Return the names of the weekdays, from Monday."""
    return _("Monday Tuesday Wednesday Thursday Friday Saturday Sunday").split()


def short_weekdays() -> list[str]:
    """Return the short names of the weekdays, from Monday."""
    return _("Mon Tue Wed Thu Fri Sat Sun").split()


def months() -> list[str]:
    """Return the names of the months in the form that follows a day."""
    return _("January February March April May June July August September October November December").split()


def months_alone() -> list[str]:
    """Return the names of the months in the form without a day."""
    return pgettext(
        "without a day", "January February March April May June July August September October November December"
    ).split()


def short_months() -> list[str]:
    """Return the short names of the months in the form that follows a day."""
    return _("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec").split()


def day_name(day: int, month: int | None, year: int | None) -> str:
    """Return a date in words: "17 December 2023", "17 December" or "day 17", depending on what is known."""
    if month is None:
        return _("day {day}").format(day=day)
    if year is None:
        return _("{day} {month}").format(day=day, month=months()[month - 1])
    return _("{day} {month} {year}").format(day=day, month=months()[month - 1], year=year)
