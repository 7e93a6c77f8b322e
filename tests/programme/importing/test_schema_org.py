"""Events of schema.org as JSON-LD, microdata and RDFa, with the traps of real pages."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from tests.programme.importing.test_frab import events_of, hours_of, read, report_of

from kzfest.core.errors import UnknownFormatError
from kzfest.programme.importing.schema_org import read_html

if TYPE_CHECKING:
    from kzfest.core.model import Event

CONCERT: dict[str, Any] = {
    "@type": "MusicEvent",
    "@id": "https://green.example/#jazz",
    "name": "Jazz &amp; more",
    "description": "<p>Two sets.</p>",
    "disambiguatingDescription": "A trio",
    "startDate": "2026-06-05T19:00",
    "endDate": "2026-06-05T21:00",
    "doorTime": "18:00",
    "location": {
        "@type": "MusicVenue",
        "name": "Mill",
        "url": "https://mill.example/",
        "address": {
            "@type": "PostalAddress",
            "streetAddress": "Mill Lane 3",
            "addressLocality": "Almaty",
            "addressCountry": "KZ",
        },
        "geo": {"@type": "GeoCoordinates", "latitude": 43.25, "longitude": "76,95"},
    },
    "performer": [
        {"@type": "MusicGroup", "name": "Trio", "url": "https://trio.example/"},
        {"@type": "PerformanceRole", "performer": {"@type": "Person", "name": "Aigul"}, "roleName": "host"},
    ],
    "organizer": {"@type": "Organization", "name": "Green Club", "email": "club@green.example", "telephone": "123"},
    "offers": {"@type": "Offer", "price": "2500.00", "priceCurrency": "KZT", "url": "https://tickets.example/1"},
    "keywords": "jazz, open air",
    "inLanguage": "en",
    "typicalAgeRange": "12+",
    "image": ["https://green.example/1.jpg", "https://green.example/2.jpg"],
    "url": "https://green.example/jazz",
}


def page(*blocks: Any, body: str = "", head: str = "") -> str:
    """Return a page with each of *blocks* as JSON-LD."""
    scripts = [f'<script type="application/ld+json">{json.dumps(block)}</script>' for block in blocks]
    return f'<!DOCTYPE html><html lang="en"><head><title>The page</title>{head}</head>{"".join(scripts)}{body}</html>'


def event(name: str = "Jazz", start: str | None = "2026-06-05T19:00", **more: Any) -> dict[str, Any]:
    """Return an event."""
    return {"@type": "Event", "name": name} | ({"startDate": start} if start else {}) | more


def titles_of(text: str) -> list[str]:
    """Return the titles of the events in *text*."""
    return [next(iter(each.title.values())) for each in events_of(text)]


def one(**properties: Any) -> Event:
    """Return the event that has these *properties* besides a name."""
    [found] = events_of(page(event(**properties)))
    return found


def test_event_has_all_that_the_page_says() -> None:
    [found] = events_of(page(CONCERT))
    [venue] = read(page(CONCERT)).venues.values()

    assert (found.title, found.summary, found.category) == (
        {"en": "Jazz & more"},
        {"en": "A trio\n\nTwo sets."},
        "music",
    )
    assert hours_of(found) == [("2026-06-05T19:00:00+05:00", "2026-06-05T21:00:00+05:00")]
    assert [(each.name, each.role, each.url) for each in found.people] == [
        ({"en": "Trio"}, None, "https://trio.example/"),
        ({"en": "Aigul"}, {"en": "host"}, None),
    ]
    assert (found.organiser, found.languages, found.age) == ({"en": "Green Club"}, ("en",), 12)
    assert found.price
    assert (found.price.lowest, found.price.highest, found.price.currency) == (2500, 2500, "KZT")
    assert (found.tags, found.tickets, found.url) == (
        ("jazz", "open air"),
        "https://tickets.example/1",
        "https://green.example/jazz",
    )
    assert found.image == "https://green.example/1.jpg"
    assert [(each.label["en"], each.value) for each in found.details] == [("Doors open", {"en": "18:00"})]
    assert (venue.name, venue.address, venue.city, venue.country) == (
        {"en": "Mill"},
        {"en": "Mill Lane 3"},
        "Almaty",
        "KZ",
    )
    assert venue.location
    assert (venue.location.latitude, venue.location.longitude) == (43.25, 76.95)


GRAPH = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "WebSite", "name": "Site"},
        event(location={"@id": "#mill"}),
        {"@type": "Place", "@id": "#mill", "name": "Mill"},
    ],
}
ROW = {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "position": 1, "item": event()}]}
PREFIXED = {
    "@context": {"s": "https://schema.org/", "called": "s:name"},
    "@type": ["Thing", "s:DanceEvent"],
    "called": "Jazz",
    "s:startDate": {"@type": "s:DateTime", "@value": "2026-06-05T19:00"},
}
EXPANDED = [{"@type": ["http://schema.org/Event"], "http://schema.org/name": [{"@value": "Jazz", "@language": "en"}]}]
PLACE = {"@type": "MusicVenue", "name": "Mill", "address": "Mill Lane 3", "event": [event()]}


@pytest.mark.parametrize("value", [event(), [event()], [[event()]], GRAPH, ROW, PREFIXED, EXPANDED, PLACE])
def test_event_is_found_wherever_it_stands(value: Any) -> None:
    assert titles_of(json.dumps(value)) == titles_of(page(value)) == ["Jazz"]


@pytest.mark.parametrize("value", [GRAPH, PLACE], ids=["by its id", "as what lists the event"])
def test_place_of_an_event_may_stand_elsewhere(value: Any) -> None:
    assert [venue.name for venue in read(page(value)).venues.values()] == [{"en": "Mill"}]


@pytest.mark.parametrize("name", ["MusicEvent", "Festival", "EventSeries", "screeningEvent", "schema:Hackathon"])
def test_subtypes_are_events(name: str) -> None:
    assert titles_of(page(event() | {"@type": name})) == ["Jazz"]


def test_what_is_delivered_or_reserved_is_no_event_of_its_own() -> None:
    reserved = {"@type": "EventReservation", "underName": {"@type": "Person", "name": "Ada"}, "reservationFor": event()}

    [found] = events_of(page(reserved, event("Parcel") | {"@type": "DeliveryEvent"}))

    assert (found.title, found.people) == ({"en": "Jazz"}, ())


FESTIVAL = {
    "@type": "Festival",
    "name": "Green Days",
    "startDate": "2026-06-05",
    "endDate": "2026-06-07",
    "location": {"@type": "Place", "name": "Park", "address": {"addressLocality": "Almaty"}},
}


@pytest.mark.parametrize(
    "value",
    [
        FESTIVAL | {"subEvent": [event(), event("Tour", "2026-06-06T10:00")]},
        [event(superEvent=FESTIVAL), event("Tour", "2026-06-06T10:00", superEvent=FESTIVAL)],
        [
            FESTIVAL | {"@id": "#festival"},
            event(superEvent={"@id": "#festival"}),
            event("Tour", "2026-06-06T10:00", superEvent={"@id": "#festival"}),
        ],
    ],
    ids=["with its parts", "named by each part", "named by its id"],
)
def test_festival_with_all_other_events_is_the_programme(value: Any) -> None:
    programme = read(json.dumps(value))
    events = [(found.title["en"], *hours_of(found)) for _values, found in programme.events()]
    head = programme.head

    assert events == [
        ("Jazz", ("2026-06-05T19:00:00+05:00", None)),
        ("Tour", ("2026-06-06T10:00:00+05:00", None)),
    ]
    assert (head.title, head.first, head.last) == ({"en": "Green Days"}, date(2026, 6, 5), date(2026, 6, 7))
    assert head.timezone == "Asia/Almaty"


def test_festival_beside_other_events_is_an_event_with_parts() -> None:
    value = [FESTIVAL | {"subEvent": event()}, event("Elsewhere", "2026-07-01T10:00")]

    festival, jazz, elsewhere = events_of(page(*value))

    assert [each.title["en"] for each in (festival, jazz, elsewhere)] == ["Green Days", "Jazz", "Elsewhere"]
    assert (festival.parent, jazz.parent, elsewhere.parent) == (None, festival.id, None)


def test_undated_whole_is_the_track_of_its_parts() -> None:
    [jazz, elsewhere] = events_of(page(event(superEvent="Late nights"), event("Elsewhere")))

    assert (jazz.tracks, elsewhere.tracks) == (("Late nights",), ())


@pytest.mark.parametrize("whole", ["https://green.example/#summer", "https://green.example/unknown", "#summer"])
def test_whole_may_be_named_by_its_id_alone(whole: str) -> None:
    summer = event("Summer", "2026-06-01", endDate="2026-06-30") | {"@id": whole.replace("unknown", "#summer")}
    [festival, *others] = events_of(page(summer, event(superEvent=whole), event("Rock")))

    found = [(each.title["en"], each.parent and each.parent.partition("-")[0], each.tracks) for each in others]
    assert festival.title == {"en": "Summer"}
    assert found == [("Jazz", None if "unknown" in whole else "summer", ()), ("Rock", None, ())]


SERIES = event("Hamlet", None, location="Old Hall", url="https://hall.example/hamlet")


@pytest.mark.parametrize(
    "more",
    [
        {"startDate": ["2026-06-05T19:00", "2026-06-06T19:00"]},
        {"subEvent": [{"@type": "TheaterEvent", "startDate": f"2026-06-0{day}T19:00"} for day in (5, 6)]},
        {"subEvent": [event("Hamlet", f"2026-06-0{day}T19:00", url=f"https://hall.example/{day}") for day in (5, 6)]},
        {
            "eventSchedule": {
                "startDate": "2026-06-05",
                "endDate": "2026-06-06",
                "repeatFrequency": "P1D",
                "startTime": "19:00",
            }
        },
    ],
    ids=["dates", "parts without names", "parts of the same name", "schedule"],
)
def test_dates_of_one_event_are_its_showings(more: Any) -> None:
    [found] = events_of(page(SERIES | more))

    assert found.title == {"en": "Hamlet"}
    assert hours_of(found) == [("2026-06-05T19:00:00+00:00", None), ("2026-06-06T19:00:00+00:00", None)]
    assert found.venue == "old-hall"


def test_events_that_contain_each_other_are_read_once() -> None:
    first = event("One", superEvent={"@id": "#two"}) | {"@id": "#one"}
    second = event("Two", superEvent={"@id": "#one"}, subEvent={"@id": "#two"}, location={"@id": "#two"}) | {
        "@id": "#two"
    }

    found = events_of(page([first, second]))

    assert [(each.title["en"], each.parent) for each in found] == [("One", None), ("Two", None)]


@pytest.mark.parametrize(
    ("more", "hours"),
    [
        ({"endDate": "2026-06-05"}, ("2026-06-05T19:00:00+00:00", None)),
        ({"endDate": "2026-06-06"}, ("2026-06-05T19:00:00+00:00", None)),
        ({"endDate": "2026-06-08"}, ("2026-06-05", "2026-06-08")),
        ({"endDate": "2026-06-05T18:00"}, ("2026-06-05T19:00:00+00:00", None)),
        ({"duration": "PT1H30M"}, ("2026-06-05T19:00:00+00:00", "2026-06-05T20:30:00+00:00")),
        ({"startDate": "2018-03-17 23:00:00"}, ("2018-03-17T23:00:00+00:00", None)),
        ({"startDate": "2026-06-05T19:00:00.000+0500"}, ("2026-06-05T19:00:00+05:00", None)),
        ({"startDate": "2026-06-05", "startTime": "20:00"}, ("2026-06-05T20:00:00+00:00", None)),
        ({"startDate": "2026-06-05", "endDate": "2026-06-07T18:00"}, ("2026-06-05", "2026-06-07")),
        ({"startDate": "2026-06-05", "duration": "P2D"}, ("2026-06-05", "2026-06-06")),
        (
            {"startDate": "2026-06-05T00:00:00+02:00", "endDate": "2026-06-06T23:59:59+02:00"},
            ("2026-06-05", "2026-06-06"),
        ),
        ({"startDate": "2026-06-05T00:00", "endDate": "2026-06-06T00:00"}, ("2026-06-05", "2026-06-05")),
        ({"startDate": "2026-06-05T00:00", "endDate": "2026-06-05T00:00"}, ("2026-06-05", "2026-06-05")),
        (
            {"startDate": "2026-06-05T00:00", "endDate": "2026-06-05T04:00"},
            ("2026-06-05T00:00:00+00:00", "2026-06-05T04:00:00+00:00"),
        ),
    ],
)
def test_start_and_end(more: Any, hours: tuple[str, str | None]) -> None:
    assert hours_of(one(**more)) == [hours]


def schedule(**more: Any) -> list[str]:
    """Return the starts of an event with a schedule that begins on 5 June 2026, a Friday."""
    rule = {"@type": "Schedule", "startDate": "2026-06-05", **more}
    return [each.start.isoformat() for each in one(start=None, eventSchedule=rule).showings]


@pytest.mark.parametrize(
    ("more", "days"),
    [
        ({"endDate": "2026-06-08", "repeatFrequency": "P1D", "exceptDate": "2026-06-06"}, "06-05 06-07 06-08"),
        ({"endDate": "2026-06-09", "repeatFrequency": "P2D"}, "06-05 06-07 06-09"),
        (
            {"endDate": "2026-06-14", "repeatFrequency": "Weekly", "byDay": ["https://schema.org/Sunday", "MO"]},
            "06-07 06-08 06-14",
        ),
        ({"endDate": "2026-06-14", "byDay": "Friday"}, "06-05 06-12"),
        ({"repeatCount": 3, "repeatFrequency": "P2W"}, "06-05 06-19 07-03"),
        ({"endDate": "2026-06-20", "repeatFrequency": "P7D", "byDay": "Sa"}, "06-06 06-13 06-20"),
        ({"repeatCount": 2, "repeatFrequency": "P1M", "byDay": "2TU"}, "06-09 07-14"),
        ({"repeatCount": 2, "repeatFrequency": "P1M", "byDay": "-1SU"}, "06-28 07-26"),
        ({"repeatCount": 2, "repeatFrequency": "P1M", "byDay": "Monday", "byMonthWeek": 1}, "07-06 08-03"),
        ({"repeatCount": 2, "repeatFrequency": "P1M"}, "06-05 07-05"),
        ({"repeatCount": 2, "repeatFrequency": "P1M", "byMonthDay": "-1"}, "06-30 07-31"),
        ({"repeatCount": 2, "repeatFrequency": "P1Y", "byMonth": 12, "byMonthDay": 16}, "2026-12-16 2027-12-16"),
        ({}, "06-05"),
    ],
)
def test_schedule_is_written_out(more: Any, days: str) -> None:
    assert schedule(**more) == [day if len(day) > 5 else f"2026-{day}" for day in days.split()]


def test_schedule_that_does_not_repeat_is_a_period() -> None:
    rule = {"@type": "Schedule", "startDate": "2026-06-05", "endDate": "2026-06-14", "startTime": "00:00"}
    text = page(event(start="2026-06-05T00:00:00+02:00", eventSchedule=rule))

    assert hours_of(events_of(text)[0]) == [("2026-06-05", "2026-06-14")]
    assert "1 event has no exact hours and is read as whole days" in report_of(text).remarks


def test_schedule_without_a_start_repeats_the_event() -> None:
    rule = {"byDay": "https://schema.org/Friday", "repeatFrequency": "P1W", "repeatCount": 2}

    found = one(startDate="2026-06-05T19:00", endDate="2026-06-05T20:30", eventSchedule=rule)

    assert hours_of(found) == [
        ("2026-06-05T19:00:00+00:00", "2026-06-05T20:30:00+00:00"),
        ("2026-06-12T19:00:00+00:00", "2026-06-12T20:30:00+00:00"),
    ]


def test_schedule_in_a_time_zone_has_the_same_hour_in_summer_and_winter() -> None:
    rule = {"repeatFrequency": "P1D", "repeatCount": 2, "scheduleTimezone": "Europe/Berlin"}

    found = one(startDate="2026-03-28T20:00+01:00", eventSchedule=rule)

    assert [each.start.isoformat() for each in found.showings] == [
        "2026-03-28T20:00:00+01:00",
        "2026-03-29T20:00:00+02:00",
    ]


def test_schedule_has_hours_and_a_time_zone() -> None:
    rule = {"startDate": "2026-06-05", "startTime": "22:00", "endTime": "01:00:00", "scheduleTimezone": "Asia/Almaty"}

    assert hours_of(one(start=None, eventSchedule=rule)) == [("2026-06-05T22:00:00+05:00", "2026-06-06T01:00:00+05:00")]


@pytest.mark.parametrize(
    ("rule", "number", "remark"),
    [
        (
            {"startDate": "2026-06-05", "repeatFrequency": "P1W"},
            105,
            "1 schedule has no end, or more than 1000 dates; its first 2 years or 1000 dates were read",
        ),
        (
            {"startDate": "2026-06-05", "endDate": "9999-12-31", "repeatFrequency": "P1D"},
            1000,
            "1 schedule has no end, or more than 1000 dates; its first 2 years or 1000 dates were read",
        ),
        ({"startDate": "2026-06-05", "repeatFrequency": "now and then"}, 1, "the schedule of 1 event cannot be read"),
    ],
)
def test_schedule_that_cannot_be_written_out_is_told(rule: Any, number: int, remark: str) -> None:
    text = page(event(eventSchedule=rule))

    assert [len(each.showings) for each in events_of(text)] == [number]
    assert list(report_of(text).remarks) == [remark]


@pytest.mark.parametrize(
    ("location", "name", "address", "city"),
    [
        ("Mill, Mill Lane 3, Almaty", "Mill", "Mill, Mill Lane 3, Almaty", None),
        (
            {"@type": "LocalBusiness", "name": "Mill", "address": "Mill Lane 3, Almaty"},
            "Mill",
            "Mill Lane 3, Almaty",
            None,
        ),
        (
            {"@type": "PostalAddress", "streetAddress": "Mill Lane 3", "addressLocality": "Oral"},
            "Mill Lane 3",
            "Mill Lane 3",
            "Oral",
        ),
        (
            {
                "@type": "Place",
                "name": "Room 5",
                "containedInPlace": {"name": "Mill", "address": {"streetAddress": "Lane 3"}},
            },
            "Room 5",
            "Mill, Lane 3",
            None,
        ),
        (
            [{"@type": "VirtualLocation", "url": "https://live.example/"}, {"@type": "Place", "name": "Mill"}],
            "Mill",
            None,
            None,
        ),
        ({"@type": "VirtualLocation", "url": "https://live.example/"}, "Online", None, None),
    ],
)
def test_location(location: Any, name: str, address: str | None, city: str | None) -> None:
    [venue] = read(page(event(location=location))).venues.values()

    assert (venue.name["en"], venue.address, venue.city) == (name, {"en": address} if address else None, city)


def test_further_places_are_details() -> None:
    places = [{"@type": "Place", "name": name} for name in ("Mill", "Barn", "Yard")]

    assert [(each.label["en"], each.value) for each in one(location=places).details] == [
        ("Also at", {"en": "Barn, Yard"})
    ]


@pytest.mark.parametrize(
    ("more", "price"),
    [
        (
            {"offers": {"@type": "AggregateOffer", "lowPrice": "10", "highPrice": 25.5, "priceCurrency": "EUR"}},
            (10, 25.5, None, None),
        ),
        ({"offers": [{"price": "12,50", "priceCurrency": "EUR"}, {"price": "1.250,00"}]}, (12.5, 1250, None, None)),
        ({"offers": {"priceSpecification": {"minPrice": 5, "priceCurrency": "EUR"}}}, (5, None, None, None)),
        ({"offers": {"price": "from 5 euros"}}, (None, None, None, {"en": "from 5 euros"})),
        (
            {"offers": {"lowPrice": "5 000 тг", "highPrice": "₸15,000.50", "priceCurrency": "KZT"}},
            (5000, 15000.5, None, None),
        ),
        ({"offers": {"price": "190,-", "priceCurrency": "DKK"}}, (190, 190, None, None)),
        ({"offers": {"lowPrice": "$35"}}, (None, None, None, {"en": "$35"})),
        ({"offers": {"price": 0, "priceCurrency": "EUR"}}, (None, None, True, None)),
        ({"offers": {"price": "", "priceCurrency": "EUR"}}, None),
        ({"offers": {"price": "399 – 500", "priceCurrency": "INR"}}, (399, 500, None, None)),
        ({"isAccessibleForFree": True}, (None, None, True, None)),
        ({"isAccessibleForFree": "False"}, (None, None, False, None)),
    ],
)
def test_price(more: Any, price: tuple[float | None, float | None, bool | None, Any] | None) -> None:
    found = one(**more).price

    assert (found and (found.lowest, found.highest, found.free, found.text)) == price


@pytest.mark.parametrize(
    ("stocks", "sold_out"), [(["SoldOut"], True), (["https://schema.org/SoldOut", "InStock"], False), ([], None)]
)
def test_sold_out_is_what_has_no_offer_left(stocks: list[str], *, sold_out: bool | None) -> None:
    assert one(offers=[{"availability": stock} for stock in stocks]).sold_out is sold_out


@pytest.mark.parametrize(
    ("status", "found"),
    [
        ("https://schema.org/EventCancelled", "cancelled"),
        ("http://schema.org/EventPostponed", "postponed"),
        ("EventRescheduled", "moved"),
        ("EventScheduled", "scheduled"),
    ],
)
def test_status(status: str, found: str) -> None:
    assert one(eventStatus=status).status == found


def test_earlier_date_of_a_rescheduled_event_is_a_detail() -> None:
    moved = one(eventStatus="EventRescheduled", previousStartDate="2026-05-01T19:00")

    assert [(each.label["en"], each.value) for each in moved.details] == [("Earlier date", {"en": "2026-05-01 19:00"})]


@pytest.mark.parametrize(
    "name",
    [
        {"en": "Jazz", "kk": "Джаз"},
        [{"@value": "Jazz", "@language": "en"}, {"@value": "Джаз", "@language": "kk-KZ"}],
        ["Jazz", {"@value": "Джаз", "@language": "kk"}],
    ],
)
def test_texts_in_several_languages(name: Any) -> None:
    assert one(name=name).title == {"en": "Jazz", "kk": "Джаз"}


def test_addresses_and_telephone_numbers_are_never_taken() -> None:
    found = one(organizer=["Club", "club@green.example"], performer=["Trio", "+7 701 000 00 00"])

    assert (found.organiser, [each.name for each in found.people]) == ({"en": "Club"}, [{"en": "Trio"}])


def test_film_has_its_name_and_its_people() -> None:
    film = {"@type": "Movie", "name": "Tulpan", "director": {"name": "Sergey D."}, "actor": "Samal Y."}

    found = one(name="", workPresented=film)

    assert found.title == {"en": "Tulpan"}
    assert [(each.name["en"], each.role and each.role["en"]) for each in found.people] == [
        ("Samal Y.", "actor"),
        ("Sergey D.", "director"),
    ]


def test_screenings_of_a_film_are_its_showings() -> None:
    film = {"@type": "Movie", "@id": "https://kino.example/tulpan", "name": "Tulpan"}
    screenings = [{"@type": "ScreeningEvent", "workPresented": film, "startDate": f"2026-06-0{day}"} for day in (5, 6)]

    [found] = events_of(page({"@type": "MovieTheater", "name": "Kino", "event": screenings}))

    assert (found.title, found.venue, len(found.showings)) == ({"en": "Tulpan"}, "kino", 2)


@pytest.mark.parametrize(
    "block",
    [
        '<!-- {"@type": "Event", "name": "Jazz"} -->',
        '//<![CDATA[\n{"@type": "Event", "name": "Jazz"}\n//]]>',
        '/* <![CDATA[ */ {"@type": "Event", "name": "Jazz"}; /* ]]> */',
        '{"@type": "Event", // kind\n "name": "Jazz", /* more */ }',
        '{"@type": ["Event",], "name": "Jazz",}',
        '{"@type": "Event", "name": "Jazz", "description": "two\nlines and a \t"}',
        r'{"@type": "Event", "name": "Jazz", "url": "http:\/\/a.example\/it\'s"}',
        "{&quot;@type&quot;: &quot;Event&quot;, &quot;name&quot;: &quot;Jazz&quot;}",
        '{"@type": "Event", "name": "Jazz", "offers": {"price": NaN}}',
        '{"@type": "Place"}, {"@type": "Event", "name": "Jazz"}',
    ],
)
def test_faults_of_json_are_mended(block: str) -> None:
    text = f'<div><SCRIPT TYPE="application/ld+json; charset=utf-8">{block}</SCRIPT></div>'

    assert titles_of(text) == ["Jazz"]
    assert list(report_of(text).remarks) == []


def test_block_that_cannot_be_read_is_told_and_the_others_are_read() -> None:
    text = page(event(), body='\n<script type="application/ld+json">\n{"@type" "Event"}</script>')

    assert titles_of(text) == ["Jazz"]
    assert list(report_of(text).remarks) == ["line 3: 1 block of JSON-LD is not valid JSON and was left out"]


def test_file_that_breaks_off_is_read_so_far() -> None:
    text = json.dumps(event()) + "\n" + json.dumps(event("Late"))[:-5]

    assert titles_of(text) == ["Jazz"]
    assert report_of(text).remarks[-1] == "line 2: the rest of the file is not valid JSON and was left out"


MICRODATA = """
<HTML lang="ru"><title>Афиша &amp; всё</title><base href="https://agenda.example/">
<ul>
 <li itemscope itemtype="http://schema.org/MusicEvent">
  <a itemprop="url" href="/e/1"><span itemprop="name">Джаз &quot;Ночь&quot;</span></a>
  <meta itemprop="startDate" content="2018-03-17 23:00:00">
  <div itemprop="location" itemscope itemtype="http://schema.org/Place">
   <a itemprop="name" href="/club">Клуб</a> <span itemprop="address">Тверская, 5</span></div>
  <div itemprop="description">Первая <b>строка</b><p>вторая<!-- </div> --></div>
  <p itemprop="offers" itemscope itemtype="http://schema.org/Offer">
   <span itemprop="price" content="1500">1500 руб</span><meta itemprop="priceCurrency" content="RUB" />
 <li itemscope itemtype="http://schema.org/Event"><h3 itemprop=name>Второй</h3>
  <time itemprop="startDate" datetime="2018-03-18T20:00">18 марта</time>
