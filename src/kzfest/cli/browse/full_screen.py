"""The full screen of `kzfest browse`: what the keys do, and what is shown when."""

from __future__ import annotations

import asyncio
import gc
import signal
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from textual.app import App
from textual.containers import Horizontal, Vertical
from textual.widgets import Input

from kzfest.cli.browse.background import Answered, Background
from kzfest.cli.browse.bars import KeysBar, MonthGrid, NoteBar, TextBar
from kzfest.cli.browse.day_pane import DayPane
from kzfest.cli.browse.event_pane import EventPane
from kzfest.cli.browse.help_page import help_page, line_of_keys
from kzfest.cli.browse.ink import Ink
from kzfest.cli.browse.keys import DAYS, explained, keymap
from kzfest.cli.browse.pane import Pane
from kzfest.cli.browse.questions import card_of_number, counts_of, months_around, numbers_found, plan_of, rows_of
from kzfest.cli.browse.text_pane import TextPane
from kzfest.cli.browse.views import ShownView, page_of_view
from kzfest.cli.query import ListFilters
from kzfest.cli.terminal.tables import canvas_of
from kzfest.core.errors import KzfestError
from kzfest.core.festival_day import days_of, festival_day
from kzfest.core.localized import choose
from kzfest.formats import dates
from kzfest.formats.page import StyledText, line, plain
from kzfest.i18n import _
from kzfest.pages.browse_rows import PlanMarks, event_lines, sections_of
from kzfest.programme.events_by_day import events_by_day

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from textual import events
    from textual.app import ComposeResult

    from kzfest.cli.browse.keys import Action
    from kzfest.cli.browse.planning import PlanNow
    from kzfest.cli.session import Session
    from kzfest.formats.page import Canvas, Line, Page
    from kzfest.programme.database.catalogue import ListedRow
    from kzfest.programme.database.queries import EventQuery
    from kzfest.programme.events_by_day import EventsOfDay

WIDE = 100
"""The columns from which the card stands beside the events."""
TALL = 40
"""The lines from which a wide screen has the grid of the month."""
LEAST_SIZE = (80, 24)
"""The columns and lines of the screen at least."""
FIRST_ROWS = 200
"""The rows of a day that are read at once; the others follow while the screen is shown."""
COUNTED_AT_ONCE = 50_000
"""Days times events up to which the days are counted before the screen is shown."""
TYPING = 0.12
"""The seconds without a key after which the search begins."""
LEAFING = 0.08
"""The same after which the card follows the current event."""
TITLE_IN_HEAD = 10
"""The columns of the programme's title in the head."""


class Asked(NamedTuple):
    """What the screen begins with."""

    question: EventQuery
    """What *filters* mean, in the days of the programme."""
    day: date | None
    filters: ListFilters = ListFilters()
    """Those of the command line."""


