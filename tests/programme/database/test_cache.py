"""The compiled file in the cache folder: never out of date, never half there, and never in the way."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from shutil import copytree, ignore_patterns
from typing import TYPE_CHECKING

import pytest

from kzfest import __version__
from kzfest.core.errors import UnforeseenError
from kzfest.programme import zones
from kzfest.programme.database.cache import CATALOGUE_VERSION, open_compiled

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LONG_AGO = 1_700_000_000 * 10**9


class Compiler:
    """Compiles a text file into a table with its content, and counts how often."""

    __name__ = "content"

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self, database: sqlite3.Connection, data: bytes, _file: str) -> None:
        self.calls += 1
        if data == b"faulty":
            raise LookupError(data)
        database.execute("CREATE TABLE content (data BLOB, padding BLOB)")
        database.execute("INSERT INTO content VALUES (?, zeroblob(20000))", (data,))


class Place:
    """A file, a cache folder, and what is answered from them."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "p.yaml"
        self.folder = folder / "cache" / "kzfest"
        self.compiler = Compiler()

    def write(self, content: bytes, *, modified: int | None = LONG_AGO) -> None:
        self.file.write_bytes(content)
        if modified is not None:
            os.utime(self.file, ns=(modified, modified))

    def answer(self, *, into: Compiler | None = None) -> bytes:
        with closing(
            open_compiled(
                self.file, folder=self.folder, kind=(into or self.compiler).__name__, compile_into=into or self.compiler
            )
        ) as database:
            ((data,),) = database.execute("SELECT data FROM content")
            return bytes(data)

    @property
    def kept(self) -> Path:
        """The only file in the cache folder."""
        (kept,) = self.folder.iterdir()
        return kept


@pytest.fixture(name="place")
def _place(tmp_path: Path) -> Place:
    place = Place(tmp_path)
    place.write(b"first")
    return place


def test_file_is_compiled_once(place: Place) -> None:
    answers = [place.answer() for _ in range(3)]

    assert (answers, place.compiler.calls) == ([b"first"] * 3, 1)


def test_file_just_written_is_compiled_once(place: Place) -> None:
    place.write(b"just now", modified=None)

    answers = [place.answer() for _ in range(3)]

    assert (answers, place.compiler.calls) == ([b"just now"] * 3, 1)


@pytest.mark.parametrize("modified", [LONG_AGO - 10**12, LONG_AGO + 10**12, 4 * 10**18])
def test_file_that_was_touched_is_not_compiled_again(place: Place, modified: int) -> None:
    place.answer()

    place.write(b"first", modified=modified)
    answers = [place.answer() for _ in range(3)]

    assert (answers, place.compiler.calls) == ([b"first"] * 3, 1)


def test_file_that_was_replaced_by_a_copy_is_not_compiled_again(place: Place) -> None:
    place.answer()
    other = place.file.with_name("other")

    other.write_bytes(b"first")
    os.utime(other, ns=(LONG_AGO, LONG_AGO))
    other.replace(place.file)

    assert (place.answer(), place.compiler.calls) == (b"first", 1)


@pytest.mark.parametrize(
    ("content", "modified"),
    [
        pytest.param(b"second", LONG_AGO + 1, id="other size, later"),
        pytest.param(b"first but longer", LONG_AGO, id="other size, same time"),
        pytest.param(b"FIRST", LONG_AGO + 1, id="same size, a nanosecond later"),
        pytest.param(b"FIRST", LONG_AGO - 10**9, id="same size, earlier"),
        pytest.param(b"", LONG_AGO, id="emptied"),
    ],
)
def test_file_that_was_changed_is_compiled_again(place: Place, content: bytes, modified: int) -> None:
    place.answer()

    place.write(content, modified=modified)

    assert ([place.answer(), place.answer()], place.compiler.calls) == ([content] * 2, 2)


def test_change_of_the_same_size_in_the_same_tick_is_seen(place: Place) -> None:
    place.write(b"first", modified=None)
    tick = place.file.stat().st_mtime_ns
    place.answer()

    place.write(b"FIRST", modified=tick)

    assert (place.answer(), place.compiler.calls) == (b"FIRST", 2)


