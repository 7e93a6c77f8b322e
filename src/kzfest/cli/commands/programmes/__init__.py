"""`kzfest programmes`: the group of commands about programmes."""

from __future__ import annotations

from kzfest.cli.typer_ext.lazy_groups import CommandContext, DefaultGroup, group


class ProgrammesGroup(DefaultGroup):
    """The commands about the programmes that the user keeps."""

    examples = (
        "kzfest programmes",
        "kzfest programmes add schedule.xml",
        "kzfest programmes update fair",
        "kzfest programmes changes fair",
    )
    package = "kzfest.cli.commands.programmes"
    names = ("list", "add", "update", "changes", "rename", "remove", "restore", "default")
    default = "list"


@group(ProgrammesGroup)
def programmes(ctx: CommandContext) -> None:
    """Keep festivals' programmes under a name, read them again, and see what changed.

    Without a subcommand, it lists the programmes: those that come with kzfest, and your own.
    """
