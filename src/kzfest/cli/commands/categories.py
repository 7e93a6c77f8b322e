"""`kzfest categories`."""

from __future__ import annotations

from kzfest.cli.options.events import FormatOption, OutputOption
from kzfest.cli.query import ListFilters
from kzfest.cli.typer_ext.day_arguments import DaysCommand
from kzfest.cli.typer_ext.lazy_groups import CommandContext, command
from kzfest.cli.word_counts import write_word_counts


@command(
    "kzfest categories",
    "kzfest categories december --tag family",
    cls=DaysCommand,
)
def categories(
    ctx: CommandContext, asked: ListFilters, format_: FormatOption = None, output: OutputOption = None
) -> None:
    """List the categories of events, each with its number of events.

    It takes the filters of `kzfest list`. Without days, events of any day count.
    """
    write_word_counts("category", asked, ctx.obj, format_=format_, output=output)
