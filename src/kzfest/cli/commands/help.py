"""`kzfest help`."""

from __future__ import annotations

from typing import Annotated, Any, Optional

import typer

from kzfest.cli.typer_ext.lazy_groups import CommandContext, command
from kzfest.i18n import _


def _commands(ctx: typer.Context, incomplete: str) -> list[str]:
    group: Any = ctx.find_root()
    for word in ctx.params.get("words") or ():
        group = _inner(group, word)
    return [name for name in getattr(group.command, "names", ()) if name.startswith(incomplete)]


WordsArgument = Annotated[
    Optional[list[str]],
    typer.Argument(
        metavar=_("[COMMAND]..."),
        help=_("A command, such as `list` or `itinerary add`."),
        autocompletion=_commands,
        show_default=False,
    ),
]


@command("kzfest help list", "kzfest help itinerary add")
def help_(ctx: CommandContext, words: WordsArgument = None) -> None:
    """Show the help of a command, as its option --help does."""
    context: Any = ctx.find_root()
    for word in words or ():
        context = _inner(context, word)
    typer.echo(context.get_help())


def _inner(context: Any, word: str) -> Any:
    """Return the context of the command that *context* calls *word*. Raises CommandLineError if there is none."""
    if not hasattr(context.command, "resolve_command"):
        context.fail(_("Got unexpected extra argument(s) ({given})").format(given=word))
    name, inner, _left = context.command.resolve_command(context, [word])
    return inner.make_context(name, [], parent=context, resilient_parsing=True)
