"""`kzfest programmes rename`."""

from __future__ import annotations

from typing import Annotated

import typer

from kzfest.cli.commands.programmes.keeper import KeptArgument, keeper_of, kept_name
from kzfest.cli.options.common import check_name
from kzfest.cli.terminal.console import note
from kzfest.cli.typer_ext.lazy_groups import CommandContext, command
from kzfest.i18n import _

NewNameArgument = Annotated[str, typer.Argument(metavar=_("NEW-ID"), help=_("Its new name."), callback=check_name)]


@command(
    "kzfest programmes rename fair summer-fair",
)
def rename(ctx: CommandContext, programme: KeptArgument, new: NewNameArgument) -> None:
    """Give a programme another name; plans and calendars still know it."""
    name = kept_name(programme, ctx.obj)
    keeper_of(ctx.obj).rename(name, new)
    note(_("{name} is now called {new}").format(name=name, new=new))
