"""The group of commands: bare, with options of all wherever they stand, its help, and what a shell completes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypeAlias

import pytest

from kzfest.cli.commands.itinerary import ItineraryGroup

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run: TypeAlias = "Callable[..., tuple[int, str, str]]"
    Programme: TypeAlias = "Callable[..., str]"

COMMANDS = list(ItineraryGroup.names)
TEA = (
    "kzf1:eNqLVspNzMxT0omOzivNydFRcizOTNR3zMlNLKlUio0FCiuV6ZakJirpGOhYmJsa6IBVoREGOsji1UqpeUpWS"
    "iEgTUpFpUDmheUXNlzYqVQbGxsLAOm6JeE"
)
"""An appointment that has a name in English and in Russian."""


@pytest.mark.parametrize(
    "args",
    [[], ["-f", "json"], ["--format=json"], ["--by", "walk"], ["--lang", "ru"], ["--lang", "ru", "-f", "csv"]],
    ids=" ".join,
)
def test_bare_itinerary_is_show(mine: Run, args: list[str]) -> None:
    mine("add", "swan", "songs")

    assert mine(*args) == mine("show", *args)


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (["xyz"], "No such command 'xyz'. See `kzfest itinerary --help`."),
        (["sho"], "No such command 'sho'. Did you mean 'show'? See `kzfest itinerary --help`."),
        (["--lang", "ru", "swan"], "Нет команды «swan». Подробнее: `kzfest itinerary --help`."),
        (["--kkkkk"], "No such option: --kkkkk. See `kzfest itinerary show --help`."),
        (["show", "more"], "Got unexpected extra argument(s) (more). See `kzfest itinerary show --help`."),
        (["edit"], "Missing argument 'VISIT'. See `kzfest itinerary edit --help`."),
        (["remove"], "Missing argument 'VISIT...'. See `kzfest itinerary remove --help`."),
        (["use"], "Missing argument 'NAME...'. See `kzfest itinerary use --help`."),
        (["merge"], "Missing argument 'TOKEN'. See `kzfest itinerary merge --help`."),
        (["-f", "xml"], "unknown format 'xml'; choose table, json, jsonl, csv, markdown or ics"),
        (["--itinerary"], "Option '--itinerary' requires an argument. See `kzfest itinerary --help`."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_usage_is_told_in_one_line(mine: Run, args: list[str], sentence: str) -> None:
    assert mine(*args) == (2, "", f"kzfest: {sentence}\n")


PLACES = ("before the group", "behind the group", "behind the command")


def placed(where: str, command: list[str], option: list[str]) -> list[str]:
    before, group, behind = ([*option] if where == place else [] for place in PLACES)
    return [*before, "itinerary", *group, *command, *behind]


@pytest.mark.parametrize("where", PLACES)
@pytest.mark.parametrize(
    "command", [["show"], ["check"], ["gaps", "2023-12-16"], ["suggest", "2023-12-16"]], ids=" ".join
)
def test_language_may_stand_anywhere(  # noqa: PLR0913, PLR0917  # the ways to say it
    kzfest: Run, mine: Run, home: Path, fair: Path, command: list[str], where: str
) -> None:
    mine("add", "swan", "songs")
    here = {"KZFEST_HOME": str(home), "KZFEST_DATA": str(fair)}

    told = kzfest(*placed(where, command, ["--lang", "ru"]), **here)

    assert told == kzfest("itinerary", *command, KZFEST_LANG="ru", **here)
    assert told != kzfest("itinerary", *command, **here)


@pytest.mark.parametrize("where", PLACES)
def test_programme_may_be_named_anywhere(kzfest: Run, home: Path, programme: Programme, where: str) -> None:
    file = programme("  - {id: fete, title: The fete, category: fair, start: 2023-12-17}")

    code, stdout, _stderr = kzfest(*placed(where, ["add", "fete"], ["--data", file]), KZFEST_HOME=str(home))

    assert (code, stdout.startswith("added  The fete  ")) == (0, True)


@pytest.mark.parametrize("where", PLACES)
def test_clock_may_be_set_anywhere(kzfest: Run, home: Path, fair: Path, where: str) -> None:
    here = {"KZFEST_HOME": str(home), "KZFEST_DATA": str(fair)}

    code, _stdout, _stderr = kzfest(*placed(where, ["add", "swan"], ["--now", "2023-12-11T09:00"]), **here)
    (visit,) = json.loads(kzfest("itinerary", "-f", "json", **here)[1])["visits"]

    assert (code, visit["changed"]) == (0, "2023-12-11T09:00:00+06:00")


@pytest.mark.parametrize("where", PLACES)
def test_colour_may_be_asked_for_anywhere(kzfest: Run, mine: Run, home: Path, fair: Path, where: str) -> None:
    mine("add", "swan", "songs")
    here = {"KZFEST_HOME": str(home), "KZFEST_DATA": str(fair)}

    code, stdout, _stderr = kzfest(*placed(where, ["check"], ["--color", "always"]), **here)

    assert (code, "\x1b[" in stdout) == (5, True)


@pytest.mark.parametrize("args", [[], ["--itinerary", "x"], *([command] for command in COMMANDS)], ids=" ".join)
def test_help_is_told_by_each_command(mine: Run, args: list[str]) -> None:
    asked = [mine(*args, option) for option in ("-h", "--help")]

    usage = (
        f"Usage: kzfest itinerary {args[0]} " if args and args[0] in COMMANDS else "Usage: kzfest itinerary [OPTIONS]"
    )
    assert asked[0] == asked[1]
    assert asked[0][0::2] == (0, "")
    assert usage in asked[0][1]


def test_help_of_the_group_names_all_commands(mine: Run) -> None:
    _code, stdout, _stderr = mine("--help", COLUMNS="120")

    named = [line.strip("│ ").split(" ")[0] for line in stdout.partition("Commands")[2].splitlines()]
    assert [name for name in named if name in COMMANDS] == COMMANDS


@pytest.mark.parametrize("name", ["plan.json", "plan.csv", "plan.md", "plan.jsonl"])
def test_answer_is_written_to_a_file_whose_ending_chooses_the_format(busy: Run, tmp_path: Path, name: str) -> None:
    format_ = {"md": "markdown"}.get(name.partition(".")[2], name.partition(".")[2])
    expected = busy("show", "-f", format_)[1]

    code, stdout, stderr = busy("show", "-o", str(tmp_path / name))

    assert (code, stdout) == (0, "")
    assert stderr.splitlines()[-1] == "2 clashes; `kzfest itinerary check` shows details"
    assert (tmp_path / name).read_bytes().decode() == ("\ufeff" if format_ == "csv" else "") + expected


VISIT_KEYS = """
    id event programme title titles day start end end_assumed must note venue room planned_room place way clashes state
    changes changed more_clashes
