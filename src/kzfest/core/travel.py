"""Distances and travel times between places, estimated from their coordinates."""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, ceil, cos, radians, sin, sqrt
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

if TYPE_CHECKING:
    from kzfest.core.model import Location

By: TypeAlias = Literal["walk", "car"]
BY: tuple[By, ...] = get_args(By)

EARTH_RADIUS_KM = 6371.0088
"""The mean radius (IUGG); within half a percent of the ellipsoid."""
WINDING = 1.3
"""Street distance divided by straight-line distance: in a grid 1.27 on average, 1.41 at most."""
WALK_KMH = 4.5
CAR_KMH = 25.0
"""In town, from door to door, with traffic lights and the search for parking."""
OUT_OF_TOWN_KM, OUT_OF_TOWN_KMH = 20.0, 80.0
"""Kilometres beyond the first are driven at the second speed, on open roads."""
ONE_HOUSE_KM = 0.05
"""Venues no farther apart share a building: the travel time is 0."""
BUFFER_MINUTES = 10
"""Time to find the entrance and leave the coat. Clashes count it; the travel time that users see excludes it."""


def distance_km(here: Location, there: Location) -> float:
    """Return the great-circle distance in kilometres, by the haversine formula."""
    north, south = radians(here.latitude), radians(there.latitude)
    east = radians(there.longitude - here.longitude)
    half = sin((south - north) / 2) ** 2 + cos(north) * cos(south) * sin(east / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(half)))


def metres_between(here: Location | None, there: Location | None) -> int | None:
    """Return the straight-line distance in whole metres, or None if a location is not known."""
    return round(distance_km(here, there) * 1000) if here and there else None


def is_exact(here: Location, there: Location) -> bool:
    """Whether both locations are of the building itself, so that a distance between them is no estimate."""
    return here == there or here.accuracy == there.accuracy == "building"


@dataclass(frozen=True, slots=True)
class Way:
    """A travel time, in whole minutes."""

    minutes: int
    by: By
    estimate: bool
    """Whether the location of one of the places is not exact."""


def way_between(here: Location, there: Location, by: By) -> Way:
    """Return the way from *here* to *there*: straight-line distance times `WINDING`, at the speed of *by*."""
    straight = distance_km(here, there)
    km = 0.0 if straight <= ONE_HOUSE_KM else straight * WINDING
    if by == "walk":
        hours = km / WALK_KMH
    else:
        hours = min(km, OUT_OF_TOWN_KM) / CAR_KMH + max(km - OUT_OF_TOWN_KM, 0.0) / OUT_OF_TOWN_KMH
    return Way(ceil(round(hours * 60, 6)), by, estimate=not is_exact(here, there))
