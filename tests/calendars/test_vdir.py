"""`--vdir`: a folder of one file an entry, shared with other programs, in which no file of theirs is touched."""

from __future__ import annotations

import json
import os
import shutil
import sys
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest
from icalendar import Calendar

from kzfest.calendars.vdir import NOTES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run: TypeAlias = "Callable[..., Any]"

DINNER = "own.dnnr2@own.kzfest.invalid.ics"
DIALOGUE = "visit.dlg22.dialogue@astana.kzfest.invalid.ics"
TOKEN = (
    "kzf1:eNpdjMEKwjAQRP9lzismxap4K_gXYQ8LCTWQrtCkhyL-u2l6KMjAHIZ5z2GSqCDnILmICghDjnIe0iRlBZPTJaW_kbe_T2PXgQzdb70l-CjpPS6hCkCNaWVq"
    "8JJ8ylVeNh-86lxBu4PH1dqLoatpyLF-EBQPPKNqmPFl5h_F_Dd2"
)
"""Two visits on 17 December 2023: to the exhibition Dialogue at any time, and dinner at 19:00."""


@pytest.fixture(name="mine")
def _mine(kzfest: Run) -> Run:
    """Return a function that runs the program with two visits in the itinerary."""
    assert kzfest("itinerary", "merge", TOKEN).code == 0
    return kzfest


@pytest.fixture(name="export")
def _export(mine: Run, tmp_path: Path) -> Run:
    """Return a function that brings the folder up to date, and gives what is said of it, without the first line."""

    def export(*options: str) -> list[str]:
        code, stdout, stderr = mine("itinerary", *options, "export", "--vdir", str(tmp_path / "vdir"))
        assert (code, stdout) == (0, "")
        return list(stderr.splitlines()[1:])

    return export


@pytest.fixture(name="vdir")
def _vdir(tmp_path: Path) -> Path:
    return tmp_path / "vdir"


def names(vdir: Path) -> list[str]:
    return sorted(file.name for file in vdir.iterdir())


def state(vdir: Path) -> dict[str, tuple[int, int, bytes]]:
    """Return what tells whether files were written again."""
    return {
        file.name: (file.stat().st_ino, file.stat().st_mtime_ns, file.read_bytes())
        for file in vdir.iterdir()
        if file.name != NOTES
    }


def rewrite(file: Path, *, hours: int, sequence: int) -> bytes:
    """Change an appointment as khal does: everything written anew, moved, its SEQUENCE raised; return the bytes."""
    calendar = Calendar.from_ical(file.read_bytes())
    event: Any = calendar.walk("VEVENT")[0]
    event.DTSTART, event.DTEND = event.DTSTART + timedelta(hours=hours), event.DTEND + timedelta(hours=hours)
    event["SEQUENCE"] = sequence
    event.add("x-khal", "was here")
    file.write_bytes(calendar.to_ical().replace(b"\r\n", b"\n"))
    return file.read_bytes()


def start_in(file: Path) -> str:
    event: Any = Calendar.from_ical(file.read_bytes()).walk("VEVENT")[0]
    return str(event.start.isoformat())


def test_each_visit_has_a_file_named_for_ever(export: Run, vdir: Path) -> None:
    told = export()

    events = {name: Calendar.from_ical((vdir / name).read_bytes()).walk("VEVENT") for name in (DIALOGUE, DINNER)}
    assert told == ["2 written, 0 unchanged, 0 removed"]
    assert names(vdir) == [NOTES, DINNER, DIALOGUE]
    assert {name: [f"{each['UID']}.ics" for each in found] for name, found in events.items()} == {
        DIALOGUE: [DIALOGUE],
        DINNER: [DINNER],
    }


def test_first_line_tells_how_many_entries_are_where(mine: Run, vdir: Path) -> None:
    assert mine("itinerary", "export", "--vdir", str(vdir)).stderr.splitlines()[0] == f"2 entries in {vdir}"


def test_folder_is_made_with_those_around_it(mine: Run, tmp_path: Path) -> None:
    mine("itinerary", "export", "--vdir", str(tmp_path / "a" / "b"))

    assert names(tmp_path / "a" / "b") == [NOTES, DINNER, DIALOGUE]


def test_second_run_writes_nothing(export: Run, vdir: Path) -> None:
    export()
    before = state(vdir)

    told = export()

    assert told == ["0 written, 2 unchanged, 0 removed"]
    assert state(vdir) == before


