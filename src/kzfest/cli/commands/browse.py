"""`kzfest browse`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from kzfest.cli.options.itinerary import ItineraryOption
from kzfest.cli.query import WHICH_EVENTS, ListFilters, question_of
from kzfest.cli.terminal.console import has_colour, is_dumb
from kzfest.cli.typer_ext.day_arguments import DaysCommand
from kzfest.cli.typer_ext.lazy_groups import CommandContext, command
from kzfest.core.errors import UsageError
from kzfest.i18n import _
from kzfest.programme.database.queries import ONGOING, STARTING

if TYPE_CHECKING:
    from datetime import date

    from kzfest.cli.session import Session
    from kzfest.programme.database.queries import EventQuery

WITH_TEXTUAL = "kzfest[browse]"


@command(
    "kzfest browse",
    "kzfest browse 17 dec",
    "kzfest browse --category exhibition",
    cls=DaysCommand,
    options=("when", *WHICH_EVENTS),
)
def browse(ctx: CommandContext, asked: ListFilters, itinerary: ItineraryOption = None) -> None:
    """Leaf through days and events on the full screen, and plan while you read.

    WHEN is the day to begin with. Press ? for the keys. It needs the extra `kzfest[browse]`.
    """
    session = ctx.obj
    session.itinerary = itinerary
    streams = (sys.stdin, sys.stdout, sys.stderr)
    if is_dumb() or not all(stream is not None and stream.isatty() for stream in streams):
        raise UsageError(_("browse needs a terminal; `kzfest list` and `kzfest month` show the same"))
    try:
        from kzfest.cli.browse.answers import Asked  # Textual: 300 ms, and an extra
        from kzfest.cli.browse.full_screen import run_full_screen
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "textual":
            raise
        told = _(
            "browse needs Textual: `pipx inject kzfest textual`, or `pip install '{package}'`; "
            "`kzfest list` and `kzfest month` show the same"
        )
        raise UsageError(told.format(package=WITH_TEXTUAL)) from error
    filters = asked._replace(when=None)
    question = question_of(filters, session)
    begins = question_of(asked, session).days[0] if asked.when else None
    screen = Asked(question, begins or first_day(session, question), filters)
    run_full_screen(session, screen, coloured=has_colour(sys.stdout))


def first_day(session: Session, question: EventQuery) -> date | None:
    """Return the day to begin with: today if something is on, else the next such day, else the first of all."""
    from kzfest.core.festival_day import ONE_DAY, festival_day

    catalogue = session.context.catalogue
    today = festival_day(session.context.now)
    begins = catalogue.rows(question._replace(first=today, last=today, limit=1))
    if any(row.section in {STARTING, ONGOING} for row in begins):
        return today
    _before, after = catalogue.days_near(today, question)
    if after or catalogue.head.first is None:
        return after
    return catalogue.days_near(catalogue.head.first - ONE_DAY, question)[1]
