"""Several files that describe one programme, as one: the same events matched, and what the files disagree on.

The order of the files is their rank. Nothing is guessed: of events that fit to several others, each stays by itself.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from kzfest.core.errors import KzfestError
from kzfest.core.event_matching import form, matched
from kzfest.core.festival_day import widened
from kzfest.core.folding import fold
from kzfest.core.known_event import known_event
from kzfest.i18n import _
from kzfest.programme.decode import day_or_moment, event_of, venue_of
from kzfest.programme.importing.identity import free_key
from kzfest.programme.importing.limits import MOST_ALIASES
from kzfest.programme.importing.local_times import existing_day, iso_minutes
from kzfest.programme.importing.merged_event import MergedEvent
from kzfest.programme.reading.programme_writer import ProgrammeRecords
from kzfest.programme.zones import zone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from kzfest.core.known_event import KnownEvent
    from kzfest.core.model import Head
    from kzfest.programme.decode import Values
    from kzfest.programme.importing.conversion import ConvertedFile
    from kzfest.programme.importing.merged_event import Disagreement


def file_with_zone(files: Sequence[ConvertedFile]) -> ConvertedFile | None:
    """Return the first of *files* that names a time zone, else the first that has an offset."""
    found = [file for file in files if not file.records.head.in_zone_of_computer]
    return next(
        (file for file in found if not file.records.head.timezone.startswith(OFFSET_ALONE)), next(iter(found), None)
    )


OFFSET_ALONE = "Etc/GMT"
"""How the names of zones begin that are only an offset."""
WORDS_IN_COMMON = 0.5
"""The share of the words of the shorter of two titles that the other one has, if they may mean the same event."""


class UnclearMatch(NamedTuple):
    """Events that may be the same, and are kept apart."""

    titles: Sequence[str]
    """The title in the files before, and in the file *source* if that is another one."""
    events: Sequence[int]
    """How many there are in the files before, and in the file *source*."""
    source: str


class MergedFiles(NamedTuple):
    """One programme made of several files, and what is to be settled."""

    records: ProgrammeRecords
    files: Mapping[str, str]
    """The names of the files by the keys of their sources."""
    disagreements: Sequence[Disagreement]
    unclear: Sequence[UnclearMatch]
    alone: Mapping[str, int]
    """How many events only the file with this key has."""
    other_texts: int
    """Long texts that differ from those of a file of higher rank, and are left out."""


def merged(files: Sequence[ConvertedFile]) -> MergedFiles:
    """Return the programme of all *files*; the first that says something is right. Raises KzfestError.

    Its time zone is the first that has a name: an offset alone does not say when clocks change.
    """
    timezone = (file_with_zone(files) or files[0]).records.head.timezone
    merge = _Merge(files[0].records.head._replace(timezone=timezone))
    for file in files:
        merge.add(file)
    return merge.result()


class _Merge:
    """Collects the records of the files, one after the other."""

    def __init__(self, head: Head) -> None:
        self._head = head
        self._timezone = head.timezone
        self._sources: dict[str, Values] = {}
        self._venues: dict[str, Values] = {}
        self._events: dict[str, MergedEvent] = {}
        self._keys: dict[str, str] = {}
        self._files: dict[str, str] = {}
        self._found_in: defaultdict[str, list[str]] = defaultdict(list)
        self._unclear: list[UnclearMatch] = []

    def add(self, file: ConvertedFile) -> None:
        """Add the records of *file*."""
        head = file.records.head
        is_other = file.name not in self._files.values()
        self._files[file.source] = file.name if is_other else f"{file.name} ({file.source})"
        venues, events = file.records.venues, file.records.events
        keys = self._add_sources(file)
        venues = [_with_sources(values, keys, file.source) for values in venues]
        events = [_in_zone(values, head.timezone, self._timezone, file.name) for values in events]
        self._head = _joined(self._head, self._covering(head, events))
        events = [_with_sources(values, keys, file.source) for values in events]
        venue_ids, rooms = self._add_venues(venues)
        events = [_with_venues(values, venue_ids, rooms) for values in events]
        pairs = self._pairs(events, file)
        ids = pairs | self._new_ids([values["id"] for values in events if values["id"] not in pairs])
        for values in events:
            event_id = ids[values["id"]]
            if "parent" in values:
                values["parent"] = ids[values["parent"]]
                if self._is_above(event_id, values["parent"]):
                    del values["parent"]
            if values["id"] in pairs:
                self._events[event_id].add(values, file.source, venues=self._venues, timezone=self._timezone)
            else:
                self._events[event_id] = MergedEvent(values | {"id": event_id}, file.source, self._head.language)
                self._keys[event_id] = file.keys[values["id"]]
            self._found_in[event_id].append(file.source)

    def result(self) -> MergedFiles:
        """Return the programme of all files so far."""
        alone: dict[str, int] = dict.fromkeys(self._files, 0)
        for sources in self._found_in.values():
            if len(sources) == 1:
                alone[sources[0]] += 1
        events = self._events.values()
        return MergedFiles(
            ProgrammeRecords(
                self._head,
                self._sources,
                [*self._venues.values()],
                [event.values for event in events],
                {key: event.gave for key, event in self._events.items()},
            ),
            self._files,
            [each for event in events for each in event.disagreements],
            self._unclear,
            alone,
            sum(event.other_texts for event in events),
        )

    def _covering(self, head: Head, events: Sequence[Values]) -> Head:
        """Return *head* with the days of its *events* in the time zone of the programme, where days may be others."""
        if head.timezone == self._timezone:
            return head
        covered = (head.first, head.last) if head.first and head.last else None
        for values in events:
            covered = widened(covered, event_of(values, timezone=self._timezone))
        return head._replace(first=covered[0], last=covered[1]) if covered else head

    def _add_sources(self, file: ConvertedFile) -> dict[str, str]:
        """Add the sources of *file* and the file itself, and return their keys by those that the file uses."""
        keys: dict[str, str] = {}
        for key, values in {**file.records.sources, file.source: file.about}.items():
            is_known = self._sources.get(key) == values and key != file.source
            keys[key] = key if is_known or key not in self._sources else free_key(key, self._sources)
            self._sources[keys[key]] = values
        return keys

    def _add_venues(self, venues: Sequence[Values]) -> tuple[dict[str, str], dict[tuple[str, str], str]]:
        """Add *venues*, and return their ids, and those of their rooms by the former ids of venue and room.

        A venue whose name only one known venue has is that one.
        """
        ids: dict[str, str] = {}
        for tell in (form, fold):
            taken = {*ids.values()}
            left = {key: values for key, values in self._venues.items() if key not in taken}
            right = {values["id"]: values for values in venues if values["id"] not in ids}
            ids |= _one_to_one(right, left, tell)
        rooms: dict[tuple[str, str], str] = {}
        for values in venues:
            key = values["id"]
            if key in ids:
                first = self._venues[ids[key]]
                named = _rooms_named(values, first)
                rooms |= {(key, room): found for room, found in named.items()}
                renamed = {named[room]: each for room, each in values.get("rooms", {}).items()}
                self._venues[ids[key]] = _joined_venues(first, values | ({"rooms": renamed} if renamed else {}))
            else:
                ids[key] = free_key(key, self._venues)
                self._venues[ids[key]] = values | {"id": ids[key]}
        return ids, rooms

    def _new_ids(self, ids: Sequence[str]) -> dict[str, str]:
        """Return ids for events of a further file: their own, if no other event has them."""
        found = {each: each for each in ids if each not in self._events}
        taken = {*self._events, *found}
        for each in ids:
            if each not in found:
                found[each] = free_key(each, taken)
                taken.add(found[each])
        return found

    def _pairs(self, events: Sequence[Values], file: ConvertedFile) -> dict[str, str]:
        """Return the id of the known event that is the same as each of *events*, where exactly one is."""
        if len(self._files) == 1:
            return {}
        venues = {key: venue_of(values) for key, values in self._venues.items()}

        def known(values: Values, key: str) -> KnownEvent:
            return known_event(event_of(values, timezone=self._timezone), key=key, venues=venues)

        old = [known(event.values, self._keys[key]) for key, event in self._events.items()]
        new = [known(values, file.keys[values["id"]]) for values in events]
        pairs = {after.id: before.id for before, after in matched(old, new)}
        taken = {*pairs.values()}
        left = [each for each in old if each.id not in taken]
        right = [each for each in new if each.id not in pairs]
        by_id = {each.id: each for each in (*left, *right)} if left and right else {}
        for after, before in _in_one_place_at_one_time(right, left, (new, old)).items():
            if _may_be_one(by_id[after], by_id[before]):
                pairs[after] = before
            else:
                titles = [next(iter(by_id[each].title.values())) for each in (before, after)]
                self._unclear.append(UnclearMatch(titles, (1, 1), file.source))
        taken = {*pairs.values()}
        self._unclear += _unclear(
            [each for each in left if each.id not in taken],
            [each for each in right if each.id not in pairs],
            file.source,
        )
        return pairs

    def _is_above(self, event: str, parent: str) -> bool:
        """Whether *event* is *parent* or contains it."""
        above: str | None = parent
        seen: set[str] = set()
        while above and above not in seen:
            if above == event:
                return True
            seen.add(above)
            above = self._events[above].values.get("parent") if above in self._events else None
        return False


def _joined(first: Head, other: Head) -> Head:
    """Return the *first* head with the days, labels and synonyms of the *other* too."""
    firsts = [day for day in (first.first, other.first) if day]
    lasts = [day for day in (first.last, other.last) if day]
    return first._replace(
        revised=max(first.revised, other.revised),
        first=min(firsts, default=None),
        last=max(lasts, default=None),
        labels={**other.labels, **first.labels},
        synonyms={**other.synonyms, **first.synonyms},
    )


def _joined_venues(first: Values, other: Values) -> Values:
    """Return the venue *first* with what only the *other* says of it."""
    known = {*map(form, first["name"].values())}
    names = [name for name in other["name"].values() if form(name) not in known]
    aliases = dict.fromkeys([*first.get("aliases", ()), *names, *other.get("aliases", ())])
    sources = dict.fromkeys([*first.get("sources", ()), *other.get("sources", ())])
    rooms = {**other.get("rooms", {}), **first.get("rooms", {})}
    return (
        {key: value for key, value in other.items() if key != "translated"}
        | first
        | ({"aliases": list(aliases)[:MOST_ALIASES]} if aliases else {})
        | ({"sources": list(sources)} if sources else {})
        | ({"rooms": rooms} if rooms else {})
    )


def _rooms_named(venue: Values, first: Values) -> dict[str, str]:
    """Return the ids that the rooms of *venue* get among those of *first*, which is the same venue."""
    known = {form(name): key for key, room in first.get("rooms", {}).items() for name in room["name"].values()}
    taken = {*known.values(), *first.get("rooms", {})}
    found: dict[str, str] = {}
    for key, room in venue.get("rooms", {}).items():
        same = next((known[each] for each in map(form, room["name"].values()) if each in known), None)
        found[key] = same or free_key(key, taken)
        taken.add(found[key])
    return found


def _one_to_one(right: Mapping[str, Values], left: Mapping[str, Values], tell: Callable[[str], str]) -> dict[str, str]:
    """Return the ids of *left* for those venues of *right* with the same name, where each has one that fits."""
    fitting: defaultdict[str, set[str]] = defaultdict(set)
    back: defaultdict[str, set[str]] = defaultdict(set)
    by_name: defaultdict[str, list[str]] = defaultdict(list)
    for key, values in left.items():
        for name in {*map(tell, values["name"].values())}:
            by_name[name].append(key)
    for key, values in right.items():
        for name in {*map(tell, values["name"].values())}:
            for other in by_name[name] if name else ():
                cities = {tell(each["city"]) for each in (values, left[other]) if "city" in each}
                if len(cities) < 2:
                    fitting[key].add(other)
                    back[other].add(key)
    return {
        key: other for key, others in fitting.items() if len(others) == 1 for other in others if len(back[other]) == 1
    }


def _in_one_place_at_one_time(
    right: Sequence[KnownEvent], left: Sequence[KnownEvent], everything: Iterable[Sequence[KnownEvent]]
) -> dict[str, str]:
    """Return the ids of *left* for the events of *right* that begin at the same time in the same place.

    They have other titles, so no other event of either file may begin there and then.
    """
    crowded: set[tuple[object, str]] = set()
    for events in everything:
        seen: set[tuple[object, str]] = set()
        for event in events:
            for each in _times_and_places(event):
                (crowded if each in seen else seen).add(each)
    by_time = {each: event.id for event in left for each in _times_and_places(event) if each not in crowded}
    found: defaultdict[str, set[str]] = defaultdict(set)
    for event in right:
        for each in _times_and_places(event):
            if each in by_time and each not in crowded:
                found[event.id].add(by_time[each])
    alone = [next(iter(others)) for others in found.values() if len(others) == 1]
    return {
        key: other for key, others in found.items() if len(others) == 1 for other in others if alone.count(other) == 1
    }


def _may_be_one(one: KnownEvent, other: KnownEvent) -> bool:
    """Whether two events at one time in one place are the same under titles in two languages or of similar words."""
    people, others = ({fold(name) for texts in each.people for name in texts.values()} for each in (one, other))
    if people and others:
        return not people.isdisjoint(others)
    languages = {*one.title} & {*other.title}
    words, its = ({word for text in each.title.values() for word in fold(text).split()} for each in (one, other))
    return not languages or len(words & its) >= WORDS_IN_COMMON * min(len(words), len(its)) > 0


def _times_and_places(event: KnownEvent) -> set[tuple[object, str]]:
    return {
        (showing.start.timestamp(), fold(name))
        for showing in event.showings
        if isinstance(showing.start, datetime)
        for texts in showing.places[:1]
        for name in texts.values()
    }


def _unclear(left: Sequence[KnownEvent], right: Sequence[KnownEvent], source: str) -> list[UnclearMatch]:
    """Return the titles that events of both sides have, which were not matched all the same."""
    ours: defaultdict[str, list[KnownEvent]] = defaultdict(list)
    theirs: defaultdict[str, list[KnownEvent]] = defaultdict(list)
    for found, events in ((ours, left), (theirs, right)):
        for event in events:
            for title in {*map(fold, event.title.values())}:
                found[title].append(event)
    return [
        UnclearMatch([next(iter(events[0].title.values()))], (len(events), len(theirs[title])), source)
        for title, events in ours.items()
        if title in theirs
    ]


def _with_sources(values: Values, keys: Mapping[str, str], source: str) -> Values:
    """Return a record with the file *source* among its sources, whose keys become those of the programme."""
    found = dict(values)
    found["sources"] = list(dict.fromkeys([*(keys[key] for key in values.get("sources", ())), source]))
    if "hours_source" in values:
        found["hours_source"] = keys[values["hours_source"]]
    if "source" in values.get("location", {}):
        found["location"] = values["location"] | {"source": keys[values["location"]["source"]]}
    if "disputes" in values:
        found["disputes"] = [each | {"source": keys[each["source"]]} for each in values["disputes"]]
    return found


def _with_venues(values: Values, ids: Mapping[str, str], rooms: Mapping[tuple[str, str], str]) -> Values:
    """Return an event with the *ids* of the venues and *rooms* in the merged programme."""

    def placed(part: Values) -> Values:
        venue = part.get("venue", values.get("venue"))
        found = part | ({"venue": ids[part["venue"]]} if "venue" in part else {})
        return found | ({"room": rooms.get((str(venue), part["room"]), part["room"])} if "room" in part else {})

    showings = {"showings": [placed(each) for each in values["showings"]]} if "showings" in values else {}
    return placed(values) | showings


def _in_zone(values: Values, from_zone: str, to_zone: str, file: str) -> Values:
    """Return an event of *file* with times that the clocks of the programme show. Raises KzfestError."""
    if from_zone == to_zone:
        return values
    if {"hours", "repeats"} & set(values):
        message = _("{file} has the time zone {zone} and events that repeat; give both files the same with {option}")
        raise KzfestError(message.format(file=file, zone=from_zone, option="--zone"))

    def moved(part: Values) -> Values:
        if "zone" in part:
            return part
        clocks = {
            key: day_or_moment(part[key], from_zone)
            for key in ("start", "end")
            if part.get(key, "unknown") != "unknown"
        }
        return part | {
            key: iso_minutes(
                clock.astimezone(zone(to_zone)) if isinstance(clock, datetime) else existing_day(clock, to_zone)
            )
            for key, clock in clocks.items()
        }

    if "showings" in values:
        return values | {"showings": [moved(each) for each in values["showings"]]}
    return moved(values)
