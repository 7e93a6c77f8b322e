"""The tables of a catalogue, and how a programme fills them.

What counts as on stays in `core/days.py`: here its stretches become numbers that a query compares. Days
are numbered from the year 1 (`date.toordinal`), moments in whole minutes since 1970.
"""

from __future__ import annotations

import json
from itertools import chain, count
from typing import TYPE_CHECKING, Any

from kzfest.core.days import repeats_until, stretches
from kzfest.core.errors import FaultyProgrammeError
from kzfest.core.folding import fold
from kzfest.programme.minutes import minute_of
from kzfest.programme.reader import read_history, read_programme
from kzfest.programme.values import with_offsets
from kzfest.programme.zones import zone

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

    from kzfest.core.days import Stretch
    from kzfest.core.model import Certainty, Event, Programme, Venue
from kzfest.programme.reader import Reading

TABLES = """
CREATE TABLE head (record TEXT);
CREATE TABLE source (id TEXT PRIMARY KEY, record TEXT) WITHOUT ROWID;
CREATE TABLE venue (number INTEGER PRIMARY KEY, id TEXT UNIQUE, record TEXT);
CREATE TABLE event (number INTEGER PRIMARY KEY, id TEXT UNIQUE, certainty TEXT, record TEXT);
CREATE TABLE label (kind TEXT, key TEXT, event INTEGER, shown TEXT, PRIMARY KEY (kind, key, event)) WITHOUT ROWID;
CREATE TABLE showing (
    number INTEGER PRIMARY KEY, event INTEGER, id TEXT, start TEXT, finish TEXT, certain INTEGER,
    first_day INTEGER, last_day INTEGER, start_minute INTEGER, end_minute INTEGER
);
CREATE VIRTUAL TABLE span USING rtree_i32 (number, first_day, last_day, start_minute, last_minute);
CREATE TABLE name (number INTEGER PRIMARY KEY, kind TEXT, target INTEGER, key TEXT, shown TEXT);
CREATE VIRTUAL TABLE name_text USING fts5 (key, content = '', tokenize = 'unicode61 remove_diacritics 0');
CREATE VIRTUAL TABLE event_text USING fts5
    (title, people, place, words, content = '', tokenize = 'unicode61 remove_diacritics 0');
CREATE VIRTUAL TABLE name_words USING fts5vocab (name_text, row);
CREATE VIRTUAL TABLE event_words USING fts5vocab (event_text, row);
CREATE VIRTUAL TABLE spelling USING fts5 (word, tokenize = 'trigram');
"""
INDEXES = """
CREATE INDEX event_by_certainty ON event (certainty);
CREATE INDEX showing_by_event ON showing (event, start_minute);
CREATE INDEX name_by_key ON name (kind, key);
CREATE INDEX name_by_target ON name (kind, target);
INSERT INTO spelling SELECT term FROM name_words UNION SELECT term FROM event_words;
"""


def programme(database: sqlite3.Connection, data: bytes, file: str) -> None:
    """Fill *database* with the programme that *data* holds. Raises FaultyProgrammeError."""
    reading, problems = read_programme(data, file=file)
    if reading is None:
        raise FaultyProgrammeError(problems)
    database.executescript(TABLES)
    _fill(database, reading)
    database.executescript(INDEXES)


def history(database: sqlite3.Connection, data: bytes, file: str) -> None:
    """Fill *database* with the history that *data* holds. Raises FaultyProgrammeError."""
    values, problems = read_history(data, file=file)
    if values is None:
        raise FaultyProgrammeError(problems)
    database.execute("CREATE TABLE history (record TEXT)")
    database.execute("INSERT INTO history VALUES (?)", (_json(values),))


def _fill(database: sqlite3.Connection, reading: Reading) -> None:
    programme, records = reading.programme, reading.records
    database.execute("INSERT INTO head VALUES (?)", (_json(_head(programme)),))
    sources = ((key, _json(values)) for key, values in records["sources"].items())
    database.executemany("INSERT INTO source VALUES (?, ?)", sources)
    venues = ((number, key, _json(values)) for number, (key, values) in enumerate(records["venues"].items(), 1))
    database.executemany("INSERT INTO venue VALUES (?, ?, ?)", venues)
    events = list(enumerate(programme.events, 1))
    rows = ((n, e.id, certainty_of(e), _json(with_offsets(records["events"][e.id], e))) for n, e in events)
    database.executemany("INSERT INTO event VALUES (?, ?, ?, ?)", rows)
    labels = chain.from_iterable(_labels(number, event, programme) for number, event in events)
    database.executemany("INSERT OR IGNORE INTO label VALUES (?, ?, ?, ?)", labels)
    texts = ((number, *_texts(event, programme)) for number, event in events)
    database.executemany("INSERT INTO event_text (rowid, title, people, place, words) VALUES (?, ?, ?, ?, ?)", texts)
    _fill_showings(database, programme)
    _fill_names(database, programme)


