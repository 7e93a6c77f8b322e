"""The page of `kzfest list`: the events day by day.

Each showing is listed under the day on which it begins. Showings that began earlier or last for most of the days
asked are listed once, in a section of their own.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from kzfest.core.festival_day import ONE_DAY, festival_days, is_disputed, may_go_on
from kzfest.core.localized import text_in
from kzfest.formats import dates
from kzfest.formats.page import Cell, Column, Heading, Section, StyledText, Table, cell, line
from kzfest.i18n import _, ngettext
from kzfest.pages import phrases
from kzfest.programme.database.queries import ONGOING, PERMANENT, POSSIBLE, STARTING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kzfest.core.model import Event, Showing, Venue
    from kzfest.formats.page import Line, Page
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
    also: StyledText | None = None
    """The showings of the event that are in no row, the same for all its rows."""


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
            days_and_hours(listed),
            cell(phrases.event_title(listed.event, listing.language) + line(phrases.admission_mark(listed.event))),
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
        if listed.event.hours and not listing.only_day:
            parts = _whole_days_again(parts, listed.event)
        several = parts and len(listed.showings) > 1
        also = _other_showings(listed, [each.showing for each in listed.parts]) if several else None
        for part in parts:
            if _runs_through(part, listing):
                running.append(EventRow(listed, part, also=also))
            else:
                days[part.first_day].append(EventRow(listed, part, part.first_day, also))
        if not parts:
            apart[section_title(listed.section, is_open=may_go_on(listed.showing, listed.first_day))].append(
                EventRow(listed)
            )
    title = _("On since earlier") if listing.only_day else _("Running through these days")
    strip = [(title, sorted(running, key=attrgetter("part.last_day")))] if running else []
    in_days = [(dates.full_day(day), sorted(entries, key=_hour)) for day, entries in sorted(days.items())]
    yield from in_days + strip if listing.only_day else strip + in_days
    yield from apart.items()


def _whole_days_again(parts: Sequence[ListedStretch], event: Event) -> list[ListedStretch]:
    """Return the *parts* of an event with hours, those with opening hours joined to the days of the file."""
    open_on = {part.first_day for part in parts if part.showing.drop_in}
    whole = [
        parts[0]._replace(showing=showing, first_day=first, last_day=last)
        for showing in event.showings
        for first, last in [festival_days(showing)]
        if showing.all_day and any(first <= day <= last for day in open_on)
    ]
    return [*whole, *(part for part in parts if not part.showing.drop_in)]


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


def section_title(section: int, *, is_open: bool) -> str:
    """Return the title over events that are not certain to be on in the days asked.

    *is_open* tells those whose closing day is unknown from those about which sources differ.
    """
    if section == POSSIBLE:
        return _("May still be on: the closing day was not published") if is_open else _("May be on (sources differ)")
    return _("Permanent") if section == PERMANENT else _("Without a known date")


def _row(listing: Listing, entry: EventRow) -> tuple[Cell, ...]:
    showing = entry.part.showing if entry.part else entry.listed.showing
    event = _event_at(entry, showing) if showing and showing.id else entry.listed.event
    venue = listing.venues.get(event.venue or "")
    note = phrases.localized_line(showing.note, listing.language, "faint") if showing and showing.note else None
    title = phrases.event_title(event, listing.language)
    if event.sold_out or event.price:
        title += line(phrases.admission_mark(event))
    return (
        _when(listing, entry) if listing.by_day else days_and_hours(entry.listed),
        cell(title, note),
        cell(
            _where(listing, event, venue),
            _how_far(listing, venue) if listing.near else None,
            _opening_hours(listing, entry, venue),
        ),
        cell(text_in(venue.address, listing.language) if venue else None),
        cell(event.id),
        cell(listing.called(event.category)),
    )


def _where(listing: Listing, event: Event, venue: Venue | None) -> Line:
    """Return the place of an event."""
    language = listing.language
    if venue and event.room:
        name = phrases.room_and_venue(venue, event.room, language)
    else:
        name = phrases.localized_line(venue.name if venue else event.place, language)
    city = venue.city if venue else event.city
    if name and city == listing.head.city:
        city = None
    city = city and listing.called(city)
    return name + line(", " if name and city else None, city)


def _how_far(listing: Listing, venue: Venue | None) -> StyledText | None:
    """Return how far *venue* is from the place of `--near`."""
    from kzfest.core.place_text import away  # only if distances are asked

    far = away(listing.near, venue, listing.language)
    return StyledText(far, "faint") if far else None


def _event_at(entry: EventRow, showing: Showing) -> Event:
    """Return the event as it is at *showing*; a row for several showings has the event's title and status."""
    whole = entry.listed.event
    here = whole.at(showing)
    is_for_several = entry.part is None and len(entry.listed.showings) > 1
    return here._replace(title=whole.title, status=whole.status) if is_for_several else here


