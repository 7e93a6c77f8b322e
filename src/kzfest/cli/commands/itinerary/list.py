"""`kzfest itinerary list`, and the answer of commands about whole itineraries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzfest.cli.options.events import FormatOption, OutputOption
from kzfest.cli.output import Answer, write
from kzfest.cli.typer_ext.lazy_groups import CommandContext, command
from kzfest.pages.itinerary import names_page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kzfest.cli.session import Session
    from kzfest.itineraries.store import ItinerarySummary


@command(
    "kzfest itinerary list",
)
def list_(ctx: CommandContext, format_: FormatOption = None, output: OutputOption = None) -> None:
    """List your itineraries, and show which is current."""
    write_summaries(ctx.obj.store.all(), ctx.obj, format_=format_, output=output)


def write_summaries(
    named: Sequence[ItinerarySummary],
    session: Session,
    *,
    format_: str | None,
    output: str | None = None,
    **more: str | None,
) -> None:
    """Write the itineraries *named*, in JSON after what *more* says."""
    answer = Answer(
        document=lambda: {**more, "itineraries": [each._asdict() for each in named]},
        items="itineraries",
        fields=("name", "visits", "current"),
        page=lambda: names_page(named),
    )
    write(answer, session, format_=format_, output=output)
