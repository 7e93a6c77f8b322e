"""Spreadsheets: what their cells say, which sheet is read, and archives that are built to do harm."""

from __future__ import annotations

import subprocess
import sys
import zlib
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from kzfest.core.errors import UnknownFormatError
from kzfest.programme.files import AS_THE_FILE_SAYS, ImportOptions
from kzfest.programme.importing import spreadsheet
from kzfest.programme.importing.recognition import reading_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kzfest.programme.importing.entries import Reading

UNREAD = "{}, which kzfest does not read; look for a calendar (.ics), a schedule.xml or a table"
HEADINGS = ["Titel", "Datum", "Beginn", "Dauer", "Ort"]


def saved(workbook: Workbook) -> bytes:
    """Return the file of *workbook*."""
    data = BytesIO()
    workbook.save(data)
    return data.getvalue()


def workbook_of(*rows: Sequence[Any]) -> Workbook:
    """Return a workbook with *rows* in its only sheet."""
    workbook = Workbook()
    for row in rows:
        workbook.worksheets[0].append(row)
    return workbook


def read(data: bytes, **options: Any) -> Reading:
    """Return what the spreadsheet *data* has."""
    return spreadsheet.read(data, ImportOptions(**options))


def refusal(data: bytes) -> str:
    """Return the sentence that refuses *data*, after the name of the file."""
    with pytest.raises(UnknownFormatError) as found:
        reading_of(data, file="sheet.xlsx", options=AS_THE_FILE_SAYS)
    return str(found.value).removeprefix("sheet.xlsx: ")


def changed(data: bytes, **contents: bytes) -> bytes:
    """Return the spreadsheet *data* with other *contents* of sheet1, sharedStrings or styles."""
    new = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(new, "w", ZIP_DEFLATED) as archive:
        for info in old.infolist():
            name = info.filename.rpartition("/")[2].removesuffix(".xml")
            archive.writestr(info.filename, contents.get(name, old.read(info)))
    return new.getvalue()


def test_dates_times_numbers_and_lengths() -> None:
    workbook = workbook_of(
        HEADINGS,
        ["Cells", date(2026, 5, 3), time(9, 0), timedelta(minutes=50), "Saal"],
        ["Serial numbers", 46145, 0.375, 45, "Saal"],
        ["Texts", "3. Mai 2026", "9.00 Uhr", "1:30", "Saal"],
        ["A moment", datetime.fromisoformat("2026-05-03T08:59:59.999"), None, None, 101],
        ["Midnight", datetime.fromisoformat("2026-05-03"), time(0, 0), None, None],
        ["A day", date(2026, 5, 3), None, None, None],
    )

    found = read(saved(workbook))

    assert [
        (entry.title, str(entry.start), str(entry.end), entry.place and entry.place.name) for entry in found.entries
    ] == [
        ("Cells", "2026-05-03 09:00:00", "2026-05-03 09:50:00", "Saal"),
        ("Serial numbers", "2026-05-03 09:00:00", "2026-05-03 09:45:00", "Saal"),
        ("Texts", "2026-05-03 09:00:00", "2026-05-03 10:30:00", "Saal"),
        ("A moment", "2026-05-03 09:00:00", "None", "101"),
        ("Midnight", "2026-05-03 00:00:00", "None", None),
        ("A day", "2026-05-03", "None", None),
    ]


def test_serial_numbers_since_1904() -> None:
    workbook = workbook_of(HEADINGS, ["A", 44683, time(9, 0), None, None])
    workbook.epoch = datetime.fromisoformat("1904-01-01")

    assert [str(entry.start) for entry in read(saved(workbook)).entries] == ["2026-05-03 09:00:00"]


def test_title_groups_of_columns_and_merged_cells() -> None:
    workbook = workbook_of(
        ["Dorffest", None, None, None, "Vortragende", None],
        [None],
        ["Ort", "Datum", "Uhrzeit", "Titel", 1, 2],
        ["Saal", date(2026, 5, 3), time(9, 0), "A", "Ada B., Uni", "Bo C."],
        [None, None, time(10, 0), "B", None, None],
    )
    sheet = workbook.worksheets[0]
    sheet.merge_cells("A1:D1")
    sheet.merge_cells("E2:F2")
    sheet.merge_cells("A4:A5")
    sheet.move_range("E1:E1", rows=1)

    found = read(saved(workbook))

    assert found.festival.title == "Dorffest"
    assert [(entry.title, str(entry.start), entry.place and entry.place.name) for entry in found.entries] == [
        ("A", "2026-05-03 09:00:00", "Saal"),
        ("B", "2026-05-03 10:00:00", "Saal"),
    ]
    assert [person.name for person in found.entries[0].people] == ["Ada B., Uni", "Bo C."]


