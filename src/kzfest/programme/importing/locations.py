"""What a LOCATION says: a venue, with its address after commas; or how people attend."""

from __future__ import annotations

import re
from collections import defaultdict
from html import unescape
from typing import TYPE_CHECKING

from kzfest.core.folding import fold
from kzfest.programme.importing.entries import Place

if TYPE_CHECKING:
    from collections.abc import Iterable

_WAYS = (
    *("in[- ]?person", "online", "on-?line", "virtual(?:ly)?", "hybrid", "remote", "webinar", "on[- ]?site", "zoom"),
    *("vor ort", "präsenz", "en ligne", "en línea", "en personne", "presencial", "онлайн", "офлайн", "очно", "заочно"),
    *("tb[acd]", "to be (?:announced|confirmed|decided|determined)", "n/?a", "none", "[-–—?.]+"),
)
_WAY = "|".join(_WAYS)
_ATTENDANCE = re.compile(rf"(?:{_WAY})(?:\s*(?:[,/&+]|and|or|und|oder|et|y|и)\s*(?:{_WAY}))*", re.IGNORECASE)
_UNKNOWN = re.compile(r"tb[acd]|to be .*|n/?a|none|[-–—?.]+", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![^\W\d_])\d")
"""The number of a house or a postcode; a number inside a word is a part of a name."""
_LONGEST = 1_000


def location_place(location: str, point: tuple[float, float] | None) -> tuple[Place | None, list[str]]:
    """Return the place that *location* names, and words in it that say how people attend, or of what kind it is.

    >>> location_place("Online & in-person; Workshop", None)
    (None, ['Online & in-person', 'Workshop'])
    """
    location = unescape(location[:_LONGEST]).strip()
    ways, *others = (each.strip() for each in location.split(";"))
    if _ATTENDANCE.fullmatch(ways):
        return None, [each for each in (ways, *others) if each and not _UNKNOWN.fullmatch(each)]
    if not location or re.match(r"https?://\S+$", location):
        return None, []
    return Place(name=location, point=point), []


def part_addresses(found: Iterable[Place]) -> None:
    """Part the names of the places that were *found* from the addresses after commas or on further lines.

    A comma may belong to a name. So what follows is an address only if it has several parts or a number of a house,
    if it is the same for all places with that name, and if none of its parts is a place of its own in this file.
    """
    places = {id(place): place for place in found}  # the dates of an event share one
    named = {key: place.name for key, place in places.items() if isinstance(place.name, str)}
    whole = {fold(name) for name in named.values()}
    addresses: defaultdict[str, set[str]] = defaultdict(set)
    for name, *rest in map(_parts, set(named.values())):
        if rest:
            addresses[fold(name)].add(fold(" ".join(rest)))
    for key, location in named.items():
        name, *rest = _parts(location)
        looks_like_one = len(rest) > 1 or any(map(_NUMBER.search, rest))
        if looks_like_one and len(addresses[fold(name)]) == 1 and not any(fold(part) in whole for part in rest):
            places[key].name, places[key].address = name, ", ".join(rest)


def _parts(location: str) -> list[str]:
    return [part for part in re.split(r"\s*(?:[,\n]\s*)+", location.strip(" ,\n")) if part] or [location]
