"""`kzfest itinerary remove`."""

from __future__ import annotations

import typer

from kzfest.cli.commands.itinerary.changing import changing
from kzfest.cli.itineraries import find_visit, itinerary_name, store_of
from kzfest.cli.options.itinerary import VisitsArgument
from kzfest.cli.typer_ext.lazy_groups import Command

app = typer.Typer(add_completion=False)


@app.command("remove", cls=Command)
def remove(ctx: typer.Context, visits: VisitsArgument) -> None:
    """Take visits out of the itinerary."""
    session = ctx.obj
    store = store_of(session)
    itinerary = store.itinerary(itinerary_name(session, store))
    found = [find_visit(text, itinerary, session) for text in visits]
    with changing(session) as draft:
        for visit in found:
            draft.visits.pop(visit.id, None)
