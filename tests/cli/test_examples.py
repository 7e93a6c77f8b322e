"""The examples in the help run, in a folder with a programme file, a calendar and a plan."""

from __future__ import annotations

import shlex
from pathlib import Path
from shutil import copy, copytree
from typing import NamedTuple

import pytest
from docs.tools.commands import commands
from typer.testing import CliRunner

from kzfest.cli.app import app
from kzfest.paths import data_folder

COMMANDS = commands()
EXAMPLES = [(each.path, example) for each in COMMANDS for example in each.command.examples]
OTHER_CODES = {"kzfest itinerary restore": 1, "kzfest browse": 2}
"""The exit codes of `restore` while the store is sound, and of `browse` without a terminal."""


class Prepared(NamedTuple):
    """A folder with what the examples need."""

    folder: Path
    token: str


def kzfest(folder: Path, *args: str, given: str = "") -> tuple[int, str]:
    variables = {"KZFEST_HOME": str(folder / "home"), "KZFEST_NOW": "2023-12-14T12:00", "LANGUAGE": None}
    done = CliRunner().invoke(app, args, input=given, env=variables, prog_name="kzfest", catch_exceptions=False)
    return done.exit_code, done.output


@pytest.fixture(name="prepared", scope="module")
def _prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    folder = tmp_path_factory.mktemp("prepared")
    copy(data_folder() / "events.yaml", folder / "my.yaml")
    for file in (Path(__file__).parents[2] / "docs" / "examples").glob("*.xml"):
        copy(file, folder)
    copy(folder / "schedule.xml", folder / "page.html")  # kzfest knows a format by its content
    copy(Path(__file__).parents[2] / "docs" / "examples" / "sheet.csv", folder)
    (folder / "feed.ics").write_text("BEGIN:VCALENDAR\nEND:VCALENDAR\n", encoding="utf-8")
    for name in ("fair", "spring"):
        kzfest(folder, "programmes", "add", str(folder / "schedule.xml"), "--name", name)
    kzfest(folder, "programmes", "remove", "spring")
    kzfest(folder, "itinerary", "add", "gastromania", "--on", "2023-12-16")
    kzfest(folder, "itinerary", "export", "-o", str(folder / "plan.ics"))
    return Prepared(folder, kzfest(folder, "itinerary", "share", "--quiet")[1])


def test_every_command_has_examples_of_itself() -> None:
    without = [each.path for each in COMMANDS if not each.command.examples]
    of_others = [(path, example) for path, example in EXAMPLES if not example.startswith(path.removesuffix(" show"))]

    assert (without, of_others) == ([], [])


@pytest.mark.parametrize(("path", "example"), EXAMPLES)
def test_example_runs(
    path: str, example: str, prepared: Prepared, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = copytree(prepared.folder, tmp_path / "folder")
    monkeypatch.chdir(folder)

    code, _printed = kzfest(folder, *shlex.split(example)[1:], given=prepared.token)

    assert code == OTHER_CODES.get(path, 0)


@pytest.mark.parametrize("path", [each.path for each in COMMANDS])
def test_help_of_a_command_is_that_of_its_option(path: str, tmp_path: Path) -> None:
    words = path.split()[1:]

    assert kzfest(tmp_path, "help", *words) == kzfest(tmp_path, *words, "--help")
