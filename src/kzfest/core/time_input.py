"""Times of day and durations as people type them."""

from __future__ import annotations

import re
from datetime import time, timedelta

from kzfest.core.errors import UsageError
from kzfest.i18n import _

_CLOCK = re.compile(r"(?P<hour>[0-9]{1,2})(?:[:.](?P<minute>[0-9]{2}))?\s*(?P<half>[ap]\.?m\.?)?", re.IGNORECASE)
_LENGTH = re.compile(
    r"(?:(?P<hours>[0-9]{1,3}(?:[.,][0-9]+)?)\s*(?:hours?|hrs?|h|сағат|сағ|часа?|часов|ч)\.?)?\s*"
    r"(?:(?P<minutes>[0-9]{1,5})\s*(?:minutes?|mins?|m|минут[аы]?|мин|м)?\.?)?",
    re.IGNORECASE,
)
_COLON = re.compile(r"(?P<hours>[0-9]{1,3}):(?P<minutes>[0-5][0-9])")
LONGEST_VISIT = timedelta(days=7)


def read_clock(text: str) -> time:
    """Return the time of day that *text* gives. Raises UsageError.

    >>> read_clock("14:30"), read_clock("7 pm")
    (datetime.time(14, 30), datetime.time(19, 0))
    """
    found = _CLOCK.fullmatch(text.strip())
    hour, minute = (int(found["hour"]), int(found["minute"] or 0)) if found else (-1, 0)
    if found and found["half"]:
        hour = hour % 12 + (12 if found["half"][0] in "pP" else 0) if 1 <= hour <= 12 else -1
    if not (0 <= hour < 24 and minute < 60):
        raise UsageError(_("'{text}' is not a valid time; write it as 14:00 or 2 pm").format(text=text))
    return time(hour, minute)


def read_length(text: str) -> timedelta:
    """Return the duration that *text* gives, in whole minutes; a bare number is minutes. Raises UsageError.

    >>> read_length("1h30"), read_length("90"), read_length("1:15")
    (datetime.timedelta(seconds=5400), datetime.timedelta(seconds=5400), datetime.timedelta(seconds=4500))
    """
    found = _COLON.fullmatch(text.strip()) or _LENGTH.fullmatch(text.strip())
    hours = float((found["hours"] or "0").replace(",", ".")) if found else 0.0
    length = timedelta(hours=hours, minutes=int(found["minutes"] or 0)) if found else timedelta()
    length = timedelta(minutes=round(length.total_seconds() / 60))
    if not timedelta() < length <= LONGEST_VISIT:
        raise UsageError(_("'{text}' is not a valid duration; write it as 2h, 90m or 1h30").format(text=text))
    return length
