"""Which visits cannot both be kept: the words of the contract, tried on all pairs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import combinations
from math import ceil, floor

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kzfest.core.clashes import Clash, Stop, clashes, judge, way_to
from kzfest.core.model import Location
from kzfest.core.travel import BUFFER_MINUTES, BY, By, Way, distance_km
from kzfest.programme.zones import zone

ALMATY, LONDON = zone("Asia/Almaty"), zone("Europe/London")


def spot(latitude: float, longitude: float, *, exact: bool = True) -> Location:
    return Location(latitude=latitude, longitude=longitude, accuracy="building" if exact else "approximate")


PLACES: dict[str | None, Location | None] = {
    None: None,
    "unknown-hall": None,
    "khan-shatyr": spot(51.1325, 71.4039),
    "baiterek": spot(51.1283, 71.4305),
    "baiterek-terrace": spot(51.1283, 71.4311),  # 42 m away
    "mega": spot(51.0896, 71.4066, exact=False),
    "almaty-opera": spot(43.2500, 76.9450),
}


def stop(key: str, start: datetime, end: datetime, place: str | None = None) -> Stop:
    return Stop(key=key, start=start, end=end, place=place, location=PLACES[place])


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2023, 12, 16, hour, minute, tzinfo=ALMATY)


def clash_of(one: Stop, other: Stop, by: By) -> Clash | None:
    """Return what the contract says of two stops, in exact fractions of a minute."""
    first, second = sorted((one, other), key=lambda each: (each.start.timestamp(), each.end.timestamp(), each.key))
    has = Fraction(second.start.timestamp() - first.end.timestamp()) / 60
    known = first.location is not None and second.location is not None
    if first.place is not None and first.place == second.place:
        needs: int | None = 0
    elif first.location is not None and second.location is not None:
        km = distance_km(first.location, second.location) * 1.3
        hours = km / 4.5 if by == "walk" else min(km, 20) / 25 + max(km - 20, 0) / 80
        apart = km / 1.3 > 0.05
        needs = ceil(round(hours * 60, 6)) + BUFFER_MINUTES if apart else 0
    else:
        needs = None
    if has < 0:
        verdict = "overlap"
    elif needs is not None and has < needs:
        verdict = "tight"
    else:
        return None
    rough = known and first.place != second.place and "mega" in {first.place, second.place}
    return Clash(
        first=first.key,
        second=second.key,
        verdict="overlap" if verdict == "overlap" else "tight",
        has=floor(has),
        needs=needs,
        estimate=rough,
    )


NIGHT = datetime(2024, 2, 29, 14, tzinfo=UTC)
"""20:00 in Almaty, four hours before the clocks are put back from midnight to 23:00."""
MOMENTS = st.builds(
    lambda seconds, where: (NIGHT + timedelta(seconds=seconds)).astimezone(where),
    st.one_of(st.integers(0, 600).map(lambda minutes: minutes * 60), st.integers(0, 36_000)),
    st.sampled_from([ALMATY, ALMATY, LONDON, UTC]),
)
STAYS = st.builds(
    lambda start, seconds, place: (start, (start.astimezone(UTC) + seconds).astimezone(start.tzinfo), place),
    MOMENTS,
    st.one_of(
        st.sampled_from([15, 30, 60, 120]).map(lambda minutes: timedelta(minutes=minutes)),
        st.integers(1, 40_000).map(lambda seconds: timedelta(seconds=seconds)),
    ),
    st.sampled_from(list(PLACES)),
)
STOPS = st.lists(STAYS, max_size=9).map(
    lambda stays: [stop(str(number), start, end, place) for number, (start, end, place) in enumerate(stays)]
)


@given(STOPS, st.sampled_from(BY))
@example(
    [  # the second hour from 23:00 to midnight comes after the first, whatever the clock says
        stop("1", datetime(2024, 2, 29, 23, 10, fold=1, tzinfo=ALMATY), datetime(2024, 3, 1, 0, 0, tzinfo=ALMATY)),
        stop("2", datetime(2024, 2, 29, 23, 40, tzinfo=ALMATY), datetime(2024, 2, 29, 23, 5, fold=1, tzinfo=ALMATY)),
    ],
    "walk",
)
@example(
    [
        stop("1", datetime(2024, 2, 29, 22, 0, tzinfo=ALMATY), datetime(2024, 2, 29, 23, 10, fold=1, tzinfo=ALMATY)),
        stop("2", datetime(2024, 2, 29, 23, 40, tzinfo=ALMATY), datetime(2024, 2, 29, 23, 50, tzinfo=ALMATY)),
    ],
    "walk",
)
def test_clashes_are_those_of_all_pairs_judged_by_the_contract(stops: list[Stop], by: By) -> None:
    expected = [clash for one, other in combinations(stops, 2) if (clash := clash_of(one, other, by))]

    found = list(clashes(stops, by))

    assert sorted(found, key=repr) == sorted(expected, key=repr)


@given(STOPS, st.sampled_from(BY), st.randoms(use_true_random=False))
def test_clashes_do_not_depend_on_the_order_of_what_is_given(stops: list[Stop], by: By, chance: st.DataObject) -> None:
    shuffled = list(stops)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]

    assert list(clashes(shuffled, by)) == list(clashes(stops, by))


@given(STOPS, st.sampled_from(BY))
def test_clashes_come_in_the_order_of_their_starts(stops: list[Stop], by: By) -> None:
    ordered = sorted(stops, key=lambda each: (each.start.timestamp(), each.end.timestamp(), each.key))
    number = {each.key: place for place, each in enumerate(ordered)}

    found = [(number[clash.first], number[clash.second]) for clash in clashes(stops, by)]

    assert found == sorted(found)
    assert all(first < second for first, second in found)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (stop("a", at(10), at(12)), stop("b", at(12), at(13)), ("fine", 0, None)),
        (stop("a", at(10), at(12)), stop("b", at(11, 59), at(13)), ("overlap", -1, None)),
        (stop("a", at(10), at(18)), stop("b", at(11), at(12)), ("overlap", -420, None)),
        (stop("a", at(10), at(12), "baiterek"), stop("b", at(12), at(13), "baiterek"), ("fine", 0, 0)),
        (stop("a", at(10), at(12), "baiterek"), stop("b", at(11), at(13), "baiterek"), ("overlap", -60, 0)),
        (stop("a", at(10), at(12), "unknown-hall"), stop("b", at(12), at(13), "unknown-hall"), ("fine", 0, 0)),
        (stop("a", at(10), at(12), "baiterek"), stop("b", at(12), at(13), "unknown-hall"), ("fine", 0, None)),
        (stop("a", at(10), at(12), "baiterek"), stop("b", at(12), at(13)), ("fine", 0, None)),
        (stop("a", at(10), at(12), "baiterek"), stop("b", at(12, 43), at(13), "khan-shatyr"), ("tight", 43, 44)),
        (stop("a", at(10), at(12), "baiterek"), stop("b", at(12, 44), at(13), "khan-shatyr"), ("fine", 44, 44)),
        (stop("a", at(10), at(12), "baiterek"), stop("b", at(12), at(13), "baiterek-terrace"), ("fine", 0, 0)),
        (stop("a", at(10), at(10)), stop("b", at(10), at(10)), ("fine", 0, None)),
        (stop("a", at(10), at(10)), stop("b", at(10), at(12)), ("fine", 0, None)),
        (stop("a", at(10), at(12), "baiterek"), stop("b", at(11), at(11), "khan-shatyr"), ("fine", -60, 44)),
    ],
)
def test_pair_is_judged_half_open_with_its_numbers(
    first: Stop, second: Stop, expected: tuple[str, int, int | None]
) -> None:
    found = judge(first, second, "walk")

    assert (found.verdict, found.has, found.needs) == expected


def test_pair_that_is_short_of_seconds_only_is_tight() -> None:
    first = stop("a", at(10), at(12), "baiterek")
    second = stop("b", at(12, 43) + timedelta(seconds=59), at(13), "khan-shatyr")

    assert list(clashes([first, second], "walk")) == [
        Clash(first="a", second="b", verdict="tight", has=43, needs=44, estimate=False)
    ]


def test_clash_counts_an_estimated_way_and_says_so() -> None:
    stops = [stop("a", at(10), at(12), "baiterek"), stop("b", at(12, 5), at(13), "mega")]

    assert list(clashes(stops, "car")) == [
        Clash(first="a", second="b", verdict="tight", has=5, needs=25, estimate=True)
    ]


def test_clash_is_found_with_a_stop_that_began_long_before_and_with_a_far_place_days_later() -> None:
    day = timedelta(days=1)
    stops = [
        stop("fair", at(10), at(10) + 3 * day),
        stop("lunch", at(12), at(13), "baiterek"),
        stop("opera", at(12) + 2 * day, at(13) + 2 * day, "almaty-opera"),
    ]

    found = [(clash.first, clash.second, clash.verdict) for clash in clashes(stops, "walk")]

    assert found == [("fair", "lunch", "overlap"), ("fair", "opera", "overlap"), ("lunch", "opera", "tight")]


def test_way_between_stops_is_nothing_in_one_place_and_unknown_where_a_place_is() -> None:
    here, there = stop("a", at(10), at(12), "baiterek"), stop("b", at(12), at(13), "khan-shatyr")
    ways = [way_to(here, other, "car") for other in (replace(here, key="c"), there, replace(there, location=None))]

    assert ways == [Way(0, "car", estimate=False), Way(6, "car", estimate=False), None]
