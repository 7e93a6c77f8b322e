"""`kzfest itinerary undo`."""

from __future__ import annotations

from typing import Annotated

import typer

from kzfest.cli.commands.itinerary.changing import print_changes
from kzfest.cli.terminal.console import note
from kzfest.cli.typer_ext.lazy_groups import CommandContext, command
from kzfest.i18n import _, ngettext

CountArgument = Annotated[
    int,
    typer.Argument(metavar="[N]", min=1, max=1_000_000, help=_("How many of the newest changes."), show_default=False),
]


@command()
def undo(ctx: CommandContext, count: CountArgument = 1) -> None:
    """Take back the newest change of the itinerary, or the newest N; again takes back the one before."""
    session = ctx.obj
    taken_back = session.store.undo(session.itinerary_name, count, now=session.context.stamp)
    if not taken_back:
        note(_("there is nothing to take back"))
        return
    for changes in taken_back:
        print_changes(changes, session)
    if len(taken_back) < count:
        told = ngettext("only {n} change could be taken back", "only {n} changes could be taken back", len(taken_back))
        note(told.format(n=len(taken_back)))
