"""The schema of programme files, key by key; the only module that imports pydantic.

The schema checks values without converting them; `programme/decode.py` builds the model. It also gives the JSON Schema
with which an editor completes and checks a file.
"""

from __future__ import annotations

import os
import re
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, NotRequired, Union

os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # looking for plugins takes 15 ms

from pydantic import ConfigDict, Discriminator, Field, PlainValidator, Tag, TypeAdapter, WithJsonSchema
from typing_extensions import TypedDict

from kzfest.core.model import ID_PATTERN, STATUSES, WEEKDAYS
from kzfest.programme.reading import scalars

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Set as AbstractSet

_typed_dict: Any = TypedDict  # mypy cannot follow keys that are computed


def _scalar(check: Any, **schema: Any) -> Any:
    """Return the type of a value that passes *check*; *schema* goes into the JSON Schema."""
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


AS_TEXT, AS_MAPPING = "@text", "@mapping"
"""The forms of a value that is a text or a mapping. Paths of errors contain them; no key begins with @."""


def _text_or(mapping: Any, text: Any, *, is_mapping: Callable[[Any], bool]) -> Any:
    """Return the type of a value that is a *mapping* if *is_mapping* says so, else a *text*."""
    forms = Union.__getitem__((Annotated[text, Tag(AS_TEXT)], Annotated[mapping, Tag(AS_MAPPING)]))
    return Annotated[forms, Discriminator(lambda value: AS_MAPPING if is_mapping(value) else AS_TEXT)]


TRUE = True
"""An example of YES_OR_NO."""


class _Field(NamedTuple):
    """The type of a value, with its description for editors and the manual."""

    kind: Any
    description: str
    examples: tuple[Any, ...]
    """Valid values, as PyYAML returns them."""


def _field(kind: Any, description: str, *examples: Any) -> _Field:
    return _Field(kind, description, examples)


def _mapping(name: str, *, required: dict[str, Any], optional: dict[str, Any], **schema: Any) -> Any:
    """Return the type of a mapping with these keys and no others.

    Descriptions stay outside pydantic, because they would slow down every reading of a file.
    """
    fields = required | optional
    kinds = {key: field.kind if isinstance(field, _Field) else field for key, field in fields.items()}
    shape = _typed_dict(name, {key: kind if key in required else NotRequired[kind] for key, kind in kinds.items()})
    shape.__pydantic_config__ = ConfigDict(extra="forbid", json_schema_extra=schema)
    shape.described = {key: field for key, field in fields.items() if isinstance(field, _Field)}
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
ZONE = _scalar(scalars.check_zone)
DATE = _scalar(scalars.check_date, pattern=f"^{scalars.DATE_PATTERN}$")
MOMENT = _scalar(scalars.check_moment, pattern=f"^{scalars.MOMENT_PATTERN}$")
_EXACT_MOMENT = f"{scalars.MOMENT_PATTERN}{scalars.OFFSET_PATTERN}"
DAY_OR_MOMENT = _scalar(scalars.check_day_or_moment, pattern=f"^({scalars.DATE_PATTERN}|{_EXACT_MOMENT})$")
END = _scalar(scalars.check_end, pattern=f"^({scalars.DATE_PATTERN}|{_EXACT_MOMENT}|unknown)$")
VAGUE_DATE = _scalar(scalars.check_vague_date, type=["string", "integer"])
NUMBER = _scalar(scalars.check_whole_number, type="integer", minimum=0)
AGE = _scalar(scalars.check_age, type="integer", minimum=0, maximum=scalars.OLDEST)
AMOUNT = _scalar(scalars.check_amount, type="number", minimum=0)
CURRENCY = _scalar(scalars.check_currency, pattern="^[A-Z]{3}$")
YES_OR_NO = _scalar(scalars.check_choice("true", "false"), type="boolean")
_DAY = f"({'|'.join(WEEKDAYS)})"
_HOURS_OF_A_DAY = {"type": "string", "pattern": f"^({scalars.HOURS_PATTERN})$"}
_HOURS_BY_WEEKDAY = {
    "type": "object",
    "patternProperties": {f"^{_DAY}(-{_DAY})?$": _HOURS_OF_A_DAY},
    "additionalProperties": False,
}
OPENING_HOURS = Annotated[
    Any,
    PlainValidator(scalars.check_opening_hours),
    WithJsonSchema({"anyOf": [_HOURS_OF_A_DAY, _HOURS_BY_WEEKDAY]}),
]

