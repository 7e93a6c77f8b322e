"""Writing calendar files (RFC 5545, RFC 7986) with icalendar, which escapes and folds.

The same input always gives the same bytes, so that clients see no false changes: time stamps are passed in, never
read from the clock, and time zones come from the tzdata package.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from icalendar import Alarm, Calendar, vText, vUri
from icalendar import Event as Component

from kzfest.calendars.vtimezones import zone_table
from kzfest.core.festival_day import ONE_DAY
from kzfest.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from zoneinfo import ZoneInfo

    from kzfest.core.model import Location, Status

PRODUCT = "-//kzfest//kzfest//EN"
"""Must never change: clients tell calendars apart by it."""
CATEGORY = "kzfest"
"""The category of all entries, so that people can find and delete them in a calendar."""
DOMAIN = "kzfest.invalid"
"""A domain that can never exist (RFC 2606)."""
MUST = 1
"""The highest priority (RFC 5545, 3.8.1.9)."""
MORNING = timedelta(hours=9)
"""When whole days remind, after midnight: nobody wants to be woken at 23:30."""

_STATUS = {"scheduled": "CONFIRMED", "cancelled": "CANCELLED", "postponed": "TENTATIVE", "moved": "CONFIRMED"}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_BREAK = re.compile(r"[\s\u2028\u2029]+")
_END = b"END:VCALENDAR\r\n"


class _Text(vText):
    r"""Text escaped by RFC 5545, 3.3.11; icalendar 7 would turn the letters ``\N`` in a text into a line break."""

    def to_ical(self) -> bytes:
        escaped = re.sub(r"([\\;,])", r"\\\1", self)
        return escaped.replace("\n", r"\n").encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEntry:
    """One calendar entry: whole days (*end* is the last day, included), or moments in the zone of their place."""

    uid: str
    summary: str
    start: date | datetime
    end: date | datetime
    stamp: date | datetime
    changed: date | datetime
    sequence: int
    status: Status = "scheduled"
    drop_in: bool = False
    """Whether the time stays free, because start and end are opening hours."""
    location: str | None = None
    point: Location | None = None
    description: str = ""
    url: str | None = None
    image: str | None = None
    tracks: Sequence[str] = ()
    must: bool = False
    note: str | None = None
    remind: timedelta | None = None
    languages: Mapping[str, str] = field(default_factory=dict)
    """The language of the summary, the location and the description, by property name."""


def calendar(entries: Sequence[CalendarEntry], name: str) -> Iterator[bytes]:
    """Yield the parts of a calendar file, one entry at a time to save memory.

    Calendar programs show *name* as the calendar's name.
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
    """Yield a VTIMEZONE for each time zone in *entries*, for the years in use."""
    zones: dict[str, ZoneInfo] = {}
    years: dict[str, set[int]] = {}
    for moment in (each for entry in entries for each in (entry.start, entry.end) if isinstance(each, datetime)):
        local = _moment(moment)
        if local.tzinfo is not UTC:
            zone: Any = local.tzinfo
            zones[zone.key] = zone
            years.setdefault(zone.key, set()).add(local.year)
    yield from (zone_table(zones[key], frozenset(years[key])) for key in sorted(years))


def short_entry(entry: CalendarEntry) -> str:
    """Return the least of *entry* that a phone needs to add it, for a QR code: in UTC, in unfolded lines."""
    component = Component()
    component.add("uid", entry.uid)
    component.add("summary", _Text(summary_of(entry)))
    if isinstance(entry.start, datetime):
        component.add("dtstart", entry.start.astimezone(UTC))
        component.add("dtend", _utc(entry.end))
    else:
        component.add("dtstart", entry.start)
        component.add("dtend", entry.end + ONE_DAY)
    if location := one_line(entry.location or ""):
        component.add("location", _Text(location))
    written: bytes = component.to_ical()
    return written.decode().replace("\r\n ", "")


