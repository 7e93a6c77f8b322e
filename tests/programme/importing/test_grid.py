"""Timetables: hours down the side or across the top, days or rooms on the other, titles inside."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook

from kzfest.programme.files import AS_THE_FILE_SAYS
from kzfest.programme.importing import spreadsheet, tabular

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kzfest.programme.importing.entries import Entry, Reading


def shown(entries: Sequence[Entry]) -> list[tuple[Any, ...]]:
    """Return the titles, starts, ends and venues of *entries*."""
    return [
        (entry.title, str(entry.start), str(entry.end), entry.place.name if entry.place else None) for entry in entries
    ]


def read(text: str) -> Reading:
    """Return what the table *text* has."""
    found = tabular.read(text, AS_THE_FILE_SAYS)
    assert found
    return found


def in_sheet(*rows: Sequence[object], merged: Sequence[str] = (), name: str = "Sheet") -> Reading:
    """Return what a spreadsheet with *rows* and *merged* cells has."""
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = name
    for row in rows:
        sheet.append(row)
    for area in merged:
        sheet.merge_cells(area)
    data = BytesIO()
    workbook.save(data)
    return spreadsheet.read(data.getvalue(), AS_THE_FILE_SAYS)


def test_hours_by_days() -> None:
    found = read(
        'Dance camp\n;Fri 1 May 2026;Sat 2 May\n10:00;Yoga;Run\n22:00;;Ball\n00:30;Bar;"Night walk\nwith torches"\n'
    )

    assert found.festival.title == "Dance camp"
    assert shown(found.entries) == [
        ("Yoga", "2026-05-01 10:00:00", "None", None),
        ("Bar", "2026-05-02 00:30:00", "None", None),
        ("Run", "2026-05-02 10:00:00", "None", None),
        ("Ball", "2026-05-02 22:00:00", "None", None),
        ("Night walk", "2026-05-03 00:30:00", "None", None),
    ]
    assert found.entries[-1].summary == ("", "with torches")
    assert found.remarks == ["2 entries after midnight stand under the day before"]


def test_hours_by_rooms_with_days_in_rows_of_their_own() -> None:
    found = read(
        "Friday 1 May 2026,,\nTime,Hall A,Hall B\n10:00-11:00,Opening,-\n11:00 – 12:30,Talk,10:30 Film\n"
        "Saturday 2 May,,\nTime,Hall A,Hall B\n9.30,Tea,\nwhere not said: foyer,,\n"
    )

    assert shown(found.entries) == [
        ("Opening", "2026-05-01 10:00:00", "2026-05-01 11:00:00", "Hall A"),
        ("Talk", "2026-05-01 11:00:00", "2026-05-01 12:30:00", "Hall A"),
        ("10:30 Film", "2026-05-01 11:00:00", "2026-05-01 12:30:00", "Hall B"),
        ("Tea", "2026-05-02 09:30:00", "None", "Hall A"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Day,Time,End,Track 1,Track 2\n1 May 2026,10:00,10:45,A,\n,11:00,,,B\n",
        ",,1 May 2026,\n,Start,Track 1,Track 2\n,10:00-10:45,A,\n,11:00,,B\n",
        "1 May 2026\n,10:00-10:45,11:00\nTrack 1,A,\nTrack 2,,B\n",
    ],
    ids=["a column of days", "days above", "hours across the top"],
)
def test_tracks_and_where_the_day_may_stand(text: str) -> None:
    assert [(*each, entry.tracks) for entry in read(text).entries for each in shown([entry])] == [
        ("A", "2026-05-01 10:00:00", "2026-05-01 10:45:00", None, ("Track 1",)),
        ("B", "2026-05-01 11:00:00", "None", None, ("Track 2",)),
    ]


def test_days_over_rooms() -> None:
    found = read("Grid,Fri 1 May 2026,,Sat 2 May 2026,\nTime,Hall A,Hall B,Hall A,Hall B\n10:00,A,B,C,D\n11:00,,,,E\n")

    assert [(title, start[:10], venue) for title, start, _end, venue in shown(found.entries)] == [
        ("A", "2026-05-01", "Hall A"),
        ("B", "2026-05-01", "Hall B"),
        ("C", "2026-05-02", "Hall A"),
        ("D", "2026-05-02", "Hall B"),
        ("E", "2026-05-02", "Hall B"),
    ]


def test_merged_cells_end_when_the_next_row_begins_and_are_in_no_single_room() -> None:
    found = in_sheet(
        ["Time", "Hall A", "Hall B", "Hall C"],
        ["10:00", "Opening", None, None],
        ["10:30", "Workshop", "Talk", None],
        ["11:00", None, None, "Film"],
        ["11:30", "Party", None, "Quiz"],
        [None, None, "Encore", None],
        merged=["B2:D2", "B3:B4", "B5:B6", "D5:D6"],
        name="1 May 2026",
    )

    assert shown(found.entries) == [
        ("Opening", "2026-05-01 10:00:00", "None", None),
        ("Workshop", "2026-05-01 10:30:00", "2026-05-01 11:30:00", "Hall A"),
        ("Talk", "2026-05-01 10:30:00", "None", "Hall B"),
        ("Film", "2026-05-01 11:00:00", "None", "Hall C"),
        ("Party", "2026-05-01 11:30:00", "None", "Hall A"),
        ("Quiz", "2026-05-01 11:30:00", "None", "Hall C"),
        ("Encore", "None", "None", "Hall B"),
    ]


def test_cell_merged_over_days_is_on_each() -> None:
    found = in_sheet(
        [None, "1 May 2026", "2 May 2026"],
        ["10:00-12:00", "Fair", None],
        ["12:00-12:30", None, "Draw"],
        merged=["B2:C2"],
    )

    assert shown(found.entries) == [
        ("Fair", "2026-05-01 10:00:00", "2026-05-01 12:00:00", None),
        ("Fair", "2026-05-02 10:00:00", "2026-05-02 12:00:00", None),
        ("Draw", "2026-05-02 12:00:00", "2026-05-02 12:30:00", None),
    ]


def test_numbers_are_hours_below_a_heading_that_says_so() -> None:
    assert [
        start for _title, start, _end, _venue in shown(read("1 May 2026\nTime,Hall A,Hall B\n9,A,\n10,B,C\n").entries)
    ] == [*("2026-05-01 09:00:00", "2026-05-01 10:00:00", "2026-05-01 10:00:00")]


def test_sheet_of_a_room() -> None:
    found = in_sheet(["", "1 May 2026"], ["10:00", "A"], ["11:00", "B"], name="Hall A")

    assert [venue for _title, _start, _end, venue in shown(found.entries)] == ["Hall A", "Hall A"]


def test_hours_after_noon_without_pm_and_titles_with_a_time() -> None:
    found = read("2 May 2026\n,Main Stage,Tent\n11:00-12:30,A,\n12:30-1:30,B,12:45 Folk\n1:30-2:30,,1:45-2:15 | Jazz\n")

    assert shown(found.entries) == [
        ("A", "2026-05-02 11:00:00", "2026-05-02 12:30:00", "Main Stage"),
        ("B", "2026-05-02 12:30:00", "2026-05-02 13:30:00", "Main Stage"),
        ("Folk", "2026-05-02 12:45:00", "None", "Tent"),
        ("Jazz", "2026-05-02 13:45:00", "2026-05-02 14:15:00", "Tent"),
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "Time,Janson,Ferrer\n10:00,A,B\n11:00,C,D\n",
            (
                "no column has the titles; the columns are Time, Janson, Ferrer; name one, as with --columns title=Was;"
                " if they are rooms, begin their names with a word such as Room"
            ),
        ),
        (
            "Time,Room 1,Room 2\n10:00,A,B\n11:00,C,D\n",
            "no row says on which date; write the first day above the columns, such as '2026-05-03'",
        ),
    ],
    ids=["names that may be anything", "no day"],
)
def test_what_is_not_surely_a_timetable(text: str, sentence: str) -> None:
    with pytest.raises(SyntaxError) as found:
        tabular.read(text, AS_THE_FILE_SAYS)
    assert str(found.value) == sentence
