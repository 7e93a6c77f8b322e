"""The report of an unexpected error. This module imports little, because anything may be broken."""

from __future__ import annotations

import os
import sys

from kzfest import __version__
from kzfest.cli.terminal.console import drop
from kzfest.core.errors import UnforeseenError
from kzfest.core.safe_text import visible
from kzfest.i18n import _

DEBUG_VARIABLE = "KZFEST_DEBUG"
"""The variable that shows the traceback, unless it is empty or 0."""


def report_crash(error: Exception) -> int:
    """Report *error* on standard error as a bug of kzfest, and return its exit code."""
    said = f"{_in_lines(f'kzfest: {_sentence(error)}')}\n"
    if os.environ.get(DEBUG_VARIABLE, "0") not in {"", "0"}:
        from traceback import format_exception

        said = "".join([*format_exception(error), said])
    for stream, text in ((sys.stdout, ""), (sys.stderr, visible(said))):
        if stream is not None:  # None if it was closed from the start (`2>&-`)
            try:
                stream.write(text)
                stream.flush()
            except OSError:
                drop(stream)
    return UnforeseenError.exit_code


def _in_lines(text: str) -> str:
    """Return *text*, wrapped between words if standard error is a terminal."""
    if sys.stderr is None or not sys.stderr.isatty():
        return text
    from shutil import get_terminal_size
    from textwrap import fill

    return fill(text, get_terminal_size().columns, break_long_words=False, break_on_hyphens=False)


def _sentence(error: Exception) -> str:
    if isinstance(error, UnforeseenError):
        what = str(error)
    else:
        message = _("an unexpected error in kzfest {version} stopped this command ({kind})")
        what = message.format(version=__version__, kind=type(error).__name__)
    message = _(
        "{what}. Please report it to the maintainers through the issues page of the repository; "
        "KZFEST_DEBUG=1 shows the traceback."
    )
    return message.format(what=what)
