"""A file as checked records, with the faults found in it."""

from __future__ import annotations

import marshal
from contextlib import suppress
from functools import cached_property, reduce
from itertools import islice
from operator import attrgetter, getitem
from typing import TYPE_CHECKING, Any, Literal
from unicodedata import normalize

from pydantic import ValidationError

from kzfest.core.errors import FAULTS_AT_MOST, FAULTS_SHOWN, Problem
from kzfest.core.folding import nearest
from kzfest.core.model import LANGUAGES
from kzfest.i18n import _
from kzfest.programme.database.cache import RECORDS_PER_UPDATE, no_progress
from kzfest.programme.reading import scalars, schema, schema_errors
from kzfest.programme.reading.remedies import Remedy, in_quotes_where_needed, mark_of, remedy
from kzfest.programme.reading.rules import saying_when
from kzfest.programme.reading.yaml_reader import YamlReader, line_of_syntax_error

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from kzfest.programme.database.cache import OnProgress
    from kzfest.programme.decode import Values
    from kzfest.programme.reading.rules import Fault
    from kzfest.programme.reading.yaml_reader import NodePath, YamlEntry

LISTS = frozenset({"venues", "events", "milestones", "recognitions"})
KEYED = {"sources": scalars.check_id, "labels": scalars.check_word, "synonyms": scalars.check_word}
"""The sections that are mappings, with the check of their keys."""
SECTIONS = {"venue": "venues", "source": "sources", "sources": "sources", "hours_source": "sources", "parent": "events"}
"""The keys whose values are ids, with the section that has them."""
LENGTH_OF_A_SECTION = 2
"""Of the path of a record; those of its values are longer."""


class Records:
    """The records of one section by name, serialised: a hundred thousand of them as objects take a gigabyte."""

    def __init__(self) -> None:
        self._serialised: dict[str, bytes] = {}

    def __len__(self) -> int:
        return len(self._serialised)

    def add(self, name: str, values: Values) -> None:
        """Store *values* under *name*, replacing earlier ones."""
        self._serialised[name] = marshal.dumps(values)  # the fastest serialiser; the data never leaves this process

    def items(self) -> Iterator[tuple[str, Values]]:
        """Return names and values in the order of the file."""
        return ((name, _loaded(serialised)) for name, serialised in self._serialised.items())

    def get(self, name: str) -> Values | None:
        """Return the values under *name*, or None."""
        return _loaded(self._serialised[name]) if name in self._serialised else None


def _loaded(serialised: bytes) -> Values:
    values: Values = marshal.loads(serialised)  # noqa: S302  # serialised by this process
    return values


