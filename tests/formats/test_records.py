"""The records of JSON and CSV: every key is there, null where nothing is known, days included at both ends."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzfest.core.history import Chapter, History, Law, Milestone, Recognition, Votes
from kzfest.core.model import Detail, Dispute, Event, Head, Location, Person, Price, Showing, Source, Venue
from kzfest.formats import records

if TYPE_CHECKING:
    from kzfest.core.model import Certainty

ALMATY = ZoneInfo("Asia/Almaty")
GUIDE = Source(id="guide", title="A guide")
TIMES = Source(
    id="times",
    title="Weekend highlights",
    publisher="The Times",
    published=date(2023, 12, 7),
    url="https://kzfest.invalid/a",
    note={"en": "Breaks off."},
)
SOURCES = {"guide": GUIDE, "times": TIMES}
GUIDE_RECORD: dict[str, Any] = {
    "id": "guide",
    "title": "A guide",
    "publisher": None,
    "published": None,
    "url": None,
    "note": None,
    "texts": {},
}
TIMES_RECORD = {
    "id": "times",
    "title": "Weekend highlights",
    "publisher": "The Times",
    "published": "2023-12-07",
    "url": "https://kzfest.invalid/a",
    "note": "Breaks off.",
    "texts": {},
}
GREEN = Venue(id="green", name={"en": "The green", "kk": "Ауыл алаңы"}, city="Neudorf")
GREEN_RECORD: dict[str, Any] = {
    "id": "green",
    "name": "The green",
    "names": {"en": "The green", "kk": "Ауыл алаңы"},
    "aliases": [],
    "address": None,
    "city": "Neudorf",
    "country": None,
    "latitude": None,
    "longitude": None,
    "accuracy": None,
    "location_source": None,
    "hours": None,
    "hours_note": None,
    "hours_source": None,
    "url": None,
    "notes": None,
    "accessibility": None,
    "rooms": [],
    "texts": {},
    "labels": {},
    "translated": [],
    "sources": [],
}
NO_SHOWING: dict[str, Any] = {
    **dict.fromkeys(("id", "start", "end", "venue", "room", "status", "zone", "title", "price", "note")),
    **dict.fromkeys(("free", "price_from", "price_to", "currency")),
    "texts": {},
}
BARE: dict[str, Any] = {
    "id": "fair",
    "title": "The fair",
    "titles": {"en": "The fair"},
    "category": "fair",
    "tags": [],
    "labels": {},
    "status": "scheduled",
    "certainty": "unannounced",
    "all_day": None,
    "start": None,
    "end": None,
    "first_day": None,
    "last_day": None,
    "showings": [],
    "hours": None,
    "reported": None,
    "venue": None,
    "room": None,
    "place": None,
    "city": None,
    "country": None,
    "summary": None,
    "price": None,
    "tracks": [],
    "parent": None,
    "free": None,
    "price_from": None,
    "price_to": None,
    "currency": None,
    "tickets": None,
    "sold_out": None,
    "age": None,
    "accessibility": None,
    "people_details": [],
    "image": None,
    "organiser": None,
    "people": [],
    "people_texts": [],
    "url": None,
    "languages": [],
    "details": [],
    "notes": None,
    "texts": {},
    "translated": [],
    "revision": 0,
    "changed": None,
    "sources": [],
    "disputes": [],
}


def at(text: str) -> datetime:
    """Return a moment in Almaty."""
    return datetime.fromisoformat(text).replace(tzinfo=ALMATY)


def record_of(event: Event, certainty: Certainty = "certain", language: str = "en") -> dict[str, Any]:
    """Return the record of *event* with all its showings."""
    labels = {"food": {"kk": "тамақ", "ru": "еда"}}
    return records.event_record(
        event,
        certainty=certainty,
        showings=event.showings,
        venue=GREEN if event.venue else None,
        sources=SOURCES,
        labels=labels,
        language=language,
    )


def test_programme_names_itself() -> None:
    head = Head(
        id="village",
        title={"en": "Village fair", "kk": "Мереке"},
        timezone="Asia/Almaty",
        revised=date(2023, 12, 1),
        first=None,
        last=None,
    )

    assert records.programme_record(head, "kk") == {"id": "village", "title": "Мереке", "timezone": "Asia/Almaty"}


def test_event_of_which_little_is_known_has_every_key() -> None:
    event = Event(id="fair", title={"en": "The fair"}, category="fair", when="unannounced")

    assert record_of(event, "unannounced") == BARE


def test_event_of_which_all_is_known() -> None:
    event = Event(
        id="fair",
        title={"en": "The fair", "kk": "Жәрмеңке"},
        category="fair",
        summary={"en": "A fair."},
        tags=("food", "music"),
        venue="green",
        place={"en": "By the well", "kk": "Құдық басында"},
        city="Altdorf",
        country="DE",
        showings=(Showing(id="", start=date(2023, 12, 16), end=date(2023, 12, 30)),),
        price=Price({"en": "By the door", "kk": "Есік алдында"}, None, 500, 1200.5, "KZT"),
        tracks=("Food",),
        parent="festival",
        tickets="https://kzfest.invalid/tickets",
        sold_out=False,
        age=6,
        accessibility={"en": "Step-free."},
        image="https://kzfest.invalid/fair.jpg",
        organiser={"en": "The village"},
        people=(
            Person({"en": "Aigul (violin)", "kk": "Айгүл (скрипка)"}),
            Person({"en": "Bolat"}, {"en": "host", "kk": "жүргізуші"}, "https://kzfest.invalid/bolat", ("kk",)),
        ),
        url="https://kzfest.invalid/fair",
        languages=("kk", "ru"),
        details=(Detail(label={"en": "Stalls"}, value={"en": "20", "kk": "жиырма"}),),
        notes={"ru": "Заметка"},
        status="cancelled",
        revision=2,
        changed=date(2023, 12, 5),
        translated=("title.kk",),
        sources=("guide", "times"),
        disputes=(Dispute(field="start", value={"en": "2023-12-08"}, source="times", note={"en": "Earlier."}),),
    )

    assert record_of(event, language="kk") == {
        "id": "fair",
        "title": "Жәрмеңке",
        "titles": {"en": "The fair", "kk": "Жәрмеңке"},
        "category": "fair",
        "tags": ["food", "music"],
        "labels": {"food": {"kk": "тамақ", "ru": "еда"}},
        "status": "cancelled",
        "certainty": "certain",
        "all_day": True,
        "start": "2023-12-16",
        "end": "2023-12-30",
        "first_day": "2023-12-16",
        "last_day": "2023-12-30",
        "showings": [NO_SHOWING | {"start": "2023-12-16", "end": "2023-12-30"}],
        "reported": None,
        "venue": GREEN_RECORD | {"name": "Ауыл алаңы"},
        "room": None,
        "hours": None,
        "place": "Құдық басында",
        "city": "Neudorf",
        "country": None,
        "summary": "A fair.",
        "price": "Есік алдында",
        "free": None,
        "price_from": 500,
        "price_to": 1200.5,
        "currency": "KZT",
        "tickets": "https://kzfest.invalid/tickets",
        "sold_out": False,
        "age": 6,
        "accessibility": "Step-free.",
        "tracks": ["Food"],
        "parent": "festival",
        "image": "https://kzfest.invalid/fair.jpg",
        "organiser": "The village",
        "people": ["Айгүл (скрипка)", "Bolat (жүргізуші)"],
        "people_texts": [
            {"en": "Aigul (violin)", "kk": "Айгүл (скрипка)"},
            {"en": "Bolat (host)", "kk": "Bolat (жүргізуші)"},
        ],
        "people_details": [
            {
                "name": "Айгүл (скрипка)",
                "role": None,
                "texts": {"name": {"en": "Aigul (violin)", "kk": "Айгүл (скрипка)"}},
                "url": None,
                "languages": [],
            },
            {
                "name": "Bolat",
                "role": "жүргізуші",
                "texts": {"role": {"en": "host", "kk": "жүргізуші"}},
                "url": "https://kzfest.invalid/bolat",
                "languages": ["kk"],
            },
        ],
        "url": "https://kzfest.invalid/fair",
        "languages": ["kk", "ru"],
        "details": [{"label": "Stalls", "value": "жиырма", "texts": {"value": {"en": "20", "kk": "жиырма"}}}],
        "notes": "Заметка",
        "texts": {
            "place": {"en": "By the well", "kk": "Құдық басында"},
            "price": {"en": "By the door", "kk": "Есік алдында"},
        },
        "translated": ["title.kk"],
        "revision": 2,
        "changed": "2023-12-05",
        "sources": [GUIDE_RECORD, TIMES_RECORD],
        "disputes": [{"field": "start", "value": "2023-12-08", "source": "times", "note": "Earlier.", "texts": {}}],
    }


@pytest.mark.parametrize(
    ("showings", "when"),
    [
        (
            [Showing(id="", start=date(2023, 12, 17), end=date(2023, 12, 17))],
            (True, "2023-12-17", "2023-12-17", "2023-12-17", "2023-12-17"),
        ),
        (
            [Showing(id="", start=date(2023, 12, 15), open_end=True)],
            (True, "2023-12-15", None, "2023-12-15", None),
        ),
        (
            [Showing(id="", start=at("2023-12-23T18:00"))],
            (False, "2023-12-23T18:00:00+06:00", None, "2023-12-23", "2023-12-23"),
        ),
        (
            [Showing(id="", start=at("2023-12-31T21:00"), end=at("2024-01-01T02:00"))],
            (False, "2023-12-31T21:00:00+06:00", "2024-01-01T02:00:00+06:00", "2023-12-31", "2023-12-31"),
        ),
        (
            [Showing(id="", start=at("2024-03-01T18:00"), end=at("2024-03-01T19:00"))],
            (False, "2024-03-01T18:00:00+05:00", "2024-03-01T19:00:00+05:00", "2024-03-01", "2024-03-01"),
        ),
        (
            [Showing(id="a", start=date(2023, 12, 30)), Showing(id="b", start=date(2024, 1, 2), end=date(2024, 1, 3))],
            (True, "2023-12-30", "2024-01-03", "2023-12-30", "2024-01-03"),
        ),
        (
            [Showing(id="late", start=at("2023-12-09T19:00")), Showing(id="early", start=date(2023, 12, 6))],
            (True, "2023-12-06", None, "2023-12-06", "2023-12-09"),
        ),
        (
            [
                Showing(id="long", start=date(2023, 12, 5), end=date(2023, 12, 10)),
                Showing(id="b", start=date(2023, 12, 6)),
            ],
            (True, "2023-12-05", "2023-12-10", "2023-12-05", "2023-12-10"),
        ),
        (
            [Showing(id="a", start=date(2023, 12, 5), open_end=True), Showing(id="b", start=date(2023, 12, 6))],
            (True, "2023-12-05", None, "2023-12-05", None),
        ),
        (
            [
                Showing(id="matinee", start=at("2023-12-16T14:00"), end=at("2023-12-16T15:00")),
                Showing(id="evening", start=at("2023-12-16T19:00"), end=at("2023-12-16T20:00")),
            ],
            (False, "2023-12-16T14:00:00+06:00", "2023-12-16T20:00:00+06:00", "2023-12-16", "2023-12-16"),
        ),
        (
            [
                Showing(id="tour", start=at("2023-12-16T14:00"), end=at("2023-12-16T15:00")),
                Showing(id="exhibition", start=date(2023, 12, 10), end=date(2023, 12, 16)),
            ],
            (True, "2023-12-10", "2023-12-16", "2023-12-10", "2023-12-16"),
        ),
        (
            [
                Showing(id="in-the-second-hour", start=at("2024-02-29T23:10").replace(fold=1)),
                Showing(id="in-the-first-hour", start=at("2024-02-29T23:30"), end=at("2024-02-29T23:40")),
            ],
            (False, "2024-02-29T23:30:00+06:00", None, "2024-02-29", "2024-02-29"),
        ),
    ],
)
def test_event_is_when_its_showings_are(showings: list[Showing], when: tuple[object, ...]) -> None:
    record = record_of(Event(id="fair", title={"en": "The fair"}, category="fair", showings=tuple(showings)))

    told = dict(zip(("all_day", "start", "end", "first_day", "last_day"), when, strict=True))
    assert record | {"showings": []} == BARE | told | {"certainty": "certain"}
    assert [each["id"] for each in record["showings"]] == [each.id or None for each in showings]


@given(st.lists(st.tuples(st.dates(), st.integers(0, 40)), min_size=1, max_size=5))
def test_first_and_last_day_are_those_of_all_showings(spans: list[tuple[date, int]]) -> None:
    bounds = [(first, min(first.toordinal() + more, date.max.toordinal())) for first, more in spans]
    showings = tuple(
        Showing(id=str(number), start=first, end=date.fromordinal(last)) for number, (first, last) in enumerate(bounds)
    )

    record = record_of(Event(id="fair", title={"en": "The fair"}, category="fair", showings=showings))

    last = date.fromordinal(max(last for _first, last in bounds)).isoformat()
    assert (record["first_day"], record["last_day"]) == (min(first for first, _last in bounds).isoformat(), last)
    assert (record["start"], record["end"]) == (record["first_day"], record["last_day"])


def test_event_without_a_venue_has_its_own_city() -> None:
    event = Event(id="fair", title={"en": "The fair"}, category="fair", city="Neudorf", reported=date(2023, 12, 20))

    assert record_of(event, "reported") == BARE | {
        "certainty": "reported",
        "city": "Neudorf",
        "reported": "2023-12-20",
    }


def test_venue_of_which_little_is_known_has_every_key() -> None:
    assert records.venue_record(GREEN, sources=SOURCES, labels={}, language="ru") == GREEN_RECORD


def test_venue_of_which_all_is_known() -> None:
    venue = Venue(
        id="green",
        name={"en": "The green"},
        city="Neudorf",
        aliases=("Green",),
        address={"en": "1 Main Street"},
        country="DE",
        location=Location(latitude=51.5, longitude=-0.25, accuracy="street", source="guide"),
        hours={"mon": "closed", "sat": "10:00-18:00"},
        hours_note={"en": "Closed in rain."},
        hours_source="guide",
        url="https://kzfest.invalid/green",
        notes={"en": "Grass."},
        translated=("notes.en",),
        sources=("guide",),
    )

    assert records.venue_record(venue, sources=SOURCES, labels={}, language="en") == GREEN_RECORD | {
        "names": {"en": "The green"},
        "aliases": ["Green"],
        "address": "1 Main Street",
        "country": "DE",
        "latitude": 51.5,
        "longitude": -0.25,
        "accuracy": "street",
        "location_source": "guide",
        "hours": {
            "mon": "closed",
            "tue": None,
            "wed": None,
            "thu": None,
            "fri": None,
            "sat": "10:00-18:00",
            "sun": None,
        },
        "hours_note": "Closed in rain.",
        "hours_source": "guide",
        "url": "https://kzfest.invalid/green",
        "notes": "Grass.",
        "translated": ["notes.en"],
        "sources": [GUIDE_RECORD],
    }


def test_history_has_every_key() -> None:
    law = Law(
        citation="1007-XII",
        titles={"en": "The law", "kk": "Заң"},
        status={"en": "in force"},
        enacted_by={"en": "Supreme Soviet"},
        passed=date(1991, 12, 16),
        timezone="Asia/Almaty",
        adopted=at("1991-12-16T18:14"),
        signed=at("1991-12-16T18:44"),
        signed_by={"en": "The President"},
        drafted_by={"en": "A deputy"},
        chaired_by={"en": "The chairman"},
        votes=Votes(in_favour=270, against=12, abstained=2, absent=3, deputies=360),
        chapters=(Chapter(number=1, articles="1–5", titles={"en": "State"}),),
        sources=("guide",),
    )
    milestone = Milestone(
        id="un",
        at="1992-03",
        precision="month",
        title={"en": "The United Nations"},
        sources=("guide",),
        disputes=(Dispute(field="at", value={"en": "1992-03-02"}, source="times"),),
    )
    turkey = Recognition(
        country={"en": "Turkey", "kk": "Түркия"}, on=date(1991, 12, 16), note={"en": "First."}, sources=("guide",)
    )
    iran = Recognition(country={"en": "Iran"})
    past = History(
        revised=date(2026, 11, 22), sources=SOURCES, milestones=(milestone,), recognitions=(turkey, iran), law=law
    )

    assert records.milestone_record(milestone, past, "kk") == {
        "id": "un",
        "at": "1992-03",
        "precision": "month",
        "timezone": None,
        "title": "The United Nations",
        "titles": {"en": "The United Nations"},
        "summary": None,
        "texts": {},
        "sources": [GUIDE_RECORD],
        "disputes": [{"field": "at", "value": "1992-03-02", "source": "times", "note": None, "texts": {}}],
    }
    assert records.recognition_records(past, "kk") == [
        {
            "country": "Түркия",
            "on": "1991-12-16",
            "note": "First.",
            "texts": {"country": {"en": "Turkey", "kk": "Түркия"}},
            "sources": [GUIDE_RECORD],
        },
        {"country": "Iran", "on": None, "note": None, "texts": {}, "sources": []},
    ]
    assert records.law_record(law, past, "kk") == {
        "citation": "1007-XII",
        "title": "Заң",
        "titles": {"en": "The law", "kk": "Заң"},
        "status": "in force",
        "enacted_by": "Supreme Soviet",
        "passed": "1991-12-16",
        "timezone": "Asia/Almaty",
        "adopted": "1991-12-16T18:14:00+05:00",
        "signed": "1991-12-16T18:44:00+05:00",
        "signed_by": "The President",
        "drafted_by": "A deputy",
        "chaired_by": "The chairman",
        "votes": {"for": 270, "against": 12, "abstained": 2, "absent": 3, "deputies": 360},
        "chapters": [
            {"number": 1, "articles": "1–5", "title": "State", "titles": {"en": "State"}, "summary": None, "texts": {}},
        ],
        "notes": None,
        "texts": {},
        "sources": [GUIDE_RECORD],
    }
