"""Days of several words behind an option: they are one value, and nothing else is."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzfest.cli.typer_ext.day_arguments import with_whole_days

if TYPE_CHECKING:
    from collections.abc import Callable

    Run: TypeAlias = "Callable[..., tuple[int, str, str]]"

WORDS = st.sampled_from(["17", "dec", "to", "20", "..", "-", "2024-01-01", "желтоқсан", "-f", "json", "--on", "--from"])


@pytest.mark.parametrize(
    ("args", "joined"),
    [
        (["--from", "24", "dec", "--to", "2", "jan"], ["--from", "24 dec", "--to", "2 jan"]),
        (["--on", "17", "dec", "-f", "json"], ["--on", "17 dec", "-f", "json"]),
        (["--on=17", "dec"], ["--on=17 dec"]),
        (["--on", "15", "-", "17", "dec"], ["--on", "15 - 17 dec"]),
        (["--on", "-3", "d"], ["--on", "-3 d"]),
        (["--on", "2023-12-17"], ["--on", "2023-12-17"]),
        (["17", "dec", "--sort", "title"], ["17", "dec", "--sort", "title"]),
        (["--venue", "opera", "17", "dec"], ["--venue", "opera", "17", "dec"]),
        (["--on", "17", "dec", "--", "x", "y"], ["--on", "17 dec", "--", "x", "y"]),
        (["--on"], ["--on"]),
        ([], []),
    ],
)
def test_words_behind_a_day_option_are_one(args: list[str], joined: list[str]) -> None:
    assert with_whole_days(args) == joined


@given(st.lists(WORDS, max_size=8))
def test_no_word_is_lost_or_moved(args: list[str]) -> None:
    assert " ".join(with_whole_days(args)) == " ".join(args)


@given(st.lists(WORDS, max_size=8))
def test_joining_again_changes_nothing(args: list[str]) -> None:
    once = with_whole_days(args)

    assert with_whole_days(once) == once


def test_words_without_an_option_are_days_too(kzfest: Run) -> None:
    quoted = kzfest("list", "--on", "17 dec", "-f", "json")

    assert quoted[0] == 0
    assert kzfest("list", "--on", "17", "dec", "-f", "json") == quoted
    assert kzfest("list", "-f", "json", "17", "dec") == quoted
    assert kzfest("list", "17", "-f", "json", "dec") == quoted


@pytest.mark.parametrize(
    "args", [["-2d"], ["--on", "-2d"], ["-f", "json", "-2d"], ["-2", "days"], ["-2д"], ["--", "-2d"]]
)
def test_days_ago_are_no_option(kzfest: Run, args: list[str]) -> None:
    at_noon = {"KZFEST_NOW": "2023-12-14T12:00"}
    exact = kzfest("list", "2023-12-12", "-f", "json", **at_noon)

    asked = ["-f", "json", *args] if "-f" not in args else args

    assert exact[0] == 0
    assert kzfest("list", *asked, **at_noon)[:2] == exact[:2]


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["show", "-5x"], "no event called '-5x'; `kzfest search -5x` searches the texts of all events"),
        (["check", "-5.yaml"], "-5.yaml: No such file or directory"),
        (["list", "-x"], "No such option: -x. See `kzfest list --help`."),
    ],
)
def test_what_begins_with_a_minus_and_a_digit_is_an_argument(kzfest: Run, args: list[str], told: str) -> None:
    assert kzfest(*args)[1:] == ("", f"kzfest: {told}\n")
