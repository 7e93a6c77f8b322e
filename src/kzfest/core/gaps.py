"""The free stretches of a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING

from kzfest.core.clashes import in_time, minutes_between

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, tzinfo

    from kzfest.core.clashes import Stop

DAY_OUT = (time(9), time(23))
"""When a visitor is out, unless a visit says otherwise."""
SHORTEST_MINUTES = 30
"""Less is a walk to the next visit, not a gap."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A free stretch, and the stops around it."""

    start: datetime
    end: datetime
    before: Stop | None = None
    after: Stop | None = None

    @property
    def minutes(self) -> int:
        """How long it is."""
        return minutes_between(self.start, self.end)


def gaps(day: date, stops: Iterable[Stop], zone: tzinfo) -> Iterator[Gap]:
    """Yield the free stretches between *stops* on the festival day *day*."""
    start, close = (datetime.combine(day, hour, tzinfo=zone) for hour in DAY_OUT)
    before: Stop | None = None
    for stop in sorted(stops, key=in_time):
        after = stop if minutes_between(stop.start, close) >= 0 else None
        until = stop.start.astimezone(zone) if after else close
        if minutes_between(start, until) >= SHORTEST_MINUTES:
            yield Gap(start, until, before, after)
        if stop.end.timestamp() > start.timestamp():
            start, before = stop.end.astimezone(zone), stop
    if minutes_between(start, close) >= SHORTEST_MINUTES:
        yield Gap(start, close, before)
