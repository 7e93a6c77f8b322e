"""Damage: it is told, set aside, never written to or lost, and the last good copy comes back."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing, suppress
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kzfest.atomic_files import write_whole
from kzfest.core.errors import KzfestError
from kzfest.itineraries import backups
from kzfest.itineraries.backups import COPY, FILE
from kzfest.itineraries.migrations import STORE_VERSION, UnreadableError
from kzfest.itineraries.store import Patience, Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from kzfest.core.visit import Visit

    Add = Callable[..., Visit]
    Titles = Callable[..., list[str]]

GARBAGE = b"\x00\xffnot a database" * 500
RESTORE = "`kzfest itinerary restore` brings back the last good copy"


@pytest.fixture(name="kept")
def _kept(tmp_path: Path, add: Add) -> Store:
    """Return a store of two visits."""
    store = Store(tmp_path / "data")
    for title in ("museum", "opera"):
        add(store, title)
    return store


def refused(store: Store) -> str:
    """Return what is told of a store that cannot be read."""
    with pytest.raises(KzfestError) as error:
        store.itinerary("main")
    return str(error.value)


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def told(store: Store, aside: str = f"damaged-1.{FILE}") -> str:
    return f"the itineraries in {store.file} are damaged; the file is set aside as {aside}"


def run(file: Path, *statements: str) -> None:
    with closing(sqlite3.connect(file)) as database, database:
        for statement in statements:
            database.execute(statement)


def garbage(file: Path) -> None:
    file.write_bytes(GARBAGE)


def text(file: Path) -> None:
    file.write_bytes(b"SQLite format 3\0 that is none")


def truncated(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:5_000])


def half_of_its_pages(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 8192 * 4096])


def emptied(file: Path) -> None:
    file.write_bytes(b"")


def zeroed(file: Path) -> None:
    file.write_bytes(bytes(file.stat().st_size))


def flipped(file: Path) -> None:
    """Turn over the first page's tree."""
    data = file.read_bytes()
    file.write_bytes(data[:100] + bytes(byte ^ 0xFF for byte in data[100:200]) + data[200:])


def no_text(file: Path) -> None:
    """Make a letter of a title one that UTF-8 does not have."""
    file.write_bytes(file.read_bytes().replace(b'"opera"', b'"op\xffra"'))


def no_table(file: Path) -> None:
    run(file, "DROP TABLE visit")


def another_table(file: Path) -> None:
    run(file, "ALTER TABLE used RENAME COLUMN changes TO counter")


def no_stamp(file: Path) -> None:
    run(file, "UPDATE used SET changed = '2023-12-01T12:00'")  # of no zone


def no_json(file: Path) -> None:
    run(file, "UPDATE visit SET record = '{' WHERE record LIKE '%opera%'")


def no_record(file: Path) -> None:
    run(file, "UPDATE visit SET record = '[]' WHERE record LIKE '%opera%'")


def unknown_field(file: Path) -> None:
    run(file, "UPDATE visit SET record = json_set(record, '$.colour', 'red') WHERE record LIKE '%opera%'")


def another_id(file: Path) -> None:
    run(file, "UPDATE visit SET record = json_set(record, '$.id', 'other') WHERE record LIKE '%opera%'")


def another_index(file: Path) -> None:
    """Make the index of ids that were used tell of another id than its table."""
    with closing(sqlite3.connect(file)) as database:
        query = "SELECT min(id), rootpage FROM used, sqlite_schema WHERE name = 'sqlite_autoindex_used_1'"
        key, page = database.execute(query).fetchone()
    data = bytearray(file.read_bytes())
    data[data.index(key.encode(), (page - 1) * 4096)] = ord("!")
    file.write_bytes(data)


def no_version(file: Path) -> None:
    run(file, "PRAGMA user_version = 0")


