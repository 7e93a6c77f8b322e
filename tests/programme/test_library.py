"""The files that come with the package are sound."""

from __future__ import annotations

import pytest

from kzfest.paths import HISTORY, PROGRAMMES, data_folder
from kzfest.programme.reading.reader import read_history, read_programme


@pytest.mark.parametrize(("key", "name"), PROGRAMMES.items())
def test_bundled_programme_has_no_fault_and_its_id(key: str, name: str) -> None:
    reading, problems = read_programme((data_folder() / name).read_bytes(), file=name)

    assert problems == []
    assert reading is not None
    assert reading.head.id == key


def test_bundled_history_has_no_fault() -> None:
    _values, problems = read_history((data_folder() / HISTORY).read_bytes(), file=HISTORY)

    assert problems == []


def test_every_bundled_event_has_a_source() -> None:
    for name in PROGRAMMES.values():
        reading, _problems = read_programme((data_folder() / name).read_bytes(), file=name)

        assert reading is not None
        assert [event.id for event in reading.events if not event.sources] == []


def test_first_programme_is_the_one_of_december_2023() -> None:
    assert next(iter(PROGRAMMES)) == "astana"


def test_every_file_of_the_folder_is_known() -> None:
    assert {path.name for path in data_folder().iterdir()} == {*PROGRAMMES.values(), HISTORY}
