"""`kzfest new`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kzfest.cli.options.common import NewFileOption
from kzfest.cli.programme_files import commands_to_try, create_programme
from kzfest.cli.terminal.console import print_text
from kzfest.cli.typer_ext.lazy_groups import CommandContext, command
from kzfest.core.errors import UsageError
from kzfest.i18n import _

SUFFIXES = (".yaml", ".yml")

TitleArgument = Annotated[
    list[str], typer.Argument(metavar=_("NAME..."), help=_("The title of the programme, or a file name."))
]


@command(
    "kzfest new Village fair",
    "kzfest new fair -o -",
)
def new(ctx: CommandContext, name: TitleArgument, output: NewFileOption = None) -> None:
    """Write a programme file to begin with, with examples and comments; an existing file stays as it is."""
    from kzfest.programme.reading.scalars import check_line
    from kzfest.programme.reading.template import template  # pydantic

    asked = " ".join(name)
    file = Path(asked if asked.endswith(SUFFIXES) else f"{asked}.yaml") if output in {None, "-"} else Path(str(output))
    title = Path(asked).stem if asked.endswith(SUFFIXES) else Path(asked).name
    try:
        check_line(title)
    except ValueError as fault:
        raise UsageError(_("'{name}' cannot be a title: {fault}").format(name=asked, fault=fault)) from None
    text = template(title, ctx.obj.language, commands=commands_to_try(file))
    if output == "-":
        print_text(text)
    else:
        create_programme(file, text)
