"""How far it is from one place to another, and how long the way takes, as far as coordinates tell."""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, ceil, cos, radians, sin, sqrt
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

if TYPE_CHECKING:
    from kzfest.core.model import Location

By: TypeAlias = Literal["walk", "car"]
BY: tuple[By, ...] = get_args(By)

EARTH_RADIUS_KM = 6371.0088
"""The mean radius (IUGG): within half a percent of the ellipsoid, far better than our coordinates."""
WINDING = 1.3
"""Streets are longer than the crow's way by about this much: in a grid of blocks by 1.27 on average, 1.41 at most."""
WALK_KMH = 4.5
CAR_KMH = 25.0
"""In a town, door to door, with its lights and the search for a place to stop."""
OUT_OF_TOWN_KM, OUT_OF_TOWN_KMH = 20.0, 80.0
"""What is farther than this is driven on open roads."""
ONE_HOUSE_KM = 0.05
"""Venues no farther apart are rooms of one house: there is no way between them, and no coat to leave again."""
BUFFER_MINUTES = 10
"""To find the entrance, and to leave the coat: added to the way between two visits, not to the way that is shown."""


def distance_km(here: Location, there: Location) -> float:
    """Return the great-circle distance in kilometres (haversine)."""
    north, south = radians(here.latitude), radians(there.latitude)
    east = radians(there.longitude - here.longitude)
    half = sin((south - north) / 2) ** 2 + cos(north) * cos(south) * sin(east / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(half)))


@dataclass(frozen=True, slots=True)
class Way:
    """How long it takes from one place to another, in whole minutes."""

    minutes: int
    by: By
    estimate: bool
    """Whether one of the places is known roughly only."""


def way_between(here: Location, there: Location, by: By) -> Way:
    """Return the way from *here* to *there*: the great circle, with the windings of streets; none within one house."""
    straight = distance_km(here, there)
    km = 0.0 if straight <= ONE_HOUSE_KM else straight * WINDING
    if by == "walk":
        hours = km / WALK_KMH
    else:
        hours = min(km, OUT_OF_TOWN_KM) / CAR_KMH + max(km - OUT_OF_TOWN_KM, 0.0) / OUT_OF_TOWN_KMH
    exact = here.accuracy == there.accuracy == "building"
    return Way(ceil(round(hours * 60, 6)), by, estimate=not exact)
