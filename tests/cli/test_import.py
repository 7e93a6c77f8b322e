"""`kzfest itinerary import`: our own visits back from a calendar program, whatever it made of the file."""

from __future__ import annotations

import base64
import json
import re
import shutil
import zlib
from datetime import UTC, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest
from icalendar import Alarm, Calendar

if TYPE_CHECKING:
    from collections.abc import Callable

    Run: TypeAlias = "Callable[..., Any]"
    Rewrite: TypeAlias = "Callable[[bytes], bytes]"

FAIR = """\
  - {id: tea, title: Tea, category: fair, start: 2023-12-15, end: 2023-12-17, venue: hall}
  - {id: dance, title: Dance, category: concert, start: 2023-12-16 19:00, revision: 2, venue: hall}
  - {id: night, title: Night, category: celebration, start: 2023-12-31 21:00, end: 2024-01-01 02:00}
"""
HALL = "  - {id: hall, name: The hall, city: Astana, address: 1 Main Street}"
NOTE = 'Tickets, "two"; C:\\New\nשלום 🎄'
TOKEN = (
    "kzf1:eNp1jrFOwzAURX_FevOTcGjahjJVdO7ULfbwZExi1XHVxBAB6taZjQ3UuV-U3-ATcNyWICT0pDdc3XvuzaEi4wDzHJ6MtVRoQJg3hq7mtiL_DBJz92jtH1H2AfVC6w"
    "dAjtl0zBG8ppAFjPb4eDgoydqz-ArawQxWwbgLBNi2Rd0OgHtySkdEkqQck2uOo4EAK6PW2jfIBPh2I-CW3c2EWOpWuO7YfXTv3Sf7Orzt4dKziLzYRGqkssDtm5JfC3-K"
    "-hvkC8A4p2tk5Fm5qc6oRtVZeho9GSM4U5T-NDqdcrz5B7WMtp2U8hsNCnGM"
)
"""Four visits: the fair at any time, a dance with that note, New Year's night at 00:30, and dinner at home."""


@pytest.fixture(name="fair")
def _fair(kzfest: Run, tmp_path: Path, programme: Callable[..., str]) -> Callable[..., Run]:
    """Return a function that gives a program of one's own, with a fair, on 10 December 2023."""
    data = programme(FAIR, venues=HALL)

    def fair(home: str) -> Run:
        here = {"KZFEST_HOME": str(tmp_path / home), "KZFEST_DATA": data, "KZFEST_NOW": "2023-12-10T12:00"}
        return partial(kzfest, **here)

    return fair


@pytest.fixture(name="mine")
def _mine(fair: Callable[..., Run]) -> Run:
    """Return a program of one's own with four visits: timed, any time, past midnight, and an appointment."""
    mine = fair("mine")
    assert mine("itinerary", "merge", TOKEN).code == 0
    return mine


def visits(run: Run) -> list[dict[str, Any]]:
    return list(json.loads(run("itinerary", "show", "-f", "json").stdout)["visits"])


def exported(run: Run) -> bytes:
    return bytes(run("itinerary", "export").stdout.encode())


def put(tmp_path: Path, data: bytes, name: str = "back.ics") -> str:
    (tmp_path / name).write_bytes(data)
    return str(tmp_path / name)


def rebuilt(data: bytes, change: Callable[[Any], None]) -> bytes:
    """Return the calendar as another program would write it, with a change to each event."""
    calendar = Calendar.from_ical(data)
    for event in calendar.walk("VEVENT"):
        change(event)
    return bytes(calendar.to_ical())


def _reversed(data: bytes) -> bytes:
    head, *events = re.split(rb"(?=BEGIN:VEVENT)", data.removesuffix(b"END:VCALENDAR\r\n"))
    return head + b"".join(_reversed_event(event) for event in reversed(events)) + b"END:VCALENDAR\r\n"


def _reversed_event(event: bytes) -> bytes:
    """Return an event with its properties, folded as they are, from the last to the first."""
    found = re.findall(rb"[^\r\n]+\r\n(?:[ \t][^\r\n]*\r\n)*", event)
    end = next(number for number, line in enumerate(found) if line.startswith((b"BEGIN:VALARM", b"END:VEVENT")))
    return b"".join([found[0], *reversed(found[1:end]), *found[end:]])


def _folded_elsewhere(data: bytes) -> bytes:
    lines = data.decode().replace("\r\n ", "").split("\r\n")
    return "\r\n".join("\r\n\t".join(re.findall(".{1,30}", line)) for line in lines).encode()


def _only_what_is_known(data: bytes) -> bytes:
    def drop(event: Any) -> None:
        for key in [key for key in event if key.startswith("X-") or key in {"CATEGORIES", "PRIORITY", "GEO", "URL"}]:
            del event[key]

    return rebuilt(data, drop)


def _more(data: bytes) -> bytes:
    def add(event: Any) -> None:
        event.add("x-moz-generation", "3")
        event.add("x-apple-travel-advisory-behavior", "AUTOMATIC")
        event.add("class", "PUBLIC")
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", "Tea")
        alarm.add("trigger", timedelta(minutes=-15))
        event.add_component(alarm)

    return rebuilt(data, add).replace(b"PRODID:-//kzfest//kzfest//EN", b"PRODID:-//Mozilla.org//EN\r\nMETHOD:PUBLISH")


def _in_utc(data: bytes) -> bytes:
    def change(event: Any) -> None:
        if hasattr(event.start, "astimezone"):
            event.DTSTART, event.DTEND = event.start.astimezone(UTC), event.end.astimezone(UTC)

    return re.sub(rb"BEGIN:VTIMEZONE.*END:VTIMEZONE\r\n", b"", rebuilt(data, change), flags=re.DOTALL)