DAMAGES = [
    garbage,
    text,
    truncated,
    half_of_its_pages,
    emptied,
    zeroed,
    flipped,
    no_text,
    no_table,
    another_table,
    no_json,
    no_record,
    unknown_field,
    another_id,
    another_index,
    no_version,
]


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_file_is_set_aside_as_it_is_and_the_copy_comes_back(
    kept: Store, add: Add, titles: Titles, damage: Callable[[Path], None]
) -> None:
    damage(kept.file)
    bad = kept.file.read_bytes()

    message = refused(kept)
    aside = names(kept.folder)
    restored = kept.restore()

    assert message == f"{told(kept)}. {RESTORE}"
    assert aside == [f"damaged-1.{COPY}", f"damaged-1.{FILE}"]
    assert (kept.folder / f"damaged-1.{FILE}").read_bytes() == bad
    assert restored == kept.folder / f"damaged-1.{COPY}"
    assert titles(kept.folder) == ["museum", "opera"]

    add(kept, "circus")

    assert titles(kept.folder) == ["circus", "museum", "opera"]
    assert (kept.folder / f"damaged-1.{FILE}").read_bytes() == bad


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_is_found_by_whoever_writes_too(
    kept: Store, add: Add, titles: Titles, damage: Callable[[Path], None]
) -> None:
    damage(kept.file)
    bad = kept.file.read_bytes()

    with pytest.raises(KzfestError) as error:
        add(kept, "circus", name="winter")

    assert str(error.value) == f"{told(kept)}. {RESTORE}"
    assert (kept.folder / f"damaged-1.{FILE}").read_bytes() == bad
    assert kept.restore() == kept.folder / f"damaged-1.{COPY}"
    assert titles(kept.folder) == ["museum", "opera"]


def test_damaged_stamp_is_found_by_whoever_changes_its_visit(kept: Store, titles: Titles, now: datetime) -> None:
    def change() -> None:
        with kept.changing("main", now=now) as draft:
            draft.visits = {key: replace(each, must=True) for key, each in draft.visits.items()}

    no_stamp(kept.file)

    with pytest.raises(KzfestError) as error:
        change()

    assert str(error.value) == f"{told(kept)}. {RESTORE}"
    kept.restore()
    assert titles(kept.folder) == ["museum", "opera"]


def test_damaged_change_is_found_by_undo(kept: Store, titles: Titles, now: datetime) -> None:
    run(kept.file, "UPDATE change SET record = '{}x' WHERE number = 2")

    with pytest.raises(KzfestError) as error:
        kept.undo("main", 1, now=now)

    assert str(error.value) == f"{told(kept)}. {RESTORE}"
    kept.restore()
    assert titles(kept.folder) == ["museum", "opera"]
    assert len(kept.undo("main", 9, now=now)) == 2


def test_damaged_file_without_a_copy_is_set_aside_and_a_new_one_begun(kept: Store, add: Add, titles: Titles) -> None:
    (kept.folder / COPY).unlink()
    garbage(kept.file)

    message = refused(kept)
    restored = kept.restore()
    add(kept, "circus")

    assert message == f"{told(kept)}, and there is no copy; the next `kzfest itinerary add` starts a new itinerary"
    assert restored is None
    assert titles(kept.folder) == ["circus"]
    assert names(kept.folder) == [f"damaged-1.{FILE}", COPY, FILE]
    assert (kept.folder / f"damaged-1.{FILE}").read_bytes() == GARBAGE


def test_empty_file_where_nothing_was_kept_is_a_new_store(tmp_path: Path, add: Add, titles: Titles) -> None:
    (tmp_path / FILE).touch()

    before = titles(tmp_path)
    add(Store(tmp_path), "museum")

    assert (before, titles(tmp_path)) == ([], ["museum"])


def test_second_damage_gets_a_name_of_its_own(kept: Store, add: Add, titles: Titles) -> None:
    garbage(kept.file)
    messages = [refused(kept)]
    add(kept, "circus")
    truncated(kept.file)
    bad = kept.file.read_bytes()
    messages.append(refused(kept))

    restored = kept.restore()

    assert messages == [f"{told(kept, f'damaged-{number}.{FILE}')}. {RESTORE}" for number in (1, 2)]
    assert restored == kept.folder / f"damaged-2.{COPY}"
    assert titles(kept.folder) == ["circus"]
    assert [(kept.folder / f"damaged-{number}.{FILE}").read_bytes() for number in (1, 2)] == [GARBAGE, bad]
    assert (kept.folder / f"damaged-1.{COPY}").exists()


def test_damage_right_after_a_restoration_has_its_copy_again(kept: Store, titles: Titles) -> None:
    garbage(kept.file)
    refused(kept)
    kept.restore()
    garbage(kept.file)

    message = refused(kept)
    restored = kept.restore()

    assert message == f"{told(kept, f'damaged-2.{FILE}')}. {RESTORE}"
    assert restored == kept.folder / f"damaged-2.{COPY}"
    assert titles(kept.folder) == ["museum", "opera"]


def test_tenth_damage_comes_after_the_ninth(kept: Store) -> None:
    for _time in range(10):
        garbage(kept.file)
        refused(kept)
        restored = kept.restore()

    assert restored == kept.folder / f"damaged-10.{COPY}"


