"""What the views of a programme show beside its events: today, the visits of the plan, and the same as a calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from kzfest.core.festival_day import festival_day

if TYPE_CHECKING:
    from collections.abc import Collection

    from kzfest.calendars.export import Export
    from kzfest.cli.session import Session
    from kzfest.itineraries.plan import PlannedVisit
    from kzfest.programme.database.queries import EventQuery


def planned_visits(session: Session, events: Collection[str] | None, question: EventQuery) -> list[PlannedVisit]:
    """Return the visits to *events* on the days of *question*, with their clashes; all of the plan if it is None."""
    first, last = question.days
    plan = session.whole_plan()
    return [
        planned
        for planned in (plan.visits if plan else ())
        if (events is None or (planned.other_programme is None and planned.event_id in events))
        and planned.touches(first or date.min, last or date.max)
    ]


def moment_of_now(session: Session, question: EventQuery) -> datetime | None:
    """Return the time that counts as now if it is on a day of *question*, else None."""
    first, last = question.days
    if first is None or last is None:
        return None
    if not (session.now or session.environment.get("KZFEST_NOW")):
        today = datetime.now(UTC).date().toordinal()
        if not first.toordinal() - 2 <= today <= last.toordinal() + 2:  # in no zone: loading one takes 9 ms
            return None
    now = session.context.now
    return now if first <= festival_day(now) <= last else None


def day_of_now(session: Session, question: EventQuery) -> date | None:
    """Return the festival day of now if it is a day of *question*, else None."""
    now = moment_of_now(session, question)
    return festival_day(now) if now else None


def answer_as_calendar(question: EventQuery, session: Session) -> Export:
    """Return the events that match *question* for a calendar, as `kzfest list` does."""
    from kzfest.calendars.export import events_export  # icalendar: 100 ms, for calendars only

    return events_export(session.context.catalogue.events(question), question, session.context)
