"""`kzfest show`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from kzfest.cli.options.events import CalendarFormatOption, EventArgument, OutputOption, SourcesOption
from kzfest.cli.output import events_answer, listed_record, write
from kzfest.cli.resolve import find_event
from kzfest.cli.typer_ext.lazy_groups import CommandContext, command
from kzfest.core.festival_day import festival_days
from kzfest.core.localized import choose
from kzfest.core.travel import metres_between
from kzfest.formats import records
from kzfest.i18n import _
from kzfest.programme.database.queries import EventQuery
from kzfest.programme.listing import listing_of
from kzfest.programme.nearby import surroundings

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from kzfest.cli.session import Session
    from kzfest.core.model import Event
    from kzfest.core.visit import Visit
    from kzfest.formats.page import Page
    from kzfest.programme.database.catalogue import ListedEvent
    from kzfest.programme.nearby import NearbyEvent, Surroundings

NEARBY_SHOWN = 3
"""How many events near by a card shows: it has to fit on a screen."""


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

    answer = events_answer(listing, EventQuery(), session)._replace(
        document=lambda: {
            "programme": records.programme_record(listing.head, session.language),
            "event": listed_record(listed, listing, sources),
            "parts": [
                {"id": each.event.id, "title": choose(each.event.title, session.language).text}
                for each in _parts(listed, session)
            ],
            **_beside_record(_beside(listed, session), session.language),
        },
        items="event",
        page=lambda: card_of(listed, session, in_full=in_full),
    )
    write(answer, session, format_=format_, output=output)


def card_of(listed: ListedEvent, session: Session, *, in_full: bool = False) -> Page:
    """Return the card of an event, with the user's visits to it and what is on near by."""
    from kzfest.pages.cards import event_page  # not for machine formats
    from kzfest.pages.nearby import nearby_row, planned_row

    beside = _beside(listed, session)
    return event_page(
        listing_of([listed], EventQuery(), session.context),
        sources=session.context.catalogue.sources(),
        rows=[nearby_row(beside.around, beside.planned, session.language), planned_row(beside.visits)],
        to_plan="" if beside.visits else _to_plan(listed, session),
        in_full=in_full,
        parent=_parent(listed, session),
        parts=listing_of(_parts(listed, session), EventQuery(), session.context, by_day=False),
    )


def _parts(listed: ListedEvent, session: Session) -> list[ListedEvent]:
    """Return the events that are parts of the event."""
    return session.context.catalogue.events(EventQuery(parents=(listed.event.id,)))


class Beside(NamedTuple):
    """What stands beside an event: the user's visits to it, and what is around it."""

    visits: Sequence[Visit]
    around: Surroundings | None
    planned: Collection[str]
    """The ids of the events around that the itinerary has at that time."""


def _beside(listed: ListedEvent, session: Session) -> Beside:
    visits = session.visits_to(session.context.catalogue)
    around = surroundings(listed, session.context, most=NEARBY_SHOWN)
    parts = {each.event.id: each.part for each in around.nearby} if around else {}
    planned = {
        visit.event
        for visit in visits
        if visit.event in parts and parts[visit.event].first_day <= visit.day <= parts[visit.event].last_day
    }
    return Beside([each for each in visits if each.event == listed.event.id], around, planned)


def _beside_record(beside: Beside, language: str) -> records.Record:
    around = beside.around
    return {
        "visits": [records.visit_beside_record(each) for each in beside.visits],
        "nearby": [_nearby_record(each, around, beside.planned, language) for each in around.nearby] if around else [],
    }


def _nearby_record(
    nearby: NearbyEvent, around: Surroundings, planned: Collection[str], language: str
) -> records.Record:
    own, venue, showing = around.venue, nearby.venue, nearby.part.showing
    return {
        "id": nearby.event.id,
        "title": choose(nearby.event.title, language).text,
        "start": showing.start.isoformat(),
        "end": showing.end and showing.end.isoformat(),
        "venue": venue.id,
        "distance_m": 0 if venue.id == own.id else metres_between(own.location, venue.location),
        "planned": nearby.event.id in planned,
    }


def _parent(listed: ListedEvent, session: Session) -> Event | None:
    """Return the event of which this one is a part."""
    found = session.context.catalogue.events_by_id([listed.event.parent], first=date.min, last=date.max)
    return next((each.event for each in found.values()), None)


def _to_plan(listed: ListedEvent, session: Session) -> str:
    """Return the command that plans a visit to the event, or an empty text if the event is cancelled."""
    showings = [each for each in listed.showings if not each.is_off]
    if listed.event.status == "cancelled" or (listed.showings and not showings):
        return ""
    spans = [festival_days(each) for each in showings]
    one_day = len(spans) == 1 and spans[0][0] == spans[0][1] and not showings[0].open_end
    day = "" if one_day else f" --on {spans[0][0] if spans else _('DAY')}"
    return session.command_line.of_programme(f"kzfest itinerary add {listed.event.id}{day}")
