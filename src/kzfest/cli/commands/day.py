"""`kzfest day`."""

from __future__ import annotations

from contextlib import suppress
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
from kzfest.cli.resolve import find_venue
from kzfest.cli.typer_ext.day_arguments import DaysCommand
from kzfest.cli.typer_ext.lazy_groups import CommandContext, command
from kzfest.core.errors import NotFoundError, UsageError, one_of
from kzfest.core.festival_day import ONE_DAY, festival_day
from kzfest.core.localized import choose
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
    from kzfest.programme.day_schedule import DayEvent, DayPlace
    from kzfest.programme.listing import Listing

DAY_FIELDS = (
    "day", "start", "end", "place", "title", "visits", "id", "role", "status", "at_once",
)  # fmt: skip
ALL_PAGES = "all"
PLACES_NAMED = 12
"""How many places an error names."""

PlacesOption = Annotated[
    Optional[str],
    typer.Option(
        "--by",
        metavar="venue|room|track",
        help=_("What the columns are; by default rooms if there are any, else venues."),
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
    """Show what is where at the same hour: hours down, places across, and your visits.

    Without WHEN, it shows today, or the first day on which something is on. In a pipe it is a list.
    """
    session = ctx.obj
    number = _page_number(page)
    question = _whole_days(asked, session)
    listings = listings_by_day(question, session.context)
    kind = _places(by, listings, session)
    schedules = [day_schedule(listing, kind) for listing in listings]
    if place and schedules:
        schedules = _at_places(schedules, place, session)
    plan = session.whole_plan()
    answer = Answer(
        document=lambda: _document(schedules, kind, question, plan, session),
        items="events",
        fields=DAY_FIELDS,
        page=lambda: _page(schedules, plan, number, filters_told(asked), session),
        rows=_flat_visits,
        export=lambda: _export(schedules, question, session),
    )
    write(answer, session, format_=format_, output=output)
    shown = [each for schedule in schedules for each in schedule.events]
    if not any(each.part and each.part.certain for each in shown):
        tell_nothing_on(question, session, left=len(shown))
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
    if by not in PLACE_KINDS:
        message = _("unknown kind of place '{text}'; choose {choices}")
        raise UsageError(message.format(text=by, choices=one_of(PLACE_KINDS)))
    catalogue = session.context.catalogue
    if by == "room" and not any(venue.rooms for venue, _count in catalogue.venues()):
        raise UsageError(_("this programme has no rooms; use --by venue"))
    if by == "track" and not catalogue.words("track"):
        raise UsageError(_("this programme has no tracks; use --by venue"))
    return by


def _at_places(schedules: Sequence[DaySchedule], asked: Sequence[str], session: Session) -> list[DaySchedule]:
    """Return *schedules* with only the places that *asked* names. Raises NotFoundError."""
    known = {place.id: place for schedule in schedules for place in schedule.places}
    chosen = {key for text in asked for key in _named(text, tuple(known.values()), session)}
    found = [
        schedule._replace(
            places=tuple(place for place in schedule.places if place.id in chosen),
            events=tuple(each for each in schedule.events if each.place in chosen),
        )
        for schedule in schedules
    ]
    return [schedule for schedule in found if schedule.events]


def _named(text: str, places: Sequence[DayPlace], session: Session) -> list[str | None]:
    """Return the ids of the places that *text* names: by id or name, by a part of the name, or as a venue's name."""
    from kzfest.core.folding import fold  # for this option only

    wanted = fold(text)
    names = [
        (place.id, {fold(name) for texts in place.names for name in texts.values()} | {fold(place.id or "")})
        for place in places
    ]
    exact = [key for key, known in names if wanted in known]
    found = exact or [key for key, known in names if wanted and any(wanted in name for name in known)]
    if not found:
        with suppress(NotFoundError):  # a name in another spelling
            venue = find_venue(session.context, text).id
            found = [place.id for place in places if place.id and place.id.partition("/")[0] == venue]
    if not found:
        titles = [", ".join(choose(each, session.language).text for each in place.names) for place in places]
        titles = [title for title in titles if title]
        more = len(titles) - PLACES_NAMED
        shown = [*titles[:PLACES_NAMED], *([_("and {n} more").format(n=more)] if more > 0 else [])]
        message = _("no place '{text}' on those days; there are: {known}")
        raise NotFoundError(message.format(text=text, known="; ".join(shown) or "–"))
    return found


def _document(
    schedules: Sequence[DaySchedule], kind: PlaceKind, question: EventQuery, plan: Plan | None, session: Session
) -> Record:
    from kzfest.formats.records import programme_record  # not for tables

    first, last = (day and day.isoformat() for day in question.days)
    places = {place.id: place for schedule in schedules for place in schedule.places if place.id is not None}
    return {
        "programme": programme_record(session.context.catalogue.head, session.language),
        "from": first,
        "to": last,
        "by": kind,
        "places": [_place_record(place, session.language) for place in places.values()],
        "events": [record for schedule in schedules for record in _records(schedule, plan, session.language)],
    }


def _page(
    schedules: Sequence[DaySchedule], plan: Plan | None, page: int | None, filters: str, session: Session
) -> Page:
    from kzfest.pages.day_grid import day_page  # not for machine formats
    from kzfest.pages.day_view import DayView

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


def _place_record(place: DayPlace, language: str) -> Record:
    names = {key: name for texts in reversed(place.names) for key, name in texts.items()}
    return {"id": place.id, "name": ", ".join(choose(each, language).text for each in place.names), "names": names}


def _records(schedule: DaySchedule, plan: Plan | None, language: str) -> Iterator[Record]:
    """Yield the records of a day."""
    visits = _visits(schedule, plan)
    for number, each in enumerate(schedule.events):
        yield _record(each, schedule, language) | {
            "visits": [
                {
                    "id": planned.visit.id,
                    "start": planned.visit.span and planned.visit.span[0].astimezone(planned.known.zone).isoformat(),
                    "end": planned.visit.span and planned.visit.span[1].astimezone(planned.known.zone).isoformat(),
                    "clashes": planned.clash_count,
                }
                for planned in visits.get(number, ())
            ]
        }


def _record(each: DayEvent, schedule: DaySchedule, language: str) -> Record:
    return {
        "day": schedule.day and schedule.day.isoformat(),
        "id": each.event.id,
        "title": choose(each.event.title, language).text,
        "titles": dict(each.event.title),
        "status": each.event.status,
        "role": each.role,
        "place": each.place,
        "start": each.start and each.start.isoformat(),
        "end": each.end and each.end.isoformat(),
        "at_once": each.at_once,
    }


def _flat_visits(events: Sequence[Record]) -> list[Record]:
    """Return the records of *events* with the ids of the visits, as rows of CSV."""
    return [each | {"visits": [visit["id"] for visit in each["visits"]]} for each in events]
