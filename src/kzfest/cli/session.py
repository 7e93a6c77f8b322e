"""What the global options of one run ask for: programme, language, clock and colour."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, time
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kzfest.cli.language import language_of
from kzfest.cli.terminal.console import COLOURS, note
from kzfest.core.errors import NotFoundError, UsageError, one_of
from kzfest.core.festival_day import DateRange
from kzfest.i18n import _
from kzfest.paths import cache_folder, config_folder
from kzfest.programme.library import PROGRAMMES, data_folder

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from contextlib import AbstractContextManager

    from kzfest.cli.terminal.console import Colour
    from kzfest.programme.database.cache import OnProgress
    from kzfest.programme.database.catalogue import Catalogue

MIDDAY = 12
"""The hour that a clock set to a day alone shows, so that it is that day's programme."""


class Session:
    """The global options, as they were given; what they stand for is worked out when it is needed."""

    def __init__(  # noqa: PLR0913  # there are so many; a dataclass would take 1 ms of every start
        self,
        *,
        programme: str | None = None,
        data: str | None = None,
        lang: str | None = None,
        now: str | None = None,
        color: str | None = None,
        itinerary: str | None = None,
        environment: Mapping[str, str] = os.environ,
    ) -> None:
        self.programme = programme
        self.data = data
        self.lang = lang
        self.now = now
        self.color = color
        self.itinerary = itinerary
        self.environment = dict(environment)

    @cached_property
    def language(self) -> str:
        """The language of the answer: as asked, else the locale's, else English."""
        return language_of(self.lang, self.environment)

    @property
    def colour(self) -> Colour:
        """Whether to write in colour."""
        asked = self.color or "auto"
        if asked not in COLOURS:
            raise UsageError(_("no colour '{asked}'; choose {choices}").format(asked=asked, choices=one_of(COLOURS)))
        return asked

    @property
    def names_programme(self) -> bool:
        """Whether a programme was asked for, by its id or its file."""
        return bool(self.programme or self.data or self.environment.get("KZFEST_DATA"))

    def command(self, line: str) -> str:
        """Return the command *line*, which begins with `kzfest`, as it asks the same programme as this run."""
        return command_line(line, programme=self.programme, data=self.data)

    @cached_property
    def catalogue(self) -> Catalogue:
        """The programme that is asked."""
        return open_catalogue(self._file())

    def _file(self) -> Path:
        if self.programme and self.data:
            raise UsageError(_("--programme and --data both name a programme; give one of them"))
        data = self.data or (None if self.programme else self.environment.get("KZFEST_DATA"))
        return Path(data) if data else programme_file(self.programme or next(iter(PROGRAMMES)))

    @cached_property
    def moment(self) -> datetime:
        """The moment that counts as now, in the programme's zone."""
        from kzfest.programme.zones import zone

        timezone = zone(self.catalogue.head.timezone)
        asked = self.now or self.environment.get("KZFEST_NOW")
        if not asked:
            return datetime.now(UTC).astimezone(timezone)
        for read in (_middle_of_day, datetime.fromisoformat):
            try:
                given = read(asked)
                moved = given.astimezone(timezone) if given.tzinfo else given.replace(tzinfo=timezone)
            except (ValueError, OverflowError):
                continue
            if date.min < moved.date() < date.max:  # else another zone may have no such moment
                return moved
        if ":" in asked:
            raise UsageError(_("there is no moment '{text}'; write one as 2023-12-17T18:30").format(text=asked))
        return self._middle_of(asked, datetime.now(UTC).astimezone(timezone))

    @property
    def stamp(self) -> datetime:
        """When a change that is made now is said to have been made, in the programme's zone and never in the future.

        Calendars compare stamps: after one of the year 2150, no change would ever look newer.
        """
        return min(self.moment, datetime.now(UTC)).astimezone(self.moment.tzinfo)

    def _middle_of(self, asked: str, now: datetime) -> datetime:
        """Return the middle of the day that *asked* names in words."""
        from kzfest.core.date_phrases.parser import read_when

        head = self.catalogue.head
        day = read_when(asked, now=now, first=head.first, last=head.last).first
        return datetime.combine(day, time(MIDDAY), tzinfo=now.tzinfo)

    def check_clock(self) -> None:
        """Raise UsageError where `--now` is no moment, also if the answer needs no clock."""
        if self.now:
            self.moment  # noqa: B018  # worked out here for its errors

    def days(self, text: str) -> DateRange:
        """Return the days that *text* means, and say so where they had to be inferred."""
        exact = _exact_day(text)
        if exact:
            return DateRange(exact, exact)
        from kzfest.core.date_phrases.parser import read_when
        from kzfest.formats import dates

        head = self.catalogue.head
        found = read_when(text, now=self.moment, first=head.first, last=head.last)
        if found.inferred and not found.moment:
            one_day = found.first == found.last
            said = dates.full_day(found.first) if one_day else dates.days(found.first, found.last)
            note(_("{asked}: {days}").format(asked=text, days=said))
        return found


