"""Help and usage errors in Kazakh and Russian: nothing of them is left in English, neither ours nor Typer's."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING, TypeAlias

import pytest
from tests.conftest import Outcome
from tests.languages.messages import LANGUAGES, catalogue, untranslated

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Helps: TypeAlias = "dict[str, dict[str, str]]"
    Golden: TypeAlias = "Callable[[str, str], None]"
    Run: TypeAlias = "Callable[..., Outcome]"

TYPED = re.compile(r"(?m)^\W*kzfest .*$|`[^`]+`|(?<![\w-])--?[a-z][a-z-]*|\b(?:KZFEST|NO)_[A-Z]+\b|\d[\d:hmTx<=-]*")
"""What is typed as it stands: commands, options, variables, moments, lengths; and the numbers that an option takes."""
WORD = re.compile(r"[A-Za-z][A-Za-z=]*")
STAY = {
    *(
        "kzfest",
        "vdirsyncer",
        "khal",
        "TERM=dumb",
        "JSON",
        "YAML",
        "Markdown",
        "Schema",
        "CSV",
        "EUR",
        "ICS",
        "HTML",
        "JavaScript",
        *("a", "letter"),  # sizes of paper
        "PNG",
        "SVG",
        "QR",
        "UTC",
        "Europe",
        "Berlin",
        *("as", "written", "day", "month", "first", "start=Beginn", "title=Was"),  # what the options take
        "ID",
        "Id",
        "id",
        "N",
    ),
    *("en", "kk", "ru", "auto", "always", "never", "walk", "car", "time", "title", "distance"),
    *("category", "track", "venue", "room"),
    *("table", "json", "jsonl", "csv", "markdown", "ics", "txt", "md", "Excel", "BOM", "SQL", "SQLite"),
}
"""Names and values, besides the names of commands, that are the same in every language."""
READ = ("kzfest", "kzfest list", "kzfest itinerary add")

MISTAKES = {
    "show": ("kzfest show", "«ІС-ШАРА...» аргументі берілмеген.", "Не хватает аргумента «СОБЫТИЕ...»."),
    "programmes list one two": (
        "kzfest programmes list",
        "Командалық жолда артық сөз бар (one two).",
        "В командной строке есть лишнее (one two).",
    ),
    "lst": (
        "kzfest",
        "«lst» командасы жоқ. «list» дегіңіз келді ме?",
        "Нет команды «lst». Может быть, «list»?",
    ),
    "itinerary swan": ("kzfest itinerary", "«swan» командасы жоқ.", "Нет команды «swan»."),
    "list --kkkkk": ("kzfest list", "--kkkkk опциясы жоқ.", "Нет параметра --kkkkk."),
    "list --untaded": (
        "kzfest list",
        "--untaded опциясы жоқ (ұқсастары: --undated).",
        "Нет параметра --untaded (похожие: --undated).",
    ),
    "list --on": ("kzfest list", "«--on» опциясына мән керек.", "Параметру «--on» нужно значение."),
    "list --undated=yes": (
        "kzfest list",
        "«--undated» опциясына мән берілмейді.",
        "Параметр «--undated» не принимает значения.",
    ),
    "list --limit many": (
        "kzfest list",
        "«--limit» / «-n» мәні жарамсыз: 0–1000000 аралығындағы бүтін сан керек.",
        "Недопустимое значение для «--limit» / «-n»: нужно целое число от 0 до 1000000.",
    ),
    "list --output=": (
        "kzfest list",
        "«--output» / «-o» мәні жарамсыз: мұнда атау жоқ.",
        "Недопустимое значение для «--output» / «-o»: имя не указано.",
    ),
}
"""What is typed, the command whose help tells more, and what is told in Kazakh and in Russian."""
OTHERS = {
    "list --format xml": (
        "«xml» деген пішім жоқ; мыналардың бірін таңдаңыз: table, json, jsonl, csv, markdown немесе ics",
        "формата «xml» нет; выберите table, json, jsonl, csv, markdown или ics",
    ),
    "list --data missing.yaml": (
        "missing.yaml: мұндай файл не қалта жоқ",
        "missing.yaml: нет такого файла или папки",
    ),
}
"""What no help tells more about."""


@pytest.fixture(name="helps", scope="module")
def _helps(tmp_path_factory: pytest.TempPathFactory) -> Helps:
    """Return the help of every command in each language, as it is on a terminal of 200 columns."""
    return {language: _help_in(language, tmp_path_factory.mktemp("home")) for language in LANGUAGES}


def _help_in(language: str, home: Path) -> dict[str, str]:
    environment = {"KZFEST_LANG": language, "KZFEST_HOME": str(home), "COLUMNS": "200", "TERM": "dumb"}
    command = [sys.executable, "-m", "tests.languages.helps"]
    done = subprocess.run(command, capture_output=True, check=True, env=os.environ | environment)
    found: dict[str, str] = json.loads(done.stdout)
    return {typed: _unboxed(text) for typed, text in found.items()}


def _unboxed(text: str) -> str:
    """Return a help without its frames and columns, which each version of Rich draws in its own way."""
    lines = (" ".join(line.strip("│ ").split()).strip("╭╮╰╯─ ") for line in text.splitlines())
    return "".join(f"{line}\n" for line in lines)


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_of_every_command_has_no_english(helps: Helps, language: str) -> None:
    names = {word for typed in helps[language] for word in typed.split()}
    waiting = {word for message in untranslated(catalogue(language)) for word in WORD.findall(str(message.id))}

    left = {
        typed: words
        for typed, text in helps[language].items()
        if (words := set(WORD.findall(TYPED.sub("", text))) - STAY - names - waiting)
    }

    assert (len(helps[language]) > len(names) > 20, left) == (True, {})


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("typed", READ)
def test_help_reads_well(helps: Helps, golden: Golden, typed: str, language: str) -> None:
    name = f"help-{language}/{typed.replace(' ', '-')}.txt"

    golden(name, f"$ {typed} --help --lang {language}\n{helps[language][typed]}")


@pytest.mark.parametrize("typed", MISTAKES)
def test_mistake_is_told_in_the_language(run: Run, typed: str) -> None:
    told = [run(*typed.split(), KZFEST_LANG=language) for language in LANGUAGES]

    command, kazakh, russian = MISTAKES[typed]
    assert told == [
        Outcome(2, "", f"kzfest: {kazakh} Толығырақ: `{command} --help`.\n"),
        Outcome(2, "", f"kzfest: {russian} Подробнее: `{command} --help`.\n"),
    ]


@pytest.mark.parametrize("typed", ["lst", "itinerary swan", "list --kkkkk", "list --limit many"])
def test_mistake_is_told_in_the_language_asked_for_behind_it(run: Run, typed: str) -> None:
    told = [run(*typed.split(), "--lang", language) for language in LANGUAGES]

    assert told == [run(*typed.split(), KZFEST_LANG=language) for language in LANGUAGES]


def test_help_of_a_command_in_a_group_is_in_the_language_asked_for_behind_it(run: Run) -> None:
    asked = [run("itinerary", "add", "--help", "--lang", language) for language in LANGUAGES]

    assert asked == [run("itinerary", "add", "--help", KZFEST_LANG=language) for language in LANGUAGES]


@pytest.mark.parametrize("typed", OTHERS)
def test_what_cannot_be_is_told_in_the_language(run: Run, typed: str) -> None:
    told = [run(*typed.split(), KZFEST_LANG=language).stderr for language in LANGUAGES]

    assert told == [f"kzfest: {sentence}\n" for sentence in OTHERS[typed]]
