"""What a programme says around an event or a visit: its venue, its sources, its zone."""

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
    """What the entries of a programme have in common."""

    head: Head
    venues: Mapping[str, Venue]
    sources: Mapping[str, Source]
    zone: ZoneInfo
    language: str
    fresh: str | None = None
    """Goes into each UID, where a calendar refuses one that it has deleted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitFacts:
    """What is known now of a visit's event; nothing, where its programme is not at hand or no longer has it."""

    state: State | None
    """None where its programme is not at hand."""
    zone: ZoneInfo
    event: Event | None = None
    showings: tuple[Showing, ...] = ()
    """Those of a repeating event around the visits; else all."""
    venue: Venue | None = None
    around: ProgrammeFacts | None = None
    absent: str | None = None
    """A sentence that says why its programme cannot be opened."""

    @property
    def labels(self) -> Mapping[str, Texts]:
        """What its programme calls its words; nothing, where that is not at hand."""
        return self.around.head.labels if self.around else {}


def place_of(visit: Visit, known: VisitFacts, language: str) -> str | None:
    """Return where *visit* is, in *language* where its programme is at hand, else as it was noted."""
    if known.venue:
        return venue_line(known.venue, known.labels, language)
    now = place_line(known.event, None, known.labels, language) if known.event else None
    return now or visit.place
