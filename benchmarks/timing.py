"""Whole processes timed side by side: the machine's noise falls on both."""

from __future__ import annotations

import os
import pty
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


@dataclass(frozen=True)
class Command:
    """A process to time: its arguments, what must be done before each run, and whether it has a terminal."""

    args: Sequence[str]
    environment: Mapping[str, str] | None = None
    before: Callable[[], None] | None = None
    terminal: bool = False
    painted: str = ""
    """What a full screen shows when it is there; the time ends then, and *leaving* ends the program."""
    leaving: str = "q"


@dataclass(frozen=True)
class Paired:
    """Two commands timed in turn, in milliseconds."""

    ours: list[float]
    theirs: list[float]

    @property
    def ratio(self) -> float:
        """How many times as long ours took, by the medians."""
        return statistics.median(self.ours) / statistics.median(self.theirs)


def paired(ours: Command, theirs: Command, *, runs: int) -> Paired:
    """Return the times of both, run by turns; the first run of each warms what is cold, and does not count."""
    once(ours)
    once(theirs)
    found = Paired([], [])
    for _run in range(runs):
        found.ours.append(once(ours))
        found.theirs.append(once(theirs))
    return found


def once(command: Command) -> float:
    """Return how long one run takes, in milliseconds. Raises RuntimeError where it fails."""
    if command.before:
        command.before()
    environment = os.environ | dict(command.environment or {})
    begun = time.perf_counter()
    if command.painted:
        code, ended = _until_painted(command, environment)
    else:
        code = _on_terminal(command.args, environment) if command.terminal else _in_pipe(command.args, environment)
        ended = time.perf_counter()
    took = (ended - begun) * 1000
    if code:
        raise RuntimeError(f"{command.args} ended with {code}")
    return took


def _in_pipe(args: Sequence[str], environment: Mapping[str, str]) -> int:
    return subprocess.run(
        args, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False
    ).returncode


def _on_terminal(args: Sequence[str], environment: Mapping[str, str]) -> int:
    ours, theirs = pty.openpty()
    with subprocess.Popen(args, env=environment, stdout=theirs, stderr=subprocess.DEVNULL, stdin=theirs) as process:
        os.close(theirs)
        while True:
            try:
                if not os.read(ours, 65536):
                    break
            except OSError:  # the way Linux says that the other end is closed
                break
    os.close(ours)
    return process.returncode


def _until_painted(command: Command, environment: Mapping[str, str]) -> tuple[int, float]:
    """Run a full screen until it is painted; return its exit code, and when that was."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(command.args, env=environment, stdout=theirs, stderr=theirs, stdin=theirs) as process:
        os.close(theirs)
        seen = b""
        while command.painted.encode() not in seen:
            seen += os.read(ours, 65536)
        painted = time.perf_counter()
        os.write(ours, command.leaving.encode())
        try:
            while os.read(ours, 65536):
                pass
        except OSError:  # as above
            pass
    os.close(ours)
    return process.returncode, painted


def peak_mebibytes(command: Command) -> float:
    """Return the most memory that one run holds."""
    code = (
        "import resource, subprocess, sys\n"
        "subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)\n"
    )
    if command.before:
        command.before()
    done = subprocess.run(
        [sys.executable, "-c", code, *command.args],
        env=os.environ | dict(command.environment or {}),
        capture_output=True,
        text=True,
        check=True,
    )
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return int(done.stdout) / unit