def test_what_lies_in_the_place_of_a_restored_file_is_set_aside_too(kept: Store, add: Add, titles: Titles) -> None:
    garbage(kept.file)
    refused(kept)
    add(kept, "circus")
    begun_anew = kept.file.read_bytes()

    kept.restore()

    assert titles(kept.folder) == ["museum", "opera"]
    assert (kept.folder / f"replaced-1.{FILE}").read_bytes() == begun_anew
    assert names(kept.folder) == [
        f"damaged-1.{COPY}",
        f"damaged-1.{FILE}",
        COPY,
        FILE,
        f"replaced-1.{COPY}",
        f"replaced-1.{FILE}",
    ]


@pytest.mark.parametrize("damage", DAMAGES)
def test_copy_that_is_damaged_itself_is_passed_over_for_an_older_one(
    kept: Store, add: Add, titles: Titles, damage: Callable[[Path], None]
) -> None:
    garbage(kept.file)
    refused(kept)
    add(kept, "opera")
    garbage(kept.file)
    refused(kept)
    damage(kept.folder / f"damaged-2.{COPY}")

    restored = kept.restore()

    assert restored == kept.folder / f"damaged-1.{COPY}"
    assert titles(kept.folder) == ["museum", "opera"]


def test_restoration_where_nothing_was_set_aside_changes_nothing(tmp_path: Path, kept: Store, titles: Titles) -> None:
    before = kept.file.read_bytes()

    found = (kept.restore(), Store(tmp_path / "empty").restore())

    assert found == (None, None)
    assert kept.file.read_bytes() == before
    assert titles(kept.folder) == ["museum", "opera"]
    assert names(tmp_path) == ["data"]


def test_deleted_store_begins_anew_and_its_copy_is_kept(kept: Store, add: Add, titles: Titles) -> None:
    copy = (kept.folder / COPY).read_bytes()
    kept.file.unlink()

    empty = titles(kept.folder)
    add(kept, "circus")
    anew = titles(kept.folder)
    kept.restore()

    assert (empty, anew, titles(kept.folder)) == ([], ["circus"], ["museum", "opera"])
    assert (kept.folder / f"damaged-1.{COPY}").read_bytes() == copy


def test_deleted_store_comes_back_from_its_copy(kept: Store, titles: Titles) -> None:
    kept.file.unlink()

    restored = kept.restore()

    assert restored == kept.folder / f"damaged-1.{COPY}"
    assert titles(kept.folder) == ["museum", "opera"]


def test_newer_layout_is_left_untouched(kept: Store, add: Add) -> None:
    run(kept.file, f"PRAGMA user_version = {STORE_VERSION + 1}", "DROP TABLE used", "CREATE TABLE novelty (id)")
    before = {file.name: file.read_bytes() for file in kept.folder.iterdir()}
    messages = [refused(kept)]

    with pytest.raises(KzfestError) as error:
        add(kept, "circus")

    assert [*messages, str(error.value)] == [
        f"{kept.file} was written by a newer kzfest; upgrade this one" for _time in range(2)
    ]
    assert {file.name: file.read_bytes() for file in kept.folder.iterdir()} == before


def test_trouble_that_passes_is_told_and_sets_nothing_aside(kept: Store) -> None:
    kept.file.unlink()
    kept.file.mkdir()

    message = refused(kept)

    reason = "unable to open database file"
    assert message == f"the itineraries in {kept.file} cannot be used now: {reason}"
    assert names(kept.folder) == [COPY, FILE]


def test_leftover_journal_of_a_killed_process_takes_its_half_of_a_change_back(
    kept: Store, tmp_path: Path, titles: Titles
) -> None:
    killed = Store(tmp_path / "killed")
    killed.folder.mkdir()
    with closing(sqlite3.connect(kept.file, isolation_level=None)) as database:
        database.execute("PRAGMA cache_size = 1")
        database.execute("BEGIN IMMEDIATE")
        database.execute("UPDATE visit SET record = '[]'")
        for number in range(500):
            database.execute("INSERT INTO change (itinerary, record) VALUES ('main', ?)", [f"{number:5000}"])
        for name in (FILE, f"{FILE}-journal"):
            shutil.copy(kept.folder / name, killed.folder / name)
        database.execute("ROLLBACK")
    halves = killed.file.stat().st_size, (killed.folder / f"{FILE}-journal").stat().st_size

    found = titles(killed.folder)

    assert min(halves) > 10_000
    assert killed.file.stat().st_size == kept.file.stat().st_size < halves[0]
    assert found == ["museum", "opera"]
    assert names(killed.folder) == [FILE]


