"""Where the panes of the full screen are at which size, and the messages over them."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from textual.app import App
from textual.containers import Horizontal, Vertical
from textual.message import Message

from kzfest.cli.browse.bars import HeadBar, KeysBar, MonthGrid, NoteBar, TextBar
from kzfest.cli.browse.day_pane import DayPane
from kzfest.cli.browse.event_pane import EventPane
from kzfest.cli.browse.help_page import line_of_keys
from kzfest.cli.browse.ink import Ink
from kzfest.cli.browse.keys import explained
from kzfest.cli.browse.search_field import SearchField
from kzfest.cli.browse.text_pane import TextPane
from kzfest.cli.terminal.tables import wrap
from kzfest.core.festival_day import festival_day
from kzfest.core.localized import choose
from kzfest.formats.page import StyledText, line
from kzfest.i18n import _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from textual import events
    from textual.app import ComposeResult

    from kzfest.cli.browse.pane import Pane
    from kzfest.cli.session import Session
    from kzfest.formats.page import Canvas, Line
    from kzfest.programme.database.catalogue import ListedRow

WIDE = 100
"""The columns from which the card stands beside the events."""
TALL = 40
"""The lines from which the grid of the month stands above the days."""
LEAST_SIZE = (80, 24)
"""The columns and lines of the screen at least."""


class Layout(App[None]):
    """The panes, and the bars around them. What they show, and what the keys do, is for others to say."""

    ENABLE_COMMAND_PALETTE = False
    CSS_PATH = "layout.tcss"

    class CardAppeared(Message):
        """The window has become so wide that the card is seen."""

    def __init__(self, session: Session, *, coloured: bool) -> None:
        super().__init__(ansi_color=True)
        self.session = session
        self.explained = explained(session.command_line)
        ink = Ink(coloured=coloured)
        title = choose(session.context.catalogue.head.title, session.language).text
        self.head = HeadBar(ink, title, room=LEAST_SIZE[0])
        self.small, self.prompt = (TextBar(ink, id=name) for name in ("small", "prompt"))
        self.keys_bar = KeysBar(ink, id="keys")
        self.told = NoteBar(ink, id="told")
        self.prompt.tell(line(StyledText("/ ", "faint")))
        self.field = SearchField(self.press_in_search)
        self.grid = MonthGrid(ink)
        self.day_pane = DayPane(ink, self.press, self.show_day, today=festival_day(session.context.now))
        self.event_pane = EventPane(ink, self.press, self.lines_of)
        self.card = TextPane(ink, self.press, bordered=True)
        self.card.id = "card"
        self.view = TextPane(ink, self.press, bordered=False)
        self.view.id = "view"

    def press(self, pane: Pane, key: events.Key) -> None:
        """Do what *key* means in *pane*."""
        raise NotImplementedError

    def press_in_search(self, key: events.Key) -> bool:
        """Do what *key* means in the search, and return whether it means anything but its letter."""
        raise NotImplementedError

    def show_day(self, day: date | None) -> None:
        """Show the events of *day*, or of the whole programme."""
        raise NotImplementedError

    def lines_of(self, rows: Sequence[ListedRow], canvas: Canvas) -> list[list[Line]]:
        """Return the lines of each of *rows*."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """Yield the widgets."""
        yield self.head
        yield Horizontal(self.prompt, self.field, id="search")
        yield Horizontal(Vertical(self.grid, self.day_pane, id="days"), self.event_pane, self.card, id="body")
        yield self.view
        yield self.keys_bar
        yield self.small
        yield self.told

    @property
    def card_is_seen(self) -> bool:
        """Whether the card is there, beside the events or in their place."""
        return self.screen.has_class("card") or self.screen.has_class("wide")

    def on_resize(self, event: events.Resize) -> None:
        """Arrange the panes for the size of the screen."""
        width, height = event.size
        was_seen = self.card_is_seen
        self.screen.set_class(width >= WIDE, "wide")
        self.screen.set_class(height >= TALL, "tall")
        self.screen.set_class(width < LEAST_SIZE[0] or height < LEAST_SIZE[1], "small")
        told = _("the window is {width}×{height}; browse needs {needed}")
        needed = "×".join(map(str, LEAST_SIZE))
        told = told.format(width=width, height=height, needed=needed)
        self.small.tell(*wrap(line(StyledText(told, "faint")), max(width, 1)))
        self.keys_bar.tell(line_of_keys(self.explained, width))
        if self.card_is_seen and not was_seen:
            self.post_message(self.CardAppeared())
        self.call_after_refresh(self._focus_again)

    def _focus_again(self) -> None:
        """Give the focus to a pane if the one that had it was hidden meanwhile."""
        if self.focused is None:
            self.screen.set_focus(self.view if self.screen.has_class("view") else self.event_pane)

    def tell(self, *sentences: str) -> None:
        """Show *sentences* over the head for a while."""
        self.told.tell_for_a_while(sentences, self.size.width)

    def tell_in_thread(self, text: str) -> None:
        """Show a note of the commands' code, in whatever thread it arises."""
        with suppress(RuntimeError):  # the screen has ended
            self.call_later(self.tell, text)