class FullScreen(App[None]):
    """Days, events and a card; every change goes through the code of the commands."""

    ENABLE_COMMAND_PALETTE = False
    CSS_PATH = "full_screen.tcss"

    def __init__(self, session: Session, asked: Asked, *, coloured: bool) -> None:
        super().__init__(ansi_color=True)
        self.session = session
        self.question = asked.question
        self.filters = asked.filters
        self.day = self.first_day = asked.day
        self.day_before = asked.day
        """The day to which the end of a search returns."""
        self.keys = keymap(session.language)
        self.explained = explained(session.command_line)
        self.marks = PlanMarks()
        self.plan_name = session.itinerary_name or ""
        self.sought = ""
        """The text of the search."""
        self.counts: dict[date, EventsOfDay] = {}
        self.counted: set[date] = set()
        ink = Ink(coloured=coloured)
        self.reader, self.planner = (Background(session, self._progress) for _thread in range(2))
        self.head, self.small, self.prompt = (TextBar(ink, id=name) for name in ("head", "small", "prompt"))
        self.keys_bar = KeysBar(ink, id="keys")
        self.told = NoteBar(ink, id="told")
        self.prompt.tell(line(StyledText("/ ", "faint")))
        self.field = Input(compact=True)
        self.grid = MonthGrid(ink)
        self.day_pane = DayPane(ink, self._press, self._show_day, today=festival_day(session.context.now))
        self.event_pane = EventPane(ink, self._press, self._lines_of)
        self.card = TextPane(ink, self._press, bordered=True)
        self.card.id = "card"
        self.view = TextPane(ink, self._press, bordered=False)
        self.view.id = "view"
        self.shown: ShownView | None = None
        """The view of another command, if one is shown."""

    def compose(self) -> ComposeResult:
        """Yield the widgets."""
        yield self.head
        yield Horizontal(self.prompt, self.field, id="search")
        yield Horizontal(Vertical(self.grid, self.day_pane, id="days"), self.event_pane, self.card, id="body")
        yield self.view
        yield self.keys_bar
        yield self.small
        yield self.told

    def on_mount(self) -> None:
        """Show the first day; the days and the plan follow."""
        for name in ("SIGTERM", "SIGHUP"):
            with suppress(AttributeError, NotImplementedError):  # Windows has no such signals
                asyncio.get_running_loop().add_signal_handler(getattr(signal, name), self.exit)
        self._show_head()
        self._begin_counting()
        self._show_rows()
        self.screen.set_focus(self.event_pane)
        self.call_after_refresh(self._go_on)

    def _go_on(self) -> None:
        """Begin what would slow down the first screen."""
        gc.enable()  # which other commands, soon over, do without
        self.run_worker(self._replan(), group="plan")
        self.run_worker(self._count(), group="count", exclusive=True)

    def close(self) -> None:
        """End what still runs in other threads."""
        for each in (self.reader, self.planner):
            each.close()

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

    def action_help_quit(self) -> None:
        """Tell how to leave after Ctrl-C, which a full screen gets as a key; Textual would tell it in English."""
        self.tell(_("q leaves"))

    # What is shown

    def on_resize(self, event: events.Resize) -> None:
        """Arrange the panes for the size of the screen."""
        width, height = event.size
        was_seen = self._card_is_seen
        self.screen.set_class(width >= WIDE, "wide")
        self.screen.set_class(width >= WIDE and height >= TALL, "tall")
        self.screen.set_class(width < LEAST_SIZE[0] or height < LEAST_SIZE[1], "small")
        told = _("the window is {width}×{height}; browse needs {needed}")
        needed = "×".join(map(str, LEAST_SIZE))
        self.small.tell(line(StyledText(told.format(width=width, height=height, needed=needed), "faint")))
        self.keys_bar.tell(line_of_keys(self.explained, width))
        self._show_head()
        if self._card_is_seen and not was_seen and self.event_pane.row:
            self._show_card(self.event_pane.row)
        self.call_after_refresh(self._focus_again)

    def _focus_again(self) -> None:
        """Give the focus to a pane if the one that had it was hidden meanwhile."""
        if self.focused is None:
            self.screen.set_focus(self.view if self.screen.has_class("view") else self.event_pane)

    def _show_head(self) -> None:
        day = dates.full_day(self.day) if self.day else _("All days")
        filtered = [_("'{text}'").format(text=self.sought)] if self.sought else []
        filtered += [_("filtered")] if self.filters != ListFilters() else []
        title = choose(self.session.context.catalogue.head.title, self.session.language).text
        rest = [StyledText(day, "heading"), *map(StyledText, filtered), StyledText(self.plan_name, "faint")]
        more = tuple(span for part in rest if part.text for span in line("   ", part))
        canvas = canvas_of(max(self.size.width, LEAST_SIZE[0]))
        room = max(canvas.width - canvas.columns_of(plain(more)), TITLE_IN_HEAD)
        self.head.tell(line(*canvas.lines(line(StyledText(title, "strong")), room, 1)[0], *more))

    def tell(self, *sentences: str) -> None:
        """Show *sentences* over the head for a while."""
        self.told.tell_for_a_while(sentences, self.size.width)

    def tell_in_thread(self, text: str) -> None:
        """Show a note of the commands' code, in whatever thread it arises."""
        with suppress(RuntimeError):  # the screen has ended
            self.call_later(self.tell, text)

    def _progress(self, task: str, share: float) -> None:
        self.tell_in_thread(f"{task} {share:.0%}")

    # The days

    def _begin_counting(self) -> None:
        first, last = self.question.days
        if first is None or last is None:
            self._show_days()
            return
        self.counts, self.counted = {}, set()
        catalogue = self.session.context.catalogue
        if catalogue.has_at_most(COUNTED_AT_ONCE // ((last - first).days + 1)):
            self._take_counts(first, last, events_by_day(catalogue, self.question))
            return
        self._show_days()

    async def _count(self) -> None:
        """Count the days that are not counted yet, those around the chosen day first."""
        first, last = self.question.days
        if first is None or last is None or self.counted:
            return
        for begin, end in months_around(self.day or first, first, last):
            question = self.question._replace(first=begin, last=end)
            counts = await self._ask(self.reader, partial(counts_of, question))
            if counts is None:
                return
            self._take_counts(begin, end, counts)

    def _take_counts(self, first: date, last: date, counts: dict[date, EventsOfDay]) -> None:
        self.counts |= counts
        self.counted |= set(days_of(first, last))
        self._show_days()

    def _show_days(self) -> None:
        first, last = self.question.days
        each = days_of(first, last) if first and last else []
        days = [day for day in each if day not in self.counted or (day in self.counts and self.counts[day].is_on)]
        self.day_pane.show(days, self.counts, self.marks.days)
        self._mark_day()

    def _mark_day(self) -> None:
        self.day_pane.choose(self.day)
        self.grid.show(self.day, self.counts, self.marks.days)

    def on_month_grid_clicked(self, message: MonthGrid.Clicked) -> None:
        """Show the events of the day."""
        self._show_day(message.day)

    def _show_day(self, day: date | None) -> None:
        if day != self.day:
            self.day = day
            self._mark_day()
            self._show_head()
            self._show_rows()

    # The events

    def _question(self, day: date | None) -> EventQuery:
        return self.question._replace(first=day, last=day)

    def _show_rows(self, *, stay: bool = False) -> None:
        """Show the events of the day: the first at once, further ones when they are read."""
        rows: Sequence[ListedRow] = ()
        if self.day:
            rows = self.session.context.catalogue.rows(self._question(self.day)._replace(limit=FIRST_ROWS))
            self._take_rows(rows, stay=stay)
        else:
            self.event_pane.show([], _("reading …"))
        if self.day is None or len(rows) == FIRST_ROWS:
            self.run_worker(self._read_rows(self.day, stay=stay or bool(self.day)), group="rows", exclusive=True)

    async def _read_rows(self, day: date | None, *, stay: bool) -> None:
        question = self._question(day)
        rows = await self._ask(self.reader, partial(rows_of, question))
        if rows is not None and question == self._question(self.day):
            self._take_rows(rows, stay=stay)

    def _take_rows(self, rows: Sequence[ListedRow], *, stay: bool) -> None:
        nothing = _("no matching events on those days") if self.day else _("no matching events in the programme")
        self.event_pane.show(list(sections_of(rows, self.day)), nothing, stay=stay)

    def _lines_of(self, rows: Sequence[ListedRow], canvas: Canvas) -> list[list[Line]]:
        found = self.session.context.catalogue.events_of_rows(row.number for row in rows)
        day, language = self.day, self.session.language
        return [
            event_lines(row, found[row.number], day=day, mark=self._mark(row), language=language, canvas=canvas)
            for row in rows
        ]

    def _mark(self, row: ListedRow) -> str:
        if self.day:
            return self.marks.events.get((self.day, row.event), "")
        return self.marks.anywhere.get(row.event, "")

    def on_event_pane_pointed(self, message: EventPane.Pointed) -> None:
        """Let the card follow, if it is seen."""
        if self._card_is_seen:
            self._show_card(message.row, after=LEAFING)

    def on_event_pane_opened(self) -> None:
        """Open the card."""
        self._open(self.event_pane)

    @property
    def _card_is_seen(self) -> bool:
        return self.screen.has_class("card") or self.screen.has_class("wide")

    def _show_card(self, row: ListedRow | None, *, after: float = 0) -> None:
        self.run_worker(self._read_card(row, after), group="card", exclusive=True)

    async def _read_card(self, row: ListedRow | None, after: float) -> None:
        await asyncio.sleep(after)
        page = await self._ask(self.planner, partial(card_of_number, row.number)) if row else ()
        if page is not None:
            self.card.show(page)

    # The search

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search when no key has come for a moment."""
        self._seek(event.value, after=TYPING)

    def _seek(self, text: str, *, after: float = 0) -> None:
        self.run_worker(self._search(text.strip(), after), group="search", exclusive=True)

    async def _search(self, text: str, after: float) -> None:
        await asyncio.sleep(after)
        if text == self.sought:
            return
        numbers = await self._ask(self.reader, partial(numbers_found, text, self.question)) if text else None
        if text and numbers is None:
            return
        if text and not numbers:
            self.tell(_("no results for '{text}'").format(text=text))
        if not self.sought:
            self.day_before = self.day
        self.day = None if text else self.day or self.day_before
        self.sought = text
        self.question = self.question._replace(numbers=numbers)
        self._show_head()
        self._begin_counting()
        self._show_rows()
        self.run_worker(self._count(), group="count", exclusive=True)

    def on_input_submitted(self) -> None:
        """Keep what was found."""
        self.screen.set_focus(self.event_pane)

    # The keys

    def _press(self, pane: Pane, key: events.Key) -> None:
        """Do what *key* means in *pane*."""
        self.told.end_if_read()
        action = self.keys.get((key.character or key.key).lower()) or self.keys.get(key.key)
        if action:
            self._act(action, pane)

    def on_keys_bar_clicked(self, message: KeysBar.Clicked) -> None:
        """Do what the key means that was clicked."""
        self._act(self.keys[message.key], self.focused if isinstance(self.focused, Pane) else self.event_pane)

    def _act(self, action: Action, pane: Pane) -> None:
        """Do *action* in *pane*."""
        simple = {"quit": self.exit, "search": self._begin_search, "help": self._show_help, "back": self._back}
        if action in simple:
            simple[action]()
        elif action in {"month", "timeline", "week"}:
            self._show_view(ShownView(action, self.day or self.first_day or festival_day(self.session.context.now)))
        elif action in {"plan", "remove", "must", "undo"}:
            self._change(action)
        elif action in {"left", "right"}:
            self._to_pane(pane, 1 if action == "right" else -1)
        elif action in DAYS:
            self._choose_day(DAYS.index(action))
        elif action == "open":
            self._open(pane)
        else:
            pane.move(action)

    def on_key(self, event: events.Key) -> None:
        """Take the keys that also work in the search, or on a screen that is too small."""
        action = self.keys.get(event.key)
        if self.focused is None and action == "quit":
            self.exit()
        elif isinstance(self.focused, Input):
            if action == "back":
                self._end_search()
            elif action == "down":
                self.screen.set_focus(self.event_pane)
            elif action == "help" and event.key == "f1":
                self._show_help()

    def _choose_day(self, place: int) -> None:
        if place < len(self.day_pane.days):
            self._close_view()
            self._show_day(self.day_pane.days[place])

    def _begin_search(self) -> None:
        self._close_view()
        self.screen.add_class("search")
        self.screen.set_focus(self.field)

    def _show_help(self) -> None:
        self._open_view(help_page(self.explained))

    def _open(self, pane: Pane) -> None:
        if pane is self.day_pane:
            self.screen.set_focus(self.event_pane)
        elif pane is self.event_pane and self.event_pane.row:
            self.screen.add_class("card")
            self._show_card(self.event_pane.row)
            self.screen.set_focus(self.card)

    def _back(self) -> None:
        if self.screen.has_class("view"):
            self._close_view()
        elif self.screen.has_class("card"):
            self.screen.remove_class("card")
            self.screen.set_focus(self.event_pane)
        elif self.screen.has_class("search"):
            self._end_search()
        else:
            self.screen.set_focus(self.day_pane)

    def _end_search(self) -> None:
        self.screen.remove_class("search")
        self.field.value = ""
        self.screen.set_focus(self.event_pane)
        if self.sought:
            self._seek("")

    def _to_pane(self, pane: Pane, step: int) -> None:
        if pane is self.view and self.shown:
            self._show_view(self.shown.moved(step))
        panes = [each for each in (self.day_pane, self.event_pane, self.card) if each.display and each.size.width]
        if pane in panes:
            self.screen.set_focus(panes[min(max(panes.index(pane) + step, 0), len(panes) - 1)])

    def _open_view(self, page: Page) -> None:
        self.shown = None
        self.screen.add_class("view")
        self.view.show(page)
        self.screen.set_focus(self.view)

    def _close_view(self) -> None:
        if self.screen.has_class("view"):
            self.shown = None
            self.screen.remove_class("view")
            self.screen.set_focus(self.card if self.screen.has_class("card") else self.event_pane)

    def _show_view(self, view: ShownView) -> None:
        """Show the page of another command, which is read meanwhile."""
        if self.shown is None:
            self._open_view(())
        self.shown = view
        self.run_worker(self._read_view(view), group="view", exclusive=True)

    @property
    def filters_now(self) -> ListFilters:
        """The filters of the command line with the text of the search: every pane shows what they choose."""
        if not self.sought:
            return self.filters
        return self.filters._replace(search=[*(self.filters.search or []), self.sought])

    async def _read_view(self, view: ShownView) -> None:
        page = await self._ask(self.reader, partial(page_of_view, view, self.filters_now))
        if page is not None and self.shown == view:
            self.view.show(page)

    # The plan

    def _change(self, action: Action) -> None:
        from kzfest.cli.browse import planning  # loads the itinerary's code, which a look needs not

        row, day = self.event_pane.row, self.day
        if action == "undo":
            self.run_worker(self._replan(planning.undo_last), group="plan")
        elif row:
            change = {"plan": planning.put_into_plan, "remove": planning.take_out, "must": planning.mark_must}[action]
            self.run_worker(self._replan(lambda session: change(session, row, day)), group="plan")

    async def _replan(self, change: Callable[[Session], PlanNow] | None = None) -> None:
        """Make a *change* of the plan, and show the plan as it is then."""
        now = await self._ask(self.planner, change or plan_of)
        if now is None:
            return
        self.marks, self.plan_name = now.marks, now.name
        self._show_head()
        self._show_days()
        self.event_pane.again()
        if change and self._card_is_seen:
            self._show_card(self.event_pane.row)
        self.tell(*now.told)

    def _fatal_error(self) -> None:
        """Leave the report of an unforeseen error to the program."""
        self._close_messages_no_wait()


def run_full_screen(session: Session, asked: Asked, *, coloured: bool) -> None:
    """Show the full screen until the user leaves it. Raises what went wrong in it."""
    from kzfest.cli.terminal.console import notes_to

    screen = FullScreen(session, asked, coloured=coloured)
    try:
        with notes_to(screen.tell_in_thread):
            screen.run()
    finally:
        screen.close()
    failure = screen._exception  # noqa: SLF001  # Textual would print a traceback itself
    if failure:
        raise getattr(failure, "error", failure)  # of a worker, its own
