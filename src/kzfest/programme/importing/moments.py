"""Dates, times and lengths as the formats write them."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime, time, timedelta

LAST_MINUTE = time(23, 59)
"""When programs end a whole day, sometimes with its last second."""
_MOMENT = re.compile(
    r"(\d{4})-?(\d{2})-?(\d{2})"
    r"(?:[T ]\s*(\d{1,2}):?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?\s*(Z|UTC|[+-]\d{2}(?::?\d{2})?)?)?",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\d{1,6}(?::\d{1,2}){0,2}")
_ISO_LENGTH = re.compile(
    r"P(?:(\d{1,4})W)?(?:(\d{1,4})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,7})S)?)?", re.IGNORECASE
)


def iso_time(text: object) -> date | datetime | None:
    """Return the day, local moment or instant that *text* gives in ISO 8601, or None.

    >>> iso_time("2024-12-27T09:30:00Z").isoformat(), iso_time("20241227"), iso_time("soon")
    ('2024-12-27T09:30:00+00:00', datetime.date(2024, 12, 27), None)
    """
    found = _MOMENT.fullmatch(str(text).strip()) if text else None
    if not found:
        return None
    year, month, day, hour, minute, second, offset = found.groups()
    with suppress(ValueError, OverflowError):
        on = date(int(year), int(month), int(day))
        if hour is None:
            return on
        if int(hour) == 24:  # the end of the day in ISO 8601
            on, hour = on + timedelta(days=1), "0"
        zone = _offset(offset) if offset else ""
        return datetime.fromisoformat(f"{on}T{int(hour):02}:{minute}:{second or '00'}{zone}")
    return None


def day_of(when: object) -> date | None:
    """Return the day of the day or moment *when*; None if it is neither."""
    if isinstance(when, datetime):
        return when.date()
    return when if isinstance(when, date) else None


def time_of_day(text: object) -> time | None:
    """Return the time of day that *text* gives as hours and minutes, or None."""
    found = re.fullmatch(r"(\d{1,2})[:.h](\d{2})(?::\d{2})?", str(text or "").strip())
    with suppress(ValueError):
        return time(int(found[1]), int(found[2])) if found else None
    return None


def duration(text: object) -> timedelta | None:
    """Return the length that *text* gives; None if it is nothing or not a length.

    It is minutes, hours and minutes, days, hours and minutes, or a duration of ISO 8601. Minutes may be over 59.

    >>> [str(duration(each)) for each in ("01:30", "1:02:30", "90", "00:75", "PT189M")], duration("00:00")
    (['1:30:00', '1 day, 2:30:00', '1:30:00', '1:15:00', '3:09:00'], None)
    """
    written = str(text if text is not None else "").strip()
    found: timedelta | None = None
    if _PARTS.fullmatch(written):
        numbers = [int(part) for part in written.split(":")]
        days, hours, minutes = [0] * (3 - len(numbers)) + numbers
        found = timedelta(days=days, hours=hours, minutes=minutes)
    elif (iso := _ISO_LENGTH.fullmatch(written)) and any(iso.groups()):
        weeks, days, hours, minutes, seconds = (int(part or 0) for part in iso.groups())
        found = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    return found or None


def _offset(written: str) -> str:
    digits = written.replace(":", "")
    if digits.upper() in {"Z", "UTC"}:
        return "+00:00"
    return f"{digits[:3]}:{digits[3:5] or '00'}"
