"""`kzfest itinerary export`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import typer

from kzfest.cli.calendars import plan_export
from kzfest.cli.commands.itinerary.answers import plan_answer
from kzfest.cli.commands.itinerary.changes import command
from kzfest.cli.console import note
from kzfest.cli.exporting import How, exporting
from kzfest.cli.groups import Command
from kzfest.cli.itineraries import name_of, plan_of, store_of
from kzfest.cli.output import write
from kzfest.core.words import _

if TYPE_CHECKING:
    from kzfest.cli.calendars import Export
    from kzfest.cli.session import Session
    from kzfest.itineraries.store import Store

app = typer.Typer(add_completion=False)


@app.command("export", cls=Command)
@exporting
def export(ctx: typer.Context, how: How) -> None:
    """Write your visits into a calendar file (ICS), which every calendar program imports.

    Import it again after a change: the same visits are brought up to date. --fresh-uids gives them new ids for good.
    """
    session = ctx.obj
    chosen = how.chosen()
    store = store_of(session)
    name = name_of(session, store)
    if chosen != "ics":
        answer = plan_answer(plan_of(store.itinerary(name), session, "car"), session)
        write(answer, session, format_=chosen, output=how.output)
        return
    made = _made(store, name, session, how)
    if how.fresh:  # after what the other options may complain of
        _give_new_ids(store, name, session)
        made = _made(store, name, session, how)
    how.write(made)


def _made(store: Store, name: str, session: Session, how: How) -> Export:
    return how.narrowed(plan_export(plan_of(store.itinerary(name), session, "car")), session)


def _give_new_ids(store: Store, name: str, session: Session) -> None:
    """Have the same visits under ids that no calendar has seen; standard output is the calendar's."""
    with store.changing(name, now=session.stamp) as draft:
        again = [replace(visit, id=draft.new_id(), changes=0) for visit in draft.visits.values()]
        draft.visits = {visit.id: visit for visit in again}
    if draft.changed:
        told = _("the visits have new ids; take it back with `{command}`")
        note(told.format(command=command("undo", name, store)))
