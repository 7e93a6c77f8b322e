"""`kzfest check`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from kzfest.cli.options.common import check_name
from kzfest.cli.output import write_file
from kzfest.cli.terminal.console import note, print_text, print_wrapped
from kzfest.cli.typer_ext.lazy_groups import command
from kzfest.core.errors import FaultyProgrammeError, Problem, UsageError, reading, shown_problems
from kzfest.i18n import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable

FilesArgument = Annotated[
    Optional[list[str]],
    typer.Argument(metavar=_("[FILE]..."), help=_("Programme files."), show_default=False, callback=check_name),
]
SchemaOption = Annotated[bool, typer.Option("--schema", help=_("Print the JSON Schema of a programme file."))]

FaultsOption = Annotated[
    Optional[str],
    typer.Option(
        "--output", "-o", metavar=_("FILE"), help=_("Write to FILE, completely or not at all."), callback=check_name
    ),
]


@command(
    "kzfest check my.yaml",
    "kzfest check --schema -o schema.json",
)
def check(files: FilesArgument = None, schema: SchemaOption = False, output: FaultsOption = None) -> None:
    """Find all faults in programme files, with line numbers; the exit code is 4 if there are any."""
    if schema:
        from kzfest.formats.json_csv import json_text
        from kzfest.programme.reading.schema import json_schema

        _put(json_text(json_schema()), output, print_text)
        return
    if not files:
        raise UsageError(_("name a programme file to check, or give --schema"))
    problems = [problem for file in files for problem in _problems(Path(file))]
    if problems:
        _put("\n".join(shown_problems(problems)) + "\n", output, print_wrapped)
        raise typer.Exit(FaultyProgrammeError.exit_code)
    note(ngettext("no fault in {n} file", "no fault in {n} files", len(files)).format(n=len(files)))


def _put(text: str, output: str | None, print_: Callable[[str], None]) -> None:
    if output and output != "-":
        write_file(Path(output), text)
    else:
        print_(text)


def _problems(file: Path) -> list[Problem]:
    """Return the faults of *file*, which is a programme or the bundled history."""
    from kzfest.paths import HISTORY
    from kzfest.programme.files import content_of

    data = content_of(file)
    with reading(file):
        from kzfest.programme.reading.reader import read_history, read_programme  # yaml and pydantic

        read = read_history if file.name == HISTORY else read_programme
        return read(data, file=str(file))[1]
