"""The keys in words: the line at the foot of the full screen, and its help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzfest.cli.browse.keys import short_names
from kzfest.cli.terminal.tables import canvas_of
from kzfest.formats.page import Fields, Heading, Paragraph, StyledText, cell, line, plain, sentence
from kzfest.i18n import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kzfest.cli.browse.keys import Explained
    from kzfest.formats.page import Line, Page


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


def help_page(keys: Sequence[Explained]) -> Page:
    """Return what the *keys* do, and the commands that do the same."""
    rows = (
        (each.keys, cell(line(each.told, "  " if each.command else None, StyledText(each.command, "command"))))
        for each in keys
    )
    return [
        Heading(line(_("Keys of the full screen")), level=1),
        Paragraph(sentence(_("Each view is also a command: `kzfest list`, `kzfest show`, `kzfest month`."))),
        Fields(tuple(rows), labels="strong"),
        Paragraph(sentence(_("The letters are the same keys on a Russian and a Kazakh layout."), "faint")),
    ]