def _opening_hours(listing: Listing, entry: EventRow, venue: Venue | None) -> StyledText | None:
    """Return when *venue* is open on the days of a row; None if the showing has its own hours."""
    showing, own = entry.part.showing if entry.part else entry.listed.showing, entry.listed.event.hours
    if own:
        return None if showing else StyledText(phrases.own_hours(own), "faint")
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
        return when_uncertain(listed)
    first, last = listing.days
    asked = (entry.day, entry.day) if entry.day else (first or part.first_day, last or part.last_day)
    return cell(
        *(hours_of_day(part, entry.day) if entry.day else days_of_strip(part, listing)),
        StyledText(part.showing.zone, "faint") if part.showing.zone else None,
        _own_hours(listed, part.showing, entry.day) if event.hours else None,
        StyledText(_("all day"), "faint") if part.showing.drop_in and part.showing.all_day else None,
        StyledText(_("end not known"), "faint") if part.showing.open_end else None,
        StyledText(_("sources differ"), "warning") if is_disputed(event, *asked) else None,
        StyledText(dates.until(part.showing.start, listing.now), "good") if listing.now and entry.day else None,
        entry.also,
        _repeated(event.repeats, event.showings[0].start) if event.repeats else None,
    )


def hours_of_day(part: ListedStretch, day: date) -> Iterator[str | StyledText]:
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
    elif not part.showing.open_end and not part.showing.drop_in:
        yield StyledText(_("hour not known"), "faint")


def days_of_strip(part: ListedStretch, listing: Listing) -> Iterator[str | StyledText]:
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


def when_uncertain(listed: ListedEvent) -> Cell:
    """Return when an event is that is not certain to be on in the days asked."""
    if listed.section == PERMANENT:
        return ()
    if listed.section != POSSIBLE or listed.showing is None:
        return cell(when_undated(listed))
    first, last = festival_days(listed.showing)
    begun = _("from {day}").format(day=dates.day_beside(first, listed.first_day or first))
    return cell(begun if listed.showing.open_end else dates.days_beside(first, last, listed.first_day or first))


def _in_whole_days(listed: ListedEvent, showing: Showing) -> tuple[ListedEvent, Showing]:
    """Return an event with hours, and its matching *showing*, with the days of the file as showings."""
    from kzfest.core.event_hours import whole_days  # few programmes have hours

    return listed._replace(showings=listed.event.showings), whole_days(listed.event, festival_days(showing)[0])


def _own_hours(listed: ListedEvent, showing: Showing, day: date | None) -> StyledText | None:
    """Return the hours of an event beside its days; on one *day*, its last day beside its opening hours."""
    hours = listed.event.hours
    if hours and showing.all_day:
        return StyledText(phrases.own_hours(hours), "faint")
    if day is None or not showing.drop_in or showing.open_end:
        return None
    last = festival_days(_in_whole_days(listed, showing)[1])[1]
    return StyledText(_("to {day}").format(day=dates.day_beside(last, day)) if last > day else _("last day"), "faint")


def days_and_hours(listed: ListedEvent) -> Cell:
    """Return the days and hours of an event, for a table without days as sections."""
    event = listed.event
    if listed.showing is None:
        return cell(when_undated(listed))
    showing = listed.showing
    if showing.is_off:
        showing = next((each for each in listed.showings if not each.is_off), showing)
    if event.hours and showing.drop_in:
        listed, showing = _in_whole_days(listed, showing)
    return cell(
        dates.showing(showing),
        StyledText(_("hour not known"), "faint") if not listed.event.hours and phrases.has_no_hour(showing) else None,
        StyledText(_("all day"), "faint") if showing.drop_in and showing.all_day else None,
        _own_hours(listed, showing, None),
        StyledText(_("sources differ"), "warning")
        if listed.section == POSSIBLE and not may_go_on(listed.showing, listed.first_day)
        else None,
        _other_showings(listed, [showing]),
        _repeated(event.repeats, event.showings[0].start) if event.repeats else None,
    )


def _repeated(rule: str, start: date) -> StyledText:
    """Return how an event repeats; complex rules are only shown on its card."""
    return StyledText(phrases.simple_repetition(rule, start) or _("repeats"), "faint")


def _other_showings(listed: ListedEvent, told: Sequence[Showing]) -> StyledText | None:
    """Return the showings of an event that take place and are not *told* already, or their number if there are many."""
    ids = {each.id for each in told}
    others = [each for each in listed.showings if each.id not in ids and not each.is_off]
    if not others:
        return None
    if len(others) > SHOWINGS_LISTED:
        return StyledText(more_times(len(others)), "faint")
    when = "; ".join(dates.showing_beside(each, festival_days(told[0])[0]) for each in others)
    return StyledText(_("also {when}").format(when=when), "faint")


def more_times(n: int) -> str:
    """Return how many other showings an event has."""
    return ngettext("{n} more time", "{n} more times", n).format(n=n)


def when_undated(listed: ListedEvent) -> str:
    """Return what is known about the time of an event without a date."""
    if listed.event.reported:
        return _("reported {day}").format(day=dates.short_day(listed.event.reported))
    return _("permanent") if listed.certainty == "permanent" else _("date not announced")
