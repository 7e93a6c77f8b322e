"""`kzfest show`."""

from __future__ import annotations

import typer

from kzfest.cli.commands.answers import EVENT_FIELDS, event_record, events_exported, flat, listing_of
from kzfest.cli.names import find_event
from kzfest.cli.options import EventArgument, FormatOption, OutputOption
from kzfest.cli.output import Answer, write
from kzfest.cli.pages.cards import event_page
from kzfest.formats import records
from kzfest.programme.questions import Question

app = typer.Typer(add_completion=False)


@app.command("show")
def show(ctx: typer.Context, event: EventArgument, format_: FormatOption = None, output: OutputOption = None) -> None:
    """Show everything known about an event, what other sources say, and where it was published."""
    session = ctx.obj
    listed = find_event(session, " ".join(event))
    listing = listing_of([listed], Question(), session)
    sources = session.catalogue.sources()
    record = event_record(listed, listing, sources)
    answer = Answer(
        document=lambda: {
            "schema": records.SCHEMA,
            "programme": records.programme_record(listing.head, session.language),
            "event": record,
        },
        records=lambda: [record],
        fields=EVENT_FIELDS,
        rows=lambda: [flat(record)],
        export=lambda: events_exported([listed], Question(), session),
        page=lambda: event_page(listed, venues=listing.venues, sources=sources, language=session.language),
    )
    write(answer, session, format_=format_, output=output)