def sheets_of(**sheets: Sequence[Sequence[Any]]) -> Workbook:
    """Return a workbook with *sheets* of rows; an underscore in a name is a blank."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name.replace("_", " "))
        for row in rows:
            sheet.append(row)
    return workbook


def test_all_sheets_with_known_headings_are_read_and_what_is_left_out_is_told() -> None:
    row = ["A", date(2026, 5, 3), time(9, 0), None, None]
    workbook = sheets_of(
        Guests=[["Speaker", "Hotel"], ["Ada B.", "Inn"]],
        Talks=[HEADINGS, row, ["B", "soon", None, None, None]],
        Old=[HEADINGS, row],
        Sheet4=[["title", "start"], ["C", datetime.fromisoformat("2026-05-03 10:00")]],
        Empty=[],
    )
    workbook["Old"].sheet_state = "hidden"

    found = read(saved(workbook))

    assert [(entry.title, entry.tracks) for entry in found.entries] == [("A", ("Talks",)), ("B", ("Talks",)), ("C", ())]
    assert found.remarks == [
        "Talks: 1 entry is undated, because its time cannot be read: 'soon'",
        "sheets left out, because no heading says what or when: Guests",
        "hidden sheets left out: Old",
    ]


def test_name_of_a_sheet_is_a_day_or_a_room() -> None:
    rows = [["Time", "Title"], ["22:00", "A"], ["00:30", "B"]]
    found = read(saved(sheets_of(**{"1_May_2026": rows, "Sat_-_Hall_A": rows, "Sunday": [*rows, ["", "C"]]})))

    assert [(entry.title, str(entry.start), entry.place and entry.place.name) for entry in found.entries] == [
        ("A", "2026-05-01 22:00:00", None),
        ("B", "2026-05-02 00:30:00", None),
        ("A", "2026-05-02 22:00:00", "Hall A"),
        ("B", "2026-05-03 00:30:00", "Hall A"),
        ("A", "2026-05-03 22:00:00", None),
        ("B", "2026-05-04 00:30:00", None),
        ("C", "None", None),
    ]


def test_weekday_of_a_sheet_counts_only_for_rows_without_a_day() -> None:
    rows = [["Start", "Title"], ["2026-05-01 22:00", "A"]]

    assert read(saved(sheets_of(Friday=rows))).remarks == []


def test_name_of_the_only_sheet_is_no_track() -> None:
    (entry,) = read(saved(sheets_of(Programme=[["Time", "Title"], ["2026-05-01 22:00", "A"]]))).entries

    assert entry.tracks == ()


def test_order_of_day_and_month_is_that_of_all_sheets() -> None:
    sheets = {"One": [["Date", "Title"], ["5/3/2026", "A"]], "Two": [["Date", "Title"], ["5/13/2026", "B"]]}

    found = read(saved(sheets_of(**sheets)))

    assert [str(entry.start) for entry in found.entries] == ["2026-05-03", "2026-05-13"]


def test_value_of_a_formula_is_the_one_that_was_saved() -> None:
    sheet = b"""<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
    <row r="1"><c r="A1" t="str"><v>Titel</v></c><c r="B1" t="str"><v>Datum</v></c></row>
    <row r="2"><c r="A2" t="str"><f>B9</f><v>A</v></c><c r="B2"><f>B1+1</f><v>46145</v></c></row>
    <row r="3"><c r="A3" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="B3"><v>46145</v></c></row>
    </sheetData><tableParts count="1"><tablePart r:id="rId1" xmlns:r="urn:x"/></tableParts></worksheet>"""

    found = read(changed(saved(workbook_of([1])), sheet1=sheet))

    assert [(entry.title, str(entry.start)) for entry in found.entries] == [("A", "2026-05-03")]


def test_sheet_without_times() -> None:
    assert refusal(saved(workbook_of(["Titel", "Raum"], ["A", "B"]))) == (
        "no column says when; the columns are Titel, Raum; name one, as with --columns start=Beginn"
    )


def test_without_openpyxl_one_sentence_says_how_to_get_it() -> None:
    code = (
        "import sys; sys.modules['openpyxl'] = None\n"
        "from kzfest.programme.files import AS_THE_FILE_SAYS\n"
        "from kzfest.programme.importing import spreadsheet\n"
        "try: spreadsheet.read(sys.stdin.buffer.read(), AS_THE_FILE_SAYS)\n"
        "except SyntaxError as error: print(error)\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", code], input=saved(workbook_of(HEADINGS)), capture_output=True, check=True
    )

    assert done.stdout.decode().strip() == (
        "a spreadsheet; to read it, install kzfest[xlsx], or export the sheet as CSV"
    )


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        (["mimetype", "content.xml"], "an OpenDocument file, such as .ods; save its table as .xlsx or CSV"),
        (["Index/Document.iwa"], "a file of Apple Numbers or Pages; export it from there as CSV or Excel"),
        (["xl/workbook.bin"], "a binary Excel file (.xlsb); save it as .xlsx or CSV"),
        (["word/document.xml"], UNREAD.format("Word (.docx)")),
        (["schedule.xml"], "an archive (zip); unpack it, and name the programme"),
    ],
)
def test_other_archives_are_named(names: list[str], sentence: str) -> None:
    data = BytesIO()
    with ZipFile(data, "w") as archive:
        for name in names:
            archive.writestr(name, "x")

    assert refusal(data.getvalue()) == sentence


def test_old_excel_file_is_named() -> None:
    assert refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)) == (
        "an Excel file that is old or has a password; save it as .xlsx without one, or as CSV"
    )


ROOT = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
DAMAGED = "a damaged spreadsheet; open it, save it anew, or export the sheet as CSV"
TOO_LARGE = "a spreadsheet that is too large; export the sheet as CSV"
PLAIN = saved(workbook_of(HEADINGS, ["A", date(2026, 5, 3), time(9, 0), None, None]))


def with_false_size(data: bytes, name: bytes) -> bytes:
    """Return *data* in which the file *name* declares a size of one byte."""
    at = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02"))
    while data[at + 46 : at + 46 + len(name)] != name:
        at = data.index(b"PK\x01\x02", at + 4)
    return data[: at + 24] + (1).to_bytes(4, "little") + data[at + 28 :]


def naming_sheet1(times: int) -> bytes:
    """Return the file of a workbook that names its only sheet *times* times."""
    names = "".join(f'<sheet name="{number}" sheetId="{number}" r:id="rId1"/>' for number in range(1, times + 1))
    return (
        '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        f"<sheets>{names}</sheets></workbook>"
    ).encode()


MANY_CELLS = ROOT + b"<sheetData><row>" + b"<c/>" * 50_000 + b"</row></sheetData></worksheet>"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (changed(PLAIN, sheet1=ROOT + b"<sheetData/>" + b" " * 10_000_000 + b"</worksheet>"), TOO_LARGE),
        (with_false_size(changed(PLAIN, sheet1=b" " * 10_000_000), b"xl/worksheets/sheet1.xml"), TOO_LARGE),
        (changed(PLAIN, sheet1=ROOT + b"<sheetData>" + b"<c/>" * 1_100_000 + b"</sheetData></worksheet>"), TOO_LARGE),
        (changed(PLAIN, styles=b"<styleSheet>" + b"<xf/>" * 110_000 + b"</styleSheet>"), TOO_LARGE),
        (
            changed(PLAIN, sheet1=b"<!DOCTYPE x [<!ENTITY a 'b'>]>" + ROOT + b"<sheetData>&a;</sheetData></worksheet>"),
            None,
        ),
        (changed(PLAIN, workbook=b"<!DOCTYPE x [<!ENTITY a 'b'>]><workbook>&a;</workbook>"), DAMAGED),
        (changed(PLAIN, workbook=naming_sheet1(501)), TOO_LARGE),
        (changed(PLAIN, workbook=naming_sheet1(500), sheet1=MANY_CELLS), DAMAGED),
        (changed(PLAIN, sheet1=b"<worksheet"), DAMAGED),
        (changed(PLAIN, workbook=b""), DAMAGED),
        (PLAIN[:-400], DAMAGED),
        (PLAIN[:40], DAMAGED),
        (PLAIN.replace(b"xl/worksheets/sheet1.xml", b"xl/worksheets/sheet1.xml" + bytes(9), 1), DAMAGED),
    ],
    ids=range(13),
)
def test_hostile_archives_are_refused(data: bytes, sentence: str | None) -> None:
    assert refusal(data) == (sentence or DAMAGED)


def test_too_many_files() -> None:
    data = BytesIO(PLAIN)
    with ZipFile(data, "a") as archive:
        for number in range(2_001):
            archive.writestr(f"xl/media/{number}", "")

    assert refusal(data.getvalue()) == "a spreadsheet of too many files; export the sheet as CSV"


def test_far_cells_and_huge_merged_ranges_cost_nothing() -> None:
    sheet = ROOT + (
        b"<sheetData><row r='1'><c r='A1' t='str'><v>Titel</v></c><c r='B1' t='str'><v>Datum</v></c></row>"
        b"<row r='2'><c r='A2' t='str'><v>A</v></c><c r='B2'><v>46145</v></c></row>"
        b"<row r='1048576'><c r='XFD1048576'><v>1</v></c></row></sheetData>"
        b"<mergeCells><mergeCell ref='A1:XFD1048576'/><mergeCell ref='A2:XFD2'/></mergeCells></worksheet>"
    )

    assert [entry.title for entry in read(changed(PLAIN, sheet1=sheet)).entries] == ["A"]


def test_sheet_that_has_two_names_is_read() -> None:
    assert [entry.title for entry in read(changed(PLAIN, workbook=naming_sheet1(2))).entries] == ["A", "A"]


def test_pictures_do_not_count() -> None:
    data = BytesIO(PLAIN)
    with ZipFile(data, "a", ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/big.bmp", bytes(80_000_000))

    assert len(read(data.getvalue()).entries) == 1
    assert len(zlib.compress(data.getvalue())) < 200_000
