"""A progress bar on standard error, if that is a terminal."""

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
"""A bar for a shorter time would only flicker."""
REFRESH_SECONDS = 0.1
BAR = 30
"""The width in columns."""
BACK = "\r\x1b[2K"
"""Moves the cursor to the beginning of the line, and clears the line."""


@contextmanager
def show_progress(text: str) -> Iterator[OnProgress]:
    """Yield a function that shows the progress of a task, which *text* describes. The bar disappears at the end."""
    if not _is_watched():
        yield no_progress
        return
    bar = _Bar(text)
    try:
        yield bar.show
    finally:
        bar.stop()


def _is_watched() -> bool:
    """Whether a person sees standard error. While a shell completes a line, it must stay empty."""
    return (
        sys.stderr is not None
        and sys.stderr.isatty()
        and os.environ.get("TERM") != "dumb"
        and "_KZFEST_COMPLETE" not in os.environ
    )


class _Bar:
    """A line that is rewritten each time. Rich's own display hides the cursor, also after some uses of Ctrl-C."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._next = monotonic() + BAR_AFTER_SECONDS
        self._console: Console | None = None

    def show(self, share: float) -> None:
        """Show the *share* that is done, if the task takes long."""
        if monotonic() < self._next:
            return
        from rich.console import Console
        from rich.progress_bar import ProgressBar

        from kzfest.cli.terminal.console import has_colour
        from kzfest.core.safe_text import visible

        colours: Literal["auto"] | None = "auto" if has_colour(sys.stderr) else None
        self._console = self._console or Console(
            stderr=True, highlight=False, markup=False, emoji=False, color_system=colours
        )
        _erase()
        self._console.print(visible(self._text), end=" ")
        self._console.print(ProgressBar(total=1, completed=share, width=BAR), f" {share:.0%}", end="")
        self._next = monotonic() + REFRESH_SECONDS

    def stop(self) -> None:
        """Remove the bar."""
        if self._console:
            _erase()


def _erase() -> None:
    sys.stderr.write(BACK)
    sys.stderr.flush()
