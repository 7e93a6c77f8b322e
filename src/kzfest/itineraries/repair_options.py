"""What can become of a visit in a repaired plan: it stays, follows the programme, or moves to another time."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, TypeAlias

from kzfest.core.errors import UsageError
from kzfest.core.festival_day import ONE_DAY, days_of, festival_day, later, opening
from kzfest.core.model import NOT_HELD
from kzfest.core.trouble import trouble_of
from kzfest.core.visit import YEARS, same_choice
from kzfest.itineraries.clash_solutions import MOST_OTHERS, has_fixed_hours, may_be_at, starts_beside
from kzfest.itineraries.gap_filling import Candidate, is_closed
from kzfest.itineraries.plan import known_now, stop_of
from kzfest.itineraries.reschedule import reschedule_visit
from kzfest.itineraries.visit_builder import VisitRequest, hours_of, stretches_of, visit_in
from kzfest.programme.zones import zone

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date, datetime

    from kzfest.core.clashes import Stop
    from kzfest.core.festival_day import Stretch
    from kzfest.core.model import Event
    from kzfest.core.travel import By
    from kzfest.core.visit import Visit
    from kzfest.core.visit_facts import VisitFacts
    from kzfest.itineraries.plan import Plan, PlannedVisit
    from kzfest.programme.context import Context
    from kzfest.programme.database.catalogue import ListedEvent

DAYS_AROUND = 3
"""Of an event that is on for weeks, how many days are tried before and after the planned one."""
MOST_SHOWINGS = 12
"""How many showings of an event are tried, the nearest first."""
QUARTER = timedelta(minutes=15)
MINUTES_OF_DAY = 24 * 60

Family: TypeAlias = "list[RepairOption]"
"""Options of one visit that differ only in their starts, the earliest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairOption:
    """A visit as it may be in the repaired plan."""

    visit: Visit
    known: VisitFacts
    stop: Stop | None
    changed: bool
    elsewhen: bool
    """Whether it is to another showing, or on another day."""
    minutes: int
    """How far it is from the planned time."""


def repair_options(planned: Iterable[PlannedVisit], plan: Plan, context: Context) -> dict[str, list[Family]]:
    """Return by visit id what can become of each of *planned* in *plan*; it can be dropped in any case.

    No option is in the past or on a day on which the place is closed, and the programme agrees with each today.
    """
    planned = list(planned)
    built: dict[str, Visit] = {}
    own: dict[str, list[str]] = defaultdict(list)
    for each, visits in zip(planned, _built(planned, context), strict=True):
        for number, visit in enumerate(visits):
            key = f"{each.visit.id}/{number}"
            built[key] = replace(visit, id=key)
            own[each.visit.id].append(key)
    known = known_now(built.values(), context)
    stops: dict[date, list[Stop]] = defaultdict(list)
    for one in plan.visits:
        stops[one.visit.day] += [one.stop] if one.stop else []
    found: dict[str, list[Family]] = {}
    for each in planned:
        bases = _bases(each, [(built[key], known[key]) for key in own[each.visit.id]])
        families = [[base] for base in bases if not base.changed or _is_possible(base, each.visit, context.now)]
        if _has_own_hour(each.visit):
            others = [stop for stop in stops[each.visit.day] if stop.key != each.visit.id]
            families += [_other_starts(base, each.visit, others, context, plan.by) for base in bases]
            families = [family for family in families if family]
            families = [family for family in families if family[0].stop] or families
        found[each.visit.id] = families
    return found


