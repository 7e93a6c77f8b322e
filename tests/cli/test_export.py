"""`kzfest export` and `kzfest itinerary export`: what goes into a calendar file, and what is said of the rest."""

from __future__ import annotations

import re
import shutil
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest
from icalendar import Calendar

if TYPE_CHECKING:
    from collections.abc import Callable

    Run: TypeAlias = "Callable[..., Any]"

OUTLOOK = (
    "Outlook duplicates existing events: import into a new calendar, or export only what is new (--changed-since)\n"
)
UNDONE = "the visits have new ids; to undo: `kzfest itinerary undo`\n"
WEEK = """\
  - {id: tea, title: Tea, category: fair, start: 2023-12-05, changed: 2023-12-01}
  - {id: dance, title: Dance, category: concert, start: 2023-12-06 19:00, changed: 2023-12-05, revision: 1}
  - {id: off, title: Off, category: concert, start: 2023-12-07 19:00, status: cancelled, changed: 2023-12-06}
  - {id: always, title: Always, category: monument, when: permanent}
  - {id: someday, title: Someday, category: concert, when: unannounced}
  - {id: told, title: Told, category: concert, reported: 2023-12-05}
"""


@pytest.fixture(name="mine")
def _mine(kzfest: Run, warm_home: Path, tmp_path: Path) -> Run:
    """Return a function that runs the program with itineraries of its own, on 10 December 2023."""
    kzfest("venues")
    home = tmp_path / "home"
    shutil.copytree(warm_home / "cache", home / "cache")
    return partial(kzfest, KZFEST_HOME=str(home), KZFEST_NOW="2023-12-10T12:00")


def uids(data: str | bytes | Path) -> list[str]:
    content = data.read_bytes() if isinstance(data, Path) else data
    return [str(each["UID"]) for each in Calendar.from_ical(content).walk("VEVENT")]


def test_file_has_what_was_asked_and_the_rest_is_told(
    kzfest: Run, tmp_path: Path, programme: Callable[..., str]
) -> None:
    file = tmp_path / "week.ics"

    outcome = kzfest("--data", programme(WEEK), "export", "-o", str(file))

    assert outcome == (
        0,
        "",
        (
            f"3 entries in {file}\n"
            "left out, permanent, so without a date: Always\n"
            "2 events without a known date are left out; --undated lists them\n"
        ),
    )
    assert uids(file) == [f"{name}@village.kzfest.invalid" for name in ("tea", "dance", "off")]


@pytest.mark.parametrize("where", [[], ["-o", "-"], ["-f", "ics"], ["-f", "ics", "-o", "-"]])
def test_without_a_file_the_calendar_is_the_output(
    kzfest: Run, tmp_path: Path, programme: Callable[..., str], where: list[str]
) -> None:
    data, file = programme(WEEK), tmp_path / "week.ics"
    where = [*where, "-f", "ics"] if where == ["-o", "-"] else where

    kzfest("--data", data, "export", "-o", str(file))
    code, stdout, stderr = kzfest("--data", data, "export", *where)

    assert (code, stdout.encode()) == (0, file.read_bytes())
    assert stderr.splitlines()[0] == "3 entries"


@pytest.mark.parametrize(
    "question",
    [["december"], ["--on", "2023-12-17"], ["--category", "concert", "--city", "Astana"], ["-s", "new year"]],
)
def test_list_makes_the_same_calendar(kzfest: Run, question: list[str]) -> None:
    assert kzfest("list", *question, "-f", "ics") == kzfest("export", *question)


def test_day_has_only_the_showings_that_touch_it(kzfest: Run) -> None:
    assert uids(kzfest("export", "--on", "2024-01-02", "-s", "yakutia").stdout) == [
        "yakutia-circus.2024-01-02@astana.kzfest.invalid"
    ]


def test_card_makes_a_calendar_of_one_event(kzfest: Run) -> None:
    assert uids(kzfest("show", "yakutia-circus", "-f", "ics").stdout) == [
        "yakutia-circus.2023-12-30@astana.kzfest.invalid",
        "yakutia-circus.2024-01-02@astana.kzfest.invalid",
    ]


