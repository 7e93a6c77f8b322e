"""The same key does the same on an English, a Russian and a Kazakh layout."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import pytest
from rich.cells import cell_len

from kzfest.cli.browse.help_page import line_of_keys
from kzfest.cli.browse.keys import DAYS, Action, explained, keymap
from kzfest.core.command_line import CommandLine
from kzfest.core.keyboard import other_keyboard_readings
from kzfest.formats.page import plain
from kzfest.i18n import set_language

if TYPE_CHECKING:
    from collections.abc import Callable

LETTERS = "umtwqjk"


@pytest.mark.parametrize("language", ["en", "kk", "ru"])
@pytest.mark.parametrize("letter", LETTERS)
def test_letter_means_the_same_on_every_layout(language: str, letter: str) -> None:
    keys = keymap(language)

    assert {keys[each] for each in (letter, *other_keyboard_readings(letter))} == {keys[letter]}


@pytest.mark.parametrize(
    ("language", "meant"),
    [
        ("en", {".": "search", ",": "help", "№": "search", "һ": "plan", "ө": "remove", "ә": "day 2"}),
        ("ru", {".": "search", ",": "help", "№": "search", "һ": "plan", "ө": "remove", "ә": "day 2"}),
        ("kk", {".": "day 7", ",": "day 6", "№": "search", "һ": "plan", "ө": "remove", "ә": "day 2"}),
    ],
)
def test_sign_means_what_the_layout_of_the_language_has_there(language: str, meant: dict[str, str]) -> None:
    keys = keymap(language)

    assert {each: keys[each] for each in meant} == meant


def test_digits_of_the_kazakh_layout_choose_the_days_in_order() -> None:
    keys = keymap("kk")

    assert [keys[each] for each in '"әіңғ,.үұ'] == [keys[each] for each in "123456789"] == list(DAYS)


@pytest.mark.parametrize("language", ["en", "kk", "ru"])
def test_every_action_has_a_key(language: str) -> None:
    assert set(keymap(language).values()) == set(get_args(Action))


def test_every_command_that_the_help_names_is_a_command(kzfest: Callable[..., tuple[int, str, str]]) -> None:
    named = [each.command.split() for each in explained(CommandLine()) if each.command]

    words = {tuple(word for word in line[1:3] if word.islower() and word.isalpha()) for line in named}

    assert {each: kzfest(*each, "--help")[0] for each in words} == dict.fromkeys(words, 0)


@pytest.mark.parametrize("language", ["en", "kk", "ru"])
def test_line_of_keys_has_the_first_five_and_never_wraps(language: str) -> None:
    set_language(language)
    keys = explained(CommandLine())

    lines = {width: line_of_keys(keys, width) for width in range(80, 200)}

    assert {width for width, line in lines.items() if cell_len(plain(line)) > width} == set()
    assert [span.text for span in lines[80] if span.style == "strong"][:5] == ["/", "enter", "+", "?", "q"]


def test_help_names_the_programme_and_the_itinerary_of_the_run() -> None:
    line = CommandLine(programme="archive", itinerary="us two")

    commands = {each.keys: each.command for each in explained(line)}

    assert commands["/"] == "kzfest --programme archive list -s TEXT"
    assert commands["u"] == "kzfest --programme archive itinerary --itinerary 'us two' undo"
