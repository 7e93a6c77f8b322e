"""Seasons of a long programme, and days on which sources differ."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzfest.core.event_spans import EMPTY_AT_LEAST, EventSpan, disputed_spans, joined_days, seasons
from kzfest.core.model import Dispute, Event, Showing

FIRST = date(2024, 1, 1)


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


RANGES = st.tuples(st.integers(-40, 240), st.integers(0, 30)).map(lambda pair: (day(pair[0]), day(pair[0] + pair[1])))
MANY = st.lists(RANGES, max_size=8).map(sorted)


@given(MANY)
def test_joined_days_are_the_same_days_with_gaps_between(ranges: list[tuple[date, date]]) -> None:
    joined = joined_days(ranges)

    assert all_days(joined) == all_days(ranges)
    assert all(after[0] - before[1] > timedelta(days=1) for before, after in pairwise(joined))


def all_days(ranges: list[tuple[date, date]]) -> set[date]:
    return {first + timedelta(days=number) for first, last in ranges for number in range((last - first).days + 1)}


@given(MANY, st.integers(1, 200))
def test_seasons_have_every_day_and_no_long_gap(ranges: list[tuple[date, date]], length: int) -> None:
    first, last = FIRST, day(length)
    inside = [each for each in ranges if each[0] <= last and each[1] >= first]
    busy = {each for each in all_days(inside) if first <= each <= last}

    found = seasons(inside, first, last)

    assert busy <= all_days(found)
    assert all(first <= begun <= over <= last for begun, over in found)
    for begun, over in found:
        idle = run = 0
        for each in sorted(all_days([(begun, over)])):
            run = 0 if each in busy else run + 1
            idle = max(idle, run)
        assert idle < EMPTY_AT_LEAST
    gaps = [after[0] - before[1] - timedelta(days=1) for before, after in pairwise(found)]
    assert all(gap.days >= EMPTY_AT_LEAST for gap in gaps)


@pytest.mark.parametrize(
    ("disputes", "spans"),
    [
        (["start 2024-01-03"], [EventSpan("other_source", day(2), day(3), "s")]),
        (["start 2024-01-06"], [EventSpan("not_in_other_source", day(4), day(4), "s")]),
        (["end 2024-01-12"], [EventSpan("other_source", day(10), day(11), "s")]),
        (["end 2024-01-08"], [EventSpan("not_in_other_source", day(8), day(9), "s")]),
        (["end soon", "price 2024-01-02"], []),
    ],
)
def test_days_on_which_sources_differ(disputes: list[str], spans: list[EventSpan]) -> None:
    told = tuple(Dispute(field, {"en": value}, "s") for field, value in (each.split() for each in disputes))
    event = Event("fair", {"en": "Fair"}, "fair", showings=(Showing("", day(4), day(9)),), disputes=told)

    assert disputed_spans(event) == spans


def test_days_after_an_open_end_are_no_days_of_another_source_only() -> None:
    told = (Dispute("end", {"en": "2024-01-12"}, "s"),)
    event = Event("fair", {"en": "Fair"}, "fair", showings=(Showing("", day(4), open_end=True),), disputes=told)

    assert disputed_spans(event) == []
