"""Sections and records of a programme file: their kinds, keys and ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Faults = Callable[[str | bytes], list[str]]

HEAD = """\
format: 1
programme: {id: p, title: P, timezone: Asia/Almaty, revised: 2023-12-01}
"""
FAIR = "{id: fair, title: Fair, category: fair, start: 2023-12-16}"


def at(line: int, message: str) -> str:
    return f"p.yaml:{line}: {message}"


def missing(line: int, *keys: str) -> list[str]:
    return [at(line, f"the key '{key}' is missing") for key in sorted(keys)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("{}\n", missing(1, "events", "format", "programme"), id="no section"),
        pytest.param("events: []\n", missing(1, "format", "programme"), id="no format, no programme"),
        pytest.param(HEAD, missing(1, "events"), id="no events"),
        pytest.param(HEAD + "events: []\n", [], id="no event"),
        pytest.param(HEAD + "events: []\nvenues: []\nsources: {}\n", [], id="nothing in any section"),
        pytest.param(
            HEAD + f"events: {FAIR}\n", [at(3, "events: expected a list, found a mapping")], id="events a mapping"
        ),
        pytest.param(HEAD + "events: soon\n", [at(3, "events: expected a list, found text")], id="events a text"),
        pytest.param(HEAD + "events:\n", [at(3, "events: expected a list, found nothing")], id="events empty"),
        pytest.param(HEAD + "events: [soon]\n", [at(3, "expected a mapping, found text")], id="event a text"),
        pytest.param(HEAD + "events: [[]]\n", [at(3, "expected a mapping, found a list")], id="event a list"),
        pytest.param(
            HEAD + "venues: {hall: {name: Hall}}\n"
            "events: [{id: a, title: A, category: c, start: 2023-12-16, venue: hall}]\n",
            [at(3, "venues: expected a list, found a mapping")],
            id="venues a mapping: what names one of them is no second fault",
        ),
        pytest.param(
            HEAD + "sources:\n- {title: Guide}\n- {title: Paper}\n"
            "events: [{id: a, title: A, category: c, start: 2023-12-16, sources: [guide]}]\n",
            [at(3, "sources: expected a mapping, found a list")],
            id="sources a list: what names one of them is no second fault",
        ),
        pytest.param(
            HEAD + "events: [{id: a, title: A, category: c, showings: []}]\n",
            [at(3, "showings: the list is empty; remove the key")],
            id="no showing",
        ),
        pytest.param(
            HEAD + "sources: []\nevents: []\n", [at(3, "sources: expected a mapping, found a list")], id="sources []"
        ),
        pytest.param(
            HEAD + "sources: {guide: Guide}\nevents: []\n",
            [at(3, "expected a mapping, found text")],
            id="source a text",
        ),
        pytest.param(
            "format: 1\nprogramme: [p]\nevents: []\n",
            [at(2, "programme: expected a mapping, found a list")],
            id="programme a list",
        ),
        pytest.param(
            "format: 1\nprogramme: astana\nevents: []\n",
            [at(2, "expected a mapping, found text")],
            id="programme a text",
        ),
        pytest.param(
            HEAD.replace("format: 1", "format: 2") + "events: []\n",
            [at(1, "'2' is not allowed; write 1")],
            id="another format",
        ),
        pytest.param(
            HEAD.replace("format: 1", "format: [1]") + "events: []\n",
            [at(1, "format: expected text, found a list")],
            id="format a list",
        ),
        pytest.param(
            HEAD + "event: []\nnews:\n- a\n- b\nevents: []\n",
            [
                at(3, "unknown key 'event'; did you mean 'events'?"),
                at(
                    4,
                    "unknown key 'news'; allowed are format, programme, sources, labels, synonyms, venues, events",
                ),
            ],
            id="unknown sections",
        ),
        pytest.param(
            HEAD + "labels: []\nevents: []\n", [at(3, "labels: expected a mapping, found a list")], id="labels []"
        ),
        pytest.param(
            HEAD + "labels:\n  concert: {id: konser}\n  fair: {kk: ''}\n  tour: [тур]\n  '': {ru: тур}\nevents: []\n",
            [
                at(5, "the value is empty; remove the key if it is unknown"),
                at(6, "expected text, found a list"),
                at(7, "the value is empty; remove the key if it is unknown"),
            ],
            id="labels that are none",
        ),
    ],
)
def test_section_is_what_it_should_be(faults: Faults, text: str, expected: list[str]) -> None:
    assert faults(text) == expected


@pytest.mark.parametrize(
    ("sections", "expected"),
    [
        pytest.param("events: [{when: permanent}]", missing(3, "category", "id", "title"), id="event"),
        pytest.param("events: []\nvenues: [{address: x}]", missing(4, "id", "name"), id="venue"),
        pytest.param("events: []\nsources: {guide: {publisher: x}}", missing(4, "title"), id="source"),
        pytest.param(
            "events:\n- id: fair\n  title: Fair\n  category: fair\n  showings:\n  - id: a\n  - start: 2023-12-16",
            missing(8, "start"), id="showing",
        ),
        pytest.param(
            "events: []\nvenues:\n- id: a\n  name: A\n  city: C\n  location: {latitude: 51.1}",
            missing(8, "accuracy", "longitude"), id="location",
        ),
        pytest.param(
            "events:\n- {id: fair, title: Fair, category: fair, when: permanent,\n"
            "   details: [{label: A}, {value: B}],\n   disputes: [{field: start}]}",
            [*missing(5, "value"), *missing(5, "label"), *missing(6, "source", "value")], id="detail and dispute",
        ),
    ],
)  # fmt: skip
def test_missing_key_is_a_fault_of_its_record(faults: Faults, sections: str, expected: list[str]) -> None:
    assert faults(f"{HEAD}{sections}\n") == expected


NEWS = "id: news, title: News, category: news, when: permanent"
HALL = "venues: [{id: h, name: H, city: Astana}]"
POINT = "latitude: 51, longitude: 71, accuracy: street"


@pytest.mark.parametrize(
    ("sections", "message"),
    [
        (f"events: [{{titel: x, {NEWS}}}]", "'titel'; did you mean 'title'?"),
        (f"events: [{{Title: x, {NEWS}}}]", "'Title'; did you mean 'title'?"),
        (f"events: [{{{NEWS}, details: [{{label: A, value: B, url: C}}]}}]", "'url'; allowed are label, value"),
        (
            f"events: [{{{NEWS}, disputes: [{{field: a, value: b, source: g, by: c}}]}}]\nsources: {{g: {{title: G}}}}",
            "'by'; allowed are field, value, source, note",
        ),
        (
            f"events: [{{id: a, title: A, category: c, showings: [{{id: a, start: 2023-12-16, veneu: h}}]}}]\n{HALL}",
            "'veneu'; did you mean 'venue'?",
        ),
        (
            "venues: [{id: hall, name: Hall, city: Astana, adress: x}]\nevents: []",
            "'adress'; did you mean 'address'?",
        ),
        (
            f"venues: [{{id: hall, name: Hall, city: Astana, location: {{{POINT}, lat: 51}}}}]\nevents: []",
            "'lat'; allowed are latitude, longitude, accuracy, source",
        ),
        (
            "sources: {guide: {title: Guide, date: 2023-12-16}}\nevents: []",
            "'date'; allowed are title, publisher, published, url, note",
        ),
    ],
)
def test_unknown_key_is_a_fault_with_the_nearest_name(faults: Faults, sections: str, message: str) -> None:
    assert faults(f"{HEAD}{sections}\n") == [at(3, f"unknown key {message}")]


def twice(line: int, name: str) -> str:
    return at(line, f"duplicate id '{name}'; every id must be unique")


def test_id_is_used_once_in_its_section(faults: Faults) -> None:
    events = f"events:\n- {FAIR}\n- {FAIR}\n- {FAIR.replace('id: fair', 'id: fire')}\n- {FAIR}\n"
    venues = "venues:\n- {id: fair, name: Fair, city: A}\n- {id: fair, name: Fair, city: A}\n"

    assert faults(HEAD + events + venues) == [twice(5, "fair"), twice(7, "fair"), twice(10, "fair")]


def test_source_is_used_once_also_where_the_section_stands_there_twice(faults: Faults) -> None:
    text = HEAD + "sources:\n  guide: {title: A}\n  guide: {title: B}\nevents: []\nsources:\n  guide: {title: C}\n"

    assert faults(text) == [
        at(5, "duplicate key 'guide'; keep one"),
        at(7, "duplicate key 'sources'; keep one"),
        twice(8, "guide"),
    ]


def test_label_that_is_there_in_another_form_of_unicode_stands_there_twice(faults: Faults) -> None:
    text = HEAD + "labels:\n  caf\u00e9: {ru: кафе}\n  cafe\u0301: {ru: буфет}\nevents: []\n"

    assert faults(text) == [twice(5, "caf\u00e9")]


def test_key_of_a_source_is_an_id(faults: Faults) -> None:
    text = HEAD + "sources:\n  The Guide: {title: A}\n  '': {title: B}\nevents: []\n"

    assert faults(text) == [
        at(4, "'The Guide' is not an id; use lower-case Latin words joined by hyphens, such as new-year-concert"),
        at(5, "the value is empty; remove the key if it is unknown"),
    ]


def test_start_is_not_judged_without_an_end_that_is_faulty(faults: Faults) -> None:
    event = "{id: fair, title: Fair, category: fair, start: 2023-11-20, end: 2023-12-32}"
    text = HEAD.replace("revised:", "first: 2023-12-01, revised:") + f"events: [{event}]\n"

    assert faults(text) == [
        at(3, "end: '2023-12-32' is not a date; write it as 2023-12-16 or as 2023-12-16 19:00, or as unknown")
    ]


SECTIONS = """\
format: 1
programme: {id: p, title: P, timezone: Asia/Almaty, revised: 2023-12-01, first: 2023-12-01, last: 2023-12-31}
sources: {guide: {title: Guide}}
venues:
- {id: hall, name: Hall, city: Astana, location: {latitude: 51, longitude: 71, accuracy: street}, sources: [guide]}
events:
- {id: fair, title: Fair, category: fair, venue: hall, start: 2023-12-16, repeats: FREQ=DAILY, sources: [guide]}
- {id: dance, title: Dance, category: fair, showings: [{id: first, start: 2023-12-17, venue: hall}]}
"""


@pytest.mark.parametrize(
    ("key", "written", "line"),
    [
        *(("format", "formt", 1), ("programme", "programe", 2), ("sources", "source", 3), ("venues", "venus", 4)),
        *(("events", "event", 6), ("timezone", "time-zone", 2), ("first", "frist", 2), ("title", "titel", 3)),
        *(("id", "idd", 5), ("name", "nmae", 5), ("latitude", "latitud", 5), ("location", "locations", 5)),
        *(("start", "strat", 7), ("category", "kategory", 7), ("repeats", "repeat", 7)),
        *(("showings", "showing", 8), ("venue", "vanue", 8)),
    ],
)
def test_misspelt_key_is_one_fault(faults: Faults, key: str, written: str, line: int) -> None:
    lines = SECTIONS.splitlines()
    lines[line - 1] = lines[line - 1].replace(f"{key}:", f"{written}:", 1)

    assert faults("\n".join(lines)) == [at(line, f"unknown key '{written}'; did you mean '{key}'?")]


def test_value_of_a_misspelt_key_is_checked_too(faults: Faults) -> None:
    text = HEAD + "evnts:\n- {id: fair, titel: Fair, category: fair,\n   showngs: [{id: a,\n     strat: soon}]}\n"

    assert faults(text) == [
        at(3, "unknown key 'evnts'; did you mean 'events'?"),
        at(4, "unknown key 'titel'; did you mean 'title'?"),
        at(5, "unknown key 'showngs'; did you mean 'showings'?"),
        at(6, "unknown key 'strat'; did you mean 'start'?"),
        at(6, "start: 'soon' is not a date; write it as 2023-12-16 or as 2023-12-16 19:00"),
    ]


def test_key_that_is_there_is_not_taken_for_a_misspelt_one(faults: Faults) -> None:
    text = HEAD + f"event:\n- {FAIR.replace('title', 'titel: Fare, title')}\nevents:\n- {FAIR[:-1]}, titel: Fare}}\n"

    assert faults(text) == [
        at(3, "unknown key 'event'; did you mean 'events'?"),
        at(4, "unknown key 'titel'; did you mean 'title'?"),
        twice(6, "fair"),
        at(6, "unknown key 'titel'; did you mean 'title'?"),
    ]


def test_rules_are_checked_in_what_is_sound_of_a_faulty_record(faults: Faults) -> None:
    text = (
        HEAD.replace("Asia/Almaty", "Astana")
        + "venues:\n- {id: hall, name: '', city: Astana, hours_source: paper}\n"
        + "events:\n"
        + "- {id: fair, titel: Fair, category: fair, start: 2023-12-16, end: 2023-12-10, venue: hal}\n"
        + "- {id: fair, title: Fair, category: fair, start: 16 Dec, end: 2022-12-16, sources: [paper]}\n"
        + "- {title: Fair, category: fair, start: 2023-12-16, venue: hal}\n"
    )

    assert faults(text) == [
        at(2, "timezone: 'Astana' is not a time zone; write an IANA name, such as Asia/Almaty"),
        at(4, "name: the value is empty; remove the key if it is unknown"),
        at(4, "no 'paper' in the sources of this file"),
        at(6, "unknown key 'titel'; did you mean 'title'?"),
        at(6, "end must be after start"),
        at(6, "no 'hal' in the venues of this file; did you mean 'hall'?"),
        twice(7, "fair"),
        at(7, "start: '16 Dec' is not a date; write it as 2023-12-16 or as 2023-12-16 19:00"),
        at(7, "no 'paper' in the sources of this file"),
        *missing(8, "id"),
        at(8, "no 'hal' in the venues of this file; did you mean 'hall'?"),
    ]
