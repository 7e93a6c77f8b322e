"""The programme in calendars, whichever way they are written."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from itertools import chain, islice
from typing import TYPE_CHECKING

from kzfest.i18n import _, ngettext
from kzfest.programme.importing import moments
from kzfest.programme.importing.calendar_times import CalendarTimes
from kzfest.programme.importing.entries import Entry, Festival, Reading
from kzfest.programme.importing.limits import MOST_ENTRIES
from kzfest.programme.importing.locations import part_addresses
from kzfest.programme.importing.recurring_events import Expansion, Override, Recurrence
from kzfest.programme.importing.repeated_events import join_showings
from kzfest.programme.importing.vevent_entry import calendar_entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kzfest.programme.importing.components import Calendar, Component
    from kzfest.programme.importing.entries import Clock

_ZONE_NAMES = ("X-WR-TIMEZONE", "TIMEZONE-ID", "VTIMEZONE", "TZID", "TZ")
_NAMES_TOLD = 5
"""Names of time zones, or of kinds of components, of which a report tells."""
_LONGEST_TITLE = 80
"""Characters of a calendar's description that is its title."""


def reading_of_calendar(calendars: Sequence[Calendar], *, kind: str) -> Reading:
    """Return the programme in *calendars*, of which the first says most about the whole."""
    reader = _Reader(_zone_name(calendars[0]))
    for calendar in calendars:
        reader.read(calendar)
    entries = reader.entries()
    part_addresses(entry.place for entry in entries if entry.place)
    festival = _festival([calendar.head for calendar in calendars], reader)
    return Reading(kind=kind, festival=festival, entries=entries, remarks=list(reader.remarks()))


