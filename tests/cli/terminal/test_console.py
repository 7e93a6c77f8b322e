"""Standard output: how wide it is, whether it has colour, and which letters it can write."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, TypeAlias

import pytest
from rich.cells import cell_len

from kzfest.cli.terminal.console import knows_links

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run: TypeAlias = "Callable[..., tuple[int, str, str]]"
    Programme: TypeAlias = "Callable[..., str]"

DAY = ("list", "--on", "2023-12-17")
ESCAPE = "\x1b["
LONGEST_ARGUMENT = 131_071
"""Bytes: what Linux gives a program at most as one argument."""
LEFT_OUT = "4 events without a known date are left out; --undated lists them\n"


@pytest.mark.parametrize("columns", [20, 40, 80, 132])
def test_table_is_as_wide_as_the_terminal(on_terminal: Run, columns: int) -> None:
    code, stdout, stderr = on_terminal(*DAY, columns=columns, TERM="dumb")

    lines = stdout.splitlines()
    assert (code, stderr) == (0, LEFT_OUT)
    assert [line for line in lines if cell_len(line) > columns] == []
    assert [line for line in lines if set(line) == {"─"}] == ["─" * columns]


@pytest.mark.parametrize("name", ["COLUMNS", "TERMINAL_WIDTH"])
def test_help_is_no_wider_than_any_screen(process: Run, name: str) -> None:
    widest, *wider = [process("--help", **{name: size}) for size in ("1000", "1001", "9" * 5_000)]

    assert (widest[0], wider) == (0, [widest] * 2)


def test_size_that_is_no_number_is_as_good_as_none(process: Run) -> None:
    plain = process("--help")

    odd = {
        (name, size): process("--help", **{name: size})
        for name in ("COLUMNS", "LINES", "TERMINAL_WIDTH")
        for size in ("x", "\u00b2")
    }

    assert (plain[0], odd) == (0, dict.fromkeys(odd, plain))


def test_table_on_a_terminal_is_no_wider_than_any_screen(on_terminal: Run) -> None:
    wide = on_terminal(*DAY, COLUMNS="1000", TERM="dumb")

    assert (wide[0], on_terminal(*DAY, COLUMNS="9" * 20, TERM="dumb")) == (0, wide)


@pytest.mark.parametrize(
    ("args", "environment"),
    [
        ((), {}),
        (("--color", "auto"), {}),
        (("--color", "always"), {"TERM": "dumb"}),
        (("--color", "always"), {"NO_COLOR": "1"}),
    ],
)
def test_terminal_has_colour(on_terminal: Run, args: tuple[str, ...], environment: dict[str, str]) -> None:
    code, stdout, stderr = on_terminal(*DAY, *args, **environment)

    assert (code, stderr) == (0, LEFT_OUT)
    assert stdout.splitlines()[0] == f"{ESCAPE}1mAstana's festive programme, December 2023 and January 2024{ESCAPE}0m"


@pytest.mark.parametrize(
    ("args", "environment"), [((), {"TERM": "dumb"}), ((), {"NO_COLOR": "1"}), (("--color", "never"), {})]
)
def test_terminal_has_no_colour_where_it_is_not_wanted(
    on_terminal: Run, args: tuple[str, ...], environment: dict[str, str]
) -> None:
    code, stdout, stderr = on_terminal(*DAY, *args, **environment)

    assert (code, stderr) == (0, LEFT_OUT)
    assert [line for line in stdout.splitlines() if "[3" in line] == []


@pytest.mark.parametrize(
    ("args", "environment"),
    [(("--color", "auto"), {}), (("--color", "never"), {}), ((), {"COLUMNS": "40"}), ((), {"FORCE_COLOR": "1"})],
)
def test_pipe_has_no_colour_and_no_width(process: Run, args: tuple[str, ...], environment: dict[str, str]) -> None:
    plain = process(*DAY)

    assert [line for line in plain[1].splitlines() if ESCAPE in line] == []
    assert process(*DAY, *args, **environment) == plain


@pytest.mark.parametrize("environment", [{}, {"NO_COLOR": "1", "TERM": "dumb"}])
def test_pipe_has_the_colour_that_is_always_wanted(process: Run, environment: dict[str, str]) -> None:
    code, stdout, stderr = process(*DAY, "--color", "always", **environment)

    assert (code, stderr) == (0, LEFT_OUT)
    assert stdout.splitlines()[0] == f"{ESCAPE}1mAstana's festive programme, December 2023 and January 2024{ESCAPE}0m"


def test_colour_changes_no_letter(process: Run) -> None:
    plain, coloured = process(*DAY), process(*DAY, "--color", "always")

    without = "".join(part.partition("m")[2] if i else part for i, part in enumerate(coloured[1].split(ESCAPE)))
    assert (coloured[0], without, coloured[2]) == plain


@pytest.mark.parametrize("format_", ["json", "jsonl", "csv", "markdown"])
def test_machine_formats_have_no_colour_and_no_width(on_terminal: Run, kzfest: Run, format_: str) -> None:
    in_a_pipe = kzfest(*DAY, "-f", format_)

    outcome = on_terminal(*DAY, "-f", format_, "--color", "always", columns=40)

    assert (outcome[0], outcome[1].replace("\r\n", "\n"), outcome[2]) == (
        0,
        in_a_pipe[1].replace("\r\n", "\n"),
        LEFT_OUT,
    )


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such terminal")
def test_width_is_that_of_the_terminal_where_no_variable_says_it(warm_home: Path) -> None:
    fcntl, pty, struct, termios = (pytest.importorskip(name) for name in ("fcntl", "pty", "struct", "termios"))
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 66, 0, 0))
    environment = {name: value for name, value in os.environ.items() if name not in {"COLUMNS", "LINES"}}

    done = subprocess.run(
        [sys.executable, "-m", "kzfest", "show", "yakutia-circus"],
        env=environment | {"KZFEST_HOME": str(warm_home), "TERM": "dumb"},
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(theirs)
    shown = os.read(ours, 65536).decode().replace("\r\n", "\n")
    os.close(ours)

    assert (done.returncode, done.stderr) == (0, b"")
    assert shown.split("\n\n")[1] == (
        "A circus show on an old tale of the Sakha people, with acrobats\nand shaman drums."
    )


PLAIN_LETTERS = [
    {"PYTHONIOENCODING": "ascii"},
    {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
]


@pytest.mark.parametrize("environment", PLAIN_LETTERS)
def test_dashes_become_plain_where_only_plain_letters_can_be_written(process: Run, environment: dict[str, str]) -> None:
    code, stdout, _stderr = process(*DAY, **environment)

    assert code == 0
    assert stdout.isascii()
    assert "National Museum of the Republic of Kazakhstan - usually 10:00-18:00" in stdout


@pytest.mark.parametrize("environment", PLAIN_LETTERS)
@pytest.mark.parametrize(
    "args",
    [
        ("show", "now-i-see-you", "--lang", "kk"),
        ("show", "now-i-see-you", "--color", "always"),
        ("search", "нацмузей"),
        ("venue", "ұлттық", "музей"),
        ("list", "17", "желтоқсан"),
        ("list", "--category", "ән"),
        ("history", "--law"),
        ("programmes",),
        ("--help",),
        ("list", "--help"),
        (),
    ],
)
def test_no_letter_brings_a_traceback(process: Run, args: tuple[str, ...], environment: dict[str, str]) -> None:
    code, _stdout, stderr = process(*args, **environment)

    assert code in {0, 2, 3}  # without UTF-8, words of other scripts arrive as bytes that nobody knows
    assert "Traceback" not in stderr


@pytest.mark.parametrize("format_", ["json", "jsonl", "csv", "markdown"])
def test_machine_formats_are_utf_8_whatever_the_terminal_can_write(process: Run, kzfest: Run, format_: str) -> None:
    expected = kzfest("show", "now-i-see-you", "--lang", "kk", "-f", format_)

    outcomes = [process("show", "now-i-see-you", "--lang", "kk", "-f", format_, **each) for each in PLAIN_LETTERS]

    assert outcomes == [expected] * 2


def test_link_and_command_are_not_broken_on_a_narrow_terminal(on_terminal: Run, programme: Programme) -> None:
    link = "https://kzfest.invalid/a/very/long/way/to/the/page/of/the/event"
    file = programme(f"  - {{id: fair, title: The fair, category: fair, start: 2023-12-17, url: '{link}'}}")

    code, stdout, stderr = on_terminal("show", "fair", "--data", file, columns=30, TERM="dumb")

    assert (code, [line for line in stdout.splitlines() if len(line) > 30], stderr) == (
        0,
        [link, f"kzfest --data {file} itinerary add fair"],
        "",
    )


def test_what_a_terminal_would_obey_is_made_visible(process: Run) -> None:
    assert process("search", "\x1b[31mred\x07") == (0, "", "no results for '\\x1b[31mred\\x07'\n")
    assert process("show", "\x1b]0;x\x07") == (
        3,
        "",
        "kzfest: no event called '\\x1b]0;x\\x07'; `kzfest search '\\x1b]0;x\\x07'` searches the texts of all events\n",
    )


@pytest.mark.skipif(sys.platform == "win32", reason="there, names of files are letters")
def test_longest_argument_is_not_told_in_full(kzfest: Run) -> None:
    for args in (["show", "{}"], ["list", "-f", "{}"], ["list", "--city", "{}"], ["--data", "{}", "list"], ["{}"]):
        for text in ("x" * LONGEST_ARGUMENT, "слово " * (LONGEST_ARGUMENT // 11), "a\n" * (LONGEST_ARGUMENT // 2)):
            code, stdout, stderr = kzfest(*(arg.format(text) for arg in args))

            assert (code in {1, 2, 3}, stdout) == (True, "")
            assert len(stderr) < 5_000
            assert stderr.startswith("kzfest: ")


def test_names_that_are_no_letters_bring_no_traceback(process: Run, tmp_path: Path) -> None:
    name = os.fsdecode(b"\xff.yaml")
    (tmp_path / name).write_text("format: 2\n", encoding="utf-8")

    checked = process("check", name)
    asked = process("list", "--data", name, "-f", "json")
    searched = process("search", name, "-f", "json")

    assert (checked[0], checked[1].splitlines()[0][:14], checked[2]) == (4, "\\udcff.yaml:1:", "")
    assert (asked[0], asked[1], asked[2][:14]) == (4, "", "\\udcff.yaml:1:")
    assert (searched[0], searched[1].splitlines()[7]) == (0, '  "query": "\\udcff.yaml",')


@pytest.mark.parametrize(
    ("environment", "known"),
    [
        ({}, False),
        ({"TERM": "xterm-256color"}, False),
        ({"TERM_PROGRAM": "Apple_Terminal"}, False),
        ({"TERM_PROGRAM": "iTerm.app"}, True),
        ({"TERM_PROGRAM": "vscode"}, True),
        ({"VTE_VERSION": "4900"}, False),
        ({"VTE_VERSION": "5000"}, True),
        ({"VTE_VERSION": "new"}, False),
        ({"WT_SESSION": "1"}, True),
        ({"KITTY_WINDOW_ID": "1"}, True),
        ({"KONSOLE_VERSION": "230800"}, True),
        ({"TERM": "xterm-kitty"}, True),
        ({"TERM": "alacritty-direct"}, True),
        ({"TERM": "tmux-256color", "VTE_VERSION": "7600"}, False),
        ({"TERM_PROGRAM": "tmux", "WT_SESSION": "1"}, False),
        ({"TERM": "screen", "FORCE_HYPERLINK": "1"}, True),
        ({"VTE_VERSION": "7600", "FORCE_HYPERLINK": "0"}, False),
    ],
)
def test_terminal_that_makes_links_is_known_by_its_variables(environment: dict[str, str], *, known: bool) -> None:
    assert knows_links(environment) is known


LINKS = {"FORCE_HYPERLINK": "1"}


@pytest.mark.parametrize(
    ("args", "environment", "linked"),
    [
        ((), {}, True),
        (("--color", "always"), {"NO_COLOR": "1"}, True),
        (("--color", "never"), {}, False),
        ((), {"NO_COLOR": "1"}, False),
        ((), {"TERM": "dumb"}, False),
    ],
)
def test_links_follow_the_rule_of_colours(
    on_terminal: Run, args: tuple[str, ...], environment: dict[str, str], *, linked: bool
) -> None:
    stdout = on_terminal("show", "dialogue", *args, **LINKS, **environment)[1]

    assert ("\x1b]8;" in stdout, "\nhttps://www.openstreetmap.org/?mlat=" in stdout) == (linked, not linked)


def test_pipe_has_no_links(process: Run) -> None:
    assert process("show", "dialogue", **LINKS) == process("show", "dialogue")
    assert "\x1b]8;" not in process("show", "dialogue", "--color", "always", **LINKS)[1]


HELPS = [("--help",), ("list", "--help"), ("itinerary", "--help"), ("itinerary", "add", "-h")]


@pytest.mark.parametrize(
    ("options", "environment", "coloured", "helps"),
    [
        ((), {}, True, HELPS),
        (("--color", "always"), {"NO_COLOR": "1", "TERM": "dumb"}, True, HELPS),
        (("--color=never",), {"FORCE_COLOR": "1"}, False, HELPS),
        ((), {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False, HELPS[:1]),
        ((), {"TERM": "dumb"}, False, HELPS[:1]),
        ((), {"FORCE_COLOR": "0"}, False, HELPS[:1]),
        ((), {"PY_COLORS": "0"}, False, HELPS[:1]),
    ],
)
def test_help_on_a_terminal_has_colour_as_a_list_has(
    on_terminal: Run,
    options: tuple[str, ...],
    environment: dict[str, str],
    helps: list[tuple[str, ...]],
    *,
    coloured: bool,
) -> None:
    """Each page is asked with each option; what the environment says reaches all of them by one way."""
    outcomes = {words: on_terminal(*options, *words, **environment) for words in (*helps, DAY)}

    found = {words: (code, ESCAPE in stdout) for words, (code, stdout, _stderr) in outcomes.items()}
    assert found == dict.fromkeys(outcomes, (0, coloured))


@pytest.mark.parametrize(
    ("options", "environment", "coloured"),
    [
        ((), {"GITHUB_ACTIONS": "true"}, False),
        ((), {"GITHUB_ACTIONS": "true", "NO_COLOR": "1"}, False),
        ((), {"FORCE_COLOR": "1"}, False),
        ((), {"FORCE_COLOR": "0"}, False),
        ((), {"PY_COLORS": "0"}, False),
        (("--color", "always"), {"NO_COLOR": "1"}, True),
        (("--color", "always"), {}, True),
    ],
)
def test_help_in_a_pipe_has_colour_as_a_list_has(
    process: Run, options: tuple[str, ...], environment: dict[str, str], *, coloured: bool
) -> None:
    outcomes = [process(*options, *words, **environment) for words in (("--help",), DAY)]

    assert [(code, ESCAPE in stdout) for code, stdout, _stderr in outcomes] == [(0, coloured)] * 2


def test_help_may_have_its_colour_behind_it(on_terminal: Run) -> None:
    assert ESCAPE not in on_terminal("list", "--help", "--color", "never")[1]


def test_error_on_a_terminal_is_wrapped_between_words_and_coloured(on_screen: Run, process: Run) -> None:
    process("venues")  # reads the programme, which a slow machine shows as a bar
    plain = on_screen("show", "xylophone", columns=40, NO_COLOR="1")
    coloured = on_screen("show", "xylophone", columns=40)

    assert plain == (
        3,
        "kzfest: no event called 'xylophone';\n`kzfest search xylophone` searches the\ntexts of all events\n",
        "",
    )
    assert coloured[1] == (
        f"{ESCAPE}1;31mkzfest: {ESCAPE}0mno event called 'xylophone';\n"
        f"{ESCAPE}1;38;5;98m`kzfest search xylophone`{ESCAPE}0m searches the\ntexts of all events\n"
    )


def test_notes_stand_apart_from_the_answer_on_a_terminal(on_screen: Run) -> None:
    lines = on_screen("list", "sunday", columns=40, TERM="dumb", KZFEST_NOW="2023-12-14T12:00")[1].splitlines()

    assert lines[:3] == ["sunday: Sunday 17 December 2023", "", "Astana's festive programme, December"]
    assert lines[-3:] == ["", "4 events without a known date are left", "out; --undated lists them"]


@pytest.mark.parametrize("columns", [40, 60])
@pytest.mark.parametrize("language", ["en", "kk", "ru"])
def test_candidates_keep_their_indent_on_a_terminal(on_screen: Run, columns: int, language: str) -> None:
    asked = ("-p", "archive", "show", "nutcracker", "--lang", language)
    _code, stdout, _stderr = on_screen(*asked, columns=columns, TERM="dumb")

    lines = stdout.splitlines()
    shown = [line.split()[0] for line in lines if line.startswith("  ")]
    assert [line for line in lines if cell_len(line) > columns] == []
    assert set(shown) >= {"nutcracker-ballet-2024", "opera-nutcracker-2025"}
    assert lines[0].startswith("kzfest: ")


def test_error_in_a_pipe_is_one_line(process: Run) -> None:
    code, stdout, stderr = process("show", "xylophone", COLUMNS="20")

    assert (code, stdout, stderr.count("\n")) == (3, "", 1)


@pytest.mark.parametrize("columns", [40, 60])
def test_faults_are_wrapped_between_words_on_a_terminal(
    on_screen: Run, kzfest: Run, programme: Programme, columns: int
) -> None:
    file = programme("  - {id: fair, tite: The fair, category: fair, venue: gren, start: 2023-12-17}")
    told = kzfest("check", file)[1]

    code, printed, _nothing = on_screen("check", file, columns=columns)

    words = [word for line in told.splitlines() for word in line.split() if cell_len(word) <= columns]
    assert code == 4
    assert [word for word in words if word not in printed.split()] == []
