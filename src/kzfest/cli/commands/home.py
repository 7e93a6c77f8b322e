"""Bare `kzfest`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzfest.cli.terminal import console
from kzfest.core.festival_day import ONE_DAY, festival_day
from kzfest.formats import dates
from kzfest.i18n import _
from kzfest.pages.overviews import home_page
from kzfest.programme.database.queries import ONGOING, STARTING, EventQuery
from kzfest.programme.listing import listing_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from kzfest.cli.session import Session
    from kzfest.core.model import Head
    from kzfest.programme.database.catalogue import ListedEvent

NEXT_SHOWN = 5


def home(session: Session) -> None:
    """Show the programme, what is on now or next, and up to five commands to try."""
    catalogue = session.context.catalogue
    head, now = catalogue.head, session.context.now
    on_now = _certain(catalogue.events(EventQuery(moment=now)))
    coming = EventQuery(since=now, last=head.last, limit=NEXT_SHOWN)
    events = (on_now or _certain(catalogue.events(coming)))[:NEXT_SHOWN]
    listing = listing_of(events, EventQuery(moment=now) if on_now else coming, session.context, by_day=False)
    told = _told_now(len(on_now), session) if on_now else _told(head, festival_day(now), coming=bool(events))
    page = home_page(listing, count=catalogue.count(), told=told, examples=_examples(head, session))
    console.print_page(page, session.colour)


def _certain(events: Sequence[ListedEvent]) -> list[ListedEvent]:
    """Return the confirmed events among *events* that take place."""
    return [
        listed
        for listed in events
        if listed.section in {STARTING, ONGOING} and not (listed.showing and listed.showing.is_off)
    ]


def _told_now(count: int, session: Session) -> str:
    """Return the sentence above the events that are on now; there may be more than the page shows."""
    if count <= NEXT_SHOWN:
        return _("On now:")
    told = _("On now, {n} of {count} (`{command}` shows all):")
    return told.format(n=NEXT_SHOWN, count=count, command=session.command_line.of_programme("kzfest list now"))


def _told(head: Head, today: date, *, coming: bool) -> str:
    if head.last and today > head.last:
        return _("The programme is over. Its last day was {day}.").format(day=dates.full_day(head.last))
    if head.first and today < head.first:
        return _("The programme begins on {day}. Next:").format(day=dates.full_day(head.first))
    return _("Nothing is on just now. Next:") if coming else _("No more events.")


def _examples(head: Head, session: Session) -> list[tuple[str, str]]:
    """Return commands with a result in this programme, each with its explanation."""
    day = day_to_try(head, session)
    venues = [venue for venue, count in sorted(session.context.catalogue.venues(), key=lambda pair: -pair[1]) if count]
    chosen = [
        (f"kzfest list --on {day}", _("what is on that day")) if day else None,
        (f"kzfest list {day}..{day + 2 * ONE_DAY}", _("what is on in those three days")) if day else None,
        (f"kzfest venue {venues[0].id}", _("everything about a place")) if venues else None,
        ("kzfest itinerary", _("your own plan, for your calendar too")),
        ("kzfest programmes", _("other seasons, and programmes of your own")),
    ]
    return [(session.command_line.of_programme(each[0]), each[1]) for each in chosen if each]


def day_to_try(head: Head, session: Session) -> date | None:
    """Return the day on which most events begin, or the first day if none has a date."""
    events = session.context.catalogue.events(EventQuery(first=head.first, last=head.last, limit=200))
    days = [listed.first_day for listed in events if listed.section == STARTING and listed.first_day]
    return max(days, key=days.count) if days else head.first
