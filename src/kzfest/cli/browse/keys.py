"""The keys of the full screen, as the English, the Russian and the Kazakh layout send them, and what they do.

A letter has another place in each layout, and a person does not change the layout to press one. Textual passes the
characters that the layout sends, so each layout has its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias, get_args

from kzfest.i18n import _

if TYPE_CHECKING:
    from kzfest.core.command_line import CommandLine

Action: TypeAlias = Literal[
    "search", "open", "plan", "help", "quit", "must", "remove", "undo", "month", "timeline", "week", "back",
    "up", "down", "left", "right", "first", "last", "page_up", "page_down",
    "day 1", "day 2", "day 3", "day 4", "day 5", "day 6", "day 7", "day 8", "day 9",
]  # fmt: skip
DAYS: tuple[Action, ...] = get_args(Action)[-9:]
"""The first days of the list, by the keys 1 to 9."""

_NAMED: dict[str, Action] = {
    "ctrl+f": "search", "f1": "help", "enter": "open", "escape": "back",
    "up": "up", "down": "down", "left": "left", "right": "right",
    "home": "first", "end": "last", "pageup": "page_up", "pagedown": "page_down",
    "numero_sign": "search",  # № where Textual does not pass the character
}  # fmt: skip
"""Keys that are the same on every layout, by Textual's names."""
_ENGLISH: dict[str, Action] = {
    "/": "search", "?": "help", "+": "plan", "=": "plan", "-": "remove", "!": "must", "u": "undo", "q": "quit",
    "m": "month", "t": "timeline", "w": "week", "j": "down", "k": "up",
    **dict(zip("123456789", DAYS, strict=True)),
}  # fmt: skip
_CYRILLIC: dict[str, Action] = {
    "г": "undo", "й": "quit", "ь": "month", "е": "timeline", "ц": "week", "о": "down", "л": "up",
}  # fmt: skip
"""The letters that have the same place in the Russian and the Kazakh layout."""
_RUSSIAN: dict[str, Action] = {".": "search", ",": "help"}
_KAZAKH: dict[str, Action] = {"№": "search", "һ": "plan", "ө": "remove", **dict(zip('"әіңғ,.үұ', DAYS, strict=True))}
"""On the Kazakh layout the digits, and some signs, are letters."""


class Explained(NamedTuple):
    """What a key does, in words, and the command that does the same."""

    keys: str
    told: str
    command: str = ""
    also: str = ""
    """A key that does the same on every layout."""


def keymap(language: str) -> dict[str, Action]:
    """Return the action of each key, by the character that a layout sends, in small letters, or by its name.

    The full stop and the comma mean different things on the Russian and the Kazakh layout: *language*, that of the
    interface, decides.
    """
    layouts = (_KAZAKH, _RUSSIAN) if language == "kk" else (_RUSSIAN, _KAZAKH)
    return {**layouts[1], **layouts[0], **_CYRILLIC, **_ENGLISH, **_NAMED}


def told_of_layouts(language: str) -> tuple[str, ...]:
    """Return what the layouts have in other places, in sentences."""
    russian = _("On the Russian layout, the full stop searches, and the comma explains the keys.")
    return (
        _("The letters are the same keys on a Russian and a Kazakh layout."),
        *(() if language == "kk" else (russian,)),
        _("On the Kazakh layout, № searches, һ and ө change the plan, and the keys of the digits choose days."),
    )


def short_names() -> list[str]:
    """Return what the keys do in a word or two, in the order of `explained`; those that have no such name come last."""
    return _("search, card, plan, help, quit, must, out, undo, month, timeline, week").split(", ")


def explained(command: CommandLine) -> tuple[Explained, ...]:
    """Return what the keys do, those of most worth first; *command* completes the commands."""
    of, plan = command.of_programme, command.of_itinerary
    event, day, text = _("EVENT"), _("DAY"), _("TEXT")
    return (
        Explained("/", _("Search as you type"), of(f"kzfest list -s {text}"), "ctrl+f"),
        Explained("enter", _("Open the card of the event"), of(f"kzfest show {event}")),
        Explained("+", _("Put the event into your plan"), plan(f"add {event} --on {day}")),
        Explained("?", _("Explain the keys"), also="f1"),
        Explained("q", _("Quit")),
        Explained("!", _("Mark it as a must-see, or unmark it"), plan(f"edit {event} --must")),
        Explained("-", _("Take the event out of your plan"), plan(f"remove {event}")),
        Explained("u", _("Undo the last change of your plan"), plan("undo")),
        Explained("m", _("Show the month of the day"), of(f"kzfest month {day}")),
        Explained("t", _("Show the month as a timeline"), of(f"kzfest timeline {day}")),
        Explained("w", _("Show the week of your plan"), plan(f"week {day}")),
        Explained("1 … 9", _("Choose one of the first nine days"), of(f"kzfest list {day}")),
        Explained("↑ ↓ j k", _("Move")),
        Explained("home end", _("Move to the beginning or the end")),
        Explained("pgup pgdn", _("Move by a page")),
        Explained("← → tab", _("Move to another pane")),
        Explained("esc", _("Go back, or end the search")),
        Explained(_("mouse"), _("A click chooses, a double click opens, the wheel scrolls")),
    )
