"""The answers about an itinerary, its visits and their changes."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from kzfest.cli.output import Answer
from kzfest.formats import records
from kzfest.itineraries.plan import build_plan, known_now
from kzfest.pages.itinerary import changes_page, itinerary_page

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kzfest.calendars.export import Export
    from kzfest.cli.session import Session
    from kzfest.core.visit import Itinerary, Visit, VisitChange
    from kzfest.formats.records import Record
    from kzfest.itineraries.plan import Plan, PlannedVisit

VISIT_FIELDS = (
    "id", "event", "programme", "title", "day", "start", "end", "end_assumed", "must", "note", "venue", "address",
    "place", "way", "clashes", "state", "changes", "changed", "more_clashes",
    "room", "planned_room",
)  # fmt: skip
"""The columns of a visit in CSV: the travel time is in minutes, a clash is the id of the other visit."""


def plan_answer(plan: Plan, session: Session) -> Answer:
    """Return the answer of `itinerary show`."""

    def export() -> Export:
        from kzfest.calendars.export import note_exported_revisions, plan_export  # icalendar: 100 ms

        note_exported_revisions(plan, session.store)
        return plan_export(plan)

    return Answer(
        document=lambda: {
            "itinerary": records.itinerary_record(plan.itinerary),
            "visits": [visit_record_of(each, session.language) for each in plan.visits],
        },
        items="visits",
        fields=VISIT_FIELDS,
        rows=lambda visits: [flat_visit(each) for each in visits],
        page=lambda: itinerary_page(plan),
        export=export,
    )


def changes_answer(done: Sequence[Sequence[VisitChange]], itinerary: Itinerary, session: Session) -> Answer:
    """Return the answer of a command that has *done* these changes, one after the other; *itinerary* is the result."""
    return Answer(
        document=lambda: {
            "itinerary": records.itinerary_record(itinerary),
            "changes": [each for changes in done for each in _change_records(changes, itinerary, session)],
        },
        items="changes",
        fields=("change", *VISIT_FIELDS),
        rows=lambda found: [{"change": each["change"]} | flat_visit(each["after"] or each["before"]) for each in found],
        page=lambda: list(chain.from_iterable(changes_page(changes, session.context) for changes in done)),
    )


def _change_records(changes: Sequence[VisitChange], itinerary: Itinerary, session: Session) -> list[Record]:
    """Return the records of *changes*; a visit that *itinerary* has as it is comes with its clashes and its way."""
    planned = {each.visit.id: each for each in build_plan(itinerary, session.context).visits} if changes else {}

    def records_of(visits: Sequence[Visit | None]) -> Iterator[Record | None]:
        known = known_now([visit for visit in visits if visit], session.context)
        for visit in visits:
            if visit is None:
                yield None
            elif visit.id in planned and planned[visit.id].visit == visit:
                yield visit_record_of(planned[visit.id], session.language)
            else:
                now = known[visit.id]
                yield records.visit_record(visit, now, (), clash_count=0, way=None, language=session.language)

    befores, afters = records_of([each.before for each in changes]), records_of([each.after for each in changes])
    return [
        {"change": "removed" if after is None else "changed" if before else "added", "before": before, "after": after}
        for before, after in zip(befores, afters, strict=True)
    ]


def visit_record_of(planned: PlannedVisit, language: str) -> Record:
    """Return a visit of an itinerary as a record."""
    return records.visit_record(
        planned.visit,
        planned.known,
        planned.clashes,
        clash_count=planned.clash_count,
        way=planned.way,
        language=language,
    )


def flat_visit(record: Record) -> Record:
    """Return the record of a visit as a row of CSV."""
    return record | {
        "address": record["venue"] and record["venue"]["address"],
        "way": record["way"] and record["way"]["minutes"],
        "clashes": [each["with"] for each in record["clashes"]],
    }
