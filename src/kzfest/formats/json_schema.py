"""The JSON Schema (draft 2020-12) of each command's JSON, made from the shapes in `json_documents.py`."""

from __future__ import annotations

import types
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal, NotRequired, Union, get_args, get_origin, get_type_hints

from kzfest.formats.json_documents import DOCUMENTS

if TYPE_CHECKING:
    from kzfest.formats.records import Record

DIALECT = "https://json-schema.org/draft/2020-12/schema"

SIMPLE: dict[Any, Record] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    types.NoneType: {"type": "null"},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
    Any: {},
}


def document_schema(command: str) -> Record:
    """Return the schema of the JSON of *command*, one of `DOCUMENTS`."""
    definitions: dict[str, Record] = {}
    title = {"$schema": DIALECT, "title": f"kzfest {command} -f json"}
    schema = title | _object(DOCUMENTS[command], definitions)
    return schema | ({"$defs": dict(sorted(definitions.items()))} if definitions else {})


def _object(shape: Any, definitions: dict[str, Record]) -> Record:
    """Return the schema of a `TypedDict`, which has all of these keys and no others."""
    keys = get_type_hints(shape, include_extras=True)
    return {
        "description": shape.__doc__,
        "type": "object",
        "properties": {key: _schema(kind, definitions) for key, kind in keys.items()},
        "required": [key for key, kind in keys.items() if get_origin(kind) is not NotRequired],
        "additionalProperties": False,
    }


def _schema(kind: Any, definitions: dict[str, Record]) -> Record:  # noqa: PLR0911  # one for each kind of type
    """Return the schema of a type, and put those of the records in it into *definitions*."""
    if kind in SIMPLE:
        return dict(SIMPLE[kind])
    inner = get_args(kind)
    match get_origin(kind):
        case None:
            return _reference(kind, definitions)
        case origin if origin is Annotated:
            return _schema(inner[0], definitions) | {"description": inner[1]}
        case origin if origin is NotRequired:
            return _schema(inner[0], definitions)
        case origin if origin is Literal:
            return {"const": inner[0]} if len(inner) == 1 else {"enum": list(inner)}
        case origin if origin is list:
            return {"type": "array", "items": _schema(inner[0], definitions)}
        case origin if origin is dict:
            return {"type": "object", "additionalProperties": _schema(inner[1], definitions)}
        case origin if origin in {Union, types.UnionType}:
            return _any_of([_schema(each, definitions) for each in inner])
    raise TypeError(kind)


def _reference(shape: Any, definitions: dict[str, Record]) -> Record:
    name = shape.__name__.removesuffix("Record")
    if name not in definitions:
        definitions[name] = {}  # before its keys, which may name it again
        definitions[name] = _object(shape, definitions)
    return {"$ref": f"#/$defs/{name}"}


def _any_of(choices: list[Record]) -> Record:
    """Return the schema of a value that one of *choices* allows.

    >>> _any_of([{"type": "string"}, {"type": "null"}])
    {'type': ['string', 'null']}
    """
    if all(each.keys() == {"type"} for each in choices):
        return {"type": [each["type"] for each in choices]}
    return {"anyOf": choices}
