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
    Told: TypeAlias = "tuple[str, ...] | None"


SWAN = "  - id: swan\n    title: {en: Swan Lake, kk: Аққулар көлі, ru: Лебединое озеро}\n"
GOOSE = "  - id: goose\n    title: Goose\n"
OFFER = "`kzfest itinerary repair` proposes how to repair the plan\n"


def remarks(outcome: tuple[int, str, str]) -> tuple[int, list[tuple[str, ...]], str]:
    """Return how a check ended, and for each visit that it names its title, its id and what is to be looked out for.

    The offer to repair the plan is left out.
    """
    code, stdout, stderr = outcome
    rows = [(*line.split("  ", 1)[:1], *line.split("  ", 1)[1].split(" · ")) for line in stdout.splitlines()]
    return code, [(title, key, *told) for key, title, _when, *told in rows], stderr.replace(OFFER, "")


@pytest.mark.parametrize(
    ("events", "told"),
    [
        ([], "0 visits, no problems\n"),
        (["swan"], "1 visit, no problems\n"),
        (["swan", "night"], "2 visits, no problems\n"),
    ],
)
def test_nothing_to_look_out_for_is_said(mine: Run, events: list[str], told: str) -> None:
    if events:
        mine("add", *events)

    assert mine("check") == (0, "", told)


def test_overlap_is_a_clash_and_exits_with_5(mine: Run) -> None:
    mine("add", "swan", "songs")

    told = (
        "id001  Swan Lake · Saturday 16 December 2023, 19:00–21:30 · CLASH: overlaps with Songs of the steppe (id002) "
        "for 30 min; to arrive late: `kzfest itinerary edit id002 --at 21:50`\n"
    )
    assert mine("check") == (5, told, OFFER)


@pytest.mark.parametrize(
    ("by", "code", "told"),
    [
        ("car", 0, ""),
        (
            "walk",
            5,
            (
                "id001  Swan Lake · Saturday 16 December 2023, 19:00–21:30 · NOT ENOUGH TIME: 52 min needed on foot to "
                "Tea (id002), only 30 available; to keep both: `kzfest itinerary edit id002 --at 17:05`\n"
            ),
        ),
    ],
)
def test_way_is_counted_as_one_gets_about(mine: Run, by: str, code: int, told: str) -> None:
    mine("add", "swan")
    mine("add", "--own", "Tea", "--on", "2023-12-16", "--at", "22:00", "--for", "1h", "--venue", "park")

    assert mine("check", "--by", by)[:2] == (code, told)


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

    told = (
        "id001  Old paintings · Saturday 16 December 2023, 17:00–18:00 · NOT ENOUGH TIME: 25 min needed by car to Tea "
        "(id002), only 20 available (estimate); to keep both: `kzfest itinerary edit id002 --at 18:25`\n"
    )
    assert mine("check") == (5, told, OFFER)


@pytest.mark.parametrize("other", ["20:30", "23:00"])
def test_back_to_back_at_one_place_is_no_clash(mine: Run, other: str) -> None:
    mine("add", "songs")
    mine("add", "--own", "Tea", "--on", "2023-12-16", "--at", other, "--for", "30m", "--venue", "park")

    assert mine("check") == (0, "", "2 visits, no problems\n")


def test_visits_without_an_hour_never_clash(mine: Run) -> None:
    mine("add", "swan")
    mine("add", "paintings", "panorama", "--on", "2023-12-16")

    assert mine("check") == (0, "", "3 visits, no problems\n")


def test_no_way_is_known_to_a_place_without_a_location(mine: Run) -> None:
    mine("add", "--own", "Tea", "--on", "2023-12-16", "--at", "23:00", "--for", "90m", "--venue", "opera")
    mine("add", "night")

    assert mine("check") == (0, "", "2 visits, no problems\n")


@pytest.mark.parametrize("by", ["bus", "", "CAR"])
def test_unknown_way_to_get_about_is_refused(mine: Run, by: str) -> None:
    sentence = f"kzfest: unknown travel mode '{by}'; choose walk or car\n"

    assert [mine(command, "--by", by) for command in ("check", "show")] == [(2, "", sentence)] * 2


