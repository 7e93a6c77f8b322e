"""SQL queries for events: which are on, and in which order."""

import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple, TypeAlias

from kzfest.core.festival_day import DAY_STARTS_AT, festival_day
from kzfest.core.model import NOT_HELD, Location

Parameters: TypeAlias = list[str | int | float]

STARTING, ONGOING, POSSIBLE, PERMANENT, UNDATED = range(5)
"""The sections of a list, in this order."""

NOTHING = '""'
"""A full-text query that matches nothing."""

ONE_OF = "(SELECT value FROM json_each(?))"
"""Takes any number of values as one JSON parameter; SQLite limits the number of parameters."""

_LABELLED = f"SELECT event FROM label WHERE kind = '{{}}' AND key IN {ONE_OF}"
"""The events that have one of some labels of a kind."""
_LANGUAGE_KNOWN = "SELECT event FROM label WHERE kind = 'language'"

LAST_LETTER = "\U0010ffff"
"""Sorts after every letter: texts with a prefix are between the prefix and the prefix plus this."""

WITHOUT_DATE = ("unannounced", "reported")
"""The certainties of events without a date."""

_UNCERTAIN_LAST = 2**40
"""Larger than any minute: certain stretches of an event sort before uncertain ones."""

LATEST = 2**31 - 1
"""The largest minute that an R-tree of integers can store, in the year 6053."""


class EventQuery(NamedTuple):
    """Which events to return.

    *first* and *last* are festival days, both included; None means no limit. *moment* selects what is on at that time,
    *since* what is on at that time or later.
    """

    first: date | None = None
    last: date | None = None
    moment: datetime | None = None
    since: datetime | None = None
    numbers: tuple[int, ...] | None = None
    """Numbers of events in the catalogue."""
    venues: tuple[str, ...] | None = None
    near: Location | None = None
    """The place from which distances are measured; it restricts nothing."""
    categories: tuple[str, ...] = ()
    not_categories: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    not_tags: tuple[str, ...] = ()
    tracks: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    """Ids of events; only their parts match."""
    not_venues: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    free: bool = False
    price_to: float | None = None
    currency: str = ""
    """Of *price_to*."""
    age: int | None = None
    after: int | None = None
    before: int | None = None
    """Minutes of a festival day, as `minute_of_day` counts them: a visit can begin in between."""
    changed_since: date | None = None
    since_update: bool = False
    """Whether *changed_since* is the day of an update, which showed all changes: no event without a day has changed."""
    unknown: bool = False
    """Whether to keep events of which the programme does not say what the filters ask."""
    text: str | None = None
    """A full-text query, from `fts_query`."""
    starting: bool = False
    """Only showings that begin within the range."""
    undated: bool = False
    limit: int | None = None

    @property
    def may_be_unknown(self) -> bool:
        """Whether a filter asks what the programme may not say."""
        limits = (self.price_to, self.age, self.after, self.before, self.changed_since)
        return self.free or bool(self.languages) or any(limit is not None for limit in limits)

    @property
    def chooses_showings(self) -> bool:
        """Whether some of an event's showings may match and others not, apart from their days."""
        return self.venues is not None or bool(self.cities or self.not_venues) or self.may_be_unknown

    @property
    def days(self) -> tuple[date | None, date | None]:
        """The first and last festival day of the range; None means no limit."""
        if self.moment:
            return festival_day(self.moment), festival_day(self.moment)
        return (festival_day(self.since) if self.since else self.first), self.last


