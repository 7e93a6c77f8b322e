"""Questions as SQL: what of a catalogue each of them has to read, and how texts are quoted."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kzfest.programme.database import build
from kzfest.programme.database.cache import unheard
from kzfest.programme.database.queries import NOTHING, Question, count_undated, listing, matching
from kzfest.programme.database.text_index import words

if TYPE_CHECKING:
    from collections.abc import Iterator

EVERY_FIELD = Path(__file__).with_name("every_field.yaml")
DAY = date(2023, 12, 16)
NOON = datetime(2023, 12, 16, 12, tzinfo=UTC)


@pytest.fixture(name="database", scope="module")
def _database() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as database:
        build.programme(database, EVERY_FIELD.read_bytes(), "p.yaml")
        words(database, unheard)
        yield database


def scanned(database: sqlite3.Connection, query: str, values: list[str | int]) -> set[str]:
    """Return the tables that *query* reads from end to end, besides its own and the values asked for."""
    plan = [row[3] for row in database.execute(f"EXPLAIN QUERY PLAN {query}", values)]
    tables = {found[1] for line in plan if (found := re.match(r"SCAN (?:TABLE |SUBQUERY )?(\w+)", line))}
    by_index = {found[1] for line in plan if (found := re.search(r"SCAN .*?(\w+) VIRTUAL TABLE INDEX \d+:\w", line))}
    return tables - by_index - {"chosen", "json_each"}


@pytest.mark.parametrize(
    "question",
    [
        Question(first=DAY, last=DAY),
        Question(first=DAY),
        Question(last=DAY),
        Question(moment=NOON),
        Question(since=NOON, limit=5),
        Question(first=DAY, last=DAY, starting=True),
        Question(first=DAY, last=DAY, categories=("concert",), not_categories=("news",), tags=("a",), cities=("b",)),
        Question(first=DAY, last=DAY, venues=("opera",), text=matching([["opera"]])),
        Question(numbers=(1, 2)),
        Question(undated=True),
    ],
)
def test_question_reads_no_table_from_end_to_end(database: sqlite3.Connection, question: Question) -> None:
    assert scanned(database, *listing(question)) == set()
    assert scanned(database, *count_undated(question)) == set()


def test_days_are_looked_up_in_the_tree_of_spans(database: sqlite3.Connection) -> None:
    query, values = listing(Question(first=DAY, last=DAY))

    plan = [row[3] for row in database.execute(f"EXPLAIN QUERY PLAN {query}", values)]

    assert [line.partition(" INDEX ")[0] for line in plan if "span" in line] == ["SCAN span VIRTUAL TABLE"]
    assert [line for line in plan if "showing" in line] == ["SEARCH showing USING INTEGER PRIMARY KEY (rowid=?)"]


def test_all_there_is_reads_every_showing(database: sqlite3.Connection) -> None:
    assert scanned(database, *listing(Question())) == {"showing"}


@pytest.mark.parametrize(
    ("words", "query"),
    [
        ([["opera"]], '("opera")'),
        ([["op"]], '("op")'),
        ([["now"], ["i"], ["see"]], '("now") AND ("i") AND ("see")'),
        ([["opera", "operetta"], ["or"]], '("opera" OR "operetta") AND ("or")'),
        ([], NOTHING),
    ],
)
def test_words_are_quoted_for_a_full_text_query(
    database: sqlite3.Connection, words: list[list[str]], query: str
) -> None:
    assert matching(words) == query
    assert database.execute("SELECT count(*) FROM event_text WHERE event_text MATCH ?", [query]).fetchone() == (0,)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (Question(), (False, (None, None))),
        (Question(limit=5, starting=True), (False, (None, None))),
        (Question(first=DAY), (True, (DAY, None))),
        (Question(last=DAY), (True, (None, DAY))),
        (Question(moment=NOON), (True, (DAY, DAY))),
        (Question(moment=NOON.replace(hour=4, minute=59)), (True, (date(2023, 12, 15), date(2023, 12, 15)))),
        (Question(since=NOON), (True, (DAY, None))),
        (Question(since=NOON, last=DAY), (True, (DAY, DAY))),
    ],
)
def test_question_knows_its_days(question: Question, expected: tuple[bool, tuple[date | None, date | None]]) -> None:
    assert (question.bounded, question.days) == expected
