"""What a file is that kzfest does not read, and what could be used instead."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kzfest.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable

_OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How a file of Excel before 2007 begins, and a newer one with a password."""
_KINDS = {
    b"%PDF-": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"{\\rtf": "RTF",
    b"SQLite format 3\0": "SQLite",
}
"""How files begin that people may take for a programme, and what they are."""
_ARCHIVES = {b"7z\xbc\xaf": "7z", b"Rar!": "RAR", b"\xfd7zXZ": "xz", b"BZh": "bzip2", b"\x28\xb5\x2f\xfd": "Zstandard"}
_TAR = slice(257, 262)
_PARTS = {
    "word/document.xml": "Word (.docx)",
    "ppt/presentation.xml": "PowerPoint (.pptx)",
    "META-INF/container.xml": "EPUB",
    "doc.kml": "KMZ",
}
"""Files in zip archives that say what they are."""

_SECTIONS = "format|programme|events|venues|sources|labels|synonyms|history|milestones|recognitions|law"
OWN_KEY = rf"""["']?(?:{_SECTIONS})["']?[ \t]*:"""
"""A key at the top of a file in our own format."""
_OURS = re.compile(rf"^{OWN_KEY}", re.MULTILINE)
_COMMENTS = r"(?:[ \t]*(?:[#;][^\n]*)?\n)*+"
SETTINGS = re.compile(rf"{_COMMENTS}[ \t]*\[{{1,2}}(?!(?:null|true|false)\b)[A-Za-z_][\w. \"'-]*\]{{1,2}}[ \t\r]*\n")
"""How TOML and the settings of programs begin; JSON begins with the same bracket."""
_HEADER = re.compile(
    r"^(?:return-path|received|from|to|subject|date|mime-version|message-id|content-type|delivered-to): ", re.IGNORECASE
)
_MAILBOX = re.compile(r"From \S+ .*\d{4}\r?\n(?:[\w-]+:)")
_YAML_KEY = re.compile(r"(?:- )?[\w.\"'-]+:(?:\s|$)")
_YAML_LINE = re.compile(rf"---|[ \t]+\S|#|- |-\r?$|{_YAML_KEY.pattern}")
_LINES = 50
"""Lines that are looked at."""


def refuse(data: bytes) -> None:
    """Raise SyntaxError if *data* are of a kind of file that has no programme."""
    if data.startswith(_OLD_EXCEL):
        raise SyntaxError(_("an Excel file that is old or has a password; save it as .xlsx without one, or as CSV"))
    if kind := next((kind for begun, kind in _KINDS.items() if data.startswith(begun)), None):
        raise SyntaxError(_unread(kind))
    if kind := next((kind for begun, kind in _ARCHIVES.items() if data.startswith(begun)), None):
        raise SyntaxError(_archive(kind))
    if data[_TAR] == b"ustar":
        raise SyntaxError(_archive("tar"))


def refuse_archive(names: Iterable[str]) -> None:
    """Raise SyntaxError, with what to do, about a zip archive with files of these *names*, which has no spreadsheet."""
    names = set(names)
    if any(name.endswith(".iwa") or name == "Index.zip" for name in names):
        raise SyntaxError(_("a file of Apple Numbers or Pages; export it from there as CSV or Excel"))
    if "content.xml" in names and "mimetype" in names:
        raise SyntaxError(_("an OpenDocument file, such as .ods; save its table as .xlsx or CSV"))
    if "xl/workbook.bin" in names:
        raise SyntaxError(_("a binary Excel file (.xlsb); save it as .xlsx or CSV"))
    if kind := next((kind for name, kind in _PARTS.items() if name in names), None):
        raise SyntaxError(_unread(kind))
    raise SyntaxError(_archive("zip"))


def sentence_about(text: str) -> str | None:
    """Return what *text* is, which is in none of the formats of others, and what could be used instead.

    None if it has a key of our own format at the beginning of a line: then its faults say more.
    """
    if _OURS.search(text):
        return None
    lines = [line for line in text[: 100 * _LINES].split("\n")[:_LINES] if line.strip()]
    if not lines:
        return _("an empty file; download it again, or begin a programme with `{command}`").format(command="kzfest new")
    if _MAILBOX.match(text) or (len(lines) > 1 and all(map(_HEADER.match, lines[:2]))):
        return _("an e-mail; save the calendar or the table that is attached to it, and name that file")
    is_vcard = lines[0].strip().upper() == "BEGIN:VCARD"
    if is_vcard or SETTINGS.match(text):
        return _unread("vCard" if is_vcard else "TOML, INI")
    if all(map(_YAML_LINE.match, lines)) and any(map(_YAML_KEY.match, lines)):
        message = _("YAML of another program; a programme for kzfest begins with 'format: 1': `{command}` writes one")
        return message.format(command="kzfest new")
    message = _("a text; write it as a table whose first line is such as {example}, or begin with `{command}`")
    return message.format(example="title,start,venue", command="kzfest new")


def _unread(kind: str) -> str:
    message = _("{kind}, which kzfest does not read; look for a calendar (.ics), a schedule.xml or a table")
    return message.format(kind=kind)


def _archive(kind: str) -> str:
    return _("an archive ({kind}); unpack it, and name the programme").format(kind=kind)
