"""`kzfest itinerary share` and `merge`: one line carries a plan to somebody else, and their plan is compared."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run: TypeAlias = "Callable[..., tuple[int, str, str]]"
    Visits: TypeAlias = "Callable[..., list[dict[str, Any]]]"

BACK = "to undo: `kzfest itinerary undo`\n"
NO_TOKEN = "kzfest: this is not a token of `kzfest itinerary share`, or it is incomplete\n"
OPERA = "Opera, 1 Qonaev Street, Astana"
TEN = "10 visits; others add them with `kzfest itinerary merge TOKEN`\n"


def test_what_was_shared_is_merged_with_its_ids(mine: Run, token: str, visits: Visits) -> None:
    code, stdout, stderr = mine("merge", token)

    assert (code, stderr.splitlines(keepends=True)[-1]) == (0, BACK)
    assert [line.split("  ")[0] for line in stdout.splitlines()] == ["added"] * 10
    assert [each["id"] for each in visits()] == [
        "v-paintings", "v-swan", "v-songs", "v-night", "v-puppets", "v-lunch", "v-panorama", "v-poems", "v-rinks",
        "v-photos",
    ]  # fmt: skip
    code, shared, stderr = mine("share")
    assert (code, stderr) == (0, TEN)
    assert mine("merge", shared.strip()) == (0, "", "nothing has changed\n")


def test_merging_again_changes_nothing(mine: Run, token: str, visits: Visits) -> None:
    mine("merge", token)
    before = visits()

    again = [mine("merge", token), mine("merge", token, "--replace")]

    assert again == [(0, "", "nothing has changed\n")] * 2
    assert visits() == before


def test_merged_visits_are_as_if_they_had_been_added(mine: Run, visits: Visits) -> None:
    mine("add", "swan", "songs", "--must")
    mine("add", "puppets", "--on", "2023-12-17", "--at", "14:00")
    mine("add", "skating", "--on", "2023-12-22")
    mine("add", "photos", "jam", "--on", "2023-12-20", "--note", "?")
    mine("add", "--own", "Обед", "--on", "2023-12-16", "--at", "00:30", "--for", "90m", "--venue", "park")
    _code, token, _stderr = mine("share")

    mine("merge", token.strip(), "--itinerary", "trip")

    ours, theirs = visits(), visits("--itinerary", "trip")
    assert [each | {"changes": 0} for each in theirs] == ours
    assert {each["changes"] for each in theirs} == {1}  # their ids are in use here, and counters only ever rise
    outcome = mine("check", "--itinerary", "trip")
    assert (outcome[0], *(told.replace(" --itinerary trip", "") for told in outcome[1:])) == mine("check")


def test_token_is_read_from_standard_input(home: Path, fair: Path, token: str) -> None:
    environment = os.environ | {"KZFEST_HOME": str(home), "KZFEST_DATA": str(fair), "KZFEST_NOW": "2023-12-10T12:00"}

    done = subprocess.run(
        [sys.executable, "-m", "kzfest", "itinerary", "merge", "-"],
        input=f"{token[:50]}\n{token[50:]}\n",
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout.count("added"), done.stderr.splitlines()[-1]) == (0, 10, BACK.strip())


@pytest.mark.parametrize("text", ["xyz", "kzf1:", "kzf1:xyz", ""])
def test_what_is_no_token_is_refused(mine: Run, visits: Visits, text: str) -> None:
    assert [mine("merge", text, *args) for args in ([], ["--replace"], ["--diff"])] == [(1, "", NO_TOKEN)] * 3
    assert visits() == []


def test_half_a_token_is_refused(mine: Run, token: str) -> None:
    assert mine("merge", token[:100]) == (1, "", NO_TOKEN)


def test_replace_and_diff_do_not_go_together(mine: Run, token: str) -> None:
    sentence = "kzfest: --diff changes nothing; do not combine it with --replace\n"

    assert mine("merge", token, "--diff", "--replace") == (2, "", sentence)


@pytest.fixture(name="theirs")
def _theirs(mine: Run) -> str:
    """Return the token of a friend, while one's own plan has something of it, something else, and another hour."""
    mine("add", "swan", "songs")
    mine("add", "--own", "Tea", "--on", "2023-12-16", "--at", "14:00", "--for", "1h")
    theirs = mine("share")[1].strip()
    mine("remove", "songs")
    mine("edit", "swan", "--at", "20:00")
    mine("add", "night")
    return theirs


