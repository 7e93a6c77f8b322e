"""Standard output and error: where text goes, how wide it may be, and whether it may have colour."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from io import UnsupportedOperation
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TextIO

    from kzfest.formats.layout import Line, Page, Style

Colour: TypeAlias = Literal["auto", "always", "never"]

STYLES: dict[Style, str] = {
    "strong": "bold",
    "faint": "dim",
    "heading": "bold cyan",
    "good": "green",
    "warning": "yellow",
    "bad": "bold red",
    "link": "underline",
    "command": "cyan",
}

WIDEST = 1_000
"""Columns of a page: more than any screen has. Rich takes time and memory for each of them."""
_SIZES = ("COLUMNS", "LINES", "TERMINAL_WIDTH")
"""The variables in which Python, Rich and Typer look for the size of the terminal."""

LONGEST_LINE = 2_000
MOST_LINES = 200
"""Of what is told: more than any sentence of ours has by itself, names and fifty faults included."""
MOST_TOLD = 50
"""Sentences of one kind: nobody reads more, and a file that somebody sent may bring thousands."""

_TYPEWRITER = str.maketrans(
    {"–": "-", "—": "-", "─": "-", "·": "*", "…": "...", "’": "'", "“": '"', "”": '"', "\u00a0": " "}
)
"""For a terminal that cannot write more than plain letters: what would become a question mark."""


def is_terminal() -> bool:
    """Whether results go to a terminal."""
    return sys.stdout is not None and sys.stdout.isatty()  # None: closed before we began (`>&-`)


def is_dumb() -> bool:
    """Whether the terminal can do nothing but write letters."""
    return os.environ.get("TERM") == "dumb"


def bound_sizes() -> None:
    """Have the environment claim no terminal larger than *WIDEST*, and none whose size is no number.

    The help and the tables obey these variables: some billion columns take all memory, and Rich stumbles over others.
    """
    for name in _SIZES:
        size = os.environ.get(name, "")
        if not (size.isascii() and size.isdigit()):
            os.environ.pop(name, None)
        elif len(size) > len(str(WIDEST)) or int(size) > WIDEST:
            os.environ[name] = str(WIDEST)


def width() -> int | None:
    """Return the columns of the terminal, or None where results go elsewhere."""
    from shutil import get_terminal_size

    return get_terminal_size().columns if is_terminal() else None


def show(page: Page, colour: Colour) -> None:
    """Print *page* as the place it goes to allows."""
    from kzfest.cli.tables import letters, render

    lines = render(page, width())
    if colour == "always" or (colour == "auto" and is_terminal() and not is_dumb()):
        _print_styled(lines, colour)
    else:
        say(letters(lines))


def _print_styled(lines: Iterable[Line], colour: Colour) -> None:
    """Print *lines* through Rich, which knows what a terminal's colours are."""
    from rich.console import Console
    from rich.segment import Segment, Segments
    from rich.style import Style as RichStyle

    styles = {name: RichStyle.parse(code) for name, code in STYLES.items()}
    force = {"force_terminal": True, "no_color": False, "color_system": "standard"} if colour == "always" else {}
    console = Console(soft_wrap=True, **force)  # type: ignore[arg-type]
    segments = [Segment(_writable(text), styles.get(style)) for line in lines for text, style in (*line, ("\n", ""))]
    console.print(Segments(segments), end="", soft_wrap=True)


def say(text: str) -> None:
    """Print *text*, in the letters that standard output can write, with what a terminal would obey made visible."""
    import typer  # not at the top: what tells that Typer is broken needs this room as well

    typer.echo(_writable(text), nl=False)


def note(text: str) -> None:
    """Print a sentence that is no result, on standard error, with what a terminal would obey made visible.

    Where it cannot be written (`2>/dev/full`), the result still can.
    """
    import typer  # as above

    from kzfest.core.texts import nested, visible  # not for --version

    try:
        typer.echo(visible(nested(_shortened(text))), err=True)
    except OSError:
        drop(sys.stderr)


def note_each(told: Iterable[str]) -> None:
    """Print each of several sentences once, and of many of them the first, with how many more there are."""
    from kzfest.core.words import _  # nor this

    sentences = list(dict.fromkeys(told))
    for text in sentences[:MOST_TOLD]:
        note(text)
    if len(sentences) > MOST_TOLD:
        note(_("and {n} more").format(n=len(sentences) - MOST_TOLD))


def drop(stream: TextIO) -> None:
    """Let what *stream* still has go nowhere, so that Python does not stumble over it on its way out."""
    with suppress(UnsupportedOperation):  # nor does Python, over one that is no file
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _shortened(text: str) -> str:
    """Return *text* without the middle of lines that nobody reads to their end, such as an argument of a megabyte."""
    lines = [
        line if len(line) <= LONGEST_LINE else f"{line[: LONGEST_LINE // 2]} … {line[-LONGEST_LINE // 2 :]}"
        for line in text.split("\n")
    ]
    return "\n".join(
        lines if len(lines) <= MOST_LINES else [*lines[: MOST_LINES // 2], "…", *lines[-MOST_LINES // 2 :]]
    )


def _writable(text: str) -> str:
    from kzfest.core.texts import visible  # not for --version

    text = visible(text)
    encoding = getattr(sys.stdout, "encoding", None) or "ascii"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.translate(_TYPEWRITER).encode(encoding, "replace").decode(encoding)
    return text
