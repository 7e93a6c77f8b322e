"""`kzfest itinerary gaps`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzfest.cli.options.events import FormatOption, OutputOption
from kzfest.cli.options.itinerary import ByOption
from kzfest.cli.output import Answer, write
from kzfest.cli.query import WHICH_DAYS, WHICH_EVENTS, ListFilters, asked_days, question_of, tell_unknown
from kzfest.cli.resolve_visit import checked_by
from kzfest.cli.terminal.console import note
from kzfest.cli.typer_ext.day_arguments import DaysCommand
from kzfest.cli.typer_ext.lazy_groups import CommandContext, command
from kzfest.i18n import _
from kzfest.itineraries.gap_filling import days_to_fill, free_times
from kzfest.itineraries.plan import build_plan
from kzfest.pages.gaps_and_suggestions import gaps_page

if TYPE_CHECKING:
    from kzfest.formats.records import Record
    from kzfest.itineraries.gap_filling import FreeTime

GAP_FIELDS = ("day", "start", "end", "minutes", "fits")


@command(
    "kzfest itinerary gaps 16 dec",
    "kzfest itinerary gaps weekend --near astana-opera",
    cls=DaysCommand,
    options=(*WHICH_DAYS, *WHICH_EVENTS),
)
def gaps(
    ctx: CommandContext,
    asked: ListFilters,
    by: ByOption = "car",
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Show the free time between your visits from 09:00 to 23:00, and the events that fit.

    It counts travel times and opening hours. Without WHEN, it shows the days of your visits.
    """
    session = ctx.obj
    context = session.context
    plan = build_plan(session.store.itinerary(session.itinerary_name), context, checked_by(by))
    question = question_of(asked, session)
    found = free_times(days_to_fill(asked_days(asked, question), plan), question, plan, context)
    near = question.near
    answer = Answer(
        document=lambda: {"gaps": [_record(each) for each in found]},
        items="gaps",
        fields=GAP_FIELDS,
        page=lambda: gaps_page(found, session.language, near),
    )
    write(answer, session, format_=format_, output=output)
    if not found:
        note(_("no free time on those days"))
    tell_unknown(question, session)


def _record(free: FreeTime) -> Record:
    return {
        "day": free.day.isoformat(),
        "start": free.gap.start.isoformat(),
        "end": free.gap.end.isoformat(),
        "minutes": free.gap.minutes,
        "fits": [
            {"id": option.visit.event, "start": start.isoformat(), "end": end.isoformat()}
            for option, (start, end) in free.fits
        ],
    }
