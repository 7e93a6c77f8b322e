"""`kzfest help`."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Annotated, Any, Optional

import typer

from kzfest.cli.commands.manual import show_manual_page
from kzfest.cli.manual import manual_pages, page_called
from kzfest.cli.typer_ext.lazy_groups import CommandContext, command
from kzfest.core.safe_text import quoted
from kzfest.i18n import _


def _commands(ctx: typer.Context, incomplete: str) -> list[str]:
    group: Any = ctx.find_root()
    words = ctx.params.get("words") or []
    for word in words:
        if word not in getattr(group.command, "names", ()):
            return []
        group = _inner(group, word)
    offered = [*getattr(group.command, "names", ()), *(() if words else (page.name for page in manual_pages()))]
    return [name for name in dict.fromkeys(offered) if name.startswith(incomplete)]


WordsArgument = Annotated[
    Optional[list[str]],
    typer.Argument(
        metavar=_("[COMMAND | PAGE]..."),
        help=_("A command, such as `list` or `itinerary add`, or a page of the manual."),
        autocompletion=_commands,
        show_default=False,
    ),
]


@command("kzfest help list", "kzfest help itinerary add", "kzfest help finding-things")
def help_(ctx: CommandContext, words: WordsArgument = None) -> None:
    """Show the help of a command, as its option --help does, or a page of the manual."""
    context: Any = ctx.find_root()
    if words and words[0] not in context.command.names:
        page = page_called(words)
        if page:
            show_manual_page(page, ctx.obj)
            return
        near = get_close_matches(words[0], [*context.command.names, *(each.name for each in manual_pages())])
        if near:
            message = _("No command and no page of the manual is called {name}. Did you mean {guesses}?")
            context.fail(message.format(name=quoted(words[0]), guesses=", ".join(map(quoted, near))))
    for word in words or ():
        context = _inner(context, word)
    typer.echo(context.get_help())


def _inner(context: Any, word: str) -> Any:
    """Return the context of the command that *context* calls *word*. Raises CommandLineError if there is none."""
    if not hasattr(context.command, "names"):
        context.fail(_("Got unexpected extra argument(s) ({given})").format(given=word))
    if word not in context.command.names:
        context.fail(context.command.no_such_command(context, [word]))
    return context.command.get_command(context, word).make_context(word, [], parent=context, resilient_parsing=True)
