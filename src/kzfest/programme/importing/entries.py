"""What the reader of a format finds in a file: entries, one for each time at which an event takes place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from kzfest.core.model import Status

Words: TypeAlias = "str | Mapping[str, str]"
"""A text as the file has it, with its markup, or such texts by language."""

Clock: TypeAlias = "date | datetime"
"""A day, a moment as local clocks show it (naive), or an instant (aware)."""


@dataclass(slots=True, kw_only=True)
class Place:
    """A room, a hall or an address, as an entry names it."""

    name: Words
    aliases: tuple[str, ...] = ()
    address: str | None = None
    city: str | None = None
    """"" if it is in none; None if it may be in that of the festival."""
    country: str | None = None
    """Two letters (ISO 3166)."""
    point: tuple[float, float] | None = None
    """Degrees north and east."""
    capacity: int | None = None
    url: str | None = None


@dataclass(slots=True, kw_only=True)
class Participant:
    """Somebody who takes part, by name only: addresses and telephone numbers are never taken."""

    name: Words
    role: Words | None = None
    url: str | None = None


@dataclass(slots=True, kw_only=True)
class Cost:
    """What a visit costs; what is None is not known."""

    text: Words | None = None
    free: bool | None = None
    lowest: float | None = None
    highest: float | None = None
    currency: str | None = None


@dataclass(slots=True, kw_only=True, eq=False)
class Entry:
    """One time at which something takes place, as it stands in the file; texts are cleaned later."""

    title: Words = ""
    keys: dict[str, str] = field(default_factory=dict)
    """What may identify its event, by kind: those of `identity.KINDS_OF_KEYS`."""
    instance: str | None = None
    """What tells it apart from other entries of the same event, if the file says so."""
    series: str | None = None
    """What identifies the series of which it is one date, whatever its title."""
    start: Clock | None = None
    end: Clock | None = None
    """Of whole days the last day, included."""
    zone: str | None = None
    """The name of the time zone in which the file gives its times."""
    place: Place | None = None
    summary: tuple[Words | None, ...] = ()
    """Its texts, the shortest first."""
    kind: str | None = None
    tracks: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    people: tuple[Participant, ...] = ()
    organiser: str | None = None
    links: tuple[tuple[str, str], ...] = ()
    """Labels and addresses of further pages."""
    details: tuple[tuple[Words, str], ...] = ()
    """Labels and values of further facts."""
    moments: tuple[tuple[Words, Clock], ...] = ()
    """Labels and further times, such as when the doors open."""
    url: str | None = None
    image: str | None = None
    tickets: str | None = None
    cost: Cost | None = None
    sold_out: bool | None = None
    age: int | None = None
    status: Status | None = None
    note: Words | None = None
    revision: int = 0
    changed: date | None = None
    parent: Entry | None = None
    """An entry of the event of which it is a part."""


@dataclass(slots=True, kw_only=True)
class Festival:
    """What a file says about its programme as a whole."""

    title: Words = ""
    id: str = ""
    """A short name, such as an acronym."""
    zone: str | None = None
    city: str | None = None
    country: str | None = None
    url: str | None = None
    language: str | None = None
    first: date | None = None
    last: date | None = None
    revised: date | None = None


@dataclass(slots=True, kw_only=True)
class Reading:
    """The content of a file in one format, and what its reader wants to tell about it."""

    kind: str
    """The name of the format."""
    festival: Festival
    entries: list[Entry]
    remarks: list[str] = field(default_factory=list)
    """Sentences about what was mended or left out."""
