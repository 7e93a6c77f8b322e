"""Distances between places, against those that maps give."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzfest.core.model import Location
from kzfest.core.travel import distance_km


def place(latitude: float, longitude: float) -> Location:
    return Location(latitude=latitude, longitude=longitude, accuracy="approximate")


ASTANA, ALMATY, LONDON, SYDNEY = place(51.16, 71.43), place(43.24, 76.95), place(51.51, -0.13), place(-33.87, 151.21)
KHAN_SHATYR, BAITEREK = place(51.1325, 71.4039), place(51.1283, 71.4305)

PLACES = st.builds(place, st.floats(-90, 90), st.floats(-180, 180))


@pytest.mark.parametrize(
    ("here", "there", "km"),
    [
        (ASTANA, ALMATY, 970),
        (ASTANA, LONDON, 4_760),
        (LONDON, SYDNEY, 16_990),
        (KHAN_SHATYR, BAITEREK, 1.91),
        (place(0, 0), place(0, 1), 111.2),
        (place(0, 179.5), place(0, -179.5), 111.2),
        (place(90, 0), place(-90, 0), 20_015),
        (place(0, 0), place(0, 180), 20_015),
        (place(90, 12), place(90, -70), 0),
        (ASTANA, ASTANA, 0),
    ],
)
def test_distance_is_that_of_the_map(here: Location, there: Location, km: float) -> None:
    assert distance_km(here, there) == pytest.approx(km, rel=0.01, abs=1e-9)


@given(PLACES, PLACES, PLACES)
def test_distance_is_the_same_both_ways_and_no_way_round_is_shorter(
    one: Location, two: Location, via: Location
) -> None:
    direct = distance_km(one, two)

    assert direct == pytest.approx(distance_km(two, one))
    assert 0 <= direct <= 20_016
    assert direct <= distance_km(one, via) + distance_km(via, two) + 1e-3


@given(PLACES)
def test_distance_to_the_same_place_is_nothing(here: Location) -> None:
    assert distance_km(here, here) == 0
