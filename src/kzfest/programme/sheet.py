"""One file as records that were checked one by one, and the faults found on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from kzfest.core.errors import Problem
from kzfest.core.words import _
from kzfest.programme import scalars, shape
from kzfest.programme.checks import saying_when
from kzfest.programme.yamltext import YamlReader

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kzfest.programme.checks import Fault
    from kzfest.programme.values import Values
    from kzfest.programme.yamltext import Path

LISTS = frozenset({"venues", "events", "milestones", "recognitions"})
KEYED = "sources"
"""The one section whose records stand under keys of their own."""


class Sheet:
    """The records of the file called *file*, whose sections have the *shapes*.

    `records` holds the sound ones by section and id; `ids` every id that was given, with its place.
    """

    def __init__(self, data: bytes, *, file: str, shapes: Mapping[str, Any]) -> None:
        self.file = file
        self.shapes = shapes
        self.records: dict[str, dict[str, Values]] = {section: {} for section in shapes}
        self.ids: dict[str, dict[str, Path]] = {section: {} for section in shapes}
        self._faults: list[Fault] = []
        self._yaml = YamlReader(data, file=file)
        self._given: set[str] = set()
        self._read()

    def single(self, section: str) -> Values | None:
        """Return the one record of *section*, or None where it is missing or faulty."""
        return self.records[section].get("")

    def blame(self, faults: Iterable[Fault]) -> None:
        """Note *faults* whose paths name records by their ids."""
        for path, message in faults:
            self._faults.append((self._by_position(path), message))

    def problems(self) -> list[Problem]:
        """Return every fault found so far with its line, in the order of the file."""
        lines = self._yaml.lines_of([path for path, _message in self._faults]) if self._faults else {}
        found = [Problem(self.file, lines[path], message) for path, message in self._faults]
        return sorted({*found, *self._yaml.problems}, key=lambda problem: (problem.line, problem.message))

    def _read(self) -> None:
        for path, value in self._yaml.records():
            self._given.add(str(path[0]))
            self._take(path, value)
        if not self._given and self._yaml.problems:
            return
        for section in self.shapes:
            if section not in self._given and section not in {"sources", "venues"}:
                self._faults.append(((), _("the key '{key}' is missing").format(key=section)))

    def _take(self, path: Path, value: Any) -> None:
        """Take in the value at *path*: a record, a section of keyed records, or something out of place."""
        section = str(path[0])
        is_item = len(path) > 1
        if section not in self.shapes:
            if path[1:] in {(), (0,)}:
                self._faults.append((path[:1], shape.unknown_key(section, list(self.shapes))))
        elif section == KEYED and isinstance(value, dict):
            for key, each in value.items():
                self._check_record(section, (section, key), each, key=key)
        elif is_item == (section in LISTS) and section != KEYED:
            has_id = section in LISTS and isinstance(value, dict)
            self._check_record(section, path, value, key=value.get("id", "") if has_id else "")
        elif value != [] or section not in LISTS:
            self._misplaced(path, value, wanted=_("a list") if section in LISTS else _("a mapping"))

    def _misplaced(self, path: Path, value: Any, *, wanted: str) -> None:
        if path[1:] in {(), (0,)}:
            kind = _("a list") if len(path) > 1 else scalars.kind_of(value)
            message = _("{key}: expected {wanted}, found {kind}")
            self._faults.append((path[:1], message.format(key=path[0], wanted=wanted, kind=kind)))

    def _check_record(self, section: str, path: Path, value: Any, *, key: Any) -> None:
        self._faults += [(path, sentence) for sentence in self._odd_id(section, path, key)]
        if section == "events":
            self._faults += [(path, sentence) for sentence in saying_when(value)]
        try:
            sound = shape.checked(section, value)
        except ValidationError as error:
            self._faults += [((*path, *inside), sentence) for inside, sentence in shape.faults(section, error)]
        else:
            self.records[section].setdefault(self._name(section, key), sound)

    def _odd_id(self, section: str, path: Path, key: Any) -> list[str]:
        """Note the id *key* of the record at *path*, and return what is wrong with it."""
        if not isinstance(key, str) or not key:
            return []
        if key in self.ids[section]:
            return [_("the id '{id}' stands here twice; every id is used once").format(id=key)]
        self.ids[section][key] = path
        try:
            scalars.an_id(key) if section == KEYED else None
        except ValueError as error:
            return [str(error)]
        return []

    def _name(self, section: str, key: Any) -> str:
        """Return what to keep a record by: its id, or its position where records have none."""
        return key or (str(len(self.records[section])) if section in LISTS else "")

    def _by_position(self, path: Path) -> Path:
        """Return *path* with the id of its record replaced by the record's place in the file."""
        if len(path) < 2 or path[0] not in self.ids:
            return path
        return (*self.ids[str(path[0])].get(str(path[1]), path[:2]), *path[2:])
