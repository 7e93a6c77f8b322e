"""A process that changes an itinerary again and again, and says what it was told was kept.

`worker.py invent FOLDER ORDER WHO COUNT` draws its operations by lot; `worker.py repeat FOLDER ORDER` reads them from
its standard input, as another has said them. While an operation holds the store's lock, just before it is kept, it is
noted in the file ORDER, which therefore has the order in which they were kept.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from kzfest.core.visit import Visit
from kzfest.itineraries.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

BEGUN = datetime(2023, 12, 1, tzinfo=UTC)
KINDS = ("add", "add", "add", "edit", "edit", "remove", "undo", "use", "nothing")
NAMES = ("main", "сапар")

Operation = dict[str, Any]
"""What is done, and once it was done its outcome: ids that were drawn, what `undo` has taken back."""


class Worker:
    """What one process does, one operation after another."""

    def __init__(self, folder: Path, order: Path) -> None:
        self._order = order
        self._ids: list[str] = []
        self._drawn: list[str] = []
        self._now: Operation = {}
        self.store = Store(folder, ids=self._id)

    def done(self, operation: Operation) -> Operation:
        """Do *operation*, and return it with its outcome."""
        self._now, self._ids, self._drawn = operation, list(operation.get("ids", ())), []
        now = BEGUN + timedelta(seconds=operation["clock"])
        outcome: list[object] = []
        if operation["what"] == "undo":
            outcome = [repr(each) for each in self.store.undo("main", operation["steps"], now=now)]
        elif operation["what"] == "use":
            self.store.use(operation["name"])
        else:
            self._change(operation, now)
        return operation | {"ids": self._drawn, "outcome": outcome}

    def _change(self, operation: Operation, now: datetime) -> None:
        with self.store.changing("main", now=now) as draft:
            keys = sorted(draft.visits)
            key = keys[operation["place"] % len(keys)] if keys else None
            match operation["what"]:
                case "add":
                    new = draft.new_id()
                    title = {"en": f"{operation['who']} {operation['number']}"}
                    day = date(2023, 12, 16)
                    draft.visits[new] = Visit(id=new, title=title, start=day, timezone="UTC", changed=now)
                case "edit" if key:
                    draft.visits[key] = replace(draft.visits[key], note=str(operation["clock"]))
                case "remove" if key:
                    del draft.visits[key]

    def _id(self) -> str:
        drawn = self._ids.pop(0) if self._ids else f"{self._now['who']}-{self._now['number']}"
        self._drawn.append(drawn)
        return drawn

    def committing(self, statement: str) -> None:
        """Note the operation while nobody else can be keeping one."""
        if statement == "COMMIT":
            with self._order.open("a", encoding="utf-8") as order:
                order.write(f"{json.dumps([self._now['who'], self._now['number']])}\n")


def invented(who: int, count: int) -> Iterator[Operation]:
    """Yield *count* operations that are drawn by lot."""
    chance = Random(who)
    for number in range(count):
        what = chance.choice(KINDS)
        yield {
            "who": who,
            "number": number,
            "what": what,
            "place": chance.randrange(1_000),
            "steps": chance.randint(1, 3),
            "name": chance.choice(NAMES),
            "clock": chance.randrange(1_000_000),
        }


def given() -> Iterator[Operation]:
    """Yield the operations that are written on standard input."""
    for line in sys.stdin:
        yield json.loads(line)


def main(how: str, folder: str, order: str, who: str = "0", count: str = "0") -> None:
    worker = Worker(Path(folder), Path(order))
    connect = sqlite3.connect

    def traced(database: str, **options: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(database, **options)
        connection.set_trace_callback(worker.committing)
        return connection

    sqlite3.connect = traced  # type: ignore[assignment]
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    for operation in invented(int(who), int(count)) if how == "invent" else given():
        sys.stdout.write(f"{json.dumps(worker.done(operation))}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