SOURCE = _mapping(
    "Source",
    required={"title": _field(LINE, "The headline, or a description.", "Astana Prepares to Mark Independence Day")},
    optional={
        "publisher": _field(LINE, "Who published it.", "The Astana Times"),
        "published": _field(DATE, "The day it was published.", "2023-12-14"),
        "url": _field(URL, "Its web address. kzfest shows it and never opens it.", "https://example.org/december"),
        "note": _field(LINES, "What a reader should know about the source.", "A poster, seen at the entrance."),
    },
    description="Where a fact was published. The key of the mapping is how the file refers to the source.",
)
TRANSLATED = "Texts that you translated yourself, as FIELD.LANGUAGE. Cards mark them as translations."
SOURCES = _field(_list(ID), "Keys of the sources that confirm this record.", ["times-dec-14", "poster"])
LOCATION = _mapping(
    "Location",
    required={
        "latitude": _field(
            _scalar(scalars.check_degrees(90), type="number", minimum=-90, maximum=90),
            "Degrees north of the equator (WGS 84); south is negative.",
            51.1185,
        ),
        "longitude": _field(
            _scalar(scalars.check_degrees(180), type="number", minimum=-180, maximum=180),
            "Degrees east of Greenwich (WGS 84); west is negative.",
            71.4697,
        ),
        "accuracy": _field(
            _choice("building", "street", "approximate"),
            "How exact the point is. Travel times from an approximate point are marked as estimates.",
            "building",
        ),
    },
    optional={"source": _field(ID, "Key of the source of the point.", "osm")},
    description="A point on the map.",
)
ROOM = _mapping(
    "Room",
    required={
        "name": _field(LINES, "The name, in one language or several.", {"en": "Hall 2", "ru": "Зал 2"}, "Hall 2")
    },
    optional={"capacity": _field(NUMBER, "How many visitors it holds.", 120)},
    description="A room of a venue. The key of the mapping is how events and showings refer to it.",
)
VENUE = _mapping(
    "Venue",
    required={
        "id": _field(ID, "Identifies the venue: unique in the file, and never used for another venue.", "city-hall"),
        "name": _field(LINES, "The name, in one language or several.", {"en": "City Hall", "kk": "Қала әкімдігі"}),
    },
    optional={
        "city": _field(WORD, "The city. `labels` can translate it.", "Astana"),
        "aliases": _field(_list(LINE), "Other names by which people look for it.", ["Town Hall", "akimat"]),
        "address": _field(
            LINES,
            "The address as a source prints it; in several languages only if it describes the way.",
            "54 Tauelsizdik Avenue",
        ),
        "country": _field(COUNTRY, "The country, as two capital letters (ISO 3166).", "KZ"),
        "location": _field(
            LOCATION,
            "The point on the map. Distances and travel times need it.",
            {"latitude": 51.1185, "longitude": 71.4697, "accuracy": "building"},
        ),
        "hours": _field(
            OPENING_HOURS,
            "Opening hours, of every day or by weekday or range of weekdays. Hours of missing days are unknown.",
            {"tue-sun": "10:00-18:00", "mon": "closed"},
            {"fri": "10:00-13:00, 14:00-02:00"},
            "09:00-21:00",
        ),
        "hours_note": _field(LINES, "More about the hours.", "The last admission is at 17:30."),
        "hours_source": _field(ID, "Key of the source of the hours.", "museum-site"),
        "url": _field(URL, "The venue's website.", "https://example.org/hall"),
        "notes": _field(TEXTS, "Anything else that helps a visitor.", "The entrance is in the courtyard."),
        "accessibility": _field(
            TEXTS,
            "What visitors with a disability should know.",
            {"en": "Step-free, with a lift.", "ru": "Есть пандус и лифт."},
        ),
        "rooms": _field(
            dict.__class_getitem__((ID, ROOM)),
            "The rooms, by an id of your choice.",
            {"hall-2": {"name": "Hall 2", "capacity": 120}},
        ),
        "translated": _field(_list(LINE), TRANSLATED, ["name.kk", "notes.ru"]),
        "sources": SOURCES,
    },
    description="A named place with an address.",
)
STATUS = _field(
    _choice(*STATUSES),
    "Whether it takes place: scheduled by default. What has moved takes place at the time that the file gives.",
    "cancelled",
)


