"""Where in its line a fault stands, and what corrects it."""

from __future__ import annotations

import json
import sys
from subprocess import run
from typing import TYPE_CHECKING

import pytest

from kzfest.programme.reading.reader import read_programme

if TYPE_CHECKING:
    from pathlib import Path

    from kzfest.core.errors import Problem

HEAD = """\
format: 1
programme: {id: p, title: P, timezone: Asia/Almaty, revised: 2023-12-01, first: 2023-12-01, last: 2023-12-31}
sources: {guide: {title: Guide}}
venues: [{id: city-hall, name: Hall, city: Astana, rooms: {red-room: {name: Red}}}]
"""
SHOW = "title: Show, category: c"


def problems(text: str) -> list[Problem]:
    return read_programme(text.encode(), file="p.yaml")[1]


def marked(problem: Problem) -> str:
    """Return what is underlined in the line of *problem*."""
    return problem.text[problem.column - 1 :][: problem.width]


def entry(problem: Problem) -> str | None:
    """Return what stands in the remedy of *problem* instead of what is underlined."""
    if problem.remedy is None:
        return None
    begin, after = problem.column - 1, len(problem.text) - (problem.column - 1 + problem.width)
    assert problem.remedy.startswith(problem.text[:begin])
    assert problem.remedy.endswith(problem.text[len(problem.text) - after :])
    return problem.remedy[begin : len(problem.remedy) - after]


@pytest.mark.parametrize(
    ("event", "wrong", "right"),
    [
        ("id: a, titel: Show, category: c, start: 2023-12-16", "titel", "title"),
        (f"id: a, {SHOW}, start: 16/12/2023", "16/12/2023", "2023-12-16"),
        (f"id: a, {SHOW}, start: 16.12.2023", "16.12.2023", "2023-12-16"),
        (f"id: a, {SHOW}, start: 16.12.2023 9:30", "16.12.2023 9:30", "2023-12-16 09:30"),
        (f"id: a, {SHOW}, start: 2023-12-16T19:00:00", "2023-12-16T19:00:00", "2023-12-16 19:00"),
        (f"id: a, {SHOW}, start: 16 желтоқсан 2023", "16 желтоқсан 2023", "2023-12-16"),
        (f"id: a, {SHOW}, start: '16 декабря 2023 года'", "'16 декабря 2023 года'", "2023-12-16"),
        (f"id: a, {SHOW}, start: 2023-12-9", "2023-12-9", "2023-12-09"),
        (f"id: a, {SHOW}, start: 2023-12-16, venue: cityhall", "cityhall", "city-hall"),
        (f"id: a, {SHOW}, start: 2023-12-16, venue: City Hall", "City Hall", "city-hall"),
        (f"id: a, {SHOW}, start: 2023-12-16, venue: city-hall, room: redroom", "redroom", "red-room"),
        (f"id: a, {SHOW}, start: 2023-12-16, venue: city-hall, room: Red Room", "Red Room", "red-room"),
        (f"id: a, {SHOW}, venue: city-hall, showings: [{{start: 2023-12-16, room: redroom}}]", "redroom", "red-room"),
        (f"id: a, {SHOW}, showings: [{{start: 2023-12-16, venue: city-hall, room: redrom}}]", "redrom", "red-room"),
        (f"id: a, {SHOW}, start: 2023-12-16, sources: [gide]", "gide", "guide"),
        (f"id: a, {SHOW}, start: 2023-12-16, sources: guide", "guide", "[guide]"),
        (f"id: a, {SHOW}, start: 2023-12-16, tags: music", "music", "[music]"),
        (f"id: a, {SHOW}, start: 2023-12-16, disputes: [{{field: a, value: b, source: Guid}}]", "Guid", "guide"),
        (f"id: Әнші 2023, {SHOW}, start: 2023-12-16", "Әнші 2023", "anshi-2023"),
        ("id: a, title: Show, category: Book Fair, start: 2023-12-16", "Book Fair", "book-fair"),
        (f"id: a, {SHOW}, start: 2023-12-16, country: kz", "kz", "KZ"),
        (f"id: a, {SHOW}, start: 2023-12-16, languages: [KK, ru]", "KK", "kk"),
        (f"id: a, {SHOW}, start: 2023-12-16, url: example.org/a", "example.org/a", "https://example.org/a"),
        (f"id: a, {SHOW}, start: 2023-12-16, status: Canceled", "Canceled", "cancelled"),
        (f"id: a, {SHOW}, when: permanently", "permanently", "permanent"),
        ("id: a, title: 'Show ', category: c, start: 2023-12-16", "'Show '", "Show"),
        ('id: a, title: "The: show\\u200b", category: c, start: 2023-12-16', '"The: show\\u200b"', '"The: show"'),
    ],
)
def test_fault_that_is_certain_to_correct_has_a_remedy(event: str, wrong: str, right: str) -> None:
    (problem,) = problems(f"{HEAD}events:\n- {{{event}}}\n")

    assert (problem.line, marked(problem), entry(problem), problem.example) == (6, wrong, right, None)
    assert problem.remedy is not None
    assert problems(f"{HEAD}events:\n{problem.remedy}\n") == []


