"""How lines of a page become strips of the screen: colours, links, and the characters that the terminal has."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from kzfest.cli.terminal.console import STYLES, knows_links, link_address, marks_in_ascii
from kzfest.core.safe_text import visible
from kzfest.formats.page import StyledText

if TYPE_CHECKING:
    from kzfest.formats.page import Line

WITHOUT_COLOUR = {"strong": "bold", "heading": "bold", "bad": "bold", "link": "underline", "today": "reverse"}
"""The styles of a screen without colour."""
CHOSEN = Style(reverse=True)
CHOSEN_ELSEWHERE = Style(underline=True)
"""How the chosen row looks in the pane that has the focus, and in the others."""
BORDER = StyledText("│", "faint")
BORDER_OF_FOCUS = StyledText("┃", "mark")
MORE_FOLLOWS = StyledText("▼", "mark")


class Ink:
    """Turns lines of a page into strips of the screen: in colour or not, with the characters that the terminal has."""

    def __init__(self, *, coloured: bool) -> None:
        styles = STYLES if coloured else WITHOUT_COLOUR
        self.linked = coloured and knows_links(os.environ)
        self._styles = {name: Style.parse(code) for name, code in styles.items()}
        self.marks = marks_in_ascii()
        self._encoding = getattr(sys.stdout, "encoding", None) or "ascii"

    def strip(self, given: Line, width: int, over: Style | None = None, *, after: int = 0) -> Strip:
        """Return *given* in *width* columns, with the style *over* on what follows its first *after* spans."""
        segments = []
        for n, (text, style, to, *_others) in enumerate(given):
            shown = visible(text).replace("\n", " ").translate(self.marks)
            if not shown.isascii():
                shown = shown.encode(self._encoding, "replace").decode(self._encoding)
            look = self._styles.get(style, Style())
            if to and self.linked:
                look += self._styles["link"] + Style(link=link_address(to))
            if over and n >= after:
                look = look + over if over is CHOSEN_ELSEWHERE else over + Style(bold=look.bold)
            segments.append(Segment(shown, look))
        made = Strip(segments).adjust_cell_length(width, over if over is CHOSEN else None)
        return made.simplify()
