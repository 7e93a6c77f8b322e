"""Turn pydantic's errors into faults: a path and a message."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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
    "details": schema.DETAIL,
    "disputes": schema.DISPUTE,
    "votes": schema.VOTES,
    "chapters": schema.CHAPTER,
}
"""Key to the mapping under it, for suggestions when a key is misspelt."""


def faults(section: str, error: ValidationError) -> Iterator[tuple[NodePath, str]]:
    """Yield the faults of a record of *section*, with paths relative to the record."""
    for found in error.errors(include_url=False):
        path = tuple(part for part in found["loc"] if part != "[key]")  # pydantic's mark of a key of a mapping
        if found["type"] == "value_error":
            yield from ((path, f"{_key_of(path)}{sentence}") for sentence in found["ctx"]["error"].args)
        else:
            yield path, _sentence(section, path, found)


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
