"""Several itineraries, one current (`use`, `list`, `--itinerary`), several programmes, a damaged file (`restore`)."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run: TypeAlias = "Callable[..., tuple[int, str, str]]"
    Visits: TypeAlias = "Callable[..., list[dict[str, Any]]]"

BACK = "to undo: `kzfest itinerary undo`\n"
HINTS = """\
the itinerary '{name}' is empty
`kzfest list` shows what is on; `kzfest itinerary{named} add EVENT` plans a visit
`kzfest itinerary{named} suggest 2023-12-16..2023-12-18` proposes a plan
"""

EMPTY = """\
{
  "schema": 1,
  "itinerary": {
    "name": "main",
    "revision": 0
  },
  "visits": []
}
"""
FIRST_OF_ALL = """\
{
  "schema": 1,
  "itineraries": [
    {
      "name": "main",
      "visits": 0,
      "current": true
    }
  ]
}
"""
VISIT_FIELDS = (
    "id event programme title day start end end_assumed must note venue address place way clashes state changes changed"
    " more_clashes room planned_room"
).split()


CHOSEN = """\
{
  "schema": 1,
  "itineraries": [
    {
      "name": "trip",
      "visits": 1,
      "current": true
    }
  ]
}
"""
RESTORED = """\
{
  "schema": 1,
  "copy": "damaged-1.itineraries.last-good.sqlite3",
  "itineraries": [
    {
      "name": "main",
      "visits": 1,
      "current": true
    }
  ]
}
"""


@pytest.mark.parametrize("args", [[], ["show"], ["show", "--by", "walk"]])
def test_empty_itinerary_says_what_to_do_next(mine: Run, args: list[str]) -> None:
    assert mine(*args) == (0, "", HINTS.format(name="main", named=""))


@pytest.mark.parametrize(
    ("format_", "stdout"),
    [
        ("json", EMPTY),
        ("jsonl", ""),
        ("csv", ",".join(VISIT_FIELDS) + "\r\n"),
        ("markdown", ""),
    ],
)  # fmt: skip
def test_empty_itinerary_is_an_empty_document(mine: Run, format_: str, stdout: str) -> None:
    assert mine("show", "-f", format_) == (0, stdout, HINTS.format(name="main", named=""))


def test_first_run_makes_no_files(mine: Run, home: Path) -> None:
    for args in (["show"], ["list"], ["check"], ["share"], ["restore"], ["show", "--itinerary", "trip"]):
        assert mine(*args)[0] == 0

    assert not (home / "data").exists()


def test_itineraries_are_listed_with_the_current_one(mine: Run) -> None:
    before = mine("list")
    mine("add", "swan")
    mine("add", "swan", "songs", "--itinerary", "with  Anna")
    mine("use", "trip")

    assert before == (0, "Itinerary  Visits\nmain       0       current\n", "")
    assert mine("list") == (
        0,
        "Itinerary  Visits\nmain       1\ntrip       0       current\nwith Anna  2\n",
        "",
    )


@pytest.mark.parametrize(
    ("format_", "stdout"),
    [
        ("json", FIRST_OF_ALL),
        ("jsonl", '{"name": "main", "visits": 0, "current": true}\n'),
        ("csv", "name,visits,current\r\nmain,0,true\r\n"),
        ("markdown", "| Itinerary | Visits |  |\n| --- | --- | --- |\n| main | 0 | current |\n"),
    ],
)
def test_list_has_the_machine_formats(mine: Run, format_: str, stdout: str) -> None:
    assert mine("list", "-f", format_) == (0, stdout, "")


def test_list_has_no_place_in_a_calendar(mine: Run) -> None:
    sentence = "kzfest: this cannot be written as a calendar; -f ics works with list, export, show and itinerary\n"

    assert mine("list", "-f", "ics") == (2, "", sentence)


def test_use_chooses_the_itinerary_that_is_meant_from_now_on(mine: Run, visits: Visits) -> None:
    chosen = mine("use", "my", "trip")
    mine("add", "swan")
    back = mine("use", "main")

    assert chosen == (0, "", "the current itinerary is 'my trip', a new one\n")
    assert back == (0, "", "the current itinerary is 'main', a new one\n")
    assert [each["event"] for each in visits("--itinerary", "my trip")] == ["swan"]
    assert visits() == []
    assert mine("use", "my trip") == (0, "", "the current itinerary is 'my trip' (1 visit)\n")


def test_other_itinerary_is_named_in_what_to_do_next(mine: Run) -> None:
    empty = mine("show", "--itinerary", "trip")
    added = mine("add", "swan", "songs", "--itinerary", "Anna's")
    shown = mine("show", "--itinerary", "Anna's")

    named = """ --itinerary 'Anna'"'"'s'"""
    assert empty == (0, "", HINTS.format(name="trip", named=" --itinerary trip"))
    assert added[2].splitlines()[-1] == f"to undo: `kzfest itinerary{named} undo`"
    assert shown[2] == f"1 clash; `kzfest itinerary{named} check` shows details\n"


@pytest.mark.parametrize("where", ["before", "behind", "equals"])
def test_itinerary_is_named_before_or_behind_the_command(mine: Run, where: str) -> None:
    mine("add", "swan", "--itinerary", "trip")
    args = {
        "before": ["--itinerary", "trip", "check"],
        "behind": ["check", "--itinerary", "trip"],
        "equals": ["--itinerary=trip", "check"],
    }[where]

    assert mine(*args) == (0, "", "1 visit, no problems\n")


def test_last_named_itinerary_counts(mine: Run) -> None:
    mine("add", "swan", "--itinerary", "trip")

    told = mine("--itinerary", "main", "check", "--itinerary", "trip")

    assert told == (0, "", "1 visit, no problems\n")


@pytest.mark.parametrize("name", ["", "  ", "x" * 61, "a\x1b[31mb", "a\u202eb"])
def test_what_is_no_name_is_refused(mine: Run, name: str) -> None:
    told = [mine("use", name), mine("add", "swan", "--itinerary", name), mine("--itinerary", name, "show")]

    assert [(code, stdout) for code, stdout, _stderr in told] == [(2, "")] * 3
    assert {stderr.endswith("' is not a valid itinerary name; choose a word or two\n") for *_, stderr in told} == {True}
    assert "\x1b" not in told[0][2]


@pytest.mark.parametrize("name", ["сапар", "Anna & Bo", "../../etc", "x" * 60, "-", "😀"])
def test_any_words_are_a_name(mine: Run, visits: Visits, name: str) -> None:
    mine("add", "swan", f"--itinerary={name}")

    assert [each["event"] for each in visits(f"--itinerary={name}")] == ["swan"]


FIRST = """\
Itinerary main

