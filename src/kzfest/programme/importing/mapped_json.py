"""Read JSON as a map says: its entries, and what their values mean."""

from __future__ import annotations

import re
from collections import Counter
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any

from kzfest.core.errors import FaultyProgrammeError
from kzfest.i18n import _, ngettext
from kzfest.programme.importing import moments
from kzfest.programme.importing.entries import Cost, Entry, Festival, Participant, Place, Reading
from kzfest.programme.importing.json_maps import lists_of
from kzfest.programme.importing.json_paths import Finder, Key, Path, Trail, walk
from kzfest.programme.importing.json_text import in_one_language, text_in_json
from kzfest.programme.importing.json_values import (
    at,
    in_zone,
    number_of,
    there,
    time_of,
    time_written,
    whole_number_of,
    written_time,
)
from kzfest.programme.importing.limits import MOST_ENTRIES
from kzfest.programme.importing.locations import location_place, part_addresses
from kzfest.programme.importing.time_zone import known_name
from kzfest.programme.importing.written_days import month_first_of
from kzfest.programme.zones import zone

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kzfest.core.model import Status
    from kzfest.programme.files import ImportOptions
    from kzfest.programme.importing.entries import Clock, Words
    from kzfest.programme.importing.json_maps import JsonMap, Paths, TextsByLanguage
    from kzfest.programme.importing.json_values import When

FROM_TOP = frozenset({"entries", "festival", "next_page"})
"""The keys of a map whose paths begin at the top of the file, with or without a slash."""
ENTRIES_TRIED = 100
"""Entries among which one must fit a map."""
_STATUSES: Mapping[str, Status] = {
    **dict.fromkeys(("canceled", "cancelled", "withdrawn"), "cancelled"),
    **dict.fromkeys(("postponed", "rescheduled"), "postponed"),
}


def fits(value: Any, json_map: JsonMap) -> bool:
    """Whether one of the first entries in *value* has everything that *json_map* wants of its kind."""
    finder = Finder(value)
    wanted: Sequence[Paths] = json_map.keys.get("fits", ())
    return any(
        all(any(finder.values(path, outer, _own(outer)) for path in paths) for paths in wanted)
        for outer in islice(_entries(json_map, value), ENTRIES_TRIED)
    )


def read(value: Any, json_map: JsonMap, options: ImportOptions, *, is_own: bool) -> Reading:
    """Return the programme in *value*, read by *json_map*; *is_own*: which the user wrote.

    Raises SyntaxError, and FaultyProgrammeError if the user's map finds nothing.
    """
    if json_map.keys.get("is") == "persons":
        message = _("the persons of a {kind} programme; name the file of its schedule")
        raise SyntaxError(message.format(kind=json_map.name))
    return MappedReader(value, json_map, options).reading(is_own=is_own)