def _with_durations(data: bytes) -> bytes:
    def change(event: Any) -> None:
        length = event.end - event.start
        del event["DTEND"]
        event.add("duration", length)

    return rebuilt(data, change)


def _two_calendars(data: bytes) -> bytes:
    head, *events = re.split(rb"(?=BEGIN:VEVENT)", data.removesuffix(b"END:VCALENDAR\r\n"))
    return b"".join(head + b"".join(part) + b"END:VCALENDAR\r\n" for part in (events[:1], events[1:]))


def _alone(data: bytes) -> bytes:
    """Return the calendar without what comes round it: no zone, times with the offset of Almaty's own name."""
    return re.sub(rb"BEGIN:VTIMEZONE.*END:VTIMEZONE\r\n", b"", data, flags=re.DOTALL)


REWRITES: dict[str, Rewrite] = {
    "as it was": lambda data: data,
    "LF": lambda data: data.replace(b"\r\n", b"\n"),
    "byte order mark": lambda data: b"\xef\xbb\xbf" + data,
    "blank line at the end": lambda data: data + b"\r\n",
    "reversed": _reversed,
    "folded elsewhere": _folded_elsewhere,
    "only what is known": _only_what_is_known,
    "more": _more,
    "in UTC": _in_utc,
    "with durations": _with_durations,
    "two calendars": _two_calendars,
    "without zones": _alone,
    "lower case": lambda data: re.sub(rb"(?m)^[A-Z-]+(?=[:;])", lambda found: found[0].lower(), data),
    "all at once": lambda data: _folded_elsewhere(
        _reversed(_with_durations(_in_utc(_more(_only_what_is_known(data)))))
    ).replace(b"\r\n", b"\n"),
}


@pytest.mark.parametrize("rewrite", REWRITES.values(), ids=REWRITES)
def test_nothing_changes_whatever_was_made_of_the_file(mine: Run, tmp_path: Path, rewrite: Rewrite) -> None:
    before = visits(mine)

    outcome = mine("itinerary", "import", put(tmp_path, rewrite(exported(mine))))

    assert outcome == (0, "", "nothing has changed\n")
    assert visits(mine) == before


@pytest.mark.parametrize("rewrite", REWRITES.values(), ids=REWRITES)
def test_visits_come_back_after_all_were_lost(
    mine: Run, fair: Callable[..., Run], tmp_path: Path, rewrite: Rewrite
) -> None:
    file = put(tmp_path, rewrite(exported(mine)))
    other = fair("other")

    outcome = other("itinerary", "import", file)

    told = ("id", "event", "programme", "title", "day", "start", "end", "venue", "state", "clashes")
    assert (outcome.code, outcome.stdout.count("added")) == (0, 4)
    assert [{key: each[key] for key in told} for each in visits(other)] == [
        {key: each[key] for key in told} for each in visits(mine)
    ]


@pytest.mark.parametrize("options", [[], ["--vdir", "VDIR"], ["--fresh-uids"], ["-f", "json"], ["-f", "csv"]])
def test_notes_are_left_out_where_that_is_asked_and_are_kept(mine: Run, tmp_path: Path, options: list[str]) -> None:
    options = [each.replace("VDIR", str(tmp_path / "vdir")) for each in options]

    code, stdout, _stderr = mine("itinerary", "export", "--without-notes", *options)
    written = stdout + "".join(file.read_text("utf-8") for file in sorted((tmp_path / "vdir").glob("*.ics")))

    assert (code, "Tickets" in written, "X-KZFEST-NOTE" in written, "Dinner" in written) == (0, False, False, True)
    assert [each["note"] for each in visits(mine)].count(NOTE) == 1


def test_import_of_a_file_without_notes_takes_none_away(mine: Run, tmp_path: Path) -> None:
    before = visits(mine)
    file = put(tmp_path, mine("itinerary", "export", "--without-notes").stdout.encode())

    same = mine("itinerary", "import", file)
    moved = mine("itinerary", "import", put(tmp_path, Path(file).read_bytes().replace(b"T190000", b"T193000")))

    assert (same.code, same.stderr) == (0, "nothing has changed\n")
    assert (moved.code, "Dance" in moved.stdout) == (0, True)
    assert [each["note"] for each in visits(mine)] == [each["note"] for each in before]


def test_note_and_importance_come_back_where_the_program_kept_them(
    mine: Run, fair: Callable[..., Run], tmp_path: Path
) -> None:
    other = fair("other")

    other("itinerary", "import", put(tmp_path, exported(mine)))

    assert [(each["note"], each["must"]) for each in visits(other)] == [
        (each["note"], each["must"]) for each in visits(mine)
    ]
    assert (NOTE, True) in [(each["note"], each["must"]) for each in visits(other)]


def test_calendar_of_visits_that_came_back_is_the_same(mine: Run, fair: Callable[..., Run], tmp_path: Path) -> None:
    other = fair("other")
    before = exported(mine)

    other("itinerary", "import", put(tmp_path, before))

    told = ("UID", "SEQUENCE", "SUMMARY", "DTSTART", "DTEND", "LOCATION", "STATUS", "DTSTAMP")
    assert [[each.get(key) for key in told] for each in Calendar.from_ical(exported(other)).walk("VEVENT")] == [
        [each.get(key) for key in told] for each in Calendar.from_ical(before).walk("VEVENT")
    ]


