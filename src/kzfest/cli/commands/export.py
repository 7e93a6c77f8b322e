"""`kzfest export`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from kzfest.cli.asking import Asked, question_of, tell_left_out, tell_nothing_on
from kzfest.cli.calendars import events_export
from kzfest.cli.commands.answers import events_answer, listing_of
from kzfest.cli.exporting import FreshOption, check_place, narrowed, write_export
from kzfest.cli.filters import ALL, filtered
from kzfest.cli.grammar import DaysCommand
from kzfest.cli.options import CalendarFormatOption, ChangedSinceOption, OutputOption, RemindOption, VdirOption
from kzfest.cli.output import chosen_format, write
from kzfest.core.errors import UsageError
from kzfest.core.words import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kzfest.cli.session import Session
    from kzfest.programme.catalogue import Listed
    from kzfest.programme.questions import Question

app = typer.Typer(add_completion=False)


@app.command("export", cls=DaysCommand)
@filtered(ALL)
def export(
    ctx: typer.Context,
    asked: Asked,
    format_: CalendarFormatOption = None,
    output: OutputOption = None,
    vdir: VdirOption = None,
    remind: RemindOption = None,
    since: ChangedSinceOption = None,
    fresh: FreshOption = False,
) -> None:
    """Write what a question finds into a calendar file (ICS), which every calendar program imports.

    The options that choose are those of `kzfest list`; your own visits are exported by `kzfest itinerary export`.
    """
    session = ctx.obj
    question = question_of(asked, session)
    events = session.catalogue.events(question)
    chosen = "ics" if format_ is None and (output is None or vdir) else chosen_format(format_, output)
    if chosen != "ics":
        if vdir or remind or since or fresh:
            raise UsageError(_("--vdir, --remind, --changed-since and --fresh-uids are for calendars (-f ics)"))
        answer = events_answer(listing_of(events, question, session), question, session)
        write(answer, session, format_=chosen, output=output)
        _tell(events, question, session)
        return
    check_place(output=output, vdir=vdir, since=since)
    session.check_clock()
    suffix = f"fresh-{session.moment:%Y%m%d}" if fresh else None
    made = narrowed(events_export(events, question, session, fresh=suffix), session, remind=remind, since=since)
    write_export(made, output=output, vdir=vdir)
    _tell(events, question, session)


def _tell(events: Sequence[Listed], question: Question, session: Session) -> None:
    """Tell what the question does not find."""
    if not events:
        tell_nothing_on(question, session, left=0)
    tell_left_out(question, session)
