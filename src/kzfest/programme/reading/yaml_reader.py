"""Read YAML as plain values, record by record; the only module that imports yaml.

It uses the parser's events instead of its tree. Events keep every scalar as written (`19:00`, `no`), show repeated
keys, aliases and tags, and take a fifth of the time. Places matter only for faults, so `entries_of` reads the text
again.
"""

from __future__ import annotations

import re
from contextlib import suppress
from functools import cached_property
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

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

from kzfest.core.errors import FAULTS_AT_MOST, Problem
from kzfest.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Container, Iterator, Sized

NodePath: TypeAlias = tuple[str | int, ...]
"""The path to a value: keys, and positions in lists from 0."""

DEEPEST = 8
"""Levels of nesting; the format needs six. Without a limit, deep nesting would exhaust the stack."""

MOST_PARTS = 5_000
"""Names or keys of one collection."""
MOST_INNER_RECORDS = 200_000
"""Mappings in one list: the showings of an event whose rule an import has written out, as many as it may have."""
INSIDE_A_RECORD = 2
"""The depth at which the limit applies: sections of the file may be longer."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\ufeff\ufffe\uffff]")
REPLACEMENT = "\ufffd"
"""What the text has instead of a control character."""
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C parser, if available, is ten times faster


class Mark(NamedTuple):
    """A line, and on it *width* characters from a column on; lines and columns count from 1."""

    line: int
    column: int = 1
    width: int = 1


class YamlEntry(NamedTuple):
    """A value of the file with its key. In a list, the value is its own key."""

    path: NodePath
    key: Mark
    value: Mark | None = None
    """Only of a text that stands on the line of its key."""
    text: str = ""


class _StopError(Exception):
    """Reading cannot continue."""


class YamlReader:
    """Reads one YAML text. *problems* collects its faults, and *read_to_end* says whether its end was reached.

    *beginning* is what a mapping of its kind begins with.
    """

    def __init__(self, data: bytes, *, file: str, beginning: str = "format: 1") -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.syntax_error: Problem | None = None
        self.read_to_end = False
        self._data = data
        self._beginning = beginning
        self._last_line = data.count(b"\n") + (not data.endswith(b"\n"))
        self._line_read = 0
        self._items_so_far: dict[str, int] = {}

    def records(self) -> Iterator[tuple[NodePath, Any]]:
        """Yield the values of the top-level mapping with their paths; lists are yielded item by item."""
        try:
            self._begin()
            yield from self._top_level()
            self.read_to_end = True
        except _StopError:
            return
        except yaml.YAMLError as error:
            with suppress(_StopError):  # reading ends here anyway
                self._report(*self._syntax_error(error))
            self.syntax_error = self.problems[-1]

    def _syntax_error(self, error: yaml.YAMLError) -> tuple[Mark, str]:
        mark, message = _syntax(error)
        at = self.lines[mark.line - 1 :][:1]
        if at and at[0][mark.column - 1 :].startswith("\t"):
            return mark, _("a tab; indent with spaces")
        return mark, message

    @property
    def share(self) -> float:
        """How much of the text has been read, from 0 to 1."""
        return min(self._line_read / self._last_line, 1)

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text."""
        return self._data.decode("utf-8-sig", "replace").replace("\r\n", "\n").split("\n")

    def entries_of(self, paths: Collection[NodePath]) -> dict[NodePath, YamlEntry]:
        """Return the value at each of *paths*, or the nearest existing value that contains it."""
        entries: dict[NodePath, YamlEntry] = {(): YamlEntry((), Mark(1))}
        with_parents = {path[:length] for path in paths for length in range(len(path) + 1)}
        again = YamlReader(self._data, file=self.file)
        try:
            again._begin()
            if again._finds_root():
                again._record_entries((), again._next(), entries, wanted=with_parents)
        except (_StopError, yaml.YAMLError):
            pass  # the first reading stopped here too, after the entries that are needed
        return {path: _nearest(path, entries) for path in paths}

    def _begin(self) -> None:
        self._next: Callable[[], Any] = _events(self._text()).__next__

    def _text(self) -> bytes | str:
        """Return the text to parse, with any control characters replaced."""
        try:
            text = self._data.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            before = self._data[: error.start].decode("utf-8-sig")
            self._report(_mark_after(before), _("this is not UTF-8 text; save the file as UTF-8"))
            raise _StopError from None
        if "\0" in text:
            self._report(_mark_after(text.partition("\0")[0]), _control("\0"))
            raise _StopError  # binary data or UTF-16
        if not _CONTROL.search(text):
            return self._data
        line, seen = 1, 0
        for found in _CONTROL.finditer(text):
            line, seen = line + text.count("\n", seen, found.start()), found.start()
            self._report(Mark(line, seen - text.rfind("\n", 0, seen)), _control(found[0]))
        return _CONTROL.sub(REPLACEMENT, text)

    def _finds_root(self) -> bool:
        """Whether there is a document; its root is then the next event."""
        self._next()  # the stream's start
        return not isinstance(self._next(), StreamEndEvent)

    def _top_level(self) -> Iterator[tuple[NodePath, Any]]:
        if not self._finds_root():
            self._report(Mark(1), _("the file is empty; begin it with '{beginning}'").format(beginning=self._beginning))
            raise _StopError
        root = self._next()
        if not isinstance(root, MappingStartEvent):
            message = _("the file must be a mapping that begins with '{beginning}'")
            self._report(_mark(root), message.format(beginning=self._beginning))
            raise _StopError
        self._report_unsupported(root)
        seen: set[str] = set()
        while (key := self._key(seen)) is not None:
            seen.add(key)
            event = self._next()
            if isinstance(event, SequenceStartEvent):
                yield from self._items(key, event)
            else:
                yield (key,), self._value(event, 1)
        self._expect_end()

    def _items(self, key: str, start: Any) -> Iterator[tuple[NodePath, Any]]:
        self._report_unsupported(start)
        if isinstance(event := self._next(), SequenceEndEvent):
            yield (key,), []
        while not isinstance(event, SequenceEndEvent):
            self._line_read = event.start_mark.line + 1
            yield (key, self._next_item(key)), self._value(event, 2)
            event = self._next()

    def _next_item(self, section: str) -> int:
        """Return the position of the next item of *section*; a duplicate section continues the count."""
        position = self._items_so_far.get(section, 0)
        self._items_so_far[section] = position + 1
        return position

    def _key(self, seen: Container[str]) -> str | None:
        """Return the next key of the current mapping, or None at its end; *seen* has the previous ones."""
        while not isinstance(event := self._next(), MappingEndEvent):
            if event.anchor is not None or event.tag is not None:
                self._report_unsupported(event)
            if isinstance(event, ScalarEvent):
                key: str = self._styled(event) if event.style else event.value
                if key in seen:
                    message = _("duplicate key '{key}'; keep one")
                    self._report(_mark(event), message.format(key=key))
                return key
            self._report(_mark(event), _("a key must be text"))
            self._skip(event)
            self._skip(self._next())
        return None

    def _skip(self, event: Any) -> None:
        depth = int(isinstance(event, CollectionStartEvent))
        while depth:
            event = self._next()
            depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
            self._check_depth(event, depth)

    def _value(self, event: Any, depth: int) -> Any:
        """Return the value that *event* begins: text, a list or a mapping."""
        if event.anchor is not None or event.tag is not None:  # an alias has an anchor too, and no tag
            self._report_unsupported(event)
        if isinstance(event, ScalarEvent):
            return self._styled(event) if event.style else event.value
        self._check_depth(event, depth)
        if isinstance(event, MappingStartEvent):
            values: dict[str, Any] = {}
            while (key := self._key(values)) is not None:
                values[key] = self._value(self._next(), depth + 1)
                self._check_length(event, values, depth)
            return values
        if isinstance(event, SequenceStartEvent):
            items: list[Any] = []
            while not isinstance(event := self._next(), SequenceEndEvent):
                items.append(self._value(event, depth + 1))
                self._check_length(
                    event, items, depth, MOST_INNER_RECORDS if isinstance(items[-1], dict) else MOST_PARTS
                )
            return items
        return ""  # an alias, which has been reported

    def _check_depth(self, event: Any, depth: int) -> None:
        if depth > DEEPEST:
            self._report(_mark(event), _("the nesting is too deep"))
            raise _StopError

    def _check_length(self, event: Any, parts: Sized, depth: int, most: int = MOST_PARTS) -> None:
        if len(parts) > most and depth >= INSIDE_A_RECORD:
            self._report(_mark(event), _("a record may have at most {n} items").format(n=most))
            raise _StopError

    def _styled(self, event: Any) -> str:
        """Return the text of *event*, quoted or a block scalar, without the line feed at the end of a block."""
        text: str = event.value
        if event.style in {"|", ">"}:
            return text.rstrip("\n")
        for found in _CONTROL.finditer(text):  # escaped ones; `_text` has reported literal ones
            self._report(_mark(event), _control(found[0]))
        return text

    def _report_unsupported(self, event: Any) -> None:
        """Report an anchor, an alias or a tag of *event*: the format does not allow them."""
        if isinstance(event, AliasEvent):
            message = _("the alias '*{name}' is not allowed; write the value instead").format(name=event.anchor)
            self._report(_mark(event), message)
            return
        if event.anchor is not None:
            message = _("the anchor '&{name}' is not allowed; remove it").format(name=event.anchor)
            self._report(_mark(event), message)
        if event.tag is not None:
            self._report(_mark(event), _("the tag '{tag}' is not allowed; remove it").format(tag=event.tag))

    def _expect_end(self) -> None:
        end = self._next()
        following = self._next() if isinstance(end, DocumentEndEvent) else end
        if not isinstance(following, StreamEndEvent):
            self._report(_mark(following), _("a second document begins here; keep one"))

    def _record_entries(
        self, path: NodePath, event: Any, entries: dict[NodePath, YamlEntry], *, wanted: set[NodePath]
    ) -> None:
        """Record in *entries* each of the *wanted* paths inside the value that *event* begins."""
        if len(path) > DEEPEST and isinstance(event, CollectionStartEvent):
            raise _StopError
        if isinstance(event, SequenceStartEvent):
            position = 0
            while not isinstance(item := self._next(), SequenceEndEvent):
                inner = (*path, self._next_item(str(path[0])) if len(path) == 1 else position)
                if inner in wanted:
                    entries[inner] = _entry(inner, item, item)
                self._record_entries(inner, item, entries, wanted=wanted)
                position += 1
        elif isinstance(event, MappingStartEvent):
            while not isinstance(key := self._next(), MappingEndEvent):
                if not isinstance(key, ScalarEvent):
                    self._skip(key)
                    self._skip(self._next())
                    continue
                inner, value = (*path, self._styled(key)), self._next()
                if inner in wanted:
                    entries[inner] = _entry(inner, key, value)
                self._record_entries(inner, value, entries, wanted=wanted)

    def _report(self, mark: Mark, message: str) -> None:
        if mark.line > self._last_line:  # the stream ends a line later
            mark = Mark(self._last_line)
        self.problems.append(Problem(self.file, mark.line, message, mark.column, mark.width))
        if len(self.problems) >= FAULTS_AT_MOST:
            raise _StopError


