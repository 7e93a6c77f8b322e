"""What people see of every command: in a pipe, on terminals, in colour, in three languages and all formats."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from shutil import copy
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import pytest

from kzfest.cli.app import Application
from kzfest.paths import data_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Run: TypeAlias = "Callable[..., tuple[int, str, str]]"
    Golden: TypeAlias = "Callable[[str, str], None]"

FAULTY = """\
format: 1
programme: {id: faulty, title: Faulty, timezone: Asia/Almaty, revised: 2023-12-01}
venues:
  - {id: green, name: The green, city: Neudorf}
events:
  - {id: fair, tite: The fair, category: fair, venue: gren, start: 2023-12-17}
  - {id: dance, title: The dance, category: concert, start: 2023-12-17 19:00, end: 2023-12-17 18:00}
  - {id: fair, title: Again, category: fair, start: 2023-02-30}
"""

CASES = {
    "home-before": ("--now", "2023-11-20T10:00"),
    "home-during": ("--now", "2023-12-17T18:30"),
    "home-between": ("--now", "2024-01-15T12:00"),
    "home-after": ("--now", "2026-05-01T12:00"),
    "list": ("list",),
    "list-day": ("list", "--on", "2023-12-17"),
    "list-range": ("list", "15..17", "dec"),
    "list-now": ("list", "now", "--now", "2023-12-17T18:30"),
    "list-next": ("list", "--from", "now", "--limit", "5", "--now", "2023-12-17T12:00"),
    "list-near": ("list", "16", "dec", "--near", "51.13,71.43", "--within", "5"),
    "list-undated": ("list", "--undated"),
    "list-by-title": ("list", "15..17", "dec", "--sort", "title"),
    "list-by-venue": ("list", "15..17", "dec", "--sort", "venue"),
    "list-by-category": ("list", "15..17", "dec", "--sort", "category"),
    "list-exhibitions": ("list", "16..17", "dec", "--category", "exhibition"),
    "list-empty": ("list", "2024-02-20"),
    "list-empty-of-a-kind": ("list", "--on", "2024-01-15", "--category", "concert"),
    "month": ("month", "december", "--now", "2023-12-14"),
    "timeline": ("timeline", "14..31", "dec", "--category", "exhibition", "--now", "2023-12-14"),
    "timeline-groups": ("timeline", "--by", "category"),
    "day": ("day", "15", "dec"),
    "day-by-page": ("day", "31", "dec", "--page", "2"),
    "show-gastromania": ("show", "gastromania"),
    "show-dialogue": ("show", "dialogue"),
    "show-dialogue-sources": ("show", "dialogue", "--sources"),
    "show-independence-day": ("show", "independence-day"),
    "show-now-i-see-you": ("show", "now-i-see-you"),
    "show-rinks": ("show", "rinks"),
    "show-kazakhstan-way": ("show", "kazakhstan-way"),
    "show-yakutia-circus": ("show", "yakutia-circus"),
    "venue-national-museum": ("venue", "national-museum"),
    "venue-barys-arena": ("venue", "barys-arena"),
    "venues": ("venues",),
    "way": ("way", "national-museum", "dialogue"),
    "search-museum": ("search", "museum"),
    "search-piazzolla": ("search", "piazolla"),
    "search-nothing": ("search", "xylophone"),
    "history": ("history",),
    "history-1986": ("history", "december", "1986"),
    "history-law": ("history", "--law"),
    "programmes": ("programmes",),
    "check-good": ("check", "good.yaml"),
    "check-faulty": ("check", "faulty.yaml"),
    "diff": ("diff", "schedule.xml", "schedule-new.xml", "-q"),
}
"""A name, and the command line whose output it names."""

ON_TERMINALS = (
    "home-during",
    "month",
    "timeline",
    "timeline-groups",
    "list-day",
    "list-range",
    "list-next",
    "list-undated",
    "day",
    "day-by-page",
    "show-dialogue-sources",
    "show-yakutia-circus",
    "venue-national-museum",
    "venues",
    "search-museum",
    "history",
    "history-law",
    "programmes",
    "check-faulty",
    "diff",
)
DRAWN = {"month", "timeline", "timeline-groups"}
"""Drawings, whose marks a terminal without any abilities gets as letters: `IN_WIDTHS` shows them."""
IN_WIDTHS = (
    *(
        "home-during",
        "list-range",
        "month",
        "timeline",
        "day",
        "show-independence-day",
        "venue-national-museum",
        "venues",
    ),
    *("history", "diff"),
)
"""One page of each layout."""
COLUMNS = (60, 120, 200)
"""Besides 80, the width of the pages in colour."""
DRAWN = {"day", "day-by-page", "month", "timeline", "timeline-groups"}
"""What a dumb terminal draws in other letters, as the tests of these commands say."""
WITHOUT_A_PIPE = {"show-dialogue", "show-dialogue-sources", "show-independence-day", "show-yakutia-circus"}
"""Cards that others of these tests show; four cards and two venues show what a card is in a pipe."""
IN_LANGUAGES = (
    "home-during",
    "list-day",
    "month",
    "timeline",
    "day",
    "show-now-i-see-you",
    "venue-national-museum",
    "venues",
    "history-law",
    "diff",
)
IN_FORMATS = (
    "list-exhibitions",
    "list-empty-of-a-kind",
    "timeline",
    "timeline-groups",
    "day",
    "show-dialogue",
    "show-yakutia-circus",
    "venue-national-museum",
    "venues",
    "search-piazzolla",
    "history",
    "history-law",
    "programmes",
    "diff",
)
STYLES = re.compile(r"\x1b\[[\d;]*m|\x1b\]8;[^\x1b]*\x1b\\")
"""What a terminal obeys and nobody reads: colours, and addresses behind links."""
SUFFIXES = {"json": "json", "jsonl": "jsonl", "csv": "csv", "markdown": "md"}

MANY_RUNS = """\
import json, sys
from kzfest.cli.app import app
for args in json.loads(sys.argv[1]):
    code = 0
    try:
        app(args, prog_name="kzfest")
    except SystemExit as done:
        code = done.code
    print(end="\\f", flush=True)
    print("", code, "", sep="\\f", end="", file=sys.stderr, flush=True)
