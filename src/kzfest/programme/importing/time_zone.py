"""In which time zone a programme takes place, when its file says it in one of many ways or not at all."""

from __future__ import annotations

import os
import re
from collections import Counter
from datetime import datetime, timedelta
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kzfest.core.folding import fold
from kzfest.i18n import _
from kzfest.programme.zones import is_zone, zone_names

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kzfest.programme.files import ImportOptions
    from kzfest.programme.importing.entries import Entry, Festival

ZONES_KEPT = 1_000
"""Names in the cache; a file has a few, and may name one of them for each event."""
NO_PLACE = "Etc"
"""The area of zones that are offsets, which no city has."""

_NAMED_OFFSET = re.compile(r"(?:UTC|GMT|) ?([+-])(\d{1,2})(?::?(\d{2}))?")
_OF_OUTLOOK = re.compile(r"\((?:UTC|GMT)(?:[+-]\d{2}:\d{2})?\) *(.+)")
"""What Outlook shows to people: an offset, then cities such as Astana, or a name such as Eastern Time (US & Canada)."""
_OTHER_CITIES = dict.fromkeys(("astana", "nur-sultan", "shymkent", "karaganda", "qaragandy"), "Asia/Almaty")
"""Cities of Kazakhstan that have the time of Almaty and no zone of their own name."""

_OTHER_OFFSETS = {
    timedelta(hours=3, minutes=30): "Asia/Tehran",
    timedelta(hours=4, minutes=30): "Asia/Kabul",
    timedelta(hours=5, minutes=30): "Asia/Kolkata",
    timedelta(hours=5, minutes=45): "Asia/Kathmandu",
    timedelta(hours=6, minutes=30): "Asia/Yangon",
    timedelta(hours=8, minutes=45): "Australia/Eucla",
    timedelta(hours=9, minutes=30): "Australia/Darwin",
    timedelta(hours=10, minutes=30): "Australia/Adelaide",
    timedelta(hours=12, minutes=45): "Pacific/Chatham",
    timedelta(hours=13, minutes=45): "Pacific/Chatham",
    timedelta(hours=-2, minutes=-30): "America/St_Johns",
    timedelta(hours=-3, minutes=-30): "America/St_Johns",
    timedelta(hours=-9, minutes=-30): "Pacific/Marquesas",
}
"""A zone for each offset that is no whole hour, at a time of the year at least; Etc has only whole hours."""


class ChosenZone(NamedTuple):
    """The name of a time zone, and a sentence that says where it comes from."""

    name: str
    reason: str
    is_of_computer: bool = False


def zone_of(festival: Festival, entries: Iterable[Entry], options: ImportOptions) -> ChosenZone:
    """Return the time zone of a programme: the first that is said of those that follow.

    The option, the file's own name for it, the commonest zone of its entries, the city, the only offset. If nothing is,
    it is that of the computer: whoever is at the festival asks rightly what is on now.
    """
    if options.zone:
        return ChosenZone(options.zone, _("you asked for this time zone"))
    if festival.zone and (named := known_name(festival.zone)):
        return ChosenZone(named, _("the file names this time zone"))
    counted = Counter(filter(None, (entry.zone for entry in entries)))
    for written, _number in counted.most_common():
        if named := known_name(written):
            return ChosenZone(named, _("the entries of the file name this time zone"))
    if festival.city and (named := zone_of_city(festival.city)):
        return ChosenZone(named, _("the time zone of {city}; the file names none").format(city=festival.city.strip()))
    offsets = {offset for entry in entries if (offset := _offset(entry.start)) is not None}
    if len(offsets) == 1:
        message = _("all its times have this offset; if it has a name, give it, as with {example}")
        return ChosenZone(zone_with(*offsets), message.format(example="--zone Asia/Almaty"))
    message = _("the file names none, so its times count in the zone of this computer; name one, as with {example}")
    return ChosenZone(zone_of_computer(), message.format(example="--zone Asia/Almaty"), is_of_computer=True)


@lru_cache(maxsize=ZONES_KEPT)
def known_name(written: str) -> str | None:
    """Return the IANA name for what a file calls a time zone, or None.

    Some programs write a prefix before it, the city alone, or the name that Windows has.

    >>> known_name("Berlin"), known_name("/freeassociation.sourceforge.net/Asia/Almaty"), known_name("Camp time")
    ('Europe/Berlin', 'Asia/Almaty', None)
    """
    name = written.strip().strip('"')
    parts = name.split("/")
    for known in (name, "/".join(parts[-3:]), "/".join(parts[-2:])):
        if is_zone(known):
            return known
    if found := _NAMED_OFFSET.fullmatch(name):
        sign, hours, minutes = found.groups("0")
        return zone_with(timedelta(hours=int(sign + hours), minutes=int(sign + minutes)))
    cities = [name]
    if shown := _OF_OUTLOOK.fullmatch(name):
        name = shown[1].partition(" (")[0].replace(" Time", " Standard Time")
        cities = re.split("[,:]", name)
    if "Standard Time" in name or "Time Zone" in name:
        return _windows_zones().get(name)
    return next(filter(None, map(zone_of_city, cities)), None)


def zones_of_windows() -> list[str]:
    """Return a zone for each that Windows has: all rules for changing clocks are among them."""
    return list(dict.fromkeys(filter(is_zone, _windows_zones().values())))


@cache
def _windows_zones() -> dict[str, str]:
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON  # 150 ms, and rarely needed

    return WINDOWS_TO_OLSON


def zone_of_city(city: str) -> str | None:
    """Return the time zone that is named after *city*, or None."""
    zones = _zones_by_city()
    return zones.get(fold(city)) or zones.get(fold(city.partition(",")[0]))


@cache
def _zones_by_city() -> dict[str, str]:
    named = [name for name in zone_names() if "/" in name and not name.startswith((NO_PLACE, "US/", "SystemV/"))]
    own = {fold(name.rpartition("/")[2].replace("_", " ")): name for name in reversed(named)}
    return {fold(city): zone for city, zone in _OTHER_CITIES.items()} | own


def zone_of_computer() -> str:
    """Return the time zone of the computer, or UTC if it has no name."""
    set_zone = os.environ.get("TZ", "").removeprefix(":")
    linked = str(Path("/etc/localtime").resolve()).rpartition("zoneinfo/")[2]
    return next((name for name in (set_zone, linked) if is_zone(name)), "Etc/UTC")


def _offset(moment: object) -> timedelta | None:
    return moment.utcoffset() if isinstance(moment, datetime) else None


def zone_with(offset: timedelta) -> str:
    """Return a zone that always has this *offset*. The names of whole hours have the opposite sign, as in POSIX."""
    if offset in _OTHER_OFFSETS:
        return _OTHER_OFFSETS[offset]
    hours = round(offset / timedelta(hours=1))
    return f"Etc/GMT{-hours:+}" if hours and -12 <= hours <= 14 else "Etc/UTC"