def line_of_syntax_error(text: str) -> int | None:
    """Return the line at which *text* is not YAML, or None."""
    parser = _Loader(text)
    try:
        while parser.get_event():
            pass
    except yaml.YAMLError as error:
        return _syntax(error)[0].line
    return None


def _events(text: bytes | str) -> Iterator[Any]:
    """Yield the parser's events, and at a syntax error also those of the brackets before it.

    The parser looks ahead for the end of a key. If it fails there at deep nesting, it has returned none of the
    brackets, and the reader could not report the depth.
    """
    parser = _Loader(text)
    given = 0
    try:
        while True:
            yield parser.get_event()
            given += 1
    except yaml.YAMLError as error:
        mark: Any = getattr(error, "problem_mark", None)
        if mark is not None:
            everything = text if isinstance(text, str) else text.decode("utf-8-sig")
            yield from _nested(everything[: max(mark.index - 1, 0)], given)  # a byte order mark counts
        raise


def _nested(text: str, given: int) -> list[Any]:
    """Return the events of the incomplete *text* after the first *given* ones, up to the innermost bracket."""
    if ahead := _up_to_innermost(text, given):
        return ahead
    before, end_of_line, line = text.rpartition("\n")  # brackets in a key give events only if parsed alone
    alone = _up_to_innermost("\n" * before.count("\n") + end_of_line + line, 2)  # skip the start of stream and document
    begun = [event for event in alone if isinstance(event, CollectionStartEvent)]
    only_deeper = all(isinstance(event, (CollectionStartEvent, ScalarEvent)) for event in alone)
    return alone if only_deeper and len(begun) > DEEPEST else []


