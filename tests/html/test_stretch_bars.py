"""The bars of a timeline say what the lists of its days say: showings, not the days from the first to the last."""

from __future__ import annotations

import json
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import pytest

from kzfest.html.contents import contents_of
from kzfest.html.stretch_bars import CALLED_OFF, DOUBTED, EVERY_DAY, MAY, ON, OTHER, SeasonBars, timelines
from kzfest.paths import data_folder
from kzfest.programme.context import Context
from kzfest.programme.database.queries import EventQuery
from kzfest.programme.library import Library

if TYPE_CHECKING:
    from collections.abc import Callable

    Run: TypeAlias = "Callable[..., Any]"

ONE_DAY = timedelta(days=1)


class Days(NamedTuple):
    """What a bar covers."""

    kind: str
    first: date
    last: date


def bars_of(file: Path | None, first: date | None = None, last: date | None = None) -> list[SeasonBars]:
    context = Context(library=Library(), file=file)
    head = context.catalogue.head
    question = EventQuery(first=first or head.first, last=last or head.last)
    return timelines(contents_of(context.catalogue.events(question), question, context))


def days(timeline: SeasonBars, event: str) -> list[Days]:
    return [
        Days(bar.kind, timeline.first + bar.begun * ONE_DAY, timeline.first + (bar.begun + bar.length - 1) * ONE_DAY)
        for bar in timeline.bars[event]
    ]


@pytest.fixture(name="season", scope="module")
def _season() -> SeasonBars:
    (season,) = bars_of(None)
    return season


def test_bars_cover_the_days_that_list_has(season: SeasonBars, kzfest: Run) -> None:
    drawn: dict[date, set[str]] = {}
    for event in season.bars:
        for kind, first, last in days(season, event):
            for number in range((last - first).days + 1):
                if kind in {ON, DOUBTED}:
                    drawn.setdefault(first + number * ONE_DAY, set()).add(event)

    for number in range(season.length):
        day = season.first + number * ONE_DAY
        listed = json.loads(kzfest("list", "--on", str(day), "-f", "json", "-q").stdout)["events"]
        surely = {each["id"] for each in listed if each["certainty"] == "certain"}
        assert drawn.get(day, set()) == surely, day


def test_days_between_two_showings_are_empty(season: SeasonBars) -> None:
    assert days(season, "yakutia-circus") == [
        Days(ON, date(2023, 12, 30), date(2023, 12, 30)),
        Days(ON, date(2024, 1, 2), date(2024, 1, 2)),
    ]


def test_open_end_is_drawn_to_the_last_day(season: SeasonBars) -> None:
    assert days(season, "tauelsizdik-zholynda") == [
        Days(ON, date(2023, 12, 15), date(2023, 12, 15)),
        Days(MAY, date(2023, 12, 16), date(2024, 1, 31)),
    ]


def test_days_of_another_source_are_drawn_apart(season: SeasonBars) -> None:
    assert days(season, "dialogue") == [
        Days(OTHER, date(2023, 12, 8), date(2023, 12, 15)),
        Days(ON, date(2023, 12, 16), date(2023, 12, 30)),
    ]
    assert days(season, "great-women")[0] == Days(DOUBTED, date(2024, 1, 23), date(2024, 1, 26))


def test_long_gap_parts_seasons(season: SeasonBars) -> None:
    parted = bars_of(data_folder() / "archive.yaml")

    assert len(parted) > 1
    gaps = [later.first - earlier.last for earlier, later in pairwise(parted)]
    assert min(gaps) > timedelta(days=28)
    assert season.number == 1


def test_a_day_or_two_has_no_timeline() -> None:
    assert bars_of(None, date(2023, 12, 16), date(2023, 12, 17)) == []


def test_cancelled_days_and_permanent_events_are_drawn(kzfest: Run, programme: Callable[..., str]) -> None:
    file = programme(
        "  - {id: fair, title: Fair, category: fair, start: 2023-12-16, end: 2023-12-20}\n"
        "  - {id: run, title: Run, category: fair, start: 2023-12-17, end: 2023-12-18, status: postponed}\n"
        "  - {id: park, title: Park, category: fair, when: permanent}\n"
        "  - id: tea\n    title: Tea\n    category: fair\n    showings:\n"
        "      - {start: 2023-12-17 10:00}\n"
        "      - {start: 2023-12-17 12:00, status: cancelled}\n"
        "      - {start: 2023-12-18 10:00, status: cancelled}\n"
    )

    (season,) = bars_of(Path(file))
    assert {event: days(season, event) for event in ("run", "park", "tea")} == {
        "run": [Days(CALLED_OFF, date(2023, 12, 17), date(2023, 12, 18))],
        "park": [Days(EVERY_DAY, date(2023, 12, 16), date(2023, 12, 20))],
        "tea": [
            Days(ON, date(2023, 12, 17), date(2023, 12, 17)),
            Days(CALLED_OFF, date(2023, 12, 18), date(2023, 12, 18)),
        ],
    }
    page = kzfest("--data", file, "page").stdout
    assert "Tea</a> <small>17 Dec 2023, 10:00; CANCELLED: 17 Dec 2023, 12:00; 18 Dec 2023, 10:00</small>" in page
    assert "POSTPONED: " in page
    assert "Park</a> <small>permanent</small>" in page


def test_first_to_begin_comes_first(season: SeasonBars) -> None:
    drawn = [[each for each in days(season, event) if each.kind not in {OTHER, EVERY_DAY}] for event in season.bars]
    begun = [min(each.first for each in bars) for bars in drawn if bars]

    assert begun == sorted(begun)
