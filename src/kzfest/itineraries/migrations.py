"""The tables of the store, their upgrades from older versions, and the check for damage."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from kzfest.itineraries.visit_json import visit_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kzfest.core.visit import Visit

STORE_VERSION = 5
"""Raise it when the tables or the values of a visit change, and add the upgrade to `_UPGRADES`."""
CREATED = (
    "CREATE TABLE itinerary (name TEXT PRIMARY KEY, revision INTEGER NOT NULL, current INTEGER NOT NULL)",
    "CREATE TABLE visit (itinerary TEXT NOT NULL, id TEXT NOT NULL, record TEXT NOT NULL, PRIMARY KEY (itinerary, id))",
    (
        "CREATE TABLE used (id TEXT PRIMARY KEY, changes INTEGER NOT NULL, changed TEXT, "
        "revision INTEGER NOT NULL DEFAULT 0)"
    ),
    "CREATE TABLE change (number INTEGER PRIMARY KEY AUTOINCREMENT, itinerary TEXT NOT NULL, record TEXT NOT NULL)",
    "CREATE INDEX newest ON change (itinerary, number)",
    "CREATE TABLE store (id TEXT NOT NULL)",
)


class UnreadableError(Exception):
    """A record of the store is invalid."""


def damage() -> sqlite3.DatabaseError:
    """Return the error that SQLite itself raises for a damaged file."""
    error = sqlite3.DatabaseError("malformed")
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    return error


def layout_of(database: sqlite3.Connection) -> int:
    """Return the version of the tables in *database*; 0 if it has none yet."""
    ((layout,),) = database.execute("PRAGMA user_version")
    return int(layout)


def create(database: sqlite3.Connection) -> None:
    """Create the tables in an empty *database*."""
    for statement in (*CREATED, f"PRAGMA user_version = {STORE_VERSION}"):
        database.execute(statement)
    _name_store(database)


def _name_store(database: sqlite3.Connection) -> None:
    """Give the store a random name, which tells it apart from other stores that export into the same folder."""
    database.execute("INSERT INTO store VALUES (lower(hex(randomblob(8))))")


def upgrade(database: sqlite3.Connection) -> None:
    """Upgrade older tables step by step. The caller must have begun a transaction."""
    for layout in range(layout_of(database), STORE_VERSION):
        _UPGRADES[layout](database)
    database.execute(f"PRAGMA user_version = {STORE_VERSION}")


def _stamps_of_ids(database: sqlite3.Connection) -> None:
    """Add the time when each visit was last changed, which is kept after the visit is removed."""
    database.execute("ALTER TABLE used ADD COLUMN changed TEXT")
    for key, record in database.execute("SELECT id, record FROM visit").fetchall():
        database.execute("UPDATE used SET changed = ? WHERE id = ?", [read(record).changed.isoformat(), key])


def _written_revisions(database: sqlite3.Connection) -> None:
    """Add the highest revision exported to a calendar. The present revision may have been exported: assume so."""
    database.execute("ALTER TABLE used ADD COLUMN revision INTEGER NOT NULL DEFAULT 0")
    for key, record in database.execute("SELECT id, record FROM visit").fetchall():
        database.execute("UPDATE used SET revision = max(revision, ?) WHERE id = ?", [read(record).revision, key])
    database.execute("CREATE TABLE store (id TEXT NOT NULL)")
    _name_store(database)


def _more_values(_database: sqlite3.Connection) -> None:
    """Change nothing: visits may have more values, which an older kzfest would take for damage."""


_UPGRADES: dict[int, Callable[[sqlite3.Connection], None]] = {
    1: _stamps_of_ids,
    2: _written_revisions,
    3: _more_values,
    4: _more_values,
}
"""The upgrade from each version to the next. None may be removed: people keep itineraries for years."""


def check_tables(database: sqlite3.Connection) -> None:
    """Raise an error unless all tables are as expected and every record is valid: damage must not reach the copy."""
    found = {statement for (statement,) in database.execute("SELECT sql FROM sqlite_schema")}
    if not found.issuperset(CREATED) or database.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
        raise damage()
    for table in ("itinerary", "used", "change"):
        database.execute(f"SELECT * FROM {table}").fetchall()
    names = database.execute("SELECT id FROM store").fetchall()
    if len(names) != 1 or not isinstance(names[0][0], str):
        raise damage()
    for key, record in database.execute("SELECT id, record FROM visit"):
        if read(record).id != key:
            raise damage()


def is_unreadable(error: BaseException) -> bool:
    """Whether *error* means a damaged file although it has no code that says so."""
    if isinstance(error, sqlite3.OperationalError):
        return primary_code(error) == sqlite3.SQLITE_ERROR
    return isinstance(error, UnicodeDecodeError)


def primary_code(error: sqlite3.Error) -> int:
    """Return SQLite's primary result code, without the extended part; SQLITE_ERROR if *error* has none."""
    return int(getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)) & 0xFF


def is_sound(file: Path) -> bool:
    """Whether *file* is a valid store, if need be after an upgrade."""
    uri = f"{file.absolute().as_uri()}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(uri, uri=True)) as kept, closing(sqlite3.connect(":memory:")) as database:
            kept.backup(database)
            if layout_of(database) not in range(1, STORE_VERSION + 1):
                return False
            upgrade(database)
            check_tables(database)
    except (sqlite3.Error, UnicodeDecodeError, UnreadableError):
        return False
    return True


def read(record: str) -> Visit:
    """Return the visit of a JSON *record* in the store. Raises UnreadableError if it is invalid."""
    try:
        return visit_of(json.loads(record))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnreadableError from error
