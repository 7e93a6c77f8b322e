"""frab schedules, as XML and as JSON, with the traps of real files."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from kzfest.core.errors import UnknownFormatError
from kzfest.programme.files import ImportOptions
from kzfest.programme.importing.assembly import ImportedProgramme
from kzfest.programme.importing.recognition import reading_of

if TYPE_CHECKING:
    from kzfest.core.model import Event
    from kzfest.programme.importing.report import ImportReport


def read(text: str | bytes, *, file: str = "schedule.xml", **options: Any) -> ImportedProgramme:
    """Return the programme in *text*."""
    data = text.encode() if isinstance(text, str) else text
    found = reading_of(data, file=file, options=ImportOptions(**options))
    assert isinstance(found, ImportedProgramme)
    return found


def events_of(text: str | bytes, **options: Any) -> list[Event]:
    """Return the events in *text*."""
    return [event for _values, event in read(text, **options).events()]


def report_of(text: str | bytes, **options: Any) -> ImportReport:
    """Return the report of reading *text*."""
    programme = read(text, **options)
    assert list(programme.events()) is not None
    return programme.report()


def hours_of(event: Event) -> list[tuple[str, str | None]]:
    """Return the starts and ends of the showings of *event*."""
    return [(each.start.isoformat(), each.end.isoformat() if each.end else None) for each in event.showings]


CONFERENCE = """
<conference>
  <acronym>bread-2026</acronym><title> Bread\n and Roses </title><city>Berlin</city>
  <start>2026-05-01</start><end>2026-05-02</end><day_change>09:00:00</day_change>
  <time_zone_name>Europe/Berlin</time_zone_name>
</conference>
"""
TALK = """
<event id="7" guid="7a0fc001-e587-47e1-b378-b6ec7e666337">
  <date>2026-05-01T10:00:00+02:00</date><start>10:00</start><duration>01:15</duration><room>Oven</room>
  <title>Sourdough &amp; you</title><subtitle>A start</subtitle><track slug="dough">Dough</track>
  <type>talk</type><language>de-formal</language>
  <abstract>&lt;p&gt;Flour, &lt;a href="https://flour.example/"&gt;water&lt;/a&gt;.&lt;/p&gt;</abstract>
  <description></description><url>https://bread.example/7</url>
  <persons><person id="1">Ada B.</person><person id="2">Bo C.</person></persons>
  <links><link href="https://slides.example/">Slides</link><link href="javascript:alert(1)">Run</link></links>
