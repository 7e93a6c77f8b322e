"""The disk is full, or may only be read: a sentence that names the place, nothing half-written, all as it was."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kzfest.itineraries.backups import FILE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

resource = pytest.importorskip("resource")

DROP_FROM_BOUNDING_SET, OVERRIDE_RIGHTS, READ_ANYTHING = 24, 1, 2
"""Of prctl(2) and capabilities(7): without the two, root is held by the rights of files as anybody is."""
ADD, UNDO = ("itinerary", "add", "songs"), ("itinerary", "undo", "2")
EXPORT, FOLDER = ("itinerary", "export", "-o", "trip.ics"), ("itinerary", "export", "--vdir", "calendars")
LIST = ("list", "-f", "csv", "-o", "new.csv")
PAGE = 4096


def no_file_larger_than(size: int) -> Callable[[], None]:
    """Return what makes a process find the disk full at that *size* of a file (Python takes SIGXFSZ for an error)."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def held_by_rights() -> None:
    for capability in (OVERRIDE_RIGHTS, READ_ANYTHING):
        ctypes.CDLL(None).prctl(DROP_FROM_BOUNDING_SET, capability, 0, 0, 0)


@pytest.fixture(name="locked")
def _locked() -> Iterator[Callable[[Path], None]]:
    """Return a function that takes the right to write in a folder from its owner, until the test is over."""
    if sys.platform != "linux" and os.geteuid() == 0:
        pytest.skip("root may write anywhere")
    folders: list[Path] = []

    def locked(folder: Path) -> None:
        folders.append(folder)
        for each in (*folder.rglob("*"), folder):
            each.chmod(0o500 if each.is_dir() else 0o400)

    yield locked
    for folder in folders:
        for each in (folder, *folder.rglob("*")):
            each.chmod(0o700 if each.is_dir() else 0o600)


@pytest.mark.parametrize("room", ["none", "a line", "a page"])
@pytest.mark.parametrize("args", [ADD, UNDO], ids=" ".join)
def test_full_disk_leaves_the_store_as_it_was(place: Any, args: tuple[str, ...], room: str) -> None:
    before, file = place.parts(), place.data / FILE
    size = {"none": 0, "a line": 512, "a page": PAGE}[room]

    full = place.process(*args, preexec_fn=no_file_larger_than(size))

    told = f"the itineraries in {file} were not changed: the disk is full or failing (disk I/O error)"
    assert full == (1, f"kzfest: {told}\n")
    assert place.parts() == before
    assert place.run(*args).code == 0
    assert place.leftovers() == []


@pytest.mark.parametrize("size", [0, 256])
@pytest.mark.parametrize(
    ("args", "file"), [(EXPORT, "trip.ics"), (FOLDER, "calendars/.kzfest.json"), (LIST, "new.csv")], ids=str
)
def test_full_disk_leaves_what_was_exported_as_it_was(place: Any, args: tuple[str, ...], file: str, size: int) -> None:
    before = place.parts()

    full = place.process(*args, preexec_fn=no_file_larger_than(size))

    assert full == (1, f"kzfest: {file}: File too large\n")
    assert (place.parts(), place.leftovers()) == (before, [])
    assert place.run(*args).code == 0


def test_programme_is_read_where_the_disk_is_full(place: Any) -> None:
    other = place.folder / "other.yaml"
    other.write_text(place.programme.read_text(encoding="utf-8").replace("Puppets", "Marionettes"), encoding="utf-8")
    args = ("show", "puppets", "--data", other.name)

    full = place.process(*args, preexec_fn=no_file_larger_than(512))

    assert full == place.run(*args)
    assert (full.code, "Marionettes" in full.said) == (0, True)


@pytest.mark.parametrize("args", [ADD, UNDO], ids=" ".join)
def test_store_that_may_only_be_read_can_be_read(
    place: Any, locked: Callable[[Path], None], args: tuple[str, ...]
) -> None:
    before = place.parts()
    shown = place.run("itinerary", "show")
    locked(place.data)

    seen = place.process("itinerary", "show", preexec_fn=held_by_rights)
    refused = place.process(*args, preexec_fn=held_by_rights)

    assert seen == shown
    assert refused == (1, f"kzfest: {place.data / FILE}: Permission denied\n")
    assert (place.parts(), place.leftovers()) == (before, [])


def test_nothing_is_kept_or_cached_in_a_home_that_may_only_be_read(
    plan: Callable[..., Any], locked: Callable[[Path], None]
) -> None:
    empty = plan("empty")
    (empty.folder / "home").mkdir()
    locked(empty.folder / "home")

    shown = empty.process("show", "swan", preexec_fn=held_by_rights)
    refused = empty.process(*ADD, preexec_fn=held_by_rights)

    assert shown == plan("other").run("show", "swan")
    assert refused == (1, f"kzfest: {empty.data}: Permission denied\n")


@pytest.mark.parametrize(("args", "file"), [(EXPORT, "trip.ics"), (FOLDER, "calendars/.kzfest.json")], ids=str)
def test_folder_that_may_only_be_read_is_told(
    place: Any, locked: Callable[[Path], None], args: tuple[str, ...], file: str
) -> None:
    before = place.parts()
    locked(place.folder)

    refused = place.process(*args, preexec_fn=held_by_rights)

    assert refused == (1, f"kzfest: {file}: Permission denied\n")
    assert place.parts() == before


def test_file_where_the_folder_should_be_is_told(plan: Callable[..., Any]) -> None:
    place = plan("spoilt")
    (place.folder / "home").mkdir()
    place.data.write_text("what is this?", encoding="utf-8")

    refused = place.process(*ADD)

    assert refused == (1, f"kzfest: {place.data}: File exists\n")
    assert place.data.read_text(encoding="utf-8") == "what is this?"


@pytest.mark.skipif(sys.platform != "linux", reason="no other system has /dev/full")
@pytest.mark.parametrize("colour", ["auto", "always"])
@pytest.mark.parametrize("args", [ADD, UNDO, ("itinerary", "clear")], ids=" ".join)
def test_change_that_cannot_be_shown_stays_and_is_told_so(place: Any, args: tuple[str, ...], colour: str) -> None:
    shown = place.copy(place.folder.parent / "shown")
    assert shown.run(*args).code == 0

    with Path("/dev/full").open("w", encoding="utf-8") as full:
        process = place.start("--color", colour, *args, stdout=full)
        said = process.communicate()[1]

    told = "kzfest: the change is saved, but its summary cannot be written: No space left on device\n"
    assert (process.returncode, said) == (1, told)
    assert place.parts() == shown.parts()
