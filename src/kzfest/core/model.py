"""The model of a programme: values only, without behaviour.

Text in several languages is a mapping from language to text (`Texts`); the code that prints it chooses one. Every
`datetime` is aware, in the programme's time zone.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Literal, NamedTuple, Self, TypeAlias, get_args

Texts: TypeAlias = Mapping[str, str]
"""Language code (ISO 639) to text; never empty, in the order of the file."""

LANGUAGES = ("en", "kk", "ru")
"""The languages of the program. Texts in a programme may have others."""

ID_PATTERN = r"[a-z0-9]+(-[a-z0-9]+)*"
"""Of events, venues, programmes and visits. UIDs of calendar entries and file names contain these ids."""

OWN = "own"
"""Replaces the programme's id in the UIDs of the user's own appointments, so no programme may have this id."""

NEWS = "news"
"""The category of news, which nobody can attend."""

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

ALL_DAY_HOURS = dict.fromkeys(WEEKDAYS, "00:00-24:00")
"""The hours of what lasts all day, every day, such as a public holiday."""

FREE_WORDS = frozenset({"free", "тегін", "бесплатно"})
"""A price that consists of one of these words means that the event is free."""

Accuracy: TypeAlias = Literal["building", "street", "approximate"]
Status: TypeAlias = Literal["scheduled", "cancelled", "postponed", "moved"]
STATUSES: tuple[Status, ...] = get_args(Status)
NOT_HELD: tuple[Status, ...] = ("cancelled", "postponed")
"""The statuses of what does not take place at the time that is given."""
PlaceKind: TypeAlias = Literal["venue", "room", "track"]
"""What the columns of a day may be."""
PLACE_KINDS: tuple[PlaceKind, ...] = get_args(PlaceKind)
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
    """A different value for a field, from another source. It never changes when an event is on."""

    field: str
    value: Texts
    source: str
    note: Texts | None = None


class Detail(NamedTuple):
    """One more fact, under a label of the programme's choice."""

    label: Texts
    value: Texts


class Location(NamedTuple):
    """A point on the map, in degrees (WGS 84), and how exact it is."""

    latitude: float
    longitude: float
    accuracy: Accuracy
    source: str | None = None


class Room(NamedTuple):
    """A room of a venue."""

    name: Texts
    capacity: int | None = None
    """How many visitors it holds."""


class Venue(NamedTuple):
    """A named place with an address."""

    id: str
    name: Texts
    city: str | None = None
    aliases: tuple[str, ...] = ()
    address: Texts | None = None
    """As a source prints it, so usually in one language."""
    country: str | None = None
    location: Location | None = None
    hours: Mapping[str, str] | None = None
    """Weekday (``mon`` to ``sun``) to ``10:00-18:00`` or ``closed``. A missing day is unknown."""
    hours_note: Texts | None = None
    hours_source: str | None = None
    url: str | None = None
    notes: Texts | None = None
    accessibility: Texts | None = None
    rooms: Mapping[str, Room] = {}
    """Rooms by id."""
    translated: tuple[str, ...] = ()
    """Texts that are our own translation, such as ``name.kk``."""
    sources: tuple[str, ...] = ()

    def names_with(self, room: str | None) -> list[Texts]:
        """Return the name of *room*, if the venue has that room, and the name of the venue."""
        return [*([self.rooms[room].name] if room and room in self.rooms else []), self.name]


class Price(NamedTuple):
    """What a visit costs: in words, as amounts, or both. What is None is unknown."""

    text: Texts | None = None
    free: bool | None = None
    lowest: float | None = None
    highest: float | None = None
    currency: str | None = None
    """Of the amounts (ISO 4217)."""


class Showing(NamedTuple):
    """One stretch of time in which an event is on: whole days, or from one moment to another."""

    id: str
    """Empty if the event has only one showing."""
    start: date | datetime
    end: date | datetime | None = None
    """Of whole days the last day, included; of a timed showing its end, or None if no source gives it."""
    open_end: bool = False
    """Whether the closing day is unknown."""
    venue: str | None = None
    room: str | None = None
    title: Texts | None = None
    """The showing's own title; like its venue, room, price and status, None if it has that of its event."""
    price: Price | None = None
    status: Status | None = None
    note: Texts | None = None
    zone: str | None = None
    """The time zone of its start and end, if that is not the programme's."""
    drop_in: bool = False
    """Whether start and end are opening hours, in which a visitor comes and goes; whole days are then open from 00:00
    to 24:00. The hours of other whole days are not known."""

    @property
    def all_day(self) -> bool:
        """Whether it has days only, no hours."""
        return not isinstance(self.start, datetime)

    @property
    def is_off(self) -> bool:
        """Whether it does not take place at its time, while others of its event may."""
        return self.status in NOT_HELD


