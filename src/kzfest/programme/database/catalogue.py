"""A compiled programme that answers queries; `queries.py` and `search.py` have the rest of the SQL."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias, TypeVar, cast
from weakref import finalize
from zlib import crc32

from kzfest.core.festival_day import festival_days
from kzfest.core.localized import completing
from kzfest.core.model import NOT_HELD, Certainty, Event, Showing, Source, Venue
from kzfest.i18n import _
from kzfest.programme.database import cache, queries
from kzfest.programme.database.queries import ONE_OF, POSSIBLE, EventQuery, json_array
from kzfest.programme.decode import day_or_moment, event_of, head_of, source_of, venue_of
from kzfest.programme.files import AS_THE_FILE_SAYS, ImportOptions

if TYPE_CHECKING:
    from kzfest.core.known_event import KnownEvent
    from kzfest.programme.database.search import Kind, SearchIndex
    from kzfest.programme.importing.report import ImportReport

ProgressBar: TypeAlias = Callable[[str], AbstractContextManager[cache.OnProgress]]
TellImport: TypeAlias = "Callable[[ImportReport], None]"
T = TypeVar("T")
Label: TypeAlias = Literal["category", "city", "tag", "track", "language", "venue"]

KIND = "programme"
"""Part of the name of compiled programmes in the cache folder."""

COMPLETIONS_AT_MOST = 200
"""Shells ask before they show more."""


def no_progress_bar(_text: str) -> AbstractContextManager[cache.OnProgress]:
    """Show no progress."""
    return nullcontext(cache.no_progress)


def tell_nobody(_report: "ImportReport") -> None:
    """Tell nobody what was read from a file of another format."""


class KeptAs(NamedTuple):
    """How a programme is kept under a name by the user."""

    id: str
    """The id that it had when it was added: visits and calendars know it by that."""
    mark: str
    """Tells its versions apart."""
    inherit: cache.Fill
    """Gives the events in a database, fresh from the file, what they have from earlier versions."""


class ListedStretch(NamedTuple):
    """A stretch of an event within the range of the query, with its festival days."""

    showing: Showing
    first_day: date
    last_day: date
    certain: bool


class ListedEvent(NamedTuple):
    """An event of an answer, with the stretch that matched."""

    event: Event
    certainty: Certainty
    section: int
    """STARTING, ONGOING and so on, from `queries.py`."""
    showings: tuple[Showing, ...]
    """Those at the places of the query; of a repeating event, those within its range."""
    showing: Showing | None = None
    """The showing of the matching stretch, if it is one of *showings*. All these fields are None without a date."""
    first_day: date | None = None
    last_day: date | None = None
    start_minute: int | None = None
    end_minute: int | None = None
    stretches: str | None = None
    """All its stretches within the range of the query, as JSON; `parts` decodes them."""

    @property
    def parts(self) -> list[ListedStretch]:
        """All its stretches within the range of the query, in order of start."""
        showings = {each.id: each for each in self.showings}
        return [
            ListedStretch(showings[key], date.fromordinal(first), date.fromordinal(last), bool(certain))
            for _minute, key, first, last, certain in sorted(json.loads(self.stretches or "[]"))
            if key in showings
        ]

    @property
    def as_written(self) -> tuple[Showing, ...]:
        """Its showings; of an event with hours those of the file, in whole days."""
        return self.event.showings if self.event.hours else self.showings

    @property
    def venue(self) -> str | None:
        """The id of the venue of the matching showing, else of the event."""
        return (self.showing and self.showing.venue) or self.event.venue


class ListedRow(NamedTuple):
    """A row of a list that is read bit by bit: which event, and when; what the event says is read when it is seen."""

    section: int
    """STARTING, ONGOING and so on, from `queries.py`."""
    number: int
    """Of the event in the catalogue."""
    event: str
    """Its id."""
    showing: str | None = None
    """The id of its showing; all these fields are None without a date."""
    first_day: date | None = None
    last_day: date | None = None
    start: str | None = None
    """As the catalogue writes it; None in a list of more than a day."""
    is_open: bool = False
    """Whether it is doubtful because no source gives the closing day, and not because sources differ."""


def _kind(options: ImportOptions, kept_as: KeptAs | None) -> str:
    return f"{KIND}-{crc32(repr((options, kept_as and kept_as.mark)).encode()):08x}"


def _listed_row(  # noqa: PLR0913, PLR0917  # a row of the database has these
    section: int,
    number: int,
    event: str,
    showing: str | None,
    first_day: int | None,
    last_day: int | None,
    start: str | None = None,
    is_open: int | None = None,
) -> ListedRow:
    first, last = (date.fromordinal(day) if day else None for day in (first_day, last_day))
    return ListedRow(section, number, event, showing, first, last, start, bool(is_open))


class Catalogue:
    """The programme in *file*, compiled into the cache *folder* if possible.

    *options* say how a file of another format is read, and *tell_import* gets the report when it is read anew.
    *progress_bar* is called with a description of each long task and is a context manager that yields an `OnProgress`.
    Raises OSError if the file cannot be read, and FaultyProgrammeError if it has faults.
    """

    def __init__(  # noqa: PLR0913  # how the file is read, and who is told
        self,
        file: Path,
        *,
        folder: Path | None,
        options: ImportOptions = AS_THE_FILE_SAYS,
        kept_as: KeptAs | None = None,
        progress_bar: ProgressBar = no_progress_bar,
        tell_import: TellImport = tell_nobody,
    ) -> None:
        self.file = file
        self._folder = folder
        self.options = options
        self._kept_as = kept_as
        self._own_id = {"id": kept_as.id} if kept_as else {}
        self._kind = KIND if options == AS_THE_FILE_SAYS and kept_as is None else _kind(options, kept_as)
        self._progress_bar = progress_bar
        self._tell_import = tell_import
        self._closing: list[Callable[[], object]] = []
        self._use(cache.open_compiled(file, folder=folder, kind=self._kind, compile_into=self._compile))
        (self.head,) = self._made(lambda record: head_of(json.loads(record) | self._own_id), "SELECT record FROM head")
        if self.head.in_zone_of_computer:
            self._follow_computer()

    def events(self, question: EventQuery) -> list[ListedEvent]:
        """Return the events that match *question*, each once, in the order of a list."""
        query, values = queries.events_query(question)
        return self._made(lambda *row: self._listed(row, question), query, values)

    def rows(self, question: EventQuery) -> list[ListedRow]:
        """Return the rows of a list of *question*: of a single day one for each stretch, else one for each event."""
        first, last = question.days
        if first and first == last:
            return self._made(_listed_row, *queries.rows_query(question))
        query, values = queries.events_query(question)
        columns = "section, chosen.number, event.id, showing, first_day, last_day"
        return self._made(
            _listed_row,
            f"SELECT {columns} FROM ({query}) AS chosen JOIN event USING (number) ORDER BY section, sort_key, number",
            values,
        )

    def events_of_rows(self, numbers: Iterable[int]) -> dict[int, Event]:
        """Return the events with these *numbers*, as the file has them."""
        query = f"SELECT number, record FROM event WHERE number IN {ONE_OF}"
        timezone = self.head.timezone
        made = self._made(
            lambda number, record: (number, event_of(json.loads(record), timezone=timezone)),
            query,
            [json_array(numbers)],
        )
        return dict(made)

    def stretches(self, question: EventQuery) -> list[Any]:
        """Return the rows of `queries.stretches_query`: no event is decoded, so 100,000 of them take a moment."""
        return self._rows(*queries.stretches_query(question))

    def numbers(self, question: EventQuery) -> set[int]:
        """Return the numbers of the events that match *question*."""
        query, values = queries.events_query(question)
        return {number for (number,) in self._rows(f"SELECT number FROM ({query})", values)}

    def count_dated(self, question: EventQuery) -> int:
        """Return how many events with a date match *question*."""
        return int(self._rows(*queries.count_query(question))[0][0])

    def busy_days(self, question: EventQuery) -> list[tuple[date, date]]:
        """Return the ranges of days on which an event that matches *question* is confirmed, sorted, each once."""
        query, values = queries.busy_query(question)
        return [(date.fromordinal(first), date.fromordinal(last)) for first, last in self._rows(query, values)]

    def labels_of_events(self, kind: Label) -> list[tuple[str, str, str]]:
        """Return the id of each event with each of its labels of this *kind*: its search form, and as it is written."""
        query = "SELECT id, key, shown FROM label JOIN event ON event.number = label.event WHERE kind = ?"
        return self._rows(query, [kind])

    def ids_without_date(self, certainty: Certainty, question: EventQuery) -> tuple[list[str], list[str]]:
        """Return the ids of the events with this *certainty* that match the filters of *question*.

        First those that take place, then those that are cancelled or postponed.
        """
        query, values = queries.undated_query((certainty,), question)
        status = "json_extract(record, '$.status')"
        rows = self._rows(f"SELECT id, {status} FROM event WHERE number IN (SELECT number FROM ({query}))", values)
        held = [key for key, status in rows if status not in NOT_HELD]
        return held, [key for key, status in rows if status in NOT_HELD]

    def count_undated(self, question: EventQuery) -> int:
        """Return how many events without a date match the filters of *question*."""
        query, values = queries.undated_query(queries.WITHOUT_DATE, question)
        return int(self._rows(f"SELECT count(*) FROM ({query})", values)[0][0])

    def count_unknown(self, question: EventQuery) -> int:
        """Return how many events *question* leaves out because the programme does not say what its filters ask."""
        if question.unknown or not question.may_be_unknown:
            return 0
        counts = []
        for asked in (question._replace(unknown=True, limit=None), question._replace(limit=None)):
            query, values = queries.events_query(asked)
            counts.append(int(self._rows(f"SELECT count(*) FROM ({query})", values)[0][0]))
        return counts[0] - counts[1]

    def labels(self, kind: Label, question: EventQuery) -> list[tuple[str, int]]:
        """Return the labels of this *kind*, each with its number of matching events, the most frequent first."""
        return [(shown, count) for shown, count in self._rows(*queries.labels_query(kind, question))]

    def currencies(self) -> list[str]:
        """Return the currencies of the prices, the most frequent first."""
        query = (
            "SELECT currency FROM admission LEFT JOIN showing ON showing.admission = admission.number "
            "WHERE currency IS NOT NULL GROUP BY currency ORDER BY count(showing.number) DESC, currency"
        )
        return [currency for (currency,) in self._rows(query)]

    def venue(self, number: int) -> Venue:
        """Return the venue with this number in the catalogue."""
        query = "SELECT record FROM venue WHERE number = ?"
        return self._made(lambda record: venue_of(json.loads(record)), query, [number])[0]

    def event(self, number: int) -> ListedEvent:
        """Return the event with this number in the catalogue, without limits of time."""
        (listed,) = self.events(EventQuery(numbers=(number,)))
        return listed

    def events_by_id(self, ids: Iterable[str | None], *, first: date, last: date) -> dict[str, ListedEvent]:
        """Return the events with these *ids*; repeating ones have their showings from *first* to *last*."""
        wanted = json_array(key for key in ids if key)
        numbers = {number for (number,) in self._rows(f"SELECT number FROM event WHERE id IN {ONE_OF}", [wanted])}
        found = {}
        for number in numbers:
            listed = self.event(number)
            if listed.event.repeats:
                question = EventQuery(first=first, last=last)
                listed = listed._replace(showings=self._repeated(number, listed.event, question))
            found[listed.event.id] = listed
        return found

    def first_end(self) -> date | None:
        """Return the first festival day on which something ends; None if nothing has a date."""
        ((number,),) = self._rows("SELECT min(last_day) FROM showing WHERE certain")
        return date.fromordinal(number) if number else None

    def ids_starting(self, start: date | datetime) -> list[str]:
        """Return the ids of the events that have a showing that starts then."""
        if isinstance(start, datetime):
            column, number, timed = "start_minute", queries.minute_of(start), True
        else:
            column, number, timed = "first_day", start.toordinal(), False
        query = (
            "SELECT DISTINCT event.id FROM span JOIN showing ON showing.number = span.number "
            "JOIN event ON event.number = showing.event "
            f"WHERE span.{column} BETWEEN ? AND ? AND (start LIKE '%T%') = ? ORDER BY 1"
        )
        return [key for (key,) in self._rows(query, [number, number, timed])]

    def known_events(self) -> "list[KnownEvent]":
        """Return what is told of each event when it changes, in the order of the file."""
        from kzfest.core.known_event import known_event  # for comparing versions only

        venues = {venue.id: venue for venue, _count in self.venues()}
        timezone = self.head.timezone

        def made(key: str, record: str) -> "KnownEvent":
            return known_event(event_of(json.loads(record), timezone=timezone), key=key, venues=venues)

        return self._made(made, "SELECT file_key, record FROM event ORDER BY number")

    def venues(self) -> list[tuple[Venue, int]]:
        """Return all venues in the order of the file, each with its number of events."""
        counted = "SELECT count(*) FROM label WHERE kind = 'venue' AND label.key = venue.id"
        query = f"SELECT record, ({counted}) FROM venue ORDER BY number"
        return self._made(lambda record, number: (venue_of(json.loads(record)), number), query)

    def venues_by_id(self, ids: Iterable[str | None]) -> dict[str, Venue]:
        """Return the venues with these *ids*, by id."""
        query = f"SELECT id, record FROM venue WHERE id IN {ONE_OF}"
        wanted = json_array(key for key in ids if key)
        return dict(self._made(lambda key, record: (key, venue_of(json.loads(record))), query, [wanted]))

    def sources(self, keys: Iterable[str] | None = None) -> dict[str, Source]:
        """Return the sources of the programme by key: all, or those of *keys*."""
        query, wanted = "SELECT id, record FROM source", []
        if keys is not None:
            query, wanted = f"{query} WHERE id IN {ONE_OF}", [json_array(keys)]
        return dict(self._made(lambda key, record: (key, source_of(key, json.loads(record))), query, wanted))

    def words(self, kind: Label) -> list[str]:
        """Return the labels of this *kind* that events have, the most frequent first."""
        query = "SELECT min(shown) FROM label WHERE kind = ? GROUP BY key ORDER BY count(*) DESC, key"
        return [shown for (shown,) in self._rows(query, [kind])]

    def count(self) -> int:
        """Return the number of events."""
        return int(self._rows("SELECT count(*) FROM event")[0][0])

    def has_at_most(self, events: int) -> bool:
        """Whether there are at most so many *events*; this is known at once, however many there are."""
        return len(self._rows("SELECT 1 FROM event LIMIT ?", [events + 1])) <= events

    def days_near(self, day: date, question: EventQuery | None = None) -> tuple[date | None, date | None]:
        """Return the programme's nearest days before and after *day* with a confirmed event that matches *question*."""
        fits, values = queries.filters_of_showings(question or EventQuery())
        begun, over = (self.head.first or date.min).toordinal(), (self.head.last or date.max).toordinal()
        until, since = min(day.toordinal() - 1, over), max(day.toordinal() + 1, begun)
        before = f"SELECT max(min(last_day, ?)) FROM showing WHERE certain AND first_day <= ? AND {fits}"
        after = f"SELECT min(max(first_day, ?)) FROM showing WHERE certain AND last_day >= ? AND {fits}"
        found = [
            self._rows(query, [number, number, *values])[0][0] for query, number in ((before, until), (after, since))
        ]
        days = [date.fromordinal(number) if number and begun <= number <= over else None for number in found]
        return days[0], days[1]

    @property
    def lookup(self) -> "SearchIndex":
        """The search for names and words, which is built at first use."""
        from kzfest.programme.database.search import SearchIndex  # queries by date do not need it

        if not self._rows("SELECT 1 FROM sqlite_master WHERE name = 'spelling'"):
            self._index_words()
        return SearchIndex(self._rows)

    def move(self, file: Path, kept_as: KeptAs, *, folder: Path | None) -> None:
        """Put the programme into the cache *folder* as that of *file*, to which its file is moved, *kept_as* this."""
        kind = _kind(self.options, kept_as)
        cache.extended(self._database, file, folder=folder, kind=kind, extend=kept_as.inherit).close()

    @property
    def database(self) -> sqlite3.Connection:
        """The database itself, for queries of the user; `cache.CATALOGUE_VERSION` says what is in it."""
        self._rows("SELECT record FROM head")  # compiles a damaged one again
        return self._database

    def completions(self, kind: "Kind | Label", begun: str) -> list[str]:
        """Return ids, else names, or labels of this *kind* that begin with *begun*, for shell completion."""
        if kind in {"event", "venue"}:
            begun = begun.encode(errors="replace").decode()  # a shell may pass invalid UTF-8
            query = f"SELECT id FROM {kind} WHERE id >= ? AND id < ? ORDER BY id LIMIT {COMPLETIONS_AT_MOST}"
            ids = [key for (key,) in self._rows(query, [begun, begun + queries.LAST_LETTER])]
            return ids or self.lookup.names_begun(cast("Kind", kind), begun, COMPLETIONS_AT_MOST)
        words = self.words(cast("Label", kind))
        others = (text.replace(" ", "-") for word in words for text in self.head.labels.get(word, {}).values())
        return completing(begun, words) or completing(begun, others)

    def _listed(self, row: Sequence[Any], question: EventQuery) -> ListedEvent:
        section, record, certainty, number, showing, first_day, last_day, *minutes, stretches, _key = row
        event = event_of(json.loads(record), timezone=self.head.timezone)
        showings = event.showings
        if event.repeats:
            showings = self._repeated(number, event, question)
        elif event.hours:
            showings = self._in_hours(number, event, question)
        elif len(showings) > 1:
            showings = self._chosen(number, event, question)
        return ListedEvent(
            event=event,
            certainty="possible" if section == POSSIBLE else certainty,
            section=section,
            showings=showings,
            showing=next((each for each in (*showings, *event.showings) if each.id == showing), None),
            first_day=first_day and date.fromordinal(first_day),
            last_day=last_day and date.fromordinal(last_day),
            start_minute=minutes[0],
            end_minute=minutes[1],
            stretches=stretches,
        )

    def _in_hours(self, number: int, event: Event, question: EventQuery) -> tuple[Showing, ...]:
        """Return the showings that the hours of *event* give in the range of *question*, else those of the file."""
        from kzfest.core.event_hours import showings_in_hours  # few programmes have hours
        from kzfest.programme.zones import zone

        first, last = question.days
        parts = event._replace(showings=showings_in_hours(event, zone(self.head.timezone)))
        days = {showing.id: festival_days(showing) for showing in parts.showings}
        asked = {key for key, (begun, over) in days.items() if begun <= (last or over) and over >= (first or begun)}
        there = self._chosen(number, parts, question)
        return tuple(showing for showing in there if showing.id in asked) or event.showings

    def _chosen(self, number: int, event: Event, question: EventQuery) -> tuple[Showing, ...]:
        """Return the showings of *event* at the places, prices and hours of *question*."""
        if len(event.showings) < 2 or not question.chooses_showings:  # a single one matches, because the event did
            return event.showings
        chosen, values = queries.choosing_showings(question)
        ids = {key for (key,) in self._rows(f"SELECT id FROM showing WHERE event = ? AND {chosen}", [number, *values])}
        return tuple(showing for showing in event.showings if showing.id in ids)

    def _repeated(self, number: int, event: Event, question: EventQuery) -> tuple[Showing, ...]:
        """Return the showings of a repeating event in the range of *question*, else in the programme's days."""
        days = question.days if any(question.days) else (self.head.first, self.head.last)
        if question.moment:  # a holiday begins at midnight, before its festival day
            days = days[0], question.moment.date()
        query = (
            "SELECT id, start, finish FROM showing WHERE event = ? AND last_day >= ? AND first_day <= ? "
            "ORDER BY start_minute"
        )
        first, last = days[0] or date.min, days[1] or date.max
        (showing,), when = event.showings, partial(day_or_moment, timezone=self.head.timezone)
        return tuple(
            showing._replace(id=key, start=when(start), end=end and when(end))
            for key, start, end in self._rows(query, [number, first.toordinal(), last.toordinal()])
        )

    def _follow_computer(self) -> None:
        """Read the file again if its times count in the time zone of the computer, which is another one now."""
        from kzfest.programme.importing.time_zone import zone_of_computer  # most programmes have their own zone

        if self.head.timezone != zone_of_computer():
            self._use(cache.compiled_anew(self.file, folder=self._folder, kind=self._kind, compile_into=self._compile))
            (self.head,) = self._made(
                lambda record: head_of(json.loads(record) | self._own_id), "SELECT record FROM head"
            )

    def _use(self, database: sqlite3.Connection) -> None:
        """Use *database* from now on, and close it when the catalogue is garbage-collected."""
        self._database = database
        self._closing = [*self._closing, finalize(self, database.close)]

    def close(self) -> None:
        """Close the database. In a thread, this must happen before it ends: no other thread may do it."""
        for closing in self._closing:
            closing()

    def _rows(self, query: str, values: Sequence[Any] = ()) -> list[Any]:
        """Return the rows of *query*. If the database is damaged, compile it again."""
        try:
            return self._database.execute(query, values).fetchall()
        except sqlite3.DatabaseError:
            self._use(cache.in_memory(self.file, self._compile_all))
            return self._database.execute(query, values).fetchall()

    def _made(self, make: Callable[..., T], query: str, values: Sequence[Any] = ()) -> list[T]:
        """Return *make* of each row of *query*. If a record is damaged, compile the database again."""
        try:
            return [make(*row) for row in self._rows(query, values)]
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
            self._use(cache.in_memory(self.file, self._compile_all))
            return [make(*row) for row in self._rows(query, values)]

    def _index_words(self) -> None:
        """Add the tables for names and words to the database."""
        try:
            whole = cache.extended(
                self._database, self.file, folder=self._folder, kind=self._kind, extend=self._extend_by_words
            )
        except Exception:  # noqa: BLE001  # a damaged record may raise anything; errors of the file come again
            whole = cache.in_memory(self.file, self._compile_all)
        self._use(whole)

    def _compile(self, database: sqlite3.Connection, data: bytes, file: str) -> None:
        from kzfest.programme.database import build  # 300 ms, needed only if the file has changed

        with self._progress_bar(_("reading {file}").format(file=self.file.name)) as on_progress:
            report = build.build_programme(database, data, file, options=self.options, on_progress=on_progress)
        if report:
            self._tell_import(report._replace(programme=self._kept_as.id) if self._kept_as else report)
        if self._kept_as:
            self._kept_as.inherit(database)

    def _extend_by_words(self, database: sqlite3.Connection) -> None:
        from kzfest.programme.database import text_index

        with self._progress_bar(_("indexing words")) as on_progress:
            text_index.index_words(database, on_progress)

    def _compile_all(self, database: sqlite3.Connection, data: bytes, file: str) -> None:
        self._compile(database, data, file)
        self._extend_by_words(database)
