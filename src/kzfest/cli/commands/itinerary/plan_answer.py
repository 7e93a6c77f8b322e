"""The answers of the itinerary's commands, in every format."""

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
)  # fmt: skip
"""The flat fields of a visit, as CSV has them; its way is in minutes, its clashes are the visits' ids."""


def plan_answer(plan: Plan, session: Session) -> Answer:
    """Return the answer of `itinerary show`."""

    def visits() -> list[Record]:
        return [visit_record_of(each, session.language) for each in plan.visits]

    return Answer(
        document=lambda: {
            "schema": records.SCHEMA,
            "itinerary": {"name": plan.itinerary.name, "revision": plan.itinerary.revision},
            "visits": visits(),
        },
        records=visits,
        fields=VISIT_FIELDS,
        rows=lambda: [_flat(record) for record in visits()],
        page=lambda: itinerary_page(plan),
        export=lambda: _export(plan, session),
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


def _export(plan: Plan, session: Session) -> Export:
    from kzfest.calendars.export import note_exported_revisions, plan_export  # icalendar: 100 ms, for calendars only

    note_exported_revisions(plan, session.store)
    return plan_export(plan)


def _flat(record: Record) -> Record:
    return record | {
        "address": record["venue"] and record["venue"]["address"],
        "way": record["way"] and record["way"]["minutes"],
        "clashes": [each["with"] for each in record["clashes"]],
    }
