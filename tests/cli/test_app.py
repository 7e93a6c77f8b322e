"""The application: exit codes and their sentences, global options wherever they stand, streams that are gone."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, TypeAlias

import pytest

from kzfest import __version__
from kzfest.cli.app import Application

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run: TypeAlias = "Callable[..., tuple[int, str, str]]"
    Programme: TypeAlias = "Callable[..., str]"

WHEN_FORMS = "write for example 17 dec, 17.12.2023, 2023-12, saturday, weekend, +3d or 15..17 dec"
FAULTY = """\
format: 1
programme: {id: faulty, title: Faulty, timezone: Asia/Almaty, revised: 2023-12-01}
events:
  - {id: a, title: A, category: fair, start: 2023-02-30}
  - {id: a, title: B, category: fair, start: 2023-12-01, pirce: free}
"""
FAULTS = (
    "{file}:4:46: start: '2023-02-30' is not a date; write it as 2023-12-16 or as 2023-12-16 19:00\n"
    "{file}:5:10: duplicate id 'a'; every id must be unique\n"
    "{file}:5:58: unknown key 'pirce'; did you mean 'price'?\n"
)
CORRECT = "kzfest: the programme has faults; correct them, and check with `kzfest check {file}`\n"


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (["list", "--kkkkk"], "No such option: --kkkkk. See `kzfest list --help`."),
        (["lst"], "No such command 'lst'. Did you mean 'list'? See `kzfest --help`."),
        (
            ["concert"],
            (
                "No such command 'concert'. Did you mean 'convert'? "
                "To search the programme: `kzfest search concert`. See `kzfest --help`."
            ),
        ),
        (
            ["-p", "archive", "swan", "lake", "-f", "json"],
            (
                "No such command 'swan'. To search the programme: `kzfest --programme archive search swan lake`."
                " See `kzfest --help`."
            ),
        ),
        (
            ["--data", "feed.ics", "--zone", "Asia/Almaty", "--dates", "month-first", "swan"],
            (
                "No such command 'swan'. To search the programme: `kzfest --data feed.ics --zone Asia/Almaty"
                " --dates month-first search swan`. See `kzfest --help`."
            ),
        ),
        (["show"], "Missing argument 'EVENT...'. See `kzfest show --help`."),
        (["venue"], "Missing argument 'NAME...'. See `kzfest venue --help`."),
        (["search"], "Missing argument 'TEXT...'. See `kzfest search --help`."),
        (
            ["programmes", "more"],
            "No such command 'more'. See `kzfest programmes --help`.",
        ),
        (
            ["list", "--limit", "-1"],
            "Invalid value for '--limit' / '-n': expected a whole number from 0 to 1000000. See `kzfest list --help`.",
        ),
        (["list", "-f", "xml"], "unknown format 'xml'; choose table, json, jsonl, csv, markdown or ics"),
        (["list", "--sort", "size"], "no sort order 'size'; choose time, title, venue, category or distance"),
        (["list", "--lang", "xx"], "unknown language 'xx'; choose en, kk or ru"),
        (["--lang", "xx", "list"], "unknown language 'xx'; choose en, kk or ru"),
        (["list", "--color", "blue"], "unknown colour mode 'blue'; choose auto, always or never"),
        (["list", "--venue", "opera", "--near", "barys"], "give one of --venue and --near"),
        (["list", "2023-12-17", "--on", "2023-12-18"], "give one of WHEN, --on and --from"),
        (["list", "--on", "2023-12-17", "--from", "2023-12-18"], "give one of WHEN, --on and --from"),
        (["list", "--from", "2023-12-17", "--to", "2023-12-15"], "--to 15 Dec 2023 is before 17 Dec 2023"),
        (["list", "2023-12-17", "--to", "2023-12-15"], "--to 15 Dec 2023 is before 17 Dec 2023"),
        (["list", "2023-02-30"], f"'2023-02-30' cannot be read as days: there is no 30 February 2023; {WHEN_FORMS}"),
        (["list", "someday"], f"'someday' cannot be read as days: the word 'someday' is unknown; {WHEN_FORMS}"),
        (["list", ""], f"'' cannot be read as days: it is not clear which days you mean; {WHEN_FORMS}"),
        (["list", "--on", ""], f"'' cannot be read as days: it is not clear which days you mean; {WHEN_FORMS}"),
        (["list", "--to", "x"], f"'x' cannot be read as days: the word 'x' is unknown; {WHEN_FORMS}"),
        (["list", "today", "--now", "x"], f"'x' cannot be read as days: the word 'x' is unknown; {WHEN_FORMS}"),
        (["--now", "x"], f"'x' cannot be read as days: the word 'x' is unknown; {WHEN_FORMS}"),
        (
            ["-p", "archive", "--data", "x.yaml", "list"],
            "--programme and --data both name a programme; give one of them",
        ),
        (
            ["list", "-p", "archive", "--data", "x.yaml"],
            "--programme and --data both name a programme; give one of them",
        ),
        (["check"], "name a programme file to check, or give --schema"),
        (["list", "--now", "x"], f"'x' cannot be read as days: the word 'x' is unknown; {WHEN_FORMS}"),
        (["list", "--within", "3"], "--within needs --near and a place"),
        (["list", "--near", "expo", "--within", "nan"], "--within takes a distance in kilometres, such as 2.5"),
        (["list", "--near", "expo", "--within", "-1"], "--within takes a distance in kilometres, such as 2.5"),
        (["list", "--near", "expo", "--within", "far"], "--within takes a distance in kilometres, such as 2.5"),
        (["search", "a" * 501], "the search text is too long (501 characters); give a few words"),
        (
            ["list", "17", "dec", "--venue", "has", "sanat"],
            (
                f"'17 dec sanat' cannot be read as days: the word 'sanat' is unknown; {WHEN_FORMS}. "
                'A name of several words needs quotes: --venue "has sanat"'
            ),
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_usage_exits_with_2(kzfest: Run, args: list[str], sentence: str) -> None:
    assert kzfest(*args) == (2, "", f"kzfest: {sentence}\n")


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (
            ["show", "xylophone"],
            "no event called 'xylophone'; `kzfest search xylophone` searches the texts of all events",
        ),
        (["venue", "xylophone", "hall"], "no venue called 'xylophone hall'; `kzfest venues` lists them all"),
        (["list", "--venue", "xylophone"], "no venue called 'xylophone'; `kzfest venues` lists them all"),
        (
            ["list", "--near", "zhansaya"],
            "the location of 'zhansaya' is unknown; give a point on the map instead, such as 51.13,71.43",
        ),
        (["list", "--city", "Almaty"], "no event is in 'Almaty'; available: Astana, Akmol, Temirtau"),
        (["list", "--tag", "musik"], "no event has the tag 'musik'; available: music"),
        (["-p", "paris", "list"], "no programme 'paris'; the known ones are astana, archive, abroad"),
        (
            ["show", "opening"],
            """\
