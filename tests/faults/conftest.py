"""What the tests of faults share: a fair, a person's plans for it, and real runs that are killed at a chosen step."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import chdir, closing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from typer.testing import CliRunner

from kzfest.cli.app import app
from kzfest.itineraries.backups import COPY, FILE
from kzfest.itineraries.store import Store
from kzfest.programme.zones import zone

if TYPE_CHECKING:
    from collections.abc import Callable

FAIR = """\
format: 1
programme:
  {id: fair, title: Winter fair, timezone: Asia/Almaty, revised: 2023-12-01, first: 2023-12-15, last: 2023-12-31}
venues:
  - {id: opera, name: Opera, city: Astana, location: {latitude: 51.1350, longitude: 71.4100, accuracy: building}}
  - {id: park, name: City park, city: Astana}
events:
  - {id: swan, title: Swan Lake, category: ballet, venue: opera, start: 2023-12-16 19:00, end: 2023-12-16 21:30}
  - {id: songs, title: Songs of the steppe, category: concert, venue: park, start: 2023-12-16 11:00}
  - {id: night, title: Long night, category: party, venue: park, start: 2023-12-17 00:30, end: 2023-12-17 03:00}
  - {id: puppets, title: Puppets, category: theatre, venue: park, start: 2023-12-17 14:00, end: 2023-12-17 15:00}
  - {id: sledges, title: Sledge race, category: sport, venue: park, start: 2023-12-18}
"""
NOW = "2023-12-10T12:00"
HOOK = Path(__file__).parent / "hook"
LONG_AGO = 1_700_000_000

NOTHING: tuple[int, int, list[object]] = (0, 0, [])
"""What is held where nothing was ever kept."""

Parts = dict[str, object]
"""What is kept in a place, part by part: each is of before a command or of after it."""


class Run(NamedTuple):
    """A run of the program: how it ended, and all that it said."""

    code: int
    said: str


@dataclass(frozen=True)
class Place:
    """A folder with a home in it, and with files that were exported."""

    folder: Path
    programme: Path

    @property
    def data(self) -> Path:
        return self.folder / "home" / "data"

    @property
    def environment(self) -> dict[str, str]:
        home = self.folder / "home"
        return {"KZFEST_HOME": str(home), "KZFEST_DATA": str(self.programme), "KZFEST_NOW": NOW, "LANG": "en"}

    def copy(self, folder: Path) -> Place:
        shutil.copytree(self.folder, folder)
        return replace(self, folder=folder)

    def run(self, *args: str) -> Run:
        """Run the program in this process, which is as quick as a test of a thousand kills needs."""
        with chdir(self.folder):
            done = CliRunner().invoke(app, args, env=self.environment, prog_name="kzfest", catch_exceptions=False)
        return Run(done.exit_code, done.output)

    def start(self, *args: str, **options: Any) -> subprocess.Popen[str]:
        """Start the program in a process of its own, its output in pipes."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
        return subprocess.Popen(
            [sys.executable, "-m", "kzfest", *args],
            cwd=self.folder,
            env=inherited | self.environment | options.pop("environment", {}),
            text=True,
            **{"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | options,
        )

    def process(self, *args: str, **options: Any) -> Run:
        """Run the program in a process of its own to its end."""
        with self.start(*args, stderr=subprocess.STDOUT, **options) as process:
            said = process.communicate()[0]
        return Run(process.returncode, said)

    def under_the_hook(self, *args: str, **hook: str) -> Run:
        """Run the program in a process of its own which has the hook, with those settings."""
        path = os.pathsep.join(filter(None, [str(HOOK), os.environ.get("PYTHONPATH")]))
        return self.process(*args, environment={"PYTHONPATH": path} | hook)

    def parts(self) -> Parts:
        """Return all that is kept here; what is in the store must be sound."""
        files = [*self.folder.glob("*.ics"), *self.folder.glob("*/*.ics")]
        kept: Parts = {str(file.relative_to(self.folder)): file.read_bytes() for file in files}
        return kept | {name: held(self.data, name) for name in (FILE, COPY)}

    def leftovers(self) -> list[Path]:
        """Return what a killed process left lying about."""
        expected = {FILE, COPY, f"layout-1.{FILE}", ".kzfest.json"}
        halves = [*self.folder.glob(".*"), *self.folder.glob("*/.*"), *self.data.glob("*")]
        halves += (self.folder / "home" / "cache").glob(".*.half")
        return [file for file in halves if file.name not in expected]


def held(folder: Path, name: str) -> object:
    """Return what the store in the file *name* holds; ids are drawn by lot, so that they differ from run to run.

    Looking at a copy leaves what a killed process left for the next command to see to.
    """
    if not (folder / name).exists():
        return NOTHING
    with TemporaryDirectory() as elsewhere:
        shutil.copytree(folder, elsewhere, dirs_exist_ok=True)
        store = Store(Path(elsewhere))
        store.file = store.folder / name
        kept = store.itinerary("main")
        with closing(sqlite3.connect(store.file)) as database:
            assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            (changes,) = database.execute("SELECT count(*) FROM change").fetchone()
    return kept.revision, changes, [replace(each, id="") for each in kept.visits]


@pytest.fixture(name="begun", scope="session")
def _begun(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """Return a place in which a few changes have been made, and exported before the last of them."""
    folder = tmp_path_factory.mktemp("begun")
    fair = folder / "fair.yaml"
    fair.write_text(FAIR, encoding="utf-8")
    os.utime(fair, (LONG_AGO, LONG_AGO))
    place = Place(folder / "place", fair)
    place.folder.mkdir()
    for args in (
        ("add", "swan", "sledges"),
        ("export", "-o", "trip.ics"),
        ("export", "--vdir", "calendars"),
        ("edit", "swan", "--note", "stalls"),
        ("remove", "sledges"),
        ("add", "puppets"),
    ):
        assert place.run("itinerary", *args).code == 0
    return place


@pytest.fixture(name="now")
def _now() -> datetime:
    return datetime.fromisoformat(NOW).replace(tzinfo=zone("Asia/Almaty"))


@pytest.fixture(name="place")
def _place(begun: Place, tmp_path: Path) -> Place:
    """Return a copy of that place."""
    return begun.copy(tmp_path / "place")


@pytest.fixture(name="plan")
def _plan(begun: Place, tmp_path: Path) -> Callable[..., Place]:
    """Return a function that gives another place to plan in, with the same fair."""

    def plan(name: str) -> Place:
        (tmp_path / name).mkdir()
        return replace(begun, folder=tmp_path / name)

    return plan
