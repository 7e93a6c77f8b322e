"""Open the history of the package, which is compiled and cached like a programme."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from kzfest.paths import HISTORY, cache_folder, data_folder
from kzfest.programme.database import cache
from kzfest.programme.decode_history import history_of

if TYPE_CHECKING:
    from pathlib import Path

    from kzfest.core.history import History


def bundled_history(database: sqlite3.Connection, data: bytes, file: str) -> None:
    """Fill *database* with the history in *data*. Raises FaultyProgrammeError."""
    from kzfest.programme.database import build  # 300 ms, needed only if the file has changed

    build.build_history(database, data, file)


def package_history() -> History:
    """Return the history that comes with kzfest, from the user's cache if it is there."""
    return open_history(data_folder() / HISTORY, folder=cache_folder())


def open_history(file: Path, *, folder: Path | None) -> History:
    """Return the history in *file*, from the cache *folder* if it is there.

    Raises OSError if the file cannot be read, and FaultyProgrammeError if it has faults.
    """
    query = "SELECT record FROM history"
    try:
        with closing(
            cache.open_compiled(file, folder=folder, kind="history", compile_into=bundled_history)
        ) as database:
            (record,) = database.execute(query).fetchone()
    except sqlite3.DatabaseError:
        with closing(cache.in_memory(file, bundled_history)) as database:
            (record,) = database.execute(query).fetchone()
    return history_of(json.loads(record))
