"""Errors know their exit code; of many faults the first are shown."""

from __future__ import annotations

import pytest

from kzfest.core.errors import (
    FaultyProgrammeError,
    KzfestError,
    NotFoundError,
    Problem,
    UsageError,
    one_of,
    shown_problems,
)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (KzfestError("no"), 1),
        (UsageError("no"), 2),
        (NotFoundError("no"), 3),
        (FaultyProgrammeError([Problem("p.yaml", 1, "no")]), 4),
    ],
)
def test_error_has_its_exit_code(error: KzfestError, code: int) -> None:
    assert (error.exit_code, isinstance(error, KzfestError)) == (code, True)


def test_faulty_programme_says_its_faults() -> None:
    problems = [Problem("p.yaml", 3, "no id"), Problem("p.yaml", 12, "no date")]

    error = FaultyProgrammeError(problems)

    assert (str(error), error.problems) == ("p.yaml:3:1: no id\np.yaml:12:1: no date", tuple(problems))


@pytest.mark.parametrize(
    ("count", "more"),
    [
        (0, []),
        (1, []),
        (50, []),
        (51, ["and 1 more"]),
        (52, ["and 2 more"]),
        (199, ["and 149 more"]),
        (200, ["and at least 150 more; correct these first"]),
    ],
)
def test_first_fifty_faults_are_shown_then_how_many_more(count: int, more: list[str]) -> None:
    problems = [Problem("p.yaml", line, "no") for line in range(1, count + 1)]

    assert shown_problems(problems) == [f"p.yaml:{line}:1: no" for line in range(1, min(count, 50) + 1)] + more


def test_problems_are_sorted_by_file_then_line() -> None:
    problems = [Problem("b", 1, "x"), Problem("a", 10, "x"), Problem("a", 9, "y"), Problem("a", 9, "x")]

    assert [str(problem) for problem in sorted(problems)] == ["a:9:1: x", "a:9:1: y", "a:10:1: x", "b:1:1: x"]


@pytest.mark.parametrize(
    ("choices", "sentence"),
    [([], ""), (["en"], "en"), (["en", "kk"], "en or kk"), (["en", "kk", "ru"], "en, kk or ru")],
)
def test_choices_are_listed_as_people_do(choices: list[str], sentence: str) -> None:
    assert one_of(choices) == sentence
