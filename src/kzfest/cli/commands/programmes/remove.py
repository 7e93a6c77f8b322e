"""`kzfest programmes remove`."""

from __future__ import annotations

from kzfest.cli.commands.programmes.keeper import KeptArgument, keeper_of, kept_name
from kzfest.cli.terminal.console import note
from kzfest.cli.typer_ext.lazy_groups import CommandContext, command
from kzfest.i18n import _


@command(
    "kzfest programmes remove fair",
)
def remove(ctx: CommandContext, programme: KeptArgument) -> None:
    """Remove a programme that you keep; its visits stay in your plans."""
    name = kept_name(programme, ctx.obj)
    keeper_of(ctx.obj).remove(name)
    command_line = f"kzfest programmes restore {name}"
    note(_("{name} is removed; to take that back: `{command}`").format(name=name, command=command_line))
