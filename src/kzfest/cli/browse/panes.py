"""The panes of the full screen. Each renders the lines that are seen, and no others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView

from kzfest.cli.browse.ink import BORDER, CHOSEN, CHOSEN_ELSEWHERE
from kzfest.cli.browse.paged_rows import PagedRows
from kzfest.cli.terminal.tables import canvas_of, render, wrap
from kzfest.formats.page import StyledText, line, plain, with_addresses
from kzfest.i18n import _
from kzfest.pages.browse_rows import DAYS_WIDTH, day_line, month_rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date

    from textual.strip import Strip

    from kzfest.cli.browse.ink import Ink
    from kzfest.formats.page import Canvas, Line, Page, Style
    from kzfest.programme.database.catalogue import ListedRow
    from kzfest.programme.events_by_day import EventsOfDay

    Pressed = Callable[["Pane", events.Key], None]
    ReadRows = Callable[[Sequence[ListedRow], Canvas], list[list[Line]]]


class Pane(ScrollView, can_focus=True, inherit_bindings=False):
    """A pane with lines, of which the keys of the application move or choose some."""

    ALLOW_SELECT = False

    def __init__(self, ink: Ink, pressed: Pressed, *, bordered: bool = True) -> None:
        super().__init__()
        self.ink = ink
        self.pressed = pressed
        """Is called with each key."""
        self.border = line(BORDER) if bordered else ()

    @property
    def room(self) -> int:
        """The columns of a line; a pane that is not shown has none, and its lines are laid out all the same."""
        return max(self.size.width - len(self.border) - 1, DAYS_WIDTH)

    def set_height(self, lines: int) -> None:
        """Tell Textual how many lines there are."""
        self.virtual_size = Size(self.size.width, lines)

    def on_key(self, event: events.Key) -> None:
        """Let the application decide, or the pane to which the focus went since the key was pressed.

        Keys come faster than Textual delivers them: "/u" must not undo anything.
        """
        focused = self.screen.focused
        if focused is None or focused is self:
            self.pressed(self, event)
        else:
            focused.post_message(events.Key(event.key, event.character))

    def on_resize(self) -> None:
        """Lay out the lines for the new width."""
        self.again()

    def again(self) -> None:
        """Lay out the lines again, and keep in sight what is chosen."""

    def move(self, action: str) -> None:
        """Scroll."""
        page = max(self.size.height - 1, 1)
        far = {"up": -1, "down": 1, "page_up": -page, "page_down": page}.get(action)
        target = self.scroll_offset.y + far if far else 0 if action == "first" else self.virtual_size.height
        self.scroll_to(y=target, animate=False)

    def seen(self, y: int, height: int) -> None:
        """Scroll so that the *height* lines from *y* on are seen."""
        top, room = self.scroll_offset.y, max(self.size.height, 1)
        if y < top or height >= room:
            self.scroll_to(y=y, animate=False)
        elif y + height > top + room:
            self.scroll_to(y=y + height - room, animate=False)


class DayPane(Pane):
    """The days on which something is on, and above them the whole programme."""

    def __init__(self, ink: Ink, pressed: Pressed, show_day: Callable[[date | None], None], *, today: date) -> None:
        super().__init__(ink, pressed, bordered=False)
        self.today = today
        self._show_day = show_day
        """Shows the events of a day, before the next key counts; those of None are the whole programme."""
        self.days: list[date] = []
        self.chosen: date | None = None
        self.counts: Mapping[date, EventsOfDay] = {}
        self.marks: Mapping[date, str] = {}
        self._rows: list[date | Line | None] = [None]

    def show(self, days: list[date], counts: Mapping[date, EventsOfDay], marks: Mapping[date, str]) -> None:
        """Show *days* with their *counts*, as far as they are known, and their *marks*."""
        self.days, self.counts, self.marks = days, counts, marks
        self._rows = [None]
        with_year = bool(days) and days[0].year != days[-1].year
        month: tuple[int, int] | None = None
        for day in days:
            if (day.year, day.month) != month:
                self._rows.append(month_rule(day, with_year=with_year))
                month = day.year, day.month
            self._rows.append(day)
        self.set_height(len(self._rows))
        self.refresh()

    def again(self) -> None:
        """Keep the chosen day in sight; if it is far down, with more days after it than before it."""
        self.choose(self.chosen)
        if self.chosen in self._rows and (at := self._rows.index(self.chosen)) > 2 * self.size.height // 3:
            self.scroll_to(y=at - self.size.height // 3, animate=False)

    def choose(self, day: date | None) -> None:
        """Mark *day* as the chosen one; it may not be there."""
        self.chosen = day
        if day in self._rows:
            at = self._rows.index(day)
            above = at > 0 and isinstance(self._rows[at - 1], tuple)  # with the name of the month
            self.seen(at - above, 1 + above)
        self.refresh()

    def move(self, action: str) -> None:
        """Choose another day."""
        steps: list[date | None] = [None, *self.days]
        now = steps.index(self.chosen) if self.chosen in steps else 0
        page = max(self.size.height - 1, 1)
        far = {"up": -1, "down": 1, "page_up": -page, "page_down": page, "first": -len(steps), "last": len(steps)}
        self._show_day(steps[min(max(now + far[action], 0), len(steps) - 1)])

    def on_click(self, event: events.Click) -> None:
        """Choose the day that was clicked."""
        y = event.y + self.scroll_offset.y
        if y < len(self._rows) and not isinstance(row := self._rows[y], tuple):
            self._show_day(row)

    def render_line(self, y: int) -> Strip:
        """Return the line *y* of the screen."""
        y += self.scroll_offset.y
        row = self._rows[y] if y < len(self._rows) else ()
        if isinstance(row, tuple):
            return self.ink.strip(row, self.size.width)
        over = (CHOSEN if self.has_focus else CHOSEN_ELSEWHERE) if row == self.chosen else None
        if row is None:
            return self.ink.strip(line(StyledText(_("All days"), "strong")), self.size.width, over)
        told = day_line(row, self.counts.get(row), today=self.today, mark=self.marks.get(row, ""))
        return self.ink.strip(told, self.size.width, over)


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
        read = iter(self._read([row for row in rows if not isinstance(row, str)], canvas_of(self.room)))
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

    def render_line(self, y: int) -> Strip:
        """Return the line *y* of the screen."""
        if not self.paged.rows:
            return self.ink.strip(line(*self.border, " ", *(self._told if y == 0 else ())), self.size.width)
        seen = self.paged.at(y + self.scroll_offset.y)
        if seen is None:
            return self.ink.strip(self.border, self.size.width)
        over = (CHOSEN if self.has_focus else CHOSEN_ELSEWHERE) if seen.row == self.current else None
        return self.ink.strip(line(*self.border, *seen.line), self.size.width, over, after=2)


class TextPane(Pane):
    """A page to read: the card of an event, a month, the help."""

    def __init__(self, ink: Ink, pressed: Pressed, *, bordered: bool) -> None:
        super().__init__(ink, pressed, bordered=bordered)
        self.page: Page = ()
        self._drawn: tuple[int, Sequence[Line]] = (0, ())

    def show(self, page: Page) -> None:
        """Show *page* from its beginning."""
        self.page = page
        self._drawn = (0, ())
        self.scroll_to(y=0, animate=False)
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

    def render_line(self, y: int) -> Strip:
        """Return the line *y* of the screen."""
        lines, y = self.lines, y + self.scroll_offset.y
        told = lines[y] if y < len(lines) else ()
        return self.ink.strip(line(*self.border, " " if self.border else None, *told), self.size.width)


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
