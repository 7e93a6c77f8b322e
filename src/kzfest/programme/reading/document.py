"""One file as records that were checked one by one, and the faults found on the way."""

from __future__ import annotations

import marshal
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal
from unicodedata import normalize

from pydantic import ValidationError

from kzfest.core.errors import FAULTS_AT_MOST, Problem
from kzfest.core.model import LANGUAGES
from kzfest.i18n import _
from kzfest.programme.database.cache import TOLD_EVERY, no_progress
from kzfest.programme.reading import scalars, schema, schema_errors
from kzfest.programme.reading.rules import saying_when
from kzfest.programme.reading.yaml_reader import YamlReader

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kzfest.programme.database.cache import OnProgress
    from kzfest.programme.decode import Values
    from kzfest.programme.reading.rules import Fault
    from kzfest.programme.reading.yaml_reader import NodePath

LISTS = frozenset({"venues", "events", "milestones", "recognitions"})
KEYED = {"sources": scalars.check_id, "labels": scalars.check_word, "synonyms": scalars.check_word}
"""The sections whose records stand under keys of their own, and what these must be."""


class Records:
    """The records of one section by name, packed: as objects, a hundred thousand of them fill a gigabyte."""

    def __init__(self) -> None:
        self._packed: dict[str, bytes] = {}

    def __len__(self) -> int:
        return len(self._packed)

    def put(self, name: str, values: Values) -> None:
        """Keep *values* under *name*, in the place of those before."""
        self._packed[name] = marshal.dumps(values)  # the fastest there is, for what never leaves this process

    def items(self) -> Iterator[tuple[str, Values]]:
        """Yield names and values in the order of the file."""
        return ((name, _unpacked(packed)) for name, packed in self._packed.items())

    def get(self, name: str) -> Values | None:
        """Return the values under *name*, or None where there are none."""
        return _unpacked(self._packed[name]) if name in self._packed else None


def _unpacked(packed: bytes) -> Values:
    values: Values = marshal.loads(packed)  # noqa: S302  # which this process has packed itself
    return values


