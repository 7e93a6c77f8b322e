"""Reading, writing and undoing the changes of an itinerary, within a transaction of the store."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from kzfest.core.visit import MOST_CHANGES, Itinerary, Visit, VisitChange, sorted_visits
from kzfest.itineraries.migrations import UnreadableError, read
from kzfest.itineraries.visit_json import record_of, visit_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping

FIRST_NAME = "main"
"""The default itinerary."""
CHANGES_KEPT = 1_000
"""How many changes of an itinerary `undo` can take back; they take up a few hundred kilobytes."""


def current_name_in(database: sqlite3.Connection) -> str:
    """Return the name of the current itinerary, which is used when none is named."""
    row = database.execute("SELECT name FROM itinerary WHERE current").fetchone()
    return str(row[0]) if row else FIRST_NAME


def itinerary_in(database: sqlite3.Connection, name: str) -> Itinerary:
    """Return the itinerary called *name*, with sorted visits. Raises UnreadableError."""
    row = database.execute("SELECT revision FROM itinerary WHERE name = ?", [name]).fetchone()
    visits = sorted_visits(visits_in(database, name).values())
    ((store,),) = database.execute("SELECT id FROM store")
    return Itinerary(name, row[0] if row else 0, tuple(visits), written=written_in(database), store=store)


def visits_in(database: sqlite3.Connection, name: str) -> dict[str, Visit]:
    """Return the visits of the itinerary called *name* by id, in the order in which they were added."""
    rows = database.execute("SELECT id, record FROM visit WHERE itinerary = ? ORDER BY rowid", [name])
    return {key: read(record) for key, record in rows}


def written_in(database: sqlite3.Connection) -> dict[str, int]:
    """Return, by visit id, the highest revision of the event that was exported to a calendar."""
    return dict(database.execute("SELECT id, revision FROM used WHERE revision > 0"))


def note_written(database: sqlite3.Connection, revisions: Mapping[str, int]) -> None:
    """Note, by visit id, the *revisions* of events that are exported to a calendar."""
    rows = [(revision, key) for key, revision in revisions.items()]
    database.executemany("UPDATE used SET revision = max(revision, ?) WHERE id = ?", rows)


def ensure_itinerary(database: sqlite3.Connection, name: str) -> None:
    """Create a row for the itinerary *name* if it has none. FIRST_NAME becomes current if no other is."""
    database.execute(
        "INSERT OR IGNORE INTO itinerary SELECT ?, 0, NOT EXISTS (SELECT 1 FROM itinerary WHERE current) AND ? = ?",
        [name, name, FIRST_NAME],
    )


def write_changes(
    database: sqlite3.Connection, name: str, before: dict[str, Visit], after: dict[str, Visit], now: datetime
) -> tuple[VisitChange, ...]:
    """Write what differs between *before* and *after*, with higher change counters; return the changes."""
    kept = []
    for key in dict.fromkeys((*before, *after)):
        old, new = before.get(key), after.get(key)
        if old is new or old == (new and visit_of(record_of(new))):  # compared as stored: with fixed UTC offsets
            continue
        if new is None:
            database.execute("DELETE FROM visit WHERE itinerary = ? AND id = ?", [name, key])
        else:
            new = _counted(database, new, now)
            database.execute("INSERT OR REPLACE INTO visit VALUES (?, ?, ?)", [name, key, json.dumps(record_of(new))])
        kept.append(VisitChange(old, new))
    if kept:
        ensure_itinerary(database, name)
        database.execute("UPDATE itinerary SET revision = revision + 1 WHERE name = ?", [name])
    return tuple(kept)


def _counted(database: sqlite3.Connection, visit: Visit, now: datetime) -> Visit:
    """Return *visit* as changed *now*, with a counter above any that it ever had, here or where it came from.

    Its time stamp never goes back, even if the clock does, because calendars compare time stamps.
    """
    row = database.execute("SELECT changes, changed FROM used WHERE id = ?", [visit.id]).fetchone()
    changes = min(visit.changes if row is None else max(visit.changes, row[0] + 1), MOST_CHANGES)
    changed = max(now, visit.changed, _moment(row[1]) if row and row[1] else visit.changed)
    database.execute(
        "INSERT INTO used (id, changes, changed) VALUES (?, ?, ?) "
        "ON CONFLICT (id) DO UPDATE SET changes = excluded.changes, changed = excluded.changed",
        [visit.id, changes, changed.isoformat()],
    )
    return replace(visit, changes=changes, changed=changed)


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except (ValueError, TypeError) as error:
        raise UnreadableError from error
    if moment.tzinfo is None:
        raise UnreadableError
    return moment


def note_change(database: sqlite3.Connection, name: str, changed: Iterable[VisitChange]) -> None:
    """Store the previous visits for `undo`, and delete entries beyond CHANGES_KEPT."""
    before = [[each.visit.id, each.before and record_of(each.before)] for each in changed]
    database.execute("INSERT INTO change (itinerary, record) VALUES (?, ?)", [name, json.dumps(before)])
    database.execute(
        "DELETE FROM change WHERE itinerary = ? AND number <= "
        "(SELECT number FROM change WHERE itinerary = ? ORDER BY number DESC LIMIT 1 OFFSET ?)",
        [name, name, CHANGES_KEPT],
    )


def undo_changes(database: sqlite3.Connection, name: str, now: datetime) -> Iterator[tuple[VisitChange, ...]]:
    """Undo one change after another, the newest first, and yield what each changed back."""
    newest = "SELECT number, record FROM change WHERE itinerary = ? ORDER BY number DESC LIMIT 1"
    while row := database.execute(newest, [name]).fetchone():
        try:
            were = {key: record and visit_of(record) for key, record in json.loads(row[1])}
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise UnreadableError from error
        before = visits_in(database, name)
        were = {key: visit and _set_here(visit, before.get(key)) for key, visit in were.items()}
        after = {key: visit for key, visit in (before | were).items() if visit is not None}
        database.execute("DELETE FROM change WHERE number = ?", [row[0]])
        yield write_changes(database, name, before, after, now)


def _set_here(visit: Visit, now: Visit | None) -> Visit:
    """Return *visit*, which `undo` brings back: its time counts as set here, unless *now* has the same time."""
    return replace(visit, imported=now.imported if now and now.instants == visit.instants else None)
