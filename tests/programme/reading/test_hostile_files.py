"""Files that were made to last, to swell or to act: each is refused in a word, without being read to its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kzfest.core.errors import FAULTS_AT_MOST, FAULTS_SHOWN, FaultyProgrammeError
from kzfest.programme.reading.reader import read_programme

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HEAD = """\
format: 1
programme: {id: p, title: P, timezone: Asia/Almaty, revised: 2023-12-01, first: 2023-12-01, last: 2023-12-31}
"""
RULE = "- {{id: e{n}, title: T, category: c, start: 2023-12-16, repeats: '{rule}'}}\n"


def events(line: str, count: int) -> str:
    """Return a programme with so many events, each of them *line* with a number."""
    return HEAD + "events:\n" + "".join(line.format(n=n) for n in range(count))


NO_RULE = "not a valid RFC 5545 rule that begins with start; an example is FREQ=YEARLY"


def laughs() -> str:
    """Return the thousand million laughs, as aliases of aliases."""
    again = "".join(f"{key}: &{key} [{', '.join([f'*{before}'] * 9)}]\n" for before, key in zip("abcdefgh", "bcdefghi"))  # noqa: B905
    return HEAD + "a: &a [ha, ha]\n" + again


ONE = {
    "a million brackets": (HEAD + "events: " + "[" * 1_000_000, "3: the nesting is too deep"),
    "mappings in mappings": (HEAD + "events:\n- " + "{a: " * 100_000, "4: the nesting is too deep"),
    "lists in lists, a line each": (
        HEAD + "events:\n" + "".join(f"{' ' * n}-\n" for n in range(500)),
        "12: the nesting is too deep",
    ),
    "500,000 keys": (
        HEAD + "events:\n- {" + ", ".join(f"k{n}: v" for n in range(500_000)) + "}\n",
        "4: a record may have at most 5000 items",
    ),
    "500,000 names": (
        HEAD + "events:\n- {id: e, title: T, category: c, when: permanent, people: [" + "A, " * 500_000 + "B]}\n",
        "4: a record may have at most 5000 items",
    ),
    "a key a hundred thousand times": (
        HEAD + "events:\n- {" + ", ".join("k: v" for _ in range(100_000)) + "}\n",
        "4: duplicate key 'k'; keep one",
    ),
    "20 MB in one word": (
        HEAD + "events:\n- {id: e, category: c, when: permanent, title: " + "x" * 20_000_000 + "}\n",
        "4: title: too long (20000000 characters); the maximum is 1000",
    ),
}


@pytest.mark.parametrize(("text", "fault"), ONE.values(), ids=ONE)
def test_file_that_has_no_end_has_one_fault(faults: Callable[[str], list[str]], text: str, fault: str) -> None:
    assert faults(text) == [f"p.yaml:{fault}"]


def test_key_that_is_a_megabyte_long_is_told_in_a_line(faults: Callable[[str], list[str]]) -> None:
    event = "- id: e\n  title: T\n  category: c\n  when: permanent\n  ? " + "k" * 1_000_000 + "\n"
    (fault,) = faults(f"{HEAD}events:\n{event}")

    assert fault.startswith("p.yaml:8: unknown key 'kkkk")
    assert len(fault) < 2_100


MANY = {
    "laughs": (laughs(), "p.yaml:1: the key 'events' is missing"),
    "control characters": (
        events("- {{id: e{n}, title: \x07, category: c, when: permanent}}\n", 50_000),
        "p.yaml:4: control character U+0007; remove it",
    ),
    "one id": (
        events("- {{id: e, title: T, category: c, when: permanent}}\n", 50_000),
        "p.yaml:5: duplicate id 'e'; every id must be unique",
    ),
    "misspelt keys": (
        events("- {{id: e{n}, title: T, catgory: c, category: c, when: permanent}}\n", 50_000),
        "p.yaml:4: unknown key 'catgory'; did you mean 'category'?",
    ),
    "unknown keys of one record": (
        events("- {{id: e, title: T, category: c, when: permanent, KEYS}}\n", 1).replace(
            "KEYS", ", ".join(f"titl{n}: x" for n in range(4_000))
        ),
        "p.yaml:4: unknown key 'titl0'; did you mean 'title'?",
    ),
    "unknown sections": (
        HEAD + "".join(f"section-{n}: x\n" for n in range(50_000)),
        "p.yaml:3: unknown key 'section-0'; allowed are format, programme, sources, labels, synonyms, venues, events",
    ),
    "unknown venues among very many": (
        HEAD
        + "venues:\n"
        + "".join(f"- {{id: v{n}, name: N, city: C}}\n" for n in range(20_000))
        + "events:\n"
        + "".join(f"- {{id: e{n}, title: T, category: c, when: permanent, venue: w{n}}}\n" for n in range(1_000)),
        "p.yaml:20005: no 'w0' in the venues of this file",
    ),
    "rules that no day fits": (
        events(RULE.replace("{rule}", "FREQ=DAILY;BYDAY=MO"), 1_000),
        f"p.yaml:4: 'FREQ=DAILY;BYDAY=MO' is {NO_RULE}",
    ),
}


@pytest.mark.parametrize(("text", "fault"), MANY.values(), ids=MANY)
def test_file_with_faults_without_end_is_told_by_the_first_of_them(text: str, fault: str) -> None:
    programme, problems = read_programme(text.encode(), file="p.yaml")
    on_progress = str(FaultyProgrammeError(problems)).splitlines()

    assert (programme, f"p.yaml:{problems[0].line}: {problems[0].message}") == (None, fault)
    assert len(on_progress) <= FAULTS_SHOWN + 1
    assert len(problems) <= 2 * FAULTS_AT_MOST


def test_so_many_faults_that_nobody_looks_for_more_are_said_to_be_no_count() -> None:
    text = events("- {{id: e{n}, title: '', category: c, when: permanent}}\n", 50_000)

    _programme, problems = read_programme(text.encode(), file="p.yaml")

    assert len(problems) == FAULTS_AT_MOST
    assert str(FaultyProgrammeError(problems)).splitlines()[-1] == "and at least 150 more; correct these first"


def test_last_fault_that_is_looked_for_may_be_one_of_yaml() -> None:
    programme, problems = read_programme(f"{HEAD}# {chr(7) * (FAULTS_AT_MOST - 1)}\nevents: [".encode(), file="p.yaml")

    assert (programme, problems[-1].line) == (None, 4)
    assert problems[-1].message.startswith("this is not YAML: ")


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=WEEKLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYMONTHDAY=16;BYDAY=5SU",
        "FREQ=YEARLY;BYSETPOS=366",
        "FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6",
        "FREQ=DAILY;INTERVAL=-1",
        "FREQ=DAILY;COUNT=99999999999999999999;BYHOUR=1,2,3",
        "FREQ=YEARLY;BYDAY=" + ",".join(["1MO"] * 5_000),
    ],
)
def test_rule_that_never_fires_is_refused_at_once(faults: Callable[[str], list[str]], rule: str) -> None:
    (fault,) = faults(events(RULE.replace("{rule}", rule[:900]), 1))

    assert fault.startswith("p.yaml:4: 'FREQ=")


def test_tag_builds_nothing(faults: Callable[[str], list[str]], tmp_path: Path) -> None:
    mark = tmp_path / "mark"

    found = faults(HEAD + f"events:\n- !!python/object/apply:os.mkdir\n  - '{mark}'\n")

    tag = "tag:yaml.org,2002:python/object/apply:os.mkdir"
    assert f"p.yaml:4: the tag '{tag}' is not allowed; remove it" in found
    assert not mark.exists()
