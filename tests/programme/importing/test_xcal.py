"""Calendars as XML: RFC 6321, and Pentabarf's own way."""

from __future__ import annotations

from kzfest.programme.files import ImportOptions
from kzfest.programme.importing.assembly import ImportedProgramme
from kzfest.programme.importing.recognition import reading_of

PENTABARF = """
<iCalendar xmlns:pentabarf='http://pentabarf.org' xmlns:xCal='urn:ietf:params:xml:ns:xcal'>
  <vcalendar>
    <version>2.0</version>
    <x-wr-calname>Camp</x-wr-calname>
    <vevent>
      <method>PUBLISH</method>
      <uid>4@camp@pentabarf.org</uid>
      <pentabarf:event-id>4</pentabarf:event-id>
      <pentabarf:title>Bread</pentabarf:title>
      <pentabarf:subtitle>For all</pentabarf:subtitle>
      <pentabarf:language-code>de</pentabarf:language-code>
      <dtstart>20260105T160000</dtstart>
      <duration>013000</duration>
      <summary>Bread- For all</summary>
      <description>Flour.</description>
      <status>CONFIRMED</status>
      <category>Lecture</category>
      <url>2026/events/4.html</url>
      <location>Tent</location>
      <attendee>Ada B., Mill</attendee>
    </vevent>
  </vcalendar>
</iCalendar>
"""

STANDARD = """<?xml version="1.0" encoding="utf-8"?>
<icalendar xmlns="urn:ietf:params:xml:ns:icalendar-2.0"><vcalendar>
  <properties><x-wr-calname><text>City</text></x-wr-calname></properties>
  <components>
    <vevent>
      <properties>
        <uid><text>7</text></uid>
        <summary><parameters><language><text>en</text></language></parameters><text>Choir</text></summary>
        <dtstart>
          <parameters><tzid><text>Asia/Almaty</text></tzid></parameters><date-time>2026-01-05T19:00:00</date-time>
        </dtstart>
        <dtend>
          <parameters><tzid><text>Asia/Almaty</text></tzid></parameters><date-time>2026-01-05T21:00:00</date-time>
        </dtend>
        <rrule><recur><freq>WEEKLY</freq><until>2026-01-14T00:00:00Z</until><byday>MO</byday><byday>TU</byday></recur></rrule>
        <rdate><period><start>2026-01-10T10:00:00Z</start><duration>PT1H</duration></period></rdate>
        <exdate><date>2026-01-06</date></exdate>
        <geo><latitude>43.2</latitude><longitude>76.9</longitude></geo>
        <location><text>Hall</text></location>
        <categories><text>Music</text><text>Choirs</text></categories>
      </properties>
      <components><valarm><properties><summary><text>Wake</text></summary></properties></valarm></components>
    </vevent>
  </components>
</vcalendar></icalendar>
"""


def read(text: str, zone: str | None = None) -> ImportedProgramme:
    """Return the programme in *text*."""
    found = reading_of(text.encode(), file="x.xml", options=ImportOptions(zone=zone))
    assert isinstance(found, ImportedProgramme)
    return found


def test_pentabarf_writes_local_times_and_its_own_elements() -> None:
    programme = read(PENTABARF, zone="Europe/Berlin")

    assert [values for values, _event in programme.events()] == [
        {
            "id": "bread-i3kc",
            "title": {"de": "Bread"},
            "category": "lecture",
            "summary": {"de": "For all\n\nFlour."},
            "venue": "tent",
            "people": [{"name": {"de": "Ada B., Mill"}}],
            "languages": ["de"],
            "start": "2026-01-05T16:00+01:00",
            "end": "2026-01-05T17:30+01:00",
        }
    ]
    assert programme.head.title == {"de": "Camp"}


def test_the_standard_way() -> None:
    programme = read(STANDARD)

    ((values, event),) = programme.events()
    assert values == {
        "id": "choir-tcjy",
        "title": {"en": "Choir"},
        "category": "music",
        "tags": ["Choirs"],
        "venue": "hall",
        "showings": [
            {"start": "2026-01-05T19:00+05:00", "end": "2026-01-05T21:00+05:00", "id": "20260105-1900"},
            {"start": "2026-01-10T15:00+05:00", "end": "2026-01-10T16:00+05:00", "id": "20260110-1500"},
            {"start": "2026-01-12T19:00+05:00", "end": "2026-01-12T21:00+05:00", "id": "20260112-1900"},
            {"start": "2026-01-13T19:00+05:00", "end": "2026-01-13T21:00+05:00", "id": "20260113-1900"},
        ],
    }
    assert (event.venue, programme.head.timezone) == ("hall", "Asia/Almaty")


def test_a_file_that_breaks_off_is_read_so_far() -> None:
    programme = read(STANDARD.partition("</components>\n</vcalendar>")[0])

    assert len(list(programme.events())) == 1
    assert programme.report().remarks == ("the file breaks off at line 24; 1 entries before that were read",)
