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
"""How many options one run of the solver orders; its weights, powers of two, must stay exact in the solver."""

ROUNDING = 0.1
"""The tolerance for the solver's bounds: far above their real error, and far below 1, since costs are integers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectionProblem:
    """The options to choose from; each is a visit to one event on one day.

    Their order matters: among equally good choices, the one with the earliest options wins.
    """

    events: Sequence[str]
    """The event of each option."""
    days: Sequence[date]
    """The day of each option."""
    costs: Sequence[int]
    """The cost of each option: among equally good choices, the cheapest wins."""
    clashing: Iterable[tuple[int, int]]
    """The pairs of options that cannot both be chosen."""
    room: Mapping[date, int]
    """How many may be chosen on each day."""
    must: frozenset[str] = frozenset()
    """The events that count more than all others."""
    changes: Sequence[int] = ()
    """What each option changes, if that counts before its cost."""


def best_choice(problem: SelectionProblem) -> list[int]:
    """Return the indexes of the options to choose, in ascending order, at most one option per event.

    The best choice has the most must events, then the most events, then the fewest changes, then the least cost. Ties
    are broken by comparing the sorted indexes one by one: the lower index at the first difference wins. So the result
    is unique, whatever the version of the solver.
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
    if any(problem.changes):
        found = model.cheapest(dict(enumerate(problem.changes)))
        model.add(everything, most=sum(problem.changes[number] for number in found), factors=problem.changes)
    costs = dict(enumerate(problem.costs))
    found = model.cheapest(costs)
    cost = sum(costs[number] for number in found)
    too_dear = model.too_dear(cost)
    model.fix(too_dear, 0)
    model.add(everything, most=cost, factors=problem.costs)
    return _first(problem, model, found, [number for number in everything if number not in too_dear])


def _first(problem: SelectionProblem, model: _Model, found: set[int], left: list[int]) -> list[int]:
    """Return the first of the choices that are as good as *found*, from the options *left*.

    The options are decided in order. If *found* has the next option, it is taken. If not, the solver finds a choice
    that puts as early options as possible among the next few, and those it does not use are refused.
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
    """The problem in the solver: a column for each option, 1 if it is chosen, else 0."""

    def __init__(self, problem: SelectionProblem) -> None:
        import highspy  # 130 ms, for `suggest` and `repair` only

        self.size = len(problem.events)
        self.optimal = highspy.HighsModelStatus.kOptimal
        make: Any = highspy.Highs  # it has no types
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
        """For each option, those that cannot be chosen with it, even if their day has room."""
        for first, second in problem.clashing:
            self.excluded_by[first].add(second)
            self.excluded_by[second].add(first)
        for numbers in of_event.values():
            for number in numbers:
                self.excluded_by[number].update(other for other in numbers if other != number)
        for numbers in _groups(self.excluded_by):
            self.add(numbers, most=1)

    def add(
        self, numbers: Sequence[int], *, least: int | None = None, most: int | None = None, factors: Sequence[int] = ()
    ) -> None:
        """Require that *least* to *most* of these options are chosen, each weighted by its factor (default 1)."""
        lower, upper = (float("-inf") if least is None else least), (float("inf") if most is None else most)
        self.highs.addRow(lower, upper, len(numbers), list(numbers), list(map(float, factors)) or [1.0] * len(numbers))

    def fix(self, numbers: Iterable[int], value: int) -> None:
        """Fix these options as chosen (1) or refused (0)."""
        for number in numbers:
            self.highs.changeColBounds(number, value, value)

    def cheapest(self, costs: Mapping[int, int]) -> set[int]:
        """Return a choice of the least cost; options that are not in *costs* cost 0."""
        self.highs.changeColsCost(self.size, list(range(self.size)), [costs.get(n, 0) for n in range(self.size)])
        self._run()
        return {number for number, value in enumerate(self.highs.getSolution().col_value) if round(value)}

    def too_dear(self, cost: int) -> set[int]:
        """Return options that no choice of this cost can have, by the costs of the last run.

        In the relaxed problem options may be chosen in part. Its least cost is a lower bound, and the dual value of
        an option is the least by which the bound rises when that option is chosen whole.
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
    """Yield groups of options that all clash with one another; every clash is in at least one group.

    The solver is ten times as fast with groups as with pairs.
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
"""Held while output is redirected: a second redirection would restore the null device of the first."""


@contextmanager
def _nothing_printed() -> Iterator[None]:
    """Discard all output to standard output and standard error, from Python or from C.

    HiGHS 1.16 prints a banner from C before it can be silenced. The output of other threads is lost too. On Windows
    this works for libraries that share the C runtime with Python, as those from PyPI do.
    """
    with _ALONE:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
        nowhere = os.open(os.devnull, os.O_WRONLY)
        while nowhere <= 2:  # if 0 to 2 were closed, they now lead here, so that no file can take them
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
    """Flush C's standard output, which is buffered until the process ends if it is a pipe."""
    import ctypes  # already loaded by NumPy, and so by the solver

    with suppress(OSError, AttributeError):  # Python may be unable to load its own C library
        ctypes.CDLL("ucrtbase" if os.name == "nt" else None).fflush(None)
