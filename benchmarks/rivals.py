"""Other programs of the terminal that show what is on a day, each given the same events."""

from __future__ import annotations

import shutil
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from benchmarks import generate
from benchmarks.timing import Command, once

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.generate import Made

DAY = generate.BUSY_DAY.isoformat()
CALCURSE_AT_MOST = 10_000
"""It reads every event anew: a hundred thousand take it minutes."""


class Rival(NamedTuple):
    """A command that shows the busy day, and what its first run took in milliseconds, where that prepares something."""

    command: Command
    first: float | None = None


def khal(folder: Path, size: int) -> Rival | None:
    """Return khal with a folder of calendar files, whose cache the first run fills."""
    program = shutil.which("khal") or shutil.which("khal", path=str(Path(sys.executable).parent))
    if program is None:
        return None
    place = folder / f"khal-{size}"
    generate.write_vdir(place / "events", size)
    config = place / "config"
    config.write_text(
        f"[calendars]\n[[made]]\npath = {place / 'events'}\n[sqlite]\npath = {place / 'cache.db'}\n"
        "[locale]\ntimeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
        "datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n",
        encoding="utf-8",
    )
    command = Command([program, "-c", str(config), "list", DAY, "1d"])
    return Rival(command, once(command))


def calcurse(folder: Path, size: int) -> Rival | None:
    """Return calcurse (C), which has imported the calendar file."""
    program = shutil.which("calcurse")
    if program is None or size > CALCURSE_AT_MOST:
        return None
    place = folder / f"calcurse-{size}"
    place.mkdir()
    once(Command([program, "-D", str(place), "-i", str(folder / f"{size}.ics")]))
    return Rival(Command([program, "-D", str(place), "--input-datefmt", "4", "-d", DAY]))


def remind(folder: Path, size: int) -> Rival | None:
    """Return remind (C), with a script that has a line for each event."""
    program = shutil.which("remind")
    if program is None:
        return None
    script = folder / f"{size}.rem"
    script.write_text("".join(map(_reminder, generate.events(size))), encoding="utf-8")
    return Rival(Command([program, str(script), DAY]))


def _reminder(made: Made) -> str:
    if isinstance(made.start, datetime):
        return f"REM {made.start:%Y-%m-%d} AT {made.start:%H:%M} MSG {made.titles[0]}\n"
    return f"REM {made.start:%Y-%m-%d} THROUGH {made.end:%Y-%m-%d} MSG {made.titles[0]}\n"


RIVALS: dict[str, Callable[[Path, int], Rival | None]] = {
    "khal list": khal,
    "calcurse -d": calcurse,
    "remind": remind,
}
KHAL_GOALS = (3, 3.3, 5, 15)
"""How many times faster than khal to be, by size; the others are written in C, and start in a millisecond."""
