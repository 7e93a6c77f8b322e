"""What `manual` shows: the pages of the manual, laid out for people and as Markdown for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import pytest
import typer

from kzfest.cli.app import app
from kzfest.cli.manual import manual_pages, more_about
from kzfest.paths import manual_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Run: TypeAlias = "Callable[..., tuple[int, str, str]]"

OF_THE_PROJECT = {"changelog", "contributing", "design", "performance", "results", "security"}
"""The pages that tell of the project; the wheel does not have them."""


def commands(group: object, path: str = "kzfest") -> Iterator[str]:
    for name in getattr(group, "names", ()):
        yield f"{path} {name}"
        yield from commands(group.get_command(None, name), f"{path} {name}")  # type: ignore[attr-defined]


def test_manual_lists_every_page_once() -> None:
    files = {file for file in manual_folder().rglob("*.md") if "commands" not in file.parts}
    listed = [page.file for page in manual_pages()]

    assert sorted(listed) == sorted(
        file for file in files if file.stem not in OF_THE_PROJECT and file != manual_folder() / "index.md"
    )
    assert len({page.name for page in manual_pages()}) == len(listed)


def test_list_says_what_each_page_tells_and_where_the_files_are(kzfest: Run) -> None:
    code, stdout, stderr = kzfest("manual")

    lines = stdout.splitlines()
    assert (code, stderr, lines[:3]) == (
        0,
        "",
        [
            "Page            What it tells",
            "Start here",
            "quickstart      install it, ask a few questions, make a plan",
        ],
    )
    assert lines[-3:] == ["To read one: kzfest manual quickstart", "", f"As files: {manual_folder()}"]


@pytest.mark.parametrize(
    "words",
    [("manual", "calendars"), ("manual", "Calendars"), ("help", "calendars"), ("--lang", "en", "manual", "calendars")],
)
def test_page_in_a_pipe_is_markdown_with_commands_for_links(kzfest: Run, words: tuple[str, ...]) -> None:
    code, stdout, stderr = kzfest(*words)

    assert (code, stderr, stdout.splitlines()[0]) == (0, "", "# Calendars")
    assert "\n- Google Calendar (`kzfest manual google`)\n" in stdout
    assert "toctree" not in stdout


def test_name_of_a_page_may_have_spaces(kzfest: Run) -> None:
    assert kzfest("manual", "finding", "things") == kzfest("manual", "finding-things")


def test_page_that_is_also_a_command_is_a_page_of_manual(kzfest: Run) -> None:
    assert kzfest("manual", "itinerary")[1].startswith("# Your itinerary\n")
    assert kzfest("help", "itinerary")[1] == kzfest("itinerary", "--help")[1]


@pytest.mark.parametrize(
    ("args", "code", "told"),
    [
        (("manual", "finding"), 3, "the manual has no page 'finding'; did you mean 'finding-things'?"),
        (("manual", "xyz"), 3, "the manual has no page 'xyz'; `kzfest manual` lists its pages"),
        (
            ("help", "findin"),
            2,
            (
                "No command and no page of the manual is called 'findin'. Did you mean 'finding-things'? "
                "See `kzfest --help`."
            ),
        ),
        (("help", "itinerary", "ad"), 2, "No such command 'ad'. Did you mean 'add'? See `kzfest itinerary --help`."),
    ],
)
def test_unknown_name_gets_a_guess(kzfest: Run, args: tuple[str, ...], code: int, told: str) -> None:
    assert kzfest(*args) == (code, "", f"kzfest: {told}\n")


@pytest.mark.parametrize(
    ("language", "told"), [("kk", "нұсқаулық ағылшын тілінде"), ("ru", "руководство на английском языке")]
)
def test_other_languages_are_told_that_the_manual_is_in_english(kzfest: Run, language: str, told: str) -> None:
    assert kzfest("--lang", language, "manual", "sql")[1:] == (kzfest("manual", "sql")[1], f"{told}\n")


def test_page_laid_out_keeps_the_lines_of_its_examples(kzfest: Run) -> None:
    shown = kzfest("--color", "always", "manual", "finding-things", TERM="xterm-256color", COLUMNS="60")[1]

    assert shown.splitlines()[0] == "\x1b[1mFinding things\x1b[0m"
    assert '\x1b[1;38;5;98m  $ kzfest way national-museum "Astana Opera"\x1b[0m' in shown.splitlines()


def test_help_of_a_command_names_the_page_that_tells_more() -> None:
    pages = {page.name for page in manual_pages()}
    found = {command: more_about(command) for command in commands(typer.main.get_command(app))}

    assert {command for command, page in found.items() if page not in pages} == {"kzfest help", "kzfest manual"}
    assert (found["kzfest itinerary add"], found["kzfest itinerary export"]) == ("itinerary", "calendars")
