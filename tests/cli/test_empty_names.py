"""An empty option, as an unset variable of a script leaves it, is refused; an empty variable of ours is unset."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypeAlias

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run: TypeAlias = "Callable[..., tuple[int, str, str]]"

EMPTY = "the value is empty; give one, or leave the option out"
NO_NAME = "the name is empty"


@pytest.mark.parametrize(
    ("args", "why"),
    [
        (["list", "--data", ""], NO_NAME),
        (["--data", "", "list"], NO_NAME),
        (["list", "--data="], NO_NAME),
        (["list", "--programme", ""], NO_NAME),
        (["list", "-p", ""], NO_NAME),
        (["list", "--lang", ""], EMPTY),
        (["list", "--now", ""], EMPTY),
        (["list", "--color", ""], EMPTY),
        (["list", "--search", ""], EMPTY),
        (["list", "-o", ""], NO_NAME),
        (["export", "--vdir", ""], NO_NAME),
        (["check", ""], NO_NAME),
        (["check", "data.yaml", ""], NO_NAME),
        (["itinerary", "import", ""], NO_NAME),
        (["itinerary", "--data", "", "show"], NO_NAME),
    ],
    ids=" ".join,
)
def test_empty_option_is_refused_in_a_sentence(kzfest: Run, args: list[str], why: str) -> None:
    code, stdout, stderr = kzfest(*args)

    assert (code, stdout, f": {why}. See `kzfest " in stderr, len(stderr.splitlines())) == (2, "", True, 1)


@pytest.mark.parametrize(
    "args",
    [
        ["list", "--venue", ""],
        ["list", "--near", ""],
        ["list", "--category", ""],
        ["list", "--city", ""],
        ["list", "--tag", ""],
        ["list", "--on", ""],
        ["list", "--sort", ""],
        ["list", "-f", ""],
        ["show", ""],
        ["venue", ""],
        ["itinerary", "add", ""],
        ["itinerary", "add", "--own", "", "--on", "2023-12-16"],
        ["itinerary", "use", ""],
        ["itinerary", "--itinerary", "", "show"],
        ["itinerary", "remove", ""],
        ["itinerary", "merge", ""],
    ],
    ids=" ".join,
)
def test_empty_name_stands_for_nothing(kzfest: Run, args: list[str]) -> None:
    code, stdout, stderr = kzfest(*args)

    assert (code in {1, 2, 3}, stdout, stderr.startswith("kzfest: ")) == (True, "", True)


@pytest.mark.parametrize("variable", ["KZFEST_DATA", "KZFEST_LANG", "KZFEST_NOW"])
def test_empty_variable_is_unset(kzfest: Run, variable: str) -> None:
    code, stdout, _stderr = kzfest("venues", "-f", "json", **{variable: ""})

    assert (code, json.loads(stdout)["programme"]["id"]) == (0, "astana")


def test_import_of_nothing_takes_no_file_of_the_folder(
    kzfest: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = str(tmp_path / "home")
    kzfest("itinerary", "add", "--own", "Tea", "--on", "2023-12-16", KZFEST_HOME=home)
    kzfest("itinerary", "export", "-o", str(tmp_path / "tea.ics"), KZFEST_HOME=home)
    monkeypatch.chdir(tmp_path)

    code, stdout, _stderr = kzfest("itinerary", "import", "", KZFEST_HOME=str(tmp_path / "other"))

    assert (code, stdout, (tmp_path / "other").exists()) == (2, "", False)
