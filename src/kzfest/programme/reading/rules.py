"""Rules for a whole programme, one function each; `EVENT_RULES` lists those for events.

A rule yields faults: a path (section, id, then keys and positions) and a message. To add a rule, write a function and
add it to the list.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from kzfest.core.event_hours import DAYS_WITH_HOURS_AT_MOST, showings_in_hours
from kzfest.core.festival_day import festival_days, repeats_until, showings_of, shown
from kzfest.core.folding import nearest
from kzfest.core.model import OWN, Detail, Person, Price, Room, Showing
from kzfest.core.recurrence import REPEATS_AT_MOST
from kzfest.i18n import _
from kzfest.programme.zones import zone

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from kzfest.core.model import Dispute, Event, Head, Venue
    from kzfest.programme.reading.yaml_reader import NodePath

Fault: TypeAlias = "tuple[NodePath, str]"
Ids: TypeAlias = "Mapping[str, Collection[str]]"

NOON = time(12)


class PartialProgramme(NamedTuple):
    """A programme without its events and without faulty values."""

    head: Head
    venues: Mapping[str, Venue]
    ids: Ids
    """All ids of the file by section, including those of faulty records. Unreadable sections are missing."""


def check_programme(draft: PartialProgramme) -> Iterator[Fault]:
    """Yield the faults of *draft*, apart from its events."""
    yield from days_in_order(draft.head)
    yield from id_that_is_free(draft.head)
    for venue in draft.venues.values():
        yield from known_sources_of_venue(venue, draft)
        yield from translations_that_exist(venue, ("venues", venue.id), TEXTS_OF_VENUES)


def check_event(event: Event, draft: PartialProgramme) -> Iterator[Fault]:
    """Yield the faults of *event* in the programme of *draft*."""
    for rule in EVENT_RULES:
        yield from rule(event, draft)


def days_in_order(head: Head) -> Iterator[Fault]:
    """The first day of the programme must not be after its last."""
    if head.first and head.last and head.last < head.first:
        yield ("programme", "last"), _("last is before first")


def id_that_is_free(head: Head) -> Iterator[Fault]:
    """The programme must not have the id that UIDs of the user's own appointments contain."""
    if head.id == OWN:
        yield ("programme", "id"), _("the id 'own' is reserved for your own appointments; choose another")


def known_sources_of_venue(venue: Venue, draft: PartialProgramme) -> Iterator[Fault]:
    """Every source of a venue must be in the file."""
    path = ("venues", venue.id)
    used: list[tuple[NodePath, str | None]] = [((*path, "sources", n), key) for n, key in enumerate(venue.sources)]
    used.append(((*path, "hours_source"), venue.hours_source))
    used.append(((*path, "location", "source"), venue.location.source if venue.location else None))
    yield from unknown("sources", used, draft.ids)


def known_venues(event: Event, draft: PartialProgramme) -> Iterator[Fault]:
    """Every venue of an event must be in the file."""
    path = ("events", event.id)
    showings = [((*path, "showings", n, "venue"), showing.venue) for n, showing in enumerate(event.showings)]
    yield from unknown("venues", [((*path, "venue"), event.venue), *showings], draft.ids)


def known_rooms(event: Event, draft: PartialProgramme) -> Iterator[Fault]:
    """Every room of an event must be one of its venue."""
    path = ("events", event.id)
    named: list[tuple[NodePath, str | None, str | None]] = [((*path, "room"), event.venue, event.room)]
    for position, showing in enumerate(event.showings):
        named.append(((*path, "showings", position, "room"), showing.venue or event.venue, showing.room))
    for place, key, room in named:
        if room and not key:
            yield place, _("'room' needs 'venue'")
        elif room and key and key in draft.venues and room not in draft.venues[key].rooms:
            yield place, _unknown_room(room, draft.venues[key])


def _unknown_room(room: str, venue: Venue) -> str:
    """Return the message for a *room* that *venue* does not have."""
    if not venue.rooms:
        return _("the venue '{venue}' has no 'rooms'; add '{room}' to them").format(venue=venue.id, room=room)
    near = nearest(room, venue.rooms, most=1)
    if near:
        message = _("the venue '{venue}' has no room '{room}'; did you mean '{near}'?")
        return message.format(venue=venue.id, room=room, near=near[0])
    message = _("the venue '{venue}' has no room '{room}'; its rooms are {known}")
    return message.format(venue=venue.id, room=room, known=", ".join(venue.rooms))


