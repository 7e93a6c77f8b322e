"""A programme made of the entries that a reader found: events with ids, showings, venues and plain texts."""

from __future__ import annotations

import re
from collections import Counter
from contextlib import suppress
from datetime import date, datetime
from typing import TYPE_CHECKING

from kzfest.core.festival_day import widened
from kzfest.core.model import LANGUAGES, OWN
from kzfest.core.safe_text import legible_line
from kzfest.i18n import _, ngettext
from kzfest.programme.decode import event_of, head_of, venue_of
from kzfest.programme.importing.identity import event_id, identify, same, slug
from kzfest.programme.importing.imported_venues import ImportedVenues
from kzfest.programme.importing.language_names import language_by_letters, language_code, language_of_texts
from kzfest.programme.importing.limits import MOST_ENTRIES, MOST_LINKS, MOST_PEOPLE
from kzfest.programme.importing.local_times import (
    FIRST_STORED,
    LocalTimes,
    is_storable,
    iso_minutes,
    showing_id,
    time_order,
)
from kzfest.programme.importing.plain_text import Cleaner, in_each
from kzfest.programme.importing.report import ImportReport
from kzfest.programme.importing.time_zone import known_name, zone_of
from kzfest.programme.zones import zone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from kzfest.core.errors import Problem
    from kzfest.core.model import Event, Head
    from kzfest.programme.database.cache import OnProgress
    from kzfest.programme.decode import Values
    from kzfest.programme.files import ImportOptions
    from kzfest.programme.importing.entries import Cost, Entry, Participant, Reading, Words
    from kzfest.programme.importing.identity import Identified
    from kzfest.programme.importing.local_times import TimesOfEntry

NO_KIND = "event"
"""The category of an event whose kind its file does not give."""
NO_KIND_CALLED = {"en": "event", "kk": "іс-шара", "ru": "событие"}
EVENTS_PER_UPDATE = 256
NIGHT = range(8)
"""The hours in which few events begin; many there mean that local times are written as UTC."""


