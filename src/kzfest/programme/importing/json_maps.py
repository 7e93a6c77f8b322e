"""Maps, which say what the values of a kind of JSON mean: reading them, and their faults."""

from __future__ import annotations

from itertools import islice
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from kzfest.core.errors import FAULTS_AT_MOST, FaultyProgrammeError, Problem
from kzfest.core.folding import nearest
from kzfest.i18n import _
from kzfest.programme.importing.json_paths import JsonItem, JsonValue, Key, Path, PathError, path_of
from kzfest.programme.reading.yaml_reader import YamlReader

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kzfest.programme.reading.yaml_reader import NodePath

Paths: TypeAlias = tuple[Path, ...]
"""Places where a value may stand, the first that has one counts; or all, where there may be several values."""
TextsByLanguage: TypeAlias = "tuple[Path | Mapping[str, Paths], ...]"
"""Places where a text may stand, or where it stands in each language."""

FOLDER = FilePath(__file__).with_name("maps")
"""The maps of the kinds that kzfest knows, which are tried in the order of their names."""
BEGINNING = "map: NAME"


class Shape(NamedTuple):
    """What a map may have under a key."""

    kind: str
    """`text`, `choice`, `list` of texts, `table`, `paths`, `fits` (a list of such), or `texts` by language."""
    keys: Mapping[str, Shape] = {}
    """For a mapping that has these keys, instead of paths."""
    choices: tuple[str, ...] = ()
    others: Shape | None = None
    """What a mapping may have under any other key."""


MAP_TEXT, LIST, PATHS, MAP_TEXTS = (Shape(kind) for kind in ("text", "list", "paths", "texts"))
_PERSON = {"each": PATHS, "name": MAP_TEXTS, "role": MAP_TEXTS, "url": PATHS}
_LINK = {"each": PATHS, "label": PATHS, "url": PATHS}
_DETAIL = {"each": PATHS, "label": PATHS, "value": PATHS}
_FESTIVAL = {
    "title": MAP_TEXTS,
    **dict.fromkeys(("id", "zone", "city", "country", "url", "language", "first", "last", "revised"), PATHS),
}
MAP_FIELDS: Mapping[str, Shape] = {
    **dict.fromkeys(("guid", "code", "uid", "id", "series", "instance"), PATHS),
    **dict.fromkeys(("title", "summary", "organiser", "note", "room", "address"), MAP_TEXTS),
    **dict.fromkeys(("date", "start", "end", "duration", "zone"), PATHS),
    **dict.fromkeys(("place", "city", "country", "latitude", "longitude"), PATHS),
    **dict.fromkeys(("kind", "tracks", "tags", "languages", "status", "url", "image", "tickets"), PATHS),
    **dict.fromkeys(("price", "free", "lowest", "highest", "currency", "sold_out", "age"), PATHS),
    **dict.fromkeys(("revision", "changed"), PATHS),
    "people": Shape("texts", _PERSON),
    "links": Shape("paths", _LINK, others=PATHS),
    "details": Shape("paths", _DETAIL, others=PATHS),
}
"""What a map may say of an entry."""
KEYS: Mapping[str, Shape] = {
    "map": MAP_TEXT,
    "is": Shape("choice", choices=("programme", "persons")),
    "fits": Shape("fits"),
    "entries": PATHS,
    "next_page": PATHS,
    "festival": Shape("mapping", _FESTIVAL),
    "only": Shape("table", others=LIST),
    "words": Shape("mapping", dict.fromkeys(MAP_FIELDS, Shape("table", others=MAP_TEXT))),
    "roles": LIST,
    "midnight": Shape("choice", choices=("moment", "whole-day")),
    "last_day": Shape("choice", choices=("included", "excluded")),
    **MAP_FIELDS,
}
REQUIRED = ("map", "entries", "title")


