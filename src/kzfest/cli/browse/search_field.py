"""The field of the full screen in which a search is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Input

from kzfest.cli.browse.pane import hand_on

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events


class SearchField(Input):
    """A field that asks the application first what a key means."""

    def __init__(self, take: Callable[[events.Key], bool]) -> None:
        super().__init__(compact=True)
        self._take = take
        """Does what a key means, and returns whether it means anything but its letter."""

    def on_key(self, event: events.Key) -> None:
        """Take a key before Textual does, which would let the next one overtake it."""
        if hand_on(self, event) or self._take(event):
            event.stop()
            event.prevent_default()
