"""`kzfest venues`."""

from __future__ import annotations

from kzfest.cli.options.events import FormatOption, OutputOption
from kzfest.cli.output import Answer, write
from kzfest.cli.typer_ext.lazy_groups import CommandContext, command
from kzfest.formats import records
from kzfest.pages.overviews import venues_page

VENUE_FIELDS = (
    "id", "name", "aliases", "address", "city", "country", "latitude", "longitude", "accuracy", "hours_note", "url",
    "notes", "sources", "accessibility", "rooms",
)  # fmt: skip


@command(
    "kzfest venues",
    "kzfest venues -f csv -o venues.csv",
)
def venues(ctx: CommandContext, format_: FormatOption = None, output: OutputOption = None) -> None:
    """List all venues, with the number of events at each."""
    session = ctx.obj
    catalogue = session.context.catalogue
    found, labels, language = catalogue.venues(), catalogue.head.labels, session.language

    def document() -> records.Record:
        sources = catalogue.sources()
        return {
            "programme": records.programme_record(catalogue.head, language),
            "venues": [
                records.venue_record(venue, sources=sources, labels=labels, language=language) | {"events": count}
                for venue, count in found
            ],
        }

    answer = Answer(
        document=document,
        items="venues",
        fields=(*VENUE_FIELDS, "events"),
        page=lambda: venues_page(found, labels, language),
    )
    write(answer, session, format_=format_, output=output)
