"""Calendars in iCalendar, with the traps of real files."""

from __future__ import annotations

from datetime import UTC, date, datetime
from textwrap import dedent
from typing import TYPE_CHECKING, Any

import pytest
import recurring_ical_events  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from kzfest.core.recurrence import REPEATS_AT_MOST
from kzfest.programme.files import ImportOptions
from kzfest.programme.importing import ics
from kzfest.programme.importing.assembly import ImportedProgramme
from kzfest.programme.importing.recognition import reading_of

if TYPE_CHECKING:
    from kzfest.core.model import Event
    from kzfest.programme.importing.entries import Entry

CONCERT = """
    UID:7@hall.example
    DTSTART;TZID=Europe/Berlin:20260105T190000
    DTEND;TZID=Europe/Berlin:20260105T210000
    SUMMARY:Choir\\, open
"""
BERLIN = "X-WR-TIMEZONE:Europe/Berlin"


def calendar(*events: str, head: str = "") -> str:
    """Return a calendar with *events*, given by their lines."""
    inside = "".join(f"BEGIN:VEVENT\n{dedent(each).strip()}\nEND:VEVENT\n" for each in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{dedent(head).strip()}\n{inside}END:VCALENDAR\n"


def read(text: str | bytes, **options: Any) -> ImportedProgramme:
    """Return the programme in *text*."""
    found = reading_of(
        text if isinstance(text, bytes) else text.encode(), file="x.ics", options=ImportOptions(**options)
    )
    assert isinstance(found, ImportedProgramme)
    return found


def events_of(text: str | bytes, **options: Any) -> list[Event]:
    """Return the events in *text*."""
    return [event for _values, event in read(text, **options).events()]


def event_of(*events: str, head: str = "", **options: Any) -> Event:
    """Return the only event of a calendar with *events*."""
    (event,) = events_of(calendar(*events, head=head), **options)
    return event


def hours_of(event: Event) -> list[tuple[str, str | None]]:
    """Return the starts and ends of the showings of *event*."""
    return [(each.start.isoformat(), each.end.isoformat() if each.end else None) for each in event.showings]


def starts_of(event: Event) -> list[str]:
    """Return the starts of the showings of *event*, to the minute, without offset."""
    return [each.start.isoformat()[:16] for each in event.showings]


def remarks_of(text: str, **options: Any) -> tuple[str, ...]:
    """Return what is told about reading *text*."""
    programme = read(text, **options)
    assert list(programme.events()) is not None
    return tuple(programme.report().remarks)


def test_an_event_with_all_its_fields() -> None:
    programme = read(
        calendar(
            CONCERT
            + r"""
    DESCRIPTION:Bring a friend\; the hall is <b>large</b>.\nSee https://hall.example/7?a&#x3D\;b
    LOCATION:Hall 2\, Main Street 5\, Berlin
    GEO:52.5;13.4
    CATEGORIES:Music,Choirs
    CATEGORIES:Open
    ORGANIZER;CN="City; Hall":mailto:someone@hall.example
    ATTENDEE;CN=Ada B.;ROLE=CHAIR:invalid:nomail
    ATTENDEE;CN=person@mail.example:mailto:person@mail.example
    ATTENDEE:tel:+7-701-000-00-00
    ATTENDEE;CN=Room 5;CUTYPE=ROOM:mailto:room@hall.example
    ATTENDEE;CN=Bo C.;PARTSTAT=DECLINED:mailto:bo@mail.example
    CONTACT:Jim\, +1-919-555-1234
    URL:https://hall.example/event?a=1&amp;b=2
    ATTACH;FILENAME=Poster:https://hall.example/poster.pdf
    ATTACH;FMTTYPE=image/png:https://hall.example/choir.png
    ATTACH;ENCODING=BASE64;VALUE=BINARY:AAAA
    CONFERENCE;VALUE=URI;LABEL=Stream:https://stream.example/7
    STATUS:TENTATIVE
    SEQUENCE: 3
    CREATED:00001229T000000Z
    LAST-MODIFIED:20251230T101112Z
    BEGIN:VALARM
    DESCRIPTION:Wake up
    END:VALARM"""
        )
    )

    ((values, _event),) = programme.events()

    assert values == {
        "id": "choir-open-mtxc",
        "title": {"en": "Choir, open"},
        "category": "music",
        "summary": {"en": "Bring a friend; the hall is large.\nSee https://hall.example/7?a=b"},
        "tags": ["Choirs", "Open"],
        "venue": "hall-2",
        "url": "https://hall.example/event?a=1&b=2",
        "image": "https://hall.example/choir.png",
        "organiser": {"en": "City; Hall"},
        "people": [{"name": {"en": "Ada B."}, "role": {"en": "chair"}}],
        "details": [
            {"label": {"en": "Poster"}, "value": {"en": "https://hall.example/poster.pdf"}},
            {"label": {"en": "Stream"}, "value": {"en": "https://stream.example/7"}},
        ],
        "notes": {"en": "Not confirmed yet.", "kk": "Әлі расталмаған.", "ru": "Пока не подтверждено."},
        "revision": "3",
        "changed": "2025-12-30",
        "start": "2026-01-05T19:00+01:00",
        "end": "2026-01-05T21:00+01:00",
    }
    assert dict(programme.values("venues")) == {
        "hall-2": {
            "id": "hall-2",
            "name": {"en": "Hall 2"},
            "address": {"en": "Main Street 5, Berlin"},
            "location": {"latitude": "52.5", "longitude": "13.4", "accuracy": "approximate"},
        }
    }


@pytest.mark.parametrize(
    ("head", "title", "zone"),
    [
        ("X-WR-CALNAME;CHARSET=UTF-8:City\nX-WR-TIMEZONE:Asia/Almaty", "City", "Asia/Almaty"),
        ("NAME:City\nVTIMEZONE: Europe/Rome", "City", "Europe/Rome"),
        ("X-WR-CALDESC:City 2026\nTIMEZONE-ID:Asia/Almaty", "City 2026", "Asia/Almaty"),
        ("", "x", "Europe/Berlin"),
        ("BEGIN:VTIMEZONE\nTZID:Omsk\nX-LIC-LOCATION:Asia/Omsk\nEND:VTIMEZONE", "x", "Asia/Omsk"),
    ],
)
def test_the_title_and_the_zone_of_a_calendar(head: str, title: str, zone: str) -> None:
    found = read(calendar(CONCERT, head=head)).head

    assert (found.title, found.timezone) == ({"en": title}, zone)


@pytest.mark.parametrize(
    "text",
    [
        "<!--\n" + calendar(CONCERT) + "-->",
        calendar(CONCERT).replace("\n", "\r\n"),
        calendar(CONCERT).replace("\n", "\r\r\n"),
        calendar(CONCERT).replace("\n", "\n\n"),
        calendar(CONCERT).replace("open", "o\n\tpen"),
        calendar(CONCERT).replace("open", "o\n\n pen"),
        calendar(CONCERT).replace("SUMMARY:", "summary: "),
        calendar(CONCERT).replace("BEGIN:VEVENT", "begin:vevent"),
        calendar(CONCERT).replace("SUMMARY", "BEGIN:VALARM\nTRIGGER:-PT5M\nSUMMARY:Wake\nEND:VALARM\nSUMMARY"),
    ],
)
def test_lines_may_be_written_in_many_ways(text: str) -> None:
    (event,) = events_of(text)

    assert (event.title, hours_of(event)) == (
        {"en": "Choir, open"},
        [("2026-01-05T19:00:00+01:00", "2026-01-05T21:00:00+01:00")],
    )


@pytest.mark.parametrize(
    ("description", "text"),
    [
        (r"<b>One</b>\ntwo\n\nthree", "One\ntwo\n\nthree"),
        (r"One\ntwo<br/><br/>three\n<br>four<br>\nfive", "One\ntwo\n\nthree\nfour\nfive"),
        (r"<i>One</i>\n<b>two</b>\n<ul>\n<li>three</li>\n<li>four</li>\n</ul>", "One\ntwo\n\n- three\n- four"),
        (r"Kind: talk\nRoom: 5\n<p>One\ntwo</p>\nWith:\nAda", "Kind: talk\nRoom: 5\n\nOne two\n\nWith:\nAda"),
        (r"<p>One\ntwo\n\nthree<p>four\nfive", "One two\n\nthree\n\nfour five"),
    ],
)
def test_line_breaks_beside_tags_count_outside_marked_paragraphs(description: str, text: str) -> None:
    assert event_of(f"{CONCERT}    DESCRIPTION:{description}").summary == {"en": text}


def test_a_text_may_have_line_breaks_that_are_not_escaped() -> None:
    event = event_of(CONCERT + "    DESCRIPTION:First\n    Speaker: Ada\n    - an item\n    URL:https://hall.example/")

    assert (event.summary, event.url) == ({"en": "First\nSpeaker: Ada\n- an item"}, "https://hall.example/")


@pytest.mark.parametrize(
    ("times", "hours"),
    [
        ("DTSTART:20260105T190000Z\nDTEND:20260105T190000Z", ("2026-01-05T20:00:00+01:00", None)),
        ("DTSTART:20260105T190000", ("2026-01-05T19:00:00+01:00", None)),
        ("DTSTART:20260105T190000\nDURATION:PT189M", ("2026-01-05T19:00:00+01:00", "2026-01-05T22:09:00+01:00")),
        ("DTSTART:20260105T190000\nDURATION:-PT5M", ("2026-01-05T19:00:00+01:00", None)),
        ("DTSTART:20260105T190000\nDTEND;VALUE=DATE:20260106", ("2026-01-05T19:00:00+01:00", None)),
        ("DTSTART;VALUE=DATE:20260105\nDTEND;VALUE=DATE:20260107", ("2026-01-05", "2026-01-06")),
        ("DTSTART;VALUE=DATE:20260105\nDTEND;VALUE=DATE:20260105", ("2026-01-05", "2026-01-05")),
        ("DTSTART;VALUE=DATE:20260105\nDURATION:P2D", ("2026-01-05", "2026-01-06")),
        ("DTSTART;VALUE=DATE:20260105", ("2026-01-05", "2026-01-05")),
        ("DTSTART;VALUE=DATE:20260105T000000", ("2026-01-05", "2026-01-05")),
        (
            "DTSTART;VALUE=DATE:20260105T183000\nDTEND;VALUE=DATE:20260106T000000",
            ("2026-01-05T18:30:00+01:00", "2026-01-06T00:00:00+01:00"),
        ),
        (
            "DTSTART;VALUE=DATE:20260105T000000\nDTEND;VALUE=DATE:20260105T010000",
            ("2026-01-05T00:00:00+01:00", "2026-01-05T01:00:00+01:00"),
        ),
        ("DTSTART;VALUE=DATE:20260105\nDTEND:20260108T000000Z", ("2026-01-05", "2026-01-07")),
        ("DTSTART;VALUE=DATE:20260105\nDTEND:20260105T000000", ("2026-01-05", "2026-01-05")),
        ("DTSTART:20260105T190000\nSUMMARY=A", ("2026-01-05T19:00:00+01:00", None)),
        ("DTSTART;TZID=W. Europe Standard Time:20260105T190000", ("2026-01-05T19:00:00+01:00", None)),
        ("DTSTART;TZID=/mozilla.org/20050126_1/Europe/Berlin:20260105T190000", ("2026-01-05T19:00:00+01:00", None)),
        ("DTSTART;TZID=(UTC+01:00) No city:20260105T190000", ("2026-01-05T19:00:00+01:00", None)),
        ('DTSTART;TZID="(GMT+10:00) Canberra, Melbourne":20260105T190000', ("2026-01-05T19:00:00+11:00", None)),
        ('DTSTART;TZID="(UTC-05:00) Eastern Time (US & Canada)":20260105T190000', ("2026-01-05T19:00:00-05:00", None)),
        ("DTSTART;TZID=(UTC+05:00) Astana:20260105T190000", ("2026-01-05T19:00:00+05:00", None)),
        ("DTSTART;TZID=UTC+11:20260105T190000", ("2026-01-05T19:00:00+11:00", None)),
        ("DTSTART;TZID=GMT-0330:20260105T190000", ("2026-01-05T19:00:00-03:30", None)),
        ("DTSTART;TZID=Russia Time Zone 3:20260105T190000", ("2026-01-05T19:00:00+04:00", None)),
        (
            "DTSTART;TZID=Europe/Berlin:20260328T230000\nDURATION:PT6H",
            ("2026-03-28T23:00:00+01:00", "2026-03-29T06:00:00+02:00"),
        ),
    ],
)
def test_when_an_event_takes_place(times: str, hours: tuple[str, str | None]) -> None:
    assert hours_of(event_of(f"SUMMARY:A\n{times}", head=BERLIN)) == [hours]


def test_a_zone_that_the_calendar_defines_is_one_with_the_same_times() -> None:
    definition = """
        BEGIN:VTIMEZONE
        TZID:Camp time
        BEGIN:STANDARD
        DTSTART:16010101T030000
        TZOFFSETFROM:+0200
        TZOFFSETTO:+0100
        RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
        END:STANDARD
        BEGIN:DAYLIGHT
        DTSTART:16010101T020000
        TZOFFSETFROM:+0100
        TZOFFSETTO:+0200
        RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
        END:DAYLIGHT
        END:VTIMEZONE
    """
    text = calendar("SUMMARY:A\nDTSTART;TZID=Camp time:20260705T190000", head=definition)

    assert hours_of(events_of(text)[0]) == [("2026-07-05T19:00:00+02:00", None)]
    assert remarks_of(text) == (
        "the file defines its time zone 'Camp time', which has the same times as Europe/Budapest",
    )


def test_a_zone_without_clock_changes_is_its_offset() -> None:
    definition = """
        BEGIN:VTIMEZONE
        TZID:Camp time
        BEGIN:STANDARD
        DTSTART:19700101T000000
        TZOFFSETFROM:+0600
        TZOFFSETTO:+0500
        END:STANDARD
        END:VTIMEZONE
    """

    assert read(calendar("DTSTART;TZID=Camp time:20260705T190000", head=definition)).head.timezone == "Etc/GMT-5"


def test_an_unknown_zone_is_told() -> None:
    assert remarks_of(calendar("SUMMARY:A\nDTSTART;TZID=Camp time:20260705T190000", head=BERLIN)) == (
        "the time zone 'Camp time' is unknown; its times are read as local ones",
    )


def test_floating_times_of_a_second_calendar_are_in_its_own_zone() -> None:
    text = calendar("SUMMARY:A\nDTSTART:20260105T190000", head=BERLIN)
    text += calendar("SUMMARY:B\nDTSTART:20260105T190000", head="X-WR-TIMEZONE:Asia/Almaty")

    assert [hours_of(event) for event in events_of(text)] == [
        [("2026-01-05T19:00:00+01:00", None)],
        [("2026-01-05T19:00:00+05:00", None)],
    ]


def test_local_times_written_as_utc_can_be_read_as_written() -> None:
    event = event_of("SUMMARY:A\nDTSTART:20260105T190000Z", zone="Pacific/Auckland", as_written=True)

    assert hours_of(event) == [("2026-01-05T19:00:00+13:00", None)]


def test_a_rule_is_written_out_with_its_exceptions_and_more_dates() -> None:
    event = event_of(
        CONCERT
        + """
    RRULE:FREQ=WEEKLY;COUNT=4;
    EXDATE:20260112T180000Z
    EXDATE;VALUE=DATE:20260119
    RDATE;TZID=Europe/Berlin:20260107T180000,20260108T180000
    RDATE;VALUE=PERIOD:20260109T170000Z/PT3H"""
    )

    assert hours_of(event) == [
        ("2026-01-05T19:00:00+01:00", "2026-01-05T21:00:00+01:00"),
        ("2026-01-07T18:00:00+01:00", "2026-01-07T20:00:00+01:00"),
        ("2026-01-08T18:00:00+01:00", "2026-01-08T20:00:00+01:00"),
        ("2026-01-09T18:00:00+01:00", "2026-01-09T21:00:00+01:00"),
        ("2026-01-26T19:00:00+01:00", "2026-01-26T21:00:00+01:00"),
    ]


def test_an_address_in_place_of_a_location_or_a_text_is_a_link() -> None:
    url, call = "https://hall.example/7", "https://call.example/7"
    programme = read(calendar(f"{CONCERT}    LOCATION:{call}\n    DESCRIPTION:{url}\n    URL:{url}"))

    ((values, event),) = programme.events()

    assert (event.venue, event.summary, event.url) == (None, None, url)
    assert [each["value"] for each in values["details"]] == [{"en": call}]
    assert event_of(f"{CONCERT}    DESCRIPTION:Open\\n{url}\n    URL:{url}").summary == {"en": "Open"}


OLD_CALENDAR = """BEGIN:VCALENDAR
VERSION:1.0
TZ:+05
BEGIN:VEVENT
DTSTART:20260605T190000
SUMMARY;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D0=9A=D0=BE=D0=BD=D1=86=
=D0=B5=D1=80=D1=82, live
DESCRIPTION;ENCODING=QUOTED-PRINTABLE;CHARSET=windows-1251:=CF=E5=F0=E2=E0=FF=0D=0A=C2=F2=EE=F0=E0=FF \\n
LOCATION;ENCODING=QUOTED-PRINTABLE;CHARSET=nothing:=FF
END:VEVENT
END:VCALENDAR
"""


@pytest.mark.parametrize("charset", ["idna", "punycode", "unicode_escape", "undefined", "hex", "\u0436"])
def test_quoted_printable_in_no_charset_is_utf_8(charset: str) -> None:
    text = OLD_CALENDAR.replace("CHARSET=UTF-8", f"CHARSET={charset}").replace("=D0=9A", "..=D0=9A")
    assert [event.title for event in events_of(text)] == [{"ru": "..Концерт, live"}]


def test_vcalendar_of_old_programs_is_quoted_printable() -> None:
    (event,) = events_of(OLD_CALENDAR)

    assert (event.title, event.summary) == ({"ru": "Концерт, live"}, {"ru": "Первая\nВторая \\n"})
    assert hours_of(event) == [("2026-06-05T19:00:00+05:00", None)]


def test_times_with_a_zone_and_in_utc_are_told() -> None:
    text = calendar("SUMMARY:A\nDTSTART;TZID=Asia/Almaty:20260605T190000Z", "DTSTART;TZID=UTC:20260606T190000Z")

    assert hours_of(events_of(text)[0]) == [("2026-06-06T00:00:00+05:00", None)]
    assert hours_of(events_of(text, as_written=True)[0]) == [("2026-06-05T19:00:00+05:00", None)]
    assert remarks_of(text)[0] == (
        "1 time has a time zone and also the Z of UTC; --times as-written takes its hour as it stands"
    )


def test_a_count_that_is_none_does_not_count() -> None:
    assert starts_of(event_of(CONCERT + "    RRULE:FREQ=WEEKLY;UNTIL=20260113;COUNT=-1;INTERVAL=1")) == [
        "2026-01-05T19:00",
        "2026-01-12T19:00",
    ]


def test_an_event_may_stand_in_no_calendar() -> None:
    text = calendar(CONCERT).split("VERSION:2.0\n")[1].partition("END:VCALENDAR")[0]

    assert starts_of(events_of(text)[0]) == ["2026-01-05T19:00"]
    assert remarks_of(text) == ()


def test_the_dates_of_a_rule_are_one_event_without_a_uid_too() -> None:
    assert starts_of(event_of("SUMMARY:A\nDTSTART:20260105T190000Z\nRRULE:FREQ=DAILY;COUNT=2")) == [
        "2026-01-05T19:00",
        "2026-01-06T19:00",
    ]


def test_the_hours_of_a_rule_stay_when_clocks_change() -> None:
    event = event_of(CONCERT.replace("20260105", "20260323") + "    RRULE:FREQ=WEEKLY;UNTIL=20260330T170000Z")

    assert hours_of(event) == [
        ("2026-03-23T19:00:00+01:00", "2026-03-23T21:00:00+01:00"),
        ("2026-03-30T19:00:00+02:00", "2026-03-30T21:00:00+02:00"),
    ]


def test_a_start_that_its_rule_does_not_give_counts_too() -> None:
    assert starts_of(event_of(CONCERT + "    RRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=2")) == [
        "2026-01-05T19:00",
        "2026-01-06T19:00",
        "2026-01-13T19:00",
    ]


def test_overrides_replace_single_dates() -> None:
    event = event_of(
        CONCERT + "    RRULE:FREQ=WEEKLY;COUNT=3\n    LOCATION:Hall",
        """
        UID:7@hall.example
        RECURRENCE-ID:20260112T180000Z
        DTSTART;TZID=Europe/Berlin:20260113T200000
        SUMMARY:Choir without us
        LOCATION:Yard
        """,
        """
        UID:7@hall.example
        RECURRENCE-ID;TZID=Europe/Berlin:20260119T190000
        DTSTART;TZID=Europe/Berlin:20260119T190000
        SUMMARY:Choir\\, open
        LOCATION:Hall
        STATUS:CANCELLED
        """,
    )

    assert event.title == {"en": "Choir, open"}
    assert [(each.id, each.start.isoformat(), each.title, each.venue, each.status) for each in event.showings] == [
        ("20260105-1900", "2026-01-05T19:00:00+01:00", None, None, None),
        ("20260112-1900", "2026-01-13T20:00:00+01:00", {"en": "Choir without us"}, "yard", None),
        ("20260119-1900", "2026-01-19T19:00:00+01:00", None, None, "cancelled"),
    ]


def test_an_override_may_change_all_later_dates() -> None:
    event = event_of(
        CONCERT + "    RRULE:FREQ=WEEKLY;COUNT=4",
        """
        UID:7@hall.example
        RECURRENCE-ID;RANGE=THISANDFUTURE:20260119T180000Z
        DTSTART;TZID=Europe/Berlin:20260120T180000
        DTEND;TZID=Europe/Berlin:20260120T183000
        SUMMARY:Choir\\, open
        """,
    )

    assert hours_of(event) == [
        ("2026-01-05T19:00:00+01:00", "2026-01-05T21:00:00+01:00"),
        ("2026-01-12T19:00:00+01:00", "2026-01-12T21:00:00+01:00"),
        ("2026-01-20T18:00:00+01:00", "2026-01-20T18:30:00+01:00"),
        ("2026-01-27T18:00:00+01:00", "2026-01-27T18:30:00+01:00"),
    ]


def test_an_override_without_its_event_is_an_event() -> None:
    assert starts_of(event_of("UID:7\nSUMMARY:A\nRECURRENCE-ID:20260112T180000Z\nDTSTART:20260113T180000Z")) == [
        "2026-01-13T18:00"
    ]


def test_an_endless_rule_is_read_for_two_years_or_to_the_last_day_of_the_file() -> None:
    endless = CONCERT + "    RRULE:FREQ=MONTHLY"

    assert starts_of(event_of(endless))[-1] == "2028-01-05T19:00"
    both = events_of(calendar(endless, "SUMMARY:Later\nDTSTART:20300303T190000Z"))
    assert starts_of(both[0])[-1] == "2030-02-05T19:00"
    assert remarks_of(calendar(endless)) == (
        "1 recurring event has no last date; its dates were read for 2 years, or to the last day of the file",
    )


def test_a_rule_gives_a_limited_number_of_dates() -> None:
    text = calendar(CONCERT + "    RRULE:FREQ=DAILY;UNTIL=20991231")

    assert len(events_of(text)[0].showings) == REPEATS_AT_MOST
    assert remarks_of(text) == ("1 recurring event has more dates than were read, at most 1000",)


EACH_MINUTE = f"FREQ=DAILY;BYHOUR={','.join(map(str, range(24)))};BYMINUTE={','.join(map(str, range(60)))}"


@pytest.mark.parametrize(
    "rule", ["FREQ=SECONDLY", "FREQ=DAILY;INTERVAL=x", "EVERY DAY", "FREQ=DAILY;UNTIL=soon", EACH_MINUTE]
)
def test_a_rule_that_cannot_be_read_leaves_the_first_date(rule: str) -> None:
    text = calendar(CONCERT + f"    RRULE:{rule}")

    assert starts_of(events_of(text)[0]) == ["2026-01-05T19:00"]
    assert remarks_of(text) == ("the rule of 1 recurring event cannot be read, so only its first date was",)


def test_a_rule_without_dates_leaves_the_first_date() -> None:
    assert starts_of(event_of(CONCERT + "    RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30")) == ["2026-01-05T19:00"]


@given(
    frequency=st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
    interval=st.integers(1, 4),
    end=st.sampled_from(["COUNT=7", "UNTIL=20280301T120000Z"]),
    zone=st.sampled_from(["Europe/Berlin", "America/Sao_Paulo", "Asia/Almaty"]),
    left_out=st.integers(0, 6),
)
def test_rules_give_the_dates_that_another_reader_finds(
    frequency: str, interval: int, end: str, zone: str, left_out: int
) -> None:
    lines = [
        f"UID:7\nSUMMARY:A\nDTSTART;TZID={zone}:20260228T183000\nDTEND;TZID={zone}:20260228T193000",
        f"RRULE:FREQ={frequency};INTERVAL={interval};{end}",
        f"EXDATE;TZID={zone}:202603{left_out + 1:02}T183000",
    ]
    text = calendar("\n".join(lines))

    theirs = recurring_ical_events.of(Calendar.from_ical(text)).between(date(2020, 1, 1), date(2075, 1, 1))

    assert [_utc(entry) for entry in ics.read(text).entries] == sorted(each.start.astimezone(UTC) for each in theirs)


def _utc(entry: Entry) -> datetime:
    assert isinstance(entry.start, datetime)
    return entry.start.astimezone(UTC)


def test_shared_uids_lose_no_event() -> None:
    text = calendar(*(f"UID:1\nSUMMARY:{title}\nDTSTART:20260105T190000Z" for title in "ABC"), head=BERLIN)

    assert [event.title for event in events_of(text)] == [{"en": "A"}, {"en": "B"}, {"en": "C"}]


def test_entries_that_differ_in_their_times_alone_are_showings_of_one_event() -> None:
    film = "UID:{n}\nSUMMARY:Film\nDESCRIPTION:Tickets: https://cinema.example/{n}\nDTSTART:2026010{n}T190000Z"
    text = calendar(*(film.format(n=number) for number in (1, 2)), "UID:3\nSUMMARY:Film 2\nDTSTART:20260103T190000Z")

    assert [starts_of(event) for event in events_of(text)] == [
        ["2026-01-01T19:00", "2026-01-02T19:00"],
        ["2026-01-03T19:00"],
    ]
    assert remarks_of(text) == ("1 event has an entry with a UID of its own for each of its times",)


@pytest.mark.parametrize(
    "changed", ["SUMMARY:Choir", "DESCRIPTION:Other", "LOCATION:Yard", "CATEGORIES:Other", "DTSTART:20260105T180000Z"]
)
def test_entries_that_differ_in_more_are_events_of_their_own(changed: str) -> None:
    first = "UID:1\nSUMMARY:Lunch\nDTSTART:20260105T180000Z\n"

    assert len(events_of(calendar(first, f"{changed}\nUID:2\nSUMMARY:Lunch\nDTSTART:20260106T180000Z"))) == 2


def test_an_older_version_of_an_entry_is_left_out() -> None:
    text = calendar(
        "UID:1\nSEQUENCE:2\nSUMMARY:A\nDTSTART:20260106T190000Z", "UID:1\nSUMMARY:A\nDTSTART:20260105T190000Z"
    )

    assert starts_of(events_of(text)[0]) == ["2026-01-06T19:00"]
    assert remarks_of(text) == ("left out 1 older version of an entry",)


@pytest.mark.parametrize(
    ("head", "status", "expected"),
    [
        ("", "STATUS:CANCELLED", "cancelled"),
        ("METHOD:CANCEL", "", "cancelled"),
        ("METHOD:PUBLISH", "STATUS:CONFIRMED", "scheduled"),
    ],
)
def test_what_is_cancelled(head: str, status: str, expected: str) -> None:
    assert event_of(CONCERT + f"    {status}", head=head).status == expected


@pytest.mark.parametrize(
    ("location", "venue"),
    [
        (r"Foundation\, 5 Richmond Street\, Manchester", ("Foundation", {"en": "5 Richmond Street, Manchester"})),
        (r"Hall\nMain Street 5\nBerlin", ("Hall", {"en": "Main Street 5, Berlin"})),
        (r"Tent Climate\, Coal & Co2", ("Tent Climate, Coal & Co2", None)),
        (r" Hall ", ("Hall", None)),
    ],
)
def test_a_location_is_a_name_with_an_address(location: str, venue: tuple[str, Any]) -> None:
    programme = read(calendar(CONCERT + f"    LOCATION:{location}"))

    assert [(each.name["en"], each.address) for each in programme.venues.values()] == [venue]


@pytest.mark.parametrize(
    ("locations", "names"),
    [
        ([r"House\, Room 1\, Berlin", r"House\, Room 2\, Berlin"], ["House, Room 1, Berlin", "House, Room 2, Berlin"]),
        ([r"Arena\, Room 5\, Room 6", "Room 5"], ["Arena, Room 5, Room 6", "Room 5"]),
    ],
)
def test_what_tells_rooms_apart_is_no_address(locations: list[str], names: list[str]) -> None:
    programme = read(calendar(*(f"{CONCERT}    LOCATION:{location}" for location in locations)))

    assert [each.name["en"] for each in programme.venues.values()] == names


@pytest.mark.parametrize(
    ("location", "tags"),
    [("In-person; Training", ["In-person", "Training"]), ("TBA", []), ("https://stream.example/", [])],
)
def test_how_people_attend_is_no_place(location: str, tags: list[str]) -> None:
    event = event_of(CONCERT + f"    LOCATION:{location}")

    assert (event.venue, list(event.tags)) == (None, tags)


def test_texts_in_several_languages() -> None:
    event = event_of("SUMMARY;LANGUAGE=de:Chor\nSUMMARY;LANGUAGE=en-GB:Choir\nDTSTART:20260105T190000Z")

    assert event.title == {"de": "Chor", "en": "Choir"}


def test_the_language_of_a_calendar_is_the_one_of_its_titles() -> None:
    assert read(calendar("SUMMARY;LANGUAGE=de:Chor\nDTSTART:20260105T190000Z")).head.language == "de"


def test_other_components_are_told() -> None:
    head = "BEGIN:VTODO\nSUMMARY:Shop\nEND:VTODO\nBEGIN:VJOURNAL\nEND:VJOURNAL"

    assert remarks_of(calendar(CONCERT, head=head)) == ("left out 2 components that are no events: VJOURNAL, VTODO",)


def test_a_file_that_breaks_off_is_read_so_far() -> None:
    text = calendar(CONCERT, "SUMMARY:B\nDTSTART:20260106T190000Z").partition("END:VEVENT\nEND:VCALENDAR")[0]

    assert [event.title for event in events_of(text)] == [{"en": "Choir, open"}]
    assert remarks_of(text) == ("the file breaks off, so its last entries may be missing",)


def test_a_start_that_cannot_be_read_is_told() -> None:
    text = calendar("SUMMARY:A\nDTSTART:soon")

    assert [event.when for event in events_of(text)] == ["unannounced"]
    assert remarks_of(text) == ("the start of 1 entry cannot be read",)


@pytest.mark.parametrize(
    "lines",
    [
        "DTEND;TZID=" + "(" * 100_000,
        "DTEND" + ";a=(b" * 100_000,
        "DESCRIPTION:\n" + "a\n" * 100_000,
        "BEGIN:A\n" * 100_000,
        "CATEGORIES:" + "\\," * 100_000,
        "RDATE:" + "20260106T180000Z," * 100_000,
    ],
    ids=["parentheses", "parameters", "lines", "components", "commas", "dates"],
)
def test_a_line_made_to_last_does_not(lines: str) -> None:
    (event,) = events_of(
        f"BEGIN:VCALENDAR\nBEGIN:VEVENT\n{dedent(CONCERT).strip()}\n{lines}\nEND:VEVENT\nEND:VCALENDAR"
    )

    assert event.title == {"en": "Choir, open"}