def _component(entry: CalendarEntry) -> Component:
    component = Component()
    component.add("uid", entry.uid)
    component.add("dtstamp", _utc(entry.stamp))
    component.add("last-modified", _utc(entry.changed))
    component.add("sequence", entry.sequence)
    _add_text(component, "summary", summary_of(entry), entry)
    component.add("status", _STATUS[entry.status])
    tracks = [one_line(track.replace(",", " ")) for track in entry.tracks]  # a comma would part it in some programs
    component.add("categories", [CATEGORY, *tracks])
    _add_time(component, entry)
    if location := one_line(entry.location or ""):
        _add_text(component, "location", location, entry)
    if entry.point:
        component.add("geo", (entry.point.latitude, entry.point.longitude))
    _add_words(component, entry)
    if entry.remind is not None:
        component.add_component(_alarm(entry, entry.remind))
    return component


def _add_text(component: Component, name: str, text: str, entry: CalendarEntry) -> None:
    """Add a property with the LANGUAGE of its *text* (RFC 5545, 3.2.10)."""
    language = entry.languages.get(name)
    component.add(name, _Text(text), parameters={"LANGUAGE": language} if language else {})


def _add_time(component: Component, entry: CalendarEntry) -> None:
    """Add the start and end; for whole days DTEND is the day after the last, and the time stays free."""
    if isinstance(entry.start, datetime) and isinstance(entry.end, datetime):
        _add_moment(component, "dtstart", _moment(entry.start))
        _add_moment(component, "dtend", _moment(entry.end))
        component.add("transp", "TRANSPARENT" if entry.status == "cancelled" or entry.drop_in else "OPAQUE")
        return
    component.add("dtstart", entry.start)
    component.add("dtend", entry.end + ONE_DAY)
    component.add("transp", "TRANSPARENT")
    component.add("x-microsoft-cdo-busystatus", "FREE")


def _add_moment(component: Component, name: str, moment: datetime) -> None:
    """Add *moment* with its zone's name; icalendar would write every time of a zone now at UTC as UTC."""
    if moment.tzinfo is UTC:
        component.add(name, moment)
    else:
        zone: Any = moment.tzinfo
        component.add(name, moment.replace(tzinfo=None), parameters={"TZID": zone.key})


def _moment(moment: datetime) -> datetime:
    """Return *moment* in local time, or in UTC if the local time is ambiguous or UTC anyway."""
    utc = moment.astimezone(UTC)
    local = utc.astimezone(moment.tzinfo)  # a skipped local time becomes the one after the jump
    twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    return utc if twice or local.tzname() == "UTC" else local


def _add_words(component: Component, entry: CalendarEntry) -> None:
    """Add the description and other texts. The description ends with the link: not every program shows URL."""
    text = clean_lines("\n".join(part for part in (entry.note, entry.description, entry.url) if part))
    if text:
        _add_text(component, "description", text, entry)
    if entry.url:
        component.add("url", one_line(entry.url))
    if entry.image:
        component.add("image", vUri(one_line(entry.image)), parameters={"VALUE": "URI", "DISPLAY": "BADGE"})
    if entry.must:
        component.add("priority", MUST)
    if note := clean_lines(entry.note or ""):
        component.add("x-kzfest-note", _Text(note))


def _alarm(entry: CalendarEntry, before: timedelta) -> Alarm:
    """Return a reminder *before* the start, or at MORNING of whole days."""
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _Text(summary_of(entry)))
    alarm.add("trigger", -before if isinstance(entry.start, datetime) else MORNING)
    return alarm


def summary_of(entry: CalendarEntry) -> str:
    """Return an entry's summary on one line, marked if it was cancelled; never empty."""
    summary = one_line(entry.summary) or entry.uid.partition("@")[0]
    return f"{_('CANCELLED')}: {summary}" if entry.status == "cancelled" else summary


def one_line(text: str) -> str:
    r"""Return *text* on one line, stripped and without control characters.

    >>> one_line(" Tango\u2028dell'amore\n")
    "Tango dell'amore"
    """
    return _CONTROL.sub("", _BREAK.sub(" ", text)).strip()


def clean_lines(text: str) -> str:
    """Return *text* with its lines stripped and without control characters."""
    return "\n".join(_CONTROL.sub("", line).strip() for line in text.splitlines()).strip()


def _utc(when: date | datetime) -> datetime:
    """Return a time stamp in UTC; a day counts from midnight UTC."""
    if isinstance(when, datetime):
        return when.astimezone(UTC).replace(microsecond=0)
    return midnight(when)


def midnight(day: date) -> datetime:
    """Return midnight UTC of *day*, which stands for it in time stamps."""
    return datetime.combine(day, time(), tzinfo=UTC)
