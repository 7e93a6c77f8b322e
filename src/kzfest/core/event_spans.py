"""The days of an event as spans, each of one kind, and the seasons into which a long programme falls."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from kzfest.core.festival_day import ONE_DAY, disputed_days, festival_days

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kzfest.core.model import Event

SpanKind: TypeAlias = Literal["on", "showing", "may", "other_source", "not_in_other_source", "permanent", "off"]
"""A stretch of days; a single day; days on which it may still be on, as no source gives the closing day; days that only
another source has; days of ours that another source has not; always; cancelled or postponed."""

EMPTY_AT_LEAST = 28
"""Days without anything on after which another season begins."""


class EventSpan(NamedTuple):
    """Festival days of an event, both included. A permanent one has no *first*, an open one no *last*."""

    kind: SpanKind
    first: date | None = None
    last: date | None = None
    source: str = ""
    """The id of the other source, if sources differ."""

    def touches(self, first: date | None, last: date | None) -> bool:
        """Whether it has a day from *first* to *last*, both included; None is no limit."""
        begins = self.first is None or last is None or self.first <= last
        return begins and (self.last is None or first is None or self.last >= first)


def joined_days(days: Sequence[tuple[date, date]]) -> list[tuple[date, date]]:
    """Return ranges of *days*, in their order, with those joined that follow each other without a gap.

    >>> from datetime import date
    >>> joined_days([(date(2024, 1, 1), date(2024, 1, 1)), (date(2024, 1, 2), date(2024, 1, 3))])
    [(datetime.date(2024, 1, 1), datetime.date(2024, 1, 3))]
    """
    joined: list[tuple[date, date]] = []
    for first, last in days:
        if joined and (first - joined[-1][1]).days <= 1:
            joined[-1] = joined[-1][0], max(last, joined[-1][1])
        else:
            joined.append((first, last))
    return joined


def days_without(days: Iterable[tuple[date, date]], taken: Sequence[tuple[date, date]]) -> Iterator[tuple[date, date]]:
    """Yield ranges of *days* without those that are *taken*, whose ranges are in order.

    >>> from datetime import date
    >>> day = date(2024, 1, 2)
    >>> list(days_without([(date(2024, 1, 1), day)], [(day, day)]))
    [(datetime.date(2024, 1, 1), datetime.date(2024, 1, 1))]
    """
    for first, last in days:
        begin = first.toordinal()
        for begun, over in taken:
            if begun <= last and over >= date.fromordinal(begin):
                if begun.toordinal() > begin:
                    yield date.fromordinal(begin), begun - ONE_DAY
                begin = over.toordinal() + 1
            if begin > last.toordinal():
                break
        if begin <= last.toordinal():
            yield date.fromordinal(begin), last


def disputed_spans(event: Event) -> list[EventSpan]:
    """Return the days that *event* and another source do not agree on."""
    if not event.disputes or not event.showings:
        return []
    own_last = festival_days(event.showings[0])[1]
    return [
        EventSpan("not_in_other_source" if each.is_ours else "other_source", each.first, each.last, each.source)
        for each in disputed_days(event)
        if not each.is_ours or each.first <= own_last  # days after an open end may be ours
    ]


def seasons(days: Iterable[tuple[date, date]], first: date, last: date) -> list[tuple[date, date]]:
    """Return the parts of the days from *first* to *last* without the long gaps in which nothing is on.

    *days* are the ranges on which something is on, sorted.
    """
    found: list[tuple[date, date]] = []
    begun = first
    before: date | None = None
    for start, end in joined_days([(max(start, first), min(end, last)) for start, end in days]):
        if (start - before).days - 1 >= EMPTY_AT_LEAST if before else (start - first).days >= EMPTY_AT_LEAST:
            if before:
                found.append((begun, before))
            begun = start
        before = end
    if before:
        found.append((begun, last if (last - before).days < EMPTY_AT_LEAST else before))
    return found
