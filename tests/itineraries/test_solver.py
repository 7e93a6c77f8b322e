"""The best choice is the one that trying every choice finds, in one way only."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from kzfest.itineraries.solver import SelectionProblem, best_choice

if TYPE_CHECKING:
    from collections.abc import Sequence

DAYS = [date(2023, 12, 15), date(2023, 12, 16), date(2023, 12, 17)]


@st.composite
def problems(draw: st.DrawFn) -> SelectionProblem:
    """Return a problem of up to nine options, many of them equally good."""
    size = draw(st.integers(0, 9))
    numbers = range(size)
    pairs = list(combinations(numbers, 2))
    return SelectionProblem(
        events=draw(st.lists(st.sampled_from("abcdef"), min_size=size, max_size=size)),
        days=sorted(draw(st.lists(st.sampled_from(DAYS), min_size=size, max_size=size))),
        costs=draw(st.lists(st.integers(0, 2), min_size=size, max_size=size)),
        clashing=draw(st.lists(st.sampled_from(pairs), unique=True, max_size=12)) if pairs else [],
        room={day: draw(st.integers(0, 3)) for day in DAYS},
        must=draw(st.frozensets(st.sampled_from("abcdef"), max_size=2)),
    )


def _is_possible(problem: SelectionProblem, choice: Sequence[int]) -> bool:
    events = [problem.events[number] for number in choice]
    days = [problem.days[number] for number in choice]
    return (
        len(set(events)) == len(events)
        and all(days.count(day) <= problem.room[day] for day in days)
        and not any(first in choice and second in choice for first, second in problem.clashing)
    )


def _best_of_all(problem: SelectionProblem) -> list[int]:
    """Return the best choice, found by looking at every choice."""
    numbers = range(len(problem.events))
    choices = [list(each) for size in range(len(numbers) + 1) for each in combinations(numbers, size)]

    def rank(choice: list[int]) -> tuple[int, int, int, list[int]]:
        musts = sum(problem.events[number] in problem.must for number in choice)
        return -musts, -len(choice), sum(problem.costs[number] for number in choice), choice

    return min((each for each in choices if _is_possible(problem, each)), key=rank)


@given(problems())
def test_best_choice_is_the_first_of_the_best(problem: SelectionProblem) -> None:
    assert best_choice(problem) == _best_of_all(problem)
