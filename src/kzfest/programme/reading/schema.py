"""What a programme file must look like, key by key; the only file that imports pydantic.

The shapes check values and leave them as they are; `programme/decode.py` makes the model of them. They
also give the JSON Schema by which an editor completes and checks a file.
"""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, NotRequired

os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # it has none here, and looks for them for 15 ms

from pydantic import ConfigDict, Field, PlainValidator, TypeAdapter, WithJsonSchema
from typing_extensions import TypedDict

from kzfest.core.model import ID_PATTERN, WEEKDAYS
from kzfest.programme.reading import scalars

if TYPE_CHECKING:
    from collections.abc import Container

_typed_dict: Any = TypedDict  # whose keys are given as a table here, which mypy cannot follow


def _scalar(check: Any, **schema: Any) -> Any:
    """Return the type of a value that *check* passes, described to editors by *schema*."""
    return Annotated[Any, PlainValidator(check), WithJsonSchema({"type": "string"} | schema)]


def _choice(*choices: str) -> Any:
    return _scalar(scalars.check_choice(*choices), enum=list(choices))


def _by_language(check: Any, **text: Any) -> Any:
    in_one = {"type": "string", "minLength": 1} | text
    languages = {f"^{scalars.LANGUAGE_PATTERN}$": in_one}
    in_several = {
        "type": "object",
        "patternProperties": languages,
        "additionalProperties": False,
        "minProperties": 1,
    }
    return Annotated[Any, PlainValidator(check), WithJsonSchema({"anyOf": [in_one, in_several]})]


def _list(kind: Any, **limits: Any) -> Any:
    return Annotated[list.__class_getitem__(kind), Field(**limits)]


def _said(kind: Any, description: str) -> Any:
    return Annotated[kind, Field(description=description)]


def _mapping(name: str, *, required: dict[str, Any], optional: dict[str, Any], **schema: Any) -> Any:
    """Return the type of a mapping with these keys and no others."""
    keys = required | {key: NotRequired[kind] for key, kind in optional.items()}
    shape = _typed_dict(name, keys)
    shape.__pydantic_config__ = ConfigDict(extra="forbid", json_schema_extra=schema)
    return shape


TEXT = _scalar(scalars.check_text, minLength=1, maxLength=scalars.LONGEST_LONG_TEXT)
LINE = _scalar(scalars.check_line, minLength=1, maxLength=scalars.LONGEST_SHORT_TEXT)
WORD = _scalar(scalars.check_word, minLength=1, maxLength=scalars.LONGEST_SHORT_TEXT)
TEXTS = _by_language(scalars.check_texts, maxLength=scalars.LONGEST_LONG_TEXT)
LINES = _by_language(scalars.check_lines, maxLength=scalars.LONGEST_SHORT_TEXT)
NAMES = _by_language(scalars.check_names, maxLength=scalars.LONGEST_SHORT_TEXT)
ID = _scalar(scalars.check_id, pattern=f"^{ID_PATTERN}$")
URL = _scalar(scalars.check_url, pattern="^https?://[^ ]+$")
COUNTRY = _scalar(scalars.check_country, pattern="^[A-Z]{2}$")
LANGUAGE = _scalar(scalars.check_language, pattern=f"^{scalars.LANGUAGE_PATTERN}$")
ZONE = _scalar(scalars.check_zone, examples=["Asia/Almaty"])
DATE = _scalar(scalars.check_date, pattern=f"^{scalars.DATE_PATTERN}$")
MOMENT = _scalar(scalars.check_moment, pattern=f"^{scalars.MOMENT_PATTERN}$")
DAY_OR_MOMENT = _scalar(scalars.check_day_or_moment, pattern=f"^({scalars.DATE_PATTERN}|{scalars.MOMENT_PATTERN})$")
END = _scalar(scalars.check_end, pattern=f"^({scalars.DATE_PATTERN}|{scalars.MOMENT_PATTERN}|unknown)$")
VAGUE_DATE = _scalar(scalars.check_vague_date, type=["string", "integer"])
NUMBER = _scalar(scalars.check_whole_number, type="integer", minimum=0)
_DAY = f"({'|'.join(WEEKDAYS)})"
OPENING_HOURS = _scalar(
    scalars.check_opening_hours,
    type="object",
    patternProperties={f"^{_DAY}(-{_DAY})?$": {"type": "string", "pattern": f"^({scalars.HOURS_PATTERN})$"}},
    additionalProperties=False,
)