</ul>
"""


def test_microdata() -> None:
    programme = read(MICRODATA)
    [jazz, second] = [found for _values, found in programme.events()]
    [venue] = programme.venues.values()

    assert (programme.head.title, programme.head.language) == ({"ru": "Афиша & всё"}, "ru")
    assert (jazz.id[:-5], jazz.title, jazz.url) == ("djaz-noch", {"ru": 'Джаз "Ночь"'}, "https://agenda.example/e/1")
    assert jazz.summary == {"ru": "Первая строка\n\nвторая"}
    assert hours_of(jazz) == [("2018-03-17T23:00:00+00:00", None)]
    assert (venue.name, venue.address) == ({"ru": "Клуб"}, {"ru": "Тверская, 5"})
    assert jazz.price
    assert (jazz.price.lowest, jazz.price.currency) == (1500, "RUB")
    assert (second.title, hours_of(second)) == ({"ru": "Второй"}, [("2018-03-18T20:00:00+00:00", None)])


REFERRING = """
<ul>
<div id=when><time itemprop="startDate" datetime="2026-06-05T19:00">today</time></div>
<li itemscope itemtype="https://schema.org/Event" itemref="when hall who nothing"><i itemprop=name>Jazz</i>
<li itemscope itemtype="https://schema.org/Event" itemref="when hall"><i itemprop=name>Rock</i>
 <span id=who itemprop=organizer>Club</span>
