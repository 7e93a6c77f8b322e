"""Which language a run speaks: as asked, else the locale's, else English."""

from __future__ import annotations

from itertools import takewhile, zip_longest
from typing import TYPE_CHECKING

from kzfest.core.errors import UsageError, one_of
from kzfest.core.model import LANGUAGES
from kzfest.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

OPTION = "--lang"
LANGUAGE_VARIABLE = "KZFEST_LANG"
LOCALES = ("LC_ALL", "LC_MESSAGES", "LANG")
"""In the order in which gettext asks them."""
PREFERRED = "LANGUAGE"
"""Which gettext asks first: several languages, the best one first."""
SLIPS = {"kz": "kk"}
"""Kazakhstan is kz, and Kazakh kk; no language has the code kz."""
PLAIN = frozenset({"", "C", "POSIX"})
"""Locales of those who want no language; gettext does not ask `PREFERRED` there either."""


def language_of(asked: str | None, environment: Mapping[str, str]) -> str:
    """Return the language that is *asked* for, or that *environment* names. Raises UsageError where it is none."""
    asked = asked or environment.get(LANGUAGE_VARIABLE)
    if not asked:
        return _of_the_locale(environment)
    known = _known(asked)
    if known is None:
        message = _("unknown language '{asked}'; choose {choices}")
        raise UsageError(message.format(asked=asked.casefold().partition("_")[0], choices=one_of(LANGUAGES)))
    return known


def _of_the_locale(environment: Mapping[str, str]) -> str:
    locale = next((environment[name] for name in LOCALES if environment.get(name)), "")
    preferred = "" if locale.partition(".")[0] in PLAIN else environment.get(PREFERRED, "")
    return next((known for name in (*preferred.split(":"), locale) if (known := _known(name))), LANGUAGES[0])


def language_in(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """Return the language of a command line before it is read, for the help of its options; English where in doubt."""
    try:
        return language_of(asked_in(arguments), environment)
    except UsageError:
        return _of_the_locale(environment)


def asked_in(arguments: Sequence[str], option: str = OPTION) -> str | None:
    """Return what a command line gives for *option*, such as the language, before it is read."""
    asked = None
    options = list(takewhile("--".__ne__, arguments))
    for argument, following in zip_longest(options, options[1:]):
        if argument == option:
            asked = following
        elif argument.startswith(f"{option}="):
            asked = argument.removeprefix(f"{option}=")
    return asked


def _known(name: str) -> str | None:
    """Return the language that *name* begins with, as locales are named: ru_RU.UTF-8."""
    language = name.casefold().partition("_")[0].partition(".")[0]
    language = SLIPS.get(language, language)
    return language if language in LANGUAGES else None