class Document:
    """The records of *file*, whose sections have these *shapes*; *on_progress* gets the share that has been read.

    `records` has them by section and id. Faulty ones lack their faulty fields, so that rules can check the others.
    `ids` has every id of a section, unless the section has the wrong type.
    """

    def __init__(
        self, data: bytes, *, file: str, shapes: Mapping[str, Any], on_progress: OnProgress = no_progress
    ) -> None:
        self.file = file
        self.shapes = shapes
        self.records = {section: Records() for section in shapes}
        self.ids: dict[str, set[str]] = {section: set() for section in shapes}
        self._places: dict[str, dict[str, NodePath]] = {section: {} for section in shapes}
        self._meant: dict[NodePath, str] = {}
        self._faults: list[Fault] = []
        self._refused: set[NodePath] = set()
        self._yaml = YamlReader(data, file=file)
        self._given: set[str] = set()
        self._language = LANGUAGES[0]
        self._read(on_progress)

    @property
    def is_valid(self) -> bool:
        """Whether no faults have been found so far."""
        return not self._faults and not self._yaml.problems

    @property
    def has_too_many_faults(self) -> bool:
        """Whether the number of faults has reached the limit at which reading stops."""
        return len(self._faults) >= FAULTS_AT_MOST

    @property
    def read_to_end(self) -> bool:
        """Whether the file was read to its end. If not, ids that seem to be missing may follow later."""
        return self._yaml.read_to_end

    def single(self, section: str) -> Values | None:
        """Return the only record of *section*, or None."""
        return self.records[section].get("")

    def add_faults(self, faults: Iterable[Fault]) -> None:
        """Add *faults*, whose paths contain ids instead of positions."""
        for path, message in islice(faults, FAULTS_AT_MOST):
            self._faults.append((self._by_position(path), message))

    def problems(self) -> list[Problem]:
        """Return all faults found so far, with their places, in the order of the file."""
        misspelt = {(*above, key): written for (*above, written), key in self._meant.items() if above}
        written = {path: _as_written(path, misspelt) for path, _message in self._faults}
        entries = self._yaml.entries_of(written.values()) if written else {}
        found: dict[tuple[int, str], Problem] = {}
        for path, message in self._faults:  # a rule may find the same at `start` and at `end`, which is the same day
            entry = entries[written[path]]
            line, column, width = entry.key if path in self._meant else mark_of(entry, self._meant_path(path))
            found.setdefault((entry.key.line, message), Problem(self.file, line, message, column, width, path))
        for problem in self._yaml.problems:
            found.setdefault((problem.line, problem.message), problem)
        in_order = sorted(found.values(), key=attrgetter("line", "column", "message"))
        with_text = [problem._replace(text=self._yaml.lines[problem.line - 1]) for problem in in_order]
        return [
            self._with_quotes(problem)
            if problem.path is None
            else self._corrected(problem, entries[written[problem.path]])
            for problem in with_text[:FAULTS_SHOWN]
        ] + with_text[FAULTS_SHOWN:]

    def _corrected(self, problem: Problem, entry: YamlEntry) -> Problem:
        """Return *problem*, whose value is in *entry*, with its remedy or an example."""
        path = problem.path or ()
        if path in self._meant:
            found = Remedy(instead=self._meant[path])
        else:
            meant = self._meant_path(path)
            found = remedy(entry, meant, self._ids_at(path, meant), by_schema=path in self._refused)
        if found.instead is None or len(problem.text) > scalars.LONGEST_LONG_TEXT:
            return problem._replace(example=found.example)
        begin, end = problem.column - 1, problem.column - 1 + problem.width
        return problem._replace(remedy=f"{problem.text[:begin]}{found.instead}{problem.text[end:]}")

    def _meant_path(self, path: NodePath) -> NodePath:
        """Return *path* with the section of the format, also where the file misspells it."""
        return (self._meant.get(path[:1], *path[:1]), *path[1:]) if path else path

    def _ids_at(self, path: NodePath, meant: NodePath) -> Collection[str] | None:
        """Return the ids of which the value at *path* must be one, or None; *meant* is the path in the format."""
        key = next((part for part in reversed(meant) if isinstance(part, str)), "")
        if len(path) <= LENGTH_OF_A_SECTION:
            return None
        if key != "room" or meant[0] != "events":
            return self.ids.get(SECTIONS.get(key, ""))
        event = self.records["events"].get(self._names[path[:LENGTH_OF_A_SECTION]]) or {}
        with suppress(LookupError, TypeError):  # a faulty list of showings is not in the record
            showing: Any = reduce(getitem, path[LENGTH_OF_A_SECTION:-1], event)  # type: ignore[arg-type]  # the event itself, if the path is short
            venue = self.records["venues"].get(showing.get("venue") or event["venue"])
            return None if venue is None else venue.get("rooms", ())
        return None

    @cached_property
    def _names(self) -> dict[NodePath, str]:
        """The names of the records by path."""
        return {path: name for places in self._places.values() for name, path in places.items()}

    def _with_quotes(self, problem: Problem) -> Problem:
        """Return *problem*, a fault of the YAML, with quotes around the value if the syntax is right with them."""
        if problem._replace(text="") == self._yaml.syntax_error and (quoted := in_quotes_where_needed(problem.text)):
            lines = list(self._yaml.lines)
            lines[problem.line - 1] = quoted
            if (line_of_syntax_error("\n".join(lines)) or len(lines) + 1) > problem.line:
                return problem._replace(remedy=quoted)
        return problem

    def _read(self, on_progress: OnProgress) -> None:
        for done, (path, value) in enumerate(self._yaml.records()):
            self._add(path, value)
            if self.has_too_many_faults:
                return
            if not done % RECORDS_PER_UPDATE:
                on_progress(self._yaml.share)
        if not self.read_to_end:
            return
        for section in self.shapes:
            if section not in self._given and section not in {*KEYED, "venues"}:
                self._faults.append(((section,), _("the key '{key}' is missing").format(key=section)))
                self._refused.add((section,))

    def _add(self, path: NodePath, value: Any) -> None:
        """Check and store the value at *path*: a whole section, or an item of a list."""
        section = self._section_of(path)
        if section is None:
            return
        self._given.add(section)
        is_item = len(path) > 1
        match _form_of(section):
            case "list" if is_item:
                self._check_record(section, path, value, key="")
            case "list" if value == []:
                pass
            case "keyed" if isinstance(value, dict) and not is_item:
                self._add_keyed(section, path, value)
            case "single" if not is_item:
                self._check_record(section, path, value, key="")
            case _:
                self._add_wrong_type(section, path, value)

    def _section_of(self, path: NodePath) -> str | None:
        """Return the section that the first key of *path* names, or of which it is a misspelling; None for others."""
        key = str(path[0])
        if key in self.shapes or path[:1] in self._meant:
            return self._meant.get(path[:1], key)
        if _begins_section(path):
            self._faults.append((path[:1], schema_errors.unknown_key(key, list(self.shapes))))
            near = nearest(key, self.shapes, most=1)
            if near and near[0] not in self._given:
                self._meant[path[:1]] = near[0]
        return self._meant.get(path[:1])

    def _add_keyed(self, section: str, path: NodePath, records: Mapping[str, Any]) -> None:
        for key, value in records.items():
            if self.has_too_many_faults:
                return
            self._faults += [((*path, key), sentence) for sentence in _faults_of_key(section, key)]
            self._check_record(section, (*path, key), value, key=normalize("NFC", key))

    def _add_wrong_type(self, section: str, path: NodePath, value: Any) -> None:
        """Add the fault that a section has the wrong type; its ids are unknown then."""
        self.ids.pop(section, None)
        wanted = _("text") if section == "format" else _("a list") if section in LISTS else _("a mapping")
        if _begins_section(path):
            kind = _("a list") if len(path) > 1 else scalars.kind_of(value)
            message = _("{key}: expected {wanted}, found {kind}")
            self._faults.append((path[:1], message.format(key=section, wanted=wanted, kind=kind)))

    def _check_record(self, section: str, path: NodePath, value: Any, *, key: str) -> None:
        """Check and store the record *value*, whose *key* is the one in a mapping of records."""
        value, record = self._checked(section, path, value)
        name = self._register_id(section, path, key, value)
        if section == "events":
            self._faults += [(path, sentence) for sentence in saying_when(value)]
        if section == "programme" and record:
            self._set_language(record.get("language", LANGUAGES[0]))
        if record is not None:
            if self._language != LANGUAGES[0]:
                record = _in_language(self._language, value, record)
            self.records[section].add(name, record | {"id": name} if section in LISTS and "id" in record else record)

    def _checked(self, section: str, path: NodePath, value: Any) -> tuple[Any, Any]:
        """Return *value* with its misspelt keys corrected, and the checked record, or None; add the faults."""
        try:
            return value, schema.checked(section, value)
        except ValidationError as error:
            found = list(islice(schema_errors.faults(section, error), FAULTS_AT_MOST))
            meant = schema_errors.misspelt(section, value, error)
            faulty = schema_errors.faulty_keys(error)
        if meant:
            self._meant |= {(*path, *inside): key for inside, key in meant.items()}
            found = [(inside, sentence) for inside, sentence in found if inside in meant]
        self._faults += [((*path, *inside), sentence) for inside, sentence in found]
        if meant and not self.has_too_many_faults:
            return self._checked(section, path, _corrected(value, meant))
        self._refused |= {(*path, *inside) for inside, _sentence in found}
        return value, schema.mended(section, value, faulty)

    def _set_language(self, language: str) -> None:
        """Set the language of texts that the file gives without one."""
        if language != LANGUAGES[0] and self._given - {"format", "programme"}:
            message = _("'language' applies only to what follows it; move 'programme' to the top")
            self._faults.append((("programme", "language"), message))
        self._language = language

    def _register_id(self, section: str, path: NodePath, key: str, value: Any) -> str:
        """Register the id of the record at *path*, and return the name to store the record under."""
        if _form_of(section) == "single":
            self._places[section][""] = path
            return ""
        given: Any = key or (value.get("id") if isinstance(value, dict) else "")
        name = f"#{len(self._places[section])}"  # never a valid id
        if isinstance(given, str) and given:
            if given in self._places[section]:
                message = _("duplicate id '{id}'; every id must be unique")
                self._faults.append(((*path, "id"), message.format(id=given)))
            else:
                name = given
                self.ids.setdefault(section, set()).add(given)
        self._places[section][name] = path
        return name

    def _by_position(self, path: NodePath) -> NodePath:
        """Return *path* with the record's name replaced by its position in the file."""
        section, *inside = path
        places = self._places.get(str(section), {})
        if "" in places:
            return (*places[""], *inside)
        return (*places.get(str(inside[0]), path[:2]), *inside[1:]) if inside else path


