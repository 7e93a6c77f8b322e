"""The house is as CONTRIBUTING.md draws it: imports go down, heavy libraries have one owner and load on demand.

Imports that only a type checker follows go down as well, and no two files import each other.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.figures import PACKAGE, circles, imported_files, imports

if TYPE_CHECKING:
    from pathlib import Path

LEVELS = {
    **dict.fromkeys(("i18n", "paths"), 0),
    "core": 1,
    **dict.fromkeys(("formats", "atomic_files"), 2),
    "programme": 3,
    "itineraries": 4,
    **dict.fromkeys(("pages", "calendars"), 5),
    "html": 6,
    "cli": 7,
}
"""What may be imported from where: only what is on a lower level, or in the same room."""

OWNERS = {
    "yaml": {"programme/reading/yaml_reader.py"},
    "pydantic": {"programme/reading/schema.py", "programme/reading/document.py"},
    "dateutil": {"core/recurrence.py"},
    "icalendar": {
        *("calendars/ics_writer.py", "calendars/ics_reader.py", "calendars/vtimezones.py"),
        "programme/importing/time_zone.py",
    },
    "highspy": {"itineraries/solver.py"},
    "openpyxl": {"programme/importing/spreadsheet.py"},
    "segno": {"formats/qr_code.py"},
    "sqlite3": {
        *("programme/database/catalogue.py", "programme/database/cache.py", "programme/database/sql_query.py"),
        "programme/history.py",
        *("itineraries/store.py", "itineraries/migrations.py"),
    },
    "typer": {"cli/"},
    "rich": {
        *(f"cli/terminal/{name}.py" for name in ("tables", "console", "excerpts", "manual_page", "progress")),
        "cli/browse/ink.py",  # Textual's strips are made of Rich's segments
    },
    "textual": {"cli/browse/"},
    "tzdata": {"programme/zones.py", "programme/importing/time_zone.py"},
}

HEAVY = {
    *("yaml", "pydantic", "dateutil", "icalendar", "importlib.metadata", "rich", "zoneinfo", "sqlite3"),
    *("highspy", "numpy", "openpyxl", "segno", "textual"),
}
"""What costs milliseconds to load, so that it is worth saying which command does."""


def room(module: str) -> str:
    """Return the room of a module's dotted name below the package."""
    return module.split(".")[1]


FILES = sorted(file for file in PACKAGE.rglob("*.py") if file.name not in {"__init__.py", "__main__.py"})


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_imports_go_down_only(file: Path) -> None:
    own = file.relative_to(PACKAGE).with_suffix("").parts[0]

    rooms = {room(name) for name in imports(file) if name.startswith("kzfest.") and room(name) in LEVELS}

    assert {name for name in rooms if name != own and LEVELS[name] >= LEVELS[own]} == set()


def test_no_files_import_each_other() -> None:
    assert circles(imported_files()) == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_libraries_stay_with_their_owner(file: Path) -> None:
    place = file.relative_to(PACKAGE).as_posix()

    used = {name.partition(".")[0] for name in imports(file, for_types=False)} & set(OWNERS)

    assert {name for name in used if not any(place.startswith(owner) for owner in OWNERS[name])} == set()


def test_core_needs_the_standard_library_only() -> None:
    allowed = sys.stdlib_module_names | {"kzfest", "dateutil"}

    files = (PACKAGE / "core").rglob("*.py")
    used = {name.partition(".")[0] for file in files for name in imports(file, for_types=False)}

    assert used - allowed == set()


def loaded(*args: str, environment: dict[str, str]) -> set[str]:
    """Return what a fresh interpreter has loaded of HEAVY after the command *args*, the catalogue being warm."""
    return HEAVY & modules(*args, environment=environment)