@pytest.mark.parametrize("question", [["--on", "2023-11-11"], ["--undated"], ["--category", "monument"]])
def test_nothing_to_write_leaves_what_is_there(
    kzfest: Run, tmp_path: Path, programme: Callable[..., str], question: list[str]
) -> None:
    data, old, new = programme(WEEK), tmp_path / "old.ics", tmp_path / "new.ics"
    old.write_text("old", encoding="utf-8")

    outcomes = [kzfest("--data", data, "export", *question, "-o", str(file)) for file in (old, new)]
    printed = kzfest("--data", data, "export", *question)

    assert [(each.code, each.stdout) for each in (*outcomes, printed)] == [(0, "")] * 3
    assert {each.stderr.splitlines()[0] for each in (*outcomes, printed)} == {
        "no entries to write, so no calendar was created"
    }
    assert (old.read_text(encoding="utf-8"), new.exists()) == ("old", False)


def test_nothing_to_write_says_what_was_left_out(kzfest: Run, programme: Callable[..., str]) -> None:
    assert kzfest("--data", programme(WEEK), "export", "--undated") == (
        0,
        "",
        "no entries to write, so no calendar was created\nleft out, without a known date: Someday; Told\n",
    )


@pytest.mark.parametrize("command", [["export"], ["itinerary", "export"]])
def test_what_outlook_does_with_what_it_has_is_said_where_a_file_is_replaced(
    mine: Run, tmp_path: Path, programme: Callable[..., str], command: list[str]
) -> None:
    mine("--data", programme(WEEK), "itinerary", "add", "tea")
    file = tmp_path / "week.ics"

    told = [mine("--data", programme(WEEK), *command, "-o", str(file)).stderr for _time in range(2)]

    assert [OUTLOOK in each for each in told] == [False, True]
    assert [each for each in told if "Google" in each] == []


def test_empty_itinerary_makes_no_calendar(mine: Run, tmp_path: Path) -> None:
    outcome = mine("itinerary", "export", "-o", str(tmp_path / "trip.ics"))

    assert outcome == (0, "", "no entries to write, so no calendar was created\n")
    assert not (tmp_path / "trip.ics").exists()


def test_many_that_are_left_out_are_counted(kzfest: Run, programme: Callable[..., str]) -> None:
    events = "\n".join(
        f"  - {{id: m{number}, title: M{number}, category: monument, when: permanent}}" for number in range(9)
    )

    assert kzfest("--data", programme(events), "export").stderr.splitlines()[:2] == [
        "no entries to write, so no calendar was created",
        "left out, permanent, so without a date: M0; M1; M2; M3; M4; M5; and 3 more",
    ]


def test_reminder_is_before_an_hour_and_in_the_morning_of_a_day(kzfest: Run, programme: Callable[..., str]) -> None:
    code, stdout, stderr = kzfest("--data", programme(WEEK), "export", "--remind", "1h30")

    alarms = [each.to_ical().decode().splitlines() for each in Calendar.from_ical(stdout).walk("VALARM")]
    assert (code, stderr.splitlines()[2]) == (0, "Google Calendar ignores reminders")
    assert alarms == [
        ["BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{title}", f"TRIGGER:{trigger}", "END:VALARM"]
        for title, trigger in [("Tea", "PT9H"), ("Dance", "-PT1H30M"), ("CANCELLED: Off", "-PT1H30M")]
    ]


@pytest.mark.parametrize(
    ("since", "names"),
    [
        (["2023-12-01"], ["tea", "dance", "off"]),
        (["2023-12-05"], ["dance", "off"]),
        (["6", "dec"], ["off"]),
        (["2023-12-07"], []),
    ],
    ids=" ".join,
)
def test_changed_since_leaves_out_what_is_older(
    kzfest: Run, programme: Callable[..., str], since: list[str], names: list[str]
) -> None:
    code, stdout, _stderr = kzfest("--data", programme(WEEK), "export", "--changed-since", *since)

    found = uids(stdout) if stdout else []
    assert (code, found) == (0, [f"{name}@village.kzfest.invalid" for name in names])


