"""Read the programmes in the sheets of a spreadsheet (.xlsx). What is unpacked is checked before openpyxl sees it."""

from __future__ import annotations

import re
import warnings
import zlib
from bisect import bisect_left, bisect_right
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from kzfest.i18n import _
from kzfest.programme.importing import other_files, tabular
from kzfest.programme.importing.limits import (
    LARGEST_RATIO,
    LARGEST_SHEETS,
    MOST_COLUMNS,
    MOST_ENTRIES,
    MOST_MEMBERS,
    MOST_MERGED,
    MOST_OTHER_TAGS,
    MOST_SHEETS,
    MOST_TAGS,
    SMALL_MEMBER,
)
from kzfest.programme.importing.table_columns import named_columns

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zipfile import ZipInfo

    from kzfest.programme.files import ImportOptions
    from kzfest.programme.importing.entries import Reading
    from kzfest.programme.importing.grid import Merged

PACKAGE = "kzfest[xlsx]"
_WORKBOOK = "xl/workbook.xml"
_NEEDED = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/core\.xml|xl/[^/]*\.xml|xl/_rels/workbook\.xml\.rels"
    r"|xl/worksheets/[^/]*\.xml"
)
"""The files with cells and their formats; pictures, charts, macros and links to other files are not looked at."""
_ROOT = re.compile(rb"(<\?xml[^>]*\?>)?.*?(<(\w+:)?worksheet\b[^>]*>)", re.DOTALL)
_DATA = re.compile(rb"<((?:\w+:)?sheetData)\b[^>]*?(/)?>")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})[\"']")
_LOCAL_HEADER = 30
"""Bytes before the name of a file in a zip archive."""
# How a cell is formatted: with hours, outside of quoted text.
_HOURS = re.compile(r"[hHsS]")
_NOT_A_FORMAT = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')


class _ReadOnce(BytesIO):
    """An archive whose sheets are read once; a workbook may give one of them many names, to be read for each."""

    _room = SMALL_MEMBER

    def read(self, size: int | None = -1, /) -> bytes:
        """Return the next bytes, unless more were read than the archive has, and a bit more for its lists."""
        content = super().read(size)
        self._room -= len(content)
        if self._room < -len(self.getbuffer()):
            raise ValueError
        return content


