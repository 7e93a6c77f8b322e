"""What has changed between two versions of a programme: laws for any version, and what organisers really do."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kzfest.core.event_matching import matched
from kzfest.core.festival_day import festival_days
from kzfest.core.known_event import KnownEvent, KnownShowing, known_event
from kzfest.core.model import Event, Person, Room, Showing, Venue
from kzfest.core.revisions import EventChange, changes, compared

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kzfest.core.model import Texts

DAY = datetime(2025, 2, 1, tzinfo=UTC)
HALL, YARD = {"en": "Hall"}, {"en": "Yard"}
ANN, BOB = {"en": "Ann Lee"}, {"en": "Bob Ray"}


def at(hour: float, place: Texts | None = HALL, *, hours: float | None = 1, key: str = "", **more: Any) -> KnownShowing:
    """Return a showing at this *hour*, which may be of a later day."""
    start = DAY + timedelta(hours=hour)
    end = None if hours is None else start + timedelta(hours=hours)
    return KnownShowing(key, start, end, places=(place,) if place else (), **more)


def event(key: str, title: str, *showings: KnownShowing, **more: Any) -> KnownEvent:
    return KnownEvent(key, key, {"en": title}, showings, **more)


TANGO = event("a", "Tango night", at(18), people=(ANN,))
QUIZ = event("b", "Quiz", at(20, YARD), people=(BOB,))
FILM = event("c", "The long film", at(12), at(36), at(60))


def kinds(old: Sequence[KnownEvent], new: Sequence[KnownEvent]) -> list[tuple[str, ...]]:
    return [each.kinds for each in changes(old, new)]


# Laws

TITLES = st.sampled_from(["Tango", "Tango night", "Quiz", "Lunch", "Workshop I", "Workshop II", "Обед"])
SHOWINGS = st.builds(
    at,
    st.integers(0, 72),
    st.sampled_from([HALL, YARD, None]),
    hours=st.sampled_from([1, 2, None]),
    status=st.sampled_from(["scheduled", "cancelled"]),
)


@st.composite
def versions(draw: st.DrawFn) -> list[KnownEvent]:
    """Return a version of a programme, many of whose titles, times and places are the same."""
    count = draw(st.integers(0, 6))
    keys = draw(st.permutations(range(count)))
    return [
        event(
            f"e{key}",
            draw(TITLES),
            *draw(st.lists(SHOWINGS, max_size=3)),
            people=draw(st.sampled_from([(), (ANN,), (BOB, ANN)])),
        )
        for key in keys
    ]


@st.composite
def distinct(draw: st.DrawFn) -> list[KnownEvent]:
    """Return a version whose titles and starts are all different."""
    hours = draw(st.lists(st.integers(0, 72), unique=True, min_size=1, max_size=6))
    names = draw(st.permutations(["Tango", "Quiz", "Lunch", "Chess club", "A walk", "Fireworks"]))
    return [event(f"e{n}", names[n], at(hour), people=(ANN,)) for n, hour in enumerate(hours)]


@given(versions())
def test_nothing_has_changed_from_a_version_to_itself(version: list[KnownEvent]) -> None:
    assert changes(version, version) == []


@given(versions(), versions(), st.data())
def test_order_of_the_events_changes_nothing(old: list[KnownEvent], new: list[KnownEvent], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(old)), data.draw(st.permutations(new))

    assert sorted(compared(*shuffled), key=repr) == sorted(compared(old, new), key=repr)


@given(versions(), versions())
def test_no_event_is_in_two_pairs(old: list[KnownEvent], new: list[KnownEvent]) -> None:
    pairs = matched(old, new)

    for side, version in ((0, old), (1, new)):
        ids = [pair[side].id for pair in pairs]
        assert sorted(ids) == sorted({*ids})
        assert {*ids} <= {each.id for each in version}


@given(versions(), versions())
def test_every_event_is_compared_once(old: list[KnownEvent], new: list[KnownEvent]) -> None:
    found = compared(old, new)

    assert sorted(each.before.id for each in found if each.before) == sorted(each.id for each in old)
    assert [each.after for each in found if each.after] == new


@given(distinct())
def test_new_keys_for_all_events_change_nothing(old: list[KnownEvent]) -> None:
    new = [each._replace(id=f"new-{each.id}", key=f"new-{each.key}") for each in old]

    assert sorted(matched(old, new)) == sorted(zip(old, new, strict=True))
    assert changes(old, new) == []


@given(distinct(), st.data())
def test_event_with_another_title_is_renamed_and_nothing_else(old: list[KnownEvent], data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(old) - 1))
    renamed = old[number]._replace(title={"en": "Something else"})
    new = [*old[:number], renamed, *old[number + 1 :]]

    assert changes(old, new) == [EventChange(("renamed",), old[number], renamed)]


@given(distinct(), st.integers(73, 90), st.data())
def test_event_at_another_time_has_moved_and_nothing_else(
    old: list[KnownEvent], hour: int, data: st.DataObject
) -> None:
    number = data.draw(st.integers(0, len(old) - 1))
    moved = old[number]._replace(showings=(at(hour),))
    new = [*old[:number], moved, *old[number + 1 :]]

    (found,) = changes(old, new)
    assert (found.before, found.after, found.added) == (old[number], moved, moved.showings)
    assert found.kinds in {("moved",), ("added", "past")}


@given(distinct(), st.data())
def test_events_that_a_rolling_feed_drops_are_past(old: list[KnownEvent], data: st.DataObject) -> None:
    day = DAY.date() + timedelta(days=data.draw(st.integers(0, 3)))
    over = [each for each in old if festival_days(Showing("", *each.showings[0][1:3]))[1] < day]
    new = [each for each in old if each not in over]
    assume(new)

    assert changes(old, new) == [EventChange(("past",), each, None, past=each.showings) for each in over]


@given(distinct(), st.data())
def test_event_inserted_into_a_numbered_list_is_the_only_new_one(old: list[KnownEvent], data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(old)))
    inserted = event("x", "Something else", at(73))
    listed = [*old[:number], inserted, *old[number:]]
    old = [each._replace(key=str(n)) for n, each in enumerate(old)]
    new = [each._replace(key=str(n)) for n, each in enumerate(listed)]

    assert changes(old, new) == [EventChange(("new",), None, new[number], added=inserted.showings)]


@given(versions(), versions())
def test_new_and_gone_change_places_with_the_versions(old: list[KnownEvent], new: list[KnownEvent]) -> None:
    forth, back = changes(old, new), changes(new, old)

    def ids(found: list[EventChange], *wanted: str) -> list[str]:
        return sorted(each.event.id for each in found if {*wanted} & {*each.kinds} and not (each.before and each.after))

    assert ids(forth, "new") == ids(back, "gone", "past")
    assert ids(forth, "gone", "past") == ids(back, "new")


# One change of each kind


def test_event_that_was_not_there_is_new() -> None:
    assert changes([TANGO], [TANGO, QUIZ]) == [EventChange(("new",), None, QUIZ, added=QUIZ.showings)]


def test_event_that_is_not_there_any_more_is_gone() -> None:
    assert changes([TANGO, QUIZ], [TANGO]) == [EventChange(("gone",), QUIZ, None, dropped=QUIZ.showings)]


def test_event_at_another_time_has_moved() -> None:
    later = TANGO._replace(showings=(at(19, hours=2),))

    assert changes([TANGO, QUIZ], [later, QUIZ]) == [
        EventChange(("moved",), TANGO, later, TANGO.showings, later.showings)
    ]


def test_event_with_another_end_has_moved() -> None:
    longer = TANGO._replace(showings=(at(18, hours=2),))

    assert changes([TANGO], [longer]) == [EventChange(("moved",), TANGO, longer, TANGO.showings, longer.showings)]


def test_event_in_another_room_has_another_place() -> None:
    elsewhere = TANGO._replace(showings=(at(18, YARD),))

    assert changes([TANGO], [elsewhere]) == [EventChange(("place",), TANGO, elsewhere)]


def test_event_with_another_title_is_renamed() -> None:
    renamed = TANGO._replace(title={"en": "Milonga"})

    assert changes([TANGO], [renamed]) == [EventChange(("renamed",), TANGO, renamed)]


def test_event_with_other_people_tells_so() -> None:
    joined = TANGO._replace(people=(ANN, BOB))

    assert changes([TANGO], [joined]) == [EventChange(("people",), TANGO, joined)]


def test_further_times_are_added() -> None:
    more = FILM._replace(showings=(*FILM.showings, at(84)))

    assert changes([FILM], [more]) == [EventChange(("added",), FILM, more, added=(at(84),))]


def test_times_that_are_still_to_come_are_dropped() -> None:
    less = FILM._replace(showings=FILM.showings[::2])

    assert changes([FILM], [less]) == [EventChange(("dropped",), FILM, less, dropped=(at(36),))]


def test_times_that_are_over_are_past() -> None:
    less = FILM._replace(showings=FILM.showings[1:])

    assert changes([FILM], [less]) == [EventChange(("past",), FILM, less, past=(at(12),))]


def test_what_is_still_to_come_today_is_gone() -> None:
    old, new = [TANGO, FILM], [FILM._replace(showings=FILM.showings[1:])]

    assert [each.kinds for each in changes(old, new, today=date(2025, 2, 1))] == [("dropped",), ("gone",)]
    assert [each.kinds for each in changes(old, new, today=date(2025, 2, 2))] == [("past",), ("past",)]


def test_event_that_is_over_is_past() -> None:
    assert changes([TANGO, FILM], [FILM._replace(showings=FILM.showings[1:])])[-1] == EventChange(
        ("past",), TANGO, None, past=TANGO.showings
    )


@pytest.mark.parametrize("status", ["cancelled", "postponed"])
def test_event_that_does_not_take_place_has_that_status(status: Any) -> None:
    off = TANGO._replace(showings=(at(18, status=status),), status=status)

    assert changes([TANGO], [off]) == [EventChange((status,), TANGO, off)]
    assert changes([off], [TANGO]) == [EventChange(("restored",), off, TANGO)]
    assert changes([off], [off]) == []


def test_one_of_several_times_is_cancelled() -> None:
    off = FILM._replace(showings=(at(12), at(36, status="cancelled"), at(60)))

    assert changes([FILM], [off]) == [EventChange(("cancelled",), FILM, off)]


def test_several_kinds_are_told_in_their_order() -> None:
    other = TANGO._replace(title={"en": "Milonga"}, showings=(at(19, YARD, status="cancelled"),), people=(BOB,))

    assert kinds([TANGO, QUIZ], [other, QUIZ]) == [("cancelled", "moved", "place", "renamed", "people")]


def test_other_rule_has_moved_what_repeats() -> None:
    weekly, daily = (TANGO._replace(rule=rule) for rule in ("FREQ=WEEKLY", "FREQ=DAILY"))

    assert changes([weekly], [daily]) == [EventChange(("moved",), weekly, daily)]


# What is no change


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Tango night", "TANGO NIGHT"),
        ("Tango night", "Tango night!"),
        ("Tango night", "«Tango» – night"),
        ("Café", "Cafe"),
        ("???", "???"),
    ],
)
def test_case_punctuation_and_accents_rename_nothing(before: str, after: str) -> None:
    assert changes([event("a", before, at(18))], [event("a", after, at(18))]) == []


def test_title_in_one_language_more_renames_nothing() -> None:
    assert changes([TANGO], [TANGO._replace(title={"ru": "Ночь танго", "en": "Tango night"})]) == []


def test_part_two_is_not_part_one() -> None:
    assert kinds([event("a", "Part I", at(18))], [event("a", "Part II", at(18))]) == [("renamed",)]


def test_people_in_another_order_or_with_roles_are_the_same() -> None:
    both = TANGO._replace(people=(ANN, BOB))
    named = TANGO._replace(people=({"en": "BOB RAY (band)"}, ANN))

    assert changes([both], [named]) == []


def test_version_that_names_nobody_has_dropped_nobody() -> None:
    nobody = [each._replace(people=()) for each in (TANGO, QUIZ)]

    assert changes([TANGO, QUIZ], nobody) == []
    assert changes(nobody, [TANGO, QUIZ]) == []
    assert kinds([TANGO, QUIZ], [nobody[0], QUIZ]) == [("people",)]


def test_end_that_is_not_known_has_not_changed() -> None:
    assert changes([TANGO], [TANGO._replace(showings=(at(18, hours=None),))]) == []


def test_open_end_is_not_known_to_a_format_that_cannot_tell_so() -> None:
    ahead = event("a", "Photographs", KnownShowing("", DAY.date(), None, open_end=True))
    one_day, a_week = (
        event("a", "Photographs", KnownShowing("", DAY.date(), DAY.date() + timedelta(days=days))) for days in (0, 6)
    )

    assert changes([ahead], [one_day]) == changes([one_day], [ahead]) == []
    assert kinds([ahead], [a_week]) == [("moved",)]


def test_place_that_is_not_known_has_not_changed() -> None:
    assert changes([TANGO], [TANGO._replace(showings=(at(18, None),))]) == []


def test_same_moment_in_another_zone_has_not_moved() -> None:
    there = at(18)._replace(start=datetime(2025, 2, 1, 23, tzinfo=timezone(timedelta(hours=5))))

    assert changes([TANGO], [TANGO._replace(showings=(there,))]) == []


@pytest.mark.parametrize(
    ("places", "is_same"),
    [
        (({"en": "Room 1"}, HALL), True),
        ((HALL,), True),  # the room is not known
        (({"en": "Room 1, Hall"},), True),
        (({"en": "Room 2"}, HALL), False),
        (({"en": "Room 1"}, YARD), False),
        ((YARD,), False),
        (({"ru": "Комната 1", "en": "room 1"}, HALL), True),
        (({"en": "Room 1"},), True),  # the venue is not known
        (({"en": "Room 1 (the blue one)"}, HALL), True),
        (({"en": "Room 1, Hall, 5 Main Street"},), True),
        (({"en": "Hall, 5 Main Street"},), True),
        (({"en": "Room 1, Yard"},), False),
        (({"en": "Room 10"}, HALL), False),
        (({"en": "Room 1 B"}, HALL), False),
    ],
)
def test_place_is_its_room_and_its_venue(places: tuple[Texts, ...], is_same: bool) -> None:  # noqa: FBT001
    before = event("a", "Tango", at(18)._replace(places=({"en": "Room 1"}, HALL)))
    after = event("a", "Tango", at(18)._replace(places=places))

    assert kinds([before], [after]) == ([] if is_same else [("place",)])


def test_two_rooms_at_one_time_stay() -> None:
    both = event("a", "Registration", at(9, HALL), at(9, YARD))

    assert changes([both], [both._replace(showings=both.showings[::-1])]) == []


def test_cancelled_time_that_is_dropped_is_not_on_again() -> None:
    off = FILM._replace(showings=(at(12), at(36, status="cancelled"), at(60)))

    assert kinds([off], [FILM._replace(showings=FILM.showings[::2])]) == [("dropped",)]


def test_cancelled_event_that_moves_is_not_cancelled_again() -> None:
    off, later = (TANGO._replace(showings=(at(hour, status="cancelled"),), status="cancelled") for hour in (18, 19))

    assert kinds([off, QUIZ], [later, QUIZ]) == [("moved",)]


# What organisers do


def renewed(*events: KnownEvent) -> list[KnownEvent]:
    """Return *events* with keys that no other version has, as some programs make them at each export."""
    return [each._replace(id=f"new-{n}", key=f"new-{n}") for n, each in enumerate(events)]


def test_title_that_is_corrected_is_renamed_without_a_key() -> None:
    old = [event("a", "Tango nigth for beginers", at(18)), event("b", "Tango for experts", at(18))]

    assert kinds(old, renewed(old[0]._replace(title={"en": "Tango night for beginners"}), old[1])) == [("renamed",)]


def test_other_film_at_the_same_time_is_a_new_one() -> None:
    old, new = event("a", "Casablanca", at(18)), event("b", "Metropolis", at(18))

    assert kinds([old], [new]) == [("new",), ("gone",)]


def test_repeated_title_is_matched_by_its_day() -> None:
    lunch = [event("a", "Lunch", at(12)), event("b", "Lunch", at(36))]
    later = renewed(*(each._replace(showings=(at(12.5 + 24 * n),)) for n, each in enumerate(lunch)))

    assert [(each.kinds, each.before, each.after) for each in changes(lunch, later)] == [
        (("moved",), lunch[0], later[0]),
        (("moved",), lunch[1], later[1]),
    ]


def test_repeated_title_is_matched_in_order_within_a_day() -> None:
    breaks = [event("a", "Break", at(10)), event("b", "Break", at(15))]
    later = renewed(*(each._replace(showings=(at(11 + 5 * n),)) for n, each in enumerate(breaks)))

    assert [(each.before, each.after) for each in changes(breaks, later)] == list(zip(breaks, later, strict=True))


def test_duplicate_entry_is_no_new_event() -> None:
    assert changes([TANGO], renewed(TANGO, TANGO)) == []
    assert changes(renewed(TANGO, TANGO), [TANGO]) == []


def test_festival_that_is_put_off_has_moved_and_is_not_past() -> None:
    old = [TANGO, QUIZ, event("c", "Walk", at(40))]
    new = [each._replace(showings=tuple(_weeks_later(s) for s in each.showings)) for each in old]

    assert kinds(old, new) == [("moved",)] * 3


def test_festival_of_which_the_clocks_change_has_moved_by_days() -> None:
    winter, summer = timezone(timedelta(hours=1)), timezone(timedelta(hours=2))
    old = [
        event("a", "Tango", KnownShowing("", datetime(2025, 3, 22, 18, tzinfo=winter))),
        event("b", "Quiz", KnownShowing("", datetime(2025, 3, 23, 18, tzinfo=winter))),
    ]
    new = [
        event("a", "Tango", KnownShowing("", datetime(2025, 3, 29, 18, tzinfo=winter))),
        event("b", "Quiz", KnownShowing("", datetime(2025, 3, 30, 18, tzinfo=summer))),
    ]

    assert kinds(old, new) == [("moved",)] * 2


def test_event_that_is_split_at_its_times_has_not_changed() -> None:
    parts = renewed(*(FILM._replace(showings=(each,)) for each in FILM.showings))

    assert changes([FILM], parts) == []
    assert changes(parts, [FILM]) == []


def test_numbers_that_belong_to_other_events_decide_nothing() -> None:
    old = [event(str(n), f"Talk about {word}", at(9 + n)) for n, word in enumerate(["bees", "cars", "dogs", "eels"])]
    new = [each._replace(key=str(n)) for n, each in enumerate(old[1:])]

    assert changes(old, new) == [EventChange(("gone",), old[0], None, dropped=old[0].showings)]


def test_key_that_is_no_number_is_enough() -> None:
    old, new = event("grand-opening", "Opening", at(10)), event("grand-opening", "Welcome to all", at(12, YARD))
    numbered = [each._replace(key="https://fest.example/event/7") for each in (old, new)]

    assert kinds([old], [new]) == [("moved", "place", "renamed")]
    assert kinds(numbered[:1], numbered[1:]) == [("new",), ("gone",)]


def test_two_events_that_change_places_have_moved() -> None:
    one, other = TANGO._replace(showings=(at(20),)), QUIZ._replace(showings=(at(18, YARD),))

    assert kinds([TANGO, QUIZ], [one, other]) == [("moved",), ("moved",)]


# From the model


def test_known_event_has_the_places_and_the_status_of_each_showing() -> None:
    venue = Venue("hall", {"en": "Hall"}, rooms={"r": Room({"en": "Room"})})
    made = Event(
        "tango",
        {"en": "Tango"},
        "dance",
        venue="hall",
        showings=(
            Showing("1", DAY, room="r"),
            Showing("2", DAY + timedelta(days=1), status="cancelled"),
        ),
        people=(Person({"en": "Ann"}),),
        revision=2,
        changed=date(2025, 1, 1),
    )

    assert known_event(made, key="guid", venues={"hall": venue}) == KnownEvent(
        "tango",
        "guid",
        {"en": "Tango"},
        (
            KnownShowing("1", DAY, places=({"en": "Room"}, {"en": "Hall"})),
            KnownShowing("2", DAY + timedelta(days=1), places=({"en": "Hall"},), status="cancelled"),
        ),
        ({"en": "Hall"},),
        revision=2,
        changed=date(2025, 1, 1),
        people=({"en": "Ann"},),
    )


@pytest.mark.parametrize(
    ("title", "bare", "status"),
    [
        ("CANCELLED: Tango", "Tango", "cancelled"),
        ("[Canceled] Tango", "Tango", "cancelled"),
        ("CANCELLED Tango", "Tango", "cancelled"),
        ("Tango (abgesagt)", "Tango", "cancelled"),
        ("Tango – ОТМЕНЕНО!", "Tango", "cancelled"),
        ("Болмайды: Tango", "Tango", "cancelled"),
        ("POSTPONED - Tango", "Tango", "postponed"),
        ("Cancelled flights: what to do", "Cancelled flights: what to do", "scheduled"),
        ("CANCELLED", "CANCELLED", "scheduled"),
        ("Why we cancelled", "Why we cancelled", "scheduled"),
    ],
)
def test_title_may_tell_the_status(title: str, bare: str, status: Any) -> None:
    made = Event("tango", {"en": title}, "dance", showings=(Showing("", DAY),))

    assert known_event(made, key="a", venues={}) == KnownEvent(
        "tango", "a", {"en": bare}, (KnownShowing("", DAY, status=status),), status=status
    )


def _weeks_later(showing: KnownShowing) -> KnownShowing:
    week = timedelta(weeks=1)
    return showing._replace(start=showing.start + week, end=showing.end and showing.end + week)
