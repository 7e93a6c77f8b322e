"""Two versions of the program at one store: an older one is brought up and kept as it was, a newer one is left."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from kzfest.core.errors import KzfestError
from kzfest.core.visit import Itinerary, Visit
from kzfest.itineraries import migrations
from kzfest.itineraries.backups import COPY, FILE
from kzfest.itineraries.migrations import STORE_VERSION
from kzfest.itineraries.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FIRST_LAYOUT = """
CREATE TABLE itinerary (name TEXT PRIMARY KEY, revision INTEGER NOT NULL, current INTEGER NOT NULL);
CREATE TABLE visit (itinerary TEXT NOT NULL, id TEXT NOT NULL, record TEXT NOT NULL, PRIMARY KEY (itinerary, id));
CREATE TABLE used (id TEXT PRIMARY KEY, changes INTEGER NOT NULL);
CREATE TABLE change (number INTEGER PRIMARY KEY AUTOINCREMENT, itinerary TEXT NOT NULL, record TEXT NOT NULL);
CREATE INDEX newest ON change (itinerary, number);
INSERT INTO itinerary VALUES ('main', 2, 1);
INSERT INTO visit VALUES ('main', 'bbbbb', '{"id": "bbbbb", "title": {"en": "opera"}, "start": "2023-12-16", "timezone":
 "Asia/Almaty", "event": "opera", "note": "stalls", "changes": 1, "changed": "2023-12-01T09:00:00+00:00"}');
INSERT INTO used VALUES ('aaaaa', 0), ('bbbbb', 1);
INSERT INTO change VALUES (1, 'main', '[["bbbbb", null]]');
INSERT INTO change VALUES (2, 'main', '[["bbbbb", {"id": "bbbbb", "title": {"en": "opera"}, "start": "2023-12-16",
 "timezone": "Asia/Almaty", "event": "opera", "changed": "2023-12-01T02:00:00+00:00"}]]');
PRAGMA user_version = 1;
"""
NINE = datetime.fromisoformat("2023-12-01T09:00:00+00:00")
OPERA = Visit(
    id="bbbbb",
    title={"en": "opera"},
    start=date(2023, 12, 16),
    timezone="Asia/Almaty",
    event="opera",
    note="stalls",
    changes=1,
    changed=NINE,
)


@pytest.fixture(name="old")
def _old(tmp_path: Path) -> Path:
    """Return a folder with a store, and its copy, of the first layout."""
    for name in (FILE, COPY):
        with closing(sqlite3.connect(tmp_path / name)) as database:
            database.executescript(FIRST_LAYOUT)
    return tmp_path


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def tables(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as database:
        return sorted(sql for (sql,) in database.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL"))


def test_older_store_becomes_todays_and_is_kept_as_it_was(old: Path) -> None:
    told: list[str] = []
    was = (old / FILE).read_bytes()

    found = Store(old, tell=told.append).itinerary("main")

    kept = old / f"layout-1.{FILE}"
    assert found == Itinerary("main", 2, (OPERA,))
    assert told == [f"the itineraries were upgraded for this version of kzfest; {kept} is a copy of the old ones"]
    assert names(old) == [COPY, FILE, kept.name]
    assert kept.read_bytes() == was


def test_older_store_is_brought_up_once(old: Path, add: Callable[..., Visit]) -> None:
    told: list[str] = []
    for _time in range(2):
        Store(old, tell=told.append).itinerary("main")

    add(Store(old, tell=told.append), "museum")

    assert len(told) == 1
    assert [each.event for each in Store(old).itinerary("main").visits] == ["museum", "opera"]


def test_older_store_is_brought_up_by_whoever_writes_too(old: Path, now: datetime) -> None:
    taken_back = Store(old).undo("main", 9, now=now)

    assert [[each.after and each.after.note for each in changes] for changes in taken_back] == [[None], [None]]
    assert Store(old).itinerary("main") == Itinerary("main", 4, ())


def test_tables_that_were_brought_up_are_those_of_a_new_store(
    old: Path, tmp_path: Path, add: Callable[..., Visit]
) -> None:
    new = Store(tmp_path / "new")
    add(new, "museum")

    Store(old).itinerary("main")

    assert tables(old / FILE) == tables(new.file)


def test_stamp_of_an_older_store_is_not_gone_below(old: Path) -> None:
    Store(old).undo("main", 1, now=NINE.replace(hour=1))

    assert [each.changed for each in Store(old).itinerary("main").visits] == [NINE]


def test_copy_of_an_older_store_is_restored(old: Path) -> None:
    (old / FILE).write_bytes(b"damaged, that is, no database" * 50)
    with pytest.raises(KzfestError):
        Store(old).itinerary("main")

    restored = Store(old).restore()

    assert restored == old / f"damaged-1.{COPY}"
    assert Store(old).itinerary("main") == Itinerary("main", 2, (OPERA,))


@pytest.mark.parametrize(
    "damage",
    [
        "DROP TABLE used",
        "UPDATE visit SET record = '{'",
        "ALTER TABLE used ADD COLUMN changed TEXT",
        "DROP TABLE change",
        "CREATE TABLE store (id TEXT NOT NULL)",
    ],
)
def test_older_store_that_is_damaged_is_set_aside_as_it_was(old: Path, damage: str) -> None:
    with closing(sqlite3.connect(old / FILE)) as database, database:
        database.execute(damage)
    bad = (old / FILE).read_bytes()

    with pytest.raises(KzfestError) as error:
        Store(old).itinerary("main")

    aside = old / f"damaged-1.{FILE}"
    assert str(error.value) == (
        f"the itineraries in {old / FILE} are damaged; the file is set aside as {aside.name}. "
        "`kzfest itinerary restore` brings back the last good copy"
    )
    assert aside.read_bytes() == bad


def test_store_of_a_newer_kzfest_is_refused_by_reader_and_writer(old: Path, now: datetime) -> None:
    with closing(sqlite3.connect(old / FILE)) as database:
        database.execute(f"PRAGMA user_version = {STORE_VERSION + 1}")
    was = (old / FILE).read_bytes()
    messages = []

    for act in (lambda: Store(old).itinerary("main"), lambda: Store(old).undo("main", 1, now=now)):
        with pytest.raises(KzfestError) as error:
            act()
        messages.append(str(error.value))

    assert messages == [f"{old / FILE} was written by a newer kzfest; upgrade this one"] * 2
    assert ((old / FILE).read_bytes(), names(old)) == (was, [COPY, FILE])
    assert not migrations.is_sound(old / FILE)


def test_revisions_of_an_older_store_count_as_written(old: Path) -> None:
    with closing(sqlite3.connect(old / FILE)) as database, database:
        database.execute("UPDATE visit SET record = json_set(record, '$.revision', 3)")

    found = Store(old).itinerary("main")

    assert (found.written, [each.revision for each in found.visits]) == ({"bbbbb": 3}, [3])


def test_each_store_has_a_name_of_its_own_that_stays(old: Path, tmp_path: Path, add: Callable[..., Visit]) -> None:
    new = Store(tmp_path / "new")
    add(new, "museum")

    named = [store.itinerary("main").store for store in (new, new, Store(old), Store(old))]

    assert all(named)
    assert (named[0] == named[1], named[2] == named[3], named[0] == named[2]) == (True, True, False)
