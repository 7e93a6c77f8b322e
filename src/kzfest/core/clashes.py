"""Clashes between visits: two visits overlap, or the travel time between them is too long."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import ceil
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from kzfest.core.travel import BUFFER_MINUTES, Way, way_between

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from kzfest.core.model import Location
    from kzfest.core.travel import By

Verdict: TypeAlias = Literal["overlap", "tight", "fine"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """A stay at a place. It includes its start and not its end: back-to-back stops do not overlap."""

    key: str
    """Identifies the stop."""
    start: datetime
    end: datetime
    place: str | None = None
    """Identifies its place; None if the place is unknown."""
    location: Location | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """How one stop follows another, in minutes."""

    first: str
    second: str
    verdict: Verdict
    has: int
    """From the end of the first to the start of the second; negative if they overlap."""
    needs: int | None
    """Travel time and buffer; 0 within a place or a building; None if the travel time is unknown."""
    estimate: bool


def clashes(stops: Sequence[Stop], by: By) -> Iterator[Clash]:
    """Yield each pair of *stops* that overlap or are too far apart, in the order of their starts.

    It yields them one at a time: a thousand stops at one hour have half a million clashes.
    """
    ordered = [_Timed(stop, *in_time(stop)[:2]) for stop in sorted(stops, key=in_time)]
    places = {stop.place: stop.location for stop in stops if stop.location}
    ways = (way_between(here, there, by).minutes for here, there in combinations(places.values(), 2))
    longest = max(ways, default=0) + BUFFER_MINUTES
    for number, first in enumerate(ordered):
        for second in ordered[number + 1 :]:
            if (second.start - first.end) // 60 > longest:
                break
            clash = _judged(first, second, by)
            if clash.verdict != "fine":
                yield clash


class _Timed(NamedTuple):
    """A stop with its start and end in seconds since 1970, computed once instead of for each pair."""

    stop: Stop
    start: float
    end: float


def in_time(stop: Stop) -> tuple[float, float, str]:
    """Return the key to sort *stop* by: timestamps, because local times repeat when clocks go back."""
    return stop.start.timestamp(), stop.end.timestamp(), stop.key


def judge(first: Stop, second: Stop, by: By) -> Clash:
    """Return how *second* follows *first*, which starts no later. A stop without duration overlaps nothing."""
    return _judged(_Timed(first, *in_time(first)[:2]), _Timed(second, *in_time(second)[:2]), by)


def _judged(first: _Timed, second: _Timed, by: By) -> Clash:
    has = int((second.start - first.end) // 60)
    way = way_to(first.stop, second.stop, by)
    needs = None if way is None else way.minutes and way.minutes + BUFFER_MINUTES
    overlaps = second.start < min(first.end, second.end)
    tight = has >= 0 and needs is not None and has < needs
    return Clash(
        first=first.stop.key,
        second=second.stop.key,
        verdict="overlap" if overlaps else "tight" if tight else "fine",
        has=has,
        needs=needs,
        estimate=way is not None and way.estimate,
    )


def way_to(first: Stop, second: Stop, by: By) -> Way | None:
    """Return the way between two stops, or None if a location is unknown. Within one place it takes 0 minutes."""
    if first.place is not None and first.place == second.place:
        return Way(0, by, estimate=False)
    if first.location is None or second.location is None:
        return None
    return way_between(first.location, second.location, by)


def overlap_minutes(first: Stop, second: Stop) -> int:
    """Return how many minutes both stops have in common, rounded up."""
    start = max(first.start.timestamp(), second.start.timestamp())
    return max(0, ceil((min(first.end.timestamp(), second.end.timestamp()) - start) / 60))


def minutes_between(start: datetime, end: datetime) -> int:
    """Return the whole minutes that pass from *start* to *end*, whatever the clocks do in between."""
    return int((end.timestamp() - start.timestamp()) // 60)
