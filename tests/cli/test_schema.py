"""The JSON of every command is as its JSON Schema says, and so is the JSON of the last release."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from tests.cli.test_only_the_answer import TOKEN, commands

from kzfest.cli.commands.itinerary.check import HAS_CLASHES
from kzfest.core.errors import FaultyProgrammeError
from kzfest.formats.json_documents import DOCUMENTS
from kzfest.formats.json_schema import document_schema
from kzfest.paths import data_folder

if TYPE_CHECKING:
    from collections.abc import Callable

    Run: TypeAlias = "Callable[..., tuple[int, str, str]]"

TESTS = Path(__file__).parents[1]
RELEASED = sorted((TESTS / "formats" / "released").glob("*/*.json"))
"""What commands of older releases printed: `itinerary-show.json`, `list.json`, `list.undated.json`."""
EVERY_FIELD = str(TESTS / "programme" / "every_field.yaml")
FILM_FESTIVAL = str(TESTS / "cli" / "festivals" / "film_festival.yaml")
REVISIONS = [str(TESTS.parent / "docs" / "examples" / name) for name in ("schedule.xml", "schedule-new.xml")]
PROGRAMMES = ("astana", "archive", "abroad")
ANSWERS = {
    "list": [["list"], ["list", "--undated"], ["list", "17", "dec", "--lang", "kk"], ["list", "--near", "expo-centre"]],
    "month": [["month"], ["month", "december", "--lang", "kk"], ["month", "--undated"]],
    "timeline": [
        ["timeline"],
        ["timeline", "16", "dec", "--lang", "ru"],
        ["timeline", "--by", "venue"],
        ["timeline", "--data", FILM_FESTIVAL, "--by", "track"],
    ],
    "day": [["day", "15..16", "dec"], ["day", "--undated"], ["day", "--data", FILM_FESTIVAL, "--by", "track"]],
    "show": [["show", "dialogue"], ["show", "gastromania"], ["show", "tango-dellamore", "--lang", "ru"]],
    "venue": [["venue", "expo-centre"], ["venue", "national-museum"]],
    "venues": [["venues"], ["venues", "--near", "51.13,71.43"]],
    "way": [["way", "expo-centre", "dialogue"], ["way", "51.13,71.43", "national-museum"]],
    "search": [
        ["search", "museum"],
        ["search", "dimash"],
        ["search", "nothing-at-all"],
        ["search", "fair", "--near", "expo-centre"],
    ],
    "categories": [["categories", "--lang", "ru"]],
    "tags": [["tags"]],
    "tracks": [["tracks", "--data", FILM_FESTIVAL]],
    "cities": [["cities"]],
    "history": [["history"], ["history", "--law", "--lang", "kk"], ["history", "1991"]],
    "programmes list": [["programmes"], ["programmes", "list"]],
    "check": [["check", str(data_folder() / "abroad.yaml")], ["check", str(RELEASED[0])]],
    "diff": [["diff", *REVISIONS], ["diff", *REVISIONS[::-1], "--lang", "ru"], ["diff", FILM_FESTIVAL, EVERY_FIELD]],
    "export": [["export"]],
    "sql": [["sql", "select id, title, 1.5, null from events"], ["sql", "select * from visits where 0"]],
    "schema": [["schema"]],
    "itinerary show": [["itinerary"], ["itinerary", "--by", "walk"]],
    "itinerary week": [["itinerary", "week"], ["itinerary", "week", "17", "dec", "--by", "walk", "--lang", "kk"]],
    "itinerary check": [["itinerary", "check"], ["itinerary", "check", "--by", "walk", "--lang", "ru"]],
    "itinerary repair": [["itinerary", "repair"], ["itinerary", "repair", "--now", "2023-12-01", "--lang", "kk"]],
    "itinerary share": [["itinerary", "share"]],
    "itinerary gaps": [["itinerary", "gaps", "15..17", "dec"]],
    "itinerary suggest": [["itinerary", "suggest", "15..20", "dec", "--must", "main-tree"]],
    "itinerary export": [["itinerary", "export"]],
    "itinerary list": [["itinerary", "list"]],
    "itinerary use": [["itinerary", "use", "main"]],
    "itinerary restore": [["itinerary", "restore", "--replace"]],
}
"""Command lines for each command that changes nothing and whose JSON has a schema; the itinerary is `PLAN`."""
FAIR = "format: 1\nprogramme: {id: fair, title: Fair, timezone: Asia/Almaty, revised: 2023-12-01}\nevents:\n"
UPDATES = ("programmes update", "programmes changes")
"""Commands about a programme that is kept and has been updated."""
CHANGES = [
    ("itinerary add", ["itinerary", "add", "gastromania", "--on", "2023-12-16", "--at", "12:00", "--for", "2h"]),
    ("itinerary add", ["itinerary", "add", "gastromania", "--on", "2023-12-16", "--at", "12:00", "--for", "2h"]),
    ("itinerary add", ["itinerary", "add", "--all", "--on", "2023-12-17", "--category", "concert"]),
    ("itinerary add", ["itinerary", "add", "--all", "--on", "2024-01-25", "--category", "concert"]),
    ("itinerary add", ["itinerary", "add", "--own", "Dinner", "--on", "2023-12-16", "--at", "13:00"]),
    ("itinerary edit", ["itinerary", "edit", "dinner", "--at", "14:10", "--must"]),
    ("itinerary merge", ["itinerary", "merge", TOKEN, "--diff"]),
    ("itinerary merge", ["itinerary", "merge", TOKEN]),
    ("itinerary remove", ["itinerary", "remove", "gastromania"]),
    ("itinerary export", ["itinerary", "export", "-o", "{folder}/plan.ics"]),
    ("itinerary import", ["itinerary", "import", "{folder}/plan.ics"]),
    ("itinerary clear", ["itinerary", "clear"]),
    ("itinerary clear", ["itinerary", "clear"]),
    ("itinerary undo", ["itinerary", "undo", "3"]),
    ("itinerary undo", ["itinerary", "undo", "100"]),
    ("itinerary undo", ["itinerary", "undo"]),
]
"""Command lines that change an itinerary, one after the other."""
PLAN = (
    ["itinerary", "add", "gastromania", "--on", "16.12.2023", "--at", "12:00", "--for", "2h", "--must"],
    ["itinerary", "add", "now-i-see-you", "--on", "2023-12-16", "--at", "13:00", "--note", "row 7"],
    ["itinerary", "add", "tango-dellamore"],
    ["itinerary", "add", "--own", "Dinner", "--on", "2023-12-16", "--at", "14:10", "--venue", "expo-centre"],
    ["itinerary", "add", "-p", "abroad", "--all"],
)


def is_date(text: object) -> bool:
    """Whether *text* is a date, if it is a text at all. Raises ValueError if not."""
    return not isinstance(text, str) or bool(date.fromisoformat(text))


def is_moment(text: object) -> bool:
    """Whether *text* is a moment with its offset, if it is a text at all. Raises ValueError if not."""
    return not isinstance(text, str) or datetime.fromisoformat(text).tzinfo is not None


FORMATS = FormatChecker(formats=())
FORMATS.checks("date", raises=ValueError)(is_date)
FORMATS.checks("date-time", raises=ValueError)(is_moment)


def faults(document: Any, schema: dict[str, Any]) -> list[str]:
    """Return what of *document* breaks *schema*."""
    found = Draft202012Validator(schema, format_checker=FORMATS).iter_errors(document)
    return sorted(f"{each.json_path}: {each.message[:200]}" for each in found)


def with_all_keys(schema: Any) -> Any:
    """Return *schema* with all keys required: those that are newer than the last release too."""
    if isinstance(schema, list):
        return [with_all_keys(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    again = {key: with_all_keys(value) for key, value in schema.items()}
    return (
        again | {"required": list(again["properties"])}
        if "additionalProperties" in again and "properties" in again
        else again
    )


@pytest.fixture(name="planned", scope="module")
def _planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a home with `PLAN`, which the first test that asks fills."""
    return tmp_path_factory.mktemp("planned")


