"""`kzfest programmes update`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Optional

import typer

from kzfest.cli.commands.programmes.keeper import keeper_of, kept_name, kept_names, the_only_name
from kzfest.cli.options.common import check_name
from kzfest.cli.options.events import FormatOption, OutputOption
from kzfest.cli.terminal.console import note
from kzfest.cli.typer_ext.lazy_groups import CommandContext, command
from kzfest.core.errors import NotFoundError
from kzfest.formats import dates
from kzfest.i18n import _
from kzfest.programme.files import file_named

if TYPE_CHECKING:
    from kzfest.cli.session import Session

UpdatedArgument = Annotated[
    Optional[str],
    typer.Argument(
        metavar=_("[ID]"),
        help=_("The name of a programme that you keep [the one in use, or the only one]."),
        autocompletion=kept_names,
        callback=check_name,
        show_default=False,
    ),
]
NewFileArgument = Annotated[
    Optional[str],
    typer.Argument(
        metavar=_("[FILE]"),
        help=_("Its new file [the one from which it was read]; - is standard input."),
        callback=check_name,
        show_default=False,
    ),
]


@command(
    "kzfest programmes update fair",
    "kzfest programmes update fair schedule-new.xml",
)
def update(
    ctx: CommandContext,
    programme: UpdatedArgument = None,
    file: NewFileArgument = None,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Read a programme again from its file, and tell what changed; your plans stay whole."""
    from kzfest.cli.commands.programmes.revision_answer import write_revisions
    from kzfest.cli.output import chosen_format

    session = ctx.obj
    chosen_format(format_, output)  # a wrong one is an error before anything changes
    name, source = _meant(programme, file, session)
    kept, revision = keeper_of(session).update(
        name, file_named(source) if source else None, options=session.import_options
    )
    if revision is None:
        day = dates.short_day(kept.read.date())
        note(_("nothing has changed in {name} since {day}").format(name=name, day=day))
    elif revision.changes is None:
        note(_("{name} is read again; what changed is not known, because its copies were damaged").format(name=name))
    elif not revision.changes:
        note(_("{name} is read again; no event has changed").format(name=name))
    write_revisions([revision] if revision else [], kept, session, format_=format_, output=output)


def _meant(programme: str | None, file: str | None, session: Session) -> tuple[str, str | None]:
    """Return the name and the new file that the arguments mean; a single one may be the file."""
    if programme is None:
        return the_only_name(session), None
    try:
        return kept_name(programme, session), file
    except NotFoundError:
        if file is None and (programme == "-" or file_named(programme).exists()):
            return the_only_name(session), programme
        raise
