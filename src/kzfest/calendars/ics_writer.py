"""Calendars to be written (RFC 5545, RFC 7986), with icalendar, which escapes and folds.

Clients stumble over much that the standard allows, so the same bytes come out on every run: stamps that are
handed in, never the clock's; a zone table for the years in use, from the tzdata package.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from icalendar import Alarm, Calendar, vText
from icalendar import Event as Component

from kzfest.calendars.vtimezones import zone_table
from kzfest.core.festival_day import ONE_DAY
from kzfest.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from zoneinfo import ZoneInfo

    from kzfest.core.model import Location, Status

PRODUCT = "-//kzfest//kzfest//EN"
"""The same for ever: clients tell calendars apart by it."""
CATEGORY = "kzfest"
"""Common to all entries, so that the lot can be found in a calendar and deleted."""
DOMAIN = "kzfest.invalid"
"""Never a host that exists (RFC 2606)."""
MUST = 1
"""The highest priority (RFC 5545, 3.8.1.9)."""
MORNING = timedelta(hours=9)
"""When an entry of whole days reminds: half an hour before its midnight nobody wants to be woken."""

_STATUS = {"scheduled": "CONFIRMED", "cancelled": "CANCELLED", "postponed": "TENTATIVE"}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_BREAK = re.compile(r"[\s\u2028\u2029]+")
_END = b"END:VCALENDAR\r\n"


class _Text(vText):
    r"""Text escaped as RFC 5545 has it (3.3.11); icalendar 7 takes the letters ``\N`` of a text for a break."""

    def to_ical(self) -> bytes:
        escaped = re.sub(r"([\\;,])", r"\\\1", self)
        return escaped.replace("\n", r"\n").encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEntry:
    """One entry of a calendar: whole days (*end* is the last of them), or moments in the zone of their place."""

    uid: str
    summary: str
    start: date | datetime
    end: date | datetime
    stamp: date | datetime
    changed: date | datetime
    sequence: int
    status: Status = "scheduled"
    location: str | None = None
    point: Location | None = None
    description: str = ""
    url: str | None = None
    must: bool = False
    note: str | None = None
    remind: timedelta | None = None
    languages: Mapping[str, str] = field(default_factory=dict)
    """Of the summary, the location and the description, as far as these are known."""


def calendar(entries: Sequence[CalendarEntry], name: str) -> Iterator[bytes]:
    """Yield the parts of a calendar file, one entry at a time, so that memory stays flat.

    *name* is what a program calls the calendar.
    """
    frame = Calendar()
    frame.add("version", "2.0")
    frame.add("prodid", PRODUCT)
    frame.add("calscale", "GREGORIAN")
    for key in ("name", "x-wr-calname"):
        frame.add(key, _Text(one_line(name)))
    yield frame.to_ical().removesuffix(_END)
    yield from _zone_tables(entries)
    for entry in entries:
        yield _component(entry).to_ical()
    yield _END


def _zone_tables(entries: Iterable[CalendarEntry]) -> Iterator[bytes]:
    """Yield the tables of the zones by whose clocks entries are written, for the years in use."""
    zones: dict[str, ZoneInfo] = {}
    years: dict[str, set[int]] = {}
    for moment in (each for entry in entries for each in (entry.start, entry.end) if isinstance(each, datetime)):
        local = _moment(moment)
        if local.tzinfo is not UTC:
            zone: Any = local.tzinfo
            zones[zone.key] = zone
            years.setdefault(zone.key, set()).add(local.year)
    yield from (zone_table(zones[key], years[key]) for key in sorted(years))


def _component(entry: CalendarEntry) -> Component:
    component = Component()
    component.add("uid", entry.uid)
    component.add("dtstamp", _utc(entry.stamp))
    component.add("last-modified", _utc(entry.changed))
    component.add("sequence", entry.sequence)
    _add_text(component, "summary", summary_of(entry), entry)
    component.add("status", _STATUS[entry.status])
    component.add("categories", [CATEGORY])
    _add_time(component, entry)
    _add_place(component, entry)
    _add_words(component, entry)
    if entry.remind is not None:
        component.add_component(_alarm(entry, entry.remind))
    return component


def _add_text(component: Component, name: str, text: str, entry: CalendarEntry) -> None:
    """Add a property with the language of its *text* (RFC 5545, 3.2.10)."""
    language = entry.languages.get(name)
    component.add(name, _Text(text), parameters={"LANGUAGE": language} if language else {})


def _add_time(component: Component, entry: CalendarEntry) -> None:
    """Add when the entry is; whole days end on the day after their last, and leave people free."""
    if isinstance(entry.start, datetime) and isinstance(entry.end, datetime):
        _add_moment(component, "dtstart", _moment(entry.start))
        _add_moment(component, "dtend", _moment(entry.end))
        component.add("transp", "TRANSPARENT" if entry.status == "cancelled" else "OPAQUE")
        return
    component.add("dtstart", entry.start)
    component.add("dtend", entry.end + ONE_DAY)
    component.add("transp", "TRANSPARENT")
    component.add("x-microsoft-cdo-busystatus", "FREE")


def _add_moment(component: Component, name: str, moment: datetime) -> None:
    """Add *moment* with its zone's own name: icalendar writes a zone that is at UTC today as if it had always been."""
    if moment.tzinfo is UTC:
        component.add(name, moment)
    else:
        zone: Any = moment.tzinfo
        component.add(name, moment.replace(tzinfo=None), parameters={"TZID": zone.key})