def test_leftover_journal_of_a_damaged_file_goes_with_it(kept: Store) -> None:
    journal = kept.folder / f"{FILE}-journal"
    journal.write_bytes(b"no journal")
    kept.file.write_bytes(GARBAGE)

    aside = backups.set_aside(kept.folder, backups.identity(kept.file))

    assert aside == kept.folder / f"damaged-1.{FILE}"
    assert names(kept.folder) == [f"damaged-1.{COPY}", f"damaged-1.{FILE}", f"damaged-1.{FILE}-journal"]


def test_file_that_another_process_has_set_aside_already_is_told_as_such(kept: Store) -> None:
    shutil.rmtree(kept.folder)
    kept.folder.mkdir()

    assert backups.set_aside(kept.folder, backups.identity(kept.file)) is None
    assert names(kept.folder) == []


def test_second_process_that_meets_a_damaged_file_leaves_the_new_store_alone(
    kept: Store, add: Add, titles: Titles, now: datetime
) -> None:
    def meet_the_damage() -> None:
        with kept.changing("main", now=now):
            garbage(kept.file)
            refused(Store(kept.folder))
            add(Store(kept.folder), "circus")
            raise UnreadableError

    with pytest.raises(KzfestError) as error:
        meet_the_damage()

    assert str(error.value) == f"the itineraries in {kept.file} were damaged and have been set aside"
    assert titles(kept.folder) == ["circus"]
    assert names(kept.folder) == [f"damaged-1.{COPY}", f"damaged-1.{FILE}", COPY, FILE]
    kept.restore()
    assert titles(kept.folder) == ["museum", "opera"]


