"""A page of the manual on a terminal: Rich lays out the Markdown."""

from __future__ import annotations

import sys
from io import StringIO
from typing import TYPE_CHECKING, Any

import typer
from rich.console import Console
from rich.markdown import CodeBlock, Heading, Markdown
from rich.text import Text
from rich.theme import Theme

from kzfest.cli.terminal.console import STYLES, has_colour, is_terminal, print_text, width

if TYPE_CHECKING:
    from collections.abc import Iterator

USUAL_WIDTH = 100
"""The columns where the width is unknown; the examples of the manual have as many."""


_STYLES_OF_MARKDOWN = {
    "markdown.code": STYLES["command"],
    "markdown.table.border": STYLES["faint"],
    "markdown.table.header": STYLES["strong"],
}


class _Heading(Heading):
    """A heading at the left, as on our other pages."""

    def __rich_console__(self, console: Any, options: Any) -> Iterator[Any]:  # Rich calls it
        yield Text(self.text.plain, style=STYLES["strong" if self.tag == "h1" else "heading"])


class _Example(CodeBlock):
    """An example, whose lines stay whole, to be copied."""

    def __rich_console__(self, console: Any, options: Any) -> Iterator[Any]:  # Rich calls it
        for line in str(self.text).rstrip().split("\n"):
            style = STYLES["command"] if line.startswith("$ ") or self.lexer_name == "sh" else ""
            yield Text(f"  {line}", style=style, no_wrap=True, overflow="ignore")


class _Page(Markdown):
    elements = Markdown.elements | {"heading_open": _Heading, "fence": _Example, "code_block": _Example}


def print_manual_page(text: str) -> None:
    """Print a page in Markdown, laid out if people read it, and as it is for other programs."""
    coloured = has_colour(sys.stdout)
    if not (is_terminal() or coloured):
        print_text(text)
        return
    laid_out = StringIO()
    console = Console(
        file=laid_out,
        force_terminal=coloured,
        color_system="256" if coloured else None,
        no_color=not coloured,
        width=width() or USUAL_WIDTH,
        theme=Theme(_STYLES_OF_MARKDOWN),
    )
    console.print(_Page(text, hyperlinks=False), crop=False)
    if coloured:
        encoding = getattr(sys.stdout, "encoding", None) or "ascii"
        typer.echo(laid_out.getvalue().encode(encoding, "replace").decode(encoding), nl=False, color=True)
    else:
        print_text(laid_out.getvalue())
