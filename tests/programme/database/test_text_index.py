"""The tables of names and words: made at the first question about one, once, and whatever happens on the way."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from kzfest.programme.database.catalogue import Catalogue
from kzfest.programme.database.queries import EventQuery

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from kzfest.programme.database.cache import OnProgress

PROGRAMME = """\
format: 1
programme: {id: p, title: P, timezone: Asia/Almaty, revised: 2023-12-01}
venues: [{id: opera, name: {en: Astana Opera}, city: Astana}]
events:
- {id: gala, title: Gala, category: concert, venue: opera, start: 2023-12-16 19:00}
- {id: maze, title: Maze, category: art, start: 2023-12-30}
"""


class Watcher:
    """Notes what long work is done, and how far it is said to be."""

    def __init__(self) -> None:
        self.works: list[str] = []
        self.shares: list[float] = []

    @contextmanager
    def __call__(self, text: str) -> Iterator[OnProgress]:
        self.works.append(text)
        yield self.shares.append


@pytest.fixture(name="file")
def _file(tmp_path: Path) -> Path:
    file = tmp_path / "p.yaml"
    file.write_text(PROGRAMME, encoding="utf-8")
    return file


def works_of(file: Path, ask: Callable[[Catalogue], object]) -> list[str]:
    """Return the long works that it takes to *ask* the programme in *file*."""
    watcher = Watcher()
    ask(Catalogue(file, folder=file.parent / "cache", progress_bar=watcher))
    return watcher.works


def listed(catalogue: Catalogue) -> list[str]:
    return [found.event.id for found in catalogue.events(EventQuery())]


def looked_up(catalogue: Catalogue) -> list[tuple[str, int]]:
    return [(found.kind, found.number) for found in catalogue.lookup.search("opera")[0]]


def test_words_are_read_when_the_first_question_about_one_is_asked(file: Path) -> None:
    assert works_of(file, listed) == ["reading p.yaml"]
    assert works_of(file, listed) == []
    assert works_of(file, looked_up) == ["indexing words"]
    assert works_of(file, looked_up) == []
    assert works_of(file, listed) == []


def test_change_of_the_file_is_a_change_of_its_words(file: Path) -> None:
    works_of(file, looked_up)
    file.write_text(PROGRAMME.replace("Gala", "Operetta"), encoding="utf-8")

    catalogue = Catalogue(file, folder=file.parent / "cache")

    assert [(hit.kind, hit.number) for hit in catalogue.lookup.search("operetta")[0]] == [("event", 1)]


def test_words_are_found_where_nothing_can_be_kept(file: Path) -> None:
    (file.parent / "cache").write_bytes(b"a file, where a folder should be")

    assert looked_up(Catalogue(file, folder=file.parent / "cache")) == [("venue", 1), ("event", 1)]
    assert looked_up(Catalogue(file, folder=None)) == [("venue", 1), ("event", 1)]


def test_words_are_found_where_the_catalogue_is_damaged_meanwhile(file: Path) -> None:
    catalogue = Catalogue(file, folder=file.parent / "cache")
    (kept,) = (file.parent / "cache").iterdir()
    kept.write_bytes(kept.read_bytes()[:4096] + b"\xff" * 60_000)

    assert looked_up(catalogue) == [("venue", 1), ("event", 1)]


def test_interrupted_reading_of_words_leaves_the_catalogue_as_it_was(file: Path) -> None:
    class Interrupted(Watcher):
        @contextmanager
        def __call__(self, text: str) -> Iterator[OnProgress]:
            self.works.append(text)
            yield self.shares.append
            raise KeyboardInterrupt

    works_of(file, listed)
    (kept,) = (file.parent / "cache").iterdir()
    before = kept.read_bytes()

    with pytest.raises(KeyboardInterrupt):
        looked_up(Catalogue(file, folder=file.parent / "cache", progress_bar=Interrupted()))

    assert [each.read_bytes() == before for each in (file.parent / "cache").iterdir()] == [True]


def test_two_catalogues_at_once_find_the_same(file: Path) -> None:
    one, other = (Catalogue(file, folder=file.parent / "cache") for _ in range(2))

    assert looked_up(one) == looked_up(other) == [("venue", 1), ("event", 1)]
    assert listed(one) == listed(other) == ["gala", "maze"]


def test_work_goes_from_nothing_to_all_of_it(file: Path) -> None:
    events = (f"- {{id: e{n}, title: Event {n}, category: c, start: 2023-12-16}}\n" for n in range(3_000))
    file.write_text(PROGRAMME + "".join(events), encoding="utf-8")
    watcher = Watcher()

    looked_up(Catalogue(file, folder=None, progress_bar=watcher))
    reading, words = (watcher.shares[: len(watcher.shares) - 11], watcher.shares[-11:])

    assert [reading, words] == [sorted(reading), sorted(words)]
    assert (reading[0] < 0.1, 0.9 < reading[-1] <= 1) == (True, True)
    assert (words[0] < 0.1, 0.9 < words[-1] <= 1) == (True, True)


def test_tables_of_words_are_in_the_kept_file_only_after_a_question_about_one(file: Path) -> None:
    def tables() -> set[str]:
        (kept,) = (file.parent / "cache").iterdir()
        database = sqlite3.connect(kept)
        found = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE name LIKE 'name%'")}
        database.close()
        return found

    works_of(file, listed)
    before = tables()
    works_of(file, looked_up)

    assert (before, "name_by_key" in tables()) == (set(), True)
