"""Which events begin, go on and may still be on, day by day.

The views of a month, of a season and of the full screen count with this. It counts showings, not the days from an
event's first to its last, and it agrees with `list`: what begins on a day is what `--starting` lists.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from kzfest.programme.database.catalogue import Catalogue
    from kzfest.programme.database.queries import EventQuery

BEGIN, GO_ON, MAY_BE_ON, OTHER_SOURCE, OFF = range(5)
"""What an event does on a day; if several apply, the first."""


class EventsOfDay(NamedTuple):
    """Ids of the events of a festival day, each once, in the order of a list."""

    begin: tuple[str, ...] = ()
    """Those with a showing that begins."""
    go_on: tuple[str, ...] = ()
    may_be_on: tuple[str, ...] = ()
    """Those whose closing day was not published."""
    other_source: tuple[str, ...] = ()
    """Those that are on only if another source is right; no view counts them."""
    off: tuple[str, ...] = ()
    """Those that are cancelled or postponed; no view counts them."""

    @property
    def is_on(self) -> bool:
        """Whether anything is confirmed for the day."""
        return bool(self.begin or self.go_on)


def events_by_day(catalogue: Catalogue, question: EventQuery) -> dict[date, EventsOfDay]:
    """Return the events of each day of *question* that has any, in the order of the days.

    *question* has a first and a last day.
    """
    first, last = ((day or date.min).toordinal() for day in question.days)
    found: defaultdict[int, dict[str, tuple[int, int]]] = defaultdict(dict)
    for event, first_day, last_day, begun, *minutes, certain, written, finish, is_off, _venue in catalogue.stretches(
        question
    ):
        kind = BEGIN if certain else MAY_BE_ON if _is_open(written, finish, last_day) else OTHER_SOURCE
        for day in range(max(first_day, first), min(last_day, last) + 1):
            role = OFF if is_off else GO_ON if certain and begun < day else kind
            now = role, minutes[role == GO_ON]
            before = found[day].get(event)
            if before is None or now < before:
                found[day][event] = now
    return {date.fromordinal(day): _sorted(events) for day, events in sorted(found.items())}


def _is_open(written: str, finish: str | None, last_day: int) -> bool:
    """Whether a doubtful stretch follows a start *written* in the file, and no source gives the end."""
    return finish is None and last_day >= date.fromisoformat(written[: len("2023-12-16")]).toordinal()


def _sorted(events: dict[str, tuple[int, int]]) -> EventsOfDay:
    kinds: list[list[str]] = [[] for _kind in EventsOfDay._fields]
    for event, (kind, _at) in sorted(events.items(), key=lambda item: item[1]):  # stable: equal hours in file order
        kinds[kind].append(event)
    return EventsOfDay(*map(tuple, kinds))