class MappedReader:
    """Reads the entries in *root* as *json_map* says."""

    def __init__(self, root: Any, json_map: JsonMap, options: ImportOptions) -> None:
        self._map = json_map
        self._keys = json_map.keys
        self._options = options
        self._finder = Finder(root)
        self._top = Trail((), (root,), {})
        self._outer = self._inner = self._top
        self._left_out: Counter[str] = Counter()
        self._unread: list[str] = []
        self._guesses: list[str] = []
        self._lines: list[Place] = []
        """The places that a line with an address after commas names."""
        roles = "|".join(map(re.escape, self._keys.get("roles", ())))
        self._role = re.compile(rf"(.*\S)\s*\(({roles})\)\s*", re.IGNORECASE | re.DOTALL) if roles else None

    def reading(self, *, is_own: bool) -> Reading:
        """Return what the file contains. If it has no entries, and the map *is_own*, raises FaultyProgrammeError."""
        festival = self._festival()
        first: Trail | None = None
        entries: list[Entry] = []
        for outer in _entries(self._map, self._top.nodes[0]):
            self._outer, self._inner = outer, _own(outer)
            first = first or outer
            if not self._is_wanted():
                continue
            for inner in self._showings(outer):
                self._inner = inner
                entries.append(self._entry())
            if len(entries) > MOST_ENTRIES:
                break
        if first is None and is_own:
            raise FaultyProgrammeError([self._lost("entries", 0, self._top)])
        _name_untitled(entries)
        part_addresses(self._lines)
        remarks = list(self._remarks())
        if is_own:
            remarks += [str(each) for each in self._without_use(first or self._top)]
        return Reading(kind=self._map.name, festival=festival, entries=entries, remarks=remarks)

    def _festival(self) -> Festival:
        given = self._keys.get("festival", {})
        texts = {key: self._text(paths) or None for key, paths in given.items() if key != "title"}
        days = {key: moments.day_of(moments.iso_time(texts.pop(key, None))) for key in ("first", "last", "revised")}
        return Festival(title=self._words(given.get("title", ())), **{"id": ""} | texts, **days)  # type: ignore[arg-type]

    def _is_wanted(self) -> bool:
        """Whether the entry has the words that the map wants; counts those that have not."""
        for path, wanted in self._map.only.items():
            words = self._text((path,)) if path else ""
            if words and words not in wanted:
                self._left_out[words] += 1
                return False
        return True

    def _showings(self, outer: Trail) -> list[Trail]:
        """Return the ways to the showings of an entry: the items of the last list in the path of its times."""
        entry = outer.nodes[-1]
        for path in (*self._keys.get("start", ()), *self._keys.get("date", ())):
            if not path.from_top and (upto := lists_of(path)):
                found = list(islice(walk(path, entry, upto), MOST_ENTRIES + 1))
                if found:
                    return found
        return [_own(outer)]

    def _entry(self) -> Entry:
        start, end = self._times()
        kind = self._field("kind")
        tracks = self._several("tracks")
        place, ways = self._place()
        return Entry(
            title=self._words(self._keys["title"]),
            keys={key: text for key in ("guid", "code", "uid", "id") if (text := self._field(key))},
            instance=self._field("instance"),
            series=self._field("series"),
            start=start,
            end=end,
            zone=self._field("zone"),
            place=place,
            summary=tuple(self._words((part,)) for part in self._keys.get("summary", ())),
            kind=kind,
            tracks=tracks,
            tags=(*(tag for tag in self._several("tags") if tag != kind and tag not in tracks), *ways),
            languages=self._several("languages"),
            people=tuple(self._people()),
            organiser=self._field("organiser"),
            links=tuple(self._labelled("links", "url")),
            details=tuple(self._labelled("details", "value")),
            url=self._field("url"),
            image=self._field("image"),
            tickets=self._field("tickets"),
            cost=self._cost(),
            sold_out=self._truth("sold_out"),
            age=whole_number_of(self._field("age")),
            status=_STATUSES.get((self._field("status") or "").casefold()),
            note=", ".join(self._several("note")) or None,
            revision=whole_number_of(self._field("revision")) or 0,
            changed=moments.day_of(self._time("changed")),
        )

    def _times(self) -> tuple[Clock | None, Clock | None]:
        """Return the start and the end of the showing; hours without a day are those of its date."""
        start, end, day = (self._time(key) for key in ("start", "end", "date"))
        with suppress(OverflowError):
            if isinstance(start, time) or start is None:
                start = at(moments.day_of(day), start)
            if isinstance(end, time):
                end = at(moments.day_of(start), end)
                if isinstance(start, datetime) and isinstance(end, datetime) and end < start:
                    end += timedelta(days=1)
            if end is None and isinstance(start, datetime) and (lasts := moments.duration(self._field("duration"))):
                end = start + lasts
            if isinstance(end, date) and not isinstance(end, datetime) and self._keys.get("last_day") == "excluded":
                end -= timedelta(days=1)
            return self._days(start, end)
        return None, None

    def _days(self, start: Clock | None, end: Clock | None) -> tuple[Clock | None, Clock | None]:
        """Return *start* and *end* in the zone of the entry, as days if they are midnights that mean days."""
        name = self._options.zone or known_name(self._field("zone") or "")
        own = zone(name) if name else None
        start, end = (in_zone(each, own) for each in (start, end))
        if self._keys.get("midnight") != "whole-day" or not isinstance(start, datetime):
            return start, end
        first = there(start, own)
        last = there(end, own) if isinstance(end, datetime) else first
        if first.time() == time() and first == last:
            return first.date(), None
        if first.time() == time() and first < last and (last.time() == time() or last.time() >= moments.LAST_MINUTE):
            return first.date(), (last - timedelta(minutes=1)).date()
        return start, end

    def _time(self, key: str) -> When | None:
        """Return the first time that the paths of *key* find; one that cannot be read is kept to be told."""
        for value in self._found(self._keys.get(key, ())):
            if (found := time_of(value)) is not None:
                return found
            if isinstance(value, str) and (span := written_time(value)):
                is_open = span.day is not None and span.day.is_ambiguous
                if found := time_written(span, month_first=is_open and self._month_first):
                    return found
            if isinstance(value, str) and value.strip() and len(self._unread) <= MOST_ENTRIES:
                self._unread.append(value.strip())
        return None

    @cached_property
    def _month_first(self) -> bool:
        """Whether days have the month first, which all of the file decide together. Raises SyntaxError."""
        paths = [path for key in ("date", "start", "end") for path in self._keys.get(key, ())]
        days = {
            span.day: value
            for outer in _entries(self._map, self._top.nodes[0])
            for inner in self._showings(outer)
            for path in paths
            for value in self._finder.values(path, outer, inner)
            if isinstance(value, str) and (span := written_time(value)) and span.day
        }
        month_first, self._guesses = month_first_of(days, given=self._options.month_first)
        return month_first

    def _place(self) -> tuple[Place | None, list[str]]:
        """Return the venue, and words in the line for it that say how people attend."""
        name = self._words(self._keys.get("room", ()))
        ways: list[str] = []
        latitude, longitude = (number_of(self._field(key)) for key in ("latitude", "longitude"))
        point = None if latitude is None or longitude is None else (latitude, longitude)
        place = Place(name=name, point=point) if name else None
        if not place and (line := self._field("place")):
            place, ways = location_place(line, point)
            self._lines += [place] if place and not self._keys.get("address") else []
        if place:
            place.address, place.city, place.country = map(self._field, ("address", "city", "country"))
        return place, ways

    def _people(self) -> Iterator[Participant]:
        given = self._keys.get("people", ())
        if not isinstance(given, dict):
            yield from (self._participant(text_in_json(value)) for value in self._found(given))
            return
        for _each in self._objects(given["each"]):
            role, url = (self._text(given.get(key, ())) for key in ("role", "url"))
            yield self._participant(self._words(given.get("name", ())), role=role, url=url)

    def _participant(self, name: Words, *, role: str = "", url: str = "") -> Participant:
        """Return the person with this *name*, which may have a role in brackets after it."""
        if self._role and isinstance(name, str) and (parted := self._role.fullmatch(name)):
            name, role = parted[1], role or parted[2].lower()
        known = self._keys.get("words", {}).get("people", {})
        return Participant(name=name, role=known.get(role, role) or None, url=url or None)

    def _labelled(self, key: str, value_key: str) -> Iterator[tuple[str, str]]:
        """Yield the labels and values of links or details: of objects, of a label each, or of values alone."""
        given = self._keys.get(key, ())
        if not isinstance(given, dict):
            yield from (("", in_one_language(text_in_json(value))) for value in self._found(given))
        elif "each" in given:
            for _each in self._objects(given["each"]):
                yield self._text(given.get("label", ())), self._text(given.get(value_key, ()))
        else:
            for label, paths in given.items():
                values = [text for value in self._found(paths) if (text := in_one_language(text_in_json(value)))]
                yield from ((label, text) for text in (values if key == "links" else [", ".join(values)]) if text)

    def _objects(self, paths: Paths) -> Iterator[None]:
        """Make each object at *paths* the one in which the following paths begin."""
        entry = self._inner
        for value in self._found(paths):
            self._inner = Trail((), (value,), entry.keys)
            yield None
            self._inner = entry

    def _cost(self) -> Cost | None:
        free = self._truth("free")
        lowest, highest = (number_of(self._field(key)) for key in ("lowest", "highest"))
        text = self._field("price")
        if (free, lowest, highest, text) == (None,) * 4:
            return None
        return Cost(text=text, free=free, lowest=lowest, highest=highest, currency=self._field("currency"))

    def _found(self, paths: Paths) -> list[Any]:
        """Return all that *paths* find."""
        return [value for path in paths for value in self._finder.values(path, self._outer, self._inner)]

    def _words(self, given: TextsByLanguage) -> Words:
        """Return the first text at *given*, or the first texts by language."""
        for part in given:
            if isinstance(part, Path):
                words = next((text for value in self._found((part,)) if (text := text_in_json(value))), "")
            else:
                words = {language: text for language, paths in part.items() if (text := self._text(paths))}
            if words:
                return words
        return ""

    def _text(self, given: TextsByLanguage) -> str:
        return in_one_language(self._words(given))

    def _field(self, key: str) -> str | None:
        """Return the text of the field *key*, as the map's words for it say."""
        return next(iter(self._several(key)), None)

    def _several(self, key: str) -> tuple[str, ...]:
        known = self._keys.get("words", {}).get(key, {})
        texts = (
            in_one_language(text_in_json(value))
            for part in self._keys.get(key, ())
            for value in (self._found((part,)) if isinstance(part, Path) else [self._words((part,))])
        )
        return tuple(known.get(text, text) for text in texts if text)

    def _truth(self, key: str) -> bool | None:
        return next((value for value in self._found(self._keys.get(key, ())) if isinstance(value, bool)), None)

    def _remarks(self) -> Iterator[str]:
        """Yield sentences about what was not read."""
        self._outer = self._inner = self._top
        if any(self._found(self._keys.get("next_page", ()))):
            yield _("the file is one page of several, and kzfest reads only this one")
        yield from self._guesses
        if self._unread:
            message = ngettext(
                "{n} time cannot be read: {example}", "{n} times cannot be read, such as {example}", len(self._unread)
            )
            yield message.format(n=len(self._unread), example=self._unread[0])
        for word, number in self._left_out.items():
            message = ngettext("left out {n} entry that is '{word}'", "left out {n} entries that are '{word}'", number)
            yield message.format(n=number, word=word)
        if unused := self._unused_keys():
            yield _("kzfest does not read {keys} of the file").format(keys=", ".join(unused))

    def _unused_keys(self) -> list[str]:
        """Return the keys at the top of the file that have lists or mappings, and that no path begins with."""
        root = self._top.nodes[0]
        used = {
            step.name
            for place, paths in self._map.paths.items()
            for path in paths
            for step in path.steps[:1]
            if isinstance(step, Key) and (path.from_top or place[0] in FROM_TOP)
        }
        parts = root.items() if isinstance(root, dict) else ()
        return [key for key, value in parts if value and key not in used and _has_parts(value)]

    def _without_use(self, first: Trail) -> Iterator[Any]:
        """Yield the faults of the map whose paths find nothing in the whole file; *first* leads to an entry."""
        for place, paths in self._map.paths.items():
            if place[0] not in {"fits", "entries", "next_page"} and not any(
                path.constant is not None or path.text in self._finder.found for path in paths
            ):
                yield self._lost(place, len(paths) - 1, self._top if place[0] == "festival" else first)

    def _lost(self, place: Any, number: int, outer: Trail) -> Any:
        """Return the fault that the path at *place* finds nothing."""
        place = (place,) if isinstance(place, str) else place
        path = self._map.paths[place][number]
        near = self._finder.near(path, outer, outer if place[0] in FROM_TOP else _own(outer))
        message = _("'{path}' finds nothing in the file")
        if near:
            message = _("'{path}' finds nothing in the file; did you mean '{near}'?")
        return self._map.problem((*place, number), message.format(path=path.text, near=near), at=0)


def _has_parts(value: Any) -> bool:
    """Whether *value* is a list, or a mapping with more than single values, such as the number of a page."""
    inner = value.values() if isinstance(value, dict) else ()
    return isinstance(value, list) or any(isinstance(each, dict | list) for each in inner)


def _entries(json_map: JsonMap, root: Any) -> Iterator[Trail]:
    """Yield the way to each entry in *root*."""
    for path in json_map.keys["entries"]:
        yield from (trail for trail in walk(path, root) if isinstance(trail.nodes[-1], dict))


def _own(outer: Trail) -> Trail:
    """Return the way that begins at the entry to which *outer* leads, and has not left it yet."""
    return Trail((), outer.nodes[-1:], {})


def _name_untitled(entries: Sequence[Entry]) -> None:
    """Give entries without a title that of their series: a cancelled date of a calendar has nothing but its time."""
    titles = {entry.series: entry.title for entry in entries if entry.series and entry.title}
    for entry in entries:
        if not entry.title and entry.series in titles:
            entry.title = titles[entry.series]
