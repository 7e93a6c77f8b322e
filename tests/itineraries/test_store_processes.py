"""Several processes at the same store, and processes that are killed: nothing acknowledged is ever lost."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from random import Random
from threading import Timer
from typing import TYPE_CHECKING

import pytest

from kzfest.itineraries.safekeeping import COPY, FILE
from kzfest.itineraries.store import Store

if TYPE_CHECKING:
    from pathlib import Path

SEED = 20231216
VISITS = 200
KILLS_EACH, FOLDERS = 50, 4
LONGEST_SECONDS = 0.15

START = """
import sqlite3
import sys
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from kzfest.itineraries.store import Store, Visit

folder, who, NOW = Path(sys.argv[1]), sys.argv[2], datetime(2023, 12, 1, tzinfo=UTC)
store = Store(folder)

def add(title):
    with store.changing("main", now=NOW) as draft:
        key = draft.new_id()
        draft.visits[key] = Visit(id=key, title={"en": title}, start=date(2023, 12, 16), timezone="UTC", changed=NOW)
"""
ADD_MANY = (
    START
    + """
print("ready", flush=True)
sys.stdin.readline()
for number in range(int(sys.argv[3])):
    add(f"{who} {number}")
"""
)
# It prints by how much it is about to raise the revision, and how many changes `undo` will then know; afterwards the
# whole itinerary as that left it, which is what a person has seen to be kept.
ADD_EDIT_UNDO = (
    START
    + """
chance = Random(who)

def changes_known():
    if not store.file.exists():
        return 0
    with closing(sqlite3.connect(store.file)) as database:
        return database.execute("SELECT count(*) FROM change").fetchone()[0]

while True:
    visits = store.itinerary("main").visits
    what = chance.choice(["add", "add", "edit", "remove", "undo"]) if visits else "add"
    known = changes_known()
    steps = min(chance.randint(1, 3), known) if what == "undo" else 1
    print("next", steps, known - steps if what == "undo" else known + 1, flush=True)
    if what == "undo":
        store.undo("main", steps, now=NOW)
    elif what == "add":
        add(f"{who} {chance.random()}")
    else:
        with store.changing("main", now=NOW) as draft:
            key = chance.choice(sorted(draft.visits))
            if what == "edit":
                draft.visits[key] = replace(draft.visits[key], note=str(chance.random()))
            else:
                del draft.visits[key]
    kept = store.itinerary("main")
    held = sorted((each.id, each.note, each.changes) for each in kept.visits)
    print("kept", kept.revision, changes_known(), held, flush=True)
"""
)


def test_two_processes_that_add_at_the_same_time_lose_nothing(tmp_path: Path, unmeasured: dict[str, str]) -> None:
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", ADD_MANY, tmp_path / "data", who, str(VISITS)],
            env=unmeasured,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for who in ("Aigerim", "Dias")
    ]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:  # both have loaded all they need: from here on they race
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()

    ends = [(*process.communicate(), process.returncode) for process in processes]

    assert ends == [("", "", 0), ("", "", 0)]
    kept = Store(tmp_path / "data").itinerary("main")
    assert sorted(each.title["en"] for each in kept.visits) == sorted(
        f"{who} {number}" for who in ("Aigerim", "Dias") for number in range(VISITS)
    )
    assert kept.revision == len({each.id for each in kept.visits}) == 2 * VISITS


@pytest.mark.skipif(sys.platform == "win32", reason="kills by signal")
def test_killed_processes_lose_nothing_that_they_acknowledged(tmp_path: Path, unmeasured: dict[str, str]) -> None:
    folders = [tmp_path / str(number) for number in range(FOLDERS)]

    with ThreadPoolExecutor(FOLDERS) as pool:
        rounds = list(pool.map(lambda folder: _killed_again_and_again(folder, unmeasured), folders))

    assert rounds == [[]] * FOLDERS
    assert [list(folder.glob("damaged-*")) for folder in folders] == [[]] * FOLDERS
    assert max(len(list(folder.glob(f".{COPY}.*"))) for folder in folders) <= 1  # the half of the last one killed


def _killed_again_and_again(folder: Path, environment: dict[str, str]) -> list[str]:
    """Kill one process after another; return what was wrong afterwards."""
    chance, faults = Random(f"{SEED} {folder.name}"), []
    for number in range(KILLS_EACH):
        lines = _killed_after(folder, f"{folder.name}.{number}", chance.uniform(0, LONGEST_SECONDS), environment)
        _word, revision, known, kept = next(line for line in lines[::-1] if line.startswith("kept ")).split(maxsplit=3)
        _next, steps, known_next = lines[-1].split() if lines[-1].startswith("next ") else ("", "0", known)
        for file in (FILE, COPY):
            revision_found, known_found, kept_found = _found(folder, file)
            before = (revision_found, known_found, kept_found) == (int(revision), int(known), kept)
            after = steps != "0" and (revision_found, known_found) == (int(revision) + int(steps), int(known_next))
            if not (before or after):
                faults.append(f"{number}, {file}: {revision_found} {known_found} {kept_found} after {lines[-2:]}")
    return faults


def _killed_after(folder: Path, who: str, seconds: float, environment: dict[str, str]) -> list[str]:
    """Run a process until *seconds* after its first acknowledgement; return the lines that it printed, whole ones."""
    with subprocess.Popen(
        [sys.executable, "-c", ADD_EDIT_UNDO, folder, who],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        first = process.stdout.readline() + process.stdout.readline()
        Timer(seconds, process.kill).start()
        rest = process.stdout.read()  # all that it could print before it died
    assert process.returncode == -signal.SIGKILL
    return [line.rstrip("\n") for line in (first + rest).splitlines(keepends=True) if line.endswith("\n")]


def _found(folder: Path, name: str) -> tuple[int, int, str]:
    """Return the revision, the changes known and the visits in the store or its copy, which must be sound."""
    store = Store(folder)
    store.file = folder / name
    kept = store.itinerary("main")
    with closing(sqlite3.connect(store.file)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        ((known,),) = database.execute("SELECT count(*) FROM change")
    return kept.revision, known, str(sorted((each.id, each.note, each.changes) for each in kept.visits))
