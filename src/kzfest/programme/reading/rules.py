"""Rules that a whole programme must keep, one function each; `EVENT_RULES` lists those that each event must keep.

A rule yields faults: where (section, id, then keys and positions inside) and a sentence. A new rule is a
function and a line.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from kzfest.core.festival_day import festival_days, repeats_until, showings_of, shown
from kzfest.core.folding import nearest
from kzfest.core.model import OWN, Detail
from kzfest.core.recurrence import REPEATS_AT_MOST
from kzfest.i18n import _
from kzfest.programme.zones import zone

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from kzfest.core.model import Dispute, Event, Head, Showing, Venue
    from kzfest.programme.reading.yaml_reader import NodePath

Fault: TypeAlias = "tuple[NodePath, str]"
Ids: TypeAlias = "Mapping[str, Collection[str]]"

NOON = time(12)


class PartialProgramme(NamedTuple):
    """A programme but for its events, as far as it was read: what is faulty in itself has been left out."""

    head: Head
    venues: Mapping[str, Venue]
    ids: Ids
    """Every id that the file gives, by section, also those of faulty records: they are no unknown ids. A section
    that is left out could not be read."""


def check_programme(draft: PartialProgramme) -> Iterator[Fault]:
    """Yield every fault of *draft*."""
    yield from days_in_order(draft.head)
    yield from id_that_is_free(draft.head)
    for venue in draft.venues.values():
        yield from known_sources_of_venue(venue, draft)
        yield from translations_that_exist(venue, ("venues", venue.id), TEXTS_OF_VENUES)


def check_event(event: Event, draft: PartialProgramme) -> Iterator[Fault]:
    """Yield every fault of *event* in the programme of *draft*."""
    for rule in EVENT_RULES:
        yield from rule(event, draft)


def days_in_order(head: Head) -> Iterator[Fault]:
    """The first day of the programme is not after its last."""
    if head.first and head.last and head.last < head.first:
        yield ("programme", "last"), _("last is before first")


def id_that_is_free(head: Head) -> Iterator[Fault]:
    """The programme has not the id that stands for appointments of one's own in the UIDs of calendars."""
    if head.id == OWN:
        yield ("programme", "id"), _("'own' stands for appointments of your own in calendars; choose another id")


def known_sources_of_venue(venue: Venue, draft: PartialProgramme) -> Iterator[Fault]:
    """Every source that a venue names is one of the file."""
    path = ("venues", venue.id)
    used: list[tuple[NodePath, str | None]] = [((*path, "sources", n), key) for n, key in enumerate(venue.sources)]
    used.append(((*path, "hours_source"), venue.hours_source))
    used.append(((*path, "location", "source"), venue.location.source if venue.location else None))
    yield from unknown("sources", used, draft.ids)


def known_venues(event: Event, draft: PartialProgramme) -> Iterator[Fault]:
    """Every venue that an event names is one of the file."""
    path = ("events", event.id)
    showings = [((*path, "showings", n, "venue"), showing.venue) for n, showing in enumerate(event.showings)]
    yield from unknown("venues", [((*path, "venue"), event.venue), *showings], draft.ids)


def known_sources(event: Event, draft: PartialProgramme) -> Iterator[Fault]:
    """Every source that an event names is one of the file."""
    path = ("events", event.id)
    sources = [((*path, "sources", n), key) for n, key in enumerate(event.sources)]
    yield from unknown("sources", [*sources, *dispute_references(path, event.disputes)], draft.ids)


def dispute_references(path: NodePath, disputes: tuple[Dispute, ...]) -> list[tuple[NodePath, str]]:
    """Return where each of *disputes*, those of the record at *path*, names a source, and which."""
    return [((*path, "disputes", position, "source"), dispute.source) for position, dispute in enumerate(disputes)]


def unknown(section: str, used: Iterable[tuple[NodePath, str | None]], ids: Ids) -> Iterator[Fault]:
    """Yield those of the ids *used* that *section* does not have among its *ids*."""
    known = ids.get(section)
    for path, key in used:
        if key and known is not None and key not in known:
            yield path, _unknown_id(section, key, known)


def _unknown_id(section: str, key: str, known: Collection[str]) -> str:
    """Return the sentence about a *key* that *section* does not have."""
    message = _("no '{key}' among the {section} of this file").format(key=key, section=section)
    near = nearest(key, known, most=1)
    return message + (_("; did you mean '{near}'?").format(near=near[0]) if near else "")


def ends_after_starts(event: Event, _draft: PartialProgramme) -> Iterator[Fault]:
    """A showing ends on the day it starts or later; a moment, later."""
    for path, showing in _showings(event):
        start, end = showing.start, showing.end
        if end is None:
            continue
        if isinstance(start, datetime) is not isinstance(end, datetime):
            yield (*path, "end"), _("start and end must both be days, or both have an hour")
        elif end < start or (end == start and not showing.all_day):
            yield (*path, "end"), _("end is not after start")


def hours_that_exist(event: Event, draft: PartialProgramme) -> Iterator[Fault]:
    """No showing starts or ends in an hour, or on a day, that the clocks leave out."""
    timezone = draft.head.timezone
    for path, showing in _showings(event):
        for key, given in (("start", showing.start), ("end", showing.end)):
            if isinstance(given, datetime):
                if _is_left_out(given):
                    yield (
                        (*path, key),
                        _("there is no such hour in {zone}: the clocks go forward").format(zone=timezone),
                    )
            elif given and _is_left_out(datetime.combine(given, NOON, tzinfo=zone(timezone))):
                yield (*path, key), _("there is no such day in {zone}: the clocks go forward").format(zone=timezone)


