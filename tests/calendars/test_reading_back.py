"""Every exported file, read back by six programs that we did not write: the same entries in each."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

from kzfest.core.festival_day import usual_length

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Run: TypeAlias = "Callable[..., tuple[int, str, str]]"
    See: TypeAlias = "Callable[[Path], list[tuple[Any, ...]]]"

MUSEUM = "National Museum of the Republic of Kazakhstan, 54 Tauelsizdik Avenue, Astana"
SQUARES_2023 = (
    "City Square, Qazaq Eli monument and EXPO; fireworks at the Botanical Garden and by the Atyrau Bridge, Astana"
)
SQUARES_2024 = (
    "City square, Kazakh Eli monument, EXPO site; fireworks at the Botanical Garden and by the Atyrau Bridge, Astana"
)
GALLERY = "Has Sanat Art Gallery, 14 Konayev Street, Astana"
VISITS: list[tuple[Any, ...]] = [
    (
        "own.b7d5k@own.kzfest.invalid",
        "Dinner, with Aigul; friends \\ 🎄",
        "2023-12-31T23:00+06:00",
        "2024-01-01T01:00+06:00",
        False,
        None,
    ),
    (
        "visit.23qgp.now-i-see-you@astana.kzfest.invalid",
        "Now, I See You",
        "2023-12-16T11:00+06:00",
        "2023-12-16T13:00+06:00",
        False,
        MUSEUM,
    ),
    (
        "visit.4r9kr.alzhir-commemoration@astana.kzfest.invalid",
        "Independence is my foundation",
        "2023-12-14T11:00+06:00",
        "2023-12-14T13:00+06:00",
        False,
        "ALZHIR museum and memorial complex, Akmol",
    ),
    (
        "visit.737ss.illustrated-exhibition-2025@archive.kzfest.invalid",
        "Exhibition of illustrations for Independence Day",
        "2025-12-11T11:00+05:00",
        "2025-12-11T12:30+05:00",
        False,
        "Children's and youth library, Astana",
    ),
    (
        "visit.cd76p.dialogue@astana.kzfest.invalid",
        "Dialogue: international exhibition",
        "2023-12-17",
        "2023-12-18",
        True,
        GALLERY,
    ),
    (
        "visit.hqujm.mount-fuji-2024@archive.kzfest.invalid",
        "The Mystery of Mount Fuji",
        "2025-01-01",
        "2025-01-02",
        True,
        GALLERY,
    ),
    (
        "visit.wu2ps.new-year-night@astana.kzfest.invalid",
        "Zhana Zhyl Tuni (New Year's Night), concerts and fireworks",
        "2024-01-01T00:30+06:00",
        "2024-01-01T02:00+06:00",
        False,
        SQUARES_2023,
    ),
    (
        "visit.xstmy.new-year-night-2024@archive.kzfest.invalid",
        "New Year's Eve concerts and fireworks",
        "2024-12-31T21:00+05:00",
        "2025-01-01T02:00+05:00",
        False,
        SQUARES_2024,
    ),
]
TWICE = ("own.2r854@own.kzfest.invalid", datetime(2024, 2, 29, 17, 30, tzinfo=UTC), timedelta(hours=2))
"""An appointment at 23:30 of the night in which Almaty's clocks were put back at midnight: 23:30 came twice."""


def test_visits_are_the_same_in_every_program(planned: Run, see: See, tmp_path: Path) -> None:
    planned("itinerary", "remove", "2r854")
    file = tmp_path / "trip.ics"

    planned("itinerary", "export", "-o", str(file))

    assert see(file) == VISITS


def test_hour_that_happens_twice_is_the_first_in_every_program(planned: Run, see: See, tmp_path: Path) -> None:
    file = tmp_path / "trip.ics"

    planned("itinerary", "export", "-o", str(file))
    found = {
        uid: (datetime.fromisoformat(start), datetime.fromisoformat(end))
        for uid, _name, start, end, *_rest in see(file)
    }

    start, end = found[TWICE[0]]
    assert (start, end - start) == TWICE[1:]
    assert len(found) == len(VISITS) + 1


@pytest.mark.parametrize("programme", ["astana", "archive", "abroad"])
def test_programme_is_the_same_in_every_program(kzfest: Run, see: See, tmp_path: Path, programme: str) -> None:
    file = tmp_path / "programme.ics"
    document = json.loads(kzfest("list", "--programme", programme, "-f", "json").stdout)  # type: ignore[attr-defined]

    kzfest("export", "--programme", programme, "-o", str(file))

    assert see(file) == sorted(entry for event in document["events"] for entry in _expected(event, programme))


def _expected(event: dict[str, Any], programme: str) -> Iterator[tuple[Any, ...]]:
    """Yield what a program should show of *event*, going by its JSON."""
    venue = event["venue"]
    parts = [venue["name"], venue["address"], venue["city"]] if venue else [event["place"], event["city"]]
    for showing in event["showings"]:
        name = ".".join(part for part in (event["id"], showing["id"]) if part)
        start, end = _ends(event, showing)
        yield (
            f"{name}@{programme}.kzfest.invalid",
            event["title"],
            start,
            end,
            event["all_day"],
            ", ".join(part for part in parts if part) or None,
        )


def _ends(event: dict[str, Any], showing: dict[str, Any]) -> tuple[str, str]:
    """Return start and end as ISO 8601; an unknown end is the same day's, or as is usual for the category."""
    if event["all_day"]:
        last = date.fromisoformat(showing["end"] or showing["start"])
        return showing["start"], (last + timedelta(days=1)).isoformat()
    start = datetime.fromisoformat(showing["start"])
    end = datetime.fromisoformat(showing["end"]) if showing["end"] else start + usual_length(event["category"])
    return start.isoformat(timespec="minutes"), end.isoformat(timespec="minutes")
