"""Turn pydantic's errors into faults: a path and a message."""

from __future__ import annotations

from functools import reduce
from itertools import islice
from operator import getitem
from typing import TYPE_CHECKING, Any

from kzfest.core.errors import FAULTS_AT_MOST
from kzfest.core.folding import nearest
from kzfest.i18n import _
from kzfest.programme.reading import scalars, schema

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import ValidationError

    from kzfest.programme.reading.yaml_reader import NodePath

_INNER = {
    "location": schema.LOCATION,
    "rooms": schema.ROOM,
    "showings": schema.SHOWING,
    "people": schema.PERSON,
    "price": schema.PRICE,
    "details": schema.DETAIL,
    "disputes": schema.DISPUTE,
    "votes": schema.VOTES,
    "chapters": schema.CHAPTER,
}
"""Key to the mapping under it, for suggestions when a key is misspelt."""


_MARKS = frozenset({"[key]", schema.AS_TEXT, schema.AS_MAPPING})
"""Parts of pydantic's paths that are no keys of the file."""


def faults(section: str, error: ValidationError) -> Iterator[tuple[NodePath, str]]:
    """Yield the faults of a record of *section*, with paths relative to the record."""
    for found in error.errors(include_url=False):
        path = _path_of(found)
        if found["type"] == "value_error":
            yield from ((path, f"{_key_of(path)}{sentence}") for sentence in found["ctx"]["error"].args)
        else:
            yield path, _sentence(section, path, found)


def misspelt(section: str, value: Any, error: ValidationError) -> dict[NodePath, str]:
    """Return the unknown keys of the record *value* that are near to a missing one, each with the key that is meant.

    The key is the path of the unknown key, relative to the record.
    """
    meant: dict[NodePath, str] = {}
    taken: set[NodePath] = set()
    unknown = (found for found in error.errors(include_url=False) if found["type"] == "extra_forbidden")
    for found in islice(unknown, FAULTS_AT_MOST):
        *above, key = path = _path_of(found)
        record = reduce(getitem, above, value)
        near = nearest(str(key), _keys_at(section, tuple(above)), most=1)
        if near and near[0] not in record and (*above, near[0]) not in taken:
            taken.add((*above, near[0]))
            meant[path] = near[0]
    return meant


def faulty_keys(error: ValidationError) -> set[str | int]:
    """Return the keys of the record that have a fault."""
    return {path[0] for found in error.errors(include_url=False) if (path := _path_of(found))}


def _path_of(found: Any) -> NodePath:
    """Return the path of an error of pydantic, relative to the record."""
    return tuple(part for part in found["loc"] if part not in _MARKS)


def _sentence(section: str, path: NodePath, found: Any) -> str:
    match found["type"]:
        case "missing":
            return _("the key '{key}' is missing").format(key=path[-1])
        case "extra_forbidden":
            return unknown_key(str(path[-1]), _keys_at(section, path[:-1]))
        case "too_short":
            return f"{_key_of(path)}" + _("the list is empty; remove the key")
        case _:
            wanted = _("a list") if found["type"] == "list_type" else _("a mapping")
            message = _("expected {wanted}, found {kind}")
            return _key_of(path) + message.format(wanted=wanted, kind=scalars.kind_of(found["input"]))


def _key_of(path: NodePath) -> str:
    """Return the last key of *path*, as the beginning of a message."""
    keys = [part for part in path if isinstance(part, str)]
    return f"{keys[-1]}: " if keys else ""


def _keys_at(section: str, path: NodePath) -> list[str]:
    keys = [part for part in path if part in _INNER]
    kind = _INNER[keys[-1]] if keys else schema.ALL_SHAPES[section]
    return list(kind.__annotations__)


def unknown_key(key: str, known: list[str]) -> str:
    """Return the message for a *key* that is not one of the *known* ones."""
    near = nearest(key, known, most=1)
    if near:
        return _("unknown key '{key}'; did you mean '{near}'?").format(key=key, near=near[0])
    return _("unknown key '{key}'; allowed are {known}").format(key=key, known=", ".join(known))
