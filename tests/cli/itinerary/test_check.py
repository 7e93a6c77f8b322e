"""`kzfest itinerary check`: clashes, what is outside known hours, and what has become of events since."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run: TypeAlias = "Callable[..., tuple[int, str, str]]"
    Visits: TypeAlias = "Callable[..., list[dict[str, Any]]]"


@pytest.mark.parametrize(
    ("events", "told"),
    [
        ([], "0 visits, nothing to look out for\n"),
        (["swan"], "1 visit, nothing to look out for\n"),
        (["swan", "night"], "2 visits, nothing to look out for\n"),
    ],
)
def test_nothing_to_look_out_for_is_said(mine: Run, events: list[str], told: str) -> None:
    if events:
        mine("add", *events)

    assert mine("check") == (0, "", told)


def test_overlap_is_a_clash_and_exits_with_5(mine: Run) -> None:
    mine("add", "swan", "songs")

    assert mine("check") == (5, "clash  Swan Lake (id001) and Songs of the steppe (id002) overlap\n", "")


@pytest.mark.parametrize(
    ("by", "code", "told"),
    [
        ("car", 0, ""),
        (
            "walk",
            5,
            "clash  Swan Lake (id001) and Tea (id002) are tight: 52 min needed on foot, 30 there are\n",
        ),
    ],
)
def test_way_is_counted_as_one_gets_about(mine: Run, by: str, code: int, told: str) -> None:
    mine("add", "swan")
    mine("add", "--own", "Tea", "--on", "2023-12-16", "--at", "22:00", "--for", "1h", "--venue", "park")

    assert mine("check", "--by", by) == (code, told, "" if told else "2 visits, nothing to look out for\n")


@pytest.mark.parametrize(
    ("at", "code"), [("21:45", 5), ("21:47", 5), ("21:48", 0), ("21:50", 0)], ids=["15", "17", "18", "20"]
)
def test_way_is_tight_to_the_minute(mine: Run, at: str, code: int) -> None:
    mine("add", "swan")
    mine("add", "--own", "Tea", "--on", "2023-12-16", "--at", at, "--venue", "park")

    assert mine("check")[0] == code


def test_way_from_a_place_known_roughly_is_an_estimate(mine: Run) -> None:
    mine("add", "paintings", "--on", "2023-12-16", "--at", "17:00", "--for", "1h")
    mine("add", "--own", "Tea", "--on", "2023-12-16", "--at", "18:20", "--for", "30m", "--venue", "opera")

    told = "clash  Old paintings (id001) and Tea (id002) are tight: 25 min needed by car, 20 there are (estimate)\n"
    assert mine("check") == (5, told, "")


@pytest.mark.parametrize("other", ["20:30", "23:00"])
def test_back_to_back_at_one_place_is_no_clash(mine: Run, other: str) -> None:
    mine("add", "songs")
    mine("add", "--own", "Tea", "--on", "2023-12-16", "--at", other, "--for", "30m", "--venue", "park")

    assert mine("check") == (0, "", "2 visits, nothing to look out for\n")


def test_visits_without_an_hour_never_clash(mine: Run) -> None:
    mine("add", "swan")
    mine("add", "paintings", "panorama", "--on", "2023-12-16")

    assert mine("check") == (0, "", "3 visits, nothing to look out for\n")


def test_no_way_is_known_to_a_place_without_a_location(mine: Run) -> None:
    mine("add", "--own", "Tea", "--on", "2023-12-16", "--at", "23:00", "--for", "90m", "--venue", "opera")
    mine("add", "night")

    assert mine("check") == (0, "", "2 visits, nothing to look out for\n")


@pytest.mark.parametrize("by", ["bus", "", "CAR"])
def test_unknown_way_to_get_about_is_refused(mine: Run, by: str) -> None:
    sentence = f"kzfest: no way to go by '{by}'; choose walk or car\n"

    assert [mine(command, "--by", by) for command in ("check", "show")] == [(2, "", sentence)] * 2


def test_what_is_outside_hours_is_no_clash_and_exits_with_0(mine: Run) -> None:
    mine("add", "swan", "--at", "18:00", "--for", "1h")
    mine("add", "paintings", "--on", "2023-12-17", "--at", "09:30", "--for", "1h")
    mine("add", "paintings", "--on", "2023-12-18")
    mine("add", "--own", "Party", "--on", "2023-12-16", "--at", "03:30", "--for", "1h", "--venue", "club")

    told = (
        "look out  Swan Lake (id001): outside its hours: 16 Dec 2023, 19:00–21:30\n"
        "look out  Party (id004): outside the venue's usual hours: 20:00–04:00\n"
        "look out  Old paintings (id002): outside the venue's usual hours: 10:00–18:00\n"
        "look out  Old paintings (id003): usually closed on Monday\n"
    )
    assert mine("check") == (0, told, "")


def test_hours_of_an_event_overrule_those_of_its_venue(mine: Run, rewrite: Callable[..., None]) -> None:
    rewrite("end: 2023-12-18 19:00, venue: opera", "end: 2023-12-18 19:00, venue: museum")
    mine("add", "puppets", "--on", "2023-12-18")

    assert mine("check") == (0, "", "1 visit, nothing to look out for\n")


POSTPONED = "\nlook out  Poems (id001): POSTPONED"
OWN_DAY = "\nlook out  Ice rinks (id001): no source gives its date: the day is your own"
FAR = "`kzfest itinerary edit id001"


@pytest.mark.parametrize(
    ("added", "old", "new", "state", "told"),
    [
        (
            ["swan"],
            "start: 2023-12-16 19:00\n    end: 2023-12-16 21:30",
            "start: 2023-12-17 18:00\n    end: 2023-12-17 20:00",
            "moved",
            f"Swan Lake (id001): MOVED, now 17 Dec 2023, 18:00–20:00: {FAR} --follow`",
        ),
        (
            ["swan"],
            "    end: 2023-12-16 21:30",
            "    end: 2023-12-16 22:00",
            "moved",
            f"Swan Lake (id001): MOVED, now 16 Dec 2023, 19:00–22:00: {FAR} --follow`",
        ),
        (
            ["puppets", "--on", "2023-12-18"],
            "end: 2023-12-18 19:00, venue: opera",
            "end: 2023-12-18 19:00",
            "moved",
            f"Puppets (id001): MOVED to another place, now City park: {FAR} --follow`",
        ),
        (
            ["poems"],
            "place: Library, start: 2023-12-19, status: postponed",
            "place: Library, start: 2023-12-20",
            "moved",
            f"Poems (id001): MOVED, now 20 Dec 2023: {FAR} --follow`",
        ),
        (
            ["sledges"],
            "venue: lake, start: 2023-12-17",
            "showings: [{id: a, start: 2023-12-19, venue: lake}, {id: b, start: 2023-12-20, venue: lake}]",
            "moved",
            f"Sledge race (id001): MOVED, now 19 Dec 2023; 20 Dec 2023: {FAR} --on DAY`",
        ),
        (
            ["sledges"],
            "start: 2023-12-17}",
            "when: unannounced}",
            "moved",
            "Sledge race (id001): MOVED, now without a date",
        ),
        (
            ["skating", "--on", "2023-12-22"],
            "FREQ=WEEKLY;COUNT=30",
            "FREQ=WEEKLY;COUNT=1",
            "gone",
            "Skating for all (id001): no longer on 22 Dec 2023, 08:00–09:30; `kzfest show skating` tells when it is on",
        ),
        (
            ["poems"],
            "place: Library",
            "place: Castle, city: Astana",
            "moved",
            f"Poems (id001): MOVED to another place, now Castle, Astana: {FAR} --follow`{POSTPONED}",
        ),
        (
            ["poems"],
            "place: Library, start",
            "start",
            "moved",
            f"Poems (id001): MOVED to another place, now not known: {FAR} --follow`{POSTPONED}",
        ),
        (
            ["rinks", "--on", "2023-12-20"],
            "place: Five yards",
            "place: Six yards",
            "moved",
            f"Ice rinks (id001): MOVED to another place, now Six yards, Astana: {FAR} --follow`{OWN_DAY}",
        ),
        (
            ["panorama", "--on", "2023-12-20"],
            "venue: museum, when",
            "venue: park, when",
            "moved",
            f"Panorama (id001): MOVED to another place, now City park: {FAR} --follow`",
        ),
        (
            ["swan"],
            "    end: 2023-12-16 21:30",
            "    end: 2023-12-16 21:30\n    status: cancelled",
            "cancelled",
            "Swan Lake (id001): CANCELLED since it was added",
        ),
        (["swan"], "  - id: swan", "  - id: goose", "gone", "Swan Lake (id001): no longer in the programme"),
        (
            ["swan"],
            "    end: 2023-12-16 21:30",
            "    end: 2023-12-16 21:30\n    status: postponed",
            "same",
            "Swan Lake (id001): POSTPONED",
        ),
        (
            ["rinks", "--on", "2023-12-20"],
            "reported: 2023-12-20",
            "start: 2023-12-20, end: 2023-12-31",
            "same",
            None,
        ),
        (["paintings", "--on", "2023-12-16"], "end: 2023-12-20", "end: 2023-12-17", "same", None),
        (
            ["paintings", "--on", "2023-12-17"],
            "start: 2023-12-15, end: 2023-12-20",
            "start: 2023-12-15, end: 2023-12-16",
            "moved",
            f"Old paintings (id001): MOVED, now 15–16 Dec 2023: {FAR} --follow`",
        ),
        (["swan"], "Swan Lake, kk", "The Swan, kk", "same", None),
        (
            ["swan"],
            "timezone: Asia/Almaty",
            "timezone: Asia/Dubai",
            "moved",
            f"Swan Lake (id001): MOVED, now 16 Dec 2023, 19:00–21:30 (UTC+4): {FAR} --follow`",
        ),
    ],
    ids=[
        "day", "end", "place", "whole-day", "several", "undated", "repeating", "other-place", "no-place",
        "place-undated", "venue-undated", "cancelled", "gone", "postponed",
        "dated-now", "shorter", "closed-before", "title", "zone",
    ],
)  # fmt: skip
def test_what_has_become_of_an_event_is_told(  # noqa: PLR0913, PLR0917  # before, between and after
    mine: Run, rewrite: Run, visits: Visits, added: list[str], old: str, new: str, state: str, told: str | None
) -> None:
    mine("add", *added)
    rewrite(old, new)

    checked = mine("check")

    assert [each["state"] for each in visits()] == [state]
    assert checked == ((0, f"look out  {told}\n", "") if told else (0, "", "1 visit, nothing to look out for\n"))


@pytest.mark.parametrize("added_in", ["en", "kk", "ru"])
@pytest.mark.parametrize(
    ("place", "state"),
    [
        ("{en: Library, kk: Кітапхана, ru: Библиотека}", "same"),
        ("{en: library, kk: «Кітапхана», ru: Библиотека}", "same"),
        ("{en: Library, kk: Кітапхана, ru: Библиотека}, country: KZ", "same"),
        ("{en: Castle, kk: Қамал, ru: Замок}", "moved"),
    ],
)
def test_place_is_compared_in_the_languages_of_the_event(  # noqa: PLR0913, PLR0917  # before, between and after
    mine: Run, rewrite: Run, visits: Visits, added_in: str, place: str, state: str
) -> None:
    """A visit keeps its place in the language of the one who added it, and is shown in another."""
    rewrite("place: Library", "place: {en: Library, kk: Кітапхана, ru: Библиотека}")
    mine("add", "poems", "--lang", added_in)
    rewrite("place: {en: Library, kk: Кітапхана, ru: Библиотека}", f"place: {place}")

    assert [each["state"] for each in visits()] == [state]
    mine("edit", "poems", "--follow", "--lang", "en")
    assert [each["state"] for each in visits()] == ["same"]


def test_cancelled_event_takes_no_time(mine: Run, rewrite: Run, visits: Visits) -> None:
    mine("add", "swan", "songs")
    rewrite("start: 2023-12-16 21:00}", "start: 2023-12-16 21:00, status: cancelled}")

    assert mine("check") == (0, "look out  Songs of the steppe (id002): CANCELLED since it was added\n", "")
    assert [each["clashes"] for each in visits()] == [[], []]


def test_title_is_that_of_the_programme_now(mine: Run, rewrite: Run, visits: Visits) -> None:
    mine("add", "swan")
    rewrite("en: Swan Lake", "en: The Swan")

    assert [each["title"] for each in visits()] == ["The Swan"]


NOT_AT_HAND = "look out  Swan Lake (id001): the programme 'fair' is not at hand; give its file with --data\n"


def test_programme_that_is_gone_leaves_the_visits_and_says_so(mine: Run, fair: Path) -> None:
    mine("add", "swan", "songs")
    fair.unlink()

    code, stdout, _stderr = mine("check", KZFEST_DATA="")
    shown = mine("show", "-f", "json", KZFEST_DATA="")
    swan, _songs = json.loads(shown[1])["visits"]

    assert (code, stdout.splitlines(keepends=True)[:2]) == (
        5,
        ["clash     Swan Lake (id001) and Songs of the steppe (id002) overlap\n", NOT_AT_HAND],
    )
    assert (shown[0], shown[2]) == (0, "1 clash; `kzfest itinerary check` tells more\n")
    assert (swan["state"], swan["title"], swan["venue"], swan["place"], swan["start"]) == (
        None,
        "Swan Lake",
        None,
        "Opera, 1 Qonaev Street, Astana",
        "2023-12-16T19:00:00+06:00",
    )


@pytest.mark.parametrize("broken", ["format: 2\n", "", "\0", "- []"])
def test_programme_that_is_faulty_leaves_the_visits_and_says_so(mine: Run, fair: Path, broken: str) -> None:
    mine("add", "swan")
    fair.write_text(broken, encoding="utf-8")

    faults = "; there is a file with faults: `kzfest check HOME/config/programmes/fair.yaml`"
    assert mine("check", KZFEST_DATA="") == (0, NOT_AT_HAND.replace("\n", f"{faults}\n"), "")


def test_faulty_programme_that_is_named_is_told_as_ever(mine: Run, rewrite: Run) -> None:
    mine("add", "swan")
    rewrite("id: report, title:", "id: report, tite:")

    told = [mine(command) for command in ("show", "check")]

    assert [(code, stdout) for code, stdout, _stderr in told] == [(4, "")] * 2
    assert "unknown key 'tite'; did you mean 'title'?" in told[0][2]