DIFFERENCE = """\
Visit                When                                                                                   Where
both
Tea                  Saturday 16 December 2023, 14:00–15:00
Swan Lake            Saturday 16 December 2023, 20:00–21:30 · they: Saturday 16 December 2023, 19:00–21:30  \
Opera, 1 Qonaev Street, Astana

only you
Long night           Saturday 16 December 2023, 00:30–03:00 in the night to 17 Dec 2023                     \
Night club, Astana

only them
Songs of the steppe  Saturday 16 December 2023, 21:00–23:00, end assumed                                    \
City park, Astana
"""


def test_difference_is_told_and_nothing_changed(mine: Run, theirs: str, visits: Visits) -> None:
    before = visits()

    assert mine("merge", theirs, "--diff") == (0, DIFFERENCE, "")
    assert visits() == before


def test_difference_names_a_venue_in_the_language_of_the_answer(mine: Run, theirs: str) -> None:
    mine("clear")
    mine("add", "swan", KZFEST_LANG="ru")

    _code, stdout, _stderr = mine("merge", theirs, "--diff")

    assert [line.split("  ")[-1].strip() for line in stdout.splitlines() if "Qonaev" in line] == [
        "Opera, 1 Qonaev Street, Astana"
    ]


def test_difference_to_an_empty_itinerary_is_all(mine: Run, theirs: str) -> None:
    code, stdout, stderr = mine("merge", theirs, "--diff", "--itinerary", "nobody")

    assert (code, stderr) == (0, "")
    assert [line.rstrip() for line in stdout.splitlines() if "  " not in line] == ["only them"]


def test_merge_adds_what_is_missing_and_keeps_ones_own_hours(mine: Run, theirs: str, visits: Visits) -> None:
    told = (
        "'Swan Lake' is at another time there; kept yours\nSongs of the steppe: CLASH: overlaps with Swan Lake\n" + BACK
    )
    added = (
        "added  Songs of the steppe  id002 · Saturday 16 December 2023, 21:00–23:00, end assumed · City park, Astana\n"
    )

    assert mine("merge", theirs) == (0, added, told)
    assert [(each["title"], each["start"][11:16]) for each in visits()] == [
        ("Tea", "14:00"),
        ("Swan Lake", "20:00"),
        ("Songs of the steppe", "21:00"),
        ("Long night", "00:30"),
    ]


def test_replace_takes_their_visits_as_one_change(mine: Run, theirs: str, visits: Visits) -> None:
    before = visits()

    code, stdout, _stderr = mine("merge", theirs, "--replace")
    replaced = visits()
    mine("undo")

    assert (code, [line.split("  ")[0] for line in stdout.splitlines()]) == (0, ["changed", "removed", "added"])
    assert [(each["title"], each["start"][11:16]) for each in replaced] == [
        ("Tea", "14:00"),
        ("Swan Lake", "19:00"),
        ("Songs of the steppe", "21:00"),
    ]
    assert [each["title"] for each in visits()] == [each["title"] for each in before]


TEA_TIME = """\
Itinerary other · programme: Village fair

Time                       Visit     Where  Id
Saturday 16 December 2023
16:00–18:00 · end assumed  Tea time  Hall   id001
"""


def test_replacing_again_after_changes_of_ones_own_changes_nothing(mine: Run, theirs: str, visits: Visits) -> None:
    mine("merge", theirs, "--replace")
    before = visits()

    assert mine("merge", theirs, "--replace") == (0, "", "nothing has changed\n")
    assert visits() == before