class ImportedProgramme:
    """The programme of a *reading* of *file*, as `reading/reader.py` gives the one of a YAML file.

    The times of its events have the offset of their time zone.
    """

    def __init__(self, reading: Reading, *, file: str, options: ImportOptions, on_progress: OnProgress) -> None:
        self._reading = reading
        self._on_progress = on_progress
        self._options = options
        self._clean = Cleaner()
        self._left_out: Counter[str] = Counter()
        self._merged = 0
        self._entries = reading.entries[:MOST_ENTRIES]
        self._identities = identify(self._entries)
        self._zone = zone_of(reading.festival, self._entries, options)
        stated = self._stated_language()
        self._language, self._is_language_stated = stated or self._usual_language(), bool(stated)
        self._ids = self._event_ids()
        self._times = LocalTimes(self._zone.name, options)
        self._venues = ImportedVenues(self._clean, reading.festival, self._texts)
        self._labels: dict[str, Values] = {}
        self._kind = self._kind_field()
        self._covered: tuple[date, date] | None = None
        self._counts = Counter[str]()
        self._keys = {self._ids[id(each.entries[0])]: each.key for each in self._identities.events}
        self._given = self._head(file)
        for entry in self._entries:
            self._venues.add(entry.place)
        self.venues = {key: venue_of(values) for key, values in self._venues.records.items()}
        for event in self._identities.events:
            self._category(event.entries[0])
        self._parents = self._parents_of_events()

    @property
    def head(self) -> Head:
        """The head; its days become those of the events that were read so far."""
        stated, covered = (self._given.first, self._given.last), self._covered
        if not covered:
            return self._given
        first, last = covered
        if stated[0] and stated[1] and stated[0] <= first <= stated[1]:
            first, last = stated[0], max(stated[1], last)
        return self._given._replace(first=first, last=last, revised=self._revised(first))

    @property
    def url(self) -> str | None:
        """The address at which the file says that its programme is published."""
        return self._clean.address(self._reading.festival.url)

    def values(self, section: str) -> Iterable[tuple[str, Values]]:
        """Return the records of *section* by id; the file of another format has no sources."""
        return self._venues.records.items() if section == "venues" else ()

    def key_of(self, event: str) -> str:
        """Return what identifies the event with this id in its file."""
        return self._keys[event]

    def problems(self) -> list[Problem]:
        """Return no faults: what cannot be used is left out and reported."""
        return []

    def events(self) -> Iterator[tuple[Values, Event]]:
        """Yield the events with their values."""
        events = self._identities.events
        for done, identified in enumerate(events):
            if values := self._event(identified):
                event = event_of(values, timezone=self._zone.name)
                self._covered = widened(self._covered, event)
                self._counts["events"] += 1
                self._counts["showings"] += len(event.showings)
                yield values, event
            if not done % EVENTS_PER_UPDATE:
                self._on_progress(done / len(events))

    def report(self) -> ImportReport:
        """Return what was read, once all `events` have been."""
        head = self.head
        return ImportReport(
            format=self._reading.kind,
            programme=head.id,
            title=next(iter(head.title.values())),
            first=head.first,
            last=head.last,
            entries=len(self._reading.entries),
            events=self._counts["events"],
            showings=self._counts["showings"],
            venues=len(self.venues),
            timezone=self._zone.name,
            timezone_reason=self._zone.reason,
            remarks=tuple(self._remarks()),
        )

    def _head(self, file: str) -> Head:
        festival = self._reading.festival
        title = self._texts(festival.title, self._clean.line) or {self._language: _name_of(file)}
        key = slug(festival.id) or slug(next(iter(title.values()))) or slug(_name_of(file)) or "programme"
        days = [day for day in (festival.first, festival.last) if is_storable(day)]
        first, last = days if len(days) == 2 and days[0] <= days[1] else (None, None)
        values: Values = {"id": f"{key}-programme" if key == OWN else key, "title": title, "labels": self._labels}
        values |= {"timezone": self._zone.name, "language": self._language, "revised": FIRST_STORED.isoformat()}
        values["in_zone_of_computer"] = self._zone.is_of_computer
        return head_of(values)._replace(first=first, last=last, revised=self._revised(first))

    def _revised(self, first: date | None) -> date:
        """Return the last day on which the file says that it or an event was changed, else the *first* day."""
        days = [self._reading.festival.revised, *(entry.changed for entry in self._entries)]
        return max(filter(is_storable, days), default=first or FIRST_STORED)

    def _stated_language(self) -> str | None:
        """Return the language that the file states for itself, or for most of its entries."""
        if self._reading.festival.language and (found := language_code(self._reading.festival.language)):
            return found
        codes = Counter(filter(None, (language_code(each) for entry in self._entries for each in entry.languages)))
        return codes.most_common(1)[0][0] if codes else None

    def _usual_language(self) -> str:
        """Return the language that the letters of most titles show."""
        titles = (in_each(entry.title).get("", "") for entry in self._entries)
        codes = Counter(language_by_letters(title, None) or LANGUAGES[0] for title in titles if title)
        return codes.most_common(1)[0][0] if codes else LANGUAGES[0]

    def _event_ids(self) -> dict[int, str]:
        """Return the id of the event of each entry, by the identity of the entry."""
        ids: dict[int, str] = {}
        taken: dict[str, None] = {}
        for event in self._identities.events:
            first = event.entries[0]
            title = next((each.series for each in event.entries if each.series), None) or first.title
            key = event_id(map(self._clean.line, in_each(title).values()), event.key, taken)
            taken[key] = None
            ids |= {id(entry): key for entry in event.entries}
        return ids

    def _kind_field(self) -> Callable[[Entry], str | None]:
        """Return what gives the category of an entry: its kind, or its track if all entries have the same kind."""
        kinds = {entry.kind for entry in self._entries if entry.kind}
        if len(kinds) < 2 and any(entry.tracks for entry in self._entries):
            return lambda entry: next(iter(entry.tracks), None)
        return lambda entry: entry.kind

    def _category(self, entry: Entry) -> str:
        """Return the category of *entry* as an id, and remember the words of the file for it."""
        words = self._clean.word(self._kind(entry) or "")
        key = slug(words) or (f"kind-{event_id((), words, {})[-4:]}" if words else NO_KIND)
        if words and key != words:
            self._labels.setdefault(key, {self._language: words})
        elif not words:
            self._labels.setdefault(NO_KIND, NO_KIND_CALLED)
        return key

    def _event(self, identified: Identified) -> Values | None:
        """Return the values of an event, or None if it says neither what nor when it is."""
        entries = identified.entries
        first = entries[0]
        timed, title = self._times_and_title(entries)
        if _is_left_out(entries, timed, title):
            self._left_out[_("without a title and a time") if not title else _("on days that kzfest cannot store")] += 1
            return None
        summary, links = self._summary(first)
        venue = self._venues.id_of(first.place)
        values: Values = {
            "id": self._ids[id(first)],
            "title": title or self._untitled(summary),
            "category": self._category(first),
            "summary": summary,
            "tags": self._words(first.tags),
            "tracks": self._words(first.tracks),
            "venue": venue,
            "url": self._clean.address(first.url),
            "image": self._clean.address(first.image),
            "tickets": self._clean.address(first.tickets),
            "organiser": self._texts(first.organiser, self._clean.line),
            "people": list(self._people(entries)),
            "languages": list(dict.fromkeys(filter(None, map(language_code, first.languages)))),
            "details": self._details(first, links) + self._moments(entries),
            "notes": self._texts(first.note, lambda text: self._clean.text(text)[0]),
            "price": self._price(first.cost),
            "age": str(first.age) if first.age is not None and 0 <= first.age <= 120 else None,
            "sold_out": None if first.sold_out is None else str(first.sold_out).lower(),
            "status": first.status if all(entry.status == first.status for entry in entries) else None,
            "revision": str(min(first.revision, 999_999_999)) if first.revision > 0 else None,
            "changed": max(filter(is_storable, (entry.changed for entry in entries)), default=None),
            "parent": self._parents.get(self._ids[id(first)]),
        }
        values["changed"] = values["changed"] and values["changed"].isoformat()
        values |= self._when(timed, venue, values)
        return {key: value for key, value in values.items() if value is not None and value not in ({}, [])}

    def _untitled(self, summary: Mapping[str, str] | None) -> Mapping[str, str]:
        """Return a title for an entry without one: the first line of its *summary*, else a word for that."""
        for language, text in (summary or {}).items():
            return {language: legible_line(self._clean.line(text.splitlines()[0])[:80])}
        return UNTITLED

    def _times_and_title(self, entries: Sequence[Entry]) -> tuple[list[tuple[TimesOfEntry, Entry]], dict[str, str]]:
        """Return the *entries* of an event that have a time, and its title; without both, it is left out."""
        timed = [(times, entry) for entry in entries if (times := self._times.of(entry))]
        return timed, self._texts(entries[0].title, self._clean.line, language_of_texts(entries[0]))

    def _parents_of_events(self) -> dict[str, str]:
        """Return of each event that is a part of another the id of that, which is not left out nor a part of it."""
        named = {
            self._ids[id(event.entries[0])]: parent
            for event in self._identities.events
            if (entry := event.entries[0].parent) and (parent := self._ids.get(id(entry)))
        }
        wanted = set(named.values())
        kept = {
            key
            for event in self._identities.events
            if (key := self._ids[id(event.entries[0])]) in wanted
            and not _is_left_out(event.entries, *self._times_and_title(event.entries))
        }
        return _without_circles({event: parent for event, parent in named.items() if parent in kept})

    def _texts(self, words: Words | None, clean: Callable[[str], str], usual: str | None = None) -> dict[str, str]:
        """Return the texts of *words* by language, each as *clean* returns it; those that are empty are left out.

        *usual* is the language of a text with which the file gives none; by default, what its letters show.
        """
        found: dict[str, str] = {}
        for language, raw in in_each(words).items() if words else ():
            code = language_code(language) if language else ""
            if code is not None and raw and (text := clean(str(raw))):
                code = code or usual or language_by_letters(text, self._language, is_stated=self._is_language_stated)
                found.setdefault(code or self._language, text)
        return found

    def _words(self, words: Iterable[str]) -> list[str]:
        return list(dict.fromkeys(filter(None, map(self._clean.word, words))))

    def _summary(self, entry: Entry) -> tuple[dict[str, str], list[tuple[str, str]]]:
        """Return the summary of *entry* by language, and the links in it; a text that begins another is dropped."""
        links: list[tuple[str, str]] = []

        def clean(raw: str) -> str:
            text, found = self._clean.text(raw)
            links.extend(found)
            return text

        usual = language_of_texts(entry)
        parts = [self._texts(words, clean, usual) for words in entry.summary]
        joined: dict[str, str] = {}
        for language in dict.fromkeys(code for part in parts for code in part):
            texts = [part[language] for part in parts if language in part]
            kept = [
                text
                for number, text in enumerate(texts)
                if text not in texts[:number]
                and not any(other != text and other.startswith(text) for other in texts[number + 1 :])
            ]
            joined[language] = self._clean.cut_text("\n\n".join(kept))
        return joined, links

    def _people(self, entries: Sequence[Entry]) -> Iterator[Values]:
        people: dict[str, Participant] = {}
        for person in (person for entry in entries for person in entry.people):
            people.setdefault(same(next(iter(in_each(person.name).values()), "")), person)
        for person in list(people.values())[:MOST_PEOPLE]:
            if name := self._texts(person.name, self._clean.word):
                role, url = self._texts(person.role, self._clean.line), self._clean.address(person.url)
                yield {"name": name} | ({"role": role} if role else {}) | ({"url": url} if url else {})

    def _details(self, entry: Entry, links: Sequence[tuple[str, str]]) -> list[Values]:
        """Return further facts and the links of *entry* and of its texts as details, each address once."""
        details = [
            {"label": words, "value": {self._language: text}}
            for label, value in entry.details
            if (words := self._texts(label, self._clean.line)) and (text := self._clean.text(value)[0])
        ]
        seen = {entry.url}
        for label, raw in [*entry.links, *links]:
            address = self._clean.address(raw)
            if not address or address in seen or len(details) >= MOST_LINKS:
                continue
            seen.add(address)
            named = self._clean.line(label)
            is_named = named and self._clean.address(named) != address
            details.append({"label": {self._language: named} if is_named else LINK, "value": {self._language: address}})
        return details

    def _moments(self, entries: Sequence[Entry]) -> list[Values]:
        """Return the further times of an event as details, if they are the same for all its *entries*.

        They have the hour alone if they are on the day on which the event begins.
        """
        if not any(entry.moments for entry in entries):
            return []
        told: list[list[Values]] = []
        for entry in entries:
            own = zone((entry.zone and known_name(entry.zone)) or self._zone.name)
            told.append([])
            start = None
            with suppress(OverflowError):
                start = entry.start and self._times.local(entry.start, own)
            for words, when in entry.moments:
                label = self._texts(words, self._clean.line)
                with suppress(OverflowError):
                    day, _t, hour = iso_minutes(self._times.local(when, own))[:16].partition("T")
                    text = hour if hour and start and day == iso_minutes(start)[:10] else f"{day} {hour}".strip()
                    told[-1] += [{"label": label, "value": {self._language: text}}] if label else []
        return told[0] if all(each == told[0] for each in told) else []

    def _price(self, cost: Cost | None) -> Values | None:
        if cost is None:
            return None
        from kzfest.programme.reading.currencies import CURRENCIES

        text = self._texts(cost.text, self._clean.line)
        currency = cost.currency and cost.currency.strip().upper()
        values: Values = {"text": text} if text else {}
        if cost.free or (cost.lowest == cost.highest == 0):
            return values | {"free": "true"}
        lowest, highest = cost.lowest, cost.highest
        if lowest is not None and highest is not None and highest < lowest:
            lowest, highest = highest, lowest
        amounts = {key: _amount(each) for key, each in (("from", lowest), ("to", highest))}
        known = {key: amount for key, amount in amounts.items() if amount}
        if known and currency in CURRENCIES:
            values |= known | {"currency": currency}
        elif known and not text:
            values["text"] = {
                self._language: "–".join(dict.fromkeys([*known.values()])) + f" {currency or ''}".rstrip()
            }
        if cost.free is False and not values:
            values["free"] = "false"
        return values or None

    def _when(self, timed: Sequence[tuple[TimesOfEntry, Entry]], venue: str | None, event: Values) -> Values:
        """Return the fields that say when an event takes place at *venue*, from its entries with their times."""
        distinct: dict[tuple[TimesOfEntry, str | None], tuple[TimesOfEntry, str | None, Entry]] = {}
        for times, entry in sorted(timed, key=lambda each: time_order(each[0].start)):
            place = self._venues.id_of(entry.place) or venue
            distinct.setdefault((times, place), (times, place, entry))
        self._merged += len(timed) - len(distinct)
        if not distinct:
            return {"when": "unannounced"}
        showings = [self._showing(*each, usual_place=venue, event=event) for each in distinct.values()]
        if len(showings) == 1 and not set(showings[0]) - {"start", "end"}:
            return showings[0]
        taken: dict[str, int] = {}
        for showing, (times, place, entry) in zip(showings, distinct.values(), strict=True):
            showing["id"] = showing_id(times.start, place, entry.instance, taken)
        return {"showings": showings}

    def _showing(
        self, times: TimesOfEntry, place: str | None, entry: Entry, *, usual_place: str | None, event: Values
    ) -> Values:
        """Return the values of a showing: its times, and what differs from the *event*, which is at *usual_place*."""
        showing: Values = {"start": iso_minutes(times.start)}
        if times.end is not None:
            showing["end"] = iso_minutes(times.end)
        if times.zone:
            showing["zone"] = times.zone
        if place and place != usual_place:
            showing["venue"] = place
        title = self._texts(entry.title, self._clean.line, language_of_texts(entry))
        if title and title != event["title"]:
            showing["title"] = title
        if entry.status and not event["status"]:
            showing["status"] = entry.status
        return showing

    def _remarks(self) -> Iterator[str]:
        """Yield sentences about what was mended, merged or left out, and what is doubtful."""
        yield from self._reading.remarks
        if not self._reading.entries:
            yield _("the file is a programme without events")
        if self._identities.distrusted:
            kinds = ", ".join(self._identities.distrusted)
            message = _("different events share their {kinds}, so those do not identify them")
            yield message.format(kinds=kinds)
        if others := self._other_offsets():
            message = ngettext(
                "{n} time has another offset than {zone}, and is shown in {zone}",
                "{n} times have another offset than {zone}, and are shown in {zone}",
                others,
            )
            yield message.format(n=others, zone=self._zone.name)
        if self._merged:
            yield ngettext(
                "{n} entry is there twice and counts once", "{n} entries are there twice and count once", self._merged
            ).format(n=self._merged)
        if self._clean.letters:
            yield ngettext(
                "removed {n} character that nobody sees, from {texts}",
                "removed {n} characters that nobody sees, from {texts}",
                self._clean.letters,
            ).format(n=self._clean.letters, texts=_texts_counted(self._clean.texts))
        if self._clean.cut:
            yield ngettext("cut {n} very long text", "cut {n} very long texts", self._clean.cut).format(
                n=self._clean.cut
            )
        for reason, number in self._left_out.items():
            message = ngettext("left out {n} entry {reason}", "left out {n} entries {reason}", number)
            yield message.format(n=number, reason=reason)
        if len(self._reading.entries) > MOST_ENTRIES:
            yield _("read the first {n} entries; the file has more").format(n=MOST_ENTRIES)
        if self._may_be_local():
            yield _("many events begin at night: if local times are written as UTC, give {option}").format(
                option="--times as-written"
            )

    def _other_offsets(self) -> int:
        """Return how many entries have an offset other than UTC and than the programme's zone at that time."""
        own = zone(self._zone.name)
        moments = (moment for moment, named in self._moments_written() if moment.utcoffset() and not named)
        return sum(moment.utcoffset() != moment.astimezone(own).utcoffset() for moment in moments)

    def _may_be_local(self) -> bool:
        """Whether a third of the events begin at night, and none if times in UTC are local times."""
        if self._options.as_written:
            return False
        moments = [moment for moment, _named in self._moments_written() if moment.tzinfo]
        utc = [moment for moment in moments if not moment.utcoffset()]
        if len(utc) < len(moments) or not utc or any(moment.hour in NIGHT for moment in utc):
            return False
        own = zone(self._zone.name)
        return 3 * sum(moment.astimezone(own).hour in NIGHT for moment in utc) >= len(utc)

    def _moments_written(self) -> Iterator[tuple[datetime, str | None]]:
        """Yield the moments at which entries begin, as the file writes them, each with the time zone it names."""
        for entry in self._entries:
            if isinstance(entry.start, datetime) and is_storable(entry.start.date()):
                yield entry.start, entry.zone


