"""The tables of a catalogue: what is put into them, in whole rows."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import pytest

from kzfest.core.errors import FaultyProgrammeError
from kzfest.programme.database import build
from kzfest.programme.database.cache import no_progress
from kzfest.programme.database.queries import LATEST, minute_of
from kzfest.programme.database.text_index import index_words

PROGRAMME = """\
format: 1
programme: {id: p, title: P, timezone: Asia/Almaty, revised: 2023-12-01, first: 2023-12-01, last: 2023-12-31}
venues: [{id: opera, name: {en: Opera, kk: Опера}, aliases: [Big House], city: Astana, address: 1 Turan}]
events:
- {id: gala, title: Gala, category: concert, tags: [Jazz], venue: opera, people: [PERSON], start: 2023-12-16 19:00}
- {id: maze, title: Maze, category: art, city: Almaty, summary: Dell'arte, start: 2023-12-30, end: unknown}
- {id: hall, title: Hall, category: art, when: permanent}
""".replace("PERSON", "{en: Ann (piano), ru: Анна (рояль)}")


def rows(query: str, text: str = PROGRAMME) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(":memory:")) as database:
        build.build_programme(database, text.encode(), "p.yaml")
        index_words(database, no_progress)
        database.execute("CREATE VIRTUAL TABLE event_words USING fts5vocab (event_text, row)")
        return database.execute(query).fetchall()


def test_stretches_become_days_and_minutes() -> None:
    assert rows("SELECT number, event, start, finish, certain, start_minute, end_minute FROM showing") == [
        (1, 1, "2023-12-16T19:00:00+06:00", None, 1, 28_378_860, 28_378_980),
        (2, 2, "2023-12-30", None, 1, 28_398_180, 28_399_620),
        (3, 2, "2023-12-30", None, 0, 28_399_620, 28_401_060),
    ]
    assert rows("SELECT number, first_day, last_day, start_minute, last_minute FROM span ORDER BY number") == [
        (1, 738_870, 738_870, 28_378_860, 28_378_979),
        (2, 738_884, 738_884, 28_398_180, 28_399_619),
        (3, 738_885, 738_885, 28_399_620, 28_401_059),
    ]


def test_labels_have_search_form_and_the_word_as_written() -> None:
    assert rows("SELECT kind, key, event, shown FROM label") == [
        ("category", "art", 2, "art"),
        ("category", "art", 3, "art"),
        ("category", "concert", 1, "concert"),
        ("city", "almati", 2, "Almaty"),
        ("city", "astana", 1, "Astana"),
        ("tag", "jazz", 1, "Jazz"),
        ("venue", "opera", 1, "opera"),
    ]


def test_names_are_those_of_venues_events_and_people() -> None:
    assert rows("SELECT kind, target, key, shown FROM name ORDER BY number") == [
        ("venue", 1, "opera", "Opera"),
        ("venue", 1, "opera", "Опера"),
        ("venue", 1, "opera", "opera"),
        ("venue", 1, "big house", "Big House"),
        ("event", 1, "gala", "Gala"),
        ("event", 1, "gala", "gala"),
        ("person", 1, "ann", "Ann"),
        ("person", 1, "ana", "Ann"),
        ("event", 2, "maze", "Maze"),
        ("event", 2, "maze", "maze"),
        ("event", 3, "hall", "Hall"),
        ("event", 3, "hall", "hall"),
    ]


def test_words_of_the_texts_are_folded() -> None:
    words = {word for (word,) in rows("SELECT term FROM event_words")}

    assert words == {
        "gala", "ann", "ana", "piano", "roial", "opera", "big", "house", "astana", "1", "turan", "concert", "jazz",
        "maze", "almati", "art", "delarte", "dell", "arte", "hall",
    }  # fmt: skip


def test_certainty_is_that_of_the_first_day() -> None:
    assert rows("SELECT id, certainty FROM event") == [("gala", "certain"), ("maze", "certain"), ("hall", "permanent")]


def test_same_file_gives_the_same_tables() -> None:
    def dump() -> list[str]:
        with closing(sqlite3.connect(":memory:")) as database:
            build.build_programme(database, PROGRAMME.encode(), "p.yaml")
            index_words(database, no_progress)
            return list(database.iterdump())

    assert dump() == dump()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "p.yaml: an empty file; download it again, or begin a programme with `kzfest new`"),
        (
            PROGRAMME.replace("city: Almaty", "city: Almaty, venue: opera"),
            "p.yaml:6:48: 'city' and 'venue' exclude each other; remove one",
        ),
        (PROGRAMME.replace("title: Hall,", ""), "p.yaml:7:3: the key 'title' is missing"),
    ],
)
def test_faulty_file_is_not_compiled(text: str, problem: str) -> None:
    with closing(sqlite3.connect(":memory:")) as database, pytest.raises(FaultyProgrammeError) as raised:
        build.build_programme(database, text.encode(), "p.yaml")

    assert str(raised.value) == problem


def test_open_end_reaches_as_far_as_the_last_event() -> None:
    text = re.sub(", first: .*, last: .*}", "}", PROGRAMME).replace("when: permanent", "start: 2024-01-02")

    assert rows("SELECT event, first_day, last_day FROM showing WHERE NOT certain", text) == [(2, 738_885, 738_887)]


@pytest.mark.parametrize(
    ("head", "event", "showings"),
    [
        ("timezone: Europe/Berlin", "start: 2026-03-28 02:00, end: 2026-03-28 03:00, repeats: FREQ=DAILY;COUNT=3", 3),
        ("timezone: Pacific/Apia", "start: 2011-12-29, repeats: FREQ=DAILY;COUNT=3", 2),
        ("timezone: Pacific/Apia, last: 2011-12-30", "start: 2011-12-29, end: unknown", 1),
        ("timezone: Pacific/Kiritimati, revised: 5999-12-31", "start: 5999-12-31 23:00, repeats: FREQ=YEARLY", 51),
        ("timezone: Pacific/Pago_Pago, last: 5999-12-31", "start: 5999-12-30 23:00, end: 5999-12-31 23:59", 1),
        ("timezone: Pacific/Pago_Pago, last: 5999-12-31", "start: 5999-12-30, end: unknown", 2),
        ("timezone: Asia/Almaty, first: 1000-01-01", "start: 1000-01-01 05:00, end: 1000-01-01 05:01", 1),
    ],
)
def test_each_stretch_of_a_sound_programme_goes_into_the_tables(head: str, event: str, showings: int) -> None:
    given = {"revised": "2026-01-01", "first": "2011-01-01", "last": "5999-12-31"}
    given |= dict(pair.split(": ") for pair in head.split(", "))
    text = (
        "format: 1\n"
        f"programme: {{id: p, title: P, {', '.join(f'{key}: {value}' for key, value in given.items())}}}\n"
        f"events: [{{id: e, title: E, category: c, {event}}}]\n"
    )

    assert rows("SELECT count(*) FROM span WHERE start_minute <= last_minute AND last_minute < 2147483647", text) == [
        (showings,)
    ]


@pytest.mark.parametrize(
    ("moment", "minute"),
    [
        ("1970-01-01 00:00:00", 0),
        ("1970-01-01 00:00:59", 0),
        ("1970-01-01 00:01:00", 1),
        ("1969-12-31 23:59:59", -1),
        ("2023-12-16 13:00:00", 28_378_860),
        ("8999-12-31 23:59:00", LATEST),
    ],
)
def test_moment_becomes_whole_minutes(moment: str, minute: int) -> None:
    assert minute_of(datetime.fromisoformat(moment).replace(tzinfo=UTC)) == minute
