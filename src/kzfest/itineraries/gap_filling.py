"""Visits that would be possible: what `gaps` offers for a free stretch, and what `suggest` chooses from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, TypeAlias

from kzfest.core.clashes import judge
from kzfest.core.errors import UsageError
from kzfest.core.festival_day import ONE_DAY, later, usual_length
from kzfest.core.gaps import free_gaps
from kzfest.core.opening_hours import CLOSED, hours_on, open_spans
from kzfest.core.visit import hour_unknown, may_be_one_file
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

NEWS = "news"
"""The category of what is told, and cannot be attended."""
HOLIDAY = "holiday"
"""That of a day which everybody has, and nobody goes to."""
CEREMONY = "ceremony"
"""That, or the tag, of what those who are invited attend, where no place of it was published."""


DAYS_AT_MOST = 62
"""Two months: a longer free time is a question for `kzfest list`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A visit that would be possible."""

    visit: Visit
    known: VisitFacts
    stop: Stop | None


Fit: TypeAlias = "tuple[Candidate, tuple[datetime, datetime]]"
"""What would fit, and from when to when."""


@dataclass(frozen=True, slots=True)
class FreeTime:
    """A free stretch of a day, and what would fit into it, from when to when."""

    day: date
    gap: Gap
    fits: tuple[Fit, ...]


def candidates(question: EventQuery, plan: Plan, context: Context) -> list[ListedEvent]:
    """Return the events that *question* finds for certain, can be attended, and are not in *plan* yet."""
    there = planned_events(plan, context)
    return [
        listed
        for listed in _certain(question, context)
        if why_unattended(listed.event) is None and listed.event.id not in there
    ]


def _certain(question: EventQuery, context: Context) -> Iterator[ListedEvent]:
    """Yield the events that *question* finds for certain, as far as they are no news."""
    for listed in context.catalogue.events(question):
        event = listed.event
        if listed.certainty == "certain" and event.status == "scheduled" and event.category != NEWS:
            yield listed


def passed_over(question: EventQuery, plan: Plan, context: Context) -> list[tuple[ListedEvent, str]]:
    """Return the events that *question* finds, yet no plan offers, for nobody attends them, or they are planned.

    What is planned on one of those days stands there, and needs no reason.
    """
    there = planned_events(plan, context)
    days: dict[str | None, list[date]] = {}
    for each in plan.visits:
        days.setdefault(each.visit.event, []).append(each.visit.day)
    found: list[tuple[ListedEvent, str]] = []
    for listed in _certain(question, context):
        planned_on = days[listed.event.id] if listed.event.id in there else []
        why = why_unattended(listed.event)
        if planned_on and not any(_asks(question, day) for day in planned_on):
            found.append((listed, why_planned(planned_on)))
        elif why and not planned_on:
            found.append((listed, why))
    return found


def _asks(question: EventQuery, day: date) -> bool:
    return question.first is not None and question.last is not None and question.first <= day <= question.last


def why_planned(days: Sequence[date]) -> str:
    """Return that an event is planned already, on those *days*."""
    return _("planned already: {days}").format(days=days_told(days))


def days_told(given: Sequence[date]) -> str:
    """Return *given* days, those that follow each other as one."""
    runs: list[list[date]] = []
    for day in sorted(set(given)):
        if runs and day - runs[-1][-1] == ONE_DAY:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ", ".join(dates.days(run[0], run[-1]) for run in runs)


def why_unattended(event: Event) -> str | None:
    """Return why nobody goes to *event*, or None where people do; its category and its tags tell."""
    if event.category == NEWS:
        return _("news")
    if event.category == HOLIDAY:
        return _("a holiday, nothing to go to")
    if CEREMONY in {event.category, *event.tags} and event.venue is None and event.place is None:
        return _("a ceremony without a known place")
    return None


def planned_events(plan: Plan, context: Context) -> set[str | None]:
    """Return the ids of the events of this programme that *plan* has; last year's file may have the same ids."""
    programme, file = context.catalogue.head.id, context.named_file
    return {
        each.visit.event
        for each in plan.visits
        if each.visit.programme == programme and may_be_one_file(each.visit.file, file)
    }


def options_of(
    events: Iterable[ListedEvent], days: Sequence[date], context: Context, *, include_possible: bool = False
) -> list[Candidate]:
    """Return a visit to each of *events* on each of *days* on which it is, or as *include_possible* may be, on."""
    visits = [
        replace(visit, id=f"{listed.event.id}/{number}")
        for listed in events
        for number, visit in enumerate(_visits(listed, days, context, include_possible=include_possible))
    ]
    known = known_now(visits, context)
    return [Candidate(visit=each, known=known[each.id], stop=stop_of(each, known[each.id])) for each in visits]