def known_parent(event: Event, draft: PartialProgramme) -> Iterator[Fault]:
    """The event of which another is a part must be in the file."""
    yield from unknown("events", [(("events", event.id, "parent"), event.parent)], draft.ids)


def parents_without_circle(parents: Mapping[str, str]) -> Iterator[Fault]:
    """No event may be a part of itself; *parents* has the parent of each event that has one."""
    followed: set[str] = set()
    for event in parents:
        trail: set[str] = set()
        above = event
        while above in parents and above not in followed and above not in trail:
            trail.add(above)
            above = parents[above]
        if above in trail:
            message = _("'{id}' is a part of itself through its parents; remove one 'parent'")
            yield ("events", above, "parent"), message.format(id=above)
        followed |= trail


def prices_that_agree(event: Event, _draft: PartialProgramme) -> Iterator[Fault]:
    """Amounts must have a currency and be in order; a free event has none; a price must say something."""
    for path, price in (((), event.price), *((path, showing.price) for path, showing in _showings(event))):
        if price:
            yield from _faults_of_price(price, (*(path or ("events", event.id)), "price"))


def _faults_of_price(price: Price, path: NodePath) -> Iterator[Fault]:
    amounts = [key for key, amount in (("from", price.lowest), ("to", price.highest)) if amount is not None]
    if price.free and amounts:
        yield (*path, amounts[0]), _("a free event has no amounts; remove 'free' or '{key}'").format(key=amounts[0])
    if amounts and price.currency is None:
        yield (*path, amounts[0]), _("an amount needs its currency; add {example}").format(example="currency: KZT")
    if price.lowest is not None and price.highest is not None and price.highest < price.lowest:
        yield (*path, "to"), _("'to' is less than 'from'; exchange them")
    if price.text is None and price.free is None and not amounts:
        yield path, _("the price says nothing; add free, from, to or text")


def known_sources(event: Event, draft: PartialProgramme) -> Iterator[Fault]:
    """Every source of an event must be in the file."""
    path = ("events", event.id)
    sources = [((*path, "sources", n), key) for n, key in enumerate(event.sources)]
    yield from unknown("sources", [*sources, *dispute_references(path, event.disputes)], draft.ids)


def dispute_references(path: NodePath, disputes: tuple[Dispute, ...]) -> list[tuple[NodePath, str]]:
    """Return the path and key of the source of each of *disputes*, which belong to the record at *path*."""
    return [((*path, "disputes", position, "source"), dispute.source) for position, dispute in enumerate(disputes)]


def unknown(section: str, used: Iterable[tuple[NodePath, str | None]], ids: Ids) -> Iterator[Fault]:
    """Yield a fault for each of the ids *used* that *section* does not have."""
    known = ids.get(section)
    for path, key in used:
        if key and known is not None and key not in known:
            message = _("no '{key}' in the {section} of this file").format(key=key, section=section)
            near = nearest(key, known, most=1)
            yield path, message + (_("; did you mean '{near}'?").format(near=near[0]) if near else "")


def ends_after_starts(event: Event, _draft: PartialProgramme) -> Iterator[Fault]:
    """A showing must not end before it starts; a timed one must end later."""
    for path, showing in _showings(event):
        start, end = showing.start, showing.end
        if end is None:
            continue
        if isinstance(start, datetime) is not isinstance(end, datetime):
            yield (*path, "end"), _("start and end must both be dates, or both have a time")
        elif end < start or (end == start and not showing.all_day):
            yield (*path, "end"), _("end must be after start")


def hours_that_exist(event: Event, draft: PartialProgramme) -> Iterator[Fault]:
    """No showing may start or end at a time or on a day that the time zone skips, or with another offset than its."""
    timezone = draft.head.timezone
    for path, showing in _showings(event):
        own_zone = showing.zone or timezone
        for key, given in (("start", showing.start), ("end", showing.end)):
            if isinstance(given, datetime):
                if _is_skipped(given):
                    message = _("this time does not exist in {zone}: the clocks go forward")
                    yield (*path, key), message.format(zone=own_zone)
                elif (
                    given.tzinfo is not (its := zone(own_zone))
                    and given.utcoffset() != given.astimezone(its).utcoffset()
                ):
                    message = _("the clocks in {zone} have another offset then; leave it out")
                    yield (*path, key), message.format(zone=own_zone)
            elif given and _is_skipped(datetime.combine(given, NOON, tzinfo=zone(timezone))):
                yield (*path, key), _("this day does not exist in {zone}: the clocks go forward").format(zone=timezone)


