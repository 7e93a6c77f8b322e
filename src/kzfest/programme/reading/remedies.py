"""How to correct a fault: what to write instead, if that is certain, or an example of a right value.

A correction is certain if it writes the same value in a way that the schema accepts. So the way to find one is to try.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, Union, get_args, get_origin

from kzfest.core.date_phrases.parser import read_when
from kzfest.core.errors import KzfestError
from kzfest.core.folding import fold, nearest, unmarked
from kzfest.core.safe_text import legible
from kzfest.programme.reading import schema
from kzfest.programme.reading.scalars import LONGEST_LONG_TEXT
from kzfest.programme.reading.yaml_reader import REPLACEMENT
from kzfest.programme.reading.yaml_writer import flow_style, in_quotes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from kzfest.programme.reading.yaml_reader import Mark, NodePath, YamlEntry

LONGEST_DAY = 60
"""Characters of a date and time in words."""
_DAY = re.compile(r"(?P<day>.*?\d{4}.*?)(?:[ T,]+(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?::00)?)?")
_EITHER_ORDER = re.compile(r"(0?\d|1[0-2])/(0?\d|1[0-2])/")
"""An American's 05/06/2023 is not a European's."""
_ADDRESS = re.compile(r"(www\.)?[\w-]+(\.[\w-]+)+(/[^ ]*)?")
_VALUE = re.compile(r"(?P<key>\s*(?:- +)*[\w-]+: +)(?P<value>[^\s\[{|>'](?:(?! #).)*)")
_NO_DAY = datetime(2000, 1, 1, tzinfo=UTC)
"""The clock for dates that have their year, so that it plays no part."""


class Remedy(NamedTuple):
    """What to write at the place of a fault, or an example of its key with a right value."""

    instead: str | None = None
    example: str | None = None


def mark_of(entry: YamlEntry, path: NodePath) -> Mark:
    """Return the place of a fault at *path*, which is in *entry*: the value, if the path has one on a single line."""
    is_value = entry.value is not None and len(entry.path) == len(path) and _field_at(path)
    return entry.value if entry.value and is_value else entry.key


def remedy(entry: YamlEntry, path: NodePath, known: Collection[str] | None, *, by_schema: bool) -> Remedy:
    """Return the remedy for a fault at *path*, whose value is in *entry*.

    *path* has the keys of the format, also where the file has others. *known* are the ids of which the value must be
    one. *by_schema* says that the schema refuses the value.
    """
    field = _field_at(path)
    if field is None:
        return Remedy()
    kind, examples = field
    if mark_of(entry, path) == entry.value:
        for value in _other_forms(entry.text, kind, known or ()) if by_schema or known else ():
            named = {value} if isinstance(value, str) else set(value)
            if value != entry.text and schema.accepts(kind, value) and (known is None or named <= set(known)):
                return Remedy(instead=flow_style(value))
    key = next((part for part in reversed(path) if isinstance(part, str)), "")
    return Remedy(example=f"{key}: {flow_style(examples[0])}" if by_schema and examples else None)


def in_quotes_where_needed(line: str) -> str | None:
    """Return *line*, a key and its value, with quotes around the value; None for other lines."""
    found = _VALUE.fullmatch(line.rstrip())
    return found and found["key"] + in_quotes(found["value"])


def _other_forms(text: str, kind: Any, known: Collection[str]) -> Iterator[Any]:
    """Yield other ways to write *text*, which may mean one of the *known* ids."""
    if REPLACEMENT in text or len(text) > LONGEST_LONG_TEXT:
        return  # the first stands for a control character, which another fault names
    yield " ".join(text.split())
    yield legible(text).strip()
    if not known:
        yield from _days(text)
    yield text.replace(",", ".")
    if _ADDRESS.fullmatch(text):
        yield f"https://{text}"
    if text.isalpha():
        yield from (text.lower(), text.upper())
    yield from nearest(text.lower(), known or schema.choices(kind), most=1)
    yield [text]
    yield as_id(text)


def _days(text: str) -> Iterator[str]:
    """Yield the day, or the day and time, that *text* says in other words or in another order."""
    found = _DAY.fullmatch(text) if len(text) <= LONGEST_DAY else None
    if not found or _EITHER_ORDER.match(text):
        return
    with suppress(KzfestError):
        day = read_when(found["day"], now=_NO_DAY, first=None, last=None)
        if day.first == day.last and not day.inferred:
            yield day.first.isoformat() + (f" {found['hour']:0>2}:{found['minute']}" if found["hour"] else "")


def as_id(text: str) -> str:
    """Return *text* in the letters of an id; empty if it has none of them.

    >>> as_id("New Year's concert"), as_id("Наурыз 2026")
    ('new-year-s-concert', 'nauriz-2026')
    """
    latin = unmarked(text).lower()
    return "-".join(re.findall("[a-z0-9]+", latin if latin.isascii() else fold(text)))


def _field_at(path: NodePath) -> tuple[Any, tuple[Any, ...]] | None:
    """Return the kind of the value at *path*, and examples of its key; None if there is no such key."""
    kind: Any = schema.DESCRIBED[0]
    examples: tuple[Any, ...] = ()
    for part in path:
        found = next(_inside(kind, part), None)
        if found is None:
            return None
        kind, examples = found[0], found[1] or examples
    return kind, examples


def _inside(kind: Any, part: str | int) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """Yield the kind of what stands under *part* in a value of *kind*, and the examples of a key."""
    origin = get_origin(kind)
    if origin is Annotated:
        yield from _inside(get_args(kind)[0], part)
    elif origin is Union:
        for each in get_args(kind):
            yield from _inside(each, part)
    elif origin in {list, dict}:
        yield get_args(kind)[-1], ()
    elif part in getattr(kind, "described", {}):
        yield kind.described[part].kind, kind.described[part].examples
