"""`kzfest itinerary share`."""

from __future__ import annotations

from kzfest.cli.terminal.console import note, print_text
from kzfest.cli.typer_ext.lazy_groups import CommandContext, command
from kzfest.i18n import _, ngettext
from kzfest.itineraries.share_token import write_token
from kzfest.paths import PROGRAMMES
from kzfest.programme.zones import zone


@command(
    "kzfest itinerary share",
)
def share(ctx: CommandContext) -> None:
    """Print the itinerary, with your notes, as one line of text for a message or a QR code; `merge` reads it."""
    session = ctx.obj
    itinerary = session.store.itinerary(session.itinerary_name)
    instead = session.command_line.of_itinerary("export -o plan.ics")
    print_text(write_token(itinerary, zone, PROGRAMMES, instead=instead) + "\n")
    count = len(itinerary.visits)
    told = ngettext(
        "{n} visit; others add it with `kzfest itinerary merge {token}`",
        "{n} visits; others add them with `kzfest itinerary merge {token}`",
        count,
    )
    note(told.format(n=count, token=_("TOKEN")))
