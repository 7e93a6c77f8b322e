"""A pane with a page to read, such as the card of an event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzfest.cli.browse.ink import BORDER, BORDER_OF_FOCUS
from kzfest.cli.browse.pane import Pane
from kzfest.cli.terminal.tables import canvas_of, render, wrap
from kzfest.formats.page import line, plain, with_addresses

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.strip import Strip

    from kzfest.cli.browse.ink import Ink
    from kzfest.cli.browse.pane import Pressed
    from kzfest.formats.page import Line, Page, Style


class TextPane(Pane):
    """A page to read: the card of an event, a month, the help."""

    def __init__(self, ink: Ink, pressed: Pressed, *, bordered: bool) -> None:
        super().__init__(ink, pressed, bordered=bordered)
        self.page: Page = ()
        self._of: object = None
        """What the page is about."""
        self._drawn: tuple[int, Sequence[Line]] = (0, ())

    def show(self, page: Page, of: object = None) -> None:
        """Show *page* from its beginning, unless a page of the same thing was there."""
        self.page = page
        self._drawn = (0, ())
        if of is None or of != self._of:
            self.scroll_to(y=0, animate=False)
        self._of = of
        self.again()

    def again(self) -> None:
        """Lay out the page for the width of the pane."""
        if self.size.width:
            self.set_height(len(self.lines))
        self.refresh()

    @property
    def lines(self) -> Sequence[Line]:
        """The lines of the page."""
        if self._drawn[0] != self.room:
            page = self.page if self.ink.linked else with_addresses(self.page)
            lines = render(page, self.room, drawn_in=lambda: self.ink.marks)
            self._drawn = self.room, [part for each in lines for part in _broken(each, self.room)]
        return self._drawn[1]

    def strip_at(self, y: int) -> Strip:
        """Return the line *y* of the screen."""
        lines, y = self.lines, y + self.scroll_offset.y
        told = lines[y] if y < len(lines) else ()
        border = (BORDER_OF_FOCUS if self.has_focus else BORDER, " ") if self.border else ()
        return self.ink.strip(line(*border, *told), self.size.width)


def _broken(given: Line, room: int) -> Iterator[Line]:
    """Yield *given* in lines of *room* columns, links and commands too: nobody copies them from a pane."""
    indent = len(plain(given)) - len(plain(given).lstrip(" "))
    looks: dict[Style, Style] = {"command": "strong", "link": ""}
    breakable = (span._replace(style=looks.get(span.style, span.style)) for span in given)
    for n, part in enumerate(wrap(tuple(breakable), room)):
        yield (
            line(" " * min(indent, room // 2), *part)
            if n and canvas_of(room).columns_of(plain(part)) + indent <= room
            else part
        )
