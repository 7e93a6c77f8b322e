"""Write a whole programme as a file of our format: the keys of the schema in blocks, with comments.

What is read from the file is what was written: the same values in the same order.
"""

from __future__ import annotations

from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from kzfest.core.model import FREE_WORDS, WEEKDAYS
from kzfest.core.safe_text import visible
from kzfest.i18n import _
from kzfest.programme.reading import schema
from kzfest.programme.reading.template import SCHEMA_FILE
from kzfest.programme.reading.yaml_writer import Bare, block_style, comment, item_lines
from kzfest.programme.zones import zone

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kzfest.core.model import Head
    from kzfest.programme.decode import Values

TEXTS_BY_LANGUAGE = (schema.TEXTS, schema.LINES, schema.NAMES)
RECORDS_INSIDE = {
    "showings": schema.SHOWING,
    "people": schema.PERSON,
    "details": schema.DETAIL,
    "disputes": schema.DISPUTE,
    "location": schema.LOCATION,
    "price": schema.PRICE,
}
"""The keys whose values are records or lists of them, with their shapes."""
LAST_KEYS = ("summary", "notes", "details", "translated", "sources", "disputes")
"""Long texts, and what few people read, at the end of a record."""


class ProgrammeRecords(NamedTuple):
    """A programme as checked values, which are nearly those of its file."""

    head: Head
    sources: Mapping[str, Values]
    venues: Sequence[Values]
    events: Sequence[Values]
    gave: Mapping[str, Mapping[str, str]] = {}
    """Keys of an event, by its id, with the keys of the sources that gave their values, if those are not its first."""


def programme_text(programme: ProgrammeRecords, *, remarks: Sequence[str]) -> str:
    """Return the file for *programme*; its head has the *remarks* as comments."""
    return "\n".join([*_lines(programme, remarks), ""])


def _lines(programme: ProgrammeRecords, remarks: Sequence[str]) -> Iterator[str]:
    head = programme.head
    writer = _Writer(head.language, head.timezone)
    yield from (f"# yaml-language-server: $schema={SCHEMA_FILE}", "#")
    for remark in remarks:
        yield from comment(visible(remark))
    yield from ("", "format: 1", "", "programme:")
    yield from block_style(writer.head(head), "  ")
    if programme.sources:
        told = _("Where the facts were published. Venues and events name a source by its key.")
        yield from ("", *comment(told), "sources:")
        yield from block_style(
            {key: writer.record(schema.SOURCE, values) for key, values in programme.sources.items()}, "  "
        )
    if head.labels:
        yield from ("", *comment(_("Names for categories, tags and cities in other languages.")), "labels:")
        yield from block_style({key: writer.texts(texts) for key, texts in head.labels.items()}, "  ")
    if head.synonyms:
        yield from ("", *comment(_("Words with the same meaning, for the search.")), "synonyms:")
        yield from block_style({word: list(others) for word, others in head.synonyms.items()}, "  ")
    if programme.venues:
        yield from ("", *comment(_("Events name a venue by its id.")), "venues:")
        for values in programme.venues:
            yield from item_lines(writer.record(schema.VENUE, values), "  ")
    if not programme.events:
        yield from ("", "events: []")
        return
    yield from ("", *comment(_("Calendars and plans remember the ids of events, so never change one.")), "events:")
    for number, values in enumerate(programme.events):
        yield from [""] if number else []
        yield from item_lines(writer.record(schema.EVENT, values), "  ", programme.gave.get(values["id"]))


