"""A file's text to a programme, or to the history, or to every fault in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzfest.core.festival_day import widened
from kzfest.core.model import Programme
from kzfest.i18n import _
from kzfest.programme.database.cache import TOLD_EVERY, no_progress
from kzfest.programme.decode import disputes_of, event_of, head_of, source_of, venue_of
from kzfest.programme.decode_history import precision_of
from kzfest.programme.reading import rules
from kzfest.programme.reading.document import Document
from kzfest.programme.reading.schema import HISTORY_FILE, PROGRAMME_FILE, STAND_INS, checked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from kzfest.core.errors import Problem
    from kzfest.core.model import Event, Head
    from kzfest.programme.database.cache import OnProgress
    from kzfest.programme.decode import Values
    from kzfest.programme.reading.rules import Fault

READ = 0.6
"""The share of the work that is done when every record has been read: the rest is for the rules, and for tables."""


class ProgrammeReader:
    """The programme in *data*, a file to be called *file* in its faults.

    *on_progress* hears what share is done, from 0 to 1.

    What is faulty in itself is left out or stood in for, so that the rules can judge the rest.
    """

    def __init__(self, data: bytes, *, file: str, on_progress: OnProgress = no_progress) -> None:
        self._document = Document(
            data, file=file, shapes=PROGRAMME_FILE, on_progress=lambda share: on_progress(share * READ)
        )
        self._on_progress = on_progress
        head = head_of(self._document.single("programme") or checked("programme", STAND_INS["programme"]))
        records = self._document.records
        synonyms = {word: tuple(others) for word, others in records["synonyms"].items()}
        self._given = head._replace(labels=dict(records["labels"].items()), synonyms=synonyms)
        self._covered: tuple[date, date] | None = None
        self.sources = {key: source_of(key, values) for key, values in records["sources"].items()}
        self.venues = {key: venue_of(values) for key, values in records["venues"].items()}

    @property
    def head(self) -> Head:
        """What the programme says of itself, if need be with the days of the events that were read so far."""
        first, last = self._covered or (None, None)
        return self._given._replace(first=self._given.first or first, last=self._given.last or last)

    def values(self, section: str) -> Iterable[tuple[str, Values]]:
        """Return the checked values of *section* by id."""
        return self._document.records[section].items()

    def events(self) -> Iterator[tuple[Values, Event]]:
        """Yield the events with the values that they were made of, one by one, until one breaks a rule."""
        draft = rules.PartialProgramme(self._given, self.venues, self._document.ids)
        if self._document.read_to_end:
            self._document.add_faults(rules.check_programme(draft))
        for done, (_key, values) in enumerate(self.values("events")):
            if self._document.has_too_many_faults:
                return
            event = event_of(values, timezone=self._given.timezone)
            if self._document.read_to_end:
                self._document.add_faults(rules.check_event(event, draft))
            if self._document.is_valid:
                self._covered = widened(self._covered, event)
                yield values, event
            if not done % TOLD_EVERY:
                self._on_progress(READ + (1 - READ) * done / len(self._document.records["events"]))

    def problems(self) -> list[Problem]:
        """Return every fault found so far, in the order of the file; those of the events once these were read."""
        return self._document.problems()


def read_programme(data: bytes, *, file: str) -> tuple[Programme | None, list[Problem]]:
    """Return the programme that *data* holds, or None and every fault, in the order of the file.

    *file* is the name to call it by in the faults.
    """
    reading = ProgrammeReader(data, file=file)
    events = tuple(event for _values, event in reading.events())
    problems = reading.problems()
    programme = Programme(head=reading.head, sources=reading.sources, venues=reading.venues, events=events)
    return (None if problems else programme), problems


def read_history(data: bytes, *, file: str) -> tuple[Values | None, list[Problem]]:
    """Return the checked values of the milestones and the law that *data* holds, or None and every fault."""
    document = Document(data, file=file, shapes=HISTORY_FILE)
    document.add_faults(_history_faults(document))
    problems = document.problems()
    if problems:
        return None, problems
    lists = {
        section: [each for _id, each in document.records[section].items()] for section in ("milestones", "recognitions")
    }
    singles = {section: document.single(section) for section in ("history", "law")}
    return {**lists, **singles, "sources": dict(document.records["sources"].items())}, []


def _history_faults(document: Document) -> Iterator[Fault]:
    """Yield the sources of the history that are not there, and the moments that name no zone."""
    for key, milestone in document.records["milestones"].items():
        if precision_of(milestone["at"]) == "minute" and "timezone" not in milestone:
            yield ("milestones", key, "at"), _("a moment needs its 'timezone', such as Asia/Almaty")
    for section in ("milestones", "recognitions", "law"):
        for key, record in document.records[section].items():
            path = (section, key) if key else (section,)
            used = [((*path, "sources", position), each) for position, each in enumerate(record.get("sources", ()))]
            used += rules.dispute_references(path, disputes_of(record))
            yield from rules.unknown("sources", used, document.ids)
