"""A file of any format as records of ours, each with the file as its source."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kzfest.core.errors import FaultyProgrammeError
from kzfest.core.safe_text import legible_line
from kzfest.programme.importing.assembly import ImportedProgramme
from kzfest.programme.importing.identity import slug
from kzfest.programme.importing.recognition import reading_of
from kzfest.programme.reading.programme_writer import ProgrammeRecords

if TYPE_CHECKING:
    from collections.abc import Container

    from kzfest.programme.database.cache import OnProgress
    from kzfest.programme.decode import Values
    from kzfest.programme.files import ImportOptions
    from kzfest.programme.importing.report import ImportReport
    from kzfest.programme.reading.reader import ProgrammeReader


class ConvertedFile(NamedTuple):
    """The content of one file as records of our format."""

    name: str
    source: str
    """The key of the source that is the file itself."""
    records: ProgrammeRecords
    report: ImportReport | None
    """What was read; None if the file is in our format already."""


def converted_file(
    data: bytes, *, file: str, options: ImportOptions, on_progress: OnProgress, taken: Container[str] = ()
) -> ConvertedFile:
    """Return the content of *file*, whose source gets a key that is not *taken*.

    Raises UnknownFormatError, and FaultyProgrammeError if it is in our format and has faults.
    """
    return converted(reading_of(data, file=file, options=options, on_progress=on_progress), file=file, taken=taken)


def converted(found: ImportedProgramme | ProgrammeReader, *, file: str, taken: Container[str] = ()) -> ConvertedFile:
    """Return the content of *found*, which was read from *file*. Raises FaultyProgrammeError."""
    name = re.split(r"[\\/]", file)[-1]
    events = [values for values, _event in found.events()]
    if problems := found.problems():
        raise FaultyProgrammeError(problems)
    venues = [values for _id, values in found.values("venues")]
    sources = dict(found.values("sources"))
    key = _key_of(name, sources, taken)
    if not isinstance(found, ImportedProgramme):
        return ConvertedFile(name, key, ProgrammeRecords(found.head, sources, venues, events), None)
    report = found.report()
    confirmed = {"sources": [key]}
    records = ProgrammeRecords(
        found.head,
        {key: _source(name, report.format, found.url)},
        [values | confirmed for values in venues],
        [values | confirmed for values in events],
    )
    return ConvertedFile(name, key, records, report)


def _key_of(name: str, known: Container[str], taken: Container[str]) -> str:
    """Return a key for the file *name* as a source, which is neither *known* in that file nor *taken*."""
    wanted = found = slug(name) or "file"
    number = 1
    while found in known or found in taken:
        number += 1
        found = f"{wanted}-{number}"
    return found


def _source(name: str, kind: str, url: str | None) -> Values:
    """Return the file *name* of this *kind* as a source."""
    title = legible_line(f"{name} ({kind})")[:LONGEST_TITLE].strip()
    return {"title": title or kind} | ({"url": url} if url else {})


LONGEST_TITLE = 200
"""Characters of the name of a source."""
