"""Faults of a programme file as YAML: what is refused, and in which line."""

from __future__ import annotations

import sys
from subprocess import run
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Faults = Callable[[str | bytes], list[str]]

HEAD = """\
format: 1
programme: {id: p, title: P, timezone: Asia/Almaty, revised: 2023-12-01}
"""
GOOD = HEAD + "events: [{id: fair, title: Fair, category: fair, start: 2023-12-16}]\n"

EMPTY = "the file is empty; begin it with 'format: 1'"
NO_MAPPING = "the file must be a mapping that begins with 'format: 1'"
EVENT_KEYS = (
    "id, title, category, summary, tags, tracks, parent, venue, room, place, city, country, start, end, showings, "
    "hours, repeats, except, when, reported, price, tickets, sold_out, age, accessibility, organiser, people, url, "
    "image, languages, details, notes, status, revision, changed, translated, sources, disputes"
)
NO_UTF8 = "this is not UTF-8 text; save the file as UTF-8"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param("", [f"p.yaml:1: {EMPTY}"], id="empty"),
        pytest.param("\n\n", [f"p.yaml:1: {EMPTY}"], id="empty lines"),
        pytest.param("# nothing yet\n", [f"p.yaml:1: {EMPTY}"], id="comment only"),
        pytest.param(b"\xef\xbb\xbf", [f"p.yaml:1: {EMPTY}"], id="byte order mark only"),
        pytest.param("---\n", [f"p.yaml:1: {NO_MAPPING}"], id="empty document"),
        pytest.param("# events\n- id: fair\n", [f"p.yaml:2: {NO_MAPPING}"], id="list at the top"),
        pytest.param("Fair on 16 December\n", [f"p.yaml:1: {NO_MAPPING}"], id="text at the top"),
        pytest.param("\n*fair\n", [f"p.yaml:2: {NO_MAPPING}"], id="alias at the top"),
        pytest.param("[" * 100_000, [f"p.yaml:1: {NO_MAPPING}"], id="100,000 brackets at the top"),
        pytest.param(GOOD.encode("utf-16"), [f"p.yaml:1: {NO_UTF8}"], id="UTF-16"),
        pytest.param(
            GOOD.encode("utf-16-le"), ["p.yaml:1: control character U+0000; remove it"], id="UTF-16 without mark"
        ),
        pytest.param(GOOD.encode("utf-32"), [f"p.yaml:1: {NO_UTF8}"], id="UTF-32"),
        pytest.param(
            GOOD.replace("Fair", "Ярмарка").encode("cp1251"), [f"p.yaml:3: {NO_UTF8}"], id="Windows code page"
        ),
        pytest.param(
            GOOD.encode().replace(b"Fair", b"\xed\xa0\x80"), [f"p.yaml:3: {NO_UTF8}"], id="half of a surrogate pair"
        ),
        pytest.param(
            GOOD.replace("Fair", "Fa\0ir"), ["p.yaml:3: control character U+0000; remove it"], id="NUL in a text"
        ),
    ],
)
def test_file_that_is_no_programme_at_all_has_one_fault(
    faults: Faults, content: str | bytes, expected: list[str]
) -> None:
    assert faults(content) == expected


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(GOOD, id="as it is"),
        pytest.param(b"\xef\xbb\xbf" + GOOD.encode(), id="byte order mark"),
        pytest.param(GOOD.replace("\n", "\r\n"), id="CRLF"),
        pytest.param(GOOD.rstrip("\n"), id="no line break at the end"),
        pytest.param("---\n" + GOOD + "...\n# over\n", id="document marks"),
        pytest.param("%YAML 1.2\n---\n" + GOOD, id="YAML directive"),
        pytest.param(GOOD.replace("title: Fair", '"title": "Fair"'), id="quoted key"),
        pytest.param(GOOD.replace("Fair", "🎪 Жәрмеңке – Fair"), id="letters beyond ASCII"),
    ],
)
def test_file_that_is_written_in_another_way_has_no_fault(faults: Faults, content: str | bytes) -> None:
    assert faults(content) == []


