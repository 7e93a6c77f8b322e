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
from kzfest.programme.database.cache import no_progress
from kzfest.programme.database.queries import NOTHING, WITHOUT_DATE, EventQuery, events_query, fts_query, undated_query
from kzfest.programme.database.text_index import index_words

if TYPE_CHECKING:
    from collections.abc import Iterator

EVERY_FIELD = Path(__file__).parents[1] / "every_field.yaml"
DAY = date(2023, 12, 16)
NOON = datetime(2023, 12, 16, 12, tzinfo=UTC)


@pytest.fixture(name="database", scope="module")
def _database() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as database:
        build.build_programme(database, EVERY_FIELD.read_bytes(), "p.yaml")
        index_words(database, no_progress)
        yield database


def scanned(database: sqlite3.Connection, query: str, values: list[str | int | float]) -> set[str]:
    """Return the tables that *query* reads from end to end, besides its own and the values asked for."""
    plan = [row[3] for row in database.execute(f"EXPLAIN QUERY PLAN {query}", values)]
    tables = {found[1] for line in plan if (found := re.match(r"SCAN (?:TABLE |SUBQUERY )?(\w+)", line))}
    by_index = {found[1] for line in plan if (found := re.search(r"SCAN .*?(\w+) VIRTUAL TABLE INDEX \d+:\w", line))}
    return tables - by_index - {"chosen", "json_each"}


@pytest.mark.parametrize(
    "question",
    [
        EventQuery(first=DAY, last=DAY),
        EventQuery(first=DAY),
        EventQuery(last=DAY),
        EventQuery(moment=NOON),
        EventQuery(since=NOON, limit=5),
        EventQuery(first=DAY, last=DAY, starting=True),
        EventQuery(first=DAY, last=DAY, categories=("concert",), not_categories=("news",), tags=("a",), cities=("b",)),
        EventQuery(first=DAY, last=DAY, venues=("opera",), text=fts_query([["opera"]])),
        EventQuery(numbers=(1, 2)),
        EventQuery(undated=True),
    ],
)
def test_question_reads_no_table_from_end_to_end(database: sqlite3.Connection, question: EventQuery) -> None:
    assert scanned(database, *events_query(question)) == set()
    assert scanned(database, *undated_query(WITHOUT_DATE, question)) == set()


def test_days_are_looked_up_in_the_tree_of_spans(database: sqlite3.Connection) -> None:
    query, values = events_query(EventQuery(first=DAY, last=DAY))

    plan = [row[3] for row in database.execute(f"EXPLAIN QUERY PLAN {query}", values)]

    assert [line.partition(" INDEX ")[0] for line in plan if "span" in line] == ["SCAN span VIRTUAL TABLE"]
    assert [line for line in plan if "showing" in line] == ["SEARCH showing USING INTEGER PRIMARY KEY (rowid=?)"]


def test_all_there_is_reads_every_showing(database: sqlite3.Connection) -> None:
    assert scanned(database, *events_query(EventQuery())) == {"showing"}


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
    assert fts_query(words) == query
    assert database.execute("SELECT count(*) FROM event_text WHERE event_text MATCH ?", [query]).fetchone() == (0,)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (EventQuery(), (None, None)),
        (EventQuery(limit=5, starting=True), (None, None)),
        (EventQuery(first=DAY), (DAY, None)),
        (EventQuery(last=DAY), (None, DAY)),
        (EventQuery(moment=NOON), (DAY, DAY)),
        (EventQuery(moment=NOON.replace(hour=4, minute=59)), (date(2023, 12, 15), date(2023, 12, 15))),
        (EventQuery(since=NOON), (DAY, None)),
        (EventQuery(since=NOON, last=DAY), (DAY, DAY)),
    ],
)
def test_question_knows_its_days(question: EventQuery, expected: tuple[date | None, date | None]) -> None:
    assert question.days == expected
