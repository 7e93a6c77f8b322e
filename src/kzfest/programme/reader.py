"""A file's text to a programme, or to the history, or to every fault in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kzfest.core.days import covered_days
from kzfest.core.model import Head, Programme
from kzfest.core.words import _
from kzfest.programme import checks
from kzfest.programme.pastvalues import precision_of
from kzfest.programme.shape import HISTORY_FILE, PROGRAMME_FILE, STAND_INS, checked
from kzfest.programme.sheet import Sheet
from kzfest.programme.values import disputes_of, event_of, source_of, venue_of
from kzfest.programme.zones import zone

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kzfest.core.errors import Problem
    from kzfest.programme.checks import Fault
    from kzfest.programme.values import Values


@dataclass(frozen=True, slots=True)
class Reading:
    """A programme and the checked values that it was made of, by section and id."""

    programme: Programme
    records: Mapping[str, Mapping[str, Values]]


def read_programme(data: bytes, *, file: str) -> tuple[Reading | None, list[Problem]]:
    """Return the programme that *data* holds, or None and every fault, in the order of the file.

    *file* is the name to call it by in the faults.
    """
    sheet = Sheet(data, file=file, shapes=PROGRAMME_FILE)
    draft = _draft(sheet, sheet.single("programme") or checked("programme", STAND_INS["programme"]))
    if sheet.whole:
        sheet.blame(checks.check(draft))
    problems = sheet.problems()
    return (None if problems else Reading(_with_days(draft), sheet.records)), problems


def _draft(sheet: Sheet, head: Values) -> checks.Draft:
    """Return the programme as far as it is sound, with the days that the file itself gives."""
    events = (event_of(values, timezone=head["timezone"]) for values in sheet.records["events"].values())
    programme = Programme(
        head=Head(
            id=head["id"],
            title=head["title"],
            timezone=head["timezone"],
            revised=date.fromisoformat(head["revised"]),
            first=date.fromisoformat(head["first"]) if "first" in head else None,
            last=date.fromisoformat(head["last"]) if "last" in head else None,
        ),
        sources={key: source_of(key, values) for key, values in sheet.records["sources"].items()},
        venues={key: venue_of(values) for key, values in sheet.records["venues"].items()},
        events=tuple(events),
    )
    return checks.Draft(programme, sheet.ids)


def _with_days(draft: checks.Draft) -> Programme:
    """Return the programme with the days that it covers: its own, else those of its dated events."""
    head, events = draft.programme.head, draft.programme.events
    first, last = covered_days(events, zone=zone(head.timezone)) or (None, None)
    return draft.programme._replace(head=head._replace(first=head.first or first, last=head.last or last))


def read_history(data: bytes, *, file: str) -> tuple[Values | None, list[Problem]]:
    """Return the checked values of the milestones and the law that *data* holds, or None and every fault."""
    sheet = Sheet(data, file=file, shapes=HISTORY_FILE)
    sheet.blame(_history_faults(sheet))
    problems = sheet.problems()
    if problems:
        return None, problems
    lists = {section: list(sheet.records[section].values()) for section in ("milestones", "recognitions")}
    singles = {section: sheet.single(section) for section in ("history", "law")}
    return {**lists, **singles, "sources": sheet.records["sources"]}, []


def _history_faults(sheet: Sheet) -> Iterator[Fault]:
    """Yield the sources of the history that are not there, and the moments that name no zone."""
    for key, milestone in sheet.records["milestones"].items():
        if precision_of(milestone["at"]) == "minute" and "timezone" not in milestone:
            yield ("milestones", key, "at"), _("a moment needs its 'timezone', such as Asia/Almaty")
    for section in ("milestones", "recognitions", "law"):
        for key, record in sheet.records[section].items():
            path = (section, key) if key else (section,)
            used = [((*path, "sources", position), each) for position, each in enumerate(record.get("sources", ()))]
            for at, source in (*used, *checks.dispute_references(path, disputes_of(record))):
                if source not in sheet.ids.get("sources", [source]):
                    yield at, checks.unknown_id("sources", source, sheet.ids["sources"])
