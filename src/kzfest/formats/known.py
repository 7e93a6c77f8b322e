"""What a programme says around an event or a visit: its venue, its sources, its zone."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kzfest.core.texts import choose, text_in

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
    called: Mapping[str, Texts] = field(default_factory=dict)
    """What else the cities of the venues are called."""
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


def place_line(event: Event, venue: Venue | None, language: str) -> str | None:
    """Return where an event is: its *venue*, else what else is known."""
    if venue:
        return venue_line(venue, language)
    return ", ".join(part for part in (text_in(event.place, language), event.city) if part) or None


def venue_line(venue: Venue, language: str) -> str:
    """Return a venue and its address on one line."""
    parts = (choose(venue.name, language).text, venue.address, venue.city)
    return ", ".join(part for part in parts if part)