@pytest.fixture(name="answer")
def _answer(kzfest: Run, planned: Path) -> Callable[..., Any]:
    """Return a function that gives the JSON with which a command answers."""
    if not any(planned.iterdir()):
        assert [kzfest(*line, KZFEST_HOME=str(planned))[0] for line in PLAN] == [0] * len(PLAN)

    def answer(*args: str) -> Any:
        code, stdout, _stderr = kzfest(*args, "-f", "json", KZFEST_HOME=str(planned))
        assert code in {0, HAS_CLASHES, FaultyProgrammeError.exit_code}
        return json.loads(stdout)

    return answer


def test_every_command_with_json_has_a_schema() -> None:
    with_format = {
        " ".join(names) for names, command in commands() if any("--format" in option.opts for option in command.params)
    }

    assert with_format == DOCUMENTS.keys() == {*ANSWERS, *UPDATES, *(command for command, _line in CHANGES)}


@pytest.mark.parametrize("command", DOCUMENTS)
def test_schema_is_one(command: str) -> None:
    Draft202012Validator.check_schema(document_schema(command))


@pytest.mark.parametrize(
    ("command", "line"), [(command, line) for command, lines in ANSWERS.items() for line in lines], ids=str
)
def test_json_is_as_the_schema_says(answer: Callable[..., Any], command: str, line: list[str]) -> None:
    document = answer(*line)

    assert faults(document, with_all_keys(document_schema(command))) == []


