"""`kzfest diff`: what has changed between two files, whatever their formats."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

from kzfest.itineraries.backups import FILE

if TYPE_CHECKING:
    from collections.abc import Callable

    Run: TypeAlias = "Callable[..., Any]"

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
OLD, NEW = (str(EXAMPLES / name) for name in ("schedule.xml", "schedule-new.xml"))

CALENDAR = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//steppe//EN
X-WR-TIMEZONE:Asia/Almaty
{events}END:VCALENDAR
"""
EVENT = """\
BEGIN:VEVENT
UID:{uid}@steppe.example
SUMMARY:{title}
DTSTART;TZID=Asia/Almaty:{start}
DTEND;TZID=Asia/Almaty:{end}
LOCATION:{room}
END:VEVENT
"""
TALKS = (
    ("Welcome to Steppe Code", "20260516T100000", "20260516T103000", "Big Hall"),
    ("Rust on the railway", "20260516T110000", "20260516T114500", "Big Hall"),
    ("Solder a dombra that plays itself", "20260516T110000", "20260516T123000", "Yurt"),
    ("Closing", "20260517T160000", "20260517T162000", "Big Hall"),
)
"""The programme of `schedule.xml`."""
PAGE = """\
Steppe Code 2026 · 16–17 May 2026

1 new, 1 gone, 1 moved, 1 at another place, 1 renamed, 1 with other people

What                 Event                              Change                                                   Id
gone                 Solder a dombra that plays itself  Sat 16 May, 11:00–12:30 · Yurt                           solder-a-dombra-that-224w
moved · other place  Rust on the railway                Sat 16 May, 11:00–11:45 → 12:00–12:45 · Big Hall → Yurt  rust-on-the-railway-e97c
new                  A game jam on the steppe           Sat 16 May, 15:00–16:00 · Yurt                           a-game-jam-on-the-steppe-zfrs
renamed              Closing → Closing and raffle       Sun 17 May, 16:00–16:20                                  closing-and-raffle-tips
other people         Welcome to Steppe Code             now with Timur Omarov · Sat 16 May, 10:00–10:30          welcome-to-steppe-code-44jj
"""  # noqa: E501  # what a pipe gets is not wrapped


@pytest.fixture(name="diff")
def _diff(kzfest: Run, tmp_path: Path) -> Run:
    """Return a function that compares two files, quietly, at a home of its own."""

    def diff(*args: str, **environment: str) -> Any:
        return kzfest("diff", *args, "-q", **({"KZFEST_HOME": str(tmp_path / "home")} | environment))

    return diff


@pytest.fixture(name="calendar")
def _calendar(tmp_path: Path) -> Callable[..., str]:
    """Return a function that writes a calendar of *talks*, and gives its file's name."""

    def calendar(*talks: tuple[str, ...], name: str = "steppe.ics", change: tuple[str, str] = ("", "")) -> str:
        events = "".join(
            EVENT.format(uid=number, title=title, start=start, end=end, room=room)
            for number, (title, start, end, room) in enumerate(talks)
        )
        file = tmp_path / name
        file.write_text(CALENDAR.format(events=events).replace(*change).replace("\n", "\r\n"), encoding="utf-8")
        return str(file)

    return calendar


def kinds(done: Any) -> dict[str, list[str]]:
    """Return the kinds of the changes in a JSON document, by title."""
    return {each["title"]: each["kinds"] for each in json.loads(done.stdout)["changes"]}


def test_page_tells_what_has_changed(diff: Run) -> None:
    assert diff(OLD, NEW) == (0, PAGE, "")


def test_record_has_the_event_before_and_after(diff: Run) -> None:
    document = json.loads(diff(OLD, NEW, "-f", "json").stdout)
    (change,) = (each for each in document["changes"] if each["title"] == "Rust on the railway")

    programme = {"id": "steppe-2026", "title": "Steppe Code 2026", "timezone": "Asia/Almaty"}
    assert (document["schema"], document["old"], document["new"]) == (1, programme, programme)
    before = {
        "id": None,
        "start": "2026-05-16T11:00:00+05:00",
        "end": "2026-05-16T11:45:00+05:00",
        "open_end": False,
        "places": ["Big Hall"],
        "status": "scheduled",
    }
    after = before | {
        "start": "2026-05-16T12:00:00+05:00",
        "end": "2026-05-16T12:45:00+05:00",
        "places": ["Yurt"],
    }
    event = {
        "id": change["id"],
        "title": "Rust on the railway",
        "titles": {"en": "Rust on the railway"},
        "status": "scheduled",
        "repeats": None,
        "people": ["Timur Omarov"],
        "revision": 0,
        "changed": None,
    }
    assert change == {
        "kinds": ["moved", "place"],
        "id": change["id"],
        "title": "Rust on the railway",
        "titles": {"en": "Rust on the railway"},
        "before": event | {"showings": [before], "places": ["Big Hall"]},
        "after": event | {"showings": [after], "places": ["Yurt"]},
        "dropped": [before],
        "added": [after],
        "past": [],
        "visits": [],
    }


