"""`kzfest itinerary export`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import typer

from kzfest.cli.calendars import plan_export
from kzfest.cli.commands.itinerary.answers import plan_answer
from kzfest.cli.commands.itinerary.changes import changing
from kzfest.cli.exporting import FreshOption, narrowed, write_export
from kzfest.cli.itineraries import name_of, plan_of, store_of
from kzfest.cli.options import ChangedSinceOption, FormatOption, OutputOption, RemindOption, VdirOption
from kzfest.cli.output import chosen_format, write
from kzfest.core.errors import UsageError
from kzfest.core.words import _

if TYPE_CHECKING:
    from kzfest.itineraries.store import Draft

app = typer.Typer(add_completion=False)


@app.command("export")
def export(
    ctx: typer.Context,
    format_: FormatOption = None,
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
    if fresh:
        with changing(session) as draft:
            _give_new_ids(draft)
    store = store_of(session)
    plan = plan_of(store.itinerary(name_of(session, store)), session, "car")
    if chosen != "ics":
        write(plan_answer(plan, session), session, format_=chosen, output=output)
        return
    made = narrowed(plan_export(plan), session, remind=remind, since=since)
    write_export(made, output=output, vdir=vdir, since=since)


def _give_new_ids(draft: Draft) -> None:
    """Have the same visits under ids that no calendar has seen."""
    again = [replace(visit, id=draft.new_id(), changes=0) for visit in draft.visits.values()]
    draft.visits = {visit.id: visit for visit in again}
