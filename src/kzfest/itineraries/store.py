"""The user's itineraries, in one SQLite file: whole transactions, every change taken back on demand, nothing lost.

A damaged file is set aside together with the copy that was made at the last good change, and never written to.
"""

from __future__ import annotations

import secrets
import sqlite3
import sys
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

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
"""Of a visit's id: none that is taken for another when it is read aloud or typed from paper."""
ID_LENGTH = 5
"""28 million: two people who share a calendar hardly ever have the same, and within a store it is looked up."""

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
    """The visits of an itinerary while they are being changed; what the change was is known once it is kept."""

    name: str
    visits: dict[str, Visit]
    new_id: NewId
    """Gives an id that no visit of this store has ever had."""
    changed: tuple[VisitChange, ...] = field(default=())
    kept: Itinerary | None = None
    """The itinerary as it was written, afterwards."""
    written: Mapping[str, int] = field(default_factory=dict)
    """By the ids of visits, the highest revision of their events that a calendar was given."""


def any_id() -> str:
    """Return a visit's id, drawn by lot: never an index, which would name another visit after a removal."""
    return "".join(secrets.choice(LETTERS) for _place in range(ID_LENGTH))


def check_count(visits: int) -> None:
    """Raise KzfestError where so many *visits* are more than an itinerary holds."""
    if visits > MOST_VISITS:
        raise KzfestError(_("an itinerary holds {n} visits at most").format(n=MOST_VISITS))


class Patience(NamedTuple):
    """How long to wait for one's turn, in seconds."""

    silent: float = 1
    """Before saying so: among processes that write one after another, everybody has had a turn by then."""
    more: float = 14
    """Before giving up: who takes longer than that is no other kzfest at work."""


PATIENCE = Patience()
PATIENCE_OF_COMPLETION = Patience(silent=0.1, more=0)
"""Of a shell, which completes a word and has nowhere to say anything."""


def _nobody(_told: str) -> None:
    """Let what is told be heard by nobody."""


