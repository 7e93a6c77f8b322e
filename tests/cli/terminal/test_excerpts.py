"""A fault on a terminal: its line, a caret under the place, and a remedy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., tuple[int, str, str]]
    Written = Callable[[str | bytes], str]

HEAD = """\
format: 1
programme: {id: p, title: P, timezone: Asia/Almaty, revised: 2023-12-01}
venues: [{id: circus, name: Circus, city: Astana}]
events:
"""


@pytest.fixture(name="written")
def _written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Written:
    """Return a function that writes the events of a programme file, and gives its name."""
    monkeypatch.chdir(tmp_path)

    def written(events: str | bytes) -> str:
        data = events if isinstance(events, bytes) else events.encode()
        (tmp_path / "p.yaml").write_bytes(HEAD.encode() + data)
        return "p.yaml"

    return written


def test_fault_shows_its_line_its_place_and_the_remedy(on_screen: Run, written: Written) -> None:
    file = written("  - {id: a, title: A, category: c, start: 2023-12-16, venue: cirkus}\n")

    assert on_screen("check", file, TERM="dumb") == (
        4,
        """\
p.yaml:5:62: no 'cirkus' in the venues of this file; did you mean 'circus'?
  - {id: a, title: A, category: c, start: 2023-12-16, venue: cirkus}
                                                             ^^^^^^
write:
  - {id: a, title: A, category: c, start: 2023-12-16, venue: circus}
""",
        "",
    )


def test_faults_stand_apart_and_some_have_an_example(on_screen: Run, written: Written) -> None:
    file = written("- id: a\n  category: c\n  start: 2023-12-16\n  end: 2023-12-15\n")

    assert on_screen("check", file, NO_COLOR="1")[1] == (
        """\
p.yaml:5:3: the key 'title' is missing
- id: a
  ^
for example:
title: {en: Barn dance, ru: Танцы в амбаре}

p.yaml:8:8: end must be after start
  end: 2023-12-15
       ^^^^^^^^^^
"""
    )


def test_place_caret_and_remedy_have_the_styles_of_the_program(on_screen: Run, written: Written) -> None:
    file = written("- id: a\n  title: A\n  category: c\n  start: 16.12.2023\n")

    assert on_screen("check", file)[1].splitlines() == [
        "\x1b[1mp.yaml:8:10:\x1b[0m start: '16.12.2023' is not a date; write it as 2023-12-16 or as",
        "2023-12-16 19:00",
        "  start: 16.12.2023",
        "         \x1b[1;31m^^^^^^^^^^\x1b[0m",
        "\x1b[38;5;243mwrite:\x1b[0m",
        "\x1b[38;5;28m  start: 2023-12-16\x1b[0m",
    ]


@pytest.mark.parametrize("before", ["", "日本祭り ", "tab\t tab ", "e\u0301 ", "🎪 "])
@pytest.mark.parametrize("columns", [40, 80, 200])
def test_caret_stands_under_the_place(on_screen: Run, written: Written, before: str, columns: int) -> None:
    note = f'"{before}{"word " * 20}end"'
    file = written(f"- {{id: a, title: A, category: c, notes: {note}, start: soon, url: https://a.kz/{'x' * 90}}}\n")

    lines = on_screen("check", file, columns=columns, TERM="dumb")[1].splitlines()

    (number,) = (n for n, line in enumerate(lines) if set(line) == {" ", "^"})
    shown, carets = lines[number - 1 : number + 1]
    ahead = shown.partition("soon")[0]
    assert (cell_len(ahead), carets.strip()) == (carets.index("^"), "^^^^")
    assert max(map(cell_len, lines[: number + 1])) <= columns
    assert lines[number + 1 : number + 3] == ["for example:", "start: 2023-12-16 19:00"]


def test_remedy_of_a_very_long_line_is_the_part_that_changes(on_screen: Run, written: Written) -> None:
    file = written(f"- {{id: a, title: A, category: c, notes: {'word ' * 99}, start: 16.12.2023}}\n")

    assert on_screen("check", file, TERM="dumb")[1].splitlines()[-2:] == ["write:", "2023-12-16"]


def test_character_that_acts_is_shown_as_its_code(on_screen: Run, written: Written) -> None:
    file = written("- id: a\n  title: \x1b[2JA\u202eB\n  category: c\n  start: 2023-12-16\n")

    assert on_screen("check", file, TERM="dumb")[1].splitlines() == [
        "p.yaml:6:10: control character U+001B; remove it",
        "  title: \\x1b[2JA\\u202eB",
        "         ^^^^",
        "",
        "p.yaml:6:10: title: invisible or reordering character U+202E; remove it",
        "  title: \\x1b[2JA\\u202eB",
        "         ^^^^^^^^^^^^^^^",
        "for example:",
        "title: {en: Barn dance, ru: Танцы в амбаре}",
    ]


@pytest.mark.parametrize("args", [("list", "--data"), ("check",)])
def test_fault_in_a_pipe_is_one_line(process: Run, written: Written, args: tuple[str, ...]) -> None:
    file = written("- {id: a, title: A, category: c, start: soon}\n")
    fault = "p.yaml:5:41: start: 'soon' is not a date; write it as 2023-12-16 or as 2023-12-16 19:00\n"

    _code, stdout, stderr = process(*args, file)

    assert (stdout + stderr).splitlines(keepends=True)[0] == fault


def test_other_command_shows_the_faults_too_and_names_the_command(on_screen: Run, written: Written) -> None:
    file = written("- {id: a, title: A, category: c, start: soon}\n")

    assert on_screen("list", "--data", file, TERM="dumb")[:2] == (
        4,
        """\
p.yaml:5:41: start: 'soon' is not a date; write it as 2023-12-16 or as
2023-12-16 19:00
- {id: a, title: A, category: c, start: soon}
                                        ^^^^
for example:
start: 2023-12-16 19:00
kzfest: the programme has faults; correct them, and check with
`kzfest check p.yaml`
""",
    )
