"""What the tests of kept programmes share: a home of one's own, and a schedule in several versions."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run: TypeAlias = "Callable[..., tuple[int, str, str]]"

SCHEDULE = """<?xml version="1.0"?>
<schedule>
  <conference><title>Fair</title><acronym>fair</acronym><time_zone_name>Asia/Almaty</time_zone_name></conference>
  <day date="2023-12-16"><room name="Hall">{events}</room></day>
</schedule>
"""
EVENT = (
    '<event guid="00000000-0000-4000-8000-00000000000{n}" id="{n}"><date>2023-12-16T{start}:00+06:00</date>'
    "<start>{start}</start><duration>01:00</duration><title>{title}</title></event>"
)
TALKS = {"Opening": "10:00", "Dance": "12:00", "Concert": "19:00"}


def schedule(**talks: str) -> str:
    """Return a schedule with these *talks*, by title the hour; their keys are their places in TALKS."""
    numbers = {title: number for number, title in enumerate(TALKS, 1)}
    events = (
        EVENT.format(n=numbers.get(title, number), start=start, title=title)
        for number, (title, start) in enumerate(talks.items(), 4)
    )
    return SCHEDULE.format(events="".join(events))


@pytest.fixture(name="file")
def _file(tmp_path: Path) -> Path:
    """Return the file of the schedule."""
    file = tmp_path / "schedule.xml"
    file.write_text(schedule(**TALKS), encoding="utf-8")
    return file


@pytest.fixture(name="mine")
def _mine(kzfest: Run, tmp_path: Path) -> Run:
    """Return the function that runs kzfest in a home of one's own, on 10 January 2024 at noon."""

    def mine(*args: str, now: str = "2024-01-10T12:00") -> tuple[int, str, str]:
        return kzfest(*args, KZFEST_HOME=str(tmp_path / "home"), KZFEST_NOW=now)

    return mine