def _has_amounts(value: Any) -> bool:
    """Whether the price *value* is amounts. The key `to` alone is also the code of the language Tongan."""
    if not isinstance(value, dict):
        return False
    amount = value.get("to")
    return bool({"free", "from", "currency", "text"} & set(value)) or (isinstance(amount, str) and amount.isdigit())


PRICE = _mapping(
    "Price",
    required={},
    optional={
        "free": _field(YES_OR_NO, "Whether a visit costs nothing. A free event has no amounts.", TRUE),
        "from": _field(AMOUNT, "The lowest price. Without `to`, the highest is unknown.", 2000),
        "to": _field(AMOUNT, "The highest price; the same as `from` if there is only one price.", 5000),
        "currency": _field(CURRENCY, "The currency of the amounts, as three capital letters (ISO 4217).", "KZT"),
        "text": _field(LINES, "More about the price.", "Children pay half."),
    },
    # no description: editors would show it instead of the key's, which tells of the text as well
    dependentRequired={"from": ["currency"], "to": ["currency"]},
    anyOf=[{"required": [key]} for key in ("free", "from", "to", "text")],
)
PRICE_OR_TEXT = _text_or(
    PRICE, _by_language(scalars.check_price_text, maxLength=scalars.LONGEST_SHORT_TEXT), is_mapping=_has_amounts
)
SHOWING = _mapping(
    "Showing",
    required={
        "start": _field(DAY_OR_MOMENT, "A day, or a local date and time.", "2023-12-16 19:00", "2023-12-16"),
    },
    optional={
        "id": _field(
            ID,
            "Identifies the showing among those of its event; its number in the list by default. Calendar entries and "
            "plans refer to it: never reuse one.",
            "evening",
        ),
        "end": _field(END, "The last day, included; or when it ends; or unknown.", "2023-12-16 21:30", "unknown"),
        "zone": _field(ZONE, "The time zone of its start and end, if that is not the programme's.", "Europe/London"),
        "title": _field(
            LINES, "Its title, if that is not the event's.", {"en": "Short films 2", "ru": "Короткий метр 2"}
        ),
        "venue": _field(ID, "Id of its venue, if that is not the event's.", "circus"),
        "room": _field(ID, "Id of a room of its venue, if that is not the event's.", "hall-2"),
        "price": _field(PRICE_OR_TEXT, "What a visit costs, if that is not the event's price.", "2,000 tenge"),
        "status": STATUS,
        "note": _field(TEXTS, "What a visitor should know about this showing.", "The director introduces the film."),
    },
    description="One time at which an event takes place.",
)
PERSON = _mapping(
    "Person",
    required={
        "name": _field(NAMES, "The name, in one language or several.", {"en": "Ivan Petrov", "ru": "Иван Петров"})
    },
    optional={
        "role": _field(LINES, "What the person does there.", {"en": "director", "ru": "режиссёр"}),
        "url": _field(URL, "The person's web page.", "https://example.org/petrov"),
        "languages": _field(_list(LANGUAGE), "The languages that the person speaks there (ISO 639).", ["ru", "en"]),
    },
    description="Somebody who takes part.",
)
PEOPLE = _list(
    _text_or(
        PERSON,
        _by_language(scalars.check_person_text, maxLength=scalars.LONGEST_SHORT_TEXT),
        is_mapping=lambda value: isinstance(value, dict) and bool({"name", "role", "languages"} & set(value)),
    )
)
DETAIL = _mapping(
    "Detail",
    required={
        "label": _field(LINES, "The kind of fact.", {"en": "Age", "ru": "Возраст"}),
        "value": _field(TEXTS, "The fact.", {"en": "6 and older", "ru": "с 6 лет"}),
    },
    optional={},
    description="One more fact, under a label of your choice.",
)
DISPUTE = _mapping(
    "Dispute",
    required={
        "field": _field(LINE, "The field for which another source gives another value.", "start"),
        "value": _field(LINES, "What that source says: a day, or words.", "2023-12-08"),
        "source": _field(ID, "Key of that source.", "times-dec-7"),
    },
    optional={"note": _field(TEXTS, "Why you kept your own value.", "The poster at the entrance has the 16th.")},
    description="Another value for a field, from another source. It is shown, and never changes when the event is on.",
)


