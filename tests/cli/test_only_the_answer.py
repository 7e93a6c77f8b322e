"""Standard output has the answer and nothing else, and standard error our own sentences: every command, really run."""

from __future__ import annotations

import csv
import io
import json
import shutil
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import pytest
import typer

from kzfest.cli.app import Application, app
from kzfest.cli.commands.itinerary.check import HAS_CLASHES
from kzfest.paths import data_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Run: TypeAlias = "Callable[..., Outcome]"

TOKEN = (
    "kzf1:eNpFkE1uwyAQha9izRpUx1VrtzvvewOLxQQTmxqGhB85btW7F5y00YhZDO99j2EAi5qADQNgiEgIDPqg8ak3FuMGQpSr6dSMHljNuvalZjBlqXcWSRc5sLap2SGfUqCuZ8elougVZDOcPsN6eXjJrVzzoBTfXNrdXR6_ZUAxE0btCA23Kahkd8ASLs9_gAOD_MjJ8VEZg9bljIKgZMytNYXyNZddPD-jQVkUGJYKjy7FKmq5qBh2MG3X4_wPfjDarmav921un8Kl9jKFe9A3KIJ3-Egk52rVca56PSL8CCF-AWF2Zz8"
)  # fmt: skip
"""Four visits of the README's: a tight way, an event without an hour, an appointment of one's own."""
FAIR = """\
format: 1
programme: {{id: fair, title: Fair, timezone: Asia/Almaty, revised: 2023-12-01}}
events:
  - {{id: dance, title: Dance, category: concert, start: 2023-12-{day} 19:00}}
"""
FORMATS = ("json", "jsonl", "csv")
MORE = {
    "show": ["gastromania"],
    "venue": ["expo-centre"],
    "way": ["expo-centre", "dialogue"],
    "search": ["muzey"],
    "check": [str(data_folder() / "abroad.yaml")],
    "convert": [str(data_folder() / "abroad.yaml")],
    "diff": [str(data_folder() / "abroad.yaml"), str(data_folder() / "archive.yaml")],
    "new": ["fair", "-o", "-"],
    "sql": ["select id, title from events"],
    "programmes add": [str(data_folder() / "abroad.yaml"), "--name", "other"],
    "programmes rename": ["fair", "summer"],
    "programmes remove": ["fair"],
    "programmes restore": ["spring"],
    "programmes default": ["fair"],
    "itinerary add": ["dialogue", "--on", "2023-12-17"],
    "itinerary edit": ["tango-dellamore", "--note", "row 7"],
    "itinerary remove": ["tango-dellamore"],
    "itinerary gaps": ["2023-12-15..2023-12-17"],
    "itinerary suggest": ["2023-12-15..2023-12-17"],
    "itinerary merge": [TOKEN],
    "itinerary import": ["trip.ics"],
    "itinerary use": ["other"],
    "itinerary restore": ["--replace"],
}
"""What a command line has behind the command's name, where that alone is none."""
ANOTHER_ZONE = b"DTSTART;TZID=/freeassociation.sourceforge.net/Asia/Almaty:20231216T120000"
"""A time as Evolution writes it, of whose zone icalendar 7.3 warns."""


class Outcome(NamedTuple):
    """How a run ended and what it printed."""

    code: int
    stdout: str
    stderr: str


class Place(NamedTuple):
    """The command in this process and in one of its own, each with a home that has the same plan.

    `beside` is in this process too, with the home of the other: what the other did is seen without a third.
    """

    here: Run
    apart: Run
    beside: Run


