"""Items with a type and properties, in the vocabulary of schema.org, whatever syntax they are written in."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from kzfest.programme.importing.limits import MOST_WORDINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kzfest.programme.importing.entries import Words

LinkedValue: TypeAlias = "str | Mapping[str, str] | LinkedItem"
"""A text, such as a number or a date too; texts by language; or another item."""

_SCHEMA = re.compile(r"(?:https?://(?:www\.)?schema\.org/|schema:)", re.IGNORECASE)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:[-_][a-z0-9]{2,8})*", re.IGNORECASE)
_TEXTS = frozenset({"name", "description", "headline", "summary", "disambiguatingDescription"})
"""Properties whose value may be an object with a text for each language."""
_WRAPPING = re.compile(r"(?:\s|<!--|-->|/\*|\*/|//|<!\[CDATA\[|\]\]>)*")
"""What may stand round the JSON of a script to hide it from old browsers or from XML."""
_BETWEEN = re.compile(r"[\s,;]*+")
_PIECE = re.compile(
    r'"(?:[^"\\]++|\\(?:.|\Z))*+(?:"|\Z)|//[^\n]*+|/\*(?:[^*]++|\*(?!/))*+(?:\*/|\Z)|<!--|-->|,(?=\s*+[}\]])', re.DOTALL
)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)


@dataclass(slots=True, eq=False)
class LinkedItem:
    """A thing that a page describes."""

    types: tuple[str, ...] = ()
    """The names of its types, without the address of the vocabulary."""
    id: str = ""
    properties: dict[str, list[LinkedValue]] = field(default_factory=dict)

    def values(self, *names: str) -> list[LinkedValue]:
        """Return the values of the first of the properties *names* that has any."""
        return next((found for name in names if (found := self.properties.get(name))), [])

    def items(self, *names: str) -> list[LinkedItem]:
        """Return the items among those values."""
        return [value for value in self.values(*names) if isinstance(value, LinkedItem)]

    def texts(self, *names: str) -> list[str]:
        """Return those values as texts; an item is its name or its address."""
        found = (linked_text(value) for value in self.values(*names))
        return [text for text in found if text]

    def text(self, *names: str) -> str:
        """Return the first text of the first of the properties *names* that has one."""
        texts = (linked_text(value) for name in names for value in self.values(name))
        return next(filter(None, texts), "")

    def words(self, *names: str) -> Words | None:
        """Return the text of the first of the properties *names* that has one, by language if it has languages."""
        for name in names:
            found: dict[str, str] = {}
            for value in self.values(name)[:MOST_WORDINGS]:
                texts = value if not isinstance(value, str | LinkedItem) else {"": linked_text(value)}
                for language, text in texts.items():
                    if text:
                        found.setdefault(language, text)
            if found:
                return found[""] if found.keys() == {""} else found
        return None


def linked_text(value: LinkedValue) -> str:
    """Return *value* as one text."""
    if isinstance(value, LinkedItem):  # its name may be an item again, and so on in a circle
        named = (each for name in ("name", "url") for each in value.values(name) if not isinstance(each, LinkedItem))
        return linked_text(next(named, value.id))
    return (value if isinstance(value, str) else next(iter(value.values()), "")).strip()


def local_name(written: str) -> str:
    """Return the name of a type, property or constant without the address of the vocabulary.

    >>> local_name("https://schema.org/MusicEvent"), local_name("schema:name"), local_name("og:title")
    ('MusicEvent', 'name', 'og:title')
    """
    begun = _SCHEMA.match(written)
    return written[begun.end() :].strip("/") if begun else written


class DataBlock(NamedTuple):
    """What could be read of the JSON of a script or a file."""

    values: list[Any]
    error: int | None
    """The position at which the rest cannot be read."""


def parsed(text: str) -> DataBlock:
    """Return the values in *text*: JSON with the faults that pages have, such as comments and trailing commas.

    Every number is a text. One value may follow another.
    """
    if '"' not in text and "&quot;" in text:
        text = unescape(text)
    start = _WRAPPING.match(text)
    begins = start.end() if start else 0
    block = _values(text, begins)
    if block.error is None:
        return block
    mended = text[:begins] + _PIECE.sub(_mend, _PIECE.sub(_mend, text[begins:]).replace("]]>", ""))
    return min(_values(mended, begins), block, key=lambda each: (each.error is not None, -len(each.values)))


def _mend(piece: re.Match[str]) -> str:
    """Return a string without escapes that JSON does not know; comments and needless commas are dropped."""
    text = piece[0]
    if text[0] != '"':
        return " "
    if "\\" not in text:
        return text
    return _ESCAPE.sub(lambda escape: escape[0] if escape[1] in '"\\/bfnrtu' else escape[1], text)


def _values(text: str, position: int) -> DataBlock:
    decoder = json.JSONDecoder(strict=False, parse_int=str, parse_float=str, parse_constant=lambda _name: None)
    values: list[Any] = []
    while (position := _behind(_BETWEEN, text, position)) < len(text):
        if _behind(_WRAPPING, text, position) == len(text):
            break
        try:
            value, position = decoder.raw_decode(text, position)
        except json.JSONDecodeError as error:
            return DataBlock(values, error.pos)
        except (RecursionError, ValueError):
            return DataBlock(values, position)
        values.append(value)
    return DataBlock(values, None)


def _behind(pattern: re.Pattern[str], text: str, position: int) -> int:
    found = pattern.match(text, position)
    return found.end() if found else position


class _Context(NamedTuple):
    """What the names in an object mean, as its `@context` says."""

    terms: Mapping[str, str]

    def within(self, given: Any) -> _Context:
        """Return the context of an object with the `@context` *given*."""
        terms = dict(self.terms)
        for each in given if isinstance(given, list) else [given]:
            for term, meaning in each.items() if isinstance(each, dict) else ():
                name = meaning.get("@id") if isinstance(meaning, dict) else meaning
                if isinstance(name, str) and not term.startswith("@"):
                    terms[term] = name
        return _Context(terms)

    def name(self, written: str) -> str:
        """Return the name that *written* stands for."""
        written = self.terms.get(written, written)
        prefix, colon, rest = written.partition(":")
        return local_name(self.terms[prefix] + rest if colon and prefix in self.terms else written)


def items_of(values: Iterable[Any]) -> list[LinkedItem]:
    """Return the items that the JSON-LD *values* describe, with those that they contain or refer to by `@id`.

    The items may refer to each other in circles. Nothing here calls itself, however long a chain of references is.
    """
    values = list(values)
    reader = _Reader(values)
    return [item for value in values for raw in flat(value) if isinstance(item := reader.value(raw, ""), LinkedItem)]


class _Reader:
    """Makes one item of each object, and of all references to it."""

    def __init__(self, values: Iterable[Any]) -> None:
        self._described: dict[str, dict[str, Any]] = {}
        self._items: dict[int, LinkedItem] = {}
        self._unread: list[tuple[LinkedItem, dict[str, Any], _Context]] = []
        self._context = _Context({})
        for raw in _objects(values):
            key = raw.get("@id")
            if isinstance(key, str) and len(raw) > len(self._described.get(key, ())):
                self._described[key] = raw

    def value(self, raw: Any, name: str) -> LinkedValue | None:
        """Return the value *raw* of the property *name*, and read everything in it."""
        found = self._value(raw, name, self._context)
        while self._unread:
            item, fields, context = self._unread.pop()
            self._fill(item, fields, context)
        return found

    def _value(self, raw: Any, name: str, context: _Context) -> LinkedValue | None:
        if not isinstance(raw, dict):
            return _scalar(raw)
        if "@value" in raw:
            text = _scalar(raw["@value"])
            language = raw.get("@language")
            return {language: text} if isinstance(language, str) and language and text else text
        if name in _TEXTS and raw and all(_is_translation(*pair) for pair in raw.items()):
            return raw
        full = self._described.get(key, raw) if isinstance(key := raw.get("@id"), str) else raw
        raw = full if _refers(raw, full) else raw
        if id(raw) not in self._items:
            self._items[id(raw)] = LinkedItem()
            self._unread.append((self._items[id(raw)], raw, context))
        return self._items[id(raw)]

    def _fill(self, item: LinkedItem, raw: dict[str, Any], context: _Context) -> None:
        if "@context" in raw:
            context = context.within(raw["@context"])
        for key, given in raw.items():
            name = context.name(key)
            if name == "@id" or (name == "id" and "@id" not in raw):
                item.id = given if isinstance(given, str) else ""
            elif name == "@type" or (name == "type" and "@type" not in raw):
                item.types = tuple(context.name(each) for each in flat(given) if isinstance(each, str))
            elif name != "@context":
                values = (self._value(each, name, context) for each in flat(given))
                item.properties.setdefault(name, []).extend(value for value in values if value)


def _is_translation(language: str, text: Any) -> bool:
    return isinstance(text, str) and _LANGUAGE.fullmatch(language) is not None


def _scalar(raw: Any) -> str | None:
    if isinstance(raw, bool):
        return str(raw).lower()
    return str(raw) if isinstance(raw, str | int | float) else None


def _refers(raw: dict[str, Any], full: dict[str, Any]) -> bool:
    """Whether *raw* says nothing that the *full* description of the same `@id` does not say."""
    return raw is full or all(
        key in {"@type", "@context"} or (key in full and (not isinstance(value, str) or full[key] == value))
        for key, value in raw.items()
    )


def flat(value: Any) -> Iterator[Any]:
    """Yield *value*, or the values in it if it is a list, whatever JSON-LD calls that."""
    waiting = [value]
    while waiting:
        found = waiting.pop()
        if isinstance(found, dict):
            listed = next((found[key] for key in ("@list", "@set") if key in found), None)
            if listed is None:
                yield found
            else:
                waiting.append(listed)
        elif isinstance(found, list):
            waiting.extend(reversed(found))
        else:
            yield found


def _objects(values: Iterable[Any]) -> Iterator[dict[str, Any]]:
    waiting = [*values]
    while waiting:
        found = waiting.pop()
        if isinstance(found, dict):
            yield found
            waiting.extend(found.values())
        elif isinstance(found, list):
            waiting.extend(found)