class Document:
    """The records of the file called *file*, whose sections have the *shapes*; *on_progress* hears what share is read.

    `records` holds them by section and id, the faulty ones without their faults, for the rules about the rest
    of them; `ids` every id that was given, where the section is what it should be.
    """

    def __init__(
        self, data: bytes, *, file: str, shapes: Mapping[str, Any], on_progress: OnProgress = no_progress
    ) -> None:
        self.file = file
        self.shapes = shapes
        self.records = {section: Records() for section in shapes}
        self.ids: dict[str, set[str]] = {section: set() for section in shapes}
        self._places: dict[str, dict[str, str | int]] = {section: {} for section in shapes}
        self._faults: list[Fault] = []
        self._yaml = YamlReader(data, file=file)
        self._given: set[str] = set()
        self._language = LANGUAGES[0]
        self._read(on_progress)

    @property
    def is_valid(self) -> bool:
        """Whether no fault was found so far."""
        return not self._faults and not self._yaml.problems

    @property
    def has_too_many_faults(self) -> bool:
        """Whether so many faults were found that nobody looks for more."""
        return len(self._faults) >= FAULTS_AT_MOST

    @property
    def read_to_end(self) -> bool:
        """Whether the file could be read to its end; if not, what seems to be missing may stand further on."""
        return self._yaml.read_to_end

    def single(self, section: str) -> Values | None:
        """Return the one record of *section*, or None where there is none."""
        return self.records[section].get("")

    def add_faults(self, faults: Iterable[Fault]) -> None:
        """Note *faults* whose paths name records by their ids."""
        for path, message in islice(faults, FAULTS_AT_MOST):
            self._faults.append((self._by_position(path), message))

    def problems(self) -> list[Problem]:
        """Return every fault found so far with its line, in the order of the file."""
        lines = self._yaml.lines_of([path for path, _message in self._faults]) if self._faults else {}
        found = [Problem(self.file, lines[path], message) for path, message in self._faults]
        return sorted({*found, *self._yaml.problems}, key=lambda problem: (problem.line, problem.message))

    def _read(self, on_progress: OnProgress) -> None:
        for done, (path, value) in enumerate(self._yaml.records()):
            self._given.add(str(path[0]))
            self._take(path, value)
            if self.has_too_many_faults:
                return
            if not done % TOLD_EVERY:
                on_progress(self._yaml.share)
        if not self.read_to_end:
            return
        for section in self.shapes:
            if section not in self._given and section not in {*KEYED, "venues"}:
                self._faults.append(((), _("the key '{key}' is missing").format(key=section)))

    def _take(self, path: NodePath, value: Any) -> None:
        """Take in the value at *path*: a whole section, or an item of one that the file has as a list."""
        section = str(path[0])
        is_item = len(path) > 1
        if section not in self.shapes:
            if _begins_section(path):
                self._faults.append((path[:1], schema_errors.unknown_key(section, list(self.shapes))))
            return
        match _form_of(section):
            case "list" if is_item:
                self._check_record(section, path, value, key=value.get("id", "") if isinstance(value, dict) else "")
            case "list" if value == []:
                pass
            case "keyed" if isinstance(value, dict) and not is_item:
                self._take_keyed(section, value)
            case "single" if not is_item:
                self._check_record(section, path, value, key="")
            case _:
                self._misplaced(path, value)

    def _take_keyed(self, section: str, records: Mapping[str, Any]) -> None:
        """Take in the *records* of a section that stand under keys of their own."""
        for key, value in records.items():
            if self.has_too_many_faults:
                return
            self._faults += [((section, key), sentence) for sentence in _odd_key(section, key)]
            self._check_record(section, (section, key), value, key=normalize("NFC", key))

    def _misplaced(self, path: NodePath, value: Any) -> None:
        """Note that a section is of another kind than it should be; what it holds is not known then."""
        section = str(path[0])
        self.ids.pop(section, None)
        wanted = _("text") if section == "format" else _("a list") if section in LISTS else _("a mapping")
        if _begins_section(path):
            kind = _("a list") if len(path) > 1 else scalars.kind_of(value)
            message = _("{key}: expected {wanted}, found {kind}")
            self._faults.append((path[:1], message.format(key=section, wanted=wanted, kind=kind)))

    def _check_record(self, section: str, path: NodePath, value: Any, *, key: Any) -> None:
        name = self._note_id(section, path, key)
        if section == "events":
            self._faults += [(path, sentence) for sentence in saying_when(value)]
        try:
            record = schema.checked(section, value)
        except ValidationError as error:
            found = list(islice(schema_errors.faults(section, error), FAULTS_AT_MOST))
            self._faults += [((*path, *inside), sentence) for inside, sentence in found]
            record = schema.mended(section, value, {inside[0] for inside, _sentence in found if inside})
        if section == "programme" and record:
            self._speak(record.get("language", LANGUAGES[0]))
        if record is not None:
            if self._language != LANGUAGES[0]:
                record = _in_language(self._language, value, record)
            self.records[section].put(name, record | {"id": name} if section in LISTS and "id" in record else record)

    def _speak(self, language: str) -> None:
        """Take texts that are given without a language for *language* from now on."""
        if language != LANGUAGES[0] and self._given - {"format", "programme"}:
            message = _("'language' is that of what stands below it; move 'programme' to the top")
            self._faults.append((("programme", "language"), message))
        self._language = language

    def _note_id(self, section: str, path: NodePath, key: Any) -> str:
        """Note the id *key* of the record at *path*, and what is wrong with it; return what to keep the record by."""
        if _form_of(section) == "single":
            return ""
        name = f"#{len(self._places[section])}"  # no id, so that it cannot be taken for one
        if isinstance(key, str) and key:
            if key in self._places[section]:
                message = _("the id '{id}' stands here twice; every id is used once")
                self._faults.append((path, message.format(id=key)))
            else:
                name = key
                self.ids.setdefault(section, set()).add(key)
        self._places[section][name] = path[1]
        return name

    def _by_position(self, path: NodePath) -> NodePath:
        """Return *path* with the name of its record replaced by the record's place in the file."""
        if len(path) < 2 or path[0] not in self._places:
            return path
        return (path[0], self._places[str(path[0])].get(str(path[1]), path[1]), *path[2:])


def _form_of(section: str) -> Literal["list", "keyed", "single"]:
    """Return how the records of *section* stand in a file: in a list, under keys of their own, or alone."""
    return "list" if section in LISTS else "keyed" if section in KEYED else "single"


def _begins_section(path: NodePath) -> bool:
    """Whether *path* leads to a whole section or its first item, so that a fault of the section is told once."""
    return len(path) == 1 or path[1] == 0


def _in_language(language: str, given: Any, checked: Any) -> Any:
    """Return what was *checked*, with its texts that were *given* without a language in *language*."""
    if isinstance(given, str) and isinstance(checked, dict):
        return {language: checked[LANGUAGES[0]]}
    if isinstance(given, dict) and isinstance(checked, dict):
        return {key: _in_language(language, given.get(key), value) for key, value in checked.items()}
    if isinstance(given, list) and isinstance(checked, list):
        return [_in_language(language, *pair) for pair in zip(given, checked, strict=True)]
    return checked


def _odd_key(section: str, key: str) -> list[str]:
    """Return what is wrong with *key* as the name of what stands under it in *section*."""
    try:
        KEYED[section](key)
    except ValueError as error:
        return [str(error)]
    return []
