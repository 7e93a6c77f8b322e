"""A file compiled once into SQLite, kept in the cache folder, and never out of date.

Whatever is wrong with the cache, its folder or its file, the answer is right: the file is compiled again,
and kept in memory where it cannot be written.
"""

from __future__ import annotations

import os
import sqlite3
import stat
import sys
from contextlib import closing, suppress
from pathlib import Path
from time import time_ns
from typing import TYPE_CHECKING, NamedTuple, TypeAlias
from zlib import crc32

from kzfest import __version__
from kzfest.atomic_files import remove_stale_temps_of, temp_beside
from kzfest.core.errors import reading
from kzfest.paths import private_folder
from kzfest.programme.bundled import is_bundled
from kzfest.programme.files import content_of, status_of
from kzfest.programme.zones import VERSION as ZONES_VERSION

if TYPE_CHECKING:
    from collections.abc import Callable

    Fill = Callable[[sqlite3.Connection], None]
    Compile = Callable[[sqlite3.Connection, bytes, str], None]

OnProgress: TypeAlias = "Callable[[float], None]"
"""Hears, now and then, what share of a long work is done, from 0 to 1."""

TOLD_EVERY = 256
"""Records between two words about that: some ten milliseconds."""

CATALOGUE_VERSION = 13
"""Raised whenever the tables, or what is put into them, change."""

SAME_TICK = 2_000_000_000
"""Nanoseconds within which two edits of one size may leave one time behind, on the coarsest file systems."""

SUFFIX = ".sqlite3"
DAY_IN_NANOSECONDS = 86_400 * 10**9
"""Nanoseconds. A catalogue is marked as opened once a day at most, so that a run rarely writes."""

KEPT_FOR = 30 * DAY_IN_NANOSECONDS
"""How long a catalogue stays that no run has opened."""

_ORIGIN = """
CREATE TABLE origin (
    made_by TEXT, modified INTEGER, size INTEGER, inode INTEGER, changed INTEGER, checksum INTEGER, digest TEXT,
    file TEXT -- NULL for what comes with the package, which many installations may share
)
"""


class _Stamp(NamedTuple):
    """What tells that a file is the same: what the file system says of it, or a checksum of what is bundled."""

    modified: int
    size: int
    inode: int
    changed: int
    """When anything last changed, the times of the file too; on Windows, when the file was made."""
    checksum: int = 0


def no_progress(_share: float) -> None:
    """Take no notice of what share is done."""


def open_compiled(file: Path, *, folder: Path | None, kind: str, compile_into: Compile) -> sqlite3.Connection:
    """Return the database that *compile_into* makes of *file*, from *folder* where a fresh one of that *kind* lies.

    Raises OSError where *file* cannot be read, and KzfestError where *compile_into* fails at its content.
    """
    stamp = _stamp(file)
    kept = folder and folder / _name(file, kind)
    if kept:
        fresh = _fresh(kept, file, stamp)
        if fresh:
            return fresh
    return _recompile(file, stamp, kept, compile_into)


def in_memory(file: Path, compile_into: Compile) -> sqlite3.Connection:
    """Return the database that *compile_into* makes of *file*, kept nowhere."""
    return _recompile(file, _stamp(file), None, compile_into)


def extended(
    database: sqlite3.Connection, file: Path, *, folder: Path | None, kind: str, extend: Fill
) -> sqlite3.Connection:
    """Return a copy of *database*, compiled from *file*, with what *extend* adds; it is kept in its place."""

    def fill(copy: sqlite3.Connection) -> None:
        database.backup(copy)
        extend(copy)

    return _create(folder and folder / _name(file, kind), fill, digest=_digest_of(database))


def _stamp(file: Path) -> _Stamp:
    found = status_of(file)
    if is_bundled(file):
        return _Stamp(0, found.st_size, 0, 0, crc32(content_of(file)))
    return _Stamp(found.st_mtime_ns, found.st_size, found.st_ino, found.st_ctime_ns)


def _name(file: Path, kind: str) -> str:
    place = f"kzfest {__version__}" if is_bundled(file) else file.absolute()
    return f"{crc32(os.fsencode(place)):08x}-{file.name[:40]}-{kind}{SUFFIX}"


def _digest(data: bytes) -> str:
    from hashlib import sha256

    return sha256(data).hexdigest()


def _producer() -> str:
    """Return what a database depends on beside its file: this program, its tables and its zone table."""
    return f"kzfest {__version__}, layout {CATALOGUE_VERSION}, tzdata {ZONES_VERSION}"


