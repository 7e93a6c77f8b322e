"""Create the tables for names and words, at the first query that needs them.

Folding every text of a programme takes as long as reading it, and a list of events does not need it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from kzfest.core.folding import fold
from kzfest.core.localized import choose, person_name, person_texts
from kzfest.core.model import LANGUAGES
from kzfest.programme.database.cache import RECORDS_PER_UPDATE
from kzfest.programme.database.stemming import keys, parts_of, without_small, words_of
from kzfest.programme.decode import event_of, venue_of, venues_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping

    from kzfest.core.model import Event, Room, Texts, Venue
    from kzfest.programme.database.cache import OnProgress

IN_TEXT, IN_LABEL, IN_NAME = range(3)
"""The most relevant part that has a word."""
_WORDS = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'"
"""Search forms consist of letters, digits and spaces, so every character except spaces belongs to a word.

SQLite uses Unicode 6.1, which does not know some of the letters.
"""

TEXT_TABLES = f"""
CREATE TABLE name (number INTEGER PRIMARY KEY, kind TEXT, target INTEGER, key TEXT, shown TEXT, sure INTEGER);
CREATE VIRTUAL TABLE name_text USING fts5 (key, content = '', tokenize = "{_WORDS}");
CREATE VIRTUAL TABLE event_text USING fts5 (
    title, people, labels, place, details, address, notes, content = '', tokenize = "{_WORDS}"
);
CREATE TABLE synonym (meaning INTEGER, form TEXT);
CREATE TABLE word_key (key TEXT, word TEXT, part INTEGER, PRIMARY KEY (key, word)) WITHOUT ROWID;
"""
INSERT_TEXTS = """
INSERT INTO event_text (rowid, title, people, labels, place, details, address, notes) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""
TEXT_INDEXES = f"""
CREATE INDEX name_by_key ON name (kind, key);
CREATE INDEX name_by_target ON name (kind, target);
CREATE INDEX key_by_word ON word_key (word);
CREATE VIRTUAL TABLE spelling USING fts5 (word, tokenize = 'trigram');
INSERT INTO spelling SELECT DISTINCT word FROM word_key WHERE part = {IN_NAME};
"""


def index_words(database: sqlite3.Connection, on_progress: OnProgress) -> None:
    """Add the tables for names and words to *database*; *on_progress* gets the share done, from 0 to 1."""
    database.executescript(TEXT_TABLES)
    venues = {key: venue_of(json.loads(record)) for key, record in database.execute("SELECT id, record FROM venue")}
    ((head,),) = database.execute("SELECT record FROM head")
    said = json.loads(head)
    labels = said["labels"]
    seen = _Words()
    for meaning, (word, others) in enumerate(said["synonyms"].items()):
        forms = [seen.folded([each], IN_LABEL) for each in (word, *others)]
        database.executemany("INSERT INTO synonym VALUES (?, ?)", [(meaning, form) for form in forms])
    _insert_names(database, _names_of_venues(venues.values()), seen)
    (total,) = database.execute("SELECT count(*) FROM event").fetchone()
    for number, record in database.execute("SELECT number, record FROM event ORDER BY number"):
        event = event_of(json.loads(record), timezone="UTC")  # unused: every time has an offset
        _insert_names(database, _names_of_event(number, event), seen)
        database.execute(INSERT_TEXTS, (number, *_texts(event, venues, labels, seen)))
        if not number % RECORDS_PER_UPDATE:
            on_progress(number / total)
    database.executemany("INSERT INTO word_key VALUES (?, ?, ?)", seen.keys())
    database.executescript(TEXT_INDEXES)


class _Words:
    """Collects the distinct words of a programme as written, so that each is stemmed once."""

    def __init__(self) -> None:
        self._words: tuple[set[str], set[str], set[str]] = (set(), set(), set())

    def folded(self, texts: Iterable[str], part: int = IN_TEXT) -> str:
        """Return the search form of *texts*, and collect their words. Words with apostrophes are added in parts too."""
        joined = without_small(" · ".join(texts))
        self._words[part].update(joined.split())
        apart = joined.replace("'", " ").replace("’", " ")
        return fold(joined) if apart == joined else f"{fold(joined)} {fold(apart)}"

    def keys(self) -> Iterator[tuple[str, str, int]]:
        """Return the rows of `word_key`: each key with each search form that has it, and its part."""
        found: dict[tuple[str, str], int] = {}
        for part, seen in enumerate(self._words):
            for word in {word for text in seen for word in words_of(text.casefold())}:
                for each in (word, *parts_of(word)):
                    found.update(dict.fromkeys(_keyed(each), part))
        return ((key, form, part) for (key, form), part in found.items())


