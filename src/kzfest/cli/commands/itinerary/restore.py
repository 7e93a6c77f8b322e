"""`kzfest itinerary restore`."""

from __future__ import annotations

from typing import Annotated

import typer

from kzfest.cli.terminal.console import note
from kzfest.cli.typer_ext.lazy_groups import CommandContext, command
from kzfest.i18n import _

ReplaceCurrentOption = Annotated[
    bool, typer.Option("--replace", help=_("Also where there are visits now: these are set aside, in a file."))
]


@command()
def restore(ctx: CommandContext, replace: ReplaceCurrentOption = False) -> None:
    """Bring back the last good copy of the itineraries, after a damaged file was set aside."""
    store = ctx.obj.store
    copy = store.restore(replace=replace)
    if copy is None:
        note(_("no copy was set aside in {folder}").format(folder=store.folder))
        return
    named = ", ".join(f"{each.name} ({each.visits})" for each in store.all())
    note(_("restored from {file}: {itineraries}").format(file=copy.name, itineraries=named))
