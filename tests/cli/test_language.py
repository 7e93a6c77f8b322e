"""Which language a run speaks: asked, named by a variable, the locale's, or English."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kzfest.cli.language import language_in, language_of
from kzfest.core.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., tuple[int, str, str]]


@pytest.mark.parametrize(
    ("asked", "environment", "language"),
    [
        (None, {}, "en"),
        ("kk", {}, "kk"),
        ("RU", {}, "ru"),
        ("kz", {}, "kk"),
        (None, {"LANG": "kz_KZ.UTF-8"}, "kk"),
        ("ru_RU.UTF-8", {}, "ru"),
        ("kk", {"KZFEST_LANG": "ru"}, "kk"),
        (None, {"KZFEST_LANG": "ru", "LANG": "kk_KZ.UTF-8"}, "ru"),
        (None, {"LANG": "kk_KZ.UTF-8"}, "kk"),
        (None, {"LC_ALL": "ru_RU.UTF-8", "LANG": "kk_KZ.UTF-8"}, "ru"),
        (None, {"LC_ALL": "", "LC_MESSAGES": "ru", "LANG": "kk_KZ.UTF-8"}, "ru"),
        (None, {"LC_ALL": "C", "LANG": "kk_KZ.UTF-8"}, "en"),
        (None, {"LANG": "fr_FR.UTF-8"}, "en"),
        (None, {"LANGUAGE": "ru", "LANG": "en_US.UTF-8"}, "ru"),
        (None, {"LANGUAGE": "de:kk_KZ:ru", "LANG": "de_DE.UTF-8"}, "kk"),
        (None, {"LANGUAGE": "en_GB:en", "LC_ALL": "ru_RU.UTF-8"}, "en"),
        (None, {"LANGUAGE": "de", "LC_ALL": "ru_RU.UTF-8"}, "ru"),
        (None, {"LANGUAGE": "ru", "LC_ALL": "C.UTF-8", "LANG": "en_US.UTF-8"}, "en"),
        (None, {"LANGUAGE": "ru"}, "en"),
        (None, {"LANGUAGE": "ru", "KZFEST_LANG": "kk", "LANG": "en_US.UTF-8"}, "kk"),
    ],
)
def test_language_is_that_asked_else_that_of_the_environment(
    asked: str | None, environment: dict[str, str], language: str
) -> None:
    assert language_of(asked, environment) == language


def test_language_that_there_is_none_of_is_refused() -> None:
    with pytest.raises(UsageError, match="unknown language 'tlh'; choose en, kk or ru"):
        language_of("tlh", {})


@pytest.mark.parametrize(
    ("arguments", "language"),
    [
        ([], "ru"),
        (["list"], "ru"),
        (["list", "--lang", "kk"], "kk"),
        (["--lang=kk", "list", "--help"], "kk"),
        (["--lang", "kk", "list", "--lang", "en"], "en"),
        (["list", "--lang"], "ru"),
        (["list", "--lang", "tlh"], "kk"),
        (["search", "--", "--lang", "kk"], "ru"),
    ],
)
def test_language_of_the_help_is_known_before_the_line_is_read(arguments: list[str], language: str) -> None:
    assert language_in(arguments, {"KZFEST_LANG": "ru", "LANG": "kk_KZ.UTF-8"}) == language


def test_help_is_in_the_language_asked(process: Run) -> None:
    told = [process("list", "--help", *args)[1].split("\n")[3].strip() for args in ((), ("--lang", "ru"))]

    assert told == [
        "List events on a day, in a range of days, now, or in the whole programme.",
        "Перечислить, что идёт: в определённый день, в несколько дней подряд, сейчас",
    ]
    assert process(KZFEST_LANG="kk")[1].split("\n")[2].endswith("Asia/Almaty")


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_help_is_shown_on_a_terminal_without_its_letters(process: Run, language: str) -> None:
    done = process("venue", "--help", KZFEST_LANG=language, PYTHONIOENCODING="ascii")

    assert (done[0], "--output" in done[1], done[2]) == (0, True, "")