""".split()


def test_documents_miss_no_key(busy: Run) -> None:
    documents = {
        command[0]: json.loads(busy(*command, "-f", "json")[1])
        for command in (["show"], ["gaps", "2023-12-17"], ["suggest", "2023-12-15..2023-12-18"], ["list"])
    }

    assert {name: list(document) for name, document in documents.items()} == {
        "show": ["schema", "itinerary", "visits"],
        "gaps": ["schema", "gaps"],
        "suggest": ["schema", "visits", "left_out", "planned"],
        "list": ["schema", "itineraries"],
    }
    assert {document["schema"] for document in documents.values()} == {1}
    assert {tuple(visit) for visit in documents["show"]["visits"]} == {tuple(VISIT_KEYS)}
    assert {tuple(visit) for visit in documents["suggest"]["visits"]} == {(*VISIT_KEYS, "why")}
    assert {tuple(gap) for gap in documents["gaps"]["gaps"]} == {("day", "start", "end", "minutes", "fits")}
    clash_keys = {tuple(clash) for visit in documents["show"]["visits"] for clash in visit["clashes"]}
    assert clash_keys == {("with", "verdict", "needs_minutes", "has_minutes", "estimate")}
    assert {visit["state"] for visit in documents["show"]["visits"]} == {"same", "moved", "cancelled"}


def test_lines_are_the_visits_of_the_document(busy: Run) -> None:
    lines = [json.loads(line) for line in busy("show", "-f", "jsonl")[1].splitlines()]

    assert lines == json.loads(busy("show", "-f", "json")[1])["visits"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(1)", "\t=1"])
def test_formula_in_a_note_is_made_harmless_for_spreadsheets(mine: Run, text: str) -> None:
    mine("add", "swan", f"--note={text}")

    line = mine("show", "-f", "csv")[1].splitlines()[1]

    assert f",'{text.strip()}," in line


@pytest.mark.parametrize("text", ["\x1b[2Jred\x07", "\x1b]0;title\x07"])
def test_note_never_commands_the_terminal(mine: Run, text: str) -> None:
    told = [*mine("add", "swan", "--note", text)[1:], *mine("show")[1:], *mine("check")[1:]]

    assert not any("\x1b" in each or "\x07" in each for each in told)


@pytest.fixture(name="offered")
def _offered(kzfest: Run, home: Path, fair: Path) -> Callable[..., list[str]]:
    """Return a function that gives what bash offers for the last of these words."""

    def offered(*words: str) -> list[str]:
        variables = {
            "_KZFEST_COMPLETE": "complete_bash",
            "COMP_WORDS": " ".join(["kzfest", "itinerary", *words]),
            "COMP_CWORD": str(len(words) + 1),
            "KZFEST_HOME": str(home),
            "KZFEST_DATA": str(fair),
        }
        code, stdout, stderr = kzfest(**variables)
        assert (code, stderr) == (0, "")
        return [choice for choice in stdout.split("\n") if choice]

    return offered


TEN_IDS = [f"v-{name}" for name in "paintings swan songs night puppets lunch panorama poems rinks photos".split()]


@pytest.mark.parametrize(
    ("words", "choices"),
    [
        ([""], COMMANDS),
        (["re"], ["remove", "repair", "restore"]),
        (["--it"], ["--itinerary"]),
        (["remove", ""], TEN_IDS),
        (["remove", "v-p"], ["v-paintings", "v-puppets", "v-panorama", "v-poems", "v-photos"]),
        (["remove", "v-swan", "v-l"], ["v-lunch"]),
        (["edit", "v-s"], ["v-swan", "v-songs"]),
        (["--itinerary", "trip", "edit", "v-s"], []),
        (["edit", "--itinerary", "trip", ""], ["v-tea"]),
        (["--itinerary", ""], ["main", "trip"]),
        (["show", "--itinerary", "t"], ["trip"]),
        (["add", "s"], ["skating", "sledges", "songs", "swan"]),
        (["add", "swan", "ni"], ["night"]),
        (["add", "--venue", "m"], ["museum"]),
        (["suggest", "--must", "ska"], []),
        (["show", "--by", ""], ["walk", "car"]),
        (["show", "-f", "i"], ["ics"]),
        (["list", "-f", ""], ["table", "json", "jsonl", "csv", "markdown"]),
    ],
    ids=" ".join,
)  # fmt: skip
def test_shell_is_offered_what_may_follow(
    mine: Run, token: str, offered: Callable[..., list[str]], words: list[str], choices: list[str]
) -> None:
    mine("merge", token)
    mine("merge", TEA, "--itinerary", "trip")

    assert offered(*words) == choices


def test_nothing_is_offered_from_a_damaged_file_and_nothing_is_told(
    mine: Run, home: Path, offered: Callable[..., list[str]]
) -> None:
    mine("add", "swan")
    (file,) = (home / "data").glob("itineraries.sqlite3")
    file.write_bytes(b"damaged" * 1_000)

    assert offered("remove", "") == []