</ul><div id=hall itemprop=location itemscope itemtype="https://schema.org/Place"><u itemprop=name>Mill</u></div>
<p id=hall itemprop=location>Elsewhere</p>
"""


def test_item_has_the_properties_of_the_elements_to_which_it_refers() -> None:
    found = events_of(REFERRING)

    assert [(each.title, hours_of(each), each.venue, each.organiser) for each in found] == [
        ({"en": title}, [("2026-06-05T19:00:00+00:00", None)], "mill", {"en": "Club"}) for title in ("Jazz", "Rock")
    ]


def test_rdfa() -> None:
    text = """<div vocab="https://schema.org/" typeof="TheaterEvent" resource="#h"><b property="name">Hamlet</b>
    <time property="startDate" datetime="2026-06-05T19:00">today</time>
    <span property="location" typeof="Place"><i property="name">Old Hall</i></span></div>"""

    [found] = events_of(text)

    assert (found.title, found.category, found.venue) == ({"en": "Hamlet"}, "theater", "old-hall")


def test_event_that_the_markup_repeats_is_read_once() -> None:
    body = """<p itemscope itemtype="https://schema.org/Event"><b itemprop=name>{}</b>
    <span itemprop=startDate><i>2026-06-05</i>T19:00</span>"""

    assert titles_of(page(event(), body=body.format("Jazz") + body.format("Rock"))) == ["Jazz", "Rock"]


NO_EVENTS = "an HTML page without schema.org events; look for a calendar (.ics) or a schedule.xml on that site"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("<div>No data</div>", NO_EVENTS),
        (
            '<a href="/a">A</a><a href="/all.ics?x=1">B</a>',
            f"{NO_EVENTS} (the page links to /all.ics?x=1)",
        ),
        (
            '\n<script type="application/ld+json">{"@type": "Ev',
            "line 2: the JSON-LD of this HTML page is not valid JSON",
        ),
        ('{"@type": "Organization", "name": "Club"}', "JSON-LD without events of schema.org"),
        ('{"@type": "Ev', "line 1: it is not valid JSON"),
    ],
)
def test_file_without_events_is_refused_with_the_reason(text: str, sentence: str) -> None:
    with pytest.raises(UnknownFormatError) as raised:
        read(text)

    assert str(raised.value) == f"schedule.xml: {sentence}"


def test_page_that_is_too_large_is_refused() -> None:
    with pytest.raises(SyntaxError, match="17 million characters"):
        read_html("<p>" + " " * (17 << 20))


def test_hour_of_an_event_of_whole_days_is_a_detail() -> None:
    text = page(event(endDate="2026-06-30"))

    assert [(each.label["en"], each.value) for found in events_of(text) for each in found.details] == [
        ("Begins", {"en": "19:00"})
    ]
    assert list(report_of(text).remarks) == ["1 event has no exact hours and is read as whole days"]


def test_unreadable_dates_are_told() -> None:
    text = page(event(start="every Friday"))

    assert list(report_of(text).remarks) == ["the date of 1 event cannot be read"]


@pytest.mark.parametrize(
    "text",
    [
        "<!--" * 2_000,
        "<a" + " x='><a y'" * 2_000 + ' z=">',
        "<div><![x[</div>" + "<div>" * 2_000,
        "<p itemscope itemtype='http://schema.org/Event'>" + "<i itemprop=name>" * 2_000,
        "<p itemscope itemtype='http://schema.org/Event' id=a itemref='a b'>"
        + "<i id=b><u itemprop=name itemscope>" * 99,
        "<p itemscope id=a itemref=a itemprop=a>" * 500 + "<i itemprop=name>" * 2_000,
        "<p itemscope itemtype='http://schema.org/Event'>"
        + "<meta itemprop=startDate content=2026-06-05><meta itemprop=previousStartDate content=2026-05-01>" * 3_000,
        '<p><script type="application/ld+json">' + "[" * 5_000,
        '<p><script type="application/ld+json">{"@type":"Event","a":"' + '\\"' * 5_000,
        "<p><script type='application/ld+json'>" + '{"@type":"Event","subEvent":' * 5_000,
    ],
)
def test_hostile_pages_end_soon_and_are_refused_or_read(text: str) -> None:
    with suppress(UnknownFormatError):
        assert len(events_of(text)) <= 1


def test_long_lists_that_many_events_share_are_read_to_a_limit() -> None:
    film = {"@type": "Movie", "@id": "#film", "name": ["Tulpan"] * 20_000, "actor": ["Samal Y."] * 20_000}
    screenings = [event(f"Screening {number}", workPresented={"@id": "#film"}) for number in range(500)]

    found = events_of(page({"@graph": [film, *screenings]}))

    assert [[each.name for each in event.people] for event in found] == [[{"en": "Samal Y."}]] * 500
