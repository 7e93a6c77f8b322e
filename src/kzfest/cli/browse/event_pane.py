"""The pane of the events: those of the chosen day, or of the whole programme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

from kzfest.cli.browse.ink import CHOSEN, CHOSEN_ELSEWHERE
from kzfest.cli.browse.paged_rows import PagedRows
from kzfest.cli.browse.pane import Pane
from kzfest.cli.terminal.tables import canvas_of, wrap
from kzfest.formats.page import StyledText, line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events
    from textual.strip import Strip

    from kzfest.cli.browse.ink import Ink
    from kzfest.cli.browse.pane import Pressed
    from kzfest.formats.page import Canvas, Line
    from kzfest.programme.database.catalogue import ListedRow

    ReadRows = Callable[[Sequence[ListedRow], Canvas], list[list[Line]]]


class EventPane(Pane):
    """The events of the chosen day, or of the whole programme, with the headings of their sections."""

    class Pointed(Message):
        """Another event is the current one; None if there are no events."""

        def __init__(self, row: ListedRow | None) -> None:
            super().__init__()
            self.row = row

    class Opened(Message):
        """The current event was double-clicked."""

    def __init__(self, ink: Ink, pressed: Pressed, read: ReadRows) -> None:
        super().__init__(ink, pressed)
        self._read = read
        self._told: Line = ()
        self.paged: PagedRows[str | ListedRow] = PagedRows([], lambda _rows: [])
        self.current = -1

    @property
    def row(self) -> ListedRow | None:
        """The current event."""
        found = self.paged.rows[self.current] if 0 <= self.current < len(self.paged.rows) else None
        return None if isinstance(found, str) else found

    def show(self, rows: Sequence[str | ListedRow], told: str = "", *, stay: bool = False) -> None:
        """Show *rows*, or without any what is *told*; *stay* at the current event if it is there."""
        before = self.row if stay else None
        self._told = line(StyledText(told, "faint"))
        self.paged = PagedRows(rows, self._lines_of)
        first = next((n for n, row in enumerate(rows) if not isinstance(row, str)), -1)
        self.current = next((n for n, row in enumerate(rows) if row == before), first) if before else first
        self.set_height(self.paged.height)
        if not stay:
            self.scroll_to(y=0, animate=False)
        self._settle()
        self.post_message(self.Pointed(self.row))
        self.refresh()

    def again(self) -> None:
        """Lay out the rows anew, for another width or other marks."""
        self.paged = PagedRows(self.paged.rows, self._lines_of)
        self.set_height(self.paged.height)
        self._settle()
        if self.row:
            self._show_current()
        self.refresh()

    def _lines_of(self, rows: Sequence[str | ListedRow]) -> list[list[Line]]:
        read = iter(self._read([row for row in rows if not isinstance(row, str)], canvas_of(self.room, self.ink.marks)))
        return [self._heading(row) if isinstance(row, str) else next(read) for row in rows]

    def _heading(self, text: str) -> list[Line]:
        return [line(" ", *each) for each in wrap(line(StyledText(text, "heading")), self.room - 1)]

    def _settle(self) -> None:
        """Read what is seen, and the page before it, without moving what is seen."""
        if not self.size.height:
            return
        top = self.scroll_offset.y
        down = self.paged.measure(top, top + self.size.height)
        self.set_height(self.paged.height)
        if down:
            self.scroll_to(y=top + down, animate=False)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Read what has come into sight."""
        super().watch_scroll_y(old_value, new_value)
        self._settle()

    def move(self, action: str) -> None:
        """Make another event the current one."""
        if not self.row:
            return
        if action in {"first", "last"}:
            self._go(0 if action == "first" else len(self.paged.rows) - 1, 1 if action == "first" else -1)
        elif action in {"up", "down"}:
            self._go(self.current + (1 if action == "down" else -1), 1 if action == "down" else -1)
        else:
            page = max(self.size.height - 1, 1)
            lines = self.paged.lines_of(self.current)
            y = lines.start - page if action == "page_up" else lines.start + page
            seen = self.paged.at(min(max(y, 0), self.paged.height - 1))
            step = -1 if action == "page_up" else 1
            self._go(seen.row if seen else 0, step)

    def _go(self, row: int, step: int) -> None:
        """Make the event at *row* the current one, or the next in the direction of *step*."""
        while 0 <= row < len(self.paged.rows) and isinstance(self.paged.rows[row], str):
            row += step
        if not 0 <= row < len(self.paged.rows):
            if self.current >= 0:
                self.scroll_to(y=0 if step < 0 else self.paged.height, animate=False)
            return
        self.current = row
        self._show_current()
        self.post_message(self.Pointed(self.row))
        self.refresh()

    def _show_current(self) -> None:
        lines = self.paged.lines_of(self.current)
        self.set_height(self.paged.height)
        above = self.current > 0 and isinstance(self.paged.rows[self.current - 1], str)
        self.seen(lines.start - above, len(lines) + above)

    def on_click(self, event: events.Click) -> None:
        """Make the event that was clicked the current one; open it at the second click."""
        seen = self.paged.at(event.y + self.scroll_offset.y)
        if seen and not isinstance(self.paged.rows[seen.row], str):
            self._go(seen.row, 1)
            if event.chain > 1:
                self.post_message(self.Opened())

    def strip_at(self, y: int) -> Strip:
        """Return the line *y* of the screen."""
        if not self.paged.rows:
            return self.ink.strip(line(*self.border, " ", *(self._told if y == 0 else ())), self.size.width)
        seen = self.paged.at(y + self.scroll_offset.y)
        if seen is None:
            return self.ink.strip(self.border, self.size.width)
        over = (CHOSEN if self.has_focus else CHOSEN_ELSEWHERE) if seen.row == self.current else None
        return self.ink.strip(line(*self.border, *seen.line), self.size.width, over, after=2)