def _form_of(section: str) -> Literal["list", "keyed", "single"]:
    """Return whether *section* is a list, a mapping of records, or a single record."""
    return "list" if section in LISTS else "keyed" if section in KEYED else "single"


def _begins_section(path: NodePath) -> bool:
    """Whether *path* is a section or its first item, so that a fault of the section is reported once."""
    return len(path) == 1 or path[1] == 0


def _in_language(language: str, given: Any, checked: Any) -> Any:
    """Return *checked* with *language* for texts that were *given* without a language."""
    if isinstance(given, str) and isinstance(checked, dict):
        if LANGUAGES[0] in checked:
            return {language: checked[LANGUAGES[0]]}
        return {key: _in_language(language, given, value) for key, value in checked.items()}
    if isinstance(given, dict) and isinstance(checked, dict):
        return {key: _in_language(language, given.get(key), value) for key, value in checked.items()}
    if isinstance(given, list) and isinstance(checked, list):
        return [_in_language(language, *pair) for pair in zip(given, checked, strict=True)]
    return checked


def _as_written(path: NodePath, misspelt: Mapping[NodePath, str | int]) -> NodePath:
    """Return *path* with its *misspelt* keys as they stand in the file."""
    return tuple(misspelt.get(path[: n + 1], part) for n, part in enumerate(path))


def _corrected(value: Any, meant: Mapping[NodePath, str], path: NodePath = ()) -> Any:
    """Return *value* with the misspelt keys at the paths of *meant* corrected."""
    if isinstance(value, dict):
        inside = {key: _corrected(part, meant, (*path, key)) for key, part in value.items()}
        return {meant.get((*path, key), key): part for key, part in inside.items()}
    if isinstance(value, list):
        return [_corrected(part, meant, (*path, position)) for position, part in enumerate(value)]
    return value


def _faults_of_key(section: str, key: str) -> list[str]:
    try:
        KEYED[section](key)
    except ValueError as error:
        return [str(error)]
    return []