def _fresh(kept: Path, file: Path, stamp: _Stamp) -> sqlite3.Connection | None:
    """Return the database *kept* where it was made of *file* as it is now."""
    try:
        status = kept.stat()
        if not _is_ours(status):
            return None
        _mark_as_opened(kept, status)
        built = status.st_mtime_ns
        database = _opened(kept)
    except (OSError, sqlite3.Error):
        return None
    try:
        made_by, *known, digest, _file = database.execute("SELECT * FROM origin").fetchone()
    except (sqlite3.Error, TypeError, ValueError):
        database.close()
        return None
    settled = min(abs(built - stamp.modified), abs(built - stamp.changed)) > SAME_TICK
    if made_by == _producer() and ((tuple(known) == stamp and settled) or _unchanged(digest, file, kept, stamp)):
        return database
    database.close()
    return None


def _unchanged(digest: str, file: Path, kept: Path, stamp: _Stamp) -> bool:
    """Whether *file* has the content that *kept* was made of; if so, *kept* is marked as checked."""
    if _digest(content_of(file)) != digest:
        return False
    with suppress(OSError, sqlite3.Error):
        _rewrite(kept, lambda database: _set_stamp(database, stamp, digest), copy_of=kept)
    return True


def _is_ours(status: os.stat_result) -> bool:
    """Whether nobody else can have written a file with that *status*; in Windows, a home is closed to others."""
    if sys.platform == "win32":
        return True
    return status.st_uid == os.geteuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _opened(kept: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{kept.absolute().as_uri()}?mode=ro&immutable=1", uri=True)


def _recompile(file: Path, stamp: _Stamp, kept: Path | None, compile_into: Compile) -> sqlite3.Connection:
    """Return the database of *file*, which is put to *kept* where that is possible."""
    data = content_of(file)
    digest = _digest(data)

    def fill(database: sqlite3.Connection) -> None:
        compile_into(database, data, str(file))
        database.execute(_ORIGIN)
        source = None if is_bundled(file) else os.fsencode(file.absolute())
        values = (_producer(), *stamp, digest, source)
        database.execute("INSERT INTO origin VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)

    if kept:
        _sweep_catalogues(kept.parent)
    with reading(file):
        return _create(kept, fill, digest=digest)


def _mark_as_opened(kept: Path, status: os.stat_result) -> None:
    """Note the time in the time of the last access, which many disks do not keep by themselves."""
    now = time_ns()
    if now - status.st_atime_ns > DAY_IN_NANOSECONDS:
        with suppress(OSError):
            os.utime(kept, ns=(now, status.st_mtime_ns))


def _sweep_catalogues(folder: Path) -> None:
    """Remove the catalogues in *folder* that nobody has opened for long, and those of files that are gone."""
    with suppress(OSError):
        for kept in folder.glob("[0-9a-f]" * 8 + f"-*{SUFFIX}"):
            status = kept.lstat()
            if stat.S_ISREG(status.st_mode) and _is_ours(status) and _is_left_over(kept, status):
                kept.unlink(missing_ok=True)


def _is_left_over(kept: Path, status: os.stat_result) -> bool:
    if time_ns() - max(status.st_atime_ns, status.st_mtime_ns) > KEPT_FOR:
        return True
    try:
        with closing(_opened(kept)) as database:
            ((source,),) = database.execute("SELECT file FROM origin")
    except (sqlite3.Error, ValueError):  # damaged, or of another version: its time will come
        return False
    if source is None:
        return False
    file = Path(os.fsdecode(source))
    return not file.exists() and file.parent.is_dir()  # without its folder, its disk may be away


def _digest_of(database: sqlite3.Connection) -> str:
    """Return the digest of the content that *database* was made of."""
    ((digest,),) = database.execute("SELECT digest FROM origin")
    return str(digest)


def _create(kept: Path | None, fill: Fill, *, digest: str) -> sqlite3.Connection:
    """Return the database that *fill* makes of the content with that *digest*.

    It lies at *kept*, or in memory where that is not possible, or where another process has put what it made
    of older content there in the meantime.
    """
    if kept:
        with suppress(OSError, sqlite3.Error):
            _rewrite(kept, fill)
            database = _opened(kept)
            if _digest_of(database) == digest:
                return database
            database.close()
    database = sqlite3.connect(":memory:")
    try:
        fill(database)
        database.commit()
    except BaseException:
        database.close()
        raise
    return database


def _rewrite(kept: Path, fill: Fill, *, copy_of: Path | None = None) -> None:
    """Replace *kept*, whole or not at all, by a database that *fill* fills, or by a changed copy of another.

    Nobody who has opened the old one notices.
    """
    remove_stale_temps_of(private_folder(kept.parent))
    with temp_beside(kept) as half:
        if copy_of:
            from shutil import copyfile

            copyfile(copy_of, half)
        with closing(sqlite3.connect(half)) as database:
            database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
            fill(database)
            database.commit()


def _set_stamp(database: sqlite3.Connection, stamp: _Stamp, digest: str) -> None:
    """Note *stamp* as that of the content with *digest*, unless another process has put other content in its place."""
    database.execute(
        "UPDATE origin SET modified = ?, size = ?, inode = ?, changed = ?, checksum = ? WHERE digest = ?",
        (*stamp, digest),
    )
