"""YAML text to plain values, record by record; the only file that imports yaml.

The parser's event stream is read instead of its finished tree: it keeps every scalar as written (`19:00`
stays a time of day, `no` a word), shows repeated keys, aliases and tags, which the tree hides, and costs a
fifth. Lines are not kept on the way, for they matter only where something is wrong: `lines_of` walks the
text once more then.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeAlias

import yaml
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentEndEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from kzfest.core.errors import Problem
from kzfest.core.words import _

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

Path: TypeAlias = tuple[str | int, ...]
"""Where a value stands in a file: keys and, in a list, positions from 0."""

DEEPEST = 8
"""The format needs six levels; a parser that follows a thousand has no stack left to say so."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\ufeff\ufffe\uffff]")
_STAND_IN = "\ufffd"
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C parser is ten times faster where it was built


class _StopError(Exception):
    """The file cannot be read any further."""


class YamlReader:
    """Reads one YAML text; what is wrong with it as YAML gathers in *problems*.

    *whole* tells afterwards whether it could be read to its end.
    """

    def __init__(self, data: bytes, *, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.whole = False
        self._data = data
        self._last_line = data.count(b"\n") + (not data.endswith(b"\n"))
        self._items_so_far: dict[str, int] = {}

    def records(self) -> Iterator[tuple[Path, Any]]:
        """Yield the values of the top-level mapping with their paths, the items of a list one by one."""
        try:
            self._events = self._parse(self._text())
            yield from self._top_level()
            self.whole = True
        except _StopError:
            return
        except yaml.YAMLError as error:
            self._say(*_syntax(error))

    def lines_of(self, paths: Collection[Path]) -> dict[Path, int]:
        """Return the line of each of *paths*, or of the nearest value around it that exists."""
        lines: dict[Path, int] = {(): 1}
        again = YamlReader(self._data, file=self.file)
        try:
            again._events = again._parse(again._text())
            again._skip_to_root()
            again._note_lines((), next(again._events), lines, wanted=_with_parents(paths))
        except (_StopError, StopIteration, yaml.YAMLError):
            pass  # what stopped the first reading stops this one, after the lines that are needed
        return {path: _nearest_line(path, lines) for path in paths}

    def _text(self) -> str:
        try:
            text = self._data.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            line = self._data.count(b"\n", 0, error.start) + 1
            self._say(line, _("this is not UTF-8 text; save the file as UTF-8"))
            raise _StopError from None
        if "\0" in text:
            self._say(text.count("\n", 0, text.index("\0")) + 1, _control("\0"))
            raise _StopError  # no text at all, or one of UTF-16
        for found in _CONTROL.finditer(text):
            self._say(text.count("\n", 0, found.start()) + 1, _control(found[0]))
        return _CONTROL.sub(_STAND_IN, text)

    @staticmethod
    def _parse(text: str) -> Iterator[Any]:
        return iter(yaml.parse(text, Loader=_Loader))

    def _skip_to_root(self) -> Any:
        """Return the event that begins the document's root, or None where the file is empty."""
        next(self._events)  # the stream's start
        return None if isinstance(next(self._events), StreamEndEvent) else self._events

    def _top_level(self) -> Iterator[tuple[Path, Any]]:
        if self._skip_to_root() is None:
            self._say(1, _("the file is empty; a programme begins with 'format: 1'"))
            raise _StopError
        root = next(self._events)
        if not isinstance(root, MappingStartEvent):
            self._say(_line(root), _("a programme is a mapping that begins with 'format: 1'"))
            raise _StopError
        self._check_plain(root)
        for key, event in self._entries():
            yield from (
                self._items(key, event)
                if isinstance(event, SequenceStartEvent)
                else [((key,), self._value(event, depth=1))]
            )
        self._expect_end()

    def _items(self, key: str, start: Any) -> Iterator[tuple[Path, Any]]:
        self._check_plain(start)
        if isinstance(event := next(self._events), SequenceEndEvent):
            yield (key,), []
        while not isinstance(event, SequenceEndEvent):
            yield (key, self._next_item(key)), self._value(event, depth=2)
            event = next(self._events)

    def _next_item(self, section: str) -> int:
        """Return the position of the next item of *section*, also where the section stands there twice."""
        position = self._items_so_far.get(section, 0)
        self._items_so_far[section] = position + 1
        return position

    def _entries(self) -> Iterator[tuple[str, Any]]:
        """Yield each key of the mapping that has begun, with the event that begins its value."""
        seen: set[str] = set()
        while not isinstance(event := next(self._events), MappingEndEvent):
            line = _line(event)
            self._check_plain(event)
            if not isinstance(event, ScalarEvent):
                self._say(line, _("a key must be a word"))
                self._pass_over(event)
                self._pass_over(next(self._events))
                continue
            key = self._scalar(event)
            if key in seen:
                self._say(line, _("the key '{key}' stands here twice; keep one of the two").format(key=key))
            seen.add(key)
            yield key, next(self._events)

    def _pass_over(self, event: Any) -> None:
        """Take the events of the value that *event* begins."""
        depth = int(isinstance(event, CollectionStartEvent))
        while depth:
            event = next(self._events)
            depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
            self._check_depth(event, depth)

    def _value(self, event: Any, *, depth: int) -> Any:
        """Return the value that *event* begins: text, a list or a mapping."""
        self._check_plain(event)
        if isinstance(event, ScalarEvent):
            return self._scalar(event)
        self._check_depth(event, depth)
        if isinstance(event, SequenceStartEvent):
            items = []
            while not isinstance(item := next(self._events), SequenceEndEvent):
                items.append(self._value(item, depth=depth + 1))
            return items
        if isinstance(event, MappingStartEvent):
            return {key: self._value(value, depth=depth + 1) for key, value in self._entries()}
        return ""  # an alias, which has been refused already

    def _check_depth(self, event: Any, depth: int) -> None:
        if depth > DEEPEST:
            self._say(_line(event), _("this is nested too deeply for a programme"))
            raise _StopError

    def _scalar(self, event: Any) -> str:
        """Return the text of *event*, without the line break that ends a block of lines."""
        text: str = event.value.rstrip("\n") if event.style in {"|", ">"} else event.value
        for found in _CONTROL.finditer(text):
            self._say(_line(event), _control(found[0]))
        return text

    def _check_plain(self, event: Any) -> None:
        line = _line(event)
        if isinstance(event, AliasEvent):
            self._say(
                line,
                _("the alias '*{name}' is not taken here; write the value out").format(name=event.anchor),
            )
        elif event.anchor is not None:
            self._say(line, _("the anchor '&{name}' is not taken here; leave it out").format(name=event.anchor))
        if getattr(event, "tag", None) is not None:
            self._say(line, _("the tag '{tag}' is not taken here; leave it out").format(tag=event.tag))

    def _expect_end(self) -> None:
        end = next(self._events)
        following = next(self._events) if isinstance(end, DocumentEndEvent) else end
        if not isinstance(following, StreamEndEvent):
            self._say(_line(following), _("a second document begins here; a file holds one"))

    def _note_lines(self, path: Path, event: Any, lines: dict[Path, int], *, wanted: set[Path]) -> None:
        """Note the line of all that lies in the value that *event* begins, as far as it is *wanted*."""
        if len(path) > DEEPEST and isinstance(event, CollectionStartEvent):
            raise _StopError
        if isinstance(event, SequenceStartEvent):
            position = 0
            while not isinstance(item := next(self._events), SequenceEndEvent):
                inner = (*path, self._next_item(str(path[0])) if len(path) == 1 else position)
                if inner in wanted:
                    lines[inner] = _line(item)
                self._note_lines(inner, item, lines, wanted=wanted)
                position += 1
        elif isinstance(event, MappingStartEvent):
            while not isinstance(key := next(self._events), MappingEndEvent):
                if not isinstance(key, ScalarEvent):
                    self._pass_over(key)
                    self._pass_over(next(self._events))
                    continue
                inner = (*path, self._scalar(key))
                if inner in wanted:
                    lines[inner] = _line(key)
                self._note_lines(inner, next(self._events), lines, wanted=wanted)

    def _say(self, line: int, message: str) -> None:
        self.problems.append(Problem(self.file, min(line, self._last_line), message))  # the parser's end lies after it


def _with_parents(paths: Collection[Path]) -> set[Path]:
    """Return *paths* and every path around them."""
    return {path[:length] for path in paths for length in range(len(path) + 1)}


def _nearest_line(path: Path, lines: dict[Path, int]) -> int:
    while path not in lines:
        path = path[:-1]
    return lines[path]


def _line(event: Any) -> int:
    line: int = event.start_mark.line
    return line + 1


def _control(character: str) -> str:
    return _("control character {code}; take it out").format(code=f"U+{ord(character):04X}")


def _syntax(error: yaml.YAMLError) -> tuple[int, str]:
    """Return the line and the parser's own words for a fault of YAML syntax."""
    mark: Any = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    reason = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
    return (mark.line + 1 if mark else 1), _("this is not YAML: {reason}").format(reason=reason)