"""
"""A program that runs many command lines, for the price of one start; form feeds part what they print."""


class Outcome(NamedTuple):
    """How a run ended and what it printed."""

    code: int
    stdout: str
    stderr: str


def transcript(args: tuple[str, ...], outcome: tuple[int, str, str]) -> str:
    """Return a run as a person remembers it: what was typed, what came, and how it ended where that was not well."""
    code, stdout, stderr = outcome
    parts = [f"$ {shlex.join(['kzfest', *args])}\n", stdout]
    parts += [f"[standard error]\n{stderr}"] if stderr else []
    parts += [f"[exit code {code}]\n"] if code else []
    return "".join(parts).replace(str(data_folder()), "DATA")


@pytest.fixture(name="folder", scope="module")
def _folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the files that the cases name."""
    folder = tmp_path_factory.mktemp("golden")
    (folder / "faulty.yaml").write_text(FAULTY, encoding="utf-8")
    (folder / "good.yaml").write_bytes((data_folder() / "events.yaml").read_bytes())
    for file in (Path(__file__).parents[2] / "docs" / "examples").glob("*.xml"):
        copy(file, folder)
    return folder


@pytest.fixture(name="views", scope="module")
def _views() -> dict[object, dict[str, Outcome]]:
    """Return what the terminals have shown already."""
    return {}


@pytest.fixture(name="seen")
def _seen(folder: Path, warm_home: Path, views: dict[object, dict[str, Outcome]]) -> Run:
    """Return a function that gives what a case of CASES shows on a terminal; all its cases are run at once."""

    def seen(name: str, cases: Mapping[str, tuple[str, ...]], columns: int, **environment: str) -> Outcome:
        key = (*cases.items(), columns, *environment.items())
        if key not in views:
            size = {"COLUMNS": str(columns), "LINES": "50"}
            terminal = os.environ | {"KZFEST_HOME": str(warm_home)} | size | environment
            views[key] = dict(zip(cases, many_runs(list(cases.values()), folder, terminal), strict=True))
        return views[key][name]

    return seen