def _visits(listed: ListedEvent, days: Sequence[date], context: Context, *, include_possible: bool) -> Iterator[Visit]:
    """Yield how an event can be visited: once a day and showing."""
    event = listed.event
    if event.status == "cancelled":
        return
    for day in days:
        wish = VisitRequest(day=day)
        if include_possible and not event.showings:
            yield build_visit(listed, wish, context)
        for stretch in stretches_of(listed, context, day):
            begun_before = day > stretch.first_day and hours_of(stretch) is not None  # and over in the morning
            if stretch.touches(day, day) and not begun_before and (stretch.certain or include_possible):
                yield visit_in(stretch, event, wish, context)


def is_closed(option: Candidate) -> bool:
    """Whether the venue of an event without an hour is known to be closed that day."""
    venue = option.known.venue
    return option.stop is None and venue is not None and hours_on(venue, option.visit.day) == CLOSED


def days_of(first: date, last: date) -> list[date]:
    """Return the days from *first* to *last*, both included."""
    return [first + number * ONE_DAY for number in range((last - first).days + 1)]


def window_in(gap: Gap, option: Candidate, by: By) -> tuple[datetime, datetime] | None:
    """Return when *option* fits into *gap*, ways and opening hours counted, or None where it does not.

    A visit at any time of its day may be anywhere in the window, which is at least as long as such a visit usually is.
    """
    if option.stop:
        return _fixed(gap, option.stop, by)
    start, end = _reachable(gap, option, by)
    venue, day = option.known.venue, option.visit.day
    length = usual_length(option.known.event.category if option.known.event else "")
    known = open_spans(venue, day) if venue and hours_on(venue, day) else None
    spans = [(start, end)] if known is None else [_within(start, end, each, day) for each in known]
    return next((span for span in spans if later(span[0], length).timestamp() <= span[1].timestamp()), None)


def _fixed(gap: Gap, stop: Stop, by: By) -> tuple[datetime, datetime] | None:
    """Return the hours of *stop* where they lie in *gap*, and leave time for the ways before and after."""
    inside = gap.start.timestamp() <= stop.start.timestamp() and stop.end.timestamp() <= gap.end.timestamp()
    fine = all(judge(first, second, by).verdict == "fine" for first, second in _neighbours(gap, stop))
    return (stop.start, stop.end) if inside and fine else None


def _neighbours(gap: Gap, stop: Stop) -> Iterator[tuple[Stop, Stop]]:
    if gap.before:
        yield gap.before, stop
    if gap.after:
        yield stop, gap.after


def _reachable(gap: Gap, option: Candidate, by: By) -> tuple[datetime, datetime]:
    """Return what is left of *gap* at the place of *option*, after the way there and before the way onwards."""
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
    """Return what of the time from *start* to *end* lies in the hours of *opening*, minutes from the day's midnight."""
    midnight = datetime.combine(day, time())
    opens, closes = ((midnight + timedelta(minutes=each)).replace(tzinfo=start.tzinfo) for each in opening)
    return max(start, opens, key=datetime.timestamp), min(end, closes, key=datetime.timestamp)


def days_to_fill(asked: tuple[date | None, date | None] | None, plan: Plan) -> list[date]:
    """Return the days from the first to the last that are *asked* for, else those of the itinerary.

    Raises UsageError where there are none, and where one end is open.
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
        raise UsageError(_("{n} days are too many at once; at most {most}").format(n=len(days), most=DAYS_AT_MOST))
    return days


def free_times(days: Sequence[date], question: EventQuery, plan: Plan, context: Context) -> list[FreeTime]:
    """Return the free times of *days* between the visits of *plan*, with what *question* finds that would fit."""
    return [free for day in days for free in _free_times_of(day, question, plan, context)]


def _free_times_of(day: date, question: EventQuery, plan: Plan, context: Context) -> Iterator[FreeTime]:
    stops = [each.stop for each in plan.visits if each.stop]
    found = candidates(question._replace(first=day, last=day, moment=None, since=None), plan, context)
    options = options_of(found, [day], context)
    for gap in free_gaps(day, stops, context.zone):
        windows = ((option, window_in(gap, option, plan.by)) for option in options)
        fits = [(option, window) for option, window in windows if window]
        yield FreeTime(day, gap, tuple(sorted(fits, key=_surest_first)))


def _surest_first(fit: Fit) -> tuple[bool, bool, tuple[datetime, datetime]]:
    option, window = fit
    return option.stop is None, hour_unknown(option.visit), window
