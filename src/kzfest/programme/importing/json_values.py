"""What single values of JSON mean: times and numbers."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, TypeAlias

from kzfest.programme.importing import moments
from kzfest.programme.importing.written_times import WrittenSpan, lone_day, lone_time, moment

if TYPE_CHECKING:
    from datetime import tzinfo

    from kzfest.programme.importing.entries import Clock

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECONDS_FROM = 10**11
"""As seconds, the year 5138; as milliseconds, 1973."""
_DAYS = range(1900_01_01, 2100_01_01)
"""Whole numbers that are a day, such as 20261231. As seconds, they lie in 1970."""
When: TypeAlias = "Clock | time"
"""A day, a moment, or hours and minutes alone."""


def time_of(value: Any) -> When | None:
    """Return the time that *value* is: seconds or milliseconds since 1970, a day, a moment or hours as text."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        if isinstance(value, int) and value in _DAYS and (day := moments.iso_time(value)):
            return day
        with suppress(OverflowError, ValueError):
            return _EPOCH + timedelta(seconds=value / 1000 if abs(value) >= _MILLISECONDS_FROM else value)
        return None
    return moments.iso_time(value) or moments.time_of_day(value) if isinstance(value, str) else None


def written_time(text: str) -> WrittenSpan | None:
    """Return the day, the time of day, or both that people wrote as *text*, if it is nothing else."""
    day = lone_day(text)
    span = WrittenSpan(day) if day else lone_time(text)
    return span if span and span.end_clock is None and span.end_day is None else None


def time_written(span: WrittenSpan, *, month_first: bool) -> When | None:
    """Return the time that *span* is; None if it is a day without its year. Raises OverflowError."""
    if span.day is None:
        return time(*divmod(span.clock, 60)) if span.clock is not None and span.clock < 24 * 60 else None
    day = span.day.on(month_first=month_first)
    return day if day is None or span.clock is None else moment(day, span.clock, span.offset)


def at(day: date | None, hour: time | None) -> Clock | None:
    """Return *hour* on *day*, or what is known of it."""
    return datetime.combine(day, hour) if day and hour else day


def in_zone(when: Clock | None, own: tzinfo | None) -> Clock | None:
    """Return *when* in the zone *own*, if it is a moment that no zone is known for."""
    return when.replace(tzinfo=own) if isinstance(when, datetime) and when.tzinfo is None and own else when


def there(moment: datetime, own: tzinfo | None) -> datetime:
    """Return *moment* as the clocks in the zone *own* show it; without a zone, as it is."""
    return moment.astimezone(own) if own and moment.tzinfo else moment


def number_of(text: str | None) -> float | None:
    """Return the number that *text* is, or None."""
    with suppress(ValueError):
        return float(text) if text else None
    return None


def whole_number_of(text: str | None) -> int | None:
    """Return the whole number that *text* begins with, or None.

    >>> whole_number_of("16+"), whole_number_of("all ages")
    (16, None)
    """
    found = re.match(r"\d{1,9}(?!\d)", text or "")
    return int(found[0]) if found else None
