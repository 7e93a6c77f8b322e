"""The page of `kzfest list`: what is on, day by day."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from kzfest.cli.pages import words
from kzfest.core.words import _, ngettext
from kzfest.formats import dates
from kzfest.formats.layout import Cell, Column, Heading, Section, Span, Table, cell, line
from kzfest.programme.questions import ONGOING, PERMANENT, POSSIBLE, STARTING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from kzfest.cli.listing import Listing
    from kzfest.core.model import Venue
    from kzfest.formats.layout import Page
    from kzfest.programme.catalogue import Listed


def list_page(listing: Listing) -> Page:
    """Return the page of *listing*."""
    title = words.said(listing.head.title, listing.language)
    if not listing.events:
        return []
    return [Heading(title, level=1), list_table(listing)]


def list_table(listing: Listing) -> Table:
    """Return the table of the events alone."""
    columns = (
        Column(_("When")),
        Column(_("Event")),
        Column(_("Where")),
        Column(_("Address"), from_width=130),
        Column(_("Id"), from_width=100, wraps=False),
        Column(_("Category"), from_width=160, wraps=False),
    )
    return Table(columns, tuple(_sections(listing)))


def table_at_venue(listing: Listing) -> Table:
    """Return the table of the events at a venue, which need not say where they are."""
    columns = (
        Column(_("When")),
        Column(_("Event")),
        Column(_("Id"), from_width=80, wraps=False),
        Column(_("Category"), from_width=100, wraps=False),
    )
    rows = tuple(
        (
            cell(*_when(listing, listed)),
            (words.event_title(listed.event, listing.language),),
            cell(listed.event.id),
            cell(listing.called(listed.event.category)),
        )
        for listed in listing.events
    )
    return Table(columns, (Section("", rows),))


def _sections(listing: Listing) -> Iterable[Section]:
    """Yield the events under the headings that tell why they are in the list."""
    usual = _usual_city(listing)
    for title, events in groupby(listing.events, key=_title if listing.by_day else _no_title):
        yield Section(title, tuple(_row(listing, listed, usual_city=usual) for listed in events))


def _no_title(_listed: Listed) -> str:
    return ""


def _title(listed: Listed) -> str:
    if listed.section == STARTING and listed.first_day:
        return dates.full_day(listed.first_day)
    return {
        ONGOING: _("On since earlier"),
        POSSIBLE: _("May still be on: the closing day was not published"),
        PERMANENT: _("Permanent"),
    }.get(listed.section, _("Without a known date"))


def _usual_city(listing: Listing) -> str | None:
    """Return the city of most of the events, which goes without saying, if there is one.

    Most are more than half, so that no two cities can be: the order of the events does not matter.
    """
    cities = Counter(_city(listing, listed) for listed in listing.events)
    ((commonest, count),) = cities.most_common(1)
    return commonest if count * 2 > cities.total() else None


def _row(listing: Listing, listed: Listed, *, usual_city: str | None) -> tuple[Cell, ...]:
    event = listed.event
    venue = _venue(listing, listed)
    return (
        cell(*_when(listing, listed)),
        (words.event_title(event, listing.language),),
        _where(listing, listed, usual_city=usual_city),
        cell(venue.address if venue else None),
        cell(event.id),
        cell(listing.called(event.category)),
    )


def _venue(listing: Listing, listed: Listed) -> Venue | None:
    return listing.venues.get(listed.venue or "")


def _city(listing: Listing, listed: Listed) -> str | None:
    venue = _venue(listing, listed)
    return venue.city if venue else listed.event.city


def _where(listing: Listing, listed: Listed, *, usual_city: str | None) -> Cell:
    venue = _venue(listing, listed)
    name = words.said(venue.name if venue else listed.event.place, listing.language)
    city = _city(listing, listed)
    if name and city == usual_city:
        city = None
    city = city and listing.called(city)
    return cell(name + line(", " if name and city else None, city), _hours(listing, venue))


def _hours(listing: Listing, venue: Venue | None) -> Span | None:
    """Return when *venue* is open: on the day that was asked, or through the week."""
    if venue is None or not venue.hours:
        return None
    if listing.only_day:
        return words.hours_on(venue, listing.only_day)
    return Span(_("usually {hours}").format(hours=dates.week_hours(venue.hours)), "faint")


def _when(listing: Listing, listed: Listed) -> Iterable[Span | None]:
    """Yield when an event is, then where in its days the day that was asked lies."""
    if listed.showing is None:
        yield Span(when_undated(listed))
        return
    yield Span(dates.showing_begun(listed.showing))
    yield _position(listing, listed)
    yield _other_showings(listed)


def _other_showings(listed: Listed) -> Span | None:
    """Return when else an event is given that is given more than once."""
    others = [each for each in listed.showings if each != listed.showing]
    if not others:
        return None
    if len(others) == 1:
        return Span(_("also {when}").format(when=dates.showing(others[0])), "faint")
    return Span(ngettext("{n} more time", "{n} more times", len(others)).format(n=len(others)), "faint")


def when_undated(listed: Listed) -> str:
    """Return what is known of when an event without a date is."""
    if listed.event.reported:
        return _("reported {day}").format(day=dates.short_day(listed.event.reported))
    return _("permanent") if listed.certainty == "permanent" else _("date not announced")


def _position(listing: Listing, listed: Listed) -> Span | None:
    """Return how far into its days an event is, or how long it is until it begins."""
    showing = listed.showing
    if showing is None or listed.first_day is None or listed.last_day is None:
        return None
    if showing.open_end:
        return Span(_("may still be on") if listed.section == POSSIBLE else _("closing day not published"), "faint")
    if listing.now and listed.section == STARTING:
        return Span(dates.until(showing.start, listing.now), "good")
    return _day_of_days(listing, listed.first_day, listed.last_day) if listed.section == ONGOING else None


def _day_of_days(listing: Listing, first: date, last: date) -> Span | None:
    """Return which of the days from *first* to *last* the day asked is, or which is the last in the days asked."""
    if listing.only_day == last:
        return Span(_("last day"), "warning")
    if listing.only_day:
        day, count = (listing.only_day - first).days + 1, (last - first).days + 1
        return Span(_("day {day} of {count}").format(day=day, count=count), "faint")
    if listing.last and last <= listing.last:
        return Span(_("last day {day}").format(day=dates.short_day(last)), "warning")
    return None