'opening' matches several events:
  french-programme-opening  French art programme: opening of Adèle Jelansky's exhibition and of Digital Autumn: Presence
  linear-rink  Opening of the winter season in the Central Park, with a linear ice rink
  winter-sports  Opening of the winter sports season""",
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_not_found_or_ambiguous_exits_with_3(kzfest: Run, args: list[str], sentence: str) -> None:
    assert kzfest(*args) == (3, "", f"kzfest: {sentence}\n")


@pytest.mark.parametrize("args", [["list"], ["show", "a"], ["venues"], ["search", "a"], []])
def test_faulty_programme_exits_with_4_and_answers_nothing(kzfest: Run, tmp_path: Path, args: list[str]) -> None:
    file = tmp_path / "faulty.yaml"
    file.write_text(FAULTY, encoding="utf-8")

    assert kzfest("--data", str(file), *args) == (4, "", (FAULTS + CORRECT).format(file=file))


def test_check_exits_with_4_and_tells_the_faults_as_its_answer(kzfest: Run, tmp_path: Path) -> None:
    file = tmp_path / "faulty.yaml"
    file.write_text(FAULTY, encoding="utf-8")

    assert kzfest("check", str(file)) == (4, FAULTS.format(file=file), "")


@pytest.mark.parametrize("args", [["list"], ["show", "a"], ["check"]])
def test_unreadable_file_exits_with_1(kzfest: Run, tmp_path: Path, args: list[str]) -> None:
    missing, folder = tmp_path / "missing.yaml", tmp_path

    told = [kzfest(*args, *([] if args == ["check"] else ["--data"]), str(file)) for file in (missing, folder)]

    assert told == [
        (1, "", f"kzfest: {missing}: No such file or directory\n"),
        (1, "", f"kzfest: {folder} is a folder; name a programme file\n"),
    ]


def test_day_with_nothing_on_exits_with_0(kzfest: Run) -> None:
    hints = (
        "no matching events on those days\n"
        "the programme runs 1 Dec 2023 – 31 Jan 2024\n"
        "the nearest days with events: Sunday 24 December 2023\n"
        "1 event without a known date is left out; --undated lists it\n"
    )

    assert kzfest("list", "2024-02-20", "--category", "concert") == (0, "", hints)


DAY = ["list", "--on", "2023-12-17"]


@pytest.mark.parametrize(
    ("before", "after", "environment"),
    [
        (["--lang", "kk"], [], {}),
        ([], ["--lang", "kk"], {}),
        ([], [], {"KZFEST_LANG": "kk"}),
        ([], [], {"KZFEST_LANG": "KK"}),
        ([], [], {"LANG": "kk_KZ.UTF-8"}),
        (["--lang", "ru"], ["--lang", "kk"], {}),
        (["--lang", "kk"], [], {"KZFEST_LANG": "ru"}),
        ([], ["--lang", "kk"], {"KZFEST_LANG": "ru", "LANG": "ru_RU.UTF-8"}),
        (["--lang", "kk"], [], {"KZFEST_LANG": "no language"}),
    ],
)
def test_language_is_that_of_the_nearest_option(
    kzfest: Run, before: list[str], after: list[str], environment: dict[str, str]
) -> None:
    expected = kzfest("list", "--on", "2023-12-17", "--lang", "kk")

    assert expected != kzfest(*DAY)
    assert kzfest(*before, *DAY, *after, **environment) == expected


@pytest.mark.parametrize(
    ("before", "after", "environment"),
    [
        (["--now", "2023-12-17T18:30"], [], {}),
        ([], ["--now", "2023-12-17T18:30"], {}),
        ([], [], {"KZFEST_NOW": "2023-12-17T18:30"}),
        (["--now", "2023-12-01"], ["--now", "2023-12-17T18:30"], {}),
        ([], ["--now", "2023-12-17T18:30"], {"KZFEST_NOW": "no moment"}),
        (["--now", "2023-12-17T12:30Z"], [], {"KZFEST_NOW": "2023-12-01"}),
    ],
)
def test_clock_is_that_of_the_nearest_option(
    kzfest: Run, before: list[str], after: list[str], environment: dict[str, str]
) -> None:
    expected = kzfest("list", "now", "--now", "2023-12-17T18:30")

    assert expected[0] == 0
    assert kzfest(*before, "list", "now", *after, **environment) == expected


VILLAGE = "  - {id: fair, title: The fair, category: fair, start: 2023-12-17}"
TABLE = """\
Village fair

