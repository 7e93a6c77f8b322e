"""What a programme says around an event or a visit: its venue, its sources, its zone."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kzfest.core.texts import called, choose, text_in

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zoneinfo import ZoneInfo

    from kzfest.core.model import Event, Head, Showing, Source, Texts, Venue
    from kzfest.core.visits import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What the entries of a programme have in common."""

    head: Head
    venues: Mapping[str, Venue]
    sources: Mapping[str, Source]
    zone: ZoneInfo
    language: str
    cities: Mapping[str, Texts] = field(default_factory=dict)
    """What else the cities are called."""
    fresh: str | None = None
    """Goes into each UID, where a calendar refuses one that it has deleted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known now of a visit's event; nothing, where its programme is not at hand or no longer has it."""

    state: State | None
    """None where its programme is not at hand."""
    zone: ZoneInfo
    event: Event | None = None
    showings: tuple[Showing, ...] = ()
    """Those of a repeating event around the visits; else all."""
    venue: Venue | None = None
    around: Around | None = None


def place_line(event: Event, venue: Venue | None, cities: Mapping[str, Texts], language: str) -> str | None:
    """Return where an event is: its *venue*, else what else is known; *cities* has what else these are called."""
    if venue:
        return venue_line(venue, cities, language)
    city = event.city and called(event.city, cities, language)
    return ", ".join(part for part in (text_in(event.place, language), city) if part) or None


def venue_line(venue: Venue, cities: Mapping[str, Texts], language: str) -> str:
    """Return a venue and its address, as a source prints it, on one line; where there is none, its city."""
    where = f"{venue.address}, {venue.city}" if venue.address else called(venue.city, cities, language)
    return f"{choose(venue.name, language).text}, {where}"
