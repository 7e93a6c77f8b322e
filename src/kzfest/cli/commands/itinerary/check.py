"""`kzfest itinerary check`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from kzfest.cli.options.events import FormatOption, OutputOption
from kzfest.cli.options.itinerary import ByOption
from kzfest.cli.resolve_visit import checked_by
from kzfest.cli.terminal import console
from kzfest.cli.typer_ext.lazy_groups import CommandContext, command
from kzfest.i18n import _, ngettext
from kzfest.itineraries.clash_solutions import clash_solution
from kzfest.itineraries.plan import build_plan, needs_repair
from kzfest.pages.itinerary import check_page
from kzfest.pages.visit_warnings import warnings_of

if TYPE_CHECKING:
    from kzfest.cli.output import Answer
    from kzfest.core.clashes import Clash
    from kzfest.formats.page import Page
    from kzfest.formats.records import Record
    from kzfest.itineraries.plan import Plan

HAS_CLASHES = 5
"""The exit code by which a script distinguishes clashes from errors."""


@command(
    "kzfest itinerary check",
    "kzfest itinerary check --by walk",
)
def check(ctx: CommandContext, by: ByOption = "car", format_: FormatOption = None, output: OutputOption = None) -> None:
    """Find clashes, visits outside known hours, and changes; the exit code is 5 if there are clashes."""
    session = ctx.obj
    plan = build_plan(session.store.itinerary(session.itinerary_name), session.context, checked_by(by))
    page = check_page(plan)
    if format_ is not None or output is not None:
        from kzfest.cli.output import write  # a plain page needs no format

        write(_answer(plan, page, session.language), session, format_=format_, output=output)
    elif page:
        console.print_page(page, session.colour)
    if not page:
        told = ngettext("{n} visit, no problems", "{n} visits, no problems", len(plan.visits))
        console.note(told.format(n=len(plan.visits)))
    if page and needs_repair(plan, session.context):
        asked = f"repair --by {plan.by}" if plan.by != "car" else "repair"
        proposed = _("`{command}` proposes how to repair the plan")
        console.note(proposed.format(command=session.command_line.of_itinerary(asked)))
    if plan.clashes:
        raise typer.Exit(HAS_CLASHES)


def _answer(plan: Plan, page: Page, language: str) -> Answer:
    from kzfest.cli.commands.itinerary.plan_answer import VISIT_FIELDS, flat_visit
    from kzfest.cli.output import Answer  # see above

    return Answer(
        document=lambda: _document(plan, language),
        items="visits",
        fields=(*VISIT_FIELDS, "warnings"),
        rows=lambda visits: [flat_visit(each) for each in visits],
        page=lambda: page,
    )


def _document(plan: Plan, language: str) -> Record:
    """Return the document of `check`: the visits with a problem, and each clash once."""
    from kzfest.cli.commands.itinerary.plan_answer import visit_record_of
    from kzfest.formats.records import itinerary_record

    told = [(planned, warnings_of(planned, plan)) for planned in plan.visits]
    return {
        "itinerary": itinerary_record(plan.itinerary),
        "visits": [
            visit_record_of(planned, language) | {"warnings": warnings}
            for planned, warnings in told
            if warnings or planned.clash_count
        ],
        "clashes": [_clash_record(each, plan) for each in plan.clashes],
        "more_clashes": plan.clash_count - len(plan.clashes),
    }


def _clash_record(clash: Clash, plan: Plan) -> Record:
    from kzfest.formats.records import clash_record

    solution = clash_solution(clash, plan)
    solved = {"solution": solution and solution.command, "late": solution and solution.late}
    return {"first": clash.first, "second": clash.second} | clash_record(clash) | solved
