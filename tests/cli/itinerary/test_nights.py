"""Nights that end after 05:00, in a plan: their hours, their day, and what they leave free."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Run: TypeAlias = "Callable[..., tuple[int, str, str]]"
    Visits: TypeAlias = "Callable[..., list[dict[str, Any]]]"

EVENTS = """\
- {id: eve, title: Eve, category: party, city: X, start: 2023-12-31 22:00, end: 2024-01-01 06:00}
- {id: vigil, title: Vigil, category: party, city: X, start: 2023-12-16 18:00, end: 2023-12-17 18:00}
- {id: camp, title: Camp, category: party, city: X, start: 2023-12-16 18:00, end: 2023-12-17 18:01}
- id: club
  title: Club
  category: party
  city: X
  showings:
    - {id: friday, start: 2023-12-22 22:00, end: 2023-12-23 06:00}
    - {id: saturday, start: 2023-12-23 22:00, end: 2023-12-24 06:00}
"""


@pytest.fixture(name="nights")
def _nights(mine: Run, programme: Callable[..., str]) -> Run:
    """Return a function as `mine` that asks a programme of nights."""
    file = programme(EVENTS)
    return lambda *args: mine(*args, KZFEST_DATA=file)


def spans(visits: Visits) -> list[tuple[str, str, bool]]:
    """Return day and hour of the start and the end of each visit, and whether its end is assumed."""
    return [(each["start"][5:16], each["end"][5:16], each["end_assumed"]) for each in visits()]


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        (["eve"], ("12-31T22:00", "01-01T06:00", False)),
        (["eve", "--on", "2023-12-31"], ("12-31T22:00", "01-01T06:00", False)),
        (["eve", "--at", "23:30"], ("12-31T23:30", "01-01T06:00", False)),
        (["eve", "--at", "0:30"], ("01-01T00:30", "01-01T06:00", False)),
        (["eve", "--for", "2h"], ("12-31T22:00", "01-01T00:00", False)),
        (["eve", "--at", "23:00", "--for", "2h"], ("12-31T23:00", "01-01T01:00", False)),
        (["eve", "--on", "2024-01-01"], ("01-01", "01-01", False)),
        (["vigil"], ("12-16T18:00", "12-17T18:00", False)),
        (["camp", "--on", "2023-12-16"], ("12-16", "12-16", False)),
        (["club", "--on", "2023-12-22"], ("12-22T22:00", "12-23T06:00", False)),
        (["club", "--on", "2023-12-23"], ("12-23T22:00", "12-24T06:00", False)),
        (["--all", "--from", "2023-12-30"], ("12-31T22:00", "01-01T06:00", False)),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_night_keeps_its_hours_on_its_first_day(
    nights: Run, visits: Visits, args: list[str], expected: tuple[str, str, bool]
) -> None:
    assert nights("add", *args)[0] == 0
    assert spans(visits) == [expected]


def test_what_lasts_longer_than_a_day_or_has_two_nights_needs_its_day(nights: Run) -> None:
    assert [nights("add", key) for key in ("camp", "club")] == [
        (2, "", "kzfest: 'Camp' is on several days; choose one with --on: 16–17 Dec 2023\n"),
        (2, "", "kzfest: 'Club' is on several days; choose one with --on: 22–23 Dec 2023, 23–24 Dec 2023\n"),
    ]


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        (["--at", "21:00"], ("12-31T21:00", "01-01T06:00", False)),
        (["--at", "any"], ("12-31T22:00", "01-01T06:00", False)),
        (["--for", "1h"], ("12-31T22:00", "12-31T23:00", False)),
        (["--must"], ("12-31T22:00", "01-01T06:00", False)),
        (["--follow"], ("12-31T22:00", "01-01T06:00", False)),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_night_that_is_edited_keeps_its_published_end(
    nights: Run, visits: Visits, args: list[str], expected: tuple[str, str, bool]
) -> None:
    nights("add", "eve")

    assert nights("edit", "eve", *args)[0] == 0
    assert spans(visits) == [expected]


def test_night_clashes_with_what_is_on_meanwhile(nights: Run) -> None:
    nights("add", "eve")
    nights("add", "--own", "Gig", "--on", "2023-12-31", "--at", "23:00", "--for", "2h")

    assert nights("check")[0] == 5


def test_night_is_offered_in_no_gap_of_the_next_day(nights: Run) -> None:
    assert nights("gaps", "2024-01-01", "-f", "csv")[1].count("eve") == 0
