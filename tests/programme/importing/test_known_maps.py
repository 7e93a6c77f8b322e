"""The kinds of JSON that kzfest knows, each with a small file of its shape."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from tests.programme.importing.test_frab import events_of, hours_of, report_of
from tests.programme.importing.test_frab import read as programme_of

from kzfest.core.errors import UnknownFormatError
from kzfest.core.model import Detail, Person, Price
from kzfest.programme.importing.json_maps import FOLDER, JsonMap
from kzfest.programme.importing.recognition import KINDS

if TYPE_CHECKING:
    from kzfest.core.model import Event

TALK = {
    "code": "RYE7AB",
    "title": "Rye at dawn",
    "submission_type": {"en": "Talk", "fr": "Conférence"},
    "track": {"en": "Dough", "fr": "Pâte"},
    "state": "confirmed",
    "abstract": "Why rye.",
    "description": None,
    "duration": 30,
    "content_locale": "fr",
    "speakers": [{"code": "A", "name": "Ada B."}, {"code": "B", "name": "Bo C."}],
    "resources": [{"resource": "https://bread.example/slides", "description": "Slides"}],
    "slot": {
        "room_id": 1,
        "room": {"en": "Oven", "fr": "Four"},
        "start": "2026-05-02T09:00:00+02:00",
        "end": "2026-05-02T09:30:00+02:00",
    },
}
MORNING = [("2026-05-02T09:00:00+02:00", "2026-05-02T09:30:00+02:00")]


def one(value: Any, **options: Any) -> Event:
    """Return the only event in *value*."""
    (event,) = events_of(json.dumps(value), **options)
    return event


def titles_of(value: Any) -> list[str]:
    """Return the titles of the events in *value*."""
    return [event.title["en"] for event in events_of(json.dumps(value))]


def remarks_on(value: Any, **options: Any) -> list[str]:
    """Return what is told about *value*."""
    return list(report_of(json.dumps(value), **options).remarks)


@pytest.mark.parametrize(
    "value",
    [
        {"count": 1, "next": None, "results": [TALK]},
        [TALK],
        {"schedule": {"2026-05-02": {"510": {}, "540": {"1": TALK}}}},
    ],
)
def test_a_talk_of_pretalx_in_each_of_its_shapes(value: Any) -> None:
    event = one(value, zone="Europe/Paris")
    assert (event.title, event.category, event.tracks, event.languages) == (
        {"fr": "Rye at dawn"},
        "dough",
        ("Dough",),
        ("fr",),
    )
    assert (event.venue, event.summary, hours_of(event)) == ("oven", {"fr": "Why rye."}, MORNING)
    assert event.people == (Person({"fr": "Ada B."}), Person({"fr": "Bo C."}))
    assert event.details == (Detail({"fr": "Slides"}, {"fr": "https://bread.example/slides"}),)


def test_several_slots_of_a_talk_are_its_showings() -> None:
    slots = [
        {"start": f"2026-05-0{day}T09:00:00+02:00", "end": f"2026-05-0{day}T09:30:00+02:00", "room": {"name": room}}
        for day, room in ((2, {"en": "Oven"}), (3, {"en": "Mill"}))
    ]
    event = one(
        {"results": [{key: TALK[key] for key in TALK if key != "slot"} | {"slots": slots}]}, zone="Europe/Paris"
    )
    assert [(each.start.isoformat(), each.venue or event.venue) for each in event.showings] == [
        ("2026-05-02T09:00:00+02:00", "oven"),
        ("2026-05-03T09:00:00+02:00", "mill"),
    ]


def test_what_pretalx_has_not_confirmed_is_left_out_and_told() -> None:
    states = {"confirmed": None, "rejected": "scheduled", "withdrawn": "cancelled", "submitted": None}
    talks = [TALK | {"state": state, "code": state, "title": state} for state in states]
    value = {"next": "https://bread.example/?page=2", "results": talks, "filters": [1]}
    events = events_of(json.dumps(value))
    assert [(event.title["fr"], event.status) for event in events] == [
        ("confirmed", "scheduled"),
        ("withdrawn", "cancelled"),
    ]
    assert remarks_on(value, zone="Europe/Paris") == [
        "the file is one page of several, and kzfest reads only this one",
        "left out 1 entry that is 'rejected'",
        "left out 1 entry that is 'submitted'",
        "kzfest does not read filters of the file",
    ]


SESSION = {
    "id": "7",
    "title": "Rye at dawn",
    "description": "Why rye.",
    "startsAt": "2026-05-02T09:00:00",
    "endsAt": "2026-05-02T09:30:00",
    "isServiceSession": False,
}
ALL = {
    "sessions": [
        SESSION | {"speakers": ["b", "a"], "categoryItems": [21, 12], "roomId": 3},
        SESSION | {"id": "8", "title": "Lunch", "isServiceSession": True, "speakers": [], "roomId": None},
    ],
    "speakers": [{"id": "a", "fullName": "Ada B."}, {"id": "b", "fullName": "Bo C."}],
    "categories": [
        {"id": 1, "title": "Level", "items": [{"id": 12, "name": "Beginner"}]},
        {"id": 2, "title": "Track", "items": [{"id": 21, "name": "Dough"}]},
    ],
    "rooms": [{"id": 3, "name": "Oven"}],
}
GRID = [
    {
        "date": "2026-05-02T00:00:00",
        "rooms": [
            {
                "name": "Oven",
                "sessions": [
                    SESSION
                    | {
                        "room": "Oven",
                        "speakers": [{"id": "b", "name": "Bo C."}, {"id": "a", "name": "Ada B."}],
                        "categories": [
                            {"name": "Level", "categoryItems": [{"id": 12, "name": "Beginner"}]},
                            {"name": "Track", "categoryItems": [{"id": 21, "name": "Dough"}]},
                        ],
                    },
                    SESSION | {"id": "8", "title": "Lunch", "isServiceSession": True},
                ],
            }
        ],
    }
]


@pytest.mark.parametrize("value", [ALL, GRID])
def test_sessionize(value: Any) -> None:
    rye, lunch = events_of(json.dumps(value), zone="Europe/Paris")
    assert (rye.title["en"], rye.venue, hours_of(rye), rye.tracks, rye.tags) == (
        "Rye at dawn",
        "oven",
        MORNING,
        ("Dough",),
        ("Beginner",),
    )
    assert (rye.people, rye.summary) == ((Person({"en": "Bo C."}), Person({"en": "Ada B."})), {"en": "Why rye."})
    assert (lunch.title["en"], lunch.category) == ("Lunch", "service")


PANEL = {
    "id": "1",
    "title": "Bread in space",
    "date": "2026-05-02",
    "time": "23:30",
    "mins": "90",
    "loc": ["Main - Hotel"],
    "tags": ["Track:Online", "Type:Panel", "Tag:Science: fiction", "kids"],
    "people": [{"id": "2", "name": "Ada B. (Moderator)"}, {"id": "3", "name": "Bo C. (Chicon 8)"}],
    "desc": "<p>Rye &amp; orbit</p>",
    "links": {"meeting": "https://bread.example/meet"},
}
PANELS = json.dumps([PANEL, PANEL | {"id": "2", "tags": ["Type:Reading"]}])


@pytest.mark.parametrize("text", [f'{{"schedule": {PANELS}}}', PANELS, f"var program = {PANELS};\nvar people = [];"])
def test_conclar_and_konopas(text: str) -> None:
    event, _reading = events_of(text, zone="Europe/Paris")
    assert (event.title["en"], event.category, event.tracks, event.tags, event.venue) == (
        "Bread in space",
        "panel",
        ("Online",),
        ("Science: fiction", "kids"),
        "main-hotel",
    )
    assert hours_of(event) == [("2026-05-02T23:30:00+02:00", "2026-05-03T01:00:00+02:00")]
    assert event.people == (Person({"en": "Ada B."}, {"en": "moderator"}), Person({"en": "Bo C. (Chicon 8)"}))
    assert (event.summary, event.details[0].value) == ({"en": "Rye & orbit"}, {"en": "https://bread.example/meet"})


def test_conclar_with_roles_and_tags_as_objects() -> None:
    tags = [{"category": "language", "label": "Dansk", "value": "Dansk"}, {"category": "tag", "label": "kids"}]
    people = [{"name": "Ada B. (M)"}, {"name": "Bo C.", "role": "host"}, {"name": "Cy D.", "role": ""}, {"id": "4"}]
    event = one([PANEL | {"tags": tags, "people": people, "format": "Panel"}])
    assert (event.title, event.category, event.languages, event.tags) == (
        {"da": "Bread in space"},
        "panel",
        ("da",),
        ("Dansk", "kids"),
    )
    assert [(person.name["da"], person.role) for person in event.people] == [
        ("Ada B.", {"da": "moderator"}),
        ("Bo C.", {"da": "host"}),
        ("Cy D.", None),
    ]


def test_conclar_with_a_moment_or_a_day() -> None:
    """As Planorama and older programmes of KonOpas have them."""
    fields = {key: PANEL[key] for key in PANEL if key not in {"date", "time"}}
    area = {"tags": [{"category": "Area", "label": "Literature"}, {"category": "Note", "label": "Recorded"}]}
    moment = one([fields | area | {"datetime": "2026-05-02T21:30:00.000Z"}], zone="Europe/Paris")
    day = one([fields | {"day": "2026-05-02", "time": "23:30"}], zone="Europe/Paris")
    assert hours_of(moment) == hours_of(day) == [("2026-05-02T23:30:00+02:00", "2026-05-03T01:00:00+02:00")]
    assert (moment.tracks, moment.tags) == (("Literature",), ("Recorded",))


def test_no_minutes_are_an_open_end() -> None:
    assert hours_of(one([PANEL | {"mins": 0}], zone="Europe/Paris")) == [("2026-05-02T23:30:00+02:00", None)]


@pytest.mark.parametrize("wrap", [lambda people: people, lambda people: {"people": people}])
def test_the_persons_of_conclar_are_no_programme(wrap: Any) -> None:
    with pytest.raises(UnknownFormatError) as refused:
        events_of(json.dumps(wrap([{"id": "2", "name": ["Ada B."], "prog": ["1"]}])))
    assert refused.value.message == "the persons of a ConClár programme; name the file of its schedule"


def test_opass_has_texts_in_two_languages() -> None:
    value = {
        "sessions": [
            {
                "id": "7",
                "type": "T",
                "room": "R0",
                "broadcast": ["R0", "R1"],
                "start": "2026-05-02T09:00:00+08:00",
                "end": "2026-05-02T09:30:00+08:00",
                "slide": "https://bread.example/slides",
                "language": "漢語",
                "zh": {"title": "休息", "description": ""},
                "en": {"title": "Break", "description": "Tea"},
                "speakers": ["a"],
                "tags": ["x"],
                "uri": "https://bread.example/7",
            }
        ],
        "speakers": [{"id": "a", "zh": {"name": "怡升"}, "en": {"name": "Eason"}}],
        "session_types": [{"id": "T", "zh": {"name": "演講"}, "en": {"name": "Talk"}}],
        "rooms": [{"id": "R0", "zh": {"name": "大廳"}, "en": {"name": "Hall"}}],
        "tags": [{"id": "x", "zh": {"name": "技術"}, "en": {"name": "Technology"}}],
    }
    event = one(value, zone="Asia/Taipei")
    assert (event.id, event.title) == ("break-tcjy", {"zh": "休息", "en": "Break"})
    assert event.summary == {"en": "Tea"}
    assert (event.category, event.tags, event.url) == ("talk", ("Technology",), "https://bread.example/7")
    assert event.languages == ("zh",)
    assert event.people == (Person({"zh": "怡升", "en": "Eason"}),)
    assert [(each.label["zh"], each.value["zh"]) for each in event.details] == [
        ("Broadcast", "R0, R1"),
        ("Slides", "https://bread.example/slides"),
    ]


def test_kudago_has_seconds_words_for_prices_and_days_from_midnight_to_midnight() -> None:
    concert = {
        "id": 7,
        "title": "концерт",
        "slug": "koncert",
        "description": "<p>Рожь.</p>\n",
        "dates": [
            {"start": 1475254800, "end": 1475254800},  # 30 September, 20:00 in Moscow
            {"start": 1475269200, "end": 1475442000},  # 1 October, 00:00, to 3 October, 00:00
        ],
        "location": {"slug": "spb"},
        "price": "1400–3000 рублей",
        "is_free": False,
        "site_url": "https://bread.example/7",
        "images": [{"image": "https://bread.example/7.jpg"}],
    }
    event = one({"count": 1, "next": None, "results": [concert]})
    assert hours_of(event) == [("2016-09-30T20:00:00+03:00", None), ("2016-10-01", "2016-10-02")]
    assert (event.price, event.image) == (
        Price(text={"ru": "1400–3000 рублей"}, free=None),
        "https://bread.example/7.jpg",
    )


def test_the_events_calendar_of_wordpress() -> None:
    bake: dict[str, Any] = {
        "id": 7,
        "global_id": "bread.example?id=7",
        "title": "Bread &#038; butter",
        "description": "<p>Rye.</p>",
        "excerpt": "<p>Rye.</p>",
        "all_day": False,
        "start_date": "2026-05-02 19:00:00",
        "end_date": "2026-05-02 21:00:00",
        "timezone": "Europe/Vienna",
        "cost": "\u20ac20",
        "website": "https://bread.example/bake",
        "url": "https://bread.example/event/7",
        "image": {"url": "https://bread.example/7.jpg"},
        "categories": [{"name": "Baking"}, {"name": "Evenings"}],
        "tags": [{"name": "rye"}],
        "venue": {"venue": "Old Mill", "address": "Mill Lane 1,", "city": "Linz", "geo_lat": 48.3, "geo_lng": 14.3},
        "organizer": [{"organizer": "Bakers"}],
    }
    event = one({"events": [bake], "total": 1})
    assert hours_of(event) == [("2026-05-02T19:00:00+02:00", "2026-05-02T21:00:00+02:00")]
    assert (event.title["en"], event.summary, event.category) == ("Bread & butter", {"en": "Rye."}, "baking")
    assert event.tags == ("Evenings", "rye")
    assert (event.organiser, event.price) == ({"en": "Bakers"}, Price(text={"en": "\u20ac20"}))
    assert (event.url, event.image) == ("https://bread.example/event/7", "https://bread.example/7.jpg")
    (venue,) = programme_of(json.dumps({"events": [bake]})).venues.values()
    assert (venue.address, venue.city) == ({"en": "Mill Lane 1"}, "Linz")

    day = bake | {"all_day": True, "start_date": "2026-05-02 00:00:00", "end_date": "2026-05-03 23:59:59", "venue": []}
    unset = day | {"timezone": "UTC+0", "image": False, "organizer": []}
    assert programme_of(json.dumps({"events": [unset]})).head.in_zone_of_computer
    (remark,) = remarks_on({"events": [unset], "next_rest_url": "https://bread.example/?page=2"})
    assert "one page of several" in remark
    assert not remarks_on({"events": [unset], "next_rest_url": ""})
    assert hours_of(one({"events": [unset]})) == [("2026-05-02", "2026-05-03")]


def test_gancio_lists_events_in_seconds() -> None:
    bake = {
        "id": 7,
        "title": "Bread",
        "slug": "bread",
        "start_datetime": 1777741200,
        "end_datetime": None,
        "tags": ["rye"],
        "place": {"id": 1, "name": "Old Mill", "address": "Mill Lane 1"},
        "media": [{"url": "7.jpg"}],
    }
    event = one([bake], zone="Europe/Vienna")
    assert hours_of(event) == [("2026-05-02T19:00:00+02:00", None)]
    assert (event.title["en"], event.tags, event.venue) == ("Bread", ("rye",), "old-mill")


def test_localist_has_days_as_midnights_without_an_end() -> None:
    bake = {
        "id": 7,
        "title": "Bread",
        "localist_url": "https://bread.example/event/bread",
        "location_name": "Old Mill",
        "address": "Mill Lane 1, 4020 Linz, AT",
        "geo": {"latitude": "48.3", "longitude": "14.3", "city": "Linz", "country": "AT"},
        "free": True,
        "event_instances": [
            {"event_instance": {"start": "2026-05-02T09:00:00+02:00", "end": "2026-05-02T09:30:00+02:00"}},
            {"event_instance": {"start": "2026-05-03T00:00:00+02:00", "end": None, "all_day": True}},
        ],
        "filters": {"event_types": [{"name": "Baking"}, {"name": "Evenings"}]},
        "tags": ["rye"],
    }
    event = one({"events": [{"event": bake}], "page": {"current": 1, "size": 100, "total": 1}}, zone="Europe/Vienna")
    assert hours_of(event) == [*MORNING, ("2026-05-03", "2026-05-03")]
    assert (event.category, event.tags, event.venue) == ("baking", ("Evenings", "rye"), "old-mill")
    assert (event.url, event.price) == ("https://bread.example/event/bread", Price(text=None, free=True))


def test_open_event_lists_sessions_with_the_names_of_what_they_belong_to() -> None:
    talk = {
        "id": 7,
        "title": "Rye at dawn",
        "subtitle": None,
        "short_abstract": "",
        "long_abstract": "Why rye.",
        "start_time": "2026-05-02 09:00:00",
        "end_time": "2026-05-02 09:30:00",
        "microlocation": {"id": 1, "name": "Oven"},
        "session_type": {"id": 1, "name": "Talk"},
        "track": {"id": 1, "name": "Dough"},
        "speakers": [{"id": 1, "name": "Ada B.", "organisation": "Bakers"}],
        "state": "accepted",
        "language": None,
    }
    event = one([talk, talk | {"id": 8, "title": "No", "state": "rejected"}], zone="Europe/Vienna")
    assert hours_of(event) == MORNING
    assert (event.title["en"], event.summary, event.category) == ("Rye at dawn", {"en": "Why rye."}, "dough")
    assert (event.tracks, event.people) == (("Dough",), (Person({"en": "Ada B."}),))
    assert one({"sessions": [talk]}).title == {"en": "Rye at dawn"}


CALENDAR = {
    "kind": "calendar#events",
    "summary": "Bread",
    "timeZone": "Europe/Vienna",
    "nextPageToken": "x",
    "items": [
        {
            "kind": "calendar#event",
            "id": "a_20260502",
            "iCalUID": "a@google.com",
            "recurringEventId": "a",
            "status": "confirmed",
            "htmlLink": "https://bread.example/a",
            "summary": "Rye",
            "location": "Oven, Mill Lane 7, Graz",
            "start": {"dateTime": "2026-05-02T09:00:00+02:00", "timeZone": "Europe/Vienna"},
            "end": {"dateTime": "2026-05-02T09:30:00+02:00"},
            "creator": {"email": "ada@bread.example", "displayName": "Ada B."},
            "updated": "2026-03-04T21:03:10.013Z",
            "sequence": 2,
        },
        {
            "kind": "calendar#event",
            "id": "a_20260509",
            "iCalUID": "a@google.com",
            "recurringEventId": "a",
            "status": "cancelled",
            "htmlLink": "https://bread.example/a",
            "originalStartTime": {"dateTime": "2026-05-09T09:00:00+02:00"},
        },
        {
            "kind": "calendar#event",
            "id": "b",
            "iCalUID": "b@google.com",
            "status": "confirmed",
            "htmlLink": "https://bread.example/b",
            "summary": "Fair",
            "start": {"date": "2026-05-20"},
            "end": {"date": "2026-05-22"},
        },
    ],
}


def test_a_calendar_of_google() -> None:
    rye, fair = events_of(json.dumps(CALENDAR))
    assert (rye.title["en"], rye.venue, rye.revision, rye.changed) == ("Rye", "oven", 2, date(2026, 3, 4))
    assert [(each.start.isoformat(), each.status) for each in rye.showings] == [
        ("2026-05-02T09:00:00+02:00", None),
        ("2026-05-09T09:00:00+02:00", "cancelled"),
    ]
    assert (rye.people, rye.organiser) == ((), None)
    assert hours_of(fair) == [("2026-05-20", "2026-05-21")]
    report = report_of(json.dumps(CALENDAR))
    assert (report.title, report.timezone, report.format) == ("Bread", "Europe/Vienna", "Google Calendar API")


@pytest.mark.parametrize(
    ("location", "venue", "address", "tags"),
    [
        ("Oven, Mill Lane 7, Graz", "Oven", "Mill Lane 7, Graz", ()),
        ("Bread, Butter and Salt", "Bread, Butter and Salt", None, ()),
        ("Online", None, None, ("Online",)),
    ],
)
def test_location_of_google_is_read_as_that_of_icalendar(
    location: str, venue: str | None, address: str | None, tags: tuple[str, ...]
) -> None:
    first: Any = CALENDAR["items"]
    programme = programme_of(json.dumps(CALENDAR | {"items": [first[0] | {"location": location}]}))
    ((_values, event),) = programme.events()
    found = programme.venues[event.venue] if event.venue else None
    shown = (found.name["en"], found.address and found.address["en"]) if found else (None, None)
    assert (*shown, event.tags) == (venue, address, tags)


def test_openagenda_has_texts_by_language_and_several_times() -> None:
    fair: dict[str, Any] = {
        "uid": 7,
        "slug": "fair",
        "title": {"fr": "Foire", "en": "Fair"},
        "description": {"fr": "Du pain."},
        "keywords": {"fr": ["pain", ""]},
        "timings": [
            {"begin": f"2026-05-0{day}T12:00:00+02:00", "end": f"2026-05-0{day}T16:30:00+02:00"} for day in (2, 3)
        ],
        "timezone": "Europe/Paris",
        "location": {
            "name": "Four",
            "address": "1 rue du Pain",
            "city": "Rouen",
            "countryCode": "FR",
            "phone": "+33 1",
        },
        "registration": [{"type": "phone", "value": "+33 1"}, {"type": "link", "value": "https://fair.example/"}],
        "conditions": {"fr": "Gratuit"},
        "age": {"min": 6, "max": None},
        "member": {"name": "Ada B.", "email": "ada@example.org"},
        "status": 6,
    }
    for event in (one({"total": 1, "after": None, "events": [fair]}), one({"success": True, "event": fair})):
        assert (event.title, event.summary, event.tags) == (fair["title"], {"fr": "Du pain."}, ("pain",))
        assert [start for start, _end in hours_of(event)] == ["2026-05-02T12:00:00+02:00", "2026-05-03T12:00:00+02:00"]
        assert (event.venue, event.tickets, event.age, event.status) == (
            "four",
            "https://fair.example/",
            6,
            "cancelled",
        )
        assert (event.tickets, event.price) == ("https://fair.example/", Price({"en": "Gratuit"}))
        assert event.people == ()


def test_ticketmaster() -> None:
    oven = {
        "name": "Oven",
        "timezone": "America/Los_Angeles",
        "city": {"name": "Los Angeles"},
        "country": {"countryCode": "US"},
        "address": {"line1": "1 Rye St."},
        "location": {"latitude": "34.05", "longitude": "-118.26"},
    }
    concert = {
        "name": "Rye",
        "id": "Z7",
        "url": "https://rye.example/",
        "dates": {
            "start": {"localDate": "2026-03-08", "localTime": "12:30:00", "dateTime": "2026-03-08T19:30:00Z"},
            "status": {"code": "rescheduled"},
        },
        "classifications": [{"segment": {"name": "Music"}, "genre": {"name": "Folk"}}],
        "priceRanges": [{"min": 20.0, "max": 55.5, "currency": "USD"}],
        "_embedded": {"venues": [oven], "attractions": [{"name": "Ada B."}, {"name": "Bo C."}]},
    }
    unknown = concert | {"id": "Z8", "name": "Oats", "dates": {"start": {"localDate": "2026-03-09"}}}
    value = {"_embedded": {"events": [concert, unknown]}, "_links": {"self": {"href": "/x"}}, "page": {"size": 20}}
    rye, oats = events_of(json.dumps(value))
    assert (hours_of(rye), hours_of(oats)) == ([("2026-03-08T12:30:00-07:00", None)], [("2026-03-09", "2026-03-09")])
    assert (rye.category, rye.tags, rye.venue, rye.status) == ("music", ("Folk",), "oven", "scheduled")
    assert rye.people == (Person({"en": "Ada B."}), Person({"en": "Bo C."}))
    assert rye.price == Price(None, lowest=20, highest=55.5, currency="USD")
    assert remarks_on(value) == []
    assert remarks_on(value | {"_links": {"next": {"href": "/x?page=2"}}}) == [
        "the file is one page of several, and kzfest reads only this one"
    ]


def test_eventbrite() -> None:
    hike = {
        "id": "7",
        "name": {"text": "Moon & hike", "html": "Moon &amp; hike"},
        "description": {"text": "Bread at midnight"},
        "start": {"timezone": "America/New_York", "local": "2026-05-02T19:30:00", "utc": "2026-05-02T23:30:00Z"},
        "end": {"timezone": "America/New_York", "local": "2026-05-02T21:30:00", "utc": "2026-05-03T01:30:00Z"},
        "status": "live",
        "is_free": True,
        "venue": {"name": "Oven", "address": {"localized_address_display": "1 Rye St.", "city": "Boston"}},
    }
    value = {"pagination": {"has_more_items": False}, "events": [hike, hike | {"id": "8", "status": "draft"}]}
    event = one(value)
    assert (event.title, event.summary, event.venue) == ({"en": "Moon & hike"}, {"en": "Bread at midnight"}, "oven")
    assert hours_of(event) == [("2026-05-02T19:30:00-04:00", "2026-05-02T21:30:00-04:00")]
    assert event.price == Price(None, free=True)
    assert remarks_on(value) == ["left out 1 entry that is 'draft'"]


def moment_of_indico(hour: str) -> dict[str, str]:
    """Return *hour* on 2 May as Indico writes it."""
    return {"date": "2026-05-02", "time": f"{hour}:00", "tz": "Europe/Zurich"}


def contribution(title: str, start: str, end: str, **fields: Any) -> dict[str, Any]:
    """Return a contribution of Indico."""
    times = {"startDate": moment_of_indico(start), "endDate": moment_of_indico(end), "duration": 20}
    return {"id": title, "title": title, "room": "Oven", "location": "Mill"} | times | fields


def test_indico() -> None:
    rye = contribution("Rye", "08:20", "08:40", session="Dough", speakers=[{"fullName": "B., Ada", "emailHash": "x"}])
    oats = contribution("Oats", "09:00", "09:20", room=None)
    meeting = {"title": "Bread", "startDate": moment_of_indico("08:00"), "timezone": "Europe/Zurich"}
    value = {"count": 1, "results": [meeting | {"contributions": [oats], "sessions": [{"contributions": [rye]}]}]}
    first, second = events_of(json.dumps(value))
    assert (first.title, first.venue, hours_of(first)) == (
        {"en": "Oats"},
        "mill",
        [("2026-05-02T09:00:00+02:00", "2026-05-02T09:20:00+02:00")],
    )
    assert (second.tracks, second.people) == (("Dough",), (Person({"en": "B., Ada"}),))
    assert (report_of(json.dumps(value)).title, report_of(json.dumps(value)).format) == ("Bread", "Indico")


def test_a_timetable_of_indico() -> None:
    inside = contribution("Rye", "08:20", "08:40", entryType="Contribution", presenters=[{"name": "B., Ada"}])
    session = contribution("Dough", "08:00", "10:00", entryType="Session", entries={"c1": inside})
    tea = contribution("Tea", "10:00", "10:20", entryType="Break", presenters=[])
    events = events_of(json.dumps({"results": {"7": {"20260502": {"s1": session, "b2": tea}, "20260503": {}}}}))
    assert [(event.title["en"], event.category, event.people) for event in events] == [
        ("Dough", "session", ()),
        ("Tea", "break", ()),
        ("Rye", "contribution", (Person({"en": "B., Ada"}),)),
    ]


def test_what_no_map_fits_is_told_with_the_known_kinds() -> None:
    with pytest.raises(UnknownFormatError) as refused:
        events_of('{"stages": [], "id": 7}')
    assert refused.value.message == (
        f"JSON of no known kind, with the keys stages, id; kzfest reads {KINDS}, ConClár, Eventbrite API, "
        "The Events Calendar, Gancio, Google Calendar API, Indico, KudaGo, Localist, OPass, Open Event, OpenAgenda, "
        "pretalx API, Sessionize, Ticketmaster Discovery API, and what a map describes: --map FILE"
    )


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.yaml")), ids=lambda file: file.stem)
def test_a_kind_takes_at_most_thirty_lines_and_no_faults(file: Any) -> None:
    JsonMap(file.read_bytes(), file=file.name)
    assert file.read_text("utf-8").count("\n") <= 30


@pytest.mark.parametrize("value", [{"results": None}, {"sessions": [None, 7, [], {}]}, [[[]]], {"items": {"a": 1}}, 7])
def test_values_of_other_types_are_no_programme(value: Any) -> None:
    with pytest.raises(UnknownFormatError):
        events_of(json.dumps([value]))


@pytest.mark.parametrize(
    "talk", [{"slots": 7}, {"slot": []}, {"title": 7}, {"speakers": "Ada"}, {"state": [{}]}, {"title": {"en": 7}}]
)
def test_one_strange_value_loses_no_talk(talk: Any) -> None:
    assert len(titles_of([TALK | {"content_locale": "en"}, TALK | {"code": "X", "content_locale": "en"} | talk])) == 2


def test_deep_values_in_place_of_an_id_match_nothing() -> None:
    deep = json.loads("[" * 900 + "]" * 900)
    (event, _lunch) = events_of(json.dumps(ALL | {"rooms": [{"id": deep, "name": "Oven"}]}), zone="Europe/Paris")
    assert event.venue is None
    with pytest.raises(UnknownFormatError):
        events_of("[" * 200_000)