</event>
"""


def schedule(*events: str, day: str = "2026-05-01", room: str = "Oven", conference: str = CONFERENCE) -> str:
    """Return a schedule of one day and one room."""
    inside = f'<day index="1" date="{day}"><room name="{room}">{"".join(events)}</room></day>'
    return f'<?xml version="1.0" encoding="utf-8"?><schedule>{conference}{inside}</schedule>'


def talk(**fields: str) -> str:
    """Return an event with these *fields*."""
    key = fields.pop("id", "1")
    return f'<event id="{key}">{"".join(f"<{name}>{value}</{name}>" for name, value in fields.items())}</event>'


def test_a_talk_with_all_its_fields() -> None:
    programme = read(schedule(TALK))
    ((_values, event),) = programme.events()
    assert programme.head._asdict() == {
        "id": "bread-2026",
        "title": {"de": "Bread and Roses"},
        "timezone": "Europe/Berlin",
        "revised": date(2026, 5, 1),
        "first": date(2026, 5, 1),
        "last": date(2026, 5, 2),
        "language": "de",
        "labels": {"dough": {"de": "Dough"}},
        "synonyms": {},
        "city": None,
        "in_zone_of_computer": False,
    }
    assert {key: value for key, value in event._asdict().items() if value not in (None, (), {}, 0)} == {
        "id": event.id,
        "title": {"de": "Sourdough & you"},
        "category": "dough",
        "summary": {"de": "A start\n\nFlour, water."},
        "tracks": ("Dough",),
        "venue": "oven",
        "showings": event.showings,
        "people": event.people,
        "url": "https://bread.example/7",
        "languages": ("de",),
        "details": event.details,
        "status": "scheduled",
    }
    assert event.id.startswith("sourdough-you-")
    assert hours_of(event) == [("2026-05-01T10:00:00+02:00", "2026-05-01T11:15:00+02:00")]
    assert [person.name for person in event.people] == [{"de": "Ada B."}, {"de": "Bo C."}]
    assert [(detail.label, detail.value) for detail in event.details] == [
        ({"de": "Slides"}, {"de": "https://slides.example/"}),
        ({"de": "water"}, {"de": "https://flour.example/"}),
    ]
    assert programme.venues["oven"].name == {"de": "Oven"}
    assert programme.venues["oven"].city == "Berlin"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"start": "10:00", "duration": "00:30"}, ("2026-05-01T10:00:00+02:00", "2026-05-01T10:30:00+02:00")),
        ({"start": "00:30", "duration": "1:00"}, ("2026-05-02T00:30:00+02:00", "2026-05-02T01:30:00+02:00")),
        ({"start": "08:30", "duration": "30"}, ("2026-05-01T08:30:00+02:00", "2026-05-01T09:00:00+02:00")),
        ({"start": "10:00", "duration": "00:90"}, ("2026-05-01T10:00:00+02:00", "2026-05-01T11:30:00+02:00")),
        ({"start": "10:00", "duration": "1:02:00"}, ("2026-05-01T10:00:00+02:00", "2026-05-02T12:00:00+02:00")),
        ({"start": "10:00", "duration": "00:00"}, ("2026-05-01T10:00:00+02:00", None)),
        ({"start": "10:00", "duration": "soon"}, ("2026-05-01T10:00:00+02:00", None)),
        ({"start": "", "duration": "00:30"}, ("2026-05-01", "2026-05-01")),
        (
            {"date": "2026-05-01T08:00:00Z", "start": "10:00", "duration": "00:30"},
            ("2026-05-01T10:00:00+02:00", "2026-05-01T10:30:00+02:00"),
        ),
    ],
)
def test_when_a_talk_begins_and_ends(fields: dict[str, str], expected: tuple[str, str | None]) -> None:
    (event,) = events_of(schedule(talk(title="Rye", **fields)))
    assert hours_of(event) == [expected]


def test_events_without_a_room_around_them() -> None:
    inside = f'<day date="2026-05-01">{talk(title="Rye", start="10:00", room="Oven")}</day>'
    (event,) = events_of(f"<schedule>{CONFERENCE}{inside}</schedule>")
    assert (event.venue, hours_of(event)) == ("oven", [("2026-05-01T10:00:00+02:00", None)])


def test_the_events_own_room_is_another_name_of_the_venue() -> None:
    programme = read(schedule(talk(title="Rye", start="10:00", room="Oven 2"), room="Big Oven 2"))
    assert {key: venue.aliases for key, venue in programme.venues.items()} == {"big-oven-2": ("Oven 2",)}


def test_a_venue_has_at_most_a_hundred_other_names() -> None:
    talks = [talk(id=str(number), title="Rye", start="10:00", room=f"Oven {number:03}") for number in range(200)]
    programme = read(schedule(*talks, room="Big Oven"))
    names = {key: venue.aliases for key, venue in programme.venues.items()}
    assert names == {"big-oven": tuple(f"Oven {number:03}" for number in range(100))}


def test_one_talk_at_two_times_is_one_event() -> None:
    one = talk(id="7", title="Rye", start="10:00", duration="01:00")
    again = talk(id="7", title="Rye", start="14:00", duration="01:00")
    (event,) = events_of(schedule(one, again))
    assert [(each.id, each.start.isoformat()) for each in event.showings] == [
        ("20260501-1000", "2026-05-01T10:00:00+02:00"),
        ("20260501-1400", "2026-05-01T14:00:00+02:00"),
    ]


def test_one_number_for_two_talks_does_not_identify_them() -> None:
    text = schedule(talk(id="7", title="Rye", start="10:00"), talk(id="7", title="Wheat", start="11:00"))
    assert [event.title for event in events_of(text)] == [{"en": "Rye"}, {"en": "Wheat"}]
    assert report_of(text).remarks == ("different events share their id, so those do not identify them",)


def test_ids_stay_when_the_title_of_another_talk_changes() -> None:
    before = events_of(schedule(TALK, talk(title="Rye", start="12:00")))
    after = events_of(schedule(talk(title="Wheat", start="12:00"), TALK))
    assert before[0].id == after[1].id


def test_a_file_that_breaks_off_keeps_what_is_before() -> None:
    text = schedule(TALK, talk(id="8", title="Rye", start="12:00"))
    broken = text[: text.index("Rye") + 2]
    assert [event.title for event in events_of(broken)] == [{"de": "Sourdough & you"}]
    (remark,) = report_of(broken).remarks
    assert remark.endswith("1 entries before that were read")


@pytest.mark.parametrize("encoding", ["punycode", "idna", "unicode_escape", "hex", "nonsense"])
def test_a_declaration_of_no_charset_is_ignored(encoding: str) -> None:
    text = schedule(talk(title=r"Rye \u0041", start="10:00")).replace("utf-8", encoding)
    assert [event.title for event in events_of(text)] == [{"en": r"Rye \u0041"}]


def test_characters_that_xml_forbids_are_removed_and_told() -> None:
    text = schedule(talk(title="R\x06ye", start="12:00", abstract="wheat&#6;\n&#x1F;oats"))
    (event,) = events_of(text)
    assert (event.title, event.summary) == ({"en": "Rye"}, {"en": "wheat\noats"})
    assert report_of(text).remarks == ("removed control characters that XML forbids, in the lines 8–9",)


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE schedule [<!ENTITY a "b">]><schedule>&a;</schedule>',
        "<schedule><conference>",
        "<schedule>\x06<",
        "<feed><entry/></feed>",
        "<shop/>",
    ],
)
def test_what_cannot_be_read_is_one_sentence(text: str) -> None:
    with pytest.raises(UnknownFormatError) as refused:
        read(text)
    assert str(refused.value).startswith("schedule.xml: ")
    assert "\n" not in str(refused.value)


def _as_json(rooms: Any, **conference: Any) -> str:
    described = {
        "acronym": "bread-2026",
        "title": "Bread",
        "time_zone_name": "Europe/Berlin",
        "days": [{"index": 1, "date": "2026-05-01", "rooms": rooms}],
    }
    return json.dumps({"schedule": {"version": "1.2 2026-04-20 10:00", "conference": described | conference}})


FIELDS = {
    "id": 7,
    "guid": "7a0fc001-e587-47e1-b378-b6ec7e666337",
    "date": "2026-05-01T10:00:00+02:00",
    "start": "10:00",
    "duration": "01:15",
    "room": "Oven",
    "title": " Sourdough & you ",
    "persons": [{"public_name": "Ada B."}, {"name": "Bo C."}, "Cy D.", None],
    "links": [{"url": "https://slides.example/", "title": "Slides"}, "broken"],
}


@pytest.mark.parametrize("rooms", [{"Oven": [FIELDS]}, [{"name": "Oven", "events": [FIELDS, "broken"]}]])
def test_the_same_talk_as_json(rooms: Any) -> None:
    (event,) = events_of(_as_json(rooms))
    (as_xml,) = events_of(schedule(TALK))
    assert (event.id, event.venue, hours_of(event)) == (as_xml.id, as_xml.venue, hours_of(as_xml))
    assert [person.name for person in event.people] == [{"en": "Ada B."}, {"en": "Bo C."}, {"en": "Cy D."}]
    assert read(_as_json(rooms)).head.revised == date(2026, 4, 20)


def test_schedule2_names_tracks_and_rooms_by_slug_and_guid() -> None:
    fields = {
        "guid": "g",
        "start": "2026-05-01T10:00:00+02:00",
        "end": "2026-05-01T11:00:00+02:00",
        "title": "Rye",
        "room": {"guid": "r"},
        "track": {"slug": "dough"},
        "type": "TALK",
        "participants": [{"name": "Ada", "role": "SPEAKER"}, {"name": "Bo", "role": "MODERATOR"}],
    }
    conference = {
        "title": "Bread",
        "time_zone_name": "Europe/Berlin",
        "tracks": [{"slug": "dough", "name": "Dough & co"}],
        "rooms": [{"guid": "r", "name": "Big Oven"}],
    }
    (event,) = events_of(json.dumps({"schedule": {"conference": conference, "events": [fields]}}))
    assert (event.venue, event.tracks, hours_of(event)) == (
        "big-oven",
        ("Dough & co",),
        [("2026-05-01T10:00:00+02:00", "2026-05-01T11:00:00+02:00")],
    )
    assert [(person.name, person.role) for person in event.people] == [
        ({"en": "Ada"}, None),
        ({"en": "Bo"}, {"en": "moderator"}),
    ]


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:30:00Z", "9999-12-31T23:30:00-14:00"])
def test_a_moment_that_is_on_no_day_in_the_zone_is_left_out(moment: str) -> None:
    text = schedule(talk(title="Rye", date=moment), talk(id="2", title="Oats", date="2026-05-01T08:00:00Z"))
    assert [event.title for event in events_of(text)] == [{"en": "Oats"}]
    assert report_of(text).remarks == ("left out 1 entry on days that kzfest cannot store",)


def test_dates_in_utc_agree_with_starts_in_the_zone_of_the_programme() -> None:
    """As wafer writes them."""
    rye = talk(title="Rye", date="2026-05-01T08:00:00+00:00", start="10:00")
    wheat = talk(id="2", title="Wheat", date="2026-05-01T09:00:00+00:00", start="12:00")
    assert report_of(schedule(rye)).remarks == ()
    assert report_of(schedule(rye, wheat)).remarks == ("the date and the start of 1 entry disagree; the date counts",)


def test_persons_without_a_list_around_them() -> None:
    (event,) = events_of(schedule(talk(title="Rye", start="10:00", person="Dr. Ada B., Bo C.")))
    assert [person.name["en"] for person in event.people] == ["Dr. Ada B.", "Bo C."]


def test_texts_are_in_the_language_of_their_event() -> None:
    rye, wheat, oats = (
        talk(id=str(number), title=title, start=f"1{number}:00", subtitle="Bread", **fields)
        for number, (title, fields) in enumerate(
            [("Roggen", {"language": "de"}), ("Wheat", {"language": "en"}), ("Овёс", {"language": "ru"})]
        )
    )
    events = events_of(schedule(rye, wheat, oats))
    assert [(event.title, event.summary) for event in events] == [
        ({"de": "Roggen"}, {"de": "Bread"}),
        ({"en": "Wheat"}, {"en": "Bread"}),
        ({"ru": "Овёс"}, {"ru": "Bread"}),
    ]


def test_a_language_by_its_name() -> None:
    (event,) = events_of(schedule(talk(title="Rye", start="10:00", language="English")))
    assert (event.title, event.languages) == ({"en": "Rye"}, ("en",))


def test_a_title_in_latin_letters_is_not_in_russian() -> None:
    (event,) = events_of(schedule(talk(title="Rye", start="10:00", language="ru"), TALK, TALK))[:1]
    assert (event.title, event.languages) == ({"de": "Rye"}, ("ru",))


@pytest.mark.parametrize(
    ("description", "summary"),
    [
        ({"en": "Why rye", "de": "Warum Roggen"}, {"en": "Why rye", "de": "Warum Roggen"}),
        ({"en": "Why rye", "de": "Why rye"}, {"en": "Why rye"}),
        ({"en": None, "de": "Warum Roggen"}, {"de": "Warum Roggen"}),
        (["Why rye"], None),
    ],
)
def test_descriptions_by_language(description: Any, summary: dict[str, str] | None) -> None:
    fields = {"start": "2026-05-01T10:00:00+02:00", "title": "Rye", "description": description}
    (event,) = events_of(json.dumps({"schedule": {"conference": {"title": "Bread"}, "events": [fields]}}))
    assert event.summary == summary


@pytest.mark.parametrize(
    "text",
    [
        '<schedule xmlns="https://sched.example/#"><line title="Oven"><item title="Rye"/></line></schedule>',
        '<schedule><day date="2026-05-01"><entry><start>0930</start><title>Rye</title></entry></day></schedule>',
    ],
)
def test_other_xml_that_is_called_a_schedule_is_refused(text: str) -> None:
    with pytest.raises(UnknownFormatError) as refused:
        read(text)
    assert refused.value.message.startswith("XML of no known kind, <schedule>; ")


def test_an_offset_against_the_name_gives_the_instant() -> None:
    report = report_of(_as_json({"Oven": [FIELDS]}, time_zone_name="UTC"))
    assert report.remarks == ("1 time has another offset than UTC, and is shown in UTC",)
    (event,) = events_of(_as_json({"Oven": [FIELDS]}, time_zone_name="UTC"))
    assert hours_of(event) == [("2026-05-01T08:00:00+00:00", "2026-05-01T09:15:00+00:00")]