Time         Visit                               Where                            Id
Saturday 16 December 2023
15:00–16:00  Tea time · programme: Village fair  Hall                             id002
19:00–21:30  Swan Lake · programme: Winter fair  Opera · 1 Qonaev Street, Astana  id001
"""


def test_visits_of_several_programmes_are_shown_together_with_the_one_of_each(
    mine: Run, programme: Callable[..., str], visits: Visits
) -> None:
    own = programme(
        "  - {id: tea, title: Tea time, category: fair, place: Hall, start: 2023-12-16 15:00, end: 2023-12-16 16:00}"
    )
    mine("add", "swan")
    mine("add", "tea", "--data", own)
    mine("add", "independence-day", "--on", "2023-12-16", KZFEST_DATA="")

    told = mine("show", KZFEST_DATA="")

    assert [(each["programme"], each["event"], each["state"]) for each in visits()] == [
        ("astana", "independence-day", "same"),
        ("village", "tea", "same"),
        ("fair", "swan", "same"),
    ]
    mine("remove", "independence-day")
    code, stdout, stderr = mine("show", KZFEST_DATA="")
    assert told[0] == 0
    assert (code, stderr) == (0, "")
    assert [re.split("  +", line)[:2] for line in stdout.splitlines()] == [
        re.split("  +", line)[:2] for line in FIRST.splitlines()
    ]


def test_events_with_one_id_in_two_programmes_are_two_visits(mine: Run, programme: Callable[..., str]) -> None:
    own = programme("  - {id: swan, title: A swan, category: fair, start: 2023-12-16}")
    mine("add", "swan")

    assert mine("add", "swan", "--data", own) == (
        0,
        "added  A swan  id002 · Saturday 16 December 2023, hour not known\n",
        f"to undo: `kzfest --data {own} itinerary undo`\n",
    )
    assert mine("suggest", "2023-12-16", "--data", own, "-f", "csv")[1] == "event,title,day,start,end,must,why\r\n"


def test_damaged_file_is_set_aside_and_restored(mine: Run, home: Path, visits: Visits) -> None:
    mine("add", "swan")
    mine("add", "songs")
    before = visits()
    (file,) = (home / "data").glob("itineraries.sqlite3")
    file.write_bytes(b"SQLite format 3\0" + b"\xff" * 5_000)

    damaged = mine("show")
    empty = mine("list")
    restored = mine("restore")

    assert (damaged[0], damaged[1]) == (1, "")
    assert "are damaged; the file is set aside as " in damaged[2]
    assert "`kzfest itinerary restore` brings back the last good copy" in damaged[2]
    assert empty == (0, "Itinerary  Visits\nmain       0       current\n", "")
    assert (restored[0], restored[1]) == (0, "")
    assert re.fullmatch(r"restored from \S+: main \(2\)\n", restored[2])
    assert visits() == before


@pytest.mark.parametrize(
    ("format_", "stdout"),
    [
        ("json", CHOSEN),
        ("csv", "name,visits,current\r\ntrip,1,true\r\n"),
        ("table", ""),
    ],
)
def test_use_has_the_machine_formats(mine: Run, format_: str, stdout: str) -> None:
    mine("add", "swan", "--itinerary", "trip")

    assert mine("use", "trip", "-f", format_) == (0, stdout, "the current itinerary is 'trip' (1 visit)\n")


def test_restore_tells_a_program_what_it_has_restored(mine: Run, home: Path) -> None:
    mine("add", "swan")
    (home / "data" / "itineraries.sqlite3").write_bytes(b"damaged" * 1_000)
    mine("show")

    assert mine("restore", "-f", "json")[:2] == (0, RESTORED)


def test_restore_without_a_copy_tells_a_program_so(mine: Run) -> None:
    code, stdout, _stderr = mine("restore", "-f", "json")

    assert (code, json.loads(stdout)) == (0, json.loads(FIRST_OF_ALL) | {"copy": None})


def test_restore_without_a_copy_says_where_it_looked(mine: Run) -> None:
    assert mine("restore") == (0, "", "no saved copy in HOME/data\n")


def test_restore_never_replaces_visits_unasked(mine: Run, home: Path, visits: Visits) -> None:
    mine("add", "swan")
    (file,) = (home / "data").glob("itineraries.sqlite3")
    file.write_bytes(b"damaged" * 1_000)
    mine("show")
    mine("add", "night")

    refused = mine("restore")
    still = visits()
    replaced = mine("restore", "--replace")

    sentence = (
        "there are visits now; `kzfest itinerary restore --replace` sets them aside, "
        "and `share` lets you merge them later"
    )
    assert refused == (1, "", f"kzfest: {sentence}\n")
    assert [each["event"] for each in still] == ["night"]
    assert replaced[0] == 0
    assert [each["event"] for each in visits()] == ["swan"]


WARNED = "outside its hours: 16 Dec 2023, 19:00–21:30 · programme: Winter fair\n"


def test_visits_of_another_programme_than_the_one_asked_say_so_once(mine: Run, programme: Callable[..., str]) -> None:
    own = programme("  - {id: tea, title: Tea time, category: fair, place: Hall, start: 2023-12-16 15:00}")
    mine("add", "swan")

    other = mine("show", "--data", own)
    asked = mine("show")
    mine("edit", "swan", "--at", "18:00")
    warned = mine("check", "--data", own)
    mine("add", "tea", "--data", own)
    _code, both, _stderr = mine("show", "--data", own)

    assert (other[0], other[1].splitlines()[0], other[2]) == (0, "Itinerary main · programme: Winter fair", "")
    assert warned == (0, "id001  Swan Lake · Saturday 16 December 2023, 18:00–21:30 · " + WARNED, "")
    assert asked[1].splitlines()[0] == "Itinerary main"
    assert [re.split("  +", line)[1] for line in both.splitlines()[4:]] == [
        "Tea time",
        "Swan Lake · outside its hours: 16 Dec 2023, 19:00–21:30 · programme: Winter fair",
    ]
