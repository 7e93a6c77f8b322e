"""What the tests of the command line share: quick runs in this process, real ones in another, and small programmes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest
from typer.testing import CliRunner

from kzfest.cli.app import app

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class Outcome(NamedTuple):
    """How a run ended and what it printed; equal to a plain tuple of the same."""

    code: int
    stdout: str
    stderr: str


@pytest.fixture(name="warm_home", scope="session")
def _warm_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home that the tests share, so that each programme is compiled once."""
    return tmp_path_factory.mktemp("warm")


@pytest.fixture(name="kzfest")
def _kzfest(warm_home: Path) -> Callable[..., Outcome]:
    """Return a function that runs the program in this process, its output captured as bytes would be in a pipe."""

    def kzfest(*args: str, **environment: str) -> Outcome:
        env = {
            "KZFEST_HOME": str(warm_home),
            "LANGUAGE": None,
        } | environment  # which the program sets for its own process
        done = CliRunner().invoke(app, args, env=env, prog_name="kzfest", catch_exceptions=False)
        return Outcome(done.exit_code, done.stdout_bytes.decode(), done.stderr_bytes.decode())

    return kzfest


@pytest.fixture(name="process")
def _process(run: Callable[..., Outcome], warm_home: Path) -> Callable[..., Outcome]:
    """Return a function that runs the program in a process of its own, its output in pipes."""

    def process(*args: str, **environment: str) -> Outcome:
        done = run(*args, **({"KZFEST_HOME": str(warm_home)} | environment))
        return Outcome(done.code, done.stdout, done.stderr)

    return process


@pytest.fixture(name="on_terminal")
def _on_terminal(terminal: Callable[..., Outcome], warm_home: Path) -> Callable[..., Outcome]:
    """Return a function that runs the program in a process of its own, its output on a terminal."""

    def on_terminal(*args: str, columns: int = 80, **environment: str) -> Outcome:
        done = terminal(*args, columns=columns, **({"KZFEST_HOME": str(warm_home)} | environment))
        return Outcome(done.code, done.stdout, done.stderr)

    return on_terminal


@pytest.fixture(name="on_screen")
def _on_screen(screen: Callable[..., Outcome], warm_home: Path) -> Callable[..., Outcome]:
    """Return a function that runs the program in a process of its own, all of its output on one terminal."""

    def on_screen(*args: str, columns: int = 80, **environment: str) -> Outcome:
        done = screen(*args, columns=columns, **({"KZFEST_HOME": str(warm_home)} | environment))
        return Outcome(done.code, done.stdout, done.stderr)

    return on_screen


@pytest.fixture(name="programme")
def _programme(tmp_path: Path) -> Callable[..., str]:
    """Return a function that writes a programme of these venues, events and sources, and gives its file's name."""

    def programme(events: str, *, venues: str = "", sources: str = "", key: str = "village", head: str = "") -> str:
        parts = [
            "format: 1",
            f"programme: {{id: {key}, title: Village fair, timezone: Asia/Almaty, revised: 2023-12-01{head}}}",
            f"sources:\n{sources}" if sources else "",
            f"venues:\n{venues}" if venues else "",
            f"events:\n{events}",
        ]
        file = tmp_path / f"{key}.yaml"
        file.write_text("\n".join(parts) + "\n", encoding="utf-8")
        return str(file)

    return programme
