"""No command asks the network, starts another program, or writes outside the user's own folders."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.watched import FILES, NETWORK, PROGRAMS

COMMANDS = [
    [],
    ["list", "17", "dec"],
    ["show", "gastromania"],
    ["venue", "expo-centre"],
    ["venues", "-f", "csv"],
    ["search", "muzey"],
    ["history"],
    ["history", "--law", "-f", "json"],
    ["programmes"],
    ["export", "-o", "all.ics"],
    ["check", "--schema"],
    ["--help"],
    ["--version"],
    ["--data", "https://example.com/programme.yaml", "list"],
    ["check", "https://example.com/programme.yaml"],
    ["itinerary", "import", "https://example.com/trip.ics"],
    ["itinerary", "add", "gastromania", "tango-dellamore", "--on", "2023-12-16"],
    ["itinerary", "add", "--own", "Tea", "--on", "2023-12-16", "--at", "10:00"],
    ["itinerary", "suggest", "15..17", "dec", "--save"],
    ["itinerary", "gaps", "15..17", "dec"],
    ["itinerary", "check"],
    ["itinerary"],
    ["itinerary", "share"],
    ["itinerary", "export", "-o", "mine.ics"],
    ["itinerary", "export", "--vdir", "vdir"],
    ["itinerary", "import", "mine.ics"],
    ["itinerary", "use", "other"],
    ["itinerary", "list"],
    ["itinerary", "undo"],
    ["itinerary", "clear"],
    ["itinerary", "restore"],
]
WATCHED = Path(__file__).with_name("watched.py")


def watched(place: Path, commands: list[list[str]] | list[str]) -> list[list[str]]:
    """Return what *commands* did of all that could leave the program, in one process of their own."""
    own = {"KZFEST_HOME": str(place / "home"), "TMPDIR": str(place), "PYTHONDONTWRITEBYTECODE": "1"}
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")} | own
    command = [sys.executable, str(WATCHED), json.dumps(commands)]
    done = subprocess.run(command, cwd=place, env=environment, stdout=subprocess.PIPE, check=True)
    return [[str(each) for each in event] for event in json.loads(done.stdout)]


@pytest.fixture(name="place", scope="module")
def _place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("watched")


@pytest.fixture(name="events", scope="module")
def _events(place: Path) -> list[list[str]]:
    return watched(place, COMMANDS)


def test_no_command_uses_the_network_or_starts_a_program(events: list[list[str]]) -> None:
    assert [event for event in events if event[0].startswith((*NETWORK, *PROGRAMS))] == []


def test_no_command_writes_outside_the_places_named(events: list[list[str]], place: Path) -> None:
    changes = [event for event in events if event[0].startswith(("open", *FILES))]
    written = {place / name for event, *names in changes for name in names[: 2 if event == "os.rename" else 1]}

    assert {place / "all.ics", place / "home" / "data" / "itineraries.sqlite3"} <= written
    assert {each for each in written if place not in each.parents and str(each) != os.devnull} == set()


@pytest.mark.parametrize(
    ("code", "event"),
    [
        ("import socket; socket.socket()", "socket.__new__"),
        ("import socket; socket.getaddrinfo('localhost', 80)", "socket.getaddrinfo"),
        ("import urllib.request; urllib.request.urlopen('data:,x')", "urllib.Request"),
        ("import subprocess, sys; subprocess.run([sys.executable, '-c', ''])", "subprocess.Popen"),
        ("import os; os.system('')", "os.system"),
        ("open('x', 'w').close()", "open"),
    ],
)
def test_watch_would_see_it(tmp_path: Path, code: str, event: str) -> None:
    assert event in {each[0] for each in watched(tmp_path, [code])}