def test_change_that_is_faulty_is_said_each_time_and_kept_nowhere(place: Place) -> None:
    place.answer()
    before = place.kept.read_bytes()

    place.write(b"faulty")
    for _ in range(2):
        with pytest.raises(UnforeseenError) as on_progress:
            place.answer()
        assert isinstance(on_progress.value.__cause__, LookupError)

    assert (place.kept.read_bytes() == before, place.compiler.calls) == (True, 3)

    place.write(b"first")

    assert (place.answer(), place.compiler.calls) == (b"first", 3)


def foreign_database(_good: bytes) -> bytes:
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("CREATE TABLE cookies (name)")
        return database.serialize()


def from_another_version(good: bytes) -> bytes:
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(good)
        database.execute("UPDATE origin SET made_by = 'kzfest 0.0.1, layout 1, tzdata 2023c'")
        database.commit()
        return database.serialize()


def without_origin(good: bytes) -> bytes:
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(good)
        database.execute("DELETE FROM origin")
        database.commit()
        return database.serialize()


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda _good: b"", id="empty"),
        pytest.param(lambda _good: b"not a database at all" * 500, id="garbage"),
        pytest.param(lambda good: good[:100], id="header only"),
        pytest.param(lambda good: good[:4000], id="less than a page"),
        pytest.param(lambda good: b"\0" * len(good), id="zeros"),
        pytest.param(lambda good: good[:100] + b"\xff" * (len(good) - 100), id="pages damaged"),
        pytest.param(foreign_database, id="foreign"),
        pytest.param(from_another_version, id="another version"),
        pytest.param(without_origin, id="without a stamp"),
    ],
)
def test_cache_file_that_is_none_is_replaced(place: Place, damage: Callable[[bytes], bytes]) -> None:
    place.answer()
    place.kept.write_bytes(damage(place.kept.read_bytes()))

    answers = [place.answer(), place.answer()]

    assert (answers, place.compiler.calls) == ([b"first"] * 2, 2)


def test_cache_file_that_is_a_folder_is_left_alone(place: Place) -> None:
    place.answer()
    kept = place.kept
    kept.unlink()
    (kept / "inside").mkdir(parents=True)

    answers = [place.answer(), place.answer()]

    assert (answers, place.compiler.calls) == ([b"first"] * 2, 5)  # twice each: what was made could not be put there
    assert (list(place.folder.iterdir()), list(kept.iterdir())) == ([kept], [kept / "inside"])


def test_cache_folder_that_is_a_file_is_left_alone(place: Place) -> None:
    place.folder.parent.mkdir()
    place.folder.write_bytes(b"mine")

    answers = [place.answer(), place.answer()]

    assert (answers, place.compiler.calls) == ([b"first"] * 2, 2)
    assert place.folder.read_bytes() == b"mine"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_cache_folder_that_cannot_be_written_is_no_hindrance(place: Place) -> None:
    place.folder.mkdir(parents=True)
    place.folder.chmod(0o500)

    answers = [place.answer(), place.answer()]

    assert (answers, place.compiler.calls) == ([b"first"] * 2, 2)


def test_without_a_cache_folder_everything_is_in_memory(place: Place) -> None:
    with closing(open_compiled(place.file, folder=None, kind="content", compile_into=place.compiler)) as database:
        files = [row[2] for row in database.execute("PRAGMA database_list")]

    assert (files, place.folder.exists()) == ([""], False)


def test_file_that_is_not_there_is_an_error(place: Place) -> None:
    place.answer()
    place.file.unlink()

    with pytest.raises(FileNotFoundError):
        place.answer()


def test_two_files_and_two_compilers_have_a_cache_file_each(place: Place) -> None:
    other = Compiler()
    other.__name__ = "other"
    twin = Place(place.file.parent)
    twin.file = place.file.with_name("q.yaml")
    twin.write(b"first")

    answers = [place.answer(), twin.answer(), place.answer(into=other), place.answer(), twin.answer()]

    assert answers == [b"first"] * 5
    assert (place.compiler.calls, twin.compiler.calls, other.calls) == (1, 1, 1)
    assert len(list(place.folder.iterdir())) == 3


