"""Reading kzfest's own entries from calendar files that any program may have written."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo
from typing import TYPE_CHECKING, Any, NamedTuple

from icalendar import Calendar
from icalendar.parser import unescape_backslash
from icalendar.prop import vUnknown
from icalendar.timezone import tzp
from icalendar.timezone.zoneinfo import ZONEINFO

from kzfest.calendars.ics_writer import DOMAIN, MUST
from kzfest.core.festival_day import ONE_DAY
from kzfest.core.visit import MOST_CHANGES
from kzfest.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

    from kzfest.programme.zones import ZoneByName

_CALENDAR, _CALENDAR_END, _EVENT = (
    re.compile(rb"^(?:\xef\xbb\xbf)?" + line, re.MULTILINE | re.IGNORECASE)
    for line in (b"BEGIN:VCALENDAR", b"END:VCALENDAR", b"BEGIN:VEVENT")
)
_FOLD = re.compile(rb"\n[ \t]")
_BREAKS = re.compile(rb"\n\n+")
_MARK = re.compile(rb"^(BEGIN|END):(VEVENT|VTIMEZONE)[ \t]*(?:\n|\Z)", re.MULTILINE | re.IGNORECASE)
_TZID = re.compile(rb"^TZID(?:;[^:\n]*)?:(.*)$", re.MULTILINE | re.IGNORECASE)
_RULE = re.compile(rb"^(?:RRULE|EXRULE).*$", re.MULTILINE | re.IGNORECASE)
_YEARLY = re.compile(
    rb"RRULE:(?=[^\n]*\bFREQ=YEARLY\b)"
    rb"(?:;?(?:FREQ=YEARLY|INTERVAL=\d{1,4}|BYMONTH=\d{1,2}|BYMONTHDAY=-?\d{1,2}(?:,-?\d{1,2}){0,6}|BYDAY=[-+]?\d?[A-Z]{2}"
    rb"|WKST=[A-Z]{2}|COUNT=\d{1,4}|UNTIL=[\dTZ]{8,16}))+",
    re.IGNORECASE,
)
"""A yearly rule, as in real time zones. A rule that fires every second would take for ever to expand."""
_UID_OF_OURS = re.compile(rb"^UID[^\r\n]*" + re.escape(DOMAIN.encode()), re.MULTILINE | re.IGNORECASE)
MOST_READ = 5_000
"""The limit of our entries in one file: several itineraries and a season's events, read in a second."""
LARGEST_READ = 16 * 1024 * 1024
"""The size limit of a file in bytes: twice the size of MOST_READ entries."""
MOST_VALUES = 30 * MOST_READ
"""The limit of lines and list items in these entries; icalendar takes 25 µs for each."""
MOST_ZONE_VALUES = 1_000
"""The same limit for time zones defined in the file: some 150 clock changes, which every conversion searches."""
MOST_RULES = 10
"""The limit of rules for clock changes in such zones; one zone usually has two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadEntry:
    """The values of an entry that kzfest wrote and uses."""

    uid: str
    summary: str
    start: date | datetime
    end: date | datetime
    """The last day of whole days, else a moment, which is naive if the file gives no zone."""
    sequence: int
    cancelled: bool
    must: bool
    note: str | None
    location: str | None
    modified: datetime | None = field(default=None, compare=False)
    """When it was last changed, if known; ignored when entries are compared."""


class UnreadEntry(NamedTuple):
    """An entry that cannot be read, and why."""

    uid: str
    summary: str
    reason: str


class CalendarContents(NamedTuple):
    """The entries of a calendar file that have a UID of ours."""

    entries: list[ReadEntry]
    unread: list[UnreadEntry]


class _PackageZones(ZONEINFO):
    """Makes icalendar look up time zones in *zones* instead of the system's data, which may be older."""

    def __init__(self, zones: ZoneByName) -> None:
        self._zones = zones
        self._values = self._rules = 0

    def timezone(self, name: str) -> ZoneInfo | None:
        """Return the zone called *name*, if known, ignoring a prefix such as a program's own name.

        Evolution writes ``/freeassociation.sourceforge.net/Asia/Almaty``; no zone's name has more than three parts.
        """
        parts = name.split("/")
        for known in (name, "/".join(parts[-3:]), "/".join(parts[-2:])):
            with suppress(ValueError):
                return self._zones(known)
        return None

    def knows_timezone_id(self, tzid: str) -> bool:
        """Whether a zone has that name; if so, its definition in the file is ignored."""
        return self.timezone(tzid) is not None

    def create_timezone(self, tz: Any) -> tzinfo:  # type: ignore[override]  # the type its only caller passes
        """Return the zone that a VTIMEZONE defines. Raises ValueError if it would be slow to use."""
        text = unfolded(tz.to_ical())
        rules = _RULE.findall(text)
        self._values += _values(text)
        self._rules += len(rules)
        if self._values > MOST_ZONE_VALUES or self._rules > MOST_RULES or not all(map(_YEARLY.fullmatch, rules)):
            raise ValueError(tz.tz_name)
        return super().create_timezone(tz)

    def localize_utc(self, dt: datetime) -> datetime:
        """Return *dt* in UTC."""
        return dt.astimezone(UTC) if dt.tzinfo else dt.replace(tzinfo=UTC)


