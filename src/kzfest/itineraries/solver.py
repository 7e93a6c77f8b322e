"""The best choice of visits, found by the HiGHS solver; the only file that imports it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What can be chosen: options, of which each is a visit to one event on one day."""

    events: Sequence[str]
    """The event of each option."""
    days: Sequence[date]
    """The day of each option."""
    costs: Sequence[int]
    """What each option costs: among equally good choices, the one that costs least is taken."""
    clashing: Iterable[tuple[int, int]]
    """The pairs of options that cannot both be chosen."""
    room: Mapping[date, int]
    """How many may be chosen on each day."""
    must: frozenset[str] = frozenset()
    """The events that count before all others."""


def best_choice(problem: Problem) -> list[int]:
    """Return the numbers of the options to choose: the most must events, then the most events, then the least cost.

    One option an event at most; the choice is optimal, and the same on every run of one version of the solver.
    """
    import highspy  # 130 ms, for `suggest` only

    make: Any = highspy.Highs  # which has no types
    model = make()
    model.silent()
    model.setOptionValue("threads", 1)
    model.setOptionValue("mip_rel_gap", 0.0)
    chosen = [model.addBinary() for _event in problem.events]
    if not chosen:
        return []
    _constrain(model, chosen, problem)
    musts = [each for each, event in zip(chosen, problem.events, strict=True) if event in problem.must]
    for counted in (musts, chosen):
        if counted:
            model.maximize(sum(counted))
            model.addConstr(sum(counted) >= sum(_values(model, counted)))
    model.minimize(sum(cost * each for cost, each in zip(problem.costs, chosen, strict=True)))
    return [number for number, value in enumerate(_values(model, chosen)) if value]


def _constrain(model: Any, chosen: Sequence[Any], problem: Problem) -> None:
    """Tell the solver what cannot be: an event twice, a day too full, two options that clash."""
    of_event, on_day = defaultdict(list), defaultdict(list)
    for each, event, day in zip(chosen, problem.events, problem.days, strict=True):
        of_event[event].append(each)
        on_day[day].append(each)
    for options in of_event.values():
        model.addConstr(sum(options) <= 1)
    for day, options in on_day.items():
        model.addConstr(sum(options) <= problem.room[day])
    for first, second in problem.clashing:
        model.addConstr(chosen[first] + chosen[second] <= 1)


def _values(model: Any, variables: Sequence[Any]) -> list[int]:
    return [round(model.val(each)) for each in variables]
