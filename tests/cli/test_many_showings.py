"""An event with a thousand showings is answered about as fast as a thousand events."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from time import process_time
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., tuple[int, str, str]]

SHOWINGS = 1000


@pytest.fixture(name="daily")
def _daily(programme: Callable[..., str]) -> str:
    first = datetime(2023, 1, 1, 10, tzinfo=UTC)
    starts = (first + timedelta(hours=12 * number) for number in range(SHOWINGS))
    showings = "".join(f"\n    - {{start: {start:%Y-%m-%d %H:%M}, note: Number {start:%j}}}" for start in starts)
    return programme(f"  - id: daily\n    title: Daily\n    category: show\n    showings:{showings}")


@pytest.mark.parametrize("view", ["showings", "events"])
def test_view_of_many_showings_needs_no_second(kzfest: Run, daily: str, view: str) -> None:
    code, stdout, stderr = kzfest(
        "--data", daily, "sql", f"select count(last_day) as n from {view}", "--timeout", "1", "-f", "csv"
    )

    assert (code, stdout, stderr) == (0, f"n\r\n{SHOWINGS if view == 'showings' else 1}\r\n", "")


def test_list_of_many_showings_takes_a_few_seconds(kzfest: Run, daily: str) -> None:
    kzfest("--data", daily, "categories")  # compiled
    before = process_time()

    code, stdout, _stderr = kzfest("--data", daily, "list")

    assert (code, stdout.count("Number ")) == (0, SHOWINGS)
    assert process_time() - before < 8  # 22 s when each row looked at each showing
