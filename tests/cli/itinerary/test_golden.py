"""What people see of an itinerary: in a pipe, on terminals, in colour, in three languages and all formats."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, TypeAlias

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run: TypeAlias = "Callable[..., tuple[int, str, str]]"
    Golden: TypeAlias = "Callable[[str, str], None]"

CASES = {
    "show": ("show",),
    "show-on-foot": ("show", "--by", "walk"),
    "week": ("week", "11..24", "dec"),
    "check": ("check",),
    "check-on-foot": ("check", "--by", "walk"),
    "repair": ("repair",),
    "gaps": ("gaps", "2023-12-16..2023-12-18"),
    "suggest": ("suggest", "2023-12-15..2023-12-18", "--must", "sledges", "--must", "gala", "--per-day", "2"),
    "remove": ("remove", "v-swan", "v-poems"),
    "undo": ("undo",),
    "list": ("list",),
    "empty": ("show", "--itinerary", "trip"),
}
ON_TERMINALS = ("show", "week", "check", "repair", "gaps", "suggest")
IN_WIDTHS = ("show", "week", "check", "repair", "suggest")
COLUMNS = (60, 120)
"""Besides 80, the width of the pages in colour."""
IN_FORMATS = ("show", "week", "repair", "gaps", "suggest")
SUFFIXES = {"json": "json", "jsonl": "jsonl", "csv": "csv", "markdown": "md"}


def transcript(args: tuple[str, ...], outcome: tuple[int, str, str]) -> str:
    """Return a run as a person remembers it: what was typed, what came, and how it ended where that was not well."""
    code, stdout, stderr = outcome
    parts = [f"$ {shlex.join(['kzfest', 'itinerary', *args])}\n", stdout]
    parts += [f"[standard error]\n{stderr}"] if stderr else []
    parts += [f"[exit code {code}]\n"] if code else []
    return "".join(parts)


@pytest.fixture(name="seen")
def _seen(busy: Run, terminal: Callable[..., object], home: Path, fair: Path) -> Callable[..., tuple[int, str, str]]:
    """Return a function that gives what a case shows on a terminal."""
    assert callable(busy)

    def seen(args: tuple[str, ...], columns: int, term: str) -> tuple[int, str, str]:
        here = {"KZFEST_HOME": str(home), "KZFEST_DATA": str(fair), "KZFEST_NOW": "2023-12-10T12:00", "TERM": term}
        done = terminal("itinerary", *args, columns=columns, **here)
        return done.code, done.stdout, done.stderr  # type: ignore[attr-defined]  # an Outcome of tests/conftest.py

    return seen


@pytest.mark.parametrize("name", CASES)
def test_itinerary_in_a_pipe(name: str, busy: Run, golden: Golden) -> None:
    outcome = busy(*CASES[name])

    golden(f"itinerary/pipe/{name}.txt", transcript(CASES[name], outcome))


@pytest.mark.parametrize("name", IN_WIDTHS)
def test_itinerary_on_terminals_of_several_widths(name: str, seen: Run, golden: Golden) -> None:
    outcomes = {columns: seen(CASES[name], columns, "dumb") for columns in COLUMNS}

    golden(
        f"itinerary/widths/{name}.txt",
        "\n".join(f"[{columns} columns]\n{transcript(CASES[name], each)}" for columns, each in outcomes.items()),
    )


@pytest.mark.parametrize("name", ON_TERMINALS)
def test_itinerary_in_colour(name: str, seen: Run, golden: Golden) -> None:
    outcome = seen(CASES[name], 80, "xterm-256color")

    golden(f"itinerary/colour/{name}.txt", transcript(CASES[name], outcome))


@pytest.mark.parametrize("language", ["kk", "ru"])
@pytest.mark.parametrize("name", ON_TERMINALS)
def test_itinerary_in_a_language(name: str, language: str, busy: Run, golden: Golden) -> None:
    args = (*CASES[name], "--lang", language)

    outcome = busy(*args)

    golden(f"itinerary/{language}/{name}.txt", transcript(args, outcome))


@pytest.mark.parametrize("format_", SUFFIXES)
@pytest.mark.parametrize("name", IN_FORMATS)
def test_itinerary_in_a_format(name: str, format_: str, busy: Run, golden: Golden) -> None:
    as_for_a_table = busy(*CASES[name])

    code, stdout, stderr = busy(*CASES[name], "-f", format_)

    assert (code, stderr) == (0, as_for_a_table[2])
    golden(f"itinerary/{format_}/{name}.{SUFFIXES[format_]}", stdout)


def test_golden_files_are_those_of_the_tests(pytestconfig: pytest.Config) -> None:
    folder = pytestconfig.rootpath / "tests" / "golden" / "itinerary"
    expected = {f"pipe/{name}.txt" for name in CASES}
    expected |= {f"widths/{name}.txt" for name in IN_WIDTHS}
    expected |= {f"{place}/{name}.txt" for place in ("colour", "kk", "ru") for name in ON_TERMINALS}
    expected |= {f"{each}/{name}.{suffix}" for each, suffix in SUFFIXES.items() for name in IN_FORMATS}

    found = {file.relative_to(folder).as_posix() for file in folder.rglob("*.*")}

    assert found == expected
