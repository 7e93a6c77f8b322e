"""Run a user's query over the views of `sql_views.py`: reading only, and not for ever."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from itertools import count
from math import isfinite
from time import process_time
from typing import TYPE_CHECKING, Any, NamedTuple

from kzfest.core.errors import KzfestError, UsageError
from kzfest.core.localized import person_name, text_in
from kzfest.formats.prices import price_text
from kzfest.i18n import _
from kzfest.programme.database.sql_views import VIEWS, definitions
from kzfest.programme.decode import price_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from kzfest.formats.records import Record
    from kzfest.programme.database.catalogue import Catalogue

ROWS_AT_ONCE = 1000
"""Rows that are fetched and written together."""
STEPS_AT_ONCE = 10_000
"""Steps of SQLite's machine between two looks at the clock, some tenths of a millisecond."""
LONGEST_VALUE = 64 * 1024 * 1024
"""Bytes of one value: a query cannot fill the memory with a single one."""
ALLOWED = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_RECURSIVE, sqlite3.SQLITE_FUNCTION}
"""What a query does, apart from reading tables."""
JSON_TABLES = ("json_each", "json_tree")
INNER_VIEW = "occurrence"
"""The view below ours. It is no part of the contract, so a query may not name it."""


class QueryResult(NamedTuple):
    """The columns of a query, and its rows as records, some at a time."""

    columns: list[str]
    batches: Iterator[list[Record]]


def run_query(
    query: str, catalogue: Catalogue, *, visits: Iterable[Sequence[Any]], language: str, seconds: float
) -> QueryResult:
    """Return the result of *query*, which may compute for so many *seconds*; 0 means without limit.

    Raises UsageError if it is no query, or a wrong one, and KzfestError if it takes too long, also from the rows.
    """
    database = catalogue.database
    _prepare(database, catalogue, visits, language)
    watch = _Watch(database, seconds)
    with watch.running():
        found = database.execute(query)
        first = found.fetchmany(ROWS_AT_ONCE)
    if found.description is None:
        raise UsageError(_only_queries())
    columns = _different([name for name, *_rest in found.description])

    def batches() -> Iterator[list[Record]]:
        rows = first
        while rows:
            yield [dict(zip(columns, map(_plain, row), strict=True)) for row in rows]
            with watch.running():
                rows = found.fetchmany(ROWS_AT_ONCE)

    return QueryResult(columns, batches())


class _Watch:
    """Lets *database* read what the views need and nothing else, and stops it after so many *seconds* of computing."""

    def __init__(self, database: sqlite3.Connection, seconds: float) -> None:
        self._seconds = seconds
        self._spent = 0.0
        self._began = 0.0
        self._refused = False
        self._hidden: str | None = None
        self._stopped = False
        database.text_factory = lambda data: data.decode(errors="replace")
        database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
        database.execute("PRAGMA query_only = ON")
        database.set_authorizer(self._may)
        database.set_progress_handler(self._has_taken_too_long, STEPS_AT_ONCE)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Count the time that the database takes, and turn its errors into sentences for the user."""
        self._began = process_time()
        try:
            yield
        except (sqlite3.Error, sqlite3.Warning, ValueError) as error:  # ValueError: a NUL in the query
            raise self._error_of(error) from error
        finally:
            self._spent += process_time() - self._began

    def _error_of(self, error: Exception) -> KzfestError:
        if self._stopped:
            told = _("the query was stopped after {n} s of computing; `--timeout` gives it more")
            return KzfestError(told.format(n=f"{self._seconds:g}"))
        reason = f"no such table: {self._hidden}" if self._hidden else str(error)
        if reason == "interrupted":
            raise KeyboardInterrupt from error  # SQLite has swallowed it
        if self._refused or "one statement at a time" in reason or reason.startswith("cannot modify"):
            return UsageError(_only_queries())
        if isinstance(error, UnicodeEncodeError):  # bytes of standard input that are not UTF-8
            reason = _("this is not UTF-8 text; save the file as UTF-8")
        if reason.startswith("no such table"):
            told = _("the query cannot be run: {reason}; the views are {views}")
            return UsageError(told.format(reason=reason, views=", ".join(VIEWS)))
        return UsageError(_("the query cannot be run: {reason}").format(reason=reason))

    def _may(self, action: int, one: str | None, other: str | None, place: str | None, view: str | None) -> int:
        """Return whether a statement may do this *action*. It may read our views, and only they the tables below."""
        if action == sqlite3.SQLITE_READ:
            below = (place == "main" and one not in JSON_TABLES) or one == INNER_VIEW
            is_ours = view in VIEWS or (view == INNER_VIEW and one != INNER_VIEW)
            if (is_ours or not below) and not (one or "").startswith("sqlite_"):
                return sqlite3.SQLITE_OK
            self._hidden = one
            return sqlite3.SQLITE_DENY
        if action in ALLOWED and other != "load_extension":
            return sqlite3.SQLITE_OK
        self._refused = True
        return sqlite3.SQLITE_DENY

    def _has_taken_too_long(self) -> int:
        self._stopped = 0 < self._seconds < self._spent + process_time() - self._began
        return self._stopped


def _only_queries() -> str:
    return _("give one query, which begins with SELECT or WITH; `kzfest sql` changes nothing")


def _different(names: Iterable[str]) -> list[str]:
    """Return *names* with a number behind each that is there already, so that a record can have them all.

    >>> _different(["id", "title", "id"])
    ['id', 'title', 'id_2']
    """
    found: list[str] = []
    for name in names:
        again = (name if n == 1 else f"{name}_{n}" for n in count(1))
        found.append(next(each for each in again if each not in found))
    return found


def _plain(value: Any) -> Any:
    r"""Return *value* as JSON can have it: bytes as hexadecimal digits, an infinite number as null.

    >>> _plain(b"\xff"), _plain(float("inf")), _plain(1.5)
    ('ff', None, 1.5)
    """
    if isinstance(value, bytes):
        return value.hex()
    return None if isinstance(value, float) and not isfinite(value) else value


def _prepare(
    database: sqlite3.Connection, catalogue: Catalogue, visits: Iterable[Sequence[Any]], language: str
) -> None:
    """Make the views, and the functions that they use."""
    import json

    functions: dict[str, Callable[[Any], Any]] = {
        "price_in": lambda price: price and price_text(price_of(json.loads(price)), language),
        "text_in": lambda texts: texts and text_in(json.loads(texts), language),
        "name_in": lambda person: person and person_name(person),
        "role_in": lambda person: (person or "").partition(" (")[2].removesuffix(")") or None,
    }
    for name, function in functions.items():
        database.create_function(name, 1, function, deterministic=True)
    for statement in definitions(catalogue.head.first, catalogue.head.last):
        database.execute(statement)
    described = [(view, name, about) for view, told in VIEWS.items() for name, (_made, about) in told.columns.items()]
    for table, rows in (("visits", visits), ("columns", described)):
        places = ", ".join("?" * len(VIEWS[table].columns))
        database.executemany(f"INSERT INTO {table} VALUES ({places})", rows)
    database.commit()
    for table in JSON_TABLES:  # their first use looks like a change of the schema, which a query may not make
        database.execute(f"SELECT 1 FROM {table}('[]')")
