"""`kzfest itinerary show`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from kzfest.cli.commands.home import day_to_try
from kzfest.cli.commands.itinerary.plan_answer import plan_answer
from kzfest.cli.itineraries import build_plan, checked_by, command, itinerary_name, store_of
from kzfest.cli.options.events import CalendarFormatOption, OutputOption
from kzfest.cli.options.itinerary import ByOption
from kzfest.cli.output import write
from kzfest.cli.terminal.console import note
from kzfest.cli.typer_ext.lazy_groups import Command
from kzfest.core.festival_day import ONE_DAY
from kzfest.i18n import _, ngettext

if TYPE_CHECKING:
    from kzfest.cli.session import Session
    from kzfest.itineraries.store import Store

app = typer.Typer(add_completion=False)


@app.command("show", cls=Command)
def show(
    ctx: typer.Context, by: ByOption = "car", format_: CalendarFormatOption = None, output: OutputOption = None
) -> None:
    """Show your visits day by day: the ways between them, what clashes, what has changed since."""
    session = ctx.obj
    store = store_of(session)
    name = itinerary_name(session, store)
    plan = build_plan(store.itinerary(name), session, checked_by(by))
    if not plan.visits:
        session.catalogue  # noqa: B018  # what is said below needs it: its errors come before the answer
    write(plan_answer(plan, session), session, format_=format_, output=output)
    if not plan.visits:
        _tell_what_to_do(name, store, session)
    elif plan.clashes:
        told = ngettext("{n} clash; `{command}` tells more", "{n} clashes; `{command}` tells more", plan.clash_count)
        note(told.format(n=plan.clash_count, command=command("check", session)))


def _tell_what_to_do(name: str, store: Store, session: Session) -> None:
    """Say that the itinerary is empty, and what to do next."""
    note(_("the itinerary '{name}' is empty").format(name=name))
    if store.set_aside():
        told = _("itineraries were set aside here; `{command}` brings back the last good copy")
        note(told.format(command=command("restore", session)))
    told = _("`{list}` shows what is on; `{add}` plans a visit")
    note(told.format(list=session.command("kzfest list"), add=command(f"add {_('EVENT')}", session)))
    day = day_to_try(session.catalogue.head, session)
    if day:
        suggest = command(f"suggest {day}..{day + 2 * ONE_DAY}", session)
        note(_("`{command}` proposes a plan").format(command=suggest))
