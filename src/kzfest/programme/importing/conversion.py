"""A file of any format as records of ours, each with the file as its source."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kzfest.core.errors import FaultyProgrammeError
from kzfest.core.safe_text import legible_line
from kzfest.programme.importing.assembly import ImportedProgramme
from kzfest.programme.importing.identity import free_key, slug
from kzfest.programme.importing.recognition import reading_of
from kzfest.programme.reading.programme_writer import ProgrammeRecords

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

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
    about: Values
    """That source."""
    keys: Mapping[str, str]
    """What identifies each event in the file, by the id of the event."""
    records: ProgrammeRecords
    report: ImportReport | None
    """What was read; None if the file is in our format already."""


def converted_file(
    data: bytes, *, file: str, options: ImportOptions, on_progress: OnProgress, taken: Collection[str] = ()
) -> ConvertedFile:
    """Return the content of *file*, whose source gets a key that is not *taken*.

    Raises UnknownFormatError, and FaultyProgrammeError if it is in our format and has faults.
    """
    return converted(reading_of(data, file=file, options=options, on_progress=on_progress), file=file, taken=taken)


def converted(found: ImportedProgramme | ProgrammeReader, *, file: str, taken: Collection[str] = ()) -> ConvertedFile:
    """Return the content of *found*, which was read from *file*. Raises FaultyProgrammeError."""
    name = re.split(r"[\\/]", file)[-1]
    events = [values for values, _event in found.events()]
    if problems := found.problems():
        raise FaultyProgrammeError(problems)
    venues = [values for _id, values in found.values("venues")]
    sources = dict(found.values("sources"))
    key = free_key(slug(name) or "file", {*sources, *taken})
    if not isinstance(found, ImportedProgramme):
        records = ProgrammeRecords(found.head, sources, venues, events)
        keys = {
            values["id"]: f"{key} {values['id']}" for values in events
        }  # another file may use an id for another event
        return ConvertedFile(name, key, _source(name, None, None), keys, records, None)
    keys = {values["id"]: found.key_of(values["id"]) for values in events}
    report = found.report()
    about = _source(name, report.format, found.url)
    confirmed = {"sources": [key]}
    records = ProgrammeRecords(
        found.head,
        {key: about},
        [values | confirmed for values in venues],
        [values | confirmed for values in events],
    )
    return ConvertedFile(name, key, about, keys, records, report)


def _source(name: str, kind: str | None, url: str | None) -> Values:
    """Return the file *name* of this *kind* as a source; without a kind, it is in our format."""
    title = legible_line(legible_line(f"{name} ({kind or 'kzfest'})")[:LONGEST_TITLE])
    return {"title": title} | ({"url": url} if url else {})


LONGEST_TITLE = 200
"""Characters of the name of a source."""