def command_line(line: str, *, programme: str | None = None, data: str | None = None) -> str:
    """Return the command *line*, to be copied, with the options that ask the programme of that id or in that file.

    >>> command_line("kzfest list", programme="archive"), command_line("kzfest list", data="my shore.yaml")
    ('kzfest --programme archive list', "kzfest --data 'my shore.yaml' list")
    """
    from shlex import quote  # which most runs never need

    if not (programme or data):
        return line
    named = f"--programme {quote(programme)}" if programme else f"--data {quote(data or '')}"
    return line.replace("kzfest", f"kzfest {named}", 1)


def _middle_of_day(text: str) -> datetime:
    """Return the middle of the day that *text* is in ISO 8601. Raises ValueError where it is none."""
    return datetime.combine(date.fromisoformat(text), time(MIDDAY))


def _exact_day(text: str) -> date | None:
    """Return the day that *text* is in ISO 8601: it needs no clock, and no tables of words (25 ms)."""
    try:
        return date.fromisoformat(text) if len(text) == len("2023-12-17") else None
    except ValueError:
        return None


def open_catalogue(file: Path) -> Catalogue:
    """Return the programme in *file*. Raises OSError, and FaultyProgrammeError where it has faults."""
    from kzfest.programme.database.catalogue import Catalogue

    return Catalogue(file, folder=cache_folder(), progress_bar=_progress_bar)


def _progress_bar(text: str) -> AbstractContextManager[OnProgress]:
    from kzfest.cli.terminal.progress import show_progress  # where a programme has changed

    return show_progress(text)


def programme_file(wanted: str) -> Path:
    """Return the file of the programme with the id *wanted*. Raises NotFoundError."""
    key = wanted.casefold()
    if key in PROGRAMMES:
        return data_folder() / PROGRAMMES[key]
    own = own_programmes()
    if fault := shared_id(key, own.files.get(key, ())):
        raise NotFoundError(fault)
    if key in own.files:
        return own.files[key][0]
    message = _("no programme called '{wanted}'; known are {known}")
    known = ", ".join(dict.fromkeys([*PROGRAMMES, *own.files]))
    raise NotFoundError(message.format(wanted=wanted, known=known) + own.hint())


def shared_id(key: str, files: Sequence[Path]) -> str | None:
    """Return why the id *key* asks for none of the user's *files* that have it: another programme has it too."""
    if key in PROGRAMMES and files:
        told = _("the id '{id}' of {files} is that of a programme of kzfest; change it, or give the file with --data")
    elif len(files) > 1:
        told = _("{files} have one id, '{id}'; change it in one of them, or give the file with --data")
    else:
        return None
    return told.format(id=key, files=_(" and ").join(map(str, files)))


class OwnProgrammes(NamedTuple):
    """The programmes in the user's folder."""

    files: dict[str, list[Path]]
    """By their ids, which several of them may share."""
    faulty: list[Path]
    """Whose ids are not known."""

    def hint(self) -> str:
        """Return the end of a sentence about a programme that was not found: it may be in a faulty file."""
        from shlex import quote

        told = _("; there is a file with faults: `kzfest check {file}`")
        return told.format(file=quote(str(self.faulty[0]))) if self.faulty else ""


def own_programmes() -> OwnProgrammes:
    """Return the programmes in the user's folder: a faulty file must not stop the others."""
    from kzfest.core.errors import FaultyProgrammeError, KzfestError

    own = OwnProgrammes({}, [])
    for file in own_files():
        try:
            own.files.setdefault(open_catalogue(file).head.id, []).append(file)
        except FaultyProgrammeError:
            own.faulty.append(file)
        except (KzfestError, OSError):
            continue  # `kzfest programmes` names it
    return own


def own_files() -> list[Path]:
    """Return the YAML files in the user's folder of programmes; not those that an editor hides there."""
    folder = config_folder()
    found = folder and folder / "programmes"
    if not found or not found.is_dir():
        return []
    return sorted(file for file in found.glob("[!.]*") if file.suffix in {".yaml", ".yml"} and not file.is_dir())