SOURCE = _mapping(
    "Source",
    required={"title": LINE},
    optional={"publisher": LINE, "published": DATE, "url": URL, "note": LINES},
)
TRANSLATED = _said(_list(LINE), "Fields that you translated yourself, as title.kk.")
SOURCES = _said(_list(ID), "Keys of the sources that say so.")
LOCATION = _mapping(
    "Location",
    required={
        "latitude": _scalar(scalars.check_degrees(90), type="number", minimum=-90, maximum=90),
        "longitude": _scalar(scalars.check_degrees(180), type="number", minimum=-180, maximum=180),
        "accuracy": _choice("building", "street", "approximate"),
    },
    optional={"source": _said(ID, "Key of the source that gives the point.")},
)
VENUE = _mapping(
    "Venue",
    required={"id": ID, "name": LINES, "city": WORD},
    optional={
        "aliases": _said(_list(LINE), "Other names that people look for it by."),
        "address": _said(LINES, "As a source prints it; in several languages only where it describes the place."),
        "country": COUNTRY,
        "location": LOCATION,
        "hours": _said(OPENING_HOURS, "Opening hours by weekday, or closed; a day left out is unknown."),
        "hours_note": LINES,
        "hours_source": ID,
        "url": URL,
        "notes": TEXTS,
        "translated": TRANSLATED,
        "sources": SOURCES,
    },
)
SHOWING = _mapping("Showing", required={"id": ID, "start": DAY_OR_MOMENT}, optional={"end": END, "venue": ID})
DETAIL = _mapping("Detail", required={"label": LINES, "value": TEXTS}, optional={})
DISPUTE = _mapping("Dispute", required={"field": LINE, "value": LINE, "source": ID}, optional={"note": TEXTS})

WAYS_OF_SAYING_WHEN = ("start", "showings", "when", "reported")
EVENT = _mapping(
    "Event",
    required={"id": ID, "title": LINES, "category": ID},
    optional={
        "summary": TEXTS,
        "tags": _list(WORD),
        "venue": _said(ID, "Id of a venue of this file."),
        "place": _said(LINES, "Where it is, in words, where there is no one venue."),
        "city": _said(WORD, "Only without a venue, which has a city of its own."),
        "country": COUNTRY,
        "start": _said(DAY_OR_MOMENT, "A day, or a local date and time."),
        "end": _said(END, "The last day (included), when it ends, or unknown."),
        "showings": _list(SHOWING, min_length=1),
        "repeats": _said(LINE, "A recurrence rule of RFC 5545 that begins with start."),
        "when": _choice("permanent", "unannounced"),
        "reported": _said(DATE, "The day of the report, where no other date is known."),
        "price": LINES,
        "organiser": LINES,
        "people": _said(_list(NAMES), "Each a name, and behind it in brackets what they do here."),
        "url": URL,
        "languages": _list(LANGUAGE),
        "details": _list(DETAIL),
        "notes": TEXTS,
        "status": _choice("scheduled", "cancelled", "postponed"),
        "revision": _said(NUMBER, "Raised by one when time, place or status change."),
        "changed": _said(DATE, "When anything about it changed last."),
        "translated": TRANSLATED,
        "sources": SOURCES,
        "disputes": _list(DISPUTE),
    },
    oneOf=[{"required": [way]} for way in WAYS_OF_SAYING_WHEN],
)
HEAD = _mapping(
    "Programme",
    required={"id": ID, "title": LINES, "timezone": ZONE, "revised": DATE},
    optional={
        "language": _said(LANGUAGE, "That of texts given without one, for what stands below; English unless said."),
        "first": _said(DATE, "The first day that the programme covers."),
        "last": _said(DATE, "The last day that the programme covers, included."),
    },
)
FORMAT = _scalar(scalars.check_choice("1"), type=["integer", "string"], enum=[1, "1"])