def test_changed_visit_alone_is_written(mine: Run, export: Run, vdir: Path) -> None:
    export()
    before = state(vdir)
    mine("itinerary", "edit", "dnnr2", "--at", "21:00")

    told = export()

    assert told == ["1 written, 1 unchanged, 0 removed"]
    assert state(vdir)[DIALOGUE] == before[DIALOGUE]
    assert start_in(vdir / DINNER) == "2023-12-17T21:00:00+06:00"


def test_removed_visit_takes_its_file_along(mine: Run, export: Run, vdir: Path) -> None:
    export()
    mine("itinerary", "remove", "dlg22")

    told = export()

    assert told == ["0 written, 1 unchanged, 1 removed"]
    assert names(vdir) == [NOTES, DINNER]


def test_cleared_itinerary_leaves_what_others_put_there(mine: Run, export: Run, vdir: Path) -> None:
    export()
    theirs = {"theirs.ics": "BEGIN", f"{DINNER}.bak": "old", "color": "#ff0000", "displayname": "Trip"}
    for name, text in theirs.items():
        (vdir / name).write_text(text, encoding="utf-8")
    (vdir / "folder.ics").mkdir()
    mine("itinerary", "clear")

    told = export()

    assert told == ["0 written, 0 unchanged, 2 removed"]
    assert names(vdir) == sorted([NOTES, "folder.ics", *theirs])
    assert {name: (vdir / name).read_text(encoding="utf-8") for name in theirs} == theirs


def test_undone_removal_brings_the_file_back(mine: Run, export: Run, vdir: Path) -> None:
    export()
    mine("itinerary", "remove", "dlg22")
    export()
    mine("itinerary", "undo")

    assert export() == ["1 written, 1 unchanged, 0 removed"]
    assert names(vdir) == [NOTES, DINNER, DIALOGUE]


def test_file_that_another_program_deleted_comes_back(export: Run, vdir: Path) -> None:
    export()
    (vdir / DINNER).unlink()

    assert export() == ["1 written, 1 unchanged, 0 removed"]
    assert names(vdir) == [NOTES, DINNER, DIALOGUE]


def test_file_of_our_name_that_we_did_not_write_is_left(export: Run, vdir: Path) -> None:
    vdir.mkdir()
    (vdir / DINNER).write_bytes(b"theirs")

    told = export()

    assert told == [
        "1 written, 0 unchanged, 0 removed",
        f"skipped, because another program has changed it: {DINNER}",
    ]
    assert (vdir / DINNER).read_bytes() == b"theirs"


@pytest.mark.parametrize("sequence", [0, 1, 7])
def test_file_that_khal_changed_is_left(export: Run, vdir: Path, sequence: int) -> None:
    export()
    theirs = rewrite(vdir / DINNER, hours=1, sequence=sequence)

    told = [export(), export()]

    assert (
        told
        == [["0 written, 1 unchanged, 0 removed", f"skipped, because another program has changed it: {DINNER}"]] * 2
    )
    assert (vdir / DINNER).read_bytes() == theirs


def test_file_that_khal_changed_is_left_when_its_visit_goes(mine: Run, export: Run, vdir: Path) -> None:
    export()
    theirs = rewrite(vdir / DINNER, hours=1, sequence=1)
    mine("itinerary", "clear")

    told = export()

    assert told == [
        "0 written, 0 unchanged, 1 removed",
        f"skipped, because another program has changed it: {DINNER}",
    ]
    assert (vdir / DINNER).read_bytes() == theirs


def test_change_of_ours_waits_for_the_import_of_theirs(mine: Run, export: Run, vdir: Path) -> None:
    export()
    rewrite(vdir / DINNER, hours=1, sequence=1)

    mine("itinerary", "edit", "dnnr2", "--at", "21:00")
    told = [export()[0]]
    mine("itinerary", "import", str(vdir))
    mine("itinerary", "edit", "dnnr2", "--at", "22:00")
    told += [export()[0]]

    assert told == ["0 written, 1 unchanged, 0 removed", "1 written, 1 unchanged, 0 removed"]
    assert start_in(vdir / DINNER) == "2023-12-17T22:00:00+06:00"


