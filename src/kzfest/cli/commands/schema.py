"""`kzfest schema`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from kzfest.cli.options.events import FormatOption, OutputOption
from kzfest.cli.output import Answer, write, write_file
from kzfest.cli.terminal.console import note, print_text
from kzfest.cli.typer_ext.lazy_groups import CommandContext, command
from kzfest.core.errors import NotFoundError, UsageError
from kzfest.formats.json_csv import json_text
from kzfest.formats.json_documents import DOCUMENTS
from kzfest.formats.json_schema import document_schema
from kzfest.i18n import _
from kzfest.pages.overviews import documents_page

if TYPE_CHECKING:
    from kzfest.formats.records import Record


def _commands(incomplete: str) -> list[str]:
    return [each for each in DOCUMENTS if each.startswith(incomplete) and " " not in each]


CommandArgument = Annotated[
    Optional[list[str]],
    typer.Argument(
        metavar=_("[COMMAND]..."),
        help=_("The words of a command, such as `list` or `itinerary show`."),
        autocompletion=_commands,
        show_default=False,
    ),
]


@command(
    "kzfest schema",
    "kzfest schema itinerary show",
    "kzfest schema list -o list.schema.json",
)
def schema(
    ctx: CommandContext, of: CommandArgument = None, format_: FormatOption = None, output: OutputOption = None
) -> None:
    """Print the JSON Schema of a command's JSON, or list the commands that have one.

    `kzfest check --schema` prints the JSON Schema of programme files.
    """
    if of:
        if format_ not in {None, "json"}:
            raise UsageError(_("a schema is always JSON; leave out -f"))
        text = json_text(document_schema(_known(" ".join(of))))
        if output and output != "-":
            write_file(Path(output), text)
        else:
            print_text(text)
        return
    listed: list[Record] = [{"command": each, "keys": list(shape.__annotations__)} for each, shape in DOCUMENTS.items()]
    answer = Answer(
        document=lambda: {"commands": listed},
        items="commands",
        fields=("command", "keys"),
        page=lambda: documents_page(listed),
    )
    write(answer, ctx.obj, format_=format_, output=output)
    told = _("`kzfest schema {command}` prints a schema; `kzfest check --schema` prints that of programme files")
    note(told.format(command=_("COMMAND")))


def _known(asked: str) -> str:
    """Return the command that *asked* names, or the default one of a group. Raises NotFoundError."""
    known = next((each for each in (asked, f"{asked} show", f"{asked} list") if each in DOCUMENTS), None)
    if known is None:
        message = _("there is no schema of '{asked}'; `kzfest schema` lists the commands that have one")
        raise NotFoundError(message.format(asked=asked))
    return known
