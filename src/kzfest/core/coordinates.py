"""Points on the map as people write them."""

from __future__ import annotations

import re

from kzfest.core.errors import UsageError
from kzfest.core.model import Location
from kzfest.i18n import _

_DEGREES = r"([-+\u2212]?\d+(?:\.\d+)?)\s*°?\s*"
_POINT = re.compile(rf"{_DEGREES}([NS]?)(?:\s*[,;]\s*|\s+){_DEGREES}([EW]?)", re.IGNORECASE | re.ASCII)
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d)")


def point_in(text: str) -> Location | None:
    """Return the point that *text* gives as latitude and longitude, or None if it is no point. Raises UsageError.

    >>> point_in("51.13,71.43") == point_in(" 51.13N 71.43E ") == point_in("51,13 71,43")
    True
    >>> point_in("33.9° S; 18.4° E"), point_in("National Museum")
    (Location(latitude=-33.9, longitude=18.4, accuracy='building', source=None), None)
    """
    written = text.strip()
    if "." not in written and re.search(r"[;\s]", written):
        written = _DECIMAL_COMMA.sub(".", written)
    found = _POINT.fullmatch(written)
    if found is None:
        return None
    north, ns, east, ew = found.groups()
    latitude, longitude = _signed(north, ns), _signed(east, ew)
    if abs(latitude) > 90 or abs(longitude) > 180:
        message = _("'{text}' is not a point: latitudes go from -90 to 90 and longitudes from -180 to 180 degrees")
        raise UsageError(message.format(text=text))
    return Location(latitude=latitude, longitude=longitude, accuracy="building")


def _signed(degrees: str, side: str) -> float:
    number = float(degrees.replace("\N{MINUS SIGN}", "-"))
    return -number if side.upper() in {"S", "W"} else number
