"""The answer about an itinerary and its visits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzfest.cli.output import Answer
from kzfest.formats import records
from kzfest.pages.itinerary import itinerary_page

if TYPE_CHECKING:
    from kzfest.calendars.export import Export
    from kzfest.cli.session import Session
    from kzfest.formats.records import Record
    from kzfest.itineraries.plan import Plan, PlannedVisit

VISIT_FIELDS = (
    "id", "event", "programme", "title", "day", "start", "end", "end_assumed", "must", "note", "venue", "address",
    "place", "way", "clashes", "state", "changes", "changed", "more_clashes",
    "room",
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
            "itinerary": {"name": plan.itinerary.name, "revision": plan.itinerary.revision},
            "visits": [visit_record_of(each, session.language) for each in plan.visits],
        },
        items="visits",
        fields=VISIT_FIELDS,
        rows=lambda visits: [_flat(each) for each in visits],
        page=lambda: itinerary_page(plan),
        export=export,
    )


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


def _flat(record: Record) -> Record:
    return record | {
        "address": record["venue"] and record["venue"]["address"],
        "way": record["way"] and record["way"]["minutes"],
        "clashes": [each["with"] for each in record["clashes"]],
    }
