"""What an answer depends on, apart from the question: programmes, language and time."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from kzfest.core.command_line import CommandLine
from kzfest.core.errors import UsageError
from kzfest.paths import PROGRAMMES, data_folder
from kzfest.programme.library import Library

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from kzfest.programme.database.catalogue import Catalogue


def system_clock(catalogue: Catalogue) -> datetime:
    """Return the current time in the time zone of *catalogue*."""
    from kzfest.programme.zones import zone  # loads time zones, which most answers do not need

    return datetime.now(UTC).astimezone(zone(catalogue.head.timezone))


class Context:
    """The programme in use, all other programmes, the language of the answer and the current time.

    The programme is opened and the clock is read once, at first use. Nothing else in a context changes.
    """

    def __init__(  # noqa: PLR0913  # a frozen dataclass would take 1 ms of every start
        self,
        *,
        library: Library | None = None,
        file: Path | None = None,
        is_named: bool = False,
        language: str = "en",
        clock: Callable[[Catalogue], datetime] = system_clock,
        command_line: CommandLine | None = None,
    ) -> None:
        self.library: Final = library or Library()
        self.is_first: Final = file is None
        """Whether the programme is the first bundled one because nobody chose another."""
        self.file: Final = file or data_folder() / next(iter(PROGRAMMES.values()))
        self.is_named: Final = is_named
        """Whether the user named the programme; it then also serves visits to another file with its id."""
        self.language: Final = language
        self.clock: Final = clock
        self.command_line: Final = command_line or CommandLine()
        """The options for commands in messages."""

    @cached_property
    def catalogue(self) -> Catalogue:
        """The programme in use. Raises OSError, and FaultyProgrammeError if it has faults."""
        return self.library.open(self.file)

    @cached_property
    def now(self) -> datetime:
        """The time that counts as now, in the programme's time zone."""
        return self.clock(self.catalogue)

    @property
    def zone(self) -> ZoneInfo:
        """The programme's time zone."""
        from kzfest.programme.zones import zone  # see above

        return zone(self.catalogue.head.timezone)

    @property
    def stamp(self) -> datetime:
        """The time to record for a change made now, in the programme's time zone: `now`, but never in the future.

        Calendars compare these times: after one from the year 2150, no later change would look newer.
        """
        return min(self.now, datetime.now(UTC)).astimezone(self.now.tzinfo)

    @cached_property
    def named_file(self) -> str | None:
        """The path that visits to this programme must store; None if the programme's id alone finds it."""
        return self.library.file_beside_id(self.catalogue)

    @property
    def file_for_visits(self) -> str | None:
        """The `named_file` for a new visit, which is read as now from then on. Raises UsageError for standard input."""
        self.library.keep_options(self.file)
        return self.named_file

    def programme_of(self, programme: str, file: str | None) -> Catalogue:
        """Return the programme of a visit by its id, and by *file* if the id alone does not find it.

        If it cannot be opened, a programme with this id that the user named replaces it. Raises UsageError.
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

    def in_language(self, language: str) -> Context:
        """Return a copy of the context for answers in another language, with the same clock."""
        now = self.now
        return self._with(language=language, clock=lambda _catalogue: now)

    def asking(self, catalogue: Catalogue) -> Context:
        """Return a copy of the context that uses *catalogue* instead."""
        return self._with(file=catalogue.file)

    def _with(self, **changes: Any) -> Context:
        same = {name: getattr(self, name) for name in ("library", "is_named", "language", "clock", "command_line")}
        return Context(**{**same, "file": None if self.is_first else self.file, **changes})
