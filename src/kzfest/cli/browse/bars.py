"""The parts of the full screen without the focus: the head, messages, the line of keys, the grid of a month."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from textual.message import Message
from textual.widget import Widget

from kzfest.cli.terminal.tables import canvas_of, wrap
from kzfest.core.safe_text import visible
from kzfest.formats.page import StyledText, line, plain
from kzfest.pages.browse_rows import day_of_grid, month_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from textual import events
    from textual.geometry import Size
    from textual.strip import Strip
    from textual.timer import Timer

    from kzfest.cli.browse.ink import Ink
    from kzfest.formats.page import Line
    from kzfest.programme.events_by_day import EventsOfDay

TOLD_FOR = 4.0
"""The seconds for which a message is shown; longer ones stay a bit longer, but no longer than to the next key."""
LETTERS_A_SECOND = 20
TITLE_IN_HEAD = 10
"""The columns of the programme's title in the head."""
LINES_TOLD = 5


class TextBar(Widget):
    """One or more lines that are told, such as the head."""

    def __init__(self, ink: Ink, *, id: str) -> None:  # noqa: A002  # Textual calls it so
        super().__init__(id=id)
        self.ink = ink
        self.lines: list[Line] = [()]

    def tell(self, *lines: Line) -> None:
        """Show *lines*."""
        self.lines = list(lines)
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002  # Textual passes them
        """Return how many lines there are."""
        return len(self.lines)

    def render_line(self, y: int) -> Strip:
        """Return the line *y*."""
        return self.ink.strip(self.lines[y] if y < len(self.lines) else (), self.size.width)


class HeadBar(TextBar):
    """The first line: the title of the programme, the day, the filters and the name of the plan."""

    def __init__(self, ink: Ink, title: str, *, room: int) -> None:
        super().__init__(ink, id="head")
        self._title = line(StyledText(title, "strong"))
        self._room = room
        """The columns of a line at least, also on a screen that is narrower."""
        self._rest: Line = ()

    def show(self, day: str, filtered: Iterable[str], plan: str) -> None:
        """Show the name of the *day*, and what is *filtered* for."""
        rest = [StyledText(day, "heading"), *map(StyledText, filtered), StyledText(plan, "faint")]
        self._rest = tuple(span for part in rest if part.text for span in line("   ", part))
        self.on_resize()

    def on_resize(self) -> None:
        """Cut the title for the width of the screen: the rest is never cut for it."""
        canvas = canvas_of(max(self.app.size.width, self._room), self.ink.marks)
        room = max(canvas.width - canvas.columns_of(plain(self._rest)), TITLE_IN_HEAD)
        self.tell(line(*canvas.lines(self._title, room, 1)[0], *self._rest))


class KeysBar(TextBar):
    """The line of keys, which can also be clicked."""

    class Clicked(Message):
        """A key was clicked; it has the name with which the line begins to tell of it."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def on_click(self, event: events.Click) -> None:
        """Tell which key was clicked."""
        end, key = 0, ""
        for span in self.lines[0]:
            end += canvas_of(end).columns_of(span.text)
            key = span.text if span.style == "strong" else key
            if event.x < end:
                self.post_message(self.Clicked(key))
                return


class NoteBar(TextBar):
    """Messages over the head, for a while."""

    _telling: Timer | None = None
    _told_at = 0.0

    def tell_for_a_while(self, sentences: Iterable[str], width: int) -> None:
        """Show *sentences*, if there are any."""
        lines: list[Line] = []
        for said in sentences:
            lines += wrap(line(StyledText(visible(said), "strong")), max(width - 1, 1))
        if not lines:
            return
        self.tell(*lines[:LINES_TOLD])
        self.display = True
        self._told_at = monotonic()
        if self._telling:
            self._telling.stop()
        letters = sum(len(plain(each)) for each in lines)
        self._telling = self.set_timer(max(TOLD_FOR, letters / LETTERS_A_SECOND), self._end)

    def end_if_read(self) -> None:
        """End a message that was there for its least time."""
        if monotonic() - self._told_at > TOLD_FOR:
            self._end()

    def on_click(self) -> None:
        """End the message: what is below it is wanted."""
        self._end()

    def _end(self) -> None:
        self.display = False


class MonthGrid(TextBar):
    """The month of the chosen day, for tall screens."""

    class Clicked(Message):
        """A day was clicked."""

        def __init__(self, day: date) -> None:
            super().__init__()
            self.day = day

    def __init__(self, ink: Ink) -> None:
        super().__init__(ink, id="month")
        self.day: date | None = None

    def show(self, day: date | None, counts: Mapping[date, EventsOfDay], marks: Mapping[date, str]) -> None:
        """Show the month of *day*."""
        self.day = day or self.day
        if self.day:
            self.tell(*month_lines(self.day, counts, marks))

    def on_click(self, event: events.Click) -> None:
        """Choose the day that was clicked."""
        if self.day and (day := day_of_grid(self.day, event.x, event.y)):
            self.post_message(self.Clicked(day))
