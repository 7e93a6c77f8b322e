"""Paths to values in JSON, the language of maps: `docs/other-formats.md` describes it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn, TypeAlias

from kzfest.core.folding import nearest
from kzfest.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

LONGEST_PATH = 300
"""Characters; the longest of a bundled map has 60."""
MOST_STARS = 2
"""Stars of a pattern: more could take very long to match."""
KEYS_COMPARED = 1_000
"""Objects whose keys are compared with a misspelt one."""
_KEY = re.compile(r'"([^"]+)"|([^.\[\]<>"/=]+(?:/[^.\[\]<>"/=]+)*)')
_NAME = re.compile(r"<([^.\[\]<>]+)>")


class PathError(ValueError):
    """A path is wrong from the character *at* on."""

    def __init__(self, message: str, at: int) -> None:
        super().__init__(message)
        self.at = at


class Key(NamedTuple):
    """The value under a key."""

    name: str


class JsonItem(NamedTuple):
    """Each item of a list."""


class JsonValue(NamedTuple):
    """Each value of a mapping, whose key has a *name* if a path needs it."""

    name: str | None = None


class Match(NamedTuple):
    """The items of a list, or the values of a mapping, whose *key* has one of the values at *wanted*.

    Without a *key*, it is the key in the mapping that has one of the values. The first item with a value counts.
    """

    key: Path | None
    wanted: Path


class Pattern(NamedTuple):
    """The part of each text that stands in place of the last star of a pattern; or texts that do not match it."""

    matches: re.Pattern[str]
    is_excluded: bool


Step: TypeAlias = "Key | JsonItem | JsonValue | Match | Pattern"


class Path(NamedTuple):
    """A path as it stands in a map, and its meaning."""

    text: str
    steps: tuple[Step, ...] = ()
    from_top: bool = False
    constant: str | None = None
    """The text itself, for `=text`."""
    name: str | None = None
    """The name of the key for which it stands, for `<name>`."""


class Trail(NamedTuple):
    """The way to a value: its steps, what was found before the first and after each of them, and the named keys."""

    steps: tuple[Step, ...]
    nodes: tuple[Any, ...]
    keys: Mapping[str, str]


def path_of(text: str) -> Path:
    """Return the path that *text* is. Raises PathError.

    >>> path_of("/rooms[id=roomId].name").steps[2], path_of("=Main hall").constant, path_of("<day>").name
    (Key(name='name'), 'Main hall', 'day')
    """
    if len(text) > LONGEST_PATH:
        _refuse(text, LONGEST_PATH)
    if text.startswith("="):
        return Path(text, constant=text[1:].strip())
    if named := _NAME.fullmatch(text):
        return Path(text, name=named[1])
    from_top = text.startswith("/")
    return Path(text, tuple(_steps(text, int(from_top))), from_top)


def walk(path: Path, node: Any, upto: int | None = None) -> Iterator[Trail]:
    """Yield the way to each value that *path* finds in *node*, by its first *upto* steps, which are keys and lists."""
    steps = path.steps[:upto]

    def onward(nodes: tuple[Any, ...], keys: Mapping[str, str]) -> Iterator[Trail]:
        if len(nodes) > len(steps):
            yield Trail(steps, nodes, keys)
            return
        step, here = steps[len(nodes) - 1], nodes[-1]
        if isinstance(step, JsonValue) and isinstance(here, dict):
            for key, value in here.items():
                yield from onward((*nodes, value), {**keys, step.name: key} if step.name else keys)
            return
        for value in _after(step, [here]):
            yield from onward((*nodes, value), keys)

    return onward((node,), {})


class Finder:
    """Finds what paths mean in *root*, the whole of a file, for one entry after the other."""

    def __init__(self, root: Any) -> None:
        self.root = root
        self.found: set[str] = set()
        """The paths that found something."""
        self._fixed: dict[str, tuple[list[Any], int]] = {}
        """What the first steps of a path find, if that is the same for all entries, and how many steps are left."""
        self._indexes: dict[tuple[int, int], dict[str, Any]] = {}
        """The items of lists that are the same for all entries, by the identity of list and step."""

    def values(self, path: Path, outer: Trail, inner: Trail) -> list[Any]:
        """Return what *path* finds, without nulls, and with the items of a list that ends it.

        *outer* leads from the top of the file to the entry, and *inner* from there to the showing. A path that begins
        like one of these stays on it.
        """
        if path.constant is not None:
            return [path.constant]
        found: list[Any]
        if path.name is not None:
            key = inner.keys.get(path.name, outer.keys.get(path.name))
            found = [] if key is None else [key]
        else:
            nodes, left = self._nodes(path, outer if path.from_top else inner)
            found = self._walked(path.steps[len(path.steps) - left :], nodes, outer, inner)
            if any(isinstance(each, list) for each in found):
                found = [item for each in found for item in (each if isinstance(each, list) else [each])]
            found = [each for each in found if each is not None]
        if found:
            self.found.add(path.text)
        return found

    def near(self, path: Path, outer: Trail, inner: Trail) -> str | None:
        """Return the key that a key of *path*, which finds nothing, may be a misspelling of."""
        trail = outer if path.from_top else inner
        shared = _shared(path, trail)
        nodes = [trail.nodes[shared]]
        for step in path.steps[shared:]:
            after = self._walked((step,), nodes, outer, inner)
            if not after and isinstance(step, Key):
                keys = {key for node in nodes[:KEYS_COMPARED] if isinstance(node, dict) for key in node}
                return next(iter(nearest(step.name, keys - {step.name}, most=1)), None)
            nodes = after
        return None

    def _nodes(self, path: Path, trail: Trail) -> tuple[list[Any], int]:
        """Return where *path* leaves *trail*, or what it finds up to a lookup, and how many steps are left."""
        shared = _shared(path, trail)
        if not path.from_top or any(isinstance(step, JsonItem | JsonValue) for step in trail.steps[:shared]):
            return [trail.nodes[shared]], len(path.steps) - shared
        if path.text not in self._fixed:
            lookups = ((at, step) for at, step in enumerate(path.steps) if isinstance(step, Match))
            fixed, lookup = next((each for each in lookups if each[1].wanted.constant is None), (None, None))
            nodes = self._walked(path.steps[:fixed], [self.root], trail, trail)
            self._fixed[path.text] = nodes, 0 if fixed is None else len(path.steps) - fixed
            if lookup:
                self._indexes[id(nodes), id(lookup)] = self._index(lookup, nodes)
        return self._fixed[path.text]

    def _walked(self, steps: Iterable[Step], nodes: list[Any], outer: Trail, inner: Trail) -> list[Any]:
        for step in steps:
            nodes = self._matching(step, nodes, outer, inner) if isinstance(step, Match) else _after(step, nodes)
        return nodes

    def _matching(self, match: Match, nodes: list[Any], outer: Trail, inner: Trail) -> list[Any]:
        index = self._indexes.get((id(nodes), id(match)))
        if index is None:
            index = self._index(match, nodes)
        wanted = (_comparable(each) for each in self.values(match.wanted, outer, inner))
        return [index[each] for each in wanted if each is not None and each in index]

    def _index(self, match: Match, nodes: list[Any]) -> dict[str, Any]:
        index: dict[str, Any] = {}
        for node in nodes:
            if match.key is None:
                for key, item in node.items() if isinstance(node, dict) else ():
                    index.setdefault(key, item)
                continue
            for item in _after(JsonItem() if isinstance(node, list) else JsonValue(), [node]):
                for value in self._walked(match.key.steps, [item], *(Trail((), (item,), {}),) * 2):
                    if (key := _comparable(value)) is not None:
                        index.setdefault(key, item)
        return index


def _shared(path: Path, trail: Trail) -> int:
    """Return how many steps *path* stays on *trail*."""
    shared = 0
    while path.steps[shared : shared + 1] == trail.steps[shared : shared + 1] != ():
        shared += 1
    return shared


def _after(step: Step, nodes: Sequence[Any]) -> list[Any]:
    """Return what is found one *step* after *nodes*."""
    match step:
        case Key(name):
            return [node[name] for node in nodes if isinstance(node, dict) and name in node]
        case JsonItem():
            return [item for node in nodes if isinstance(node, list) for item in node]
        case JsonValue():
            return [value for node in nodes if isinstance(node, dict) for value in node.values()]
        case Pattern(matches, is_excluded):
            parts = (each for node in nodes for each in (node if isinstance(node, list) else [node]))
            found = ((text, matches.fullmatch(text)) for text in parts if isinstance(text, str))
            if is_excluded:
                return [text for text, matched in found if not matched]
            return [matched[1].strip() for _text, matched in found if matched]
        case _:
            return []


def _comparable(value: Any) -> str | None:
    """Return *value* as text, so that a number is the same as its digits; None for lists, mappings and null."""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, str | int | float) else None


def _steps(text: str, at: int) -> Iterator[Step]:
    """Yield the steps of the path *text* from the character *at* on."""
    begun = at
    while at < len(text):
        if text[at] == "[":
            end = _closing(text, at)
            yield _in_brackets(text, at + 1, end)
            at = end + 1
        elif (found := _NAME.match(text, at)) or (found := _KEY.match(text, at)):
            is_value = found.re is _NAME or found[0] == "*"
            yield JsonValue(found[1]) if is_value else Key(found[1] or found[2].strip())
            at = found.end()
        else:
            _refuse(text, at)
        if text[at : at + 1] == "." and at + 1 < len(text) and text[at + 1] != "[":
            at += 1
        elif at < len(text) and text[at] != "[":
            _refuse(text, at)
    if at == begun and text != "/":
        _refuse(text, at)


def _in_brackets(text: str, at: int, end: int) -> Step:
    """Return the step that stands between the brackets before *at* and at *end*."""
    inside = text[at:end]
    if not inside:
        return JsonItem()
    if "*" in inside:
        if inside.count("*") > MOST_STARS:
            _refuse(text, at)
        is_excluded = inside.startswith("!")
        parts = [re.escape(part) for part in inside[is_excluded:].split("*")]
        return Pattern(re.compile(".*?".join(parts[:-1]) + "(.*)" + parts[-1], re.DOTALL), is_excluded)
    key, equals, wanted = inside.partition("=")
    if not equals or not wanted:
        _refuse(text, at)
    return Match(_inner(key, at, text) if key else None, _inner(wanted, at + len(key) + 1, text))


def _inner(part: str, at: int, whole: str) -> Path:
    try:
        return path_of(part)
    except PathError as error:
        _refuse(whole, at + error.at)


def _closing(text: str, at: int) -> int:
    depth = 0
    for here in range(at, len(text)):
        depth += (text[here] == "[") - (text[here] == "]")
        if not depth:
            return here
    return _refuse(text, at)


def _refuse(text: str, at: int) -> NoReturn:
    message = _("'{text}' is not a path; a path is such as {examples}")
    examples = "title, speakers[].name, /rooms[id=roomId].name"
    raise PathError(message.format(text=text[at:] or text, examples=examples), min(at, max(len(text) - 1, 0)))