def control(line: int, code: str) -> str:
    return f"p.yaml:{line}: control character {code}; remove it"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("\x01", "U+0001"),
        ("\x07", "U+0007"),
        ("\x1b", "U+001B"),
        ("\r", "U+000D"),
        ("\x7f", "U+007F"),
        ("\x85", "U+0085"),
        ("\x9b", "U+009B"),
        ("\u2028", "U+2028"),
        ("\ufeff", "U+FEFF"),
        ("\uffff", "U+FFFF"),
        (r"\e", "U+001B"),
        (r"\x1b", "U+001B"),
        (r"\0", "U+0000"),
        (r"\N", "U+0085"),
        (r"\L", "U+2028"),
        (r"\r", "U+000D"),
        (r"\u009b", "U+009B"),
    ],
)
def test_control_character_is_refused_raw_and_escaped(faults: Faults, written: str, code: str) -> None:
    text = f'{HEAD}events:\n- id: fair\n  title: "Fa{written}ir"\n  category: fair\n  start: 2023-12-16\n'

    assert faults(text) == [control(5, code)]


def test_every_control_character_is_found_in_one_run(faults: Faults) -> None:
    text = HEAD + 'events:\n- id: fair\n  title: "\x1b[1m"\n  category: fair\n  price: "\\x07"\n  start: 16 \x08Dec\n'

    assert faults(text) == [
        control(5, "U+001B"),
        control(7, "U+0007"),
        "p.yaml:8: start: '16 \ufffdDec' is not a date; write it as 2023-12-16 or as 2023-12-16 19:00",
        control(8, "U+0008"),
    ]


def twice(line: int, key: str) -> str:
    return f"p.yaml:{line}: duplicate key '{key}'; keep one"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            GOOD + "format: 1\nsources: {}\nsources: {}\n", [twice(4, "format"), twice(6, "sources")], id="section"
        ),
        pytest.param(
            HEAD + "events:\n- id: fair\n  title: Fair\n  category: fair\n  title: Fare\n  start: 2023-12-16\n",
            [twice(7, "title")],
            id="field",
        ),
        pytest.param(
            HEAD
            + "sources: {paper: {title: A}, paper: {title: B}}\n"
            + "venues: [{id: hall, name: {en: Hall, en: Hole}, city: Astana, hours: {mon: closed, mon: closed}}]\n"
            + "events: []\n",
            [twice(3, "paper"), twice(4, "en"), twice(4, "mon")],
            id="source, language and weekday",
        ),
        pytest.param(
            HEAD + "events:\n- {id: fair, title: A, category: fair, start: 2023-12-16}\n"
            "events:\n- {id: fire, title: B, category: fair, start: 16 Dec}\n",
            [
                twice(5, "events"),
                "p.yaml:6: start: '16 Dec' is not a date; write it as 2023-12-16 or as 2023-12-16 19:00",
            ],
            id="both sections are read",
        ),
    ],
)
def test_repeated_key_is_a_fault(faults: Faults, text: str, expected: list[str]) -> None:
    assert faults(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            GOOD.replace("Fair", "&t Fair") + "venues: [{id: hall, name: *t, city: Astana}]\n",
            [
                "p.yaml:3: the anchor '&t' is not allowed; remove it",
                "p.yaml:4: name: the value is empty; remove the key if it is unknown",
                "p.yaml:4: the alias '*t' is not allowed; write the value instead",
            ],
            id="anchor and alias of a text",
        ),
        pytest.param(
            HEAD + "events:\n- &e {id: fair, title: Fair, category: fair, start: 2023-12-16}\n- <<: *e\n  id: fire\n",
            [
                "p.yaml:4: the anchor '&e' is not allowed; remove it",
                "p.yaml:5: the key 'category' is missing",
                "p.yaml:5: the key 'title' is missing",
                "p.yaml:5: the time is missing; add start, showings, when or reported",
                f"p.yaml:5: unknown key '<<'; allowed are {EVENT_KEYS}",
                "p.yaml:5: the alias '*e' is not allowed; write the value instead",
            ],
            id="merge key",
        ),
        pytest.param(
            GOOD.replace("2023-12-16", "!!timestamp 2023-12-16"),
            ["p.yaml:3: the tag 'tag:yaml.org,2002:timestamp' is not allowed; remove it"],
            id="tag of a value",
        ),
        pytest.param(
            GOOD.replace("title: Fair", "title: !python/object:os.system Fair"),
            ["p.yaml:3: the tag '!python/object:os.system' is not allowed; remove it"],
            id="tag of Python",
        ),
        pytest.param(
            "!!map\n" + GOOD.replace("events: [", "events: !!seq ["),
            [
                "p.yaml:1: the tag 'tag:yaml.org,2002:map' is not allowed; remove it",
                "p.yaml:4: the tag 'tag:yaml.org,2002:seq' is not allowed; remove it",
            ],
            id="tags of the whole and of a section",
        ),
        pytest.param(
            GOOD.replace("title: Fair", "&k title: Fair"),
            ["p.yaml:3: the anchor '&k' is not allowed; remove it"],
            id="anchor of a key",
        ),
        pytest.param(
            GOOD + "? [a, b]\n: {c: d}\n? {a: {b: c}}\n: x\n",
            ["p.yaml:4: a key must be text", "p.yaml:6: a key must be text"],
            id="list and mapping as keys",
        ),
        pytest.param(
            GOOD.replace("title: Fair,", "title: Fair, ? [a] : b, tite: x,"),
            ["p.yaml:3: a key must be text", "p.yaml:3: unknown key 'tite'; did you mean 'title'?"],
            id="list as a key beside another fault",
        ),
        pytest.param(
            GOOD + "---\n" + GOOD,
            ["p.yaml:4: a second document begins here; keep one"],
            id="second document",
        ),
        pytest.param(
            GOOD + "...\n---\n- x\n",
            ["p.yaml:5: a second document begins here; keep one"],
            id="second list",
        ),
        pytest.param(HEAD + "events:\n\t- id: fair\n", ["p.yaml:4: a tab; indent with spaces"], id="tab"),
    ],
)
def test_yaml_that_no_programme_needs_is_refused(faults: Faults, text: str, expected: list[str]) -> None:
    assert faults(text) == expected


