"""`kzfest itinerary export`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from kzfest.calendars.export import changed_since, note_exported_revisions, plan_export
from kzfest.cli.commands.itinerary.plan_answer import plan_answer
from kzfest.cli.options.common import ANSWER_PANEL
from kzfest.cli.options.export import ExportOptions
from kzfest.cli.options.itinerary import OnlyVisitsOption
from kzfest.cli.output import write
from kzfest.cli.resolve_visit import find_visit
from kzfest.cli.terminal.console import note
from kzfest.cli.typer_ext.day_arguments import DaysCommand
from kzfest.cli.typer_ext.lazy_groups import CommandContext, command
from kzfest.core.errors import UsageError
from kzfest.core.visit import sorted_visits
from kzfest.formats import dates
from kzfest.i18n import _
from kzfest.itineraries.plan import build_plan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kzfest.calendars.export import Export
    from kzfest.cli.session import Session
    from kzfest.core.visit import Itinerary
    from kzfest.itineraries.plan import Plan
    from kzfest.itineraries.store import Store

EntriesSinceOption = Annotated[
    Optional[str],
    typer.Option(
        "--changed-since",
        metavar=_("WHEN"),
        help=_("Only entries changed on this day or later; `last` is the last update of a programme that you keep."),
        rich_help_panel=ANSWER_PANEL,
    ),
]
WithoutNotesOption = Annotated[
    bool, typer.Option("--without-notes", help=_("Leave out your notes."), rich_help_panel=ANSWER_PANEL)
]


@command(
    "kzfest itinerary export -o plan.ics",
    "kzfest itinerary export --remind 2h --vdir calendar",
    "kzfest itinerary export --visit gastromania --qr",
    cls=DaysCommand,
)
def export(
    ctx: CommandContext,
    how: ExportOptions,
    since: EntriesSinceOption = None,
    without_notes: WithoutNotesOption = False,
    only: OnlyVisitsOption = None,
) -> None:
    """Write your visits to a calendar file (ICS), which every calendar program imports.

    After a change, import it again: this updates existing entries. --fresh-uids gives the visits new ids permanently.
    """
    session = ctx.obj
    chosen = how.chosen(changed_since=since)
    if chosen != "ics" and since is not None:
        raise UsageError(_("--changed-since is for calendars (-f ics)"))
    store = session.store
    itinerary = store.itinerary(session.itinerary_name)
    if only:
        itinerary = _only(only, itinerary, how, session)
    plan = build_plan(as_told(itinerary, notes=not without_notes), session.context)
    if chosen != "ics":
        write(plan_answer(plan, session), session, format_=chosen, output=how.output)
        return
    made = _made(plan, how, since, session)
    if how.fresh:  # only after the checks of the other options
        _write_with_new_ids(itinerary, how, since, store, session, notes=not without_notes)
    else:
        note_exported_revisions(plan, store)
        how.write(made, session, choose_one=_("choose one with --visit"))


def _only(asked: Sequence[str], itinerary: Itinerary, how: ExportOptions, session: Session) -> Itinerary:
    """Return *itinerary* with the visits *asked* only. Raises UsageError, and NotFoundError for an unknown visit."""
    if how.vdir or how.fresh:
        raise UsageError(_("--vdir and --fresh-uids are for the whole itinerary; do not combine them with --visit"))
    ids = {find_visit(each, itinerary, session).id for each in asked}
    return replace(itinerary, visits=tuple(visit for visit in itinerary.visits if visit.id in ids))


def _made(plan: Plan, how: ExportOptions, since: str | None, session: Session) -> Export:
    """Return the export of *plan*, only with the entries changed on the day *since* or later if it is given."""
    day = session.day_of_change(since) if since is not None else None
    reason = _("not changed since {day}").format(day=dates.short_day(day)) if day else ""
    return how.reminding(changed_since(plan_export(plan), day, reason, session.context.zone))


def as_told(itinerary: Itinerary, *, notes: bool) -> Itinerary:
    """Return *itinerary* with the user's *notes*, or without them."""
    if notes:
        return itinerary
    return replace(itinerary, visits=tuple(replace(visit, note=None) for visit in itinerary.visits))


def _write_with_new_ids(
    itinerary: Itinerary, how: ExportOptions, since: str | None, store: Store, session: Session, *, notes: bool
) -> None:
    """Write the same visits with new ids, and save these ids if writing succeeds."""
    name = itinerary.name
    with store.changing(name, now=session.context.stamp) as draft:
        again = [
            replace(visit, id=draft.new_id(), changes=0, changed=max(visit.changed, session.context.stamp))
            for visit in draft.visits.values()
        ]
        draft.visits = {visit.id: visit for visit in again}
        anew = replace(itinerary, visits=tuple(sorted_visits(again)))
        plan = build_plan(as_told(anew, notes=notes), session.context)
        how.write(_made(plan, how, since, session), session, choose_one=_("choose one with --visit"))
    if draft.changed:
        note_exported_revisions(plan, store)
        told = _("the visits have new ids; to undo: `{command}`")
        note(told.format(command=session.command_line.of_itinerary("undo")))