def test_visits_left_out_as_older_are_named(mine: Run) -> None:
    mine("itinerary", "add", "dialogue", "--on", "2023-12-17", KZFEST_NOW="2023-12-01T12:00")
    mine("itinerary", "add", "gastromania", "--on", "2023-12-17", KZFEST_NOW="2023-12-05T12:00")

    code, stdout, stderr = mine("itinerary", "export", "--changed-since", "5", "dec")

    assert (code, stdout.count("BEGIN:VEVENT"), stderr.splitlines()[-1]) == (
        0, 1, "left out, not changed since 5 Dec 2023: Dialogue: international exhibition",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "since", "count"),
    [
        ("2023-12-11T12:00", "2023-12-11", 1),
        ("2023-12-11T00:30", "2023-12-11", 1),
        ("2023-12-11T05:30", "2023-12-11", 1),
        ("2023-12-11T12:00", "2023-12-12", 0),
        ("2023-12-11T23:30", "2023-12-12", 0),
    ],
)
def test_visit_is_changed_on_the_day_that_its_owner_has(mine: Run, changed: str, since: str, count: int) -> None:
    mine("itinerary", "add", "dialogue", "--on", "2023-12-17", KZFEST_NOW="2023-12-01T12:00")
    mine("itinerary", "edit", "dialogue", "--note", "Go early", KZFEST_NOW=changed)

    stdout = mine("itinerary", "export", "--changed-since", since).stdout

    assert stdout.count("BEGIN:VEVENT") == count


def test_fresh_names_of_events_are_of_the_day(kzfest: Run, programme: Callable[..., str]) -> None:
    data = programme(WEEK)

    found = [
        uids(kzfest("--data", data, "export", "--fresh-uids", KZFEST_NOW=now).stdout)[0]
        for now in ("2023-12-10T12:00", "2023-12-10T23:00", "2023-12-11T12:00")
    ]

    assert found == [f"tea--fresh-{day}@village.kzfest.invalid" for day in ("20231210", "20231210", "20231211")]


def test_fresh_ids_of_visits_are_for_good_and_can_be_taken_back(mine: Run, tmp_path: Path) -> None:
    mine("itinerary", "add", "dialogue", "--on", "2023-12-17")
    mine("itinerary", "add", "--own", "Dinner", "--on", "2023-12-17", "--at", "19:00")
    old = uids(mine("itinerary", "export").stdout)
    file = tmp_path / "trip.ics"

    fresh = mine("itinerary", "export", "--fresh-uids", "-o", str(file))
    later = uids(mine("itinerary", "export").stdout)
    undone = mine("itinerary", "undo")

    assert fresh == (0, "", f"2 entries in {file}\n{UNDONE}")
    assert uids(file) == later
    assert not set(later) & set(old)
    assert undone.code == 0
    assert uids(mine("itinerary", "export").stdout) == old


def test_fresh_ids_leave_the_output_to_the_calendar(mine: Run) -> None:
    mine("itinerary", "add", "dialogue", "--on", "2023-12-17")

    code, stdout, stderr = mine("itinerary", "export", "--fresh-uids")

    assert (code, stderr) == (0, f"1 entry\n{UNDONE}")
    assert (stdout[:15], stdout.count("BEGIN:VCALENDAR"), stdout[-15:]) == ("BEGIN:VCALENDAR", 1, "END:VCALENDAR\r\n")


def test_fresh_ids_of_no_visits_change_nothing(mine: Run) -> None:
    assert mine("itinerary", "export", "--fresh-uids") == (0, "", "no entries to write, so no calendar was created\n")


