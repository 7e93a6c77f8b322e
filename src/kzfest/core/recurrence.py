"""Recurrence rules (RFC 5545, 3.3.10): the dates of repeating events."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime, time
from itertools import islice
from math import prod
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import tzinfo

REPEATS_AT_MOST = 1_000
"""Occurrences of one rule, enough for a daily show over three years."""

TIMES_OF_DAY_AT_MOST = 100
"""Times of a day in one rule. dateutil makes all of them first: with every second of the day, for 0.2 s."""

SHORTEST_PERIODS = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 28, "YEARLY": 365}
"""The supported frequencies, with the least number of days from one step to the next."""

_UNTIL = r"[0-9]{8}(T[0-9]{6}Z?)?"

Moment = TypeVar("Moment", date, datetime)


class RuleDates(NamedTuple, Generic[Moment]):
    """The occurrences of a rule."""

    found: list[Moment]
    is_cut: bool
    """Whether a limit ended the search before the rule did."""
    days_searched: int
    """The days that the search passed, which is what it costs."""


def occurrences(rule: str, start: Moment, *, until: date) -> list[Moment]:
    """Return the occurrences of the recurrence *rule* from *start* to the day *until*, at most `REPEATS_AT_MOST`.

    Raises ValueError, or an error of dateutil, if the rule is invalid or does not begin with *start*.

    >>> occurrences("FREQ=YEARLY", date(2022, 12, 16), until=date(2024, 12, 31))
    [datetime.date(2022, 12, 16), datetime.date(2023, 12, 16), datetime.date(2024, 12, 16)]
    """
    moments = rule_dates(rule, start, until=until).found
    days = {moment.date() if isinstance(moment, datetime) else moment for moment in moments}
    if not moments or moments[0] != start or len(days) < len(moments):  # INTERVAL=0, or two values for BYHOUR
        raise ValueError(rule)
    return moments


def rule_dates(rule: str, start: Moment, *, until: date, most_days: int | None = None) -> RuleDates[Moment]:
    """Return the occurrences of *rule* as `occurrences` does, which need not begin with *start*.

    The search passes at most *most_days*. Raises ValueError, or an error of dateutil, if the rule is invalid.
    """
    from dateutil.rrule import rrulestr  # takes 35 ms

    given = rule.upper().split(";")
    parts = dict(part.split("=", 1) for part in given)
    if len(parts) < len(given) or parts.get("FREQ") not in SHORTEST_PERIODS:
        raise ValueError(rule)
    if prod(len(parts.get(key, "").split(",")) for key in ("BYHOUR", "BYMINUTE", "BYSECOND")) > TIMES_OF_DAY_AT_MOST:
        raise ValueError(rule)
    count = int(parts.pop("COUNT", REPEATS_AT_MOST + 1))
    end = until.strftime("%Y%m%dT235959")
    zone = start.tzinfo if isinstance(start, datetime) else None
    parts["UNTIL"] = min(_local_end(parts.get("UNTIL", end), zone), end)
    interval = _LimitedInterval(parts.get("INTERVAL", 1))
    clock = datetime.combine(start, start.time() if isinstance(start, datetime) else time())
    read: Any = rrulestr(";".join(f"{key}={value}" for key, value in parts.items()), dtstart=clock)
    shortest_step = SHORTEST_PERIODS[parts["FREQ"]] * max(int(interval), 1)
    steps = (until - clock.date()).days // shortest_step + 2
    interval.steps_left = steps if most_days is None else min(steps, most_days // SHORTEST_PERIODS[parts["FREQ"]])
    begun_with = interval.steps_left
    found = list(islice(_until_limit(read.replace(interval=interval)), min(count, REPEATS_AT_MOST + 1)))
    return RuleDates(
        [start + (moment - clock) for moment in found[:REPEATS_AT_MOST]],
        is_cut=len(found) > REPEATS_AT_MOST or (interval.steps_left < 0 and begun_with < steps),
        days_searched=(begun_with - max(interval.steps_left, 0)) * SHORTEST_PERIODS[parts["FREQ"]],
    )


def _local_end(until: str, zone: tzinfo | None) -> str:
    """Return the UNTIL of a rule in local time of *zone*, as its start is; a date becomes its last second."""
    if not re.fullmatch(_UNTIL, until):  # dateutil would complete it from today's date
        raise ValueError(until)
    if len(until) == len("20231216"):
        return f"{until}T235959"
    if not until.endswith("Z") or zone is None:
        return until.removesuffix("Z")
    return datetime.strptime(until, "%Y%m%dT%H%M%S%z").astimezone(zone).strftime("%Y%m%dT%H%M%S")


class _StepLimitError(Exception):
    """The search has passed the last day."""


class _LimitedInterval(int):
    """An interval that raises `_StepLimitError` after a number of steps.

    dateutil checks the end of a rule only at an occurrence: a rule without any would run to the year 9999.
    """

    steps_left: int

    def _count_step(self) -> None:
        self.steps_left -= 1
        if self.steps_left < 0:
            raise _StepLimitError

    def __radd__(self, other: int) -> int:
        self._count_step()
        return other + int(self)

    def __mul__(self, other: int) -> int:
        self._count_step()
        return int(self) * other


def _until_limit(moments: Iterable[datetime]) -> Iterator[datetime]:
    with suppress(_StepLimitError):
        yield from moments
