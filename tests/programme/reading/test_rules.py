"""Rules across a programme: what each of them finds, and in which line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Faults = Callable[[str | bytes], list[str]]


def with_events(*lines: str, head: str = "", timezone: str = "Asia/Almaty") -> str:
    """Return a programme whose events, one a line, begin in line 6."""
    return "\n".join(
        [
            "format: 1",
            f"programme: {{id: p, title: P, timezone: {timezone}, revised: 2023-12-01{head}}}",
            "sources: {guide: {title: Guide}}",
            "venues: [{id: circus, name: Circus, city: Astana}, {id: opera, name: Opera, city: Astana}]",
            "events:",
            *(f"- {{id: e{number}, title: T, category: c, {line}}}" for number, line in enumerate(lines)),
            "",
        ]
    )


NO_WAY = "the time is missing; add start, showings, when or reported"
NO_MIX = "start and end must both be dates, or both have a time"


def two_ways(ways: str) -> str:
    return f"{ways} exclude each other; keep one"


NO_RULE = ["is not a valid RFC 5545 rule that begins with start; an example is FREQ=YEARLY"]


@pytest.mark.parametrize(
    ("event", "messages"),
    [
        ("start: 2023-12-16, venue: circus, sources: [guide]", []),
        ("start: 2023-12-16, venue: cirkus", ["no 'cirkus' in the venues of this file; did you mean 'circus'?"]),
        ("start: 2023-12-16, venue: museum", ["no 'museum' in the venues of this file"]),
        ("showings: [{id: a, start: 2023-12-16, venue: gym}]", ["no 'gym' in the venues of this file"]),
        (
            "start: 2023-12-16, sources: [guide, guid, paper]",
            [
                "no 'guid' in the sources of this file; did you mean 'guide'?",
                "no 'paper' in the sources of this file",
            ],
        ),
        (
            "start: 2023-12-16, disputes: [{field: start, value: 2023-12-17, source: paper}]",
            ["no 'paper' in the sources of this file"],
        ),
        ("when: permanent", []),
        ("when: unannounced", []),
        ("reported: 2023-12-16", []),
        ("price: free", [NO_WAY]),
        ("end: 2023-12-16", ["'end' needs 'start'", NO_WAY]),
        ("repeats: FREQ=YEARLY", ["'repeats' needs 'start'", NO_WAY]),
        ("when: permanent, end: unknown", ["'end' needs 'start'"]),
        ("start: 2023-12-16, when: permanent", [two_ways("start and when")]),
        ("start: 2023-12-16, reported: 2023-12-16", [two_ways("start and reported")]),
        ("start: 2023-12-16, showings: [{id: a, start: 2023-12-16}]", [two_ways("start and showings")]),
        ("when: permanent, reported: 2023-12-16", [two_ways("when and reported")]),
        ("showings: [{id: a, start: 2023-12-16}], end: 2023-12-17", ["'end' needs 'start'"]),
        ("start: 2023-12-16, end: 2023-12-16", []),
        ("start: 2023-12-16, end: unknown", []),
        ("start: 2023-12-16 19:00, end: unknown", []),
        ("start: 2023-12-16, end: 2023-12-15", ["end must be after start"]),
        ("start: 2023-12-16 19:00, end: 2023-12-16 19:00", ["end must be after start"]),
        ("start: 2023-12-16 19:00, end: 2023-12-16 18:59", ["end must be after start"]),
        ("start: 2023-12-16, end: 2023-12-16 19:00", [NO_MIX]),
        ("start: 2023-12-16 19:00, end: 2023-12-17", [NO_MIX]),
        ("showings: [{id: a, start: 2023-12-16, end: 2023-12-15}]", ["end must be after start"]),
        (
            "showings: [{id: a, start: 2023-12-16}, {id: a, start: 2023-12-17}, {id: b, start: 2023-12-18}]",
            ["duplicate showing 'a'"],
        ),
        ("start: 2023-12-16, venue: circus, place: a yurt", ["'place' and 'venue' exclude each other; remove one"]),
        (
            "start: 2023-12-16, venue: circus, city: Astana, country: KZ",
            [
                "'city' and 'venue' exclude each other; remove one",
                "'country' and 'venue' exclude each other; remove one",
            ],
        ),
        ("start: 2023-12-16, place: a yurt, city: Astana, country: KZ", []),
        (
            "start: 2023-12-16, summary: {kk: Ә}, translated: [summary.kk, title.en]",
            [],
        ),
        (
            "start: 2023-12-16, translated: [title.kk, notes.kk, price.kk, title, venue.kk]",
            [
                "'e0' has no 'title' in language 'kk'",
                "'e0' has no 'notes' in language 'kk'",
                "'e0' has no 'price' in language 'kk'",
                "'title' is not a text of 'e0'; write it as title.kk",
                "'venue.kk' is not a text of 'e0'; write it as title.kk",
            ],
        ),
    ],
)
def test_rule_finds_what_is_wrong_with_an_event(faults: Faults, event: str, messages: list[str]) -> None:
    assert faults(with_events(event)) == [f"p.yaml:6: {message}" for message in messages]


@pytest.mark.parametrize(
    ("rule", "start", "messages"),
    [
        ("FREQ=YEARLY", "2023-12-16", []),
        ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=16", "2023-12-16", []),
        ("FREQ=WEEKLY;BYDAY=SA,SU", "2023-12-16 19:00", []),
        ("freq=daily;count=3", "2023-12-16", []),
        ("FREQ=DAILY;UNTIL=20231220", "2023-12-16", []),
        ("FREQ=DAILY;UNTIL=20231220T190000Z", "2023-12-16 19:00", []),
        ("FREQ=DAILY;BYHOUR=19", "2023-12-16 19:00", []),
        ("yearly", "2023-12-16", NO_RULE),
        ("FREQ=", "2023-12-16", NO_RULE),
        ("FREQ=FORTNIGHTLY", "2023-12-16", NO_RULE),
        ("RRULE:FREQ=YEARLY", "2023-12-16", NO_RULE),
        ("FREQ=YEARLY;", "2023-12-16", NO_RULE),
        ("FREQ=YEARLY;COUNT=0", "2023-12-16", NO_RULE),
        ("FREQ=YEARLY;COUNT=-1", "2023-12-16", NO_RULE),
        ("FREQ=YEARLY;COUNT=many", "2023-12-16", NO_RULE),
        ("FREQ=YEARLY;INTERVAL=0", "2023-12-16", NO_RULE),
        ("FREQ=YEARLY;BYMONTH=6", "2023-12-16", NO_RULE),
        ("FREQ=WEEKLY;BYDAY=XX", "2023-12-16", NO_RULE),
        ("FREQ=WEEKLY;BYDAY=MO", "2023-12-16", NO_RULE),
        ("FREQ=DAILY;UNTIL=20231215", "2023-12-16", NO_RULE),
        ("FREQ=DAILY;UNTIL=next year", "2023-12-16", NO_RULE),
        ("FREQ=DAILY;UNTIL=2024", "2023-12-16", NO_RULE),
        ("FREQ=DAILY;FREQ=WEEKLY", "2023-12-16", NO_RULE),
        ("FREQ=DAILY;COUNT=3;count=3", "2023-12-16", NO_RULE),
        ("FREQ=HOURLY", "2023-12-16 19:00", NO_RULE),
        ("FREQ=DAILY;BYHOUR=19,21", "2023-12-16 19:00", NO_RULE),
        ("FREQ=YEARLY;BYEASTER=99999999", "2023-12-16", NO_RULE),
        ("FREQ=YEARLY;HOLIDAY=1", "2023-12-16", NO_RULE),
    ],
)
def test_rule_of_a_repeating_event_begins_with_its_start(
    faults: Faults, rule: str, start: str, messages: list[str]
) -> None:
    text = with_events(f"start: {start}, repeats: '{rule}'", head=", first: 2023-12-01, last: 2024-01-31")

    assert faults(text) == [f"p.yaml:6: '{rule}' {message}" for message in messages]


@pytest.mark.parametrize(("start", "spent"), [("2021-05-06", True), ("2021-05-07", False)])
def test_rule_is_not_spent_before_the_programme_ends(faults: Faults, start: str, spent: bool) -> None:  # noqa: FBT001
    text = with_events(f"start: {start}, repeats: FREQ=DAILY", head=", first: 2023-12-01, last: 2024-01-31")
    message = "the rule repeats 1000 times, the most allowed, before the programme ends; use a later start"

    assert faults(text) == ([f"p.yaml:6: {message}"] if spent else [])


def test_repeating_event_needs_the_days_of_the_programme(faults: Faults) -> None:
    event = "start: 2023-12-16, repeats: FREQ=YEARLY"
    message = "p.yaml:2: a programme with a repeating event needs first and last"

    assert faults(with_events(event)) == [message]
    assert faults(with_events(event, event, head=", first: 2023-12-01")) == [message]
    assert faults(with_events(event, head=", first: 2023-12-01, last: 2023-12-31")) == []


def test_repeating_event_has_an_end_that_is_known(faults: Faults) -> None:
    text = with_events(
        "start: 2023-12-16, end: unknown, repeats: FREQ=YEARLY", head=", first: 2023-12-01, last: 2023-12-31"
    )

    assert faults(text) == ["p.yaml:6: a repeating event cannot have an unknown end"]


@pytest.mark.parametrize(
    ("head", "outside"),
    [
        ("", ""),
        (", first: 2023-12-10, last: 2023-12-20", "2023-12-10 to 2023-12-20"),
        (", first: 2023-12-10", "2023-12-10 to …"),
        (", last: 2023-12-08", "… to 2023-12-08"),
    ],
)
def test_event_lies_in_the_days_of_the_programme(faults: Faults, head: str, outside: str) -> None:
    text = with_events("start: 2023-12-09", "when: permanent", "reported: 2022-01-01", head=head)

    assert faults(text) == ([f"p.yaml:6: outside the days of the programme ({outside})"] if outside else [])


@pytest.mark.parametrize(
    "event",
    [
        "start: 2023-12-01, end: 2023-12-10",
        "start: 2023-12-20, end: 2024-02-01",
        "start: 2023-12-01, end: unknown",
        "start: 2023-12-21 04:30",
        "showings: [{id: a, start: 2023-11-01}, {id: b, start: 2023-12-15}]",
    ],
)
def test_event_that_touches_the_days_of_the_programme_lies_in_them(faults: Faults, event: str) -> None:
    assert faults(with_events(event, head=", first: 2023-12-10, last: 2023-12-20")) == []


def test_programme_ends_after_it_begins(faults: Faults) -> None:
    text = with_events("start: 2023-12-16", head=", first: 2023-12-20, last: 2023-12-10")

    assert faults(text) == ["p.yaml:2: last is before first"]


def test_programme_has_not_the_id_of_appointments(faults: Faults) -> None:
    text = with_events("start: 2023-12-16").replace("{id: p,", "{id: own,")

    assert faults(text) == ["p.yaml:2: the id 'own' is reserved for your own appointments; choose another"]


@pytest.mark.parametrize(
    ("timezone", "start", "end", "lines"),
    [
        ("Europe/Berlin", "2024-03-31 02:30", "2024-03-31 04:00", [7]),
        ("Europe/Berlin", "2024-03-31 01:30", "2024-03-31 02:00", [8]),
        ("Europe/Berlin", "2024-03-31 02:00", "2024-03-31 02:59", [7, 8]),
        ("Europe/Berlin", "2024-03-31 01:59", "2024-03-31 03:00", []),
        ("Europe/Berlin", "2024-10-27 02:30", "2024-10-27 03:00", []),
        ("Asia/Almaty", "2024-02-29 23:30", "2024-03-01 00:30", []),
        ("Asia/Almaty", "2024-03-31 02:30", "2024-03-31 04:00", []),
    ],
)
def test_hour_that_the_clocks_leave_out_is_a_fault(
    faults: Faults, timezone: str, start: str, end: str, lines: list[int]
) -> None:
    text = with_events(f"\n   start: {start},\n   end: {end}", timezone=timezone)

    assert faults(text) == [
        f"p.yaml:{line}: this time does not exist in {timezone}: the clocks go forward" for line in lines
    ]


@pytest.mark.parametrize(
    ("start", "end", "lines"),
    [
        ("2026-10-25 02:30+02:00", "2026-10-25 02:30+01:00", []),
        ("2026-10-25 02:45+02:00", "2026-10-25 02:15+01:00", []),
        ("2026-10-25 02:30", "2026-10-25 02:45+01:00", []),
        ("2026-10-25 01:00+01:00", "2026-10-25 03:00+00:00", [7, 8]),
        ("2026-06-06 19:00+02:00", "2026-06-06 20:00", []),
    ],
)
def test_offset_that_the_clocks_do_not_have_then_is_a_fault(
    faults: Faults, start: str, end: str, lines: list[int]
) -> None:
    text = with_events(f"\n   start: {start},\n   end: {end}", timezone="Europe/Berlin")

    assert faults(text) == [
        f"p.yaml:{line}: the clocks in Europe/Berlin have another offset then; leave it out" for line in lines
    ]


@pytest.mark.parametrize(
    ("timezone", "event", "lines"),
    [
        ("Pacific/Apia", "start: 2011-12-30", [6]),
        ("Pacific/Apia", "\n  start: 2011-12-28,\n  end: 2011-12-30", [8]),
        ("Pacific/Apia", "start: 2011-12-29, end: 2011-12-31", []),
        ("Pacific/Apia", "start: 2011-12-29, end: unknown", []),
        ("Pacific/Apia", "showings: [{id: a, start: 2011-12-29},\n  {id: b, start: 2011-12-30}]", [7]),
        ("Pacific/Kiritimati", "start: 1994-12-31", [6]),
        ("Pacific/Kwajalein", "start: 1993-08-21", [6]),
        ("Asia/Almaty", "start: 2011-12-30", []),
    ],
)
def test_day_that_the_clocks_leave_out_is_a_fault(faults: Faults, timezone: str, event: str, lines: list[int]) -> None:
    text = with_events(event, timezone=timezone)

    assert faults(text) == [
        f"p.yaml:{line}: this day does not exist in {timezone}: the clocks go forward" for line in lines
    ]


@pytest.mark.parametrize(
    "place",
    [
        "sources: [paper]",
        "hours_source: paper",
        "location: {latitude: 51, longitude: 71, accuracy: street, source: paper}",
    ],
)
def test_unknown_source_of_a_venue_is_a_fault(faults: Faults, place: str) -> None:
    text = with_events().replace("events:", "events: []").replace("name: Circus", f"name: Circus, {place}")

    assert faults(text) == ["p.yaml:4: no 'paper' in the sources of this file"]


ROOMS_AND_HOURS = """\
format: 1
programme: {id: p, title: P, timezone: Europe/Berlin, revised: 2026-10-01, first: 2026-10-01, last: 2026-10-31}
venues:
  - {id: arman, name: Arman, rooms: {hall-1: {name: Hall 1}, hall-2: {name: Hall 2}}}
  - {id: park, name: Park}
