"""`kzfest itinerary export`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import typer

from kzfest.cli.calendars import plan_export
from kzfest.cli.commands.itinerary.answers import plan_answer
from kzfest.cli.commands.itinerary.changes import command
from kzfest.cli.console import note
from kzfest.cli.exporting import FreshOption, check_place, narrowed, write_export
from kzfest.cli.itineraries import name_of, plan_of, store_of
from kzfest.cli.options import CalendarFormatOption, ChangedSinceOption, OutputOption, RemindOption, VdirOption
from kzfest.cli.output import chosen_format, write
from kzfest.core.errors import UsageError
from kzfest.core.words import _

if TYPE_CHECKING:
    from kzfest.cli.calendars import Export
    from kzfest.cli.session import Session
    from kzfest.itineraries.store import Store

app = typer.Typer(add_completion=False)


@app.command("export")
def export(
    ctx: typer.Context,
    format_: CalendarFormatOption = None,
    output: OutputOption = None,
    vdir: VdirOption = None,
    remind: RemindOption = None,
    since: ChangedSinceOption = None,
    fresh: FreshOption = False,
) -> None:
    """Write your visits into a calendar file (ICS), which every calendar program imports.

    Import it again after a change: the same visits are brought up to date. --fresh-uids gives them new ids for good.
    """
    session = ctx.obj
    chosen = "ics" if format_ is None and (output is None or vdir) else chosen_format(format_, output)
    if chosen != "ics" and (vdir or remind or since or fresh):
        raise UsageError(_("--vdir, --remind, --changed-since and --fresh-uids are for calendars (-f ics)"))
    store = store_of(session)
    name = name_of(session, store)
    if chosen != "ics":
        write(
            plan_answer(plan_of(store.itinerary(name), session, "car"), session), session, format_=chosen, output=output
        )
        return
    check_place(output=output, vdir=vdir, since=since)
    made = _made(store, name, session, remind, since)
    if fresh:  # after what the other options may complain of
        _give_new_ids(store, name, session)
        made = _made(store, name, session, remind, since)
    write_export(made, output=output, vdir=vdir)


def _made(store: Store, name: str, session: Session, remind: str | None, since: str | None) -> Export:
    plan = plan_of(store.itinerary(name), session, "car")
    return narrowed(plan_export(plan), session, remind=remind, since=since)


def _give_new_ids(store: Store, name: str, session: Session) -> None:
    """Have the same visits under ids that no calendar has seen; standard output is the calendar's."""
    with store.changing(name, now=session.moment) as draft:
        again = [replace(visit, id=draft.new_id(), changes=0) for visit in draft.visits.values()]
        draft.visits = {visit.id: visit for visit in again}
    if draft.changed:
        told = _("the visits have new ids; take it back with `{command}`")
        note(told.format(command=command("undo", name, store)))
