"""Candidates for free time: what `gaps` lists for a free stretch, and what `suggest` chooses from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, TypeAlias

from kzfest.core.clashes import judge
from kzfest.core.errors import UsageError
from kzfest.core.festival_day import ONE_DAY, days_of, later, usual_length
from kzfest.core.gaps import free_gaps
from kzfest.core.model import NEWS, NOT_HELD
from kzfest.core.opening_hours import CLOSED, hours_on, open_spans
from kzfest.core.visit import hour_unknown, visits_to
from kzfest.formats import dates
from kzfest.i18n import _
from kzfest.itineraries.plan import known_now, stop_of
from kzfest.itineraries.visit_builder import VisitRequest, build_visit, hours_of, stretches_of, visit_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from kzfest.core.clashes import Stop
    from kzfest.core.gaps import Gap
    from kzfest.core.model import Event
    from kzfest.core.travel import By
    from kzfest.core.visit import Visit
    from kzfest.core.visit_facts import VisitFacts
    from kzfest.itineraries.plan import Plan
    from kzfest.programme.context import Context
    from kzfest.programme.database.catalogue import ListedEvent
    from kzfest.programme.database.queries import EventQuery

HOLIDAY = "holiday"
"""The category of public holidays, which nobody attends."""
CEREMONY = "ceremony"
"""A category and a tag. A ceremony without a published place is for invited guests only."""
DAYS_AT_MOST = 62
"""Two months; for longer times there is `kzfest list`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A possible visit that is not in the itinerary."""

    visit: Visit
    known: VisitFacts
    stop: Stop | None


Span: TypeAlias = tuple[datetime, datetime]
Fit: TypeAlias = "tuple[Candidate, Span]"
"""A candidate, and the start and end of the time in which it fits."""


@dataclass(frozen=True, slots=True)
class FreeTime:
    """A free stretch of a day, and what fits into it."""

    day: date
    gap: Gap
    fits: tuple[Fit, ...]


def candidates(question: EventQuery, plan: Plan, context: Context) -> list[ListedEvent]:
    """Return the events of *question* that are certain, can be attended, and are not in *plan* yet."""
    there = planned_events(plan, context)
    return [
        listed
        for listed in _certain(question, context)
        if why_not_attended(listed.event) is None and listed.event.id not in there
    ]


def _certain(question: EventQuery, context: Context) -> Iterator[ListedEvent]:
    """Yield the events of *question* that are certain and take place, without news."""
    for listed in context.catalogue.events(question):
        event = listed.event
        if listed.certainty == "certain" and event.status not in NOT_HELD and event.category != NEWS:
            yield listed


def not_offered(question: EventQuery, plan: Plan, context: Context) -> list[tuple[ListedEvent, str]]:
    """Return the events of *question* that are not offered, with the reason: nobody attends them, or they are planned.

    Events that are planned on one of the days asked are left out: the plan shows them.
    """
    there = planned_events(plan, context)
    days: dict[str | None, list[date]] = {}
    for each in plan.visits:
        days.setdefault(each.visit.event, []).append(each.visit.day)
    first, last = question.first, question.last
    found: list[tuple[ListedEvent, str]] = []
    for listed in _certain(question, context):
        planned_on = days[listed.event.id] if listed.event.id in there else []
        why = why_not_attended(listed.event)
        if planned_on and not (first and last and any(first <= day <= last for day in planned_on)):
            found.append((listed, why_planned(planned_on)))
        elif why and not planned_on:
            found.append((listed, why))
    return found


def why_planned(days: Sequence[date]) -> str:
    """Return the reason for an event that is planned already, on *days*."""
    return _("planned already: {days}").format(days=format_days(days))


def format_days(given: Sequence[date]) -> str:
    """Return *given* days as text, consecutive days as one range."""
    runs: list[list[date]] = []
    for day in sorted(set(given)):
        if runs and day - runs[-1][-1] == ONE_DAY:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ", ".join(dates.days(run[0], run[-1]) for run in runs)


def why_not_attended(event: Event) -> str | None:
    """Return why nobody can attend *event*, judged by its category, tags and tickets, or None if people can."""
    if event.category == NEWS:
        return _("news")
    if event.sold_out:
        return _("sold out")
    if event.category == HOLIDAY:
        return _("a holiday, nothing to go to")
    if CEREMONY in {event.category, *event.tags} and event.venue is None and event.place is None:
        return _("a ceremony without a known place")
    return None


def planned_events(plan: Plan, context: Context) -> set[str | None]:
    """Return the ids of this programme's events in *plan*."""
    visits = (each.visit for each in plan.visits)
    return {each.event for each in visits_to(context.catalogue.head.id, context.named_file, visits)}


def options_of(
    events: Iterable[ListedEvent], days: Sequence[date], context: Context, *, include_possible: bool = False
) -> list[Candidate]:
    """Return a candidate for each of *events* on each of *days* on which it is on.

    With *include_possible*, also for days on which it only may be on.
    """
    visits = [
        replace(visit, id=f"{listed.event.id}/{number}")
        for listed in events
        for number, visit in enumerate(_visits(listed, days, context, include_possible=include_possible))
    ]
    known = known_now(visits, context)
    return [Candidate(visit=each, known=known[each.id], stop=stop_of(each, known[each.id])) for each in visits]


