"""Find the place that a person typed, a point, a venue or where an event takes place, and the venues near it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kzfest.cli.resolve import checked_text, find_event, find_venue
from kzfest.cli.terminal.console import note
from kzfest.core.coordinates import point_in
from kzfest.core.errors import NotFoundError, UsageError
from kzfest.core.localized import choose
from kzfest.i18n import _, ngettext
from kzfest.programme.nearby import NEAR_KM, venues_near

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kzfest.cli.session import Session
    from kzfest.core.model import Event, Location, Venue
    from kzfest.programme.context import Context
    from kzfest.programme.database.search import Kind


class NamedPlace(NamedTuple):
    """A place on the map, and the venue or the event that was named."""

    name: str
    location: Location
    venue: Venue | None = None
    event: Event | None = None


def find_place(context: Context, text: str, *, of_events: bool = False) -> NamedPlace:
    """Return the point or the venue that *text* names; with *of_events*, also the venue of an event.

    Raises UsageError, and NotFoundError if the place is not known.
    """
    point = point_in(text)
    if point:
        return NamedPlace(text.strip(), point)
    if of_events and _kind_of(context, text) == "event":
        event = find_event(context, text).event
        return _at(context, _venue_of(context, event), event)
    return _at(context, find_venue(context, text))


def _kind_of(context: Context, text: str) -> Kind:
    """Return whether *text* names a venue or an event: a venue first, but a guess last. Raises NotFoundError."""
    kinds: tuple[Kind, ...] = ("venue", "event")
    found = {kind: context.catalogue.lookup.find(kind, checked_text(text)) for kind in kinds}
    likeliest = sorted((matches.near, kinds.index(kind)) for kind, matches in found.items() if matches.candidates)
    if not likeliest:
        message = _("no venue and no event is called '{text}'; `{command}` lists the venues")
        raise NotFoundError(message.format(text=text, command=context.command_line.of_programme("kzfest venues")))
    return kinds[likeliest[0][1]]


def _venue_of(context: Context, event: Event) -> Venue:
    """Return the only venue of *event*. Raises NotFoundError."""
    ids = dict.fromkeys([event.venue, *(showing.venue for showing in event.showings)])
    venues = context.catalogue.venues_by_id(each for each in ids if each)
    if not venues:
        message = _("the venue of '{id}' is unknown; give a point on the map instead, such as 51.13,71.43")
        raise NotFoundError(message.format(id=event.id))
    if len(venues) > 1:
        message = _("'{id}' takes place at several venues; choose one: {venues}")
        raise NotFoundError(message.format(id=event.id, venues=", ".join(venues)))
    return next(iter(venues.values()))


def _at(context: Context, venue: Venue, event: Event | None = None) -> NamedPlace:
    if venue.location is None:
        message = _("the location of '{id}' is unknown; give a point on the map instead, such as 51.13,71.43")
        raise NotFoundError(message.format(id=venue.id))
    name = choose(venue.name, context.language).text
    if event:
        name = _("{event} ({venue})").format(event=choose(event.title, context.language).text, venue=name)
    return NamedPlace(name, venue.location, venue, event)


class NearPlace(NamedTuple):
    """The place in `--near`, and the venues near it, nearest first."""

    location: Location
    venues: Sequence[Venue]


def near_place(near: str | None, within: str | None, session: Session) -> NearPlace | None:
    """Return the place that the options name, if any, and say how many venues have no known location."""
    if near is None and within is not None:
        raise UsageError(_("--within needs --near and a place"))
    if near is None:
        return None
    radius = NEAR_KM if within is None else _kilometres(within)
    location = find_place(session.context, near).location
    venues, placeless = venues_near(location, radius, session.context.catalogue)
    if placeless:
        message = ngettext(
            "{n} venue is left out: its location is unknown",
            "{n} venues are left out: their locations are unknown",
            placeless,
        )
        note(message.format(n=placeless))
    return NearPlace(location, venues)


def _kilometres(text: str) -> float:
    """Return the distance in *text*, with a decimal point or a comma. Raises UsageError."""
    try:
        distance = float(text.replace(",", "."))
    except ValueError:
        distance = -1
    if not distance >= 0:  # this rejects nan as well
        raise UsageError(_("--within takes a distance in kilometres, such as 2.5"))
    return distance
