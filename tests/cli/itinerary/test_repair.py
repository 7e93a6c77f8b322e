"""`kzfest itinerary repair`: what it proposes for each kind of trouble, and what `--save` changes."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
from io import StringIO
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

from kzfest.cli.commands.itinerary.check import HAS_CLASHES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run: TypeAlias = "Callable[..., tuple[int, str, str]]"
    Rewrite: TypeAlias = "Callable[[str, str], None]"
    Visits: TypeAlias = "Callable[..., list[dict[str, Any]]]"

SAVE = "`kzfest itinerary repair --save` saves it\n"
BACK = "to undo: `kzfest itinerary undo`\n"
FINE = "no visit needs a repair\n"
MORNING = "id: morning, start: 2023-12-17 11:00, end: 2023-12-17 12:00"
SWAN_ITSELF = "  - id: swan\n    title: {en: Swan Lake, kk: Аққулар көлі, ru: Лебединое озеро}\n"
SWAN = "start: 2023-12-16 19:00\n    end: 2023-12-16 21:30"
PAINTINGS = "venue: museum, start: 2023-12-15, end: 2023-12-20}"
TEA = ("--own", "Tea", "--on", "2023-12-16", "--at", "20:30", "--for", "1h")

KEPT = ("must", "note", "event", "programme")
LATE = "to arrive late: `kzfest itinerary edit v-songs --at 21:50`"
ROWS = (
    ("Old paintings", "17:40–18:40  17:00–18:00", "clashes with Swan Lake", "v-paintings"),
    ("Songs of the steppe", "21:00–23:00  dropped", f"clashes with Swan Lake · {LATE}", "v-songs"),
    ("Puppets", "11:00–12:00  10:00–11:00", "moved", "v-puppets"),
    ("Ice rinks", "any time     dropped", "cancelled", "v-rinks"),
)


def rows(page: str) -> list[tuple[str, ...]]:
    """Return the cells of a page of repairs; the times before and after in one."""
    lines = [line for line in page.splitlines()[1:] if line and not line.endswith("December 2023")]
    return [(line[:19].rstrip(), line[21:46].rstrip(), *re.split("  +", line[47:])) for line in lines]


def proposed(outcome: tuple[int, str, str]) -> dict[str, tuple[str, str | None]]:
    """Return by event why it changes, and its new start."""
    found = json.loads(outcome[1])["repairs"]
    return {each["before"]["event"]: (each["cause"], each["after"] and each["after"]["start"][:16]) for each in found}


@pytest.mark.parametrize(
    ("added", "change", "expected"),
    [
        (  # the showing has another hour
            ["swan"],
            (SWAN, SWAN.replace("19:00", "18:00")),
            {"swan": ("moved", "2023-12-16T18:00")},
        ),
        (  # another showing is nearer than where it went
            ["puppets", "--on", "2023-12-17", "--at", "11:00"],
            (MORNING, MORNING.replace("12-17", "12-29")),
            {"puppets": ("moved", "2023-12-17T14:00")},
        ),
        (  # it was dropped from the programme, others are on
            ["puppets", "--on", "2023-12-17", "--at", "11:00"],
            (f"      - {{{MORNING}}}\n", ""),
            {"puppets": ("gone", "2023-12-17T14:00")},
        ),
        (  # it is cancelled, others are on
            ["puppets", "--on", "2023-12-17", "--at", "11:00"],
            (MORNING, f"{MORNING}, status: cancelled"),
            {"puppets": ("cancelled", "2023-12-17T14:00")},
        ),
        (["swan"], (SWAN, f"{SWAN}\n    status: cancelled"), {"swan": ("cancelled", None)}),
        (["swan"], (SWAN, f"{SWAN}\n    status: postponed"), {"swan": ("postponed", None)}),
        (["swan"], (SWAN_ITSELF, "  - id: goose\n    title: Goose\n"), {"swan": ("gone", None)}),
        (  # it is over earlier
            ["paintings", "--on", "2023-12-19"],
            (PAINTINGS, PAINTINGS.replace("12-20", "12-17")),
            {"paintings": ("moved", "2023-12-17")},
        ),
        (  # it moves, and the hour that the user chose stays
            ["paintings", "--on", "2023-12-17", "--at", "11:00", "--for", "40m"],
            (PAINTINGS, PAINTINGS.replace("museum", "park")),
            {"paintings": ("moved", "2023-12-17T11:00")},
        ),
        (  # it is open later, so the hour that the user chose is the nearest that is left
            ["paintings", "--on", "2023-12-17", "--at", "11:00", "--for", "40m"],
            (PAINTINGS, PAINTINGS.replace("}", ', hours: "12:00-18:00"}')),
            {"paintings": ("moved", "2023-12-17T12:00")},
        ),
        (["poems"], ("title: Poems", "title: Verses"), {}),  # it was postponed before
        (["poems"], ("start: 2023-12-19", "start: 2023-12-20"), {"poems": ("moved", "2023-12-20")}),
        (["swan"], ("title: Puppets", "title: Marionettes"), {}),
    ],
)
def test_visit_that_cannot_stay(
    mine: Run, rewrite: Rewrite, added: list[str], change: tuple[str, str], expected: dict[str, Any]
) -> None:
    mine("add", *added)
    rewrite(*change)

    outcome = mine("repair", "-f", "json")

    assert (outcome[0], proposed(outcome), outcome[2]) == (0, expected, SAVE if expected else FINE)


@pytest.mark.parametrize(
    ("added", "expected"),
    [
        ([["swan"], ["songs"]], {"songs": ("clash", None)}),  # of equals, the earlier stays
        ([["swan"], ["songs", "--must"]], {"swan": ("clash", None)}),
        ([["swan"], TEA], {"swan": ("clash", None)}),  # an appointment stays
        (  # an exhibition is open at other hours
            [["paintings", "--on", "2023-12-16", "--at", "12:00"], (*TEA[:4], "--at", "12:30", "--venue", "opera")],
            {"paintings": ("clash", "2023-12-16T10:35")},
        ),
        (  # of a theatre there is another showing
            [["puppets", "--on", "2023-12-17", "--at", "11:00"], (*TEA[:2], "--on", "2023-12-17", "--at", "11:30")],
            {"puppets": ("clash", "2023-12-17T14:00")},
        ),
        (  # but not if it is planned already
            [
                ["puppets", "--on", "2023-12-17", "--at", "11:00"],
                ["puppets", "--on", "2023-12-17", "--at", "14:00"],
                ["puppets", "--on", "2023-12-18"],
                (*TEA[:2], "--on", "2023-12-17", "--at", "11:30", "--for", "1h"),
            ],
            {"puppets": ("clash", None)},
        ),
        ([["swan"], ["paintings", "--on", "2023-12-16"]], {}),
    ],
)
def test_visits_that_clash(mine: Run, added: list[list[str]], expected: dict[str, Any]) -> None:
    for args in added:
        mine("add", *args)

    outcome = mine("repair", "-f", "json")

    assert (outcome[0], proposed(outcome)) == (0, expected)


def test_showing_that_is_sold_out_is_no_way_out(mine: Run, rewrite: Rewrite) -> None:
    mine("add", "puppets", "--on", "2023-12-17", "--at", "11:00")
    rewrite(MORNING, f"{MORNING}, status: cancelled")
    rewrite("title: Puppets", "title: Puppets\n    sold_out: true")

    assert proposed(mine("repair", "-f", "json")) == {"puppets": ("cancelled", None)}


def test_clash_of_appointments_is_left_and_told(mine: Run) -> None:
    mine("add", *TEA)
    mine("add", "--own", "Bus", *TEA[2:4], "--at", "21:00")

    page = "Cannot be repaired\nid001  Tea · CLASH: overlaps with Bus (id002) for 30 min\n"
    assert mine("repair") == (HAS_CLASHES, page, FINE)
    document = json.loads(mine("repair", "-f", "json")[1])
    assert [(each["first"], each["second"]) for each in document["left"]] == [("id001", "id002")]


def reasons(outcome: tuple[int, str, str]) -> dict[str, str]:
    """Return by event why it changes, in words."""
    return {each["before"]["event"]: each["why"] for each in json.loads(outcome[1])["repairs"]}


def test_moved_visit_is_dropped_if_it_then_clashes(mine: Run, rewrite: Rewrite) -> None:
    mine("add", "songs", "--must")
    mine("add", "swan")
    rewrite(SWAN, "start: 2023-12-16 21:00\n    end: 2023-12-16 23:30")

    assert reasons(mine("repair", "-f", "json")) == {
        "swan": "moved; would then clash with Songs of the steppe",
    }


def test_visit_makes_room_for_a_must_that_moves(mine: Run, rewrite: Rewrite) -> None:
    mine("add", "songs", "--must")
    mine("add", "paintings", "--on", "2023-12-16", "--at", "15:00", "--for", "1h")
    rewrite("start: 2023-12-16 21:00}", "start: 2023-12-16 15:30}")

    found = mine("repair", "-f", "json")

    assert reasons(found) == {"paintings": "makes room for Songs of the steppe", "songs": "moved"}
    assert proposed(found)["paintings"] == ("room", "2023-12-16T14:00")


def test_event_that_is_out_of_the_programme_is_told_so(mine: Run, rewrite: Rewrite) -> None:
    mine("add", "swan")
    mine("add", "puppets", "--on", "2023-12-17", "--at", "11:00")
    rewrite(SWAN_ITSELF, "  - id: goose\n    title: Goose\n")
    rewrite(f"      - {{{MORNING}}}\n", "")

    assert reasons(mine("repair", "-f", "json")) == {
        "swan": "no longer in the programme",
        "puppets": "no longer on that day",
    }


def test_other_place_is_shown_beside_the_planned_one(mine: Run, rewrite: Rewrite) -> None:
    mine("add", "puppets", "--on", "2023-12-17", "--at", "14:00", "--must")
    rewrite("      - {id: afternoon, start: 2023-12-17 14:00, end: 2023-12-17 15:00}\n", "")
    rewrite(f"      - {{{MORNING}}}\n", "      - {id: last, start: 2023-12-30 18:00, end: 2023-12-30 19:00}\n")

    *_head, row = mine("repair")[1].splitlines()

    places = ("14:00–15:00 · City park, Astana", "18 Dec 2023 · 18:00–19:00 · Opera, 1 Qonaev Street, Astana")
    assert re.split("  +", row) == ["Puppets (must)", *places, "no longer on that day", "id001"]


def test_hundreds_of_clashes_are_told_from_the_nearest_times(mine: Run, fair: Path) -> None:
    halls = (f"  - {{id: hall{n}, title: Hall {n}, category: fair, venue: park, when: permanent}}\n" for n in range(12))
    fair.write_text(fair.read_text(encoding="utf-8") + "".join(halls), encoding="utf-8")
    mine("add", *(f"hall{n}" for n in range(12)), "--on", "2023-12-21", "--at", "12:00", "--for", "20m")

    code, stdout, stderr = mine("repair", "-f", "json")

    document = json.loads(stdout)
    starts = {each["after"]["start"] for each in document["repairs"] if each["after"]}
    assert (code, document["tried_all"], len(starts)) == (0, False, 11)
    assert stderr == f"{SAVE}hundreds of visits clash, so only the nearest times of each were tried\n"


def test_past_stays_as_it_was(mine: Run, rewrite: Rewrite) -> None:
    mine("add", "swan", "songs")
    mine("add", "paintings", "--on", "2023-12-16")
    rewrite(SWAN, f"{SWAN}\n    status: cancelled")

    assert mine("repair", KZFEST_NOW="2023-12-17T05:00") == (0, "", FINE)


def test_showing_that_has_begun_is_no_way_out(mine: Run, rewrite: Rewrite) -> None:
    mine("add", "puppets", "--on", "2023-12-17", "--at", "14:00")
    rewrite("id: afternoon, start: 2023-12-17 14:00, end: 2023-12-17 15:00", "id: other, start: 2023-12-20 14:00")

    outcome = mine("repair", "-f", "json", KZFEST_NOW="2023-12-17T11:01")

    assert proposed(outcome) == {"puppets": ("gone", "2023-12-18T18:00")}


def test_visit_of_a_programme_that_cannot_be_opened_stays(mine: Run, fair: Path, home: Path) -> None:
    mine("add", "swan")
    mine("add", *TEA)
    fair.unlink()

    code, _stdout, stderr = mine("repair", KZFEST_DATA="")

    assert (code, stderr, home.exists()) == (HAS_CLASHES, FINE, True)


def test_travel_on_foot_needs_more_time(mine: Run) -> None:
    mine("add", "paintings", "--on", "2023-12-16", "--at", "17:00", "--for", "1h")
    mine("add", "swan")

    by_car, on_foot = mine("repair"), mine("repair", "--by", "walk", "-f", "json")

    assert by_car == (0, "", FINE)
    assert proposed(on_foot) == {"paintings": ("clash", "2023-12-16T16:30")}
    assert on_foot[2] == "`kzfest itinerary repair --by walk --save` saves it\n"


def test_proposal_changes_nothing(busy: Run, visits: Visits) -> None:
    before = visits()

    code, stdout, stderr = busy("repair")

    assert (code, rows(stdout), stderr) == (0, [*ROWS], SAVE)
    assert visits() == before


def test_saved_repair_is_one_change(busy: Run, visits: Visits) -> None:
    before = {each["id"]: each for each in visits()}

    code, stdout, stderr = busy("repair", "--save")

    after = {each["id"]: each for each in visits()}
    expected = [(*cells[:2], cells[2].removesuffix(f" · {LATE}"), cells[3]) for cells in ROWS]
    assert (code, rows(stdout)) == (0, expected)
    assert stderr.endswith(BACK)
    assert before.keys() - after.keys() == {"v-songs", "v-rinks"}
    changed = {key for key in after if after[key]["changes"] != before[key]["changes"]}
    assert changed == {"v-paintings", "v-puppets"}
    for key in after:
        assert [after[key][field] for field in KEPT] == [before[key][field] for field in KEPT]
    assert busy("repair", "--save") == (0, "", FINE)

    busy("undo")

    now = {each["id"]: each for each in visits()}
    assert {key: (each["start"], each["end"]) for key, each in now.items()} == {
        key: (each["start"], each["end"]) for key, each in before.items()
    }


def test_repaired_plan_passes_the_check(busy: Run) -> None:
    busy("repair", "--save")

    code, stdout, stderr = busy("check")

    assert (code, "repair" in stdout + stderr) == (0, False)


def test_rows_have_what_was_and_what_will_be(busy: Run, tmp_path: Path) -> None:
    file = tmp_path / "repair.csv"

    busy("repair", "-o", str(file))

    found = csv.DictReader(StringIO(file.read_text(encoding="utf-8-sig")))
    assert [(row["id"], row["change"], row["start"], row["new_start"]) for row in found] == [
        ("v-paintings", "changed", "2023-12-16T17:40:00+06:00", "2023-12-16T17:00:00+06:00"),
        ("v-songs", "removed", "2023-12-16T21:00:00+06:00", ""),
        ("v-puppets", "changed", "2023-12-17T11:00:00+06:00", "2023-12-17T10:00:00+06:00"),
        ("v-rinks", "removed", "2023-12-20", ""),
    ]


@pytest.mark.parametrize("args", [["-f", "ics"], ["-o", "plan.ics"], ["-f", "pdf"], ["--by", "horse"]])
def test_invalid_answer_is_refused_before_anything_is_saved(busy: Run, visits: Visits, args: list[str]) -> None:
    before = visits()

    code, stdout, _stderr = busy("repair", "--save", *args)

    assert (code, stdout, visits()) == (2, "", before)


def test_file_that_cannot_be_written_leaves_a_repair_that_can_be_undone(busy: Run, tmp_path: Path) -> None:
    code, stdout, stderr = busy("repair", "--save", "-o", str(tmp_path / "nowhere" / "repair.json"))

    assert (code, stdout, BACK in stderr) == (1, "", True)


@pytest.mark.parametrize("command", ["check", "check --by walk"])
def test_check_offers_the_repair(busy: Run, command: str) -> None:
    asked = command.replace("check", "repair")

    stderr = busy("--itinerary", "main", *command.split())[2]

    assert stderr == f"`kzfest itinerary --itinerary main {asked}` proposes how to repair the plan\n"


def test_repairs_and_additions_at_once_lose_nothing(busy: Run, visits: Visits, home: Path, fair: Path) -> None:
    here = os.environ | {"KZFEST_HOME": str(home), "KZFEST_DATA": str(fair), "KZFEST_NOW": "2023-12-10T12:00"}
    lines = [["repair", "--save"], ["add", "jam", "--on", "2023-12-21"], ["repair", "--save"], ["remove", "v-lunch"]]
    running = [
        subprocess.Popen([sys.executable, "-m", "kzfest", "itinerary", *line], env=here, stdout=subprocess.DEVNULL)
        for line in lines
    ]

    codes = [each.wait() for each in running]

    left = {each["event"] for each in visits()}
    assert (codes, busy("repair")) == ([0, 0, 0, 0], (0, "", FINE))
    assert left == {"paintings", "swan", "night", "puppets", "panorama", "poems", "photos", "jam"}
