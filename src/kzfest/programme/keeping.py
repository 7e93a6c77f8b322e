"""Keeping programmes under a name: adding, updating, renaming, removing them, and telling what changed."""

from __future__ import annotations

import gzip
import json
from contextlib import contextmanager, suppress
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from shlex import quote
from shutil import rmtree
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from kzfest.atomic_files import folder_lock, write_whole
from kzfest.core.errors import FaultyProgrammeError, KzfestError, NotFoundError, UnknownFormatError, UsageError
from kzfest.core.festival_day import festival_day
from kzfest.core.model import OWN
from kzfest.core.revisions import compared
from kzfest.core.visit import is_id
from kzfest.i18n import _
from kzfest.paths import PROGRAMMES, cache_folder, private_folder
from kzfest.programme.change_values import change_of_values, values_of_change
from kzfest.programme.database.catalogue import Catalogue, TellImport, tell_nobody
from kzfest.programme.files import AS_THE_FILE_SAYS, STANDARD_INPUT, content_of
from kzfest.programme.importing.decoding import GZIP
from kzfest.programme.importing.limits import LARGEST_IMPORT
from kzfest.programme.kept_programmes import CHANGES_FILE, DEFAULT, REMOVED_FOLDER, SETTINGS_FILE, KeptProgramme
from kzfest.programme.lineage import lineage_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from kzfest.core.known_event import KnownEvent
    from kzfest.core.revisions import EventChange
    from kzfest.programme.files import ImportOptions
    from kzfest.programme.importing.report import ImportReport
    from kzfest.programme.kept_programmes import KeptProgrammes
    from kzfest.programme.lineage import Lineage

ReadCopy: TypeAlias = "Callable[[Path, ImportOptions, TellImport], Catalogue]"
TellTime: TypeAlias = "Callable[[Catalogue], datetime]"

STAGE = ".new-"
"""How the folder of a version begins while it is made."""
COPIES_KEPT = 2
LONGEST_NAME = 40
LONGEST_COPY_NAME = 100
FAST = 1
"""The level of packing: the usual one takes four times as long, for a sixth less."""


class Revision(NamedTuple):
    """An update of a kept programme, and what changed with it."""

    read: datetime
    changes: Sequence[EventChange] | None
    """None if the version before could not be read, or is not kept."""