def read_calendar(data: bytes, zones: ZoneByName) -> CalendarContents:
    """Return kzfest's entries in a calendar file. Raises ValueError if *data* is no calendar or exceeds a limit.

    *zones* returns the zone of a name, and raises ValueError for an unknown one.
    """
    if len(data) > LARGEST_READ:
        raise ValueError(_("it is {n} MB; the limit is {most} MB").format(n=len(data) >> 20, most=LARGEST_READ >> 20))
    if not _CALENDAR.search(data):
        raise ValueError(_("it has no BEGIN:VCALENDAR"))
    if not _CALENDAR_END.search(data):
        raise ValueError(_("it is incomplete: it has no END:VCALENDAR"))
    text = unfolded(data)
    named = len(_UID_OF_OURS.findall(text))
    if named > MOST_READ:
        raise ValueError(_("it has {n} entries of kzfest; the limit is {most}").format(n=named, most=MOST_READ))
    if not named:
        return CalendarContents([], [])
    known = _PackageZones(zones)  # a new one for each file, without the zones of others
    kept = b"".join(_kept(text, known))
    if _values(kept) > MOST_VALUES:
        message = _("its entries of kzfest have {n} values; the limit is {most}")
        raise ValueError(message.format(n=_values(kept), most=MOST_VALUES))
    found = _parsed(kept, known)
    return CalendarContents(
        [each for each in found if isinstance(each, ReadEntry)],
        [each for each in found if isinstance(each, UnreadEntry)],
    )


def _kept(text: bytes, known: _PackageZones) -> Iterator[bytes]:
    """Yield *text* without the entries of other programs and the definitions of *known* zones."""
    done = 0
    opened: tuple[bytes, int] | None = None
    for mark in _MARK.finditer(text):
        kind = mark[2].upper()
        if mark[1].upper() == b"BEGIN":
            opened = kind, mark.start()
            continue
        if opened and opened[0] == kind and not _is_needed(kind, text[opened[1] : mark.end()], known):
            yield text[done : opened[1]]
            done = mark.end()
        opened = None
    yield text[done:]


def _is_needed(kind: bytes, component: bytes, known: _PackageZones) -> bool:
    """Whether *component* is an entry of ours or defines an unknown zone."""
    if kind == b"VEVENT":
        return _UID_OF_OURS.search(component) is not None
    name = _TZID.search(component)
    return name is None or not known.knows_timezone_id(name[1].decode("utf-8", "replace").strip(" /"))


def _values(text: bytes) -> int:
    """Return the number of lines and of unescaped separators in *text*."""
    return sum(text.count(each) - text.count(b"\\" + each) for each in (b"\n", b",", b";"))


def _parsed(text: bytes, known: _PackageZones) -> list[ReadEntry | UnreadEntry]:
    """Return the entries in a file. Raises ValueError for any exception of the library."""
    tzp.use(known)
    try:
        calendars = Calendar.from_ical(text, multiple=True)
        return [_read(event) for each in calendars for event in each.walk("VEVENT") if _text(event, "UID")]
    except Exception as error:
        raise ValueError(_("a line in it cannot be read")) from error


def unfolded(data: bytes) -> bytes:
    """Return a calendar file with its folded lines joined and without empty lines."""
    return _FOLD.sub(b"", _BREAKS.sub(b"\n", data.replace(b"\r\n", b"\n")))


def count_entries(data: bytes) -> int:
    """Return how many entries a calendar file has, including those of other programs."""
    return len(_EVENT.findall(unfolded(data)))


def _read(event: Any) -> ReadEntry | UnreadEntry:
    uid, summary = _text(event, "UID") or "", _text(event, "SUMMARY") or ""
    span = _span(event)
    if "RECURRENCE-ID" in event:
        return UnreadEntry(uid, summary, _("it changes one date of a series"))
    if span is None:
        return UnreadEntry(uid, summary, _("its start, its end or its time zone cannot be read"))
    return ReadEntry(
        uid=uid,
        summary=summary,
        start=span[0],
        end=span[1],
        sequence=min(max(_number(event.get("SEQUENCE")), 0), MOST_CHANGES),
        modified=_moment(event, "LAST-MODIFIED") or _moment(event, "DTSTAMP"),
        cancelled=(_text(event, "STATUS") or "").upper() == "CANCELLED",
        must=_number(event.get("PRIORITY")) == MUST,
        note=_text(event, "X-KZFEST-NOTE"),
        location=_text(event, "LOCATION"),
    )


def _span(event: Any) -> tuple[date | datetime, date | datetime] | None:
    """Return the start and end of an entry, or None if one of them or its time zone is missing or invalid."""
    try:
        start, end = event.start, event.end
        last = end if isinstance(end, datetime) else max(end - ONE_DAY, start)
    except (ArithmeticError, TypeError, ValueError):
        return None
    for key, when in (("DTSTART", start), ("DTEND", end)):
        if isinstance(when, datetime) and when.tzinfo is None and key in event and "TZID" in event[key].params:
            return None  # the zone is unknown, so the time could be any
    return start, last


def _text(event: Any, key: str) -> str | None:
    """Return the first text of a property, unescaped also where icalendar does not do so (unknown properties)."""
    value = event.get(key)
    first = value[0] if isinstance(value, list) else value
    if isinstance(first, vUnknown):
        return str(unescape_backslash(first))
    return str(first) if isinstance(first, str) else None


def _moment(event: Any, key: str) -> datetime | None:
    """Return the first moment of a property in UTC; None if it is missing or invalid."""
    value = event.get(key)
    first = value[0] if isinstance(value, list) else value
    moment = getattr(first, "dt", None)
    if not isinstance(moment, datetime):
        return None
    try:
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ArithmeticError, ValueError):
        return None


def _number(value: Any) -> int:
    try:
        return int(value)
    except (TypeError, ValueError):
        return 0
