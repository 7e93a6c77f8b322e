"""Calendar files of whoever wrote them: what they say of the entries that are ours."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from icalendar import Calendar
from icalendar.parser import unescape_backslash
from icalendar.prop import vUnknown

from kzfest.core.days import ONE_DAY
from kzfest.core.visits import MOST_CHANGES
from kzfest.core.words import _
from kzfest.formats.ics import DOMAIN, MUST

_CALENDAR, _CALENDAR_END, _EVENT = (
    re.compile(rb"^(?:\xef\xbb\xbf)?" + line, re.MULTILINE | re.IGNORECASE)
    for line in (b"BEGIN:VCALENDAR", b"END:VCALENDAR", b"BEGIN:VEVENT")
)
_FOLD = re.compile(rb"\r?\n[ \t]")
_UID_OF_OURS = re.compile(rb"^UID[^\r\n]*" + re.escape(DOMAIN.encode()), re.MULTILINE | re.IGNORECASE)
MOST_READ = 5_000
"""Entries of ours in one file: several itineraries and a season's events, read in a second."""
LARGEST_READ = 16 * 1024 * 1024
"""Bytes of one file: twice what so many entries take, and an end to what somebody else may send."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What an entry of a calendar file says, of what we have written into it."""

    uid: str
    summary: str
    start: date | datetime
    end: date | datetime
    """The last day of whole days, else a moment; without a zone where the file gives none."""
    sequence: int
    cancelled: bool
    must: bool
    note: str | None
    location: str | None


class Unread(NamedTuple):
    """An entry that says nothing of what we have written into it, and why."""

    uid: str
    summary: str
    reason: str


class Reading(NamedTuple):
    """The entries of a calendar file that have a UID: those that can be read, and the others."""

    entries: list[Read]
    unread: list[Unread]


def read_calendar(data: bytes) -> Reading:
    """Return the entries of ours in a calendar file, whoever wrote it. Raises ValueError where it is none."""
    if len(data) > LARGEST_READ:
        raise ValueError(_("it has {n} MB; {most} are the most").format(n=len(data) >> 20, most=LARGEST_READ >> 20))
    if not _CALENDAR.search(data):
        raise ValueError(_("it has no BEGIN:VCALENDAR"))
    if not _CALENDAR_END.search(data):
        raise ValueError(_("it is not the whole of one, for it has no END:VCALENDAR"))
    named = len(_UID_OF_OURS.findall(unfolded(data)))
    if named > MOST_READ:
        raise ValueError(_("it has {n} entries of ours; {most} are the most").format(n=named, most=MOST_READ))
    calendars = _parsed(data) if named else []  # which takes 0.2 ms an entry
    found = [_read(event) for each in calendars for event in each.walk("VEVENT") if _text(event, "UID")]
    return Reading(
        [each for each in found if isinstance(each, Read)], [each for each in found if isinstance(each, Unread)]
    )


def _parsed(data: bytes) -> list[Any]:
    """Return the calendars in a file. Raises ValueError, whatever else the library raises at a file gone wrong."""
    try:
        return list(Calendar.from_ical(data, multiple=True))
    except Exception as error:  # a TZID of 300 letters is an OSError, one that is a continent's another
        raise ValueError(_("a line in it cannot be read")) from error


def unfolded(data: bytes) -> bytes:
    """Return a calendar file with its lines whole."""
    return _FOLD.sub(b"", data)


def count_entries(data: bytes) -> int:
    """Return how many entries a calendar file has, whoever wrote them."""
    return len(_EVENT.findall(unfolded(data)))


def _read(event: Any) -> Read | Unread:
    uid, summary = _text(event, "UID") or "", _text(event, "SUMMARY") or ""
    span = _span(event)
    if "RECURRENCE-ID" in event:
        return Unread(uid, summary, _("it changes one date of a series"))
    if span is None:
        return Unread(uid, summary, _("its start or its end cannot be read"))
    return Read(
        uid=uid,
        summary=summary,
        start=span[0],
        end=span[1],
        sequence=min(max(_number(event.get("SEQUENCE")), 0), MOST_CHANGES),
        cancelled=(_text(event, "STATUS") or "").upper() == "CANCELLED",
        must=_number(event.get("PRIORITY")) == MUST,
        note=_text(event, "X-KZFEST-NOTE"),
        location=_text(event, "LOCATION"),
    )


def _span(event: Any) -> tuple[date | datetime, date | datetime] | None:
    """Return the start and the end of an entry, or None where it has no start, or one that is no date."""
    try:
        start, end = event.start, event.end
        return start, end if isinstance(end, datetime) else max(end - ONE_DAY, start)
    except (ArithmeticError, TypeError, ValueError):
        return None


def _text(event: Any, key: str) -> str | None:
    """Return the first text of that property; of one that icalendar does not know it leaves the escapes in."""
    value = event.get(key)
    first = value[0] if isinstance(value, list) else value
    if isinstance(first, vUnknown):
        return str(unescape_backslash(first))
    return str(first) if isinstance(first, str) else None


def _number(value: Any) -> int:
    try:
        return int(value)
    except (TypeError, ValueError):
        return 0
