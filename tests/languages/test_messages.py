"""The catalogues: all messages, nothing lost in translation, all forms of a plural, and dates as CLDR writes them."""

from __future__ import annotations

import re
import tomllib
import warnings
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.languages.messages import (
    LANGUAGES,
    catalogue,
    compiled,
    english,
    forms,
    po_file,
    template,
    untranslated,
    wording,
)

from kzfest.formats import dates
from kzfest.i18n import months, months_alone, set_language, short_months, short_weekdays, weekdays

if TYPE_CHECKING:
    from babel.messages.catalog import Message

SUNDAY = date(2023, 12, 17)
CLDR = tomllib.loads(Path(__file__).with_name("cldr.toml").read_text(encoding="utf-8"))
PLURALS = {"kk": 2, "ru": 3}
KEPT = re.compile(r"\{\w*\}|`[^`]+`|(?<![\w-])--?[a-z][a-z-]*|\b(?:JSON|CSV|ICS|YAML|UTC|KZFEST_[A-Z]+)\b")
"""What a translation leaves as it is: places to fill in, commands, options, formats, variables."""


def as_good(form: str, text: str) -> bool:
    """Whether *form* has all that *text* keeps, and no place to fill in beyond it."""
    there, wanted = set(KEPT.findall(form)), set(KEPT.findall(text))
    return wanted <= there and {each for each in there - wanted if each[0] in "{`"} == set()


def translated(language: str) -> list[Message]:
    """Return the messages whose translation the program shows."""
    lacking = untranslated(catalogue(language))
    return [
        message for message in catalogue(language) if message.id and message.id not in {each.id for each in lacking}
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_of_the_source_is_in_the_catalogue_and_no_other(language: str) -> None:
    wanted = {(message.context, message.id) for message in template() if message.id}

    assert {(message.context, message.id) for message in catalogue(language) if message.id} == wanted


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated(language: str) -> None:
    lacking = [english(message)[0] for message in untranslated(catalogue(language))]

    if lacking:  # a contributor need not know the language; a release must be complete: `nox -s release`
        warnings.warn(f"no translation into {language} yet: {lacking}", stacklevel=1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_translation_has_all_forms_of_a_plural(language: str) -> None:
    wrong = [
        message.id
        for message in translated(language)
        if len(forms(message)) != (PLURALS[language] if isinstance(message.id, tuple) else 1)
    ]

    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_translation_keeps_what_is_filled_in_or_typed(language: str) -> None:
    changed = []
    for message in translated(language):
        changed += [
            (message.id, form) for form in forms(message) if not any(as_good(form, text) for text in english(message))
        ]

    assert changed == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_translation_has_the_spaces_and_lines_of_the_message(language: str) -> None:
    def shape(text: str) -> tuple[bool, bool, int]:
        return text[:1].isspace(), text[-1:].isspace(), text.count("\n")

    changed = [
        (message.id, form)
        for message in translated(language)
        for form in forms(message)
        if shape(form) != shape(english(message)[0])
    ]

    assert changed == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_program_reads_what_was_written(language: str) -> None:
    read, made = po_file(language).with_suffix(".mo").read_bytes(), compiled(language)

    assert wording(read) == wording(made) != {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_days_and_months_are_those_of_cldr(language: str) -> None:
    set_language(language)

    assert {
        "weekdays": weekdays(),
        "short_weekdays": short_weekdays(),
        "months": months(),
        "months_alone": [name.lower() for name in months_alone()],
        "short_months": short_months(),
    } == CLDR[language] | {"months_alone": [name.lower() for name in CLDR[language]["months_alone"]]}


@pytest.mark.parametrize(("language", "expected"), [("kk", "2023 ж. 17 желтоқсан"), ("ru", "17 декабря 2023 г.")])
def test_day_is_written_as_in_cldr(language: str, expected: str) -> None:
    set_language(language)

    assert spaced(dates.long_day(SUNDAY)) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("kk", ["2023 ж. 15–17 жел.", "2023 ж. 30 қар. – 2 жел.", "2023 ж. 16 жел. – 2024 ж. 7 қаң."]),
        ("ru", ["15–17 дек. 2023 г.", "30 нояб. – 2 дек. 2023 г.", "16 дек. 2023 г. – 7 янв. 2024 г."]),
    ],
)
def test_range_of_days_has_the_dash_decided_on(language: str, expected: list[str]) -> None:
    set_language(language)
    ranges = [
        (date(2023, 12, 15), SUNDAY),
        (date(2023, 11, 30), date(2023, 12, 2)),
        (date(2023, 12, 16), date(2024, 1, 7)),
    ]

    assert [spaced(dates.days(*each)) for each in ranges] == expected


def spaced(text: str) -> str:
    """Return *text* with plain spaces, of which there are several widths in CLDR."""
    return " ".join(text.split())