@pytest.mark.parametrize("command", UPDATES)
def test_json_of_an_update_is_as_the_schema_says(kzfest: Run, tmp_path: Path, command: str) -> None:
    home = {"KZFEST_HOME": str(tmp_path / "home")}
    events = (
        "one, title: One, when: unannounced",
        "two, title: Two, start: 2023-12-16",
        "three, title: 3, start: 2023-12-17",
    )
    file = tmp_path / "fair.yaml"
    for first, second in ((0, 1), (1, 2)):
        file.write_text(FAIR + "".join(f"  - {{category: c, id: {events[n]}}}\n" for n in (first, second)))
        if not first:
            kzfest("programmes", "add", str(file), **home)

    if command == "programmes changes":
        kzfest("programmes", "update", **home)
    document = json.loads(kzfest(*command.split(), "-f", "json", **home)[1])

    assert (bool(document["changes"]), faults(document, with_all_keys(document_schema(command)))) == (True, [])


def test_json_of_a_change_is_as_the_schema_says(kzfest: Run, tmp_path: Path) -> None:
    home = {"KZFEST_HOME": str(tmp_path / "home")}
    kinds = []
    for command, line in CHANGES:
        args = [each.format(folder=tmp_path) for each in line]
        if command == "itinerary export":
            kzfest(*args, **home)
            entries = (tmp_path / "plan.ics").read_bytes()
            (tmp_path / "plan.ics").write_bytes(entries.replace(b"T141000", b"T143000"))
            continue
        code, stdout, stderr = kzfest(*args, "-f", "json", **home)
        assert code == 0, stderr
        document = json.loads(stdout)
        assert faults(document, with_all_keys(document_schema(command))) == []
        kinds.append((command.split()[1], [each["change"] for each in document["changes"]]))

    assert kinds == [
        ("add", ["added"]),
        ("add", []),
        ("add", ["added"]),
        ("add", []),
        ("add", ["added"]),
        ("edit", ["changed"]),
        ("merge", ["removed", "added", "added"]),
        ("merge", ["added", "added"]),
        ("remove", ["removed"]),
        ("import", ["changed", "changed"]),
        ("clear", ["removed"] * 4),
        ("clear", []),
        ("undo", [*["added"] * 4, "changed", "changed", "added"]),
        ("undo", ["removed", "removed", "changed", "removed", "removed", "removed"]),
        ("undo", []),
    ]


