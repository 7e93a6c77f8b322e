"""`kzfest show`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzfest.cli.options.events import CalendarFormatOption, EventArgument, OutputOption, SourcesOption
from kzfest.cli.output import events_answer, listed_record, write
from kzfest.cli.resolve import find_event
from kzfest.cli.typer_ext.lazy_groups import CommandContext, command
from kzfest.core.festival_day import festival_days
from kzfest.formats import records
from kzfest.i18n import _
from kzfest.programme.database.queries import EventQuery
from kzfest.programme.listing import listing_of

if TYPE_CHECKING:
    from kzfest.cli.session import Session
    from kzfest.formats.page import Page
    from kzfest.programme.database.catalogue import ListedEvent


@command(
    "kzfest show gastromania",
    "kzfest show swan lake --sources",
    "kzfest show dialogue -f json",
)
def show(
    ctx: CommandContext,
    event: EventArgument,
    in_full: SourcesOption = False,
    format_: CalendarFormatOption = None,
    output: OutputOption = None,
) -> None:
    """Show everything known about an event, where sources disagree, and the sources."""
    session = ctx.obj
    listed = find_event(session.context, " ".join(event))
    listing = listing_of([listed], EventQuery(), session.context)
    sources = session.context.catalogue.sources()

    def page() -> Page:
        from kzfest.pages.cards import event_page  # not for machine formats

        return event_page(listing, sources=sources, to_plan=_to_plan(listed, session), in_full=in_full)

    answer = events_answer(listing, EventQuery(), session)._replace(
        document=lambda: {
            "programme": records.programme_record(listing.head, session.language),
            "event": listed_record(listed, listing, sources),
        },
        items="event",
        page=page,
    )
    write(answer, session, format_=format_, output=output)


def _to_plan(listed: ListedEvent, session: Session) -> str:
    """Return the command that plans a visit to the event, or an empty text if the event is cancelled."""
    showings = [each for each in listed.showings if not each.is_off]
    if listed.event.status == "cancelled" or (listed.showings and not showings):
        return ""
    spans = [festival_days(each) for each in showings]
    one_day = len(spans) == 1 and spans[0][0] == spans[0][1] and not showings[0].open_end
    day = "" if one_day else f" --on {spans[0][0] if spans else _('DAY')}"
    return session.command_line.of_programme(f"kzfest itinerary add {listed.event.id}{day}")
