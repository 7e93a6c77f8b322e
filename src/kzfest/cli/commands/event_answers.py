"""Answers about events, which several commands share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzfest.cli.output import Answer
from kzfest.formats import records
from kzfest.programme.listing import Listing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kzfest.calendars.export import Export
    from kzfest.cli.session import Session
    from kzfest.core.model import Source
    from kzfest.formats.page import Page
    from kzfest.formats.records import Record
    from kzfest.programme.database.catalogue import ListedEvent
    from kzfest.programme.database.queries import EventQuery

EVENT_FIELDS = (
    "id", "title", "category", "tags", "status", "certainty", "all_day", "start", "end", "first_day", "last_day",
    "reported", "venue", "address", "place", "city", "country", "summary", "price", "organiser", "people", "url",
    "languages", "notes", "translated", "revision", "changed", "sources",
)  # fmt: skip
"""The columns of an event in CSV, which has the ids of its venue and its sources."""


def events_answer(listing: Listing, question: EventQuery, session: Session) -> Answer:
    """Return the answer of `list`."""

    def page() -> Page:
        from kzfest.pages.event_list import list_page  # not for machine formats

        return list_page(listing)

    def export() -> Export:
        from kzfest.calendars.export import events_export  # icalendar: 100 ms, for calendars only

        return events_export(listing.events, question, session.context)

    first, last = (day and day.isoformat() for day in listing.days)
    return Answer(
        document=lambda: {
            "programme": records.programme_record(listing.head, session.language),
            "from": first,
            "to": last,
            "events": event_records(listing, session),
        },
        items="events",
        fields=EVENT_FIELDS,
        rows=flat,
        page=page,
        export=export,
    )


def event_records(listing: Listing, session: Session) -> list[Record]:
    """Return the records of the events of *listing*."""
    keys = [key for each in listing.events for key in each.event.sources]
    keys += [key for venue in listing.venues.values() for key in venue.sources]
    sources = session.context.catalogue.sources(keys)
    return [listed_record(each, listing, sources) for each in listing.events]


def listed_record(listed: ListedEvent, listing: Listing, sources: dict[str, Source]) -> Record:
    """Return the record of one event of *listing*."""
    return records.event_record(
        listed.event,
        certainty=listed.certainty,
        showings=listed.showings,
        venue=listing.venues.get(listed.venue or ""),
        sources=sources,
        labels=listing.head.labels,
        language=listing.language,
    )


def flat(events: Sequence[Record]) -> list[Record]:
    """Return the records of *events* with the address of the venue beside it, as rows of CSV."""
    return [each | {"address": each["venue"] and each["venue"]["address"]} for each in events]