class Keeper:
    """Changes the programmes that the user keeps. All methods raise KzfestError and OSError.

    *read_copy* reads a copy, *clock* tells the time in the zone of a programme, and *tell* gets the report about a
    file of another format. *own* are the ids of the programmes in the user's folder.
    """

    def __init__(
        self,
        kept: KeptProgrammes,
        *,
        read_copy: ReadCopy,
        clock: TellTime,
        tell: TellImport = tell_nobody,
        own: Sequence[str] = (),
    ) -> None:
        self._kept = kept
        self._read_copy = read_copy
        self._clock = clock
        self._tell = tell
        self._taken = {*PROGRAMMES, *own}

    def add(self, file: Path, *, name: str | None, options: ImportOptions) -> KeptProgramme:
        """Keep the programme in *file* under *name*, else under its id."""
        if name is not None:
            self._check_name(name)
        with self._stage() as stage:
            copy, digest = _copied(file, stage)
            catalogue = self._read(copy, options, source=file)
            chosen = name or catalogue.head.id
            self._check_name(chosen)
            now = self._clock(catalogue)
            version = self._kept.folder / chosen / "1"
            kept = KeptProgramme(chosen, version, chosen, copy.name, digest, _source(file), now, options)
            self._commit(stage, kept, catalogue)
        return kept

    def update(self, name: str, file: Path | None, *, options: ImportOptions) -> tuple[KeptProgramme, Revision | None]:
        """Read the programme called *name* again from *file*, else from where it came; None if it is unchanged.

        *options* that are not given stay as they are. A damaged copy is replaced.
        """
        with self._stage() as stage:
            versions = self._kept.versions(name)
            latest = versions[0] if versions else None
            source = file or (Path(latest.source) if latest and latest.source else None)
            if source is None:
                message = _("the file of '{name}' is not known; name it: `kzfest programmes update {name} FILE`")
                raise UsageError(message.format(name=name))
            if options == AS_THE_FILE_SAYS and latest:
                options = latest.options
            copy, digest = _copied(source, stage)
            if latest and (latest.digest, latest.options) == (digest, options) and latest.is_sound:
                return latest, None
            before = next(filter(None, map(_opened, versions)), None)
            catalogue = self._read(copy, options, source=source, before=before)
            now = self._clock(catalogue)
            number = 1 + max((int(each.name) for each in self._kept.version_folders(name)), default=0)
            kept = KeptProgramme(
                name,
                self._kept.folder / name / str(number),
                latest.id if latest else name,
                copy.name,
                digest,
                _source(source),
                now,
                catalogue.options,
            )
            revision = _compared(before, catalogue, stage, now)
            if revision is None:
                message = _(
                    "no event of '{name}' is in {file}; if that is another programme: `kzfest programmes add {quoted}`"
                )
                raise UsageError(message.format(name=name, file=source, quoted=quote(str(source))))
            self._commit(stage, kept, catalogue)
        self._drop_copies(name)
        return kept, revision

    def _read(self, copy: Path, options: ImportOptions, *, source: Path, before: _Version | None = None) -> Catalogue:
        """Return the programme in the *copy* of *source*.

        If it names no time zone, its times are in that of the version *before*.
        """
        reports: list[ImportReport] = []
        with _told_of(source, copy):
            catalogue = self._read_copy(copy, options, reports.append)
            if before and catalogue.head.in_zone_of_computer and not before.catalogue.head.in_zone_of_computer:
                zone = before.catalogue.head.timezone
                catalogue = self._read_copy(copy, options._replace(zone=zone), reports.append)
        for report in reports[-1:]:
            self._tell(report)
        return catalogue

    def revisions(self, name: str, *, since: date | None) -> list[Revision]:
        """Return the updates of a programme on the day *since* or later, the oldest first; without it, the last one."""
        found: list[Revision] = []
        for folder in self._kept.version_folders(name):
            with suppress(OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError):
                values = json.loads((folder / CHANGES_FILE).read_bytes())
                found.append(_revision(values))
        if since is None:
            return found[-1:]
        return [each for each in found if each.read.date() >= since]

    def rename(self, name: str, new: str) -> None:
        """Call a programme *new*; plans still find it by its first name."""
        self._check_name(new)
        with folder_lock(self._kept.folder):
            (self._kept.folder / name).rename(self._kept.folder / new)
            if self._kept.default() == name:
                self.use(new)

    def remove(self, name: str) -> None:
        """Remove a programme; `restore` takes that back."""
        with folder_lock(self._kept.folder):
            removed = private_folder(self._kept.folder / REMOVED_FOLDER) / name
            rmtree(removed, ignore_errors=True)
            (self._kept.folder / name).rename(removed)
            if self._kept.default() == name:
                self.use(None)

    def restore(self, name: str) -> None:
        """Take back that a programme was removed."""
        if name not in self._kept.removed():
            message = _("no programme '{name}' was removed; those that were: {known}")
            raise NotFoundError(message.format(name=name, known=", ".join(self._kept.removed()) or "–"))
        self._check_name(name)
        with folder_lock(self._kept.folder):
            (self._kept.folder / REMOVED_FOLDER / name).rename(self._kept.folder / name)

    def use(self, name: str | None) -> None:
        """Use the programme called *name* if none is named; None stands for the first bundled one."""
        file = private_folder(self._kept.folder) / DEFAULT
        if name is None:
            file.unlink(missing_ok=True)
        else:
            write_whole(file, [name.encode()])

    def _check_name(self, name: str) -> None:
        if not is_id(name, longest=LONGEST_NAME) or name == OWN:
            message = _("'{name}' cannot be the name of a programme; use small Latin letters, digits and hyphens")
            raise UsageError(message.format(name=name))
        if name in {*self._taken, *self._kept.names(), *(each.id for each in self._kept.all())}:
            message = _("there is a programme '{name}' already; choose another name with --name, or update it")
            raise UsageError(message.format(name=name))

    @contextmanager
    def _stage(self) -> Iterator[Path]:
        """Yield a folder in which a version is made, and remove it afterwards unless it was renamed."""
        folder = private_folder(self._kept.folder)
        with folder_lock(folder):
            for stale in folder.glob(f"{STAGE}*"):
                rmtree(stale, ignore_errors=True)  # a run was killed: others wait for the lock
            stage = Path(mkdtemp(prefix=STAGE, dir=folder))
            try:
                yield stage
            finally:
                rmtree(stage, ignore_errors=True)

    def _commit(self, stage: Path, kept: KeptProgramme, catalogue: Catalogue) -> None:
        """Make *stage* the folder of the version *kept*, whose catalogue goes into the cache."""
        text = json.dumps(kept.as_values(), ensure_ascii=False, indent=2)
        write_whole(stage / SETTINGS_FILE, [text.encode(errors="surrogateescape")])
        private_folder(kept.folder.parent)
        stage.rename(kept.folder)
        folder = cache_folder()
        if folder:
            catalogue.move(kept.file, kept.kept_as, folder=folder)

    def _drop_copies(self, name: str) -> None:
        """Delete the copies of a programme except the newest; what changed is kept."""
        for old in self._kept.versions(name)[COPIES_KEPT:]:
            old.file.unlink(missing_ok=True)