UNTITLED = {"en": "untitled", "kk": "атаусыз", "ru": "без названия"}
LINK = {"en": "Link", "kk": "Сілтеме", "ru": "Ссылка"}


def _name_of(file: str) -> str:
    """Return the name of *file* without its folder and endings."""
    return re.split(r"[\\/]", file)[-1].partition(".")[0] or "programme"


def _is_left_out(
    entries: Sequence[Entry], timed: Sequence[tuple[TimesOfEntry, Entry]], title: Mapping[str, str]
) -> bool:
    """Whether an event says neither what nor when it is, or is on days that no catalogue can hold."""
    return not timed and (not title or any(entry.start for entry in entries))


def _without_circles(parents: Mapping[str, str]) -> dict[str, str]:
    """Return the *parents* of events without those that would make an event a part of itself."""
    found = dict(parents)
    followed: set[str] = set()
    for event in parents:
        trail: set[str] = set()
        above = event
        while above in found and above not in followed:
            trail.add(above)
            if found[above] in trail:
                del found[above]
            else:
                above = found[above]
        followed |= trail
    return found


def _amount(number: float | None) -> str | None:
    """Return *number* as our format writes amounts, or None if it is not one."""
    if number is None or not 0 <= number < 10**9:
        return None
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _texts_counted(number: int) -> str:
    return ngettext("{n} text", "{n} texts", number).format(n=number)