class Interrupted(Compiler):
    """Is stopped by the user when half is done."""

    def __call__(self, database: sqlite3.Connection, data: bytes, file: str) -> None:
        super().__call__(database, data, file)
        database.commit()
        raise KeyboardInterrupt


def test_interrupted_compilation_leaves_what_was_there(place: Place) -> None:
    place.answer()
    before = place.kept.read_bytes()
    place.write(b"second")

    with pytest.raises(KeyboardInterrupt):
        place.answer(into=Interrupted())

    assert (place.kept.read_bytes() == before, place.answer()) == (True, b"second")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")
def test_cache_is_for_its_owner_only(place: Place) -> None:
    place.answer()

    modes = [stat.S_IMODE(path.stat().st_mode) for path in (place.folder, place.kept)]

    assert modes == [0o700, 0o600]


def test_answer_is_open_while_the_cache_file_is_replaced(place: Place) -> None:
    with closing(open_compiled(place.file, folder=place.folder, kind="content", compile_into=place.compiler)) as before:
        place.write(b"second")
        after = place.answer()

        assert (before.execute("SELECT data FROM content").fetchone(), after) == ((b"first",), b"second")


def test_zone_table_and_version_are_part_of_the_stamp(place: Place) -> None:
    with closing(
        open_compiled(place.file, folder=place.folder, kind="content", compile_into=place.compiler)
    ) as database:
        (made_by,) = database.execute("SELECT made_by FROM origin").fetchone()

    assert made_by == f"kzfest {__version__}, layout {CATALOGUE_VERSION}, tzdata {zones.VERSION}"


AT_ONCE = """
import sys
from datetime import date
from pathlib import Path
from kzfest.programme.database.catalogue import Catalogue
from kzfest.programme.database.queries import EventQuery

file, folder = map(Path, sys.argv[1:])
for _ in range(20):
    found = Catalogue(file, folder=folder).events(EventQuery(first=date(2023, 12, 16), last=date(2023, 12, 16)))
    print(len(found), found[0].event.title["en"])
"""


def put(file: Path, title: str) -> None:
    """Put another edition of a programme in the place of *file*, of the same size."""
    head = "format: 1\nprogramme: {id: p, title: P, timezone: Asia/Almaty, revised: 2023-12-01}\nevents:\n"
    events = (f"- {{id: e{n}, title: {title}, category: c, start: 2023-12-16}}\n" for n in range(300))
    changed = file.with_name("changed")
    changed.write_text(head + "".join(events), encoding="utf-8")
    changed.replace(file)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows replaces no file that somebody reads")
def test_processes_at_once_are_all_right(tmp_path: Path) -> None:
    file, folder = tmp_path / "p.yaml", tmp_path / "cache"
    command = [sys.executable, "-c", AT_ONCE, str(file), str(folder)]
    put(file, "edition 100")

    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    for edition in range(101, 160):
        put(file, f"edition {edition}")
    printed = [process.communicate()[0].splitlines() for process in running]

    assert [process.returncode for process in running] == [0] * 4
    assert [len(lines) for lines in printed] == [20] * 4
    assert {line.partition(" edition ")[0] for lines in printed for line in lines} == {"300"}
    assert [sorted(lines) for lines in printed] == printed
    assert subprocess.check_output(command, text=True) == "300 edition 159\n" * 20
    assert [path.suffix for path in folder.iterdir()] == [".sqlite3"]


def test_file_changed_in_place_with_its_times_kept_is_read_again(tmp_path: Path) -> None:
    file, cache = tmp_path / "notes.txt", tmp_path / "cache"
    file.write_bytes(b"old")
    os.utime(file, (1, 1))

    def compile_into(database: sqlite3.Connection, data: bytes, _file: str) -> None:
        database.execute("CREATE TABLE content (text)")
        database.execute("INSERT INTO content VALUES (?)", (data.decode(),))

    def content() -> str:
        with closing(open_compiled(file, folder=cache, kind="notes", compile_into=compile_into)) as database:
            return str(database.execute("SELECT text FROM content").fetchone()[0])

    before = content()
    file.write_bytes(b"new")
    os.utime(file, (1, 1))

    assert (before, content()) == ("old", "new")


def catalogues(folder: Path) -> list[str]:
    return sorted(each.name.split("-", 1)[1] for each in folder.glob("*.sqlite3"))


