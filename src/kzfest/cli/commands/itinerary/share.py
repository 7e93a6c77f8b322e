"""`kzfest itinerary share`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzfest.cli.options.events import FormatOption, OutputOption
from kzfest.cli.terminal.console import note, print_text
from kzfest.cli.typer_ext.lazy_groups import CommandContext, command
from kzfest.i18n import _, ngettext
from kzfest.itineraries.share_token import write_token
from kzfest.paths import PROGRAMMES
from kzfest.programme.zones import zone

if TYPE_CHECKING:
    from kzfest.cli.output import Answer
    from kzfest.core.visit import Itinerary


@command(
    "kzfest itinerary share",
)
def share(ctx: CommandContext, format_: FormatOption = None, output: OutputOption = None) -> None:
    """Print the itinerary, with your notes, as one line of text for a message or a QR code; `merge` reads it."""
    session = ctx.obj
    itinerary = session.store.itinerary(session.itinerary_name)
    instead = session.command_line.of_itinerary("export -o plan.ics")
    token = write_token(itinerary, zone, PROGRAMMES, instead=instead)
    count = len(itinerary.visits)
    if format_ is None and output is None:
        print_text(f"{token}\n")
    else:
        from kzfest.cli.output import write  # a plain token needs no format

        write(_answer(itinerary, token), session, format_=format_, output=output)
    told = ngettext(
        "{n} visit; others add it with `kzfest itinerary merge {token}`",
        "{n} visits; others add them with `kzfest itinerary merge {token}`",
        count,
    )
    note(told.format(n=count, token=_("TOKEN")))


def _answer(itinerary: Itinerary, token: str) -> Answer:
    from kzfest.cli.output import Answer  # see above
    from kzfest.formats.page import Paragraph, StyledText, line
    from kzfest.formats.records import itinerary_record

    return Answer(
        document=lambda: {"share": itinerary_record(itinerary) | {"visits": len(itinerary.visits), "token": token}},
        items="share",
        fields=("name", "revision", "visits", "token"),
        page=lambda: [Paragraph(line(StyledText(token, "command")))],
    )