def _dated(visit: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(visit[key] for key in ("id", "event", "title", "start", "end", "note", "must", "state"))


def test_removed_visits_come_back_with_a_newer_number(mine: Run, tmp_path: Path) -> None:
    file = put(tmp_path, exported(mine))
    before = visits(mine)
    mine("itinerary", "clear")

    outcome = mine("itinerary", "import", file)

    assert (outcome.code, [_dated(each) for each in visits(mine)]) == (0, [_dated(each) for each in before])
    numbers = [
        [int(each["SEQUENCE"]) for each in Calendar.from_ical(data).walk("VEVENT")]  # type: ignore[arg-type]
        for data in (Path(file).read_bytes(), exported(mine))
    ]
    assert all(new > old for old, new in zip(*numbers, strict=True))


def _moved(data: bytes, title: str, old: bytes, new: bytes) -> bytes:
    """Return the calendar with the times of the one event changed whose title begins so."""
    summary = re.compile(rf"^SUMMARY[^:]*:{title}".encode(), re.MULTILINE)
    parts = re.split(rb"(?=BEGIN:VEVENT)", data)
    changed = [re.sub(old, new, part) if summary.search(part) else part for part in parts]
    assert changed != parts
    return b"".join(changed)


@pytest.mark.parametrize(
    ("title", "old", "new", "start", "end"),
    [
        ("Dance", rb"20231216T", b"20231217T", "2023-12-17T19:00:00+06:00", "2023-12-17T21:00:00+06:00"),
        ("Dance", rb"T210000", b"T203000", "2023-12-16T19:00:00+06:00", "2023-12-16T20:30:00+06:00"),
        ("Tea", rb"DATE:20231216", b"DATE:20231215", "2023-12-15", "2023-12-15"),
        ("Tea", rb"DATE:20231217", b"DATE:20231218", "2023-12-16", "2023-12-16"),
        (
            "Tea",
            rb"DTSTART;VALUE=DATE:20231216\r\nDTEND;VALUE=DATE:20231217",
            b"DTSTART:20231216T040000Z\r\nDTEND:20231216T053000Z",
            "2023-12-16T10:00:00+06:00",
            "2023-12-16T11:30:00+06:00",
        ),
        ("Night", rb"T003000", b"T010000", "2024-01-01T01:00:00+06:00", "2024-01-01T02:00:00+06:00"),
        (
            "Dinner",
            rb"DTSTART.*\r\nDTEND.*\r\n",
            b"DTSTART;VALUE=DATE:20231220\r\nDTEND;VALUE=DATE:20231221\r\n",
            "2023-12-20",
            "2023-12-20",
        ),
        ("Dinner", rb"DTEND.*\r\n", b"", "2023-12-17T19:00:00+06:00", "2023-12-17T20:00:00+06:00"),
    ],
    ids=["day", "end", "whole day", "longer days", "hour", "night", "whole days", "end lost"],
)
def test_visit_that_was_moved_is_where_the_calendar_has_it(  # noqa: PLR0913, PLR0917  # what was moved, and where to
    mine: Run, tmp_path: Path, title: str, old: bytes, new: bytes, start: str, end: str
) -> None:
    file = put(tmp_path, _moved(exported(mine), title, old, new))
    others = _times(mine, title)[1]

    outcome = mine("itinerary", "import", file)

    assert (outcome.code, _times(mine, title)) == (0, ([(start, end)], others))


def _times(run: Run, title: str) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return start and end of the visits of that title, and of the others."""
    found = [(each["title"].startswith(title), (each["start"], each["end"])) for each in visits(run)]
    return [when for meant, when in found if meant], [when for meant, when in found if not meant]


def test_moved_visit_is_told_and_can_be_taken_back(mine: Run, tmp_path: Path) -> None:
    before = visits(mine)
    file = put(tmp_path, _moved(exported(mine), "Dinner", rb"T190000", b"T183000"))
    [key] = [each["id"] for each in before if each["event"] is None]

    outcome = mine("itinerary", "import", file)
    undone = mine("itinerary", "undo")

    assert outcome.stdout == f"changed  Dinner, at home  {key} · Sunday 17 December 2023, 18:30–21:00\n"
    assert outcome.stderr == "to undo: `kzfest itinerary undo`\n"
    assert (undone.code, [_dated(each) for each in visits(mine)]) == (0, [_dated(each) for each in before])


def test_number_of_the_calendar_is_never_gone_below(mine: Run, tmp_path: Path) -> None:
    moved = _moved(exported(mine), "Dinner", rb"T190000", b"T183000")
    file = put(tmp_path, _moved(moved, "Dinner", rb"SEQUENCE:0", b"SEQUENCE:41"))

    mine("itinerary", "import", file)

    [event] = [each for each in Calendar.from_ical(exported(mine)).walk("VEVENT") if "own." in str(each["UID"])]
    assert event["SEQUENCE"] == 42


def test_entries_of_others_are_counted(mine: Run, tmp_path: Path) -> None:
    theirs = b"".join(
        b"BEGIN:VEVENT\r\nUID:%d@example.org\r\nDTSTART;VALUE=DATE:20231216\r\nEND:VEVENT\r\n" % number
        for number in range(2)
    )
    events = mine("export").stdout.encode()
    data = exported(mine).replace(b"END:VCALENDAR\r\n", theirs + b"END:VCALENDAR\r\n") + events

    assert mine("itinerary", "import", put(tmp_path, data)) == (
        0,
        "",
        (
            "3 entries are events, not visits: `kzfest itinerary add` plans them\n"
            "2 entries are not from kzfest and were ignored\n"
            "nothing has changed\n"
        ),
    )


@pytest.mark.parametrize(
    ("inside", "told"),
    [
        ("", "no entries found\n"),
        (
            "BEGIN:VEVENT\nUID:a@b\nDTSTART;VALUE=DATE:20231216\nEND:VEVENT\n",
            "1 entry is not from kzfest and was ignored\n",
        ),
        (
            "BEGIN:VEVENT\nUID:tea@village.kzfest.invalid\nDTSTART;VALUE=DATE:20231216\nEND:VEVENT\n",
            "1 entry is an event, not a visit: `kzfest itinerary add` plans one\n",
        ),
    ],
)
def test_calendar_without_visits_changes_nothing(mine: Run, tmp_path: Path, inside: str, told: str) -> None:
    before = visits(mine)
    data = f"BEGIN:VCALENDAR\nVERSION:2.0\n{inside}END:VCALENDAR\n".encode()

    assert mine("itinerary", "import", put(tmp_path, data)) == (0, "", told)
    assert visits(mine) == before


@pytest.mark.parametrize(
    "data", [b"", b"\n", b"hello\n", b"BEGIN:VCARD\r\nFN:x\r\nEND:VCARD\r\n", b"BEGIN:VCALENDAR\r\n", b"\xff\xfe\x00"]
)
def test_what_is_no_calendar_is_refused(mine: Run, tmp_path: Path, data: bytes) -> None:
    before = visits(mine)
    file = put(tmp_path, data)

    code, stdout, stderr = mine("itinerary", "import", file)

    assert (code, stdout) == (1, "")
    assert stderr.startswith(f"kzfest: {file} is not a calendar file: ")
    assert len(stderr.splitlines()) == 1
    assert visits(mine) == before


def test_one_bad_file_among_several_changes_nothing(mine: Run, tmp_path: Path) -> None:
    before = visits(mine)
    good = put(tmp_path, _moved(exported(mine), "Dinner", rb"T190000", b"T183000"))

    outcome = mine("itinerary", "import", good, put(tmp_path, b"hello\n", "bad.ics"))

    assert (outcome.code, outcome.stdout, visits(mine)) == (1, "", before)


def test_file_that_is_not_there_is_named(mine: Run, tmp_path: Path) -> None:
    code, stdout, stderr = mine("itinerary", "import", str(tmp_path / "none.ics"))

    assert (code in {1, 3}, stdout, str(tmp_path / "none.ics") in stderr) == (True, "", True)


def test_folder_is_read_file_by_file(mine: Run, fair: Callable[..., Run], tmp_path: Path) -> None:
    folder = tmp_path / "vdir"
    mine("itinerary", "export", "--vdir", str(folder))
    (folder / "notes.txt").write_text("theirs", encoding="utf-8")
    other = fair("other")

    outcome = other("itinerary", "import", str(folder))

    assert (outcome.code, outcome.stdout.count("added")) == (0, 4)
    assert [each["id"] for each in visits(other)] == [each["id"] for each in visits(mine)]


def test_folder_without_calendars_is_not_found(mine: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    assert mine("itinerary", "import", str(tmp_path / "empty")) == (
        3,
        "",
        f"kzfest: no .ics file in {tmp_path / 'empty'}\n",
    )


def test_visit_of_an_hour_that_happens_twice_is_the_same(mine: Run, tmp_path: Path) -> None:
    mine("itinerary", "clear")
    mine("itinerary", "add", "--own", "Leap night", "--on", "2024-02-29", "--at", "23:30", "--for", "2h")

    outcome = mine("itinerary", "import", put(tmp_path, exported(mine)))

    assert outcome == (0, "", "nothing has changed\n")


def test_visit_is_by_the_clocks_of_its_programme(kzfest: Run, tmp_path: Path) -> None:
    """Import where the programme of the visit is not the one that is asked, and keeps other hours."""
    homes = [tmp_path / "one", tmp_path / "two"]
    text = (
        "format: 1\nprogramme: {id: berlin, title: Fair, timezone: Europe/Berlin, revised: 2023-12-01}\n"
        "events:\n  - {id: tea, title: Tea, category: fair, start: 2023-12-16 19:00, end: 2023-12-16 21:00}\n"
    )
    for home in homes:
        (home / "config" / "programmes").mkdir(parents=True)
        (home / "config" / "programmes" / "berlin.yaml").write_text(text, encoding="utf-8")
    one, two = (partial(kzfest, KZFEST_HOME=str(home), KZFEST_NOW="2023-12-10T12:00") for home in homes)
    one("--programme", "berlin", "itinerary", "add", "tea")

    two("itinerary", "import", put(tmp_path, exported(one)))

    assert [(each["start"], each["state"]) for each in visits(two)] == [("2023-12-16T19:00:00+01:00", "same")]


def test_same_file_twice_changes_nothing_more(mine: Run, fair: Callable[..., Run], tmp_path: Path) -> None:
    file = put(tmp_path, exported(mine))
    shutil.copy(file, tmp_path / "copy.ics")
    other = fair("other")
    other("itinerary", "import", file)
    before = visits(other)

    again = other("itinerary", "import", file, str(tmp_path / "copy.ics"))

    assert (again, visits(other)) == ((0, "", "nothing has changed\n"), before)


def test_older_file_takes_nothing_back(mine: Run, tmp_path: Path) -> None:
    older = put(tmp_path, exported(mine))
    mine("itinerary", "edit", "dinner", "--at", "21:00")
    before = visits(mine)

    outcome = mine("itinerary", "import", older)

    assert outcome == (
        0,
        "",
        "'Dinner, at home' in the file was ignored: the visit was changed here later\nnothing has changed\n",
    )
    assert visits(mine) == before


def stamped(data: bytes, stamp: str, *, names: str = "LAST-MODIFIED|DTSTAMP", sequence: int | None = None) -> bytes:
    """Return the calendar with another stamp in each entry, as of a program that seldom or never raises SEQUENCE."""
    data = re.sub(rf"(?m)^({names}):.*(?=\r)".encode(), rf"\1:{stamp}".encode(), data)
    return data if sequence is None else re.sub(rb"SEQUENCE:\d+", f"SEQUENCE:{sequence}".encode(), data)


def _changed_twice(run: Run, first: bytes, second: bytes, folder: Path, title: str) -> list[tuple[str, str]]:
    for number, data in enumerate((first, second)):
        assert run("itinerary", "import", put(folder, data, f"{number}.ics")).code == 0
    return _times(run, title)[0]


DANCE = [
    ("2023-12-16T19:30:00+06:00", "2023-12-16T21:00:00+06:00"),
    ("2023-12-16T20:00:00+06:00", "2023-12-16T21:00:00+06:00"),
]
DINNER = [
    ("2023-12-17T19:30:00+06:00", "2023-12-17T21:00:00+06:00"),
    ("2023-12-17T20:00:00+06:00", "2023-12-17T21:00:00+06:00"),
]


@pytest.mark.parametrize(("title", "moved"), [("Dance", DANCE), ("Dinner", DINNER)])
@pytest.mark.parametrize("sequence", [None, 1, 7])
@pytest.mark.parametrize("names", ["LAST-MODIFIED", "DTSTAMP"])
@pytest.mark.parametrize("stamps", [("", "20240101T000000Z"), ("20240101T000000Z", "20240102T000000Z")])
def test_second_change_is_taken_by_its_stamp(  # noqa: PLR0913, PLR0917  # what calendars differ in
    mine: Run,
    tmp_path: Path,
    title: str,
    moved: list[tuple[str, str]],
    sequence: int | None,
    names: str,
    stamps: tuple[str, str],
) -> None:
    data = exported(mine)
    if names == "DTSTAMP":
        data = re.sub(rb"LAST-MODIFIED:.*\r\n", b"", data)
    first, second = (
        stamped(_moved(data, title, rb"T190000", hour), stamp, names=names, sequence=sequence) if stamp
        else _moved(data, title, rb"T190000", hour)
        for stamp, hour in zip(stamps, (b"T193000", b"T200000"), strict=True)
    )  # fmt: skip

    assert _changed_twice(mine, first, second, tmp_path, title) == moved[1:]
    assert _changed_twice(mine, first, second, tmp_path, title) == moved[1:]  # the older one takes nothing back

    (tmp_path / "folder").mkdir()
    put(tmp_path / "folder", _moved(second, title, rb"T200000", b"T193000"))
    mine("itinerary", "import", str(tmp_path / "folder"))
    assert _times(mine, title)[0] == moved[:1]


def test_file_older_than_the_one_imported_last_says_so(mine: Run, tmp_path: Path) -> None:
    older = put(tmp_path, stamped(_moved(exported(mine), "Dinner", rb"T190000", b"T193000"), "20240101T000000Z"))
    newer = stamped(_moved(exported(mine), "Dinner", rb"T190000", b"T200000"), "20240102T000000Z")
    mine("itinerary", "import", put(tmp_path, newer, "newer.ics"))

    told = "'Dinner, at home' in the file was ignored: it is older than the last import\nnothing has changed\n"
    assert mine("itinerary", "import", older) == (0, "", told)


def test_change_made_here_after_an_import_wins_over_an_older_file(mine: Run, tmp_path: Path) -> None:
    first, second = (
        stamped(_moved(exported(mine), "Dinner", rb"T190000", hour), stamp)
        for hour, stamp in ((b"T193000", "20231210T070000Z"), (b"T200000", "20231210T080000Z"))
    )
    mine("itinerary", "import", put(tmp_path, first))
    mine("itinerary", "edit", "dinner", "--at", "18:00", "--now", "2023-12-10T15:00")

    told = "'Dinner, at home' in the file was ignored: the visit was changed here later\nnothing has changed\n"
    assert mine("itinerary", "import", put(tmp_path, second)) == (0, "", told)
    assert _times(mine, "Dinner")[0] == [("2023-12-17T18:00:00+06:00", "2023-12-17T19:30:00+06:00")]


@pytest.mark.parametrize("change", [["edit", "dinner", "--must"], ["edit", "dinner", "--note", "x"]])
def test_change_of_something_else_leaves_the_time_to_the_calendar(mine: Run, tmp_path: Path, change: list[str]) -> None:
    first, second = (
        stamped(_moved(exported(mine), "Dinner", rb"T190000", hour), stamp)
        for hour, stamp in ((b"T193000", "20231210T070000Z"), (b"T200000", "20231210T080000Z"))
    )
    mine("itinerary", "import", put(tmp_path, first))
    mine("itinerary", *change, "--now", "2023-12-10T15:00")

    mine("itinerary", "import", put(tmp_path, second))

    assert _times(mine, "Dinner")[0] == [("2023-12-17T20:00:00+06:00", "2023-12-17T21:00:00+06:00")]


def test_name_given_here_wins_over_an_older_file(mine: Run, tmp_path: Path) -> None:
    older = put(tmp_path, exported(mine))
    mine("itinerary", "edit", "dinner", "--own", "Supper")

    told = "'Supper' in the file was ignored: the visit was changed here later\nnothing has changed\n"
    assert mine("itinerary", "import", older) == (0, "", told)


def test_what_was_taken_back_here_stays_so_against_the_same_file(mine: Run, tmp_path: Path) -> None:
    moved = stamped(_moved(exported(mine), "Dinner", rb"T190000", b"T193000"), "20231210T050000Z")
    mine("itinerary", "import", put(tmp_path, moved))
    mine("itinerary", "undo")
    before = visits(mine)

    mine("itinerary", "import", put(tmp_path, moved))

    assert visits(mine) == before


def test_hours_without_a_zone_are_those_of_the_place(mine: Run, tmp_path: Path) -> None:
    before = visits(mine)
    floating = exported(mine).replace(b";TZID=Asia/Almaty", b"")

    outcome = mine("itinerary", "import", put(tmp_path, floating))

    assert outcome == (0, "", "nothing has changed\n")
    assert visits(mine) == before


def test_entry_that_was_cancelled_is_told(mine: Run, tmp_path: Path) -> None:
    data = rebuilt(exported(mine), lambda event: event.pop("STATUS"))
    data = data.replace(b"SUMMARY:Dinner", b"STATUS:CANCELLED\r\nSUMMARY:Dinner")

    outcome = mine("itinerary", "import", put(tmp_path, data))

    (dinner,) = [visit["id"] for visit in visits(mine) if visit["title"].startswith("Dinner")]
    told = f"'Dinner, at home' is cancelled in the file; `kzfest itinerary remove {dinner}` removes it\n"
    assert outcome == (0, "", told + "nothing has changed\n")


def test_appointment_has_the_name_that_the_calendar_gave_it(mine: Run, tmp_path: Path) -> None:
    data = exported(mine).replace(b"SUMMARY:Dinner", b"SUMMARY:Late supper").replace(b"SUMMARY:Tea", b"SUMMARY:Coffee")

    mine("itinerary", "import", put(tmp_path, data))

    assert sorted(visit["title"] for visit in visits(mine)) == ["Dance", "Late supper, at home", "Night", "Tea"]


@pytest.mark.parametrize("year", ["0001", "9999"])
def test_impossible_day_is_passed_over(mine: Run, tmp_path: Path, year: str) -> None:
    before = visits(mine)
    data = re.sub(rb"(DTSTART;VALUE=DATE:)\d{4}", rb"\g<1>" + year.encode(), exported(mine))

    outcome = mine("itinerary", "import", put(tmp_path, data))

    assert outcome == (
        0,
        "",
        "'Tea' in the file was ignored: its dates are out of range\nnothing has changed\n",
    )
    assert visits(mine) == before


def test_texts_of_a_new_visit_are_of_one_line_but_for_its_note(mine: Run, tmp_path: Path) -> None:
    texts = "SUMMARY:Tea\\nand\u202e  cake\nLOCATION:At home\\, \\nupstairs\nX-KZFEST-NOTE:a\\nb\u200b"
    entry = f"BEGIN:VEVENT\nUID:own.abcde@own.kzfest.invalid\nDTSTART:20231217T100000Z\n{texts}\nEND:VEVENT\n"

    mine("itinerary", "import", put(tmp_path, f"BEGIN:VCALENDAR\n{entry}END:VCALENDAR\n".encode()))

    (found,) = [visit for visit in visits(mine) if visit["id"] == "abcde"]
    assert (found["title"], found["place"], found["note"]) == ("Tea and cake", "At home, upstairs", "a\nb")


@pytest.mark.parametrize(
    "times",
    [
        "DTSTART:99991231T235959Z",
        "DTSTART:00010101T000000Z",
        "DTSTART;TZID=Asia/Almaty:00010101T000000",
        "DTSTART:20231217T100000Z\nDTEND:99991231T235959Z",
        "DTSTART:20231217T100000Z\nDURATION:P367D",
        "DTSTART;VALUE=DATE:22000101",
    ],
)
def test_new_visit_at_an_impossible_time_is_passed_over(mine: Run, tmp_path: Path, times: str) -> None:
    entry = f"BEGIN:VEVENT\nUID:own.abcde@own.kzfest.invalid\n{times}\nSUMMARY:Supper\nEND:VEVENT\n"
    file = put(tmp_path, f"BEGIN:VCALENDAR\n{entry}END:VCALENDAR\n".encode())

    assert mine("itinerary", "import", file) == (
        0,
        "",
        "'Supper' in the file was ignored: its dates are out of range\nnothing has changed\n",
    )


def test_longest_visit_can_be_shared(mine: Run, tmp_path: Path) -> None:
    times = "DTSTART:20231217T100000Z\nDURATION:P366D"
    entry = f"BEGIN:VEVENT\nUID:own.abcde@own.kzfest.invalid\n{times}\nSUMMARY:A year off\nEND:VEVENT\n"
    mine("itinerary", "import", put(tmp_path, f"BEGIN:VCALENDAR\n{entry}END:VCALENDAR\n".encode()))
    before = visits(mine)

    outcome = mine("itinerary", "merge", mine("itinerary", "share").stdout.strip())

    assert (outcome.code, outcome.stderr, visits(mine)) == (0, "nothing has changed\n", before)
    assert "A year off" in [visit["title"] for visit in before]


@pytest.mark.parametrize("number", [2**31, 2**63 - 1, 10**30])
def test_huge_number_of_changes_does_no_harm(mine: Run, tmp_path: Path, number: int) -> None:
    data = re.sub(rb"SEQUENCE:\d+", f"SEQUENCE:{number}".encode(), exported(mine))

    codes = [
        mine("itinerary", "import", put(tmp_path, data)).code,
        mine("itinerary", "edit", "dinner", "--at", "21:00").code,
        mine("itinerary", "clear").code,
        mine("itinerary", "undo").code,
        mine("itinerary", "export").code,
    ]

    assert codes == [0] * 5
    assert len(visits(mine)) == 4


def test_more_entries_than_anybody_plans_are_refused(mine: Run, tmp_path: Path) -> None:
    entry = "BEGIN:VEVENT\nUID:own.a{n}@own.kzfest.invalid\nDTSTART;VALUE=DATE:20231216\nEND:VEVENT\n"
    entries = "".join(entry.format(n=number) for number in range(5_001))
    file = put(tmp_path, f"BEGIN:VCALENDAR\n{entries}END:VCALENDAR\n".encode())

    assert mine("itinerary", "import", file) == (
        1,
        "",
        f"kzfest: {file} is not a calendar file: it has 5001 entries of kzfest; the limit is 5000\n",
    )


def own_entry(*lines: str, uid: str = "own.abcde@own.kzfest.invalid", start: str = "DTSTART:20231217T100000Z") -> bytes:
    """Return a calendar of one entry of ours."""
    return "\n".join(["BEGIN:VEVENT", f"UID:{uid}", start, *lines, "END:VEVENT", ""]).encode()


def calendar(*entries: bytes) -> bytes:
    return b"BEGIN:VCALENDAR\n" + b"".join(entries) + b"END:VCALENDAR\n"


@pytest.mark.parametrize("key", ["-", "--help", "a" * 21])
def test_id_that_no_token_could_carry_is_not_ours(mine: Run, tmp_path: Path, key: str) -> None:
    file = put(tmp_path, calendar(own_entry("SUMMARY:Supper", uid=f"own.{key}@own.kzfest.invalid")))

    assert mine("itinerary", "import", file) == (
        0,
        "",
        "1 entry is not from kzfest and was ignored\n",
    )


@pytest.mark.parametrize("number", [1_000_000, 1_764_381_600, 2**31 - 1, 2**31, 10**30])
def test_plan_that_was_imported_can_be_shared_and_imported_again(mine: Run, tmp_path: Path, number: int) -> None:
    moved = _moved(exported(mine), "Dinner", rb"SEQUENCE:0", f"SEQUENCE:{number}".encode())
    mine("itinerary", "import", put(tmp_path, _moved(moved, "Dinner", rb"T(\d\d)0000\r", rb"T\g<1>3000\r")))
    merged = mine("itinerary", "merge", mine("itinerary", "share").stdout.strip())
    again = _moved(exported(mine), "Dinner", rb"DTSTART([^:]*):\d{8}", rb"DTSTART\1:20231214")
    again = _moved(again, "Dinner", rb"DTEND([^:]*):\d{8}", rb"DTEND\1:20231214")

    outcome = mine("itinerary", "import", put(tmp_path, again))

    assert merged == (0, "", "nothing has changed\n")
    assert (outcome.code, outcome.stdout.split()[0]) == (0, "changed")


@pytest.mark.parametrize(
    "uid",
    ["own.{id}@own.kzfest.invalid", "visit.{id}.tea@village.kzfest.invalid", "visit.{id}.dance@other.kzfest.invalid"],
)
def test_entry_of_another_visit_moves_none_of_that_id(mine: Run, tmp_path: Path, uid: str) -> None:
    before = visits(mine)
    (dance,) = [each["id"] for each in before if each["event"] == "dance"]
    file = put(tmp_path, calendar(own_entry("SUMMARY:Tango", "SEQUENCE:9", uid=uid.format(id=dance))))

    outcome = mine("itinerary", "import", file)

    told = f"'Tango' in the file was ignored: another visit already has the id {dance}\nnothing has changed\n"
    assert (outcome, visits(mine)) == ((0, "", told), before)


def test_one_file_gives_an_id_to_one_visit(mine: Run, tmp_path: Path) -> None:
    other = own_entry("SUMMARY:Tango", uid="visit.abcde.dance@village.kzfest.invalid")

    outcome = mine("itinerary", "import", put(tmp_path, calendar(own_entry("SUMMARY:Supper"), other)))

    assert (outcome.code, outcome.stdout.count("added")) == (0, 1)
    assert outcome.stderr.splitlines()[0] == "'Tango' in the file was ignored: another visit already has the id abcde"


TITLES = {"en": "Dinner", "kk": "Ас"}
TWO_LANGUAGES = json.dumps(
    ["main", [[None, "Asia/Almaty"]], [["abcde", 0, 8751, None, None, 1140, 60, 0, 0, None, None, TITLES]]]
)
"""An appointment of one's own with a name in two languages, as nobody can make it but by hand."""


def test_appointment_in_two_languages_comes_back(fair: Callable[..., Run], tmp_path: Path) -> None:
    mine = fair("two")
    packed = base64.urlsafe_b64encode(zlib.compress(TWO_LANGUAGES.encode()))
    mine("itinerary", "merge", f"kzf1:{packed.decode().rstrip('=')}")
    data = exported(mine)

    same = mine("itinerary", "import", put(tmp_path, data))
    mine("itinerary", "import", put(tmp_path, data.replace(b":Dinner", b":Supper")))

    assert same == (0, "", "nothing has changed\n")
    assert [each["titles"] for each in visits(mine)] == [{"en": "Supper"}]


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (["SUMMARY:Tea", "DTEND:later"], "its start, its end or its time zone cannot be read"),
        (["SUMMARY:Tea", "DTEND;VALUE=DATE:20231218"], "its start, its end or its time zone cannot be read"),
        (["SUMMARY:Tea", "DTSTART:20231218T100000Z"], "its start, its end or its time zone cannot be read"),
        (["SUMMARY:Tea", "DURATION:P" + "9" * 5_000 + "D"], "its start, its end or its time zone cannot be read"),
        (["SUMMARY:Tea", "RECURRENCE-ID:20231217T100000Z"], "it changes one date of a series"),
        (["SUMMARY:Tea", "X-KZFEST-NOTE:" + "a" * 20_001], "a text in it has 20001 characters; the limit is 20000"),
        (["SUMMARY:Tea", "LOCATION:" + "a" * 20_001], "a text in it has 20001 characters; the limit is 20000"),
    ],
    ids=lambda value: str(value)[:50],
)
def test_entry_of_ours_that_cannot_be_taken_is_named(mine: Run, tmp_path: Path, lines: list[str], reason: str) -> None:
    outcome = mine("itinerary", "import", put(tmp_path, calendar(own_entry(*lines))))

    assert (outcome.code, outcome.stdout) == (0, "")
    assert outcome.stderr.removesuffix("nothing has changed\n") == f"'Tea' in the file was ignored: {reason}\n"


