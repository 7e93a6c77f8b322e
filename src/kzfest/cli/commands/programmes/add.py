"""`kzfest programmes add`."""

from __future__ import annotations

from typing import Annotated, Optional

import typer

from kzfest.cli.commands.programmes.keeper import keeper_of
from kzfest.cli.options.common import check_name
from kzfest.cli.terminal.console import note
from kzfest.cli.typer_ext.lazy_groups import CommandContext, command
from kzfest.i18n import _
from kzfest.programme.files import file_named

AddedFileArgument = Annotated[
    str,
    typer.Argument(metavar=_("FILE"), help=_("A programme file; - is standard input."), callback=check_name),
]
KeptNameOption = Annotated[
    Optional[str],
    typer.Option("--name", metavar=_("ID"), help=_("The name to keep it under [its own id]."), callback=check_name),
]


@command(
    "kzfest programmes add schedule.xml",
    "kzfest programmes add schedule.xml --name summer --zone Asia/Almaty",
)
def add(ctx: CommandContext, file: AddedFileArgument, name: KeptNameOption = None) -> None:
    """Keep a programme under a name: a copy of its file, and how to read it."""
    session = ctx.obj
    kept = keeper_of(session).add(file_named(file), name=name, options=session.import_options)
    note(_("kept as {name}; try these commands:").format(name=kept.name))
    for line in (f"kzfest -p {kept.name} list", f"kzfest programmes update {kept.name}"):
        note(f"  `{line}`")
