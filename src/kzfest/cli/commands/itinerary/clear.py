"""`kzfest itinerary clear`."""

from __future__ import annotations

from kzfest.cli.commands.itinerary.changing import changing
from kzfest.cli.options.events import FormatOption
from kzfest.cli.typer_ext.lazy_groups import CommandContext, command


@command(
    "kzfest itinerary clear",
)
def clear(ctx: CommandContext, format_: FormatOption = None) -> None:
    """Remove all visits from the itinerary; `undo` restores them."""
    with changing(ctx.obj, format_=format_) as draft:
        draft.visits.clear()
