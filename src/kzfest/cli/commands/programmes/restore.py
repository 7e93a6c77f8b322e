"""`kzfest programmes restore`."""

from __future__ import annotations

from kzfest.cli.commands.programmes.keeper import KeptArgument, keeper_of
from kzfest.cli.terminal.console import note
from kzfest.cli.typer_ext.lazy_groups import CommandContext, command
from kzfest.i18n import _


@command(
    "kzfest programmes restore spring",
)
def restore(ctx: CommandContext, programme: KeptArgument) -> None:
    """Take back that a programme was removed."""
    keeper_of(ctx.obj).restore(programme.casefold())
    note(_("{name} is there again").format(name=programme.casefold()))
