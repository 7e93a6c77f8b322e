"""Calendar files as bytes, and what is read from those of others."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from unicodedata import category
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from kzfest.calendars.ics_reader import CalendarContents, ReadEntry, UnreadEntry, read_calendar
from kzfest.calendars.ics_writer import CalendarEntry, calendar, clean_lines, one_line
from kzfest.core.model import Location
from kzfest.programme.zones import known_zone

if TYPE_CHECKING:
    from collections.abc import Sequence

ALMATY = ZoneInfo("Asia/Almaty")
DAY = date(2023, 12, 16)
REVISED = date(2023, 11, 1)
FRAME = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//kzfest//kzfest//EN
CALSCALE:GREGORIAN
NAME:Fair
X-WR-CALNAME:Fair
{inside}END:VCALENDAR
"""
ALMATY_2023 = """\
BEGIN:VTIMEZONE
TZID:Asia/Almaty
BEGIN:STANDARD
DTSTART:20230101T000000
TZNAME:+06
TZOFFSETFROM:+0600
TZOFFSETTO:+0600
END:STANDARD
END:VTIMEZONE
"""


def entry(**fields: Any) -> CalendarEntry:
    """Return the entry of a whole day, but for *fields*."""
    usual: dict[str, Any] = {
        "uid": "tea@fair.kzfest.invalid",
        "summary": "Tea",
        "start": DAY,
        "end": DAY,
        "sequence": 0,
    }
    return CalendarEntry(**(usual | {"stamp": REVISED, "changed": REVISED} | fields))


def test_text_names_its_language_where_that_is_known() -> None:
    languages = {"summary": "kk", "location": "en", "description": "kk"}
    found = event_lines(entry(summary="Шай", location="Hall", description="Көк шай", note="Own", languages=languages))

    assert [line for line in found if "LANGUAGE" in line] == [
        "SUMMARY;LANGUAGE=kk:Шай",
        r"DESCRIPTION;LANGUAGE=kk:Own\nКөк шай",
        "LOCATION;LANGUAGE=en:Hall",
    ]
    assert [line for line in event_lines(entry(location="Hall", note="Own")) if "LANGUAGE" in line] == []


def at(text: str, zone: ZoneInfo = ALMATY) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def written(*entries: CalendarEntry, name: str = "Fair") -> bytes:
    return b"".join(calendar(entries, name))


def event_lines(*entries: CalendarEntry) -> list[str]:
    """Return the lines of the first event, unfolded."""
    inside = written(*entries).decode().replace("\r\n ", "").partition("BEGIN:VEVENT\r\n")[2]
    return inside.partition("END:VEVENT")[0].splitlines()


def values(found: Sequence[str], *names: str) -> dict[str, str]:
    """Return the properties of *names*, with their parameters, as they are written."""
    parts = [re.fullmatch(r"([A-Z-]+)([;:].*)", line) for line in found]
    return {each[1]: each[2] for each in parts if each and each[1] in names}


