"""The page of `kzfest list`: the events day by day.

Each showing is listed under the day on which it begins. Showings that began earlier or last for most of the days
asked are listed once, in a section of their own.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from kzfest.core.festival_day import ONE_DAY, festival_days, is_disputed
from kzfest.core.localized import text_in
from kzfest.formats import dates
from kzfest.formats.page import Cell, Column, Heading, Section, StyledText, Table, cell, line
from kzfest.i18n import _, ngettext
from kzfest.pages import phrases
from kzfest.programme.database.queries import ONGOING, PERMANENT, POSSIBLE, STARTING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kzfest.core.model import Showing, Venue
    from kzfest.formats.page import Page
    from kzfest.programme.database.catalogue import ListedEvent, ListedStretch
    from kzfest.programme.listing import Listing

SHOWINGS_LISTED = 3
"""If an event has more other showings, only their number is shown."""


class EventRow(NamedTuple):
    """A row of the list: an event, or one of its showings."""

    listed: ListedEvent
    part: ListedStretch | None = None
    day: date | None = None
    """The day of its section; None in the other sections."""


def list_page(listing: Listing) -> Page:
    """Return the page of *listing*; empty if it has no events."""
    title = phrases.localized_line(listing.head.title, listing.language)
    if not listing.events:
        return []
    return [Heading(title, level=1), list_table(listing)]


def list_table(listing: Listing) -> Table:
    """Return the table of *listing* without a title."""
    columns = (
        Column(_("When")),
        Column(_("Event")),
        Column(_("Where")),
        Column(_("Address"), from_width=160),
        Column(_("Id"), from_width=80, wraps=False),
        Column(_("Category"), from_width=110, wraps=False),
    )
    sections = _sections(listing) if listing.by_day else [("", [EventRow(listed) for listed in listing.events])]
    return Table(
        columns, tuple(Section(title, tuple(_row(listing, each) for each in rows)) for title, rows in sections)
    )


def table_at_venue(listing: Listing) -> Table:
    """Return the table of the events at one venue, without a column for the place."""
    columns = (
        Column(_("When")),
        Column(_("Event")),
        Column(_("Id"), from_width=80, wraps=False),
        Column(_("Category"), from_width=100, wraps=False),
    )
    rows = tuple(
        (
            _days_and_hours(listed),
            (phrases.event_title(listed.event, listing.language),),
            cell(listed.event.id),
            cell(listing.called(listed.event.category)),
        )
        for listed in listing.events
    )
    return Table(columns, (Section("", rows),))


def _sections(listing: Listing) -> Iterator[tuple[str, list[EventRow]]]:
    """Yield the title and rows of each section."""
    days: defaultdict[date, list[EventRow]] = defaultdict(list)
    running: list[EventRow] = []
    apart: defaultdict[str, list[EventRow]] = defaultdict(list)
    for listed in listing.events:
        parts = [part for part in listed.parts if part.certain] if listed.section in {STARTING, ONGOING} else []
        for part in parts:
            if _runs_through(part, listing):
                running.append(EventRow(listed, part))
            else:
                days[part.first_day].append(EventRow(listed, part, part.first_day))
        if not parts:
            apart[_heading(listed)].append(EventRow(listed))
    title = _("On since earlier") if listing.only_day else _("Running through these days")
    strip = [(title, sorted(running, key=attrgetter("part.last_day")))] if running else []
    in_days = [(dates.full_day(day), sorted(entries, key=_hour)) for day, entries in sorted(days.items())]
    yield from in_days + strip if listing.only_day else strip + in_days
    yield from apart.items()


def _runs_through(part: ListedStretch, listing: Listing) -> bool:
    """Whether a showing began before the days asked or lasts for most of them."""
    first, last = listing.days
    start, end = part.showing.start, part.showing.end
    if first and part.first_day < first:
        return True
    if isinstance(start, datetime):
        if listing.now and start.timestamp() < listing.now.timestamp():
            return True
        if not isinstance(end, datetime) or end - start <= ONE_DAY:
            return False
    if not first or not last or first == last:
        return False
    return 2 * ((min(part.last_day, last) - part.first_day).days + 1) > (last - first).days + 1


def _hour(entry: EventRow) -> tuple[bool, float, date]:
    """Return the sort key within a day: timed showings by start, then whole days, the earliest end first."""
    start = entry.part and entry.part.showing.start
    if isinstance(start, datetime):
        return False, start.timestamp(), date.max
    return True, 0, entry.part.last_day if entry.part else date.max


def _heading(listed: ListedEvent) -> str:
    """Return the section title for an event that is not certain to be on in the days asked."""
    if listed.section == POSSIBLE:
        closing = _("May still be on: the closing day was not published")
        return closing if _is_open(listed) else _("May be on (sources differ)")
    return _("Permanent") if listed.section == PERMANENT else _("Without a known date")


def _is_open(listed: ListedEvent) -> bool:
    """Whether an event is uncertain because of an unknown closing day, and not because sources differ."""
    showing, first_day = listed.showing, listed.first_day
    return bool(showing and showing.open_end and first_day and first_day > festival_days(showing)[0])


def _row(listing: Listing, entry: EventRow) -> tuple[Cell, ...]:
    event, part = entry.listed.event, entry.part
    venue = listing.venues.get((part and part.showing.venue) or entry.listed.venue or "")
    return (
        _when(listing, entry) if listing.by_day else _days_and_hours(entry.listed),
        (phrases.event_title(event, listing.language),),
        _where(listing, entry, venue),
        cell(text_in(venue.address, listing.language) if venue else None),
        cell(event.id),
        cell(listing.called(event.category)),
    )


def _where(listing: Listing, entry: EventRow, venue: Venue | None) -> Cell:
    """Return the place of an event, and below it the opening hours of its venue if they matter."""
    event = entry.listed.event
    name = phrases.localized_line(venue.name if venue else event.place, listing.language)
    city = venue.city if venue else event.city
    if name and city == listing.head.city:
        city = None
    city = city and listing.called(city)
    return cell(name + line(", " if name and city else None, city), _opening_hours(listing, entry, venue))


def _opening_hours(listing: Listing, entry: EventRow, venue: Venue | None) -> StyledText | None:
    """Return when *venue* is open on the days of a row; None if the showing has its own hours."""
    showing = entry.part.showing if entry.part else entry.listed.showing
    if venue is None or not venue.hours or isinstance(showing and showing.start, datetime):
        return None
    if listing.moment:
        return phrases.open_at(venue, listing.moment)
    if entry.day:
        return phrases.usual_hours(venue, entry.day, entry.day)
    first, last = listing.days
    if entry.part:  # it may be on for fewer days than the range asked
        first, last = max(first or date.min, entry.part.first_day), min(last or date.max, entry.part.last_day)
    return phrases.usual_hours(venue, first, last)


def _when(listing: Listing, entry: EventRow) -> Cell:
    """Return when a showing is, without what its section title already says."""
    listed, part, event = entry.listed, entry.part, entry.listed.event
    if part is None:
        return _when_uncertain(listed)
    first, last = listing.days
    asked = (entry.day, entry.day) if entry.day else (first or part.first_day, last or part.last_day)
    return cell(
        *(_hours_of_day(part, entry.day) if entry.day else _days_of_strip(part, listing)),
        StyledText(_("end not known"), "faint") if part.showing.open_end else None,
        StyledText(_("sources differ"), "warning") if is_disputed(event, *asked) else None,
        StyledText(dates.until(part.showing.start, listing.now), "good") if listing.now and entry.day else None,
        _other_showings(listed, [each.showing for each in listed.parts]) if len(listed.showings) > 1 else None,
        _repeated(event.repeats, event.showings[0].start) if event.repeats else None,
    )


def _hours_of_day(part: ListedStretch, day: date) -> Iterator[str | StyledText]:
    """Yield the hours, or the last day, of a showing in the section of its *day*."""
    start, end = part.showing.start, part.showing.end
    if isinstance(start, datetime):
        clock = dates.clock(start) if start.date() == day else dates.moment_beside(start, day)
        if not isinstance(end, datetime):
            yield clock
        elif part.first_day == part.last_day or start.date() == end.date():
            yield _("{start}–{end}").format(start=clock, end=dates.clock(end))
        else:
            yield _("{start} – {end}").format(start=clock, end=dates.moment_beside(end, day))
    elif part.last_day > part.first_day:
        yield _("to {day}").format(day=dates.day_beside(part.last_day, day))
    elif not part.showing.open_end:
        yield StyledText(_("hour not known"), "faint")


def _days_of_strip(part: ListedStretch, listing: Listing) -> Iterator[str | StyledText]:
    """Yield the days of a showing that runs through the days asked; for a single day, its number in the showing."""
    day, (first, last) = listing.only_day, listing.days
    is_timed = isinstance(part.showing.start, datetime)
    if is_timed:
        yield dates.showing_begun(part.showing)
    elif part.showing.open_end:
        yield _("from {day}").format(day=dates.day_beside(part.first_day, day or part.first_day))
    elif not day and not (first and last and part.first_day <= first and part.last_day <= last):
        yield dates.days_beside(part.first_day, part.last_day, first or part.first_day)
    elif day and day < part.last_day:
        number, count = (day - part.first_day).days + 1, (part.last_day - part.first_day).days + 1
        yield _("day {day} of {count}").format(day=number, count=count)
        yield StyledText(_("to {day}").format(day=dates.day_beside(part.last_day, day)), "faint")
    if not is_timed and part.first_day < part.last_day and last and part.last_day <= last:
        last_day = _("last day {day}").format(day=dates.day_beside(part.last_day, last))
        yield StyledText(_("last day") if day else last_day, "warning")


def _when_uncertain(listed: ListedEvent) -> Cell:
    """Return when an event is that is not certain to be on in the days asked."""
    if listed.section == PERMANENT:
        return ()
    if listed.section != POSSIBLE or listed.showing is None:
        return cell(when_undated(listed))
    first, last = festival_days(listed.showing)
    begun = _("from {day}").format(day=dates.day_beside(first, listed.first_day or first))
    return cell(begun if listed.showing.open_end else dates.days_beside(first, last, listed.first_day or first))


def _days_and_hours(listed: ListedEvent) -> Cell:
    """Return the days and hours of an event, for a table without days as sections."""
    event = listed.event
    if listed.showing is None:
        return cell(when_undated(listed))
    return cell(
        dates.showing(listed.showing),
        StyledText(_("hour not known"), "faint") if phrases.has_no_hour(listed.showing) else None,
        StyledText(_("sources differ"), "warning") if listed.section == POSSIBLE and not _is_open(listed) else None,
        _other_showings(listed, [listed.showing]),
        _repeated(event.repeats, event.showings[0].start) if event.repeats else None,
    )


def _repeated(rule: str, start: date) -> StyledText:
    """Return how an event repeats; complex rules are only shown on its card."""
    return StyledText(phrases.simple_repetition(rule, start) or _("repeats"), "faint")


def _other_showings(listed: ListedEvent, told: Sequence[Showing]) -> StyledText | None:
    """Return the showings of an event that are not *told* already, or their number if there are many."""
    others = [each for each in listed.showings if each not in told]
    if not others:
        return None
    if len(others) > SHOWINGS_LISTED:
        return StyledText(ngettext("{n} more time", "{n} more times", len(others)).format(n=len(others)), "faint")
    when = "; ".join(dates.showing_beside(each, festival_days(told[0])[0]) for each in others)
    return StyledText(_("also {when}").format(when=when), "faint")


def when_undated(listed: ListedEvent) -> str:
    """Return what is known about the time of an event without a date."""
    if listed.event.reported:
        return _("reported {day}").format(day=dates.short_day(listed.event.reported))
    return _("permanent") if listed.certainty == "permanent" else _("date not announced")
