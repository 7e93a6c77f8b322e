"""What the tests of calendars share: an itinerary with known ids, and the eyes of programs that we did not write."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import warnings
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar
from tests.cli.conftest import _programme  # noqa: F401  # a fixture
from typer.testing import CliRunner

from kzfest.cli.app import app

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

NOW = "2023-12-10T12:00"
ICAL_JS = "ical.js@2.2.1"
ONE_DAY = timedelta(days=1)
SPAN = ("2022-01-01", "1900d")
"""In which all entries lie."""

TOKEN = (
    "kzf1:eNp9UruS0zAU_RXNraXBbzu7VQZKhoouTqHYd2NtJDmrB97A0FHT0cFQ80X5DT5hZTmw7DKz45EL6bx0dDeguNBANxvg1nHNgcLaCv5qLRV3J9jSjfZS_rcJ3HSD"
    "-IDP4dtZqTCrgwGa0KYuGgpcfhyEYd2oFKrRcCfG4AhAqyqhaRZWgF5QUTvL7_bHhV-GEz1OTDCLyE6jf0LMZqKOglwy5S16FQDvRXdAZylpwU1jC9fk9VXbvsOp1edf5-_n"
    "b-cflFjsRt0TKTSS3z-_fonOXV9Xf5xTCr3gctx7jKaxh_hLZtuBW2ZDYS4Sd3VfHiDcpKmr8h9omjdL1Pl73P4EqOEK3git0VAyCTeQtdh7eU1ujEDdW9K2S6zPs_zks6Nd"
    "cgV50DixE3LDtNgPLqZLizqhqyTWZ5qyiFma7EmWIn0hy1vkR7LoRct769QJQsWrNE-fW7IsyYrFNwtvkSfReLjzt-pCySio0WvHbvyteIS_WGKd19ZGflFXFISU3rowL9gz"
    "vB_ETswPPWuVf6dgdZmeMIyyN6gtk2JnuJlHcfsARTrgng"
)
"""Nine visits, as `share` printed them once; the ids of visits are drawn by lot, so that others would differ."""

ICAL_JS_SCRIPT = """
const [library, file] = process.argv.slice(2);
const ICAL = require(library);
const root = new ICAL.Component(ICAL.parse(require("fs").readFileSync(file, "utf8")));
for (const zone of root.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
const told = time => ({text: time.toString(), day: time.isDate, offset: time.utcOffset()});
console.log(JSON.stringify(root.getAllSubcomponents("vevent").map(component => {
  const event = new ICAL.Event(component);
  const {uid, summary, location, startDate, endDate} = event;
  return {uid, summary, location, start: told(startDate), end: told(endDate)};
})));
"""


class Outcome(NamedTuple):
    """How a run ended and what it printed; equal to a plain tuple of the same."""

    code: int
    stdout: str
    stderr: str


class Seen(NamedTuple):
    """An entry as a program sees it: days as dates, the end excluded; moments with their offset, as ISO text."""

    uid: str
    summary: str
    start: str
    end: str
    all_day: bool
    location: str | None


@dataclass(frozen=True)
class Khal:
    """The program khal with one calendar, an empty folder at first, and a configuration for each zone of its user."""

    folder: Path

    @property
    def vdir(self) -> Path:
        """The folder of its calendar."""
        return self.folder / "calendar"

    def run(self, zone: str, *args: str) -> str:
        """Run khal for somebody in *zone*, and return what it prints."""
        configuration = self.folder / f"{zone.replace('/', '-')}.conf"
        configuration.write_text(
            f"[calendars]\n[[festival]]\npath = {self.vdir}\ntype = calendar\n"
            f"[locale]\nlocal_timezone = {zone}\ndefault_timezone = {zone}\ntimeformat = %H:%M\n"
            "dateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
            "datetimeformat = %Y-%m-%dT%H:%M\nlongdatetimeformat = %Y-%m-%dT%H:%M\n"
            f"[sqlite]\npath = {self.folder / 'khal.db'}\n[default]\ndefault_calendar = festival\n",
            encoding="utf-8",
        )
        done = subprocess.run(
            [sys.executable, "-m", "khal", "-c", str(configuration), *args],
            env={name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
            | {"HOME": str(self.folder), "PYTHONUTF8": "1"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode()

    def take(self, *files: Path) -> None:
        """Have khal import *files*."""
        for file in files:
            self.run("UTC", "import", "--batch", str(file))

    def listed(self, zone: str = "UTC") -> list[dict[str, str]]:
        """Return the entries that khal lists, each once, with the clocks of *zone*."""
        fields = ("uid", "title", "start-long-full", "end-long-full", "all-day", "location", "status", "calendar")
        printed = self.run(zone, "list", "--once", *(f"--json={each}" for each in fields), *SPAN)
        return [entry for line in printed.splitlines() for entry in json.loads(line)]

    def seen(self) -> list[Seen]:
        """Return the entries as khal shows them; an offset is how far Almaty's clocks are from those of UTC."""
        here = {entry["uid"]: entry for entry in self.listed("Asia/Almaty")}
        return sorted(self._seen(entry, here[entry["uid"]]) for entry in self.listed())

    def _seen(self, utc: Mapping[str, str], here: Mapping[str, str]) -> Seen:
        all_day = utc["all-day"] == "True"
        ends = []
        for key, after in (("start-long-full", timedelta()), ("end-long-full", ONE_DAY)):
            one, other = datetime.fromisoformat(utc[key]), datetime.fromisoformat(here[key])
            moment = one.replace(tzinfo=UTC).astimezone(ZoneInfo("Asia/Almaty"))
            assert all_day or moment.replace(tzinfo=None) == other
            ends.append(_told(one.date() + after if all_day else moment))  # khal shows the last day
        return Seen(utc["uid"], utc["title"], ends[0], ends[1], all_day, utc["location"] or None)


def _told(when: Any) -> str:
    return str(when.isoformat(timespec="minutes") if isinstance(when, datetime) else when.isoformat())


def _entry(event: Any, start: Any, end: Any) -> Seen:
    location = event.get("LOCATION")
    all_day = not isinstance(start, datetime)
    return Seen(str(event["UID"]), str(event["SUMMARY"]), _told(start), _told(end), all_day, location and str(location))


def _by_icalendar(file: Path) -> list[Seen]:
    """Read *file* with icalendar, whose own strictness counts: no component may have noted an error."""
    calendar = Calendar.from_ical(file.read_bytes())
    assert [each.errors for each in calendar.walk() if each.errors] == []
    events: list[Any] = calendar.walk("VEVENT")
    return [_entry(event, event.start, event.end) for event in events]


def _by_recurring(file: Path) -> list[Seen]:
    expanded = import_module("recurring_ical_events").of(Calendar.from_ical(file.read_bytes()))
    return [_entry(event, event.start, event.end) for event in expanded.between(date(2022, 1, 1), date(2027, 1, 1))]


def _by_vobject(file: Path) -> list[Seen]:
    components = import_module("vobject").readComponents(file.read_bytes().decode())
    return [
        Seen(
            event.uid.value,
            event.summary.value,
            _told(event.dtstart.value),
            _told(event.dtend.value),
            not isinstance(event.dtstart.value, datetime),
            event.location.value if hasattr(event, "location") else None,
        )
        for component in components
        for event in component.vevent_list
    ]


def _by_ics(file: Path) -> list[Seen]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # its own: a way to call re.split, since Python 3.13
        read = import_module("ics").Calendar(file.read_bytes().decode())
    return [
        Seen(
            event.uid,
            event.name,
            _told(event.begin.date() if event.all_day else event.begin.datetime),
            _told(event.end.date() if event.all_day else event.end.datetime),
            event.all_day,
            event.location,
        )
        for event in read.events
    ]


@pytest.fixture(name="ical_js", scope="session")
def _ical_js(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], list[Seen]]:
    """Return the eyes of ical.js, which reads calendars in Thunderbird; skipped where npm cannot fetch it."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        pytest.skip("ical.js needs node and npm")
    folder = tmp_path_factory.mktemp("ical.js")
    options = ["--no-audit", "--no-fund", "--ignore-scripts", "--fetch-retries=0", "--fetch-timeout=20000"]
    try:
        subprocess.run([npm, "install", *options, ICAL_JS], cwd=folder, capture_output=True, check=True, timeout=60)
    except (subprocess.SubprocessError, OSError):
        pytest.skip("npm cannot fetch ical.js here")
    script = folder / "read.cjs"
    script.write_text(ICAL_JS_SCRIPT, encoding="utf-8")

    def read(file: Path) -> list[Seen]:
        library = folder / "node_modules/ical.js/dist/ical.es5.cjs"
        done = subprocess.run([node, script, library, file], capture_output=True, check=True)
        entries = json.loads(done.stdout)
        ends = [[_js_time(entry[key]) for key in ("start", "end")] for entry in entries]
        return [
            Seen(entry["uid"], entry["summary"], start, end, entry["start"]["day"], entry["location"])
            for entry, (start, end) in zip(entries, ends, strict=True)
        ]

    return read


def _js_time(told: Mapping[str, Any]) -> str:
    if told["day"]:
        return str(told["text"])
    clock = datetime.fromisoformat(told["text"].removesuffix("Z"))
    return _told(clock.replace(tzinfo=timezone(timedelta(seconds=told["offset"]))))


@pytest.fixture(name="khal")
def _khal(tmp_path: Path) -> Khal:
    """Return khal with an empty calendar."""
    found = Khal(tmp_path / "khal")
    found.vdir.mkdir(parents=True)
    return found


@pytest.fixture(name="see", params=["icalendar", "recurring-ical-events", "vobject", "ics", "khal", "ical.js"])
def _see(request: pytest.FixtureRequest, khal: Khal) -> Callable[[Path], list[Seen]]:
    """Return the eyes of each of six programs: a function that reads a file and gives its entries in order of UID."""
    readers: dict[str, Callable[[Path], list[Seen]]] = {
        "icalendar": _by_icalendar,
        "recurring-ical-events": _by_recurring,
        "vobject": _by_vobject,
        "ics": _by_ics,
    }

    def by_khal(file: Path) -> list[Seen]:
        khal.take(file)
        return khal.seen()

    if request.param == "khal":
        return by_khal
    reader = request.getfixturevalue("ical_js") if request.param == "ical.js" else readers[request.param]
    return lambda file: sorted(reader(file))


@pytest.fixture(name="warm_home", scope="session")
def _warm_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home in which the bundled programmes are compiled."""
    home = tmp_path_factory.mktemp("warm")
    for programme in ("astana", "archive", "abroad"):
        done = CliRunner().invoke(app, ["--programme", programme, "venues"], env={"KZFEST_HOME": str(home)})
        assert done.exit_code == 0
    return home


@pytest.fixture(name="kzfest")
def _kzfest(warm_home: Path, tmp_path: Path) -> Callable[..., Outcome]:
    """Return a function that runs the program in this process, on 10 December 2023, with itineraries of its own."""
    home = tmp_path / "home"
    shutil.copytree(warm_home, home)

    def kzfest(*args: str, **environment: str) -> Outcome:
        env = {"KZFEST_HOME": str(home), "KZFEST_NOW": NOW} | environment
        done = CliRunner().invoke(app, args, env=env, prog_name="kzfest", catch_exceptions=False)
        return Outcome(done.exit_code, done.stdout_bytes.decode(), done.stderr_bytes.decode())

    return kzfest


@pytest.fixture(name="token")
def _token() -> str:
    return TOKEN


@pytest.fixture(name="planned")
def _planned(kzfest: Callable[..., Outcome]) -> Callable[..., Outcome]:
    """Return the same function, with the visits of the token in the itinerary."""
    assert kzfest("itinerary", "merge", TOKEN).code == 0
    return kzfest