def _moment(moment: datetime) -> datetime:
    """Return *moment* by the clocks of its zone, or in UTC where these show its hour twice, or are UTC's."""
    utc = moment.astimezone(UTC)
    local = utc.astimezone(moment.tzinfo)  # an hour that the clocks jump over is the one after it
    twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    return utc if twice or local.tzname() == "UTC" else local


def _add_place(component: Component, entry: CalendarEntry) -> None:
    if location := one_line(entry.location or ""):
        _add_text(component, "location", location, entry)
    if entry.point:
        component.add("geo", (entry.point.latitude, entry.point.longitude))


def _add_words(component: Component, entry: CalendarEntry) -> None:
    """Add the description, with the link as its last line: not every program shows a URL of its own."""
    text = clean_lines("\n".join(part for part in (entry.note, entry.description, entry.url) if part))
    if text:
        _add_text(component, "description", text, entry)
    if entry.url:
        component.add("url", one_line(entry.url))
    if entry.must:
        component.add("priority", MUST)
    if note := clean_lines(entry.note or ""):
        component.add("x-kzfest-note", _Text(note))


def _alarm(entry: CalendarEntry, before: timedelta) -> Alarm:
    """Return a reminder: so long before an hour, or in the morning of a day."""
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _Text(summary_of(entry)))
    alarm.add("trigger", -before if isinstance(entry.start, datetime) else MORNING)
    return alarm


def summary_of(entry: CalendarEntry) -> str:
    """Return an entry's summary on one line, and in front of it when it has been cancelled."""
    summary = one_line(entry.summary) or entry.uid.partition("@")[0]
    return f"{_('CANCELLED')}: {summary}" if entry.status == "cancelled" else summary


def one_line(text: str) -> str:
    r"""Return *text* on one line, without control characters and without spaces at its ends.

    >>> one_line(" Tango\u2028dell'amore\n")
    "Tango dell'amore"
    """
    return _CONTROL.sub("", _BREAK.sub(" ", text)).strip()


def clean_lines(text: str) -> str:
    """Return *text* with its lines, without control characters and without spaces at their ends."""
    return "\n".join(_CONTROL.sub("", line).strip() for line in text.splitlines()).strip()


def _utc(when: date | datetime) -> datetime:
    """Return the moment that a stamp is: a day's begins at midnight UTC."""
    if isinstance(when, datetime):
        return when.astimezone(UTC).replace(microsecond=0)
    return midnight(when)


def midnight(day: date) -> datetime:
    """Return the moment that stands for *day* in a stamp."""
    return datetime.combine(day, time(), tzinfo=UTC)
