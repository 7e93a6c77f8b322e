"""The program is killed at each step of what it does, and at random moments: nothing acknowledged is ever lost."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import sys
from contextlib import closing
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from kzfest.itineraries.backups import COPY, FILE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

KILLS = int(os.environ.get("KZFEST_KILLS", "36"))
"""In all; `KZFEST_KILLS=1000` kills at every step there is."""
SEED = 20231216
DEADLY = {-signal.SIGKILL, -signal.SIGALRM} if sys.platform != "win32" else set()
A_DAY = 86_400
MOMENT = 0.000_5
"""Seconds after a step in which what it begins may be half done."""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills by signal")

LEFT = "another program has changed"


class Outcomes(NamedTuple):
    """What is kept before a command, after it, and after those that come then."""

    before: dict[str, object]
    after: dict[str, object]
    at_last: dict[str, object]


def move_an_entry(place: Any) -> None:
    """Change an hour in the folder of calendars, as a calendar program does."""
    folder = place.folder / "calendars"
    place.run("itinerary", "export", "--vdir", folder.name)
    (file,) = (each for each in folder.glob("*.ics") if b"T190000" in each.read_bytes())
    file.write_bytes(file.read_bytes().replace(b"T190000", b"T180000"))


def make_older(place: Any) -> None:
    """Have the store as the first kzfest kept it."""
    with closing(sqlite3.connect(place.data / FILE)) as database:
        database.executescript(
            "ALTER TABLE used DROP COLUMN changed; ALTER TABLE used DROP COLUMN revision; DROP TABLE store; "
            "PRAGMA user_version = 1;"
        )


def forget_all(place: Any) -> None:
    """Have a home in which nothing was ever kept."""
    shutil.rmtree(place.data)


def nothing(_place: Any) -> None:
    """Prepare nothing."""


class Command(NamedTuple):
    """A command that is killed, and what comes after it."""

    args: tuple[str, ...]
    then: tuple[tuple[str, ...], ...] = (("itinerary", "use", "main"),)
    again: bool = True
    """Whether it is given once more where it was not done, before *then*."""
    prepare: Callable[[Any], None] = nothing


COMMANDS = {
    "add": Command(("itinerary", "add", "songs", "--note", "bring friends")),
    "first": Command(("itinerary", "add", "night"), prepare=forget_all),
    "undo": Command(("itinerary", "undo", "2")),
    "merge": Command(("itinerary", "merge", "TOKEN")),
    "import": Command(
        ("itinerary", "import", "calendars"),
        then=(("itinerary", "import", "calendars"), ("itinerary", "export", "--vdir", "calendars")),
        prepare=move_an_entry,
    ),
    "upgrade": Command(("itinerary", "show"), then=(), prepare=make_older),
    "compile": Command(("list", "--data", "changed.yaml", "-f", "json"), then=()),
    "export": Command(("itinerary", "export", "-o", "trip.ics"), then=()),
    "vdir": Command(
        ("itinerary", "export", "--vdir", "calendars"),
        then=(
            ("itinerary", "edit", "swan", "--note", "boxes"),
            ("itinerary", "edit", "puppets", "--note", "front row"),
            ("itinerary", "export", "--vdir", "calendars"),
        ),
        again=False,
    ),
}


@pytest.fixture(name="set_up")
def _set_up(place: Any, plan: Callable[..., Any]) -> Any:
    """Return the place with all that the commands need: a plan of somebody else, a moved entry, a changed programme."""
    friend = plan("friend")
    friend.run("itinerary", "add", "night", "sledges")
    token = friend.run("itinerary", "share").said.splitlines()[0]
    (place.folder / "token").write_text(token, encoding="utf-8")
    changed = place.programme.read_text(encoding="utf-8").replace("Puppets", "Marionettes")
    (place.folder / "changed.yaml").write_text(changed, encoding="utf-8")
    return place


@pytest.mark.parametrize("name", COMMANDS)
def test_killed_command_is_done_or_not_begun_and_the_next_one_works(set_up: Any, tmp_path: Path, name: str) -> None:
    COMMANDS[name].prepare(set_up)
    token = (set_up.folder / "token").read_text(encoding="utf-8")
    command = COMMANDS[name]._replace(args=tuple(token if each == "TOKEN" else each for each in COMMANDS[name].args))
    outcomes, steps, seconds = unharmed(command, set_up, tmp_path)

    faults, killed = [], 0
    for number, (step, delay) in enumerate(chosen(steps, seconds, Random(f"{SEED} {name}"))):
        there = set_up.copy(tmp_path / str(number))
        run = there.under_the_hook(*command.args, KILLED_AT=f"{step}:{delay:.6f}")
        killed += run.code in DEADLY
        found = faults_after(there, run, command, outcomes)
        faults += [f"at step {step} of {steps}, {delay:.6f} s: {fault}" for fault in found]

    print(f"{name}: {killed} kills, {steps} steps")  # noqa: T201  # seen with -rP
    assert "\n".join(faults) == ""
    assert killed > 0


def unharmed(command: Command, place: Any, tmp_path: Path) -> tuple[Outcomes, int, float]:
    """Return what a command leads to that nobody kills, in how many steps and seconds."""
    before, whole, report = place.parts(), place.copy(tmp_path / "whole"), tmp_path / "steps"
    ends = [whole.under_the_hook(*command.args, STEPS_TO=str(report)).code]
    after = whole.parts()
    ends += [whole.run(*args).code for args in command.then]
    assert ends == [0] * len(ends)
    steps, seconds = report.read_text(encoding="utf-8").split()
    return Outcomes(before, after, whole.parts()), int(steps), float(seconds)


def chosen(steps: int, seconds: float, chance: Random) -> list[tuple[int, float]]:
    """Return when to kill: at the steps, all of them or some, and in between."""
    kills = max(2, KILLS // len(COMMANDS))
    at_steps = chance.sample(range(1, steps + 1), min(steps, 3 * kills // 4))
    anywhere = [(1, chance.uniform(0, seconds)) for _kill in range((kills - len(at_steps)) // 2)]
    after_a_step = [
        (chance.randint(1, steps), chance.uniform(0, MOMENT)) for _kill in range(kills - len(at_steps) - len(anywhere))
    ]
    return [*((step, 0.0) for step in sorted(at_steps)), *anywhere, *after_a_step]


def faults_after(there: Any, run: Any, command: Command, outcomes: Outcomes) -> list[str]:
    """Return what is wrong in a place after a command was killed there; the next ones are given as well."""
    found = there.parts()
    faults = [
        f"{part} is neither as before nor as after"
        for part in sorted(found.keys() | outcomes.before.keys() | outcomes.after.keys())
        if found.get(part) not in (outcomes.before.get(part), outcomes.after.get(part))
    ]
    if run.said and found != outcomes.after:
        faults.append(f"it had said {run.said!r}")
    for file in there.leftovers():
        os.utime(file, (file.stat().st_mtime - A_DAY,) * 2)
    done = all(found.get(part) == outcomes.after[part] for part in outcomes.after if part != COPY)  # made after it
    again = [command.args] if command.again and not (done and command.then) else []
    next_runs = [there.run(*args) for args in (*again, *command.then)]
    faults += [f"the next command said {each.said!r}" for each in next_runs if each.code or LEFT in each.said]
    if there.parts() != outcomes.at_last:
        faults.append("the next commands did not lead where they should")
    return faults + [f"{file.name} lies about" for file in there.leftovers()]
