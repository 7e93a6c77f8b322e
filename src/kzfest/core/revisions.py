"""What has changed between two versions of a programme: which events are the same, and how they differ."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from itertools import product
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias, get_args

from kzfest.core.festival_day import festival_days, instant
from kzfest.core.folding import fold
from kzfest.core.model import LANGUAGES, NOT_HELD, Showing

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

    from kzfest.core.model import Event, Status, Texts, Venue

    Trait: TypeAlias = "Callable[[KnownEvent], Iterable[Hashable]]"

ChangeKind: TypeAlias = Literal[
    "new",
    "gone",
    "cancelled",
    "postponed",
    "restored",
    "moved",
    "added",
    "dropped",
    "place",
    "renamed",
    "people",
    "past",
]
"""How an event has changed. *added* and *dropped* are some of its times; *past* is over and is no longer listed."""
CHANGE_KINDS: tuple[ChangeKind, ...] = get_args(ChangeKind)
"""All kinds, in the order in which they are told."""

LASTING: frozenset[ChangeKind] = frozenset({"cancelled", "postponed", "restored", "moved", "added", "dropped", "place"})
"""The changes of when, where and whether; with them the revision of an event rises."""


class KnownShowing(NamedTuple):
    """One time of an event in a version of a programme."""

    id: str
    start: date | datetime
    end: date | datetime | None = None
    open_end: bool = False
    places: tuple[Texts, ...] = ()
    """The names of its room and its venue, else its place; empty if unknown."""
    status: Status = "scheduled"


class KnownEvent(NamedTuple):
    """What a version of a programme says of an event, as far as changes of it are told."""

    id: str
    key: str
    """What identifies it in its file: a GUID, an address; in our own format the id."""
    title: Texts
    showings: tuple[KnownShowing, ...] = ()
    places: tuple[Texts, ...] = ()
    """Where it is if it has no showings."""
    rule: str = ""
    """What its times repeat by, if the showings are only the first of them."""
    revision: int = 0
    changed: date | None = None
    people: tuple[Texts, ...] = ()
    status: Status = "scheduled"


class EventChange(NamedTuple):
    """An event before and after; None before it was there, or after it was dropped."""

    kinds: tuple[ChangeKind, ...]
    before: KnownEvent | None
    after: KnownEvent | None
    dropped: tuple[KnownShowing, ...] = ()
    """The times of *before* that *after* has no longer, without those that are over."""
    added: tuple[KnownShowing, ...] = ()
    """The times of *after* that *before* did not have."""
    past: tuple[KnownShowing, ...] = ()
    """The times of *before* that are over, and that *after* has no longer."""

    @property
    def event(self) -> KnownEvent:
        """The event as it is now, or as it was if it is gone."""
        return self.after or self.before  # type: ignore[return-value]  # one of the two is there


def known_event(event: Event, *, key: str, venues: Mapping[str, Venue]) -> KnownEvent:
    """Return what is told of *event* when it changes; *venues* are those of its programme by id."""
    rule = [event.repeats or "", *map(str, event.days_off), str(dict(event.hours)) if event.hours else ""]
    return KnownEvent(
        id=event.id,
        key=key,
        title=event.title,
        showings=tuple(
            KnownShowing(each.id, each.start, each.end, each.open_end, _places_of(here, venues), here.status)
            for each in event.showings
            for here in [event.at(each)]
        ),
        places=_places_of(event, venues),
        people=tuple(person.name for person in event.people),
        status=event.status,
        rule=" ".join(filter(None, rule)),
        revision=event.revision,
        changed=event.changed,
    )


def _places_of(event: Event, venues: Mapping[str, Venue]) -> tuple[Texts, ...]:
    """Return the names of the room and the venue of *event*, else its place, else its city."""
    if event.venue:
        return tuple(venues[event.venue].names_with(event.room))
    return (event.place,) if event.place else ({LANGUAGES[0]: event.city},) if event.city else ()


def changes(old: Sequence[KnownEvent], new: Sequence[KnownEvent]) -> list[EventChange]:
    """Return how the events of *new* differ from those of *old*, in the order of *new*; what is missing comes last.

    What ended before everything in *new* is past, not gone: a rolling feed drops what is over.
    """
    return [each for each in compared(old, new) if each.kinds]


def compared(old: Sequence[KnownEvent], new: Sequence[KnownEvent]) -> list[EventChange]:
    """Return what `changes` does, with the events that have not changed: they have no kinds."""
    begun = min((_last_day(showing) for each in new for showing in each.showings), default=date.min)
    pairs = {after.id: before for before, after in matched(old, new)}
    found = [_change(pairs.get(after.id), after, begun) for after in new]
    kept = {before.id for before in pairs.values()}
    for before in old:
        if before.id not in kept:
            dropped, past = _divided(before.showings, begun)
            is_over = past and not dropped
            found.append(EventChange(("past",) if is_over else ("gone",), before, None, dropped=dropped, past=past))
    return found


def matched(old: Sequence[KnownEvent], new: Sequence[KnownEvent]) -> list[tuple[KnownEvent, KnownEvent]]:
    """Return the pairs of *old* and *new* events that are the same event; no event is in two of them.

    A key alone decides only if most events with equal keys have a title or a start in common: an organiser may give
    all events new keys, or numbers that belonged to others. An event inserted into a numbered list moves the numbers
    behind it, so a title with its time comes before a key with its time. Each step pairs what is left, and only where
    exactly one event of either side fits.
    """
    left, right = _Unmatched(old), _Unmatched(new)
    same_key = _pairs(_Unmatched(old), _Unmatched(new), _keys)
    alike = [
        not {*_titles(one), *_starts(one)}.isdisjoint({*_titles(other), *_starts(other)}) for one, other in same_key
    ]
    is_trusted = 2 * sum(alike) >= len(alike)
    steps = (
        _keys_and(_titles),
        _titles_and_starts,
        *([_keys_and(_starts)] if is_trusted else []),
        _titles_and_places,
        _titles,
        *([_keys] if is_trusted else []),
        _starts_places_and_people,
    )
    return [pair for tell in steps for pair in _pairs(left, right, tell)]


class _Unmatched:
    """Events by id that have no partner yet, in their order."""

    def __init__(self, events: Iterable[KnownEvent]) -> None:
        self.events = {event.id: event for event in events}

    def by(self, tell: Trait) -> dict[Hashable, list[KnownEvent]]:
        """Return the events by what *tell* says of each."""
        found: defaultdict[Hashable, list[KnownEvent]] = defaultdict(list)
        for event in self.events.values():
            for each in dict.fromkeys(tell(event)):
                found[each].append(event)
        return found


def _pairs(left: _Unmatched, right: _Unmatched, tell: Trait) -> list[tuple[KnownEvent, KnownEvent]]:
    """Return, and take out of both sides, the pairs of which *tell* says something that it says of no other event."""
    others = right.by(tell)
    pairs = []
    for said, events in left.by(tell).items():
        fitting = others.get(said, ())
        if len(events) == len(fitting) == 1 and events[0].id in left.events and fitting[0].id in right.events:
            pairs.append((left.events.pop(events[0].id), right.events.pop(fitting[0].id)))
    return pairs


def _keys(event: KnownEvent) -> Iterable[Hashable]:
    return (event.key,)


def _titles(event: KnownEvent) -> Iterable[Hashable]:
    return filter(None, map(fold, event.title.values()))


def _starts(event: KnownEvent) -> Iterable[Hashable]:
    return (instant(each.start) for each in event.showings)


def _keys_and(tell: Trait) -> Trait:
    return lambda event: ((event.key, each) for each in tell(event))


def _titles_and_starts(event: KnownEvent) -> Iterable[Hashable]:
    return product(_titles(event), _starts(event))


def _titles_and_places(event: KnownEvent) -> Iterable[Hashable]:
    return product(_titles(event), _event_places(event))


def _starts_places_and_people(event: KnownEvent) -> Iterable[Hashable]:
    who = _names(event)
    return ((instant(each.start), _where(each.places), who) for each in event.showings if who and each.places)


def _change(before: KnownEvent | None, after: KnownEvent, begun: date) -> EventChange:
    """Return how an event has changed; what ended before *begun* is over."""
    if before is None:
        return EventChange(("new",), None, after, added=after.showings)
    missing, added = _times(before, after)
    dropped, past = _divided(missing, begun)
    kinds: list[ChangeKind] = []
    if status := _status(before, after):
        kinds.append(status)
    if (dropped and added) or before.rule != after.rule:
        kinds.append("moved")
    elif dropped or added:
        kinds.append("dropped" if dropped else "added")
    if _is_elsewhere(before, after, moved=bool(missing and added)):
        kinds.append("place")
    if {*_titles(before)}.isdisjoint(_titles(after)) and before.title != after.title:
        kinds.append("renamed")
    if _names(before) != _names(after):
        kinds.append("people")
    if past:
        kinds.append("past")
    return EventChange(tuple(kinds), before, after, dropped, added, past)


def _times(before: KnownEvent, after: KnownEvent) -> tuple[tuple[KnownShowing, ...], tuple[KnownShowing, ...]]:
    """Return the showings of *before* whose times *after* does not have, and the other way round."""
    there, here = ({_time(each) for each in event.showings} for event in (before, after))
    return (
        tuple(each for each in before.showings if _time(each) not in here),
        tuple(each for each in after.showings if _time(each) not in there),
    )


def _divided(
    showings: Sequence[KnownShowing], begun: date
) -> tuple[tuple[KnownShowing, ...], tuple[KnownShowing, ...]]:
    """Return those of *showings* that were still to come on the day *begun*, and those that were over."""
    over = [_last_day(each) < begun for each in showings]
    return (
        tuple(each for each, is_over in zip(showings, over, strict=True) if not is_over),
        tuple(each for each, is_over in zip(showings, over, strict=True) if is_over),
    )


def _time(showing: KnownShowing) -> Hashable:
    return instant(showing.start), instant(showing.end), showing.open_end


def _status(before: KnownEvent, after: KnownEvent) -> ChangeKind | None:
    was, now = _statuses(before), _statuses(after)
    for kind in NOT_HELD:
        if now.get(kind, set()) - was.get(kind, set()):
            return "cancelled" if kind == "cancelled" else "postponed"
    gone = {start for kind in NOT_HELD for start in was.get(kind, ())}
    off = {start for kind in NOT_HELD for start in now.get(kind, ())}
    return "restored" if gone and not off else None


def _statuses(event: KnownEvent) -> dict[Status, set[Hashable]]:
    """Return the starts of the showings of *event* by status; a status of the whole event has the start None."""
    found: dict[Status, set[Hashable]] = {}
    if event.status != "scheduled":
        found[event.status] = {None}
        return found
    for each in event.showings:
        found.setdefault(each.status, set()).add(instant(each.start))
    return found


def _is_elsewhere(before: KnownEvent, after: KnownEvent, *, moved: bool) -> bool:
    """Whether a showing that stays is at another place, or all showings if they have *moved*.

    A place that was or is unknown has not changed.
    """
    was = {_time(each): _where(each.places) for each in before.showings}
    both = [(was[_time(each)], _where(each.places)) for each in after.showings if _time(each) in was]
    if moved and not both:
        both = [(_event_places(before), _event_places(after))]
    if not before.showings and not after.showings:
        both = [(_where(before.places), _where(after.places))]
    return any(one and other and one.isdisjoint(other) for one, other in both)


def _event_places(event: KnownEvent) -> frozenset[str]:
    return frozenset().union(_where(event.places), *(_where(each.places) for each in event.showings))


def _where(places: Sequence[Texts]) -> frozenset[str]:
    """Return the search forms of the narrowest of *places*, in every language."""
    return frozenset(map(fold, places[0].values())) if places else frozenset()


def _names(event: KnownEvent) -> frozenset[str]:
    """Return the search forms of the people of *event*, each in its first language."""
    return frozenset(fold(next(iter(each.values()))) for each in event.people)


def _last_day(showing: KnownShowing) -> date:
    if showing.open_end:
        return date.max
    return festival_days(Showing(id="", start=showing.start, end=showing.end))[1]
