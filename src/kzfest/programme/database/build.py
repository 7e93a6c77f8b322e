"""Create the tables of a catalogue and fill them; `text_index.py` adds those for names and words.

The stretches of `core/festival_day.py` become numbers that queries compare: days as `date.toordinal`, moments as whole
minutes since 1970.
"""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import datetime
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple

from kzfest.core.errors import FaultyProgrammeError
from kzfest.core.event_hours import showings_in_hours, whole_days
from kzfest.core.festival_day import festival_days, may_go_on, repeats_until, stretches
from kzfest.core.folding import fold
from kzfest.core.opening_hours import MINUTES_OF_A_DAY
from kzfest.programme.database.cache import no_progress
from kzfest.programme.database.queries import minute_of, minute_of_day
from kzfest.programme.decode import with_offsets
from kzfest.programme.files import AS_THE_FILE_SAYS, ImportOptions
from kzfest.programme.importing.assembly import ImportedProgramme
from kzfest.programme.importing.recognition import reading_of
from kzfest.programme.zones import zone

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import tzinfo

    from kzfest.core.festival_day import Stretch
    from kzfest.core.model import Certainty, Event, Price, Showing, Venue
    from kzfest.programme.database.cache import OnProgress
    from kzfest.programme.importing.report import ImportReport
    from kzfest.programme.reading.reader import ProgrammeReader

TABLES = """
CREATE TABLE head (record TEXT);
CREATE TABLE source (id TEXT PRIMARY KEY, record TEXT) WITHOUT ROWID;
CREATE TABLE venue (number INTEGER PRIMARY KEY, id TEXT UNIQUE, record TEXT);
CREATE TABLE event (
    number INTEGER PRIMARY KEY, id TEXT UNIQUE, certainty TEXT, admission INTEGER, changed TEXT, record TEXT,
    file_key TEXT -- what identifies it in its file
);
CREATE TABLE admission (
    number INTEGER PRIMARY KEY, free INTEGER, price_from REAL, price_to REAL, currency TEXT, age INTEGER
);
CREATE TABLE label (kind TEXT, key TEXT, event INTEGER, shown TEXT, PRIMARY KEY (kind, key, event)) WITHOUT ROWID;
CREATE TABLE showing (
    number INTEGER PRIMARY KEY, event INTEGER, id TEXT, start TEXT, finish TEXT, certain INTEGER,
    first_day INTEGER, last_day INTEGER, start_minute INTEGER, end_minute INTEGER, venue TEXT, city TEXT,
    begun_day INTEGER, -- the first day of all its days, if they have opening hours; else first_day
    admission INTEGER, earliest INTEGER, latest INTEGER,
    facts TEXT, -- of a showing that the file lists: what it says of it, else of the event
    is_open INTEGER -- whether it is not certain because no source gives its closing day
);
CREATE VIRTUAL TABLE span USING rtree_i32 (number, first_day, last_day, start_minute, last_minute);
"""
INDEXES = """
CREATE INDEX event_by_certainty ON event (certainty);
CREATE INDEX showing_by_event ON showing (event, start_minute);
"""
INSERT = {
    "event": "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?)",
    "admission": "INSERT INTO admission VALUES (?, ?, ?, ?, ?, ?)",
    "label": "INSERT OR IGNORE INTO label VALUES (?, ?, ?, ?)",
    "showing": "INSERT INTO showing VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "span": "INSERT INTO span VALUES (?, ?, ?, ?, ?)",
}
_packed = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
EVENTS_AT_ONCE = 500
"""Events whose rows are inserted together; larger batches are not faster."""


