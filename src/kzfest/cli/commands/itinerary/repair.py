"""`kzfest itinerary repair`."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from kzfest.cli.commands.itinerary.changing import note_changes, saved_anyway
from kzfest.cli.commands.itinerary.check import HAS_CLASHES
from kzfest.cli.commands.itinerary.plan_answer import visit_record_of
from kzfest.cli.options.events import FormatOption, OutputOption
from kzfest.cli.options.itinerary import ByOption
from kzfest.cli.output import Answer, chosen_format, not_a_calendar, write
from kzfest.cli.resolve_visit import checked_by
from kzfest.cli.terminal.console import note
from kzfest.cli.typer_ext.lazy_groups import CommandContext, command
from kzfest.core.visit import Itinerary, sorted_visits
from kzfest.formats.records import clash_record, itinerary_record, visit_record
from kzfest.i18n import _
from kzfest.itineraries.plan import build_plan
from kzfest.itineraries.repairs import repair_of
from kzfest.pages.repaired_visits import repair_page, why_repaired

if TYPE_CHECKING:
    from kzfest.cli.session import Session
    from kzfest.core.travel import By
    from kzfest.formats.records import Record
    from kzfest.itineraries.plan import Plan
    from kzfest.itineraries.repairs import Repair, RepairedVisit

SaveRepairOption = Annotated[
    bool, typer.Option("--save", help=_("Repair the itinerary; without it, nothing is changed."))
]

REPAIR_FIELDS = (
    "id", "event", "title", "must", "change", "cause", "why", "minutes",
    "day", "start", "end", "place", "new_day", "new_start", "new_end", "new_place",
)  # fmt: skip
"""The columns of a repaired visit in CSV."""


@command(
    "kzfest itinerary repair",
    "kzfest itinerary repair --save",
)
def repair(
    ctx: CommandContext,
    by: ByOption = "car",
    save: SaveRepairOption = False,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Propose the smallest change after which all visits take place and none clash.

    It keeps as many visits as possible, must-sees first, and moves them as little as possible.
    It never changes your own appointments. The exit code is 5 if clashes are left.
    """
    session = ctx.obj
    mode = checked_by(by)
    if chosen_format(format_, output) == "ics":
        raise not_a_calendar()
    if save:
        plan, found = _save(mode, session, format_=format_, output=output)
    else:
        plan, found = _repair(session.store.itinerary(session.itinerary_name), mode, session)
        write(_answer(found, plan, session.language, saved=False), session, format_=format_, output=output)
    if not found.changes:
        note(_("no visit needs a repair"))
    elif not save:
        asked = f"repair --by {mode} --save" if mode != "car" else "repair --save"
        note(_("`{command}` saves it").format(command=session.command_line.of_itinerary(asked)))
    if not found.tried_all:
        note(_("hundreds of visits clash, so only the nearest times of each were tried"))
    if found.left:
        raise typer.Exit(HAS_CLASHES)


def _repair(itinerary: Itinerary, by: By, session: Session) -> tuple[Plan, Repair]:
    plan = build_plan(itinerary, session.context, by)
    return plan, repair_of(plan, session.context)


def _save(by: By, session: Session, *, format_: str | None, output: str | None) -> tuple[Plan, Repair]:
    """Repair the itinerary as it is at this moment, as one change, and write what has changed."""
    plan, found = _repair(session.store.itinerary(session.itinerary_name), by, session)
    with session.store.changing(session.itinerary_name, now=session.context.stamp) as draft:
        is_same = draft.visits == {each.visit.id: each.visit for each in plan.visits}
        if not is_same:  # another process has changed it meanwhile
            plan, found = _repair(Itinerary(draft.name, 0, tuple(sorted_visits(draft.visits.values()))), by, session)
        found.apply(draft)
    if draft.kept or not is_same:
        plan = replace(plan, itinerary=draft.kept or session.store.itinerary(session.itinerary_name))
    try:
        with saved_anyway():
            write(_answer(found, plan, session.language, saved=True), session, format_=format_, output=output)
            sys.stdout.flush()
    finally:
        note_changes(draft, session)
    return plan, found


def _answer(found: Repair, plan: Plan, language: str, *, saved: bool) -> Answer:
    return Answer(
        document=lambda: {
            "itinerary": itinerary_record(plan.itinerary),
            "repairs": [_record(each, plan, language) for each in found.changes],
            "left": [{"first": each.first, "second": each.second} | clash_record(each) for each in found.left],
            "more_left": found.left_count - len(found.left),
            "tried_all": found.tried_all,
        },
        items="repairs",
        fields=REPAIR_FIELDS,
        rows=lambda repairs: [_row(each) for each in repairs],
        page=lambda: repair_page(found, plan, saved=saved),
    )


def _record(repaired: RepairedVisit, plan: Plan, language: str) -> Record:
    option = repaired.option
    return {
        "change": "changed" if option else "removed",
        "cause": repaired.cause,
        "why": why_repaired(repaired, plan),
        "others": list(repaired.others),
        "minutes": option and option.minutes,
        "before": visit_record_of(repaired.planned, language),
        "after": option and visit_record(option.visit, option.known, (), clash_count=0, way=None, language=language),
    }


def _row(record: Record) -> Record:
    """Return the record of a repaired visit as a row of CSV."""
    before: Record = record["before"]
    after: Record | None = record["after"]
    new = {f"new_{field}": after and after[field] for field in ("day", "start", "end", "place")}
    return before | record | new