def _up_to_innermost(text: str, given: int) -> list[Any]:
    """Return the events of *text* after the first *given* ones, up to the last start of a list or mapping."""
    events: list[Any] = []
    length = 0
    with suppress(yaml.YAMLError):
        parser = _Loader(text)
        for position in count():
            event = parser.get_event()
            if event is None:
                break
            if position >= given:
                events.append(event)
                length = len(events) if isinstance(event, CollectionStartEvent) else length
    return events[:length]


def _nearest(path: NodePath, entries: dict[NodePath, YamlEntry]) -> YamlEntry:
    while path not in entries:
        path = path[:-1]
    return entries[path]


def _entry(path: NodePath, key: Any, value: Any) -> YamlEntry:
    if not isinstance(value, ScalarEvent):
        return YamlEntry(path, _mark(key))
    start: Any = value.start_mark
    end: Any = value.end_mark
    beside = start.line == end.line == key.start_mark.line and (value.value or value.style)
    return YamlEntry(path, _mark(key), _mark(value) if beside else None, value.value)


def _mark(event: Any) -> Mark:
    start, end = event.start_mark, event.end_mark
    is_inside = start.line == end.line and isinstance(event, (ScalarEvent, AliasEvent))
    return Mark(start.line + 1, start.column + 1, max(end.column - start.column, 1) if is_inside else 1)


def _mark_after(text: str) -> Mark:
    return Mark(text.count("\n") + 1, len(text) - text.rfind("\n"))


def _control(character: str) -> str:
    return _("control character {code}; remove it").format(code=f"U+{ord(character):04X}")


def _syntax(error: yaml.YAMLError) -> tuple[Mark, str]:
    """Return the place and message of a syntax error, with the parser's reason, translated if possible."""
    mark: Any = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    reason = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
    return Mark(mark.line + 1, mark.column + 1) if mark else Mark(1), _("this is not YAML: {reason}").format(
        reason=_(reason)
    )
