"""What all tests share: golden files, a programme from a short text, and a clean environment."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from kzfest.i18n import set_language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

settings.register_profile("fixed", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("brief", settings.get_profile("fixed"), max_examples=25)
settings.register_profile("search", deadline=None, max_examples=2_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fixed"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-golden", action="store_true", help="rewrite the golden files from what is printed now")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest and shares what it makes: one worker gets it whole, and none waits for it."""
    items.sort(key=lambda item: "pinned" not in item.keywords)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Let each test begin in English, whatever language the one before spoke."""
    yield
    set_language("en")


SETTINGS = frozenset(
    {
        *("LANG", "LANGUAGE", "COLUMNS", "NO_COLOR", "FORCE_COLOR", "PY_COLORS", "GITHUB_ACTIONS", "FORCE_HYPERLINK"),
        *("TERM_PROGRAM", "VTE_VERSION", "WT_SESSION", "KITTY_WINDOW_ID", "KONSOLE_VERSION", "DOMTERM"),
    }
)
"""Besides our own, what of the environment the program obeys."""


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Give each test a home of its own, and none of the settings of whoever runs it.

    One of Python's own is among them: where it may not keep its bytecode, each process compiles the program anew, which
    takes as long as all the rest of its start.
    """
    for name in list(os.environ):
        if name.startswith(("KZFEST_", "LC_")) or name in SETTINGS or name == "PYTHONDONTWRITEBYTECODE":
            monkeypatch.delenv(name)
    monkeypatch.setenv("KZFEST_HOME", str(tmp_path_factory.mktemp("home")))
    monkeypatch.setenv("TERM", "xterm-256color")


@pytest.fixture(name="golden")
def _golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Return the check that a text equals a golden file; `--write-golden` rewrites the file."""
    folder: Path = request.config.rootpath / "tests" / "golden"

    def check(name: str, text: str) -> None:
        file = folder / name
        if request.config.getoption("--write-golden"):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode())
        assert text == file.read_bytes().decode()

    return check


@pytest.fixture(name="unmeasured")
def _unmeasured() -> dict[str, str]:
    """Return the environment of a process whose own modules, signals and files count, without coverage's among them."""
    return {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}


@dataclass(frozen=True)
class Outcome:
    """What a real run of the program printed, and how it ended."""

    code: int
    stdout: str
    stderr: str


@pytest.fixture(name="run")
def _run(tmp_path: Path) -> Callable[..., Outcome]:
    """Return a function that runs the program in a process of its own, its output in pipes."""

    def run(*args: str, **environment: str) -> Outcome:
        done = subprocess.run(
            [sys.executable, "-m", "kzfest", *args],
            cwd=tmp_path,
            env=os.environ | environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
        return Outcome(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run


@pytest.fixture(name="terminal")
def _terminal(tmp_path: Path) -> Callable[..., Outcome]:
    """Return a function that runs the program with its output on a (pseudo-)terminal of so many columns."""
    return partial(_on_pty, tmp_path, notes_apart=True)


@pytest.fixture(name="screen")
def _screen(tmp_path: Path) -> Callable[..., Outcome]:
    """Return a function that runs the program with results and notes on one (pseudo-)terminal of so many columns."""
    return partial(_on_pty, tmp_path, notes_apart=False)


def _on_pty(folder: Path, *args: str, notes_apart: bool, columns: int = 80, **environment: str) -> Outcome:
    """Run the program in *folder* on a pseudo-terminal; *notes_apart* keeps standard error off it."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "kzfest", *args],
        cwd=folder,
        env=os.environ | {"COLUMNS": str(columns), "LINES": "50"} | environment,
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=subprocess.PIPE if notes_apart else theirs,
    ) as process:
        os.close(theirs)
        printed = b"".join(iter(lambda: _read(ours), b""))
        stderr = process.stderr.read() if process.stderr else b""
    os.close(ours)
    return Outcome(process.returncode, printed.decode().replace("\r\n", "\n"), stderr.decode())


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # the way Linux says that the other end is closed
        return b""