def modules(*args: str, environment: dict[str, str], warm: bool = True) -> set[str]:
    """Return what a fresh interpreter has loaded after the command *args*, the catalogue being *warm* or not there."""
    run = (
        "import json, sys\n"
        "from kzfest.cli.app import app\n"
        "try: app(sys.argv[1:])\n"
        "except SystemExit: pass\n"
        "print(json.dumps(sorted(sys.modules)), file=sys.stderr)\n"
    )
    command = [sys.executable, "-c", run, *args]
    for _run in range(1 + warm):
        done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return set(json.loads(done.stderr.splitlines()[-1]))


@pytest.mark.parametrize(
    ("args", "heavy", "modules_at_most"),
    [
        (["--version"], set(), 13),
        (["list", "--on", "2023-12-17", "-f", "json"], {"sqlite3"}, 41),
        (["list", "--on", "2023-12-17"], {"sqlite3", "rich"}, 46),
        (["month", "2023-12-17", "-f", "json"], {"sqlite3"}, 44),
        (["month", "2023-12-17"], {"sqlite3", "rich"}, 50),
        (["timeline", "2023-12-17", "-f", "json"], {"sqlite3"}, 44),
        (["timeline", "2023-12-17"], {"sqlite3", "rich"}, 51),
        (["day", "2023-12-17", "-f", "json"], {"sqlite3"}, 45),
        (["day", "2023-12-17"], {"sqlite3", "rich"}, 51),
        (["show", "gastromania", "-f", "json"], {"sqlite3", "zoneinfo"}, 45),
        (["search", "museum", "-f", "json"], {"sqlite3"}, 53),
        (["history", "-f", "json"], {"sqlite3", "zoneinfo"}, 49),
        (["list", "17", "dec", "-f", "json"], {"sqlite3", "zoneinfo"}, 60),
        (["list", "--on", "2023-12-17", "-f", "ics"], {"sqlite3", "zoneinfo", "icalendar", "dateutil"}, 50),
        (["page"], {"sqlite3"}, 75),
        (["itinerary", "-f", "json"], {"sqlite3"}, 69),
        (["browse"], {"sqlite3"}, 38),
        (["itinerary", "check"], {"sqlite3"}, 61),
        (["itinerary", "share"], {"sqlite3"}, 48),
        (["itinerary", "add", "gastromania", "--on", "2023-12-17"], {"sqlite3", "zoneinfo"}, 70),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_command_loads_only_what_it_needs(
    args: list[str], heavy: set[str], modules_at_most: int, unmeasured: dict[str, str]
) -> None:
    found = modules(*args, environment=unmeasured)

    ours = {name for name in found if name.startswith("kzfest.")}
    assert found & HEAVY == heavy
    assert len(ours) <= modules_at_most


def test_itinerary_with_visits_loads_only_what_it_needs(unmeasured: dict[str, str]) -> None:
    loaded("itinerary", "add", "gastromania", "now-i-see-you", "--on", "2023-12-17", environment=unmeasured)

    shown = loaded("itinerary", "-f", "json", environment=unmeasured)
    suggested = loaded("itinerary", "suggest", "2023-12-17", "-f", "json", environment=unmeasured)

    assert shown == {"sqlite3", "zoneinfo"}
    assert suggested == {"sqlite3", "zoneinfo", "highspy", "numpy"}


def test_a_schedule_loads_its_own_reader_only(unmeasured: dict[str, str]) -> None:
    schedule = PACKAGE.parent.parent / "docs" / "examples" / "schedule.xml"

    found = modules("--data", str(schedule), "list", environment=unmeasured, warm=False)

    folder = "kzfest.programme.importing."
    assert {name.removeprefix(folder) for name in found if name.startswith(folder)} == {
        "assembly",
        "decoding",
        "entries",
        "frab",
        "frab_xml",
        "html_tokens",
        "identity",
        "imported_venues",
        "json_text",
        "language_names",
        "limits",
        "local_times",
        "moments",
        "plain_text",
        "recognition",
        "report",
        "time_zone",
        "xml_text",
    }
    assert found & HEAVY == {"sqlite3", "rich", "zoneinfo"}
