"""`kzfest itinerary list`."""

from __future__ import annotations

import typer

from kzfest.cli.options.events import FormatOption, OutputOption
from kzfest.cli.output import Answer, write
from kzfest.cli.typer_ext.lazy_groups import Command
from kzfest.formats import records
from kzfest.pages.itinerary import names_page

app = typer.Typer(add_completion=False)


@app.command("list", cls=Command)
def list_(ctx: typer.Context, format_: FormatOption = None, output: OutputOption = None) -> None:
    """List your itineraries, and which of them is the current one."""
    named = ctx.obj.store.all()

    def rows() -> list[records.Record]:
        return [each._asdict() for each in named]

    answer = Answer(
        document=lambda: {"schema": records.SCHEMA, "itineraries": rows()},
        records=rows,
        fields=("name", "visits", "current"),
        page=lambda: names_page(named),
    )
    write(answer, ctx.obj, format_=format_, output=output)