When            Event     Where  Id    Category
Sunday 17 December 2023
hour not known  The fair         fair  fair
"""


@pytest.mark.parametrize(
    ("before", "after", "environment"),
    [
        (["--data", "{village}"], [], {}),
        ([], ["--data", "{village}"], {}),
        ([], [], {"KZFEST_DATA": "{village}"}),
        (["--data", "missing.yaml"], ["--data", "{village}"], {}),
        ([], ["--data", "{village}"], {"KZFEST_DATA": "missing.yaml"}),
        (["--programme", "village"], [], {}),
        ([], ["-p", "village"], {}),
        (["-p", "VILLAGE"], [], {"KZFEST_DATA": "missing.yaml"}),
        (["-p", "archive"], ["-p", "village"], {}),
    ],
)
def test_programme_is_that_of_the_nearest_option(  # noqa: PLR0913, PLR0917  # the ways to name one
    kzfest: Run,
    programme: Programme,
    tmp_path: Path,
    before: list[str],
    after: list[str],
    environment: dict[str, str],
) -> None:
    file = programme(VILLAGE)
    own = tmp_path / "home" / "config" / "programmes"
    own.mkdir(parents=True)
    os.link(file, own / "village.yaml")
    first, last = ([each.format(village=file) for each in options] for options in (before, after))
    variables = {name: value.format(village=file) for name, value in environment.items()}

    outcome = kzfest(*first, "list", *last, **variables, KZFEST_HOME=str(tmp_path / "home"))

    assert outcome == (0, TABLE, "")


def test_own_programme_with_faults_stops_no_other(kzfest: Run, programme: Programme, tmp_path: Path) -> None:
    own = tmp_path / "config" / "programmes"
    own.mkdir(parents=True)
    (own / "a-faulty.yaml").write_text(FAULTY, encoding="utf-8")
    os.link(programme(VILLAGE), own / "village.yml")
    home = {"KZFEST_HOME": str(tmp_path)}

    listed = kzfest("list", "-p", "village", **home)
    faulty = kzfest("list", "-p", "faulty", **home)
    overview = kzfest("programmes", **home)

    assert listed == (0, TABLE, "")
    faults = f"one file has faults: `kzfest check {own / 'a-faulty.yaml'}`"
    known = f"the known ones are astana, archive, abroad, village; {faults}"
    assert faulty == (3, "", f"kzfest: no programme 'faulty'; {known}\n")
    assert (overview[0], overview[2]) == (0, "")
    assert [row.split() for row in overview[1].splitlines()[-2:]] == [
        ["has", "faults:", "kzfest", "check", str(own / "a-faulty.yaml"), str(own / "a-faulty.yaml")],
        ["village", "Village", "fair", "17", "Dec", "2023", "1", str(own / "village.yml")],
    ]


@pytest.mark.parametrize("args", [["--version"], ["list", "--version"], ["--version", "nonsense"]])
def test_version_is_told_wherever_it_is_asked(kzfest: Run, args: list[str]) -> None:
    assert kzfest(*args) == (0, f"kzfest {__version__}\n", "")


@pytest.mark.parametrize("language", ["en", "kk", "ru"])
@pytest.mark.parametrize("command", ["month", "timeline", "itinerary repair"])
def test_paragraph_of_a_help_breaks_only_at_the_width(kzfest: Run, command: str, language: str) -> None:
    told = kzfest("--lang", language, *command.split(), "--help", COLUMNS="1000")[1]

    usage, summary, examples, more = re.split(r"\n\s*\n", told.partition("─")[0].strip())[:4]
    assert ["\n" in part for part in (usage, summary, examples, more)] == [False, False, True, False]


@pytest.mark.parametrize("command", Application.names)
def test_help_is_told_by_each_command(kzfest: Run, command: str) -> None:
    asked = [kzfest(command, option) for option in ("-h", "--help")]

    assert asked[0] == asked[1]
    assert asked[0][0::2] == (0, "")
    assert f"Usage: kzfest {command} " in asked[0][1]


@pytest.fixture(name="many", scope="module")
def _many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a programme whose list is longer than a pipe holds."""
    events = "".join(f"  - {{id: e{n}, title: Event {n}, category: fair, start: 2023-12-17}}\n" for n in range(2_000))
    head = "format: 1\nprogramme: {id: many, title: Many, timezone: Asia/Almaty, revised: 2023-12-01}\nevents:\n"
    file = tmp_path_factory.mktemp("many") / "many.yaml"
    file.write_text(head + events, encoding="utf-8")
    return file


