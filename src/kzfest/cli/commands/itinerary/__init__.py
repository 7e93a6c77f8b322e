"""`kzfest itinerary`: a group whose commands are loaded when they are asked for; bare, it shows the visits."""

from __future__ import annotations

from typing import ClassVar

import typer

from kzfest.cli.options.itinerary import ItineraryOption
from kzfest.cli.typer_ext.lazy_groups import DefaultGroup


class ItineraryGroup(DefaultGroup):
    """The commands about one's own visits."""

    table: ClassVar[dict[str, str]] = {
        "show": "itinerary.show",
        "add": "itinerary.add",
        "edit": "itinerary.edit",
        "remove": "itinerary.remove",
        "clear": "itinerary.clear",
        "undo": "itinerary.undo",
        "check": "itinerary.check",
        "gaps": "itinerary.gaps",
        "suggest": "itinerary.suggest",
        "share": "itinerary.share",
        "merge": "itinerary.merge",
        "export": "itinerary.export",
        "import": "itinerary.import_",
        "list": "itinerary.list",
        "use": "itinerary.use",
        "restore": "itinerary.restore",
    }
    default = "show"


app = typer.Typer(add_completion=False, cls=ItineraryGroup, rich_markup_mode="rich")


@app.callback()
def itinerary(ctx: typer.Context, itinerary: ItineraryOption = None) -> None:
    """Plan your visits: what clashes, how long the way is, what has changed, and into your calendar with it.

    Without a subcommand it shows your visits day by day.
    """
    if itinerary is not None:
        ctx.obj.itinerary = itinerary