@pytest.mark.parametrize(
    "wrong",
    [
        ["--vdir", "folder", "-o", "trip.ics"],
        ["--vdir", "folder", "--changed-since", "2023-12-10"],
        ["--remind", "soon"],
        ["--changed-since", "whenever"],
        ["-f", "json"],
    ],
)
def test_wrong_option_changes_no_id(
    mine: Run, wrong: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    mine("itinerary", "add", "dialogue", "--on", "2023-12-17")
    before = mine("itinerary", "export").stdout

    outcome = mine("itinerary", "export", "--fresh-uids", *wrong)

    assert (outcome.code, outcome.stdout) == (2, "")
    assert mine("itinerary", "export").stdout == before
    assert [each.name for each in tmp_path.iterdir()] == ["home"]


FOR_CALENDARS = "--vdir, --remind and --fresh-uids are for calendars (-f ics)"
ONE_PLACE = "--vdir keeps a folder up to date by itself; do not combine it with -o or --changed-since"


@pytest.mark.parametrize("command", [["export"], ["itinerary", "export"]])
@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["-f", "json", "--remind", "30m"], FOR_CALENDARS),
        (["-f", "csv", "--vdir", "folder"], FOR_CALENDARS),
        (["-f", "table", "--fresh-uids"], FOR_CALENDARS),
        (["--vdir", "folder", "-o", "a.ics"], ONE_PLACE),
        (["--vdir", "folder", "--changed-since", "2023-12-10"], ONE_PLACE),
        (["--remind", "soon"], "'soon' is not a valid duration; write it as 2h, 90m or 1h30"),
    ],
)
def test_options_that_do_not_go_together_are_refused(
    mine: Run, command: list[str], options: list[str], message: str
) -> None:
    code, stdout, stderr = mine(*command, *options)

    told = " ".join(re.sub("[│╭╮╰╯─]", " ", stderr).split())
    assert (code, stdout) == (2, "")
    assert message in told


def test_visits_changed_since_a_day_are_for_calendars(mine: Run) -> None:
    outcome = mine("itinerary", "export", "-o", "a.json", "--changed-since", "2023-12-10")

    assert outcome == (2, "", "kzfest: --changed-since is for calendars (-f ics)\n")


@pytest.mark.parametrize("format_", ["json", "jsonl", "csv", "markdown", "table"])
def test_other_formats_are_those_of_a_list(kzfest: Run, mine: Run, format_: str) -> None:
    mine("itinerary", "add", "dialogue", "--on", "2023-12-17")

    events = [kzfest(command, "--category", "concert", "-f", format_) for command in ("export", "list")]
    visits = [mine("itinerary", command, "-f", format_) for command in ("export", "show")]

    assert events[0] == events[1]
    assert visits[0] == visits[1]


def test_itinerary_shown_as_a_calendar_is_its_export(mine: Run) -> None:
    mine("itinerary", "add", "dialogue", "--on", "2023-12-17")

    assert mine("itinerary", "show", "-f", "ics") == mine("itinerary", "export")


def test_itineraries_are_calendars_of_their_own(mine: Run) -> None:
    mine("itinerary", "--itinerary", "family, all", "add", "dialogue", "--on", "2023-12-17")

    calendars = [mine("itinerary", "--itinerary", name, "export").stdout for name in ("family, all", "main")]

    assert calendars[0].splitlines()[4:6] == [r"NAME:Itinerary family\, all", r"X-WR-CALNAME:Itinerary family\, all"]
    assert calendars[1] == ""


def test_cancelled_event_stays_in_the_visits_calendar(mine: Run, programme: Callable[..., str]) -> None:
    data = programme("  - {id: tea, title: Tea, category: fair, start: 2023-12-15 19:00}")
    mine("--data", data, "itinerary", "add", "tea")
    programme(
        "  - {id: tea, title: Tea, category: fair, start: 2023-12-15 19:00, status: cancelled, revision: 1, "
        "changed: 2023-12-12}"
    )

    [event] = Calendar.from_ical(mine("--data", data, "itinerary", "export").stdout).walk("VEVENT")

    told = {key: event[key].to_ical() for key in ("SUMMARY", "STATUS", "SEQUENCE", "LAST-MODIFIED")}
    assert told == {
        "SUMMARY": b"CANCELLED: Tea",
        "STATUS": b"CANCELLED",
        "SEQUENCE": b"1",
        "LAST-MODIFIED": b"20231212T000000Z",
    }


