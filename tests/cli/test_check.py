"""The faults of programme files as records, for programs."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., tuple[int, str, str]]
    Programme = Callable[..., str]

FIRST = "  - {id: fair, tite: The fair, category: fair, start: 2023-12-17, end: soon}"


@pytest.fixture(name="faulty")
def _faulty(programme: Programme) -> str:
    """Return a file with a fault to correct, one with an example, one of a key with a slash, and one of the syntax."""
    return programme(f"{FIRST}\n  - {{id: ball, title: Ball, category: ball, start: 2023-12-17, a/b: 1}}\n  - id: ]")


def test_faults_as_json_have_their_places_and_remedies(kzfest: Run, faulty: str) -> None:
    code, stdout, stderr = kzfest("check", faulty, "-f", "json")

    found = json.loads(stdout)
    first = found["faults"][0]["line"]
    assert (code, stderr, found["schema"], len(found["faults"])) == (4, "", 1, 4)
    assert found["faults"][:2] == [
        {
            "file": faulty,
            "line": first,
            "column": 16,
            "path": "/events/0/tite",
            "message": "unknown key 'tite'; did you mean 'title'?",
            "remedy": FIRST.replace("tite", "title"),
            "example": None,
        },
        {
            "file": faulty,
            "line": first,
            "column": 72,
            "path": "/events/0/end",
            "message": "end: 'soon' is not a date; write it as 2023-12-16 or as 2023-12-16 19:00, or as unknown",
            "remedy": None,
            "example": "end: 2024-01-07",
        },
    ]
    assert [(each["line"] - first, each["column"], each["path"]) for each in found["faults"][2:]] == [
        (1, 64, "/events/1/a~1b"),
        (2, 9, None),
    ]


def test_faults_in_other_formats_are_the_same_records(kzfest: Run, faulty: str) -> None:
    records = json.loads(kzfest("check", faulty, "-f", "json")[1])["faults"]

    lines = kzfest("check", faulty, "-f", "jsonl")[1].splitlines()
    rows = list(csv.DictReader(io.StringIO(kzfest("check", faulty, "-f", "csv")[1])))

    assert [json.loads(line) for line in lines] == records
    assert [row["message"] for row in rows] == [record["message"] for record in records]


def test_file_without_a_fault_has_an_empty_list(kzfest: Run, programme: Programme) -> None:
    file = programme("  - {id: fair, title: Fair, category: fair, start: 2023-12-17}")

    assert kzfest("check", file, "-f", "json") == (
        0,
        '{\n  "schema": 1,\n  "faults": [],\n  "imports": []\n}\n',
        "no fault in 1 file\n",
    )