events:
"""


@pytest.mark.parametrize(
    ("event", "messages"),
    [
        ("venue: arman, room: hall-2, start: 2026-10-09", []),
        (
            "venue: arman, room: hal-2, start: 2026-10-09",
            ["the venue 'arman' has no room 'hal-2'; did you mean 'hall-2'?"],
        ),
        (
            "venue: arman, showings: [{start: 2026-10-09, room: foyer}]",
            ["the venue 'arman' has no room 'foyer'; its rooms are hall-1, hall-2"],
        ),
        (
            "venue: arman, room: hall-1, showings: [{start: 2026-10-09, venue: park, room: hall-1}]",
            ["the venue 'park' has no 'rooms'; add 'hall-1' to them"],
        ),
        ("place: the square, room: hall-1, start: 2026-10-09", ["'room' needs 'venue'"]),
        ("venue: gym, room: hall-1, start: 2026-10-09", ["no 'gym' in the venues of this file"]),
        ("start: 2026-10-09, end: 2026-10-11, hours: '12:00-20:00'", []),
        ("when: permanent, hours: '12:00-20:00'", []),
        (
            "start: 2026-10-09 12:00, hours: '12:00-20:00'",
            ["'hours' needs days; remove the time from start and end"],
        ),
        (
            "start: 2026-10-09, hours: '12:00-20:00', repeats: FREQ=WEEKLY",
            ["'hours' and 'repeats' exclude each other; give start and end a time instead of 'hours'"],
        ),
        (
            "start: 2026-10-09, end: 2026-10-10, hours: {fri-sat: closed}",
            ["the event is closed on all its days; correct 'hours' or the days"],
        ),
        (
            "start: 2026-10-09, end: 2029-12-31, hours: '12:00-20:00'",
            ["'hours' needs at most 1000 days; use a later start or 'when: permanent'"],
        ),
        (
            "start: 2026-10-09, hours: '12-20'",
            ["hours: '12-20' is not valid; write closed, or hours such as 10:00-18:00"],
        ),
        ("start: 2026-10-09 10:00, repeats: FREQ=DAILY, except: [2026-10-11]", []),
        ("start: 2026-10-09, end: 2026-10-12, hours: '12:00-20:00', except: [2026-10-11]", []),
        ("start: 2026-10-09, except: [2026-10-09]", ["'except' needs 'repeats' or 'hours'"]),
        (
            "start: 2026-10-09, repeats: FREQ=WEEKLY, except: [2026-10-16, 2026-10-17]",
            ["the event is not on 2026-10-17 anyway; remove the day or correct it"],
        ),
        (
            "start: 2026-10-09, end: 2026-10-12, hours: '12:00-20:00', except: [2026-10-13]",
            ["the event is not on 2026-10-13 anyway; remove the day or correct it"],
        ),
        ("showings: [{start: 2026-10-09 12:00, zone: Asia/Almaty}]", []),
        ("showings: [{start: 2026-10-09, zone: Asia/Almaty}]", ["'zone' needs a time; add it to start"]),
        (
            "showings: [{start: 2026-10-09 12:00, zone: Almaty}]",
            ["zone: 'Almaty' is not a time zone; write an IANA name, such as Asia/Almaty"],
        ),
        ("showings: [{start: 2026-10-09}, {id: '1', start: 2026-10-10}]", ["duplicate showing '1'"]),
        (
            "showings: [{start: 2026-10-09, title: {kk: Фильм}}], translated: [showings.kk, showings.ru]",
            ["'e' has no 'showings' in language 'ru'"],
        ),
    ],
)
def test_rooms_hours_and_showings_are_held_to_their_rules(faults: Faults, event: str, messages: list[str]) -> None:
    text = f"{ROOMS_AND_HOURS}  - {{id: e, title: E, category: film, {event}}}\n"

    assert faults(text) == [f"p.yaml:7: {message}" for message in messages]


NO_ID = "is not an id; use lower-case Latin words joined by hyphens, such as new-year-concert"


def test_fault_of_one_room_leaves_the_others_known(faults: Faults) -> None:
    text = (
        "format: 1\n"
        "programme: {id: p, title: P, timezone: Europe/Berlin, revised: 2026-10-01}\n"
        "venues:\n"
        "  - id: arman\n"
        "    name: Arman\n"
        "    rooms:\n"
        "      hall-1: {name: Hall 1, capacity: many}\n"
        "      Hall 2: {nane: Hall 2}\n"
        "events:\n"
        "  - {id: e, title: E, category: film, venue: arman, room: hall-1, start: 2026-10-09}\n"
    )

    assert faults(text) == [
        "p.yaml:7: capacity: 'many' is not a whole number from 0",
        f"p.yaml:8: Hall 2: 'Hall 2' {NO_ID}",
        "p.yaml:8: unknown key 'nane'; did you mean 'name'?",
    ]


def test_venue_has_its_rooms_and_may_have_one_span_for_every_day(faults: Faults) -> None:
    text = (
        "format: 1\n"
        "programme: {id: p, title: P, timezone: Europe/Berlin, revised: 2026-10-01}\n"
        "venues:\n"
        "  - {id: arman, name: Arman, hours: '10:00-13:00, 14:00-02:00', rooms: {hall: {name: Hall, capacity: 9}},\n"
        "     accessibility: {en: A lift., kk: Лифт бар.}, translated: [accessibility.kk, rooms.en, rooms.kk]}\n"
        "events:\n"
        "  - {id: e, title: E, category: film, venue: arman, start: 2026-10-09}\n"
    )

    assert faults(text) == ["p.yaml:5: 'arman' has no 'rooms' in language 'kk'"]
