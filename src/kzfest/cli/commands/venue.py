"""`kzfest venue`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzfest.cli.commands.event_answers import event_records
from kzfest.cli.commands.venues import VENUE_FIELDS
from kzfest.cli.options.events import FormatOption, OutputOption, SourcesOption, VenueArgument
from kzfest.cli.output import Answer, write
from kzfest.cli.resolve import find_venue
from kzfest.cli.typer_ext.lazy_groups import CommandContext, command
from kzfest.formats import records
from kzfest.programme.database.queries import EventQuery
from kzfest.programme.listing import listing_of

if TYPE_CHECKING:
    from kzfest.core.model import Source, Venue
    from kzfest.formats.page import Page
    from kzfest.programme.listing import Listing


@command()
def venue(
    ctx: CommandContext,
    name: VenueArgument,
    in_full: SourcesOption = False,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Show everything about a venue: names, address, hours, map, and what is on there."""
    session = ctx.obj
    found = find_venue(session, " ".join(name))
    question = EventQuery(venues=(found.id,))
    listing = listing_of(session.context.catalogue.events(question), question, session.context, by_day=False)
    sources = session.context.catalogue.sources()
    record = records.venue_record(
        found, sources=sources, labels=session.context.catalogue.head.labels, language=session.language
    )
    answer = Answer(
        document=lambda: {
            "schema": records.SCHEMA,
            "programme": records.programme_record(listing.head, session.language),
            "venue": record,
            "events": event_records(listing, session),
        },
        records=lambda: [record],
        fields=VENUE_FIELDS,
        page=lambda: _page(found, listing, sources, in_full=in_full),
    )
    write(answer, session, format_=format_, output=output)


def _page(venue: Venue, listing: Listing, sources: dict[str, Source], *, in_full: bool) -> Page:
    from kzfest.pages.cards import venue_page  # neither for machine formats nor for what a shell asks

    return venue_page(venue, listing, sources, in_full=in_full)
