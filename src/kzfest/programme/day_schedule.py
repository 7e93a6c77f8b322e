"""What is where on a festival day, and at which hour: the events of a listing by place.

The events of a day are those that `list` gives for it. Each showing stands once, with what it is that day.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

from kzfest.core.festival_day import DAY_ROLES, DayRole, may_go_on
from kzfest.core.model import LANGUAGES, NOT_HELD, Event, PlaceKind, Texts
from kzfest.programme.context import Context
from kzfest.programme.database.catalogue import ListedEvent, ListedStretch
from kzfest.programme.database.queries import PERMANENT, EventQuery
from kzfest.programme.listing import Listing, listing_of


class DayPlace(NamedTuple):
    """A venue, a room or a track; what the programme only names has no id but its text."""

    id: str | None
    """None for events of which no place of this kind is known."""
    names: tuple[Texts, ...] = ()
    """Its name; of a room, that of its venue follows if the rooms are of several venues."""


class DayEvent(NamedTuple):
    """An event, or one of its showings, on a festival day."""

    listed: ListedEvent
    event: Event
    """As it is at its showing."""
    role: DayRole
    place: str | None
    """The id of its place."""
    part: ListedStretch | None = None
    at_once: int = 1
    """How many events are on in its place when it begins, itself included."""

    @property
    def start(self) -> datetime | None:
        """When it begins that day, if its hour is known."""
        start = self.part.showing.start if self.part and self.role == DAY_ROLES[0] else None
        return start if isinstance(start, datetime) else None

    @property
    def end(self) -> datetime | None:
        """When it ends, if it begins that day and its end is known."""
        end = self.part.showing.end if self.part and self.start else None
        return end if isinstance(end, datetime) else None


class DaySchedule(NamedTuple):
    """The events of a festival day, by role and hour, and the places where they are."""

    listing: Listing
    by: PlaceKind
    places: tuple[DayPlace, ...]
    """In the order of their first events; rooms in that of the file."""
    events: tuple[DayEvent, ...]

    @property
    def day(self) -> date | None:
        """The day; None for events without a known date."""
        return self.listing.only_day


def listings_by_day(question: EventQuery, context: Context) -> list[Listing]:
    """Return the events of the day of *question*, or of each of its days on which something is confirmed."""
    first, last = question.days
    days = [first]
    if first != last:
        from kzfest.programme.events_by_day import events_by_day  # for several days only

        days = [day for day, events in events_by_day(context.catalogue, question).items() if events.is_on]
    listings = []
    for day in days:
        since = question.since if day == first else None
        of_day = question._replace(first=day, last=day, since=since)
        listings.append(listing_of(context.catalogue.events(of_day), of_day, context))
    return [listing for listing in listings if listing.events]


def usual_places(listings: Iterable[Listing]) -> PlaceKind:
    """Return which places tell most: rooms if events have any, else venues."""
    events = [each for listing in listings for each in listing.events]
    has_rooms = any(each.event.room or any(showing.room for showing in each.showings) for each in events)
    return "room" if has_rooms else "venue"


def day_schedule(listing: Listing, by: PlaceKind) -> DaySchedule:
    """Return the schedule of *listing*, which is of one day or of no day."""
    places: dict[str | None, DayPlace] = {}
    several = sum(1 for venue in listing.venues.values() if venue.rooms) > 1
    events: list[DayEvent] = []
    for listed, part, role in _by_role(listing):
        event = listed.event.at(part.showing) if part else listed.event
        place = _place(event, by, listing, several=several)
        places.setdefault(place.id, place)
        events.append(DayEvent(listed, event, role, place.id, part))
    order = {role: number for number, role in enumerate(DAY_ROLES)}
    events.sort(key=lambda each: (order[each.role], each.start.timestamp() if each.start else 0))
    ids = list(dict.fromkeys(each.place for each in events))
    if by == "room":
        written = [f"{venue.id}/{room}" for venue in listing.venues.values() for room in venue.rooms]
        rank = {key: number for number, key in enumerate(written)}
        ids.sort(key=lambda key: rank.get(key or "", len(rank)))
    ids.sort(key=lambda key: key is None)
    return DaySchedule(listing, by, tuple(places[key] for key in ids), tuple(_counted(events)))


def _by_role(listing: Listing) -> Iterator[tuple[ListedEvent, ListedStretch | None, DayRole]]:
    """Yield each showing of the day with its role; an event is possible only if none of its showings is certain."""
    day = listing.only_day
    for listed in listing.events:
        stretches = listed.parts
        certain = [part for part in stretches if part.certain]
        for part in certain:
            timed = isinstance(part.showing.start, datetime)
            begins = part.first_day == day
            yield listed, part, "since_earlier" if not begins else "at_hour" if timed else "without_hour"
        if certain:
            continue
        if not stretches:
            yield listed, None, "permanent" if listed.section == PERMANENT else "undated"
        for part in stretches[:1]:
            yield listed, part, "may_be_on" if may_go_on(part.showing, part.first_day) else "other_source"


def _counted(events: Sequence[DayEvent]) -> Iterator[DayEvent]:
    """Yield *events* with how many are on at once in their places.

    Those without a length or a known end, and those that do not take place, count for none but themselves.
    """
    starts: defaultdict[str | None, list[float]] = defaultdict(list)
    ends: defaultdict[str | None, list[float]] = defaultdict(list)
    for each in events:
        if each.start and each.end and each.event.status not in NOT_HELD:
            starts[each.place].append(each.start.timestamp())
            ends[each.place].append(each.end.timestamp())
    for moments in (*starts.values(), *ends.values()):
        moments.sort()
    for each in events:
        if each.start is None:
            yield each
            continue
        now = each.start.timestamp()
        running = bisect_right(starts[each.place], now) - bisect_right(ends[each.place], now)
        counts = each.end is not None and each.end.timestamp() > now and each.event.status not in NOT_HELD
        yield each._replace(at_once=max(1, running + (not counts)))


def _place(event: Event, by: PlaceKind, listing: Listing, *, several: bool) -> DayPlace:
    """Return where *event* is."""
    if by == "track":
        if not event.tracks:
            return DayPlace(None)
        (track, *_others) = event.tracks
        return DayPlace(track, ({LANGUAGES[0]: track, **listing.head.labels.get(track, {})},))
    venue = listing.venues.get(event.venue or "")
    if venue is None:
        text = next(iter(event.place.values())) if event.place else None
        return DayPlace(text, (event.place,) if event.place else ())
    if by == "room" and event.room in venue.rooms:
        names = venue.names_with(event.room)
        return DayPlace(f"{venue.id}/{event.room}", tuple(names if several else names[:1]))
    return DayPlace(venue.id, (venue.name,))
