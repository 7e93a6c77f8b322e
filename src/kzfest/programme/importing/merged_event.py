"""One event that several files describe: what only one of them says is added, and what they disagree on is a dispute.

The first file that says something keeps its value. Texts of many lines, addresses of pages and categories may differ
without a disagreement: each file has its own.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from kzfest.core.event_matching import form
from kzfest.core.folding import fold
from kzfest.i18n import _
from kzfest.programme.decode import UNKNOWN_DATE, day_or_moment
from kzfest.programme.importing.assembly import LINK, NO_KIND
from kzfest.programme.importing.local_times import iso_minutes, showing_id
from kzfest.programme.reading.programme_writer import local_clock
from kzfest.programme.zones import zone

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    from kzfest.programme.decode import Values

NAMES_OF_EVENTS = ("title", "organiser", "place")
LONG_TEXTS = ("summary", "notes", "accessibility")
FACTS = ("tickets", "age", "sold_out", "status")
JOINED_LISTS = ("tags", "tracks", "languages", "details")
TIME_KEYS = ("start", "end", "showings", "repeats", "hours", "except", "when", "reported")
WITHOUT_A_DATE = ("when", "reported")
UNLESS_TOLD = {"status": "scheduled"}
LONGEST_DISPUTE = 1_000
"""Characters of a disputed value, as in `reading/scalars.py`."""


class Disagreement(NamedTuple):
    """A field of an event for which two files have different values."""

    title: str
    field: str
    value: str
    """The one that the programme keeps."""
    source: str
    """The key of the file that says it."""
    other: str
    other_source: str


class MergedEvent:
    """An event of the file *source*, to which other files may add; *values* are those of our format.

    Its disputes are in the *language* of the programme.
    """

    def __init__(self, values: Values, source: str, language: str) -> None:
        self.values = dict(values)
        self.disagreements: list[Disagreement] = []
        self.other_texts = 0
        """Long texts of other files that differ and are left out."""
        self._gave: dict[str, list[str]] = {}
        self._first = source
        self._language = language

    def add(self, other: Values, source: str, *, venues: Mapping[str, Values], timezone: str) -> None:
        """Add what the file *source* says of this event; all ids in *other* are those of the merged programme."""
        self._timezone, self._source, self._venues = timezone, source, venues
        for field in NAMES_OF_EVENTS:
            self._add_texts(field, other, is_long=False)
        for field in LONG_TEXTS:
            self._add_texts(field, other, is_long=True)
        for field in FACTS:
            self._add_fact(field, other)
        self._add_price(other)
        self._add_times(other)
        self._add_category(other)
        self._add_people(other)
        for field in JOINED_LISTS:
            self._extend(field, other.get(field, ()))
        for field in ("url", "image", "parent", *(() if self.values.get("venue") else ("country", "city"))):
            if field in other and field not in self.values:
                self._set(field, other[field])
        if "url" in other and other["url"] != self.values["url"]:
            self._extend("details", [{"label": LINK, "value": {next(iter(other["title"])): other["url"]}}])
        self.values |= _latest(self.values, other)
        for field in ("sources", "disputes"):
            if more := [each for each in other.get(field, ()) if each not in self.values.get(field, ())]:
                self.values[field] = [*self.values.get(field, ()), *more]

    @property
    def gave(self) -> dict[str, str]:
        """The keys of the files that gave the value of a field, if it is not the first file alone."""
        return {field: ", ".join(sources) for field, sources in self._gave.items() if sources != [self._first]}

    def _set(self, field: str, value: Any) -> None:
        """Set a *field* that only the other file has."""
        self.values[field] = value
        self._gave[field] = [self._source]

    def _extend(self, field: str, more: Sequence[Any]) -> None:
        """Add those values of the other file that the list of a *field* does not have."""
        known = self.values.get(field, [])
        new = [each for each in more if each not in known]
        if new and not known:
            self._set(field, new)
        elif new:
            self.values[field] = [*known, *new]
            self._add_giver(field)

    def _add_giver(self, field: str) -> None:
        """Remember that the other file gave a part of the value of a *field*."""
        self._gave[field] = list(dict.fromkeys([*self._gave.get(field, [self._first]), self._source]))

    def _dispute(self, field: str, value: str, other: str, language: str | None = None) -> None:
        """Say that the other file has another value, once for each value and file.

        Without a *language*, the value is written in that of the programme.
        """
        told = {language or self._language: other[:LONGEST_DISPUTE].strip()}
        dispute = {"field": field, "value": told, "source": self._source}
        disputes = self.values.get("disputes", [])
        if dispute not in disputes:
            self.values["disputes"] = [*disputes, dispute]
            title, giver = _first(self.values["title"]), self._gave.get(field, [self._first])[0]
            self.disagreements.append(Disagreement(title, field, value, giver, other, self._source))

    def _add_texts(self, field: str, other: Values, *, is_long: bool) -> None:
        """Add the texts of *other* in further languages; a name in the same language that differs is disputed."""
        if field not in other or (field == "place" and self.values.get("venue")):
            return
        own: Values = self.values.get(field, {})
        known = {form(text) for text in own.values()}
        for language, text in other[field].items():
            if language not in own and form(text) not in known:
                if field in self.values:
                    self.values[field] = self.values[field] | {language: text}
                    self._add_giver(field)
                else:
                    self._set(field, {language: text})
                if f"{field}.{language}" in other.get("translated", ()):
                    self.values["translated"] = [*self.values.get("translated", ()), f"{field}.{language}"]
            elif language in own and form(text) not in known:
                if is_long:
                    self.other_texts += 1
                else:
                    self._dispute(field, own[language], text, language)

    def _add_fact(self, field: str, other: Values) -> None:
        usual = UNLESS_TOLD.get(field)
        own, its = self.values.get(field, usual), other.get(field, usual)
        if own is None and its is not None:
            self._set(field, its)
        elif its is not None and its != own:
            self._dispute(field, str(own), its)

    def _add_price(self, other: Values) -> None:
        """Add amounts or words that only the other file has; other amounts are disputed, or other words alone."""
        own, its = self.values.get("price"), other.get("price")
        if its is None:
            return
        if own is None:
            self._set("price", its)
            return
        amounts, others = _amounts_of(own), _amounts_of(its)
        if amounts and others:
            if amounts != others:
                self._dispute("price", _price_text(own), _price_text(its))
        elif "text" in own and "text" in its and not amounts and not others:
            words = {form(text) for text in own["text"].values()}
            if words.isdisjoint(map(form, its["text"].values())):
                self._dispute("price", _price_text(own), _price_text(its))
        else:
            self.values["price"] = its | own
            if self.values["price"] != own:
                self._add_giver("price")

    def _add_category(self, other: Values) -> None:
        """Add the category of *other*, as a tag if this event has another one: each file has kinds of its own."""
        if other["category"] in {self.values["category"], NO_KIND}:
            return
        if self.values["category"] == NO_KIND:
            self._set("category", other["category"])
        else:
            self._extend("tags", [other["category"]])

    def _add_people(self, other: Values) -> None:
        """Add the people that only *other* has, and what only it says of the others."""
        people = [dict(person) for person in self.values.get("people", ())]
        known = {fold(name): person for person in people for name in person["name"].values()}
        more = []
        for person in other.get("people", ()):
            found = next((known[key] for key in map(fold, person["name"].values()) if key in known), None)
            if found is None:
                more.append(person)
            elif set(person) > set(found):
                found |= {key: value for key, value in person.items() if key not in found}
                self.values["people"] = people
                self._add_giver("people")
        self._extend("people", more)

    def _add_times(self, other: Values) -> None:
        own, its = ({key: each[key] for key in TIME_KEYS if key in each} for each in (self.values, other))
        if _is_plain(own) and _is_plain(its):
            self._add_showings(other)
        elif own != its and not any(key in its for key in WITHOUT_A_DATE):
            if any(key in own for key in WITHOUT_A_DATE):
                for key in own:
                    del self.values[key]
                for key, value in its.items():
                    self._set(key, value)
            else:
                self._dispute("start", self._when_text(own), self._when_text(its))
            self._add_place(self.values, other, "")
        else:
            self._add_place(self.values, other, "")

    def _add_showings(self, other: Values) -> None:
        """Compare the times of both files, and add those of a day on which only the other file has any."""
        own, its = _showings(self.values), _showings(other)
        left, right = list(own), list(its)
        for tell in (self._start_and_place, self._start, self._day):
            for one, another in _one_to_one(left, right, tell, (self.values, other)):
                left.remove(one)
                right.remove(another)
                self._compare(one, another, other, many=len(own) > 1)
        if len(own) == len(its) == len(left) == 1:
            self._compare(left[0], right.pop(), other, many=False)
        days = {self._day(self.values, showing): showing for showing in left}
        for showing in right:
            if unlike := days.get(self._day(other, showing)):
                self._dispute("start", self._text(unlike["start"]), self._text(showing["start"]))
            else:
                own.append(self._of_this_event(showing, other))
                self._add_giver("showings")
        self._set_showings(own)

    def _compare(self, own: Values, its: Values, other: Values, *, many: bool) -> None:
        """Compare two showings that are the same one; an end that follows from another start is no disagreement."""
        at = f" ({self._text(own['start'])})" if many else ""
        starts, ends = (
            [self._clock(each.get(key), each.get("zone")) for each in (own, its)] for key in ("start", "end")
        )
        is_moved = _instant(starts[0]) != _instant(starts[1])
        if is_moved:
            self._dispute("start", self._text(own["start"]), self._text(its["start"]))
        if ends[1] and "end" not in own and not is_moved:
            own["end"] = self._as_in(own, ends[1])
            self._gave["end"] = [self._source]
        elif ends[0] and ends[1]:
            tell = _length if is_moved else _end
            if tell(starts[0], ends[0]) != tell(starts[1], ends[1]):
                self._dispute("end", self._text(own["end"]) + at, self._text(its["end"]) + at)
        status = [
            each.get("status", event.get("status", "scheduled")) for each, event in ((own, self.values), (its, other))
        ]
        if status[0] != status[1] and ("status" in own or "status" in its):
            self._dispute("status", f"{status[0]}{at}", f"{status[1]}{at}")
        self._add_place(own, {**other, **its}, at)

    def _add_place(self, own: Values, its: Values, at: str) -> None:
        """Compare the venue of *own*, this event or a showing of it, with that of *its*."""
        event = self.values
        venue, other = own.get("venue", event.get("venue")), its.get("venue")
        if other is None:
            return
        name = _first(self._venues[other]["name"])
        if venue is None:
            place = event.get("place")
            if place is None:
                own["venue"] = other
                self._gave["venue"] = [self._source]
                event.pop("city", None), event.pop("country", None)
            elif not {*map(fold, place.values())} & {*map(fold, self._venues[other]["name"].values())}:
                self._dispute("place", _first(place), name)
            return
        if venue != other:
            self._dispute("venue", _first(self._venues[venue]["name"]) + at, name + at)
            return
        room, other_room = own.get("room", event.get("room")), its.get("room")
        if room is None and other_room is not None:
            own["room"] = other_room
        elif other_room not in {None, room}:
            rooms = self._venues[venue].get("rooms", {})
            if {room, other_room} <= set(rooms):  # else the room is one of the event's other venue
                self._dispute("room", *(_first(rooms[each]["name"]) + at for each in (room, other_room)))

    def _of_this_event(self, showing: Values, other: Values) -> Values:
        """Return a *showing* of the *other* event with what is its own there."""
        venue = showing.get("venue", other.get("venue"))
        room = showing.get("room", other.get("room"))
        found = {key: value for key, value in showing.items() if key not in {"venue", "room", "id"}}
        if venue and venue != self.values.get("venue"):
            found["venue"] = venue
        return found | ({"room": room} if room else {})

    def _set_showings(self, showings: Sequence[Values]) -> None:
        """Set the times of this event; several need ids."""
        alone = showings[0] if len(showings) == 1 else {}
        if alone and "showings" not in self.values:
            place = {key: alone[key] for key in ("venue", "room") if key in alone}
            if set(alone) <= {"start", "end", *place}:
                self.values |= alone
                return
        for key in ("start", "end"):
            self.values.pop(key, None)
        taken = {each["id"]: 1 for each in showings if "id" in each}
        for each in showings:
            if "id" not in each:
                clock = self._clock(each["start"])
                each["id"] = showing_id(clock, each.get("venue"), None, taken)  # type: ignore[arg-type]  # it has a start
        self.values["showings"] = [{"id": each["id"]} | each for each in showings]

    def _start(self, _event: Values, showing: Values) -> Hashable:
        return _instant(self._clock(showing["start"], showing.get("zone")))

    def _start_and_place(self, event: Values, showing: Values) -> Hashable:
        return self._start(event, showing), showing.get("venue", event.get("venue"))

    def _day(self, _event: Values, showing: Values) -> Hashable:
        return str(showing["start"])[: len("2026-05-16")]

    def _clock(self, text: str | None, own_zone: str | None = None) -> date | datetime | None:
        return None if text is None or text == UNKNOWN_DATE else day_or_moment(text, own_zone or self._timezone)

    def _as_in(self, showing: Values, clock: date | datetime) -> str:
        """Return *clock* as the clocks of the zone of a *showing* show it."""
        own_zone = showing.get("zone", self._timezone)
        return iso_minutes(clock.astimezone(zone(own_zone)) if isinstance(clock, datetime) else clock)

    def _text(self, clock: str) -> str:
        return local_clock(clock, self._timezone)

    def _when_text(self, times: Values) -> str:
        """Return in one line when an event is: its start, and the rule by which it repeats."""
        showings = times.get("showings", [{}])
        start = times.get("start") or showings[0].get("start") or ""
        return " ".join(filter(None, (start and self._text(start), times.get("repeats"), str(times.get("when", "")))))


def _is_plain(times: Values) -> bool:
    """Whether an event has times, each written out."""
    return ("start" in times or "showings" in times) and not {"repeats", "hours"} & set(times)


def _showings(values: Values) -> list[Values]:
    if "showings" in values:
        return [{"id": str(number)} | each for number, each in enumerate(values["showings"], 1)]
    return [{key: values[key] for key in ("start", "end") if key in values}]


def _one_to_one(
    left: Sequence[Values], right: Sequence[Values], tell: Any, events: tuple[Values, Values]
) -> list[tuple[Values, Values]]:
    """Return the pairs of showings of which *tell* says the same, and says it of no other."""
    said: list[dict[Hashable, list[Values]]] = []
    for event, showings in zip(events, (left, right), strict=True):
        found: dict[Hashable, list[Values]] = {}
        for showing in showings:
            found.setdefault(tell(event, showing), []).append(showing)
        said.append(found)
    ours, theirs = said
    return [(one[0], theirs[key][0]) for key, one in ours.items() if len(one) == 1 and len(theirs.get(key, ())) == 1]


def _instant(clock: date | datetime | None) -> Hashable:
    return clock.timestamp() if isinstance(clock, datetime) else clock


def _end(_start: date | datetime | None, end: date | datetime | None) -> Hashable:
    return _instant(end)


def _length(start: date | datetime | None, end: date | datetime | None) -> timedelta | None:
    """Return how long it is from *start* to *end*."""
    if isinstance(start, datetime) and isinstance(end, datetime):
        return end.astimezone(UTC) - start.astimezone(UTC)
    if start is None or end is None or isinstance(start, datetime) or isinstance(end, datetime):
        return None
    return end - start


def _amounts_of(price: Values) -> dict[str, Any]:
    """Return what is known of a *price* in numbers."""
    amounts: dict[str, Any] = {key: float(price[key]) for key in ("from", "to") if key in price}
    return amounts | {key: price[key] for key in ("free", "currency") if key in price}


def _price_text(price: Values) -> str:
    """Return a *price* in one line.

    >>> _price_text({"from": "2000", "to": "5000", "currency": "KZT"}), _price_text({"free": "true"})
    ('2000–5000 KZT', 'free')
    """
    if price.get("free") == "true":
        return "free"
    amounts = list(dict.fromkeys(price[key] for key in ("from", "to") if key in price))
    if amounts:
        return f"{'–'.join(amounts)} {price['currency']}"
    return _first(price["text"]) if "text" in price else _("not free")


def _first(texts: Mapping[str, str]) -> str:
    return next(iter(texts.values()))


def _latest(own: Values, other: Values) -> Values:
    """Return the higher revision and the later day of change."""
    changed = max(filter(None, (each.get("changed") for each in (own, other))), default=None)
    revision = max(int(each.get("revision", 0)) for each in (own, other))
    return ({"changed": changed} if changed else {}) | ({"revision": str(revision)} if revision else {})
