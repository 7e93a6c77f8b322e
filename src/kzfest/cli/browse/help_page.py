"""The keys in words: the line at the foot of the full screen, and its help."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from kzfest.cli.browse.keys import short_names, told_of_layouts
from kzfest.cli.terminal.tables import canvas_of
from kzfest.formats.page import Fields, Heading, Paragraph, StyledText, cell, line, plain, sentence
from kzfest.i18n import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kzfest.cli.browse.keys import Explained
    from kzfest.formats.page import Line, Page


FocusedPart: TypeAlias = Literal["days", "events", "card", "view", "search"]
"""Where the user is when he asks for help."""


def _keys_here(place: FocusedPart) -> str:
    return {
        "days": _("In the days, arrows choose one, and enter goes to its events."),
        "events": _("In the events, arrows choose one, and enter opens its card."),
        "card": _("In the card, arrows scroll, and esc goes back to the events."),
        "view": _("In this view, left and right show the time before and after it, and esc goes back."),
        "search": _("In the search, enter keeps what is found, and esc ends it."),
    }[place]


def line_of_keys(keys: Sequence[Explained], width: int) -> Line:
    """Return as many *keys* with what they do as fit into *width* columns."""
    room = canvas_of(width)
    told: Line = ()
    for each, name in zip(keys, short_names(), strict=False):
        more = line(*told, "  " if told else None, StyledText(each.keys, "strong"), StyledText(f" {name}", "faint"))
        if room.columns_of(plain(more)) > width:
            break
        told = more
    return told


def help_page(keys: Sequence[Explained], place: FocusedPart, language: str) -> Page:
    """Return what the *keys* do, those of the *place* where the user is first, and the commands that do the same."""
    rows = (
        (
            f"{each.keys} {each.also}".rstrip(),
            cell(line(each.told, "  " if each.command else None, StyledText(each.command, "command"))),
        )
        for each in keys
    )
    return [
        Heading(line(_("Keys of the full screen")), level=1),
        Paragraph(sentence(_("Each view is also a command: `kzfest list`, `kzfest show`, `kzfest month`."))),
        Paragraph(sentence(_keys_here(place))),
        Fields(tuple(rows), labels="strong"),
        Paragraph(sentence(" ".join(told_of_layouts(language)), "faint")),
    ]
