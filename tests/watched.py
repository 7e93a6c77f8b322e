"""Run commands in this process, and tell as JSON all they do that could leave the program: `watched.py '[["list"]]'`.

A command that is no list is Python, by which the tests see that the watch sees.
"""

from __future__ import annotations

import io
import json
import os
import sys
from contextlib import suppress
from typing import Any

NETWORK = ("socket.", "urllib.", "http.", "ftplib.", "smtplib.", "webbrowser.")
PROGRAMS = ("subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.startfile", "pty.")
FILES = ("os.mkdir", "os.remove", "os.rmdir", "os.rename", "os.link", "os.symlink", "os.truncate", "os.chmod")
FOR_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class Watch:
    """What has happened so far."""

    def __init__(self) -> None:
        self.events: list[list[str]] = []
        self.on = False

    def __call__(self, event: str, values: tuple[Any, ...]) -> None:
        writes = event == "open" and isinstance(values[2], int) and values[2] & FOR_WRITING
        if self.on and (writes or event.startswith((*NETWORK, *PROGRAMS, *FILES))):
            self.events.append([event, *map(_as_text, values)])


def _as_text(value: Any) -> str:
    return os.fsdecode(value) if isinstance(value, str | bytes) else repr(value)


def main() -> None:
    """Run what the command line names, and print what was seen."""
    from kzfest.cli.app import app

    watch = Watch()
    sys.addaudithook(watch)
    output, sys.stdout = sys.stdout, io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    watch.on = True
    for command in json.loads(sys.argv[1]):
        with suppress(SystemExit):
            exec(command, {}) if isinstance(command, str) else app(command)
    watch.on = False
    json.dump(watch.events, output)


if __name__ == "__main__":
    main()
