"""What a programme knows about a visit: its event, venue, sources and time zone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kzfest.core.place_text import place_line, venue_line

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zoneinfo import ZoneInfo

    from kzfest.core.model import Event, Head, Showing, Source, Texts, Venue
    from kzfest.core.visit import State, Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeFacts:
    """The facts that all calendar entries of a programme share."""

    head: Head
    venues: Mapping[str, Venue]
    sources: Mapping[str, Source]
    zone: ZoneInfo
    language: str
    fresh: str | None = None
    """Added to each UID if set: some calendars reject a UID that they have deleted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitFacts:
    """What is known now about a visit's event; little if its programme cannot be opened or has dropped the event."""

    state: State | None
    """None if its programme cannot be opened."""
    zone: ZoneInfo
    event: Event | None = None
    """As it is at the visit's showing."""
    showings: tuple[Showing, ...] = ()
    """All showings; for a repeating event those around the visits."""
    venue: Venue | None = None
    around: ProgrammeFacts | None = None
    absent: str | None = None
    """A message that says why its programme cannot be opened."""

    @property
    def host(self) -> Venue | Event | None:
        """What has the opening hours that count: the event if it has hours of its own, else its venue."""
        return self.event if self.event and self.event.hours else self.venue

    @property
    def has_own_zone(self) -> bool:
        """Whether the visit's times are in the zone of its showing, not in that of its programme."""
        return self.event is not None and self.around is not None and self.zone != self.around.zone

    @property
    def labels(self) -> Mapping[str, Texts]:
        """The labels of its programme; empty if that cannot be opened."""
        return self.around.head.labels if self.around else {}


def place_of(visit: Visit, known: VisitFacts, language: str) -> str | None:
    """Return where *visit* is, in *language*; if its programme cannot be opened, the copied place."""
    if known.venue:
        return venue_line(known.venue, known.labels, language, room=known.event.room if known.event else None)
    now = place_line(known.event, None, known.labels, language) if known.event else None
    return now or visit.place