def build_programme(
    database: sqlite3.Connection,
    data: bytes,
    file: str,
    *,
    options: ImportOptions = AS_THE_FILE_SAYS,
    on_progress: OnProgress = no_progress,
) -> ImportReport | None:
    """Fill *database* with the programme in *data*; *on_progress* gets the share done, from 0 to 1.

    Returns what was read if it is in another format than ours. Raises FaultyProgrammeError, which leaves *database*
    incomplete.
    """
    reading = reading_of(data, file=file, options=options, on_progress=on_progress)
    database.executescript(TABLES)
    _fill_places(database, reading)
    _fill_events(database, reading)
    problems = reading.problems()
    if problems:
        raise FaultyProgrammeError(problems)
    head = reading.head._replace(city=_usual_city(database))
    days = {key: day and day.isoformat() for key in ("revised", "first", "last") for day in [getattr(head, key)]}
    database.execute("INSERT INTO head VALUES (?)", (_packed(head._asdict() | days),))
    database.executescript(INDEXES)
    return reading.report() if isinstance(reading, ImportedProgramme) else None


def build_history(database: sqlite3.Connection, data: bytes, file: str) -> None:
    """Fill *database* with the history in *data*. Raises FaultyProgrammeError."""
    from kzfest.programme.reading.reader import read_history  # yaml and pydantic

    values, problems = read_history(data, file=file)
    if values is None:
        raise FaultyProgrammeError(problems)
    database.execute("CREATE TABLE history (record TEXT)")
    database.execute("INSERT INTO history VALUES (?)", (_packed(values),))


def _usual_city(database: sqlite3.Connection) -> str | None:
    """Return the city of more than half of the events that have a city, or None."""
    some = "SELECT count(DISTINCT event) FROM label WHERE kind = 'city'"
    query = f"SELECT min(shown) FROM label WHERE kind = 'city' GROUP BY key HAVING 2 * count(*) > ({some})"
    return next((city for (city,) in database.execute(query)), None)


def _fill_places(database: sqlite3.Connection, reading: ProgrammeReader | ImportedProgramme) -> None:
    sources = ((key, _packed(values)) for key, values in reading.values("sources"))
    database.executemany("INSERT INTO source VALUES (?, ?)", sources)
    venues = ((number, key, _packed(values)) for number, (key, values) in enumerate(reading.values("venues"), 1))
    database.executemany("INSERT INTO venue VALUES (?, ?, ?)", venues)


class _Place(NamedTuple):
    """The venue and city of a showing."""

    venue: str | None
    city: str | None


def _places(event: Event, known: Mapping[str, Venue]) -> dict[str | None, _Place]:
    """Return the place of each venue that showings of *event* name; the key None is for showings that name none."""
    places = {}
    for named in [showing.venue for showing in event.showings] or [None]:
        venue = named or event.venue
        places[named] = _Place(venue, known[venue].city if venue else event.city)
    return places