class JsonMap:
    """The map in *data*; *file* is its name. Raises FaultyProgrammeError, with all its faults."""

    def __init__(self, data: bytes, *, file: str) -> None:
        self.file = file
        self._yaml = YamlReader(data, file=file, beginning=BEGINNING)
        given: dict[str, Any] = {}
        for (key, *position), value in self._yaml.records():
            earlier = given.get(str(key))
            given[str(key)] = [*(earlier if isinstance(earlier, list) else []), value] if position else value
        self.paths: dict[NodePath, Paths] = {}
        """The paths of the map, by the keys under which they stand."""
        self._faults: list[tuple[NodePath, str, int | None, str | None]] = []
        self.keys: Mapping[str, Any] = self._mapping(Shape("mapping", KEYS), given, ())
        self.only = {self._path(key, ("only", key)): words for key, words in self.keys.get("only", {}).items()}
        self._check_lists()
        if self._yaml.read_to_end:
            for key in (key for key in REQUIRED if key not in given):
                self._add((key,), _("the key '{key}' is missing").format(key=key))
        if problems := self._problems():
            raise FaultyProgrammeError(problems)

    @property
    def name(self) -> str:
        """The name of the kind."""
        return str(self.keys["map"])

    def problem(self, path: NodePath, message: str, *, at: int | None = None, instead: str | None = None) -> Problem:
        """Return a fault with its place: at *path*, or from the character *at* of its value on."""
        entry = self._yaml.entries_of([path])[path]
        mark = entry.key if at is None or entry.value is None else entry.value
        line, column, width = mark
        text = self._yaml.lines[line - 1] if line <= len(self._yaml.lines) else ""
        if at is not None and entry.value is not None:
            at += text[column - 1 : column] in {"'", '"'}
            column, width = column + at, max(width - at, 1)
        remedy = None if instead is None else f"{text[: column - 1]}{instead}{text[column - 1 + width :]}"
        return Problem(self.file, line, message, column, width, path, text, remedy)

    def _problems(self) -> list[Problem]:
        faults = islice(self._faults, FAULTS_AT_MOST)
        found = [self.problem(path, message, at=at, instead=instead) for path, message, at, instead in faults]
        return sorted([*self._yaml.problems, *found], key=lambda each: (each.line, each.column))

    def _check_lists(self) -> None:
        """Check that entries stand in lists and mappings, and that a named key is the key of one of those."""
        for number, path in enumerate(self.keys.get("entries", ())):
            if path.constant is not None or path.name is not None or not is_plain(path):
                self._add(("entries", number), _("a path of entries has only keys, lists and names of keys"), 0)
        paths = [path for paths in self.paths.values() for path in paths]
        known = {step.name for path in paths for step in path.steps if isinstance(step, JsonValue)}
        for place, found in self.paths.items():
            for number, path in enumerate(found):
                if path.name is not None and path.name not in known:
                    message = _("no path has the name <{name}> in place of a key")
                    self._add((*place, number), message.format(name=path.name), 0)

    def _add(self, path: NodePath, message: str, at: int | None = None, instead: str | None = None) -> None:
        self._faults.append((path, message, at, instead))

    def _value(self, shape: Shape, value: Any, path: NodePath) -> Any:
        """Return what *value*, which is to have this *shape*, means; add its faults."""
        if shape.kind in {"mapping", "table"} or (isinstance(value, dict) and (shape.keys or shape.others)):
            return self._mapping(shape, value, path)
        if shape.kind in {"text", "choice"}:
            return self._text(shape, value, path)
        if value == []:
            self._wrong_type(path, value, _("a path"))
            return ()
        parts = [((*path, number), each) for number, each in enumerate(value)] if isinstance(value, list) else None
        found = tuple(part for place, each in parts or [(path, value)] if (part := self._part(shape, each, place)))
        if paths := tuple(part for part in found if isinstance(part, Path)):
            self.paths[path] = paths
        return found

    def _part(self, shape: Shape, value: Any, path: NodePath) -> Any:
        """Return what *value*, one of several, means."""
        if shape.kind == "list":
            return self._text(MAP_TEXT, value, path)
        if shape.kind == "fits":
            return self._value(PATHS, value, path)
        if shape.kind == "texts" and isinstance(value, dict):
            return {language: self._value(PATHS, each, (*path, language)) for language, each in value.items()}
        return self._path(value, path)

    def _mapping(self, shape: Shape, value: Any, path: NodePath) -> dict[str, Any]:
        if not isinstance(value, dict):
            self._wrong_type(path, value, _("a mapping"))
            return {}
        found: dict[str, Any] = {}
        keys = shape.keys if shape.others is None or "each" in value else {}
        for key, each in value.items():
            if known := keys.get(key, None if keys else shape.others):
                found[key] = self._value(known, each, (*path, key))
                continue
            from kzfest.programme.reading.schema_errors import unknown_key  # pydantic

            near = next(iter(nearest(key, keys, most=1)), None)
            self._add((*path, key), unknown_key(key, list(keys)), None, near)
        if "each" in keys and "each" not in value:
            self._add(path, _("the key '{key}' is missing").format(key="each"))
        return found

    def _text(self, shape: Shape, value: Any, path: NodePath) -> str:
        if not isinstance(value, str) or not value:
            self._wrong_type(path, value, _("text"))
            return ""
        if shape.choices and value not in shape.choices:
            message = _("'{text}' is not one of {choices}")
            near = next(iter(nearest(value, shape.choices, most=1)), None)
            self._add(path, message.format(text=value, choices=", ".join(shape.choices)), 0, near)
        return value

    def _path(self, value: Any, path: NodePath) -> Path | None:
        if not isinstance(value, str) or not value:
            self._wrong_type(path, value, _("a path"))
            return None
        try:
            return path_of(value)
        except PathError as error:
            self._add(path, str(error), error.at)
            return None

    def _wrong_type(self, path: NodePath, value: Any, wanted: str) -> None:
        from kzfest.programme.reading.scalars import kind_of

        message = _("{key}: expected {wanted}, found {kind}")
        key = next((part for part in reversed(path) if isinstance(part, str)), "")
        self._add(path, message.format(key=key, wanted=wanted, kind=kind_of(value)))


def bundled_maps() -> Iterator[JsonMap]:
    """Yield the maps of the kinds that kzfest knows, in the order in which they are tried."""
    for file in sorted(FOLDER.glob("*.yaml")):
        yield JsonMap(file.read_bytes(), file=file.name)


def lists_of(path: Path) -> int:
    """Return the number of steps of *path* up to its last list."""
    return max(
        (number for number, step in enumerate(path.steps, 1) if isinstance(step, JsonItem | JsonValue)), default=0
    )


def is_plain(path: Path) -> bool:
    """Whether *path* has keys and lists only."""
    return all(isinstance(step, Key | JsonItem | JsonValue) for step in path.steps)