def test_title_that_is_too_long_is_taken_by_nobody(mine: Run, tmp_path: Path) -> None:
    before = visits(mine)
    renamed = rebuilt(exported(mine), lambda event: event.update(SUMMARY="a" * 1_001))

    outcome = mine("itinerary", "import", put(tmp_path, renamed))

    assert "a text in it has 1001 characters; the limit is 1000" in outcome.stderr.splitlines()[0]
    assert (outcome.code, visits(mine)) == (0, before)


def test_same_sentence_is_told_once(mine: Run, tmp_path: Path) -> None:
    entry = own_entry("SUMMARY:Supper", start="DTSTART;VALUE=DATE:22000101")

    outcome = mine("itinerary", "import", put(tmp_path, calendar(*[entry] * 4_000)))

    assert outcome == (0, "", "'Supper' in the file was ignored: its dates are out of range\nnothing has changed\n")


def test_many_sentences_are_counted(mine: Run, tmp_path: Path) -> None:
    entries = [
        own_entry(f"SUMMARY:S{number}", uid=f"own.a{number}@own.kzfest.invalid", start="DTSTART;VALUE=DATE:22000101")
        for number in range(1_000)
    ]

    outcome = mine("itinerary", "import", put(tmp_path, calendar(*entries)))

    assert (len(outcome.stderr.splitlines()), outcome.stderr.splitlines()[50]) == (52, "and 950 more")


