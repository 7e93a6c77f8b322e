"""Which events of two versions of a programme are the same event."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, TypeAlias

from kzfest.core.festival_day import festival_days, instant
from kzfest.core.folding import unmarked
from kzfest.core.localized import person_name

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence
    from datetime import date

    from kzfest.core.known_event import KnownEvent, KnownShowing
    from kzfest.core.model import Texts

    Trait: TypeAlias = "Callable[[KnownEvent], Iterable[Hashable]]"
    Pair: TypeAlias = "tuple[KnownEvent, KnownEvent]"

ALIKE = 0.6
"""How similar two titles at one time and place must be, from 0 to 1, to be one title with another spelling."""
ALIKE_ELSEWHERE = 0.8
"""The same if the places differ."""
COMPARED_AT_ONCE, COMPARED_IN_ALL = 2_500, 250_000
"""Pairs of titles, at one time and in all, that are compared; more are events of two other programmes."""
FORMS_KEPT = 200_000
"""Texts whose form is kept: the titles, names and places of two large programmes."""
GIVEN_ANEW = 3
"""Events with equal keys and nothing else in common: if most are so, keys have been given anew."""
_NUMBER = re.compile(r"(?<![0-9a-z])\d{1,6}(?![0-9a-z])", re.IGNORECASE)
_NON_WORD = re.compile(r"[\W_]+")
_AND = re.compile(r"&|\+|\b(?:and|und|et|и|және)\b")
"""What people write for "and"."""


def matched(old: Sequence[KnownEvent], new: Sequence[KnownEvent]) -> list[Pair]:
    """Return the pairs of *old* and *new* events that are the same event; no event is in two of them.

    A key alone decides only if most events with equal keys have a title or a start in common: an organiser may give
    all events new keys, or numbers that belonged to others. Of keys that are no numbers, two exceptions prove nothing.
    An event inserted into a numbered list moves the numbers behind it, so a title with its time comes before a key with
    its time. Each step pairs what is left, and only where exactly one event of either side fits; in the end, events
    that nothing tells apart are paired in order, and titles that are spelt differently.
    """
    left, right = _Unmatched(old), _Unmatched(new)
    is_trusted = _are_trusted(_pairs(_Unmatched(old), _Unmatched(new), _keys))
    steps = (
        *([_keys_and(_titles)] if is_trusted else []),
        _titles_starts_and_places,
        _titles_and_starts,
        _keys_and(_starts if is_trusted else _titles),
        _titles_and_places,
        _titles_and_days,
        _titles,
        *([_keys] if is_trusted else []),
        _starts_places_and_people,
    )
    pairs = [pair for trait in steps for pair in _pairs(left, right, trait)]
    for trait in (_titles_and_starts, _titles):
        pairs += _in_order(left, right, trait)
    return pairs + _spelt_alike(left, right)


def _are_trusted(same_key: Sequence[Pair]) -> bool:
    """Whether keys decide, to judge by the pairs with the same one."""
    unlike = [
        one.key
        for one, other in same_key
        if {*_titles(one), *_starts(one)}.isdisjoint({*_titles(other), *_starts(other)})
    ]
    return 2 * len(unlike) <= len(same_key) or (len(unlike) < GIVEN_ANEW and not any(map(_NUMBER.search, unlike)))


class _Unmatched:
    """Events by id that have no partner yet, in their order."""

    def __init__(self, events: Iterable[KnownEvent]) -> None:
        self.events = {event.id: event for event in events}

    def by(self, trait: Trait) -> dict[Hashable, list[KnownEvent]]:
        """Return the events by each *trait* of theirs."""
        found: defaultdict[Hashable, list[KnownEvent]] = defaultdict(list)
        for event in self.events.values():
            for each in dict.fromkeys(trait(event)):
                found[each].append(event)
        return found


def _pairs(left: _Unmatched, right: _Unmatched, trait: Trait) -> list[Pair]:
    """Return, and take out of both sides, the pairs with a *trait* that no other event has.

    Of several partners, an event gets that with which it has the most in common.
    """
    others = right.by(trait)
    fitting = Counter(
        (events[0].id, partners[0].id)
        for each, events in left.by(trait).items()
        for partners in [others.get(each, ())]
        if len(events) == len(partners) == 1
    )
    return _taken(left, right, (pair for pair, _count in sorted(fitting.items(), key=lambda each: (-each[1], each[0]))))


def _in_order(left: _Unmatched, right: _Unmatched, trait: Trait) -> list[Pair]:
    """Return, and take out of both sides, pairs of as many events with the same *trait*, in the order of their times.

    If one side has more of them and all are at one time, as a duplicate is, the first ones are paired.
    """
    ours, theirs = left.by(trait), right.by(trait)
    pairs = []
    for each in sorted({*ours} & {*theirs}, key=repr):
        events, partners = (
            sorted((event for event in group if event.id in side.events), key=_order)
            for group, side in ((ours[each], left), (theirs[each], right))
        )
        if len(events) == len(partners) or len({tuple(_starts(event)) for event in events + partners}) == 1:
            found = zip(events, partners, strict=False)
            pairs += _taken(left, right, ((one.id, other.id) for one, other in found))
    return pairs


def _taken(left: _Unmatched, right: _Unmatched, pairs: Iterable[tuple[str, str]]) -> list[Pair]:
    """Return, and take out of both sides, those of *pairs* whose events have no partner yet."""
    return [
        (left.events.pop(one), right.events.pop(other))
        for one, other in pairs
        if one in left.events and other in right.events
    ]


def _order(event: KnownEvent) -> tuple[list[str], str]:
    return [each.start.isoformat() for each in event.showings], event.id


def _spelt_alike(left: _Unmatched, right: _Unmatched) -> list[Pair]:
    """Return, and take out of both sides, pairs at the same time whose titles are similar, the most similar first."""
    others = right.by(_starts)
    groups = [(events, others.get(start, [])) for start, events in left.by(_starts).items()]
    groups = [each for each in groups if len(each[0]) * len(each[1]) <= COMPARED_AT_ONCE]
    if sum(len(events) * len(partners) for events, partners in groups) > COMPARED_IN_ALL:
        return []
    likenesses = [
        (-likeness, (one.id, other.id))
        for group in groups
        for one, other in product(*group)
        for likeness in [_likeness(one, other)]
        if likeness >= (ALIKE if _is_near(one, other) else ALIKE_ELSEWHERE)
    ]
    return _taken(left, right, (ids for _likeness_of_two, ids in sorted(likenesses)))


def _likeness(one: KnownEvent, other: KnownEvent) -> float:
    """Return how similar the titles are that are most similar: the share of their pairs of letters."""
    return max((_share(*each) for each in product(_titles(one), _titles(other))), default=0)


def _share(one: str, other: str) -> float:
    ours, theirs = _pairs_of_letters(one), _pairs_of_letters(other)
    return 2 * (ours & theirs).total() / (ours.total() + theirs.total())


@lru_cache(COMPARED_AT_ONCE)
def _pairs_of_letters(text: str) -> Counter[tuple[str, str]]:
    return Counter(zip(f" {text}", f"{text} ", strict=True))


def _is_near(one: KnownEvent, other: KnownEvent) -> bool:
    here, there = event_places(one), event_places(other)
    return not here or not there or not here.isdisjoint(there)


@lru_cache(FORMS_KEPT)
def form(text: str) -> str:
    """Return what *text* is compared by: without regard to case, punctuation and diacritics.

    It keeps more than the search form, in which two rooms may be one.

    >>> form("Café – «Art»: Live!") == form("CAFE ART live"), form("Part I") == form("Part II")
    (True, False)
    >>> form("Bread & wine") == form("Bread and Wine")
    True
    """
    letters = unmarked(unicodedata.normalize("NFKC", text).casefold())
    return _NON_WORD.sub(" ", _AND.sub(" and ", letters)).strip() or text


def forms(texts: Texts) -> set[str]:
    """Return what a text is compared by, in every language."""
    return set(map(form, texts.values()))


def _keys(event: KnownEvent) -> Iterable[Hashable]:
    return (event.key,)


def _titles(event: KnownEvent) -> list[str]:
    return list(map(form, event.title.values()))


def _starts(event: KnownEvent) -> list[Hashable]:
    return [instant(each.start) for each in event.showings]


def _keys_and(trait: Trait) -> Trait:
    return lambda event: ((event.key, each) for each in trait(event))


def _titles_starts_and_places(event: KnownEvent) -> Iterable[Hashable]:
    return (
        (title, instant(each.start), place)
        for title, each in product(_titles(event), event.showings)
        for place in _narrowest(each.places)
    )


def _titles_and_starts(event: KnownEvent) -> Iterable[Hashable]:
    return product(_titles(event), _starts(event))


def _titles_and_places(event: KnownEvent) -> Iterable[Hashable]:
    return product(_titles(event), event_places(event))


def _titles_and_days(event: KnownEvent) -> Iterable[Hashable]:
    return product(_titles(event), {first_and_last_day(each)[0] for each in event.showings})


def _starts_places_and_people(event: KnownEvent) -> Iterable[Hashable]:
    who = frozenset(form(person_name(next(iter(each.values())))) for each in event.people)
    return ((instant(each.start), _narrowest(each.places), who) for each in event.showings if who and each.places)


def event_places(event: KnownEvent) -> frozenset[str]:
    """Return what the rooms and venues of *event* are compared by, of each showing the narrowest."""
    return frozenset().union(_narrowest(event.places), *(_narrowest(each.places) for each in event.showings))


def _narrowest(places: Sequence[Texts]) -> frozenset[str]:
    return frozenset(forms(places[0])) if places else frozenset()


def first_and_last_day(showing: KnownShowing) -> tuple[date, date]:
    """Return the festival days on which *showing* begins and ends."""
    return festival_days(showing.times)
