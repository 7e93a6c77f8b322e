"""`kzfest itinerary`: the group of commands about visits."""

from __future__ import annotations

from kzfest.cli.options.itinerary import ItineraryOption
from kzfest.cli.typer_ext.lazy_groups import CommandContext, DefaultGroup, group


class ItineraryGroup(DefaultGroup):
    """The commands about the user's own visits."""

    examples = (
        "kzfest itinerary add gastromania --on 16 dec",
        "kzfest itinerary",
        "kzfest itinerary check",
        "kzfest itinerary export -o plan.ics",
    )
    package = "kzfest.cli.commands.itinerary"
    names = (
        *("show", "week", "add", "edit", "remove", "clear", "undo", "check", "repair", "gaps"),
        *("suggest", "share", "merge", "export", "page", "import", "list", "use", "restore"),
    )
    default = "show"


@group(ItineraryGroup)
def itinerary(ctx: CommandContext, itinerary: ItineraryOption = None) -> None:
    """Plan your visits: see clashes, travel times and changes, and export them to your calendar.

    Without a subcommand, it shows your visits day by day.
    """
    if itinerary is not None:
        ctx.obj.itinerary = itinerary