class Person(NamedTuple):
    """Somebody who takes part in an event."""

    name: Texts
    """If the file gives a person as text only, followed by the role in brackets."""
    role: Texts | None = None
    url: str | None = None
    languages: tuple[str, ...] = ()
    """The languages that the person speaks there."""


class Event(NamedTuple):
    """Something that a visitor can attend, or an item of news with the category `NEWS`."""

    id: str
    title: Texts
    category: str
    summary: Texts | None = None
    tags: tuple[str, ...] = ()
    tracks: tuple[str, ...] = ()
    """The strands of the programme to which it belongs, such as a section of films."""
    parent: str | None = None
    """The id of the event of which it is a part."""
    venue: str | None = None
    room: str | None = None
    place: Texts | None = None
    city: str | None = None
    country: str | None = None
    showings: tuple[Showing, ...] = ()
    repeats: str | None = None
    """A recurrence rule (RFC 5545, 3.3.10); the only showing is its first occurrence."""
    hours: Mapping[str, str] | None = None
    """The hours of each of its days, as those of a venue; `core/event_hours.py` applies them."""
    days_off: tuple[date, ...] = ()
    """Days of a repeating event, or of one with hours, on which it is not on."""
    when: Literal["permanent", "unannounced"] | None = None
    reported: date | None = None
    """The day of a report about the event, not of the event."""
    price: Price | None = None
    tickets: str | None = None
    """Where tickets are sold: a web address."""
    sold_out: bool | None = None
    age: int | None = None
    """The youngest age at which a visitor may attend."""
    accessibility: Texts | None = None
    organiser: Texts | None = None
    people: tuple[Person, ...] = ()
    url: str | None = None
    image: str | None = None
    """The web address of a picture."""
    languages: tuple[str, ...] = ()
    details: tuple[Detail, ...] = ()
    notes: Texts | None = None
    status: Status = "scheduled"
    revision: int = 0
    changed: date | None = None
    translated: tuple[str, ...] = ()
    """Texts that are our own translation, such as ``title.kk``."""
    sources: tuple[str, ...] = ()
    disputes: tuple[Dispute, ...] = ()

    def with_showings(self, showings: Iterable[Showing]) -> Self:
        """Return the event with these *showings*, and without the rule and the hours that they come from."""
        return self._replace(showings=tuple(showings), repeats=None, hours=None)

    def at(self, showing: Showing | None) -> Self:
        """Return the event as it is at *showing*, which may have its own title, place, price and status."""
        if showing is None:
            return self
        named: dict[str, Any] = {field: getattr(showing, field) for field in ("title", "venue", "price", "status")}
        own = {field: value for field, value in named.items() if value is not None}
        if showing.room or own.get("venue", self.venue) != self.venue:
            own["room"] = showing.room
        if self.status != "scheduled":
            own["status"] = self.status
        return self._replace(**own) if own else self


class Head(NamedTuple):
    """The description of a programme."""

    id: str
    title: Texts
    timezone: str
    revised: date
    first: date | None
    """*first* and *last* are the days that the programme covers, both included; None if no event has a date."""
    last: date | None
    language: str = LANGUAGES[0]
    """The language of texts that the file gives without one."""
    labels: Mapping[str, Texts] = {}
    """Category, tag or city to its name for people."""
    synonyms: Mapping[str, Sequence[str]] = {}
    """Word to words with the same meaning."""
    city: str | None = None
    """The city of more than half of its events, which lists need not repeat."""
    in_zone_of_computer: bool = False
    """Whether its file does not say the time zone, which then is that of the computer."""


class Programme(NamedTuple):
    """The content of a programme file."""

    head: Head
    sources: Mapping[str, Source] = {}
    venues: Mapping[str, Venue] = {}
    events: tuple[Event, ...] = ()