def test_what_is_outside_hours_is_no_clash_and_exits_with_0(mine: Run) -> None:
    mine("add", "swan", "--at", "18:00", "--for", "1h")
    mine("add", "paintings", "--on", "2023-12-17", "--at", "09:30", "--for", "1h")
    mine("add", "paintings", "--on", "2023-12-18")
    mine("add", "--own", "Party", "--on", "2023-12-16", "--at", "03:30", "--for", "1h", "--venue", "club")

    told = [
        ("Swan Lake", "id001", "outside its hours: 16 Dec 2023, 19:00–21:30"),
        ("Party", "id004", "outside the venue's usual hours: 20:00–04:00"),
        ("Old paintings", "id002", "outside the venue's usual hours: 10:00–18:00"),
        ("Old paintings", "id003", "usually closed on Monday"),
    ]
    assert remarks(mine("check")) == (0, told, "")


def test_hours_of_an_event_overrule_those_of_its_venue(mine: Run, rewrite: Callable[..., None]) -> None:
    rewrite("end: 2023-12-18 19:00, venue: opera", "end: 2023-12-18 19:00, venue: museum")
    mine("add", "puppets", "--on", "2023-12-18")

    assert mine("check") == (0, "", "1 visit, no problems\n")


POSTPONED = "POSTPONED"
OWN_DAY = "no source gives its date; you chose the day"
SKATING = "22 Dec 2023, 08:00–09:30"
FAR = "`kzfest itinerary edit id001"


@pytest.mark.parametrize(
    ("added", "old", "new", "state", "told"),
    [
        (
            ["swan"],
            "start: 2023-12-16 19:00\n    end: 2023-12-16 21:30",
            "start: 2023-12-17 18:00\n    end: 2023-12-17 20:00",
            "moved",
            ("Swan Lake", "id001", f"MOVED, now 17 Dec 2023, 18:00–20:00: {FAR} --follow`"),
        ),
        (
            ["swan"],
            "    end: 2023-12-16 21:30",
            "    end: 2023-12-16 22:00",
            "moved",
            ("Swan Lake", "id001", f"MOVED, now 16 Dec 2023, 19:00–22:00: {FAR} --follow`"),
        ),
        (
            ["puppets", "--on", "2023-12-18"],
            "end: 2023-12-18 19:00, venue: opera",
            "end: 2023-12-18 19:00",
            "moved",
            ("Puppets", "id001", f"MOVED to another place, now City park: {FAR} --follow`"),
        ),
        (
            ["poems"],
            "place: Library, start: 2023-12-19, status: postponed",
            "place: Library, start: 2023-12-20",
            "moved",
            ("Poems", "id001", f"MOVED, now 20 Dec 2023: {FAR} --follow`"),
        ),
        (
            ["sledges"],
            "venue: lake, start: 2023-12-17",
            "showings: [{id: a, start: 2023-12-19, venue: lake}, {id: b, start: 2023-12-20, venue: lake}]",
            "moved",
            ("Sledge race", "id001", f"MOVED, now 19 Dec 2023; 20 Dec 2023: {FAR} --on DAY`"),
        ),
        (
            ["sledges"],
            "start: 2023-12-17}",
            "when: unannounced}",
            "moved",
            ("Sledge race", "id001", "MOVED, now without a date"),
        ),
        (
            ["skating", "--on", "2023-12-22"],
            "FREQ=WEEKLY;COUNT=30",
            "FREQ=WEEKLY;COUNT=1",
            "gone",
            ("Skating for all", "id001", f"no longer on {SKATING}; `kzfest show skating` shows when it is on"),
        ),
        (
            ["poems"],
            "place: Library",
            "place: Castle, city: Astana",
            "moved",
            ("Poems", "id001", f"MOVED to another place, now Castle, Astana: {FAR} --follow`", POSTPONED),
        ),
        (
            ["poems"],
            "place: Library, start",
            "start",
            "moved",
            ("Poems", "id001", f"MOVED to another place, now not known: {FAR} --follow`", POSTPONED),
        ),
        (
            ["rinks", "--on", "2023-12-20"],
            "place: Five yards",
            "place: Six yards",
            "moved",
            ("Ice rinks", "id001", f"MOVED to another place, now Six yards, Astana: {FAR} --follow`", OWN_DAY),
        ),
        (
            ["panorama", "--on", "2023-12-20"],
            "venue: museum, when",
            "venue: park, when",
            "moved",
            ("Panorama", "id001", f"MOVED to another place, now City park: {FAR} --follow`"),
        ),
        (
            ["swan"],
            "    end: 2023-12-16 21:30",
            "    end: 2023-12-16 21:30\n    status: cancelled",
            "cancelled",
            ("Swan Lake", "id001", "CANCELLED since it was added"),
        ),
        (["swan"], SWAN, GOOSE, "gone", ("Swan Lake", "id001", "no longer in the programme")),
        (
            ["swan"],
            "    end: 2023-12-16 21:30",
            "    end: 2023-12-16 21:30\n    status: postponed",
            "same",
            ("Swan Lake", "id001", "POSTPONED"),
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
            ("Old paintings", "id001", f"MOVED, now 15–16 Dec 2023: {FAR} --follow`"),
        ),
        (["swan"], "Swan Lake, kk", "The Swan, kk", "same", None),
        (
            ["swan"],
            "timezone: Asia/Almaty",
            "timezone: Asia/Dubai",
            "moved",
            ("Swan Lake", "id001", f"MOVED, now 16 Dec 2023, 19:00–21:30 (UTC+4): {FAR} --follow`"),
        ),
    ],
    ids=[
        "day", "end", "place", "whole-day", "several", "undated", "repeating", "other-place", "no-place",
        "place-undated", "venue-undated", "cancelled", "gone", "postponed",
        "dated-now", "shorter", "closed-before", "title", "zone",
    ],
)  # fmt: skip
def test_what_has_become_of_an_event_is_told(  # noqa: PLR0913, PLR0917  # before, between and after
    mine: Run,
    rewrite: Run,
    visits: Visits,
    added: list[str],
    old: str,
    new: str,
    state: str,
    told: Told,
) -> None:
    mine("add", *added)
    rewrite(old, new)

    checked = mine("check")

    assert [each["state"] for each in visits()] == [state]
    assert remarks(checked) == ((0, [told], "") if told else (0, [], "1 visit, no problems\n"))


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

    told = [("Songs of the steppe", "id002", "CANCELLED since it was added")]
    assert remarks(mine("check")) == (0, told, "")
    assert [each["clashes"] for each in visits()] == [[], []]