def bytes_of(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode()


def test_whole_days_are_free_and_end_on_the_day_after() -> None:
    inside = """\
BEGIN:VEVENT
SUMMARY:Tea
DTSTART;VALUE=DATE:20231216
DTEND;VALUE=DATE:20231218
DTSTAMP:20231101T000000Z
UID:tea@fair.kzfest.invalid
SEQUENCE:0
CATEGORIES:kzfest
LAST-MODIFIED:20231101T000000Z
STATUS:CONFIRMED
TRANSP:TRANSPARENT
X-MICROSOFT-CDO-BUSYSTATUS:FREE
END:VEVENT
"""

    assert written(entry(end=date(2023, 12, 17))) == bytes_of(FRAME.format(inside=inside))


def test_hours_stand_with_the_table_of_their_zone() -> None:
    given_ = entry(
        summary="Tea, and; more",
        start=at("2023-12-16T11:00"),
        end=at("2023-12-16T13:30"),
        stamp=at("2023-12-10T12:00:30.5"),
        changed=date(2023, 12, 9),
        sequence=3,
        location="Hall\n1 Main Street,  Astana",
        point=Location(latitude=51.1185, longitude=71.4697, accuracy="building"),
        description="Green, black; and Қазақ",
        url="https://example.org/a,b;c?d=e",
        must=True,
        note='Two lines:\n"C:\\New"',
        remind=timedelta(minutes=30),
    )
    inside = """\
BEGIN:VEVENT
SUMMARY:Tea\\, and\\; more
DTSTART;TZID=Asia/Almaty:20231216T110000
DTEND;TZID=Asia/Almaty:20231216T133000
DTSTAMP:20231210T060030Z
UID:tea@fair.kzfest.invalid
SEQUENCE:3
CATEGORIES:kzfest
DESCRIPTION:Two lines:\\n"C:\\\\New"\\nGreen\\, black\\; and Қазақ\\nhttps:/
 /example.org/a\\,b\\;c?d=e
GEO:51.1185;71.4697
LAST-MODIFIED:20231209T000000Z
LOCATION:Hall 1 Main Street\\, Astana
PRIORITY:1
STATUS:CONFIRMED
TRANSP:OPAQUE
URL:https://example.org/a,b;c?d=e
X-KZFEST-NOTE:Two lines:\\n"C:\\\\New"
BEGIN:VALARM
ACTION:DISPLAY
DESCRIPTION:Tea\\, and\\; more
TRIGGER:-PT30M
END:VALARM
END:VEVENT
"""

    assert written(given_) == bytes_of(FRAME.format(inside=ALMATY_2023 + inside))


def test_calendar_without_entries_is_a_frame() -> None:
    assert written() == bytes_of(FRAME.format(inside=""))


def test_name_is_one_line_of_text() -> None:
    found = written(name=" Fair,\nthe 2nd; \\New\u2028").decode().splitlines()

    assert found[4:6] == [r"NAME:Fair\, the 2nd\; \\New", r"X-WR-CALNAME:Fair\, the 2nd\; \\New"]


@pytest.mark.parametrize(
    ("summary", "line"),
    [
        ("", "SUMMARY:tea"),
        (" \n\u2028\u00a0", "SUMMARY:tea"),
        ("\x00\x1b\x9f", "SUMMARY:tea"),
        (" Green\r\ntea\u2029\tnow ", "SUMMARY:Green tea now"),
        ("a\x00b\x7fc\x85d", "SUMMARY:abc d"),
        ("lone \ud800 half", "SUMMARY:lone  half"),
        ("C:\\New\\new", r"SUMMARY:C:\\New\\new"),
        ("\\,\\;\\n", r"SUMMARY:\\\,\\\;\\n"),
        ("BEGIN:VEVENT\r\nATTENDEE:x", "SUMMARY:BEGIN:VEVENT ATTENDEE:x"),
    ],
)
def test_summary_is_one_line_of_letters(summary: str, line: str) -> None:
    assert event_lines(entry(summary=summary))[0] == line


@pytest.mark.parametrize(
    ("status", "summary", "written_status"),
    [
        ("scheduled", ":Tea", ":CONFIRMED"),
        ("cancelled", ":CANCELLED: Tea", ":CANCELLED"),
        ("postponed", ":Tea", ":TENTATIVE"),
    ],
)
def test_status_is_told(status: str, summary: str, written_status: str) -> None:
    found = values(event_lines(entry(status=status)), "SUMMARY", "STATUS")

    assert found == {"SUMMARY": summary, "STATUS": written_status}


@pytest.mark.parametrize(
    ("parts", "description"),
    [
        ({}, None),
        ({"note": " \n "}, None),
        ({"description": " a \n\n b "}, r":a\n\nb"),
        ({"note": "n", "description": "d", "url": "https://e.org"}, r":n\nd\nhttps://e.org"),
        ({"url": "https://e.org"}, ":https://e.org"),
        ({"note": "a\r\nb\rc\u2028d\x0be"}, r":a\nb\nc\nd\ne"),
    ],
)
def test_description_is_note_words_and_link(parts: dict[str, str], description: str | None) -> None:
    found = values(event_lines(entry(**parts)), "DESCRIPTION")

    assert found == ({"DESCRIPTION": description} if description else {})


def test_whole_day_reminds_in_its_morning() -> None:
    found = written(entry(remind=timedelta(minutes=30))).decode()

    assert found.partition("BEGIN:VALARM\r\n")[2].splitlines()[:4] == [
        "ACTION:DISPLAY",
        "DESCRIPTION:Tea",
        "TRIGGER:PT9H",
        "END:VALARM",
    ]


@pytest.mark.parametrize(
    ("moment", "line"),
    [
        ("2023-12-16T11:00", ";TZID=Asia/Almaty:20231216T110000"),
        ("2024-02-29T22:59", ";TZID=Asia/Almaty:20240229T225900"),
        ("2024-02-29T23:00", ":20240229T170000Z"),
        ("2024-02-29T23:59", ":20240229T175900Z"),
        ("2024-03-01T00:00", ";TZID=Asia/Almaty:20240301T000000"),
    ],
)
def test_moment_in_an_hour_that_happens_twice_is_in_utc(moment: str, line: str) -> None:
    found = event_lines(entry(start=at(moment), end=at("2024-03-02T12:00")))

    assert values(found, "DTSTART") == {"DTSTART": line}


def test_second_of_two_hours_is_in_utc_too() -> None:
    second = at("2024-02-29T23:30").replace(fold=1)

    found = event_lines(entry(start=second, end=at("2024-03-02T12:00")))

    assert values(found, "DTSTART") == {"DTSTART": ":20240229T183000Z"}


def test_hour_that_the_clocks_jump_over_is_the_one_after_it() -> None:
    berlin = ZoneInfo("Europe/Berlin")

    found = event_lines(entry(start=at("2026-03-29T02:30", berlin), end=at("2026-03-29T05:00", berlin)))

    assert values(found, "DTSTART") == {"DTSTART": ";TZID=Europe/Berlin:20260329T033000"}


def test_tables_are_those_of_zones_and_years_in_use() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    entries = [
        entry(start=at("2025-06-01T12:00", berlin), end=at("2025-06-01T13:00", berlin)),
        entry(),
        entry(start=at("2023-12-31T23:00"), end=at("2024-01-01T01:00")),
        entry(start=at("2025-12-01T12:00"), end=at("2025-12-01T13:00")),
    ]

    found = [line.partition("BEGIN:VEVENT")[0] for line in [written(*entries).decode().replace("\r\n", " ")]]
    starts = re.findall(r"TZID:(\S+)|DTSTART:(\d{8}T\d{6}) TZNAME:(\S+)", found[0])

    assert ["".join(each) for each in starts] == [
        "Asia/Almaty",
        "20230101T000000+06",
        "20240301T000000+05",
        "Europe/Berlin",
        "20250101T000000CET",
        "20250330T020000CEST",
        "20251026T030000CET",
    ]


TEXTS = st.text(st.characters() | st.sampled_from('\\,;:"nN\n\r\t\x00\x07\x1f\x85\u2028 ҚәӨ🎄👩‍🚀שלוםعي'), max_size=200)
LONG = "Қазақстан, тәуелсіздік; 🎄 \\N " * 400
ZONES = st.sampled_from(["Asia/Almaty", "Asia/Qyzylorda", "Europe/Berlin", "America/New_York", "UTC"]).map(ZoneInfo)


@st.composite
def entries(draw: st.DrawFn) -> CalendarEntry:
    """Draw an entry with any texts, at any time."""
    if draw(st.booleans()):
        start = draw(st.dates(date(1991, 12, 16), date(2080, 1, 1)))
        when = {"start": start, "end": start + timedelta(days=draw(st.integers(0, 60)))}
    else:
        moment = draw(st.datetimes(datetime(2019, 1, 1), datetime(2031, 1, 1), timezones=ZONES))  # noqa: DTZ001  # with zones
        moment = moment.replace(microsecond=0)
        length = timedelta(seconds=draw(st.integers(1, 10**6)))
        when = {"start": moment, "end": (moment.astimezone(UTC) + length).astimezone(moment.tzinfo)}
    return entry(
        **when,
        summary=draw(TEXTS),
        location=draw(st.none() | TEXTS),
        description=draw(TEXTS),
        note=draw(st.none() | TEXTS),
        url=draw(st.none() | st.just("https://example.org/x,y;z")),
        status=draw(st.sampled_from(["scheduled", "cancelled", "postponed"])),
        remind=draw(st.none() | st.just(timedelta(minutes=30))),
        sequence=draw(st.integers(0, 10**6)),
        must=draw(st.booleans()),
    )


@given(entries())
@example(entry(summary=LONG, note=LONG, location=LONG, description="🎄" * 10_000))
@example(entry(location=" ", note="\x00", description="\n"))
@example(entry(summary="\\N", note="\\n", location="\\", description="\\\\N"))
def test_what_goes_in_comes_out(given_: CalendarEntry) -> None:
    parsed = Calendar.from_ical(written(given_))
    [event] = parsed.walk("VEVENT")
    found: Any = event

    prefix = "CANCELLED: " if given_.status == "cancelled" else ""
    told = "\n".join(part for part in (given_.note, given_.description, given_.url) if part)
    assert [each.errors for each in parsed.walk() if each.errors] == []
    assert str(found["SUMMARY"]) == prefix + (one_line(given_.summary) or "tea")
    assert str(found.get("LOCATION", "")) == one_line(given_.location or "")
    assert str(found.get("DESCRIPTION", "")) == clean_lines(told)
    assert (_instant(found.start), _instant(found.end)) == (_instant(given_.start), _instant(_excluded(given_.end)))
    assert read_calendar(written(given_), known_zone).entries == [
        ReadEntry(
            uid=given_.uid,
            summary=prefix + (one_line(given_.summary) or "tea"),
            start=found.start,
            end=found.end if isinstance(found.end, datetime) else given_.end,
            sequence=given_.sequence,
            cancelled=given_.status == "cancelled",
            must=given_.must,
            note=clean_lines(given_.note or "") or None,
            location=one_line(given_.location or "") or None,
        )
    ]


def _instant(when: date | datetime) -> date | float:
    return when.timestamp() if isinstance(when, datetime) else when


def _excluded(end: date | datetime) -> date | datetime:
    return end if isinstance(end, datetime) else end + timedelta(days=1)


@given(st.lists(entries(), max_size=3), TEXTS)
@example([entry(summary=LONG, note=LONG, location=LONG)], LONG)
@example([entry(description="a\tb")], "")
@settings(max_examples=settings().max_examples * 6 // 10)
def test_file_is_what_every_program_can_read(given_: list[CalendarEntry], name: str) -> None:
    data = written(*given_, name=name)

    physical = data.split(b"\r\n")
    logical = data.decode().replace("\r\n ", "").split("\r\n")
    names = {re.split("[:;]", line, maxsplit=1)[0] for line in logical}
    times = [line for line in logical if re.match("DT(START|END)", line) and line not in _zone_lines(logical)]
    assert not re.search(rb"[\r\n]", data.replace(b"\r\n", b""))
    assert physical[-1] == b""
    assert [line for line in physical if len(line) > 75] == []
    assert [line.decode() for line in physical]  # raises where a letter is split
    assert not names & {"METHOD", "ORGANIZER", "ATTENDEE", "DURATION"}
    plain = (line.replace("\t", " ") for line in logical)  # a tab is a space as any other (RFC 5545, 3.1)
    assert [line for line in plain if any(category(letter) == "Cc" for letter in line)] == []
    assert [line for line in logical if line != line.strip() or line == "SUMMARY:"] == []
    assert [
        line for line in times if not re.search(r"(;VALUE=DATE:\d{8}|;TZID=\w+/\w+:\d{8}T\d{6}|\d{6}Z)$", line)
    ] == []


def _zone_lines(logical: list[str]) -> list[str]:
    """Return the lines of the tables of zones, whose starts are by the clock."""
    if "BEGIN:VTIMEZONE" not in logical:
        return []
    last = max(number for number, line in enumerate(logical) if line == "END:VTIMEZONE")
    return logical[logical.index("BEGIN:VTIMEZONE") : last]


@given(TEXTS)
def test_no_letter_is_lost_on_the_way_to_a_line(text: str) -> None:
    letters = [each for each in text if not each.isspace() and category(each) not in {"Cc", "Cs"}]

    for found in (one_line(text), clean_lines(text)):
        assert [each for each in found if not each.isspace()] == letters
        assert found == found.strip()
    assert len(one_line(text).splitlines()) <= 1


THEIRS = """\
BEGIN:VEVENT
UID:a@x.kzfest.invalid
DTSTART;TZID=Asia/Almaty:20231216T110000
{rest}
END:VEVENT
"""


def _from(text: str) -> bytes:
    return bytes_of(f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:other\n{text}END:VCALENDAR\n")


@pytest.mark.parametrize(
    ("rest", "end"),
    [
        ("DTEND;TZID=Asia/Almaty:20231216T120000", "2023-12-16T12:00"),
        ("DTEND:20231216T060000Z", "2023-12-16T12:00"),
        ("DURATION:PT1H", "2023-12-16T12:00"),
        ("DURATION:P1D", "2023-12-17T11:00"),
        ("SUMMARY:no end", "2023-12-16T11:00"),
    ],
)
def test_end_is_read_however_it_is_written(rest: str, end: str) -> None:
    [found] = read_calendar(_from(THEIRS.format(rest=rest)), known_zone).entries

    assert (found.start, found.end) == (at("2023-12-16T11:00"), at(end))


@pytest.mark.parametrize(
    ("rest", "end"),
    [
        ("DTEND;VALUE=DATE:20231218", date(2023, 12, 17)),
        ("DURATION:P3D", date(2023, 12, 18)),
        ("SUMMARY:no end", DAY),
        ("DTEND;VALUE=DATE:20231216", DAY),
        ("DTEND;VALUE=DATE:20231201", DAY),
    ],
)
def test_last_of_whole_days_is_read(rest: str, end: date) -> None:
    text = THEIRS.format(rest=rest).replace(";TZID=Asia/Almaty:20231216T110000", ";VALUE=DATE:20231216")

    [found] = read_calendar(_from(text), known_zone).entries

    assert (found.start, found.end) == (DAY, end)


@pytest.mark.parametrize(
    ("start", "moment"),
    [
        (":20231216T050000Z", "2023-12-16T05:00+00:00"),
        (":20231216T110000", "2023-12-16T11:00"),
        (";TZID=Europe/Berlin:20231216T060000", "2023-12-16T06:00+01:00"),
        (";TZID=Central Asia Standard Time:20231216T110000", "2023-12-16T11:00+06:00"),
        (";TZID=/own/Almaty:20231216T110000", "2023-12-16T11:00+06:00"),
        (";TZID=/freeassociation.sourceforge.net/Europe/Berlin:20231216T060000", "2023-12-16T06:00+01:00"),
        (";TZID=/citadel.org/1_1/America/Argentina/Salta:20231216T020000", "2023-12-16T02:00-03:00"),
    ],
)
def test_start_has_the_zone_that_it_names_if_any(start: str, moment: str) -> None:
    zone = ALMATY_2023.replace("Asia/Almaty", "/own/Almaty")
    text = zone + THEIRS.format(rest="DURATION:PT1H").replace(";TZID=Asia/Almaty:20231216T110000", start)

    [found] = read_calendar(_from(text), known_zone).entries

    assert found.start == datetime.fromisoformat(moment)


def test_zone_that_nobody_knows_could_be_any() -> None:
    text = THEIRS.format(rest="SUMMARY:Tea").replace("Asia/Almaty", "Mars/Base")

    assert read_calendar(_from(text), known_zone) == CalendarContents(
        [], [UnreadEntry("a@x.kzfest.invalid", "Tea", "its start, its end or its time zone cannot be read")]
    )


def _own_zone(observances: int, rule: str) -> str:
    """Return the table of a zone that only its file knows, with so many changes to summer time and back."""
    parts = [
        f"BEGIN:{kind}\nDTSTART:{1900 + number}0101T000000\nTZOFFSETFROM:+0{before}00\nTZOFFSETTO:+0{after}00\n{rule}"
        f"END:{kind}\n"
        for number in range(observances)
        for kind, before, after in (("DAYLIGHT", 1, 2), ("STANDARD", 2, 1))
    ]
    return f"BEGIN:VTIMEZONE\nTZID:/own/Almaty\n{''.join(parts)}END:VTIMEZONE\n"


@pytest.mark.parametrize(
    "table",
    [
        _own_zone(1, "RRULE:FREQ=SECONDLY\n"),
        _own_zone(1, "RRULE:FREQ=YEARLY;BYHOUR=1,2,3;BYSECOND=1,2,3\n"),
        _own_zone(1, f"RDATE:{','.join(['20231216T000000'] * 1_000)}\n"),
        _own_zone(100, ""),
        _own_zone(10, "RRULE:FREQ=YEARLY;BYMONTH=1;BYDAY=1SU\n"),
    ],
    ids=["secondly", "many-an-hour", "dates", "observances", "rules"],
)
def test_table_that_would_take_long_to_ask_is_refused(table: str) -> None:
    text = table + THEIRS.format(rest="SUMMARY:Tea").replace("Asia/Almaty", "/own/Almaty")

    with pytest.raises(ValueError, match=r"^a line in it cannot be read$"):
        read_calendar(_from(text), known_zone)


@pytest.mark.parametrize(
    "rest", ["X-A:a\n" * 150_000, "CATEGORIES:" + "a," * 150_000 + "a", "X-A" + ";A=1" * 150_000 + ":a"]
)
def test_entry_without_an_end_is_refused(rest: str) -> None:
    with pytest.raises(ValueError, match=r"^its entries of kzfest have 1500\d\d values; the limit is 150000$"):
        read_calendar(_from(THEIRS.format(rest=rest)), known_zone)


def test_what_is_not_ours_may_be_long() -> None:
    others = "BEGIN:VEVENT\nUID:x\n" + "X-A:a\n" * 150_000 + "END:VEVENT\n"
    known = ALMATY_2023 * 10_000

    [found] = read_calendar(_from(known + others + THEIRS.format(rest="SUMMARY:Tea")), known_zone).entries

    assert found.start == at("2023-12-16T11:00")


@pytest.mark.parametrize(
    ("line", "note"),
    [
        (r"X-KZFEST-NOTE:a\, b\; c\nd \\New", "a, b; c\nd \\New"),
        (r"X-KZFEST-NOTE;VALUE=TEXT:a\, b\; c\nd \\New", "a, b; c\nd \\New"),
        (r"X-KZFEST-NOTE;LANGUAGE=en:a\, b", "a, b"),
        ("X-KZFEST-NOTE;VALUE=X-OTHER:a\\, b", "a, b"),
        ("X-KZFEST-NOTE:a\nX-KZFEST-NOTE:b", "a"),
        ("X-KZFEST-NOTE;VALUE=DATE:20231216", None),
        ("X-KZFEST-NOTE;VALUE=BINARY;ENCODING=BASE64:AAAA", None),
        ("X-OTHER:a", None),
    ],
)
def test_note_is_read_as_it_was(line: str, note: str | None) -> None:
    [found] = read_calendar(_from(THEIRS.format(rest=line)), known_zone).entries

    assert found.note == note


@pytest.mark.parametrize(
    ("lines_", "summary", "location"),
    [
        ("SUMMARY:Tea\\, two\nLOCATION:Here", "Tea, two", "Here"),
        ("SUMMARY:Tea\nSUMMARY:Coffee\nLOCATION:Here\nLOCATION:There", "Tea", "Here"),
        ("SUMMARY;VALUE=DATE:20231216\nLOCATION;VALUE=INTEGER:7", "", None),
        ("SUMMARY;VALUE=X-OTHER:Tea\\, two", "Tea, two", None),
    ],
)
def test_text_is_the_first_that_is_one(lines_: str, summary: str, location: str | None) -> None:
    [found] = read_calendar(_from(THEIRS.format(rest=lines_)), known_zone).entries

    assert (found.summary, found.location) == (summary, location)


@pytest.mark.parametrize(
    ("line", "sequence", "must"),
    [
        ("SEQUENCE:7\nPRIORITY:1", 7, True),
        ("SEQUENCE:many\nPRIORITY:5", 0, False),
        ("SEQUENCE:2\nSEQUENCE:3", 0, False),
        ("SEQUENCE:-5", 0, False),
        ("X-OTHER:a", 0, False),
    ],
)
def test_numbers_are_read_where_they_are_some(line: str, sequence: int, must: bool) -> None:  # noqa: FBT001
    [found] = read_calendar(_from(THEIRS.format(rest=line)), known_zone).entries

    assert (found.sequence, found.must) == (sequence, must)


@pytest.mark.parametrize(
    "text",
    [
        "BEGIN:VEVENT\nUID:a@x.kzfest.invalid\nSUMMARY:no start\nEND:VEVENT\n",
        "BEGIN:VEVENT\nDTSTART;VALUE=DATE:20231216\nSUMMARY:no UID\nEND:VEVENT\n",
        "BEGIN:VEVENT\nUID:a@x.kzfest.invalid\nDTSTART:soon\nEND:VEVENT\n",
        THEIRS.format(rest="RECURRENCE-ID:20231216T050000Z"),
        "BEGIN:VTODO\nUID:a@x\nDTSTART;VALUE=DATE:20231216\nEND:VTODO\n",
        "BEGIN:VEVENT\nUID:a@x.kzfest.invalid\nDTSTART;VALUE=DATE:99991231\nEND:VEVENT\n",
        "BEGIN:VEVENT\nUID:a@x.kzfest.invalid\nDTSTART;VALUE=DATE:00010101\nDTEND;VALUE=DATE:00010101\nEND:VEVENT\n",
        "BEGIN:VEVENT\nUID;VALUE=DATE;X-OF=kzfest.invalid:20231216\nDTSTART;VALUE=DATE:20231216\nEND:VEVENT\n",
        "",
    ],
)
def test_what_says_nothing_of_ours_is_passed_over(text: str) -> None:
    assert read_calendar(_from(text), known_zone).entries == []


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n\n",
        b"hello\n",
        b"%PDF-1.7\n",
        b"BEGIN:VCARD\r\nFN:x\r\nEND:VCARD\r\n",
        b"BEGIN:VEVENT\r\nUID:x\r\nEND:VEVENT\r\n",
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n",
        b"\xff\xfe\x00B",
        "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n".encode("utf-16"),
        _from(THEIRS.format(rest="X-OTHER;VALUE=TEXT,X:a")),
    ],
)
def test_what_is_no_calendar_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # icalendar's, or ours
        read_calendar(data, known_zone)


def test_calendar_that_is_too_large_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^it is 17 MB; the limit is 16 MB$"):
        read_calendar(_from("X-A:x\n").ljust(17 * 1024 * 1024), known_zone)


@given(st.data())
@settings(max_examples=settings().max_examples * 3 // 2)
def test_damaged_calendar_is_read_or_refused(data: st.DataObject) -> None:
    whole = written(
        entry(note="a, b", remind=timedelta(hours=1)), entry(start=at("2023-12-16T11:00"), end=at("2023-12-16T12:00"))
    )
    position = data.draw(st.integers(0, len(whole)))
    cut = data.draw(st.integers(0, 60))
    instead = data.draw(st.binary(max_size=8) | st.sampled_from([b"9999999999", b"\r\n", b":", b"00000000", b"-P1D"]))

    try:
        found = read_calendar(whole[:position] + instead + whole[position + cut :], known_zone).entries
    except ValueError:
        return

    assert len(found) <= 2