def test_entries_speak_the_language_that_is_asked_for(kzfest: Run) -> None:
    titles = {
        language: str(
            Calendar.from_ical(kzfest("export", "-s", "now i see", "--lang", language).stdout).walk("VEVENT")[0][
                "LOCATION"
            ]
        ).split(",")[0]
        for language in ("en", "kk")
    }

    assert titles == {
        "en": "National Museum of the Republic of Kazakhstan",
        "kk": "Қазақстан Республикасының Ұлттық музейі",
    }


def test_fresh_ids_that_could_not_be_written_are_not_kept(mine: Run, tmp_path: Path) -> None:
    mine("itinerary", "add", "dialogue", "--on", "2023-12-17")
    before = uids(mine("itinerary", "export").stdout)

    failed = mine("itinerary", "export", "--fresh-uids", "-o", str(tmp_path / "nofolder" / "x.ics"))

    assert (failed.code, failed.stderr) == (1, f"kzfest: no folder {tmp_path / 'nofolder'}; create it first\n")
    assert uids(mine("itinerary", "export").stdout) == before


def test_calendar_under_fresh_ids_is_the_one_that_is_kept(mine: Run) -> None:
    mine("itinerary", "add", "dialogue", "--on", "2023-12-17")

    written = mine("itinerary", "export", "--fresh-uids", KZFEST_NOW="2023-12-11T12:00:30").stdout

    assert mine("itinerary", "export").stdout == written


@pytest.mark.parametrize("lost", ["programme", "event", "undo"])
def test_sequence_never_falls(mine: Run, tmp_path: Path, lost: str) -> None:
    def sequence() -> int:
        (found,) = re.findall(r"SEQUENCE:(\d+)", mine("itinerary", "export").stdout)
        return int(found)

    head = "format: 1\nprogramme: {id: pp, title: P, timezone: Asia/Almaty, revised: 2023-12-01}\nevents:\n"
    other = "  - {id: other, title: O, category: fair, city: X, start: 2023-12-16}\n"
    tea = "  - {{id: tea, title: Tea, category: fair, city: X, start: 2023-12-16 {hour}:00, revision: {revision}}}\n"
    file = tmp_path / "pp.yaml"
    file.write_text(head + other + tea.format(hour=19, revision=0), encoding="utf-8")
    mine("--data", str(file), "itinerary", "add", "tea")
    file.write_text(head + other + tea.format(hour=20, revision=3), encoding="utf-8")
    mine("itinerary", "edit", "tea", "--follow")

    numbers = [sequence()]
    if lost == "programme":
        file.unlink()
    else:
        file.write_text(head + other, encoding="utf-8")
    numbers.append(sequence())
    mine("itinerary", *(["undo"] if lost == "undo" else ["edit", "tea", "--note", "!"]))
    numbers.append(sequence())

    assert numbers == [4, 4, 5]


def test_import_of_what_was_exported_changes_nothing_though_the_programme_is_gone(mine: Run, tmp_path: Path) -> None:
    file = tmp_path / "pp.yaml"
    file.write_text(
        "format: 1\nprogramme: {id: pp, title: P, timezone: Asia/Almaty, revised: 2023-12-01}\n"
        "events:\n  - {id: tea, title: Tea, category: fair, city: X, start: 2023-12-16 19:00, revision: 3}\n",
        encoding="utf-8",
    )
    mine("--data", str(file), "itinerary", "add", "tea")
    mine("itinerary", "export", "-o", str(tmp_path / "back.ics"))
    file.unlink()

    assert mine("itinerary", "import", str(tmp_path / "back.ics")) == (0, "", "nothing has changed\n")
