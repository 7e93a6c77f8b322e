"""An answer in the format that was asked for, on standard output or in a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias, get_args

import typer

from kzfest.atomic_files import remove_stale_temps_of, replace_file
from kzfest.cli.terminal import console
from kzfest.core.errors import UsageError, one_of
from kzfest.core.texts import visible
from kzfest.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from kzfest.calendars.export import Export
    from kzfest.cli.session import Session
    from kzfest.formats.page import Page
    from kzfest.formats.records import Record

Format: TypeAlias = Literal["table", "json", "jsonl", "csv", "markdown", "ics"]
FORMATS: tuple[Format, ...] = get_args(Format)

BY_SUFFIX: dict[str, Format] = {
    ".txt": "table",
    ".json": "json",
    ".jsonl": "jsonl",
    ".csv": "csv",
    ".md": "markdown",
    ".ics": "ics",
}
"""The format that the ending of a file's name chooses."""
PLAIN_SUFFIXES = frozenset({"", ".yaml", ".yml"})
"""Which choose none and are not refused here: of YAML files, `replace_file` says that kzfest writes none."""
BYTE_ORDER_MARK = "\ufeff"
"""What a file of CSV begins with: without it Excel takes Cyrillic letters for those of an older code page."""


class Answer(NamedTuple):
    """What a command found, ready to be written in any format.

    *document* is the JSON document, *records* its items for JSON lines, *fields* the columns of CSV
    (taken from *rows* where those differ from the records), *page* what people read, *export* what goes into a
    calendar, where any of it can. All but the fields are made when they are needed.
    """

    document: Callable[[], Record]
    records: Callable[[], Sequence[Record]]
    fields: Sequence[str]
    page: Callable[[], Page]
    rows: Callable[[], Sequence[Record]] | None = None
    export: Callable[[], Export] | None = None


def write(answer: Answer, session: Session, *, format_: str | None, output: str | None) -> None:
    """Write *answer* where and as it was asked for."""
    session.check_clock()
    chosen = chosen_format(format_, output)
    if chosen == "ics":
        write_calendar(_export(answer), output)
    elif output and output != "-":
        write_file(Path(output), (BYTE_ORDER_MARK if chosen == "csv" else "") + as_text(answer, chosen))
    elif chosen == "table":
        page = answer.page()
        if page:
            console.print_page(page, session.colour)
    else:
        typer.echo(_bytes(as_text(answer, chosen)), nl=False)


def _export(answer: Answer) -> Export:
    """Return what goes into a calendar. Raises UsageError where the answer is nothing that could."""
    if answer.export is None:
        raise UsageError(_("this cannot be written as a calendar; -f ics works with list, export, show and itinerary"))
    return answer.export()


def write_calendar(export: Export, output: str | None) -> None:
    """Write a calendar file, and tell what went into it; without entries, write none."""
    from kzfest.calendars.ics_writer import calendar
    from kzfest.cli.notices import tell_calendar_limits, tell_export

    again = output is not None and output != "-" and Path(output).exists()
    if export.entries and output and output != "-":
        _replace_output(Path(output), calendar(export.entries, export.name))
    elif export.entries:
        for part in calendar(export.entries, export.name):
            typer.echo(part, nl=False)
    tell_export(export, output if output != "-" else None)
    tell_calendar_limits(export, again=again)


def chosen_format(format_: str | None, output: str | None) -> Format:
    """Return the format: as asked, else as the file's name says, else a table.

    Raises UsageError where the name has an ending that says nothing.
    """
    if format_ is None:
        return _by_name(output) if output else "table"
    if format_ not in FORMATS:
        message = _("unknown format '{format}'; choose {choices}")
        raise UsageError(message.format(format=format_, choices=one_of(FORMATS)))
    return format_


def _by_name(output: str) -> Format:
    """Return the format that the ending of the file's name chooses. Raises UsageError where it chooses none."""
    ending = Path(output).suffix
    if ending.casefold() in PLAIN_SUFFIXES:
        return "table"
    if ending.casefold() not in BY_SUFFIX:
        message = _("unknown file extension '{ending}'; choose {choices}, or give the format with -f")
        raise UsageError(message.format(ending=ending, choices=one_of(tuple(BY_SUFFIX))))
    return BY_SUFFIX[ending.casefold()]


def as_text(answer: Answer, format_: Format) -> str:
    """Return *answer* in *format_*, which is none for calendars."""
    match format_:
        case "json":
            from kzfest.formats.json_csv import json_text

            return json_text(answer.document())
        case "jsonl":
            from kzfest.formats.json_csv import jsonl_text

            return jsonl_text(answer.records())
        case "csv":
            from kzfest.formats.json_csv import csv_text

            return visible(csv_text((answer.rows or answer.records)(), answer.fields))
        case "markdown":
            from kzfest.formats.markdown import markdown_text

            return visible(markdown_text(answer.page()))
        case _:
            from kzfest.cli.terminal.tables import letters, render
            from kzfest.formats.page import with_addresses

            return visible(letters(render(with_addresses(answer.page()), None)))


def write_file(file: Path, text: str) -> None:
    """Replace *file* by *text*, as `replace_file` does."""
    _replace_output(file, [_bytes(text)])


def _replace_output(file: Path, parts: Iterable[bytes]) -> None:
    replace_file(file, parts)
    remove_stale_temps_of(file.parent, of=file.name)


def _bytes(text: str) -> bytes:
    r"""Return *text* in UTF-8; what is no letter, as in some names of files, as JSON writes it: ``\udcff``."""
    return text.encode("utf-8", "backslashreplace")
