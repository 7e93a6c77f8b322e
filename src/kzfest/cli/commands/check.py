"""`kzfest check`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from kzfest.cli.import_notes import lines
from kzfest.cli.options.common import check_name
from kzfest.cli.options.events import FormatOption, OutputOption
from kzfest.cli.output import Answer, chosen_format, write, write_file
from kzfest.cli.terminal.console import note, print_text
from kzfest.cli.typer_ext.lazy_groups import CommandContext, command
from kzfest.core.errors import FaultyProgrammeError, Problem, UsageError, reading, shown_problems
from kzfest.formats.page import Paragraph, line
from kzfest.i18n import _, ngettext
from kzfest.programme.files import ImportOptions, content_of, file_named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kzfest.formats.records import Record
    from kzfest.programme.importing.report import ImportReport

FilesArgument = Annotated[
    Optional[list[str]],
    typer.Argument(metavar=_("[FILE]..."), help=_("Programme files."), show_default=False, callback=check_name),
]
SchemaOption = Annotated[bool, typer.Option("--schema", help=_("Print the JSON Schema of a programme file."))]

FAULT_FIELDS = ("file", "line", "column", "path", "message", "remedy", "example")


@command(
    "kzfest check my.yaml",
    "kzfest check my.yaml -f json",
    "kzfest check --schema -o schema.json",
)
def check(
    ctx: CommandContext,
    files: FilesArgument = None,
    schema: SchemaOption = False,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Find all faults in programme files, with their places and remedies; the exit code is 4 if there are any."""
    if schema:
        _print_schema(output)
        return
    if not files:
        raise UsageError(_("name a programme file to check, or give --schema"))
    options = ctx.obj.import_options
    found = [_checked(file_named(file), options) for file in files]
    problems = [problem for faults, _report in found for problem in faults]
    reports = {file: report for file, (_faults, report) in zip(files, found, strict=True) if report}
    about = [text for file, report in reports.items() for text in (file, *(f"  {each}" for each in lines(report)))]
    chosen = chosen_format(format_, output)
    if chosen != "table":
        answer = Answer(
            document=lambda: {
                "faults": [_record(each) for each in problems],
                "imports": [_import_record(file, report) for file, report in reports.items()],
            },
            items="faults",
            fields=FAULT_FIELDS,
            page=lambda: [Paragraph(line(each)) for each in (*map(str, problems), *about)],
        )
        write(answer, ctx.obj, format_=format_, output=output)
        for file, report in reports.items() if chosen in {"jsonl", "csv"} else ():  # their records are the faults
            note(f"{file}: " + "; ".join(lines(report)))
    elif output and output != "-":
        if problems or reports:
            write_file(Path(output), "".join(f"{each}\n" for each in (*shown_problems(problems), *about)))
    else:
        if problems:
            from kzfest.cli.terminal.excerpts import print_problems

            print_problems(problems, sys.stdout)
        if about:
            print_text("".join(f"{each}\n" for each in about))
    if problems:
        raise typer.Exit(FaultyProgrammeError.exit_code)
    note(ngettext("no fault in {n} file", "no fault in {n} files", len(files)).format(n=len(files)))


def _print_schema(output: str | None) -> None:
    from kzfest.formats.json_csv import json_text
    from kzfest.programme.reading.schema import json_schema

    text = json_text(json_schema())
    if output and output != "-":
        write_file(Path(output), text)
    else:
        print_text(text)


def _record(problem: Problem) -> Record:
    """Return *problem* as a record; its path is a JSON Pointer (RFC 6901)."""
    keys = None if problem.path is None else [str(key).replace("~", "~0").replace("/", "~1") for key in problem.path]
    path = None if keys is None else "".join(f"/{key}" for key in keys)
    return {field: getattr(problem, field) for field in FAULT_FIELDS} | {"path": path, "message": problem.sentence}


def _import_record(file: str, report: ImportReport) -> Record:
    days = {key: day and day.isoformat() for key in ("first", "last") for day in [getattr(report, key)]}
    return {"file": file} | report._asdict() | days | {"remarks": list(report.remarks)}


def _checked(file: Path, options: ImportOptions) -> tuple[Sequence[Problem], ImportReport | None]:
    """Return the faults of *file*, which is a programme or the bundled history; of another format also its report."""
    from kzfest.paths import HISTORY

    data = content_of(file)
    with reading(file):
        if file.name == HISTORY:
            from kzfest.programme.reading.reader import read_history  # yaml and pydantic

            return read_history(data, file=str(file))[1], None
        from kzfest.programme.importing.assembly import ImportedProgramme  # as above
        from kzfest.programme.importing.recognition import reading_of

        try:
            found = reading_of(data, file=str(file), options=options)
        except FaultyProgrammeError as error:
            return error.problems, None
        for _event in found.events():
            pass  # the faults and the remarks come from reading all of them
        return found.problems(), found.report() if isinstance(found, ImportedProgramme) else None
