"""`kzfest itinerary list`."""

from __future__ import annotations

from kzfest.cli.options.events import FormatOption, OutputOption
from kzfest.cli.output import Answer, write
from kzfest.cli.typer_ext.lazy_groups import CommandContext, command
from kzfest.pages.itinerary import names_page


@command(
    "kzfest itinerary list",
)
def list_(ctx: CommandContext, format_: FormatOption = None, output: OutputOption = None) -> None:
    """List your itineraries, and show which is current."""
    named = ctx.obj.store.all()
    answer = Answer(
        document=lambda: {"itineraries": [each._asdict() for each in named]},
        items="itineraries",
        fields=("name", "visits", "current"),
        page=lambda: names_page(named),
    )
    write(answer, ctx.obj, format_=format_, output=output)