@pytest.mark.parametrize("sequence", [0, 1, 7])
def test_change_of_khal_that_was_imported_is_carried_on(mine: Run, export: Run, vdir: Path, sequence: int) -> None:
    export()
    rewrite(vdir / DINNER, hours=1, sequence=sequence)

    taken = mine("itinerary", "import", str(vdir))
    told = [export(), export()]

    assert taken.code == 0
    assert told == [["1 written, 1 unchanged, 0 removed"], ["0 written, 2 unchanged, 0 removed"]]
    [event] = Calendar.from_ical((vdir / DINNER).read_bytes()).walk("VEVENT")
    assert (start_in(vdir / DINNER), event["SEQUENCE"]) == ("2023-12-17T20:00:00+06:00", sequence + 1)


def test_entry_that_khal_deleted_is_told_by_import_until_its_visit_is_removed(
    mine: Run, export: Run, vdir: Path
) -> None:
    export()
    (vdir / DINNER).unlink()

    told = [mine("itinerary", "import", str(vdir)).stderr]
    mine("itinerary", "remove", "dnnr2")
    told += [mine("itinerary", "import", str(vdir)).stderr]

    missing = (
        f"'Dinner' is no longer in {vdir}: `kzfest itinerary remove dnnr2` removes the visit, "
        "or the next `export --vdir` writes it there again\n"
    )
    assert told == [f"{missing}nothing has changed\n", "nothing has changed\n"]
    assert export() == ["0 written, 1 unchanged, 1 removed"]


def test_last_entry_that_khal_deleted_is_told_too(mine: Run, export: Run, vdir: Path) -> None:
    export()
    for name in (DINNER, DIALOGUE):
        (vdir / name).unlink()

    code, _stdout, stderr = mine("itinerary", "import", str(vdir))

    assert (code, stderr.count(f" is no longer in {vdir}: ")) == (3, 2)


def test_damaged_file_is_left(export: Run, vdir: Path) -> None:
    export()
    (vdir / DINNER).write_bytes(b"BEGIN:VCALENDAR\r\n")

    assert export()[0] == "0 written, 1 unchanged, 0 removed"
    assert (vdir / DINNER).read_bytes() == b"BEGIN:VCALENDAR\r\n"


SPOILT = [
    b"",
    b"{",
    b"[]",
    b"null",
    b"\xff\xfe",
    b'{"itinerary main": []}',
    b'{"itinerary main": {"a.ics": 1}}',
    b'{"itinerary main": {"../outside.ics": "x"}}',
    b'{"itinerary main": {"a\\u0000b@x.kzfest.invalid.ics": "x"}}',
    b'{"itinerary main": {"": "x"}}',
    b'{"itinerary main": {"..": "x"}}',
    b'{"itinerary main": {"foreign.ics": "x"}}',
    b"[" * 200_000,
]


@pytest.mark.parametrize("content", [None, *SPOILT])
def test_without_its_notes_nothing_there_is_ours(mine: Run, export: Run, vdir: Path, content: bytes | None) -> None:
    export()
    old = (vdir / DINNER).read_bytes()
    (vdir / NOTES).unlink()
    if content is not None:
        (vdir / NOTES).write_bytes(content)
    mine("itinerary", "edit", "dnnr2", "--at", "21:00")

    told = export()

    assert told == [
        "0 written, 1 unchanged, 0 removed",
        f"skipped, because another program has changed it: {DINNER}",
    ]
    assert (vdir / DINNER).read_bytes() == old


def test_files_that_are_as_we_would_write_them_are_ours_again(mine: Run, export: Run, vdir: Path) -> None:
    export()
    (vdir / NOTES).unlink()
    export()
    mine("itinerary", "clear")

    assert export() == ["0 written, 0 unchanged, 2 removed"]
    assert names(vdir) == [NOTES]


def test_notes_reach_no_file_outside_the_folder(export: Run, vdir: Path, tmp_path: Path) -> None:
    export()
    outside = tmp_path / "outside.ics"
    shutil.copy(vdir / DINNER, outside)
    notes = json.loads((vdir / NOTES).read_bytes())
    ((source, ours),) = notes.items()
    digest = ours[DINNER]
    (vdir / NOTES).write_text(json.dumps({source: {"../outside.ics": digest, str(outside): digest}}))

    export()

    assert outside.exists()


