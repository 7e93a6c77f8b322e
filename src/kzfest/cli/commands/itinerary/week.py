"""`kzfest itinerary week`."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kzfest.cli.commands.itinerary.plan_answer import plan_answer
from kzfest.cli.commands.itinerary.show import tell_what_to_do
from kzfest.cli.options.events import CalendarFormatOption, OutputOption
from kzfest.cli.options.itinerary import ByOption
from kzfest.cli.output import write
from kzfest.cli.query import WHICH_DAYS, WHICH_EVENTS, ListFilters, asked_days, filters_told, question_of, tell_unknown
from kzfest.cli.resolve_visit import checked_by
from kzfest.cli.terminal.console import note
from kzfest.cli.typer_ext.day_arguments import DaysCommand
from kzfest.cli.typer_ext.lazy_groups import CommandContext, command
from kzfest.core.errors import UsageError
from kzfest.core.festival_day import festival_day
from kzfest.core.model import WEEKDAYS
from kzfest.core.visit import showing_now
from kzfest.formats import dates
from kzfest.formats.page import plain
from kzfest.i18n import _, ngettext
from kzfest.itineraries.plan import build_plan
from kzfest.pages.itinerary_week import PlanWeek
from kzfest.pages.phrases import only_what_matches

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kzfest.cli.output import Answer
    from kzfest.cli.session import Session
    from kzfest.formats.page import Page
    from kzfest.formats.records import Record
    from kzfest.itineraries.plan import Plan, PlannedVisit
    from kzfest.programme.database.queries import EventQuery

MOST_WEEKS = 53
DAYS_OF_WEEK = len(WEEKDAYS)


@command(
    "kzfest itinerary week",
    "kzfest itinerary week 11..17 dec",
    "kzfest itinerary week 17 dec --by walk -f json",
    cls=DaysCommand,
    options=(*WHICH_DAYS, *WHICH_EVENTS),
)
def week(
    ctx: CommandContext,
    asked: ListFilters,
    by: ByOption = "car",
    format_: CalendarFormatOption = None,
    output: OutputOption = None,
) -> None:
    """Show your visits week by week: hours down, days across, with travel times, clashes and free days.

    It shows whole weeks, Monday to Sunday. Without WHEN, it shows this week, or the next one with a visit.
    """
    session = ctx.obj
    plan = build_plan(session.store.itinerary(session.itinerary_name), session.context, checked_by(by))
    question = question_of(asked, session)
    first, last = _whole_weeks(asked_days(asked, question) or _usual_days(plan, session))
    matching, filters = _matching(asked, question, plan, session), filters_told(asked)
    visits = [each for each in matching if each.touches(first, last)]
    weeks = _weeks(first, last, visits, plan)
    write(_answer(weeks, visits, plan, filters, session), session, format_=format_, output=output)
    if not plan.visits:
        tell_what_to_do(plan.itinerary.name, session)
    elif not visits:
        _tell_no_visits(first, last, matching, filters, session)
    _tell_clashes(visits, plan, session)
    tell_unknown(question, session)


def _usual_days(plan: Plan, session: Session) -> tuple[date, date]:
    """Return a day of this week if it has a visit, else the day of the next visit, else that of the first."""
    today = festival_day(session.context.now)
    monday = today - timedelta(days=today.weekday())
    coming = (max(each.visit.day, monday) for each in plan.visits if each.last_day >= monday)
    day = next(coming, plan.visits[0].visit.day if plan.visits else today)
    return day, day


def _whole_weeks(days: tuple[date | None, date | None]) -> tuple[date, date]:
    """Return the Monday of the first and the Sunday of the last of *days*. Raises UsageError if they are too many."""
    begun, over = (day or other for day, other in zip(days, (days[1] or date.min, days[0] or date.max), strict=True))
    first = begun.toordinal() - begun.weekday()
    last = min(over.toordinal() - over.weekday() + DAYS_OF_WEEK - 1, date.max.toordinal())
    if last - first > MOST_WEEKS * DAYS_OF_WEEK:
        raise UsageError(_("ask for at most {n} weeks").format(n=MOST_WEEKS))
    return date.fromordinal(first), date.fromordinal(last)


def _matching(asked: ListFilters, question: EventQuery, plan: Plan, session: Session) -> Sequence[PlannedVisit]:
    """Return the visits to events that match the filters; all visits if there are none."""
    given = (getattr(asked, field) for field in WHICH_EVENTS)
    if all(value is None or value is False for value in given):
        return plan.visits
    events = session.context.catalogue.events(question._replace(first=None, last=None, moment=None, since=None))
    found = {listed.event.id: listed for listed in events}

    def matches(planned: PlannedVisit) -> bool:
        event = planned.known.event
        listed = found.get(event.id) if event and planned.other_programme is None else None
        if listed is None:
            return False
        return len(listed.event.showings) < 2 or showing_now(planned.visit, listed.showings) is not None

    return [each for each in plan.visits if matches(each)]


def _weeks(first: date, last: date, visits: Sequence[PlannedVisit], plan: Plan) -> list[PlanWeek]:
    taken = {day for each in plan.visits if each.touches(first, last) for day in each.days}
    weeks = []
    for number in range(first.toordinal(), last.toordinal() + 1, DAYS_OF_WEEK):
        days = [date.fromordinal(n) for n in range(number, min(number + DAYS_OF_WEEK, last.toordinal() + 1))]
        those = tuple(each for each in visits if each.touches(days[0], days[-1]))
        weeks.append(PlanWeek(tuple(days), those, tuple(day for day in days if day not in taken)))
    return weeks


def _answer(
    weeks: Sequence[PlanWeek], visits: Sequence[PlannedVisit], plan: Plan, filters: str, session: Session
) -> Answer:
    """Return the answer of `itinerary show` for *visits*, with the days asked and those that are free."""
    answer = plan_answer(replace(plan, visits=tuple(visits)), session)

    def document() -> Record:
        return answer.document() | {
            "from": weeks[0].days[0].isoformat(),
            "to": weeks[-1].days[-1].isoformat(),
            "free": [day.isoformat() for week in weeks for day in week.free],
        }

    def page() -> Page:
        from kzfest.pages.itinerary_week import week_page

        return week_page(weeks, plan, session.context.now, filters) if visits else []

    return answer._replace(document=document, page=page)


def _tell_no_visits(first: date, last: date, matching: Sequence[PlannedVisit], filters: str, session: Session) -> None:
    """Say that no visit that matches *filters* is on the days asked, when the next one is, and how to add one."""
    after = min((each.visit.day for each in matching if each.visit.day > last), default=None)
    before = max((each.last_day for each in matching if each.last_day < first), default=None)
    told = _("no visits in {days}").format(days=dates.days(first, last))
    if after:
        told = _("no visits in {days}; the next is on {day}").format(
            days=dates.days(first, last), day=dates.full_day(after)
        )
    elif before:
        told = _("no visits in {days}; the last was on {day}").format(
            days=dates.days(first, last), day=dates.full_day(before)
        )
    note(told)
    for sentence in only_what_matches(filters):
        note(plain(sentence))
    add = session.command_line.of_itinerary(f"add {_('EVENT')}")
    note(_("`{command}` plans a visit").format(command=add))


def _tell_clashes(visits: Sequence[PlannedVisit], plan: Plan, session: Session) -> None:
    """Say how many clashes the *visits* have, and which command explains them."""
    shown = {each.visit.id for each in visits}
    count = sum(1 for clash in plan.clashes if shown & {clash.first, clash.second})
    if count:
        told = ngettext("{n} clash; `{command}` shows details", "{n} clashes; `{command}` shows details", count)
        note(told.format(n=count, command=session.command_line.of_itinerary("check")))
