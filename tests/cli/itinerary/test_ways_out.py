"""The way out of a clash that `check` offers: where it is taken, that visit clashes with nothing any more."""

from __future__ import annotations

import json
import re
import shlex
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run: TypeAlias = "Callable[..., tuple[int, str, str]]"

OFFERED = re.compile(r"`kzfest itinerary (edit [^`]*)`")
DAY = ("--on", "2023-12-16")


def offered(outcome: tuple[int, str, str]) -> list[str]:
    return OFFERED.findall(outcome[1])


@pytest.mark.parametrize(
    ("added", "expected"),
    [
        (  # an appointment is moved, the showing stays
            [["swan"], ["--own", "Tea", *DAY, "--at", "20:30", "--for", "1h"]],
            ["edit id002 --at 21:30"],
        ),
        (  # to the other side, where that is nearer
            [["swan"], ["--own", "Tea", *DAY, "--at", "18:30", "--for", "1h"]],
            ["edit id002 --at 18:00"],
        ),
        (  # past a third visit
            [["swan"], ["--own", "Tea", *DAY, "--at", "18:30", "--for", "1h"], ["--own", "Bus", *DAY, "--at", "17:30"]],
            ["edit id002 --at 16:30"],
        ),
        (  # a visit to what is open all day, within its hours, and with the ways to and from it
            [["paintings", *DAY, "--at", "12:00"], ["--own", "Tea", *DAY, "--at", "12:30", "--venue", "opera"]],
            ["edit id002 --at 13:55"],
        ),
        ([["swan"], ["songs"]], ["edit id002 --at 21:50"]),  # to the second of two showings one comes late
        ([["swan"], ["--own", "Talk", *DAY, "--at", "19:00", "--for", "14h"]], []),  # there is no such hour
    ],
)
def test_way_out_is_another_hour_of_what_has_none_of_its_own(
    mine: Run, added: list[list[str]], expected: list[str]
) -> None:
    for args in added:
        mine("add", *args)

    assert offered(mine("check")) == expected


def test_late_start_that_leaves_too_little_is_not_offered(mine: Run, rewrite: Callable[..., None]) -> None:
    rewrite("start: 2023-12-16 21:00}", "start: 2023-12-16 21:00, end: 2023-12-16 22:15}")
    mine("add", "swan", "songs")

    assert offered(mine("check")) == []


VISITS = st.lists(
    st.tuples(st.integers(9 * 12, 21 * 12), st.sampled_from([30, 60, 95]), st.sampled_from(["", "opera", "park"])),
    min_size=2,
    max_size=5,
)


@settings(max_examples=settings().max_examples // 4, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(VISITS)
def test_way_out_leaves_no_clash(kzfest: Run, fair: Path, tmp_path: Path, visits: list[tuple[int, int, str]]) -> None:
    here = {"KZFEST_HOME": str(tmp_path / "other"), "KZFEST_DATA": str(fair), "KZFEST_NOW": "2023-12-10T12:00"}
    kzfest("itinerary", "clear", **here)
    for fives, minutes, venue in visits:
        at = f"{fives // 12:02}:{fives % 12 * 5:02}"
        place = ["--venue", venue] if venue else []
        kzfest("itinerary", "add", "--own", "Tea", *DAY, "--at", at, "--for", f"{minutes}m", *place, **here)

    for line in offered(kzfest("itinerary", "check", **here)):
        command = shlex.split(line)
        moved = kzfest("itinerary", *command, **here)
        shown: list[dict[str, Any]] = json.loads(kzfest("itinerary", "-f", "json", **here)[1])["visits"]
        assert (moved[0], [each["clashes"] for each in shown if each["id"] == command[1]]) == (0, [[]])
        kzfest("itinerary", "undo", **here)
