"""`kzfest convert`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kzfest.cli.options.common import NewFileOption, check_name
from kzfest.cli.programme_files import create_programme
from kzfest.cli.terminal.console import note, print_text
from kzfest.cli.typer_ext.lazy_groups import CommandContext, command
from kzfest.core.errors import FAULTS_SHOWN, reading
from kzfest.i18n import _, ngettext
from kzfest.programme.files import content_of, file_named

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kzfest.programme.files import ImportOptions
    from kzfest.programme.importing.conversion import ConvertedFile
    from kzfest.programme.importing.merging import MergedFiles, UnclearMatch

FilesToConvert = Annotated[
    list[str],
    typer.Argument(
        metavar=_("FILE..."),
        help=_("Files of one programme, in any format; where they disagree, the first one is kept."),
        callback=check_name,
    ),
]


@command(
    "kzfest convert schedule.xml",
    "kzfest convert schedule.xml -o own.yaml",
    "kzfest convert page.html feed.ics sheet.csv -o own.yaml",
)
def convert(ctx: CommandContext, files: FilesToConvert, output: NewFileOption = None) -> None:
    """Write a programme of any format as kzfest's own YAML; several files become one programme.

    What the files disagree on is listed, and stands in the new file as disputes.
    """
    from kzfest.cli.import_notes import tell  # icalendar, pydantic: as below
    from kzfest.programme.reading.programme_writer import programme_text

    found = _read_all(files, ctx.obj.import_options)
    for each in found:
        if each.report:
            tell(each.report)
    if len(found) == 1:
        records, summary, questions = found[0].records, [], []
    else:
        from kzfest.programme.importing.merging import merged

        result = merged(found)
        records, summary, questions = result.records, list(_summary(result)), list(_questions(result))
    text = programme_text(records, remarks=[*_remarks(found), *summary])
    if output in {None, "-"}:
        print_text(text)
    else:
        create_programme(Path(str(output)), text)
    for told in (*summary, *questions):
        note(told)


def _read_all(files: Sequence[str], options: ImportOptions) -> list[ConvertedFile]:
    """Return the content of *files*; of several, those that name no time zone are in that of the first that does.

    A map then counts for those that are JSON.
    """
    found: list[ConvertedFile] = []
    is_alone = len(files) == 1
    for file in files:
        found.append(_read(file, options if is_alone else _without_map(file, options), found))
    if len(found) == 1:
        return found
    from kzfest.programme.importing.merging import file_with_zone  # as in `convert`

    named = file_with_zone(found)
    if named is None:
        return found
    timezone = named.records.head.timezone
    for number, each in enumerate(found):
        if each.records.head.in_zone_of_computer and each.report:
            again = _read(files[number], _without_map(files[number], options._replace(zone=timezone)), found[:number])
            reason = _("the time zone of {file}; this file names none").format(file=named.name)
            report = again.report and again.report._replace(timezone_reason=reason)
            found[number] = again._replace(report=report)
    return found


def _without_map(file: str, options: ImportOptions) -> ImportOptions:
    """Return *options* without their map if *file* is not JSON."""
    is_json = options.map_file and content_of(file_named(file)).lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"{", b"["}
    return options if is_json else options._replace(map_file=None, map_text="")


def _read(file: str, options: ImportOptions, before: Sequence[ConvertedFile]) -> ConvertedFile:
    """Return the content of *file*, whose source has another key than those of the files *before* it."""
    from kzfest.cli.terminal.progress import show_progress  # as in `convert`
    from kzfest.programme.importing.conversion import converted_file

    path = file_named(file)
    data = content_of(path)
    taken = [key for each in before for key in (each.source, *each.records.sources)]
    with reading(path), show_progress(path.name) as on_progress:
        return converted_file(data, file=str(path), options=options, on_progress=on_progress, taken=taken)


def _remarks(found: Sequence[ConvertedFile]) -> Iterator[str]:
    """Yield what the head of the new file says of the files from which it was made."""
    from kzfest.cli.import_notes import lines

    for each in found:
        yield _("Made from {file}:").format(file=each.name)
        if each.report:
            yield from lines(each.report)


def _summary(result: MergedFiles) -> Iterator[str]:
    """Yield how many events several files have, and how many only one."""
    both = len(result.records.events) - sum(result.alone.values())
    if both:
        yield ngettext("{n} event is in several files", "{n} events are in several files", both).format(n=both)
    else:
        yield _("no event is in several files; do they describe one programme?")
    for key, number in result.alone.items():
        message = ngettext("{n} event is only in {file}", "{n} events are only in {file}", number)
        if number:
            yield message.format(n=number, file=result.files[key])
    if result.other_texts:
        message = ngettext(
            "left out {n} text that differs from that of a file named before",
            "left out {n} texts that differ from those of a file named before",
            result.other_texts,
        )
        yield message.format(n=result.other_texts)


def _questions(result: MergedFiles) -> Iterator[str]:
    """Yield what the files disagree on, and which events may be the same; of very many, the first."""
    from kzfest.pages.phrases import field_name

    asked = [
        f"{each.title}: {field_name(each.field)} {each.value} ({result.files[each.source]}), "
        f"{each.other} ({result.files[each.other_source]})"
        for each in result.disagreements
    ]
    asked += [_unclear_match(each, result.files[each.source]) for each in result.unclear]
    if asked:
        yield ngettext("{n} question to settle:", "{n} questions to settle:", len(asked)).format(n=len(asked))
        yield from (f"  {each}" for each in asked[:FAULTS_SHOWN])
    if more := len(asked[FAULTS_SHOWN:]):
        yield "  " + ngettext("and {n} more", "and {n} more", more).format(n=more)


def _unclear_match(unclear: UnclearMatch, file: str) -> str:
    """Return that events of *file* and of the files before may be the same."""
    first, *other = unclear.titles
    if other:
        message = _("{title} and {other} ({file}) are at one time in one place; both stay")
        return message.format(title=first, other=other[0], file=file)
    message = _("{title}: {n} events of {file} and {others} of the other files may be the same; all stay")
    others, own = unclear.events
    return message.format(title=first, n=own, file=file, others=others)
