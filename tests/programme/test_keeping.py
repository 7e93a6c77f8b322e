"""Keeping programmes under a name: copies, versions, names, and what is told of an update."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from kzfest.core.errors import KzfestError, NotFoundError, UsageError
from kzfest.programme.files import AS_THE_FILE_SAYS, ImportOptions
from kzfest.programme.keeping import Keeper
from kzfest.programme.library import Library

FIRST, SECOND, THIRD = (datetime(2025, 1, day, 12, tzinfo=UTC) for day in (3, 10, 20))

FAIR = """
format: 1
programme: {id: fair, title: Fair, timezone: Asia/Almaty, revised: 2023-12-01}
events:
  - {id: concert, title: Concert, category: concert, start: 2023-12-16 19:00, end: 2023-12-16 21:00}
  - {id: walk, title: Walk, category: tour, start: 2023-12-17 10:00}
"""

FEED = """BEGIN:VCALENDAR
VERSION:2.0
X-WR-TIMEZONE:Asia/Almaty
BEGIN:VEVENT
UID:1@feed
SUMMARY:Concert
DTSTART:20231216T{hour}0000
END:VEVENT
BEGIN:VEVENT
UID:2@feed
SUMMARY:Walk
DTSTART:20231217T100000
END:VEVENT
END:VCALENDAR
"""


class Shelf:
    """The programmes of a user, kept at the times of a clock that the test sets."""

    def __init__(self, folder: Path) -> None:
        self.now = FIRST
        self.library = Library()
        self.folder = folder
        self.keeper = Keeper(self.library.kept, read_copy=self.library.read_copy, clock=lambda _catalogue: self.now)

    def file(self, name: str, text: str) -> Path:
        """Return a file with this *text*."""
        (self.folder / name).write_text(text, encoding="utf-8")
        return self.folder / name

    def add(self, file: Path, **more: Any) -> str:
        """Keep the programme in *file*, and return its name."""
        return self.keeper.add(file, **({"name": None, "options": AS_THE_FILE_SAYS} | more)).name

    def update(self, name: str, text: str | None = None, *, now: datetime = SECOND, **more: Any) -> list[Any] | None:
        """Read the programme again, with the new *text* of its file, and return what changed: kinds and ids."""
        self.now = now
        kept = self.library.kept.versions(name)[0]
        if text is not None and kept.source:
            Path(kept.source).write_text(text, encoding="utf-8")
        _kept, revision = self.keeper.update(name, None, **({"options": AS_THE_FILE_SAYS} | more))
        return None if revision is None else [(each.kinds, each.event.id) for each in revision.changes or ()]

    def ids(self, name: str) -> list[str]:
        """Return the ids of the events of the programme called *name*, as a new run finds them."""
        library = Library()
        return [each.id for each in library.open(library.file_of(name)).known_events()]


@pytest.fixture(name="shelf")
def _shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


def test_programme_is_found_by_its_name(shelf: Shelf) -> None:
    name = shelf.add(shelf.file("fair.yaml", FAIR))

    assert (name, shelf.ids("fair"), shelf.ids("FAIR")) == ("fair", ["concert", "walk"], ["concert", "walk"])


def test_copy_stays_when_the_file_is_deleted(shelf: Shelf) -> None:
    file = shelf.file("fair.yaml", FAIR)
    shelf.add(file, name="village")
    file.unlink()

    assert shelf.ids("village") == ["concert", "walk"]


def test_programme_is_read_again_with_the_options_that_were_given(shelf: Shelf) -> None:
    feed = FEED.format(hour=19).replace("X-WR-TIMEZONE:Asia/Almaty\n", "")
    shelf.add(shelf.file("feed.ics", feed), name="feed", options=ImportOptions(zone="Asia/Almaty"))

    shelf.update("feed", feed.replace("T190000", "T180000"))
    library = Library()

    assert library.open(library.file_of("feed")).head.timezone == "Asia/Almaty"


def test_options_of_an_update_replace_those_before(shelf: Shelf) -> None:
    feed = FEED.format(hour=19).replace("X-WR-TIMEZONE:Asia/Almaty\n", "")
    shelf.add(shelf.file("feed.ics", feed), name="feed", options=ImportOptions(zone="Europe/Berlin"))

    told = shelf.update("feed", options=ImportOptions(zone="Asia/Almaty"))

    assert [kinds for kinds, _event in told or ()] == [("moved",), ("moved",)]


def test_unchanged_file_makes_no_version(shelf: Shelf) -> None:
    shelf.add(shelf.file("fair.yaml", FAIR))

    assert shelf.update("fair") is None
    assert [each.folder.name for each in shelf.library.kept.versions("fair")] == ["1"]


def test_update_tells_what_changed(shelf: Shelf) -> None:
    shelf.add(shelf.file("fair.yaml", FAIR))

    told = shelf.update("fair", FAIR.replace("19:00", "18:00").replace("id: walk, title: Walk", "id: run, title: Run"))

    assert told == [(("moved",), "concert"), (("new",), "run"), (("gone",), "walk")]


def test_ids_stay_when_the_format_changes(shelf: Shelf) -> None:
    shelf.add(shelf.file("fair.yaml", FAIR))
    feed = shelf.file("feed.ics", FEED.format(hour=19))
    shelf.now = SECOND

    _kept, revision = shelf.keeper.update("fair", feed, options=AS_THE_FILE_SAYS)

    assert revision is not None
    assert (revision.changes, shelf.ids("fair")) == ([], ["concert", "walk"])


def test_ids_stay_over_several_versions(shelf: Shelf) -> None:
    shelf.add(shelf.file("feed.ics", FEED.format(hour=19)), name="feed")
    before = shelf.ids("feed")

    for number, hour in enumerate((18, 17, 16)):
        renamed = FEED.format(hour=hour).replace("Concert", f"Concert {number}").replace("Walk", f"Walk {number}")
        shelf.update("feed", renamed, now=SECOND.replace(hour=hour))

    assert shelf.ids("feed") == before


def test_changed_events_have_the_day_and_a_higher_revision(shelf: Shelf) -> None:
    shelf.add(shelf.file("fair.yaml", FAIR))
    shelf.update("fair", FAIR.replace("19:00", "18:00"), now=SECOND)
    shelf.update("fair", FAIR.replace("19:00", "17:00").replace("10:00", "11:00"), now=THIRD)

    library = Library()
    found = library.open(library.file_of("fair")).known_events()

    assert [(each.id, each.revision, each.changed) for each in found] == [
        ("concert", 2, date(2025, 1, 20)),
        ("walk", 1, date(2025, 1, 20)),
    ]


def test_two_copies_are_kept_and_all_changes(shelf: Shelf) -> None:
    shelf.add(shelf.file("fair.yaml", FAIR))
    shelf.update("fair", FAIR.replace("19:00", "18:00"), now=SECOND)
    shelf.update("fair", FAIR.replace("19:00", "17:00"), now=THIRD)

    copies = [each.folder.name for each in shelf.library.kept.versions("fair")]
    told = shelf.keeper.revisions("fair", since=date(2025, 1, 1))

    assert copies == ["3", "2"]
    assert [(each.read, [change.kinds for change in each.changes or ()]) for each in told] == [
        (SECOND, [("moved",)]),
        (THIRD, [("moved",)]),
    ]


def test_changes_are_told_since_a_day_and_of_the_last_update(shelf: Shelf) -> None:
    shelf.add(shelf.file("fair.yaml", FAIR))
    shelf.update("fair", FAIR.replace("19:00", "18:00"), now=SECOND)
    shelf.update("fair", FAIR.replace("19:00", "17:00"), now=THIRD)

    def told(since: date | None) -> list[datetime]:
        return [each.read for each in shelf.keeper.revisions("fair", since=since)]

    assert (told(None), told(date(2025, 1, 11)), told(date(2025, 1, 21))) == ([THIRD], [THIRD], [])


@pytest.mark.parametrize("name", ["astana", "own", "fair", "Fair!", "-", "x" * 41])
def test_name_that_cannot_be_is_refused(shelf: Shelf, name: str) -> None:
    file = shelf.file("fair.yaml", FAIR)
    shelf.add(file)

    with pytest.raises(UsageError):
        shelf.add(file, name=name)
    assert sorted(each.name for each in shelf.library.kept.folder.iterdir()) == ["fair"]


def test_another_programme_is_no_update(shelf: Shelf) -> None:
    shelf.add(shelf.file("fair.yaml", FAIR))

    with pytest.raises(UsageError):
        shelf.update("fair", FAIR.replace("id: walk, title: Walk", "id: a, title: A").replace("oncert", "offee"))
    assert [each.folder.name for each in shelf.library.kept.versions("fair")] == ["1"]


def test_feed_whose_events_are_all_over_is_updated(shelf: Shelf) -> None:
    shelf.add(shelf.file("feed.ics", FEED.format(hour=19)), name="feed")
    later = FEED.format(hour=19).replace("202312", "202412").replace("Concert", "Ballet").replace("Walk", "Opera")

    told = shelf.update("feed", later.replace("@feed", "@other"))

    assert [kinds for kinds, _event in told or ()] == [("new",), ("new",), ("past",), ("past",)]


def test_renamed_programme_is_found_by_both_names(shelf: Shelf) -> None:
    shelf.add(shelf.file("fair.yaml", FAIR))
    shelf.keeper.rename("fair", "summer")

    library = Library()
    ids = {library.open(library.file_of(name)).head.id for name in ("fair", "summer")}

    assert (library.kept_names, ids) == (["summer"], {"fair"})
    with pytest.raises(UsageError):  # plans would find it instead
        shelf.add(shelf.file("fair.yaml", FAIR))


def test_removed_programme_can_be_restored(shelf: Shelf) -> None:
    shelf.add(shelf.file("fair.yaml", FAIR))
    shelf.keeper.use("fair")
    shelf.keeper.remove("fair")

    removed = shelf.library.kept.names(), shelf.library.kept.default(), shelf.library.kept.removed()
    shelf.keeper.restore("fair")

    assert removed == ([], None, ["fair"])
    assert shelf.ids("fair") == ["concert", "walk"]


def test_programme_that_was_not_removed_cannot_be_restored(shelf: Shelf) -> None:
    with pytest.raises(NotFoundError):
        shelf.keeper.restore("fair")


@pytest.mark.parametrize("damaged", ["kept.json", "fair.yaml.gz", "changes.json"])
def test_damaged_version_is_mended_by_an_update(shelf: Shelf, damaged: str) -> None:
    shelf.add(shelf.file("fair.yaml", FAIR))
    shelf.update("fair", FAIR.replace("19:00", "18:00"))
    (shelf.library.kept.folder / "fair" / "2" / damaged).write_bytes(b"{")

    told = shelf.update("fair", FAIR.replace("19:00", "17:00"), now=THIRD)

    assert told == [(("moved",), "concert")]
    assert shelf.ids("fair") == ["concert", "walk"]


def test_damaged_copy_is_told_and_mended_by_the_same_file(shelf: Shelf) -> None:
    shelf.add(shelf.file("fair.yaml", FAIR))
    shelf.update("fair", FAIR.replace("19:00", "18:00"))
    copy = shelf.library.kept.versions("fair")[0].file
    copy.write_bytes(copy.read_bytes()[:50])

    with pytest.raises(KzfestError, match="kzfest programmes update fair FILE"):
        shelf.ids("fair")
    told = shelf.update("fair", now=THIRD)

    assert (told, shelf.ids("fair")) == ([(("moved",), "concert")], ["concert", "walk"])


def test_programme_without_a_sound_version_is_told_and_mended(shelf: Shelf) -> None:
    file = shelf.file("fair.yaml", FAIR)
    shelf.add(file)
    (shelf.library.kept.folder / "fair" / "1" / "kept.json").write_bytes(b"\xff")

    with pytest.raises(KzfestError, match="damaged"):
        Library().file_of("fair")
    _kept, revision = shelf.keeper.update("fair", file, options=AS_THE_FILE_SAYS)

    assert revision is not None
    assert (revision.changes, shelf.ids("fair")) == (None, ["concert", "walk"])


@pytest.mark.parametrize("values", [{}, [], {"id": 5}, None, {"read": "soon"}])
def test_settings_that_make_no_sense_are_damaged(shelf: Shelf, values: object) -> None:
    shelf.add(shelf.file("fair.yaml", FAIR))
    (shelf.library.kept.folder / "fair" / "1" / "kept.json").write_text(json.dumps(values))

    assert shelf.library.kept.all() == []


def test_faulty_file_leaves_everything_as_it_was(shelf: Shelf) -> None:
    shelf.add(shelf.file("fair.yaml", FAIR))

    with pytest.raises(KzfestError):
        shelf.update("fair", FAIR.replace("2023-12-16 19:00", "never"))
    assert shelf.ids("fair") == ["concert", "walk"]
    assert sorted(each.name for each in (shelf.library.kept.folder / "fair").iterdir()) == ["1"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("text.txt", b"Concert on Saturday."),
        ("fair.yaml", FAIR.replace("2023-12-16 19:00", "never").encode()),
        ("fair.yaml.gz", b"\x1f\x8b damaged"),
    ],
)
def test_error_names_the_file_that_was_given(shelf: Shelf, name: str, content: bytes) -> None:
    file = shelf.folder / name
    file.write_bytes(content)

    with pytest.raises(KzfestError) as told:
        shelf.add(file)
    assert (str(file) in str(told.value), ".new-" in str(told.value)) == (True, False)


def test_leftover_of_a_killed_run_is_removed(shelf: Shelf) -> None:
    shelf.add(shelf.file("fair.yaml", FAIR))
    (shelf.library.kept.folder / ".new-killed").mkdir()
    shelf.add(shelf.file("fair.yaml", FAIR), name="other")

    assert sorted(each.name for each in shelf.library.kept.folder.iterdir()) == ["fair", "other"]