def _built(planned: Sequence[PlannedVisit], context: Context) -> Iterator[list[Visit]]:
    """Yield for each of *planned* the visits that it could become."""
    groups: dict[tuple[str | None, str | None], list[Visit]] = defaultdict(list)
    for each in planned:
        groups[each.visit.programme, each.visit.file].append(each.visit)
    asking: dict[tuple[str | None, str | None], tuple[Context, dict[str, ListedEvent]]] = {}
    for (programme, file), visits in groups.items():
        there = context.asking(context.programme_of(str(programme), file))
        days, around = [visit.day for visit in visits], DAYS_AROUND * ONE_DAY
        keys = {visit.event for visit in visits}
        events = there.catalogue.events_by_id(keys, first=min(days) - around, last=max(days) + around)
        asking[programme, file] = there, events
    for each in planned:
        there, events = asking[each.visit.programme, each.visit.file]
        yield _possible_visits(each, events.get(each.visit.event or ""), there)


def _possible_visits(planned: PlannedVisit, listed: ListedEvent | None, context: Context) -> list[Visit]:
    """Return the visits that *planned* could become, first the one that follows the programme."""
    visit = planned.visit
    if listed is None or not _is_held(listed.event, visit):
        return []
    trouble = trouble_of(visit, planned.known)
    wishes = [_wish(visit)]
    if _has_own_hour(visit) and trouble:  # if its hour cannot be kept, it may be at any time
        wishes.append(VisitRequest())
    found: list[Visit] = []
    for wish in wishes:
        followed = _followed(visit, wish, context) if trouble == "moved" else None
        found += [followed] if followed else []
        found += _elsewhen(visit, wish, listed, context)
    return [_kept(each, visit) for each in found]


def _kept(built: Visit, visit: Visit) -> Visit:
    """Return the visit that was *built* with all that *visit* keeps when it moves."""
    same_time = (built.instants, built.title) == (visit.instants, visit.title)
    return replace(
        built,
        id=visit.id,
        must=visit.must,
        note=visit.note,
        changes=visit.changes,
        changed=visit.changed,
        imported=visit.imported if same_time else None,
    )


def _is_held(event: Event, visit: Visit) -> bool:
    """Whether *event* takes place, as far as the user counts on it: *visit* may be to one that was postponed."""
    return event.status not in NOT_HELD or event.status == visit.status == "postponed"


def _has_own_hour(visit: Visit) -> bool:
    """Whether the user chose the hour of *visit*, not its showing."""
    return visit.span is not None and not has_fixed_hours(visit)


def _wish(visit: Visit) -> VisitRequest:
    """Return the hour and length that the user chose for *visit*, if any."""
    if visit.span is None or not _has_own_hour(visit):
        return VisitRequest()
    start, end = visit.span
    length = None if visit.assumed else timedelta(seconds=end.timestamp() - start.timestamp())
    return VisitRequest(at=start.astimezone(zone(visit.timezone)).time(), length=length)


def _followed(visit: Visit, wish: VisitRequest, context: Context) -> Visit | None:
    """Return *visit* with the programme's present time and place, as `edit --follow` does, or None if that fails."""
    try:
        followed = reschedule_visit(visit, VisitRequest(), context, any_time=False, follow=True)
        if wish.at and followed.span is None:
            followed = reschedule_visit(visit, wish, context, any_time=False, follow=True)
    except UsageError:
        return None
    return followed


def _elsewhen(visit: Visit, wish: VisitRequest, listed: ListedEvent, context: Context) -> Iterator[Visit]:
    """Yield visits to the certain showings of an event that is not sold out, on the days nearest to that of *visit*."""
    if listed.event.sold_out:
        return
    held = [each for each in stretches_of(listed, context, visit.day) if each.certain and not each.showing.is_off]
    for stretch in sorted(held, key=lambda each: abs(_nearest_day(each, visit.day) - visit.day))[:MOST_SHOWINGS]:
        if hours_of(stretch):
            days, asked = [stretch.first_day], VisitRequest()
        else:
            days, asked = _days_around(stretch, visit.day), wish
        for day in days:
            if day.year in YEARS:
                yield visit_in(stretch, day, listed.event, replace(asked, day=day), context)


def _nearest_day(stretch: Stretch, day: date) -> date:
    return min(max(stretch.first_day, day), stretch.last_day)


