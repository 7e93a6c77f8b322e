"""The tables of the store, how those of an older kzfest become today's, and whether all in them can be read."""

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

STORE_VERSION = 4
"""Raised whenever the tables, or the values of a visit, change, together with a line in `_UPGRADES`."""
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
    """A record of the store that is none."""


def damage() -> sqlite3.DatabaseError:
    """Return the error that SQLite itself raises at a damaged file."""
    error = sqlite3.DatabaseError("malformed")
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    return error


def layout_of(database: sqlite3.Connection) -> int:
    """Return the layout that *database* has; 0 where it has no tables yet."""
    ((layout,),) = database.execute("PRAGMA user_version")
    return int(layout)


def create(database: sqlite3.Connection) -> None:
    """Make the tables in an empty *database*."""
    for statement in (*CREATED, f"PRAGMA user_version = {STORE_VERSION}"):
        database.execute(statement)
    _name_store(database)


def _name_store(database: sqlite3.Connection) -> None:
    """Draw the name that tells the store from all others, such as those that share a folder of calendars with it."""
    database.execute("INSERT INTO store VALUES (lower(hex(randomblob(8))))")


def upgrade(database: sqlite3.Connection) -> None:
    """Bring an older layout up to today's, one step after another; it is for whoever has begun a transaction."""
    for layout in range(layout_of(database), STORE_VERSION):
        _UPGRADES[layout](database)
    database.execute(f"PRAGMA user_version = {STORE_VERSION}")


def _stamps_of_ids(database: sqlite3.Connection) -> None:
    """Have room for when each visit was last changed, also after it was removed."""
    database.execute("ALTER TABLE used ADD COLUMN changed TEXT")
    for key, record in database.execute("SELECT id, record FROM visit").fetchall():
        database.execute("UPDATE used SET changed = ? WHERE id = ?", [read(record).changed.isoformat(), key])


def _written_revisions(database: sqlite3.Connection) -> None:
    """Have room for the highest revision that a calendar was given; that of a visit's event may well have been."""
    database.execute("ALTER TABLE used ADD COLUMN revision INTEGER NOT NULL DEFAULT 0")
    for key, record in database.execute("SELECT id, record FROM visit").fetchall():
        database.execute("UPDATE used SET revision = max(revision, ?) WHERE id = ?", [read(record).revision, key])
    database.execute("CREATE TABLE store (id TEXT NOT NULL)")
    _name_store(database)


def _imported_stamps(_database: sqlite3.Connection) -> None:
    """Change nothing: a visit may have one more value, which only an older kzfest would take for damage."""


_UPGRADES: dict[int, Callable[[sqlite3.Connection], None]] = {
    1: _stamps_of_ids,
    2: _written_revisions,
    3: _imported_stamps,
}
"""What leads from a layout to the next one. It stays for ever: itineraries are kept for years."""


def check_tables(database: sqlite3.Connection) -> None:
    """Raise an error unless the tables are ours and all in them can be read, so that no copy is made of damage."""
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


def is_nonsense(error: BaseException) -> bool:
    """Whether *error* says that SQLite or Python can make nothing of a file, for which neither has a code."""
    if isinstance(error, sqlite3.OperationalError):
        return primary_code(error) == sqlite3.SQLITE_ERROR
    return isinstance(error, UnicodeDecodeError)


def primary_code(error: sqlite3.Error) -> int:
    """Return what kind of error it is, without SQLite's details; an error without a code is a general one."""
    return int(getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)) & 0xFF


def is_sound(file: Path) -> bool:
    """Whether *file* is a store that can be used, as it is or once it is brought up to today's layout."""
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
    """Return the visit of a *record* in the store. Raises UnreadableError where it is none."""
    try:
        return visit_of(json.loads(record))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnreadableError from error
