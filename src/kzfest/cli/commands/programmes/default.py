"""`kzfest programmes default`."""

from __future__ import annotations

from typing import Annotated

import typer

from kzfest.cli.commands.programmes.keeper import keeper_of
from kzfest.cli.options.common import check_name, programme_ids
from kzfest.cli.terminal.console import note
from kzfest.cli.typer_ext.lazy_groups import CommandContext, command
from kzfest.i18n import _
from kzfest.paths import PROGRAMMES

UsedArgument = Annotated[
    str,
    typer.Argument(
        metavar=_("ID"), help=_("The name of any known programme."), autocompletion=programme_ids, callback=check_name
    ),
]


@command(
    "kzfest programmes default fair",
    "kzfest programmes default astana",
)
def default(ctx: CommandContext, programme: UsedArgument) -> None:
    """Choose the programme that commands use without --programme."""
    library = ctx.obj.library
    name = programme.casefold()
    library.file_of(name)
    keeper_of(ctx.obj).use(None if name == next(iter(PROGRAMMES)) else name)
    note(_("commands use {name} now, unless you name another programme").format(name=name))
