"""Points as people write them: which texts are one, which are none, and which are nowhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzfest.core.coordinates import point_in
from kzfest.core.errors import UsageError
from kzfest.core.model import Location


def point(latitude: float, longitude: float) -> Location:
    return Location(latitude=latitude, longitude=longitude, accuracy="building")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("51.13,71.43", point(51.13, 71.43)),
        (" 51.13, 71.43 ", point(51.13, 71.43)),
        ("51.13 71.43", point(51.13, 71.43)),
        ("51,13 71,43", point(51.13, 71.43)),
        ("51,13; 71,43", point(51.13, 71.43)),
        ("51,71", point(51, 71)),
        ("51.13° N, 71.43° E", point(51.13, 71.43)),
        ("33.9s 18.4w", point(-33.9, -18.4)),
        ("-33.9,+18.4", point(-33.9, 18.4)),
        ("−33.9,18.4", point(-33.9, 18.4)),
        ("90,-180", point(90, -180)),
        ("51.13", None),
        ("51-71", None),
        ("51,13,71", None),
        ("51.13,71.43,5", None),
        ("hall 5", None),
        ("", None),
    ],
)
def test_point_is_latitude_and_longitude(text: str, found: Location | None) -> None:
    assert point_in(text) == found


@pytest.mark.parametrize("text", ["95,71", "-90.1,0", "51,180.5", "91S 0", "9" * 400 + ",0"])
def test_point_beyond_the_poles_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="is not a point: latitudes go from -90 to 90"):
        point_in(text)


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_point_is_read_as_it_was_written(latitude: float, longitude: float) -> None:
    assert point_in(f"{latitude:.7f},{longitude:.7f}") == point(round(latitude, 7), round(longitude, 7))
