"""The free stretches of a day: with the stops they fill it, and none of them touches a stop."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kzfest.core.clashes import Stop
from kzfest.core.gaps import Gap, free_gaps
from kzfest.programme.zones import zone

ALMATY, LONDON = zone("Asia/Almaty"), zone("Europe/London")
DAY = date(2023, 12, 16)
DAYS = [DAY, date(2024, 2, 29), date(2024, 3, 1)]


def at(hour: int, minute: int = 0) -> datetime:
    return datetime.combine(DAY, time(hour, minute), tzinfo=ALMATY)


def stop(start: datetime, end: datetime) -> Stop:
    return Stop(key=f"{start:%H:%M}", start=start, end=end)


def found(*stops: Stop) -> list[Gap]:
    return list(free_gaps(DAY, stops, ALMATY))


def minutes(moment: datetime) -> float:
    return moment.timestamp() / 60


MORNING, NOON, EVENING = stop(at(9), at(10)), stop(at(12), at(13, 30)), stop(at(22, 45), at(23, 30))


@pytest.mark.parametrize(
    ("stops", "expected"),
    [
        ([], [Gap(at(9), at(23))]),
        ([NOON], [Gap(at(9), at(12), None, NOON), Gap(at(13, 30), at(23), NOON)]),
        (
            [EVENING, NOON, MORNING],
            [Gap(at(10), at(12), MORNING, NOON), Gap(at(13, 30), at(22, 45), NOON, EVENING)],
        ),
    ],
)
def test_gaps_lie_between_the_stops_of_the_day(stops: list[Stop], expected: list[Gap]) -> None:
    assert found(*stops) == expected


def test_gap_of_half_an_hour_counts_and_less_does_not() -> None:
    first, second, third = stop(at(8), at(12)), stop(at(12, 30), at(13)), stop(at(13, 29), at(23))

    assert [(gap.start, gap.end, gap.minutes) for gap in found(first, second, third)] == [(at(12), at(12, 30), 30)]


def test_gap_follows_the_longest_of_stops_that_overlap() -> None:
    fair, lunch = stop(at(10), at(18)), stop(at(12), at(13))

    assert found(fair, lunch) == [Gap(at(9), at(10), None, fair), Gap(at(18), at(23), fair)]


def test_stops_of_other_hours_leave_the_whole_day_and_are_the_ones_around_it() -> None:
    early, late = stop(at(5), at(6)), stop(at(23, 15), at(23, 45))

    assert found(early, late) == [Gap(at(9), at(23), early, late)]


def test_stops_of_other_days_are_the_ones_around_the_day() -> None:
    week = timedelta(days=7)
    last_week, next_week = stop(at(12) - week, at(13) - week), stop(at(12) + week, at(13) + week)

    assert found(next_week, NOON, last_week) == [
        Gap(at(9), at(12), last_week, NOON),
        Gap(at(13, 30), at(23), NOON, next_week),
    ]


def test_night_train_of_the_evening_before_takes_up_the_morning() -> None:
    train = stop(at(22) - timedelta(days=1), at(12))

    assert found(train) == [Gap(at(12), at(23), train)]


def test_stop_that_begins_as_the_day_closes_is_named_after_the_gap() -> None:
    late = stop(at(23), at(23, 45))

    assert found(late) == [Gap(at(9), at(23), None, late)]


def test_stop_over_the_whole_day_leaves_none() -> None:
    assert found(stop(at(1), at(23, 30))) == []


def test_gap_beside_a_stop_of_another_zone_is_told_by_the_clocks_of_the_day() -> None:
    call = stop(datetime(2023, 12, 16, 6, tzinfo=LONDON), datetime(2023, 12, 16, 7, tzinfo=LONDON))

    assert [(gap.start.isoformat(), gap.end.isoformat()) for gap in found(call)] == [
        ("2023-12-16T09:00:00+06:00", "2023-12-16T12:00:00+06:00"),
        ("2023-12-16T13:00:00+06:00", "2023-12-16T23:00:00+06:00"),
    ]


def _stops(starts: list[tuple[int, int]], where: list[object]) -> list[Stop]:
    noon = datetime(2024, 2, 29, 6, tzinfo=UTC)  # 12:00 in Almaty
    return [
        Stop(
            key=str(number),
            start=(noon + timedelta(minutes=start)).astimezone(where[number % len(where)]),  # type: ignore[arg-type]
            end=(noon + timedelta(minutes=start + length)).astimezone(where[number % len(where)]),  # type: ignore[arg-type]
        )
        for number, (start, length) in enumerate(starts)
    ]


STOPS = st.builds(
    _stops,
    st.lists(st.tuples(st.integers(-1_500, 3_000), st.integers(1, 300)), max_size=10),
    st.lists(st.sampled_from([ALMATY, LONDON, UTC]), min_size=1, max_size=3),
)


@given(st.sampled_from(DAYS), STOPS)
@example(date(2024, 2, 29), [])
@example(
    date(2024, 2, 29),  # this night 23:00 comes twice: as the day closes, and an hour later
    [stop(datetime(2024, 2, 29, 23, fold=1, tzinfo=ALMATY), datetime(2024, 2, 29, 23, 30, fold=1, tzinfo=ALMATY))],
)
def test_gaps_and_stops_cover_the_day_except_for_pieces_under_half_an_hour(day: date, stops: list[Stop]) -> None:
    opens, closes = (minutes(datetime.combine(day, time(hour), tzinfo=ALMATY)) for hour in (9, 23))
    free = [(minutes(gap.start), minutes(gap.end)) for gap in free_gaps(day, stops, ALMATY)]
    busy = [(minutes(each.start), minutes(each.end)) for each in stops]

    assert all(opens <= start and start + 30 <= end <= closes for start, end in free)
    assert all(end <= start or other_end <= other for start, other_end in free for other, end in busy)
    assert _longest_uncovered(opens, closes, [*free, *busy]) < 30
    assert sum(_overlap(one, other) for number, one in enumerate(free) for other in free[:number]) == 0


def _longest_uncovered(start: float, end: float, pieces: list[tuple[float, float]]) -> float:
    """Return the longest run of minutes from *start* to *end* that none of *pieces* holds."""
    longest = run = 0
    for minute in range(round(start), round(end)):
        run = 0 if any(first <= minute < last for first, last in pieces) else run + 1
        longest = max(longest, run)
    return longest


def _overlap(one: tuple[float, float], other: tuple[float, float]) -> float:
    return max(0.0, min(one[1], other[1]) - max(one[0], other[0]))


@given(st.sampled_from(DAYS), STOPS)
def test_gap_names_the_nearest_stop_on_each_side(day: date, stops: list[Stop]) -> None:
    named, nearest = [], []
    for gap in free_gaps(day, stops, ALMATY):
        over = [minutes(each.end) for each in stops if minutes(each.end) <= minutes(gap.start)]
        to_come = [minutes(each.start) for each in stops if minutes(each.start) >= minutes(gap.end)]
        named.append((gap.before and minutes(gap.before.end), gap.after and minutes(gap.after.start)))
        nearest.append((max(over, default=None), min(to_come, default=None)))

    assert named == nearest
