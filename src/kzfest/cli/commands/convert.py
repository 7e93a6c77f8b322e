"""`kzfest convert`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kzfest.cli.options.common import NewFileOption, check_name
from kzfest.cli.programme_files import create_programme
from kzfest.cli.terminal.console import print_text
from kzfest.cli.typer_ext.lazy_groups import CommandContext, command
from kzfest.core.errors import reading
from kzfest.i18n import _
from kzfest.programme.files import STANDARD_INPUT, content_of

if TYPE_CHECKING:
    from kzfest.programme.files import ImportOptions
    from kzfest.programme.importing.conversion import ConvertedFile

FilesToConvert = Annotated[
    list[str],
    typer.Argument(
        metavar=_("FILE..."), help=_("Programme files in any format that kzfest reads."), callback=check_name
    ),
]


@command(
    "kzfest convert schedule.xml",
    "kzfest convert schedule.xml -o my.yaml",
)
def convert(ctx: CommandContext, files: FilesToConvert, output: NewFileOption = None) -> None:
    """Write a programme of any format as kzfest's own YAML, for you to correct and to keep."""
    from kzfest.cli.import_notes import tell  # as below
    from kzfest.programme.reading.programme_writer import programme_text  # pydantic

    found = _read(files[0], ctx.obj.import_options, {})
    if found.report:
        tell(found.report)
    text = programme_text(found.records, remarks=_remarks([found]))
    if output in {None, "-"}:
        print_text(text)
    else:
        create_programme(Path(str(output)), text)


def _read(file: str, options: ImportOptions, taken: dict[str, str]) -> ConvertedFile:
    from kzfest.cli.terminal.progress import show_progress
    from kzfest.programme.importing.conversion import converted_file

    path = STANDARD_INPUT if file == "-" else Path(file)
    data = content_of(path)
    with reading(path), show_progress(path.name) as on_progress:
        return converted_file(data, file=str(path), options=options, on_progress=on_progress, taken=taken)


def _remarks(found: list[ConvertedFile]) -> list[str]:
    from kzfest.cli.import_notes import lines

    remarks = []
    for each in found:
        remarks.append(_("Made from {file}.").format(file=each.name))
        remarks += lines(each.report) if each.report else []
    return remarks
