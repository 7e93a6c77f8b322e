"""What `history` shows of the milestones and the law: all of it, or what has a year, a day or words."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypeAlias

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Run: TypeAlias = "Callable[..., tuple[int, str, str]]"

LAW_DAY = ["independence-law-adopted", "independence-law-signed", "first-recognition"]


def milestones(kzfest: Run, *args: str) -> tuple[list[str], list[str]]:
    """Return the ids of the milestones that the history shows with *args*, and the states that recognised it."""
    code, stdout, stderr = kzfest("history", *args, "-f", "json")
    document = json.loads(stdout)
    assert (code, stderr, document["query"]) == (0, "", " ".join(arg for arg in args if arg != "--search"))
    return [each["id"] for each in document["milestones"]], [each["country"] for each in document["recognitions"]]


def chapters(kzfest: Run, *args: str) -> list[int]:
    """Return the numbers of the chapters that the law shows with *args*."""
    code, stdout, stderr = kzfest("history", "--law", *args, "-f", "jsonl")
    assert (code, stderr) == (0, "")
    return [each["number"] for each in json.loads(stdout)["chapters"]]


@pytest.mark.parametrize(
    "day",
    ["16 december 1991", "1991-12-16", "16.12.1991", "16 dec 1991", "16 желтоқсан 1991", "16 декабря 1991"],
)
def test_history_of_a_day_has_what_happened_then(kzfest: Run, day: str) -> None:
    assert milestones(kzfest, *day.split()) == (LAW_DAY, ["Turkey"])


@pytest.mark.parametrize(
    ("time", "ids"),
    [
        ("1986", ["jeltoqsan"]),
        ("december 1986", ["jeltoqsan"]),
        ("декабрь 1986", ["jeltoqsan"]),
        ("март 1992", ["un-membership"]),
        ("1992..1995", ["un-membership", "constitution-1993", "constitution-1995"]),
        ("1995", ["constitution-1995"]),
    ],
)
def test_history_of_a_year_or_month_leaves_out_what_only_mentions_it(kzfest: Run, time: str, ids: list[str]) -> None:
    assert milestones(kzfest, *time.split()) == (ids, [])


@pytest.mark.parametrize("word", ["turkey", "Түркия", "Түркияны", "Турцией", "Turk"])
def test_history_finds_words_in_any_language_and_inflection(kzfest: Run, word: str) -> None:
    assert milestones(kzfest, word) == (["first-recognition"], ["Turkey"])
    assert milestones(kzfest, "--search", word) == (["first-recognition"], ["Turkey"])


def test_history_takes_a_year_and_words_together(kzfest: Run) -> None:
    assert milestones(kzfest, "1995", "--search", "constitutions") == (["constitution-1995"], [])
    assert milestones(kzfest, "turkey", "1991") == (["first-recognition"], ["Turkey"])


def test_text_to_search_for_may_be_a_year(kzfest: Run) -> None:
    assert milestones(kzfest, "--search", "2009") == (["holidays-law"], [])


@pytest.mark.parametrize("asked", ["citizenship", "азаматы", "гражданину", "6", "article 7", "8-бап"])
def test_law_shows_the_chapters_that_have_the_words_or_the_article(kzfest: Run, asked: str) -> None:
    assert chapters(kzfest, *asked.split()) == [2]


def test_law_shows_its_facts_if_they_have_the_words(kzfest: Run) -> None:
    code, stdout, stderr = kzfest("history", "--law", "Sartaev")

    assert (code, stderr, "Drafted by" in stdout, "Articles" in stdout) == (0, "", True, False)


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["xylophone"], "no milestone has 'xylophone'"),
        (["--search", "!"], "no milestone has '!'"),
        (["--law", "xylophone"], "nothing in the law has 'xylophone'"),
    ],
)
def test_history_without_a_match_says_so(kzfest: Run, args: list[str], told: str) -> None:
    assert kzfest("history", *args) == (0, "", f"{told}\n")


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (
            ["1996"],
            "the nearest: 1995 (Constitution of 1995); 13 December 2001 (Law on holidays)",
        ),
        (["1800"], "the nearest: December 1986 (Jeltoqsan events)"),
        (
            ["migration"],
            "the history has it: kzfest history --law migration  (People and Citizens of the Republic of Kazakhstan)",
        ),
        (["--law", "turkey"], "the history has it: kzfest history turkey  (Turkey recognises Kazakhstan)"),
    ],
)
def test_history_without_a_match_offers_what_is_nearest(kzfest: Run, args: list[str], told: str) -> None:
    code, stdout, stderr = kzfest("history", *args)

    assert (code, stdout, stderr.splitlines()[1:]) == (0, "", [told])


def test_history_for_a_misspelt_word_says_so(kzfest: Run) -> None:
    code, stdout, stderr = kzfest("history", "--law", "citizenshp", "-f", "csv")

    assert (code, stderr) == (0, "nothing in the history has 'citizenshp'; this is for similar words\n")
    assert [row.partition(",")[0] for row in stdout.splitlines()] == ["number", "2"]
