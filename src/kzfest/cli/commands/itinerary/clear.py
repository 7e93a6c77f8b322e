"""`kzfest itinerary clear`."""

from __future__ import annotations

from kzfest.cli.commands.itinerary.changing import changing
from kzfest.cli.typer_ext.lazy_groups import CommandContext, command


@command(
    "kzfest itinerary clear",
)
def clear(ctx: CommandContext) -> None:
    """Remove all visits from the itinerary; `undo` restores them."""
    with changing(ctx.obj) as draft:
        draft.visits.clear()
