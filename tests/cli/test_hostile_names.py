"""Names that come from elsewhere never act: arguments that are echoed, the environment, names of files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import pytest
from tests.cli.hostile import acting

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run: TypeAlias = "Callable[..., Any]"

SOUND = """\
format: 1
programme: {id: small, title: Small, timezone: Asia/Almaty, revised: 2023-12-01}
events:
  - {id: tea, title: Tea, category: fair, start: 2023-12-16}
"""
NAMES = [
    "\x1b[31mred\x1b[0m",
    "\x1b]8;;https://example.com\x1b\\\\x",
    "a\x9b2Jb",
    "a\rb",
    "\u202etxt",
    "a\u200bb",
    "\udcff",
]
ECHOED = [
    ["show", "{}"],
    ["venue", "{}"],
    ["search", "{}"],
    ["list", "{}"],
    ["list", "--on", "{}"],
    ["list", "--now", "{}"],
    ["list", "--venue", "{}"],
    ["list", "--near", "{}"],
    ["list", "--category", "{}"],
    ["list", "--city", "{}"],
    ["list", "--tag", "{}"],
    ["list", "--sort", "{}"],
    ["list", "--limit", "{}"],
    ["list", "--search", "{}"],
    ["list", "-f", "{}"],
    ["list", "--lang", "{}"],
    ["list", "--color", "{}"],
    ["list", "-o", "{}/x"],
    ["--programme", "{}", "list"],
    ["--data", "{}", "list"],
    ["--data", "{}/x.yaml", "list"],
    ["{}"],
    ["--{}"],
    ["list", "--{}"],
    ["itinerary", "{}"],
    ["itinerary", "add", "{}"],
    ["itinerary", "add", "gastromania", "--on", "{}"],
    ["itinerary", "add", "gastromania", "--at", "{}"],
    ["itinerary", "add", "gastromania", "--for", "{}"],
    ["itinerary", "edit", "{}", "--must"],
    ["itinerary", "remove", "{}"],
    ["itinerary", "use", "{}"],
    ["itinerary", "show", "--itinerary", "{}"],
    ["itinerary", "merge", "{}"],
    ["itinerary", "import", "{}"],
    ["itinerary", "undo", "{}"],
    ["itinerary", "check", "--by", "{}"],
    ["itinerary", "export", "--remind", "{}"],
    ["itinerary", "export", "--vdir", "{}/x/y"],
    ["export", "--changed-since", "{}"],
    ["check", "{}"],
    ["history", "{}"],
]


@pytest.mark.parametrize("args", ECHOED, ids=" ".join)
def test_what_is_echoed_does_not_act(kzfest: Run, args: list[str]) -> None:
    for name in NAMES:
        outcome = kzfest(*(arg.format(name) for arg in args))

        assert outcome.code in {0, 1, 2, 3}
        assert list(acting(outcome.stdout)) == list(acting(outcome.stderr)) == []


@pytest.mark.parametrize("variable", ["KZFEST_NOW", "KZFEST_LANG", "KZFEST_DATA", "KZFEST_HOME"])
def test_what_an_environment_says_does_not_act(kzfest: Run, tmp_path: Path, variable: str) -> None:
    for name in [f"{tmp_path}/{name}" if variable == "KZFEST_HOME" else name for name in NAMES]:
        for args in (["list", "today"], ["programmes"], ["itinerary"]):
            outcome = kzfest(*args, **{variable: name})

            assert outcome.code in {0, 1, 2}
            assert list(acting(outcome.stdout)) == list(acting(outcome.stderr)) == []


def test_name_of_a_file_does_not_act(kzfest: Run, tmp_path: Path) -> None:
    folder = tmp_path / "config" / "programmes"
    folder.mkdir(parents=True)
    for number, name in enumerate(each for each in NAMES if "/" not in each):
        (folder / f"{name}.yaml").write_text("format: 2\n" if number % 2 else SOUND)

    for format_ in ("table", "json", "jsonl", "csv", "markdown"):
        outcome = kzfest("programmes", "-f", format_, KZFEST_HOME=str(tmp_path))
        assert (outcome.code, list(acting(outcome.stdout)), list(acting(outcome.stderr))) == (0, [], [])
    for file in folder.iterdir():
        for args in (["check", str(file)], ["--data", str(file), "list"], ["itinerary", "import", str(file)]):
            outcome = kzfest(*args, KZFEST_HOME=str(tmp_path))
            assert list(acting(outcome.stdout)) == list(acting(outcome.stderr)) == []
