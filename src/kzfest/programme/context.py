"""What an answer depends on, beside the question itself."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from kzfest.core.command_line import CommandLine
from kzfest.core.errors import UsageError
from kzfest.programme.bundled import PROGRAMMES, data_folder
from kzfest.programme.library import Library

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from kzfest.programme.database.catalogue import Catalogue


def default_programme() -> Path:
    """Return the file of the programme that is asked where none is named."""
    return data_folder() / next(iter(PROGRAMMES.values()))


def system_clock(catalogue: Catalogue) -> datetime:
    """Return the present moment in the zone of *catalogue*."""
    from kzfest.programme.zones import zone  # tables of zones, for whoever asks the clock

    return datetime.now(UTC).astimezone(zone(catalogue.head.timezone))


@dataclass(frozen=True, kw_only=True)
class Context:
    """The programme that is asked, the others, the language of the answer, and the moment that counts as now.

    The programme is opened, and the clock read, once, when they are first needed.
    """

    library: Library = field(default_factory=Library)
    file: Path = field(default_factory=default_programme)
    is_named: bool = False
    """Whether the person named the programme, so that it also answers for visits that name no file."""
    language: str = "en"
    clock: Callable[[Catalogue], datetime] = system_clock
    command_line: CommandLine = field(default_factory=CommandLine)
    """The options that a command in a message repeats."""

    @cached_property
    def catalogue(self) -> Catalogue:
        """The programme that is asked. Raises OSError, and FaultyProgrammeError where it has faults."""
        return self.library.open(self.file)

    @cached_property
    def now(self) -> datetime:
        """The moment that counts as now, in the programme's zone."""
        return self.clock(self.catalogue)

    @property
    def zone(self) -> ZoneInfo:
        """The programme's time zone."""
        from kzfest.programme.zones import zone  # as above

        return zone(self.catalogue.head.timezone)

    @property
    def stamp(self) -> datetime:
        """When a change that is made now is said to have been made, in the programme's zone and never in the future.

        Calendars compare stamps: after one of the year 2150, no change would ever look newer.
        """
        return min(self.now, datetime.now(UTC)).astimezone(self.now.tzinfo)

    @cached_property
    def named_file(self) -> str | None:
        """The file that a visit to an event of this programme has to name; None where the programme's id finds it."""
        return self.library.file_beside_id(self.catalogue)

    def programme_of(self, programme: str, file: str | None) -> Catalogue:
        """Return the programme that a visit names by its id, and by *file* where its id does not find it.

        The programme that the person named stands in for a missing file. Raises UsageError with what to do.
        """
        named = self.catalogue if self.is_named and self.catalogue.head.id == programme else None
        if named and (file is None or file == str(named.file.absolute())):
            return named
        try:
            return self.library.find(programme, file)
        except UsageError:
            if named:
                return named
            raise

    def asking(self, catalogue: Catalogue) -> Context:
        """Return the context in which *catalogue* is asked instead."""
        return replace(self, file=catalogue.file)
