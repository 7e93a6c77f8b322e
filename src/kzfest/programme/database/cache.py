"""Cache of compiled files in SQLite.

If a cached database is missing, stale or damaged, the file is compiled again; if the cache cannot be written, into
memory.
"""

import os
import sqlite3
import stat
import sys
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from time import time_ns
from typing import NamedTuple, TypeAlias
from zlib import crc32

from kzfest import __version__
from kzfest.atomic_files import remove_stale_temps_of, temp_beside
from kzfest.core.errors import reading
from kzfest.paths import is_bundled, private_folder
from kzfest.programme.files import STANDARD_INPUT, content_of, status_of
from kzfest.programme.zones import VERSION as ZONES_VERSION

Fill: TypeAlias = Callable[[sqlite3.Connection], None]
Compile: TypeAlias = Callable[[sqlite3.Connection, bytes, str], None]
OnProgress: TypeAlias = Callable[[float], None]
"""Is called from time to time with the share of a long task that is done, from 0 to 1."""

RECORDS_PER_UPDATE = 256
"""Records between two such calls, which takes some ten milliseconds."""

CATALOGUE_VERSION = 21
"""Raise it whenever the tables or their content change."""

PRODUCER = f"kzfest {__version__}, layout {CATALOGUE_VERSION}, tzdata {ZONES_VERSION}"
"""What a database depends on apart from its file."""

SAME_TICK = 2_000_000_000
"""Nanoseconds within which two changes may get the same modification time, on the coarsest file systems."""

SUFFIX = ".sqlite3"
ONE_THREAD = False
"""No thread uses the database of another, but any may close it, when it happens to collect garbage."""
DAY_IN_NANOSECONDS = 86_400 * 10**9
"""Opening a catalogue updates its access time at most once in this time, so that runs rarely write."""

KEPT_FOR = 30 * DAY_IN_NANOSECONDS
"""Nanoseconds after which an unused catalogue is deleted."""

_ORIGIN = """
CREATE TABLE origin (
    made_by TEXT, modified INTEGER, size INTEGER, inode INTEGER, changed INTEGER, checksum INTEGER, digest TEXT,
    file TEXT -- NULL for bundled files, which many installations may share
)
"""


class _Stamp(NamedTuple):
    """Shows whether a file has changed: its status, or the checksum of a bundled file."""

    modified: int
    size: int
    inode: int
    changed: int
    """The time of the last change of content or status; on Windows, of creation."""
    checksum: int = 0


def no_progress(_share: float) -> None:
    """Ignore progress."""


def open_compiled(file: Path, *, folder: Path | None, kind: str, compile_into: Compile) -> sqlite3.Connection:
    """Return the database that *compile_into* makes of *file*, from *folder* if it has an up-to-date one.

    Raises OSError if *file* cannot be read, and KzfestError if its content is invalid.
    """
    stamp = _stamp(file)
    kept = folder and folder / _name(file, kind)
    if kept:
        current = _up_to_date(kept, file, stamp)
        if current:
            return current
    return _recompile(file, stamp, kept, compile_into)


def compiled_anew(file: Path, *, folder: Path | None, kind: str, compile_into: Compile) -> sqlite3.Connection:
    """Return the database that *compile_into* makes of *file*, in *folder* if possible, whatever is there."""
    return _recompile(file, _stamp(file), folder and folder / _name(file, kind), compile_into)


def in_memory(file: Path, compile_into: Compile) -> sqlite3.Connection:
    """Return the database that *compile_into* makes of *file*, in memory."""
    return _recompile(file, _stamp(file), None, compile_into)


def extended(
    database: sqlite3.Connection, file: Path, *, folder: Path | None, kind: str, extend: Fill
) -> sqlite3.Connection:
    """Return a copy of *database*, compiled from *file*, with what *extend* adds. The copy replaces it in *folder*."""

    def fill(copy: sqlite3.Connection) -> None:
        database.backup(copy)
        extend(copy)
        copy.execute("UPDATE origin SET file = ?", [_source(file)])

    return _create(folder and folder / _name(file, kind), fill, digest=_digest_of(database))


def _stamp(file: Path) -> _Stamp:
    if is_bundled(file) or file == STANDARD_INPUT:
        data = content_of(file) if file == STANDARD_INPUT else file.read_bytes()
        return _Stamp(0, len(data), 0, 0, crc32(data))
    found = status_of(file)
    return _Stamp(found.st_mtime_ns, found.st_size, found.st_ino, found.st_ctime_ns)


def _source(file: Path) -> bytes | None:
    """Return the path by which a database finds *file* again; None for bundled files."""
    return None if is_bundled(file) else os.fsencode(file.absolute())


def _name(file: Path, kind: str) -> str:
    place = f"kzfest {__version__}" if is_bundled(file) else file.absolute()
    return f"{crc32(os.fsencode(place)):08x}-{file.name[:40]}-{kind}{SUFFIX}"


