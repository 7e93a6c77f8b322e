"""Calendars as JSON (RFC 7265)."""

from __future__ import annotations

import json
from typing import Any

import pytest
from icalendar import Calendar

from kzfest.core.errors import UnknownFormatError
from kzfest.programme.files import ImportOptions
from kzfest.programme.importing import jcal
from kzfest.programme.importing.assembly import ImportedProgramme
from kzfest.programme.importing.recognition import reading_of

ICALENDAR = """\
BEGIN:VCALENDAR
VERSION:2.0
X-WR-CALNAME:City
BEGIN:VEVENT
UID:7
SUMMARY;LANGUAGE=en:Choir\\, open
DTSTART;TZID=Europe/Berlin:20260105T190000
DTEND;TZID=Europe/Berlin:20260105T210000
RRULE:FREQ=WEEKLY;UNTIL=20260201T120000Z;BYDAY=MO,TU
EXDATE;TZID=Europe/Berlin:20260106T190000
RDATE;VALUE=PERIOD:20260110T180000Z/PT3H
LOCATION:Hall
GEO:52.5;13.4
CATEGORIES:Music,Choirs
ATTENDEE;CN=Ada B.:mailto:ada@mail.example
LAST-MODIFIED:20251230T101112Z
BEGIN:VALARM
TRIGGER:-PT15M
END:VALARM
END:VEVENT
BEGIN:VEVENT
UID:8
SUMMARY:Fair
DTSTART;VALUE=DATE:20260110
DTEND;VALUE=DATE:20260112
END:VEVENT
END:VCALENDAR
"""


def read(value: Any) -> ImportedProgramme:
    """Return the programme in *value*."""
    found = reading_of(json.dumps(value).encode(), file="x.json", options=ImportOptions())
    assert isinstance(found, ImportedProgramme)
    return found


def test_it_says_the_same_as_icalendar() -> None:
    written = json.loads(Calendar.from_ical(ICALENDAR).to_json())
    same = reading_of(ICALENDAR.encode(), file="x.ics", options=ImportOptions())

    assert list(read(written).events()) == list(same.events())


def test_several_calendars_may_be_in_one_file() -> None:
    event = ["vevent", [["summary", {}, "text", "A"], ["dtstart", {}, "date", "2026-01-05"]], []]

    assert [event.title for _values, event in read([["vcalendar", [], []], ["vcalendar", [], [event]]]).events()] == [
        {"en": "A"}
    ]


@pytest.mark.parametrize(
    "damaged",
    [
        ["vcalendar"],
        ["vcalendar", None, None],
        ["vcalendar", [[], [1], ["name"], ["name", 1, 2, 3]], [[], [None], "vevent", ["vevent"]]],
        ["vcalendar", [], [["vevent", [["dtstart", [], "date", {"a": [None]}], ["geo", {}, "float", [None]]], []]]],
    ],
)
def test_damaged_values_are_ignored(damaged: Any) -> None:
    assert list(read(damaged).events()) == []


def test_another_list_is_no_calendar() -> None:
    with pytest.raises(UnknownFormatError):
        read(["vcard", []])


def test_a_deep_calendar_is_read_so_far() -> None:
    value: list[Any] = ["vevent", [], []]
    for _level in range(300):
        value = ["vcalendar", [], [value]]

    assert jcal.read(value).entries == []
