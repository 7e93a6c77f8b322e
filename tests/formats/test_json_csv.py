"""JSON, JSON lines and CSV: what goes in can be read back, and no cell is run as a formula."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzfest.formats.json_csv import FORMULA_STARTS, csv_text, json_text, jsonl_text

LETTERS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | LETTERS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(LETTERS, inner, max_size=3),
    max_leaves=8,
)
RECORDS = st.lists(st.dictionaries(LETTERS, VALUES, max_size=3), max_size=4)
CELLS = st.text(st.sampled_from("=+-@＝\t\r\n'\",;ab1 ә🎉"), max_size=8)


@given(VALUES)
def test_json_reads_back(document: Any) -> None:
    text = json_text(document)

    assert json.loads(text) == document
    assert text.endswith("\n")


def test_json_has_nothing_that_a_terminal_obeys_or_nobody_sees() -> None:
    document = {"file": "a\x1b[2J\x9b\x7f\u202e\u2028\U000e0041b", "name": "👩\u200d🚀"}

    text = jsonl_text([document])

    assert text == '{"file": "a\\u001b[2J\\u009b\\u007f\\u202e\\u2028\\udb40\\udc41b", "name": "👩\u200d🚀"}\n'
    assert json.loads(text) == json.loads(json_text(document)) == document


@given(RECORDS)
def test_jsonl_reads_back_line_by_line(records: list[dict[str, Any]]) -> None:
    lines = jsonl_text(records).split("\n")

    assert [json.loads(line) for line in lines[:-1]] == records
    assert lines[-1] == ""


def test_json_keeps_letters_of_every_script() -> None:
    assert json_text({"title": "Тәуелсіздік"}) == '{\n  "title": "Тәуелсіздік"\n}\n'
    assert jsonl_text([{"title": "Тәуелсіздік"}]) == '{"title": "Тәуелсіздік"}\n'


@given(st.lists(st.tuples(CELLS, CELLS), max_size=5))
def test_csv_reads_back_but_for_the_apostrophe(rows: list[tuple[str, str]]) -> None:
    text = csv_text([{"a": a, "b": b} for a, b in rows], ("a", "b"))

    head, *cells = csv.reader(io.StringIO(text, newline=""))
    assert head == ["a", "b"]
    assert [[_without_apostrophe(cell) for cell in row] for row in cells] == [
        [_without_apostrophe(cell) for cell in row] for row in rows
    ]


def _without_apostrophe(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(FORMULA_STARTS) else cell


@given(st.lists(CELLS | st.lists(CELLS, max_size=3), max_size=5))
def test_csv_has_no_formula(values: list[Any]) -> None:
    text = csv_text([{"a": value} for value in values], ("a",))

    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    assert [cell for cell in cells if cell.startswith(FORMULA_STARTS)] == []


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+7 7172", "'+7 7172"),
        ("-1+1", "'-1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("＝1+1", "'＝1+1"),
        ("＠SUM(A1)", "'＠SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("\n=1", "'\n=1"),
        ("1=1", "1=1"),
        (-33.5, "-33.5"),
        (0, "0"),
        (True, "true"),
        (False, "false"),
        (None, ""),
        ([], ""),
        (["art", "music"], "art; music"),
        (["=1", "=2"], "'=1; =2"),
        ({"id": "green", "name": "The green"}, "green"),
        ([{"id": "guide"}, {"id": "times"}], "guide; times"),
        ('say "hi", twice\nand more', 'say "hi", twice\nand more'),
    ],
)
def test_csv_cell(value: object, cell: str) -> None:
    text = csv_text([{"before": "x", "value": value}], ("before", "value"))

    assert list(csv.reader(io.StringIO(text, newline=""))) == [["before", "value"], ["x", cell]]


def test_csv_is_as_rfc_4180_has_it() -> None:
    museum: dict[str, Any] = {"id": "a", "title": "Now, I See You", "more": 1}

    assert csv_text([museum, {"id": "b", "title": None}], ("id", "title")) == 'id,title\r\na,"Now, I See You"\r\nb,\r\n'


def test_csv_of_nothing_is_its_head() -> None:
    assert csv_text([], ("id", "title")) == "id,title\r\n"
