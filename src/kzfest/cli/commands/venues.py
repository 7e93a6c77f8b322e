"""`kzfest venues`."""

from __future__ import annotations

from kzfest.cli.options.events import FormatOption, NearOption, OutputOption, WithinOption
from kzfest.cli.output import Answer, distance_from, write
from kzfest.cli.resolve_place import near_place
from kzfest.cli.typer_ext.lazy_groups import CommandContext, command
from kzfest.formats import records
from kzfest.pages.overviews import venues_page

VENUE_FIELDS = (
    "id", "name", "aliases", "address", "city", "country", "latitude", "longitude", "accuracy", "hours_note", "url",
    "notes", "sources", "accessibility", "rooms",
)  # fmt: skip


@command(
    "kzfest venues",
    "kzfest venues --near 51.13,71.43 --within 3",
    "kzfest venues -f csv -o venues.csv",
)
def venues(
    ctx: CommandContext,
    near: NearOption = None,
    within: WithinOption = None,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """List all venues, or those near a place, with the number of events at each."""
    session = ctx.obj
    catalogue = session.context.catalogue
    place = near_place(near, within, session)
    location = place and place.location
    found, labels, language = catalogue.venues(), catalogue.head.labels, session.language
    if place:
        counts = {venue.id: count for venue, count in found}
        found = [(venue, counts[venue.id]) for venue in place.venues]

    def document() -> records.Record:
        sources = catalogue.sources()
        return {
            "programme": records.programme_record(catalogue.head, language),
            "venues": [
                records.venue_record(venue, sources=sources, labels=labels, language=language)
                | {"events": count, "distance_m": distance_from(location, venue)}
                for venue, count in found
            ],
        }

    answer = Answer(
        document=document,
        items="venues",
        fields=(*VENUE_FIELDS, "events", "distance_m"),
        page=lambda: venues_page(found, labels, language, location),
    )
    write(answer, session, format_=format_, output=output)
