"""The full screen in a real process on a real (pseudo-)terminal, which the test reads as a person would."""

from __future__ import annotations

import os
import re
import select
import signal
import struct
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Self

import pytest
from rich.cells import cell_len

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import TracebackType

    Run = Callable[..., tuple[int, str, str]]

pty = pytest.importorskip("pty")

ALTERNATE_SCREEN_LEFT = "\x1b[?1049l"
PATIENCE = 30
"""Seconds for a start on a busy machine."""
_TOKEN = re.compile(
    r"\x1b\[([?<>=]?)([\d;:]*)([A-Za-z~])|\x1b[P\]_].*?(?:\x1b\\|\x07)|\x1b.|([\r\n\b])|([^\x1b\r\n\b]+)"
)


class Terminal:
    """The program on a terminal of so many columns and lines."""

    def __init__(
        self, environment: dict[str, str], *args: str, size: tuple[int, int] = (80, 24), code: str = ""
    ) -> None:
        import fcntl
        import termios

        self.size = size
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        self._process = subprocess.Popen(
            [sys.executable, *(["-c", code] if code else ["-m", "kzfest"]), *args],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=environment,
            start_new_session=True,
        )
        os.close(theirs)
        self.written = ""
        self._bytes = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._ours)

    def press(self, keys: str) -> None:
        """Type *keys*."""
        os.write(self._ours, keys.encode())

    def signal(self, number: int) -> None:
        """Send a signal to the program."""
        self._process.send_signal(number)

    def wait_for(self, text: str, *, pressing: str = "") -> list[str]:
        """Read until *text* is on the screen, and return the screen.

        If nothing comes for a second, type *pressing* once more: a click or the wheel may come before a pane is ready.
        """
        until = time.monotonic() + PATIENCE
        self.press(pressing)
        while time.monotonic() < until:
            lines = self.screen()
            if any(text in line for line in lines):
                return lines
            if not self._is_heard():
                self.press(pressing)
            elif not self._read():
                break
        raise AssertionError("\n".join(self.screen()))

    def end(self) -> int:
        """Read to the end, and return the exit code."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and (not self._is_heard() or self._read()):
            pass
        return self._process.wait(PATIENCE)

    def _is_heard(self) -> bool:
        """Whether the program writes something, or ends, within a second."""
        return bool(select.select([self._ours], [], [], 1)[0])

    def _read(self) -> bool:
        try:
            chunk = os.read(self._ours, 65536)
        except OSError:  # the way Linux says that the other end is closed
            return False
        self._bytes += chunk
        self.written = self._bytes.decode(errors="ignore")
        return bool(chunk)

    def screen(self) -> list[str]:
        """Return the lines that what was written leaves on the screen."""
        columns, rows = self.size
        cells = [[" "] * columns for _row in range(rows)]
        x = y = 0
        for private, numbers, command, control, text in _TOKEN.findall(self.written):
            given = [int(each or 1) for each in numbers.split(";")] if numbers.replace(";", "").isdigit() else []
            if command == "H" and not private:
                y, x = ((*given, 1, 1)[:2]) if given else (1, 1)
                x, y = x - 1, y - 1
            elif command == "J":
                cells = [[" "] * columns for _row in range(rows)]
            elif control == "\r":
                x = 0
            elif control == "\n":
                y = min(y + 1, rows - 1)
            for letter in text:
                if x < columns and y < rows:
                    cells[y][x] = letter
                    x += cell_len(letter)
        return ["".join(row).rstrip() for row in cells]


@pytest.fixture(name="environment")
def _environment(warm_home: Path, unmeasured: dict[str, str]) -> dict[str, str]:
    return unmeasured | {"KZFEST_HOME": str(warm_home), "KZFEST_NOW": "2023-12-15T09:00", "LANG": "en_US.UTF-8"}


def test_screen_on_a_terminal_is_the_one_of_the_pilot(
    environment: dict[str, str], golden: Callable[[str, str], None]
) -> None:
    with Terminal(environment, "--lang", "ru", "browse") as terminal:
        terminal.wait_for("пн  25")
        lines = terminal.wait_for(" main")

        terminal.press("й")
        assert terminal.end() == 0
    golden("browse/ru-80.txt", "".join(f"{line}\n" for line in lines))


def test_program_leaves_the_terminal_as_it_was(environment: dict[str, str]) -> None:
    with Terminal(environment, "browse") as terminal:
        terminal.wait_for("Equestrian")
        terminal.press("q")

        assert terminal.end() == 0
        assert ALTERNATE_SCREEN_LEFT in terminal.written


def test_signal_to_end_leaves_the_terminal_as_it_was(environment: dict[str, str]) -> None:
    with Terminal(environment, "browse") as terminal:
        terminal.wait_for("Equestrian")
        terminal.signal(signal.SIGTERM)

        assert terminal.end() == 0
        assert ALTERNATE_SCREEN_LEFT in terminal.written


def test_cyrillic_layout_searches_and_finds(environment: dict[str, str]) -> None:
    with Terminal(environment, "--lang", "kk", "browse") as terminal:
        terminal.wait_for("[15]")
        terminal.press("№танго")
        terminal.wait_for("«танго»")
        terminal.press("\rй")

        assert terminal.end() == 0


@pytest.mark.parametrize("keys", ["/tango\x1b[Bq", "/tango\rq", "/u\rq", "/q\x1b[Bq"])
def test_keys_that_come_at_once_go_where_the_one_before_leads(environment: dict[str, str], keys: str) -> None:
    with Terminal(environment, "browse") as terminal:
        terminal.wait_for("[15]")
        terminal.press(keys)

        assert terminal.end() == 0


WHEEL_DOWN = "\x1b[<65;5;10M"
CLICK = "\x1b[<0;5;10M\x1b[<0;5;10m"
"""What a terminal sends for the mouse at column 5, line 10."""


def test_wheel_scrolls_the_days_and_a_click_chooses_one(environment: dict[str, str]) -> None:
    with Terminal(environment, "browse") as terminal:
        terminal.wait_for("Mon 25")
        lines = terminal.wait_for("Thu 28", pressing=WHEEL_DOWN * 3)
        day = lines[9][:6]
        head = terminal.wait_for(f" {int(day[4:])} December 2023", pressing=CLICK)[0]
        terminal.press("q")

        assert (terminal.end(), "Friday 15" in head) == (0, False)


def test_click_chooses_an_event_a_second_one_opens_it_and_the_wheel_scrolls_its_card(
    environment: dict[str, str],
) -> None:
    click = "\x1b[<0;40;2M\x1b[<0;40;2m"

    with Terminal(environment, "browse") as terminal:
        terminal.wait_for("Mon 25")
        assert not any("2 sources" in line for line in terminal.wait_for("Also titled", pressing=click * 2))
        terminal.wait_for("2 sources", pressing="\x1b[<65;40;9M" * 9)
        terminal.press("\x1b")
        terminal.wait_for("12:00 Open Astana Cup")
        terminal.press("q")

        assert terminal.end() == 0


WITHOUT_TEXTUAL = "import sys; sys.modules['textual'] = None\nfrom kzfest.__main__ import main\nmain()\n"


def test_without_textual_the_command_says_how_to_get_it(environment: dict[str, str]) -> None:
    with Terminal(environment, "browse", code=WITHOUT_TEXTUAL) as terminal:
        assert terminal.end() == 2
        assert " ".join(" ".join(terminal.screen()).split()) == (
            "kzfest: browse needs Textual: `pipx inject kzfest textual`, or `pip install 'kzfest[browse]'`; "
            "`kzfest list` and `kzfest month` show the same"
        )


BROKEN = """
from kzfest.cli.browse.full_screen import FullScreen
def fail(*_given): raise LookupError("a bug of ours")
FullScreen._show_help = fail
async def fail_in_worker(*_given): raise LookupError("a bug of ours")
FullScreen._read_view = fail_in_worker
from kzfest.__main__ import main
main()
"""


@pytest.mark.parametrize("key", ["?", "m"])
def test_bug_of_ours_leaves_the_terminal_as_it_was_and_is_reported_without_a_traceback(
    environment: dict[str, str], key: str
) -> None:
    with Terminal(environment, "browse", code=BROKEN) as terminal:
        terminal.wait_for("Equestrian")
        terminal.press(key)

        assert terminal.end() == 70
        _before, _left, after = terminal.written.rpartition(ALTERNATE_SCREEN_LEFT)
        assert ("LookupError" in after, "Traceback" in terminal.written) == (True, False)


@pytest.mark.parametrize("term", ["dumb", "xterm-256color"])
def test_without_a_terminal_the_command_names_others(process: Run, term: str) -> None:
    assert process("browse", TERM=term) == (
        2,
        "",
        "kzfest: browse needs a terminal; `kzfest list` and `kzfest month` show the same\n",
    )
