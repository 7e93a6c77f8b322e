"""Which visits of a plan are to the events of a day."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kzfest.core.visit import showing_now

if TYPE_CHECKING:
    from kzfest.itineraries.plan import Plan, PlannedVisit
    from kzfest.programme.day_schedule import DaySchedule


def visits_of_day(schedule: DaySchedule, plan: Plan) -> dict[int, list[PlannedVisit]]:
    """Return the visits to the events of *schedule*, by the position of the event.

    A visit belongs to its own showing; to the first if the event has one only, or if none was chosen. A visit whose
    showing is now on another day is not there.
    """
    found: defaultdict[int, list[PlannedVisit]] = defaultdict(list)
    positions: defaultdict[str, list[int]] = defaultdict(list)
    for position, each in enumerate(schedule.events):
        positions[each.listed.event.id].append(position)
    for planned in plan.visits:
        there = positions.get(planned.event_id or "", []) if planned.other_programme is None else []
        if not there or schedule.day is None or not planned.touches(schedule.day, schedule.day):
            continue
        listed = schedule.events[there[0]].listed
        now = showing_now(planned.visit, listed.showings)
        parts = [(n, schedule.events[n].part) for n in there]
        own = [n for n, part in parts if now and part and part.showing.id == now.id]
        if own or len(listed.event.showings) < 2 or planned.visit.showing is None:
            found[(own or there)[0]].append(planned)
    return found
