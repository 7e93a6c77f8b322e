"""Solutions for clashes: a new time for one of two clashing visits, so that both can stay."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from kzfest.core.clashes import judge, minutes_between
from kzfest.core.festival_day import later
from kzfest.core.gaps import DAY_OUT, rounded
from kzfest.core.opening_hours import hours_on, open_spans
from kzfest.core.visit import lies_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kzfest.core.clashes import Clash, Stop
    from kzfest.core.travel import By
    from kzfest.core.visit import Visit
    from kzfest.core.visit_facts import VisitFacts
    from kzfest.itineraries.plan import Plan, PlannedVisit

MOST_OTHERS = 30
"""No solution is searched for on days with more visits than this."""
SHORTEST = timedelta(minutes=30)
"""A late arrival must leave at least this much of the showing."""


class ClashSolution(NamedTuple):
    """A command line that moves one of the two visits to a time at which it clashes with nothing."""

    command: str
    late: bool
    """Whether the visitor misses the beginning of the showing."""


def clash_solution(clash: Clash, plan: Plan) -> ClashSolution | None:
    """Return how to keep both visits of *clash*: move the one whose event has no fixed hour, else arrive late."""
    of_day = {each.visit.id: each for each in plan.visits}
    first, second = of_day[clash.first], of_day[clash.second]
    stops = [each.stop for each in plan.visits if each.stop and each.visit.day in {first.visit.day, second.visit.day}]
    if len(stops) > MOST_OTHERS:
        return None
    for planned in (second, first):
        others = [stop for stop in stops if stop.key != planned.visit.id]
        if not has_fixed_hours(planned.visit) and (start := _free_start(planned, others, plan.by)):
            return ClashSolution(_edit(planned, start, plan), late=False)
    others = [stop for stop in stops if stop.key != second.visit.id]
    if has_fixed_hours(second.visit) and (start := _late_start(second, first, others, plan.by)):
        return ClashSolution(_edit(second, start, plan), late=True)
    return None


def _edit(planned: PlannedVisit, start: datetime, plan: Plan) -> str:
    return f"{plan.command} edit {planned.visit.id} --at {start.astimezone(planned.known.zone):%H:%M}"


def has_fixed_hours(visit: Visit) -> bool:
    """Whether the showing of *visit* has fixed hours."""
    showing = visit.showing
    return showing is not None and not showing.all_day and not showing.drop_in


def _free_start(planned: PlannedVisit, others: Sequence[Stop], by: By) -> datetime | None:
    """Return the start nearest to the present one at which *planned* clashes with none of *others*."""
    stop = planned.stop
    if stop is None:
        return None
    length = timedelta(minutes=minutes_between(stop.start, stop.end))
    starts = [
        start
        for start in starts_beside(stop, length, others, by)
        if may_be_at(planned.visit, planned.known, start, later(start, length))
        and _fits(stop, start, later(start, length), others, by)
    ]
    return min(starts, key=lambda each: abs(each.timestamp() - stop.start.timestamp()), default=None)


def starts_beside(stop: Stop, length: timedelta, others: Sequence[Stop], by: By) -> Iterator[datetime]:
    """Yield for each of *others* the earliest start of *stop* after it and the latest before it, with travel time."""
    for other in others:
        needs = timedelta(minutes=judge(other, stop, by).needs or 0)
        yield rounded(later(other.end, needs).astimezone(stop.start.tzinfo), up=True)
        yield rounded(later(other.start, -needs - length).astimezone(stop.start.tzinfo), up=False)


def may_be_at(visit: Visit, known: VisitFacts, start: datetime, end: datetime) -> bool:
    """Whether *visit* may be from *start* to *end*: by the hours of the event, else by those of the venue.

    Without known hours, whether people are usually out then.
    """
    if visit.showing and visit.showing.drop_in:
        return lies_in((start, end), visit.showing)
    host, day = known.host, visit.day
    midnight = datetime.combine(day, time())
    begins, ends = ((each.astimezone(known.zone).replace(tzinfo=None) - midnight) for each in (start, end))
    if host and visit.event and hours_on(host, day):
        spans = [tuple(timedelta(minutes=each) for each in span) for span in open_spans(host, day)]
    else:
        spans = [tuple(timedelta(hours=each.hour) for each in DAY_OUT)]
    return any(opens <= begins and ends <= closes for opens, closes in spans)


def _fits(stop: Stop, start: datetime, end: datetime, others: Sequence[Stop], by: By) -> bool:
    """Whether *stop*, moved to *start* and *end*, clashes with none of *others*."""
    moved = replace(stop, start=start, end=end)
    pairs = ((moved, each) if moved.start.timestamp() <= each.start.timestamp() else (each, moved) for each in others)
    return all(judge(one, other, by).verdict == "fine" for one, other in pairs)


def _late_start(second: PlannedVisit, first: PlannedVisit, others: Sequence[Stop], by: By) -> datetime | None:
    """Return when a visitor who leaves *first* at its end arrives at *second*, or None if too little of it is left."""
    if first.stop is None or second.stop is None:
        return None
    needs = timedelta(minutes=judge(first.stop, second.stop, by).needs or 0)
    start = rounded(later(first.stop.end, needs).astimezone(second.stop.start.tzinfo), up=True)
    enough = later(start, SHORTEST).timestamp() <= second.stop.end.timestamp()
    return start if enough and _fits(second.stop, start, second.stop.end, others, by) else None
