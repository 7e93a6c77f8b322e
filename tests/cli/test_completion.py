"""What a shell offers: commands, options, and the ids and words of the programme that the command line names."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import pytest

from kzfest.cli.app import Application

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run: TypeAlias = "Callable[..., tuple[int, str, str]]"
    Programme: TypeAlias = "Callable[..., str]"

GLOBAL = ["--programme", "--data", "--lang", "--now", "--color", "--version"]


@pytest.fixture(name="offered")
def _offered(kzfest: Run) -> Callable[..., list[str]]:
    """Return a function that gives what bash offers for the last of these words."""

    def offered(*words: str, **environment: str) -> list[str]:
        variables = {
            "_KZFEST_COMPLETE": "complete_bash",
            "COMP_WORDS": " ".join(["kzfest", *words]),
            "COMP_CWORD": str(len(words)),
        }
        code, stdout, stderr = kzfest(**variables, **environment)
        assert (code, stderr) == (0, "")
        return [choice for choice in stdout.split("\n") if choice]

    return offered


@pytest.mark.parametrize(
    ("words", "choices"),
    [
        ([""], list(Application.names)),
        (["ve"], ["venue", "venues"]),
        (["--pro"], ["--programme"]),
        (["-p", "a"], ["astana", "archive", "abroad"]),
        (["list", "--programme", "ar"], ["archive"]),
        (["show", "gas"], ["gastromania"]),
        (["show", "nut"], ["nutcracker-ballet"]),
        (["show", "Gas"], []),
        (["show", "Swan"], ["Swan Lake"]),
        (["show", "xyz"], []),
        (["-p", "archive", "show", "gas"], []),
        (["venue", "nat"], ["national-museum"]),
        (
            ["list", "--venue", "astana-"],
            ["astana-ballet", "astana-circus", "astana-opera", "astana-puppet-theatre", "astana-sports-complex"],
        ),
        (["list", "--near", "has"], ["has-sanat"]),
        (["list", "--category", "ex"], ["exhibition"]),
        (["list", "-c", "conc"], ["concert"]),
        (["list", "--not-category", "ball"], ["ballet"]),
        (["list", "--city", "Tem"], ["Temirtau"]),
        (["list", "--tag", "christ"], ["christmas"]),
        (["list", "-f", "j"], ["json", "jsonl"]),
        (["list", "--sort", ""], ["time", "title", "venue", "category", "distance"]),
        (["search", "museum", "--near", "has"], ["has-sanat"]),
        (["way", "now-i"], ["now-i-see-you"]),
        (["way", "has-sanat", "zhas"], ["zhastar-palace", "zhastar-theatre", "zhastar-matinees"]),
        (["history", "199"], ["1990", "1991", "1992", "1993", "1995"]),
        (["--lang", ""], ["en", "kk", "ru"]),
        (["venues", "--color", "a"], ["auto", "always"]),
        (["list", "--un"], ["--unknown", "--undated"]),
        (["list", "--no"], ["--not-category", "--not-tag", "--not-venue", "--now"]),
    ],
    ids=" ".join,
)
def test_shell_is_offered_what_may_follow(
    offered: Callable[..., list[str]], words: list[str], choices: list[str]
) -> None:
    assert offered(*words) == choices


@pytest.mark.parametrize("command", Application.names)
def test_global_options_are_offered_behind_every_command(offered: Callable[..., list[str]], command: str) -> None:
    assert [option for option in offered(command, "--") if option in GLOBAL] == GLOBAL


def test_ids_are_those_of_the_programme_named_before_or_behind(
    offered: Callable[..., list[str]], programme: Programme
) -> None:
    file = programme("  - {id: fair, title: The fair, category: market, start: 2023-12-17}")

    asked = [
        offered("--data", file, "show", ""),
        offered("show", "--data", file, ""),
        offered("show", "", KZFEST_DATA=file),
        offered("list", "--data", file, "-c", ""),
    ]

    assert asked == [["fair"], ["fair"], ["fair"], ["market"]]


def test_own_programmes_are_offered(offered: Callable[..., list[str]], programme: Programme, tmp_path: Path) -> None:
    own = tmp_path / "config" / "programmes"
    own.mkdir(parents=True)
    (own / "wrong.yaml").write_text("format: 2\n", encoding="utf-8")
    file = programme("  - {id: fair, title: The fair, category: market, start: 2023-12-17}")
    (own / "village.yaml").symlink_to(file)
    home = {"KZFEST_HOME": str(tmp_path)}

    assert offered("-p", "", **home) == ["astana", "archive", "abroad", "village"]
    assert offered("-p", "village", "show", "", **home) == ["fair"]


@pytest.mark.parametrize(
    "words", [["--data", "missing.yaml", "show", ""], ["-p", "nothing", "show", ""], ["--now", "x", "show", "xyz"]]
)
def test_nothing_is_offered_and_nothing_told_where_the_programme_cannot_be_read(
    offered: Callable[..., list[str]], words: list[str]
) -> None:
    assert offered(*words) == []


@pytest.mark.parametrize(
    ("shell", "sign"),
    [("bash", "complete -o default -F _kzfest_completion kzfest"), ("zsh", "#compdef kzfest"), ("fish", "complete ")],
)
def test_script_of_each_shell_is_shown(process: Run, shell: str, sign: str) -> None:
    code, stdout, stderr = process("--show-completion", shell, _TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION="1")

    assert (code, stderr) == (0, "")
    assert [line.strip()[: len(sign)] for line in stdout.splitlines()].count(sign) == 1
    assert "_KZFEST_COMPLETE=complete_" + shell in stdout
