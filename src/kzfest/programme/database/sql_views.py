"""The views that `kzfest sql` offers over a compiled programme, with a description of every column.

The names and their meaning are a contract, as the keys of JSON are. The tables below the views are none: they change
with `CATALOGUE_VERSION`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

BEFORE_YEAR_1 = 1721424.5
"""The Julian day of day 0 of `date.toordinal`, by which SQLite makes dates of the catalogue's numbers."""
LENGTH_OF_DAY = len("2023-12-16")


class View(NamedTuple):
    """A view: what it has a row for, and its columns."""

    about: str
    columns: dict[str, tuple[str, str]]
    """By name, the SQL expression and the description."""
    tables: str = ""
    """What follows FROM; empty for a table that is filled at once."""


def _value(key: str, record: str = "record") -> str:
    return f"json_extract({record}, '$.{key}')"


def _text(key: str, record: str = "record") -> str:
    return f"text_in({_value(key, record)})"


def _list(key: str) -> str:
    return f"coalesce({_value(key)}, '[]')"


def _day(column: str) -> str:
    return f"date({column} + {BEFORE_YEAR_1})"


ALL_DAY = f"length(start) = {LENGTH_OF_DAY}"
LAST_DAY = f"CASE WHEN finish IS NULL AND {ALL_DAY} THEN NULL ELSE {_day('last_day')} END"
CITY = "coalesce((SELECT json_extract(v.record, '$.city') FROM venue AS v WHERE v.id = {venue}), {city})"


def _of_showing(expression: str, order: str) -> str:
    """Return the value of an event's first showing in this *order*."""
    return f"(SELECT {expression} FROM occurrence WHERE event = event.number ORDER BY {order} LIMIT 1)"


_BY_START, _BY_END = "start_minute", "end_minute DESC"
_VENUE = f"coalesce({_of_showing('venue', _BY_START)}, {_value('venue', 'event.record')})"