@contextmanager
def _told_of(file: Path, copy: Path) -> Iterator[None]:
    """Let errors about the *copy* name the *file*, which the user knows."""
    try:
        yield
    except UnknownFormatError as error:
        raise UnknownFormatError(str(file), error.message) from error
    except FaultyProgrammeError as error:
        raise FaultyProgrammeError([each._replace(file=str(file)) for each in error.problems]) from error
    except KzfestError as error:
        raise type(error)(str(error).replace(str(copy), str(file))) from error


class _Version(NamedTuple):
    """A version that can be read."""

    catalogue: Catalogue
    events: Sequence[KnownEvent]
    lineage: Lineage


def _opened(kept: KeptProgramme) -> _Version | None:
    """Return a version, or None if its copy cannot be read."""
    with suppress(KzfestError, OSError):
        catalogue = Catalogue(kept.file, folder=cache_folder(), options=kept.options, kept_as=kept.kept_as)
        return _Version(catalogue, catalogue.known_events(), kept.lineage())
    return None


def _compared(before: _Version | None, new: Catalogue, stage: Path, now: datetime) -> Revision | None:
    """Write into *stage* what *new* has from the version *before*, and return what changed.

    Return None if they have no event in common, although some that are gone are not over.
    """
    if before is None:
        return Revision(now, None)
    found = compared(before.events, new.known_events(), today=festival_day(now))
    if not any(each.before and each.after for each in found) and any("gone" in each.kinds for each in found):
        return None
    lineage = lineage_of(found, before.lineage, day=now.date())
    changes = [each for each in lineage.renamed(found) if each.kinds]
    document = {
        "read": now.isoformat(),
        "lineage": lineage.as_values(),
        "changes": list(map(values_of_change, changes)),
    }
    write_whole(stage / CHANGES_FILE, [json.dumps(document, ensure_ascii=False).encode()])
    return Revision(now, changes)


def _copied(file: Path, stage: Path) -> tuple[Path, str]:
    """Copy *file* into the folder *stage*, packed; return the copy and the digest of what is in it."""
    data = content_of(file)
    name = file.name[:LONGEST_COPY_NAME]
    digest = sha256(data).hexdigest()
    if not data.startswith(GZIP) and len(data) <= LARGEST_IMPORT:
        name, data = f"{name}.gz", gzip.compress(data, FAST, mtime=0)
    write_whole(stage / name, [data])
    return stage / name, digest


def _source(file: Path) -> str | None:
    """Return the path by which *file* is found again; None for standard input."""
    return None if file == STANDARD_INPUT else str(file.absolute())


def _revision(values: dict[str, Any]) -> Revision:
    return Revision(datetime.fromisoformat(values["read"]), [change_of_values(each) for each in values["changes"]])
