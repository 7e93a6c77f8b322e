"""The smallest change that makes a plan whole again: no visit is moved, cancelled or gone, and no two visits clash."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kzfest.core.clashes import clashes
from kzfest.core.trouble import is_over, is_settled, trouble_of
from kzfest.itineraries.plan import MOST_CLASHES
from kzfest.itineraries.repair_search import RepairSearch, clashes_with

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kzfest.core.clashes import Clash, Stop
    from kzfest.core.trouble import Cause
    from kzfest.itineraries.plan import Plan, PlannedVisit
    from kzfest.itineraries.repair_options import RepairOption
    from kzfest.itineraries.store import ItineraryDraft
    from kzfest.programme.context import Context


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairedVisit:
    """A visit that changes when a plan is repaired."""

    planned: PlannedVisit
    option: RepairOption | None
    """What becomes of it; None if it is dropped."""
    cause: Cause
    others: tuple[str, ...]
    """The ids of the visits with which it clashes as planned or, if its event has changed, as it could be instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """What changes when a plan is repaired."""

    changes: tuple[RepairedVisit, ...]
    left: tuple[Clash, ...]
    """The first MOST_CLASHES clashes of two visits that may not be moved."""
    left_count: int
    tried_all: bool
    """Whether every possible time was tried; where hundreds of visits clash, only the nearest are."""

    def apply(self, draft: ItineraryDraft) -> None:
        """Repair *draft*, which has the visits of the plan."""
        for each in self.changes:
            if each.option:
                draft.visits[each.planned.visit.id] = each.option.visit
            else:
                del draft.visits[each.planned.visit.id]


def repair_of(plan: Plan, context: Context) -> Repair:
    """Return the best repair of *plan*.

    It keeps the most must visits, then the most visits, then changes the fewest, then moves them the least. Among
    equally good repairs, the earliest visits keep their times. Appointments, visits that are over, and visits whose
    programme cannot be opened stay as they are.
    """
    settled = [each for each in plan.visits if is_settled(each.visit, each.known, context.now)]
    over = {each.visit.id for each in settled if is_over(each.visit, each.known, context.now)}
    found = clashes([each.stop for each in settled if each.stop], plan.by)
    left = [clash for clash in found if not {clash.first, clash.second} <= over]
    search = RepairSearch(plan, context, settled)
    become = search.best()
    after = {key: stop for key, stop in plan.stops.items() if key not in become}
    after |= {key: option.stop for key, option in become.items() if option and option.stop}
    planned = {each.visit.id: each for each in plan.visits}
    changes = [_repaired(planned[key], option, search.nearest.get(key), after, plan) for key, option in become.items()]
    return Repair(
        changes=tuple(changes), left=tuple(left[:MOST_CLASHES]), left_count=len(left), tried_all=search.tried_all
    )


def _repaired(
    planned: PlannedVisit,
    option: RepairOption | None,
    nearest: RepairOption | None,
    after: Mapping[str, Stop],
    plan: Plan,
) -> RepairedVisit:
    """Return that *option* becomes of *planned*, and why; *after* are the stops of the repaired plan."""
    trouble = trouble_of(planned.visit, planned.known)
    stop = planned.stop
    if trouble:
        stop = nearest.stop if nearest and option is None else None
    key = planned.visit.id
    others = [each.key for each in after.values() if stop and each.key != key and clashes_with(stop, each, plan.by)]
    cause: Cause = trouble or ("clash" if planned.clash_count else "room")
    return RepairedVisit(planned=planned, option=option, cause=cause, others=tuple(others))