def _visits(listed: ListedEvent, days: Sequence[date], context: Context, *, include_possible: bool) -> Iterator[Visit]:
    """Yield the possible visits to an event: one for each day and showing."""
    event = listed.event
    if event.status == "cancelled":
        return
    for day in days:
        wish = VisitRequest(day=day)
        if include_possible and not event.showings:
            yield build_visit(listed, wish, context)
        for stretch in stretches_of(listed, context, day):
            begun_before = day > stretch.first_day and hours_of(stretch) is not None  # a night belongs to its evening
            if (
                not stretch.showing.is_off
                and stretch.touches(day, day)
                and not begun_before
                and (stretch.certain or include_possible)
            ):
                yield visit_in(stretch, day, event, wish, context)


def is_closed(option: Candidate) -> bool:
    """Whether *option* has no fixed hour, and it or its venue is known to be closed that day."""
    host = option.known.host
    return option.stop is None and host is not None and hours_on(host, option.visit.day) == CLOSED


def window_in(gap: Gap, option: Candidate, by: By) -> tuple[datetime, datetime] | None:
    """Return the start and end of the time in which *option* fits into *gap*, or None if it does not fit.

    Travel times and opening hours count, those of the event before those of the venue. A visit without a fixed hour may
    be at any time in the window, which is at least as long as the usual length of such a visit.
    """
    if stop := option.stop:
        inside = gap.start.timestamp() <= stop.start.timestamp() and stop.end.timestamp() <= gap.end.timestamp()
        before = judge(gap.before, stop, by).verdict if gap.before else "fine"
        after = judge(stop, gap.after, by).verdict if gap.after else "fine"
        return (stop.start, stop.end) if inside and before == after == "fine" else None
    start, end = _reachable(gap, option, by)
    host, day, showing = option.known.host, option.visit.day, option.visit.showing
    length = usual_length(option.known.event.category if option.known.event else "")
    known = open_spans(host, day) if host and hours_on(host, day) else None
    if showing and showing.drop_in and isinstance(showing.start, datetime) and isinstance(showing.end, datetime):
        spans = [_overlap((start, end), (showing.start, showing.end))]
    else:
        spans = [(start, end)] if known is None else [_within(start, end, each, day) for each in known]
    return next((span for span in spans if later(span[0], length).timestamp() <= span[1].timestamp()), None)


def _reachable(gap: Gap, option: Candidate, by: By) -> tuple[datetime, datetime]:
    """Return what is left of *gap* at the place of *option* after travel to it and onwards from it."""
    here = stop_of(replace(option.visit, start=gap.start, end=gap.end), option.known)
    start, end = gap.start, gap.end
    if gap.before and here:
        there = later(gap.before.end, timedelta(minutes=judge(gap.before, here, by).needs or 0))
        start = max(start, there.astimezone(start.tzinfo), key=datetime.timestamp)
    if gap.after and here:
        away = later(gap.after.start, -timedelta(minutes=judge(here, gap.after, by).needs or 0))
        end = min(end, away.astimezone(end.tzinfo), key=datetime.timestamp)
    return start, end


def _within(start: datetime, end: datetime, opening: tuple[int, int], day: date) -> tuple[datetime, datetime]:
    """Return the overlap of *start* to *end* with *opening*, which is in minutes from the midnight of *day*."""
    midnight = datetime.combine(day, time())
    opens, closes = ((midnight + timedelta(minutes=each)).replace(tzinfo=start.tzinfo) for each in opening)
    return _overlap((start, end), (opens, closes))


def _overlap(free: Span, hours: Span) -> Span:
    """Return the time that *free* and *hours* have in common; it ends before it starts if there is none."""
    return max(free[0], hours[0], key=datetime.timestamp), min(free[1], hours[1], key=datetime.timestamp)


def days_to_fill(asked: tuple[date | None, date | None] | None, plan: Plan) -> list[date]:
    """Return the days of the range *asked* for, else the days of the itinerary.

    Raises UsageError if the range is open, too long, or missing while the itinerary is empty.
    """
    if asked:
        first, last = asked
        if first is None or last is None:
            raise UsageError(_("say which days: 15..17 dec, or --from and --to"))
        days = days_of(first, last)
    else:
        days = sorted({each.visit.day for each in plan.visits})
    if not days:
        raise UsageError(_("the itinerary '{name}' is empty; say which days").format(name=plan.itinerary.name))
    if len(days) > DAYS_AT_MOST:
        raise UsageError(_("{n} days are too many; the limit is {most}").format(n=len(days), most=DAYS_AT_MOST))
    return days


def free_times(days: Sequence[date], question: EventQuery, plan: Plan, context: Context) -> list[FreeTime]:
    """Return the free times of *days* between the visits of *plan*, with the events of *question* that fit."""
    stops = [each.stop for each in plan.visits if each.stop]
    free: list[FreeTime] = []
    for day in days:
        found = candidates(question._replace(first=day, last=day, moment=None, since=None), plan, context)
        options = options_of(found, [day], context)
        for gap in free_gaps(day, stops, context.zone):
            windows = ((option, window_in(gap, option, plan.by)) for option in options)
            fits = [(option, window) for option, window in windows if window]
            fits.sort(key=lambda fit: (fit[0].stop is None, hour_unknown(fit[0].visit), fit[1]))  # the surest first
            free.append(FreeTime(day, gap, tuple(fits)))
    return free
