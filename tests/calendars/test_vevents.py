"""Events and visits as entries of a calendar: their names for ever, their times, and what the reader is told."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzfest.calendars.ics_writer import CalendarEntry
from kzfest.calendars.vevents import VisitName, event_entries, is_event_uid, parse_visit_uid, visit_entry, visit_uid
from kzfest.core.festival_day import later, usual_length
from kzfest.core.model import Detail, Event, Head, Location, Person, Price, Showing, Source, Venue
from kzfest.core.visit import LONGEST_ID, Visit
from kzfest.core.visit_facts import ProgrammeFacts, VisitFacts

ALMATY = ZoneInfo("Asia/Almaty")
REVISED = date(2023, 11, 1)
POINT = Location(latitude=51.1, longitude=71.4, accuracy="building")
HALL = Venue(
    id="hall", name={"en": "The hall", "kk": "Зал"}, city="Astana", address={"en": "1 Main Street"}, location=POINT,
    hours={"mon": "closed", "tue": "10:00-18:00"},
)  # fmt: skip
BARN = Venue(id="barn", name={"en": "The barn"}, city="Astana")
AROUND = ProgrammeFacts(
    head=Head(id="fair", title={"en": "The fair"}, timezone="Asia/Almaty", revised=REVISED, first=None, last=None),
    venues={"hall": HALL, "barn": BARN},
    sources={
        "paper": Source(id="paper", title="Weekend", publisher="Paper", url="https://p.invalid/1"),
        "guide": Source(id="guide", title="A guide"),
    },
    zone=ALMATY,
    language="en",
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ALMATY)


def event(*showings: Showing, **fields: Any) -> Event:
    usual: dict[str, Any] = {"id": "tea", "title": {"en": "Tea", "kk": "Шай"}, "category": "concert"}
    return Event(**(usual | fields), showings=showings)


def showing(start: date | datetime, end: date | datetime | None = None, **fields: Any) -> Showing:
    usual: dict[str, Any] = {"id": "", "start": start, "end": end}
    return Showing(**(usual | fields))


def entries(given_: Event, around: ProgrammeFacts = AROUND) -> list[CalendarEntry]:
    return list(event_entries(given_, given_.showings, around))


def visit(**fields: Any) -> Visit:
    usual: dict[str, Any] = {
        "id": "abcde",
        "title": {"en": "Tea as it was"},
        "start": at("2023-12-16T14:00"),
        "end": at("2023-12-16T15:00"),
        "timezone": "Asia/Almaty",
        "programme": "fair",
        "event": "tea",
        "venue": "hall",
        "place": "The hall as it was",
        "changed": datetime(2023, 12, 10, 6, tzinfo=UTC),
    }
    return Visit(**(usual | fields))


def known(given_: Event | None, **fields: Any) -> VisitFacts:
    usual: dict[str, Any] = {"state": "same", "zone": ALMATY, "event": given_, "venue": HALL, "around": AROUND}
    return VisitFacts(**(usual | fields))


def test_event_has_all_that_a_visitor_wants_without_a_network() -> None:
    given_ = event(
        showing(at("2023-12-16T19:00"), at("2023-12-16T21:00")),
        venue="hall",
        summary={"en": "Green tea."},
        people=(Person({"en": "Aigul (violin)", "kk": "Айгүл (скрипка)"}), Person({"en": "Kairat"})),
        organiser={"en": "The city"},
        price=Price({"en": "2000 tenge"}),
        details=(Detail(label={"en": "Cups"}, value={"en": "45"}),),
        notes={"en": "Bring a cup."},
        sources=("paper", "guide"),
        url="https://tea.invalid",
        revision=2,
        changed=date(2023, 12, 5),
    )

    assert entries(given_) == [
        CalendarEntry(
            uid="tea@fair.kzfest.invalid",
            summary="Tea",
            start=at("2023-12-16T19:00"),
            end=at("2023-12-16T21:00"),
            stamp=REVISED,
            changed=date(2023, 12, 5),
            sequence=2,
            location="The hall, 1 Main Street, Astana",
            point=POINT,
            description=(
                "Green tea.\n"
                "With: Aigul (violin), Kairat\n"
                "Organiser: The city\n"
                "Price: 2000 tenge\n"
                "Usually open: Mon closed, Tue 10:00–18:00\n"
                "Cups: 45\n"
                "Bring a cup.\n"
                "Source: Paper, Weekend, https://p.invalid/1\n"
                "Source: A guide"
            ),
            url="https://tea.invalid",
            languages={"summary": "en", "location": "en", "description": "en"},
        )
    ]


def test_event_of_which_little_is_known_says_little() -> None:
    given_ = event(showing(date(2023, 12, 16)))

    assert entries(given_) == [
        CalendarEntry(
            uid="tea@fair.kzfest.invalid",
            summary="Tea",
            start=date(2023, 12, 16),
            end=date(2023, 12, 16),
            stamp=REVISED,
            changed=REVISED,
            sequence=0,
            languages={"summary": "en"},
        )
    ]


@pytest.mark.parametrize(
    ("given_", "start", "end", "description"),
    [
        (showing(date(2023, 12, 30), date(2024, 1, 2)), date(2023, 12, 30), date(2024, 1, 2), ""),
        (
            showing(date(2023, 12, 30), open_end=True),
            date(2023, 12, 30),
            date(2023, 12, 30),
            "The closing day was not published: this entry shows only the first day.",
        ),
        (
            showing(at("2023-12-30T18:00"), open_end=True),
            date(2023, 12, 30),
            date(2023, 12, 30),
            "The closing day was not published: this entry shows only the first day.",
        ),
        (
            showing(at("2024-01-01T00:30"), open_end=True),
            date(2024, 1, 1),
            date(2024, 1, 1),
            "The closing day was not published: this entry shows only the first day.",
        ),
        (
            showing(at("2023-12-31T23:30")),
            at("2023-12-31T23:30"),
            at("2024-01-01T01:30"),
            "The end was not published: kzfest assumes 2 h.",
        ),
        (showing(at("2024-01-01T00:30"), at("2024-01-01T02:00")), at("2024-01-01T00:30"), at("2024-01-01T02:00"), ""),
    ],
    ids=["days", "open days", "open hour", "open night", "no end", "night"],
)
def test_event_is_when_the_calendar_has_it(
    given_: Showing, start: date | datetime, end: date | datetime, description: str
) -> None:
    [found] = entries(event(given_))

    assert (found.start, found.end, found.description) == (start, end, description)


def test_showing_in_another_zone_is_by_the_clocks_of_the_programme() -> None:
    [found] = entries(event(showing(datetime(2023, 12, 16, 13, tzinfo=UTC), datetime(2023, 12, 16, 14, tzinfo=UTC))))

    assert (found.start.isoformat(), found.end.isoformat()) == (
        "2023-12-16T19:00:00+06:00",
        "2023-12-16T20:00:00+06:00",
    )


def test_each_showing_has_its_own_name_and_venue() -> None:
    given_ = event(
        showing(date(2023, 12, 16), id="first"),
        showing(date(2023, 12, 20), id="2023-12-20", venue="barn"),
        venue="hall",
    )

    found = [(each.uid, each.location, each.point) for each in entries(given_)]

    assert found == [
        ("tea.first@fair.kzfest.invalid", "The hall, 1 Main Street, Astana", POINT),
        ("tea.2023-12-20@fair.kzfest.invalid", "The barn, Astana", None),
    ]


def test_repetitions_handed_in_are_named_by_their_days() -> None:
    rule = event(showing(date(2023, 12, 16)), repeats="FREQ=WEEKLY")
    days = [showing(date(2023, 12, day), id=f"2023-12-{day}") for day in (16, 23)]

    found = [each.uid for each in event_entries(rule, days, AROUND)]

    assert found == ["tea.2023-12-16@fair.kzfest.invalid", "tea.2023-12-23@fair.kzfest.invalid"]


def test_fresh_names_say_that_they_are() -> None:
    given_ = event(showing(date(2023, 12, 16)), showing(date(2023, 12, 20), id="second"))

    found = [each.uid for each in entries(given_, replace(AROUND, fresh="fresh-20231210"))]

    assert found == ["tea--fresh-20231210@fair.kzfest.invalid", "tea.second--fresh-20231210@fair.kzfest.invalid"]


YARD = {"en": "In the yard", "kk": "Аулада"}


@pytest.mark.parametrize(
    ("fields", "location"),
    [
        ({"place": YARD, "city": "Astana"}, "In the yard, Astana"),
        ({"place": YARD}, "In the yard"),
        ({"city": "Astana"}, "Astana"),
        ({"venue": "unheard-of", "place": YARD}, "In the yard"),
        ({"venue": "barn", "place": YARD}, "The barn, Astana"),
        ({}, None),
    ],
)
def test_event_is_where_a_map_finds_it(fields: dict[str, Any], location: str | None) -> None:
    [found] = entries(event(showing(date(2023, 12, 16)), **fields))

    assert found.location == location


def test_entry_speaks_the_language_of_the_reader() -> None:
    [found] = entries(event(showing(date(2023, 12, 16)), venue="hall"), replace(AROUND, language="kk"))

    assert (found.summary, found.location) == ("Шай", "Зал, 1 Main Street, Astana")
    assert found.languages == {"summary": "kk", "location": "kk", "description": "kk"}


@pytest.mark.parametrize(
    ("fields", "location"),
    [
        ({"venue": "hall"}, "Зал, 1 Main Street, Астана"),
        ({"venue": "barn"}, "The barn, Астана"),
        ({"place": YARD, "city": "Astana"}, "Аулада, Астана"),
    ],
)
def test_city_is_named_in_the_language_behind_an_address_too(fields: dict[str, Any], location: str) -> None:
    head = AROUND.head._replace(labels={"Astana": {"kk": "Астана", "ru": "Астана"}})

    [found] = entries(event(showing(date(2023, 12, 16)), **fields), replace(AROUND, head=head, language="kk"))

    assert found.location == location


def test_entry_names_the_language_of_what_is_not_in_that_of_the_reader() -> None:
    [found] = entries(
        event(showing(date(2023, 12, 16)), place=YARD, summary={"ru": "Чай"}), replace(AROUND, language="ru")
    )

    assert (found.summary, found.location, found.description) == ("Tea", "In the yard", "Чай")
    assert found.languages == {"summary": "en", "location": "en", "description": "ru"}


@pytest.mark.parametrize("status", ["scheduled", "cancelled", "postponed"])
def test_status_goes_along(status: str) -> None:
    [found] = entries(event(showing(date(2023, 12, 16)), status=status))

    assert found.status == status


def test_visit_is_as_it_was_planned_with_what_is_known_now() -> None:
    given_ = event(
        showing(date(2023, 12, 16)),
        venue="hall",
        url="https://tea.invalid",
        price=Price({"en": "free"}, free=True),
        revision=2,
    )

    found = visit_entry(visit(must=True, note="Window seat", changes=3, revision=2), known(given_), "en")

    assert found == CalendarEntry(
        uid="visit.abcde.tea@fair.kzfest.invalid",
        summary="Tea",
        start=at("2023-12-16T14:00"),
        end=at("2023-12-16T15:00"),
        stamp=datetime(2023, 12, 10, 6, tzinfo=UTC),
        changed=datetime(2023, 12, 10, 6, tzinfo=UTC),
        sequence=5,
        location="The hall, 1 Main Street, Astana",
        point=POINT,
        description="Price: free\nUsually open: Mon closed, Tue 10:00–18:00",
        url="https://tea.invalid",
        must=True,
        note="Window seat",
        languages={"summary": "en", "location": "en", "description": "en"},
    )


def test_visit_without_its_programme_is_as_it_was() -> None:
    found = visit_entry(visit(revision=2, changes=1), known(None, state=None, venue=None, around=None), "en")

    assert found == CalendarEntry(
        uid="visit.abcde.tea@fair.kzfest.invalid",
        summary="Tea as it was",
        start=at("2023-12-16T14:00"),
        end=at("2023-12-16T15:00"),
        stamp=datetime(2023, 12, 10, 6, tzinfo=UTC),
        changed=datetime(2023, 12, 10, 6, tzinfo=UTC),
        sequence=3,
        location="The hall as it was",
    )


def test_visit_at_any_time_is_a_whole_day() -> None:
    found = visit_entry(visit(start=date(2023, 12, 16), end=None), known(event(showing(date(2023, 12, 16)))), "en")

    assert (found.start, found.end) == (date(2023, 12, 16), date(2023, 12, 16))


def test_own_appointment_has_a_name_of_its_own() -> None:
    own = visit(event=None, programme=None, venue=None, place=None, title={"en": "Dinner"})

    found = visit_entry(own, known(None, venue=None, around=None), "en")

    assert (found.uid, found.summary, found.location) == ("own.abcde@own.kzfest.invalid", "Dinner", None)


@pytest.mark.parametrize(
    ("fields", "state", "description"),
    [
        ({}, "moved", "The programme has changed since; this entry has the planned time."),
        ({"assumed": True}, "same", "The end was not published: kzfest assumes 1 h."),
        (
            {"assumed": True},
            "moved",
            (
                "The end was not published: kzfest assumes 1 h.\n"
                "The programme has changed since; this entry has the planned time."
            ),
        ),
    ],
)
def test_visit_tells_what_its_reader_must_know(fields: dict[str, Any], state: str, description: str) -> None:
    found = visit_entry(visit(**fields), known(event(showing(date(2023, 12, 16))), state=state, venue=None), "en")

    assert found.description == description


def test_visit_of_an_event_that_is_gone_says_so() -> None:
    found = visit_entry(visit(), known(None, state="gone", venue=None), "en")

    assert (found.summary, found.description) == ("Tea as it was", "The programme no longer has this event.")


@pytest.mark.parametrize(
    ("changed", "revision", "stamp"),
    [
        (date(2023, 12, 20), 1, datetime(2023, 12, 20, tzinfo=UTC)),
        (date(2023, 12, 1), 1, datetime(2023, 12, 10, 6, tzinfo=UTC)),
        (date(2023, 12, 20), 0, datetime(2023, 12, 10, 6, tzinfo=UTC)),
        (None, 1, datetime(2023, 12, 10, 6, tzinfo=UTC)),
    ],
    ids=["after it was added", "before", "no revision", "no day"],
)
def test_change_of_the_programme_is_one_of_the_visit(changed: date | None, revision: int, stamp: datetime) -> None:
    given_ = event(showing(date(2023, 12, 16)), status="cancelled", changed=changed, revision=revision)

    found = visit_entry(visit(changes=2), known(given_), "en")

    assert (found.status, found.sequence, found.stamp, found.changed) == ("cancelled", 2 + revision, stamp, stamp)


@pytest.mark.parametrize(
    ("uid", "name"),
    [
        ("visit.abcde.tea-time@fair.kzfest.invalid", VisitName("abcde", "tea-time", "fair")),
        ("own.abcde@own.kzfest.invalid", VisitName("abcde", None, None)),
        ("visit.ab-cd.tea@fair.kzfest.invalid", VisitName("ab-cd", "tea", "fair")),
        ("tea@fair.kzfest.invalid", None),
        ("visit.abcde@fair.kzfest.invalid", None),
        ("visit.abcde.tea@fair.example.org", None),
        ("visit.abcde.tea@fair.kzfest.invalid.example.org", None),
        ("own.abcde@fair.kzfest.invalid", None),
        ("", None),
        ("own.-@own.kzfest.invalid", None),
        ("own.--help@own.kzfest.invalid", None),
        (f"own.{'a' * 20}@own.kzfest.invalid", VisitName("a" * 20, None, None)),
        (f"own.{'a' * 21}@own.kzfest.invalid", None),
        ("visit.abcde.-x-@fair.kzfest.invalid", None),
        (f"visit.abcde.{'a' * 1_001}@fair.kzfest.invalid", None),
        ("visit.abcde.tea@-.kzfest.invalid", None),
        ("own.ABCDE@own.kzfest.invalid", None),
    ],
)
def test_name_of_a_visit_is_known_again(uid: str, name: VisitName | None) -> None:
    assert parse_visit_uid(uid) == name


WORDS = st.from_regex("[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True)


@given(WORDS.filter(lambda key: len(key) <= LONGEST_ID), st.none() | WORDS, WORDS)
def test_name_says_what_the_visit_is(key: str, of: str | None, programme: str) -> None:
    uid = visit_uid(visit(id=key, event=of, programme=programme))

    assert parse_visit_uid(uid) == VisitName(key, of, programme if of else None)
    assert not is_event_uid(uid)
    assert re.fullmatch(r"[a-z0-9.@-]+", uid)


@pytest.mark.parametrize(
    ("uid", "ours"),
    [
        ("tea@fair.kzfest.invalid", True),
        ("tea.2023-12-16.fresh-20231210@fair.kzfest.invalid", True),
        ("tea.2023-12-16--fresh-20231210@fair.kzfest.invalid", True),
        ("visit.abcde--fresh-20231210@fair.kzfest.invalid", True),
        ("own.--help@own.kzfest.invalid", False),
        ("-@fair.kzfest.invalid", False),
        ("visit.abcde.tea@fair.kzfest.invalid", False),
        ("tea@example.org", False),
    ],
)
def test_name_of_an_event_is_known_again(uid: str, ours: bool) -> None:  # noqa: FBT001
    assert is_event_uid(uid) is ours


@given(st.datetimes(datetime(2022, 1, 1), datetime(2026, 1, 1)), st.sampled_from(["opera", "concert", "tour"]))  # noqa: DTZ001  # put in a zone below
def test_assumed_end_is_as_usual_unless_the_festival_day_is_over(clock: datetime, category: str) -> None:
    start = clock.replace(microsecond=0, tzinfo=ALMATY)
    start = start.astimezone(UTC).astimezone(ALMATY)

    [found] = entries(event(showing(start), category=category))

    assert isinstance(found.end, datetime)
    assert start.timestamp() < found.end.timestamp() <= later(start, usual_length(category)).timestamp()
    if 5 <= start.hour < 20:
        assert found.end.timestamp() - start.timestamp() == usual_length(category) / timedelta(seconds=1)
