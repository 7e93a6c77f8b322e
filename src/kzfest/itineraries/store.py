"""The user's itineraries in one SQLite file: every change is one transaction, which `undo` can take back.

A damaged file is never written to. It is set aside together with the copy of the last good state.
"""

from __future__ import annotations

import secrets
import sqlite3
import sys
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from kzfest.atomic_files import folder_lock
from kzfest.core.errors import KzfestError
from kzfest.core.visit import MOST_VISITS, Itinerary, Visit, VisitChange
from kzfest.i18n import _
from kzfest.itineraries import backups, migrations, undo_log
from kzfest.itineraries.backups import COPY, FILE
from kzfest.itineraries.migrations import STORE_VERSION, UnreadableError
from kzfest.itineraries.undo_log import FIRST_NAME
from kzfest.paths import private_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from kzfest.itineraries.backups import Identity

    NewId: TypeAlias = Callable[[], str]
    Tell: TypeAlias = Callable[[str], None]

LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
"""The letters of visit ids, without those that people confuse when they read them aloud or copy them from paper."""
ID_LENGTH = 5
"""28 million ids: two people who share a calendar hardly ever draw the same. Within a store, ids are checked."""

_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_NO_ROOM = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}


class ItinerarySummary(NamedTuple):
    """An itinerary in the list of all."""

    name: str
    visits: int
    current: bool


@dataclass
class ItineraryDraft:
    """The visits of an itinerary while they are being changed."""

    name: str
    visits: dict[str, Visit]
    new_id: NewId
    """Returns an id that no visit of this store has ever had."""
    changed: tuple[VisitChange, ...] = field(default=())
    """Set once the change is written, like *kept*."""
    kept: Itinerary | None = None
    written: Mapping[str, int] = field(default_factory=dict)
    """By visit id, the highest revision of the event that was exported to a calendar."""

    def add(self, visit: Visit) -> Visit:
        """Add *visit* under a new id, and return it as it was added."""
        added = replace(visit, id=self.new_id())
        self.visits[added.id] = added
        return added


def any_id() -> str:
    """Return a random visit id. An index would not do: after a removal it would mean another visit."""
    return "".join(secrets.choice(LETTERS) for _place in range(ID_LENGTH))


def check_count(visits: int) -> None:
    """Raise KzfestError if *visits* is more than an itinerary may hold."""
    if visits > MOST_VISITS:
        raise KzfestError(_("an itinerary can hold at most {n} visits").format(n=MOST_VISITS))


class Patience(NamedTuple):
    """How long to wait for the store's lock, in seconds."""

    silent: float = 1
    """The wait before a message: a few processes that write in turn are done by then."""
    more: float = 14
    """The wait after the message: no working kzfest holds the lock longer."""


PATIENCE = Patience()
PATIENCE_OF_COMPLETION = Patience(silent=0.1, more=0)
"""For shell completion, which cannot show messages."""
PATIENCE_OF_CARDS = Patience(more=0)
"""For answers that the itinerary only adds to."""


