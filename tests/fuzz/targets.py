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
import tempfile
import zlib
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile, ZipInfo

from typer.testing import CliRunner

from kzfest.calendars.ics_reader import read_calendar
from kzfest.calendars.vevents import parse_visit_uid
from kzfest.cli.app import app
from kzfest.core.errors import FaultyProgrammeError, KzfestError, UnknownFormatError
from kzfest.core.visit import Itinerary
from kzfest.itineraries.share_token import MARK, read_token, write_token
from kzfest.itineraries.visit_json import record_of, visit_of
from kzfest.paths import PROGRAMMES
from kzfest.programme.files import AS_THE_FILE_SAYS, ImportOptions
from kzfest.programme.importing import tabular
from kzfest.programme.importing.assembly import ImportedProgramme
from kzfest.programme.importing.decoding import decoded
from kzfest.programme.importing.recognition import reading_of
from kzfest.programme.reading.reader import read_programme
from kzfest.programme.zones import known_zone, zone

if TYPE_CHECKING:
    from collections.abc import Callable

NOW = datetime(2023, 12, 10, 6, tzinfo=UTC)
CODES = {0, 1, 2, 3, 4, 5}
"""What the README says a command may end with."""
ACTS = re.compile("[^\n\x20-\x7e\xa0-\ud7ff\ue000-\U0010ffff]|[\u202a-\u202e\u2066-\u2069\u200b]")
"""What a terminal may obey."""
WHOLE_WAY = 16
"""One input in so many goes through the commands."""

_PARTS = {
    "xl/worksheets/sheet1.xml": "worksheet",
    "xl/sharedStrings.xml": "sharedStrings",
    "xl/styles.xml": "styles",
    "xl/workbook.xml": "sheet.main",
}
"""Files of a spreadsheet that are fuzzed, and their types."""
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_SPREADSHEET = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    + "".join(f'<Override PartName="/{name}" ContentType="{_TYPE}.{type_}+xml"/>' for name, type_ in _PARTS.items())
    + "</Types>",
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"/>',
    "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}"/>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
    '<sheets><sheet name="Plan" sheetId="1" r:id="rId1"/></sheets></workbook>',
}
"""A spreadsheet that has no sheet yet."""


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
    """A table as text: entries, or one sentence."""
    try:
        found = tabular.read(decoded(data).text, AS_THE_FILE_SAYS)
    except SyntaxError as error:
        assert "\n" not in str(error)
        return
    if found:
        programme = ImportedProgramme(found, file="t", options=AS_THE_FILE_SAYS, on_progress=lambda _share: None)
        assert len(list(programme.events())) <= len(found.entries)
        assert all(programme.report().remarks)
        imported(data)


def imported(data: bytes) -> None:
    """Read a programme in another format than ours, whichever it is: events with ids of their own, or one sentence."""
    try:
        found = reading_of(data, file="p", options=AS_THE_FILE_SAYS)
    except UnknownFormatError as error:
        assert "\n" not in str(error)
        return
    except KzfestError:
        return
    if isinstance(found, ImportedProgramme):
        events = list(found.events())
        assert all(event.id == values["id"] for values, event in events)
        assert len({event.id for _values, event in events}) == len(events) == found.report().events
        _go_the_whole_way(data)


def frab_xml(data: bytes) -> None:
    """Read a schedule, which begins inside its root."""
    imported(b"<schedule>" + data)


def xlsx(data: bytes) -> None:
    """Read a spreadsheet: a sheet, and before it, each with a NUL, the texts, the formats and the workbook."""
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for name, content in (_SPREADSHEET | dict(zip(_PARTS, reversed(data.split(b"\0")), strict=False))).items():
            archive.writestr(ZipInfo(name), content)
    imported(packed.getvalue())


def html(data: bytes) -> None:
    """Read a part of an HTML page."""
    imported(b"<div>" + data)


def mapped(data: bytes) -> None:
    """JSON; before a NUL, the map that describes it."""
    map_text, _nul, content = data.rpartition(b"\0")
    if not map_text:
        imported(content)
        return
    named = ImportOptions(map_file="m.yaml", map_text=map_text.decode(errors="surrogateescape"))
    try:
        found = reading_of(content, file="p.json", options=named)
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
    "frab_xml": frab_xml,
    "frab_json": imported,
    "xlsx": xlsx,
    "recognition": imported,
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


def _go_the_whole_way(data: bytes) -> None:
    """Give some of the *data* that are a programme to the commands, as a file."""
    if not _chosen(data):
        return
    shutil.rmtree(_home() / "cache", ignore_errors=True)
    file = _home() / "programme"
    file.write_bytes(data)
    json.loads(run("check", "-f", "json", str(file)))
    listed = json.loads(run("list", "-f", "json", "--data", str(file)))
    for format_ in ("table", "csv", "markdown", "ics"):
        run("list", "-f", format_, "--data", str(file))
    for event in listed["events"][:1]:
        assert json.loads(run("show", event["id"], "-f", "json", "--data", str(file)))["event"]["id"] == event["id"]
        run("itinerary", "add", event["id"], "--data", str(file))


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
