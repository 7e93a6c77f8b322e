"""Places and distances as text on one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzfest.core.localized import called, choose, label_of, text_in
from kzfest.core.model import LANGUAGES
from kzfest.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kzfest.core.localized import LocalizedText
    from kzfest.core.model import Event, Location, Texts, Venue

METRES = 50
"""Short distances are rounded to multiples of this."""
_AROUND_CITY = " 0123456789"
"""What stands beside the city in a part of an address: a postcode."""
FINE_KM, COARSE_KM = 0.975, 9.95
"""Distances below the first are shown in metres, those above the second in whole kilometres."""


def place_line(event: Event, venue: Venue | None, labels: Mapping[str, Texts], language: str) -> str | None:
    """Return where *event* is: its room and *venue*, else its place and city; None if unknown."""
    if venue:
        return venue_line(venue, labels, language, room=event.room)
    city = event.city and called(event.city, labels, language)
    return ", ".join(part for part in (text_in(event.place, language), city) if part) or None


def venue_line(venue: Venue, labels: Mapping[str, Texts], language: str, *, room: str | None = None) -> str:
    """Return the *room*, name, address and city of *venue*; an unknown room is left out."""
    names = [choose(each, language).text for each in venue.names_with(room)]
    return ", ".join(part for part in (*names, whereabouts(venue, labels, language)) if part)


def whereabouts(venue: Venue, labels: Mapping[str, Texts], language: str) -> str:
    """Return the address and city of *venue*, as far as known; a city that its name or address has is left out."""
    return ", ".join(part.text for part in address_and_city(venue, labels, language))


def address_and_city(venue: Venue, labels: Mapping[str, Texts], language: str) -> list[LocalizedText]:
    """Return the parts of `whereabouts` with their languages."""
    address = choose(venue.address, language) if venue.address else None
    parts = [address] if address and address.text else []
    city = venue.city and label_of(venue.city, labels, language)
    if not city:
        return parts
    named = {part.strip(_AROUND_CITY).casefold() for each in parts for part in each.text.split(",")}
    if city.text.casefold() in named or f", {choose(venue.name, language).text}".endswith(f", {city.text}"):
        return parts
    return [*parts, city]


def distance(here: Location, there: Location, language: str) -> str:
    """Return the straight-line distance from *here* to *there*, rounded, and "about" if a location is not exact.

    >>> from kzfest.core.model import Location
    >>> opera = Location(latitude=51.1350, longitude=71.4100, accuracy="building")
    >>> distance(opera, opera._replace(latitude=51.1555), "en"), distance(opera, opera._replace(latitude=51.1555), "ru")
    ('2.3 km', '2,3 km')
    >>> distance(opera, opera._replace(latitude=51.1555, accuracy="street"), "en")
    'about 2.3 km'
    """
    from kzfest.core.travel import distance_km, is_exact  # few answers show a distance

    km = distance_km(here, there)
    if km < FINE_KM:
        told = _("{n} m").format(n=round(km * 1000 / METRES) * METRES)
    else:
        told = _("{n} km").format(n=decimal(km, language) if km < COARSE_KM else f"{km:.0f}")
    return told if is_exact(here, there) else _("about {distance}").format(distance=told)


def away(near: Location | None, venue: Venue | None, language: str) -> str | None:
    """Return how far *venue* is from *near*; None if it is there, or if one of the places is not known."""
    there = venue and venue.location
    if near is None or there is None or near == there:
        return None
    return _("{distance} away").format(distance=distance(near, there, language))


def decimal(number: float, language: str) -> str:
    """Return *number* with one decimal, after a point in English and a comma in the other languages."""
    text = f"{number:.1f}"
    return text if language == LANGUAGES[0] else text.replace(".", ",")
