"""How far it is from one place to another."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kzfest.core.model import Location

EARTH_RADIUS_KM = 6371.0088
"""The mean radius (IUGG): within half a percent of the ellipsoid, far better than our coordinates."""


def distance_km(here: Location, there: Location) -> float:
    """Return the great-circle distance in kilometres (haversine)."""
    north, south = radians(here.latitude), radians(there.latitude)
    east = radians(there.longitude - here.longitude)
    half = sin((south - north) / 2) ** 2 + cos(north) * cos(south) * sin(east / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(half)))
