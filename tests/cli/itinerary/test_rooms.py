"""Rooms of one house that a file gives as venues of their own, without `rooms`: they are no way apart either."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypeAlias

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Run: TypeAlias = "Callable[..., tuple[int, str, str]]"

ROOMS = """\
  - {id: room-a, name: "Centre, Room A", city: V, location: {latitude: 41.69, longitude: -8.83, accuracy: building}}
  - {id: room-b, name: "Centre, Room B", city: V, location: {latitude: 41.6902, longitude: -8.8302, accuracy: building}}
"""
TALKS = """\
  - {id: t1, title: One, category: talk, venue: room-a, start: 2025-09-18 13:30, end: 2025-09-18 14:00}
  - {id: t2, title: Two, category: talk, venue: room-b, start: 2025-09-18 14:05, end: 2025-09-18 14:35}
  - {id: t3, title: Three, category: talk, venue: room-a, start: 2025-09-18 14:35, end: 2025-09-18 15:00}
"""
PAGE = """\
Itinerary main

Time         Visit  Where               Id
Thursday 18 September 2025
13:30–14:00  One    Centre, Room A · V  id001
14:05–14:35  Two    Centre, Room B · V  id002
14:35–15:00  Three  Centre, Room A · V  id003
"""


@pytest.fixture(name="talks")
def _talks(mine: Run, programme: Callable[..., str]) -> Callable[..., tuple[int, str, str]]:
    """Return a function as `mine`, which asks a conference in two rooms of one house."""
    file = programme(TALKS, venues=ROOMS)
    return lambda *args: mine(*args, KZFEST_DATA=file)


@pytest.mark.parametrize("by", ["walk", "car"])
def test_rooms_of_one_house_are_no_way_apart(talks: Run, by: str) -> None:
    talks("add", "t1", "t2", "t3")

    assert talks("check", "--by", by) == (0, "", "3 visits, no problems\n")
    assert talks("show", "--by", by) == (0, PAGE, "")


def test_talks_in_rooms_of_one_house_all_fit(talks: Run) -> None:
    suggested = json.loads(talks("suggest", "2025-09-18", "-f", "json")[1])
    talks("add", "t1", "t3")
    (_before, *others) = json.loads(talks("gaps", "2025-09-18", "-f", "json")[1])["gaps"]

    assert [each["event"] for each in suggested["visits"]] == ["t1", "t2", "t3"]
    assert [[fit["id"] for fit in each["fits"]] for each in others] == [["t2"], []]