def read(data: bytes, options: ImportOptions) -> Reading:
    """Return the programme in all sheets with headings that kzfest knows. Raises SyntaxError."""
    members = _members(data)
    try:
        from openpyxl import load_workbook  # 115 ms, and an extra
    except ImportError as error:
        message = _("a spreadsheet; to read it, install {package}, or export the sheet as CSV")
        raise SyntaxError(message.format(package=PACKAGE)) from error
    packed = _ReadOnce()
    with ZipFile(packed, "w", ZIP_STORED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    try:
        with warnings.catch_warnings(action="ignore"):  # about parts of the format that openpyxl leaves out
            workbook = load_workbook(packed, data_only=True, keep_links=False)
        sheets = {sheet.title: _sheet(sheet) for sheet in workbook.worksheets if sheet.sheet_state == "visible"}
        hidden = [sheet.title for sheet in workbook.worksheets if sheet.title not in sheets]
        origin = tabular.Origin(_("spreadsheet"), str(workbook.properties.title or ""), workbook.epoch.date())
    except Exception as error:
        raise SyntaxError(_damaged()) from error
    reading = _reading(sheets, options, origin)
    if hidden:
        reading.remarks.append(_("hidden sheets left out: {sheets}").format(sheets=tabular.names_shown(hidden)))
    return reading


def _reading(sheets: dict[str, _Sheet], options: ImportOptions, origin: tabular.Origin) -> Reading:
    """Return the programme in those of *sheets* that say what and when. Raises SyntaxError."""
    named = named_columns(options.columns)
    rows = {title: sheet.repeated() for title, sheet in sheets.items() if sheet.rows}
    headers = {title: tabular.header_of(rows[title], named) for title in rows}
    found = [
        tabular.HeadedTable(rows[title], header, title)
        if header.is_complete
        else None
        if named
        else tabular.grid_of(sheets[title].rows, sheets[title].merged, title)
        for title, header in headers.items()
    ]
    tables = [table for table in found if table]
    if not tables:
        nearest = max(headers, key=lambda title: len(headers[title].fields), default="")
        header = headers.get(nearest, tabular.Header(0, ()))
        raise SyntaxError(tabular.absence(rows.get(nearest, []), header, named))
    reading = tabular.reading_of_tables(tables, options, origin)
    read = {table.sheet for table in tables}
    if others := [title for title in headers if title not in read]:
        message = _("sheets left out, because no heading says what or when: {sheets}")
        reading.remarks.append(message.format(sheets=tabular.names_shown(others)))
    return reading


class _Sheet(NamedTuple):
    """The rows of a sheet that have something, as texts, and which of their cells are merged."""

    rows: Sequence[Sequence[str]]
    merged: Merged

    def repeated(self) -> list[list[str]]:
        """Return the rows with the text of merged cells in each row that they cover."""
        rows = [list(row) for row in self.rows]
        for (first, column), (last, _last_column) in self.merged.items():
            for row in rows[first + 1 : last + 1]:
                row.extend([""] * (column + 1 - len(row)))
                row[column] = self.rows[first][column]
        return rows


def _sheet(sheet: Any) -> _Sheet:
    """Return the content of *sheet*, a worksheet of openpyxl."""
    rows: dict[int, dict[int, str]] = {}
    for (row, column), cell in sorted(sheet._cells.items()):  # noqa: SLF001  a far cell alone makes iter_rows endless
        if column <= MOST_COLUMNS and len(rows) <= MOST_ENTRIES and (text := _text(cell)):
            rows.setdefault(row, {})[column] = text
    numbers = sorted(rows)
    merged = {
        (bisect_left(numbers, area.min_row), area.min_col - 1): (
            bisect_right(numbers, area.max_row) - 1,
            area.max_col - 1,
        )
        for area in sheet.merged_cells.ranges
        if area.min_col in rows.get(area.min_row, {})
    }
    cells = (rows[number] for number in numbers)
    return _Sheet([[row.get(column, "") for column in range(1, max(row) + 1)] for row in cells], merged)


def _text(cell: Any) -> str:
    """Return the value of *cell* as people write it in a table; "" for none and for an error."""
    value = cell.value
    if value is None or cell.data_type == "e":
        return ""
    if isinstance(value, datetime):
        moment = value + timedelta(milliseconds=500)  # a serial number is rarely exact
        has_clock = moment.hour or moment.minute or _HOURS.search(_NOT_A_FORMAT.sub("", cell.number_format))
        return f"{moment:%Y-%m-%d %H:%M}" if has_clock else f"{moment:%Y-%m-%d}"
    if isinstance(value, time):
        return f"{datetime.combine(date.min, value) + timedelta(milliseconds=500):%H:%M}"
    if isinstance(value, timedelta):
        hours, minutes = divmod(round(value / timedelta(minutes=1)), 60)
        return f"{hours}:{minutes:02}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _members(data: bytes) -> dict[str, bytes]:
    """Return the files in a spreadsheet with cells and formats, by name. Raises SyntaxError if it may do harm."""
    try:
        infos = ZipFile(BytesIO(data)).infolist()
    except (BadZipFile, ValueError, OSError, EOFError) as error:
        raise SyntaxError(_damaged()) from error
    names = {info.filename for info in infos}
    if _WORKBOOK not in names:
        other_files.refuse_archive(names)
    if len(infos) > MOST_MEMBERS:
        raise SyntaxError(_("a spreadsheet of too many files; export the sheet as CSV"))
    members: dict[str, bytes] = {}
    room = LARGEST_SHEETS
    for info in infos:
        if _NEEDED.fullmatch(info.filename):
            content = _unpacked(data, info, room)
            room -= len(content)
            members[info.filename] = content
    sheets = [name for name in members if name.startswith("xl/worksheets/")]
    for name in sheets:
        members[name] = _cells_only(members[name])
    counted = {name: content.count(b"<") + content.count(b"/>") for name, content in members.items()}
    texts = {*sheets, "xl/sharedStrings.xml"}
    others = sum(number for name, number in counted.items() if name not in texts)
    has_many = members[_WORKBOOK].count(b"sheetId") > MOST_SHEETS
    if has_many or sum(counted.values()) > MOST_TAGS or others > MOST_OTHER_TAGS:
        raise SyntaxError(_too_large())
    if any(b"<!DOCTYPE" in content or b"\0" in content[:200] for content in members.values()):
        raise SyntaxError(_damaged())
    return members


def _unpacked(data: bytes, info: ZipInfo, most: int) -> bytes:
    """Return the content of the file *info* in the archive *data*. Raises SyntaxError if it has more than *most* bytes.

    The sizes that an archive declares may be wrong, so that they only refuse; unpacking stops at the limit.
    """
    begun = info.header_offset + _LOCAL_HEADER
    lengths = data[begun - 4 : begun]
    start = begun + int.from_bytes(lengths[:2], "little") + int.from_bytes(lengths[2:], "little")
    packed = data[start : start + info.compress_size]
    most = min(most, max(SMALL_MEMBER, LARGEST_RATIO * len(packed)))
    if info.file_size > most:
        raise SyntaxError(_too_large())
    if info.flag_bits & 1 or info.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
        raise SyntaxError(_damaged())
    if info.compress_type == ZIP_STORED:
        content = packed
    else:
        try:
            content = zlib.decompressobj(wbits=-zlib.MAX_WBITS).decompress(packed, most + 1)
        except zlib.error as error:
            raise SyntaxError(_damaged()) from error
    if len(content) > most:
        raise SyntaxError(_too_large())
    if zlib.crc32(content) != info.CRC:
        raise SyntaxError(_damaged())
    return content


def _cells_only(sheet: bytes) -> bytes:
    """Return the XML of a *sheet* with nothing but its cells, and which are merged; b"" if it has none.

    Pictures, rules and links need files that were left out, and a merged range of all cells would fill the memory.
    """
    root, data = _ROOT.match(sheet), _DATA.search(sheet)
    if not root or not data:
        return b""
    name = data[1]
    end = data.end() if data[2] else sheet.rfind(b"</" + name + b">")
    cells = sheet[data.start() : end] + (b"" if data[2] else b"</" + name + b">")
    prefix = root[3] or b""
    room = MOST_MERGED
    merged = []
    for first, top, last, bottom in _MERGED.findall(sheet, data.end()):
        size = (int(bottom) - int(top) + 1) * (_column_number(last) - _column_number(first) + 1)
        if int(top) and 0 < size <= room:
            room -= size
            merged.append(b"<%bmergeCell ref='%b%b:%b%b'/>" % (prefix, first, top, last, bottom))
    ranges = b"<%bmergeCells>%b</%bmergeCells>" % (prefix, b"".join(merged), prefix) if merged else b""
    return b"%b%b%b%b</%bworksheet>" % (root[1] or b"", root[2], cells, ranges, prefix)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + letter - ord("A") + 1
    return number


def _damaged() -> str:
    return _("a damaged spreadsheet; open it, save it anew, or export the sheet as CSV")


def _too_large() -> str:
    return _("a spreadsheet that is too large; export the sheet as CSV")
