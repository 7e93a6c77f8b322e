"""Plans that somebody made to be told without an end: each answer about them has one."""

from __future__ import annotations

import base64
import json
import zlib
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Run: TypeAlias = "Callable[..., tuple[int, str, str]]"
    Visits: TypeAlias = "Callable[..., list[dict[str, Any]]]"

MANY = 150
PAIRS = MANY * (MANY - 1) // 2


@pytest.fixture(name="crowded")
def _crowded(mine: Run) -> Run:
    """Return a program whose itinerary has many visits at one hour."""
    rows = [[f"v{n}", 0, 8751, None, None, 600, 60, 0, 0, None, None, {"en": f"Tea {n}"}] for n in range(MANY)]
    packed = zlib.compress(json.dumps(["main", [[None, "Asia/Almaty"]], rows]).encode())
    code, _stdout, stderr = mine("merge", f"kzf1:{base64.urlsafe_b64encode(packed).decode().rstrip('=')}")
    assert (code, len(stderr.splitlines())) == (0, 52)
    assert stderr.splitlines()[3:][:1] == [f"Tea 0: and {MANY - 4} more clashes"]
    return mine


def test_clashes_of_many_visits_at_one_hour_are_counted(crowded: Run, visits: Visits) -> None:
    code, stdout, _stderr = crowded("check")

    assert (code, stdout.count("CLASH: ")) == (5, 100)
    assert stdout.splitlines()[-1].strip() == f"and {PAIRS - 100} more clashes"
    assert crowded("show")[2].splitlines()[0] == f"{PAIRS} clashes; `kzfest itinerary check` shows details"
    assert {(len(each["clashes"]), each["more_clashes"]) for each in visits()} == {(20, MANY - 21)}


def test_more_events_than_an_itinerary_holds_are_refused(mine: Run, programme: Callable[..., str]) -> None:
    events = "".join(
        f"  - {{id: e{number}, title: Event {number}, category: fair, city: X, start: 2023-12-16}}\n"
        for number in range(1_001)
    )

    outcome = mine("add", "--all", "--data", programme(events))

    assert outcome == (1, "", "kzfest: an itinerary can hold at most 1000 visits\n")
