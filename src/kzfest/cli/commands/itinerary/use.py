"""`kzfest itinerary use`."""

from __future__ import annotations

from typing import Annotated

import typer

from kzfest.cli.commands.itinerary.changing import is_table
from kzfest.cli.commands.itinerary.list import write_summaries
from kzfest.cli.options.events import FormatOption
from kzfest.cli.session import checked_name
from kzfest.cli.terminal.console import note
from kzfest.cli.typer_ext.lazy_groups import CommandContext, command
from kzfest.i18n import _, ngettext
from kzfest.itineraries.store import ItinerarySummary

NameArgument = Annotated[
    list[str], typer.Argument(metavar=_("NAME..."), help=_("A name; a new name starts an empty itinerary."))
]


@command(
    "kzfest itinerary use trip",
)
def use(ctx: CommandContext, name: NameArgument, format_: FormatOption = None) -> None:
    """Choose the current itinerary, which commands use without --itinerary."""
    for_people = is_table(format_)
    chosen = checked_name(" ".join(name))
    known = ctx.obj.store.use(chosen)
    count = len(known.visits) if known else 0
    if not for_people:
        write_summaries([ItinerarySummary(chosen, count, current=True)], ctx.obj, format_=format_)
    told = ngettext(
        "the current itinerary is '{name}' ({n} visit)", "the current itinerary is '{name}' ({n} visits)", count
    )
    note((told if known else _("the current itinerary is '{name}', a new one")).format(name=chosen, n=count))