def many_runs(commands: list[tuple[str, ...]], folder: Path, environment: dict[str, str]) -> list[Outcome]:
    """Return what the *commands* print on a terminal, one after the other in one process."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", MANY_RUNS, json.dumps(commands)],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=subprocess.PIPE,
    ) as process:
        os.close(theirs)
        printed = b"".join(iter(lambda: _read(ours), b"")).decode().replace("\r\n", "\n").split("\f")
        told = (process.stderr.read() if process.stderr else b"").decode().split("\f")
    os.close(ours)
    return [Outcome(int(code), *texts) for *texts, code in zip(printed, told[::2], told[1::2], strict=False)]


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # the way Linux says that the other end is closed
        return b""


@pytest.mark.parametrize("name", sorted(CASES.keys() - WITHOUT_A_PIPE))
def test_command_in_a_pipe(
    name: str, kzfest: Run, golden: Golden, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)

    outcome = kzfest(*CASES[name])

    golden(f"pipe/{name}.txt", transcript(CASES[name], outcome))


@pytest.mark.parametrize("name", IN_WIDTHS)
def test_command_on_terminals_of_several_widths(name: str, seen: Run, golden: Golden) -> None:
    cases = {each: CASES[each] for each in IN_WIDTHS}

    outcomes = {columns: seen(name, cases, columns, TERM="dumb") for columns in COLUMNS}

    golden(
        f"widths/{name}.txt",
        "\n".join(f"[{columns} columns]\n{transcript(CASES[name], each)}" for columns, each in outcomes.items()),
    )


@pytest.mark.parametrize("name", ON_TERMINALS)
def test_command_without_colour_shows_the_same(name: str, seen: Run) -> None:
    cases = {each: CASES[each] for each in ON_TERMINALS}

    variables = {"TERM": "xterm-256color", "NO_COLOR": "1"} if name in DRAWN else {"TERM": "dumb"}
    plain = seen(name, cases, 80, **variables)

    code, stdout, stderr = seen(name, cases, 80, TERM="xterm-256color")
    assert plain == (code, STYLES.sub("", stdout), STYLES.sub("", stderr))


@pytest.mark.parametrize("name", ON_TERMINALS)
def test_command_in_colour(name: str, seen: Run, golden: Golden) -> None:
    cases = {each: CASES[each] for each in ON_TERMINALS}

    outcome = seen(name, cases, 80, TERM="xterm-256color")

    golden(f"colour/{name}.txt", transcript(CASES[name], outcome))


@pytest.mark.parametrize("language", ["kk", "ru"])
@pytest.mark.parametrize("name", IN_LANGUAGES)
def test_command_in_a_language(name: str, language: str, seen: Run, golden: Golden) -> None:
    cases = {each: (*CASES[each], "--lang", language) for each in IN_LANGUAGES}

    outcome = seen(name, cases, 100, TERM="dumb")

    golden(f"{language}/{name}.txt", transcript(cases[name], outcome))


@pytest.mark.parametrize("format_", SUFFIXES)
@pytest.mark.parametrize("name", IN_FORMATS)
def test_command_in_a_format(  # noqa: PLR0913, PLR0917  # fixtures
    name: str, format_: str, kzfest: Run, golden: Golden, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)

    code, stdout, stderr = kzfest(*CASES[name], "-f", format_)
    _, _, as_for_a_table = kzfest(*CASES[name])

    assert (code, stderr) == (0, as_for_a_table)
    golden(f"{format_}/{name}.{SUFFIXES[format_]}", stdout.replace(str(data_folder()), "DATA"))


@pytest.mark.parametrize("name", ["kzfest", *Application.names])
def test_help(name: str, seen: Run, golden: Golden) -> None:
    cases = {each: (each, "--help") for each in Application.names} | {"kzfest": ("--help",)}

    outcome = seen(name, cases, 200, TERM="dumb")

    golden(f"help/{name}.txt", transcript(cases[name], Outcome(outcome[0], unboxed(outcome[1]), outcome[2])))


def unboxed(text: str) -> str:
    """Return a help without its frames and columns, which each version of Rich draws in its own way."""
    lines = (" ".join(line.strip("│ ").split()) for line in text.splitlines())
    return "".join(f"{line.strip('╭╮╰╯─ ')}\n" for line in lines)


def test_golden_files_are_those_of_the_tests(pytestconfig: pytest.Config) -> None:
    folder = pytestconfig.rootpath / "tests" / "golden"
    expected = {f"pipe/{name}.txt" for name in CASES.keys() - WITHOUT_A_PIPE}
    expected |= {f"widths/{name}.txt" for name in IN_WIDTHS}
    expected |= {f"colour/{name}.txt" for name in ON_TERMINALS}
    expected |= {f"{language}/{name}.txt" for language in ("kk", "ru") for name in IN_LANGUAGES}
    expected |= {f"{each}/{name}.{suffix}" for each, suffix in SUFFIXES.items() for name in IN_FORMATS}
    expected |= {f"help/{name}.txt" for name in ("kzfest", *Application.names)}

    others = {"browse", "ics", "itinerary", "labels", "help-kk", "help-ru"}  # of tests with golden files of their own

    found = {file.relative_to(folder).as_posix() for file in folder.rglob("*.*")}

    assert {name for name in found if name.partition("/")[0] not in others} == expected
