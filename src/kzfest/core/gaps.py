"""The free stretches of a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from kzfest.core.clashes import in_time, minutes_between

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, tzinfo

    from kzfest.core.clashes import Stop

DAY_OUT = (time(9), time(23))
"""When a visitor is out, unless a visit says otherwise."""
STEP_MINUTES = 5
SHORTEST_MINUTES = 30
"""Less is a walk to the next visit, not a gap."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A free stretch, and the stops before and after it, however far away in time."""

    start: datetime
    end: datetime
    before: Stop | None = None
    after: Stop | None = None

    @property
    def minutes(self) -> int:
        """How long it is."""
        return minutes_between(self.start, self.end)


def free_gaps(day: date, stops: Iterable[Stop], zone: tzinfo) -> Iterator[Gap]:
    """Yield the free stretches of the festival day *day* between *stops*, which may be on other days as well.

    A night train of the evening before takes up the morning, and the way to a stop after the day out counts.
    """
    start, close = (datetime.combine(day, hour, tzinfo=zone) for hour in DAY_OUT)
    before: Stop | None = None
    for stop in sorted(stops, key=in_time):
        until = min(stop.start.astimezone(zone), close, key=datetime.timestamp)
        if minutes_between(start, until) >= SHORTEST_MINUTES:
            yield Gap(start, until, before, stop)
        if stop.end.timestamp() > start.timestamp():
            start = stop.end.astimezone(zone)
        if before is None or stop.end.timestamp() > before.end.timestamp():
            before = stop
    if minutes_between(start, close) >= SHORTEST_MINUTES:
        yield Gap(start, close, before)


def rounded(moment: datetime, *, up: bool) -> datetime:
    """Return *moment* at a minute that people say: nobody arranges to meet at 14:37.

    >>> rounded(datetime(2023, 12, 17, 14, 37), up=True), rounded(datetime(2023, 12, 17, 14, 37), up=False)
    (datetime.datetime(2023, 12, 17, 14, 40), datetime.datetime(2023, 12, 17, 14, 35))
    """
    over = timedelta(minutes=moment.minute % STEP_MINUTES, seconds=moment.second, microseconds=moment.microsecond)
    return moment + (timedelta(minutes=STEP_MINUTES) - over if up and over else -over)
