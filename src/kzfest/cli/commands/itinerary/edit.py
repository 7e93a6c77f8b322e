"""`kzfest itinerary edit`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, NamedTuple, Optional

import typer

from kzfest.cli.commands.itinerary.changing import changing
from kzfest.cli.options.events import FormatOption
from kzfest.cli.options.itinerary import DayOption, ForOption, NoteOption, VisitArgument
from kzfest.cli.resolve import find_venue
from kzfest.cli.resolve_visit import find_visit, one_day
from kzfest.cli.typer_ext.day_arguments import DaysCommand
from kzfest.cli.typer_ext.lazy_groups import CommandContext, command
from kzfest.core.errors import UsageError
from kzfest.core.time_input import read_clock, read_length
from kzfest.i18n import _
from kzfest.itineraries.appointments import edit_appointment
from kzfest.itineraries.reschedule import reschedule_visit
from kzfest.itineraries.visit_builder import VisitRequest, checked_note

if TYPE_CHECKING:
    from kzfest.core.visit import Visit
    from kzfest.programme.context import Context

ANY_TIME = "any"

AtOrAnyOption = Annotated[
    Optional[str],
    typer.Option("--at", metavar=_("TIME"), help=_("Start time, such as 14:00, or `any` to drop your own time.")),
]
MustOrNotOption = Annotated[
    Optional[bool], typer.Option("--must/--no-must", help=_("Mark or unmark it as a must-see."), show_default=False)
]
OwnNameOption = Annotated[
    Optional[str], typer.Option("--own", metavar=_("NAME"), help=_("New name of your own appointment."))
]
OwnVenueOption = Annotated[
    Optional[str], typer.Option("--venue", metavar=_("NAME"), help=_("New venue of your own appointment."))
]
FollowOption = Annotated[bool, typer.Option("--follow", help=_("Update to the programme's current time and place."))]


class Edit(NamedTuple):
    """The values of the options: what to change about a visit."""

    on: DayOption = None
    at: AtOrAnyOption = None
    for_: ForOption = None
    must: MustOrNotOption = None
    note: NoteOption = None
    own: OwnNameOption = None
    venue: OwnVenueOption = None
    follow: FollowOption = False

    @property
    def moves(self) -> bool:
        """Whether when or where the visit is may change."""
        return self.follow or any(each is not None for each in (self.on, self.at, self.for_))


@command(
    "kzfest itinerary edit gastromania --at 15:00",
    "kzfest itinerary edit gastromania --must --note 'bring the tickets'",
    cls=DaysCommand,
)
def edit(ctx: CommandContext, visit: VisitArgument, asked: Edit, format_: FormatOption = None) -> None:
    """Change a visit's day, time, duration, note or must-see mark, or update it from the programme.

    You can also change the name (--own) and the venue of your own appointment.
    """
    session = ctx.obj
    if asked == Edit():
        raise UsageError(_("say what to change: --on, --at, --for, --must, --note, --follow, --own or --venue"))
    found = find_visit(visit, session.store.itinerary(session.itinerary_name), session)
    context = session.context
    if asked.moves and found.programme:  # its programme supplies the year that `--on "17 dec"` leaves out
        context = context.asking(context.programme_of(found.programme, found.file))
    wish = VisitRequest(
        day=one_day(asked.on, session, context),
        at=read_clock(asked.at) if asked.at is not None and asked.at != ANY_TIME else None,
        length=read_length(asked.for_) if asked.for_ is not None else None,
    )
    with changing(session, format_=format_) as draft:
        now = draft.visits.get(found.id)  # another process may have changed it before the lock
        if now:
            edited = _edited(now, asked, wish, context)
            imported = now.imported if (edited.instants, edited.title) == (now.instants, now.title) else None
            draft.visits[now.id] = replace(
                edited, id=now.id, changes=now.changes, changed=now.changed, imported=imported
            )


def _edited(visit: Visit, asked: Edit, wish: VisitRequest, context: Context) -> Visit:
    if asked.moves:
        visit = reschedule_visit(visit, wish, context, any_time=asked.at == ANY_TIME, follow=asked.follow)
    if asked.own is not None or asked.venue is not None:
        venue = find_venue(context, asked.venue) if asked.venue else None
        visit = edit_appointment(visit, context, name=asked.own, venue=venue)
    if asked.must is not None:
        visit = replace(visit, must=asked.must)
    return visit if asked.note is None else replace(visit, note=checked_note(asked.note))
