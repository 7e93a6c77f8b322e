"""What keys of the full screen change in the plan, through the code of `kzfest itinerary`, so that undo is the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from kzfest.cli.commands.itinerary.add import put_visits
from kzfest.cli.commands.itinerary.changing import warnings_about
from kzfest.core.errors import NotFoundError, UsageError
from kzfest.core.localized import choose
from kzfest.core.visit import visits_to
from kzfest.formats import dates
from kzfest.i18n import _
from kzfest.itineraries.plan import build_plan
from kzfest.itineraries.visit_builder import VisitRequest, build_visit, stretches_of
from kzfest.pages.browse_rows import PlanMarks, plan_marks
from kzfest.pages.itinerary import change_in_words, visit_in_words
from kzfest.programme.database.queries import PERMANENT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from kzfest.cli.session import Session
    from kzfest.core.visit import Visit, VisitChange
    from kzfest.programme.database.catalogue import ListedRow


class PlanNow(NamedTuple):
    """The plan as the screen shows it, and what to tell about the last change."""

    name: str
    marks: PlanMarks
    told: tuple[str, ...] = ()


def plan_now(
    session: Session,
    changes: Iterable[VisitChange] = (),
    told: Iterable[str] = (),
    *,
    in_words: Callable[[VisitChange, str], str] = change_in_words,
) -> PlanNow:
    """Return the plan, with what *changes* mean: what was done, *in_words*, and what clashes now."""
    changes = tuple(changes)
    plan = build_plan(session.store.itinerary(session.itinerary_name), session.context)
    marks = plan_marks(plan.visits, session.context.catalogue.head.id)
    done = (in_words(each, session.language) for each in changes)
    return PlanNow(plan.itinerary.name, marks, (*told, *done, *warnings_about(changes, plan)))


def put_into_plan(session: Session, row: ListedRow, day: date | None, *, must: bool = False) -> PlanNow:
    """Plan a visit to the event of *row* on *day*. Raises UsageError, which says what is missing."""
    listed = session.context.catalogue.event(row.number)
    wish = VisitRequest(day=day, must=must)
    on = [each for each in stretches_of(listed, session.context, day) if day is None or each.touches(day, day)]
    if day is None and (row.section == PERMANENT or len(on) > 1 or any(each.first_day < each.last_day for each in on)):
        title = choose(listed.event.title, session.language).text
        raise UsageError(_("'{title}' is on several days; choose the day first").format(title=title))
    if day and row.start and len(on) > 1:
        wish = replace(wish, at=datetime.fromisoformat(row.start).time())
    visit = build_visit(listed, wish, session.context)
    with session.store.changing(session.itinerary_name, now=session.context.stamp) as draft:
        put_visits([visit], draft, session, asked_for=True)
    return plan_now(session, draft.changed)


def take_out(session: Session, row: ListedRow, day: date | None) -> PlanNow:
    """Remove the visit to the event of *row* on *day*. Raises NotFoundError."""
    with session.store.changing(session.itinerary_name, now=session.context.stamp) as draft:
        del draft.visits[_visit(session, draft.visits.values(), row, day).id]
    return plan_now(session, draft.changed)


def mark_must(session: Session, row: ListedRow, day: date | None) -> PlanNow:
    """Mark the visit to the event of *row* on *day* as a must-see, or unmark it; plan it if it is not planned."""
    with session.store.changing(session.itinerary_name, now=session.context.stamp) as draft:
        found = _visits(session, draft.visits.values(), row, day)
        if found:
            visit = _visit(session, found, row, day)
            draft.visits[visit.id] = replace(visit, must=not visit.must)
    if not found:
        return put_into_plan(session, row, day, must=True)
    return plan_now(session, draft.changed, in_words=_marked_in_words)


def undo_last(session: Session) -> PlanNow:
    """Undo the last change of the plan."""
    taken_back = session.store.undo(session.itinerary_name, 1, now=session.context.stamp)
    if not taken_back:
        return plan_now(session, told=[_("nothing to undo")])
    (changes,) = taken_back
    return plan_now(session, told=[_undone_in_words(each, session.language) for each in changes])


def _marked_in_words(changed: VisitChange, language: str) -> str:
    """Return whether a visit is a must-see now: "changed" would not say it."""
    told = _("must-see: {visit}") if changed.visit.must else _("no longer a must-see: {visit}")
    return told.format(visit=visit_in_words(changed.visit, language))


def _undone_in_words(changed: VisitChange, language: str) -> str:
    """Return what undo has made of a visit: "undone: added" would sound as if it were not there."""
    told = visit_in_words(changed.visit, language)
    if changed.after is None:
        return _("no longer in your plan: {visit}").format(visit=told)
    if changed.before is None:
        return _("back in your plan: {visit}").format(visit=told)
    return _("changed back: {visit}").format(visit=told)


def _visits(session: Session, visits: Iterable[Visit], row: ListedRow, day: date | None) -> list[Visit]:
    """Return the visits to the event of *row* on *day*, or on any day; those to its showing, if they are known."""
    catalogue = session.context.catalogue
    own = visits_to(catalogue.head.id, session.library.file_beside_id(catalogue), visits)
    found = [each for each in own if each.event == row.event and day in {None, each.day}]
    same = [each for each in found if each.showing and each.showing.id == row.showing]
    return same if day and same else found


def _visit(session: Session, visits: Iterable[Visit], row: ListedRow, day: date | None) -> Visit:
    """Return the one visit that is meant. Raises NotFoundError."""
    found = _visits(session, visits, row, day)
    if len(found) == 1:
        return found[0]
    event = session.context.catalogue.event(row.number).event
    title = choose(event.title, session.language).text
    if found:
        raise NotFoundError(_("you plan several visits to '{title}'; choose the day first").format(title=title))
    if day:
        told = _("'{title}' is not in your plan on {day}")
        raise NotFoundError(told.format(title=title, day=dates.full_day(day)))
    raise NotFoundError(_("'{title}' is not in your plan").format(title=title))
