"""`kzfest venue`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzfest.cli.commands.venues import VENUE_FIELDS
from kzfest.cli.options.events import FormatOption, OutputOption, SourcesOption, VenueArgument
from kzfest.cli.output import Answer, event_records, write
from kzfest.cli.resolve import find_venue
from kzfest.cli.typer_ext.lazy_groups import CommandContext, command
from kzfest.formats import records
from kzfest.programme.database.queries import EventQuery
from kzfest.programme.listing import listing_of

if TYPE_CHECKING:
    from kzfest.formats.page import Page


@command(
    "kzfest venue national museum",
    "kzfest venue astana-opera -f json",
)
def venue(
    ctx: CommandContext,
    name: VenueArgument,
    in_full: SourcesOption = False,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Show everything about a venue: names, address, hours, map, and what is on there."""
    session = ctx.obj
    found = find_venue(session.context, " ".join(name))
    question = EventQuery(venues=(found.id,))
    listing = listing_of(session.context.catalogue.events(question), question, session.context, by_day=False)
    sources = session.context.catalogue.sources()

    def page() -> Page:
        from kzfest.pages.cards import venue_page  # not for machine formats

        return venue_page(found, listing, sources, in_full=in_full)

    answer = Answer(
        document=lambda: {
            "programme": records.programme_record(listing.head, session.language),
            "venue": records.venue_record(
                found, sources=sources, labels=listing.head.labels, language=session.language
            ),
            "events": event_records(listing, session),
        },
        items="venue",
        fields=VENUE_FIELDS,
        page=page,
    )
    write(answer, session, format_=format_, output=output)
