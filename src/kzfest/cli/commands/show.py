"""`kzfest show`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzfest.cli.commands.event_answers import EVENT_FIELDS, events_exported, flat, listed_record
from kzfest.cli.options.events import CalendarFormatOption, EventArgument, OutputOption, SourcesOption
from kzfest.cli.output import Answer, write
from kzfest.cli.resolve import find_event
from kzfest.cli.typer_ext.lazy_groups import CommandContext, command
from kzfest.core.festival_day import festival_days
from kzfest.formats import records
from kzfest.i18n import _
from kzfest.programme.database.queries import EventQuery
from kzfest.programme.listing import listing_of

if TYPE_CHECKING:
    from kzfest.cli.session import Session
    from kzfest.core.model import Source
    from kzfest.formats.page import Page
    from kzfest.programme.database.catalogue import ListedEvent
    from kzfest.programme.listing import Listing


@command()
def show(
    ctx: CommandContext,
    event: EventArgument,
    in_full: SourcesOption = False,
    format_: CalendarFormatOption = None,
    output: OutputOption = None,
) -> None:
    """Show everything known about an event, where sources disagree, and the sources."""
    session = ctx.obj
    listed = find_event(session, " ".join(event))
    listing = listing_of([listed], EventQuery(), session.context)
    sources = session.context.catalogue.sources()
    record = listed_record(listed, listing, sources)
    answer = Answer(
        document=lambda: {
            "schema": records.SCHEMA,
            "programme": records.programme_record(listing.head, session.language),
            "event": record,
        },
        records=lambda: [record],
        fields=EVENT_FIELDS,
        rows=lambda: [flat(record)],
        export=lambda: events_exported([listed], EventQuery(), session),
        page=lambda: _page(listed, listing, sources, session, in_full=in_full),
    )
    write(answer, session, format_=format_, output=output)


def _page(
    listed: ListedEvent, listing: Listing, sources: dict[str, Source], session: Session, *, in_full: bool
) -> Page:
    from kzfest.pages.cards import event_page  # neither for machine formats nor for what a shell asks

    to_plan = _to_plan(listed, session)
    return event_page(listing, sources=sources, to_plan=to_plan, in_full=in_full)


def _to_plan(listed: ListedEvent, session: Session) -> str:
    """Return the command line that puts an event into the itinerary; a cancelled one has none."""
    if listed.event.status == "cancelled":
        return ""
    spans = [festival_days(each) for each in listed.showings]
    one_day = len(spans) == 1 and spans[0][0] == spans[0][1] and not listed.showings[0].open_end
    day = "" if one_day else f" --on {spans[0][0] if spans else _('DAY')}"
    return session.command_line.of_programme(f"kzfest itinerary add {listed.event.id}{day}")
