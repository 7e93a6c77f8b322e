"""Which venues are near a place, and what is on near an event at the same time."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from kzfest.core.festival_day import beginning, festival_day, festival_days, usual_length
from kzfest.core.model import NEWS, NOT_HELD
from kzfest.core.travel import distance_km
from kzfest.programme.database.queries import EventQuery

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kzfest.core.model import Event, Location, Showing, Venue
    from kzfest.programme.context import Context
    from kzfest.programme.database.catalogue import Catalogue, ListedEvent, ListedStretch

NEAR_KM = 2.0
"""Half an hour on foot along real streets."""


class NearbyEvent(NamedTuple):
    """An event that is on near another at the same time."""

    event: Event
    part: ListedStretch
    venue: Venue


class Surroundings(NamedTuple):
    """Where and when an event is, and what else is on near by at the same time, nearest first."""

    venue: Venue
    days: tuple[date, date]
    nearby: Sequence[NearbyEvent]


def venues_near(here: Location, within_km: float, catalogue: Catalogue) -> tuple[list[Venue], int]:
    """Return the venues near *here*, nearest first, and the number of venues whose location is unknown."""
    venues = [venue for venue, _count in catalogue.venues()]
    distances = {venue.id: distance_km(here, venue.location) for venue in venues if venue.location}
    near = [venue for venue in venues if distances.get(venue.id, within_km + 1) <= within_km]
    return sorted(near, key=lambda venue: distances[venue.id]), len(venues) - len(distances)


def surroundings(listed: ListedEvent, context: Context, *, most: int) -> Surroundings | None:
    """Return where an event is, and at most *most* events near by; None if its venue or its time is unknown.

    Of several showings that take place, the next one counts, else the first; of one that has begun, only the days from
    today on.
    """
    showings = sorted((each for each in listed.showings if not each.is_off), key=beginning)
    spans = [festival_days(each) for each in showings]
    if len(showings) > 1 or (spans and spans[0][0] < spans[0][1]):
        today = festival_day(context.now)
        showings = [each for each, (_first, last) in zip(showings, spans, strict=True) if last >= today] or showings
        spans = [(max(first, min(today, last)), last) for first, last in map(festival_days, showings)]
    own = context.catalogue.venues_by_id([showings[0].venue or listed.event.venue] if showings else [])
    if not own:
        return None
    (venue,) = own.values()
    near = venues_near(venue.location, NEAR_KM, context.catalogue)[0] if venue.location else []
    places = [venue, *(each for each in near if each.id != venue.id)]
    found: dict[str, NearbyEvent] = {}
    for each in _at_once((listed.event, showings[0]), spans[0], places, context.catalogue):
        found.setdefault(each.event.id, each)
        if len(found) == most:
            break
    return Surroundings(venue, spans[0], list(found.values()))


def _at_once(
    own: tuple[Event, Showing], days: tuple[date, date], places: Iterable[Venue], catalogue: Catalogue
) -> Iterator[NearbyEvent]:
    """Yield the other events that are certainly on at *places* at the time of *own*, place by place."""
    for venue in places:
        listed = catalogue.events(EventQuery(first=days[0], last=days[1], venues=(venue.id,)))
        parts = [
            (each.event, part) for each in listed for part in each.parts if part.certain and not part.showing.is_off
        ]
        for event, part in sorted(parts, key=lambda each: beginning(each[1].showing)):
            if event.id != own[0].id and _takes_place(event) and _overlap(own, (event, part.showing)):
                yield NearbyEvent(event, part, venue)


def _takes_place(event: Event) -> bool:
    return event.status not in NOT_HELD and event.category != NEWS


def _overlap(one: tuple[Event, Showing], other: tuple[Event, Showing]) -> bool:
    """Whether two showings that have a day in common are on at the same time, as far as their hours are known."""
    spans = [_span(*each) for each in (one, other)]
    if None in spans:
        return True
    (start, end), (other_start, other_end) = (each for each in spans if each)
    return start < other_end and other_start < end


def _span(event: Event, showing: Showing) -> tuple[float, float] | None:
    """Return when a showing starts and ends, as timestamps; its usual length counts if no end is known."""
    if not isinstance(showing.start, datetime):
        return None
    end = showing.end if isinstance(showing.end, datetime) else showing.start + usual_length(event.category)
    return showing.start.timestamp(), end.timestamp()