def test_each_source_minds_its_own_files(mine: Run, export: Run, vdir: Path) -> None:
    export()
    mine("itinerary", "--itinerary", "family", "add", "now-i-see-you", "--on", "2023-12-16")
    export("--itinerary", "family")
    mine("export", "--category", "circus", "--vdir", str(vdir))
    before = names(vdir)

    mine("itinerary", "--itinerary", "family", "clear")
    told = [export(), export("--itinerary", "family")]
    events = mine("export", "--category", "ballet", "--on", "2023-12-20", "--vdir", str(vdir))

    assert len(before) == len([NOTES, DIALOGUE, DINNER, "now-i-see-you", "circus", "circus"])
    assert told == [["0 written, 2 unchanged, 0 removed"], ["0 written, 0 unchanged, 1 removed"]]
    assert "2 removed" in events.stderr
    assert names(vdir) == [NOTES, DINNER, DIALOGUE]


def test_nothing_to_write_makes_no_folder(mine: Run, vdir: Path) -> None:
    outcome = mine("itinerary", "--itinerary", "empty", "export", "--vdir", str(vdir))

    assert (outcome.code, outcome.stdout, outcome.stderr.splitlines()[0]) == (
        0,
        "",
        "no entries to write, so no calendar was created",
    )
    assert not vdir.exists()


