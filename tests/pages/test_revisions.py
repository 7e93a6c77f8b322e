"""The page of what has changed: one row for each event, one for many alike, and the numbers."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from kzfest.core.known_event import KnownEvent, KnownShowing
from kzfest.core.revisions import EventChange, changes
from kzfest.formats.page import Paragraph, Table, plain
from kzfest.pages.revisions import changes_of_events_page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kzfest.core.model import Texts
    from kzfest.formats.page import Page

DAY = datetime(2025, 2, 1, tzinfo=UTC)
HALL, YARD = {"en": "Hall"}, {"en": "Yard"}
ANN, BOB = {"en": "Ann Lee (voice)"}, {"en": "Bob Ray"}


def at(hour: float, place: Texts | None = None, *, minutes: int | None = 60, **more: Any) -> KnownShowing:
    start = DAY + timedelta(hours=hour)
    end = None if minutes is None else start + timedelta(minutes=minutes)
    return KnownShowing("", start, end, places=(place,) if place else (), **more)


def event(key: str, *showings: KnownShowing, title: str = "Tango", **more: Any) -> KnownEvent:
    return KnownEvent(key, key, {"en": title}, showings, **more)


def shown(page: Page) -> list[str]:
    """Return the text of each paragraph, and of each row without its id."""
    found = []
    for block in page:
        if isinstance(block, Paragraph):
            found += [plain(each) for each in (block.line, *block.more)]
        elif isinstance(block, Table):
            found += [" | ".join(map(plain, row[:3])) for section in block.sections for row in section.rows]
    return found


def rows(before: KnownEvent | None, after: KnownEvent | None) -> list[str]:
    """Return the rows of the page of one change."""
    found = changes([before] if before else [], [after] if after else [])
    return shown(changes_of_events_page(found, language="en"))[1:]


@pytest.mark.parametrize(
    ("before", "after", "row"),
    [
        (None, event("a", at(18, HALL)), "new | Tango | Sat 1 Feb, 18:00–19:00 · Hall"),
        (None, event("a"), "new | Tango | "),
        (None, event("a", at(18), status="cancelled"), "new | Tango | cancelled · Sat 1 Feb, 18:00–19:00"),
        (event("a", at(18, HALL)), None, "gone | Tango | Sat 1 Feb, 18:00–19:00 · Hall"),
        (event("a", at(18)), event("a", at(19)), "moved | Tango | Sat 1 Feb, 18:00–19:00 → 19:00–20:00"),
        (
            event("a", at(18)),
            event("a", at(42, minutes=None)),
            "moved | Tango | Sat 1 Feb, 18:00–19:00 → Sun 2 Feb, 18:00",
        ),
        (event("a", at(18)), event("a", at(18, minutes=90)), "moved | Tango | Sat 1 Feb, 18:00–19:00 → 18:00–19:30"),
        (
            event("a", at(18)),
            event("a", at(20, minutes=26 * 60)),
            "moved | Tango | Sat 1 Feb, 18:00–19:00 → Sat 1 Feb, 20:00 – 2 Feb, 22:00",
        ),
        (event("a", at(18)), event("a"), "fewer times | Tango | Sat 1 Feb, 18:00–19:00 → date not announced"),
        (event("a"), event("a", at(18)), "further times | Tango | date not announced → Sat 1 Feb, 18:00–19:00"),
        (event("a", at(18)), event("a", at(18), at(42)), "further times | Tango | also Sun 2 Feb, 18:00–19:00"),
        (event("a", at(18), at(42)), event("a", at(18)), "fewer times | Tango | no longer Sun 2 Feb, 18:00–19:00"),
        (
            event("a", at(18), at(42)),
            event("a", at(18), at(66), at(90)),
            (
                "moved | Tango | no longer Sun 2 Feb, 18:00–19:00 · also Mon 3 Feb, 18:00–19:00"
                " · also Tue 4 Feb, 18:00–19:00"
            ),
        ),
        (
            event("a", at(18), rule="FREQ=WEEKLY"),
            event("a", at(18), rule="FREQ=DAILY"),
            "moved | Tango | repeats on other days",
        ),
        (
            event("a", at(18, HALL)),
            event("a", at(18, YARD)),
            "other place | Tango | Hall → Yard · Sat 1 Feb, 18:00–19:00",
        ),
        (
            event("a", at(18), people=(ANN,)),
            event("a", at(18), people=(BOB,)),
            "other people | Tango | now with Bob Ray · no longer with Ann Lee · Sat 1 Feb, 18:00–19:00",
        ),
        (event("a", at(18)), event("a", at(18), title="Milonga"), "renamed | Tango → Milonga | Sat 1 Feb, 18:00–19:00"),
        (
            event("a", at(18), at(42)),
            event("a", at(18), at(42, status="cancelled")),
            "cancelled | Tango | Sun 2 Feb, 18:00–19:00",
        ),
        (event("a", at(18, status="postponed")), event("a", at(18)), "on again | Tango | Sat 1 Feb, 18:00–19:00"),
    ],
)
def test_row_tells_what_has_changed(before: KnownEvent | None, after: KnownEvent | None, row: str) -> None:
    assert rows(before, after) == [row]


def test_days_are_told_without_hours() -> None:
    before, after = (
        event("a", KnownShowing("", date(2025, 2, day), date(2025, 2, last))) for day, last in ((1, 1), (3, 9))
    )
    ahead = after._replace(showings=(KnownShowing("", date(2025, 2, 3), None, open_end=True),))

    assert rows(before, after) == ["moved | Tango | Sat 1 Feb → 3–9 Feb"]
    assert rows(before, ahead) == ["moved | Tango | Sat 1 Feb → from Mon 3 Feb"]


def test_room_of_the_same_venue_is_told_alone() -> None:
    rooms = [(at(18)._replace(places=({"en": name}, HALL)),) for name in ("Room 1", "Room 2")]

    assert rows(*(event("a", *each) for each in rooms)) == [
        "other place | Tango | Room 1 → Room 2 · Sat 1 Feb, 18:00–19:00"
    ]


def test_many_times_are_counted() -> None:
    more = [at(18 + 24 * n) for n in range(7)]

    assert rows(event("a", more[0]), event("a", *more)) == [
        (
            "further times | Tango | also Sun 2 Feb, 18:00–19:00 · also Mon 3 Feb, 18:00–19:00"
            " · also Tue 4 Feb, 18:00–19:00 · and 3 more"
        )
    ]


def test_numbers_come_first_and_what_is_planned_before_what_is_not() -> None:
    old = [event("a", at(18), title="Quiz"), event("b", at(19), title="Film"), event("c", at(20), people=(ANN,))]
    new = [event("b", at(21), title="Film"), event("c", at(20), people=(BOB,)), event("d", at(9), title="Walk")]

    assert shown(changes_of_events_page(changes(old, new), language="en", planned={"c"})) == [
        "1 new, 1 gone, 1 moved, 1 with other people; 1 of these events is in your plan",
        "other people | Tango · in your plan | now with Bob Ray · no longer with Ann Lee · Sat 1 Feb, 20:00–21:00",
        "gone | Quiz | Sat 1 Feb, 18:00–19:00",
        "moved | Film | Sat 1 Feb, 19:00–20:00 → 21:00–22:00",
        "new | Walk | Sat 1 Feb, 09:00–10:00",
    ]


def test_what_is_over_is_counted() -> None:
    film = event("f", at(12), at(60), title="Film")
    old = [event("a", at(18)), event("b", at(19), title="Quiz"), film]

    assert shown(changes_of_events_page(changes(old, [film._replace(showings=(at(60),))]), language="en")) == [
        "2 events are over and are no longer listed",
        "1 time of other events is over and is no longer listed",
    ]


def test_nothing_is_an_empty_page() -> None:
    assert changes_of_events_page([], language="en") == []


def test_room_with_another_name_is_told_once() -> None:
    old = [event(f"e{n}", at(9 + n, HALL), title=f"Talk {n}") for n in range(6)]
    new = [each._replace(showings=(each.showings[0]._replace(places=(YARD,)),)) for each in old]

    assert shown(changes_of_events_page(changes(old, new), language="en", planned={"e3"})) == [
        "6 at another place; 1 of these events is in your plan",
        "other place | Talk 3 · in your plan | Hall → Yard · Sat 1 Feb, 12:00–13:00",
        "other place | 5 events | Hall → Yard",
    ]


@pytest.mark.parametrize(
    ("by", "told"),
    [
        (timedelta(hours=1, minutes=30), "1 h 30 min later"),
        (timedelta(days=7), "7 days later"),
        (timedelta(days=-1), "1 day earlier"),
    ],
)
def test_festival_that_has_moved_is_told_once(by: timedelta, told: str) -> None:
    old = [event(f"e{n}", at(9 + n), title=f"Talk {n}") for n in range(20)]
    new = [_later(each, by) for each in old]

    assert shown(changes_of_events_page(changes(old, new), language="en")) == [
        "20 moved",
        f"moved | 20 events | {told}",
    ]


def test_other_lengths_are_told_one_by_one() -> None:
    old = [event(f"e{n}", at(9 + n), title=f"Talk {n}") for n in range(20)]
    new = [each._replace(showings=(at(10 + n, minutes=n + 1),)) for n, each in enumerate(old)]

    assert len(shown(changes_of_events_page(changes(old, new), language="en"))) == 21


def test_years_are_told_of_what_is_far_away() -> None:
    found = [
        EventChange(("new",), None, each, added=each.showings)
        for each in (event("a", at(18)), event("b", at(24 * 365 + 18), title="Quiz"))
    ]

    assert shown(changes_of_events_page(found, language="en"))[1:] == [
        "new | Tango | Sat 1 Feb, 18:00–19:00",
        "new | Quiz | Sun 1 Feb 2026, 18:00–19:00",
    ]


def _later(each: KnownEvent, by: timedelta) -> KnownEvent:
    moved: Sequence[KnownShowing] = [
        showing._replace(start=showing.start + by, end=showing.end and showing.end + by) for showing in each.showings
    ]
    return each._replace(showings=tuple(moved))
