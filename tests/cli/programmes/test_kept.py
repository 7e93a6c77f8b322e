"""Programmes that the user keeps: `kzfest programmes add`, `update`, `changes` and the others."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from tests.cli.programmes.conftest import TALKS, schedule

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.programmes.conftest import Run

MOVED = {**TALKS, "Concert": "18:00"}


def listed(mine: Run, *args: str) -> list[dict[str, Any]]:
    """Return the events that a list has."""
    code, stdout, stderr = mine("list", *args, "-f", "json")
    assert code == 0, stderr
    found: list[dict[str, Any]] = json.loads(stdout)["events"]
    return found


def told(mine: Run, *args: str) -> list[tuple[list[str], str]]:
    """Return the kinds and titles of the changes that a command tells."""
    code, stdout, stderr = mine("programmes", *args, "-f", "json")
    assert code == 0, stderr
    return [(each["kinds"], each["title"]) for each in json.loads(stdout)["changes"]]


def test_programme_is_kept_under_its_id(mine: Run, file: Path) -> None:
    outcome = mine("programmes", "add", str(file), "--quiet")
    file.unlink()

    assert outcome == (0, "", "")
    assert [each["title"] for each in listed(mine, "-p", "fair")] == list(TALKS)


def test_programme_on_standard_input_is_kept(mine: Run, file: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "kzfest", "-q", "programmes", "add", "-", "--name", "fair"],
        input=file.read_bytes(),
        env=os.environ | {"KZFEST_HOME": str(tmp_path / "home")},
        capture_output=True,
        check=False,
    )

    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert len(listed(mine, "-p", "fair")) == len(TALKS)
    assert mine("programmes", "update", "fair")[0] == 2


def test_update_tells_what_changed_and_what_is_planned(mine: Run, file: Path) -> None:
    mine("programmes", "add", str(file))
    mine("-p", "fair", "itinerary", "add", "concert")
    file.write_text(schedule(Opening="10:00", Ballet="12:00", Concert="18:00"), encoding="utf-8")

    code, stdout, stderr = mine("programmes", "update", "fair")

    assert (code, "Concert · in your plan" in stdout, "itinerary check" in stderr) == (0, True, True)
    assert told(mine, "changes", "fair") == [(["new"], "Ballet"), (["moved"], "Concert"), (["gone"], "Dance")]


def test_update_by_another_file(mine: Run, file: Path, tmp_path: Path) -> None:
    mine("programmes", "add", str(file))
    other = tmp_path / "other.xml"
    other.write_text(schedule(**MOVED), encoding="utf-8")

    assert told(mine, "update", str(other)) == [(["moved"], "Concert")]
    assert told(mine, "update", "fair", str(file)) == [(["moved"], "Concert")]
    assert told(mine, "update", "fair") == []


def test_changes_since_a_day(mine: Run, file: Path) -> None:
    mine("programmes", "add", str(file))
    for day, hour in ((11, "18:00"), (12, "17:00")):
        file.write_text(schedule(**{**TALKS, "Concert": hour}), encoding="utf-8")
        mine("programmes", "update", now=f"2024-01-{day}T12:00")

    def reads(*args: str) -> list[str]:
        document = json.loads(mine("programmes", "changes", *args, "-f", "json")[1])
        return [each["read"] for each in document["changes"]]

    assert reads() == reads("--since", "last") == reads("--since", "2024-01-12") == ["2024-01-12T12:00:00+06:00"]
    assert reads("--since", "2024-01-01") == ["2024-01-11T12:00:00+06:00", "2024-01-12T12:00:00+06:00"]
    assert reads("--since", "2024-01-13") == []


def test_visits_are_the_same_in_another_format(mine: Run, file: Path, tmp_path: Path) -> None:
    mine("programmes", "add", str(file))
    mine("-p", "fair", "itinerary", "add", "opening", "concert")
    entries = "".join(
        f"BEGIN:VEVENT\nUID:{title}@new\nSUMMARY:{title}\nLOCATION:Hall\\, Almaty\nDTSTART:20231216T{hour[:2]}0000\n"
        "END:VEVENT\n"
        for title, hour in TALKS.items()
    )
    calendar = tmp_path / "feed.ics"
    calendar.write_text(f"BEGIN:VCALENDAR\nX-WR-TIMEZONE:Asia/Almaty\n{entries}END:VCALENDAR\n", encoding="utf-8")

    changed = told(mine, "update", "fair", str(calendar))
    visits = json.loads(mine("itinerary", "-f", "json")[1])["visits"]

    assert (changed, [each["state"] for each in visits]) == ([], ["same", "same"])


def test_visit_that_is_over_is_not_missed_when_the_feed_drops_it(mine: Run, file: Path) -> None:
    mine("programmes", "add", str(file))
    mine("-p", "fair", "itinerary", "add", "opening")
    file.write_text(schedule(Dance="12:00", Concert="19:00").replace("2023-12-16", "2023-12-20"), encoding="utf-8")
    mine("programmes", "update")

    def states(now: str) -> list[str]:
        return [each["state"] for each in json.loads(mine("itinerary", "-f", "json", now=now)[1])["visits"]]

    assert (states("2023-12-18T12:00"), states("2023-12-10T12:00")) == (["same"], ["gone"])
    assert mine("itinerary", "check", now="2023-12-18T12:00")[:2] == (0, "")


def test_list_knows_the_changes_of_updates(mine: Run, file: Path) -> None:
    mine("programmes", "add", str(file))
    file.write_text(schedule(**MOVED), encoding="utf-8")
    mine("programmes", "update", now="2024-01-11T12:00")

    changed = listed(mine, "-p", "fair", "--changed-since", "last")

    assert [(each["title"], each["changed"], each["revision"]) for each in changed] == [("Concert", "2024-01-11", 1)]
    assert listed(mine, "-p", "fair", "--changed-since", "2024-01-12") == []
    assert mine("-p", "fair", "list", "--changed-since", "last")[2] == ""


def test_last_update_is_of_a_kept_programme_only(mine: Run) -> None:
    code, stdout, stderr = mine("list", "--changed-since", "last")

    assert (code, stdout, stderr.count("\n")) == (2, "", 1)


def test_calendar_entries_keep_their_uids_and_raise_sequence_for_what_moved(
    mine: Run, file: Path, tmp_path: Path
) -> None:
    def entries(*args: str) -> dict[str, tuple[str, int]]:
        calendar = tmp_path / "plan.ics"
        assert mine("-p", "fair", *args, "-o", str(calendar))[0] == 0
        lines = calendar.read_text(encoding="utf-8").replace("\r\n ", "").splitlines()
        return by_title(lines)

    mine("programmes", "add", str(file))
    mine("-p", "fair", "itinerary", "add", "concert", "dance")
    before = entries("itinerary", "export"), entries("export")
    file.write_text(schedule(**MOVED), encoding="utf-8")
    mine("programmes", "update", now="2024-01-11T12:00")
    after = entries("itinerary", "export"), entries("export")
    changed = entries("itinerary", "export", "--changed-since", "last"), entries("export", "--changed-since", "last")

    for old, new in zip(before, after, strict=True):
        assert {title: uid for title, (uid, _sequence) in new.items()} == {
            title: uid for title, (uid, _sequence) in old.items()
        }
        risen = {title for title, (_uid, sequence) in new.items() if sequence > old[title][1]}
        assert risen == {"Concert"}
    assert [set(each) for each in changed] == [{"Concert"}, {"Concert"}]


def by_title(lines: list[str]) -> dict[str, tuple[str, int]]:
    """Return the UID and the SEQUENCE of each entry in the *lines* of a calendar, by its title."""
    found: dict[str, tuple[str, int]] = {}
    values: dict[str, str] = {}
    for line in lines:
        name, _colon, value = line.partition(":")
        values[name.partition(";")[0]] = value
        if line == "END:VEVENT":
            found[values["SUMMARY"]] = values["UID"], int(values.get("SEQUENCE", "0"))
    return found


def test_renamed_programme_keeps_its_visits(mine: Run, file: Path) -> None:
    mine("programmes", "add", str(file))
    mine("-p", "fair", "itinerary", "add", "concert")

    outcome = mine("programmes", "rename", "fair", "summer", "--quiet")
    visits = json.loads(mine("itinerary", "-f", "json")[1])["visits"]

    assert outcome == (0, "", "")
    assert [(each["title"], each["state"]) for each in visits] == [("Concert", "same")]
    assert len(listed(mine, "-p", "summer")) == len(TALKS)


def test_removed_programme_is_restored(mine: Run, file: Path) -> None:
    mine("programmes", "add", str(file))

    removed = mine("programmes", "remove", "fair", "--quiet")
    absent = mine("-p", "fair", "list")
    restored = mine("programmes", "restore", "fair", "--quiet")

    assert (removed, absent[0], restored) == ((0, "", ""), 3, (0, "", ""))
    assert len(listed(mine, "-p", "fair")) == len(TALKS)


def test_visits_say_that_their_programme_was_removed(mine: Run, file: Path) -> None:
    mine("programmes", "add", str(file))
    mine("-p", "fair", "itinerary", "add", "concert")
    mine("programmes", "remove", "fair")

    assert "kzfest programmes restore fair" in mine("itinerary", "check")[1]


def test_default_programme_is_used_without_a_name(mine: Run, file: Path) -> None:
    mine("programmes", "add", str(file))
    mine("programmes", "default", "fair")
    mine("itinerary", "add", "concert")

    plan = mine("itinerary")
    document = json.loads(mine("programmes", "-f", "json")[1])["programmes"]
    used = [each["id"] for each in document if each["default"]]
    titles = [each["title"] for each in listed(mine)]
    mine("programmes", "default", "astana")

    assert (titles, used) == (list(TALKS), ["fair"])
    assert "--programme" not in plan[1] + plan[2]
    assert len(listed(mine)) > len(TALKS)


def test_programmes_tell_where_a_kept_one_comes_from(mine: Run, file: Path) -> None:
    mine("programmes", "add", str(file), "--name", "mine")

    (kept,) = (each for each in json.loads(mine("programmes", "-f", "json")[1])["programmes"] if each["kept"])

    assert {key: kept[key] for key in ("id", "title", "events", "by_id", "source", "read")} == {
        "id": "mine",
        "title": "Fair",
        "events": 3,
        "by_id": True,
        "source": str(file),
        "read": "2024-01-10T12:00:00+06:00",
    }


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (["add", "{file}", "--name", "Astana"], 2),
        (["add", "{file}", "--name", "astana"], 2),
        (["add", "missing.xml"], 1),
        (["update"], 3),
        (["update", "fair"], 3),
        (["changes"], 3),
        (["rename", "fair", "other"], 3),
        (["remove", "fair"], 3),
        (["restore", "fair"], 3),
        (["default", "fair"], 3),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_is_one_sentence(mine: Run, file: Path, args: list[str], code: int) -> None:
    outcome = mine("programmes", *(each.format(file=file) for each in args), "--quiet")

    assert (outcome[0], outcome[1], outcome[2].count("\n")) == (code, "", 1)


def test_options_of_reading_and_a_clock_go_together(mine: Run, file: Path) -> None:
    mine("programmes", "add", str(file))

    codes = [
        mine(*args, "--zone", "Asia/Almaty", "--now", "2024-01-10", "-f", "json")[0]
        for args in (["programmes", "update", "fair"], ["check", str(file)], ["diff", str(file), str(file)])
    ]

    assert codes == [0, 0, 0]
    assert mine("list", "--zone", "Asia/Almaty")[0] == 2