def test_writer_that_waits_while_its_file_is_replaced_writes_into_the_new_one(
    kept: Store, add: Add, titles: Titles
) -> None:
    garbage(kept.file)
    refused(kept)
    add(kept, "circus")

    def replaced(_told: str) -> None:
        with suppress(sqlite3.Error):
            holder.execute("ROLLBACK")
        kept.restore()

    with closing(sqlite3.connect(kept.file, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        add(Store(kept.folder, tell=replaced, patience=Patience(silent=0.05, more=5)), "fair")

    assert titles(kept.folder) == ["fair", "museum", "opera"]


def test_restoration_waits_until_a_change_is_kept(kept: Store, add: Add, titles: Titles, now: datetime) -> None:
    garbage(kept.file)
    refused(kept)
    add(kept, "circus")
    impatient = Store(kept.folder, patience=Patience(silent=0.05, more=0.05))

    with kept.changing("main", now=now) as draft:
        draft.visits.clear()
        with pytest.raises(KzfestError) as error:
            impatient.restore()

    assert "locked by another program" in str(error.value)
    assert titles(kept.folder) == []
    assert names(kept.folder) == [f"damaged-1.{COPY}", f"damaged-1.{FILE}", COPY, FILE]


def test_visits_that_came_meanwhile_are_not_replaced(kept: Store, add: Add, titles: Titles) -> None:
    garbage(kept.file)
    refused(kept)
    add(kept, "circus")

    with pytest.raises(KzfestError) as error:
        kept.restore(replace=False)

    assert str(error.value).startswith("there are visits now; ")
    assert titles(kept.folder) == ["circus"]


def test_journal_of_a_deleted_store_is_not_played_into_a_restored_one(
    kept: Store, tmp_path: Path, titles: Titles, now: datetime
) -> None:
    journal, half = kept.folder / f"{FILE}-journal", tmp_path / "half"
    with closing(sqlite3.connect(kept.file, isolation_level=None)) as database:
        database.execute("PRAGMA cache_size = 1")
        database.execute("BEGIN IMMEDIATE")
        database.execute("UPDATE visit SET record = replace(record, 'opera', 'ballet')")
        for number in range(500):
            database.execute("INSERT INTO change (itinerary, record) VALUES ('main', ?)", [f"{number:5000}"])
        shutil.copy(journal, half)
        database.execute("ROLLBACK")
    kept.undo("main", 1, now=now)
    kept.file.unlink()
    shutil.copy(half, journal)

    kept.restore()

    assert titles(kept.folder) == ["museum"]
    assert names(kept.folder) == [f"damaged-1.{COPY}", f"damaged-1.{FILE}-journal", COPY, FILE]


def test_copy_has_no_change_that_was_refused(kept: Store, add: Add, titles: Titles) -> None:
    impatient = Store(kept.folder, patience=Patience(silent=0.05, more=0.05))
    with closing(sqlite3.connect(kept.file, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM visit").fetchall()
        with pytest.raises(KzfestError) as error:
            add(impatient, "circus")

    assert "locked by another program" in str(error.value)
    garbage(kept.file)
    refused(kept)
    kept.restore()
    assert titles(kept.folder) == ["museum", "opera"]


def test_copy_that_cannot_be_renewed_is_told_and_the_change_stays(kept: Store, add: Add, titles: Titles) -> None:
    told: list[str] = []
    (kept.folder / COPY).unlink()
    (kept.folder / COPY).mkdir()

    add(Store(kept.folder, tell=told.append), "circus")

    assert titles(kept.folder) == ["circus", "museum", "opera"]
    assert told == ["the change is saved, but the backup copy for `restore` could not be updated: Is a directory"]


def test_damage_of_another_database_sets_nothing_aside(kept: Store, now: datetime) -> None:
    def change() -> None:
        with kept.changing("main", now=now):
            error = sqlite3.DatabaseError("database disk image is malformed")
            error.sqlite_errorcode = 11 | 3 << 8  # SQLITE_CORRUPT_INDEX
            raise error

    with pytest.raises(KzfestError) as told:
        change()

    assert str(told.value) == "database disk image is malformed"
    assert names(kept.folder) == [COPY, FILE]


def test_copy_is_what_the_last_change_left(kept: Store, tmp_path: Path, add: Add, titles: Titles) -> None:
    copies = []

    for title in ("circus", "fair"):
        add(kept, title)
        folder = tmp_path / title
        folder.mkdir()
        shutil.copy(kept.folder / COPY, folder / FILE)
        copies.append(titles(folder))

    assert copies == [["circus", "museum", "opera"], ["circus", "fair", "museum", "opera"]]


def test_halves_of_copies_that_killed_processes_left_are_swept_away(kept: Store, add: Add) -> None:
    (kept.folder / f".{COPY}.a1b2c3d4.half").write_bytes(GARBAGE)

    add(kept, "circus")

    assert names(kept.folder) == [COPY, FILE]


def test_change_that_fails_leaves_the_copy_alone(kept: Store, now: datetime) -> None:
    copy = (kept.folder / COPY).read_bytes()

    with suppress(ZeroDivisionError), kept.changing("main", now=now) as draft:
        draft.visits.clear()
        raise ZeroDivisionError

    assert (kept.folder / COPY).read_bytes() == copy


def test_layout_below_all_there_were_is_damage(kept: Store) -> None:
    run(kept.file, "PRAGMA user_version = -4")

    with pytest.raises(KzfestError) as raised:
        kept.itinerary("main")

    assert str(raised.value).startswith(f"the itineraries in {kept.file} are damaged; the file is set aside as ")


@given(data=st.data())
@settings(max_examples=settings().max_examples * 3 // 2, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_flipped_byte_crashes_the_store_or_loses_the_file(
    kept: Store, tmp_path: Path, titles: Titles, data: st.DataObject
) -> None:
    good = kept.file.read_bytes()
    written = [place for place, byte in enumerate(good) if byte]  # most of a small file is empty pages
    places = data.draw(st.lists(st.sampled_from(written) | st.integers(0, len(good) - 1), min_size=1, max_size=3))
    bad = bytearray(good)
    for place in places:
        bad[place] ^= data.draw(st.integers(1, 255))
    store = Store(tmp_path / "flipped")
    shutil.rmtree(store.folder, ignore_errors=True)
    shutil.copytree(kept.folder, store.folder)
    store.file.write_bytes(bad)

    try:
        store.itinerary("main"), store.all()
    except KzfestError as error:
        newer = f"{store.file} was written by a newer kzfest; upgrade this one"
        assert str(error) in {f"{told(store)}. {RESTORE}", newer}

    assert bytes(bad) in {file.read_bytes() for file in store.folder.iterdir()}
    if not store.file.exists():
        store.restore()
        assert titles(store.folder) == ["museum", "opera"]


def test_whole_file_is_written_or_none(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    write_whole(tmp_path / "file", [b"old"])

    write_whole(tmp_path / "file", [b"n", b"ew"])
    with pytest.raises(OSError, match="folder"):
        write_whole(tmp_path / "folder", [b"new"])

    assert (tmp_path / "file").read_bytes() == b"new"
    assert names(tmp_path) == ["file", "folder"]
