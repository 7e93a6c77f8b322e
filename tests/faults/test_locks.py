"""Another program holds the store for long: who waits is told so, and at last who it is and what to do."""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kzfest.core.errors import KzfestError
from kzfest.itineraries.backups import FILE
from kzfest.itineraries.lock_holder import LOCKS
from kzfest.itineraries.store import Patience, Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HOLD = """
import sqlite3
import sys

database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.execute(sys.argv[2])
database.execute("SELECT * FROM visit").fetchone()
print("held", flush=True)
sys.stdin.readline()
"""
HASTY = Patience(silent=0.02, more=0.05)


@contextmanager
def held(file: Path, begin: str) -> Iterator[subprocess.Popen[str]]:
    """Have another process hold a lock on the database in *file* until it is given a line."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, file, begin],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        if not process.stdin.closed:
            process.stdin.close()


def name_of(process: subprocess.Popen[str]) -> str:
    if not LOCKS.exists():
        return "another program"
    name = Path(f"/proc/{process.pid}/comm").read_text(encoding="utf-8").strip()
    return f"process {process.pid} ({name})"


@pytest.mark.parametrize("begin", ["BEGIN IMMEDIATE", "BEGIN EXCLUSIVE"])
def test_command_says_that_it_waits_and_goes_on_once_it_may(place: Any, begin: str) -> None:
    with held(place.data / FILE, begin) as holder:
        waiting = place.start("itinerary", "add", "songs")
        told, who = waiting.stderr.readline(), name_of(holder)
        holder.communicate("let go\n")
        added, rest = waiting.communicate()

    assert told == f"{who} is using the itineraries; waiting for up to 14 seconds\n"
    assert (waiting.returncode, added.splitlines()[0].split("  ")[0]) == (0, "added")
    assert rest.splitlines()[-1] == "to undo: `kzfest itinerary undo`"


@pytest.mark.parametrize(
    ("begin", "what"),
    [
        ("BEGIN EXCLUSIVE", "read"),
        ("BEGIN EXCLUSIVE", "undo"),
        ("BEGIN EXCLUSIVE", "use"),
        ("BEGIN IMMEDIATE", "undo"),
        ("BEGIN IMMEDIATE", "use"),
        ("BEGIN", "undo"),
        ("BEGIN", "use"),
    ],
)
def test_patience_has_an_end_that_names_who_holds_the_store_up(place: Any, begin: str, what: str, now: Any) -> None:
    told: list[str] = []
    store = Store(place.data, tell=told.append, patience=HASTY)
    does: dict[str, Callable[[], object]] = {
        "read": lambda: store.itinerary("main"),
        "undo": lambda: store.undo("main", 1, now=now),
        "use": lambda: store.use("winter"),
    }
    before = place.parts()

    with held(store.file, begin) as holder:
        who = name_of(holder)
        with pytest.raises(KzfestError) as error:
            does[what]()

    assert told == [f"{who} is using the itineraries; waiting for up to 0.05 seconds"]
    assert str(error.value) == (f"the itineraries in {store.file} are locked by {who}; close it and try again")
    assert place.parts()[FILE] == before[FILE]
    assert store.itinerary().name == "main"


def test_shell_that_completes_a_word_is_offered_nothing_at_once(place: Any) -> None:
    asks = {"_KZFEST_COMPLETE": "complete_bash", "COMP_WORDS": "kzfest itinerary remove ", "COMP_CWORD": "3"}

    free = place.process(environment=asks)
    with held(place.data / FILE, "BEGIN EXCLUSIVE"):
        locked = place.process(environment=asks)

    assert (free.code, len(free.said.split())) == (0, 2)
    assert locked == (0, "\n")


def test_who_writes_holds_up_nobody_who_reads(place: Any) -> None:
    told: list[str] = []
    store = Store(place.data, tell=told.append, patience=HASTY)

    with held(store.file, "BEGIN IMMEDIATE"):
        found = store.itinerary("main")

    assert [each.event for each in found.visits] == ["swan", "puppets"]
    assert told == []