class _Writer:
    """Turns checked values into those that people write, with texts in *language* and times in *timezone*."""

    def __init__(self, language: str, timezone: str) -> None:
        self._language = language
        self._timezone = timezone

    def head(self, head: Head) -> Values:
        """Return the values of the *head*; its language stands first, because it counts for what follows."""
        values: Values = {"language": head.language} if head.language != "en" else {}
        values |= {"id": head.id, "title": self.texts(head.title), "timezone": head.timezone}
        days = {key: getattr(head, key) for key in ("revised", "first", "last")}
        return values | {key: day.isoformat() for key, day in days.items() if day}

    def texts(self, texts: Mapping[str, str]) -> Any:
        """Return *texts*, alone if the only one is in the language of the programme."""
        return texts[self._language] if set(texts) == {self._language} else dict(texts)

    def record(self, shape: Any, values: Values) -> Values:
        """Return the *values* of a record of this *shape*, in the order in which people read them."""
        keys = sorted(
            (key for key in shape.described if key in values),
            key=lambda key: key in LAST_KEYS and LAST_KEYS.index(key) + 1,
        )
        own_zone = values.get("zone", self._timezone)
        return {key: self._value(key, shape.described[key].kind, values[key], own_zone) for key in keys}

    def _value(self, key: str, kind: Any, value: Any, own_zone: str) -> Any:
        if key in RECORDS_INSIDE:
            return self._price(value) if key == "price" else self._inside(key, value)
        if key == "rooms":
            return {room: self.record(schema.ROOM, values) for room, values in value.items()}
        if kind in TEXTS_BY_LANGUAGE:
            return self.texts(value)
        if key == "hours":
            return _hours(value)
        if key in {"start", "end"}:
            return local_clock(value, own_zone)
        return Bare(value) if _is_number_or_truth(kind) else value

    def _inside(self, key: str, value: Any) -> Any:
        """Return the record or the list of records under *key*; a person of whom only the name is known as a text."""
        if isinstance(value, dict):
            return self.record(RECORDS_INSIDE[key], value)
        each = [self.record(RECORDS_INSIDE[key], part) for part in value]
        is_text = [key == "people" and set(part) == {"name"} and isinstance(part["name"], str) for part in each]
        return [part["name"] if alone else part for part, alone in zip(each, is_text, strict=True)]

    def _price(self, values: Values) -> Any:
        """Return a price, as a text alone if that means the same."""
        given = self.record(schema.PRICE, values)
        text = given.get("text")
        means_free = isinstance(text, str) and text.casefold() in FREE_WORDS
        if isinstance(text, str) and set(given) == ({"text", "free"} if means_free else {"text"}):
            return text if not means_free or values["free"] == "true" else given
        return given


def _is_number_or_truth(kind: Any) -> bool:
    schemas = (getattr(extra, "json_schema", None) or {} for extra in getattr(kind, "__metadata__", ()))
    return any(each.get("type") in {"integer", "number", "boolean"} for each in schemas)


def local_clock(text: str, own_zone: str) -> str:
    """Return a day, or a moment as the clocks of *own_zone* show it, with its offset if they show it twice.

    >>> local_clock("2026-10-25T01:30+02:00", "Europe/Berlin"), local_clock("2026-10-25T02:30+01:00", "Europe/Berlin")
    ('2026-10-25 01:30', '2026-10-25 02:30+01:00')
    """
    day, _t, hour = text.replace("T", " ").partition(" ")
    if len(hour) <= len("19:00"):
        return f"{day} {hour}".strip()
    local = datetime.fromisoformat(f"{day} {hour[:5]}").replace(tzinfo=zone(own_zone))
    is_clear = local.utcoffset() == local.replace(fold=1).utcoffset() == datetime.fromisoformat(text).utcoffset()
    return f"{day} {hour[:5]}" if is_clear else f"{day} {hour}"


def _hours(by_day: Mapping[str, str]) -> Any:
    """Return opening hours by ranges of weekdays, or as a text if they are the same each day.

    >>> _hours({"mon": "closed", "tue": "10:00-18:00", "wed": "10:00-18:00", "sun": "10:00-18:00"})
    {'mon': 'closed', 'tue-wed': '10:00-18:00', 'sun': '10:00-18:00'}
    """
    if len(by_day) == len(WEEKDAYS) and len(set(by_day.values())) == 1:
        return by_day[WEEKDAYS[0]]
    ranges: Values = {}
    for hours, days in groupby(WEEKDAYS, key=by_day.get):
        if hours:
            first, *others = days
            ranges["-".join([first, *others[-1:]])] = hours
    return ranges
