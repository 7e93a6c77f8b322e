"""`kzfest cities`."""

from __future__ import annotations

from kzfest.cli.options.events import FormatOption, OutputOption
from kzfest.cli.query import ListFilters
from kzfest.cli.typer_ext.day_arguments import DaysCommand
from kzfest.cli.typer_ext.lazy_groups import CommandContext, command
from kzfest.cli.word_counts import write_word_counts


@command(
    "kzfest cities",
    "kzfest cities 16 dec",
    cls=DaysCommand,
)
def cities(ctx: CommandContext, asked: ListFilters, format_: FormatOption = None, output: OutputOption = None) -> None:
    """List the cities, each with its number of events.

    It takes the filters of `kzfest list`. Without days, events of any day count.
    """
    write_word_counts("city", asked, ctx.obj, format_=format_, output=output)