@pytest.mark.parametrize(
    ("event", "wrong", "example"),
    [
        ("id: a, category: c, start: 2023-12-16", "{", "title: {en: Barn dance, ru: Танцы в амбаре}"),
        (f"id: a, {SHOW}, start: 16 December", "16 December", "start: 2023-12-16 19:00"),
        (f"id: a, {SHOW}, start: 05/06/2023", "05/06/2023", "start: 2023-12-16 19:00"),
        (f"id: a, {SHOW}, start: 2023-02-30", "2023-02-30", "start: 2023-12-16 19:00"),
        (f"id: a, {SHOW}, start: 2023-12-16, end: later", "later", "end: 2024-01-07"),
        (f"id: a, {SHOW}, start: 2023-12-16, summary: ''", "''", 'summary: "A fiddler, two drums and punch."'),
        (f"id: a, {SHOW}, start: 2023-12-16, summary: [a]", "summary", 'summary: "A fiddler, two drums and punch."'),
        (f"id: a, {SHOW}, start: 2023-12-16, details: [{{label: A}}]", "{", "value: {en: 6 and older, ru: с 6 лет}"),
        (f"id: a, {SHOW}, start: 2023-12-16, end: ", "end", "end: 2024-01-07"),
    ],
)
def test_other_fault_of_a_value_has_an_example(event: str, wrong: str, example: str) -> None:
    (problem,) = problems(f"{HEAD}events:\n- {{{event}}}\n")

    assert (problem.line, marked(problem), problem.remedy, problem.example) == (6, wrong, None, example)


@pytest.mark.parametrize(
    ("event", "wrong"),
    [
        (f"id: a, {SHOW}, start: 2023-12-16, end: 2023-12-15", "2023-12-15"),
        (f"id: a, {SHOW}, start: 2023-12-16, venue: opera", "opera"),
        (f"id: a, {SHOW}, start: 2023-12-16, venue: city-hall, room: kitchen", "kitchen"),
        (f"id: a, {SHOW}, start: 2023-12-16, colour: red", "colour"),
        (f"id: a, {SHOW}, start: 2023-12-16, place: Park, venue: city-hall", "Park"),
        (f"id: a, {SHOW}", "{"),
    ],
)
def test_fault_with_several_ways_out_is_only_underlined(event: str, wrong: str) -> None:
    (problem,) = problems(f"{HEAD}events:\n- {{{event}}}\n")

    assert (problem.line, marked(problem), problem.remedy, problem.example) == (6, wrong, None, None)


@pytest.mark.parametrize(
    ("line", "remedy"),
    [
        ("  title: Fairy tale: the show", '  title: "Fairy tale: the show"'),
        ('  title: "Fairy" tale', "  title: '\"Fairy\" tale'"),
        ("  title: @home", '  title: "@home"'),
        ("  title: `home`", '  title: "`home`"'),
        ("  title: [home", None),
    ],
)
def test_syntax_that_quotes_correct_has_them_as_its_remedy(line: str, remedy: str | None) -> None:
    text = f"{HEAD}events:\n- id: a\n{{}}\n  category: c\n  start: 2023-12-16\n"

    found = problems(text.replace("{}", line))

    assert found[-1].message.startswith("this is not YAML: ")
    assert found[-1].remedy == remedy
    if remedy:
        assert problems(text.replace("{}", remedy)) == []


SECTION = "programme: {id: p, title: P, timezone: UTC, revised: 2023-12-01}\n"


def test_missing_section_has_an_example() -> None:
    (problem,) = problems(f"format: 1\n{SECTION}")

    assert (problem.line, problem.path, problem.example) == (
        1,
        ("events",),
        "events: [{id: fair, title: The fair, category: fair, venue: green, start: 2026-06-06}]",
    )


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("\ufeffformt: 1\n" + SECTION + "events: []\n", [(1, 1, 5)]),
        ("format: 1\r\n" + SECTION + "evnts: []\r\n", [(3, 1, 5)]),
        ("format: 1\n" + SECTION + "events:\n- title: 日本\n  id: 日本祭り!\n  category: c\n", [(4, 3, 1), (5, 7, 5)]),
        (
            "format: 1\n" + SECTION + "events:\n- id: a\n  title:\n    A\n  sart:\n    soon\n",
            [(4, 3, 1), (7, 3, 4), (7, 3, 4)],
        ),
        (
            "format: 1\n" + SECTION + 'events:\n- id: a\n  title: |\n    A\x07\n  url: "\\a"\n',
            [(4, 3, 1), (6, 6, 1), (7, 8, 4)],
        ),
        (
            "format: 1\n" + SECTION + "events: [{id: !!int a, title: &t A, url: *t}]\n",
            [(3, 10, 1), (3, 15, 7), (3, 31, 4), (3, 37, 3), (3, 42, 2)],
        ),
        ("format: 1\n" + SECTION + "events: }\n", [(3, 9, 1)]),
        ("format: 1\n" + SECTION + "events: [\n", [(3, 1, 1)]),
    ],
    ids=("byte order mark", "CRLF", "wide letters", "below the key", "control characters", "tags", "brackets", "end"),
)
def test_place_counts_characters_as_editors_do(text: str, places: list[tuple[int, int, int]], tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_bytes(text.encode())
    without_c = run([sys.executable, "-c", WITHOUT_C, tmp_path / "p.yaml"], capture_output=True, check=True)

    found = sorted({(each.line, each.column, each.width) for each in problems(text)})

    assert found == sorted(set(places))
    assert [tuple(place) for place in json.loads(without_c.stdout)] == found


WITHOUT_C = """\
import json, sys
from pathlib import Path
sys.modules["yaml._yaml"] = None
from kzfest.programme.reading.reader import read_programme
found = read_programme(Path(sys.argv[1]).read_bytes(), file="p.yaml")[1]
print(json.dumps(sorted({(each.line, each.column, each.width) for each in found})))
"""
"""Prints the places of faults where PyYAML has no C parser."""
