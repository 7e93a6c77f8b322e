"""`kzfest programmes changes`."""

from __future__ import annotations

from typing import Annotated, Optional

import typer

from kzfest.cli.commands.programmes.keeper import keeper_of, kept_name, the_only_name
from kzfest.cli.commands.programmes.update import UpdatedArgument
from kzfest.cli.options.common import check_value
from kzfest.cli.options.events import FormatOption, OutputOption
from kzfest.cli.session import LAST_UPDATE
from kzfest.cli.terminal.console import note
from kzfest.cli.typer_ext.lazy_groups import CommandContext, command
from kzfest.formats import dates
from kzfest.i18n import _

SinceOption = Annotated[
    Optional[str],
    typer.Option(
        "--since",
        metavar=_("WHEN"),
        help=_("All updates on this day or later [`last`: the last one]."),
        callback=check_value,
    ),
]


@command(
    "kzfest programmes changes fair",
    "kzfest programmes changes fair --since '1 dec' -f markdown",
)
def changes(
    ctx: CommandContext,
    programme: UpdatedArgument = None,
    since: SinceOption = None,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Tell again what the updates of a programme changed."""
    from kzfest.cli.commands.programmes.revision_answer import write_revisions

    session = ctx.obj
    name = kept_name(programme, session) if programme else the_only_name(session)
    kept = session.library.kept.get(name)
    context = session.context.asking(session.library.open(session.library.kept_file(kept)))
    day = session.days(since, context).first if since and since != LAST_UPDATE else None
    found = keeper_of(session).revisions(name, since=day)
    write_revisions(found, kept, session, format_=format_, output=output)
    if not any(each.changes for each in found):
        told = (
            _("no update since {day} changed an event of {name}") if day else _("no update changed an event of {name}")
        )
        note(told.format(name=name, day=dates.short_day(day) if day else ""))
