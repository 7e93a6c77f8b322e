"""The days of the full screen with what is on, which is counted bit by bit, those around the chosen day first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzfest.core.event_spans import joined_days
from kzfest.core.festival_day import ONE_DAY, days_of, last_of_month
from kzfest.programme.events_by_day import days_told, events_by_day

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from typing import TypeAlias

    from kzfest.programme.database.catalogue import Catalogue
    from kzfest.programme.database.queries import EventQuery
    from kzfest.programme.events_by_day import EventsOfDay

    Days: TypeAlias = tuple[date, date]
    """The first and the last of several days."""

DAYS_OF_A_PART = 31
"""The days that are counted first; then ever more, as the list is drawn again for each part."""


class CountedDays:
    """What is on day by day, as far as it is counted. Days that are not counted yet may have something."""

    def __init__(self, ranges: Sequence[Days] = ()) -> None:
        self.ranges = ranges
        """The days that are listed."""
        self.counts: dict[date, EventsOfDay] = {}
        self._counted: set[date] = set()

    @property
    def number(self) -> int:
        """How many days are listed at most."""
        return sum((last - first).days + 1 for first, last in self.ranges)

    @property
    def are_all(self) -> bool:
        """Whether all of them are counted."""
        return len(self._counted) == self.number

    @property
    def stretches(self) -> list[list[date]]:
        """The days on which something is on, or may be, apart for each range."""
        found = ([day for day in days_of(*each) if self._is_on(day)] for each in self.ranges)
        return [days for days in found if days]

    def _is_on(self, day: date) -> bool:
        return day not in self._counted or (day in self.counts and self.counts[day].is_on)

    def take(self, parts: Sequence[Days], counts: dict[date, EventsOfDay]) -> None:
        """Take the *counts* of *parts*, in which days without events are missing."""
        self.counts |= counts
        self._counted.update(day for part in parts for day in days_of(*part))

    def parts(self, near: date | None) -> Iterator[list[Days]]:
        """Yield the days in parts to count, those around *near* first."""
        step = DAYS_OF_A_PART * ONE_DAY
        months = [
            (begin, last if last - begin < step else begin + step - ONE_DAY)
            for first, last in self.ranges
            for begin in (first + n * step for n in range((last - first) // step + 1))
        ]
        if near:
            months.sort(key=lambda part: abs((part[0] + (part[1] - part[0]) / 2 - near).days))
        done = 0
        while done < len(months):
            several = max(done, 1)
            yield months[done : done + several]
            done += several


def listed_days(question: EventQuery, near: date | None, catalogue: Catalogue) -> CountedDays:
    """Return the days of *question*; of too many months those in which something begins or ends, and that of *near*."""
    first, last = question.days
    if first is None or last is None:
        return CountedDays()
    ranges = days_told(question, catalogue).ranges
    if near and first <= near <= last:
        month = max(near.replace(day=1), first), min(last_of_month(near), last)
        ranges = tuple(joined_days(sorted({*ranges, month})))
    return CountedDays(ranges)


def counts_of_parts(parts: Sequence[Days], question: EventQuery, catalogue: Catalogue) -> dict[date, EventsOfDay]:
    """Return what is on day by day in *parts*."""
    counts: dict[date, EventsOfDay] = {}
    for first, last in joined_days(sorted(parts)):
        counts |= events_by_day(catalogue, question._replace(first=first, last=last))
    return counts
