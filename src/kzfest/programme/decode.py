"""Turn checked plain values, from a file or the catalogue, into the model."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from kzfest.core.model import (
    ALL_DAY_HOURS,
    Detail,
    Dispute,
    Event,
    Head,
    Location,
    Person,
    Price,
    Room,
    Showing,
    Source,
    Venue,
)
from kzfest.programme.zones import zone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

Values = dict[str, Any]

UNKNOWN_DATE = "unknown"


def head_of(values: Values) -> Head:
    """Return the head that *values* describe; `first` and `last` may be missing or None."""
    days: Values = {"first": None, "last": None, **dates(values, "revised", "first", "last")}
    synonyms = {word: tuple(others) for word, others in values.get("synonyms", {}).items()}
    return Head(**values | days | {"synonyms": synonyms})


def source_of(key: str, values: Values) -> Source:
    """Return the source with this *key* that *values* describe."""
    return Source(id=key, **(values | dates(values, "published")))


def venue_of(values: Values) -> Venue:
    """Return the venue that *values* describe."""
    point = values.get("location")
    location = point and Location(**(point | {key: float(point[key]) for key in ("latitude", "longitude")}))
    lists = tuples(values, "aliases", "translated", "sources")
    rooms = {key: _room_of(room) for key, room in values.get("rooms", {}).items()}
    return Venue(**(values | lists | {"location": location, "rooms": rooms}))


def _room_of(values: Values) -> Room:
    capacity = values.get("capacity")
    return Room(name=values["name"], capacity=None if capacity is None else int(capacity))


def _disputes(each: Iterable[Values]) -> tuple[Dispute, ...]:
    return tuple(Dispute(**values) for values in each)


def price_of(values: Values) -> Price:
    """Return the price that *values* describe."""
    lowest, highest = (_amount(values[key]) if key in values else None for key in ("from", "to"))
    free = _is_true(values["free"]) if "free" in values else None
    return Price(values.get("text"), free, lowest, highest, values.get("currency"))


def _amount(text: str) -> float:
    return int(text) if text.isdigit() else float(text)


def _is_true(text: str) -> bool:
    return text == "true"


_EVENT_FIELDS: dict[str, Callable[[Any], Any]] = {
    **dict.fromkeys(("tags", "tracks", "languages", "translated", "sources"), tuple),
    **dict.fromkeys(("reported", "changed"), date.fromisoformat),
    **dict.fromkeys(("revision", "age"), int),
    "sold_out": _is_true,
    "price": price_of,
    "people": lambda each: tuple(Person(**values | tuples(values, "languages")) for values in each),
    "details": lambda each: tuple(Detail(**values) for values in each),
    "disputes": _disputes,
}
"""Fields whose values differ between file and model, with their conversion."""


def event_of(values: Values, *, timezone: str) -> Event:
    """Return the event that *values* describe; times without an offset are in *timezone*."""
    fields = {key: _EVENT_FIELDS[key](value) if key in _EVENT_FIELDS else value for key, value in values.items()}
    start, end, showings, days_off = (fields.pop(key, None) for key in ("start", "end", "showings", "except"))
    if start:  # a single showing is written without a list
        showings = [{"id": "", "start": start, "end": end}]
    numbered = ({"id": str(number)} | each for number, each in enumerate(showings or (), 1))
    shown = tuple(showing_of(each, timezone) for each in numbered)
    if (
        fields.get("hours") == ALL_DAY_HOURS
        and any(each.all_day for each in shown)
        and ("repeats" in fields or not days_off)
    ):
        del fields["hours"]  # they divide no day, so that `repeats` may stand beside them
        shown = tuple(each._replace(drop_in=each.all_day) for each in shown)
    return Event(**fields, showings=shown, days_off=tuple(map(date.fromisoformat, days_off or ())))


def venues_of(event: Event, known: Mapping[str, Venue]) -> list[Venue]:
    """Return the venues of *event* and its showings, each once; *known* has the programme's venues by id."""
    ids = dict.fromkeys([event.venue, *(showing.venue for showing in event.showings)])
    return [known[venue] for venue in ids if venue]


def showing_of(values: Values, timezone: str) -> Showing:
    """Return the showing that *values* describe; times without an offset are in its own zone, else in *timezone*."""
    own_zone = values.get("zone", timezone)
    start = day_or_moment(values["start"], own_zone)
    end = values.get("end")
    open_end = end == UNKNOWN_DATE
    if end is None or open_end:
        last = None if open_end or isinstance(start, datetime) else start
    else:
        last = day_or_moment(end, own_zone)
    own: Values = {key: values[key] for key in ("venue", "room", "title", "status", "note") if key in values}
    if "price" in values:
        own["price"] = price_of(values["price"])
    zone_name = own_zone if own_zone != timezone else None
    return Showing(id=values["id"], start=start, end=last, open_end=open_end, zone=zone_name, **own)


def disputes_of(values: Values) -> tuple[Dispute, ...]:
    """Return the disputes of a record."""
    return _disputes(values.get("disputes", ()))


def day_or_moment(text: str, timezone: str) -> date | datetime:
    """Return the day or moment that *text* gives; a moment without an offset is in *timezone*."""
    return date.fromisoformat(text) if len(text) == len("2023-12-16") else decode_moment(text, timezone)


def decode_moment(text: str, timezone: str) -> datetime:
    """Return the moment that *text* gives, in *timezone* if it has no offset; an ambiguous time is the earlier one."""
    read = datetime.fromisoformat(text)
    return read if read.tzinfo else read.replace(tzinfo=zone(timezone))


def with_offsets(values: Values, event: Event) -> Values:
    """Return the *values* of *event* with an offset in every time, so that readers need no time zone."""
    if "showings" in values:
        pairs = zip(values["showings"], event.showings, strict=True)
        return values | {"showings": [each | _offsets(each, showing) for each, showing in pairs]}
    return values | _offsets(values, event.showings[0]) if event.showings else values


def _offsets(values: Values, showing: Showing) -> dict[str, str]:
    ends = {"start": showing.start, "end": showing.end}
    return {key: end.isoformat() for key, end in ends.items() if key in values and isinstance(end, datetime)}


def tuples(values: Values, *keys: str) -> dict[str, tuple[str, ...]]:
    """Return the lists under *keys* as tuples; missing keys are skipped."""
    return {key: tuple(values[key]) for key in keys if key in values}


def dates(values: Mapping[str, str | None], *keys: str) -> dict[str, date]:
    """Return the dates under *keys*; missing and empty ones are skipped."""
    return {key: date.fromisoformat(text) for key in keys if (text := values.get(key))}
