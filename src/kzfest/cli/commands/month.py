"""`kzfest month`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzfest.cli.options.events import CalendarFormatOption, OutputOption
from kzfest.cli.output import Answer, write
from kzfest.cli.plan_beside import answer_as_calendar, day_of_now, planned_visits
from kzfest.cli.query import (
    ListFilters,
    asked_days,
    filters_told,
    question_of,
    tell_left_out,
    tell_nothing_on,
    tell_other_programmes,
)
from kzfest.cli.terminal.console import note
from kzfest.cli.typer_ext.day_arguments import DaysCommand
from kzfest.cli.typer_ext.lazy_groups import CommandContext, command
from kzfest.core.festival_day import days_of, last_of_month
from kzfest.core.model import WEEKDAYS
from kzfest.i18n import ngettext
from kzfest.programme.events_by_day import EventsOfDay
from kzfest.programme.months import in_whole_months, months_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from kzfest.cli.session import Session
    from kzfest.formats.page import Page
    from kzfest.formats.records import Record
    from kzfest.itineraries.plan import PlannedVisit
    from kzfest.programme.database.queries import EventQuery
    from kzfest.programme.months import Months

FIELDS = ("day", "weekday", "begin", "go_on", "may_be_on", "planned", "clashes", "today")
"""The columns of a day in CSV, which has numbers where JSON has ids."""


@command(
    "kzfest month",
    "kzfest month december",
    "kzfest month --from 15 dec --to 15 jan --category exhibition",
    "kzfest month december -f json",
    cls=DaysCommand,
)
def month(
    ctx: CommandContext, asked: ListFilters, format_: CalendarFormatOption = None, output: OutputOption = None
) -> None:
    """Show months as a grid: how many events begin, go on and may still be on, day by day.

    Today and the days of your plan are marked. It takes the filters of `kzfest list`, and shows every month that has
    one of the days.
    """
    session = ctx.obj
    asked_for = question_of(asked, session)
    all_asked = asked_days(asked, asked_for) is not None
    question = in_whole_months(asked_for, all_asked=all_asked)
    months = months_of(question, session.context, all_asked=all_asked)
    if months.firsts:
        question = question._replace(first=months.firsts[0], last=last_of_month(months.firsts[-1]))
    filters = filters_told(asked)
    write(
        Answer(
            document=lambda: _document(months, question, filters, session),
            items="days",
            fields=FIELDS,
            page=lambda: _page(months, question, filters, session),
            rows=_counted,
            export=lambda: answer_as_calendar(asked_for, session),
        ),
        session,
        format_=format_,
        output=output,
    )
    _tell(months, asked, question, session)
    tell_other_programmes(question, session)


def _tell(months: Months, asked: ListFilters, question: EventQuery, session: Session) -> None:
    """Say what the months do not show, and how to see it."""
    chosen = filters_told(asked._replace(starting=False, undated=False))
    lists_undated = session.command_line.of_programme(f"kzfest list --undated {chosen}".rstrip())
    if question.undated and months.undated:
        told = ngettext(
            "{n} event without a known date is in no month; `{command}` lists it",
            "{n} events without a known date are in no month; `{command}` lists them",
            len(months.undated),
        )
        note(told.format(n=len(months.undated), command=lists_undated))
    if not any(events.is_on for events in months.days.values()):
        tell_nothing_on(question, session, left=len(months.ids))
    if months.left_out:
        shown = months.firsts[0]
        year = min(months.left_out, key=lambda each: (abs(each - shown), each < shown)).year
        told = ngettext(
            "{n} more month has events; `{command}` shows it",
            "{n} more months have events; `{command}` shows those of {year}",
            len(months.left_out),
        )
        line = f"kzfest month {year:04} {filters_told(asked)}".rstrip()
        command_line = session.command_line.of_programme(line)
        note(told.format(n=len(months.left_out), command=command_line, year=year))
    tell_left_out(question, session, how=f"`{lists_undated}`")


def _visits_by_day(
    months: Months, question: EventQuery, filters: str, session: Session
) -> dict[date, list[PlannedVisit]]:
    """Return the visits of each day; with *filters*, only those to events of the months."""
    plan: dict[date, list[PlannedVisit]] = {}
    for planned in planned_visits(session, months.ids if filters else None, question):
        for day in planned.days:
            plan.setdefault(day, []).append(planned)
    return plan


def _page(months: Months, question: EventQuery, filters: str, session: Session) -> Page:
    from kzfest.pages.month import month_page  # not for machine formats

    plan = _visits_by_day(months, question, filters, session)
    return month_page(months, plan, day_of_now(session, question), filters)


def _document(months: Months, question: EventQuery, filters: str, session: Session) -> Record:
    from kzfest.formats.records import programme_record  # not for tables

    plan, today = _visits_by_day(months, question, filters, session), day_of_now(session, question)
    days = [day for first in months.firsts for day in days_of(first, last_of_month(first))]
    nothing = EventsOfDay()
    return {
        "programme": programme_record(months.head, session.language),
        "from": days[0].isoformat() if days else None,
        "to": days[-1].isoformat() if days else None,
        "week_starts": WEEKDAYS[0],
        "days": [
            {
                "day": day.isoformat(),
                "weekday": WEEKDAYS[day.weekday()],
                "begin": list(events.begin),
                "go_on": list(events.go_on),
                "may_be_on": list(events.may_be_on),
                "planned": [planned.visit.id for planned in plan.get(day, ())],
                "clashes": sum(day in planned.clash_days for planned in plan.get(day, ())),
                "today": day == today,
            }
            for day in days
            for events in [months.days.get(day, nothing)]
        ],
        "permanent": list(months.permanent),
        "undated": list(months.undated),
        "off": list(months.off),
    }


def _counted(days: Sequence[Record]) -> list[Record]:
    """Return the records of *days* with numbers instead of ids."""
    return [{key: len(value) if isinstance(value, list) else value for key, value in day.items()} for day in days]