def _head(programme: Programme) -> dict[str, Any]:
    return {
        "id": programme.head.id,
        "title": programme.head.title,
        "timezone": programme.head.timezone,
        "revised": programme.head.revised.isoformat(),
        "first": programme.head.first and programme.head.first.isoformat(),
        "last": programme.head.last and programme.head.last.isoformat(),
    }


def certainty_of(event: Event) -> Certainty:
    """Return how surely *event* is known to be on, on the first of its days."""
    return "certain" if event.showings else event.when or "reported"


def _fill_showings(database: sqlite3.Connection, programme: Programme) -> None:
    timezone = zone(programme.head.timezone)
    until = repeats_until(programme.head.revised)
    numbers = count(1)
    for event_number, event in enumerate(programme.events, 1):
        for stretch in stretches(event, zone=timezone, last=programme.head.last, until=until):
            number = next(numbers)
            days = stretch.first_day.toordinal(), stretch.last_day.toordinal()
            minutes = minute_of(stretch.start), minute_of(stretch.end)
            row = (number, event_number, *_row(stretch), *days, *minutes)
            database.execute("INSERT INTO showing VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
            database.execute("INSERT INTO span VALUES (?, ?, ?, ?, ?)", (number, *days, minutes[0], minutes[1] - 1))


def _row(stretch: Stretch) -> tuple[str, str, str | None, bool]:
    showing = stretch.showing
    end = showing.end.isoformat() if showing.end else None
    return showing.id, showing.start.isoformat(), end, stretch.certain


def _venues_of(event: Event, programme: Programme) -> list[Venue]:
    ids = dict.fromkeys([event.venue, *(showing.venue for showing in event.showings)])
    return [programme.venues[venue] for venue in ids if venue]


def _labels(number: int, event: Event, programme: Programme) -> Iterator[tuple[str, str, int, str]]:
    """Yield what *event* can be filtered by: kind, search form, its number, and the word as written."""
    venues = _venues_of(event, programme)
    for venue in venues:
        yield "venue", venue.id, number, venue.id
    cities = [venue.city for venue in venues] or ([event.city] if event.city else [])
    for kind, words in (("category", [event.category]), ("tag", event.tags), ("city", cities)):
        for word in words:
            yield kind, fold(word), number, word


def _texts(event: Event, programme: Programme) -> tuple[str, str, str, str]:
    """Return the search forms of what *event* can be found by, weightiest first."""
    venues = _venues_of(event, programme)
    place = [event.place or "", event.city or ""]
    for venue in venues:
        place += [*venue.name.values(), *venue.aliases, venue.city, venue.address or ""]
    words = [event.category, *event.tags, event.organiser or "", event.price or "", event.country or ""]
    for texts in (event.summary, event.notes, *(t for d in event.details for t in (d.label, d.value))):
        words += (texts or {}).values()
    return _folded(event.title.values()), _folded(event.people), _folded(place), _folded(words)


def _folded(texts: Iterable[str]) -> str:
    """Return the search forms of *texts*; a word with an apostrophe is found whole and in its parts."""
    joined = " · ".join(texts)
    apart = joined.replace("'", " ").replace("’", " ")
    return fold(joined) if apart == joined else f"{fold(joined)} {fold(apart)}"


def _fill_names(database: sqlite3.Connection, programme: Programme) -> None:
    """Note every name that an event, a venue or a person may be called by."""
    names = [(number, *name) for number, name in enumerate(_names(programme), 1)]
    database.executemany(
        "INSERT INTO name VALUES (?, ?, ?, ?, ?)",
        ((number, kind, target, fold(shown), shown) for number, kind, target, shown in names),
    )
    database.executemany(
        "INSERT INTO name_text (rowid, key) VALUES (?, ?)",
        ((number, _folded([shown])) for number, _kind, _target, shown in names),
    )


def _names(programme: Programme) -> Iterator[tuple[str, int, str]]:
    for number, venue in enumerate(programme.venues.values(), 1):
        for shown in dict.fromkeys((*venue.name.values(), venue.id, *venue.aliases)):
            yield "venue", number, shown
    for number, event in enumerate(programme.events, 1):
        for shown in dict.fromkeys((*event.title.values(), event.id)):
            yield "event", number, shown
        for person in event.people:
            yield "person", number, person.partition(" (")[0]  # what stands in brackets is a role, of this event only


def _json(values: Any) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))
