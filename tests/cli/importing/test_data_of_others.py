"""`--data` with the files that festivals publish: on standard input, packed, told once, checked."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.cli.conftest import Outcome

from kzfest.programme.importing.recognition import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SCHEDULE = """<?xml version="1.0" encoding="utf-8"?>
<schedule><conference><title>Bread 2026</title><time_zone_name>Europe/Berlin</time_zone_name></conference>
<day date="2026-05-01"><room name="Oven">
<event id="1"><start>10:00</start><duration>01:00</duration><title>Sourdough</title></event>
<event id="2"><start>12:00</start><duration>00:30</duration><title>Rye</title></event>
</room></day></schedule>
"""
FEED = (
    "a feed of news; its dates say when it was written, not when an event takes place;"
    " look for a calendar (.ics) on its site"
)
TOLD = (
    "bread-2026: Bread 2026, 1 May 2026, 2 events, 1 venue (frab XML)\n"
    "times in Europe/Berlin: the file names this time zone\n"
)


@pytest.fixture(name="schedule")
def _schedule(tmp_path: Path) -> Path:
    file = tmp_path / "programme.data"  # known by its content, not by its ending
    file.write_text(SCHEDULE, "utf-8")
    return file


def _titles(answer: str) -> list[str]:
    return [event["title"] for event in json.loads(answer)["events"]]


def test_what_was_read_is_told_once(schedule: Path, kzfest: Callable[..., Outcome], tmp_path: Path) -> None:
    home = str(tmp_path / "home")
    first = kzfest("--data", str(schedule), "list", "-f", "json", KZFEST_HOME=home)
    again = kzfest("list", "-f", "json", KZFEST_HOME=home, KZFEST_DATA=str(schedule))
    assert (_titles(first.stdout), first.stderr) == (["Sourdough", "Rye"], TOLD)
    assert (again.stdout, again.stderr) == (first.stdout, "")


@pytest.mark.parametrize("pack", [lambda data: data, gzip.compress])
def test_standard_input(pack: Callable[[bytes], bytes], tmp_path: Path) -> None:
    done = _piped(pack(SCHEDULE.encode()), tmp_path, "list", "1 may", "-f", "json")
    assert (_titles(done.stdout), done.code) == (["Sourdough", "Rye"], 0)
    assert done.stderr.startswith(TOLD)


def test_a_plan_needs_a_file(tmp_path: Path) -> None:
    message = "kzfest: a plan keeps the file of its programme; save standard input to a file and name it with --data\n"
    assert _piped(SCHEDULE.encode(), tmp_path, "itinerary", "add", "rye") == (2, "", TOLD + message)


def test_a_plan_reads_its_programme_again_as_it_was_read(
    schedule: Path, kzfest: Callable[..., Outcome], tmp_path: Path
) -> None:
    home = str(tmp_path / "home")
    text = schedule.read_text("utf-8").replace("<time_zone_name>Europe/Berlin</time_zone_name>", "")
    schedule.write_text(text, "utf-8")
    added = kzfest("--data", str(schedule), "--zone", "Asia/Almaty", "itinerary", "add", "rye", KZFEST_HOME=home)
    assert added.code == 0
    shown = kzfest("itinerary", "-f", "json", KZFEST_HOME=home)
    (visit,) = json.loads(shown.stdout)["visits"]
    assert (visit["start"], visit["state"]) == ("2026-05-01T12:00:00+05:00", "same")


def test_file_without_a_zone_follows_the_computer_and_says_so(process: Callable[..., Outcome], tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text("title,start\nRye,2026-05-01 10:00\n", "utf-8")
    found = []
    for zone in ("Asia/Almaty", "Asia/Almaty", "Europe/Berlin", "Asia/Almaty"):
        home = str(tmp_path / "home")
        done = process("--data", str(table), "list", "-f", "json", KZFEST_HOME=home, TZ=zone)
        (event,) = json.loads(done.stdout)["events"]
        found.append((event["start"], f"times in {zone}: the file names none" in done.stderr))
    assert found == [
        ("2026-05-01T10:00:00+05:00", True),
        ("2026-05-01T10:00:00+05:00", False),
        ("2026-05-01T10:00:00+02:00", True),
        ("2026-05-01T10:00:00+05:00", True),
    ]


def _piped(data: bytes, home: Path, *args: str) -> Outcome:
    """Return how a command on the programme *data* on standard input ends, and what it prints."""
    done = subprocess.run(
        [sys.executable, "-m", "kzfest", "--data", "-", *args],
        input=data,
        capture_output=True,
        env=os.environ | {"KZFEST_HOME": str(home), "KZFEST_LANG": "en"},
        check=False,
    )
    return Outcome(done.returncode, done.stdout.decode(), done.stderr.decode())


def test_check_reports_what_was_read(schedule: Path, kzfest: Callable[..., Outcome]) -> None:
    done = kzfest("check", str(schedule), "-f", "json")
    assert (done.code, json.loads(done.stdout)) == (
        0,
        {
            "schema": 1,
            "faults": [],
            "imports": [
                {
                    "file": str(schedule),
                    "format": "frab XML",
                    "programme": "bread-2026",
                    "title": "Bread 2026",
                    "first": "2026-05-01",
                    "last": "2026-05-01",
                    "entries": 2,
                    "events": 2,
                    "showings": 2,
                    "venues": 1,
                    "timezone": "Europe/Berlin",
                    "timezone_reason": "the file names this time zone",
                    "remarks": [],
                }
            ],
        },
    )
    as_text = kzfest("check", str(schedule))
    told = TOLD.replace("\n", "\n  ").rstrip()
    assert as_text == (0, f"{schedule}\n  {told}\n", "no fault in 1 file\n")


def test_the_time_zone_of_the_user_counts_for_times_without_offset(
    schedule: Path, kzfest: Callable[..., Outcome]
) -> None:
    done = kzfest("--data", str(schedule), "--zone", "Asia/Almaty", "list", "-f", "json")
    assert json.loads(done.stdout)["events"][0]["start"] == "2026-05-01T10:00:00+05:00"
    after = kzfest("list", "--data", str(schedule), "--zone", "Almaty", "-f", "json")
    assert after.stdout == done.stdout


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--zone", "Mars"], "kzfest: 'Mars' is not a time zone; write an IANA name, such as Asia/Almaty\n"),
        (["--times", "local"], "kzfest: 'local' is no way to read times; the only one is as-written\n"),
        (["--dates", "us"], "kzfest: 'us' is no order of day and month; choose day-first or month-first\n"),
        (["--columns", "start"], "kzfest: 'start' is no list of columns; write it as start=Beginn,title=Was\n"),
    ],
)
def test_options_that_mean_nothing(
    options: list[str], message: str, schedule: Path, kzfest: Callable[..., Outcome]
) -> None:
    assert kzfest("--data", str(schedule), *options, "list") == (2, "", message)


def test_options_need_a_file(kzfest: Callable[..., Outcome]) -> None:
    expected = "kzfest: name the file that is to be read so, with --data\n"
    assert kzfest("--zone", "Asia/Almaty", "list") == (2, "", expected)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"PK\x03\x04", "a damaged spreadsheet; open it, save it anew, or export the sheet as CSV"),
        *(
            (content, f"{kind}, which kzfest does not read; look for a calendar (.ics), a schedule.xml or a table")
            for content, kind in (
                (b"%PDF-1.7", "PDF"),
                (b"\x89PNG\r\n", "PNG"),
                (b"{\\rtf1 hello}", "RTF"),
                (b"SQLite format 3\0\x10\0", "SQLite"),
                (b"BEGIN:VCARD\r\nFN:Ada\r\nEND:VCARD\r\n", "vCard"),
                (b'# of a project\n[project]\nname = "x"\n', "TOML, INI"),
            )
        ),
        (b"7z\xbc\xaf\x27\x1c", "an archive (7z); unpack it, and name the programme"),
        (bytes(257) + b"ustar\0", "an archive (tar); unpack it, and name the programme"),
        *(
            (content, "an e-mail; save the calendar or the table that is attached to it, and name that file")
            for content in (
                b"From a@b.example Sat Jan  3 01:05:34 2026\nTo: Bo\n\nHi",
                b"From: Ada\r\nTo: Bo\r\n\r\nHi",
            )
        ),
        (
            b"BEGIN:VCALENDAR\nBEGIN:VTODO\nSUMMARY:x\nEND:VTODO\nEND:VCALENDAR\n",
            "a calendar of VTODO without an event; look for the calendar of the programme",
        ),
        *(
            (content, "an empty file; download it again, or begin a programme with `kzfest new`")
            for content in (b"", b"\n \n")
        ),
        *(
            (
                content,
                "YAML of another program; a programme for kzfest begins with 'format: 1': `kzfest new` writes one",
            )
            for content in (b"name: CI\non:\n  push:\njobs: {}\n", b"- hosts: all\n- hosts: none\n")
        ),
        *(
            (
                content,
                "a text; write it as a table whose first line is such as title,start,venue, or begin with `kzfest new`",
            )
            for content in (
                *(b"Remember: buy bread.\nCall Ada.\n", b"- bread\n- milk\n", b'"json"', b"x" * 9),
                b"The festival began in the rain, and nobody left.\nIt went on, and on.\nIt ended, at last.\n",
            )
        ),
        (b"MZ\x90\0\3\0\0\0", f"a file that is no text; kzfest reads {KINDS}"),
        (b"<rss/>", FEED),
        (b'{"a": [1, 2,,]}', "line 1, column 13: it is not valid JSON"),
        (b"[" * 200_000, "its values are nested too deeply"),
        (b'{"a": 1e999999, "b": NaN}', "it has a number that is not a number of JSON"),
    ],
)
def test_what_is_no_programme_gets_one_sentence(
    content: bytes, message: str, tmp_path: Path, kzfest: Callable[..., Outcome]
) -> None:
    file = tmp_path / "x"
    file.write_bytes(content)
    assert kzfest("--data", str(file), "list") == (4, "", f"kzfest: {file}: {message}\n")


@pytest.mark.parametrize("text", ["format: 1\n", "# mine\n\nevents:\n  - title: x\n", "titel: x\nvenues: []\n"])
def test_faults_of_our_own_format_stay(text: str, tmp_path: Path, kzfest: Callable[..., Outcome]) -> None:
    file = tmp_path / "x"
    file.write_text(text, "utf-8")
    done = kzfest("check", str(file), "-f", "json")
    assert "the key 'programme' is missing" in [fault["message"] for fault in json.loads(done.stdout)["faults"]]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(gzip.compress(b"x" * 10, mtime=0)[:-4], id="cut"),
        pytest.param(gzip.compress(gzip.compress(b"x", mtime=0), mtime=0), id="twice"),
        pytest.param(b"\x1f\x8b\x08", id="begun"),
    ],
)
def test_damaged_packing(data: bytes, tmp_path: Path, kzfest: Callable[..., Outcome]) -> None:
    file = tmp_path / "x.gz"
    file.write_bytes(data)
    done = kzfest("--data", str(file), "list")
    assert (done.code, done.stdout, done.stderr.count("\n")) == (1, "", 1)


def test_printed_commands_read_the_file_in_the_same_way(schedule: Path, kzfest: Callable[..., Outcome]) -> None:
    shown = kzfest("--data", str(schedule), "--zone", "Asia/Almaty", "show", "rye")
    (command,) = [line.strip() for line in shown.stdout.splitlines() if "itinerary add" in line]
    assert f"kzfest --data {schedule} --zone Asia/Almaty itinerary add " in command


@pytest.mark.parametrize(
    ("format_", "rows"), [("jsonl", ""), ("csv", "file,line,column,path,message,remedy,example\r\n")]
)
def test_check_tells_what_was_read_beside_rows_of_faults(
    format_: str, rows: str, schedule: Path, kzfest: Callable[..., Outcome]
) -> None:
    done = kzfest("check", str(schedule), "-f", format_)
    read, zone = TOLD.splitlines()
    assert done == (0, rows, f"{schedule}: {read}; {zone}\nno fault in 1 file\n")


def test_check_as_markdown_is_what_people_read(schedule: Path, kzfest: Callable[..., Outcome]) -> None:
    done = kzfest("check", str(schedule), "-f", "markdown")
    read, zone = TOLD.splitlines()
    file = str(schedule).replace("_", "\\_")
    assert done == (0, f"{file}\n\n{read}\n\n{zone}\n", "no fault in 1 file\n")


def test_check_writes_what_was_read_to_the_file(schedule: Path, kzfest: Callable[..., Outcome], tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    done = kzfest("check", str(schedule), "-f", "table", "-o", str(file))
    told = TOLD.replace("\n", "\n  ").rstrip()
    assert (done, file.read_text("utf-8")) == (
        (0, "", "no fault in 1 file\n"),
        f"{schedule}\n  {told}\n",
    )
