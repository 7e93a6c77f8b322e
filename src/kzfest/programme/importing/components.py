"""The parts of a calendar, which iCalendar, jCal and xCal write in three ways."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

LISTED = frozenset({"CATEGORIES", "EXDATE", "RDATE"})
"""The properties whose values are lists."""


class Property(NamedTuple):
    """The values of a property without escapes, and its parameters by their names in capitals."""

    values: Sequence[str]
    parameters: Mapping[str, str]


class Component(NamedTuple):
    """A component such as a VEVENT: its properties by their names in capitals, and the components in it."""

    name: str
    properties: dict[str, list[Property]]
    parts: list[Component]

    def text(self, *names: str) -> str:
        """Return the first value of the first of the properties *names* that has one, or ""."""
        for name in names:
            for each in self.properties.get(name, ()):
                for value in each.values:
                    if value.strip():
                        return value.strip()
        return ""

    def all(self, *names: str) -> list[Property]:
        """Return the properties *names*."""
        return [each for name in names for each in self.properties.get(name, ())]


@dataclass(slots=True, kw_only=True)
class Calendar:
    """A VCALENDAR: its own properties, its VTIMEZONEs, its VEVENTs, and what else is in it."""

    head: Component
    zones: Sequence[Component]
    events: Iterable[Component]
    """Can be read once: the events of a large file do not fit into memory all at the same time."""
    others: Counter[str] = field(default_factory=Counter)
    """The number of other components by name."""


def calendar_of(component: Component) -> Calendar:
    """Return the calendar of a whole *component*."""
    named = {name: [part for part in component.parts if part.name == name] for name in ("VTIMEZONE", "VEVENT")}
    others = Counter(part.name for part in component.parts if part.name not in named)
    return Calendar(head=component, zones=named["VTIMEZONE"], events=named["VEVENT"], others=others)
