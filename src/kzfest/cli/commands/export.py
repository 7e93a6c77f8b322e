"""`kzfest export`."""

from __future__ import annotations

from kzfest.calendars.export import events_export
from kzfest.cli.options.export import ExportOptions
from kzfest.cli.output import events_answer, write
from kzfest.cli.query import ListFilters, question_of, tell_left_out, tell_nothing_on
from kzfest.cli.typer_ext.day_arguments import DaysCommand
from kzfest.cli.typer_ext.lazy_groups import CommandContext, command
from kzfest.i18n import _
from kzfest.programme.listing import listing_of


@command(
    "kzfest export weekend -o weekend.ics",
    "kzfest export --category concert --vdir calendar",
    cls=DaysCommand,
)
def export(ctx: CommandContext, asked: ListFilters, how: ExportOptions) -> None:
    """Write matching events to a calendar file (ICS), which every calendar program imports.

    It takes the filters of `kzfest list`. To export your own visits, use `kzfest itinerary export`.
    """
    session = ctx.obj
    chosen = how.chosen(changed_since=asked.changed_since)
    question = question_of(asked, session)
    events = session.context.catalogue.events(question)
    if chosen == "ics":
        if session.now:
            session.context.now  # noqa: B018  # as in `write`
        suffix = f"fresh-{session.context.now:%Y%m%d}" if how.fresh else None
        made = how.reminding(events_export(events, question, session.context, fresh=suffix))
        how.write(made, session, choose_one=_("choose one with the filters, such as --search, --on and --after"))
    else:
        answer = events_answer(listing_of(events, question, session.context), question, session)
        write(answer, session, format_=chosen, output=how.output)
    if not events:
        tell_nothing_on(question, session, left=0)
    tell_left_out(question, session)