def _keyed(word: str) -> Iterator[tuple[str, str]]:
    """Yield the keys of *word* with its search form, or with each word of it if folding splits it."""
    form = fold(word)
    if " " in form:
        for part in form.split():
            yield f"={part}", part
    elif form:
        for key in keys(word, translit=False):
            yield key, form


class _Name(NamedTuple):
    """A name of an event, a venue or a person."""

    kind: str
    target: int
    text: str
    shown: str
    """The name in answers: for a person, the same one for all languages."""
    sure: bool = True
    """Whether it is a title or a venue's own name, not an alias."""


def _insert_names(database: sqlite3.Connection, names: Iterable[_Name], seen: _Words) -> None:
    for name in names:
        row = "INSERT INTO name (kind, target, key, shown, sure) VALUES (?, ?, ?, ?, ?)"
        number = database.execute(row, (name.kind, name.target, fold(name.text), name.shown, name.sure)).lastrowid
        database.execute(
            "INSERT INTO name_text (rowid, key) VALUES (?, ?)", (number, seen.folded([name.text], IN_NAME))
        )


def _names_of_venues(venues: Iterable[Venue]) -> Iterator[_Name]:
    for number, venue in enumerate(venues, 1):
        own = (*venue.name.values(), venue.id)
        for shown in dict.fromkeys((*own, *venue.aliases)):
            yield _Name("venue", number, shown, shown, sure=shown in own)


def _names_of_event(number: int, event: Event) -> Iterator[_Name]:
    for shown in dict.fromkeys((*_titles(event), event.id)):
        yield _Name("event", number, shown, shown)
    for person in event.people:
        shown = person_name(choose(person.name, LANGUAGES[0]).text)
        for name in dict.fromkeys(map(person_name, person.name.values())):
            yield _Name("person", number, name, shown)


def _texts(event: Event, known: Mapping[str, Venue], labels: Mapping[str, Texts], seen: _Words) -> tuple[str, ...]:
    """Return the search forms of the searchable parts of *event*, in the order of `search.PARTS`."""
    cities: list[str] = [event.city or ""]
    addresses: list[str] = []
    place = [*(event.place or {}).values()]
    for venue in venues_of(event, known):
        place += [*venue.name.values(), *venue.aliases]
        addresses += (venue.address or {}).values()
        cities.append(venue.city or "")
    place += [text for room in _rooms(event, known) for text in room.name.values()]
    place += _in_all_languages(cities, labels)
    prices = [price and price.text for price in (event.price, *(showing.price for showing in event.showings))]
    notes = [event.notes, *(showing.note for showing in event.showings)]
    details = [text for detail in event.details for text in (detail.label, detail.value)]
    said = (event.organiser, *prices, event.summary, event.accessibility, *details)
    return (
        seen.folded(_titles(event), IN_NAME),
        seen.folded((text for person in event.people for text in person_texts(person).values()), IN_NAME),
        seen.folded(_in_all_languages((event.category, *event.tags, *event.tracks), labels), IN_LABEL),
        seen.folded(place),
        seen.folded([event.country or "", *(text for texts in said for text in (texts or {}).values())]),
        seen.folded(addresses),
        seen.folded(text for texts in notes for text in (texts or {}).values()),
    )


def _titles(event: Event) -> list[str]:
    """Return the titles of *event* and of its showings, in all languages."""
    titles = (event.title, *(showing.title or {} for showing in event.showings))
    return [text for title in titles for text in title.values()]


def _rooms(event: Event, known: Mapping[str, Venue]) -> list[Room]:
    """Return the rooms of *event* and of its showings."""
    places = [(each.venue, each.room) for each in (event, *map(event.at, event.showings))]
    return [known[venue].rooms[room] for venue, room in dict.fromkeys(places) if venue and room]


def _in_all_languages(words: Iterable[str], labels: Mapping[str, Texts]) -> list[str]:
    """Return *words* and their labels in all languages."""
    return [text for word in words for text in (word, *labels.get(word, {}).values())]
