"""`kzfest programmes list`."""

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

PROGRAMME_FIELDS = (
    *("id", "title", "timezone", "revised", "first", "last", "events", "bundled", "file", "by_id"),
    *("kept", "source", "read", "default"),
)


@command(
    "kzfest programmes list -f json",
)
def list_(ctx: CommandContext, format_: FormatOption = None, output: OutputOption = None) -> None:
    """List the programmes: those that come with kzfest, those that you keep, and your own files."""
    session = ctx.obj
    library = session.library
    default = library.kept_names and library.kept.default()
    bundled = [_known(data_folder() / name, library, name=key, bundled=True) for key, name in PROGRAMMES.items()]
    kept = [_kept(name, library) for name in library.kept_names]
    own = [_known(file, library) for file in own_files()]
    files: dict[str, list[Path]] = {}
    for each in own:
        if each.head:
            files.setdefault(each.head.id, []).append(Path(each.file))
    shared = {key: told for key in files if (told := shared_id(key, files[key]))}
    kept_names = {each.name for each in kept}
    own = [replace(each, by_id=not each.head or each.head.id not in {*shared, *kept_names}) for each in own]
    used = default or next(iter(PROGRAMMES))
    known = [replace(each, default=each.by_id and each.name == used) for each in (*bundled, *kept, *own)]
    answer = Answer(
        document=lambda: {"programmes": [_record(each, session.language) for each in known]},
        items="programmes",
        fields=PROGRAMME_FIELDS,
        page=lambda: programmes_page(known, session.language),
    )
    write(answer, session, format_=format_, output=output)
    note_each(shared.values())


def _known(file: Path, library: Library, *, name: str | None = None, bundled: bool = False) -> ProgrammeInfo:
    found = ProgrammeInfo(str(file), None, bundled=bundled, name=name)
    try:
        catalogue = library.open(file)
    except UnforeseenError:
        return replace(found, unforeseen=True)
    except (KzfestError, OSError):
        return found
    return replace(found, head=catalogue.head, events=catalogue.count(), name=name or catalogue.head.id)


def _kept(name: str, library: Library) -> ProgrammeInfo:
    """Return what is known of a programme that the user keeps; little if its copies are damaged."""
    try:
        kept = library.kept.get(name)
    except KzfestError:
        return ProgrammeInfo(str(library.kept.folder / name), None, name=name)
    return replace(_known(library.kept_file(kept), library, name=name), source=kept.source, read=kept.read)


def _record(known: ProgrammeInfo, language: str) -> Record:
    head = known.head
    return {
        "id": head and (known.name or head.id),
        "title": head and choose(head.title, language).text,
        "timezone": head and head.timezone,
        "revised": head and head.revised.isoformat(),
        "first": head.first.isoformat() if head and head.first else None,
        "last": head.last.isoformat() if head and head.last else None,
        "events": known.events if head else None,
        "bundled": known.bundled,
        "file": known.file,
        "by_id": bool(head) and known.by_id,
        "kept": known.read is not None,
        "source": known.source,
        "read": known.read and known.read.isoformat(),
        "default": known.default,
    }
