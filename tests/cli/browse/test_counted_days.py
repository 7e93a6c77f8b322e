"""The days are counted in parts: each day once, those around the chosen day first."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kzfest.cli.browse.counted_days import DAYS_OF_A_PART, CountedDays
from kzfest.core.festival_day import days_of
from kzfest.programme.events_by_day import EventsOfDay

FEW_YEARS = st.integers(0, 2_000).map(lambda n: timedelta(days=n))


@st.composite
def ranges(draw: st.DrawFn) -> list[tuple[date, date]]:
    """Return a few ranges of days with gaps between them, the last one perhaps to the last day there is."""
    found = []
    last = date.max
    for _range in range(draw(st.integers(1, 3))):
        first = last - draw(FEW_YEARS)
        found.append((first, last))
        last = first - draw(FEW_YEARS) - timedelta(days=2)
    return found[::-1]


@given(ranges(), st.data())
def test_parts_have_each_day_once_and_the_nearest_first(given: list[tuple[date, date]], data: st.DataObject) -> None:
    days = [day for each in given for day in days_of(*each)]
    near = data.draw(st.sampled_from(days))
    counted = CountedDays(given)

    parts = list(counted.parts(near))

    assert sorted(day for several in parts for part in several for day in days_of(*part)) == days
    assert min(abs((day - near).days) for day in days_of(*parts[0][0])) <= DAYS_OF_A_PART
    assert len(parts) <= len(days).bit_length() + 1
    for several in parts:
        assert not counted.are_all
        counted.take(several, {day: EventsOfDay() for part in several for day in days_of(*part)})
    assert (counted.are_all, counted.stretches) == (True, [])


def test_day_that_is_not_counted_yet_may_have_something() -> None:
    days = CountedDays([(date(2024, 1, 1), date(2024, 1, 4))])

    days.take([(date(2024, 1, 1), date(2024, 1, 3))], {date(2024, 1, 2): EventsOfDay(begin=("fair",))})

    assert days.stretches == [[date(2024, 1, 2), date(2024, 1, 4)]]