def minute_of(moment: datetime) -> int:
    """Return the whole minutes from 1970 to *moment*, at most `LATEST`: no event is later (`scalars.YEAR_PATTERN`)."""
    return min(int(moment.timestamp() // 60), LATEST)


def minute_of_day(hour: int, minute: int) -> int:
    """Return the minutes from midnight to a time of a festival day, whose small hours follow its evening.

    >>> minute_of_day(19, 30), minute_of_day(1, 30)
    (1170, 1530)
    """
    return 60 * (hour + 24 * (hour < DAY_STARTS_AT)) + minute


def fts_query(words: list[list[str]]) -> str:
    """Return the full-text query for texts with at least one of each list of *words*, which are search forms.

    Quotes keep words from being operators, and make a phrase of two words with a space between them.
    """
    if not words:
        return NOTHING
    quoted = ([f'"{word}"' for word in choices] for choices in words)
    return " AND ".join(f"({' OR '.join(choices)})" for choices in quoted)


def events_query(question: EventQuery) -> tuple[str, Parameters]:
    """Return the query for the events that match *question*, each once, in the order of a list.

    Columns: section; record, certainty and number of the event; showing id, first and last day, start and end in
    minutes of the first matching stretch (NULL without a date); all matching stretches as JSON; the sort key.
    """
    if question.undated:
        query, values = undated_query(WITHOUT_DATE, question)
    else:
        query, values = _dated(question)
    if not question.undated and not question.starting:
        plain = ("permanent",) if any(question.days) else ("permanent", *WITHOUT_DATE)
        more, more_values = undated_query(plain, question)
        query, values = f"{query} UNION ALL {more}", values + more_values
    limit = f" LIMIT {int(question.limit)}" if question.limit is not None else ""
    return f"{query} ORDER BY section, sort_key, number{limit}", values


def _dated(question: EventQuery) -> tuple[str, Parameters]:
    """Return the query for dated events, each with its first matching stretch."""
    matching, matching_values = _matching(question)
    began, began_values = _began_before(question)
    section = f"CASE WHEN NOT certain THEN {POSSIBLE} WHEN {began} THEN {ONGOING} ELSE {STARTING} END"
    best = f"min(start_minute + (NOT certain) * {_UNCERTAIN_LAST})"  # SQLite takes other columns from this row
    chosen = (
        f"SELECT event, {best}, {section} AS section, id AS showing, first_day, last_day, start_minute, end_minute, "
        "json_group_array(json_array(start_minute, id, first_day, last_day, certain)) AS stretches "
        f"FROM showing WHERE {matching} GROUP BY event"
    )
    query = (
        "SELECT section, record, certainty, number, showing, first_day, last_day, start_minute, end_minute, stretches, "
        f"CASE section WHEN {ONGOING} THEN end_minute ELSE start_minute END AS sort_key "
        f"FROM ({chosen}) AS chosen JOIN event ON event.number = chosen.event"
    )
    return query, began_values + matching_values


def _matching(question: EventQuery) -> tuple[str, Parameters]:
    """Return the condition that a showing matches *question*."""
    window, window_values = _window(question)
    conditions, filter_values = filters_of_showings(question)
    began, began_values = _began_before(question) if question.starting else ("0", [])
    begins = f"certain AND NOT ({began})" if question.starting else "1"
    return f"{window} AND {conditions} AND {begins}", window_values + filter_values + began_values


def stretches_query(question: EventQuery) -> tuple[str, Parameters]:
    """Return the query for all stretches that match *question*, in the order of the file.

    Columns: id of the event; first and last day; begun day; start and end in minutes; whether it is certain; the start
    as written; whether it is cancelled or postponed; the id of the venue; whether it is not certain because no source
    gives the closing day.
    """
    matching, values = _matching(question)
    status = "coalesce(json_extract(facts, '$.status'), json_extract(record, '$.status'))"
    off = ", ".join(f"'{status}'" for status in NOT_HELD)
    query = (
        "SELECT event.id, first_day, last_day, begun_day, start_minute, end_minute, certain, start, "
        f"{status} IN ({off}), venue, is_open "
        f"FROM (SELECT * FROM showing WHERE {matching}) AS chosen "
        "JOIN event ON event.number = chosen.event ORDER BY event.number, start_minute"
    )
    return query, values


def count_query(question: EventQuery) -> tuple[str, Parameters]:
    """Return the query for the number of events with a stretch that matches *question*."""
    matching, values = _matching(question)
    return f"SELECT count(DISTINCT event) FROM showing WHERE {matching}", values


def busy_query(question: EventQuery) -> tuple[str, Parameters]:
    """Return the query for the first and the last days of the certain stretches that match *question*."""
    matching, values = _matching(question)
    return f"SELECT DISTINCT first_day, last_day FROM showing WHERE certain AND {matching} ORDER BY 1, 2", values


def rows_query(question: EventQuery) -> tuple[str, Parameters]:
    """Return the query for the rows of a list of a single day, in their order, without what the events say.

    Columns: STARTING for a stretch of the day, ONGOING for one from an earlier day, POSSIBLE for an event that may be
    on, or PERMANENT; number and id of the event; id of the showing, its first and last day, its start as written, and
    whether it is not certain because no source gives the closing day. Stretches of the day come by their hour, then
    whole days by their last day.
    """
    day = (question.first or date.min).toordinal()
    matching, values = _matching(question)
    begun = f"CASE first_day < {day} WHEN 1 THEN {ONGOING} ELSE {STARTING} END"
    part = f"CASE WHEN NOT certain THEN {POSSIBLE} ELSE {begun} END"
    there = f"SELECT event FROM showing WHERE {matching} AND certain"
    timed = f"length(start) > {len('2023-12-16')}"
    query = (
        f"SELECT {part} AS part, event, id, first_day, last_day, start, is_open, NOT ({timed}) AS untimed, "
        f"CASE WHEN NOT certain OR {timed} AND first_day >= {day} THEN start_minute ELSE last_day END AS place, "
        f"CASE WHEN begun_day < {day} THEN end_minute ELSE start_minute END AS tie "
        f"FROM showing WHERE {matching} AND (certain OR event NOT IN ({there})) UNION ALL "
        f"SELECT {PERMANENT}, number, NULL, NULL, NULL, NULL, NULL, 1, 0, 0 FROM event "
        f"WHERE certainty = 'permanent' AND number IN (SELECT number FROM ({{}}))"
    )
    permanent, more = undated_query(("permanent",), question)
    limit = f" LIMIT {int(question.limit)}" if question.limit is not None else ""
    order = f"ORDER BY part, part = {STARTING} AND untimed, place, tie, chosen.event{limit}"
    columns = "part, chosen.event, event.id, chosen.id, first_day, last_day, start, is_open"
    joined = (
        f"SELECT {columns} FROM ({query.format(permanent)}) AS chosen JOIN event ON event.number = chosen.event {order}"
    )
    return joined, values + values + more


def labels_query(kind: str, question: EventQuery) -> tuple[str, Parameters]:
    """Return the query for the labels of this *kind* with their numbers of matching events, the most frequent first."""
    events, values = events_query(question._replace(limit=None))
    found = f"SELECT event, key FROM label WHERE kind = '{kind}' AND event IN (SELECT number FROM ({events}))"
    if kind in {"city", "venue"}:  # only those of the showings that match
        matching, more_values = _matching(question)
        there = f"SELECT event, {kind} FROM showing WHERE {matching}"
        found = f"{found} AND (event NOT IN (SELECT event FROM showing) OR (event, key) IN ({there}))"
        values = values + more_values
    query = (
        f"SELECT min(shown), count(*) FROM label WHERE kind = '{kind}' AND (event, key) IN ({found}) "
        "GROUP BY key ORDER BY count(*) DESC, key"
    )
    return query, values


def undated_query(certainties: tuple[str, ...], question: EventQuery) -> tuple[str, Parameters]:
    """Return the query for events without a date that have one of these *certainties*."""
    conditions, values = filters(question, number="event.number")
    said, said_values = _said(question, "event") if question.may_be_unknown else ("1", [])
    if question.not_venues:
        said += f" AND event.number NOT IN ({_LABELLED.format('venue')})"
        said_values.append(json_array(question.not_venues))
    wanted = ", ".join(f"'{certainty}'" for certainty in certainties)
    query = (
        f"SELECT CASE certainty WHEN 'permanent' THEN {PERMANENT} ELSE {UNDATED} END AS section, "
        "record, certainty, number, NULL, NULL, NULL, NULL, NULL, NULL, 0 AS sort_key "
        f"FROM event WHERE certainty IN ({wanted}) AND {conditions} AND {said}"
    )
    return query, values + said_values


def _window(question: EventQuery) -> tuple[str, Parameters]:
    """Return the condition that a showing overlaps the range."""
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
    """Return the condition that a showing began before the range."""
    first, _last = question.days
    if question.since and first:  # an event of today without a time may still begin
        began = f"begun_day < ? OR (length(start) > {len('2023-12-16')} AND start_minute < ?)"
        return began, [first.toordinal(), minute_of(question.since)]
    return ("begun_day < ?", [first.toordinal()]) if first else ("0", [])


def filters(question: EventQuery, *, number: str) -> tuple[str, Parameters]:
    """Return the condition that an event, whose number is in the column *number*, matches all filters.

    It matches a place if any of its showings is there.
    """
    kept: list[str] = ["1"]
    values: Parameters = []
    if question.numbers is not None:
        kept.append(f"{number} IN {ONE_OF}")
        values.append(json_array(question.numbers))
    asked = [
        ("venue", question.venues),  # an empty tuple matches nothing
        ("category", question.categories or None),
        ("city", question.cities or None),
        ("tag", question.tags or None),
        ("track", question.tracks or None),
        ("parent", question.parents or None),
    ]
    for kind, keys in asked:  # an event must have one of each kind
        if keys is not None:
            kept.append(f"{number} IN ({_LABELLED.format(kind)})")
            values.append(json_array(keys))
    for kind, keys in (("category", question.not_categories), ("tag", question.not_tags)):
        if keys:
            kept.append(f"{number} NOT IN ({_LABELLED.format(kind)})")
            values.append(json_array(keys))
    if question.text is not None:
        kept.append(f"{number} IN (SELECT rowid FROM event_text WHERE event_text MATCH ?)")
        values.append(question.text)
    return " AND ".join(kept), values


def filters_of_showings(question: EventQuery) -> tuple[str, Parameters]:
    """Return the condition that a showing matches all filters, including those for places."""
    of_events, values = filters(question, number="showing.event")
    if not question.chooses_showings:
        return of_events, values
    chosen, more_values = choosing_showings(question)
    return f"{of_events} AND {chosen}", values + more_values


def choosing_showings(question: EventQuery) -> tuple[str, Parameters]:
    """Return the condition that a showing is at the places, the price and the hours of *question*."""
    asked = [
        ("venue", question.venues),  # an empty tuple matches nothing
        ("city", question.cities or None),
    ]
    places = {column: json_array(keys) for column, keys in asked if keys is not None}
    kept = [f"showing.{column} IN {ONE_OF}" for column in places]
    values: Parameters = [*places.values()]
    if question.not_venues:
        kept.append(f"(showing.venue IN {ONE_OF}) IS NOT 1")
        values.append(json_array(question.not_venues))
    said, said_values = _said(question, "showing")
    return " AND ".join([*kept, said]), values + said_values


def _said(question: EventQuery, table: str) -> tuple[str, Parameters]:
    """Return the condition that the programme says of a row of *table* what the filters ask.

    Each part is NULL if the programme does not say, so that SQL's logic of three values does the rest: AND is false if
    one part is false, else NULL if one is NULL.
    """
    number = "event.number" if table == "event" else "showing.event"
    admission = f"(SELECT {{}} FROM admission WHERE admission.number = {table}.admission)"
    upper = (
        "CASE WHEN free THEN 1 WHEN currency = ? THEN "
        "CASE WHEN price_from IS NOT NULL THEN price_from <= ? WHEN price_to <= ? THEN 1 END END"
    )
    language = f"CASE WHEN {number} IN ({_LANGUAGE_KNOWN}) THEN {number} IN ({_LABELLED.format('language')}) END"
    latest, earliest = ("NULL", "NULL") if table == "event" else ("showing.latest", "showing.earliest")
    changed = f"(SELECT changed FROM event AS its WHERE its.number = {number}) >= ?"
    changed = f"coalesce({changed}, 0)" if question.since_update else changed
    price, since = question.price_to, question.changed_since
    asked: list[tuple[bool, str, Parameters]] = [
        (question.free, admission.format("free"), []),
        (price is not None, admission.format(upper), [question.currency, price or 0, price or 0]),
        (question.age is not None, admission.format("age <= ?"), [question.age or 0]),
        (bool(question.languages), language, [json_array(question.languages)]),
        (question.after is not None, f"{latest} >= ?", [question.after or 0]),
        (question.before is not None, f"{earliest} < ?", [question.before or 0]),
        (since is not None, changed, [since.isoformat() if since else ""]),
    ]
    parts = [(part, values) for is_asked, part, values in asked if is_asked]
    whole = " AND ".join(["1", *(part for part, _values in parts)])
    return f"({whole}) IS NOT 0" if question.unknown else f"({whole})", [each for _part, v in parts for each in v]


def json_array(values: Iterable[str] | Iterable[int]) -> str:
    """Return *values* without duplicates as a JSON array, the parameter of `ONE_OF`."""
    return json.dumps(list(dict.fromkeys(values)))
