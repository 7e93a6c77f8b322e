"""The pane of the days: those on which something is on, and above them the whole programme."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from kzfest.cli.browse.ink import CHOSEN, CHOSEN_ELSEWHERE
from kzfest.cli.browse.pane import Pane
from kzfest.formats.page import StyledText, line
from kzfest.i18n import _
from kzfest.pages.browse_rows import day_line, month_rule

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from textual import events
    from textual.strip import Strip

    from kzfest.cli.browse.ink import Ink
    from kzfest.cli.browse.pane import Pressed
    from kzfest.formats.page import Line
    from kzfest.programme.events_by_day import EventsOfDay


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

    def show(
        self, stretches: Sequence[list[date]], counts: Mapping[date, EventsOfDay], marks: Mapping[date, str]
    ) -> None:
        """Show the days of *stretches* with their *counts*, as far as they are known, and their *marks*.

        A line between two stretches says that days are left out.
        """
        self.days = [day for days in stretches for day in days]
        self.counts, self.marks = counts, marks
        self._rows = [None]
        with_year = bool(self.days) and self.days[0].year != self.days[-1].year
        for n, days in enumerate(stretches):
            if n:
                self._rows.append(line(StyledText("…", "faint")))
            for (_year, _month), each in groupby(days, key=lambda day: (day.year, day.month)):
                of_month = list(each)
                self._rows += [month_rule(of_month[0], with_year=with_year), *of_month]
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
