"""`kzfest itinerary edit`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from kzfest.cli.commands.itinerary.changes import changing
from kzfest.cli.grammar import DaysCommand
from kzfest.cli.itineraries import catalogue_of, find_visit, name_of, store_of
from kzfest.cli.names import find_venue
from kzfest.cli.options import DayOption, ForOption, NoteOption, VisitArgument
from kzfest.cli.planning import Wish, changed_appointment, moved_visit, one_day
from kzfest.core.errors import UsageError
from kzfest.core.lengths import read_clock, read_length
from kzfest.core.texts import legible
from kzfest.core.words import _

if TYPE_CHECKING:
    from kzfest.cli.session import Session
    from kzfest.core.visits import Visit

app = typer.Typer(add_completion=False)

ANY_TIME = "any"

AtOrAnyOption = Annotated[
    Optional[str],
    typer.Option("--at", metavar="TIME", help=_("When it starts, as 14:00, or `any` for no hour of your own.")),
]
MustOrNotOption = Annotated[
    Optional[bool], typer.Option("--must/--no-must", help=_("Whether you would not miss it."), show_default=False)
]
OwnNameOption = Annotated[
    Optional[str], typer.Option("--own", metavar="NAME", help=_("Another name for an appointment of your own."))
]
OwnVenueOption = Annotated[
    Optional[str], typer.Option("--venue", metavar="NAME", help=_("Where an appointment of your own is."))
]
FollowOption = Annotated[bool, typer.Option("--follow", help=_("Take the time and place that the programme has now."))]


@app.command("edit", cls=DaysCommand)
def edit(
    ctx: typer.Context,
    visit: VisitArgument,
    on: DayOption = None,
    at: AtOrAnyOption = None,
    for_: ForOption = None,
    must: MustOrNotOption = None,
    note: NoteOption = None,
    own: OwnNameOption = None,
    venue: OwnVenueOption = None,
    follow: FollowOption = False,
) -> None:
    """Change a visit's day, hour, length, note, or whether you would not miss it; or follow its programme."""
    session = ctx.obj
    if all(each is None for each in (on, at, for_, must, note, own, venue)) and not follow:
        raise UsageError(_("say what to change: --on, --at, --for, --must, --note, --follow, --own or --venue"))
    store = store_of(session)
    found = find_visit(visit, store.itinerary(name_of(session, store)), session)
    edited = found
    if follow or any(each is not None for each in (on, at, for_)):
        _ask_its_programme(found, session)  # whose year it is that `--on "17 dec"` leaves out
        wish = Wish(
            day=one_day(on, session),
            at=read_clock(at) if at is not None and at != ANY_TIME else None,
            length=read_length(for_) if for_ is not None else None,
        )
        edited = moved_visit(found, wish, session, any_time=at == ANY_TIME, follow=follow)
    if own is not None or venue is not None:
        edited = changed_appointment(edited, session, name=own, venue=find_venue(session, venue) if venue else None)
    if must is not None:
        edited = replace(edited, must=must)
    if note is not None:
        edited = replace(edited, note=legible(note) or None)
    with changing(session) as draft:
        if found.id in draft.visits:
            draft.visits[found.id] = replace(edited, id=found.id, changes=found.changes, changed=found.changed)


def _ask_its_programme(visit: Visit, session: Session) -> None:
    """Have the session ask the programme that *visit* is of. Raises UsageError where that is not at hand."""
    if visit.programme is None:
        return
    catalogue = catalogue_of(visit.programme, visit.file, session)
    if catalogue is None:
        message = _("the programme '{id}' is not at hand; give its file with --data")
        raise UsageError(message.format(id=visit.programme))
    session.catalogue = catalogue
