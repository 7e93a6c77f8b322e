"""`kzfest convert`: the file that it writes has no fault, and answers as the original does."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Outcome

Run = Callable[..., Outcome]
CORPUS = Path(os.environ.get("KZFEST_CORPUS", "no folder"))
EXAMPLES = Path(__file__).parents[3] / "docs" / "examples"
NOT_COMPARED = {"sources", "in_zone_of_computer"}
"""The converted file is a source; it says its time zone."""


@pytest.fixture(name="answer")
def _answer(kzfest: Run) -> Callable[..., Any]:
    """Return a function that asks a programme, and returns its JSON without what must differ."""

    def answer(file: Path, *question: str) -> Any:
        done = kzfest("--data", str(file), *question, "-f", "json")
        assert done.code in {0, 3}, done.stderr
        return _without(json.loads(done.stdout or "null"))

    return answer


def _without(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without(part) for key, part in value.items() if key not in NOT_COMPARED}
    return [_without(each) for each in value] if isinstance(value, list) else value


def _questions(listed: Any, venues: Any) -> list[list[str]]:
    """Return some twenty questions about a programme of which `list` and `venues` are known."""
    events = listed["events"]
    days = [listed["from"] or "2026-05-16", listed["to"] or "2026-05-16"]
    showings = [each for event in events for each in (event["showings"] or [event]) if each["start"]]
    starts = [each["start"][:16] for each in islice(showings, 0, None, len(showings) // 3 + 1)] or ["2026-05-16T12:00"]
    some = [*events[:1], *events[len(events) // 2 :][:1], *events[-1:]]
    places = [each["id"] for each in venues["venues"][:2]]
    return [
        ["list"],
        ["venues"],
        *(["list", "--on", day] for day in days),
        *(["--now", start, "list", "now"] for start in starts),
        ["--now", starts[0], "list", "tomorrow"],
        ["list", "--undated"],
        *(["show", event["id"]] for event in some),
        *(["search", event["title"].split()[-1]] for event in some[:2]),
        *(["list", "--category", event["category"]] for event in some[:1]),
        *(["list", "--venue", place] for place in places),
        *(["venue", place] for place in places[:1]),
        ["list", "--free"],
        ["categories"],
        ["tags"],
        ["tracks"],
        ["cities"],
    ]


def _check(file: Path, new: Path, kzfest: Run, answer: Callable[..., Any]) -> int:
    """Convert *file* to *new*, compare their answers, and return how many questions were asked."""
    done = kzfest("convert", str(file), "-o", str(new))
    assert (done.code, done.stdout) == (0, ""), done.stderr
    checked = kzfest("check", str(new))
    assert (checked.code, checked.stdout) == (0, ""), checked.stdout
    questions = _questions(answer(file, "list"), answer(file, "venues"))
    for question in questions:
        assert answer(new, *question) == answer(file, *question), question
    return len(questions)


def test_converted_file_answers_as_the_original(kzfest: Run, answer: Callable[..., Any], tmp_path: Path) -> None:
    assert _check(EXAMPLES / "schedule.xml", tmp_path / "my.yaml", kzfest, answer) == 22


@pytest.mark.skipif(not CORPUS.is_dir(), reason="KZFEST_CORPUS names no folder of files")
def test_real_files_answer_as_before(kzfest: Run, answer: Callable[..., Any], tmp_path: Path) -> None:
    asked = {}
    for file in sorted(file for file in CORPUS.rglob("*") if file.is_file()):
        if kzfest("check", str(file)).code == 0:
            asked[file.name] = _check(file, tmp_path / f"{file.name}.yaml", kzfest, answer)
    assert len(asked) > 40
    assert sum(asked.values()) > 18 * len(asked)


def test_file_is_printed_or_created_but_never_replaced(process: Run, tmp_path: Path) -> None:
    for name in ("schedule.xml", "sheet.csv"):
        (tmp_path / name).write_bytes((EXAMPLES / name).read_bytes())
    printed = process("convert", "schedule.xml")
    created = process("convert", "schedule.xml", "-o", "my.yaml")
    again = process("convert", "sheet.csv", "-o", "my.yaml")

    assert (printed.code, created.code, created.stdout) == (0, 0, "")
    assert (tmp_path / "my.yaml").read_text(encoding="utf-8") == printed.stdout
    assert created.stderr.splitlines() == [
        *printed.stderr.splitlines(),
        "my.yaml is ready; try these commands:",
        "  `kzfest check my.yaml`",
        "  `kzfest list --data my.yaml`",
        "  `kzfest check --schema -o kzfest.schema.json`",
    ]
    assert (again.code, again.stderr.splitlines()[-1]) == (
        1,
        "kzfest: my.yaml exists already; choose another name",
    )


def test_options_of_reading_count(process: Run, tmp_path: Path) -> None:
    (tmp_path / "sheet.csv").write_text("Was,Beginn\nGala,5/3/2019 19:00\n", encoding="utf-8")
    options = ("--zone", "Asia/Almaty", "--dates", "day-first", "--columns", "title=Was,start=Beginn")
    done = process("convert", *options, "sheet.csv")

    lines = [line.strip() for line in done.stdout.splitlines()]
    assert (done.code, "timezone: Asia/Almaty" in lines, "start: 2019-03-05 19:00" in lines) == (0, True, True)


def test_file_that_is_no_programme_is_refused(process: Run, tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text("format: 1\nprogramme: {}\nevents: []\n", encoding="utf-8")
    (tmp_path / "p.html").write_text("<html><p>Nothing.</p></html>", encoding="utf-8")
    faulty, page = process("convert", "p.yaml"), process("convert", "p.html", "p.yaml", "-o", "my.yaml")

    assert (faulty.code, faulty.stdout, faulty.stderr.splitlines()[-1]) == (
        4,
        "",
        "kzfest: the programme has faults; correct them, and check with `kzfest check p.yaml`",
    )
    assert (page.code, page.stdout, (tmp_path / "my.yaml").exists()) == (4, "", False)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "4 events are in several files"),
        ("kk", "4 іс-шара бірнеше файлда бар"),
        ("ru", "4 события есть в нескольких файлах"),
    ],
)
def test_several_files_end_with_questions(process: Run, tmp_path: Path, language: str, told: str) -> None:
    for name in ("schedule.xml", "sheet.csv"):
        (tmp_path / name).write_bytes((EXAMPLES / name).read_bytes())
    done = process("convert", "schedule.xml", "sheet.csv", "--lang", language)

    lines = done.stderr.splitlines()
    questions = lines[lines.index(told) + 2 :]
    assert (done.code, f"# {told}" in done.stdout.splitlines(), len(questions)) == (0, True, 4)
    assert [line.split(": ")[0] for line in questions[1:]] == [
        "  Welcome to Steppe Code",
        "  Rust on the railway",
        "  Closing",
    ]


def test_tables_with_one_name_are_two_sources_in_the_zone_of_the_calendar(process: Run, tmp_path: Path) -> None:
    (tmp_path / "feed.ics").write_text(
        "BEGIN:VCALENDAR\nX-WR-TIMEZONE:Asia/Almaty\nBEGIN:VEVENT\nUID:1\nSUMMARY:Gala\n"
        "DTSTART:20260516T140000Z\nEND:VEVENT\nEND:VCALENDAR\n",
        encoding="utf-8",
    )
    for folder, hour in (("a", 19), ("b", 20)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "sheet.csv").write_text(f"title,start\nGala,2026-05-16 {hour}:00\n", encoding="utf-8")
    done = process("convert", "a/sheet.csv", "feed.ics", "b/sheet.csv")

    lines = [line.strip() for line in done.stdout.splitlines()]
    assert lines[lines.index("events:") + 4 :] == [
        "start: 2026-05-16 19:00",
        "sources: [sheet-csv, feed-ics, sheet-csv-2]",
        "disputes: [{field: start, value: 2026-05-16 20:00, source: sheet-csv-2}]",
    ]
    assert done.stderr.splitlines()[-1] == (
        "  Gala: start 2026-05-16 19:00 (sheet.csv), 2026-05-16 20:00 (sheet.csv (sheet-csv-2))"
    )


def test_map_counts_for_the_json_of_several_files(process: Run, tmp_path: Path) -> None:
    for name in ("stages.json", "stages.yaml"):
        (tmp_path / name).write_bytes((EXAMPLES / name).read_bytes())
    (tmp_path / "sheet.csv").write_text("title,start\nSunset mix,2026-05-23 19:00\n", encoding="utf-8")
    done = process("convert", "--map", "stages.yaml", "stages.json", "sheet.csv")

    assert (done.code, done.stderr.splitlines()[-2:]) == (
        0,
        ["1 event is in several files", "2 events are only in stages.json"],
    )
