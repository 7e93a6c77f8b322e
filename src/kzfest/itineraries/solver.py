"""The best choice of visits, found by the HiGHS solver; the only file that imports it."""

from __future__ import annotations

import os
import sys
from collections import defaultdict
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass
from io import StringIO
from threading import Lock
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

OPTIONS_PER_ROUND = 14
"""How many options one question puts in order: its weights, powers of two, stay far below what the solver rounds."""

ROUNDING = 0.1
"""What the solver's bounds may be wrong by: far more than they are, and far less than 1, since costs are integers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectionProblem:
    """What can be chosen: options, of which each is a visit to one event on one day.

    Their order matters: among choices that are otherwise equally good, the one with the earliest options is taken.
    """

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


def best_choice(problem: SelectionProblem) -> list[int]:
    """Return the numbers of the options to choose, in order, one option an event at most.

    The best choice has the most must events, then the most events, then the least cost. Of several such choices it is
    the first: compare their numbers one by one; where two choices first differ, the one with the lower number wins.
    So there is exactly one, whatever the version of the solver.
    """
    if not problem.events:
        return []
    with _nothing_printed():
        return _best(problem, _Model(problem))


def _best(problem: SelectionProblem, model: _Model) -> list[int]:
    everything = range(len(problem.events))
    musts = [number for number in everything if problem.events[number] in problem.must]
    for counted in (musts, everything):
        found = model.cheapest(dict.fromkeys(counted, -1))
        model.add(counted, least=len(found & set(counted)))
    costs = dict(enumerate(problem.costs))
    found = model.cheapest(costs)
    cost = sum(costs[number] for number in found)
    too_dear = model.too_dear(cost)
    model.fix(too_dear, 0)
    model.add(everything, most=cost, factors=problem.costs)
    return _first(problem, model, found, [number for number in everything if number not in too_dear])


def _first(problem: SelectionProblem, model: _Model, found: set[int], left: list[int]) -> list[int]:
    """Return the first of the choices that are as good as *found*, of the options that are *left* to choose from.

    The options are decided in their order. One that *found* has is taken. Where the next is one that it does not
    have, the solver is asked for the first choice as far as the next few options go; then these are decided.
    """
    taken: list[int] = []
    room = dict(problem.room)
    while len(taken) < len(found):
        if left[0] not in found:
            asked = left[:OPTIONS_PER_ROUND]
            found = model.cheapest({number: -(2**power) for power, number in enumerate(reversed(asked))})
            refused = set(asked) - found
        else:
            number = left.pop(0)
            day = problem.days[number]
            taken.append(number)
            model.fix([number], 1)
            room[day] -= 1
            refused = {
                other
                for other in left
                if other in model.excluded_by[number] or (problem.days[other] == day and not room[day])
            }
        model.fix(refused, 0)
        left = [other for other in left if other not in refused]
    return taken


class _Model:
    """The problem as the solver has it: a column for each option, which is 1 where the option is chosen, else 0."""

    def __init__(self, problem: SelectionProblem) -> None:
        import highspy  # 130 ms, for `suggest` only

        self.size = len(problem.events)
        self.optimal = highspy.HighsModelStatus.kOptimal
        make: Any = highspy.Highs  # which has no types
        self.highs = make()
        self.highs.silent()
        self.highs.setOptionValue("threads", 1)
        self.highs.setOptionValue("mip_rel_gap", 0.0)
        for number in range(self.size):
            self.highs.addCol(0.0, 0.0, 1.0, 0, [], [])
            self.highs.changeColIntegrality(number, highspy.HighsVarType.kInteger)
        of_event, on_day = defaultdict(list), defaultdict(list)
        for number, (event, day) in enumerate(zip(problem.events, problem.days, strict=True)):
            of_event[event].append(number)
            on_day[day].append(number)
        for day, numbers in on_day.items():
            self.add(numbers, most=problem.room[day])
        self.excluded_by: list[set[int]] = [set() for _number in range(self.size)]
        """For each option those that cannot be chosen with it, however much room their day has."""
        for first, second in problem.clashing:
            self.excluded_by[first].add(second)
            self.excluded_by[second].add(first)
        for numbers in (*_groups(self.excluded_by), *of_event.values()):
            self.add(numbers, most=1)
        for numbers in of_event.values():
            for number in numbers:
                self.excluded_by[number].update(other for other in numbers if other != number)

    def add(
        self, numbers: Sequence[int], *, least: int | None = None, most: int | None = None, factors: Sequence[int] = ()
    ) -> None:
        """Demand that *least* to *most* of these options are chosen, each counted by its factor where there are any."""
        lower, upper = (float("-inf") if least is None else least), (float("inf") if most is None else most)
        self.highs.addRow(lower, upper, len(numbers), list(numbers), list(map(float, factors)) or [1.0] * len(numbers))

    def fix(self, numbers: Iterable[int], value: int) -> None:
        """Decide that these options are chosen (1) or not (0)."""
        for number in numbers:
            self.highs.changeColBounds(number, value, value)

    def cheapest(self, costs: Mapping[int, int]) -> set[int]:
        """Return a choice of the least cost; an option without a cost has none."""
        self.highs.changeColsCost(self.size, list(range(self.size)), [costs.get(n, 0) for n in range(self.size)])
        self._run()
        return {number for number, value in enumerate(self.highs.getSolution().col_value) if round(value)}

    def too_dear(self, cost: int) -> set[int]:
        """Return options that no choice of that cost has. The costs are those of the last question.

        Where parts of an option may be chosen, the least cost is a lower bound, and the dual value of an option says by
        how much it rises at least where that option is chosen whole.
        """
        self.highs.setOptionValue("solve_relaxation", True)  # noqa: FBT003  # its way to set an option
        self._run()
        self.highs.setOptionValue("solve_relaxation", False)  # noqa: FBT003
        bound = self.highs.getInfo().objective_function_value
        return {
            number for number, rise in enumerate(self.highs.getSolution().col_dual) if bound + rise > cost + ROUNDING
        }

    def _run(self) -> None:
        self.highs.run()
        status = self.highs.getModelStatus()
        if status != self.optimal:
            raise RuntimeError(self.highs.modelStatusToString(status))


def _groups(clashing: Sequence[set[int]]) -> Iterator[list[int]]:
    """Yield groups of options that all clash with one another, so that each clash is in one of them at least.

    The solver takes them ten times as fast as the single pairs.
    """
    told: set[tuple[int, int]] = set()
    for first, others in enumerate(clashing):
        for second in sorted(others):
            if second < first or (first, second) in told:
                continue
            group, common = [first, second], others & clashing[second]
            while common:
                group.append(min(common))
                common &= clashing[group[-1]]
            group.sort()
            told.update((one, other) for place, one in enumerate(group) for other in group[place + 1 :])
            yield group


_ALONE = Lock()
"""Who holds standard output and error; of two at once, the second would put back what leads nowhere."""


@contextmanager
def _nothing_printed() -> Iterator[None]:
    """Keep what is printed meanwhile, from Python or from C, off standard output and standard error.

    HiGHS 1.16 prints a banner from C before it can be told to be silent. What other threads print meanwhile is lost.
    On Windows this holds for libraries that share the C runtime with Python, as those from PyPI do.
    """
    with _ALONE:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
        nowhere = os.open(os.devnull, os.O_WRONLY)
        while nowhere <= 2:  # a closed one leads nowhere from now on, so that no file can take its place
            nowhere = os.open(os.devnull, os.O_WRONLY)
        kept = {1: os.dup(1), 2: os.dup(2)}
        try:
            for descriptor in kept:
                os.dup2(nowhere, descriptor)
            with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
                yield
        finally:
            _flush_c()
            for descriptor, original in kept.items():
                os.dup2(original, descriptor)
                os.close(original)
            os.close(nowhere)


def _flush_c() -> None:
    """Write what C has kept for its standard output: into a pipe, it writes at the end of the process else."""
    import ctypes  # which NumPy, and so the solver, has loaded

    with suppress(OSError, AttributeError):  # a Python that cannot look into its own C library
        ctypes.CDLL("ucrtbase" if os.name == "nt" else None).fflush(None)