def test_rows_of_csv_have_times_as_intervals(diff: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(diff(OLD, NEW, "-f", "csv").stdout)))

    assert [(row["kinds"], row["title_before"], row["title"], row["places_before"], row["places"]) for row in rows] == [
        ("people", "Welcome to Steppe Code", "Welcome to Steppe Code", "Big Hall", "Big Hall"),
        ("moved; place", "Rust on the railway", "Rust on the railway", "Big Hall", "Yurt"),
        ("new", "", "A game jam on the steppe", "", "Yurt"),
        ("renamed", "Closing", "Closing and raffle", "Big Hall", "Big Hall"),
        ("gone", "Solder a dombra that plays itself", "Solder a dombra that plays itself", "Yurt", ""),
    ]
    assert (rows[1]["dropped"], rows[1]["added"]) == (
        "2026-05-16T11:00:00+05:00/2026-05-16T11:45:00+05:00",
        "2026-05-16T12:00:00+05:00/2026-05-16T12:45:00+05:00",
    )
    assert rows[0]["people"] == "Aigerim Sadykova; Timur Omarov"


@pytest.mark.parametrize(("format_", "empty"), [("table", ""), ("jsonl", ""), ("markdown", "")])
def test_nothing_has_changed_between_formats_of_one_programme(
    kzfest: Run, calendar: Callable[..., str], format_: str, empty: str
) -> None:
    kzfest("check", OLD)
    code, stdout, stderr = kzfest("diff", OLD, calendar(*TALKS), "-f", format_)

    assert (code, stdout, stderr.splitlines()[-1]) == (0, empty, "nothing has changed")


def test_another_format_may_have_other_changes(diff: Run, calendar: Callable[..., str]) -> None:
    later = calendar(*TALKS[:3], ("Closing", "20260517T170000", "20260517T172000", "Big Hall"))

    assert kinds(diff(OLD, later, "-f", "json")) == {"Closing": ["moved"]}
    assert kinds(diff(later, OLD, "-f", "json")) == {"Closing": ["moved"]}


def test_cancelled_in_the_title_is_cancelled(diff: Run, calendar: Callable[..., str]) -> None:
    off = calendar(*TALKS, change=("SUMMARY:Closing", "SUMMARY:CANCELLED: Closing"))

    assert kinds(diff(OLD, off, "-f", "json")) == {"Closing": ["cancelled"]}


def test_events_of_the_plan_are_marked(diff: Run, kzfest: Run, tmp_path: Path) -> None:
    home = {"KZFEST_HOME": str(tmp_path / "home")}
    assert kzfest("--data", OLD, "itinerary", "add", "closing", **home).code == 0
    visit = json.loads(kzfest("itinerary", "-f", "json", **home).stdout)["visits"][0]["id"]

    page = diff(OLD, NEW).stdout.splitlines()
    visits = {each["title"]: each["visits"] for each in json.loads(diff(OLD, NEW, "-f", "json").stdout)["changes"]}

    assert page[2].endswith("1 with other people; 1 of these events is in your plan")
    assert page[5].split("  ")[0] == "renamed"
    assert "Closing → Closing and raffle · in your plan" in page[5]
    assert [title for title, ids in visits.items() if ids] == ["Closing and raffle"]
    assert visits["Closing and raffle"] == [visit]


def test_plan_may_know_the_later_file(diff: Run, kzfest: Run, tmp_path: Path) -> None:
    home = {"KZFEST_HOME": str(tmp_path / "home")}
    assert kzfest("--data", NEW, "itinerary", "add", "closing", **home).code == 0

    assert "Closing → Closing and raffle · in your plan" in diff(OLD, NEW).stdout


def test_visits_to_another_programme_are_not_marked(diff: Run, kzfest: Run, tmp_path: Path) -> None:
    home = {"KZFEST_HOME": str(tmp_path / "home")}
    assert kzfest("itinerary", "add", "gastromania", "--on", "2023-12-16", **home).code == 0

    assert diff(OLD, NEW).stdout == PAGE


def test_plan_that_cannot_be_read_is_left_out(kzfest: Run, tmp_path: Path) -> None:
    home = {"KZFEST_HOME": str(tmp_path / "home")}
    kzfest("--data", OLD, "itinerary", "add", "closing", **home)
    (store,) = (tmp_path / "home").rglob(FILE)
    store.write_text("not a database, but long enough to look like one " * 100)

    code, stdout, stderr = kzfest("diff", OLD, NEW, **home)

    assert (code, stdout) == (0, PAGE)
    assert stderr.splitlines()[-1].startswith("your visits are left out: the itineraries in ")


