"""The full screen of `kzfest browse`: what the keys do."""

from __future__ import annotations

import asyncio
import gc
import signal
from contextlib import suppress
from typing import TYPE_CHECKING

from kzfest.cli.browse.answers import Answers, Asked
from kzfest.cli.browse.help_page import help_page
from kzfest.cli.browse.keys import DAYS, keymap
from kzfest.cli.browse.pane import Pane
from kzfest.cli.browse.views import ShownView
from kzfest.core.festival_day import festival_day
from kzfest.i18n import _

if TYPE_CHECKING:
    from datetime import date

    from textual import events
    from textual.widget import Widget

    from kzfest.cli.browse.bars import KeysBar
    from kzfest.cli.browse.help_page import FocusedPart
    from kzfest.cli.browse.keys import Action
    from kzfest.cli.session import Session
    from kzfest.formats.page import Page


class FullScreen(Answers):
    """Days, events and a card; every change goes through the code of the commands."""

    def __init__(self, session: Session, asked: Asked, *, coloured: bool) -> None:
        super().__init__(session, asked, coloured=coloured)
        self.keys = keymap(session.language)

    def on_mount(self) -> None:
        """Show the first day; the days and the plan follow."""
        for name in ("SIGTERM", "SIGHUP"):
            with suppress(AttributeError, NotImplementedError):  # Windows has no such signals
                asyncio.get_running_loop().add_signal_handler(getattr(signal, name), self.exit)
        self.begin()
        self.screen.set_focus(self.event_pane)
        self.call_after_refresh(self._go_on)

    def _go_on(self) -> None:
        gc.freeze()  # the garbage collector need not search Textual's modules, which takes 20 ms
        gc.enable()  # `main` turns it off, as other commands soon end
        self.go_on()

    def action_help_quit(self) -> None:
        """Tell how to leave after Ctrl-C, which a full screen gets as a key; Textual would tell it in English."""
        self.tell(_("q quits"))

    def press(self, pane: Pane, key: events.Key) -> None:
        """Do what *key* means in *pane*."""
        self.told.end_if_read()
        action = self.keys.get((key.character or key.key).lower()) or self.keys.get(key.key)
        if action:
            self._act(action, pane)

    def press_in_search(self, key: events.Key) -> bool:
        """Do what *key* means in the search: enter keeps what is found, escape ends it."""
        action = None if key.is_printable else self.keys.get(key.key)
        if action == "back":
            self._end_search()
        elif action in {"open", "down"}:
            self.screen.set_focus(self.event_pane)
        elif action == "help":
            self._show_help(self.field)
        else:
            return False
        return True

    def on_key(self, event: events.Key) -> None:
        """Leave a screen that is too small for any pane."""
        if self.focused is None and self.keys.get(event.key) == "quit":
            self.exit()

    def on_keys_bar_clicked(self, message: KeysBar.Clicked) -> None:
        """Do what the key means that was clicked."""
        self._act(self.keys[message.key], self.focused if isinstance(self.focused, Pane) else self.event_pane)

    def on_event_pane_opened(self) -> None:
        """Open the card."""
        self._open(self.event_pane)

    def _act(self, action: Action, pane: Pane) -> None:
        """Do *action* in *pane*."""
        simple = {"quit": self.exit, "search": self._begin_search, "back": self._back}
        if action in simple:
            simple[action]()
        elif action == "help":
            self._show_help(pane)
        elif action in {"month", "timeline", "week"}:
            self._show_view(ShownView(action, self._day_of_views))
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

    @property
    def _day_of_views(self) -> date:
        """The day of which a view is shown: among all days, that of the current event."""
        row = self.event_pane.row
        of_event = row.first_day if row else None
        return self.day or of_event or self.asked.day or festival_day(self.session.context.now)

    def _choose_day(self, place: int) -> None:
        if place < len(self.day_pane.days):
            self._close_view()
            self.show_day(self.day_pane.days[place])

    def _change(self, action: Action) -> None:
        """Change the plan."""
        from kzfest.cli.browse import planning  # loads the itinerary's code, which a look needs not

        row, day = self.event_pane.row, self.day
        if action == "undo":
            self.in_background("plan", self.replan, planning.undo_last, exclusive=False)
        elif row:
            change = {"plan": planning.put_into_plan, "remove": planning.take_out, "must": planning.mark_must}[action]
            self.in_background("plan", self.replan, lambda session: change(session, row, day), exclusive=False)

    def _begin_search(self) -> None:
        self._close_view()
        self.screen.add_class("search")
        self.screen.set_focus(self.field)

    def _end_search(self) -> None:
        self.screen.remove_class("search")
        self.field.value = ""
        self.screen.set_focus(self.event_pane)
        if self.sought:
            self.seek("")

    def _open(self, pane: Pane) -> None:
        if pane is self.day_pane:
            self.screen.set_focus(self.event_pane)
        elif pane is self.event_pane and self.event_pane.row:
            self.screen.add_class("card")
            self.show_card(self.event_pane.row)
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

    def _to_pane(self, pane: Pane, step: int) -> None:
        """Go to the pane beside *pane*, or from a view to that of the next month or week."""
        if pane is self.view and self.shown:
            self._show_view(self.shown.moved(step))
        panes = [each for each in (self.day_pane, self.event_pane, self.card) if each.display and each.size.width]
        if pane in panes:
            self.screen.set_focus(panes[min(max(panes.index(pane) + step, 0), len(panes) - 1)])

    def _show_help(self, asked_in: Widget) -> None:
        """Show the help of a pane, or close it if it is shown."""
        if self.screen.has_class("view") and self.shown is None:
            self._close_view()
            return
        places: dict[Widget, FocusedPart] = {
            self.day_pane: "days",
            self.event_pane: "events",
            self.card: "card",
            self.view: "view",
            self.field: "search",
        }
        self._open_view(help_page(self.explained, places[asked_in], self.session.language))

    def _show_view(self, view: ShownView) -> None:
        """Show the page of another command, which is read meanwhile."""
        if self.shown is None:
            self._open_view(())
        self.read_view(view)

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
