"""One plan over two files with one programme id, last year's and this year's."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run: TypeAlias = "Callable[..., tuple[int, str, str]]"


def programme(name: str, latitude: str, start: str, end: str) -> str:
    """Return a file of the village with an evening in its hall, which is elsewhere in each file."""
    when = f"start: 2023-12-16 {start}, end: 2023-12-16 {end}"
    return f"""\
format: 1
programme: {{id: village, title: Village, timezone: Asia/Almaty, revised: 2023-12-01}}
venues:
  - {{id: hall, name: {name}, city: X, location: {{latitude: {latitude}, longitude: 71.4, accuracy: building}}}}
events:
  - {{id: evening, title: {name} evening, category: concert, venue: hall, {when}}}
"""


@pytest.fixture(name="files")
def _files(tmp_path: Path) -> tuple[str, str]:
    """Return two files of the village, whose halls are 22 km apart."""
    files = tmp_path / "old.yaml", tmp_path / "new.yaml"
    files[0].write_text(programme("Old hall", "51.1", "19:00", "20:00"), encoding="utf-8")
    files[1].write_text(programme("New hall", "51.3", "20:05", "21:00"), encoding="utf-8")
    return str(files[0]), str(files[1])


@pytest.fixture(name="plan")
def _plan(kzfest: Run, tmp_path: Path) -> Run:
    def plan(*args: str, home: str = "home") -> tuple[int, str, str]:
        return kzfest("itinerary", *args, KZFEST_HOME=str(tmp_path / home))

    return plan


def visits(plan: Run, *args: str, home: str = "home") -> list[dict[str, Any]]:
    """Return the visits of the plan."""
    shown: list[dict[str, Any]] = json.loads(plan("show", "-f", "json", *args, home=home)[1])["visits"]
    return shown


def test_halls_of_two_files_are_two_places(plan: Run, files: tuple[str, str]) -> None:
    for file in files:
        plan("add", "evening", "--data", file)

    for named in ([], ["--data", files[0]], ["--data", files[1]]):
        code, told, _stderr = plan("check", *named)
        assert (code, told.count("tight"), len(told.splitlines())) == (5, 1, 1)
        assert [each["venue"]["name"] for each in visits(plan, *named)] == ["Old hall", "New hall"]
        assert [each["state"] for each in visits(plan, *named)] == ["same", "same"]


def test_visit_whose_file_is_gone_is_looked_up_in_the_file_that_is_named(
    plan: Run, files: tuple[str, str], tmp_path: Path
) -> None:
    plan("add", "evening", "--data", files[0])
    moved = (tmp_path / "old.yaml").rename(tmp_path / "moved.yaml")

    assert [each["state"] for each in visits(plan)] == [None]
    assert [each["state"] for each in visits(plan, "--data", str(moved))] == ["same"]


def test_event_of_last_year_does_not_hide_that_of_this_year(plan: Run, files: tuple[str, str]) -> None:
    plan("add", "evening", "--data", files[0])

    def suggested(file: str) -> list[str]:
        found = json.loads(plan("suggest", "2023-12-16", "--by", "car", "--data", file, "-f", "json")[1])
        return [each["event"] for each in (*found["visits"], *found["left_out"])]

    assert suggested(files[0]) == []
    assert suggested(files[1]) == ["evening"]
