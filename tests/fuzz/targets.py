"""What is fuzzed: each target takes any bytes, and raises just where the program breaks a promise.

A token and a calendar file come from other people; what they become is printed, exported and shared again, so that
whatever is read goes the whole way. That takes a thousand times as long as reading alone: only some inputs go it,
always the same ones, so that what was found is found again.
"""

from __future__ import annotations

import atexit
import base64
import json
import re
import shutil
import sqlite3
import tempfile
import zlib
from contextlib import closing, suppress
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from typer.testing import CliRunner

from kzfest.calendars.ics_reader import read_calendar
from kzfest.calendars.vevents import parse_visit_uid
from kzfest.cli.app import app
from kzfest.core.errors import FaultyProgrammeError, KzfestError
from kzfest.core.visit import Itinerary
from kzfest.itineraries.share_token import MARK, read_token, write_token
from kzfest.itineraries.visit_json import record_of, visit_of
from kzfest.paths import PROGRAMMES
from kzfest.programme.database.build import build_programme
from kzfest.programme.files import AS_THE_FILE_SAYS, ImportOptions
from kzfest.programme.importing import spreadsheet, tabular
from kzfest.programme.importing.assembly import ImportedProgramme
from kzfest.programme.importing.decoding import decoded
from kzfest.programme.importing.recognition import reading_of
from kzfest.programme.reading.reader import read_programme
from kzfest.programme.zones import known_zone, zone

if TYPE_CHECKING:
    from collections.abc import Callable

    from kzfest.programme.importing.entries import Reading

NOW = datetime(2023, 12, 10, 6, tzinfo=UTC)
CODES = {0, 1, 2, 3, 4, 5}
"""What the README says a command may end with."""
ACTS = re.compile("[^\n\x20-\x7e\xa0-\ud7ff\ue000-\U0010ffff]|[\u202a-\u202e\u2066-\u2069\u200b]")
"""What a terminal may obey."""
WHOLE_WAY = 16
"""One input in so many goes through the commands."""


def reader(data: bytes) -> None:
    """Read a programme file: a programme, or faults in lines that the file has."""
    reading, problems = read_programme(data, file="p.yaml")
    assert (reading is None) == bool(problems)
    assert all(each.file == "p.yaml" and each.line >= 1 and each.message for each in problems)


def token(data: bytes) -> None:
    """A share token, or the text inside one, which no fuzzer would ever pack by itself."""
    text = data.decode("utf-8", "replace") if data.startswith(MARK.encode()) else _packed(data)
    try:
        shared = read_token(text, known_zone, now=NOW)
    except KzfestError:
        return
    assert [visit_of(json.loads(json.dumps(record_of(each)))) for each in shared.visits] == [*shared.visits]
    again = write_token(Itinerary(shared.name, 0, shared.visits), zone, PROGRAMMES)
    assert read_token(again, known_zone, now=NOW) == shared
    if shared.visits and _chosen(data):
        with_visits("merge", text)


def calendar(data: bytes) -> None:
    """A calendar file that `kzfest itinerary import` is given."""
    try:
        entries = read_calendar(data, known_zone).entries
    except ValueError:
        return
    if any(parse_visit_uid(each.uid) for each in entries) and _chosen(data):
        file = _home() / "back.ics"
        file.write_bytes(data)
        with_visits("import", str(file))


def table(data: bytes) -> None:
    """A table, as text or as a spreadsheet: entries, or one sentence."""
    try:
        found = spreadsheet.read(data, AS_THE_FILE_SAYS) if data.startswith(b"PK") else _table(data)
    except SyntaxError as error:
        assert "\n" not in str(error)
        return
    if found:
        programme = ImportedProgramme(found, file="t", options=AS_THE_FILE_SAYS, on_progress=lambda _share: None)
        assert len(list(programme.events())) <= len(found.entries)
        assert all(programme.report().remarks)


def _table(data: bytes) -> Reading | None:
    return tabular.read(decoded(data).text, AS_THE_FILE_SAYS)


def imported(data: bytes) -> None:
    """Read a programme in another format than ours."""
    with suppress(KzfestError):
        found = reading_of(data, file="p", options=AS_THE_FILE_SAYS)
        if isinstance(found, ImportedProgramme):
            assert all(event.id == values["id"] for values, event in found.events())
            assert found.report().entries >= 0
        if _chosen(data):
            with closing(sqlite3.connect(":memory:")) as database:
                build_programme(database, data, "p")


def html(data: bytes) -> None:
    """Read a part of an HTML page."""
    imported(b"<div>" + data)


def mapped(data: bytes) -> None:
    """JSON; before a NUL, the map that describes it."""
    map_text, _nul, content = data.rpartition(b"\0")
    named = ImportOptions(map_file="m.yaml", map_text=map_text.decode(errors="surrogateescape"))
    try:
        found = reading_of(content, file="p.json", options=named if map_text else AS_THE_FILE_SAYS)
    except FaultyProgrammeError as error:
        assert all(each.file in {"m.yaml", "p.json"} and each.line >= 1 and each.message for each in error.problems)
        return
    events = list(found.events())
    assert len({event.id for _values, event in events}) == len(events)


def ics(data: bytes) -> None:
    """Read a calendar, which begins in the middle of an event."""
    imported(b"BEGIN:VCALENDAR\nBEGIN:VEVENT\n" + data)


TARGETS: dict[str, Callable[[bytes], None]] = {
    "reader": reader,
    "token": token,
    "calendar": calendar,
    "table": table,
    "jsonld": imported,
    "html": html,
    "mapped": mapped,
    "ics": ics,
    "jcal": imported,
    "xcal": imported,
}


def with_visits(*args: str) -> None:
    """Change an empty itinerary by the command *args*, and look at it in every way there is."""
    shutil.rmtree(_home() / "data", ignore_errors=True)
    run("itinerary", *args)
    for format_ in ("table", "json", "csv", "markdown", "ics"):
        printed = run("itinerary", "show", "-f", format_)
        if format_ == "json":
            json.loads(printed)
    run("itinerary", "check")
    run("itinerary", "share")
    run("itinerary", "undo")


def run(*args: str) -> str:
    """Run a command in this process; return what it printed, which no terminal obeys."""
    env = {"KZFEST_HOME": str(_home()), "KZFEST_NOW": "2023-12-10T12:00", "KZFEST_DATA": "", "KZFEST_LANG": "en"}
    done = CliRunner().invoke(app, args, env=env, prog_name="kzfest", catch_exceptions=False)
    assert done.exit_code in CODES, (args, done.exit_code)
    for text in (done.stdout_bytes.decode().replace("\r\n", "\n"), done.stderr_bytes.decode()):
        assert not ACTS.search(text), (args, text)
    return done.stdout_bytes.decode()


def _packed(data: bytes) -> str:
    return MARK + base64.urlsafe_b64encode(zlib.compress(data)).decode().rstrip("=")


def _chosen(data: bytes) -> bool:
    return zlib.crc32(data) % WHOLE_WAY == 0


@cache
def _home() -> Path:
    """Return a home for this process, in memory where it can be."""
    memory = Path("/dev/shm")
    home = tempfile.mkdtemp(prefix="kzfest-fuzz-", dir=memory if memory.is_dir() else None)
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    return Path(home)