def test_merged_visit_of_a_cancelled_event_takes_no_time(mine: Run, rewrite: Callable[..., None]) -> None:
    mine("add", "swan", "songs")
    token = mine("share")[1].strip()
    rewrite("start: 2023-12-16 21:00}", "start: 2023-12-16 21:00, status: cancelled}")

    merged = mine("merge", token, "--itinerary", "trip")

    assert merged[2].splitlines()[0] == "Songs of the steppe: CANCELLED"
    told = "id002  Songs of the steppe · Saturday 16 December 2023, 21:00–23:00, end assumed · CANCELLED\n"
    assert mine("check", "--itinerary", "trip")[:2] == (0, told)


def test_visits_of_a_programme_that_they_have_alone_are_merged_with_their_titles(
    mine: Run, programme: Callable[..., str]
) -> None:
    file = programme("  - {id: tea, title: Tea time, category: fair, place: Hall, start: 2023-12-16 16:00}")
    mine("add", "tea", "--data", file, "--itinerary", "theirs")
    _code, token, _stderr = mine("share", "--itinerary", "theirs")

    without = mine("merge", token.strip())
    shown = mine("show")
    with_it = mine("merge", token.strip(), "--itinerary", "other", "--data", file)
    later = mine("show", "--itinerary", "other")

    when = "Saturday 16 December 2023, 16:00–18:00, end assumed"
    missing = "no programme 'village' found; pass its file with --data"
    assert without == (0, f"added  Tea time  id001 · {when} · Hall\n", f"Tea time: {missing}\n{BACK}")
    assert missing in shown[1]
    assert with_it == (
        0,
        f"added  Tea time  id001 · {when} · Hall\n",
        f"to undo: `kzfest --data {file} itinerary --itinerary other undo`\n",
    )
    assert later == (0, TEA_TIME, "")


def test_empty_itinerary_is_shared_as_one_of_no_visits(mine: Run) -> None:
    code, token, stderr = mine("share")

    told = "0 visits; others add them with `kzfest itinerary merge TOKEN`\n"
    assert (code, stderr, mine("merge", token.strip())) == (0, told, (0, "", "nothing has changed\n"))


def test_both_showings_of_a_day_are_merged(mine: Run, visits: Visits) -> None:
    for hour in ("11:00", "14:00"):
        mine("add", "puppets", "--on", "2023-12-17", "--at", hour, "--itinerary", "theirs")
    mine("add", "puppets", "--on", "2023-12-17", "--at", "14:00")
    _code, token, _stderr = mine("share", "--itinerary", "theirs")

    code, stdout, stderr = mine("merge", token.strip())

    assert (code, stdout.count("added"), stderr) == (0, 1, BACK)
    assert [each["start"][11:16] for each in visits()] == ["11:00", "14:00"]


def test_replaced_visit_keeps_the_higher_of_both_counters(mine: Run, visits: Visits) -> None:
    mine("add", "swan")
    _code, token, _stderr = mine("share")
    for note in "abc":
        mine("edit", "swan", "--note", note)
    _code, newer, _stderr = mine("share")

    mine("merge", token.strip(), "--replace")
    first = [each["changes"] for each in visits()]
    mine("merge", newer.strip(), "--replace")

    assert (first, [each["changes"] for each in visits()]) == ([4], [5])


def test_token_is_asked_for_on_a_terminal(home: Path, fair: Path, token: str) -> None:
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    os.write(ours, f"{token}\n\x04".encode())

    done = subprocess.run(
        [sys.executable, "-m", "kzfest", "itinerary", "merge", "-"],
        env=os.environ | {"KZFEST_HOME": str(home), "KZFEST_DATA": str(fair), "KZFEST_NOW": "2023-12-10T12:00"},
        stdin=theirs,
        capture_output=True,
        text=True,
        check=False,
    )

    os.close(theirs)
    os.close(ours)
    asked, *_warnings, back = done.stderr.splitlines(keepends=True)
    wanted = "paste the line that `share` printed, then press Enter and Ctrl-D\n"
    assert (done.returncode, len(done.stdout.splitlines()), asked, back) == (0, 10, wanted, BACK)
