"""`kzfest programmes`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kzfest.cli.options.events import FormatOption, OutputOption
from kzfest.cli.output import Answer, write
from kzfest.cli.terminal.console import note_each
from kzfest.cli.typer_ext.lazy_groups import CommandContext, command
from kzfest.core.errors import KzfestError, UnforeseenError
from kzfest.core.localized import choose
from kzfest.pages.overviews import ProgrammeInfo, programmes_page
from kzfest.paths import PROGRAMMES, data_folder
from kzfest.programme.library import own_files, shared_id

if TYPE_CHECKING:
    from kzfest.formats.records import Record
    from kzfest.programme.library import Library

PROGRAMME_FIELDS = ("id", "title", "timezone", "revised", "first", "last", "events", "bundled", "file", "by_id")


@command(
    "kzfest programmes",
)
def programmes(ctx: CommandContext, format_: FormatOption = None, output: OutputOption = None) -> None:
    """List the programmes: those that come with kzfest, and your own."""
    session = ctx.obj
    bundled = [_known(data_folder() / name, session.library, bundled=True) for name in PROGRAMMES.values()]
    own = [_known(file, session.library, bundled=False) for file in own_files()]
    files: dict[str, list[Path]] = {}
    for each in own:
        if each.head:
            files.setdefault(each.head.id, []).append(Path(each.file))
    shared = {key: told for key in files if (told := shared_id(key, files[key]))}
    known = [*bundled, *(replace(each, by_id=not each.head or each.head.id not in shared) for each in own)]
    answer = Answer(
        document=lambda: {"programmes": [_record(each, session.language) for each in known]},
        items="programmes",
        fields=PROGRAMME_FIELDS,
        page=lambda: programmes_page(known, session.language),
    )
    write(answer, session, format_=format_, output=output)
    note_each(shared.values())


def _known(file: Path, library: Library, *, bundled: bool) -> ProgrammeInfo:
    try:
        catalogue = library.open(file)
    except UnforeseenError:
        return ProgrammeInfo(str(file), None, bundled=bundled, unforeseen=True)
    except (KzfestError, OSError):
        return ProgrammeInfo(str(file), None, bundled=bundled)
    return ProgrammeInfo(str(file), catalogue.head, catalogue.count(), bundled)


def _record(known: ProgrammeInfo, language: str) -> Record:
    head = known.head
    return {
        "id": head and head.id,
        "title": head and choose(head.title, language).text,
        "timezone": head and head.timezone,
        "revised": head and head.revised.isoformat(),
        "first": head.first.isoformat() if head and head.first else None,
        "last": head.last.isoformat() if head and head.last else None,
        "events": known.events if head else None,
        "bundled": known.bundled,
        "file": known.file,
        "by_id": bool(head) and known.by_id,
    }
