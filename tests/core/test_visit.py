"""What a person has chosen: the order of visits, their days, and what has become of their events."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kzfest.core.model import Event, Showing
from kzfest.core.visit import Visit, same_choice, same_hours, sorted_visits, state_of
from kzfest.programme.zones import zone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kzfest.core.visit import State

ALMATY, LONDON = zone("Asia/Almaty"), zone("Europe/London")
NOW = datetime(2023, 12, 1, 12, tzinfo=ALMATY)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2023, 12, day, hour, minute, tzinfo=ALMATY)


def on(day: int) -> date:
    return date(2023, 12, day)


def visit(key: str, start: date | datetime, end: datetime | None = None, showing: Showing | None = None) -> Visit:
    return Visit(
        id=key,
        title={"en": "Concert"},
        start=start,
        end=end,
        timezone="Asia/Almaty",
        programme="astana",
        event="concert",
        showing=showing,
        venue="opera",
        changed=NOW,
    )


def event(*showings: Showing, venue: str | None = "opera") -> Event:
    return Event(id="concert", title={"en": "Concert"}, category="concert", venue=venue, showings=showings)


@pytest.mark.parametrize(
    ("start", "end", "day", "span"),
    [
        (on(17), None, on(17), None),
        (at(17, 19), at(17, 21), on(17), (at(17, 19), at(17, 21))),
        (at(18, 0, 30), at(18, 2), on(17), (at(18, 0, 30), at(18, 2))),
        (at(18, 4, 59), at(18, 6), on(17), (at(18, 4, 59), at(18, 6))),
        (at(18, 5), at(18, 6), on(18), (at(18, 5), at(18, 6))),
    ],
)
def test_visit_belongs_to_its_festival_day(
    start: date | datetime, end: datetime | None, day: date, span: tuple[datetime, datetime] | None
) -> None:
    chosen = visit("a", start, end)

    assert (chosen.day, chosen.span) == (day, span)


def test_visits_are_in_order_day_by_day_whole_days_first_then_by_the_clock() -> None:
    expected = [
        visit("z", on(16)),
        visit("b", at(16, 11), at(16, 12)),
        visit("a", at(16, 19), at(16, 21)),
        visit("c", at(16, 19), at(16, 20)),
        visit("d", at(17, 1), at(17, 2)),  # the night of the 16th
        visit("e", on(17)),
        visit("f", on(17)),
        visit("0", datetime(2023, 12, 17, 5, tzinfo=LONDON), datetime(2023, 12, 17, 6, tzinfo=LONDON)),
        visit("1", at(17, 11, 30), at(17, 12)),
    ]

    assert sorted_visits(reversed(expected)) == expected


def test_visits_before_1970_are_in_the_same_order() -> None:
    day, night = visit("b", date(1969, 12, 16)), datetime(1969, 12, 16, 19, tzinfo=ALMATY)
    evening = visit("a", night, night + timedelta(hours=1))

    assert sorted_visits([evening, day]) == [day, evening]


NIGHT = datetime(2024, 2, 29, 14, tzinfo=UTC)
"""20:00 in Almaty, four hours before the clocks are put back from midnight to 23:00."""
STARTS = st.one_of(
    st.sampled_from([date(2024, 2, 29), date(2024, 3, 1), date(1969, 12, 16)]),
    st.builds(
        lambda minutes, where: (NIGHT + timedelta(minutes=minutes)).astimezone(where),
        st.integers(0, 600),
        st.sampled_from([ALMATY, LONDON]),
    ),
)
VISITS = st.lists(STARTS, max_size=8).map(
    lambda starts: [
        visit(str(number), start, start + timedelta(hours=1) if isinstance(start, datetime) else None)
        for number, start in enumerate(starts)
    ]
)


@given(VISITS, st.data())
def test_order_of_visits_ignores_the_order_they_were_given_in(visits: list[Visit], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(visits))

    assert sorted_visits(shuffled) == sorted_visits(visits)


@given(VISITS)
@example(
    [
        visit("a", datetime(2024, 2, 29, 23, 10, fold=1, tzinfo=ALMATY), datetime(2024, 3, 1, tzinfo=ALMATY)),
        visit("b", datetime(2024, 2, 29, 23, 40, tzinfo=ALMATY), datetime(2024, 3, 1, tzinfo=ALMATY)),
    ]
)
def test_order_of_visits_never_goes_back(visits: list[Visit]) -> None:
    ordered = sorted_visits(visits)

    assert sorted(each.id for each in ordered) == sorted(each.id for each in visits)
    for one, other in pairwise(ordered):
        assert one.day <= other.day
        if one.day == other.day:
            assert one.span is None or (other.span is not None and one.span[0].timestamp() <= other.span[0].timestamp())


TIMED = Showing(id="", start=at(16, 19), end=at(16, 21))
OPEN = Showing(id="", start=at(16, 19))
DAYS = Showing(id="", start=on(16), end=on(20))
UNENDED = Showing(id="", start=on(16), open_end=True)


def timed(was: Showing = TIMED) -> Visit:
    return visit("a", was.start, at(16, 21), was)


def whole(day: int = 18, was: Showing = DAYS) -> Visit:
    return visit("a", on(day), None, was)


@pytest.mark.parametrize(
    ("chosen", "now", "expected"),
    [
        # timed
        (timed(), [TIMED], "same"),
        (timed(), [TIMED._replace(start=at(16, 20))], "moved"),
        (timed(), [TIMED._replace(end=at(16, 22))], "moved"),
        (timed(), [TIMED._replace(start=at(17, 19), end=at(17, 21))], "moved"),
        (timed(), [TIMED._replace(venue="opera")], "same"),
        (timed(), [TIMED._replace(venue="congress-centre")], "moved"),
        (timed(), [TIMED._replace(start=datetime(2023, 12, 16, 13, tzinfo=LONDON))], "same"),
        (timed(), [TIMED._replace(start=on(16), end=None)], "moved"),
        (timed(OPEN), [OPEN], "same"),
        (timed(OPEN), [OPEN._replace(open_end=True)], "moved"),
        (timed(), [], "moved"),
        # part of a timed showing
        (visit("a", at(16, 20), at(16, 21), TIMED), [TIMED], "same"),
        (visit("a", at(16, 20), at(16, 21), TIMED), [TIMED._replace(start=at(16, 18))], "moved"),
        # whole days
        (whole(), [DAYS], "same"),
        (whole(), [DAYS._replace(end=on(18))], "same"),
        (whole(), [DAYS._replace(end=on(17))], "moved"),
        (whole(), [DAYS._replace(start=on(18))], "same"),
        (whole(), [DAYS._replace(start=on(19))], "moved"),
        (whole(), [DAYS._replace(venue="congress-centre")], "moved"),
        (whole(), [DAYS._replace(start=at(18, 10), end=at(18, 12))], "moved"),
        (whole(16), [DAYS._replace(end=None)], "same"),
        (whole(17), [DAYS._replace(end=None)], "moved"),
        (whole(31, UNENDED), [UNENDED], "same"),
        (whole(31, UNENDED), [DAYS], "moved"),
        (whole(18, UNENDED), [DAYS], "same"),
        (visit("a", at(18, 14), at(18, 15), DAYS), [DAYS], "same"),
        (visit("a", at(18, 14), at(18, 15), DAYS), [DAYS._replace(end=on(17))], "moved"),
        (visit("a", at(19, 0, 30), at(19, 2), DAYS), [DAYS._replace(end=on(18))], "same"),
    ],
)
def test_state_of_a_visit_is_what_became_of_its_showing(chosen: Visit, now: Sequence[Showing], expected: State) -> None:
    assert state_of(chosen, event(*now), now) == expected


FIRST, SECOND = TIMED._replace(id="first"), TIMED._replace(id="second", start=at(17, 19), end=at(17, 21))


@pytest.mark.parametrize(
    ("was", "now", "expected"),
    [
        (FIRST, [FIRST, SECOND], "same"),
        (SECOND, [FIRST, SECOND], "same"),
        (FIRST, [SECOND], "gone"),
        (FIRST, [SECOND, SECOND._replace(id="third", start=at(18, 19), end=at(18, 21))], "gone"),
        (FIRST, [SECOND._replace(id="")], "gone"),
        (FIRST, [], "moved"),
        (FIRST, [FIRST._replace(id="renamed"), SECOND], "same"),
        (FIRST, [FIRST._replace(id="renamed", venue="congress-centre"), SECOND], "moved"),
        (SECOND, [FIRST, SECOND._replace(end=at(17, 22))], "moved"),
        (FIRST, [FIRST._replace(start=at(16, 20)), SECOND._replace(start=FIRST.start, end=FIRST.end)], "moved"),
        # a second showing is published, and the only one gets an id; or the other way round
        (TIMED, [FIRST, SECOND], "same"),
        (TIMED, [SECOND, FIRST._replace(start=at(16, 20))], "moved"),
        (FIRST, [TIMED], "same"),
        (FIRST, [TIMED._replace(venue="congress-centre")], "moved"),
    ],
)
def test_state_of_a_visit_is_that_of_its_own_showing_among_several(
    was: Showing, now: Sequence[Showing], expected: State
) -> None:
    assert state_of(visit("a", was.start, at(16, 21), was), event(*now), now) == expected


def yearly(year: int, day: int = 16) -> Showing:
    return Showing(id=f"{year}-12-{day}", start=date(year, 12, day))


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ([yearly(2022), yearly(2023), yearly(2024)], "same"),
        ([yearly(2022), yearly(2024)], "gone"),
        ([yearly(2022, 17), yearly(2023, 17), yearly(2024, 17)], "gone"),
    ],
)
def test_state_of_a_visit_to_a_repetition_is_that_of_its_day(now: Sequence[Showing], expected: State) -> None:
    repeated = event(now[0])._replace(repeats="FREQ=YEARLY")

    assert state_of(visit("a", on(16), None, yearly(2023)), repeated, now) == expected


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ([], "same"),
        ([DAYS], "same"),
        ([DAYS._replace(end=on(17))], "moved"),
        ([UNENDED], "same"),
        ([UNENDED._replace(start=on(19))], "moved"),
        ([TIMED._replace(start=at(18, 19), end=at(18, 21))], "same"),
        ([TIMED._replace(start=at(19, 1), end=at(19, 2))], "same"),
        ([TIMED], "moved"),
        ([FIRST, SECOND._replace(start=at(18, 19), end=at(18, 21))], "same"),
        ([DAYS._replace(venue="congress-centre")], "moved"),
    ],
)
def test_state_of_a_visit_on_a_day_of_ones_own_choice(now: Sequence[Showing], expected: State) -> None:
    assert state_of(visit("a", on(18)), event(*now), now) == expected


def test_state_of_a_visit_to_a_permanent_event_that_has_another_venue_now_is_moved() -> None:
    assert state_of(visit("a", on(18)), event(venue="congress-centre"), []) == "moved"


def test_state_of_a_visit_whose_event_lost_its_date_is_moved() -> None:
    assert [state_of(each, event(), []) for each in (timed(), whole())] == ["moved", "moved"]


@pytest.mark.parametrize("chosen", [timed(), whole(), visit("a", on(18))])
def test_state_of_a_visit_whose_event_left_the_programme_is_gone(chosen: Visit) -> None:
    assert state_of(chosen, None, []) == "gone"


@pytest.mark.parametrize("chosen", [timed(), whole(), visit("a", on(18))])
def test_state_of_a_visit_is_cancelled_once_its_event_is(chosen: Visit) -> None:
    showings = [chosen.showing] if chosen.showing else []
    cancelled = event(*showings)._replace(status="cancelled")
    known = replace(chosen, status="cancelled")

    found = [state_of(chosen, cancelled, showings), state_of(known, cancelled, showings)]

    assert found == ["cancelled", "same"]


def test_state_of_a_visit_is_cancelled_even_where_its_showing_is_gone() -> None:
    assert state_of(timed(), event()._replace(status="cancelled"), []) == "cancelled"


def test_state_of_an_appointment_of_ones_own_stays_the_same() -> None:
    own = replace(timed(), programme=None, event=None, showing=None, venue=None)

    assert [state_of(own, None, []), state_of(own, event(TIMED), [TIMED])] == ["same", "same"]


@pytest.mark.parametrize("fold", [0, 1])
def test_state_of_a_visit_in_an_hour_that_happens_twice_is_the_same_after_it_was_stored(fold: int) -> None:
    start = datetime(2024, 2, 29, 23, 30, fold=fold, tzinfo=ALMATY)
    showing = Showing(id="", start=start, end=datetime(2024, 3, 1, 1, tzinfo=ALMATY))
    other = showing._replace(start=start.replace(fold=1 - fold))
    stored = showing._replace(start=datetime.fromisoformat(start.isoformat()))
    chosen = visit("a", stored.start, datetime(2024, 3, 1, 1, tzinfo=ALMATY), stored)

    found = [state_of(chosen, event(now), [now]) for now in (showing, other)]

    assert found == ["same", "moved"]


@pytest.mark.parametrize("fold", [0, 1])
def test_visits_and_showings_of_an_hour_that_happens_twice_are_compared_by_their_instants(fold: int) -> None:
    start = datetime(2024, 2, 29, 23, 15, fold=fold, tzinfo=ALMATY)
    zoned = Showing(id="", start=start, end=start.replace(minute=45))
    stored = Showing(id="", start=start.astimezone(UTC), end=start.replace(minute=45).astimezone(UTC))
    other = zoned._replace(start=start.replace(fold=1 - fold))
    visits = [replace(visit("a", each.start), event=None) for each in (zoned, stored, other)]

    assert [same_hours(zoned, each) for each in (zoned, stored, other)] == [True, True, False]
    assert [visits[0].instants == each.instants for each in visits] == [True, True, False]
    assert [same_choice(visits[0]) == same_choice(each) for each in visits] == [True, True, False]
