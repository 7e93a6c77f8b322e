"""Free time between visits."""

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
"""The local hours between which gaps are looked for."""
STEP_MINUTES = 5
SHORTEST_MINUTES = 30
"""A shorter pause between visits is not a gap."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A free stretch, and the stops before and after it, which may be on other days."""

    start: datetime
    end: datetime
    before: Stop | None = None
    after: Stop | None = None

    @property
    def minutes(self) -> int:
        """Its length."""
        return minutes_between(self.start, self.end)


def free_gaps(day: date, stops: Iterable[Stop], zone: tzinfo) -> Iterator[Gap]:
    """Yield the gaps of the festival day *day* between *stops*.

    Pass the stops of other days too: a night train from the evening before may take up the morning.
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
    """Return *moment* rounded to five minutes, *up* or down.

    >>> rounded(datetime(2023, 12, 17, 14, 37), up=True), rounded(datetime(2023, 12, 17, 14, 37), up=False)
    (datetime.datetime(2023, 12, 17, 14, 40), datetime.datetime(2023, 12, 17, 14, 35))
    """
    over = timedelta(minutes=moment.minute % STEP_MINUTES, seconds=moment.second, microseconds=moment.microsecond)
    return moment + (timedelta(minutes=STEP_MINUTES) - over if up and over else -over)
