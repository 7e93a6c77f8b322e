"""Programmes that are kept, while processes are killed, the disk is full, or several update at once: all or nothing."""

from __future__ import annotations

import json
import os
import signal
import sys
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

resource = pytest.importorskip("resource")

KILLS = max(6, int(os.environ.get("KZFEST_KILLS", "36")) // 6)
SEED = 20231217
AT_SEVEN, AT_SIX, AT_FIVE = ("19:00", "18:00", "17:00")
ADD, UPDATE = ("programmes", "add", "kept.yaml", "--name", "mine"), ("programmes", "update", "mine")
REMOVE, RENAME = ("programmes", "remove", "mine"), ("programmes", "rename", "mine", "other")


def write(place: Any, hour: str) -> None:
    """Have the file of the programme with its ballet at this *hour*."""
    text = place.programme.read_text(encoding="utf-8").replace("16 19:00", f"16 {hour}").replace("id: fair", "id: mine")
    (place.folder / "kept.yaml").write_text(text, encoding="utf-8")


@pytest.fixture(name="kept")
def _kept(plan: Callable[[str], Any]) -> Any:
    """Return a place in which a programme is kept, in its second version, and its file has a third."""
    place = plan("kept")
    for hour, args in ((AT_SEVEN, ADD), (AT_SIX, UPDATE)):
        write(place, hour)
        assert place.run(*args).code == 0
    write(place, AT_FIVE)
    return place


def hour_in(place: Any, name: str = "mine") -> str | None:
    """Return when the ballet is in the programme called *name*; None if there is no such programme."""
    environment = {"KZFEST_DATA": ""}
    run = place.process("-q", "-p", name, "list", "-f", "json", "--search", "swan", environment=environment)
    if run.code == 3:
        return None
    assert run.code == 0, run.said
    (event,) = json.loads(run.said)["events"]
    return str(event["start"])[11:16]


def state(place: Any) -> tuple[str | None, str | None]:
    """Return when the ballet is, in the programme under its own name and under another."""
    return hour_in(place), hour_in(place, "other")


@pytest.mark.skipif(sys.platform == "win32", reason="kills by signal")
@pytest.mark.parametrize(
    ("args", "after"),
    [(UPDATE, (AT_FIVE, None)), (REMOVE, (None, None)), (RENAME, (AT_SIX, AT_SIX))],
    ids=lambda value: " ".join(value) if value[0] == "programmes" else "",
)
def test_killed_command_is_done_or_not_begun(kept: Any, tmp_path: Path, args: tuple[str, ...], after: Any) -> None:
    before = state(kept)
    count = kept.copy(tmp_path / "counted")
    count.under_the_hook(*args, STEPS_TO=str(tmp_path / "steps"))
    steps = int((tmp_path / "steps").read_text(encoding="utf-8").split()[0])
    wrong: list[tuple[int, object]] = []
    killed = 0

    for number, at in enumerate(sorted(Random(SEED).sample(range(1, steps + 1), min(steps, KILLS)))):
        place = kept.copy(tmp_path / str(number))
        killed += place.under_the_hook(*args, KILLED_AT=f"{at}:0").code == -signal.SIGKILL
        found = state(place)
        if found not in {before, after}:
            wrong.append((at, found))
        elif found == before and (place.process(*args).code, state(place)) != (0, after):
            wrong.append((at, "again"))

    assert (wrong, killed > 0) == ([], True)


@pytest.mark.parametrize("size", [0, 100, 600], ids=str)
def test_full_disk_leaves_the_programme_as_it_was(kept: Any, size: int) -> None:
    before = state(kept)

    run = kept.process(*UPDATE, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)))

    assert (run.code, state(kept)) == (1, before)
    assert not list((kept.data / "programmes").glob(".new-*"))


def test_eight_processes_update_one_after_the_other(kept: Any) -> None:
    processes = [kept.start(*UPDATE, "-f", "json") for _number in range(8)]
    said = [process.communicate()[0] for process in processes]

    told = [change["kinds"] for text in said for change in json.loads(text)["changes"]]
    versions = {each.name for each in (kept.data / "programmes" / "mine").iterdir()}
    assert ([process.returncode for process in processes], told) == ([0] * 8, [["moved"]])
    assert (versions, hour_in(kept)) == ({"1", "2", "3"}, AT_FIVE)
