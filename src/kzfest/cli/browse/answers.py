"""What the panes of the full screen show: days, events, cards, views and the plan, read in the background if slow."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from kzfest.cli.browse.background import Answered, Background
from kzfest.cli.browse.counted_days import CountedDays, counts_of_parts, listed_days
from kzfest.cli.browse.layout import Layout
from kzfest.cli.browse.questions import card_of_number, counts_of, events_with_text, plan_of, rows_of
from kzfest.cli.browse.views import page_of_view
from kzfest.cli.query import ListFilters, filters_told
from kzfest.core.errors import KzfestError
from kzfest.formats import dates
from kzfest.i18n import _
from kzfest.pages.browse_rows import InPlan, PlanMarks, event_lines, sections_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from datetime import date

    from textual.widgets import Input

    from kzfest.cli.browse.bars import MonthGrid
    from kzfest.cli.browse.event_pane import EventPane
    from kzfest.cli.browse.planning import PlanNow
    from kzfest.cli.browse.views import ShownView
    from kzfest.cli.session import Session
    from kzfest.formats.page import Canvas, Line
    from kzfest.programme.database.catalogue import ListedRow
    from kzfest.programme.database.queries import EventQuery

FIRST_ROWS = 200
"""The rows of a day that are read at once; the others follow while the screen is shown."""
COUNTED_AT_ONCE = 50_000
"""Days times events up to which the days are counted before the screen is shown."""
TYPING = 0.12
"""The seconds without a key after which the search begins."""
LEAFING = 0.08
"""The seconds without another choice after which the card shows the current event."""
ROOMY = 36
"""The lines of a list from which a long place gets a line of its own: at 24 it would cost the titles too much."""
FILTERS_IN_HEAD = 30
"""The letters of filters that the first line says; more would leave no room for the title."""


class Asked(NamedTuple):
    """What the screen begins with."""

    question: EventQuery
    """What *filters* mean, in the days of the programme."""
    day: date | None
    filters: ListFilters = ListFilters()
    """Those of the command line."""


class Answers(Layout):
    """Fills the panes. All of them answer one question: the filters of the command line, and what is searched for."""

    def __init__(self, session: Session, asked: Asked, *, coloured: bool) -> None:
        super().__init__(session, coloured=coloured)
        self.question = asked.question
        self.asked = asked
        self.day = asked.day
        self.day_before = asked.day
        """The day to which the end of a search returns."""
        self.sought = ""
        """The text of the search."""
        self.days = CountedDays()
        self.marks = PlanMarks()
        self.plan_name = session.itinerary_name or ""
        self.shown: ShownView | None = None
        """The view of another command, if one is shown."""
        self.reader, self.planner = (Background(session, self._progress) for _thread in range(2))

    @property
    def filters(self) -> ListFilters:
        """The filters that mean the same as the question of the screen."""
        filters = self.asked.filters
        return filters._replace(search=[*(filters.search or []), self.sought]) if self.sought else filters

    def begin(self) -> None:
        """Show the first screen."""
        self.show_head()
        self._begin_counting()
        self._show_rows()

    def go_on(self) -> None:
        """Begin what would slow down the first screen."""
        self.in_background("plan", self.replan, exclusive=False)
        self._go_on_counting()

    def close(self) -> None:
        """End what still runs in other threads."""
        for each in (self.reader, self.planner):
            each.close()

    def in_background(
        self, group: str, do: Callable[..., Awaitable[None]], *given: Any, exclusive: bool = True
    ) -> None:
        """Do something while the screen stays in use; an *exclusive* task ends the one of its *group* before it."""

        async def work() -> None:  # Python warns of a coroutine that is never awaited: a task may end first
            await do(*given)

        self.run_worker(work, group=group, exclusive=exclusive)  # type: ignore[arg-type]  # its type fits in two ways

    async def _ask(self, background: Background, question: Callable[[Session], Answered]) -> Answered | None:
        """Return the answer to *question*, or None if there is none, which it tells."""
        try:
            return await background.ask(question)
        except KzfestError as error:
            self.tell(str(error))
        except OSError as error:
            from kzfest.cli.typer_ext.usage_errors import of_the_system  # rarely needed

            self.tell(of_the_system(error))
        return None

    def _progress(self, task: str, share: float) -> None:
        self.tell_in_thread(f"{task} {share:.0%}")

    def show_head(self) -> None:
        """Show the day, the filters and the plan in the first line."""
        day = dates.full_day(self.day) if self.day else _("All days")
        filtered = [_("'{text}'").format(text=self.sought)] if self.sought else []
        given = filters_told(self.asked.filters)
        filtered += [given if len(given) <= FILTERS_IN_HEAD else _("filtered")] if given else []
        self.head.show(day, filtered, self.plan_name)

    # The days

    def _begin_counting(self) -> None:
        catalogue = self.session.context.catalogue
        self.days = listed_days(self.question, self.day, catalogue)
        if self.days.ranges and catalogue.has_at_most(COUNTED_AT_ONCE // self.days.number):
            self.days.take(self.days.ranges, counts_of_parts(self.days.ranges, self.question, catalogue))
        self._show_days()

    def _go_on_counting(self) -> None:
        self.in_background("count", self._count)

    async def _count(self) -> None:
        """Count the days that are not counted yet, those around the chosen day first."""
        days, question = self.days, self.question
        if days.are_all:
            return
        for parts in days.parts(self.day):
            counts = await self._ask(self.reader, partial(counts_of, parts, question))
            if counts is None:
                return
            days.take(parts, counts)
            self._show_days()

    def _show_days(self) -> None:
        self.day_pane.show(self.days.stretches, self.days.counts, self.marks.days)
        self._mark_day()

    def _mark_day(self) -> None:
        self.day_pane.choose(self.day)
        self.grid.show(self.day, self.days.counts, self.marks.days)

    def on_month_grid_clicked(self, message: MonthGrid.Clicked) -> None:
        """Show the events of the day."""
        self.show_day(message.day)

    def show_day(self, day: date | None) -> None:
        """Show the events of *day*, or of the whole programme."""
        if day != self.day:
            self.day = day
            self._mark_day()
            self.show_head()
            self._show_rows()

    # The events

    def _question(self, day: date | None) -> EventQuery:
        return self.question._replace(first=day, last=day)

    def _show_rows(self) -> None:
        """Show the events of the day: the first at once, further ones when they are read."""
        rows: Sequence[ListedRow] = ()
        if self.day:
            rows = self.session.context.catalogue.rows(self._question(self.day)._replace(limit=FIRST_ROWS))
            self._take_rows(rows)
        else:
            self.event_pane.show([], _("reading …"))
        if self.day is None or len(rows) == FIRST_ROWS:
            self.in_background("rows", self._read_rows, self.day)

    async def _read_rows(self, day: date | None) -> None:
        question = self._question(day)
        rows = await self._ask(self.reader, partial(rows_of, question))
        if rows is not None and question == self._question(self.day):
            self._take_rows(rows, stay=bool(day))

    def _take_rows(self, rows: Sequence[ListedRow], *, stay: bool = False) -> None:
        nothing = _("no matching events on those days") if self.day else _("no matching events in the programme")
        self.event_pane.show(list(sections_of(rows, self.day)), nothing, stay=stay)

    def lines_of(self, rows: Sequence[ListedRow], canvas: Canvas) -> list[list[Line]]:
        """Return the lines of each of *rows*."""
        catalogue, day = self.session.context.catalogue, self.day
        found = catalogue.events_of_rows(row.number for row in rows)
        own = {event.venue for event in found.values()}
        venues = catalogue.venues_by_id(own | {each.venue for event in found.values() for each in event.showings})
        return [
            event_lines(
                row,
                found[row.number],
                day=day,
                plan=self.marks.events.get((day, row.event), InPlan()),
                venues=venues,
                language=self.session.language,
                canvas=canvas,
                roomy=self.event_pane.size.height >= ROOMY,
            )
            for row in rows
        ]

    # The card

    def on_event_pane_pointed(self, message: EventPane.Pointed) -> None:
        """Let the card follow, if it is seen."""
        if self.card_is_seen:
            self.show_card(message.row, after=LEAFING)

    def on_layout_card_appeared(self) -> None:
        """Show the card of the current event."""
        self.show_card(self.event_pane.row)

    def show_card(self, row: ListedRow | None, *, after: float = 0) -> None:
        """Show the card of *row*, *after* some seconds in which nothing else was chosen."""
        self.in_background("card", self._read_card, row, after)

    async def _read_card(self, row: ListedRow | None, after: float) -> None:
        await asyncio.sleep(after)
        page = await self._ask(self.planner, partial(card_of_number, row.number)) if row else ()
        if page is not None:
            self.card.show(page, row and row.number)

    # The search

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search when no key has come for a moment."""
        self.seek(event.value, after=TYPING)

    def seek(self, text: str, *, after: float = 0) -> None:
        """Search for *text*, *after* some seconds without another text."""
        self.in_background("search", self._search, text.strip(), after)

    async def _search(self, text: str, after: float) -> None:
        await asyncio.sleep(after)
        if text == self.sought:
            return
        found = await self._ask(self.reader, partial(events_with_text, text, self.question)) if text else None
        if text and found is None:
            return
        if found and found.told:
            self.tell(found.told)
        if not self.sought:
            self.day_before = self.day
        self.day = None if text else self.day or self.day_before
        self.sought = text
        self.question = self.question._replace(numbers=found and found.numbers)
        self.show_head()
        self._begin_counting()
        self._show_rows()
        self._go_on_counting()

    # Views of other commands, and the plan

    def read_view(self, view: ShownView) -> None:
        """Show the page of *view* when it is read."""
        self.shown = view
        self.in_background("view", self._read_view, view)

    async def _read_view(self, view: ShownView) -> None:
        page = await self._ask(self.reader, partial(page_of_view, view, self.filters))
        if page is not None and self.shown == view:
            self.view.show(page, view)

    async def replan(self, change: Callable[[Session], PlanNow] | None = None) -> None:
        """Make a *change* of the plan, and show the plan as it is then."""
        now = await self._ask(self.planner, change or plan_of)
        if now is None:
            return
        self.marks, self.plan_name = now.marks, now.name
        self.show_head()
        self._show_days()
        self.event_pane.again()
        if change and self.card_is_seen:
            self.show_card(self.event_pane.row)
        if change and self.shown:
            self.read_view(self.shown)
        self.tell(*now.told)