BERLIN = """\
format: 1
programme: {id: berlin, title: Berlin, timezone: Europe/Berlin, revised: 2023-12-01}
events:
  - id: show
    title: Show
    category: theatre
    showings:
      - {id: first, start: 2023-12-16 14:00, end: 2023-12-16 15:00}
      - {id: second, start: 2023-12-16 19:00, end: 2023-12-16 20:00}
"""


@pytest.fixture(name="berlin")
def _berlin(kzfest: Run, tmp_path: Path) -> Run:
    """Return a program with a programme of another zone, and a plan of its second showing and of dinner."""
    file = tmp_path / "berlin.yaml"
    file.write_text(BERLIN, encoding="utf-8")
    berlin = partial(kzfest, KZFEST_HOME=str(tmp_path / "berlin"), KZFEST_NOW="2023-12-10T12:00", KZFEST_DATA=str(file))
    berlin("itinerary", "add", "show", "--at", "19:00")
    berlin("itinerary", "add", "--own", "Dinner", "--on", "2023-12-16", "--at", "21:00", "--for", "1h")
    return berlin


def test_visit_that_comes_back_is_to_the_showing_of_its_hour(berlin: Run, tmp_path: Path) -> None:
    file = put(tmp_path, exported(berlin))
    berlin("itinerary", "clear")

    berlin("itinerary", "import", file)
    again = berlin("itinerary", "add", "show", "--at", "19:00")
    other = berlin("itinerary", "add", "show", "--at", "14:00")

    assert "is already planned on that day" in again.stderr
    assert (again.code, other.code, len(visits(berlin))) == (0, 0, 3)


def test_visits_come_back_by_their_own_clocks_without_their_programme(berlin: Run, kzfest: Run, tmp_path: Path) -> None:
    file = put(tmp_path, exported(berlin))
    before = [(each["start"], each["end"]) for each in visits(berlin)]
    elsewhere = partial(kzfest, KZFEST_HOME=str(tmp_path / "elsewhere"), KZFEST_NOW="2023-12-10T12:00")

    elsewhere("itinerary", "import", file)

    assert [(each["start"], each["end"]) for each in visits(elsewhere)] == before
    assert before[1] == ("2023-12-16T21:00:00+01:00", "2023-12-16T22:00:00+01:00")


def test_appointment_that_was_rewritten_in_utc_is_by_the_clocks_of_the_programme(berlin: Run, tmp_path: Path) -> None:
    def in_utc(event: Any) -> None:
        event.DTSTART, event.DTEND = (each.astimezone(UTC) for each in (event.DTSTART, event.DTEND))

    file = put(tmp_path, rebuilt(exported(berlin), in_utc))
    berlin("itinerary", "clear")

    berlin("itinerary", "import", file)

    assert [each["start"] for each in visits(berlin)] == ["2023-12-16T19:00:00+01:00", "2023-12-16T21:00:00+01:00"]
