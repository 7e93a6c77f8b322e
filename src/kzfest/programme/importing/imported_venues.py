"""The venues of an imported programme."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kzfest.programme.importing.identity import event_id, same, slug
from kzfest.programme.importing.limits import MOST_ALIASES

if TYPE_CHECKING:
    from collections.abc import Callable

    from kzfest.programme.decode import Values
    from kzfest.programme.importing.entries import Festival, Place, Words
    from kzfest.programme.importing.plain_text import Cleaner


class ImportedVenues:
    """The venues that the entries of a file name, each once: names that differ only in case or blanks are the same."""

    def __init__(
        self, clean: Cleaner, festival: Festival, texts: Callable[[Words | None, Callable[[str], str]], dict[str, str]]
    ) -> None:
        self.records: dict[str, Values] = {}
        self._ids: dict[tuple[str, str], str] = {}
        self._ids_of_places: dict[int, str] = {}
        self._clean = clean
        self._festival = festival
        self._texts = texts

    def add(self, place: Place | None) -> None:
        """Add the venue of *place*, or what it says more about a known one."""
        name = self._texts(place.name, self._clean.line) if place else {}
        if not place or not name:
            return
        first = next(iter(name.values()))
        city = self._clean.word((self._festival.city if place.city is None else place.city) or "")
        key = same(first), same(city)
        if key not in self._ids:
            self._ids[key] = self._new_id(first, city)
            self.records[self._ids[key]] = {"id": self._ids[key], "name": name} | ({"city": city} if city else {})
        self._ids_of_places[id(place)] = self._ids[key]
        record = self.records[self._ids[key]]
        aliases = {self._clean.line(alias) for alias in place.aliases} | {first} - {next(iter(record["name"].values()))}
        known = record.get("aliases", [])
        more = [each for each in sorted(aliases) if each and each not in known and same(each) != key[0]]
        if more:
            record["aliases"] = (known + more)[:MOST_ALIASES]
        for field, value in self._facts(place).items():
            record.setdefault(field, value)

    def id_of(self, place: Place | None) -> str | None:
        """Return the id of the venue of *place*, which was added and lives on; None if it has no name."""
        return self._ids_of_places.get(id(place))

    def _new_id(self, name: str, city: str) -> str:
        wanted = slug(name)
        if not wanted:
            return event_id(["venue"], f"{name}\n{city}", self.records)
        if wanted in self.records:
            return event_id([name], f"{name}\n{city}", self.records)
        return wanted

    def _facts(self, place: Place) -> Values:
        facts: Values = {"url": self._clean.address(place.url)}
        if address := self._clean.line(place.address or "").rstrip(" ,"):
            facts["address"] = self._texts(address, self._clean.line)
        country = (place.country or self._festival.country or "").strip().upper()
        if re.fullmatch("[A-Z]{2}", country):
            facts["country"] = country
        if place.point and abs(place.point[0]) <= 90 and abs(place.point[1]) <= 180 and any(place.point):
            latitude, longitude = (f"{degrees:.6f}".rstrip("0").rstrip(".") for degrees in place.point)
            facts["location"] = {"latitude": latitude, "longitude": longitude, "accuracy": "approximate"}
        return {key: value for key, value in facts.items() if value}
