"""Which events begin, go on and may still be on, day by day.

The views of a month, of a season and of the full screen count with this. It counts showings, not the days from an
event's first to its last, and it agrees with `list`: what begins on a day is what `--starting` lists.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from kzfest.core.event_spans import joined_days
from kzfest.core.festival_day import last_of_month

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kzfest.programme.database.catalogue import Catalogue
    from kzfest.programme.database.queries import EventQuery

MOST_MONTHS = 1_200
"""A hundred years: more than any programme covers."""
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
    parts: list[_Part] = []
    for _event, rows in groupby(catalogue.stretches(question), key=itemgetter(0)):
        several = list(rows)
        found = [part for row in several for part in _parts(row)]
        parts += found if len(several) == 1 else _once_a_day(found, first, last)
    parts.sort(key=itemgetter(0))  # stable: equal hours in file order
    days: defaultdict[int, tuple[list[str], ...]] = defaultdict(lambda: tuple([] for _kind in EventsOfDay._fields))
    for _minute, role, begun, over, event in parts:
        for day in range(max(begun, first), min(over, last) + 1):
            days[day][role].append(event)
    return {date.fromordinal(day): EventsOfDay(*map(tuple, kinds)) for day, kinds in sorted(days.items())}


_Part: TypeAlias = tuple[int, int, int, int, str]
"""A minute to sort by, what an event does, its first and its last day in that role, and its id."""


def _parts(row: tuple[Any, ...]) -> Iterator[_Part]:
    """Yield what an event does in a stretch: it begins on the first day, unless it has begun before, and goes on."""
    event, first_day, last_day, begun, start, end, certain, _written, is_off, _venue, is_open = row
    if is_off or not certain:
        role = OFF if is_off else MAY_BE_ON if is_open else OTHER_SOURCE
        yield start, role, first_day, last_day, event
        return
    if begun >= first_day:
        yield start, BEGIN, first_day, first_day, event
    if begun < last_day:
        yield end, GO_ON, max(first_day, begun + 1), last_day, event


def _once_a_day(parts: Iterable[_Part], first: int, last: int) -> list[_Part]:
    """Return the *parts* of one event from day *first* to *last*, day by day: of several on a day the first role."""
    best: dict[int, _Part] = {}
    for minute, role, begun, over, event in parts:
        for day in range(max(begun, first), min(over, last) + 1):
            now = minute, role, day, day, event
            if day not in best or (role, minute) < (best[day][1], best[day][0]):
                best[day] = now
    return list(best.values())


class DaysTold(NamedTuple):
    """Ranges of days of whose events a page tells, and how many months between them it leaves out."""

    ranges: tuple[tuple[date, date], ...]
    left_out: int = 0


def days_told(question: EventQuery, catalogue: Catalogue) -> DaysTold:
    """Return the days of *question*; of too many months those in which something begins or ends, and their neighbours.

    An event may last for thousands of years, in which nothing else is on.
    """
    first, last = question.days
    if first is None or last is None:
        return DaysTold(())
    begun, over = 12 * first.year + first.month - 1, 12 * last.year + last.month - 1
    count = over - begun + 1
    if count <= MOST_MONTHS:
        return DaysTold(((first, last),))
    ends = {day for row in catalogue.stretches(question) for day in row[1:3]}
    days = (date.fromordinal(min(max(day, first.toordinal()), last.toordinal())) for day in ends)
    near = {12 * day.year + day.month - 1 + step for day in days for step in (-1, 0, 1)}
    chosen = sorted(number for number in near if begun <= number <= over)[:MOST_MONTHS]
    months = [date(number // 12, number % 12 + 1, 1) for number in chosen]
    ranges = joined_days([(max(month, first), min(last_of_month(month), last)) for month in months])
    return DaysTold(tuple(ranges), count - len(chosen))


def to_the_end(question: EventQuery, catalogue: Catalogue) -> EventQuery:
    """Return *question* with the months into which an event goes on, if it is for all days of the programme.

    `kzfest month` has these months too.
    """
    head = catalogue.head
    if question.days != (head.first, head.last) or question.days[1] is None:
        return question
    last = max((over for _first, over in catalogue.busy_days(question)), default=question.days[1])
    return question._replace(last=max(question.days[1], last_of_month(last)))
