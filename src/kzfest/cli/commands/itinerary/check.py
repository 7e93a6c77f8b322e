"""`kzfest itinerary check`."""

from __future__ import annotations

import typer

from kzfest.cli.options.itinerary import ByOption
from kzfest.cli.resolve_visit import checked_by
from kzfest.cli.terminal import console
from kzfest.cli.typer_ext.lazy_groups import CommandContext, command
from kzfest.i18n import ngettext
from kzfest.itineraries.plan import build_plan
from kzfest.pages.itinerary import check_page

HAS_CLASHES = 5
"""The exit code by which a script distinguishes clashes from errors."""


@command(
    "kzfest itinerary check",
    "kzfest itinerary check --by walk",
)
def check(ctx: CommandContext, by: ByOption = "car") -> None:
    """Find clashes, visits outside known hours, and changes; the exit code is 5 if there are clashes."""
    session = ctx.obj
    plan = build_plan(session.store.itinerary(session.itinerary_name), session.context, checked_by(by))
    page = check_page(plan)
    if page:
        console.print_page(page, session.colour)
    else:
        told = ngettext("{n} visit, no problems", "{n} visits, no problems", len(plan.visits))
        console.note(told.format(n=len(plan.visits)))
    if plan.clashes:
        raise typer.Exit(HAS_CLASHES)
