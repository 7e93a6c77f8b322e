"""The way from one place to another: its minutes, and when they are an estimate."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzfest.core.model import Accuracy, Location
from kzfest.core.travel import BY, By, Way, way_between


def place(latitude: float, longitude: float, accuracy: Accuracy = "building") -> Location:
    return Location(latitude=latitude, longitude=longitude, accuracy=accuracy)


KHAN_SHATYR, BAITEREK = place(51.1325, 71.4039), place(51.1283, 71.4305)
ASTANA, ALMATY = place(51.16, 71.43), place(43.24, 76.95)
PLACES = st.builds(place, st.floats(-90, 90), st.floats(-180, 180))
WAYS = st.sampled_from(BY)


@pytest.mark.parametrize(
    ("there", "by", "minutes"),
    [
        (place(0, 0), "walk", 0),
        (place(0, 0), "car", 0),
        (place(0, 0.00044), "walk", 0),  # 49 m: rooms of one house
        (place(0, 0.00044, "approximate"), "car", 0),
        (place(0, 0.00046), "walk", 1),  # 51 m
        (place(0, 0.00046), "car", 1),
        (place(0, 0.001), "walk", 2),  # 111 m, 145 with the windings: 1.93 min at 4.5 km/h
        (place(0, 0.001), "car", 1),  # 0.35 min
        (place(0, 0.01), "walk", 20),  # 1.112 km, 1.446 with the windings: 19.27 min
        (place(0, 0.01), "car", 4),  # 3.47 min at 25 km/h
        (place(0, 1), "car", 142),  # 111.195 km, 144.554 with them: 48 min for 20 km, 93.4 for 124.554 at 80 km/h
        (place(0, 1), "walk", 1928),  # 1927.4 min
    ],
)
def test_way_is_the_great_circle_with_the_windings_of_streets(there: Location, by: By, minutes: int) -> None:
    assert way_between(place(0, 0), there, by) == Way(minutes, by, estimate=there.accuracy != "building")


def test_way_in_astana_and_out_of_it_is_what_a_map_would_say() -> None:
    ways = [
        way_between(KHAN_SHATYR, BAITEREK, "walk").minutes,
        way_between(KHAN_SHATYR, BAITEREK, "car").minutes,
        way_between(ASTANA, ALMATY, "car").minutes // 60,
    ]

    assert ways == [34, 6, 16]


@pytest.mark.parametrize(
    ("here", "there", "estimate"),
    [
        ("building", "building", False),
        ("building", "street", True),
        ("street", "building", True),
        ("street", "street", True),
        ("approximate", "building", True),
        ("approximate", "approximate", True),
    ],
)
def test_way_is_an_estimate_where_a_place_is_known_roughly(here: Accuracy, there: Accuracy, *, estimate: bool) -> None:
    assert way_between(place(0, 0, here), place(0, 0.001, there), "car") == Way(1, "car", estimate=estimate)


@given(PLACES, PLACES, WAYS)
def test_way_back_is_as_long_and_no_way_is_shorter_than_nothing(here: Location, there: Location, by: By) -> None:
    way = way_between(here, there, by)

    assert way.minutes >= 0
    assert abs(way.minutes - way_between(there, here, by).minutes) <= 1  # a float's last digit, rounded up


@given(PLACES, PLACES)
def test_way_by_car_is_never_longer_than_on_foot(here: Location, there: Location) -> None:
    assert way_between(here, there, "car").minutes <= way_between(here, there, "walk").minutes
