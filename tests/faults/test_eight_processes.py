"""Eight processes at one itinerary: what they leave is what the same operations leave one after another."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kzfest.itineraries.backups import COPY, FILE
from kzfest.itineraries.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable

PROCESSES = 8
OPERATIONS = 200 if "KZFEST_KILLS" in os.environ else 20
"""Each; the full number goes with the full number of kills."""
WORKER = Path(__file__).parent / "worker.py"


@pytest.fixture(name="worker")
def _worker(unmeasured: dict[str, str]) -> Callable[..., subprocess.Popen[str]]:
    """Return a function that starts a worker, which waits for a line before it begins."""

    def worker(*args: object) -> subprocess.Popen[str]:
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        return subprocess.Popen([sys.executable, WORKER, *map(str, args)], env=unmeasured, text=True, **pipes)  # type: ignore[call-overload, no-any-return]

    return worker


def test_eight_processes_leave_what_the_same_operations_leave_one_after_another(
    tmp_path: Path, worker: Callable[..., subprocess.Popen[str]]
) -> None:
    order = tmp_path / "order"
    for name in ("data", "again"):
        Store(tmp_path / name).use("main")
    workers = [worker("invent", tmp_path / "data", order, who, OPERATIONS) for who in range(PROCESSES)]
    for process in workers:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"

    said = together(workers)
    acknowledged = {(each["who"], each["number"]): each for each in chain.from_iterable(said)}
    committed = [json.loads(line) for line in order.read_text(encoding="utf-8").splitlines()]
    in_order = [acknowledged[who, number] for who, number in committed]
    again = worker("repeat", tmp_path / "again", tmp_path / "order-again")
    repeated, trouble = again.communicate("go\n" + "".join(f"{json.dumps(each)}\n" for each in in_order))

    assert [[each["number"] for each in mine] for mine in said] == [list(range(OPERATIONS))] * PROCESSES
    assert sorted(committed) == sorted([list(key) for key in acknowledged])
    assert trouble == ""
    assert [json.loads(line) for line in repeated.splitlines()[1:]] == in_order
    assert contents(tmp_path / "data" / FILE) == contents(tmp_path / "again" / FILE)
    assert contents(tmp_path / "data" / COPY) == contents(tmp_path / "data" / FILE)


def together(workers: list[subprocess.Popen[str]]) -> list[list[dict[str, Any]]]:
    """Let the *workers* race; return what each has been told was kept."""
    for process in workers:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    ends = [(*process.communicate(), process.returncode) for process in workers]
    assert [(trouble, code) for _said, trouble, code in ends] == [("", 0)] * len(workers)
    return [[json.loads(line) for line in said.splitlines()] for said, _trouble, _code in ends]


def contents(file: Path) -> list[str]:
    """Return all that the tables in *file* hold, also what `undo` knows and which ids were ever used.

    Only the name that tells a store from others is drawn at random.
    """
    with closing(sqlite3.connect(file)) as database:
        database.execute("UPDATE store SET id = 'any'")
        return sorted(database.iterdump())
