"""`kzfest itinerary undo`."""

from __future__ import annotations

from typing import Annotated

import typer

from kzfest.cli.commands.itinerary.changing import is_table, report_changes
from kzfest.cli.options.events import FormatOption
from kzfest.cli.terminal.console import note
from kzfest.cli.typer_ext.lazy_groups import CommandContext, command
from kzfest.i18n import _, ngettext

CountArgument = Annotated[
    int,
    typer.Argument(metavar="[N]", min=1, max=1_000_000, help=_("The number of changes to undo."), show_default=False),
]


@command(
    "kzfest itinerary undo",
    "kzfest itinerary undo 3",
)
def undo(ctx: CommandContext, count: CountArgument = 1, format_: FormatOption = None) -> None:
    """Undo the last change to the itinerary, or the last N; repeat it to go further back."""
    session = ctx.obj
    for_people = is_table(format_)
    taken_back = session.store.undo(session.itinerary_name, count, now=session.context.stamp)
    if not taken_back:
        note(_("nothing to undo"))
    if taken_back or not for_people:
        report_changes(taken_back, session, format_=format_)
    if 0 < len(taken_back) < count:
        told = ngettext("only {n} change could be undone", "only {n} changes could be undone", len(taken_back))
        note(told.format(n=len(taken_back)))
