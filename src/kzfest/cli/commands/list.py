"""`kzfest list`."""

from __future__ import annotations

from kzfest.cli.options.events import CalendarFormatOption, LimitOption, OutputOption, SortOption
from kzfest.cli.output import events_answer, write
from kzfest.cli.query import ListFilters, question_of, tell_left_out, tell_nothing_on, tell_other_programmes
from kzfest.cli.terminal.console import note
from kzfest.cli.typer_ext.day_arguments import DaysCommand
from kzfest.cli.typer_ext.lazy_groups import CommandContext, command
from kzfest.i18n import _
from kzfest.programme.database.queries import ONGOING, STARTING
from kzfest.programme.listing import listing_of, sorted_events


@command(
    "kzfest list 17 dec",
    "kzfest list weekend --category concert --city Astana",
    "kzfest list now",
    "kzfest list 15..17 dec -f csv -o days.csv",
    cls=DaysCommand,
)
def list_(
    ctx: CommandContext,
    asked: ListFilters,
    sort: SortOption = "time",
    limit: LimitOption = None,
    format_: CalendarFormatOption = None,
    output: OutputOption = None,
) -> None:
    """List events on a day, in a range of days, now, or in the whole programme.

    A festival day lasts until 05:00 the next morning. A range includes its first and its last day.
    """
    session = ctx.obj
    question = question_of(asked, session)
    events, more = sorted_events(session.context, question, sort=sort, limit=limit)
    listing = listing_of(events, question, session.context, by_day=sort == "time")
    write(events_answer(listing, question, session), session, format_=format_, output=output)
    if limit != 0 and not any(listed.section in {STARTING, ONGOING} for listed in events):
        tell_nothing_on(question, session, left=len(events))
    if more:
        note(_("more events match: raise --limit to see them"))
    tell_left_out(question, session)
    tell_other_programmes(question, session)
