"""Tables as text: headings in several languages, days that stand once, broken quotation marks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kzfest.core.errors import UnknownFormatError
from kzfest.programme.files import AS_THE_FILE_SAYS, ImportOptions
from kzfest.programme.importing import tabular
from kzfest.programme.importing.assembly import ImportedProgramme
from kzfest.programme.importing.entries import Cost
from kzfest.programme.importing.recognition import reading_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kzfest.programme.importing.entries import Entry, Reading

DATA = Path(__file__).parents[3] / "data"


def read(text: str, **options: Any) -> Reading:
    """Return what the table *text* has."""
    found = tabular.read(text, ImportOptions(**options))
    assert found
    return found


def times_of(text: str, **options: Any) -> list[tuple[Any, ...]]:
    """Return the titles, starts, ends and venues in *text*."""
    return [
        (
            entry.title,
            None if entry.start is None else entry.start.isoformat(),
            None if entry.end is None else entry.end.isoformat(),
            entry.place and entry.place.name,
        )
        for entry in read(text, **options).entries
    ]


def only(text: str, **options: Any) -> Entry:
    """Return the only entry in *text*."""
    (entry,) = read(text, **options).entries
    return entry


def refusal(text: str, **options: Any) -> str:
    """Return the sentence that refuses *text*."""
    with pytest.raises(SyntaxError) as found:
        tabular.read(text, ImportOptions(**options))
    return str(found.value)


@pytest.mark.parametrize(
    "headings",
    [
        *("Title,Date,Start,End,Room", "Subject,Start Date,Start Time,End Time,Location", "Name,Day,From,To,Venue"),
        *("Titel,Datum,Beginn,Ende,Raum", "Titre,Date,Début,Fin,Salle", "Título,Fecha,Inicio,Fin,Lugar"),
        *("Titolo,Data,Inizio,Fine,Luogo", "Название,Дата,Начало,Окончание,Место", "Атауы,Күні,Басталуы,Аяқталуы,Орны"),
        *("Назва,Дата,Початок,Кінець,Місце", " Session Title ,Event_Date,START TIME:,End  Time,Room (hall)"),
        *("Vortrag,Tag,Uhrzeit,bis,Bühne", "Название / Title,Дата / Date,Начало / Start,Конец / End,Зал / Hall"),
    ],
)
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_headings_in_any_language(headings: str, separator: str) -> None:
    text = f"{headings}\nOpera,2026-05-03,19:00,21:00,Saran\nBallet,2026-05-03,22:00,01:00,Saran\n"

    assert times_of(text.replace(",", separator)) == [
        ("Opera", "2026-05-03T19:00:00", "2026-05-03T21:00:00", "Saran"),
        ("Ballet", "2026-05-03T22:00:00", "2026-05-04T01:00:00", "Saran"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_encodings(encoding: str) -> None:
    data = "Название;Дата;Время;Место\r\nОпера;3.5.2026;19:00;Театр\r\n".encode(encoding)

    found = reading_of(data, file="table.csv", options=AS_THE_FILE_SAYS)

    assert isinstance(found, ImportedProgramme)
    ((_values, event),) = found.events()
    assert (event.title["ru"], event.showings[0].start.isoformat()) == ("Опера", "2026-05-03T19:00:00+00:00")


def test_language_by_the_letters() -> None:
    text = "Name,Date,Time\n{},2026-05-03,19:00\n{},2026-05-04,19:00\n{},2026-05-05,19:00\n"

    def languages(*titles: str) -> list[str]:
        found = reading_of(text.format(*titles).encode(), file="table.csv", options=AS_THE_FILE_SAYS)
        assert isinstance(found, ImportedProgramme)
        return [found.head.language, *(key for _values, event in found.events() for key in event.title)]

    assert languages("Опера", "Күй", "Jazz") == ["ru", "ru", "kk", "ru"]
    assert languages("Opera", "Күй", "Jazz") == ["en", "en", "kk", "en"]
    assert languages("Ән кеші", "Күй", "Концерт") == ["kk", "kk", "kk", "kk"]


def test_cinemas_with_halls_of_the_same_name() -> None:
    text = "date,heure,film,cinema,salle\n2026-05-03,19:00,Aa,Bobine,Salle 1\n2026-05-03,19:00,Bb,Lux,Salle 1\n"
    assert [place for *_rest, place in times_of(text)] == ["Salle 1, Bobine", "Salle 1, Lux"]


def test_title_above_the_headings_and_days_that_stand_once() -> None:
    text = (
        "Sommerfest 2025;;;\n;;;\nTag;Beginn;Titel;Ort\n"
        "Sa 5.7.;10:00;Yoga;Wiese\n;23:00;Disco;Zelt\n;0:30;Bar;Zelt\nSo 6.7.;9 Uhr;Chor;\n"
    )

    found = read(text)

    assert found.festival.title == "Sommerfest 2025"
    assert found.remarks == ["1 entry after midnight stands under the day before"]
    assert [start for _title, start, _end, _venue in times_of(text)] == [
        *("2025-07-05T10:00:00", "2025-07-05T23:00:00", "2025-07-06T00:30:00", "2025-07-06T09:00:00"),
    ]


def test_days_in_rows_of_their_own() -> None:
    text = "start,title\nFriday 3 May 2019,\n10:00,A\n11:00,B\nSaturday,\n10:00,C\n"

    assert [start for _title, start, _end, _venue in times_of(text)] == [
        *("2019-05-03T10:00:00", "2019-05-03T11:00:00", "2019-05-04T10:00:00")
    ]


def test_weekdays_are_counted_from_the_day_above() -> None:
    text = '"Open Air, 3–5 May 2019"\nday,time,act,stage\nFriday,20:00,The Foos,Main\nSunday,14:00-15:00,Folk,Tent\n'

    assert times_of(text) == [
        ("The Foos", "2019-05-03T20:00:00", None, "Main"),
        ("Folk", "2019-05-05T14:00:00", "2019-05-05T15:00:00", "Tent"),
    ]
    assert read(text).remarks == ["days without a date are counted from 2019-05-03"]


def test_days_without_a_date_are_refused() -> None:
    assert refusal("day,time,title\nFriday,20:00,A\n") == (
        "no row says on which date; write the first day above the columns, such as '2026-05-03'"
    )


def test_day_and_month_by_consecutive_days() -> None:
    found = read("Title,Date\nA,5/3/2019\nB,5/4/2019\nC,5/5/2019\n")

    assert [str(entry.start) for entry in found.entries] == ["2019-05-03", "2019-05-04", "2019-05-05"]
    assert found.remarks == [
        "'5/3/2019' is read as 2019-05-03, because the days then follow each other; if not, give --dates day-first"
    ]


def test_day_and_month_by_option_or_not_at_all() -> None:
    text = "Title,Date\nA,5/3/2019\nB,5/3/2019\n"

    assert [str(only_day.start) for only_day in read(text, month_first=False).entries] == ["2019-03-05"] * 2
    assert [str(only_day.start) for only_day in read(text, month_first=True).entries] == ["2019-05-03"] * 2
    assert refusal(text) == "'5/3/2019' can be two days; say which with --dates day-first or --dates month-first"


def test_cell_in_a_message_is_short_and_on_one_line() -> None:
    text = f'title,start\nA,"1/2/2026\n{"x" * 50}"\n'

    assert refusal(text) == (
        f"'1/2/2026 {'x' * 31}…' can be two days; say which with --dates day-first or --dates month-first"
    )


def test_days_after_the_last_one_are_none() -> None:
    text = "day,time,title\n9999-12-31,23:00,A\n,01:00,B\nFri,10:00,C\nSun,10:00,D\n31 Dec 9999,25:00,E\n"

    assert [str(entry.start) for entry in read(text).entries] == [
        "9999-12-31 23:00:00",
        "None",
        "9999-12-31 10:00:00",
        "None",
        "None",
    ]


def test_google_calendar_has_the_month_first() -> None:
    text = (
        "Subject,Start Date,Start Time,End Date,End Time,All Day Event,Description,Location\n"
        "Days,05/03/2019,,05/04/2019,,True,,\n"
        "Outlook's,05/03/2019,12:00 AM,05/04/2019,12:00 AM,True,,\n"
        "Night,05/03/2019,10:00 PM,05/03/2019,01:00 AM,False,,Bar\n"
        "Hours,05/03/2019,4:00 PM,05/05/2019,4:00 PM,True,,\n"
    )

    assert times_of(text) == [
        ("Days", "2019-05-03", "2019-05-04", None),
        ("Outlook's", "2019-05-03", "2019-05-03", None),
        ("Night", "2019-05-03T22:00:00", "2019-05-04T01:00:00", "Bar"),
        ("Hours", "2019-05-03T16:00:00", "2019-05-05T16:00:00", None),
    ]
    assert read(text).remarks == ["1 entry is marked as all day but has hours; the hours count"]


def test_sched() -> None:
    text = (
        "event_key,active,name,event_start,event_end,event_type,event_subtype,description,goers,venue,speakers,moderators,id\n"
        '243,Y,Bread,2019-05-03 10:00:00,2019-05-03 11:00:00,Food,Hot,<p>Dough</p>,7,EMC I,"Ada B., PhD, Bo C.",Cy,f3\n'
        "244,Y,Butter,2019-05-03 TBA,2019-05-03 TBA,,,,0,,,,f4\n"
        "245,N,Draft,2019-05-03 12:00:00,2019-05-03 13:00:00,,,,0,,,,f5\n"
    )

    found = read(text)
    bread, butter = found.entries

    assert (bread.keys, bread.kind, bread.tags) == ({"code": "243", "id": "f3"}, "Food", ("Hot",))
    assert [(person.name, person.role) for person in bread.people] == [
        *(("Ada B., PhD", None), ("Bo C.", None), ("Cy", "moderator"))
    ]
    assert (butter.title, butter.start) == ("Butter", None)
    assert found.remarks == [
        "left out 1 row that is not active",
        "1 entry is undated, because its time cannot be read: '2019-05-03 TBA'",
        "ignored the columns goers; to use one, name it with --columns",
    ]


def test_sessionize() -> None:
    text = (
        "Session Id,Title,Status,Room,Scheduled At,Scheduled Duration\n"
        "1,Rust,Accepted,Hall A,3 May 2026 10:00 AM,45\n2,Go,Declined,,,\n3,C,Nominated,Hall B,3 May 2026 2:00 PM,45\n"
    )

    assert times_of(text) == [("Rust", "2026-05-03T10:00:00", "2026-05-03T10:45:00", "Hall A")]
    assert read(text).remarks == ["left out 2 rows that are not active"]


@pytest.mark.parametrize(
    ("headings", "cells", "start"),
    [
        ("start", "2026-05-03 10:00 CEST", "2026-05-03 10:00:00+02:00"),
        ("start,time zone", "2026-05-03 10:00,GMT+5", "2026-05-03 10:00:00+05:00"),
        ("start (UTC+5)", "2026-05-03 10:00", "2026-05-03 10:00:00+05:00"),
        ("start (CEST)", "2026-05-03 10:00", "2026-05-03 10:00:00+02:00"),
        ("start (hall)", "2026-05-03 10:00", "2026-05-03 10:00:00"),
        ("start", "2026-05-03 10:00:00 -0400", "2026-05-03 10:00:00-04:00"),
    ],
)
def test_time_zone_of_a_cell_a_row_or_a_heading(headings: str, cells: str, start: str) -> None:
    found = read(f"title,{headings}\nA,{cells}\n")

    assert ([str(entry.start) for entry in found.entries], found.remarks) == ([start], [])


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        (
            "title,start\nA,2026-05-03 10:00 CST\n",
            "unknown time zones: 'CST'; their times count as local, or as --zone says",
        ),
        (
            "title,date,start\nA,2026-05-03,11:00\nB,2026-05-03,1:00\n",
            "no hour is after 12:59, so 1:00 may mean 13:00; write the hours up to 24, or with p.m.",
        ),
        (
            "title,date,start\nA,3 May 2026,10.5\nB,3 May 2026,11\n",
            "the time of 1 entry was read only in part: '3 May 2026 10.5'",
        ),
        (
            "title,date,start\nA,Monday 3 May 2026,10:00\n",
            "1 date is on another weekday than the table says; the date counts",
        ),
        ("title,start,duration\nA,2026-05-03 10:00,2\n", "the lengths were read as hours, because all are so small"),
        (
            "title,date,time,time\nA,2026-05-03,10:00,11:00\n",
            "ignored the columns time; to use one, name it with --columns",
        ),
    ],
)
def test_what_may_be_meant_otherwise_is_told(text: str, remark: str) -> None:
    assert read(text).remarks == [remark]


@pytest.mark.parametrize(
    ("hours", "shown"),
    [
        *(("9:00 AM,1:00", "09:00-13:00"), ("2:00 PM,3:30", "14:00-15:30"), ("10pm,2", "22:00-02:00")),
        *(("11am-1,", "11:00-13:00"), ("9:30-11,", "09:30-11:00"), ("11am,1am", "11:00-01:00")),
    ],
)
def test_end_without_its_half_of_the_day(hours: str, shown: str) -> None:
    entry = only(f"title,date,start,end\nA,2026-05-03,{hours}\n")

    assert f"{entry.start:%H:%M}-{entry.end:%H:%M}" == shown


def test_entry_until_the_next_day_is_told() -> None:
    assert read("title,date,start,end\nA,2026-05-03,9,5\nB,2026-05-03,22:00,4:00\n").remarks == [
        "1 entry lasts more than 12 hours, until the next day; look at its end"
    ]


def test_days_in_both_orders_are_refused() -> None:
    text = "title,start\nA,13/05/2026\nB,05/14/2026\nC,05/06/2026\n"

    assert refusal(text) == "'05/06/2026' can be two days; say which with --dates day-first or --dates month-first"


def test_hours_with_am_or_pm_are_not_doubted() -> None:
    assert read("title,date,time\nA,2026-05-03,9–10am\nB,2026-05-03,1 a.m.\n").remarks == []


@pytest.mark.parametrize(
    ("lengths", "ends"),
    [
        (("45", "1,5 Std."), ("10:45", "11:30")),
        (("1.5", "2"), ("11:30", "12:00")),
        (("10", "5"), ("10:10", "10:05")),
        (("2", "1"), ("12:00", "11:00")),
    ],
)
def test_numbers_as_lengths(lengths: Sequence[str], ends: Sequence[str]) -> None:
    text = "title;start;duration\n" + "".join(f"A;2026-05-03 10:00;{length}\n" for length in lengths)

    assert [str(entry.end)[11:16] for entry in read(text).entries] == list(ends)


def test_length_in_the_unit_of_its_heading() -> None:
    assert str(only("title,start,duration (hours)\nA,2026-05-03 10:00,8\n").end) == "2026-05-03 18:00:00"


def test_day_of_the_title_may_be_read_both_ways() -> None:
    assert refusal("Programme of 5/3/2026\ntitle,time\nA,10:00\n") == (
        "'Programme of 5/3/2026' can be two days; say which with --dates day-first or --dates month-first"
    )


def test_rooms_with_similar_names_are_different_venues() -> None:
    data = b"title,start,room\nA,2026-05-03 10:00,EMC I\nB,2026-05-03 10:00,EMC II\nC,2026-05-03 12:00,emc  ii\n"

    found = reading_of(data, file="table.csv", options=AS_THE_FILE_SAYS)

    assert isinstance(found, ImportedProgramme)
    assert [venue.name["en"] for venue in found.venues.values()] == ["EMC I", "EMC II"]


@pytest.mark.parametrize(
    ("columns", "cells", "field", "value"),
    [
        ("room,venue", "Hall 1,Fair", "place", "Hall 1, Fair"),
        ("language", "English / Қазақша", "languages", ("en", "kk")),
        ("track", "Art", "tracks", ("Art",)),
        ("status", "abgesagt", "status", "cancelled"),
        ("cancelled", "x", "status", "cancelled"),
        ("age", "16+", "age", 16),
        ("organizer", "Ada <ada@example.org>", "organiser", "Ada"),
        ("url", "https://a.example/", "url", "https://a.example/"),
        ("end", "2026-05-01", "end", None),
        ("end", "09:00", "end", "2026-05-04 09:00:00"),
        ("end", "10:00", "end", "2026-05-03 10:00:00"),
        ("duration", "00hr:50min", "end", "2026-05-03 10:50:00"),
        ("duration", "1.5", "end", "2026-05-03 11:30:00"),
    ],
)
def test_field(columns: str, cells: str, field: str, value: object) -> None:
    found = getattr(only(f"title,start,{columns}\nA,2026-05-03 10:00,{cells}\n"), field)

    shown = found.name if field == "place" else str(found) if field == "end" and found else found
    assert shown == value


@pytest.mark.parametrize(
    ("columns", "cells", "names"),
    [
        ("speakers", "Ada B.; Bo C., Uni", ["Ada B.", "Bo C., Uni"]),
        ("speakers", '"Ada B.\nBo C."', ["Ada B.", "Bo C."]),
        ("speakers", '"Ada B., Bo C. <bo@example.org>"', ["Ada B.", "Bo C."]),
        ("Person 1,Person 2", '"Ada B., Uni",Bo C.', ["Ada B., Uni", "Bo C."]),
    ],
)
def test_persons(columns: str, cells: str, names: list[str]) -> None:
    entry = only(
        f"title\tstart\t{columns.replace(',', chr(9))}\nA\t2026-05-03 10:00\t" + cells.replace('",', '"\t') + "\n"
    )

    assert [person.name for person in entry.people] == names


@pytest.mark.parametrize(
    "text",
    [
        "Day,Time Start,Time End,Titel,Teilnehmer\n27/12/26,2:00 p.m.,3:30 p.m.,Rye,Ada B.\n",
        "day,start_hour,end_hour,persons,title\n2026-12-27,14,15:30,Ada B.,Rye\n",
        "id,title,date,time,mins,people1,people2\n1,Rye,2026-12-27,14:00,90,Ada B.,\n",
    ],
)
def test_headings_of_hours_and_persons(text: str) -> None:
    assert times_of(text) == [("Rye", "2026-12-27T14:00:00", "2026-12-27T15:30:00", None)]
    assert [person.name for person in only(text).people] == ["Ada B."]


def test_texts_by_language_and_units_in_headings() -> None:
    entry = only("Title (EN),Title (RU),Start (UTC),Price (EUR)\nConcert,Концерт,2026-05-03 10:00,10\n")

    assert (entry.title, str(entry.start)) == ({"en": "Concert", "ru": "Концерт"}, "2026-05-03 10:00:00+00:00")
    assert entry.cost == Cost(text="10 EUR")


def test_rows_with_one_key_are_one_event() -> None:
    data = b"id,title,start\n7,A,2026-05-03 10:00\n7,A,2026-05-04 10:00\n"

    found = reading_of(data, file="table.csv", options=AS_THE_FILE_SAYS)

    assert isinstance(found, ImportedProgramme)
    ((_values, event),) = found.events()
    assert len(event.showings) == 2


def test_hours_of_several_days_and_several_times() -> None:
    text = 'date,title,time\n3–4 May 2019,Show,10:00-18:00\n4 May 2019,Tour,"10:00, 14:00"\n'

    assert [(title, start, end) for title, start, end, _venue in times_of(text)] == [
        ("Show", "2019-05-03T10:00:00", "2019-05-03T18:00:00"),
        ("Show", "2019-05-04T10:00:00", "2019-05-04T18:00:00"),
        ("Tour", "2019-05-04T10:00:00", None),
        ("Tour", "2019-05-04T14:00:00", None),
    ]


@pytest.mark.parametrize(
    ("when", "days"),
    [
        *(("5–7 May 2026", "5-7"), ("May 5 to 7, 2026", "5-7"), ("с 5 по 7 мая 2026", "5-7"), ("5.–7.5.2026", "5-7")),
        *(("5. bis 7. Mai 2026", "5-7"), ("du 5 au 7 mai 2026", "5-7"), ("5-7.05.2026", "5-7")),
        *(("5 → 7 May 2026", "5-7"), ("5 and 6 May 2026", "5 6"), ("5, 6, 7 мая 2026", "5 6 7")),
        *(("5./6. Mai 2026", "5 6"), ("les 5 et 6 mai 2026", "5 6"), ("5 и 12 мая 2026", "5 12")),
    ],
)
def test_several_days_in_a_cell(when: str, days: str) -> None:
    found = [
        str(entry.start.day) + (f"-{entry.end.day}" if entry.end else "")
        for entry in read(f"title;when\nA;{when}\n").entries
        if entry.start
    ]

    assert " ".join(found) == days


@pytest.mark.parametrize(
    ("when", "hours"),
    [
        *(("3 mai 2026 à 19h30", "19:30"), ("3 May 2026 → 19:00", "19:00"), ("3.5.2026 bis 19 Uhr", "")),
        *(("3.5.2026 Einlass 18:00, Beginn 19:00", "19:00"), ("3 May 2026 doors 7pm show 8pm", "20:00")),
        ("5 и 6 мая 2026, 19:00", "19:00 19:00"),
    ],
)
def test_which_hour_is_the_start(when: str, hours: str) -> None:
    found = [
        f"{entry.start:%H:%M}" for entry in read(f"title;when\nA;{when}\n").entries if hasattr(entry.start, "hour")
    ]

    assert " ".join(found) == hours


def test_columns_that_the_user_names() -> None:
    text = "Was,Anpfiff,Raum\nA,2026-05-03 10:00,X\nB,2026-05-03 11:00,X\n"

    assert times_of(text, columns=(("begin", "anpfiff"),))[0] == ("A", "2026-05-03T10:00:00", None, "X")
    assert refusal(text) == (
        "no column says when; the columns are Was, Anpfiff, Raum; name one, as with --columns start=Beginn"
    )
    assert refusal(text, columns=(("start", "Abpfiff"),)) == (
        "no column is called 'Abpfiff'; the columns are Was, Anpfiff, Raum"
    )
    assert refusal(text, columns=(("referee", "Anpfiff"),)).startswith(
        "'referee' is not a field of a table; the fields are title, subtitle, summary, day, start, "
    )
    assert refusal("Kern,Beginn\n1,10:00\n2,11:00\n") == (
        "no column has the titles; the columns are Kern, Beginn; name one, as with --columns title=Was"
    )


def test_index_of_pandas_and_rows_without_a_title() -> None:
    found = read(",Unnamed: 0.1,title,start,room\n0,0,A,2026-05-03 10:00:00,X\n1,1,,2026-05-03 11:00:00,X\n")

    assert ([entry.title for entry in found.entries], found.remarks) == (["A"], ["left out 1 row without a title"])


def test_table_of_markdown() -> None:
    text = "| Day | Time | Session |\n|---|:-:|---|\n| Fri 3 May 2019 | 10:00 | Opening |\n"

    assert times_of(text) == [("Opening", "2019-05-03T10:00:00", None, None)]


def test_broken_quotation_marks_lose_no_other_row() -> None:
    text = 'title,start\n"A "loud" one,2026-05-03 10:00\nB,2026-05-03 11:00\n"C, 2026-05-03 12:00\nD,2026-05-03 13:00\n'

    found = read(text)

    assert [(entry.title, str(entry.start)[11:16]) for entry in found.entries] == [
        *(('A loud" one', "10:00"), ("B", "11:00"), ("C", "12:00"), ("D", "13:00"))
    ]
    assert found.remarks == ["1 line has a quotation mark too few or too many; look at its entry"]


def test_cell_of_several_lines_is_one() -> None:
    assert only('title,start,text\nA,2026-05-03 10:00,"one, ""two""\n\nthree"\n').summary == ("", 'one, "two"\n\nthree')


@pytest.mark.parametrize(
    "text",
    [
        *("", "\n", "just words\nand more\n", "a: 1, b\nc: 2, d\ne: 3, f\n", "title, start\n"),
        *("# title, start, end\nprogramme:\n  id: x\n", "---\nevents: []\n", "\n\n'programme': {title: x, start: y}\n"),
    ],
)
def test_what_is_no_table(text: str) -> None:
    found = tabular.read(text, AS_THE_FILE_SAYS)

    assert found is None or found.entries == []


@pytest.mark.parametrize("file", sorted(DATA.glob("*.yaml")), ids=lambda file: file.name)
def test_our_own_format_is_no_table(file: Path) -> None:
    text = file.read_text(encoding="utf-8")

    assert tabular.read(text, AS_THE_FILE_SAYS) is None
    assert tabular.read("\n# title, start\n" + text, AS_THE_FILE_SAYS) is None


HEADER = b"title,start,end\n"


@pytest.mark.parametrize(
    "data",
    [
        *(b"," * 3_000_000, HEADER + b'"' * 300_000, HEADER + b'a","b\n' * 3_000, HEADER + b"\n" * 3_000_000),
        *(
            HEADER + (b'"a\n' + b"x,2025-01-01 10:00,\n" * 498) * 4,
            HEADER + b"x," + b"1:00 " * 60_000,
            b"\n" * 3_000_000,
        ),
        *(
            HEADER + b"x," + b"9" * 300_000 + b",\n",
            HEADER + b",\n" * 300_000,
            HEADER + b"\0\x1b[31m\xe2\x80\xa8,\n" * 9,
        ),
    ],
    ids=range(10),
)
def test_hostile_tables_end(data: bytes) -> None:
    try:
        found = reading_of(data, file="table.csv", options=AS_THE_FILE_SAYS)
    except UnknownFormatError as error:
        assert "\n" not in str(error)
    else:
        assert list(found.events()) is not None