VIEWS = {
    "events": View(
        "something that a visitor can attend",
        {
            "id": ("id", "its id, which never changes"),
            "title": (_text("title"), "the title in the language of the answer"),
            "titles": (_value("title"), "the title in every language, as JSON"),
            "category": (_value("category"), "its category, as the file names it"),
            "tags": (_list("tags"), "its tags, as JSON"),
            "status": (f"coalesce({_value('status')}, 'scheduled')", "`scheduled`, `cancelled` or `postponed`"),
            "certainty": ("certainty", "`certain`, `permanent`, `unannounced` or `reported`"),
            "all_day": (_of_showing(ALL_DAY, _BY_START), "1 if it has days only, no hours; null without a date"),
            "start": (_of_showing("start", _BY_START), "a date for whole days, else a date and time with its offset"),
            "end": (_of_showing("finish", _BY_END), "the last day, included; or when it ends; null if unknown"),
            "first_day": (_of_showing(_day("first_day"), _BY_START), "the festival day on which it begins"),
            "last_day": (_of_showing(LAST_DAY, _BY_END), "the festival day on which it ends; null if unknown"),
            "showings": ("(SELECT count(*) FROM occurrence WHERE event = event.number)", "how many showings it has"),
            "reported": (_value("reported"), "the day of the report, if no other date is known"),
            "venue": (_VENUE, "the id of its venue"),
            "place": (_text("place"), "where it is, in words, if not at a venue"),
            "city": (CITY.format(venue=_VENUE, city=_value("city")), "its city, or that of its venue"),
            "country": (_value("country"), "two capital letters, if it has no venue"),
            "summary": (_text("summary"), "what it is, in a sentence or two"),
            "price": (_text("price"), "what a visit costs"),
            "organiser": (_text("organiser"), "who organises it"),
            "url": (_value("url"), "its web page"),
            "languages": (_list("languages"), "the languages spoken there, as JSON"),
            "notes": (_text("notes"), "anything else that helps a visitor"),
            "revision": (
                f"CAST(coalesce({_value('revision')}, 0) AS INTEGER)",
                "rises when the time, place or status changes",
            ),
            "changed": (_value("changed"), "the day on which anything about it last changed; null if never"),
            "sources": (_list("sources"), "the ids of its sources, as JSON"),
        },
        "event",
    ),
    "showings": View(
        "one time at which an event takes place; of repeating events, those in the programme's days",
        {
            "event": ("(SELECT id FROM event WHERE number = event)", "the id of the event"),
            "id": ("nullif(id, '')", "the id of the showing; null if the event has only one"),
            "start": ("start", "a date for whole days, else a date and time with its offset"),
            "end": ("finish", "the last day, included; or when it ends; null if unknown"),
            "first_day": (_day("first_day"), "the festival day on which it begins"),
            "last_day": (LAST_DAY, "the festival day on which it ends; null if unknown"),
            "all_day": (ALL_DAY, "1 if it has days only, no hours"),
            "venue": ("venue", "the id of its venue"),
            "city": (
                CITY.format(venue="venue", city=f"(SELECT {_value('city')} FROM event WHERE number = event)"),
                "its city, or that of its venue",
            ),
        },
        "occurrence",
    ),
    "venues": View(
        "a named place with an address",
        {
            "id": ("id", "its id, which never changes"),
            "name": (_text("name"), "the name in the language of the answer"),
            "names": (_value("name"), "the name in every language, as JSON"),
            "aliases": (_list("aliases"), "other names, as JSON"),
            "address": (_text("address"), "the address as a source prints it"),
            "city": (_value("city"), "its city"),
            "country": (_value("country"), "two capital letters"),
            "latitude": (f"CAST({_value('location.latitude')} AS REAL)", "degrees north"),
            "longitude": (f"CAST({_value('location.longitude')} AS REAL)", "degrees east"),
            "accuracy": (_value("location.accuracy"), "`building`, `street` or `approximate`"),
            "hours": (_value("hours"), "the opening hours by weekday, as JSON"),
            "hours_note": (_text("hours_note"), "more about the hours"),
            "url": (_value("url"), "its website"),
            "notes": (_text("notes"), "anything else that helps a visitor"),
            "events": (
                "(SELECT count(*) FROM label WHERE kind = 'venue' AND label.key = venue.id)",
                "the number of events there",
            ),
            "sources": (_list("sources"), "the ids of its sources, as JSON"),
        },
        "venue",
    ),
    "people": View(
        "a person at an event",
        {
            "event": ("event.id", "the id of the event"),
            "name": ("name_in(text_in(person.value))", "the person's name"),
            "role": ("role_in(text_in(person.value))", "what the person does there; null if unknown"),
        },
        "event, json_each(event.record, '$.people') AS person",
    ),
    "sources": View(
        "where a fact was published",
        {
            "id": ("id", "its key in the programme's file"),
            "title": (_value("title"), "the headline, or a description"),
            "publisher": (_value("publisher"), "who published it"),
            "published": (_value("published"), "the day it was published"),
            "url": (_value("url"), "its web address"),
            "note": (_text("note"), "what a reader should know about it"),
        },
        "source",
    ),
    "disputes": View(
        "a value that another source gives for a fact of an event",
        {
            "event": ("event.id", "the id of the event"),
            "field": (_value("field", "dispute.value"), "the field that is disputed"),
            "value": (_value("value", "dispute.value"), "what the other source says"),
            "source": (_value("source", "dispute.value"), "the id of that source"),
            "note": (_text("note", "dispute.value"), "why the programme kept its own value"),
        },
        "event, json_each(event.record, '$.disputes') AS dispute",
    ),
    "visits": View(
        "a visit in your current itinerary, or in that of `--itinerary`",
        {
            "id": ("", "its id, which `edit` and `remove` take"),
            "event": ("", "the id of the event; null for your own appointment"),
            "programme": ("", "the id of the programme that has the event"),
            "title": ("", "the title in the language of the answer"),
            "day": ("", "the festival day on which it starts"),
            "start": ("", "a date and time with its offset; a date if no time is fixed"),
            "end": ("", "a date and time with its offset; a date if no time is fixed"),
            "end_assumed": ("", "1 if the end is assumed from the category"),
            "must": ("", "1 if it is a must-see"),
            "note": ("", "your note"),
            "venue": ("", "the id of its venue"),
            "place": ("", "where it is, in words"),
            "travel_minutes": ("", "the travel time from the previous visit of the day; null if unknown"),
            "clashes": ("", "the number of visits with which it clashes"),
            "state": ("", "what has become of it: `same`, `moved`, `cancelled` or `gone`"),
            "changes": ("", "the number of its changes, undone ones included"),
            "changed": ("", "when it last changed"),
        },
    ),
    "columns": View(
        "a column of one of these views",
        {
            "view": ("", "the name of the view"),
            "name": ("", "the name of the column"),
            "about": ("", "what is in it"),
        },
    ),
}
"""The views by name, in the order of the manual."""


def definitions(first: date | None, last: date | None) -> list[str]:
    """Return the statements that make the views; *first* and *last* are the programme's days."""
    shown = "event NOT IN (SELECT number FROM event WHERE json_extract(record, '$.repeats') IS NOT NULL)"
    if first and last:  # compared first, because it needs no JSON
        shown = f"(last_day >= {first.toordinal()} AND first_day <= {last.toordinal()}) OR {shown}"
    occurrence = f"SELECT * FROM showing WHERE certain AND ({shown})"
    made = [f"CREATE TEMP VIEW occurrence AS {occurrence}"]
    for name, view in VIEWS.items():
        if view.tables:
            columns = ", ".join(f'{expression} AS "{column}"' for column, (expression, _about) in view.columns.items())
            made.append(f"CREATE TEMP VIEW {name} AS SELECT {columns} FROM {view.tables}")
        else:
            columns = ", ".join(f'"{column}"' for column in view.columns)
            made.append(f"CREATE TEMP TABLE {name} ({columns})")
    return made
