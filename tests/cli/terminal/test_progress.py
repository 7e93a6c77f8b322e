"""A bar on standard error while a large programme is read, and Ctrl-C while it is."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no such terminal")

EVENTS = 12_000
"""Read in a second: long enough for a bar."""

HEAD = "format: 1\nprogramme: {id: p, title: P, timezone: Asia/Almaty, revised: 2023-12-01}\n"


@pytest.fixture(name="large", scope="module")
def _large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("large") / "large.yaml"
    events = (f"- {{id: e{n}, title: Event {n}, category: c, start: 2023-12-{n % 30 + 1:02}}}\n" for n in range(EVENTS))
    file.write_text(f"{HEAD}events:\n{''.join(events)}", encoding="utf-8")
    return file


class Watched:
    """A run whose standard error is a terminal."""

    def __init__(self, home: Path, *args: str, **environment: str) -> None:
        pty = pytest.importorskip("pty")
        self._ours, theirs = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "kzfest", *args],
            env=os.environ | {"KZFEST_HOME": str(home), "TERM": "xterm", "COLUMNS": "80"} | environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=theirs,
        )
        os.close(theirs)

    def seen(self) -> Iterator[str]:
        """Yield what appears on the terminal, as it comes."""
        with suppress(OSError):  # the other end is closed
            while data := os.read(self._ours, 65536):
                yield data.decode()
        os.close(self._ours)

    def finish(self) -> tuple[int, str, str]:
        """Return the exit code, the result, and all that appeared."""
        appeared = "".join(self.seen())
        result = self.process.communicate()[0].decode()
        return self.process.returncode, result, appeared


def test_bar_tells_how_much_of_a_large_programme_is_read(tmp_path: Path, large: Path) -> None:
    args = ("--data", str(large), "list", "--on", "2023-12-16", "--limit", "1", "-f", "csv")

    cold, warm = (Watched(tmp_path, *args).finish() for _ in range(2))
    shares = [int(share) for share in re.findall(r"reading large.yaml .* (\d+)%", cold[2].replace("\r", "\n"))]

    assert cold[:2] == warm[:2]
    assert (cold[0], re.sub(r"\x1b\[[\d;]*m", "", warm[2])) == (0, "more events match: raise --limit to see them\r\n")
    assert shares
    assert shares == sorted(shares)


@pytest.mark.parametrize("environment", [{"TERM": "dumb"}, {"_KZFEST_COMPLETE": "complete_bash", "COMP_CWORD": "1"}])
def test_nobody_is_told_where_no_bar_can_be_seen(tmp_path: Path, large: Path, environment: dict[str, str]) -> None:
    words = f"kzfest --data {large} show e1"

    watched = Watched(tmp_path, "--data", str(large), "show", "e1", COMP_WORDS=words, **environment)

    assert watched.finish()[2] == ""


def test_interrupted_reading_leaves_nothing_half_made(tmp_path: Path, large: Path) -> None:
    watched = Watched(tmp_path, "--data", str(large), "list", "--limit", "0")  # less output than a pipe holds
    seen = watched.seen()

    next(seen)  # the bar
    watched.process.send_signal(signal.SIGINT)
    appeared = "".join(seen)
    result = watched.process.communicate()[0]

    assert (watched.process.returncode, result) == (130, b""), appeared
    assert "Traceback" not in appeared
    assert appeared.endswith("\r\x1b[2K")
    assert list((tmp_path / "cache").iterdir()) == []


def test_what_a_killed_process_left_is_removed_in_an_hour(tmp_path: Path) -> None:
    file = tmp_path / "small.yaml"
    file.write_text(f"{HEAD}events: []\n", encoding="utf-8")
    old, young = (tmp_path / "cache" / name for name in (".old.a1b2c3d4.half", ".young.a1b2c3d4.half"))
    old.parent.mkdir()
    for left in (old, young):
        left.write_bytes(b"half")
    os.utime(old, (1_700_000_000, 1_700_000_000))

    command = [sys.executable, "-m", "kzfest", "--data", str(file), "list"]
    subprocess.run(command, env=os.environ | {"KZFEST_HOME": str(tmp_path)}, check=True)

    assert sorted(path.suffix for path in old.parent.iterdir()) == [".half", ".sqlite3"]
    assert young.exists()