def _days_around(stretch: Stretch, day: date) -> list[date]:
    """Return the days of *stretch* nearest to *day*."""
    middle, around = _nearest_day(stretch, day), DAYS_AROUND * ONE_DAY
    return days_of(max(stretch.first_day, middle - around), min(stretch.last_day, middle + around))


def _bases(planned: PlannedVisit, built: Iterable[tuple[Visit, VisitFacts]]) -> list[RepairOption]:
    """Return a visit as it is, if that is possible, and as it was *built* if the programme agrees."""
    visit = planned.visit
    bases: list[RepairOption] = []
    if trouble_of(visit, planned.known) is None:
        stay = RepairOption(
            visit=visit, known=planned.known, stop=planned.stop, changed=False, elsewhen=False, minutes=0
        )
        bases.append(stay)
    for each, known in built:
        if known.state == "same" and known.event and _is_held(known.event, visit):
            bases.append(_option(replace(each, id=visit.id), known, visit))
    return list({_key(base.visit): base for base in reversed(bases)}.values())[::-1]  # the first of equal ones


def _key(visit: Visit) -> tuple[object, ...]:
    return visit.showing and visit.showing.id, visit.venue, visit.room, visit.instants


def _option(visit: Visit, known: VisitFacts, planned: Visit) -> RepairOption:
    """Return the option to attend *visit* instead of *planned*."""
    return RepairOption(
        visit=visit,
        known=known,
        stop=stop_of(visit, known),
        changed=True,
        elsewhen=same_choice(visit) != same_choice(planned),
        minutes=_minutes_moved(planned, visit),
    )


def _minutes_moved(before: Visit, after: Visit) -> int:
    """Return how many minutes lie between the starts of two visits; whole days if one of them has no hour."""
    if before.span and after.span:
        return round(abs(after.span[0].timestamp() - before.span[0].timestamp()) / 60)
    return abs((after.day - before.day).days) * MINUTES_OF_DAY


def _is_possible(option: RepairOption, planned: Visit, now: datetime) -> bool:
    """Whether a visitor can still be there, and the place is open then."""
    visit, known = option.visit, option.known
    if visit.span is None:
        is_past = visit.day < festival_day(now.astimezone(known.zone))
        return not is_past and not is_closed(Candidate(visit=visit, known=known, stop=option.stop))
    is_past = visit.span[0].timestamp() < now.timestamp()
    return not is_past and (not _keeps_own_hour(visit, planned) or may_be_at(visit, known, *visit.span))


def _keeps_own_hour(visit: Visit, planned: Visit) -> bool:
    return _has_own_hour(planned) and _has_own_hour(visit)


def _other_starts(base: RepairOption, planned: Visit, others: Sequence[Stop], context: Context, by: By) -> Family:
    """Return the options to begin *base*, which has no hour of its own, at another time of the planned day.

    Tried are each quarter of an hour, and the moments right after and right before each of *others*.
    """
    visit, known, stop = base.visit, base.known, base.stop
    if visit.span is None or stop is None or visit.day != planned.day or has_fixed_hours(visit):
        return []
    start, end = visit.span
    length = timedelta(seconds=end.timestamp() - start.timestamp())
    first = opening(visit.day, known.zone)
    starts = [later(first, number * QUARTER) for number in range(ONE_DAY // QUARTER)]
    if len(others) <= MOST_OTHERS:
        starts += starts_beside(stop, length, others, by)
    found: Family = []
    for moment, given in sorted({each.timestamp(): each for each in starts}.items()):
        begins = given.astimezone(known.zone)
        ends = later(begins, length)
        is_past, same = moment < context.now.timestamp(), moment == start.timestamp()
        if is_past or same or festival_day(begins) != visit.day or not may_be_at(visit, known, begins, ends):
            continue
        moved = replace(visit, start=begins, end=ends, imported=None)
        minutes = _minutes_moved(planned, moved)
        there = replace(stop, start=begins, end=ends)
        found.append(replace(base, visit=moved, stop=there, changed=True, minutes=minutes))
    return found