class _Reader:
    """Collects the events of calendars; those that recur are written out when all are known."""

    def __init__(self, zone: str | None) -> None:
        self.zone = zone
        self.languages: Counter[str] = Counter()
        self._times: list[CalendarTimes] = []
        self._events: list[Entry] = []
        self._recurrences: dict[int, Recurrence] = {}
        self._overrides: defaultdict[str, list[Override]] = defaultdict(list)
        self._others: Counter[str] = Counter()
        self._unreadable = 0
        self._older = 0
        self._joined = 0
        self._expansion: Expansion | None = None

    def read(self, calendar: Calendar) -> None:
        """Read the events of *calendar*."""
        times = CalendarTimes(calendar.zones)
        zone = _zone_name(calendar)
        is_cancelled = calendar.head.text("METHOD").upper() == "CANCEL"
        for event in islice(calendar.events, MOST_ENTRIES + 1):
            entry = calendar_entry(event, times)
            if is_cancelled:
                entry.status = "cancelled"
            if zone != self.zone and entry.zone is None and getattr(entry.start, "tzinfo", "") is None:
                entry.zone = zone
            self._unreadable += entry.start is None and "DTSTART" in event.properties
            self.languages.update(
                each.parameters["LANGUAGE"] for each in event.all("SUMMARY")[:1] if each.parameters.get("LANGUAGE")
            )
            self._add(entry, event, times)
        self._times.append(times)
        self._others += calendar.others

    def entries(self) -> list[Entry]:
        """Return the entries of all events; one more than the limit if there are more.

        Raises SyntaxError if there are other components only.
        """
        events = self._newest()
        days = [day for entry in events if (day := moments.day_of(entry.start))]
        expansion = self._expansion = Expansion(self._overrides, max(days, default=None))
        dated = (expansion.dates_of(entry, self._recurrences.get(id(entry))) for entry in events)
        entries = list(islice(chain(chain.from_iterable(dated), expansion.unused()), MOST_ENTRIES + 1))
        if not entries and (others := sorted(set(self._others) - {"VCALENDAR"})):  # which may be too deep to be read
            message = _("a calendar of {kinds} without an event; look for the calendar of the programme")
            raise SyntaxError(message.format(kinds=", ".join(others[:_NAMES_TOLD])))
        self._joined = join_showings(entries)
        return entries

    def remarks(self) -> Iterator[str]:
        """Yield sentences about what was left out or is doubtful."""
        alike = {written: name for times in self._times for written, name in times.alike.items()}
        for written, name in islice(alike.items(), _NAMES_TOLD):
            message = _("the file defines its time zone '{name}', which has the same times as {zone}")
            yield message.format(name=written, zone=name)
        if doubly := sum(times.doubly for times in self._times):
            message = ngettext(
                "{n} time has a time zone and also the Z of UTC; {option} takes its hour as it stands",
                "{n} times have a time zone and also the Z of UTC; {option} takes their hours as they stand",
                doubly,
            )
            yield message.format(n=doubly, option="--times as-written")
        unknown = {written[:_LONGEST_TITLE] for times in self._times for written in times.unknown}
        for written in sorted(unknown)[:_NAMES_TOLD]:
            yield _("the time zone '{name}' is unknown; its times are read as local ones").format(name=written)
        if self._unreadable:
            message = ngettext(
                "the start of {n} entry cannot be read", "the starts of {n} entries cannot be read", self._unreadable
            )
            yield message.format(n=self._unreadable)
        if self._older:
            message = ngettext(
                "left out {n} older version of an entry", "left out {n} older versions of entries", self._older
            )
            yield message.format(n=self._older)
        if self._joined:
            message = ngettext(
                "{n} event has an entry with a UID of its own for each of its times",
                "{n} events have an entry with a UID of its own for each of their times",
                self._joined,
            )
            yield message.format(n=self._joined)
        if self._others:
            message = ngettext(
                "left out {n} component that is no event: {kinds}",
                "left out {n} components that are no events: {kinds}",
                self._others.total(),
            )
            yield message.format(n=self._others.total(), kinds=", ".join(sorted(self._others)[:_NAMES_TOLD]))
        if self._expansion:
            yield from self._expansion.remarks()

    def _add(self, entry: Entry, event: Component, times: CalendarTimes) -> None:
        """Add *entry* as an event, with its recurrence, or as a change of one."""
        replaced, _zone = times.first(event, "RECURRENCE-ID")
        if replaced is not None:
            ranges = [each.parameters.get("RANGE", "").upper() for each in event.all("RECURRENCE-ID")]
            self._overrides[entry.keys.get("uid", "")].append(Override(replaced, ranges[0] == "THISANDFUTURE", entry))
            return
        if any(name in event.properties for name in ("RRULE", "RDATE")):
            entry.keys.setdefault("uid", f"{entry.title}\n{entry.start}")  # so that its dates are one event
            rules, except_rules = (
                [value for each in event.all(name) for value in each.values] for name in ("RRULE", "EXRULE")
            )
            dates, except_dates = (list(_periods(event, name, times)) for name in ("RDATE", "EXDATE"))
            self._recurrences[id(entry)] = Recurrence(
                rules, [start for start, _end in dates], except_rules, [start for start, _end in except_dates]
            )
            self._overrides[entry.keys.get("uid", "")] += [
                Override(start, and_later=False, entry=replace(entry, start=start, end=end))
                for start, end in dates
                if end is not None
            ]
        self._events.append(entry)

    def _newest(self) -> list[Entry]:
        """Return the events without the older versions of those that are in the file more than once."""
        latest: dict[tuple[str, str], int] = {}
        for entry in self._events:
            key = entry.keys.get("uid", ""), str(entry.title)
            latest[key] = max(latest.get(key, 0), entry.revision)
        newest = [
            entry
            for entry in self._events
            if "uid" not in entry.keys or entry.revision == latest[entry.keys["uid"], str(entry.title)]
        ]
        self._older = len(self._events) - len(newest)
        return newest


def _zone_name(calendar: Calendar) -> str | None:
    """Return what *calendar* calls its time zone: by name, or by defining only one."""
    defined = calendar.zones[0].text("X-LIC-LOCATION", "TZID") if len(calendar.zones) == 1 else ""
    return calendar.head.text(*_ZONE_NAMES) or defined or None


def _periods(event: Component, name: str, times: CalendarTimes) -> Iterator[tuple[Clock, Clock | None]]:
    """Yield the times of the property *name*, with their ends where they have their own."""
    for given in event.all(name):
        for written in given.values:
            start, end = times.period(written, given)
            if start is not None:
                yield start, end


def _festival(heads: Iterable[Component], reader: _Reader) -> Festival:
    first = next(iter(heads))
    titles = (head.text("X-WR-CALNAME", "NAME") for head in heads)
    described = first.text("X-WR-CALDESC", "DESCRIPTION")
    title = next(filter(None, titles), described if len(described) <= _LONGEST_TITLE and "\n" not in described else "")
    language = reader.languages.most_common(1)
    return Festival(
        title=title,
        zone=reader.zone,
        url=first.text("URL") or None,
        language=language[0][0] if language else None,
        revised=moments.day_of(moments.iso_time(first.text("LAST-MODIFIED"))),
    )