def test_two_files_without_a_common_event_are_told(kzfest: Run, programme: Callable[..., str]) -> None:
    other = programme("  - {id: quiz, title: Pub quiz, category: contest, start: 2023-12-20}")

    code, stdout, stderr = kzfest("diff", OLD, other, "-f", "jsonl")

    assert (code, len(stdout.splitlines())) == (0, 5)
    assert stderr.splitlines()[-1] == "the two files have no event in common"


def test_zone_counts_for_both_files(diff: Run, calendar: Callable[..., str]) -> None:
    floating = (";TZID=Asia/Almaty", "")
    old, new = (
        calendar(*talks, name=name, change=floating) for talks, name in ((TALKS, "a.ics"), (TALKS[:3], "b.ics"))
    )
    for file in (old, new):
        text = Path(file).read_text(encoding="utf-8").replace("X-WR-TIMEZONE:Asia/Almaty\n", "")
        Path(file).write_text(text, encoding="utf-8")

    answer = json.loads(diff(old, new, "--zone", "Europe/Berlin", "-f", "json").stdout)

    assert (answer["old"]["timezone"], answer["new"]["timezone"]) == ("Europe/Berlin", "Europe/Berlin")
    assert [each["dropped"][0]["start"] for each in answer["changes"]] == ["2026-05-17T16:00:00+02:00"]


def test_file_without_a_zone_is_read_in_that_of_the_other(kzfest: Run, calendar: Callable[..., str]) -> None:
    file = calendar(*TALKS, change=(";TZID=Asia/Almaty", ""))
    text = Path(file).read_text(encoding="utf-8").replace("X-WR-TIMEZONE:Asia/Almaty\n", "")
    Path(file).write_text(text, encoding="utf-8")
    told = "steppe.ics names no time zone; its times are compared as times in Asia/Almaty, as the other file says"

    for pair in ((OLD, file), (file, OLD)):
        code, stdout, stderr = kzfest("diff", *pair, TZ="America/New_York")
        assert (code, stdout, stderr.splitlines()[-2:]) == (0, "", [told, "nothing has changed"])


@pytest.mark.parametrize(("now", "told"), [("2026-05-16", ["gone"] * 3), ("2026-05-17", ["past"] * 3)])
def test_what_is_still_to_come_is_gone_and_not_past(
    diff: Run, calendar: Callable[..., str], now: str, told: list[str]
) -> None:
    done = diff(OLD, calendar(TALKS[3]), "--now", now, "-f", "json")

    assert [kind for each in json.loads(done.stdout)["changes"] for kind in each["kinds"]] == told


def test_our_own_format_is_compared(diff: Run, programme: Callable[..., str]) -> None:
    events = "  - {{id: quiz, title: Pub quiz, category: contest, start: 2023-12-20 19:00, repeats: FREQ={rule}}}"
    head = ", first: 2023-12-01, last: 2023-12-31"
    old, new = (programme(events.format(rule=rule), key=rule.lower(), head=head) for rule in ("WEEKLY", "DAILY"))

    assert diff(old, new).stdout.splitlines()[4:] == [
        "What   Event     Change                 Id",
        "moved  Pub quiz  repeats on other days  quiz",
    ]


def test_one_of_the_files_may_be_standard_input(tmp_path: Path) -> None:
    for files, given in ((["-", NEW], OLD), ([OLD, "-"], NEW)):
        done = subprocess.run(
            [sys.executable, "-m", "kzfest", "diff", *files, "-q"],
            env=os.environ | {"KZFEST_HOME": str(tmp_path)},
            input=Path(given).read_bytes(),
            capture_output=True,
            check=False,
        )
        assert (done.returncode, done.stdout.decode(), done.stderr.decode()) == (0, PAGE, "")


def test_both_cannot_be_standard_input(diff: Run) -> None:
    assert diff("-", "-") == (2, "", "kzfest: standard input can be one of the two files; name the other one\n")


def test_faulty_file_is_reported(kzfest: Run, programme: Callable[..., str]) -> None:
    faulty = programme("  - {id: quiz, tite: Pub quiz, category: contest}")

    code, stdout, stderr = kzfest("diff", OLD, faulty)

    assert (code, stdout) == (4, "")
    assert stderr.splitlines()[-1].endswith(f"check with `kzfest check {faulty}`")


@pytest.mark.parametrize(
    ("args", "code"),
    [
        ([OLD, "missing.xml"], 1),
        ([OLD], 2),
        ([OLD, ""], 2),
        ([OLD, NEW, "-f", "ics"], 2),
        ([OLD, NEW, "--zone", "X"], 2),
    ],
)
def test_wrong_command_line_has_its_code(diff: Run, args: list[str], code: int) -> None:
    done = diff(*args)

    assert (done.code, done.stdout) == (code, "")


def test_answer_goes_into_a_file(diff: Run, tmp_path: Path) -> None:
    file = tmp_path / "changes.md"

    assert diff(OLD, NEW, "-o", str(file)) == (0, "", "")
    assert file.read_text(encoding="utf-8").startswith("# Steppe Code 2026 · 16–17 May 2026\n\n1 new, 1 gone")
