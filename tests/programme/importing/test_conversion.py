"""A programme of another format, written in ours, is the same programme and has no fault."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given
from jsonschema import Draft202012Validator
from tests.programme.importing.readings import readings
from tests.programme.reading.test_reader_properties import changed_lines, changed_values

from kzfest.core.errors import FaultyProgrammeError, UnknownFormatError
from kzfest.core.model import Programme
from kzfest.paths import data_folder
from kzfest.programme.database.cache import no_progress
from kzfest.programme.files import AS_THE_FILE_SAYS
from kzfest.programme.importing.assembly import ImportedProgramme
from kzfest.programme.importing.conversion import converted
from kzfest.programme.importing.entries import Entry, Festival, Reading
from kzfest.programme.importing.recognition import reading_of
from kzfest.programme.reading.programme_writer import programme_text
from kzfest.programme.reading.reader import ProgrammeReader, read_programme
from kzfest.programme.reading.schema import json_schema

if TYPE_CHECKING:
    from collections.abc import Callable


FILES = [
    *(Path(__file__).parents[3] / "docs" / "examples").glob("*.xml"),
    Path(__file__).parents[2] / "cli" / "festivals" / "film_festival.yaml",
    Path(__file__).parents[1] / "every_field.yaml",
]
FUZZED = sorted(file for file in (Path(__file__).parents[2] / "fuzz" / "corpus").rglob("*") if file.is_file())
SCHEMA = Draft202012Validator(json_schema())
CORPUS = Path(os.environ.get("KZFEST_CORPUS", "no folder"))


def _programme(read: Callable[[], Any]) -> Programme:
    """Return the programme that *read* finds."""
    found = read()
    events = tuple(event for _values, event in found.events())

    return Programme(found.head._replace(in_zone_of_computer=False), {}, found.venues, events)


def _without_sources(programme: Programme) -> Programme:
    return programme._replace(
        sources={},
        venues={key: venue._replace(sources=()) for key, venue in programme.venues.items()},
        events=tuple(event._replace(sources=()) for event in programme.events),
    )


def _check(read: Callable[[], Any]) -> None:
    """Check that what *read* finds is the same, with the same offsets, when it is written and read again."""
    text = programme_text(converted(read(), file="feed.ics").records, remarks=[])
    again, faults = read_programme(text.encode(), file="my.yaml")
    assert faults == []
    assert again is not None
    given = _programme(read)
    assert _without_sources(again) == _without_sources(given)
    assert _starts(again) == _starts(given)


def _starts(programme: Programme) -> list[str]:
    return [str(clock) for event in programme.events for showing in event.showings for clock in showing[1:3]]


@given(readings())
def test_what_a_reader_finds_is_the_same_in_our_format(reading: Reading) -> None:
    _check(lambda: ImportedProgramme(reading, file="feed.ics", options=AS_THE_FILE_SAYS, on_progress=no_progress))


def test_event_with_thousands_of_showings_is_the_same_in_our_format() -> None:
    days = [date(2000, 1, 1) + timedelta(days=number) for number in range(5_001)]
    entries = [Entry(title="Changing of the guard", keys={"uid": "1"}, start=day) for day in days]
    reading = Reading(kind="test", festival=Festival(), entries=entries)
    _check(lambda: ImportedProgramme(reading, file="feed.ics", options=AS_THE_FILE_SAYS, on_progress=no_progress))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_file_is_the_same_in_our_format(file: Path) -> None:
    _check_file(file)


def test_odd_files_are_the_same_in_our_format() -> None:
    for file in FUZZED:
        with suppress(FaultyProgrammeError):  # of an input that is refused, nothing is written
            _check_file(file)


def _check_file(file: Path) -> None:
    data = file.read_bytes()
    _check(lambda: reading_of(data, file=str(file), options=AS_THE_FILE_SAYS))


@pytest.mark.parametrize("file", sorted(data_folder().glob("[!h]*.yaml")), ids=lambda file: file.name)
def test_file_in_our_format_keeps_its_sources(file: Path) -> None:
    text = programme_text(
        converted(ProgrammeReader(file.read_bytes(), file=file.name), file=file.name).records, remarks=[]
    )
    assert read_programme(text.encode(), file="my.yaml") == read_programme(file.read_bytes(), file=file.name)


@pytest.mark.skipif(not CORPUS.is_dir(), reason="KZFEST_CORPUS names no folder of files")
def test_real_files_are_the_same_in_our_format() -> None:
    files = sorted(file for file in CORPUS.rglob("*") if file.is_file())
    for file in files:
        with suppress(UnknownFormatError):
            _check_file(file)
    assert len(files) > 40


@given(changed_values() | changed_lines())
def test_any_sound_file_in_our_format_is_the_same_again(data: bytes) -> None:
    programme, _faults = read_programme(data, file="p.yaml")
    if programme is None:  # as most are
        return
    text = programme_text(converted(ProgrammeReader(data, file="p.yaml"), file="p.yaml").records, remarks=[])
    assert read_programme(text.encode(), file="p.yaml") == (programme, [])


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # the faster one, if it is there
    """Reads YAML as other programs do, with numbers and truth values; days are text, as in YAML 1.2."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in each if tag != "tag:yaml.org,2002:timestamp"]
    for first, each in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@given(readings())
def test_other_programs_read_each_value_as_our_schema_says(reading: Reading) -> None:
    programme = ImportedProgramme(reading, file="feed.ics", options=AS_THE_FILE_SAYS, on_progress=no_progress)
    text = programme_text(converted(programme, file="feed.ics").records, remarks=[])

    SCHEMA.validate(yaml.load(text, _Loader))  # a safe loader