def _is_left_out(moment: datetime) -> bool:
    """Whether no clock of its zone shows *moment*."""
    return shown(moment) != moment


def showings_told_apart(event: Event, _draft: PartialProgramme) -> Iterator[Fault]:
    """No two showings of an event have one id."""
    seen: set[str] = set()
    for position, showing in enumerate(event.showings):
        if showing.id in seen:
            message = _("the showing '{id}' stands here twice").format(id=showing.id)
            yield ("events", event.id, "showings", position, "id"), message
        seen.add(showing.id)


def rules_that_repeat(event: Event, draft: PartialProgramme) -> Iterator[Fault]:
    """A repeating event has a rule that begins with its start, in a programme that says its days."""
    if event.repeats is None or not event.showings:
        return
    if draft.head.first is None or draft.head.last is None:
        yield ("programme",), _("a programme with a repeating event needs first and last")
    showings = _repeated(event, until=repeats_until(draft.head.revised))
    if not showings:
        message = _("'{rule}' is not a rule that begins with start; write one of RFC 5545, such as FREQ=YEARLY")
        yield ("events", event.id, "repeats"), message.format(rule=event.repeats)
    elif len(showings) == REPEATS_AT_MOST and _ends_before(showings[-1], draft.head.last):
        message = _("the rule repeats {n} times, the most allowed, before the programme ends; use a later start")
        yield ("events", event.id, "repeats"), message.format(n=REPEATS_AT_MOST)


def _repeated(event: Event, *, until: date) -> tuple[Showing, ...]:
    """Return the showings of a repeating event, none where its rule is no rule."""
    try:
        return showings_of(event, until=until)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):  # dateutil's, at a rule that is none
        return ()


def _ends_before(showing: Showing, last: date | None) -> bool:
    return last is not None and festival_days(showing)[0] < last


def one_place(event: Event, _draft: PartialProgramme) -> Iterator[Fault]:
    """An event has a venue, which has a city, or a place and a city of its own."""
    if not event.venue:
        return
    for key in ("place", "city", "country"):
        if getattr(event, key):
            message = _("'{key}' is the venue's; take one of the two out")
            yield ("events", event.id, key), message.format(key=key)


def within_the_programme(event: Event, draft: PartialProgramme) -> Iterator[Fault]:
    """A dated event touches the days that the programme covers: a year mistyped is the commonest slip."""
    first, last = draft.head.first, draft.head.last
    if event.repeats or (last and first and last < first):
        return
    showings = [showing for showing in event.showings if _is_sound(showing)]
    if showings and not any(_touches(showing, first or date.min, last or date.max) for showing in showings):
        message = _("on none of the days that the programme covers ({first} to {last})")
        yield ("events", event.id), message.format(first=first or "…", last=last or "…")


def _is_sound(showing: Showing) -> bool:
    return showing.end is None or isinstance(showing.end, datetime) is not showing.all_day


def _touches(showing: Showing, first: date, last: date) -> bool:
    first_day, last_day = festival_days(showing)
    return first_day <= last and (last_day >= first or showing.open_end)


# What can be named as translated; an example of it stands first.
TEXTS_OF_EVENTS = ("title", "summary", "place", "price", "organiser", "people", "details", "notes")
TEXTS_OF_VENUES = ("name", "address", "hours_note", "notes")


def translated_texts(event: Event, _draft: PartialProgramme) -> Iterator[Fault]:
    """What an event names as translated is a text of it in that language."""
    return translations_that_exist(event, ("events", event.id), TEXTS_OF_EVENTS)


def translations_that_exist(record: Event | Venue, path: NodePath, fields: Sequence[str]) -> Iterator[Fault]:
    """What *record*, at *path*, names as translated is the text of one of its *fields* in a language."""
    for position, name in enumerate(record.translated):
        field, _dot, language = name.partition(".")
        place = (*path, "translated", position)
        if field not in fields or not language:
            message = _("'{name}' is not a text of '{id}'; write it as {example}")
            yield place, message.format(name=name, id=record.id, example=f"{fields[0]}.kk")
        elif language not in _languages_of(getattr(record, field)):
            message = _("'{id}' has no '{field}' in the language '{language}'")
            yield place, message.format(id=record.id, field=field, language=language)


def _languages_of(texts: Any) -> set[str]:
    """Return the languages of *texts*, which may be missing, of people, or of the values of details."""
    if isinstance(texts, tuple):
        return {language for each in texts for language in (each.value if isinstance(each, Detail) else each)}
    return set(texts or ())


def _showings(event: Event) -> Iterator[tuple[NodePath, Showing]]:
    """Yield every showing with its place in the file."""
    for position, showing in enumerate(event.showings):
        inside = ("showings", position) if showing.id else ()
        yield ("events", event.id, *inside), showing


EVENT_RULES = (
    known_venues,
    known_sources,
    ends_after_starts,
    hours_that_exist,
    showings_told_apart,
    rules_that_repeat,
    one_place,
    within_the_programme,
    translated_texts,
)


def saying_when(values: Any) -> Iterator[str]:
    """Yield what is wrong with how the *values* of an event say when it is: in one way, and no more."""
    if not isinstance(values, dict):
        return
    ways = [way for way in ("start", "showings", "when", "reported") if way in values]
    if not ways:
        yield _("nothing says when: give start, showings, when or reported")
    if len(ways) > 1:
        yield _("{ways} say when in two ways; keep one").format(ways=_(" and ").join(ways))
    for key in ("end", "repeats"):
        if key in values and "start" not in values:
            yield _("'{key}' needs 'start'").format(key=key)
    if values.get("end") == "unknown" and "repeats" in values:
        yield _("what repeats cannot have an unknown end")