class _Rows:
    """Collects rows and inserts them in batches."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._waiting: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
        self._showings = count(1)
        self._admissions: dict[tuple[Any, ...], int] = {}

    def insert(self) -> None:
        """Insert the collected rows."""
        for table, rows in self._waiting.items():
            self._database.executemany(INSERT[table], rows)
            rows.clear()

    def add_event(
        self, number: int, values: dict[str, Any], event: Event, places: Iterable[_Place], *, key: str
    ) -> None:
        """Add the row of *event*, which has these *values* and this *key* in its file, and its labels."""
        record = _packed(with_offsets(values, event))
        changed = event.changed and event.changed.isoformat()
        row = number, event.id, certainty_of(event), self._admission(event.price, event.age), changed, record, key
        self._waiting["event"].append(row)
        self._waiting["label"] += _labels(number, event, places)

    def _admission(self, price: Price | None, age: int | None) -> int | None:
        """Return the number of the row for *price* and *age*, which many events share; None if nothing is known."""
        free, lowest, highest, currency = price[1:] if price else (None, None, None, None)
        if free:
            lowest = highest = 0
        known = (lowest == 0 if free is None and lowest is not None else free, lowest, highest, currency, age)
        if known == (None,) * len(known):
            return None
        if known not in self._admissions:
            self._admissions[known] = len(self._admissions) + 1
            self._waiting["admission"].append((self._admissions[known], *known))
        return self._admissions[known]

    def add_stretch(
        self, number_of_event: int, event: Event, stretch: Stretch, place: _Place, facts: str | None = None
    ) -> None:
        """Add *stretch*, at *place*, of *event*; *facts* are those of the column."""
        number = next(self._showings)
        days = stretch.first_day.toordinal(), stretch.last_day.toordinal()
        start, end = minute_of(stretch.start), minute_of(stretch.end)
        showing, city = stretch.showing, place.city and fold(place.city)
        written = showing.id, showing.start.isoformat(), showing.end.isoformat() if showing.end else None
        divided = event.hours and showing.drop_in
        begun = festival_days(whole_days(event, stretch.first_day)) if divided else (stretch.first_day,)
        admission = self._admission(showing.price or event.price, event.age)
        at = number_of_event, *written, stretch.certain, *days, start, end, place.venue, city, begun[0].toordinal()
        is_open = not stretch.certain and may_go_on(showing, stretch.first_day)
        row = number, *at, admission, *_hours_to_begin(showing), facts, is_open
        self._waiting["showing"].append(row)
        self._waiting["span"].append((number, *days, start, max(start, end - 1)))


def _fill_events(database: sqlite3.Connection, reading: ProgrammeReader | ImportedProgramme) -> None:
    """Insert the events with their certain stretches, then the uncertain ones.

    Open ends reach to the programme's last day, which may be known only after the last event.
    """
    rows = _Rows(database)
    local = zone(reading.head.timezone)
    on = partial(stretches, zone=local, until=repeats_until(reading.head.revised))
    doubtful: list[tuple[int, Event, dict[str | None, _Place]]] = []
    for number, (values, event) in enumerate(reading.events(), 1):
        places = _places(event, reading.venues)
        rows.add_event(number, values, event, places.values(), key=reading.key_of(event.id))
        in_hours = event.with_showings(showings_in_hours(event, local)) if event.hours else event
        facts = _facts(values, event, local) if "showings" in values else {}
        for stretch in on(in_hours, last=None):
            showing = stretch.showing
            rows.add_stretch(number, event, stretch, places[showing.venue], facts.get(showing.id))
        if event.disputes or any(showing.open_end for showing in event.showings):
            doubtful.append((number, event, places))
        if not number % EVENTS_AT_ONCE:
            rows.insert()
    for number, event, places in doubtful:
        for stretch in on(event, last=reading.head.last):
            if not stretch.certain:
                rows.add_stretch(number, event, stretch, places[stretch.showing.venue])
    rows.insert()


def _facts(values: dict[str, Any], event: Event, local: tzinfo) -> dict[str, str]:
    """Return what *values* say of each showing that they list, or else of *event*, by the id of the showing."""
    found: dict[str, str] = {}
    for showing, own in zip(event.showings, values["showings"], strict=True):
        here = event.at(showing)
        given = {key: own.get(key, values.get(key)) for key in ("title", "price", "end", "note", "zone", "city")}
        facts = _packed(given | {"status": here.status, "room": here.room})
        for part in showings_in_hours(event._replace(showings=(showing,)), local):
            found[part.id] = facts
    return found


def _hours_to_begin(showing: Showing) -> tuple[int | None, int | None]:
    """Return the earliest and the latest minute of the festival day at which a visit can begin; None if not known."""
    start, end = showing.start, showing.end
    if not isinstance(start, datetime):
        return (0, MINUTES_OF_A_DAY - 1) if showing.drop_in else (None, None)
    earliest = minute_of_day(start.hour, start.minute)
    open_for = minute_of(end) - minute_of(start) if showing.drop_in and isinstance(end, datetime) else 1
    return earliest, earliest + open_for - 1


def certainty_of(event: Event) -> Certainty:
    """Return the certainty of *event* on its first day."""
    return "certain" if event.showings else event.when or "reported"


def _labels(number: int, event: Event, places: Iterable[_Place]) -> Iterator[tuple[str, str, int, str]]:
    """Yield the label rows of *event*: kind, search form, event number, and the word as written."""
    for place in places:
        if place.venue:
            yield "venue", place.venue, number, place.venue
    cities = [place.city for place in places if place.city]
    if event.parent:
        yield "parent", event.parent, number, event.parent
    kinds = ("category", [event.category]), ("tag", event.tags), ("track", event.tracks), ("language", event.languages)
    for kind, words in (*kinds, ("city", cities)):
        for word in words:
            yield kind, fold(word), number, word
