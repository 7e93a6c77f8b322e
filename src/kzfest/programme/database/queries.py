"""What can be asked of a catalogue, as SQL: which events are on, in which order."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from kzfest.core.festival_day import festival_day

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

Parameters: TypeAlias = "list[str | int]"

STARTING, ONGOING, POSSIBLE, PERMANENT, UNDATED = range(5)
"""Where in a list an event belongs, in this order."""

NOTHING = '""'
"""The full-text query that no text matches."""

ONE_OF = "(SELECT value FROM json_each(?))"
"""Any number of values in one place: SQLite has room for some thousands of places only."""

LAST_LETTER = "\U0010ffff"
"""Behind every letter that there is: what begins with a word lies between it and the word with this behind it."""

WITHOUT_DATE = ("unannounced", "reported")
"""The certainties of events that are on no day."""

_UNCERTAIN_LAST = 2**40
"""More than any minute: of two stretches in the days asked, a certain one speaks for its event."""


LATEST = 2**31 - 1
"""The largest number that an R-tree of whole numbers holds: the year 6053."""


class EventQuery(NamedTuple):
    """Which events are asked for.

    The days *first* to *last* are festival days, both included; None is no bound. *moment* asks what is
    on just then, *since* what is on or comes from then on.
    """

    first: date | None = None
    last: date | None = None
    moment: datetime | None = None
    since: datetime | None = None
    numbers: tuple[int, ...] | None = None
    """The numbers that events have in the catalogue."""
    venues: tuple[str, ...] | None = None
    categories: tuple[str, ...] = ()
    not_categories: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    text: str | None = None
    """A full-text query, as `fts_query` gives it."""
    starting: bool = False
    """Only showings that begin in the days or after the moment asked."""
    undated: bool = False
    limit: int | None = None

    @property
    def bounded(self) -> bool:
        """Whether days or moments are asked for, rather than all there is."""
        return any((self.first, self.last, self.moment, self.since))

    @property
    def days(self) -> tuple[date | None, date | None]:
        """The festival days that are asked for, the first and the last; None is no bound."""
        if self.moment:
            return festival_day(self.moment), festival_day(self.moment)
        return (festival_day(self.since) if self.since else self.first), self.last


def minute_of(moment: datetime) -> int:
    """Return the whole minutes from 1970 to *moment*, no more than an R-tree holds.

    No event is as late as that (`scalars.YEAR_PATTERN`), only a question may be.
    """
    return min(int(moment.timestamp() // 60), LATEST)


def fts_query(words: list[list[str]]) -> str:
    """Return the full-text query for texts with one of each list of *words*, which are search forms.

    Every word is quoted, so that none is taken for an operator; two with a space between them stand side by side.
    """
    if not words:
        return NOTHING
    quoted = ([f'"{word}"' for word in choices] for choices in words)
    return " AND ".join(f"({' OR '.join(choices)})" for choices in quoted)


def events_query(question: EventQuery) -> tuple[str, Parameters]:
    """Return the query for what *question* asks, each event once, in the order of the list.

    Its columns: section, the event's record, certainty and number, then of the stretch that speaks for it
    the showing's id, first and last day, start and end in minutes (None where the event has no date), and at last
    all stretches of the event that lie in what is asked, as JSON.
    """
    if question.undated:
        query, values = _undated(WITHOUT_DATE, question)
    else:
        query, values = _dated(question)
    if not question.undated and not question.starting:
        plain = ("permanent",) if question.bounded else ("permanent", *WITHOUT_DATE)
        more, more_values = _undated(plain, question)
        query, values = f"{query} UNION ALL {more}", values + more_values
    limit = f" LIMIT {int(question.limit)}" if question.limit is not None else ""
    return f"{query} ORDER BY section, sort_key, number{limit}", values


def count_undated(question: EventQuery) -> tuple[str, Parameters]:
    """Return the query for how many events pass the filters of *question* and have no date."""
    query, values = _undated(WITHOUT_DATE, question)
    return f"SELECT count(*) FROM ({query})", values


def _dated(question: EventQuery) -> tuple[str, Parameters]:
    """Return the query for the dated events, each with the stretch that speaks for it."""
    window, window_values = _window(question)
    conditions, filter_values = filters_of_showings(question)
    began, began_values = _began_before(question)
    section = f"CASE WHEN NOT certain THEN {POSSIBLE} WHEN {began} THEN {ONGOING} ELSE {STARTING} END"
    best = f"min(start_minute + (NOT certain) * {_UNCERTAIN_LAST})"  # the other columns are of this row (SQLite)
    begins = f"certain AND NOT ({began})" if question.starting else "1"
    chosen = (
        f"SELECT event, {best}, {section} AS section, id AS showing, first_day, last_day, start_minute, end_minute, "
        "json_group_array(json_array(start_minute, id, first_day, last_day, certain)) AS stretches "
        f"FROM showing WHERE {window} AND {conditions} AND {begins} GROUP BY event"
    )
    query = (
        "SELECT section, record, certainty, number, showing, first_day, last_day, start_minute, end_minute, stretches, "
        f"CASE section WHEN {ONGOING} THEN end_minute ELSE start_minute END AS sort_key "
        f"FROM ({chosen}) AS chosen JOIN event ON event.number = chosen.event"
    )
    return query, began_values + window_values + filter_values + (began_values if question.starting else [])


def _undated(certainties: tuple[str, ...], question: EventQuery) -> tuple[str, Parameters]:
    """Return the query for the events without a date whose certainty is one of *certainties*."""
    conditions, values = filters(question, number="event.number")
    wanted = ", ".join(f"'{certainty}'" for certainty in certainties)
    query = (
        f"SELECT CASE certainty WHEN 'permanent' THEN {PERMANENT} ELSE {UNDATED} END AS section, "
        "record, certainty, number, NULL, NULL, NULL, NULL, NULL, NULL, 0 AS sort_key "
        f"FROM event WHERE certainty IN ({wanted}) AND {conditions}"
    )
    return query, values


def _window(question: EventQuery) -> tuple[str, Parameters]:
    """Return the condition under which a showing lies in the days or moments asked."""
    bounds: list[tuple[str, int]] = []
    if question.first:
        bounds.append(("last_day >= ?", question.first.toordinal()))
    if question.last:
        bounds.append(("first_day <= ?", question.last.toordinal()))
    if question.moment:
        minute = minute_of(question.moment)
        bounds += [("start_minute <= ?", minute), ("last_minute >= ?", minute)]
    if question.since:
        bounds.append(("last_minute >= ?", minute_of(question.since)))
    if not bounds:
        return "1", []
    inside = " AND ".join(condition for condition, _value in bounds)
    return f"number IN (SELECT number FROM span WHERE {inside})", [value for _condition, value in bounds]


def _began_before(question: EventQuery) -> tuple[str, Parameters]:
    """Return the condition under which a showing began before what is asked."""
    first, _last = question.days
    if question.since and first:  # an hour that is not known may still be to come today
        began = f"first_day < ? OR (length(start) > {len('2023-12-16')} AND start_minute < ?)"
        return began, [first.toordinal(), minute_of(question.since)]
    return ("first_day < ?", [first.toordinal()]) if first else ("0", [])


def filters(question: EventQuery, *, number: str) -> tuple[str, Parameters]:
    """Return the condition that keeps the events, known by the column *number*, which pass every filter.

    Of a place, an event passes that is ever there.
    """
    kept: list[str] = ["1"]
    values: Parameters = []
    if question.numbers is not None:
        kept.append(f"{number} IN {ONE_OF}")
        values.append(json_array(question.numbers))
    for kind, keys in _labels_asked(question):
        kept.append(f"{number} IN ({_labelled(kind)})")
        values.append(json_array(keys))
    if question.not_categories:
        kept.append(f"{number} NOT IN ({_labelled('category')})")
        values.append(json_array(question.not_categories))
    if question.text is not None:
        kept.append(f"{number} IN (SELECT rowid FROM event_text WHERE event_text MATCH ?)")
        values.append(question.text)
    return " AND ".join(kept), values


def filters_of_showings(question: EventQuery) -> tuple[str, Parameters]:
    """Return the condition that keeps the showings which pass every filter, those of place included."""
    of_events, values = filters(question, number="showing.event")
    there, places = at_places(question)
    return f"{of_events} AND {there}", values + places


def at_places(question: EventQuery) -> tuple[str, Parameters]:
    """Return the condition that keeps the showings at the places that *question* asks for."""
    asked = [
        ("venue", question.venues),  # no venue at all lets none pass
        ("city", question.cities or None),
    ]
    places = {column: json_array(keys) for column, keys in asked if keys is not None}
    kept = ["1", *(f"showing.{column} IN {ONE_OF}" for column in places)]
    return " AND ".join(kept), [*places.values()]


def _labels_asked(question: EventQuery) -> list[tuple[str, tuple[str, ...]]]:
    """Return the labels of which an event must have one of each kind; no venue at all lets none pass."""
    asked = [("category", question.categories), ("city", question.cities), ("tag", question.tags)]
    venues = [("venue", question.venues)] if question.venues is not None else []
    return venues + [(kind, keys) for kind, keys in asked if keys]


def _labelled(kind: str) -> str:
    return f"SELECT event FROM label WHERE kind = '{kind}' AND key IN {ONE_OF}"


def json_array(values: Iterable[str] | Iterable[int]) -> str:
    """Return *values*, each once, as the one value that `ONE_OF` has a place for."""
    return json.dumps(list(dict.fromkeys(values)))
