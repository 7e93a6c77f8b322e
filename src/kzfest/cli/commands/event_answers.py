"""Answers about events, which several commands give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzfest.cli.output import Answer
from kzfest.formats import records
from kzfest.programme.listing import Listing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

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
"""The flat fields of an event, as CSV has them; a venue and a source stand there with their ids."""


def events_answer(listing: Listing, question: EventQuery, session: Session) -> Answer:
    """Return the answer of `list`."""

    def events() -> list[Record]:
        return event_records(listing, session)

    return Answer(
        document=lambda: {
            "schema": records.SCHEMA,
            "programme": records.programme_record(listing.head, session.language),
            "from": _day(listing.days[0]),
            "to": _day(listing.days[1]),
            "events": events(),
        },
        records=events,
        fields=EVENT_FIELDS,
        rows=lambda: [flat(record) for record in events()],
        page=lambda: _page(listing),
        export=lambda: events_exported(listing.events, question, session),
    )


def _page(listing: Listing) -> Page:
    from kzfest.pages.event_list import list_page  # not for machine formats

    return list_page(listing)


def events_exported(events: Sequence[ListedEvent], question: EventQuery, session: Session) -> Export:
    """Return what of *events* goes into a calendar."""
    from kzfest.calendars.export import events_export  # icalendar: 100 ms, for calendars only

    return events_export(events, question, session.context)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


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


def flat(record: Record) -> Record:
    """Return an event's record with its venue's address beside it, for a row of CSV."""
    venue = record["venue"]
    return record | {"address": venue and venue["address"]}