def test_title_is_that_of_the_programme_now(mine: Run, rewrite: Run, visits: Visits) -> None:
    mine("add", "swan")
    rewrite("en: Swan Lake", "en: The Swan")

    assert [each["title"] for each in visits()] == ["The Swan"]


NOT_AT_HAND = "no programme 'fair' found; pass its file with --data"


def test_programme_that_is_gone_leaves_the_visits_and_says_so(mine: Run, fair: Path) -> None:
    mine("add", "swan", "songs")
    fair.unlink()

    code, told, _stderr = remarks(mine("check", KZFEST_DATA=""))
    shown = mine("show", "-f", "json", KZFEST_DATA="")
    swan, _songs = json.loads(shown[1])["visits"]

    late = "for 30 min; to arrive late: `kzfest itinerary edit id002 --at 21:30`"
    swan_told = ("Swan Lake", "id001", f"CLASH: overlaps with Songs of the steppe (id002) {late}", NOT_AT_HAND)
    assert (code, told) == (5, [swan_told, ("Songs of the steppe", "id002", NOT_AT_HAND)])
    assert (shown[0], shown[2]) == (0, "1 clash; `kzfest itinerary check` shows details\n")
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

    faults = "; one file has faults: `kzfest check HOME/config/programmes/fair.yaml`"
    assert remarks(mine("check", KZFEST_DATA="")) == (0, [("Swan Lake", "id001", f"{NOT_AT_HAND}{faults}")], "")


def test_faulty_programme_that_is_named_is_told_as_ever(mine: Run, rewrite: Run) -> None:
    mine("add", "swan")
    rewrite("id: report, title:", "id: report, tite:")

    told = [mine(command) for command in ("show", "check")]

    assert [(code, stdout) for code, stdout, _stderr in told] == [(4, "")] * 2
    assert "unknown key 'tite'; did you mean 'title'?" in told[0][2]
