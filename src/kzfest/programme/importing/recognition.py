"""What a file is, by its content and never by its ending, and the reader for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from kzfest.core.errors import UnknownFormatError
from kzfest.i18n import _
from kzfest.programme.database.cache import no_progress
from kzfest.programme.importing.decoding import decoded, unpacked

if TYPE_CHECKING:
    from kzfest.programme.database.cache import OnProgress
    from kzfest.programme.files import ImportOptions
    from kzfest.programme.importing.assembly import ImportedProgramme
    from kzfest.programme.importing.entries import Reading
    from kzfest.programme.reading.reader import ProgrammeReader

_CALENDAR = re.compile(r"^BEGIN:[ \t]*V(?:CALENDAR|EVENT)[ \t]*\r*$", re.MULTILINE | re.IGNORECASE)
_CALENDAR_WITHIN = 4_096
"""Characters before a calendar: some programs write a comment there."""
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<")
"""How XML and HTML begin, which are no other kind of file."""
_JSON = re.compile(
    r"\s*(?:[\[{]|(?://[^\n]*\n\s*)*(?:export\s+default|(?:var|let|const)\s+[\w.$]+\s*=|window\.[\w.$]+\s*=))"
)
_JSON_LD = re.compile(r'"@(?:context|graph|type)"\s*:')
_MAP = re.compile(r"(?:\s|#[^\n]*\n)*map:\s")
_FRAB = re.compile(r"<(?:[\w.-]+:)?(?:conference|event)\b")
"""What tells a schedule of frab from other XML with the same root."""
_FEEDS = frozenset({"rss", "feed", "rdf"})
_HTML = re.compile(
    "html|head|title|meta|link|script|style|base|body|main|header|footer|nav|section|article|aside|div|span|p|a|ul|ol|li"
    "|dl|dt|dd|table|tbody|thead|tr|td|th|h[1-6]|img|time|figure|form"
)
"""The elements with which an HTML page, or a part of one, begins."""


def reading_of(
    data: bytes, *, file: str, options: ImportOptions, on_progress: OnProgress = no_progress
) -> ProgrammeReader | ImportedProgramme:
    """Return the programme in *data*; *file* is its name. Raises UnknownFormatError, with what the file is instead.

    What has a key of our YAML at the beginning of a line is read as such, which reports its faults.
    """
    data = unpacked(data, file)
    try:
        reading = _reading(data, options)
    except SyntaxError as error:
        raise UnknownFormatError(file, str(error)) from error
    if reading is None:
        from kzfest.programme.reading.reader import ProgrammeReader  # yaml and pydantic

        return ProgrammeReader(data, file=file, on_progress=on_progress)
    from kzfest.programme.importing.assembly import ImportedProgramme

    return ImportedProgramme(reading, file=file, options=options, on_progress=on_progress)


def _reading(data: bytes, options: ImportOptions) -> Reading | None:
    """Return what the reader for *data* finds in it; None if it may be our YAML. Raises SyntaxError."""
    if data.startswith(b"PK\x03\x04"):
        from kzfest.programme.importing import spreadsheet  # zipfile

        return spreadsheet.read(data, options)
    if not _MARKUP.match(data):
        from kzfest.programme.importing import other_files

        other_files.refuse(data)
    text, guessed = decoded(data)
    if "\0" in text[:_CALENDAR_WITHIN] and "programme:" not in text[:_CALENDAR_WITHIN]:
        raise SyntaxError(_("a file that is no text; kzfest reads {kinds}").format(kinds=KINDS))
    reading = _reading_of_text(text, options)
    if reading and guessed:
        message = _("read as {encoding}, because the file is not UTF-8; look at its letters")
        reading.remarks.append(message.format(encoding=guessed))
    return reading


def _reading_of_text(text: str, options: ImportOptions) -> Reading | None:
    if options.map_file and not _JSON.match(text):
        raise SyntaxError(
            _("the file is not JSON, so no map can describe it; leave out {option}").format(option="--map")
        )
    if _MAP.match(text):
        message = _("a map for JSON; check it with the file that it describes: {command}")
        raise SyntaxError(message.format(command="kzfest check --map MAP FILE"))
    if _CALENDAR.search(text, 0, _CALENDAR_WITHIN):
        from kzfest.programme.importing import ics

        return ics.read(text)
    if text.lstrip().startswith("<"):
        return _reading_of_xml(text)
    from kzfest.programme.importing import other_files

    if _JSON.match(text) and not other_files.SETTINGS.match(text):
        return _reading_of_json(text, options)
    from kzfest.programme.importing import tabular

    reading = tabular.read(text, options)
    if reading is None and (sentence := other_files.sentence_about(text)):
        raise SyntaxError(sentence)
    return reading


def _reading_of_xml(text: str) -> Reading:
    from kzfest.programme.importing import frab_xml, xml_text

    root = (xml_text.root_name(text) or "").casefold()
    if root == "schedule" and _FRAB.search(text):
        return frab_xml.read(text)
    if _HTML.fullmatch(root):
        from kzfest.programme.importing import schema_org

        return schema_org.read_html(text)
    if root == "icalendar":
        from kzfest.programme.importing import xcal

        return xcal.read(text)
    if root in _FEEDS:
        raise SyntaxError(
            _(
                "a feed of news; its dates say when it was written, not when an event takes place;"
                " look for a calendar (.ics) on its site"
            )
        )
    raise SyntaxError(_("XML of no known kind, <{root}>; kzfest reads {kinds}").format(root=root, kinds=KINDS))


def _reading_of_json(text: str, options: ImportOptions) -> Reading | None:
    """Return what is in JSON; None if it is our format, for YAML is JSON with fewer marks. Raises SyntaxError."""
    from kzfest.programme.importing import frab_json, jcal, json_maps, json_text, mapped_json

    try:
        value = json_text.parsed(text)
    except SyntaxError:
        if not _JSON_LD.search(text):
            raise
        value = {"@graph": []}  # JSON-LD of pages has faults that its reader mends
    if options.map_file:
        json_map = json_maps.JsonMap(options.map_text.encode(errors="surrogateescape"), file=options.map_file)
        return mapped_json.read(value, json_map, options, is_own=True)
    if isinstance(value, dict) and {"programme", "events"} <= set(value):
        return None
    if frab_json.fits(value):
        return frab_json.read(value)
    if jcal.fits(value):
        return jcal.read(value)
    if _JSON_LD.search(text):
        from kzfest.programme.importing import schema_org

        if schema_org.fits(value):
            return schema_org.read(text)
    return _reading_by_map(value, options)


def _reading_by_map(value: Any, options: ImportOptions) -> Reading:
    """Return what the map of a known kind of JSON finds in *value*. Raises SyntaxError if there is none for it."""
    from kzfest.programme.importing import json_maps, mapped_json

    kinds = [KINDS]
    for json_map in json_maps.bundled_maps():
        if mapped_json.fits(value, json_map):
            return mapped_json.read(value, json_map, options, is_own=False)
        kinds.append(json_map.name)
    keys = ", ".join(list(map(str, value))[:8]) if isinstance(value, dict) else type(value).__name__
    message = _("JSON of no known kind, with the keys {keys}; kzfest reads {kinds}, and what a map describes: {option}")
    raise SyntaxError(message.format(keys=keys, kinds=", ".join(dict.fromkeys(kinds)), option="--map FILE"))


KINDS = "schedule.xml, schedule.json, iCalendar, jCal, xCal, schema.org (JSON-LD, HTML), CSV, .xlsx"
