"""`kzfest itinerary add`."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from kzfest.cli.commands.itinerary.changing import changing, is_table
from kzfest.cli.options.common import EVENTS_PANEL
from kzfest.cli.options.events import FormatOption, FromOption, ToOption
from kzfest.cli.options.itinerary import AtOption, DayOption, EventsArgument, ForOption, NoteOption
from kzfest.cli.query import WHICH_EVENTS, ListFilters, question_of, tell_unknown
from kzfest.cli.resolve import find_event, find_venue
from kzfest.cli.resolve_visit import one_day
from kzfest.cli.terminal.console import note
from kzfest.cli.typer_ext.day_arguments import DaysCommand
from kzfest.cli.typer_ext.lazy_groups import CommandContext, command
from kzfest.core.errors import UsageError
from kzfest.core.localized import choose
from kzfest.core.model import NEWS
from kzfest.core.time_input import read_clock, read_length
from kzfest.core.visit import may_be_one_file, same_choice
from kzfest.i18n import _
from kzfest.itineraries.appointments import build_appointment
from kzfest.itineraries.gap_filling import why_not_attended
from kzfest.itineraries.store import check_count
from kzfest.itineraries.visit_builder import VisitRequest, build_visit, only_day

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kzfest.cli.session import Session
    from kzfest.core.visit import Visit
    from kzfest.itineraries.store import ItineraryDraft

MustOption = Annotated[bool, typer.Option("--must", help=_("Mark it as a must-see."))]
AllOption = Annotated[
    bool,
    typer.Option(
        "--all", help=_("Add all events that match the filters, as in `kzfest list`."), rich_help_panel=EVENTS_PANEL
    ),
]
OwnOption = Annotated[
    Optional[str],
    typer.Option("--own", metavar=_("NAME"), help=_("Add your own appointment; --venue says where it is.")),
]

_CHOOSING = (*(field for field in WHICH_EVENTS if field != "venue"), "from_", "to")


@command(
    "kzfest itinerary add dialogue --on 17 dec --at 12:00 --for 2h",
    "kzfest itinerary add --all --category concert --from 22 dec --to 24 dec",
    "kzfest itinerary add --own Lunch --on 17 dec --at 13:00 --for 1h",
    cls=DaysCommand,
    options=WHICH_EVENTS,
)
def add(
    ctx: CommandContext,
    asked: ListFilters,
    events: EventsArgument = None,
    on: DayOption = None,
    at: AtOption = None,
    for_: ForOption = None,
    must: MustOption = False,
    note: NoteOption = None,
    own: OwnOption = None,
    all_: AllOption = False,
    from_: FromOption = None,
    to: ToOption = None,
    format_: FormatOption = None,
) -> None:
    """Add visits: to events by name, to all events that match (--all), or your own appointment (--own).

    If an event lasts several days, give the day of your visit with --on. Set your own time with --at and --for.
    """
    session = ctx.obj
    wish = VisitRequest(
        day=None if all_ else one_day(on, session),
        at=read_clock(at) if at is not None else None,
        length=read_length(for_) if for_ is not None else None,
        must=must,
        note=note,
    )
    asked = asked._replace(on=on if all_ else None, from_=from_, to=to)
    visits = _wanted(events or [], own, asked, wish, session, all_=all_)
    if not visits and is_table(format_):
        return
    with changing(session, format_=format_) as draft:
        put_visits(visits, draft, session, asked_for=not all_)


def _wanted(
    events: list[str], own: str | None, asked: ListFilters, wish: VisitRequest, session: Session, *, all_: bool
) -> list[Visit]:
    """Return the visits to add, from one of three sources. Raises UsageError unless there is exactly one."""
    if [bool(events), own is not None, all_].count(True) != 1:
        raise UsageError(_('name events, or give one of --all and --own "Dinner"'))
    if all_:
        return _all_found(asked, wish, session)
    if (asked.venue is not None and own is None) or _chooses(asked):
        raise UsageError(_("event filters work only with --all"))
    if own is not None:
        venue = find_venue(session.context, asked.venue) if asked.venue is not None else None
        return [build_appointment(own, wish, session.context, venue=venue)]
    return [build_visit(find_event(session.context, text), wish, session.context) for text in events]


def _chooses(asked: ListFilters) -> bool:
    """Whether *asked* has a filter that only --all takes."""
    return any(getattr(asked, field) is not ListFilters._field_defaults[field] for field in _CHOOSING)


def _all_found(asked: ListFilters, wish: VisitRequest, session: Session) -> list[Visit]:
    """Return a visit to each event that matches *asked*, and say which events are left out and why."""
    question = question_of(asked, session)
    found, left = [], []
    for listed in session.context.catalogue.events(question):
        if why := why_not_attended(listed.event):
            if listed.event.category != NEWS:
                left.append(f"{choose(listed.event.title, session.language).text}: {why}")
            continue
        try:
            day = only_day(listed, session.context, *question.days)
            found.append(build_visit(listed, replace(wish, day=day), session.context))
            check_count(len(found))  # fails before it plans thousands of visits in vain
        except UsageError as error:
            left.append(str(error))
    tell_unknown(question, session)
    for told in left:
        note(_("left out: {reason}").format(reason=told))
    if not found:
        note(_("no matching event can be added"))
    return found


def put_visits(visits: Iterable[Visit], draft: ItineraryDraft, session: Session, *, asked_for: bool) -> None:
    """Put *visits* into *draft* unless they are there.

    Raises UsageError if one *asked_for* is there at another time.
    """
    there: defaultdict[object, list[Visit]] = defaultdict(list)
    for visit in draft.visits.values():
        there[same_choice(visit)].append(visit)
    for visit in visits:
        _put(visit, draft, there, session, asked_for=asked_for)


def _put(
    visit: Visit, draft: ItineraryDraft, there: defaultdict[object, list[Visit]], session: Session, *, asked_for: bool
) -> None:
    """Put *visit* into *draft* unless it is *there*. Raises UsageError if one *asked_for* is there at another time."""
    title = choose(visit.title, session.language).text
    alike = there[same_choice(visit)]
    first = next((each for each in alike if visit.event and may_be_one_file(each.file, visit.file)), None)
    if first is None:
        alike.append(draft.add(visit))
        return
    same = (first.instants, first.must, first.note) == (visit.instants, visit.must, visit.note)
    if same or not asked_for:
        note(_("'{title}' is already planned on that day ({id})").format(title=title, id=first.id))
        return
    message = _("'{title}' is already planned on that day; `{command}` changes it")
    raise UsageError(message.format(title=title, command=session.command_line.of_itinerary(f"edit {first.id}")))
