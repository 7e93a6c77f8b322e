"""`kzfest itinerary restore`."""

from __future__ import annotations

from typing import Annotated

import typer

from kzfest.cli.commands.itinerary.changing import is_table
from kzfest.cli.commands.itinerary.list import write_summaries
from kzfest.cli.options.events import FormatOption
from kzfest.cli.terminal.console import note
from kzfest.cli.typer_ext.lazy_groups import CommandContext, command
from kzfest.i18n import _

ReplaceCurrentOption = Annotated[
    bool, typer.Option("--replace", help=_("Restore even if there are visits now; kzfest sets them aside in a file."))
]


@command(
    "kzfest itinerary restore",
)
def restore(ctx: CommandContext, replace: ReplaceCurrentOption = False, format_: FormatOption = None) -> None:
    """Restore the last good copy of your itineraries after kzfest has set a damaged file aside."""
    store = ctx.obj.store
    for_people = is_table(format_)
    copy = store.restore(replace=replace)
    found = store.all() if copy or not for_people else []
    if not for_people:
        write_summaries(found, ctx.obj, format_=format_, copy=copy.name if copy else None)
    if copy is None:
        note(_("no saved copy in {folder}").format(folder=store.folder))
        return
    named = ", ".join(f"{each.name} ({each.visits})" for each in found)
    note(_("restored from {file}: {itineraries}").format(file=copy.name, itineraries=named))