NO_YAML = "this is not YAML"  # why, the parser says in words of its own


def no_yaml(line: int) -> str:
    return f"p.yaml:{line}: {NO_YAML}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            HEAD + "events:\n- id: fair\n  title: Fair: the fair\n",
            [no_yaml(5)],
            id="colon in a text",
        ),
        pytest.param(HEAD + "events: [{id: fair]\n", [no_yaml(3)], id="brackets crossed"),
        pytest.param(
            HEAD + 'events:\n- id: fair\n  title: "Fair\n',
            [no_yaml(5)],
            id="quote left open",
        ),
        pytest.param(
            HEAD + "events: []\n venues: []\n",
            [no_yaml(4)],
            id="indented by one",
        ),
        pytest.param(HEAD + 'events: [{id: fair, title: "\\q"}]\n', [no_yaml(3)], id="escape"),
        pytest.param(
            HEAD + "events:\n- {id: fair, title: Fair, category: fair, start: 16 Dec, venue: hall}\nvenues: [\n",
            [
                "p.yaml:4: start: '16 Dec' is not a date; write it as 2023-12-16 or as 2023-12-16 19:00",
                no_yaml(5),
            ],
            id="what was read before is checked, what may follow is not missed",
        ),
    ],
)
def test_syntax_fault_has_its_line(faults: Faults, text: str, expected: list[str]) -> None:
    found = faults(text)

    assert [fault.partition(f"{NO_YAML}: ")[0] + NO_YAML * (NO_YAML in fault) for fault in found] == expected


