"""What a person sees who has to wait: a bar on standard error, where that is a terminal."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING, Literal

from kzfest.programme.database.cache import no_progress

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from kzfest.programme.database.cache import OnProgress

BAR_AFTER_SECONDS = 0.5
"""Seconds that nobody minds; a bar for less would only flicker."""
REFRESH_SECONDS = 0.1
"""Seconds between two looks at it."""
BAR = 30
"""Columns."""
BACK = "\r\x1b[2K"
"""To the beginning of the line, which is empty then."""


@contextmanager
def show_progress(text: str) -> Iterator[OnProgress]:
    """Give what hears how far a long work is, which *text* tells of; the bar is gone when the work is."""
    if not _is_watched():
        yield no_progress
        return
    bar = _Bar(text)
    try:
        yield bar.show
    finally:
        bar.stop()


def _is_watched() -> bool:
    """Whether a person sees standard error; a shell that asks for completions has its own line there."""
    return (
        sys.stderr is not None
        and sys.stderr.isatty()
        and os.environ.get("TERM") != "dumb"
        and "_KZFEST_COMPLETE" not in os.environ
    )


class _Bar:
    """A line that is written anew each time; Rich's own display hides the cursor, and Ctrl-C may leave it so."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._next = monotonic() + BAR_AFTER_SECONDS
        self._console: Console | None = None

    def show(self, share: float) -> None:
        """Show what *share* is done, once it lasts."""
        if monotonic() < self._next:
            return
        from rich.console import Console
        from rich.progress_bar import ProgressBar

        from kzfest.cli.terminal.console import has_colour
        from kzfest.core.texts import visible

        colours: Literal["auto"] | None = "auto" if has_colour(sys.stderr) else None
        self._console = self._console or Console(
            stderr=True, highlight=False, markup=False, emoji=False, color_system=colours
        )
        _erase()
        self._console.print(visible(self._text), end=" ")
        self._console.print(ProgressBar(total=1, completed=share, width=BAR), f" {share:.0%}", end="")
        self._next = monotonic() + REFRESH_SECONDS

    def stop(self) -> None:
        """Take the bar away."""
        if self._console:
            _erase()


def _erase() -> None:
    sys.stderr.write(BACK)
    sys.stderr.flush()
