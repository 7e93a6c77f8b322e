"""`--map`: the map of a user for JSON of no known kind."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Outcome

MAP = "map: Bakery\nentries: /shows[]\ntitle: name\nid: id\nstart: at\nfestival: {zone: =Asia/Almaty}\n"
SHOWS = {"shows": [{"id": 1, "name": "Rye", "other": "Oat", "at": "2026-05-02T10:00"}]}


@pytest.fixture(name="bakery")
def _bakery(tmp_path: Path) -> tuple[str, Path]:
    """Return the file of a programme, and that of its map."""
    (tmp_path / "shows.json").write_text(json.dumps(SHOWS), "utf-8")
    (tmp_path / "bakery.yaml").write_text(MAP, "utf-8")
    return str(tmp_path / "shows.json"), tmp_path / "bakery.yaml"


def _titles(done: Outcome) -> list[str]:
    assert done.code == 0, done.stderr
    return [event["title"] for event in json.loads(done.stdout)["events"]]


def test_a_changed_map_reads_the_file_anew(
    bakery: tuple[str, Path], kzfest: Callable[..., Outcome], tmp_path: Path
) -> None:
    data, map_file = bakery
    command = ("--data", data, "--map", str(map_file), "list", "-f", "json")
    first = kzfest(*command, KZFEST_HOME=str(tmp_path / "home"))
    map_file.write_text(MAP.replace("title: name", "title: other"), "utf-8")
    second = kzfest(*command, KZFEST_HOME=str(tmp_path / "home"))
    assert (_titles(first), _titles(second)) == (["Rye"], ["Oat"])


def test_a_plan_keeps_the_map_of_its_programme(
    bakery: tuple[str, Path], kzfest: Callable[..., Outcome], tmp_path: Path
) -> None:
    data, map_file = bakery
    home = str(tmp_path / "home")
    added = kzfest("--data", data, "--map", str(map_file), "itinerary", "add", "rye", KZFEST_HOME=home)
    map_file.unlink()
    (visit,) = json.loads(kzfest("itinerary", "-f", "json", KZFEST_HOME=home).stdout)["visits"]
    assert (added.code, visit["start"], visit["state"]) == (0, "2026-05-02T10:00:00+05:00", "same")


def test_check_tells_the_faults_of_a_map(bakery: tuple[str, Path], kzfest: Callable[..., Outcome]) -> None:
    data, map_file = bakery
    map_file.write_text(f"{MAP}rom: hall\n", "utf-8")
    done = kzfest("check", "--map", str(map_file), data, "-f", "json")
    (fault,) = json.loads(done.stdout)["faults"]
    assert (done.code, fault) == (
        4,
        {
            "file": str(map_file),
            "line": 7,
            "column": 1,
            "path": "/rom",
            "message": "unknown key 'rom'; did you mean 'room'?",
            "remedy": "room: hall",
            "example": None,
        },
    )


@pytest.mark.parametrize(
    ("content", "code", "message"),
    [
        (None, 2, "the map {file} cannot be read: No such file or directory"),
        (f"{MAP}{'#' * 64_000}", 2, "{file} is too long for a map: it has 64 kB, and the most is 64 kB"),
        ("\x00", 4, "{file}:1:1: control character U+0000; remove it"),
    ],
)
def test_a_map_that_cannot_be_read(
    content: str | None, code: int, message: str, bakery: tuple[str, Path], kzfest: Callable[..., Outcome]
) -> None:
    data, map_file = bakery
    if content is None:
        map_file.unlink()
    else:
        map_file.write_text(content, "utf-8")
    done = kzfest("--data", data, "--map", str(map_file), "list")
    assert (done.code, done.stdout) == (code, "")
    assert message.format(file=map_file) in done.stderr
