"""The best choice of visits, against every choice there is."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import combinations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kzfest.itineraries.solver import Problem, best_choice

DAYS = [date(2023, 12, day) for day in (15, 16, 17)]


def worth(choice: list[int], problem: Problem) -> tuple[int, int, int]:
    """Return how good *choice* is: more is better."""
    events = [problem.events[number] for number in choice]
    cost = sum(problem.costs[number] for number in choice)
    return len(problem.must & set(events)), len(events), -cost


def is_allowed(choice: list[int], problem: Problem) -> bool:
    """Whether *choice* has one option an event, no more than a day has room for, and no pair that clashes."""
    events = [problem.events[number] for number in choice]
    days = Counter(problem.days[number] for number in choice)
    return (
        len(set(events)) == len(events)
        and all(count <= problem.room[day] for day, count in days.items())
        and not any({first, second} <= set(choice) for first, second in problem.clashing)
    )


def best_by_trying(problem: Problem) -> tuple[int, int, int]:
    numbers = range(len(problem.events))
    choices = [list(choice) for size in range(len(numbers) + 1) for choice in combinations(numbers, size)]
    return max(worth(choice, problem) for choice in choices if is_allowed(choice, problem))


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    count = draw(st.integers(0, 9))
    pairs = list(combinations(range(count), 2))
    return Problem(
        events=draw(st.lists(st.sampled_from("abcde"), min_size=count, max_size=count)),
        days=draw(st.lists(st.sampled_from(DAYS), min_size=count, max_size=count)),
        costs=draw(st.lists(st.integers(0, 12), min_size=count, max_size=count)),
        clashing=draw(st.lists(st.sampled_from(pairs), max_size=8, unique=True)) if pairs else [],
        room={day: draw(st.integers(0, 3)) for day in DAYS},
        must=draw(st.frozensets(st.sampled_from("abcdef"), max_size=3)),
    )


@given(problems())
@example(
    Problem(
        events=list("abcd"),
        days=[DAYS[0]] * 4,
        costs=[9, 0, 0, 0],
        clashing=[(0, 1), (0, 2), (0, 3)],
        room={DAYS[0]: 3},
        must=frozenset("a"),
    )
)
def test_choice_is_as_good_as_the_best_of_all(problem: Problem) -> None:
    choice = best_choice(problem)

    assert is_allowed(choice, problem)
    assert worth(choice, problem) == best_by_trying(problem)


@pytest.mark.parametrize(
    ("must", "chosen"), [("", [1, 2]), ("a", [0]), ("ab", [1, 2]), ("bc", [1, 2]), ("abc", [1, 2]), ("z", [1, 2])]
)
def test_most_must_events_come_before_most_events(must: str, chosen: list[int]) -> None:
    problem = Problem(
        events=list("abc"),
        days=[DAYS[0]] * 3,
        costs=[0, 5, 5],
        clashing=[(0, 1), (0, 2)],
        room={DAYS[0]: 3},
        must=frozenset(must),
    )

    assert best_choice(problem) == chosen


def test_choice_is_the_same_again() -> None:
    problem = Problem(
        events=[f"e{number % 12}" for number in range(36)],
        days=[DAYS[number // 12] for number in range(36)],
        costs=[1] * 36,
        clashing=[(number, number + 1) for number in range(0, 35, 2)],
        room=dict.fromkeys(DAYS, 3),
    )

    assert best_choice(problem) == best_choice(problem)
    assert worth(best_choice(problem), problem) == (0, 9, -9)


def test_nothing_is_chosen_from_nothing() -> None:
    assert best_choice(Problem(events=[], days=[], costs=[], clashing=[], room={}, must=frozenset("a"))) == []
