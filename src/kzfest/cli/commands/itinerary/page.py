"""`kzfest itinerary page`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzfest.cli.commands.itinerary.export import WithoutNotesOption, as_told
from kzfest.cli.options.itinerary import ByOption
from kzfest.cli.options.page import PageOptions
from kzfest.cli.resolve_visit import checked_by
from kzfest.cli.terminal.console import note
from kzfest.cli.typer_ext.lazy_groups import CommandContext, command
from kzfest.core.errors import KzfestError
from kzfest.i18n import _, speaking
from kzfest.itineraries.plan import build_plan
from kzfest.paths import PROGRAMMES
from kzfest.programme.database.queries import EventQuery
from kzfest.programme.zones import zone

if TYPE_CHECKING:
    from kzfest.cli.session import Session
    from kzfest.core.travel import By
    from kzfest.core.visit import Itinerary
    from kzfest.formats.qr_code import QrCode
    from kzfest.html.plan_days import PlanPage


@command(
    "kzfest itinerary page -o plan.html",
    "kzfest itinerary page --by walk --paper a6 -o booklet.html",
)
def page(
    ctx: CommandContext, how: PageOptions, by: ByOption = "car", without_notes: WithoutNotesOption = False
) -> None:
    """Write your plan and the programme as one HTML file for phone, desktop and paper, in three languages.

    It has your visits with clashes and travel times, a QR code that `kzfest itinerary merge` reads, and a calendar.
    """
    from kzfest.html.contents import contents_of  # with all pages: this command and another need them
    from kzfest.html.plan_days import plan_days
    from kzfest.html.whole_page import html_page

    session = ctx.obj
    look, chosen = how.look(), checked_by(by)
    itinerary = as_told(session.store.itinerary(session.itinerary_name), notes=not without_notes)
    catalogue = session.context.catalogue
    question = EventQuery(first=catalogue.head.first, last=catalogue.head.last)
    events = catalogue.events(question)
    there = {each.event.id for each in events}
    events += [each for each in catalogue.events(EventQuery(undated=True)) if each.event.id not in there]
    planned = _planned(itinerary, session, chosen)
    contents = contents_of(events, question, session.context, plan_days(planned.plan))
    text = html_page(contents, language=session.language, look=look, planned=planned)
    how.write(text, months_left_out=contents.months_left_out)
    from kzfest.calendars.export import note_exported_revisions  # see below

    note_exported_revisions(planned.plan, session.store)
    if not itinerary.visits:
        note(_("the itinerary '{name}' is empty").format(name=itinerary.name))


def _planned(itinerary: Itinerary, session: Session, by: By) -> PlanPage:
    """Return the plan in every language, with its calendar file."""
    from kzfest.calendars.export import plan_export  # icalendar: 100 ms
    from kzfest.calendars.ics_writer import calendar
    from kzfest.core.model import LANGUAGES
    from kzfest.html.plan_days import PlanPage

    plans = {}
    for language in (session.language, *LANGUAGES):
        if language not in plans:
            with speaking(language):
                plans[language] = build_plan(itinerary, session.context.in_language(language), by)
    if not itinerary.visits:
        return PlanPage(plans)
    export = plan_export(plans[session.language])
    return PlanPage(plans, calendar=b"".join(calendar(export.entries, export.name)), code=_code(itinerary))


def _code(itinerary: Itinerary) -> QrCode | None:
    """Return the token of *itinerary* as a QR code, or None if it is too long, which it says."""
    from kzfest.formats.qr_code import qr_code  # segno
    from kzfest.itineraries.share_token import write_token

    try:
        code = qr_code(write_token(itinerary, zone, PROGRAMMES, dense=True))
    except KzfestError:
        code = None
    if code is None:
        note(_("the plan is too long for a QR code; the page has none"))
    return code