WAYS_OF_SAYING_WHEN = ("start", "showings", "when", "reported")
EVENT = _mapping(
    "Event",
    required={
        "id": _field(ID, "Identifies the event: unique in the file, and never used for another event.", "barn-dance"),
        "title": _field(
            LINES, "The title, in one language or several.", {"en": "Barn dance", "ru": "Танцы в амбаре"}, "Barn dance"
        ),
        "category": _field(
            ID,
            "What kind of event it is: a lower-case word, or several joined by hyphens. `labels` can translate it.",
            "concert",
        ),
    },
    optional={
        "summary": _field(TEXTS, "What it is, in a sentence or two.", "A fiddler, two drums and punch."),
        "tags": _field(_list(WORD), "Words to filter by. `labels` can translate them.", ["music", "family"]),
        "tracks": _field(
            _list(WORD),
            "The strands of the programme to which it belongs, such as a section. `labels` can translate them.",
            ["Short films"],
        ),
        "parent": _field(ID, "Id of the event of which it is a part, such as the conference of a talk.", "open-days"),
        "venue": _field(ID, "Id of a venue of this file.", "circus"),
        "room": _field(ID, "Id of a room of that venue.", "hall-2"),
        "place": _field(LINES, "Where it is, in words, if not at one of the venues.", "Along the river"),
        "city": _field(WORD, "The city. Leave it out if there is a venue, which has its own.", "Astana"),
        "country": _field(COUNTRY, "The country, as two capital letters. Leave it out if there is a venue.", "KZ"),
        "start": _field(
            DAY_OR_MOMENT, "The day or the local date and time at which it begins.", "2023-12-16 19:00", "2023-12-16"
        ),
        "end": _field(
            END,
            "The last day, included; or when it ends; or unknown, if the closing day was never published.",
            "2024-01-07",
            "2023-12-17 01:30",
            "unknown",
        ),
        "showings": _field(
            _list(SHOWING, min_length=1),
            "The times of an event that takes place more than once.",
            [{"id": "first", "start": "2023-12-16 19:00"}, {"id": "second", "start": "2023-12-17 12:00"}],
        ),
        "hours": _field(
            OPENING_HOURS,
            "The hours of its days, of every day or by weekday. They replace the venue's, and need days as `start` and "
            "`end`. Hours in the night, such as 00:30-02:00, belong to the evening before. 00:00-24:00 is all day.",
            "12:00-20:00",
            "00:00-24:00",
            {"tue-fri": "19:00-21:00", "sat-sun": "14:00-16:00, 19:00-21:00", "mon": "closed"},
        ),
        "repeats": _field(
            LINE,
            "A recurrence rule of RFC 5545 that begins with `start`. The programme then needs `first` and `last`.",
            "FREQ=WEEKLY;BYDAY=SA",
            "FREQ=YEARLY",
        ),
        "except": _field(
            _list(DATE, min_length=1),
            "Days on which an event with `repeats` or `hours` does not take place.",
            ["2024-01-01", "2024-01-07"],
        ),
        "when": _field(
            _choice("permanent", "unannounced"),
            "For an event without dates: it is always there, or its date was not announced.",
            "unannounced",
        ),
        "reported": _field(
            DATE,
            "The day of a report about the event, if no other date is known. It is never shown as the event's.",
            "2025-12-16",
        ),
        "price": _field(
            PRICE_OR_TEXT,
            "What a visit costs: a text, or amounts, by which people can filter. The text `free` alone means free.",
            "free",
            "from 3,000 tenge",
            {"from": 2000, "to": 5000, "currency": "KZT", "text": "Children pay half."},
        ),
        "tickets": _field(URL, "Where tickets are sold.", "https://example.org/tickets"),
        "sold_out": _field(YES_OR_NO, "Whether all tickets are sold.", TRUE),
        "age": _field(AGE, "The youngest age at which a visitor may attend, in years.", 6),
        "accessibility": _field(
            TEXTS,
            "What visitors with disabilities should know.",
            {
                "en": "Step-free; a loop in the front rows.",
                "ru": "Без ступеней; в первых рядах есть индукционная петля.",
            },
        ),
        "organiser": _field(LINES, "Who organises it.", "Akimat of Astana"),
        "people": _field(
            PEOPLE,
            "Who takes part: names, each with the role in brackets, or with more keys.",
            ["Aigul Zhan (violin)", {"en": "Ivan Petrov (host)", "ru": "Иван Петров (ведущий)"}],
            [{"name": "Aigul Zhan", "role": {"en": "violin", "ru": "скрипка"}, "languages": ["kk"]}],
        ),
        "url": _field(URL, "The event's web page.", "https://example.org/dance"),
        "image": _field(URL, "The web address of a picture.", "https://example.org/dance.jpg"),
        "languages": _field(_list(LANGUAGE), "The languages spoken there, as ISO 639 codes.", ["kk", "ru"]),
        "details": _field(_list(DETAIL), "More facts, each with a label.", [{"label": "Works", "value": "45"}]),
        "notes": _field(TEXTS, "Anything else that helps a visitor.", "Bring warm clothes."),
        "status": STATUS,
        "revision": _field(
            NUMBER, "Raise it by one when the time, place or status changes: calendars then update the entry.", 1
        ),
        "changed": _field(
            DATE,
            "The day on which anything about it last changed. Calendar entries carry it, else `revised`.",
            "2023-12-10",
        ),
        "translated": _field(_list(LINE), TRANSLATED, ["title.kk", "people.ru"]),
        "sources": SOURCES,
        "disputes": _field(
            _list(DISPUTE),
            "Values that other sources give.",
            [{"field": "start", "value": "2023-12-08", "source": "times-dec-7"}],
        ),
    },
    description="Something that a visitor can attend. It says when it is in exactly one way: by `start`, `showings`, "
    "`when` or `reported`.",
    oneOf=[{"required": [way]} for way in WAYS_OF_SAYING_WHEN],
)
HEAD = _mapping(
    "Programme",
    required={
        "id": _field(ID, "Identifies the programme, as in `--programme ID`; not `own`.", "village"),
        "title": _field(LINES, "The title, in one language or several.", "Village fair"),
        "timezone": _field(ZONE, "The time zone of all times in the file: an IANA name.", "Asia/Almaty"),
        "revised": _field(DATE, "The day on which you last changed the file. Calendar entries carry it.", "2023-12-01"),
    },
    optional={
        "language": _field(
            LANGUAGE,
            "The language of texts that are given without one; English by default. Put it at the top of the file.",
            "ru",
        ),
        "first": _field(
            DATE, "The first day that the programme covers; that of its first event by default.", "2023-12-01"
        ),
        "last": _field(
            DATE, "The last day that the programme covers, included; that of its last event by default.", "2024-01-31"
        ),
    },
    description="The programme as a whole.",
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


_WHOLE_FILE = _mapping(
    "kzfest programme, format 1",
    required={
        "format": _field(FORMAT, "The version of this format.", 1),
        "programme": _field(
            HEAD,
            "What the programme is.",
            {"id": "village", "title": "Village fair", "timezone": "Europe/Berlin", "revised": "2026-05-01"},
        ),
        "events": _field(
            _list(EVENT),
            "The events.",
            [{"id": "fair", "title": "The fair", "category": "fair", "venue": "green", "start": "2026-06-06"}],
        ),
    },
    optional={
        "sources": _field(
            dict.__class_getitem__((ID, SOURCE)),
            "Where the facts were published, by a key of your choice.",
            {"poster": {"title": "The poster at the town hall"}},
        ),
        "labels": _field(
            dict.__class_getitem__((WORD, LINES)),
            "Names for categories, tags and cities. Filters accept these names too.",
            {"contest": {"en": "competition", "kk": "сайыс", "ru": "конкурс"}},
        ),
        "synonyms": _field(
            dict.__class_getitem__((WORD, SYNONYMS)),
            "Words with the same meaning. A search for one of them finds all, in any form.",
            {"quiz": ["trivia", "викторина"]},
        ),
        "venues": _field(
            _list(VENUE), "The venues.", [{"id": "green", "name": "The village green", "city": "Neudorf"}]
        ),
    },
)
"""Only for the JSON Schema: files are read record by record."""
DESCRIBED = (_WHOLE_FILE, HEAD, SOURCE, VENUE, ROOM, LOCATION, EVENT, SHOWING, PRICE, PERSON, DETAIL, DISPUTE)
"""The mappings with descriptions, in the order of the manual."""


@cache
def _adapter(section: str) -> TypeAdapter[Any]:
    return TypeAdapter(ALL_SHAPES[section])


def checked(section: str, value: Any) -> Any:
    """Return *value*, a record of *section*, with texts as mappings and hours by weekday.

    Raises pydantic's ValidationError, which `schema_errors.py` turns into paths and messages.
    """
    return _adapter(section).validate_python(value)


PLACEHOLDERS: dict[str, dict[str, str]] = {
    "programme": {
        "id": "x", "title": "?", "timezone": "UTC",
        "revised": "2000-01-01", "first": "1000-01-01", "last": "5999-12-31",
    },
    "sources": {"title": "?"},
    "venues": {"id": "x", "name": "?"},
    "events": {"id": "x", "title": "?", "category": "x"},
}  # fmt: skip


def mended(section: str, value: Any, faulty: AbstractSet[Any]) -> Any:
    """Return *value*, a record of *section*, without its *faulty* keys, so that rules can check the rest.

    Placeholders replace faulty required keys. None if *value* is not a mapping or *section* has no placeholders.
    """
    if section not in PLACEHOLDERS or not isinstance(value, dict):
        return None
    if "start" in faulty or "end" in faulty:
        value = {key: part for key, part in value.items() if key not in {"start", "end"}}
    if "rooms" in faulty and isinstance(value.get("rooms"), dict):  # events may name them
        ids = [key for key in value["rooms"] if re.fullmatch(ID_PATTERN, key)]
        value = value | {"rooms": {key: {"name": "?"} for key in ids}}
        faulty = faulty - {"rooms"}
    sound = {key: part for key, part in value.items() if key not in faulty}
    return checked(section, sound | {key: part for key, part in PLACEHOLDERS[section].items() if key in faulty})


def accepts(kind: Any, value: Any) -> bool:
    """Whether *value* is right for a field of *kind*."""
    try:
        TypeAdapter(kind).validate_python(value)
    except ValueError:
        return False
    return True


def choices(kind: Any) -> list[str]:
    """Return the only words that a field of *kind* may have, or nothing."""
    extras = (getattr(extra, "json_schema", None) or {} for extra in getattr(kind, "__metadata__", ()))
    return [word for extra in extras for word in extra.get("enum", ()) if isinstance(word, str)]


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of a programme file."""
    schema = TypeAdapter(_WHOLE_FILE).json_schema()
    for shape in DESCRIBED:
        record = schema["$defs"].get(shape.__name__, schema)
        for key, field in shape.described.items():
            record["properties"][key] |= {"description": field.description, "examples": list(field.examples)}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | schema