def _digest(data: bytes) -> str:
    from hashlib import sha256

    return sha256(data).hexdigest()


def _up_to_date(kept: Path, file: Path, stamp: _Stamp) -> sqlite3.Connection | None:
    """Return the database *kept* if it is up to date with *file*, else None."""
    try:
        status = kept.stat()
        if not _is_ours(status):
            return None
        built = status.st_mtime_ns
        if time_ns() - status.st_atime_ns > DAY_IN_NANOSECONDS:
            with suppress(OSError):
                os.utime(kept, ns=(time_ns(), built))  # many file systems do not maintain the access time
        database = _opened(kept)
    except (OSError, sqlite3.Error):
        return None
    try:
        made_by, *known, digest, _file = database.execute("SELECT * FROM origin").fetchone()
    except (sqlite3.Error, TypeError, ValueError):
        database.close()
        return None
    settled = min(abs(built - stamp.modified), abs(built - stamp.changed)) > SAME_TICK
    if made_by == PRODUCER and ((tuple(known) == stamp and settled) or _unchanged(digest, file, kept, stamp)):
        return database
    database.close()
    return None


def _unchanged(digest: str, file: Path, kept: Path, stamp: _Stamp) -> bool:
    """Whether *file* still has the content that *kept* was made of; if so, store its new stamp in *kept*."""
    if _digest(content_of(file)) != digest:
        return False
    with suppress(OSError, sqlite3.Error):
        _rewrite(kept, lambda database: _set_stamp(database, stamp, digest), copy_of=kept)
    return True


def _is_ours(status: os.stat_result) -> bool:
    """Whether only this user can write a file with this *status*; on Windows, home folders are private."""
    if sys.platform == "win32":
        return True
    return status.st_uid == os.geteuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _opened(kept: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{kept.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=ONE_THREAD)


def _recompile(file: Path, stamp: _Stamp, kept: Path | None, compile_into: Compile) -> sqlite3.Connection:
    """Return the database of *file*, at *kept* if possible, else in memory."""
    data = content_of(file)
    digest = _digest(data)

    def fill(database: sqlite3.Connection) -> None:
        compile_into(database, data, str(file))
        database.execute(_ORIGIN)
        values = (PRODUCER, *stamp, digest, _source(file))
        database.execute("INSERT INTO origin VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)

    if kept:
        _delete_unused(kept.parent)
    with reading(file):
        return _create(kept, fill, digest=digest)


def _delete_unused(folder: Path) -> None:
    """Delete catalogues in *folder* that were not used for long, and those of deleted files."""
    with suppress(OSError):
        for kept in folder.glob("[0-9a-f]" * 8 + f"-*{SUFFIX}"):
            status = kept.lstat()
            if stat.S_ISREG(status.st_mode) and _is_ours(status) and _is_unused(kept, status):
                kept.unlink(missing_ok=True)


def _is_unused(kept: Path, status: os.stat_result) -> bool:
    if time_ns() - max(status.st_atime_ns, status.st_mtime_ns) > KEPT_FOR:
        return True
    try:
        with closing(_opened(kept)) as database:
            ((source,),) = database.execute("SELECT file FROM origin")
    except (sqlite3.Error, ValueError):  # damaged, or of another version: delete it when it is old
        return False
    if source is None:
        return False
    file = Path(os.fsdecode(source))
    return not file.exists() and file.parent.is_dir()  # without its folder, its disk may be unmounted


def _digest_of(database: sqlite3.Connection) -> str:
    """Return the digest of the file that *database* was made of."""
    ((digest,),) = database.execute("SELECT digest FROM origin")
    return str(digest)


def _create(kept: Path | None, fill: Fill, *, digest: str) -> sqlite3.Connection:
    """Return the database that *fill* makes of the content with this *digest*, at *kept* if possible, else in memory.

    It is also in memory if another process has meanwhile replaced *kept* by a database of other content.
    """
    if kept:
        with suppress(OSError, sqlite3.Error):
            _rewrite(kept, fill)
            database = _opened(kept)
            if _digest_of(database) == digest:
                return database
            database.close()
    database = sqlite3.connect(":memory:", check_same_thread=ONE_THREAD)
    try:
        fill(database)
        database.commit()
    except BaseException:
        database.close()
        raise
    return database


def _rewrite(kept: Path, fill: Fill, *, copy_of: Path | None = None) -> None:
    """Replace *kept* atomically by a database that *fill* changes: an empty one, or a copy.

    Processes that have opened the old one keep it.
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
    """Store *stamp*, unless another process has replaced the content with this *digest*."""
    database.execute(
        "UPDATE origin SET modified = ?, size = ?, inode = ?, changed = ?, checksum = ? WHERE digest = ?",
        (*stamp, digest),
    )