class Store:
    """The itineraries in *folder*, which is made when the first is kept. Raises KzfestError and OSError.

    *tell* is given a sentence where something takes long, or has been seen to without being asked.
    """

    def __init__(
        self, folder: Path, *, ids: NewId = any_id, tell: Tell = _nobody, patience: Patience = PATIENCE
    ) -> None:
        self.folder = folder
        self.file = folder / FILE
        self._ids = ids
        self._tell = tell
        self._patience = patience
        self._opened: Identity | None = None
        """Of the file that was opened last: if that is damaged, no other file of its name is to be set aside."""

    def all(self) -> list[ItinerarySummary]:
        """Return the itineraries that have visits, and the current one."""
        with self._reading() as database:
            counted = "SELECT count(*) FROM visit WHERE itinerary = name"
            rows = database.execute(f"SELECT name, ({counted}) AS visits, current FROM itinerary ORDER BY name")
            found = [
                ItinerarySummary(name, visits, bool(current)) for name, visits, current in rows if visits or current
            ]
        return (
            found
            if any(each.current for each in found)
            else sorted([ItinerarySummary(FIRST_NAME, 0, current=True), *found])
        )

    def itinerary(self, name: str | None = None) -> Itinerary:
        """Return the itinerary called *name*, else the current one; it is empty where nothing was ever put into it."""
        with self._reading() as database:
            return undo_log.itinerary_in(database, name or undo_log.current_name_in(database))

    def use(self, name: str) -> Itinerary | None:
        """Make *name* the current itinerary, and return it; None where it is a new one."""
        with self._writing() as database:
            known = undo_log.itinerary_in(database, name)
            is_known = bool(known.visits) or name == undo_log.current_name_in(database)
            undo_log.ensure_itinerary(database, name)
            database.execute("UPDATE itinerary SET current = (name = ?)", [name])
            return known if is_known else None

    @contextmanager
    def changing(self, name: str | None = None, *, now: datetime) -> Iterator[ItineraryDraft]:
        """Give the visits of an itinerary to be changed, and keep them as one change that can be taken back.

        It is the one called *name*, else the current one.

        Nobody else can change them meanwhile; whatever is raised inside leaves all as it was.
        """
        with self._writing() as database:
            name = name or undo_log.current_name_in(database)
            before, written = undo_log.visits_in(database, name), undo_log.written_in(database)
            draft = ItineraryDraft(name, dict(before), lambda: self._unused(database), written=written)
            try:
                yield draft
            except sqlite3.Error as error:  # of another database, such as a catalogue: no sign of damage here
                raise KzfestError(_(str(error))) from error
            check_count(len(draft.visits))
            draft.changed = undo_log.keep(database, name, before, draft.visits, now)
            if draft.changed:
                undo_log.note_change(database, name, draft.changed)
            draft.kept = undo_log.itinerary_in(database, name)

    def note_written(self, revisions: Mapping[str, int]) -> None:
        """Note by the ids of visits that a calendar is given those *revisions* of their events."""
        with self._writing() as database:
            undo_log.note_written(database, revisions)

    def undo(self, name: str | None, count: int, *, now: datetime) -> list[tuple[VisitChange, ...]]:
        """Take back the newest *count* changes of the itinerary *name*, else of the current one.

        Return what that changed, in that order.
        """
        with self._writing() as database:
            name = name or undo_log.current_name_in(database)
            return list(islice(undo_log.taken_back(database, name, now), count))

    def restore(self, *, replace: bool = True) -> Path | None:
        """Put the last good copy in the place of a file that was set aside; return it, or None where there is none.

        What lies in that place now is set aside too. Raises KzfestError where it has visits that are not to be
        replaced.
        """
        from kzfest.itineraries.lock_holder import alone  # what most runs never ask

        if not self.folder.is_dir():
            return None
        with self._translate_errors(), alone(self.folder), self._held() as database:
            if not replace and database and database.execute("SELECT 1 FROM visit LIMIT 1").fetchone():
                message = _(
                    "there are visits now: `kzfest itinerary restore --replace` sets them aside, "
                    "`share` takes them along"
                )
                raise KzfestError(message)
            if database and sys.platform == "win32":  # which renames no file that is open
                database.close()
            return backups.restore_newest(self.folder, migrations.is_sound)

    @contextmanager
    def _held(self) -> Iterator[sqlite3.Connection | None]:
        """Keep everybody else out of the store, if there is one: a change in the middle of it would go with it."""
        if not self.file.exists():
            yield None
            return
        with closing(self._open("BEGIN EXCLUSIVE")) as database:
            yield database

    def set_aside(self) -> bool:
        """Whether there are no itineraries now, yet a copy of some that were set aside."""
        return not self.file.exists() and backups.has_copy(self.folder)

    def _unused(self, database: sqlite3.Connection) -> str:
        with self._translate_errors():
            while database.execute("SELECT 1 FROM used WHERE id = ?", [drawn := self._ids()]).fetchone():
                pass
            database.execute("INSERT INTO used (id, changes) VALUES (?, -1)", [drawn])
            return drawn

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """Give the store as it is at one moment, or an empty one where there is none yet."""
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
        """Give the store for one transaction; a copy of what it leaves behind is kept beside it."""
        with self._translate_errors():
            private_folder(self.folder)
            backups.ensure_store_file(self.folder)
            with closing(self._open("BEGIN IMMEDIATE")) as database:
                yield database
                self._execute_waiting(database, "COMMIT")
                self._keep_copy(database)

    def _keep_copy(self, database: sqlite3.Connection) -> None:
        """Renew the copy from what was committed, by whomever. Where that fails, say so: the change itself is safe.

        It takes the lock once more: a copy made before the COMMIT could hold a change that is then refused, and one
        made without the lock could replace that of a later change.
        """
        try:
            self._execute_waiting(database, "BEGIN IMMEDIATE")
            backups.keep_copy(self.folder, database.serialize())
        except (OSError, sqlite3.Error) as error:
            told = _("the change is saved, but the copy that `restore` would bring back is now out of date: {reason}")
            self._tell(told.format(reason=_(getattr(error, "strerror", None) or str(error))))

    def _open(self, begin: str) -> sqlite3.Connection:
        """Return the store's database, which is sound and has today's tables, in a transaction. Raises sqlite3.Error.

        It is checked within that transaction: nobody, not even another version of this program, can change it then.
        """
        while True:
            self._opened = backups.identity(self.file)
            database = self._sound(begin)
            if backups.identity(self.file) == self._opened:
                return database
            database.close()  # another file has taken its place while we waited for our turn

    def _sound(self, begin: str) -> sqlite3.Connection:
        uri = f"{self.file.absolute().as_uri()}?mode=rw"
        database = sqlite3.connect(uri, uri=True, timeout=self._patience.silent, isolation_level=None)
        try:
            self._execute_waiting(
                database, "PRAGMA synchronous = FULL"
            )  # what was acknowledged outlives a loss of power
            if self._begin_and_read_version(database, begin) < STORE_VERSION:
                database.execute("ROLLBACK")
                self._ensure_schema(database)
                self._begin_and_read_version(database, begin)
            migrations.check_tables(database)
        except BaseException as error:
            database.close()
            if migrations.is_nonsense(error):
                raise migrations.damage() from error
            raise
        return database

    def _begin_and_read_version(self, database: sqlite3.Connection, begin: str) -> int:
        """Begin a transaction, and return which layout *database* has in it. Raises KzfestError at a newer one."""
        self._execute_waiting(database, begin)
        (found,) = self._execute_waiting(database, "PRAGMA user_version")
        if found > STORE_VERSION:
            message = _("{file} was written by a newer kzfest; upgrade this one")
            raise KzfestError(message.format(file=self.file))
        if found < 0:
            raise migrations.damage()  # no kzfest has ever written that
        return int(found)

    def _execute_waiting(self, database: sqlite3.Connection, statement: str) -> Any:
        """Run *statement* and return its row; whoever waits for another process is told so after a moment."""
        try:
            return database.execute(statement).fetchone()
        except sqlite3.OperationalError as error:
            if migrations.primary_code(error) not in _BUSY:
                raise
        told = _("{who} is at work on the itineraries; waiting for it, {seconds:g} seconds at most")
        self._tell(told.format(who=self._holder(), seconds=self._patience.more))
        database.execute(f"PRAGMA busy_timeout = {self._patience.more * 1000:.0f}")
        return database.execute(statement).fetchone()

    def _ensure_schema(self, database: sqlite3.Connection) -> None:
        """Make the tables of a new store, or bring older ones up to date, unless another process has just done so."""
        found = self._begin_and_read_version(database, "BEGIN IMMEDIATE")
        if found == 0:
            if (self.folder / COPY).exists():
                raise migrations.damage()  # there were itineraries here: an empty file is not how they were left
            migrations.create(database)
        elif found < STORE_VERSION:
            kept = backups.keep_older(self.folder, found, database.serialize())
            migrations.upgrade(database)
            migrations.check_tables(database)
        self._execute_waiting(database, "COMMIT")
        if 0 < found < STORE_VERSION:
            told = _("the itineraries are now as this kzfest keeps them; {file} has them as they were")
            self._tell(told.format(file=kept))

    @contextmanager
    def _translate_errors(self) -> Iterator[None]:
        """Turn what SQLite reports into a sentence: a damaged file is set aside, other trouble passes."""
        try:
            yield
        except sqlite3.Error as error:
            raise KzfestError(self._told(error)) from error
        except UnreadableError as error:
            raise KzfestError(self._told_damage()) from error

    def _told(self, error: sqlite3.Error) -> str:
        """Return what an *error* of SQLite means for the user, and what can be done."""
        code = migrations.primary_code(error)
        if code in _DAMAGED:
            return self._told_damage()
        if code in _BUSY:
            message = _("the itineraries in {file} are in use: {who} has them locked; close it and try again")
            return message.format(file=self.file, who=self._holder())
        if code in _NO_ROOM:
            message = _("the itineraries in {file} are as they were: the disk is full or failing ({reason})")
            return message.format(file=self.file, reason=_(str(error)))
        message = _("the itineraries in {file} cannot be used just now: {reason}")
        return message.format(file=self.file, reason=_(str(error)))

    def _holder(self) -> str:
        from kzfest.itineraries.lock_holder import holder_of  # what most runs never ask

        return holder_of(self.file)

    def _told_damage(self) -> str:
        """Set the damaged file aside, and return where it is and what can be done."""
        aside = backups.set_aside(self.folder, self._opened)
        if aside is None:
            return _("the itineraries in {file} were damaged and have been set aside").format(file=self.file)
        message = _("the itineraries in {file} are damaged; the file is set aside as {aside}")
        told = message.format(file=self.file, aside=aside.name)
        if backups.copy_beside(aside):
            return _("{told}. `kzfest itinerary restore` brings back the last good copy").format(told=told)
        return _("{told}, and there is no copy of it; the next `kzfest itinerary add` begins anew").format(told=told)
