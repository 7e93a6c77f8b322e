"""The tables of names and words, which a catalogue gets when the first question about one is asked.

Folding every text of a programme takes as long as reading it; a list of what is on needs none of it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kzfest.core.folding import fold
from kzfest.programme.compiled import TOLD_EVERY
from kzfest.programme.values import event_of, venue_of, venues_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping

    from kzfest.core.model import Event, Texts, Venue
    from kzfest.programme.compiled import Told

_WORDS = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'"
"""Search forms have letters, digits and spaces only: a word is whatever stands between spaces.

SQLite's own table of letters is that of Unicode 6.1, which had not made letters of some of them yet.
"""

TABLES = f"""
CREATE TABLE name (number INTEGER PRIMARY KEY, kind TEXT, target INTEGER, key TEXT, shown TEXT);
CREATE VIRTUAL TABLE name_text USING fts5 (key, content = '', tokenize = "{_WORDS}");
CREATE VIRTUAL TABLE event_text USING fts5 (title, people, place, words, content = '', tokenize = "{_WORDS}");
CREATE VIRTUAL TABLE name_words USING fts5vocab (name_text, row);
CREATE VIRTUAL TABLE event_words USING fts5vocab (event_text, row);
"""
INDEXES = """
CREATE INDEX name_by_key ON name (kind, key);
CREATE INDEX name_by_target ON name (kind, target);
CREATE VIRTUAL TABLE spelling USING fts5 (word, tokenize = 'trigram');
INSERT INTO spelling SELECT term FROM name_words UNION SELECT term FROM event_words;
"""


def words(database: sqlite3.Connection, told: Told) -> None:
    """Add to *database*, a compiled programme, what finds names and words; *told* hears what share is done."""
    database.executescript(TABLES)
    venues = {key: venue_of(json.loads(record)) for key, record in database.execute("SELECT id, record FROM venue")}
    ((head,),) = database.execute("SELECT record FROM head")
    labels = json.loads(head)["labels"]
    _note_names(database, _names_of_venues(venues.values()))
    (total,) = database.execute("SELECT count(*) FROM event").fetchone()
    for number, record in database.execute("SELECT number, record FROM event ORDER BY number"):
        event = event_of(json.loads(record), timezone="UTC")  # every moment has its offset
        _note_names(database, _names_of_event(number, event))
        texts = "INSERT INTO event_text (rowid, title, people, place, words) VALUES (?, ?, ?, ?, ?)"
        database.execute(texts, (number, *_texts(event, venues, labels)))
        if not number % TOLD_EVERY:
            told(number / total)
    database.executescript(INDEXES)


def _note_names(database: sqlite3.Connection, names: Iterable[tuple[str, int, str]]) -> None:
    """Note names that an event, a venue or a person may be called by."""
    for kind, target, shown in names:
        row = "INSERT INTO name (kind, target, key, shown) VALUES (?, ?, ?, ?)"
        number = database.execute(row, (kind, target, fold(shown), shown)).lastrowid
        database.execute("INSERT INTO name_text (rowid, key) VALUES (?, ?)", (number, _folded([shown])))


def _names_of_venues(venues: Iterable[Venue]) -> Iterator[tuple[str, int, str]]:
    for number, venue in enumerate(venues, 1):
        for shown in dict.fromkeys((*venue.name.values(), venue.id, *venue.aliases)):
            yield "venue", number, shown


def _names_of_event(number: int, event: Event) -> Iterator[tuple[str, int, str]]:
    for shown in dict.fromkeys((*event.title.values(), event.id)):
        yield "event", number, shown
    for person in event.people:
        yield "person", number, person.partition(" (")[0]  # what stands in brackets is a role, of this event only


def _texts(event: Event, known: Mapping[str, Venue], labels: Mapping[str, Texts]) -> tuple[str, str, str, str]:
    """Return the search forms of what *event* can be found by, weightiest first."""
    cities = [event.city or ""]
    place = [*(event.place or {}).values()]
    for venue in venues_of(event, known):
        place += [*venue.name.values(), *venue.aliases, venue.address or ""]
        cities.append(venue.city)
    place += _in_all_languages(cities, labels)
    words = _in_all_languages((event.category, *event.tags), labels)
    words.append(event.country or "")
    for texts in (
        event.organiser,
        event.price,
        event.summary,
        event.notes,
        *(t for d in event.details for t in (d.label, d.value)),
    ):
        words += (texts or {}).values()
    return _folded(event.title.values()), _folded(event.people), _folded(place), _folded(words)


def _in_all_languages(words: Iterable[str], labels: Mapping[str, Texts]) -> list[str]:
    """Return *words* and what else they are called."""
    return [text for word in words for text in (word, *labels.get(word, {}).values())]


def _folded(texts: Iterable[str]) -> str:
    """Return the search forms of *texts*; a word with an apostrophe is found whole and in its parts."""
    joined = " · ".join(texts)
    apart = joined.replace("'", " ").replace("’", " ")
    return fold(joined) if apart == joined else f"{fold(joined)} {fold(apart)}"
