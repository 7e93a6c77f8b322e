"""`kzfest itinerary remove`."""

from __future__ import annotations

from kzfest.cli.commands.itinerary.changing import changing
from kzfest.cli.options.events import FormatOption
from kzfest.cli.options.itinerary import VisitsArgument
from kzfest.cli.resolve_visit import find_visit
from kzfest.cli.typer_ext.lazy_groups import CommandContext, command


@command(
    "kzfest itinerary remove gastromania",
)
def remove(ctx: CommandContext, visits: VisitsArgument, format_: FormatOption = None) -> None:
    """Remove visits from the itinerary."""
    session = ctx.obj
    itinerary = session.store.itinerary(session.itinerary_name)
    found = [find_visit(text, itinerary, session) for text in visits]
    with changing(session, format_=format_) as draft:
        for visit in found:
            draft.visits.pop(visit.id, None)
