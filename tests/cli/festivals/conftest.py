"""What the tests of both festivals share: answers as JSON, and plans of a test's own; each festival has its `ask`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run: TypeAlias = "Callable[..., tuple[int, str, str]]"


@pytest.fixture(name="answer")
def _answer(ask: Run) -> Callable[..., Any]:
    """Return a function that gives the JSON of an answer."""
    return lambda *args, **environment: json.loads(ask(*args, "-f", "json", **environment)[1])


@pytest.fixture(name="plan")
def _plan(ask: Run, tmp_path: Path) -> Run:
    """Return a function that runs `kzfest itinerary` with plans of the test's own."""
    return lambda *args: ask("itinerary", *args, KZFEST_HOME=str(tmp_path))
