"""Each command that has formats for programs prints those and nothing else, in a process of its own."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

COMMANDS = [
    "list 15..17 dec", "list --undated", "show dialogue", "venue expo-centre", "venues", "search muzey", "history",
    "history --law", "programmes", "itinerary", "itinerary show", "itinerary gaps 16 dec", "itinerary list",
    "itinerary suggest 15..17 dec --must main-tree",
]  # fmt: skip
PLAN = ["itinerary add tango-dellamore", "itinerary add --own Tea --on 2023-12-16 --at 10:00"]
OF_LIBRARIES = ("Warning", "HiGHS", "Copyright", "Traceback")


@pytest.fixture(name="home", scope="module")
def _home(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(tmp_path_factory.mktemp("home"))


def _read(format_: str, text: str) -> Any:
    if format_ == "json":
        return json.loads(text)["schema"]
    if format_ == "jsonl":
        return [json.loads(line) for line in text.splitlines()]
    widths = {len(row) for row in csv.reader(io.StringIO(text))}
    assert len(widths) == 1
    return widths


@pytest.mark.parametrize("command", COMMANDS)
def test_standard_output_is_the_document_and_nothing_else(run: Callable[..., Any], home: str, command: str) -> None:
    for line in PLAN if command.startswith("itinerary") else []:
        run(*line.split(), KZFEST_HOME=home)

    for format_ in ("json", "jsonl", "csv"):
        done = run(*command.split(), "-f", format_, KZFEST_HOME=home, PYTHONWARNINGS="default")
        assert (done.code, [word for word in OF_LIBRARIES if word in done.stderr]) == (0, [])
        assert _read(format_, done.stdout)
