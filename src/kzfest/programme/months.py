"""The months that hold the days asked, with what is on on each of their days."""

from __future__ import annotations

from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from kzfest.core.errors import UsageError
from kzfest.core.event_spans import joined_days
from kzfest.core.festival_day import festival_day, last_of_month
from kzfest.i18n import _
from kzfest.programme.events_by_day import MOST_MONTHS, events_by_day

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from kzfest.core.model import Head
    from kzfest.programme.context import Context
    from kzfest.programme.database.queries import EventQuery
    from kzfest.programme.events_by_day import EventsOfDay

MONTHS_OF_A_SEASON, DAYS_OF_A_YEAR = 12, 366
"""A programme of more months is shown month by month, unless days are asked."""


class Months(NamedTuple):
    """Months, and what is on on their days."""

    head: Head
    language: str
    firsts: tuple[date, ...]
    """The first day of each month."""
    days: Mapping[date, EventsOfDay]
    """Only days with events."""
    permanent: tuple[str, ...]
    """Ids of the events that are always on, as of those below."""
    undated: tuple[str, ...]
    off: tuple[str, ...]
    """Those that are cancelled or postponed on one of the days, and on none of them otherwise."""
    left_out: tuple[date, ...] = ()
    """The first day of each other month of the programme with events, if no days were asked."""

    @property
    def ids(self) -> set[str]:
        """The ids of all events."""
        ids = {*self.permanent, *self.undated, *self.off}
        for events in self.days.values():
            ids.update(*events)
        return ids


def month_of(day: date) -> date:
    """Return the first day of the month of *day*."""
    return day.replace(day=1)


def _months_between(first: date | None, last: date | None) -> list[date]:
    """Return the first day of each month from that of *first* to that of *last*."""
    if first is None or last is None:
        return []
    numbers = range(12 * first.year + first.month - 1, 12 * last.year + last.month)
    return [date(number // 12, number % 12 + 1, 1) for number in numbers]


def in_whole_months(question: EventQuery, *, all_asked: bool = True) -> EventQuery:
    """Return *question* for all days of the months that it touches. Raises UsageError if too many were asked."""
    first, last = question.days
    if first is None or last is None:
        return question
    count = 12 * (last.year - first.year) + last.month - first.month + 1
    if all_asked and count > MOST_MONTHS:
        message = _("that is {n} months; ask for at most {most}")
        raise UsageError(message.format(n=count, most=MOST_MONTHS))
    return question._replace(first=month_of(first), last=last_of_month(last), moment=None, since=None)


def _only_off(days: Collection[EventsOfDay]) -> tuple[str, ...]:
    """Return the ids of the events that are off on one of *days*, and counted on none of them."""
    counted = {key for events in days for key in (*events.begin, *events.go_on, *events.may_be_on)}
    return tuple(dict.fromkeys(key for events in days for key in events.off if key not in counted))


def months_of(question: EventQuery, context: Context, *, all_asked: bool) -> Months:
    """Return the months of *question*, which are whole: all of them if they were asked, else those with events.

    Of a programme of many months that is the month of now, else the next with events, else the last one.
    """
    catalogue = context.catalogue
    left_out: tuple[date, ...] = ()
    if question.undated:
        firsts = []
    elif all_asked:
        firsts = _months_between(*question.days)
    else:
        firsts = sorted(
            {month for days in joined_days(catalogue.busy_days(question)) for month in _months_between(*days)}
        )
        if firsts and (len(firsts) > MONTHS_OF_A_SEASON or (firsts[-1] - firsts[0]).days > DAYS_OF_A_YEAR):
            now = month_of(festival_day(context.now))
            chosen = next((each for each in firsts if each >= now), firsts[-1])
            firsts, left_out = [chosen], tuple(each for each in firsts if each != chosen)
    days: dict[date, EventsOfDay] = {}
    if firsts:
        question = question._replace(first=firsts[0], last=last_of_month(firsts[-1]))
        days = events_by_day(catalogue, question)
    permanent, never = catalogue.ids_without_date("permanent", question)
    unannounced, reported = (catalogue.ids_without_date(each, question) for each in ("unannounced", "reported"))
    plain = not question.starting and not question.undated
    return Months(
        head=catalogue.head,
        language=context.language,
        firsts=tuple(firsts),
        days=days,
        permanent=tuple(permanent) if plain else (),
        undated=() if question.starting else tuple(chain(*unannounced, *reported)),
        off=(*_only_off(days.values()), *(never if plain else ())),
        left_out=left_out,
    )