@pytest.mark.parametrize("programme", PROGRAMMES)
@pytest.mark.parametrize("command", ["list", "venues"])
def test_every_bundled_programme_is_as_the_schema_says(kzfest: Run, programme: str, command: str) -> None:
    document = json.loads(kzfest(command, "-p", programme, "-f", "json")[1])

    assert faults(document, with_all_keys(document_schema(command))) == []


@pytest.mark.parametrize("file", [EVERY_FIELD, FILM_FESTIVAL], ids=lambda file: Path(file).stem)
@pytest.mark.parametrize(
    "line",
    [["list"], ["list", "--undated"], ["list", "--near", "51.13,71.43", "--within", "9999"], ["venues"]],
    ids=str,
)
def test_every_field_is_as_the_schema_says(kzfest: Run, file: str, line: list[str]) -> None:
    document = json.loads(kzfest(*line, "--data", file, "-f", "json")[1])

    assert faults(document, with_all_keys(document_schema(line[0]))) == []


@pytest.mark.parametrize("file", RELEASED, ids=lambda file: f"{file.parent.name} {file.name}")
def test_json_of_the_last_release_is_as_the_schema_says(file: Path) -> None:
    command = file.name.partition(".")[0].replace("-", " ")
    command = command if command in DOCUMENTS else f"{command} list"

    assert faults(json.loads(file.read_text(encoding="utf-8")), document_schema(command)) == []


def test_schema_refuses_a_key_that_is_missing_unknown_or_of_another_type() -> None:
    schema = document_schema("itinerary list")
    named = {"name": "Winter", "visits": 1, "current": True}

    def told(**changes: Any) -> list[str]:
        return faults({"schema": 1, "itineraries": [named | changes]}, schema)

    assert told() == []
    assert told(visits="1", more=1) == [
        "$.itineraries[0].visits: '1' is not of type 'integer'",
        "$.itineraries[0]: Additional properties are not allowed ('more' was unexpected)",
    ]
    assert faults({"schema": 1, "itineraries": [{"name": "Winter", "visits": 1}]}, schema) == [
        "$.itineraries[0]: 'current' is a required property"
    ]


def test_schema_of_a_group_is_that_of_its_default_command(kzfest: Run) -> None:
    code, stdout, stderr = kzfest("schema", "itinerary")

    assert (code, json.loads(stdout), stderr) == (0, document_schema("itinerary show"), "")
    assert kzfest("schema", "itinerary", "show") == (code, stdout, stderr)


def test_schema_lists_the_commands_that_have_one(kzfest: Run) -> None:
    code, stdout, stderr = kzfest("schema", "-f", "csv")

    assert (code, [row.partition(",")[0] for row in stdout.splitlines()]) == (0, ["command", *DOCUMENTS])
    assert stderr == (
        "`kzfest schema COMMAND` prints a schema; `kzfest check --schema` prints that of programme files\n"
    )


def test_schema_goes_into_a_file(kzfest: Run, tmp_path: Path) -> None:
    file = tmp_path / "list.schema.json"

    assert kzfest("schema", "list", "-o", str(file)) == (0, "", "")
    assert json.loads(file.read_text(encoding="utf-8")) == document_schema("list")


@pytest.mark.parametrize(
    ("args", "code", "told"),
    [
        (["lists"], 3, "there is no schema of 'lists'; `kzfest schema` lists the commands that have one"),
        (["list", "-f", "csv"], 2, "a schema is always JSON; leave out -f"),
    ],
)
def test_schema_that_cannot_be_printed(kzfest: Run, args: list[str], code: int, told: str) -> None:
    assert kzfest("schema", *args) == (code, "", f"kzfest: {told}\n")
