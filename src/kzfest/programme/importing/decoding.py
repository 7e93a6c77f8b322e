"""From bytes to text: unpacking gzip, and finding the encoding."""

from __future__ import annotations

import codecs
import re
import zlib
from typing import NamedTuple

from kzfest.core.errors import KzfestError
from kzfest.i18n import _
from kzfest.programme.importing.limits import LARGEST_IMPORT

GZIP = b"\x1f\x8b"
_DECLARED = re.compile(
    rb"""<\?xml[^>]*?encoding=["']([A-Za-z0-9._-]{1,40})["']|<meta[^>]*?charset=["']?([A-Za-z0-9._-]{1,40})"""
)
_NO_CHARSETS = frozenset({"idna", "punycode", "unicode-escape", "raw-unicode-escape"})
"""Encodings of Python for names and for its source; 300 kB in punycode take half a minute."""
_BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_CYRILLIC = range(0xC0, 0x100)
"""The Russian letters of the code page 1251; in the code page 1252, accented letters, which are rare in any text."""


class Decoded(NamedTuple):
    """A text, and the encoding that was guessed; None if the file gives it or it is Unicode."""

    text: str
    guessed: str | None


def unpacked(data: bytes, file: str) -> bytes:
    """Return *data*, unpacked if it is gzip. Raises KzfestError if it is damaged or too large."""
    if data.startswith(GZIP):
        unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        try:
            data = unpacker.decompress(data, LARGEST_IMPORT + 1)
        except zlib.error as error:
            raise KzfestError(_("{file} is damaged: it cannot be unpacked").format(file=file)) from error
        if len(data) <= LARGEST_IMPORT and not unpacker.eof:
            raise KzfestError(_("{file} is damaged: it cannot be unpacked").format(file=file))
        if data.startswith(GZIP):
            raise KzfestError(_("{file} is packed twice; unpack it once").format(file=file))
    return data


def decoded(data: bytes) -> Decoded:
    """Return the text of *data*: by its byte order mark or declaration, else UTF-8, else the likelier code page.

    >>> decoded("Концерт".encode("cp1251")), decoded("Café, Küche".encode("cp1252")).text
    (Decoded(text='Концерт', guessed='windows-1251'), 'Café, Küche')
    """
    for mark, encoding in _BYTE_ORDER_MARKS.items():
        if data.startswith(mark):
            return Decoded(data[len(mark) :].decode(encoding, "replace"), None)
    if data[:2].count(0) == 1 and len(data) > 1:
        return Decoded(data.decode("utf-16-be" if data[0] == 0 else "utf-16-le", "replace"), None)
    if found := _DECLARED.search(data[:2_000]):
        try:
            return Decoded(text_in_charset(data, (found[1] or found[2]).decode("ascii")), None)
        except (LookupError, UnicodeError):
            pass  # the declaration is wrong
    try:
        return Decoded(data.decode("utf-8"), None)
    except UnicodeDecodeError:
        beyond = [byte for byte in data if byte > 0x7F]
        is_cyrillic = 2 * sum(byte in _CYRILLIC for byte in beyond) > len(beyond) and _has_runs(data)
        encoding = "windows-1251" if is_cyrillic else "windows-1252"
        return Decoded(data.decode(encoding, "replace"), encoding)


def text_in_charset(data: bytes, charset: str) -> str:
    """Return the text of *data*. Raises LookupError if there is no such *charset*, UnicodeError if it is another."""
    codec = codecs.lookup(charset).name
    if codec in _NO_CHARSETS:
        raise LookupError(charset)
    return data.decode(codec)


def _has_runs(data: bytes) -> bool:
    """Whether most letters beyond ASCII stand side by side, as in Cyrillic words but not in accented ones."""
    runs = re.findall(rb"[\x80-\xff]+", data)
    return sum(len(run) for run in runs) > 2 * len(runs)
