"""The hours of an event: one showing for each span of each of its days.

Start and end of such a showing are opening hours. If it is long enough for two visits, a visitor may come at any time
between them (`Showing.drop_in`), as to an exhibition; a shorter one is a performance, which a visitor sees whole.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from kzfest.core.festival_day import DAY_STARTS_AT, ONE_DAY, days_of, festival_days, id_on, later, shown, usual_length
from kzfest.core.model import WEEKDAYS
from kzfest.core.opening_hours import MINUTES_OF_A_DAY, open_minutes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, tzinfo

    from kzfest.core.model import Event, Showing

DAYS_WITH_HOURS_AT_MOST = 1_000
"""Days of an event with hours, as occurrences of a rule."""


def showings_in_hours(event: Event, zone: tzinfo) -> tuple[Showing, ...]:
    """Return the showings of *event*, those of whole days divided by its hours; the ids contain the days.

    A day whose hours are unknown stays a whole day. Of an open end, only the first day is certain.
    """
    return tuple(part for showing in event.showings for part in _parts(showing, event, zone))


def _parts(showing: Showing, event: Event, zone: tzinfo) -> Iterator[Showing]:
    if event.hours is None or isinstance(showing.start, datetime):
        yield showing
        return
    twice = 2 * usual_length(event.category)
    for day in days_with_hours(showing, event):
        key = id_on(showing, day)
        hours = event.hours.get(WEEKDAYS[day.weekday()])
        whole = showing._replace(id=key, start=day, end=None if showing.open_end else day)
        if hours is None:
            yield whole
        for number, (opens, closes) in enumerate(open_minutes(hours) if hours else ()):
            if closes - opens == MINUTES_OF_A_DAY:
                yield whole._replace(drop_in=True)
                continue
            start, end = _moments(day, opens, closes, zone)
            later_id = f"{key}-{start:%H%M}" if number else key
            yield whole._replace(id=later_id, start=start, end=end, drop_in=timedelta(minutes=closes - opens) >= twice)


def whole_days(event: Event, day: date) -> Showing:
    """Return the showing of *event* in whole days, as the file has it, that includes *day*."""
    return next(
        showing
        for showing in event.showings
        for first, last in [festival_days(showing)]
        if showing.all_day and first <= day <= last
    )


def days_with_hours(showing: Showing, event: Event) -> list[date]:
    """Return the days of *showing*, which has whole days, without the days off of *event*."""
    first, last = festival_days(showing)
    return [day for day in days_of(first, last) if day not in event.days_off]


def _moments(day: date, opens: int, closes: int, zone: tzinfo) -> tuple[datetime, datetime]:
    """Return the start and end of a span on the festival day *day*; most of a span in the night is before 05:00.

    >>> from datetime import UTC, date
    >>> [str(moment) for moment in _moments(date(2023, 12, 16), 30, 120, UTC)]
    ['2023-12-17 00:30:00+00:00', '2023-12-17 02:00:00+00:00']
    """
    in_the_night = opens + closes < 2 * 60 * DAY_STARTS_AT
    midnight = datetime.combine(day + ONE_DAY if in_the_night else day, time(), tzinfo=zone)
    length = timedelta(minutes=closes - opens)
    start, end = (shown(midnight + timedelta(minutes=minutes)) for minutes in (opens, closes))
    return start, end if end.timestamp() > start.timestamp() else later(start, length)