class Store:
    """The itineraries in *folder*, which the first change creates. All methods raise KzfestError and OSError.

    *tell* is called with a sentence when the store waits for a lock, is upgraded, or could not be copied.
    """

    def __init__(
        self, folder: Path, *, ids: NewId = any_id, tell: Tell = lambda _told: None, patience: Patience = PATIENCE
    ) -> None:
        self.folder = folder
        self.file = folder / FILE
        self._ids = ids
        self._tell = tell
        self._patience = patience
        self._opened: Identity | None = None
        """The file opened last. If it is damaged, only this file may be set aside, not one that has replaced it."""

    def all(self) -> list[ItinerarySummary]:
        """Return the itineraries that have visits, and the current one."""
        with self._reading() as database:
            counted = "SELECT count(*) FROM visit WHERE itinerary = name"
            rows = database.execute(f"SELECT name, ({counted}) AS visits, current FROM itinerary ORDER BY name")
            found = [
                ItinerarySummary(name, visits, bool(current)) for name, visits, current in rows if visits or current
            ]
        if not any(each.current for each in found):
            found = sorted([ItinerarySummary(FIRST_NAME, 0, current=True), *found])
        return found

    def itinerary(self, name: str | None = None) -> Itinerary:
        """Return the itinerary called *name*, else the current one; an unknown one is empty."""
        with self._reading() as database:
            return undo_log.itinerary_in(database, name or undo_log.current_name_in(database))

    def use(self, name: str) -> Itinerary | None:
        """Make *name* the current itinerary. Return it, or None if it is new."""
        with self._writing() as database:
            known = undo_log.itinerary_in(database, name)
            is_known = bool(known.visits) or name == undo_log.current_name_in(database)
            undo_log.ensure_itinerary(database, name)
            database.execute("UPDATE itinerary SET current = (name = ?)", [name])
            return known if is_known else None

    @contextmanager
    def changing(self, name: str | None = None, *, now: datetime) -> Iterator[ItineraryDraft]:
        """Yield a draft of the itinerary *name*, else of the current one, and write it as one change.

        Other processes wait meanwhile. An exception inside the block leaves the store unchanged.
        """
        with self._writing() as database:
            name = name or undo_log.current_name_in(database)
            before, written = undo_log.visits_in(database, name), undo_log.written_in(database)
            draft = ItineraryDraft(name, dict(before), lambda: self._unused(database), written=written)
            try:
                yield draft
            except sqlite3.Error as error:  # from another database, such as a catalogue: the store is not damaged
                raise KzfestError(_(str(error))) from error
            check_count(len(draft.visits))
            draft.changed = undo_log.write_changes(database, name, before, draft.visits, now)
            if draft.changed:
                undo_log.note_change(database, name, draft.changed)
                draft.kept = undo_log.itinerary_in(database, name)

    def note_written(self, revisions: Mapping[str, int]) -> None:
        """Note, by visit id, the *revisions* of events that are exported to a calendar."""
        with self._writing() as database:
            undo_log.note_written(database, revisions)

    def undo(self, name: str | None, count: int, *, now: datetime) -> list[tuple[VisitChange, ...]]:
        """Undo the newest *count* changes of the itinerary *name*, else of the current one.

        Return what each of them changed back, newest first.
        """
        with self._writing() as database:
            name = name or undo_log.current_name_in(database)
            return list(islice(undo_log.undo_changes(database, name, now), count))

    def restore(self, *, replace: bool = True) -> Path | None:
        """Replace the store with the last good copy that was set aside; return it, or None if there is none.

        The present store is set aside too. Without *replace*, raises KzfestError if it has visits.
        """
        if not self.folder.is_dir():
            return None
        with self._translate_errors(), folder_lock(self.folder), self._held() as database:
            if not replace and database and database.execute("SELECT 1 FROM visit LIMIT 1").fetchone():
                message = _(
                    "there are visits now; `kzfest itinerary restore --replace` sets them aside, "
                    "and `share` lets you merge them later"
                )
                raise KzfestError(message)
            if database and sys.platform == "win32":  # Windows cannot rename an open file
                database.close()
            return backups.restore_newest(self.folder, migrations.is_sound)

    @contextmanager
    def _held(self) -> Iterator[sqlite3.Connection | None]:
        """Lock the store if there is one: a concurrent change would be lost with the replaced file."""
        if not self.file.exists():
            yield None
            return
        with closing(self._open("BEGIN EXCLUSIVE")) as database:
            yield database

    def set_aside(self) -> bool:
        """Whether there is no store, but a copy of one that was set aside."""
        return not self.file.exists() and backups.has_copy(self.folder)

    def _unused(self, database: sqlite3.Connection) -> str:
        with self._translate_errors():
            while database.execute("SELECT 1 FROM used WHERE id = ?", [drawn := self._ids()]).fetchone():
                pass
            database.execute("INSERT INTO used (id, changes) VALUES (?, -1)", [drawn])
            return drawn

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """Yield a snapshot of the store, or an empty database if there is no store yet."""
        with self._translate_errors():
            if not self.file.exists():
                database = sqlite3.connect(":memory:", isolation_level=None)
                migrations.create(database)
            else:
                database = self._open("BEGIN")
            with closing(database):
                yield database

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """Yield the store for one transaction, commit it, and renew the copy."""
        with self._translate_errors():
            private_folder(self.folder)
            backups.ensure_store_file(self.folder)
            with closing(self._open("BEGIN IMMEDIATE")) as database:
                yield database
                self._execute_waiting(database, "COMMIT")
                self._keep_copy(database)

    def _keep_copy(self, database: sqlite3.Connection) -> None:
        """Renew the copy from the committed state. A failure is only reported: the change itself is safe.

        This takes the lock again: a copy from before the COMMIT could hold a change that then fails, and a copy made
        without the lock could overwrite that of a later change.
        """
        try:
            self._execute_waiting(database, "BEGIN IMMEDIATE")
            backups.keep_copy(self.folder, database.serialize())
        except (OSError, sqlite3.Error) as error:
            told = _("the change is saved, but the backup copy for `restore` could not be updated: {reason}")
            self._tell(told.format(reason=_(getattr(error, "strerror", None) or str(error))))

    def _open(self, begin: str) -> sqlite3.Connection:
        """Return the store's database, checked and upgraded, in a transaction. Raises sqlite3.Error.

        The check runs in the same transaction, so that no other process can change the store afterwards.
        """
        while True:
            self._opened = backups.identity(self.file)
            database = self._open_checked(begin)
            if backups.identity(self.file) == self._opened:
                return database
            database.close()  # another file replaced it while we waited for the lock

    def _open_checked(self, begin: str) -> sqlite3.Connection:
        uri = f"{self.file.absolute().as_uri()}?mode=rw"
        database = sqlite3.connect(uri, uri=True, timeout=self._patience.silent, isolation_level=None)
        try:
            self._execute_waiting(database, "PRAGMA synchronous = FULL")  # commits survive a power failure
            if self._begin_and_read_version(database, begin) < STORE_VERSION:
                database.execute("ROLLBACK")
                self._ensure_schema(database)
                self._begin_and_read_version(database, begin)
            migrations.check_tables(database)
        except BaseException as error:
            database.close()
            if migrations.is_unreadable(error):
                raise migrations.damage() from error
            raise
        return database

    def _begin_and_read_version(self, database: sqlite3.Connection, begin: str) -> int:
        """Begin a transaction and return the version of the tables. Raises KzfestError if it is newer than ours."""
        self._execute_waiting(database, begin)
        (found,) = self._execute_waiting(database, "PRAGMA user_version")
        if found > STORE_VERSION:
            message = _("{file} was written by a newer kzfest; upgrade this one")
            raise KzfestError(message.format(file=self.file))
        if found < 0:
            raise migrations.damage()  # no kzfest writes a negative version
        return int(found)

    def _execute_waiting(self, database: sqlite3.Connection, statement: str) -> Any:
        """Run *statement* and return its row; tell the user after a moment if another process has the lock."""
        try:
            return database.execute(statement).fetchone()
        except sqlite3.OperationalError as error:
            if migrations.primary_code(error) not in _BUSY or not self._patience.more:
                raise
        told = _("{who} is using the itineraries; waiting for up to {seconds:g} seconds")
        self._tell(told.format(who=self._holder(), seconds=self._patience.more))
        database.execute(f"PRAGMA busy_timeout = {self._patience.more * 1000:.0f}")
        return database.execute(statement).fetchone()

    def _ensure_schema(self, database: sqlite3.Connection) -> None:
        """Create or upgrade the tables, unless another process has just done so."""
        found = self._begin_and_read_version(database, "BEGIN IMMEDIATE")
        if found == 0:
            if (self.folder / COPY).exists():
                raise migrations.damage()  # a store with a copy was not empty when we left it
            migrations.create(database)
        elif found < STORE_VERSION:
            kept = backups.keep_older(self.folder, found, database.serialize())
            migrations.upgrade(database)
            migrations.check_tables(database)
        self._execute_waiting(database, "COMMIT")
        if 0 < found < STORE_VERSION:
            told = _("the itineraries were upgraded for this version of kzfest; {file} is a copy of the old ones")
            self._tell(told.format(file=kept))

    @contextmanager
    def _translate_errors(self) -> Iterator[None]:
        """Raise errors of SQLite as KzfestError. If the file is damaged, set it aside."""
        try:
            yield
        except sqlite3.Error as error:
            raise KzfestError(self._message_for(error)) from error
        except UnreadableError as error:
            raise KzfestError(self._set_aside_damaged()) from error

    def _message_for(self, error: sqlite3.Error) -> str:
        code = migrations.primary_code(error)
        if code in _DAMAGED:
            return self._set_aside_damaged()
        if code in _BUSY:
            message = _("the itineraries in {file} are locked by {who}; close it and try again")
            return message.format(file=self.file, who=self._holder())
        if code in _NO_ROOM:
            message = _("the itineraries in {file} were not changed: the disk is full or failing ({reason})")
        else:
            message = _("the itineraries in {file} cannot be used now: {reason}")
        return message.format(file=self.file, reason=_(str(error)))

    def _holder(self) -> str:
        from kzfest.itineraries.lock_holder import holder_of  # rarely needed

        return holder_of(self.file)

    def _set_aside_damaged(self) -> str:
        """Set the damaged file aside and return the message, with what the user can do."""
        aside = backups.set_aside(self.folder, self._opened)
        if aside is None:
            return _("the itineraries in {file} were damaged and have been set aside").format(file=self.file)
        message = _("the itineraries in {file} are damaged; the file is set aside as {aside}")
        told = message.format(file=self.file, aside=aside.name)
        if aside.with_name(aside.name.replace(FILE, COPY)).exists():
            return _("{told}. `kzfest itinerary restore` brings back the last good copy").format(told=told)
        message = _("{told}, and there is no copy; the next `kzfest itinerary add` starts a new itinerary")
        return message.format(told=told)