@pytest.mark.parametrize("options", [["-f", "json"], ["-f", "csv"], ["--color", "always"], []])
def test_quiet_where_the_reader_has_gone(warm_home: Path, many: Path, options: list[str]) -> None:
    command = [sys.executable, "-m", "kzfest", "list", "--data", str(many), *options]
    environment = os.environ | {"KZFEST_HOME": str(warm_home), "PYTHONUNBUFFERED": ""}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.read(1)
        process.stdout.close()
        told = process.stderr.read()

    assert (process.returncode, told) == (0, b"")


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such shell")
@pytest.mark.parametrize(
    ("command", "code", "told"),
    [
        ("list --on 2024-02-20 -c sport -f json >&-", 0, None),
        ("venues >&-", 0, ""),
        ("--version >&-", 0, ""),
        ("venues >/dev/full", 1, "kzfest: No space left on device\n"),
        ("venues -f json >/dev/full", 1, "kzfest: No space left on device\n"),
        ("venues --color always >/dev/full", 1, "kzfest: No space left on device\n"),
        ("show xylophone 2>&-", 3, ""),
        ("--help >/dev/full", 1, "kzfest: No space left on device\n"),
        ("list --help >/dev/full", 1, "kzfest: No space left on device\n"),
        ("--version >/dev/full", 1, "kzfest: No space left on device\n"),
        ("venues >/dev/full 2>&1", 1, ""),
        ("show xylophone 2>/dev/full", 3, ""),
        ("list 2024-02-20 2>/dev/full", 0, ""),
        ("itinerary undo 2>/dev/full", 0, ""),
        ("venues --color always | head -n 0", 0, ""),
        ("venues -f csv | true", 0, ""),
        ("--help | head -c 1 >/dev/null", 0, ""),
        ("itinerary add --help | true", 0, ""),
        ("--version | true", 0, ""),
        ("--show-completion bash | true", 0, ""),
        ("venues <&-", 0, ""),
    ],
)
def test_streams_that_are_gone_leave_no_traceback(warm_home: Path, command: str, code: int, told: str | None) -> None:
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", f"{sys.executable} -m kzfest {command}"],
        env=os.environ | {"KZFEST_HOME": str(warm_home), "PYTHONUNBUFFERED": ""},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == code
    assert told is None or done.stderr == told
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="there, Ctrl-C is no signal to one process")
def test_interrupted_run_exits_with_130_and_no_traceback(
    warm_home: Path, many: Path, unmeasured: dict[str, str]
) -> None:
    command = [sys.executable, "-m", "kzfest", "list", "--data", str(many), "-f", "json"]
    environment = unmeasured | {"KZFEST_HOME": str(warm_home)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment) as process:
        assert process.stdout
        process.stdout.read(1)  # it is writing now, and cannot go on: a pipe holds less than its answer
        process.send_signal(signal.SIGINT)
        _stdout, stderr = process.communicate()

    assert (process.returncode, stderr.strip()) == (130, b"")
