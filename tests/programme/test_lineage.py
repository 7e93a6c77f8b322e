"""What the events of a new version have from earlier versions: ids, days of change and revisions."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from kzfest.core.known_event import KnownEvent, KnownShowing
from kzfest.core.revisions import compared
from kzfest.programme.lineage import FIRST_VERSION, Inherited, Lineage, apply_lineage, lineage_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from kzfest.programme.database.catalogue import Catalogue

DAY = date(2025, 1, 10)
SIX = datetime(2025, 2, 1, 18, tzinfo=UTC)
SEVEN = SIX.replace(hour=19)


def known(key: str, title: str, start: datetime = SIX, *, event_id: str | None = None, revision: int = 0) -> KnownEvent:
    """Return an event as a version has it."""
    return KnownEvent(event_id or key, key, {"en": title}, (KnownShowing("", start),), revision=revision)


def test_event_that_has_not_changed_has_nothing_new() -> None:
    events = [known("a", "Talk")]

    assert lineage_of(compared(events, events), FIRST_VERSION, day=DAY) == FIRST_VERSION


def test_event_under_another_id_keeps_its_own() -> None:
    found = compared([known("a", "Talk")], [known("z", "Talk")])

    assert lineage_of(found, FIRST_VERSION, day=DAY) == Lineage({"z": Inherited("a")})


def test_event_that_moved_has_a_day_of_change_and_a_higher_revision() -> None:
    found = compared([known("a", "Talk", revision=3)], [known("a", "Talk", SEVEN)])

    assert lineage_of(found, FIRST_VERSION, day=DAY) == Lineage({"a": Inherited(None, "2025-01-10", 4)})


def test_event_that_was_renamed_has_a_day_of_change_only() -> None:
    found = compared([known("a", "Talk")], [known("a", "Speech")])

    assert lineage_of(found, FIRST_VERSION, day=DAY) == Lineage({"a": Inherited(None, "2025-01-10")})


def test_revision_never_falls_below_that_of_an_earlier_version() -> None:
    found = compared([known("a", "Talk", revision=5)], [known("a", "Talk", revision=1)])

    assert lineage_of(found, FIRST_VERSION, day=DAY) == Lineage({"a": Inherited(revision=5)})


def test_higher_revision_of_the_file_counts() -> None:
    found = compared([known("a", "Talk", revision=1)], [known("a", "Talk", SEVEN, revision=7)])

    assert lineage_of(found, FIRST_VERSION, day=DAY) == Lineage({"a": Inherited(changed="2025-01-10")})


def test_two_events_that_exchange_their_ids_keep_them() -> None:
    old = [known("a", "Talk"), known("b", "Dance", SEVEN)]
    new = [known("b", "Talk"), known("a", "Dance", SEVEN)]

    assert lineage_of(compared(old, new), FIRST_VERSION, day=DAY) == Lineage({"b": Inherited("a"), "a": Inherited("b")})


def test_new_event_does_not_take_the_id_of_one_that_is_gone() -> None:
    old = [known("a", "Talk"), known("b", "Dance", SEVEN), known("c", "Walk"), known("d", "Run")]
    new = [
        known("a", "Breakfast", SIX.replace(hour=7)),
        known("b", "Lunch", SIX.replace(hour=12)),
        known("c", "Dinner", SIX.replace(hour=20)),
        known("d", "Run"),
    ]

    lineage = lineage_of(compared(old, new), FIRST_VERSION, day=DAY)

    assert {key: each.id for key, each in lineage.events.items()} == {"a": "a-2", "b": "b-2", "c": "c-2"}
    assert dict(lineage.gone) == {key: Inherited(key, None, 0) for key in "abc"}


def test_event_that_comes_back_has_its_id_and_revision_again() -> None:
    gone = lineage_of(compared([known("k", "Talk", event_id="old", revision=4)], []), FIRST_VERSION, day=DAY)

    again = lineage_of(compared([], [known("k", "Talk", event_id="new")]), gone, day=date(2025, 1, 20))

    assert gone == Lineage({}, {"k": Inherited("old", None, 4)})
    assert again == Lineage({"new": Inherited("old", "2025-01-20", 4)})


def test_lineage_is_the_same_after_it_was_kept() -> None:
    lineage = Lineage({"a": Inherited("b", "2025-01-10", 4)}, {"k": Inherited("old", None, 1)})

    assert Lineage.of_values(lineage.as_values()) == lineage


TWO = """
format: 1
programme: {id: fair, title: Fair, timezone: Asia/Almaty, revised: 2023-12-01}
events:
  - {id: one, title: One, category: talk, start: 2023-12-16 19:00}
  - {id: two, title: Two, category: talk, start: 2023-12-17 19:00, parent: one, changed: 2023-12-05}
"""


def test_catalogue_has_what_events_inherit(catalogue: Callable[[str], Catalogue]) -> None:
    found = catalogue(TWO)
    lineage = Lineage(
        {"one": Inherited("two", "2023-12-10", 3), "two": Inherited("one", "2023-12-04"), "none": Inherited("x")}
    )

    with closing(sqlite3.connect(":memory:")) as copy:
        found.database.backup(copy)
        apply_lineage(copy, lineage)
        rows = copy.execute(
            "SELECT id, changed, json_extract(record, '$.revision', '$.parent') FROM event ORDER BY number"
        ).fetchall()
        labels = copy.execute("SELECT key, event, shown FROM label WHERE kind = 'parent'").fetchall()

    assert rows == [("two", "2023-12-10", '["3",null]'), ("one", "2023-12-04", '[null,"two"]')]
    assert labels == [("two", 2, "two")]
