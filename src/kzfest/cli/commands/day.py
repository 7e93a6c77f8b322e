"""`kzfest day`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Optional

import typer

from kzfest.cli.options.common import ANSWER_PANEL, check_value, complete_from, names_of
from kzfest.cli.options.events import CalendarFormatOption, OutputOption
from kzfest.cli.output import Answer, write
from kzfest.cli.query import (
    ListFilters,
    asked_days,
    filters_told,
    question_of,
    tell_left_out,
    tell_nothing_on,
    tell_other_programmes,
)
from kzfest.cli.typer_ext.day_arguments import DaysCommand
from kzfest.cli.typer_ext.lazy_groups import CommandContext, command
from kzfest.core.errors import UsageError, one_of
from kzfest.core.festival_day import ONE_DAY, festival_day
from kzfest.core.model import PLACE_KINDS
from kzfest.i18n import _
from kzfest.programme.day_schedule import DaySchedule, day_schedule, listings_by_day, usual_places

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kzfest.calendars.export import Export
    from kzfest.cli.session import Session
    from kzfest.core.model import PlaceKind
    from kzfest.formats.page import Page
    from kzfest.formats.records import Record
    from kzfest.itineraries.plan import Plan, PlannedVisit
    from kzfest.programme.database.queries import EventQuery
    from kzfest.programme.listing import Listing

DAY_FIELDS = (
    "day", "start", "end", "place", "title", "visits", "id", "role", "status", "at_once",
)  # fmt: skip
ALL_PAGES = "all"

PlacesOption = Annotated[
    Optional[str],
    typer.Option(
        "--by",
        metavar="venue|room|track",
        help=_("What the columns are: rooms by default, or venues if there are no rooms."),
        autocompletion=complete_from(*PLACE_KINDS),
        rich_help_panel=ANSWER_PANEL,
    ),
]
PlaceOption = Annotated[
    Optional[list[str]],
    typer.Option(
        "--place",
        metavar=_("NAME"),
        help=_("Only this venue, room or track; repeatable."),
        autocompletion=names_of("venue"),
        rich_help_panel=ANSWER_PANEL,
    ),
]
PageOption = Annotated[
    Optional[str],
    typer.Option(
        "--page",
        metavar="N",
        help=_("Which page to draw if the places do not fit on the screen, or `all`."),
        callback=check_value,
        rich_help_panel=ANSWER_PANEL,
    ),
]


@command(
    "kzfest day 15 dec",
    "kzfest day weekend --by venue --category concert",
    "kzfest day 31 dec --place theatre",
    cls=DaysCommand,
)
def day(
    ctx: CommandContext,
    asked: ListFilters,
    by: PlacesOption = None,
    place: PlaceOption = None,
    page: PageOption = None,
    format_: CalendarFormatOption = None,
    output: OutputOption = None,
) -> None:
    """Show what is on where, hour by hour: hours down, places across, with your visits.

    Without WHEN, it shows today, or the first day on which something is on. In a pipe it is a list.
    """
    session = ctx.obj
    number = _page_number(page)
    question = _whole_days(asked, session)
    listings = listings_by_day(question, session.context)
    kind = _places(by, listings, session)
    schedules = [day_schedule(listing, kind) for listing in listings]
    if place and schedules:
        from kzfest.cli.resolve_day_place import schedules_at  # for this option only

        schedules = schedules_at(schedules, place, session)
    answer = Answer(
        document=lambda: _document(schedules, kind, question, session),
        items="events",
        fields=DAY_FIELDS,
        page=lambda: _page(schedules, number, filters_told(asked), session),
        export=lambda: _export(schedules, question, session),
    )
    write(answer, session, format_=format_, output=output)
    shown = [each for schedule in schedules for each in schedule.events]
    if not any(each.part and each.part.certain for each in shown):
        has_days = session.context.catalogue.head.first is not None
        tell_nothing_on(question if has_days else question._replace(last=None, first=None), session, left=len(shown))
    tell_left_out(question, session)
    tell_other_programmes(question, session)


def _whole_days(asked: ListFilters, session: Session) -> EventQuery:
    """Return the query of *asked*, for whole days: without any, today, or the first on which something is on."""
    question = question_of(asked, session)
    if question.moment:
        today = festival_day(question.moment)
        return question._replace(moment=None, first=today, last=today)
    if question.undated or asked_days(asked, question):
        return question
    catalogue, day = session.context.catalogue, festival_day(session.context.now)
    first, last = catalogue.head.first, catalogue.head.last
    if first and last and not first <= day <= last:
        day = catalogue.days_near(first - ONE_DAY, question)[1] or first
    return question._replace(first=day, last=day)


def _page_number(text: str | None) -> int | None:
    """Return the page that *text* means, the first without any, and None for all pages. Raises UsageError."""
    if text == ALL_PAGES:
        return None
    if text is None:
        return 1
    if not (text.isascii() and text.isdigit() and int(text[:9]) > 0):
        raise UsageError(_("--page takes a number from 1, or all"))
    return int(text[:9])


def _places(by: str | None, listings: Sequence[Listing], session: Session) -> PlaceKind:
    """Return what the columns are. Raises UsageError if the programme has no such places."""
    if by is None:
        return usual_places(listings)
    for kind in PLACE_KINDS:
        if kind == by:
            from kzfest.cli.resolve_day_place import check_places  # for this option only

            check_places(kind, session.context.catalogue)
            return kind
    message = _("unknown kind of place '{text}'; choose {choices}")
    raise UsageError(message.format(text=by, choices=one_of(PLACE_KINDS)))


def _document(schedules: Sequence[DaySchedule], kind: PlaceKind, question: EventQuery, session: Session) -> Record:
    from kzfest.formats.day_records import day_place_record  # not for tables
    from kzfest.formats.records import programme_record

    first, last = (day and day.isoformat() for day in question.days)
    places = {place.id: place for schedule in schedules for place in schedule.places if place.id is not None}
    plan = session.whole_plan()
    return {
        "programme": programme_record(session.context.catalogue.head, session.language),
        "from": first,
        "to": last,
        "by": kind,
        "places": [day_place_record(place.id, place.names, session.language) for place in places.values()],
        "events": [record for schedule in schedules for record in _records(schedule, plan, session.language)],
    }


def _records(schedule: DaySchedule, plan: Plan | None, language: str) -> Iterator[Record]:
    """Yield the records of a day."""
    from kzfest.formats.day_records import day_event_record  # not for tables
    from kzfest.formats.records import visit_in_view_record

    visits = _visits(schedule, plan)
    for number, each in enumerate(schedule.events):
        yield day_event_record(
            each.event,
            day=schedule.day,
            role=each.role,
            place=each.place,
            hours=(each.start, each.end),
            at_once=each.at_once,
            visits=[
                visit_in_view_record(planned.visit, planned.known.zone, planned.last_day, planned.clash_count)
                for planned in visits.get(number, ())
            ],
            language=language,
        )


def _page(schedules: Sequence[DaySchedule], page: int | None, filters: str, session: Session) -> Page:
    from kzfest.pages.day_grid import day_page  # not for machine formats
    from kzfest.pages.day_view import DayView

    plan = session.whole_plan()
    return day_page(
        [
            DayView(
                schedule=each,
                visits=_visits(each, plan),
                plan=plan,
                page=page,
                clock=lambda: session.context.now,
                is_only=len(schedules) == 1,
                filters=filters,
            )
            for each in schedules
        ]
    )


def _export(schedules: Sequence[DaySchedule], question: EventQuery, session: Session) -> Export:
    from kzfest.calendars.export import events_export  # icalendar: 100 ms, for calendars only

    listed = {each.event.id: each.listed for schedule in schedules for each in schedule.events}
    return events_export(list(listed.values()), question, session.context)


def _visits(schedule: DaySchedule, plan: Plan | None) -> Mapping[int, Sequence[PlannedVisit]]:
    """Return the visits to the events of *schedule*, by the position of the event."""
    if plan is None:
        return {}
    from kzfest.itineraries.day_visits import visits_of_day  # for users with an itinerary only

    return visits_of_day(schedule, plan)