MILESTONE = _mapping(
    "Milestone",
    required={"id": ID, "at": VAGUE_DATE, "title": LINES},
    optional={"timezone": ZONE, "summary": TEXTS, "sources": SOURCES, "disputes": _list(DISPUTE)},
)
RECOGNITION = _mapping(
    "Recognition", required={"country": LINES}, optional={"on": DATE, "note": TEXTS, "sources": SOURCES}
)
VOTES = _mapping(
    "Votes",
    required=dict.fromkeys(("for", "against", "abstained", "absent", "deputies"), NUMBER),
    optional={},
)
CHAPTER = _mapping(
    "Chapter", required={"number": NUMBER, "articles": LINE, "titles": LINES}, optional={"summary": TEXTS}
)
LAW = _mapping(
    "Law",
    required={
        "citation": LINE, "titles": LINES, "status": LINES, "enacted_by": LINES, "passed": DATE, "timezone": ZONE,
        "adopted": MOMENT, "signed": MOMENT, "signed_by": LINES, "drafted_by": LINES, "chaired_by": LINES,
        "votes": VOTES, "chapters": _list(CHAPTER),
    },
    optional={"notes": TEXTS, "sources": SOURCES},
)  # fmt: skip

SYNONYMS = _list(WORD, min_length=1)

PROGRAMME_FILE = {
    "format": FORMAT,
    "programme": HEAD,
    "sources": SOURCE,
    "labels": LINES,
    "synonyms": SYNONYMS,
    "venues": VENUE,
    "events": EVENT,
}
HISTORY_FILE = {
    "format": FORMAT,
    "history": _mapping("History", required={"revised": DATE}, optional={}),
    "sources": SOURCE,
    "milestones": MILESTONE,
    "recognitions": RECOGNITION,
    "law": LAW,
}
ALL_SHAPES = PROGRAMME_FILE | HISTORY_FILE


@cache
def _adapter(section: str) -> TypeAdapter[Any]:
    return TypeAdapter(ALL_SHAPES[section])


def checked(section: str, value: Any) -> Any:
    """Return *value*, one record of *section*, with its texts by language and its hours by day.

    Raises pydantic's ValidationError, which `schema_errors.py` turns into paths and sentences.
    """
    return _adapter(section).validate_python(value)


STAND_INS: dict[str, dict[str, str]] = {
    "programme": {
        "id": "x", "title": "?", "timezone": "UTC",
        "revised": "2000-01-01", "first": "1000-01-01", "last": "5999-12-31",
    },
    "sources": {"title": "?"},
    "venues": {"id": "x", "name": "?", "city": "?"},
    "events": {"id": "x", "title": "?", "category": "x"},
}  # fmt: skip


def mended(section: str, value: Any, faulty: Container[Any]) -> Any:
    """Return *value*, a record of *section*, without its *faulty* keys, for the rules about the rest of it.

    What cannot be done without gets a stand-in; None where there is no record to speak of.
    """
    if section not in STAND_INS or not isinstance(value, dict):
        return None
    if "start" in faulty or "end" in faulty:
        value = {key: part for key, part in value.items() if key not in {"start", "end"}}
    sound = {key: part for key, part in value.items() if key not in faulty}
    return checked(section, sound | {key: part for key, part in STAND_INS[section].items() if key in faulty})


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of a programme file."""
    sections = PROGRAMME_FILE | {
        "sources": dict.__class_getitem__((ID, SOURCE)),
        "labels": _said(dict.__class_getitem__((WORD, LINES)), "What categories, tags and cities are called."),
        "synonyms": _said(
            dict.__class_getitem__((WORD, SYNONYMS)), "What else people say for a word; whoever asks for one finds all."
        ),
        "venues": _list(VENUE),
        "events": _list(EVENT),
    }
    required = ("format", "programme", "events")
    file = _mapping(
        "kzfest programme, format 1",
        required={key: sections[key] for key in required},
        optional={key: kind for key, kind in sections.items() if key not in required},
    )
    schema = TypeAdapter(file).json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | schema
