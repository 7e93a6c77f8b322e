"""A pane of the full screen: lines, of which only those that are seen are rendered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from kzfest.cli.browse.ink import BORDER, MORE_FOLLOWS
from kzfest.formats.page import line
from kzfest.pages.browse_rows import DAYS_WIDTH

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.widget import Widget

    from kzfest.cli.browse.ink import Ink

    Pressed = Callable[["Pane", events.Key], None]


def hand_on(widget: Widget, event: events.Key) -> bool:
    """Give a key to the widget to which the focus went since it was pressed; return whether that is another one.

    Keys come faster than Textual delivers them: "/u" must not undo anything.
    """
    focused = widget.screen.focused
    if focused is None or focused is widget:
        return False
    focused.post_message(events.Key(event.key, event.character))
    return True


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
        """Let the application decide."""
        if not hand_on(self, event):
            self.pressed(self, event)

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

    def strip_at(self, y: int) -> Strip:
        """Return the line *y* of the screen, which ends with a column that is free."""
        raise NotImplementedError

    def render_line(self, y: int) -> Strip:
        """Return the line *y* of the screen; the last one has a mark at its end if more follows."""
        strip = self.strip_at(y)
        if y < self.size.height - 1 or self.scroll_offset.y + self.size.height >= self.virtual_size.height:
            return strip
        return Strip.join([strip.crop(0, self.size.width - 1), self.ink.strip(line(MORE_FOLLOWS), 1)])

    def seen(self, y: int, height: int) -> None:
        """Scroll so that the *height* lines from *y* on are seen."""
        top, room = self.scroll_offset.y, max(self.size.height, 1)
        if y < top or height >= room:
            self.scroll_to(y=y, animate=False)
        elif y + height > top + room:
            self.scroll_to(y=y + height - room, animate=False)
