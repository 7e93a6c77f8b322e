"""Where something is, on one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzfest.core.texts import called, choose, text_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kzfest.core.model import Event, Texts, Venue


def place_line(event: Event, venue: Venue | None, labels: Mapping[str, Texts], language: str) -> str | None:
    """Return where an event is: its *venue*, else what else is known."""
    if venue:
        return venue_line(venue, labels, language)
    city = event.city and called(event.city, labels, language)
    return ", ".join(part for part in (text_in(event.place, language), city) if part) or None


def venue_line(venue: Venue, labels: Mapping[str, Texts], language: str) -> str:
    """Return a venue and its whereabouts on one line."""
    return f"{choose(venue.name, language).text}, {whereabouts(venue, labels, language)}"


def whereabouts(venue: Venue, labels: Mapping[str, Texts], language: str) -> str:
    """Return the address of *venue*, where it is known, and what its city is called."""
    address = text_in(venue.address, language)
    return ", ".join(part for part in (address, called(venue.city, labels, language)) if part)
