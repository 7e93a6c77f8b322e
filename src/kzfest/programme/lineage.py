"""What the events of a programme have from its earlier versions: ids that plans know, days of change, revisions."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from kzfest.core.revisions import LASTING
from kzfest.programme.importing.identity import free_key

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping
    from datetime import date

    from kzfest.core.revisions import EventChange


class Inherited(NamedTuple):
    """What an event has from earlier versions. None leaves what the file says."""

    id: str | None = None
    changed: str | None = None
    """The day on which a version showed that it had changed (ISO 8601)."""
    revision: int | None = None
    """Higher than in the file: the SEQUENCE of a calendar entry must never fall."""


class Lineage(NamedTuple):
    """What the events of a version have from earlier versions."""

    events: Mapping[str, Inherited] = {}
    """By the id that the reader of the file gives an event."""
    gone: Mapping[str, Inherited] = {}
    """What events that a version dropped get back if another one has them again, by their keys."""

    def renamed(self, found: Iterable[EventChange]) -> list[EventChange]:
        """Return the changes *found* with the ids that events have from earlier versions."""
        return [
            change._replace(after=now._replace(id=self.events.get(now.id, Inherited()).id or now.id))
            if (now := change.after)
            else change
            for change in found
        ]

    def as_values(self) -> dict[str, Any]:
        """Return the lineage as values of JSON."""
        return {name: {key: list(each) for key, each in getattr(self, name).items()} for name in self._fields}

    @classmethod
    def of_values(cls, values: Mapping[str, Any]) -> Self:
        """Return the lineage of which `as_values` made *values*. Raises KeyError, TypeError or AttributeError."""
        return cls(*({key: Inherited(*each) for key, each in values[name].items()} for name in cls._fields))


FIRST_VERSION = Lineage()
"""The lineage of a programme that has no earlier version."""


def lineage_of(found: Iterable[EventChange], before: Lineage, *, day: date) -> Lineage:
    """Return the lineage of a version that differs as *found* from the one whose lineage is *before*.

    *found* has the events that have not changed, too; *day* is today.
    """
    found = list(found)
    taken = {each.before.id for each in found if each.before}
    events: dict[str, Inherited] = {}
    gone = dict(before.gone)
    for change in found:
        was, now = change.before, change.after
        if now is None:
            if was:
                gone[was.key] = Inherited(was.id, None, was.revision)
            continue
        known = Inherited(was.id, _iso(was.changed), was.revision) if was else gone.pop(now.key, Inherited())
        key = known.id or free_key(now.id, taken)
        taken.add(key)
        revision = known.revision or 0
        if was and LASTING.intersection(change.kinds):
            revision += 1
        changed = day.isoformat() if {*change.kinds} - {"past"} else known.changed
        events[now.id] = Inherited(
            key if key != now.id else None,
            changed if (changed or "") > (_iso(now.changed) or "") else None,
            revision if revision > now.revision else None,
        )
    return Lineage({key: each for key, each in events.items() if each != Inherited()}, gone)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def apply_lineage(database: sqlite3.Connection, lineage: Lineage) -> None:
    """Give the events in the catalogue *database*, fresh from its file, what they have from earlier versions."""
    numbers: dict[str, int] = dict(database.execute("SELECT id, number FROM event"))
    renamed = {key: each.id for key, each in lineage.events.items() if each.id and key in numbers}
    own: defaultdict[int, dict[str, str]] = defaultdict(dict)
    for key, inherited in lineage.events.items():
        if key in numbers:
            own[numbers[key]] |= {name: str(value) for name, value in inherited._asdict().items() if value is not None}
    for parent, child in database.execute("SELECT key, event FROM label WHERE kind = 'parent'").fetchall():
        if parent in renamed:
            own[child]["parent"] = renamed[parent]
    replaced = [(numbers[key],) for key in renamed]
    database.executemany("UPDATE event SET id = id || ' ' WHERE number = ?", replaced)  # two events may swap their ids
    for number, values in own.items():
        _set_values(database, number, values)


def _set_values(database: sqlite3.Connection, number: int, values: Mapping[str, str]) -> None:
    """Set *values* in the record of the event with this *number*, and in the columns that repeat them."""
    ((record,),) = database.execute("SELECT record FROM event WHERE number = ?", [number])
    packed = json.dumps(json.loads(record) | values, ensure_ascii=False, separators=(",", ":"))
    database.execute("UPDATE event SET record = ? WHERE number = ?", [packed, number])
    for column in {"id", "changed"} & set(values):
        database.execute(f"UPDATE event SET {column} = ? WHERE number = ?", [values[column], number])
    if "parent" in values:
        query = "UPDATE label SET key = ?, shown = ? WHERE kind = 'parent' AND event = ?"
        database.execute(query, [values["parent"], values["parent"], number])
