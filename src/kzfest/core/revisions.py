"""What has changed between two versions of a programme: how the events that are the same event differ."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from datetime import date
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias, get_args

from kzfest.core.event_matching import first_and_last_day, form, forms, matched
from kzfest.core.festival_day import instant
from kzfest.core.known_event import KnownEvent
from kzfest.core.localized import choose, person_name
from kzfest.core.model import NOT_HELD

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence
    from datetime import timedelta

    from kzfest.core.event_matching import Pair
    from kzfest.core.known_event import KnownShowing
    from kzfest.core.model import Status, Texts

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

_SEPARATOR = re.compile(r"\s*[,;(\[|/–—\n]")
"""What stands between a place and its address or nickname."""

LASTING: frozenset[ChangeKind] = frozenset({"cancelled", "postponed", "restored", "moved", "added", "dropped", "place"})
"""The changes of when, where and whether; with them the revision of an event rises."""


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


def changes(old: Sequence[KnownEvent], new: Sequence[KnownEvent], *, today: date = date.max) -> list[EventChange]:
    """Return how the events of *new* differ from those of *old*, in the order of *new*; what is missing comes last.

    What ended before *today* and before everything in *new* is past, not gone: a rolling feed drops what is over. What
    a whole version does not say, as a calendar without speakers, has not changed.
    """
    return [each for each in compared(old, new, today=today) if each.kinds]


def compared(old: Sequence[KnownEvent], new: Sequence[KnownEvent], *, today: date = date.max) -> list[EventChange]:
    """Return what `changes` does, with the events that have not changed: they have no kinds."""
    pairs = matched(old, new)
    versions = _Versions(old, new, pairs, today)
    partners = {after.id: before for before, after in pairs}
    kept = {before.id for before, _after in pairs}
    return [
        *(versions.change(partners[each.id], each) if each.id in partners else versions.new(each) for each in new),
        *(versions.gone(each) for each in old if each.id not in kept),
    ]


_TOLD = slice(KnownEvent._fields.index("title"), KnownEvent._fields.index("revision"))
"""The fields of an event that are told when they change."""


class _Versions:
    """Two versions of a programme: what they tell at all, and when."""

    def __init__(
        self, old: Sequence[KnownEvent], new: Sequence[KnownEvent], pairs: Sequence[Pair], today: date
    ) -> None:
        self._old_times, self._new_times = _Times(old), _Times(new)
        self._tell_people = any(each.people for each in old) and any(each.people for each in new)
        is_rolling = _common_shift(pairs) is None
        days = (first_and_last_day(showing)[1] for each in new for showing in each.showings if not showing.open_end)
        self._begun = min(today, min(days, default=date.min)) if is_rolling else date.min
        """What ended before that day is over."""

    def new(self, event: KnownEvent) -> EventChange:
        """Return the change that *event* is new; a part of an old event, split off, is not."""
        return (
            EventChange((), None, event)
            if self._old_times.have_all(event)
            else EventChange(("new",), None, event, added=event.showings)
        )

    def gone(self, event: KnownEvent) -> EventChange:
        """Return the change that *event* is gone, or is past; what has become a part of another event is neither."""
        if self._new_times.have_all(event):
            return EventChange((), event, None)
        dropped, past = self._divided(event.showings)
        return EventChange(("past",) if past and not dropped else ("gone",), event, None, dropped=dropped, past=past)

    def change(self, before: KnownEvent, after: KnownEvent) -> EventChange:
        """Return how an event has changed."""
        if before[_TOLD] == after[_TOLD]:  # most events
            return EventChange((), before, after)
        both, missing, more = _showing_pairs(before, after)
        added = tuple(each for each in more if not self._old_times.have(before, each))
        dropped, past = self._divided([each for each in missing if not self._new_times.have(after, each)])
        status = _status(before, after)
        is_moved = (dropped and added) or before.rule != after.rule
        kinds: dict[ChangeKind, object] = {
            "cancelled": status == "cancelled",
            "postponed": status == "postponed",
            "restored": status == "restored",
            "moved": is_moved,
            "added": added and not is_moved,
            "dropped": dropped and not is_moved,
            "place": (both or is_moved or not more) and other_places(before, after),
            "renamed": forms(before.title).isdisjoint(forms(after.title)),
            "people": self._tell_people and any(other_people(before, after)),
            "past": past,
        }
        return EventChange(tuple(kind for kind, is_so in kinds.items() if is_so), before, after, dropped, added, past)

    def _divided(self, showings: Iterable[KnownShowing]) -> tuple[tuple[KnownShowing, ...], tuple[KnownShowing, ...]]:
        """Return those of *showings* that were still to come, and those that are over."""
        found: tuple[list[KnownShowing], list[KnownShowing]] = [], []
        for each in showings:
            found[not each.open_end and first_and_last_day(each)[1] < self._begun].append(each)
        return tuple(found[0]), tuple(found[1])


class _Times:
    """The times of all events of a version by title, whichever event has them."""

    def __init__(self, events: Sequence[KnownEvent]) -> None:
        self._showings: defaultdict[Hashable, list[KnownShowing]] = defaultdict(list)
        for event in events:
            for each in event.showings:
                for title in forms(event.title):
                    self._showings[title, instant(each.start)].append(each)

    def have(self, event: KnownEvent, showing: KnownShowing) -> bool:
        """Whether an event with the title of *event* has *showing*."""
        there = (self._showings.get((title, instant(showing.start)), ()) for title in forms(event.title))
        return any(
            _same_end(each, showing) and not _is_other_place(each.places, showing.places)
            for found in there
            for each in found
        )

    def have_all(self, event: KnownEvent) -> bool:
        """Whether events with the title of *event* have its showings, if it has some."""
        return bool(event.showings) and all(self.have(event, each) for each in event.showings)


def _common_shift(pairs: Sequence[Pair]) -> timedelta | None:
    """Return by how much more than half of the events have moved, if they have: their festival was put off."""
    dated = [(before.showings, after.showings) for before, after in pairs if before.showings and after.showings]
    shifts = Counter(
        after[0].clock - before[0].clock
        for before, after in dated
        if len(before) == len(after) and {each.clock for each in before}.isdisjoint(each.clock for each in after)
    )
    shift, count = next(iter(shifts.most_common(1)), (None, 0))
    return shift if 2 * count > len(dated) else None


def _showing_pairs(
    before: KnownEvent, after: KnownEvent
) -> tuple[list[tuple[KnownShowing, KnownShowing]], list[KnownShowing], list[KnownShowing]]:
    """Return the showings of an event that are at the same time, and the others of *before* and of *after*."""
    if before.showings == after.showings:
        return list(zip(before.showings, after.showings, strict=True)), [], []
    missing, more = list(before.showings), list(after.showings)
    pairs = []
    for is_same in (_is_same_there, _is_same):
        by_start: defaultdict[Hashable, list[KnownShowing]] = defaultdict(list)
        for each in more:
            by_start[instant(each.start)].append(each)
        for one in missing[:]:
            there = by_start[instant(one.start)]
            other = next((each for each in there if is_same(one, each)), None)
            if other:
                there.remove(other)
                missing.remove(one)
                more.remove(other)
                pairs.append((one, other))
    return pairs, missing, more


def _is_same_there(one: KnownShowing, other: KnownShowing) -> bool:
    return _is_same(one, other) and not _is_other_place(one.places, other.places)


def _is_same(one: KnownShowing, other: KnownShowing) -> bool:
    """Whether two showings are at the same time; an end that was or is unknown has not changed."""
    return instant(one.start) == instant(other.start) and _same_end(one, other)


def _same_end(one: KnownShowing, other: KnownShowing) -> bool:
    if one.open_end != other.open_end:  # a format that cannot tell so has the first day alone
        known = other if one.open_end else one
        return known.end in {None, known.start}
    ends = [instant(each.end) for each in (one, other)]
    return None in ends or ends[0] == ends[1]


def _status(before: KnownEvent, after: KnownEvent) -> Literal["cancelled", "postponed", "restored"] | None:
    """Return which status a time of the event has now, or that one is on again."""
    was, now = _statuses(before), _statuses(after)
    usual = next(iter(was.values())) if len({*was.values()}) == 1 else "scheduled"  # also of times that have moved
    for kind in NOT_HELD:
        if any(status == kind != was.get(start, usual) for start, status in now.items()):
            return "cancelled" if kind == "cancelled" else "postponed"
    is_on = any(status not in NOT_HELD and was.get(start, usual) in NOT_HELD for start, status in now.items())
    return "restored" if is_on else None


def _statuses(event: KnownEvent) -> dict[Hashable, Status]:
    """Return the status of *event* by its starts, or without showings by None."""
    return {instant(each.start): each.status for each in event.showings} or {None: event.status}


def other_places(before: KnownEvent, after: KnownEvent) -> list[tuple[Sequence[Texts], Sequence[Texts]]]:
    """Return the old and the new places of an event that is elsewhere now, each pair of them once.

    Places are compared at the times that have stayed; if there are none, of the whole event. A place that was or is
    unknown has not changed, nor has a room.
    """
    pairs, missing, more = _showing_pairs(before, after)
    at_times = [(one.places, other.places) for one, other in pairs]
    if not at_times and missing and more:
        at_times = [(missing[0].places, more[0].places)]
        if not _is_other_place(*at_times[0]) or {*map(_names_of, missing)} & {*map(_names_of, more)}:
            return []
    if not before.showings and not after.showings:
        at_times = [(before.places, after.places)]
    moved = {(_names(one), _names(other)): (one, other) for one, other in at_times if _is_other_place(one, other)}
    return list(moved.values())


def _is_other_place(one: Sequence[Texts], other: Sequence[Texts]) -> bool:
    """Whether two places, the narrowest name first, are known and are not the same."""
    if not one or not other or one == other:
        return False
    if len(one) == len(other):
        return not all(map(_is_same_name, one, other))
    (alone, *_none), both = sorted((one, other), key=len)  # the room or the venue is not known, or in the same text
    in_one = {language: ", ".join(choose(each, language).text for each in both) for language in both[0]}
    is_room = not forms(alone).isdisjoint(_beginnings(both[0]))
    return not (is_room or any(_is_same_name(alone, each) for each in (*both[1:], in_one)))


def _is_same_name(one: Texts, other: Texts) -> bool:
    """Whether two names of a place are the same, of which one may tell an address or a nickname too."""
    return not (forms(one).isdisjoint(_beginnings(other)) and forms(other).isdisjoint(_beginnings(one)))


def _beginnings(texts: Texts) -> set[str]:
    """Return what a name is compared by, whole and up to each comma or the like."""
    return {
        form(text[:end])
        for text in texts.values()
        for end in (len(text), *(sign.start() for sign in _SEPARATOR.finditer(text)))
    }


def _names(places: Sequence[Texts]) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(forms(each)) for each in places)


def _names_of(showing: KnownShowing) -> tuple[frozenset[str], ...]:
    return _names(showing.places)


def other_people(before: KnownEvent, after: KnownEvent) -> tuple[list[Texts], list[Texts]]:
    """Return the people who no longer take part in an event, and those who take part now."""
    return list(_without(before.people, after.people)), list(_without(after.people, before.people))


def _without(people: Iterable[Texts], others: Iterable[Texts]) -> Iterator[Texts]:
    """Yield those of *people* who are not among *others*, whatever their roles, which may follow a name in brackets."""
    there = {form(person_name(name)) for each in others for name in each.values()}
    return (each for each in people if there.isdisjoint(form(person_name(name)) for name in each.values()))
