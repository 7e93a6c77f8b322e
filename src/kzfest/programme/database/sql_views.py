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


def _list(key: str, record: str = "record") -> str:
    return f"coalesce({_value(key, record)}, '[]')"


def _truth(key: str) -> str:
    return f"{_value(key)} = 'true'"


def _number(key: str) -> str:
    return f"{_value(key)} + 0"


def _day(column: str) -> str:
    return f"date({column} + {BEFORE_YEAR_1})"


ALL_DAY = f"length(start) = {LENGTH_OF_DAY}"
CITY = "coalesce((SELECT json_extract(v.record, '$.city') FROM venue AS v WHERE v.id = {venue}), {city})"


def _of_showing(expression: str, order: str) -> str:
    """Return the value of an event's first showing in this *order*."""
    return f"(SELECT {expression} FROM occurrence WHERE event = event.number ORDER BY {order} LIMIT 1)"


_FACTS = "coalesce(occurrence.facts, (SELECT record FROM event WHERE number = occurrence.event))"
"""What the file says of a showing. One that it does not list has the facts of its event."""
LAST_DAY = f"iif({_value('end', _FACTS)} = 'unknown', NULL, {_day('last_day')})"
_BY_START, _BY_END = "start_minute", "end_minute DESC"
_ROOM = ", ".join(
    f"'{field}', {made}"
    for field, made in {
        "id": "room.key",
        "name": _text("name", "room.value"),
        "names": _value("name", "room.value"),
        "capacity": _value("capacity", "room.value") + " + 0",
    }.items()
)
_ROOMS = f"(SELECT json_group_array(json_object({_ROOM})) FROM json_each(record, '$.rooms') AS room)"
_VENUE = f"coalesce({_of_showing('venue', _BY_START)}, {_value('venue', 'event.record')})"
_NAME, _ROLE = _text("name", "person.value"), _text("role", "person.value")
STATUSES_TOLD = "`scheduled`, `cancelled`, `postponed` or `moved`"

VIEWS = {
    "events": View(
        "something that a visitor can attend",
        {
            "id": ("id", "its id, which never changes"),
            "title": (_text("title"), "the title in the language of the answer"),
            "titles": (_value("title"), "the title in every language, as JSON"),
            "category": (_value("category"), "its category, as the file names it"),
            "tags": (_list("tags"), "its tags, as JSON"),
            "tracks": (_list("tracks"), "the strands of the programme to which it belongs, as JSON"),
            "parent": (_value("parent"), "the id of the event of which it is a part"),
            "status": (f"coalesce({_value('status')}, 'scheduled')", STATUSES_TOLD),
            "certainty": ("certainty", "`certain`, `permanent`, `unannounced` or `reported`"),
            "all_day": (_of_showing(ALL_DAY, _BY_START), "1 if it has days only, no hours; null without a date"),
            "start": (_of_showing("start", _BY_START), "a date for whole days, else a date and time with its offset"),
            "end": (_of_showing("finish", _BY_END), "the last day, included; or when it ends; null if unknown"),
            "first_day": (_of_showing(_day("first_day"), _BY_START), "the festival day on which it begins"),
            "last_day": (_of_showing(LAST_DAY, _BY_END), "the festival day on which it ends; null if unknown"),
            "showings": ("(SELECT count(*) FROM occurrence WHERE event = event.number)", "how many showings it has"),
            "hours": (_value("hours"), "its own hours by weekday, as JSON"),
            "reported": (_value("reported"), "the day of the report, if no other date is known"),
            "venue": (_VENUE, "the id of its venue"),
            "place": (_text("place"), "where it is, in words, if not at a venue"),
            "city": (CITY.format(venue=_VENUE, city=_value("city")), "its city, or that of its venue"),
            "country": (_value("country"), "two capital letters, if it has no venue"),
            "summary": (_text("summary"), "what it is, in a sentence or two"),
            "price": (f"price_in({_value('price')})", "what a visit costs, in words"),
            "free": (_truth("price.free"), "1 if a visit costs nothing; null if the file does not say"),
            "price_from": (_number("price.from"), "the lowest price"),
            "price_to": (_number("price.to"), "the highest price"),
            "currency": (_value("price.currency"), "the currency of the two: three capital letters (ISO 4217)"),
            "tickets": (_value("tickets"), "the web address where tickets are sold"),
            "sold_out": (_truth("sold_out"), "1 if there are no tickets left; null if the file does not say"),
            "age": (_number("age"), "the youngest age at which a visitor may attend"),
            "accessibility": (_text("accessibility"), "what a visitor with a disability should know"),
            "organiser": (_text("organiser"), "who organises it"),
            "url": (_value("url"), "its web page"),
            "image": (_value("image"), "the web address of a picture"),
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
            "title": (_text("title", _FACTS), "its own title, else that of the event"),
            "status": (f"coalesce({_value('status', _FACTS)}, 'scheduled')", STATUSES_TOLD),
            "start": ("start", "a date for whole days, else a date and time with its offset"),
            "end": ("finish", "the last day, included; or when it ends; null if unknown"),
            "first_day": (_day("first_day"), "the festival day on which it begins"),
            "last_day": (LAST_DAY, "the festival day on which it ends; null if unknown"),
            "all_day": (ALL_DAY, "1 if it has days only, no hours"),
            "venue": ("venue", "the id of its venue"),
            "room": (_value("room", _FACTS), "the id of its room"),
            "city": (CITY.format(venue="venue", city=_value("city", _FACTS)), "its city, or that of its venue"),
            "price": (f"price_in({_value('price', _FACTS)})", "what a visit costs, in words"),
            "note": (_text("note", _FACTS), "what a visitor should know about it"),
            "zone": (
                f"nullif({_value('zone', _FACTS)}, (SELECT {_value('timezone')} FROM head))",
                "the time zone of its start and end, if that is not the programme's",
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
            "accessibility": (_text("accessibility"), "what a visitor with a disability should know"),
            "rooms": (_ROOMS, "its rooms with `id`, `name`, `names` and `capacity`, as JSON"),
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
            "name": (f"iif({_ROLE} IS NULL, name_in({_NAME}), {_NAME})", "the person's name"),
            "role": (f"coalesce({_ROLE}, role_in({_NAME}))", "what the person does there; null if unknown"),
            "url": (_value("url", "person.value"), "the person's web page"),
            "languages": (_list("languages", "person.value"), "the languages that the person speaks there, as JSON"),
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
            "value": (_text("value", "dispute.value"), "what the other source says"),
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