def test_folder_without_a_name_is_refused(mine: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    before = names(tmp_path)

    code, stdout, stderr = mine("itinerary", "export", "--vdir", "")

    assert (code, stdout, names(tmp_path)) == (2, "", before)
    assert stderr == ("kzfest: Invalid value for '--vdir': the name is empty. See `kzfest itinerary export --help`.\n")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows gives links to administrators only")
def test_link_that_leads_nowhere_is_no_folder(mine: Run, vdir: Path) -> None:
    vdir.symlink_to("nowhere")

    assert mine("itinerary", "export", "--vdir", str(vdir)) == (
        1,
        "",
        f"kzfest: {vdir} is not a folder; --vdir takes one\n",
    )


def test_event_with_a_name_longer_than_files_have_is_written(
    kzfest: Run, programme: Callable[..., str], vdir: Path
) -> None:
    ids = [f"{'long-' * 60}{end}" for end in ("a", "b")]
    events = "".join(f"  - {{id: {key}, title: Long, category: fair, start: 2023-12-16}}\n" for key in ids)
    data = programme(events)

    told = [kzfest("--data", data, "export", "--vdir", str(vdir)).stderr.splitlines()[-1] for _twice in range(2)]
    uids = {str(Calendar.from_ical(file.read_bytes()).walk("VEVENT")[0]["UID"]) for file in vdir.glob("*.ics")}

    assert told == ["2 written, 0 unchanged, 0 removed", "0 written, 2 unchanged, 0 removed"]
    assert uids == {f"{key}@village.kzfest.invalid" for key in ids}


def test_file_in_the_place_of_the_folder_is_refused(mine: Run, vdir: Path) -> None:
    vdir.write_text("mine", encoding="utf-8")

    assert mine("itinerary", "export", "--vdir", str(vdir)) == (
        1,
        "",
        f"kzfest: {vdir} is not a folder; --vdir takes one\n",
    )
    assert vdir.read_text(encoding="utf-8") == "mine"


def test_what_was_written_before_trouble_is_ours(mine: Run, export: Run, vdir: Path) -> None:
    (vdir / DINNER).mkdir(parents=True)
    failed = mine("itinerary", "export", "--vdir", str(vdir))
    (vdir / DINNER).rmdir()
    mine("itinerary", "edit", "dlg22", "--note", "Go early")

    told = export()

    assert (failed.code, failed.stdout) == (1, "")
    assert f"{DINNER} is a folder" in " ".join(failed.stderr.split())
    assert told == ["2 written, 0 unchanged, 0 removed"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows gives links to administrators only")
def test_link_is_not_followed(mine: Run, vdir: Path, tmp_path: Path) -> None:
    vdir.mkdir()
    (tmp_path / "target").write_bytes(b"mine")
    (vdir / DINNER).symlink_to(tmp_path / "target")

    outcome = mine("itinerary", "export", "--vdir", str(vdir))

    assert (tmp_path / "target").read_bytes() == b"mine"
    assert (outcome.code, (vdir / DINNER).is_symlink()) == (0, True)


def test_foreign_file_that_the_notes_name_is_left(export: Run, vdir: Path) -> None:
    export()
    (vdir / "foreign.ics").write_bytes(b"theirs")
    notes = json.loads((vdir / NOTES).read_bytes())
    (source,) = notes
    notes[source]["foreign.ics"] = sha256(b"theirs").hexdigest()
    (vdir / NOTES).write_text(json.dumps(notes), encoding="utf-8")

    assert export() == ["0 written, 2 unchanged, 0 removed"]
    assert (vdir / "foreign.ics").read_bytes() == b"theirs"


def test_two_homes_leave_each_other_alone(mine: Run, export: Run, vdir: Path, tmp_path: Path) -> None:
    home = str(tmp_path / "other")
    mine("itinerary", "add", "--own", "Tea", "--on", "2023-12-16", KZFEST_HOME=home)

    export()
    told = [mine("itinerary", "export", "--vdir", str(vdir), KZFEST_HOME=home).stderr.splitlines()[1], export()[0]]

    assert told == ["1 written, 0 unchanged, 0 removed", "0 written, 2 unchanged, 0 removed"]
    assert len(names(vdir)) == len([NOTES, DINNER, DIALOGUE, "tea"])


def test_entry_that_two_homes_have_stays_until_both_have_removed_it(
    mine: Run, export: Run, vdir: Path, tmp_path: Path
) -> None:
    def other(*args: str) -> str:
        return str(mine("itinerary", *args, KZFEST_HOME=str(tmp_path / "other")).stderr).splitlines()[-1]

    export()
    other("merge", TOKEN)
    told = [other("export", "--vdir", str(vdir))]
    mine("itinerary", "clear")
    told += export()
    other("clear")
    told.append(other("export", "--vdir", str(vdir)))

    assert told == [
        "0 written, 2 unchanged, 0 removed",
        "0 written, 0 unchanged, 0 removed",
        "0 written, 0 unchanged, 2 removed",
    ]
    assert names(vdir) == [NOTES]


def test_two_programmes_of_one_id_leave_each_other_alone(kzfest: Run, tmp_path: Path, vdir: Path) -> None:
    told = []
    for year in ("2022", "2023", "2022"):
        (tmp_path / year).mkdir(exist_ok=True)
        (tmp_path / year / "v.yaml").write_text(
            f"format: 1\nprogramme: {{id: v, title: V, timezone: Asia/Almaty, revised: {year}-01-01}}\n"
            f"events:\n  - {{id: tea-{year}, title: Tea, category: fair, city: X, start: {year}-12-16}}\n",
            encoding="utf-8",
        )
        outcome = kzfest("--data", str(tmp_path / year / "v.yaml"), "export", "--vdir", str(vdir))
        told.append(outcome.stderr.splitlines()[-1])

    assert told == [
        "1 written, 0 unchanged, 0 removed",
        "1 written, 0 unchanged, 0 removed",
        "0 written, 1 unchanged, 0 removed",
    ]


def test_files_that_an_older_kzfest_wrote_are_taken_over(mine: Run, export: Run, vdir: Path) -> None:
    export()
    ((_source, ours),) = json.loads((vdir / NOTES).read_bytes()).items()
    (vdir / NOTES).write_text(json.dumps({"itinerary main": ours}), encoding="utf-8")
    mine("itinerary", "edit", "dnnr2", "--at", "21:00")

    told = [export()]
    mine("itinerary", "clear")
    told.append(export())

    assert told == [["1 written, 1 unchanged, 0 removed"], ["0 written, 0 unchanged, 2 removed"]]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such pipes, and gives links to administrators only")
@pytest.mark.parametrize("put", [os.mkfifo, lambda file: file.symlink_to("nowhere")], ids=["pipe", "link"])
def test_what_is_no_plain_file_is_neither_read_nor_removed(
    mine: Run, export: Run, vdir: Path, put: Callable[[Path], None]
) -> None:
    export()
    (vdir / DINNER).unlink()
    put(vdir / DINNER)
    left = f"skipped, because another program has changed it: {DINNER}"

    told = [export()]
    mine("itinerary", "remove", "dnnr2")
    told.append(export())

    assert told == [["0 written, 1 unchanged, 0 removed", left]] * 2
    assert os.path.lexists(vdir / DINNER)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such pipes")
def test_notes_that_are_a_pipe_are_not_waited_for(mine: Run, vdir: Path) -> None:
    vdir.mkdir()
    os.mkfifo(vdir / NOTES)

    code, stdout, stderr = mine("itinerary", "export", "--vdir", str(vdir))

    assert (code, stdout) == (1, "")
    assert " ".join(stderr.split()) == f"kzfest: {vdir / NOTES} is not a regular file; name another file"
