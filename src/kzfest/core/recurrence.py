"""Recurrence rules (RFC 5545, 3.3.10): when what repeats is on."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime, time
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import tzinfo

REPEATS_AT_MOST = 1_000
"""A yearly holiday for a lifetime, a daily show for three years: beyond that a rule is a mistake."""

SHORTEST_PERIODS = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 28, "YEARLY": 365}
"""Days between two steps of the rules that are taken: none fires more often than once a day."""

_UNTIL = r"[0-9]{8}(T[0-9]{6}Z?)?"

Moment = TypeVar("Moment", date, datetime)


def occurrences(rule: str, start: Moment, *, until: date) -> list[Moment]:
    """Return the starts that the recurrence *rule* gives from *start* to the day *until*.

    Raises ValueError, or whatever dateutil raises, at what is no rule or does not begin with *start*.

    >>> occurrences("FREQ=YEARLY", date(2022, 12, 16), until=date(2024, 12, 31))
    [datetime.date(2022, 12, 16), datetime.date(2023, 12, 16), datetime.date(2024, 12, 16)]
    """
    from dateutil.rrule import rrulestr  # 35 ms

    bounded = _bounded(rule, until, start.tzinfo if isinstance(start, datetime) else None)
    clock = datetime.combine(start, start.time() if isinstance(start, datetime) else time())
    read: Any = rrulestr(bounded.text, dtstart=clock)
    steps = _Steps(bounded.interval)
    steps.left = (until - clock.date()).days // (bounded.period * max(bounded.interval, 1)) + 2
    found = list(islice(_until_tired(read.replace(interval=steps)), bounded.at_most))
    days = {moment.date() for moment in found}
    if not found or found[0] != clock or len(days) < len(found):  # INTERVAL=0, or two values for BYHOUR
        raise ValueError(rule)
    return [start + (moment - clock) for moment in found]


class _Bounded(NamedTuple):
    """A rule with an end."""

    text: str
    at_most: int
    """How many times it may fire."""
    interval: int
    period: int
    """Days between two steps, at the least, where each is taken."""


def _bounded(rule: str, until: date, zone: tzinfo | None) -> _Bounded:
    """Return *rule* with an end that is never later than *until*."""
    given = rule.upper().split(";")
    parts = dict(part.split("=", 1) for part in given)
    if len(parts) < len(given) or parts.get("FREQ") not in SHORTEST_PERIODS:
        raise ValueError(rule)
    at_most = min(int(parts.pop("COUNT", REPEATS_AT_MOST)), REPEATS_AT_MOST)
    end = until.strftime("%Y%m%dT235959")
    parts["UNTIL"] = min(_local_end(parts.get("UNTIL", end), zone), end)
    text = ";".join(f"{key}={value}" for key, value in parts.items())
    return _Bounded(text, at_most, int(parts.get("INTERVAL", 1)), SHORTEST_PERIODS[parts["FREQ"]])


def _local_end(until: str, zone: tzinfo | None) -> str:
    """Return a rule's own end by the clocks of *zone*, in which its start is given; a day ends with its last second."""
    if not re.fullmatch(_UNTIL, until):  # which dateutil would guess at, by today's date
        raise ValueError(until)
    if len(until) == len("20231216"):
        return f"{until}T235959"
    if not until.endswith("Z") or zone is None:
        return until.removesuffix("Z")
    return datetime.strptime(until, "%Y%m%dT%H%M%S%z").astimezone(zone).strftime("%Y%m%dT%H%M%S")


class _TiredError(Exception):
    """All days to the end have been looked at."""


class _Steps(int):
    """An interval that can be taken only so often.

    dateutil looks at the end of a rule only when it fires: for one that no day fits, to the year 9999.
    """

    left: int

    def _take(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise _TiredError

    def __radd__(self, other: int) -> int:
        self._take()
        return other + int(self)

    def __mul__(self, other: int) -> int:
        self._take()
        return int(self) * other


def _until_tired(moments: Iterable[datetime]) -> Iterator[datetime]:
    with suppress(_TiredError):
        yield from moments
