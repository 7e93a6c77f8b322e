"""The session of one run, which its global options set: programme, language, clock and colour."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import date, datetime, time
from functools import cached_property
from typing import TYPE_CHECKING

from kzfest.cli.language import language_of
from kzfest.cli.terminal.console import COLOURS, note
from kzfest.core.command_line import OPTIONS_OF_READING, CommandLine
from kzfest.core.errors import KzfestError, UsageError, one_of
from kzfest.core.festival_day import DateRange
from kzfest.core.safe_text import legible
from kzfest.i18n import _
from kzfest.paths import itinerary_folder
from kzfest.programme.context import Context, system_clock
from kzfest.programme.files import AS_THE_FILE_SAYS, USED_BY_DEFAULT, ImportOptions, file_named
from kzfest.programme.library import Library

if TYPE_CHECKING:
    from collections.abc import Mapping
    from contextlib import AbstractContextManager

    from kzfest.cli.terminal.console import Colour
    from kzfest.core.visit import Itinerary, Visit
    from kzfest.itineraries.plan import Plan
    from kzfest.itineraries.store import Store
    from kzfest.programme.database.cache import OnProgress
    from kzfest.programme.database.catalogue import Catalogue, ProgressBar
    from kzfest.programme.importing.report import ImportReport

MIDDAY = 12
"""The hour of a clock that is set to a day only, so that the festival day is that day."""
LONGEST_ITINERARY_NAME = 60
LAST_UPDATE = "last"
"""The value of --changed-since that means the last update of a programme that the user keeps."""


class Session:
    """The values of the global options. What they mean is worked out when a command needs it."""

    def __init__(  # noqa: PLR0913  # there are so many; a dataclass would take 1 ms of every start
        self,
        *,
        programme: str | None = None,
        data: str | None = None,
        lang: str | None = None,
        now: str | None = None,
        color: str | None = None,
        itinerary: str | None = None,
        zone: str | None = None,
        times: str | None = None,
        dates: str | None = None,
        columns: str | None = None,
        map_file: str | None = None,
        environment: Mapping[str, str] = os.environ,
    ) -> None:
        self.programme = programme
        self.data = data
        self.lang = lang
        self.now = now
        self.color = color
        self.itinerary = itinerary
        self.zone = zone
        self.times = times
        self.dates = dates
        self.columns = columns
        self.map_file = map_file
        self._read_so = False
        """Whether a command has read a file of its own with the options of reading."""
        self.environment = dict(environment)
        self.library = Library(progress_bar=_progress_bar, tell_import=_tell_import)

    def for_thread(self, progress_bar: ProgressBar) -> Session:
        """Return a session with the same options that opens the programme anew, for another thread.

        A database belongs to the thread that opened it. *progress_bar* shows the progress of long tasks there.
        """
        names = ("programme", "data", "lang", "now", "color", "itinerary", *OPTIONS_OF_READING)
        again = Session(**{name: getattr(self, name) for name in names}, environment=self.environment)
        again.library = Library(progress_bar=progress_bar)
        return again

    @cached_property
    def language(self) -> str:
        """The language of the answer: the one asked for, else the locale's, else English."""
        return language_of(self.lang, self.environment)

    @property
    def colour(self) -> Colour:
        """When to write in colour. Raises UsageError."""
        asked = self.color or "auto"
        if asked not in COLOURS:
            raise UsageError(
                _("unknown colour mode '{asked}'; choose {choices}").format(asked=asked, choices=one_of(COLOURS))
            )
        return asked

    @cached_property
    def command_line(self) -> CommandLine:
        """The options that printed commands repeat, so that they use the same programme and itinerary."""
        given = ((option, getattr(self, name)) for name, option in OPTIONS_OF_READING.items())
        reading = tuple(word for option, value in given if value for word in (option, value))
        return CommandLine(self.programme, self.data, self.itinerary_name, reading)

    @cached_property
    def itinerary_name(self) -> str | None:
        """The name of the itinerary in --itinerary, or None for the current one. Raises UsageError."""
        return None if self.itinerary is None else checked_name(self.itinerary)

    @cached_property
    def context(self) -> Context:
        """What the answers of this run depend on. Raises UsageError and NotFoundError."""
        if self.programme and self.data:
            raise UsageError(_("--programme and --data both name a programme; give one of them"))
        data = self.data or self.environment.get("KZFEST_DATA")
        file = None
        if self.programme:
            file = self.library.file_of(self.programme)
        elif data:
            file = file_named(data)
        is_named = file is not None
        home = itinerary_folder()
        if not is_named and home and (home / USED_BY_DEFAULT).exists():
            file = self.library.default_file()
        if self.zone or self.times or self.dates or self.columns or self.map_file:
            if file is not None:
                self.library.read_as(file, self.import_options)
            elif not self._read_so:
                raise UsageError(_("name the file that is to be read so, with --data"))
        return Context(
            library=self.library,
            file=file,
            is_named=is_named,
            language=self.language,
            clock=self.clock,
            command_line=self.command_line,
        )

    @property
    def import_options(self) -> ImportOptions:
        """How a file of another format is to be read. Raises UsageError."""
        self._read_so = True
        given = (self.zone, self.times, self.dates, self.columns, self.map_file)
        if given == (None,) * len(given):
            return AS_THE_FILE_SAYS
        from kzfest.programme.importing.options import import_options  # rarely needed

        return import_options(*given)

    def is_category(self, word: str) -> bool:
        """Whether *word* is a category of the programme, as far as that can be read."""
        try:
            return word in self.context.catalogue.words("category")
        except (KzfestError, OSError):
            return False

    @cached_property
    def store(self) -> Store:
        """The user's itineraries. Raises KzfestError if there is no home folder."""
        from kzfest.itineraries.store import Store  # for the commands of itineraries only

        folder = itinerary_folder(self.environment)
        if folder is None:
            raise KzfestError(_("no home folder to store itineraries in; set KZFEST_HOME to a folder"))
        return Store(folder, tell=note)

    def visits_to(self, *catalogues: Catalogue) -> list[Visit]:
        """Return the user's visits to events of *catalogues*; none if the itinerary cannot be read, which it says."""
        itinerary = self._itinerary_beside()
        if itinerary is None:
            return []
        from kzfest.core.visit import visits_to  # loaded with the store

        files = [(each.head.id, self.library.file_beside_id(each)) for each in catalogues]
        found = (visit for key, file in files for visit in visits_to(key, file, itinerary.visits))
        return list({visit.id: visit for visit in found}.values())

    def whole_plan(self) -> Plan | None:
        """Return the user's plan; None if there is none or it cannot be read, which it says."""
        itinerary = self._itinerary_beside()
        if itinerary is None or not itinerary.visits:
            return None
        from kzfest.itineraries.plan import build_plan  # for users with an itinerary only

        return build_plan(itinerary, self.context)

    def _itinerary_beside(self) -> Itinerary | None:
        """Return the user's itinerary for an answer about a programme; None if it cannot be read, which it says."""
        folder = itinerary_folder(self.environment)
        try:
            if folder is None or not folder.exists():
                return None
            from kzfest.itineraries.store import PATIENCE_OF_CARDS, Store  # 10 ms, for users with an itinerary only

            return Store(folder, tell=note, patience=PATIENCE_OF_CARDS).itinerary(self.itinerary_name)
        except (KzfestError, OSError) as error:
            note(_("your visits are left out: {reason}").format(reason=error))
            return None

    def clock(self, catalogue: Catalogue) -> datetime:
        """Return the current time, or that of --now, in the zone of *catalogue*. Raises UsageError."""
        now = system_clock(catalogue)
        asked = self.now or self.environment.get("KZFEST_NOW")
        if not asked:
            return now
        for read in (lambda day: datetime.combine(date.fromisoformat(day), time(MIDDAY)), datetime.fromisoformat):
            try:
                given = read(asked)
                moved = given.astimezone(now.tzinfo) if given.tzinfo else given.replace(tzinfo=now.tzinfo)
            except (ValueError, OverflowError):
                continue
            if date.min < moved.date() < date.max:  # other zones may lack the moments beyond
                return moved
        if ":" in asked:
            raise UsageError(
                _("'{text}' is not a valid date and time; write it as 2023-12-17T18:30").format(text=asked)
            )
        from kzfest.core.date_phrases.parser import read_when

        head = catalogue.head
        day = read_when(asked, now=now, first=head.first, last=head.last).first
        return datetime.combine(day, time(MIDDAY), tzinfo=now.tzinfo)

    def days(self, text: str, context: Context | None = None) -> DateRange:
        """Return the days that *text* means in the programme, and print them if the program inferred them."""
        context = context or self.context
        if len(text) == len("2023-12-17"):
            with suppress(ValueError):  # a day in ISO 8601 needs no clock and no parser of phrases, which takes 25 ms
                exact = date.fromisoformat(text)
                return DateRange(exact, exact)
        from kzfest.core.date_phrases.parser import read_when
        from kzfest.formats import dates

        head = context.catalogue.head
        found = read_when(text, now=context.now, first=head.first, last=head.last)
        if found.inferred and not found.moment:
            one_day = found.first == found.last
            said = dates.full_day(found.first) if one_day else dates.days(found.first, found.last)
            note(_("{asked}: {days}").format(asked=text, days=said))
        return found

    def day_of_change(self, text: str) -> date:
        """Return the first day that *text* means, or for LAST_UPDATE that of the last update of the programme.

        Raises UsageError.
        """
        if text != LAST_UPDATE:
            return self.days(text).first
        kept = self.library.kept_in(self.context.file)
        if kept is None:
            message = _("only a programme that you keep has a last update; `kzfest programmes add FILE` keeps one")
            raise UsageError(message)
        return kept.read.date()


def checked_name(text: str) -> str:
    """Return *text* without extra spaces. Raises UsageError if it is not a valid name of an itinerary."""
    name = " ".join(text.split())
    if not 0 < len(name) <= LONGEST_ITINERARY_NAME or name != legible(name):
        message = _("'{text}' is not a valid itinerary name; choose a word or two")
        shown = text if len(text) <= LONGEST_ITINERARY_NAME else f"{text[:LONGEST_ITINERARY_NAME]}…"
        raise UsageError(message.format(text=shown))
    return name


def _tell_import(report: ImportReport) -> None:
    from kzfest.cli.import_notes import tell  # only if a file of another format is new

    tell(report)


def _progress_bar(text: str) -> AbstractContextManager[OnProgress]:
    from kzfest.cli.terminal.progress import show_progress  # only if a programme has changed

    return show_progress(text)
