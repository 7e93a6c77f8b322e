"""What a programme is made of: values only, as `programme/reading/reader.py` gives them.

A text that exists in several languages is a mapping from language to text (`Texts`); which of them is
shown is decided by whoever prints. A moment is always aware, in the programme's zone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Literal, NamedTuple, TypeAlias

Texts: TypeAlias = Mapping[str, str]
"""Language code to text; never empty, and in the order of the file."""

LANGUAGES = ("en", "kk", "ru")
"""The languages that a person can choose; texts may exist in others."""

ID_PATTERN = r"[a-z0-9]+(-[a-z0-9]+)*"
"""Of an event, a venue, a programme, a visit: calendars' UIDs and files' names hold them."""

OWN = "own"
"""Stands where a visit has its programme, for an appointment of one's own; so it is the id of no programme."""

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

Accuracy: TypeAlias = Literal["building", "street", "approximate"]
Status: TypeAlias = Literal["scheduled", "cancelled", "postponed"]
Certainty: TypeAlias = Literal["certain", "possible", "permanent", "unannounced", "reported"]


class Source(NamedTuple):
    """Where a fact was published."""

    id: str
    title: str
    publisher: str | None = None
    published: date | None = None
    url: str | None = None
    note: Texts | None = None


class Dispute(NamedTuple):
    """A value that another source gives for the same field; it never changes when an event is on."""

    field: str
    value: str
    source: str
    note: Texts | None = None


class Detail(NamedTuple):
    """One more thing that a visitor can use, under a label of the programme's own choosing."""

    label: Texts
    value: Texts


class Location(NamedTuple):
    """A point on the ground, in degrees (WGS 84), and how far it may be trusted."""

    latitude: float
    longitude: float
    accuracy: Accuracy
    source: str | None = None


class Venue(NamedTuple):
    """A named place with an address."""

    id: str
    name: Texts
    city: str
    aliases: tuple[str, ...] = ()
    address: Texts | None = None
    """As a source prints it, which is in one language; a description of the way may be in several."""
    country: str | None = None
    location: Location | None = None
    hours: Mapping[str, str] | None = None
    """Weekday (``mon`` to ``sun``) to ``10:00-18:00`` or ``closed``; a day that is missing is unknown."""
    hours_note: Texts | None = None
    hours_source: str | None = None
    url: str | None = None
    notes: Texts | None = None
    translated: tuple[str, ...] = ()
    """Fields whose text in a language is our own translation, as ``name.kk``."""
    sources: tuple[str, ...] = ()


class Showing(NamedTuple):
    """One stretch of time in which an event is on: whole days, or moments."""

    id: str
    """Empty where an event has one showing only."""
    start: date | datetime
    end: date | datetime | None = None
    """The last day (included) of whole days; of a moment, when it ends, or None where no source says."""
    open_end: bool = False
    """True where the closing day was not published."""
    venue: str | None = None

    @property
    def all_day(self) -> bool:
        """Whether only days are known, no hour."""
        return not isinstance(self.start, datetime)


class Event(NamedTuple):
    """Something that a visitor can attend, or an item of news with the category ``news``."""

    id: str
    title: Texts
    category: str
    summary: Texts | None = None
    tags: tuple[str, ...] = ()
    venue: str | None = None
    place: Texts | None = None
    city: str | None = None
    country: str | None = None
    showings: tuple[Showing, ...] = ()
    repeats: str | None = None
    """A recurrence rule (RFC 5545, 3.3.10) that the only showing starts."""
    when: Literal["permanent", "unannounced"] | None = None
    reported: date | None = None
    """The day of the report, which is never the day of the event."""
    price: Texts | None = None
    organiser: Texts | None = None
    people: tuple[Texts, ...] = ()
    """Each a name, and behind it in brackets what they do here."""
    url: str | None = None
    languages: tuple[str, ...] = ()
    details: tuple[Detail, ...] = ()
    notes: Texts | None = None
    status: Status = "scheduled"
    revision: int = 0
    changed: date | None = None
    translated: tuple[str, ...] = ()
    """Fields whose text in a language is our own translation, as ``title.kk``."""
    sources: tuple[str, ...] = ()
    disputes: tuple[Dispute, ...] = ()

    def with_showings(self, showings: Iterable[Showing]) -> Event:
        """Return the event as given in *showings*, those of a repetition written out."""
        return self._replace(showings=tuple(showings), repeats=None)


class Head(NamedTuple):
    """What a programme says of itself."""

    id: str
    title: Texts
    timezone: str
    revised: date
    first: date | None
    """The first and last day that the programme covers; None where none of its events has a date."""
    last: date | None
    language: str = LANGUAGES[0]
    """That of texts which are given without one."""
    labels: Mapping[str, Texts] = {}
    """Category, tag or city to what it is called, where it is called otherwise."""
    synonyms: Mapping[str, Sequence[str]] = {}
    """A word to what else people say for it."""
    city: str | None = None
    """The city of more than half of its events, which goes without saying."""


class Programme(NamedTuple):
    """One programme file."""

    head: Head
    sources: Mapping[str, Source] = {}
    venues: Mapping[str, Venue] = {}
    events: tuple[Event, ...] = ()