def commands(group: Any = None, names: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield every command of the program, and each group as well as its commands."""
    group = group or typer.main.get_command(app)
    for name in group.names:
        command = group.get_command(None, name)
        yield (*names, name), command
        if hasattr(command, "names"):
            yield from commands(command, (*names, name))


def lines() -> Iterator[list[str]]:
    """Yield a command line of each command, and one for each format that a program reads where it takes formats."""
    for names, command in commands():
        line = [*names, *MORE.get(" ".join(names), [])]
        default = command.get_command(None, command.default) if hasattr(command, "default") else command
        takes_formats = any("--format" in option.opts for option in default.params) and names[-1] != "export"
        yield from ([*line, "-f", format_] for format_ in FORMATS) if takes_formats else [line]
    yield from (["history", "--law", "-f", format_] for format_ in FORMATS)
    yield ["itinerary", "suggest", "2023-12-16", "--save", "-f", "json"]
    yield ["itinerary", "repair", "--save", "-f", "json"]
    yield ["export", "-f", "ics"]
    yield ["itinerary", "-f", "ics"]


@pytest.fixture(name="planned", scope="module")
def _planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder in which a home with a plan is to be made once."""
    return tmp_path_factory.mktemp("planned")


@pytest.fixture(name="place")
def _place(kzfest: Run, process: Run, planned: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """Return the command in both ways, in a folder with a calendar of the plan that another program has written."""
    if not (planned / "home").exists():
        home = {"KZFEST_HOME": str(planned / "home")}
        assert kzfest("itinerary", "merge", TOKEN, **home)[0] == 0
        assert kzfest("itinerary", "export", "-o", str(planned / "trip.ics"), **home)[0] == 0
        written = (planned / "trip.ics").read_bytes()
        changed = written.replace(b"DTSTART;TZID=Asia/Almaty:20231216T120000", ANOTHER_ZONE)
        assert changed != written
        (planned / "trip.ics").write_bytes(changed)
        for name in ("fair", "spring"):
            (planned / "fair.yaml").write_text(FAIR.format(day=16), encoding="utf-8")
            assert kzfest("programmes", "add", str(planned / "fair.yaml"), "--name", name, **home)[0] == 0
        assert kzfest("programmes", "remove", "spring", **home)[0] == 0
        (planned / "fair.yaml").write_text(FAIR.format(day=17), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    shutil.copy(planned / "trip.ics", tmp_path / "trip.ics")
    monkeypatch.setenv("KZFEST_NOW", "2023-12-10T12:00")
    homes = [str(shutil.copytree(planned / "home", tmp_path / name)) for name in ("here", "apart")]
    return Place(
        here=lambda *args, **environment: kzfest(*args, **{"KZFEST_HOME": homes[0]} | environment),
        apart=lambda *args, **environment: process(*args, **{"KZFEST_HOME": homes[1]} | environment),
        beside=lambda *args, **environment: kzfest(*args, **{"KZFEST_HOME": homes[1]} | environment),
    )


def parsed(text: str, format_: str) -> Any:
    """Return what a program reads in an answer. Raises ValueError where it has anything else in it."""
    if format_ == "json":
        return json.loads(text)
    if format_ == "jsonl":
        return [json.loads(line) for line in text.splitlines()]
    return list(csv.DictReader(io.StringIO(text, newline=""), restkey="too many", restval="too few", strict=True))


def without_new_ids(run: Run, text: str) -> str:
    """Return *text* without the ids of the visits that the plan has now, which are random."""
    for visit in json.loads(run("itinerary", "show", "-f", "json")[1])["visits"]:
        text = text.replace(visit["id"], "an id")
    return text


@pytest.mark.parametrize("line", [*lines()], ids=lambda line: " ".join(line)[:60])
def test_real_process_prints_what_we_print_and_nothing_more(place: Place, line: list[str]) -> None:
    here, apart = place.here(*line), place.apart(*line)

    assert (apart[0], apart[2].replace("/apart/", "/here/")) == (here[0], here[2])
    assert (apart[0] == 2) == (line == ["browse"])  # which needs a terminal
    assert without_new_ids(place.beside, apart[1]).replace("/apart/", "/here/") == without_new_ids(place.here, here[1])
    if line[-1] in FORMATS:
        assert apart[0] == (HAS_CLASHES if line[:2] == ["itinerary", "check"] else 0)
        found = parsed(apart[1], line[-1])
        assert not isinstance(found, list) or all({"too many", "too few"}.isdisjoint(each) for each in found)


def test_every_command_is_run() -> None:
    groups = {"itinerary", "programmes"}
    run = {tuple(line[: 2 if line[0] in groups and line[1:2] != ["-f"] else 1]) for line in lines()}

    assert run == {names for names, _command in commands()}
    assert {names[0] for names in run} == set(Application.names)
