"""`kzfest timeline`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzfest.cli.options.events import CalendarFormatOption, EachOption, GroupByOption, OutputOption
from kzfest.cli.output import Answer, write
from kzfest.cli.plan_beside import answer_as_calendar, moment_of_now, planned_visits
from kzfest.cli.query import (
    ListFilters,
    days_as_typed,
    filters_told,
    question_of,
    tell_left_out,
    tell_nothing_on,
    tell_other_programmes,
    tell_unknown,
)
from kzfest.cli.terminal.console import note
from kzfest.cli.typer_ext.day_arguments import DaysCommand
from kzfest.cli.typer_ext.lazy_groups import CommandContext, command
from kzfest.core.errors import UsageError, one_of
from kzfest.core.localized import text_in
from kzfest.i18n import _, ngettext
from kzfest.programme.timeline import (
    CELL_MINUTES,
    GROUP_KINDS,
    timeline_of_events,
    timeline_of_groups,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kzfest.cli.session import Session
    from kzfest.formats.page import Page
    from kzfest.formats.records import Record
    from kzfest.itineraries.plan import PlannedVisit
    from kzfest.programme.database.queries import EventQuery
    from kzfest.programme.timeline import EventGroup, GroupKind, Timeline, TimelineEvent

EVENTS_ONE_BY_ONE = 100
"""More events are grouped, unless a line for each is asked."""
EVENT_FIELDS_IN_TIME = ("id", "title", "status", "kind", "from", "to", "source", "visits")
"""The columns of a span in CSV: an event has a row for each of its spans, or one without any."""
GROUP_FIELDS = ("name", "events", "first_day", "last_day", "at_once")
"""The columns of a group in CSV."""


@command(
    "kzfest timeline",
    "kzfest timeline 14..31 dec",
    "kzfest timeline december --by category",
    "kzfest timeline --category exhibition -f json",
    cls=DaysCommand,
)
def timeline(
    ctx: CommandContext,
    asked: ListFilters,
    by: GroupByOption = None,
    each: EachOption = False,
    format_: CalendarFormatOption = None,
    output: OutputOption = None,
) -> None:
    """Show how long everything is on: a line for each event, with its days or hours as a bar.

    It shows hours if you ask for one or two days and most of their events have a start time. More than 100 events are
    grouped by track or category. What is in your plan is marked. It takes the filters of `kzfest list`.
    """
    session = ctx.obj
    if by is not None and each:
        raise UsageError(_("give either --by or --each"))
    question = question_of(asked, session)
    kind = None if each else _group_kind(by, question, session)
    shown = (
        timeline_of_groups(question, kind, session.context) if kind else timeline_of_events(question, session.context)
    )
    write(
        Answer(
            document=lambda: _document(shown, question, session),
            items="groups" if shown.by else "events",
            fields=GROUP_FIELDS if shown.by else EVENT_FIELDS_IN_TIME,
            page=lambda: _page(shown, question, filters_told(asked), session),
            rows=(lambda groups: groups) if shown.by else _a_row_a_span,
            export=lambda: answer_as_calendar(question, session),
        ),
        session,
        format_=format_,
        output=output,
    )
    if not shown.busy:
        tell_nothing_on(question, session, left=len(shown.ids))
    if kind and by is None:
        by_track = _("{n} events, grouped by track; --each shows a line for each, --by chooses other groups")
        by_category = _("{n} events, grouped by category; --each shows a line for each, --by chooses other groups")
        note((by_track if kind == "track" else by_category).format(n=shown.dated))
    if kind:
        _tell_permanent(question, session, how=f"`{_command_of_each(asked, session)}`" if by else "--each")
        tell_left_out(question, session)
    elif question.may_be_unknown:
        tell_unknown(question, session)
    tell_other_programmes(question, session)


def _group_kind(by: str | None, question: EventQuery, session: Session) -> GroupKind | None:
    """Return what to group by: what was asked, else the tracks or categories of a long programme, else None.

    Raises UsageError.
    """
    if by is not None:
        for kind in GROUP_KINDS:
            if kind == by:
                from kzfest.cli.resolve_day_place import check_places  # for this option only

                check_places(kind, session.context.catalogue)
                return kind
        raise UsageError(_("cannot group by '{by}'; choose {choices}").format(by=by, choices=one_of(GROUP_KINDS)))
    catalogue = session.context.catalogue
    if question.undated or catalogue.count_dated(question) <= EVENTS_ONE_BY_ONE:
        return None
    return "track" if catalogue.words("track") else "category"


def _command_of_each(asked: ListFilters, session: Session) -> str:
    """Return the command line that shows each event instead of groups."""
    words = ("kzfest timeline", days_as_typed(asked), "--each", filters_told(asked))
    return session.command_line.of_programme(" ".join(filter(None, words)))


def _tell_permanent(question: EventQuery, session: Session, *, how: str) -> None:
    """Say how many permanent events no group counts, and *how* to see them."""
    held, off = session.context.catalogue.ids_without_date("permanent", question)
    permanent = 0 if question.starting else len(held) + len(off)
    if permanent:
        told = ngettext(
            "{n} permanent event is in no group; {how} shows it",
            "{n} permanent events are in no group; {how} shows them",
            permanent,
        )
        note(told.format(n=permanent, how=how))


def _visits_by_event(shown: Timeline, question: EventQuery, session: Session) -> dict[str, list[PlannedVisit]]:
    plan: dict[str, list[PlannedVisit]] = {}
    for planned in planned_visits(session, shown.ids, question):
        plan.setdefault(planned.event_id or "", []).append(planned)
    return plan


def _page(shown: Timeline, question: EventQuery, filters: str, session: Session) -> Page:
    from kzfest.pages.timeline import timeline_page  # not for machine formats

    plan = _visits_by_event(shown, question, session)
    return timeline_page(shown, plan, moment_of_now(session, question), filters)


def _document(shown: Timeline, question: EventQuery, session: Session) -> Record:
    from kzfest.formats.records import programme_record  # not for tables

    plan = {} if shown.by else _visits_by_event(shown, question, session)
    first, last, begin = (day and day.isoformat() for day in (shown.first, shown.last, shown.begin))
    return {
        "programme": programme_record(shown.head, session.language),
        "from": first,
        "to": last,
        "axis": shown.axis,
        "by": shown.by,
        "cells_from": begin if shown.by else None,
        "cell_minutes": CELL_MINUTES[shown.axis] if shown.by else None,
        "groups": [_group_record(group) for group in shown.groups],
        "events": [_event_record(each, plan.get(each.listed.event.id, ()), session.language) for each in shown.events],
    }


def _group_record(group: EventGroup) -> Record:
    return {
        "name": group.name or None,
        "key": group.key or None,
        "events": len(group.ids),
        "first_day": group.first.isoformat(),
        "last_day": group.last.isoformat(),
        "at_once": max(group.cells, default=0),
        "cells": list(group.cells),
    }


def _event_record(each: TimelineEvent, visits: Sequence[PlannedVisit], language: str) -> Record:
    from kzfest.formats.records import visit_in_view_record  # not for tables

    event = each.event
    return {
        "id": event.id,
        "title": text_in(event.title, language),
        "titles": dict(event.title),
        "status": event.status,
        "spans": [
            {
                "kind": span.kind,
                "from": span.first and span.first.isoformat(),
                "to": span.last and span.last.isoformat(),
                "source": span.source or None,
            }
            for span in each.spans
        ],
        "visits": [
            visit_in_view_record(planned.visit, planned.known.zone, planned.last_day, planned.clash_count)
            for planned in visits
        ],
    }


def _a_row_a_span(events: Sequence[Record]) -> list[Record]:
    """Return a row for each span of *events*, and one for an event without any."""
    none = {"kind": None, "from": None, "to": None, "source": None}
    return [event | span for event in events for span in event["spans"] or [none]]