def _is_skipped(moment: datetime) -> bool:
    return shown(moment) != moment


def showings_told_apart(event: Event, _draft: PartialProgramme) -> Iterator[Fault]:
    """The showings of an event must have different ids."""
    seen: set[str] = set()
    for position, showing in enumerate(event.showings):
        if showing.id in seen:
            message = _("duplicate showing '{id}'").format(id=showing.id)
            yield ("events", event.id, "showings", position, "id"), message
        seen.add(showing.id)


def rules_that_repeat(event: Event, draft: PartialProgramme) -> Iterator[Fault]:
    """A repeating event needs a valid rule that begins with its start, and a programme with first and last days."""
    if event.repeats is None or not event.showings:
        return
    if draft.head.first is None or draft.head.last is None:
        yield ("programme",), _("a programme with a repeating event needs first and last")
    showings = _repeated(event, until=repeats_until(draft.head.revised))
    if not showings:
        message = _("'{rule}' is not a valid RFC 5545 rule that begins with start; an example is FREQ=YEARLY")
        yield ("events", event.id, "repeats"), message.format(rule=event.repeats)
    elif len(showings) == REPEATS_AT_MOST and draft.head.last and festival_days(showings[-1])[0] < draft.head.last:
        message = _("the rule repeats {n} times, the most allowed, before the programme ends; use a later start")
        yield ("events", event.id, "repeats"), message.format(n=REPEATS_AT_MOST)


def _repeated(event: Event, *, until: date) -> tuple[Showing, ...]:
    """Return the showings of a repeating event, or none if its rule is invalid."""
    try:
        return showings_of(event, until=until)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):  # dateutil's errors for invalid rules
        return ()


def hours_of_days(event: Event, draft: PartialProgramme) -> Iterator[Fault]:
    """Hours need whole days, on some of which the event is on."""
    path = ("events", event.id, "hours")
    if event.hours is None or not event.showings:
        return
    whole = [showing for showing in event.showings if showing.all_day]
    in_order = [showing for showing in whole if showing.end is None or showing.end >= showing.start]
    if event.repeats:
        yield path, _("'hours' and 'repeats' exclude each other; give start and end a time instead of 'hours'")
    elif not whole:
        yield path, _("'hours' needs days; remove the time from start and end")
    elif sum((last - first).days + 1 for first, last in map(festival_days, in_order)) > DAYS_WITH_HOURS_AT_MOST:
        message = _("'hours' needs at most {n} days; use a later start or 'when: permanent'")
        yield path, message.format(n=DAYS_WITH_HOURS_AT_MOST)
    elif in_order == whole and not showings_in_hours(event, zone(draft.head.timezone)):
        yield path, _("the event is closed on all its days; correct 'hours' or the days")


def days_off_that_exist(event: Event, draft: PartialProgramme) -> Iterator[Fault]:
    """An exception must be a day on which the event would be on."""
    path = ("events", event.id, "except")
    if not event.days_off:
        return
    if event.repeats is None and event.hours is None:
        yield path, _("'except' needs 'repeats' or 'hours'")
        return
    without = event._replace(days_off=())
    until = max(repeats_until(draft.head.revised), *event.days_off)
    showings = _repeated(without, until=until) if event.repeats else event.showings
    for position, day in enumerate(event.days_off):
        if showings and not any(_is_on(showing, day) for showing in showings):
            message = _("the event is not on {day} anyway; remove the day or correct it")
            yield (*path, position), message.format(day=day)


def _is_on(showing: Showing, day: date) -> bool:
    """Whether *day* is one of the festival days of *showing*, or the date on which it starts after midnight."""
    first, last = festival_days(showing)
    return first <= day <= last or (isinstance(showing.start, datetime) and showing.start.date() == day)


def zones_of_hours(event: Event, _draft: PartialProgramme) -> Iterator[Fault]:
    """A showing in a time zone of its own needs a time."""
    for path, showing in _showings(event):
        if showing.zone and showing.all_day:
            yield (*path, "zone"), _("'zone' needs a time; add it to start")


