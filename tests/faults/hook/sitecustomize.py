"""Ends its own process at a chosen step. A test puts this folder on PYTHONPATH; the program knows nothing of it.

Python runs it before the program. A step is whatever may change a file: one that is opened to be written, renamed,
removed, and each statement of a database in a file. `KILLED_AT=7:0` kills at the seventh, `KILLED_AT=7:0.002` two
milliseconds after it began; `STEPS_TO=FILE` has the number of steps written down, and the seconds that they took.
"""

import atexit
import os
import signal
import sqlite3
import sys
import time
from pathlib import Path

CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "os.link", "os.truncate"}
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
IN_MEMORY = ":memory:"

AT, _colon, AFTER = os.environ.get("KILLED_AT", "0:0").partition(":")
seen: list[float] = []


def step(*_what: object) -> None:
    """Count a step, and be killed where it is the chosen one."""
    seen.append(time.perf_counter())
    if len(seen) == int(AT):
        if float(AFTER):  # what SIGALRM does to who does not wait for it is what SIGKILL does: nothing of ours runs
            signal.setitimer(signal.ITIMER_REAL, float(AFTER))
        else:
            os.kill(os.getpid(), signal.SIGKILL)


def audited(event: str, details: tuple[object, ...]) -> None:
    """Take what Python tells of a change of a file as a step."""
    if event == "open":
        path, _mode, flags = details
        if not isinstance(flags, int) or not flags & WRITES or "__pycache__" in str(path):
            return
        if flags & os.O_TRUNC and isinstance(path, str | Path) and Path(path).exists():
            os.truncate(path, 0)  # as will be done at once: a file that has been emptied and not yet filled is a step
    elif event not in CHANGES:
        return
    step()


def finished() -> None:
    """Write down how many steps there were; the end itself is the last."""
    step()
    if "STEPS_TO" in os.environ:
        Path(os.environ["STEPS_TO"]).write_text(f"{len(seen)} {seen[-1] - seen[0]}", encoding="utf-8")


connect = sqlite3.connect
fsync = os.fsync


def traced(database: str, *args: object, **options: object) -> sqlite3.Connection:
    """Open *database*, with each of its statements a step."""
    connection = connect(database, *args, **options)  # type: ignore[call-overload]
    if database != IN_MEMORY:
        connection.set_trace_callback(step)
    return connection  # type: ignore[no-any-return]


def synced(handle: int) -> None:
    """Have a file reach the disk, which is a step."""
    step()
    fsync(handle)


if "KILLED_AT" in os.environ or "STEPS_TO" in os.environ:
    sqlite3.connect = traced  # type: ignore[assignment]
    os.fsync = synced  # type: ignore[assignment]
    atexit.register(finished)
    sys.addaudithook(audited)
