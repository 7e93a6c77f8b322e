"""Runs kzfest on a pseudo-terminal, in this process."""

from __future__ import annotations

import os
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import typer

from kzfest.cli.app import app

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


def on_terminal(args: Sequence[str], environment: Mapping[str, str], *, with_notes: bool = True) -> tuple[int, str]:
    """Run the program with these variables, and return its exit code and what it printed.

    Without *with_notes*, what it prints on standard error is lost.
    """
    import pty  # which Windows does not have

    ours, theirs = pty.openpty()
    chunks: list[bytes] = []
    reader = Thread(target=_read_all, args=(ours, chunks))
    reader.start()
    with (
        os.fdopen(theirs, "w", encoding="utf-8") as terminal,
        Path(os.devnull).open("w", encoding="utf-8") as nowhere,
        redirect_stdout(terminal),
        redirect_stderr(terminal if with_notes else nowhere),
        _in(environment),
    ):
        code = typer.main.get_command(app).main(list(args), prog_name="kzfest", standalone_mode=False)
    reader.join()
    os.close(ours)
    return code, b"".join(chunks).decode().replace("\r\n", "\n")


def _read_all(terminal: int, chunks: list[bytes]) -> None:
    """Read until the other end is closed, which Linux reports as an error."""
    try:
        while chunk := os.read(terminal, 65536):
            chunks.append(chunk)
    except OSError:
        return


@contextmanager
def _in(environment: Mapping[str, str]) -> Iterator[None]:
    """Set the variables meanwhile; what the program sets for its own process goes as well."""
    before = dict(os.environ)
    os.environ.update(environment)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