def one_place(event: Event, _draft: PartialProgramme) -> Iterator[Fault]:
    """An event with a venue must not have a place, city or country of its own."""
    if not event.venue:
        return
    for key in ("place", "city", "country"):
        if getattr(event, key):
            message = _("'{key}' and 'venue' exclude each other; remove one")
            yield ("events", event.id, key), message.format(key=key)


def within_the_programme(event: Event, draft: PartialProgramme) -> Iterator[Fault]:
    """A dated event must overlap the programme's days. It usually fails because of a mistyped year."""
    first, last = draft.head.first, draft.head.last
    if event.repeats or (last and first and last < first):
        return
    showings = [
        showing
        for showing in event.showings
        if showing.end is None or isinstance(showing.end, datetime) is not showing.all_day
    ]
    if showings and not any(_touches(showing, first or date.min, last or date.max) for showing in showings):
        message = _("outside the days of the programme ({first} to {last})")
        yield ("events", event.id), message.format(first=first or "…", last=last or "…")


def _touches(showing: Showing, first: date, last: date) -> bool:
    first_day, last_day = festival_days(showing)
    return first_day <= last and (last_day >= first or showing.open_end)


# The fields that `translated` may name; messages use the first as an example.
TEXTS_OF_EVENTS = (
    *("title", "summary", "place", "price", "accessibility", "organiser", "people", "details", "notes", "showings"),
)
TEXTS_OF_VENUES = ("name", "address", "hours_note", "notes", "accessibility", "rooms")


def translated_texts(event: Event, _draft: PartialProgramme) -> Iterator[Fault]:
    """What `translated` of an event names must be a text of the event in that language."""
    return translations_that_exist(event, ("events", event.id), TEXTS_OF_EVENTS)


def translations_that_exist(record: Event | Venue, path: NodePath, fields: Sequence[str]) -> Iterator[Fault]:
    """What `translated` of *record* names must be the text of one of its *fields* in a language."""
    for position, name in enumerate(record.translated):
        field, _dot, language = name.partition(".")
        place = (*path, "translated", position)
        if field not in fields or not language:
            message = _("'{name}' is not a text of '{id}'; write it as {example}")
            yield place, message.format(name=name, id=record.id, example=f"{fields[0]}.kk")
        elif language not in _languages_of(getattr(record, field)):
            message = _("'{id}' has no '{field}' in language '{language}'")
            yield place, message.format(id=record.id, field=field, language=language)


def _languages_of(texts: Any) -> set[str]:
    """Return the languages of *texts*: a mapping, a price, rooms, people, details, showings, or None."""
    parts: tuple[Any, ...]
    match texts:
        case Price():
            parts = (texts.text,)
        case Person():
            parts = (texts.name, texts.role)
        case Detail():
            parts = (texts.value,)
        case Room():
            parts = (texts.name,)
        case Showing():
            parts = (texts.title, texts.price, texts.note)
        case tuple():
            parts = texts
        case dict() if any(isinstance(each, Room) for each in texts.values()):
            parts = tuple(texts.values())
        case _:
            return set(texts or ())
    return set().union(*map(_languages_of, parts))


def _showings(event: Event) -> Iterator[tuple[NodePath, Showing]]:
    for position, showing in enumerate(event.showings):
        inside = ("showings", position) if showing.id else ()
        yield ("events", event.id, *inside), showing


EVENT_RULES = (
    known_venues,
    known_rooms,
    known_parent,
    known_sources,
    prices_that_agree,
    ends_after_starts,
    hours_that_exist,
    showings_told_apart,
    zones_of_hours,
    rules_that_repeat,
    hours_of_days,
    days_off_that_exist,
    one_place,
    within_the_programme,
    translated_texts,
)


def saying_when(values: Any) -> Iterator[str]:
    """Yield the faults of the fields for time in the *values* of an event, which must use exactly one way."""
    if not isinstance(values, dict):
        return
    ways = [way for way in ("start", "showings", "when", "reported") if way in values]
    if not ways:
        yield _("the time is missing; add start, showings, when or reported")
    if len(ways) > 1:
        yield _("{ways} exclude each other; keep one").format(ways=_(" and ").join(ways))
    for key in ("end", "repeats"):
        if key in values and "start" not in values:
            yield _("'{key}' needs 'start'").format(key=key)
    if values.get("end") == "unknown" and "repeats" in values:
        yield _("a repeating event cannot have an unknown end")
