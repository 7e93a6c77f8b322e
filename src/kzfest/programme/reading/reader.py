"""Read a file as a programme or as the history, or report all its faults."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzfest.core.festival_day import widened
from kzfest.core.model import Programme
from kzfest.i18n import _
from kzfest.programme.database.cache import RECORDS_PER_UPDATE, no_progress
from kzfest.programme.decode import disputes_of, event_of, head_of, source_of, venue_of
from kzfest.programme.decode_history import precision_of
from kzfest.programme.reading import rules
from kzfest.programme.reading.document import Document
from kzfest.programme.reading.schema import HISTORY_FILE, PLACEHOLDERS, PROGRAMME_FILE, checked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from kzfest.core.errors import Problem
    from kzfest.core.model import Event, Head
    from kzfest.programme.database.cache import OnProgress
    from kzfest.programme.decode import Values
    from kzfest.programme.reading.rules import Fault

READ = 0.6
"""The share of progress for reading the records; the rest is for rules and tables."""


class ProgrammeReader:
    """The programme in *data*; *file* is its name in messages, and *on_progress* gets the share done, from 0 to 1.

    Faulty values are dropped or replaced by placeholders, so that the rules can check the rest.
    """

    def __init__(self, data: bytes, *, file: str, on_progress: OnProgress = no_progress) -> None:
        self._document = Document(
            data, file=file, shapes=PROGRAMME_FILE, on_progress=lambda share: on_progress(share * READ)
        )
        self._on_progress = on_progress
        head = head_of(self._document.single("programme") or checked("programme", PLACEHOLDERS["programme"]))
        records = self._document.records
        synonyms = {word: tuple(others) for word, others in records["synonyms"].items()}
        self._given = head._replace(labels=dict(records["labels"].items()), synonyms=synonyms)
        self._covered: tuple[date, date] | None = None
        self.sources = {key: source_of(key, values) for key, values in records["sources"].items()}
        self.venues = {key: venue_of(values) for key, values in records["venues"].items()}

    @property
    def head(self) -> Head:
        """The head; missing first and last days come from the events read so far."""
        first, last = self._covered or (None, None)
        return self._given._replace(first=self._given.first or first, last=self._given.last or last)

    def values(self, section: str) -> Iterable[tuple[str, Values]]:
        """Return the checked records of *section* by id."""
        return self._document.records[section].items()

    def events(self) -> Iterator[tuple[Values, Event]]:
        """Yield the events with their values. After the first fault, check the rest but yield no more."""
        draft = rules.PartialProgramme(self._given, self.venues, self._document.ids)
        if self._document.read_to_end:
            self._document.add_faults(rules.check_programme(draft))
        parents: dict[str, str] = {}
        for done, (_key, values) in enumerate(self.values("events")):
            if self._document.has_too_many_faults:
                return
            event = event_of(values, timezone=self._given.timezone)
            if event.parent:
                parents[event.id] = event.parent
            if self._document.read_to_end:
                self._document.add_faults(rules.check_event(event, draft))
            if self._document.is_valid:
                self._covered = widened(self._covered, event)
                yield values, event
            if not done % RECORDS_PER_UPDATE:
                self._on_progress(READ + (1 - READ) * done / len(self._document.records["events"]))
        self._document.add_faults(rules.parents_without_circle(parents))

    def key_of(self, event: str) -> str:
        """Return what identifies the event with this id in its file: the id."""
        return event

    def problems(self) -> list[Problem]:
        """Return all faults found so far, in the order of the file; `events` finds those of the events."""
        return self._document.problems()


def read_programme(data: bytes, *, file: str) -> tuple[Programme | None, list[Problem]]:
    """Return the programme in *data*, or None and all faults in the order of the file; *file* is its name in them."""
    reading = ProgrammeReader(data, file=file)
    events = tuple(event for _values, event in reading.events())
    problems = reading.problems()
    programme = Programme(head=reading.head, sources=reading.sources, venues=reading.venues, events=events)
    return (None if problems else programme), problems


def read_history(data: bytes, *, file: str) -> tuple[Values | None, list[Problem]]:
    """Return the checked values of the history in *data*, or None and all faults."""
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
    """Yield references to unknown sources, and moments without a time zone."""
    for key, milestone in document.records["milestones"].items():
        if precision_of(milestone["at"]) == "minute" and "timezone" not in milestone:
            yield ("milestones", key, "at"), _("a moment needs its 'timezone', such as Asia/Almaty")
    for section in ("milestones", "recognitions", "law"):
        for key, record in document.records[section].items():
            path = (section, key) if key else (section,)
            used = [((*path, "sources", position), each) for position, each in enumerate(record.get("sources", ()))]
            used += rules.dispute_references(path, disputes_of(record))
            yield from rules.unknown("sources", used, document.ids)