def test_catalogue_that_nobody_has_opened_for_a_month_goes(place: Place) -> None:
    place.answer()
    long_ago = place.kept.stat().st_mtime_ns - 31 * 86_400 * 10**9
    os.utime(place.kept, ns=(long_ago, long_ago))

    place.file = place.file.with_name("q.yaml")
    place.write(b"another")
    place.answer()

    assert catalogues(place.folder) == ["q.yaml-content.sqlite3"]


def test_catalogue_that_is_opened_stays_however_old_it_is(place: Place) -> None:
    place.answer()
    long_ago = place.kept.stat().st_mtime_ns - 31 * 86_400 * 10**9
    os.utime(place.kept, ns=(long_ago, long_ago))
    place.answer()

    place.file = place.file.with_name("q.yaml")
    place.write(b"another")
    place.answer()

    assert catalogues(place.folder) == ["p.yaml-content.sqlite3", "q.yaml-content.sqlite3"]


@pytest.mark.parametrize(("gone", "left"), [("file", 1), ("folder", 2)])
def test_catalogue_of_a_file_that_is_gone_goes_but_not_one_of_a_disk_that_is_away(
    place: Place, tmp_path: Path, gone: str, left: int
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    first, place.file = place.file, disk / "q.yaml"
    place.write(b"on a disk")
    place.answer()
    place.file.unlink()
    if gone == "folder":
        disk.rmdir()

    place.file = first
    place.answer()

    assert len(catalogues(place.folder)) == left


def test_sweeping_leaves_what_is_not_ours(place: Place, tmp_path: Path) -> None:
    place.folder.mkdir(parents=True)
    (tmp_path / "precious.sqlite3").write_bytes(b"precious")
    (place.folder / "0123abcd-linked.sqlite3").symlink_to(tmp_path / "precious.sqlite3")
    (place.folder / "notes.txt").write_bytes(b"notes")
    (place.folder / "0123abcd-dangling.sqlite3").symlink_to(tmp_path / "nowhere")

    place.answer()

    names = {each.name for each in place.folder.iterdir()}
    assert names > {"0123abcd-linked.sqlite3", "notes.txt", "0123abcd-dangling.sqlite3"}
    assert (tmp_path / "precious.sqlite3").read_bytes() == b"precious"


def test_installations_in_ten_folders_share_the_catalogues_of_what_is_bundled(
    tmp_path: Path, pytestconfig: pytest.Config, unmeasured: dict[str, str]
) -> None:
    cache = tmp_path / "home" / "cache"
    command = [sys.executable, "-m", "kzfest", "list", "--on", "2023-12-17", "-f", "csv"]
    seen = set()
    for number in range(10):
        place = tmp_path / f"environment{number}"
        copytree(pytestconfig.rootpath / "src" / "kzfest", place / "kzfest", ignore=ignore_patterns("__pycache__"))
        copytree(pytestconfig.rootpath / "data", place / "kzfest" / "data")
        environment = unmeasured | {
            "PYTHONPATH": str(place),
            "KZFEST_HOME": str(tmp_path / "home"),
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, check=True)
        assert b"tango-dellamore" in done.stdout
        seen |= {(each.name, each.stat().st_ino) for each in cache.iterdir()}

    assert len(seen) == 1


def test_bundled_file_that_differs_is_compiled_anew(
    tmp_path: Path, pytestconfig: pytest.Config, unmeasured: dict[str, str]
) -> None:
    place = tmp_path / "environment"
    copytree(pytestconfig.rootpath / "src" / "kzfest", place / "kzfest", ignore=ignore_patterns("__pycache__"))
    copytree(pytestconfig.rootpath / "data", place / "kzfest" / "data")
    environment = unmeasured | {"PYTHONPATH": str(place), "KZFEST_HOME": str(tmp_path / "home")}
    command = [sys.executable, "-m", "kzfest", "show", "gastromania", "-f", "csv"]
    subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, check=True)
    events = place / "kzfest" / "data" / "events.yaml"

    events.write_bytes(events.read_bytes().replace(b"Gastromania", b"Gastrophile"))
    done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, check=True)

    assert b"Gastrophile" in done.stdout
