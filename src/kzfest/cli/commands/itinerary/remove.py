"""`kzfest itinerary remove`."""

from __future__ import annotations

import typer

from kzfest.cli.commands.itinerary.changes import changing
from kzfest.cli.groups import Command
from kzfest.cli.itineraries import find_visit, name_of, store_of
from kzfest.cli.plan_options import VisitsArgument

app = typer.Typer(add_completion=False)


@app.command("remove", cls=Command)
def remove(ctx: typer.Context, visits: VisitsArgument) -> None:
    """Take visits out of the itinerary."""
    session = ctx.obj
    store = store_of(session)
    itinerary = store.itinerary(name_of(session, store))
    found = [find_visit(text, itinerary, session) for text in visits]
    with changing(session) as draft:
        for visit in found:
            draft.visits.pop(visit.id, None)
