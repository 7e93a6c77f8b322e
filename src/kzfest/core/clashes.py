"""Which visits cannot both be kept: because they overlap, or because the way between them is too long."""

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
    """A stay at a place: half-open, so that one may begin as another ends."""

    key: str
    """What tells this stop from others."""
    start: datetime
    end: datetime
    place: str | None = None
    """What tells its place from others; None where it is not known."""
    location: Location | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """How one stop follows another, in minutes."""

    first: str
    second: str
    verdict: Verdict
    has: int
    """From the end of the first to the start of the second; negative where they overlap."""
    needs: int | None
    """The way and the time around it; nothing within one place or one house; None where the way is not known."""
    estimate: bool


def clashes(stops: Sequence[Stop], by: By) -> list[Clash]:
    """Return each pair of *stops* that cannot both be kept, in the order of their starts."""
    return list(each_clash(stops, by))


def each_clash(stops: Sequence[Stop], by: By) -> Iterator[Clash]:
    """Yield what `clashes` returns, one at a time: of a thousand stops at one hour, there are half a million."""
    ordered = [_Timed(stop, *in_time(stop)[:2]) for stop in sorted(stops, key=in_time)]
    reach = _longest_way(stops, by)
    pairs = (_judged(first, second, by) for first, second in _near(ordered, reach))
    return (clash for clash in pairs if clash.verdict != "fine")


class _Timed(NamedTuple):
    """A stop with its instants, which are asked for once a pair."""

    stop: Stop
    start: float
    end: float


def in_time(stop: Stop) -> tuple[float, float, str]:
    """Return what puts *stop* among others: within a zone, clocks that are put back would mislead."""
    return stop.start.timestamp(), stop.end.timestamp(), stop.key


def _longest_way(stops: Sequence[Stop], by: By) -> int:
    """Return the minutes that no way between the places of *stops* exceeds: later stops need no look."""
    places = {stop.place: stop.location for stop in stops if stop.location}
    ways = (way_between(here, there, by).minutes for here, there in combinations(places.values(), 2))
    return max(ways, default=0) + BUFFER_MINUTES


def _near(ordered: Sequence[_Timed], reach: int) -> Iterator[tuple[_Timed, _Timed]]:
    """Yield the pairs of stops of which the second starts at most *reach* minutes after the first ends."""
    for number, first in enumerate(ordered):
        for second in ordered[number + 1 :]:
            if (second.start - first.end) // 60 > reach:
                break
            yield first, second


def judge(first: Stop, second: Stop, by: By) -> Clash:
    """Return how *second* follows *first*, which starts no later; a stop of no length overlaps nothing."""
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
    """Return the way between two stops, or None where it is not known; within one house it takes no minute."""
    if first.place is not None and first.place == second.place:
        return Way(0, by, estimate=False)
    if first.location is None or second.location is None:
        return None
    return way_between(first.location, second.location, by)


def overlap_minutes(first: Stop, second: Stop) -> int:
    """Return for how many minutes both stops last, begun ones included."""
    start = max(first.start.timestamp(), second.start.timestamp())
    return max(0, ceil((min(first.end.timestamp(), second.end.timestamp()) - start) / 60))


def minutes_between(start: datetime, end: datetime) -> int:
    """Return the whole minutes from *start* to *end*, also across a night when the clocks are moved."""
    return int((end.timestamp() - start.timestamp()) // 60)
