"""When a change of a plan is said to have been made, whatever clock was asked for."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run: TypeAlias = "Callable[..., tuple[int, str, str]]"
    Visits: TypeAlias = "Callable[..., list[dict[str, Any]]]"


@pytest.mark.parametrize(
    "change",
    [
        ["add", "swan"],
        ["edit", "lunch", "--at", "12:00"],
        ["suggest", "2023-12-17", "--save"],
        ["undo"],
        ["merge", "TOKEN"],
        ["export", "--fresh-uids", "-o", "OUT"],
    ],
    ids=lambda args: args[0],
)
def test_change_of_the_far_future_is_stamped_now(
    mine: Run, visits: Visits, token: str, tmp_path: Path, change: list[str]
) -> None:
    meant = {"TOKEN": token, "OUT": str(tmp_path / "out.ics")}
    mine("add", "--own", "Lunch", "--on", "2023-12-16", "--at", "13:00")
    mine("edit", "lunch", "--must")

    code, _stdout, _stderr = mine(*(meant.get(each, each) for each in change), KZFEST_NOW="2150-01-01")

    stamps = [datetime.fromisoformat(each["changed"]) for each in visits()]
    assert (code, len(stamps) > 0, [stamp for stamp in stamps if stamp > datetime.now(UTC)]) == (0, True, [])