WITHOUT_C = """\
import sys
from pathlib import Path
sys.modules["yaml._yaml"] = None
from kzfest.programme.reading.reader import read_programme
for file in sorted(Path(sys.argv[1]).iterdir(), key=lambda each: int(each.name)):
    faults = read_programme(file.read_bytes(), file="p.yaml")[1]
    print(*(f"{each.file}:{each.line}: {each.message}" for each in faults), sep="; ")
"""
"""Reads the files of a folder where PyYAML has no C parser, as on a machine that built it by itself."""

TOO_DEEP = "the nesting is too deep"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(HEAD + "events:\n" + "[" * 100_000, [f"p.yaml:4: {TOO_DEEP}"], id="100,000 brackets"),
        pytest.param(HEAD + "events:\n  " + "[" * 100_000, [f"p.yaml:4: {TOO_DEEP}"], id="100,000 brackets in place"),
        pytest.param(HEAD + "events:\n- " + "[\n  " * 5_000, [f"p.yaml:11: {TOO_DEEP}"], id="a bracket a line"),
        pytest.param(HEAD + "events: " + "[" * 100 + "]" * 100, [f"p.yaml:3: {TOO_DEEP}"], id="100 lists"),
        pytest.param(HEAD + "events:\n" + "- " * 100_000, [f"p.yaml:4: {TOO_DEEP}"], id="100,000 hyphens"),
        pytest.param(
            HEAD + "events:\n  " + "? " * 100_000,
            ["p.yaml:4: a key must be text", f"p.yaml:4: {TOO_DEEP}"],
            id="100,000 question marks",
        ),
        pytest.param("{" * 100_000, ["p.yaml:1: a key must be text", f"p.yaml:1: {TOO_DEEP}"], id="100,000 braces"),
        pytest.param(
            GOOD + "venues: [{id: hall, name: Hall, city: Astana, notes: " + "{a: " * 500 + "b" + "}" * 500 + "}]\n",
            [f"p.yaml:4: {TOO_DEEP}"],
            id="500 mappings",
        ),
        pytest.param(
            HEAD + "events:\n- {id: fair, title: Fair, category: fair, start: 16}\n- [[[[[[[[[x]]]]]]]]]\n",
            [
                "p.yaml:4: start: '16' is not a date; write it as 2023-12-16 or as 2023-12-16 19:00",
                f"p.yaml:5: {TOO_DEEP}",
            ],
            id="after another fault",
        ),
    ],
)
def test_deep_nesting_is_a_fault_and_no_crash(faults: Faults, text: str, expected: list[str]) -> None:
    assert faults(text) == expected


def test_fault_of_syntax_after_a_few_brackets_is_no_deep_nesting(faults: Faults) -> None:
    (fault,) = faults(HEAD + "events: [{id: [[[fair, title: x: y: z\n")

    assert fault.startswith(no_yaml(3))


def test_both_parsers_of_yaml_find_the_same_depth(faults: Faults, tmp_path: Path) -> None:
    deep = ("[" * 1_500, "{" * 1_500, "{a: " * 1_500, "\n " + "- " * 1_500, "\n " + "? " * 1_500)
    texts = [head + each for head in ("", HEAD + "events: ", HEAD + "events:\n") for each in deep]
    for number, text in enumerate(texts):
        (tmp_path / str(number)).write_text(text, encoding="utf-8")

    without_c = run([sys.executable, "-c", WITHOUT_C, tmp_path], capture_output=True, text=True, check=True)

    assert [line.split("; ") for line in without_c.stdout.splitlines()] == [faults(text) for text in texts]


def test_fault_after_a_value_nested_as_deep_as_is_read_keeps_its_line(faults: Faults) -> None:
    deepest = "{a: " * 5 + "b" + "}" * 5
    rest = "title: Fair, category: fair, start: 2023-12-16"
    text = HEAD + f"events:\n- {{id: a, {rest}, notse: [{deepest}]}}\n- {{id: b, {rest}, prise: x}}\n"

    assert faults(text) == [
        "p.yaml:4: notes: expected text, found a list",
        "p.yaml:4: unknown key 'notse'; did you mean 'notes'?",
        "p.yaml:5: unknown key 'prise'; did you mean 'price'?",
    ]
