"""`kzfest itinerary show`."""

from __future__ import annotations

import typer

from kzfest.cli.commands.itinerary.answers import plan_answer
from kzfest.cli.commands.itinerary.changes import command
from kzfest.cli.console import note
from kzfest.cli.itineraries import checked_by, name_of, plan_of, store_of
from kzfest.cli.options import ByOption, CalendarFormatOption, OutputOption
from kzfest.cli.output import write
from kzfest.core.words import _, ngettext

app = typer.Typer(add_completion=False)


@app.command("show")
def show(
    ctx: typer.Context, by: ByOption = "car", format_: CalendarFormatOption = None, output: OutputOption = None
) -> None:
    """Show your visits day by day: the ways between them, what clashes, what has changed since."""
    session = ctx.obj
    store = store_of(session)
    name = name_of(session, store)
    plan = plan_of(store.itinerary(name), session, checked_by(by))
    write(plan_answer(plan, session), session, format_=format_, output=output)
    if not plan.visits:
        note(_("the itinerary '{name}' is empty").format(name=name))
        note(
            _("`kzfest list` shows what is on; `{command}` plans a visit").format(
                command=command("add EVENT", name, store)
            )
        )
        note(_("`{command}` proposes a plan").format(command=command("suggest 16..17 dec", name, store)))
    elif plan.clashes:
        told = ngettext("{n} clash; `{command}` tells more", "{n} clashes; `{command}` tells more", len(plan.clashes))
        note(told.format(n=len(plan.clashes), command=command("check", name, store)))
