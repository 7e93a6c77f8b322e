"""Whatever a file holds: a programme that can be compiled, or faults in lines that the file has; never a crash."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

from kzfest.programme.database import build
from kzfest.programme.reading.reader import read_history, read_programme

EVERY_FIELD = (Path(__file__).parents[1] / "every_field.yaml").read_text(encoding="utf-8")
LINES = EVERY_FIELD.splitlines(keepends=True)

MARKS = ["", " ", "\t", "\n", "\r", ": ", "- ", "? ", "{", "}", "[", "]", "'", '"', "#", "|", ">", "~", "---\n"]
REFUSED = ["&a ", "*a", "!!str ", "<<: *a\n", "\0", "\x1b", "\\x1b", "\u2028", "\ufeff", "\ud800"]
VALUES = ["0001-01-01", "9999-12-31 23:59", "2024-02-30", "unknown", "null", "FREQ=DAILY;INTERVAL=0", "UTC", "9" * 30]
SNIPPETS = st.sampled_from([*MARKS, *REFUSED, *VALUES, "x" * 2_000])
POSITIONS = st.integers(0, len(EVERY_FIELD))


@st.composite
def changed_letters(draw: st.DrawFn) -> bytes:
    """Draw a good file of which a few stretches were replaced by something else."""
    text = EVERY_FIELD
    for _ in range(draw(st.integers(1, 3))):
        start = draw(POSITIONS)
        text = text[:start] + draw(SNIPPETS | st.text(max_size=3)) + text[start + draw(st.integers(0, 12)) :]
    return text.encode("utf-8", errors="surrogatepass")


@st.composite
def changed_lines(draw: st.DrawFn) -> bytes:
    """Draw a good file of which a few lines were dropped, moved, or stand there twice."""
    lines = list(LINES)
    for _ in range(draw(st.integers(1, 4))):
        taken = lines.pop(draw(st.integers(0, len(lines) - 1)))
        for _copy in range(draw(st.integers(0, 2))):
            lines.insert(draw(st.integers(0, len(lines))), taken)
    return "".join(lines).encode()


@st.composite
def changed_values(draw: st.DrawFn) -> bytes:
    """Draw a good file of which the value of one key was replaced by something else."""
    lines = list(LINES)
    number = draw(st.sampled_from([n for n, line in enumerate(lines) if ": " in line]))
    key = lines[number].partition(": ")[0]
    lines[number] = f"{key}: {draw(SNIPPETS | st.text(max_size=8))}\n"
    return "".join(lines).encode("utf-8", errors="surrogatepass")


def check_reading(data: bytes) -> None:
    """Read *data*, and compile it where it is sound."""
    reading, problems = read_programme(data, file="p.yaml")
    lines = max(1, len(data.removesuffix(b"\n").split(b"\n")))

    assert (reading is None) is bool(problems)
    assert [problem for problem in problems if not 1 <= problem.line <= lines or not problem.message] == []
    if reading:
        with closing(sqlite3.connect(":memory:")) as database:
            build.build_programme(database, data, "p.yaml")


@given(st.binary(max_size=200))
def test_any_bytes_are_read_without_a_crash(data: bytes) -> None:
    check_reading(data)


@given(st.text(max_size=200))
@example("? [a]\n: b\nformat: 1\nx: y\n")
@example("events: [{id: *a")
@example("format: 1\nevents: [{? {} : {}}]\n")
def test_any_text_is_read_without_a_crash(text: str) -> None:
    check_reading(text.encode("utf-8", errors="surrogatepass"))


@given(st.lists(SNIPPETS | st.sampled_from(["format: 1\n", "events:\n", "- id: a\n", "  start: 2023-12-16\n"])))
def test_any_yaml_marks_are_read_without_a_crash(parts: list[str]) -> None:
    check_reading("".join(parts).encode("utf-8", errors="surrogatepass"))


@given(changed_letters())
def test_good_file_with_letters_changed_is_read_without_a_crash(data: bytes) -> None:
    check_reading(data)


@given(changed_lines())
def test_good_file_with_lines_changed_is_read_without_a_crash(data: bytes) -> None:
    check_reading(data)


@given(changed_values())
@example(EVERY_FIELD.replace("revised: 2023-12-01", "revised: 1950-12-01").encode())
@example(EVERY_FIELD.replace("revised: 2023-12-01", "revised: 5999-12-31").encode())
@example(EVERY_FIELD.replace("2023-12-16", "1000-01-01").encode())
@example(EVERY_FIELD.replace("2023-12-16", "5999-12-31").replace("last: 2024-03-31", "last: 5999-12-31").encode())
@example(EVERY_FIELD.replace("Asia/Almaty", "Pacific/Kiritimati").encode())
def test_good_file_with_a_value_changed_is_read_without_a_crash(data: bytes) -> None:
    check_reading(data)


@given(changed_letters() | changed_lines())
def test_any_history_is_read_without_a_crash(data: bytes) -> None:
    values, problems = read_history(data.replace(b"events", b"milestones"), file="history.yaml")

    assert (values is None) is bool(problems)
