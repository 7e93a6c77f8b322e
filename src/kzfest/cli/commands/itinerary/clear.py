"""`kzfest itinerary clear`."""

from __future__ import annotations

import typer

from kzfest.cli.commands.itinerary.changing import changing
from kzfest.cli.typer_ext.lazy_groups import Command

app = typer.Typer(add_completion=False)


@app.command("clear", cls=Command)
def clear(ctx: typer.Context) -> None:
    """Take all visits out of the itinerary; `undo` brings them back."""
    with changing(ctx.obj) as draft:
        draft.visits.clear()
