"""The language of a run: the one asked for, else the locale's, else English."""

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
"""In the order in which gettext reads them."""
PREFERRED = "LANGUAGE"
"""gettext reads this first: several languages, the best one first."""
SLIPS = {"kz": "kk"}
"""The country is kz, and the language kk; no language has the code kz."""
PLAIN = frozenset({"", "C", "POSIX"})
"""Locales without a language, for which gettext ignores `PREFERRED`."""


def language_of(asked: str | None, environment: Mapping[str, str]) -> str:
    """Return the language *asked* for, else that of *environment*. Raises UsageError if it is unknown."""
    asked = asked or environment.get(LANGUAGE_VARIABLE)
    if not asked:
        locale = next((environment[name] for name in LOCALES if environment.get(name)), "")
        preferred = "" if locale.partition(".")[0] in PLAIN else environment.get(PREFERRED, "")
        return next((known for name in (*preferred.split(":"), locale) if (known := _known(name))), LANGUAGES[0])
    known = _known(asked)
    if known is None:
        message = _("unknown language '{asked}'; choose {choices}")
        raise UsageError(message.format(asked=asked.casefold().partition("_")[0], choices=one_of(LANGUAGES)))
    return known


def language_in(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """Return the language of a command line before Typer parses it, for the help of the options.

    If it is unknown, this is the locale's, in which the error is reported.
    """
    try:
        return language_of(asked_in(arguments, OPTION), environment)
    except UsageError:
        return language_of(None, {**environment, LANGUAGE_VARIABLE: ""})


def asked_in(arguments: Sequence[str], *names: str) -> str | None:
    """Return the value of the option with these *names* on a command line before Typer parses it; None if not given."""
    asked = None
    options = list(takewhile("--".__ne__, arguments))
    for argument, following in zip_longest(options, options[1:]):
        name, equals, value = argument.partition("=")
        if name in names:
            asked = value if equals else following
    return asked


def _known(name: str) -> str | None:
    """Return the language of a locale such as ru_RU.UTF-8, or None if kzfest does not know it."""
    language = name.casefold().partition("_")[0].partition(".")[0]
    language = SLIPS.get(language, language)
    return language if language in LANGUAGES else None
