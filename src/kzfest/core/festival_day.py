"""When an event is on: festival days and stretches of time.

A festival day runs from 05:00 to 05:00 in the programme's time zone, so a concert at half past midnight belongs to the
evening before.
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from math import inf
from typing import Literal, NamedTuple, TypeAlias, get_args

from kzfest.core.model import Event, Showing

DAY_STARTS_AT = 5
"""The hour at which a festival day begins."""
ONE_DAY = timedelta(days=1)
SMALLEST = timedelta.resolution

REPEATS_FOR_YEARS = 50
"""How far a recurrence rule without an end is expanded."""

DISPUTED_AT_MOST = timedelta(days=366)
"""Sources that differ by more than this do not mean the same event."""

USUAL_MINUTES = {
    "ballet": 150,
    "celebration": 180,
    "circus": 120,
    "concert": 120,
    "exhibition": 90,
    "fair": 120,
    "festival": 180,
    "opera": 180,
    "theatre": 120,
    "tour": 180,
}
"""The assumed duration by category, for events whose end no source gives. Users are told that it is assumed."""
USUAL_MINUTES_ELSE = 120


DayRole: TypeAlias = Literal[
    "at_hour", "without_hour", "since_earlier", "may_be_on", "other_source", "permanent", "undated"
]
"""What an event is on a festival day; an answer about a day has them in this order."""
DAY_ROLES: tuple[DayRole, ...] = get_args(DayRole)


class Stretch(NamedTuple):
    """A period in which an event is on, or may be on if it is not *certain*.

    *first_day* and *last_day* are festival days, both included; *start* and *end* are aware, and *end* is not included.
    """

    showing: Showing
    first_day: date
    last_day: date
    start: datetime
    end: datetime
    certain: bool = True

    def touches(self, first: date, last: date) -> bool:
        """Whether the event is on in any of the festival days from *first* to *last*, both included."""
        return self.first_day <= last and self.last_day >= first

    def holds(self, moment: datetime) -> bool:
        """Whether the event is on at *moment*."""
        return self.start.timestamp() <= moment.timestamp() < self.end.timestamp()


class DateRange(NamedTuple):
    """A range of festival days."""

    first: date
    last: date
    inferred: bool = False
    """Whether something was assumed (a year, a month, what a relative word means); if so, tell the user."""
    moment: datetime | None = None
    """Set if the user asked for "now"; *first* and *last* are then its festival day."""


class DisputedDays(NamedTuple):
    """Days from *first* to *last*, both included, that an event and another *source* do not agree on."""

    first: date
    last: date
    is_ours: bool
    """Whether the event is, or may be, on then; if not, only the other source says so."""
    source: str


class ClockChange(NamedTuple):
    """A change of the clocks: what they show *before*, when it comes, and *after*."""

    before: datetime
    after: datetime


def festival_day(moment: datetime) -> date:
    """Return the festival day of *moment*, by its own time zone.

    >>> festival_day(datetime(2023, 12, 17, 1, 30))
    datetime.date(2023, 12, 16)
    """
    return (moment - timedelta(hours=DAY_STARTS_AT)).date()


def opening(day: date, zone: tzinfo) -> datetime:
    """Return when the festival day *day* begins in *zone*."""
    return datetime.combine(day, time(DAY_STARTS_AT), tzinfo=zone)


def clock_change(day: date, zone: tzinfo) -> ClockChange | None:
    """Return how the clocks of *zone* change during the festival day *day*, if they do.

    >>> from zoneinfo import ZoneInfo
    >>> [f"{when:%H:%M}" for when in clock_change(date(2026, 3, 28), ZoneInfo("Europe/Berlin")) or ()]
    ['02:00', '03:00']
    """
    if day == date.max:
        return None
    opens, closes = opening(day, zone), opening(day + ONE_DAY, zone)
    was = opens.utcoffset()
    if was is None or was == closes.utcoffset():
        return None
    low, high = int(opens.timestamp()), int(closes.timestamp())
    while high - low > 1:
        middle = (low + high) // 2
        if datetime.fromtimestamp(middle, zone).utcoffset() == was:
            low = middle
        else:
            high = middle
    before = datetime.fromtimestamp(high, UTC).replace(tzinfo=None) + was
    return ClockChange(before, datetime.fromtimestamp(high, zone).replace(tzinfo=None, fold=0))


def moment_on(day: date, clock: time, zone: tzinfo) -> datetime:
    """Return when clocks in *zone* show *clock* on the festival day *day*.

    >>> moment_on(date(2023, 12, 16), time(0, 30), UTC).isoformat()
    '2023-12-17T00:30:00+00:00'
    """
    return shown(datetime.combine(day + ONE_DAY if clock.hour < DAY_STARTS_AT else day, clock, tzinfo=zone))


def shown(moment: datetime) -> datetime:
    """Return *moment* as the clocks of its zone show it. A time in a skipped hour becomes one in the hour after it."""
    found = moment.astimezone(UTC).astimezone(moment.tzinfo)
    if found < moment:  # fold=1 from another night would count by the offset after the gap
        return shown(moment.replace(fold=0))
    return found


def by_own_clock(moment: datetime, zone: tzinfo) -> datetime:
    """Return *moment* in *zone*; where its own clocks show another time, when clocks of *zone* show that.

    Views of a day draw what is elsewhere at its own hours, which decide its festival day.

    >>> from datetime import timezone
    >>> by_own_clock(datetime(2023, 12, 16, 23, tzinfo=UTC), timezone(timedelta(hours=6))).isoformat()
    '2023-12-16T23:00:00+06:00'
    """
    here = moment.astimezone(zone)
    return here if here.utcoffset() == moment.utcoffset() else shown(moment.replace(tzinfo=zone))


def instant(when: date | datetime | None) -> date | float | None:
    """Return a key that compares *when*: equal moments in an hour that happens twice are unequal datetimes.

    >>> from zoneinfo import ZoneInfo
    >>> there = datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Berlin"))
    >>> here = there.astimezone(UTC)
    >>> there == here, instant(there) == instant(here)  # PEP 495 has the reason
    (False, True)
    """
    return when.timestamp() if isinstance(when, datetime) else when


def later(moment: datetime, length: timedelta) -> datetime:
    """Return the moment at which *length* has passed since *moment*, whatever the clocks do in between."""
    return (moment.astimezone(UTC) + length).astimezone(moment.tzinfo)


def usual_length(category: str) -> timedelta:
    """Return the assumed duration of a visit to an event of *category*."""
    return timedelta(minutes=USUAL_MINUTES.get(category, USUAL_MINUTES_ELSE))


def stretches(event: Event, *, zone: tzinfo, last: date | None, until: date | None = None) -> Iterator[Stretch]:
    """Yield the stretches of *event* in the order of its showings, then those that another source gives.

    Open ends may reach to *last*, the programme's last day. If it is None, only certain stretches are yielded.
    Repeating events are expanded up to *until*.
    """
    for showing in showings_of(event, until=until):
        yield from _stretches_of(showing, zone=zone, last=last, usual=usual_length(event.category))
    if last is None or not event.disputes:
        return
    for first, over, is_ours, _source in disputed_days(event):
        if not is_ours:  # the event is on if the other source is right
            ends = opening(over + ONE_DAY, zone)
            yield Stretch(event.showings[0], first, over, opening(first, zone), ends, certain=False)


def days_of(first: date, last: date) -> list[date]:
    """Return the days from *first* to *last*, both included."""
    return [first + number * ONE_DAY for number in range((last - first).days + 1)]


def last_of_month(day: date) -> date:
    """Return the last day of the month of *day*."""
    year, month = divmod(12 * day.year + day.month, 12)
    return date(year, month + 1, 1) - ONE_DAY if year <= date.max.year else date.max


def is_disputed(event: Event, first: date, last: date) -> bool:
    """Whether sources disagree about *event* on any festival day from *first* to *last*, both included."""
    return bool(event.disputes) and any(each.first <= last and each.last >= first for each in disputed_days(event))


def disputed_days(event: Event) -> Iterator[DisputedDays]:
    """Yield the days that *event* and another source do not agree on, those before its own first."""
    if len(event.showings) != 1:  # a dispute names no showing
        return
    (showing,) = event.showings
    first, last = festival_days(showing)
    starts, ends = [(first, "")], [(last, "")]
    for dispute in event.disputes:
        with suppress(ValueError):  # values in words are ignored
            (told,) = {*map(date.fromisoformat, dispute.value.values())}
            if dispute.field == "start" and abs(told - first) <= DISPUTED_AT_MOST:
                starts.append((told, dispute.source))
            elif dispute.field == "end" and abs(told - last) <= DISPUTED_AT_MOST:
                ends.append((told, dispute.source))
    (begun, early), (begins, late), (over, short), (latest, long) = (
        min(starts),
        max(starts),
        min(ends),
        max(starts + ends),
    )
    between = [
        DisputedDays(begun, first - ONE_DAY, is_ours=False, source=early),
        DisputedDays(first, min(begins - ONE_DAY, last), is_ours=True, source=late),
        DisputedDays(max(over + ONE_DAY, first), last, is_ours=True, source=short),
        DisputedDays(last + ONE_DAY, latest, is_ours=showing.open_end, source=long),
    ]
    yield from (each for each in between if each.first <= each.last)


def _stretches_of(showing: Showing, *, zone: tzinfo, last: date | None, usual: timedelta) -> Iterator[Stretch]:
    """Yield the certain stretch of *showing*, then the possible one if its end is open.

    The catalogue stores fixed offsets. The *zone* replaces them, because clocks may change during a visit. A showing in
    a zone of its own keeps its local time, which decides its festival day.
    A day that a zone skipped yields no stretch; a recurrence rule may lead to one.
    """
    showing = _in_zone(showing, zone)
    first_day, last_day, start, end = _bounds(showing, zone, usual)
    found = [Stretch(showing, first_day, last_day, start, end)]
    if showing.open_end and last is not None and last > first_day:
        tomorrow, over = opening(first_day + ONE_DAY, zone), opening(last + ONE_DAY, zone)
        found.append(Stretch(showing, first_day + ONE_DAY, last, tomorrow, over, certain=False))
    yield from (each for each in found if each.start.timestamp() < each.end.timestamp())


def _in_zone(showing: Showing, zone: tzinfo) -> Showing:
    if showing.zone:
        return showing
    start, end = showing.start, showing.end
    return showing._replace(
        start=start.astimezone(zone) if isinstance(start, datetime) else start,
        end=end.astimezone(zone) if isinstance(end, datetime) else end,
    )


def _bounds(showing: Showing, zone: tzinfo, usual: timedelta) -> tuple[date, date, datetime, datetime]:
    """Return the first and last festival day, start and end of the certain stretch of *showing*."""
    start, end = showing.start, showing.end
    first_day, last_day = festival_days(showing)
    day_over = opening(last_day + ONE_DAY, zone)
    if not isinstance(start, datetime):
        if showing.drop_in:  # all day: the calendar's days, such as a public holiday
            over = datetime.combine(last_day + ONE_DAY, time(), tzinfo=zone)
            return first_day, last_day, datetime.combine(start, time(), tzinfo=zone), over
        return first_day, last_day, opening(start, zone), day_over
    if isinstance(end, datetime):
        return first_day, last_day, start, end
    return (
        first_day,
        last_day,
        start,
        day_over if showing.open_end else min(later(start, usual), day_over, key=datetime.timestamp),
    )


def festival_days(showing: Showing) -> tuple[date, date]:
    """Return the first and last festival day on which *showing* is certainly on: one day if its end is unknown."""
    start, end = showing.start, showing.end
    first_day = festival_day(start) if isinstance(start, datetime) else start
    if isinstance(end, datetime):
        return first_day, festival_day(end - SMALLEST)
    return first_day, end or first_day


def may_go_on(showing: Showing | None, first_day: date | None) -> bool:
    """Whether a stretch of *showing* from *first_day* on is doubtful because no source gives the closing day.

    If not, only another source has these days. Both are None without a date.
    """
    return bool(showing and showing.open_end and first_day and first_day > festival_days(showing)[0])


def id_on(showing: Showing, day: date) -> str:
    """Return the id of the first part that hours make of *showing* on *day*; those of later parts begin with it."""
    return f"{showing.id}-{day}" if showing.id else day.isoformat()


def beginning(given: Showing) -> tuple[date, float]:
    """Return the key that sorts showings by start; whole days come before timed showings of the same day."""
    start = given.start
    return festival_days(given)[0], start.timestamp() if isinstance(start, datetime) else -inf


def ending(given: Showing) -> tuple[bool, date, float]:
    """Return the key that sorts showings by end; whole days come after timed showings of the same day."""
    end = given.end or given.start
    return given.open_end, festival_days(given)[1], end.timestamp() if isinstance(end, datetime) else inf


def showings_of(event: Event, *, until: date | None = None) -> tuple[Showing, ...]:
    """Return the showings of *event*; a repeating event is expanded up to the day *until*.

    Raises ValueError, or an error of dateutil, if the rule is invalid, fires more than once a day or does not begin
    with the event's start.
    """
    if event.repeats is None or until is None:
        return event.showings
    from kzfest.core.recurrence import occurrences  # few programmes have repeating events

    (first,) = event.showings
    until = max(until, _day_of(first.start))
    starts = occurrences(event.repeats, first.start, until=until)
    return tuple(_moved(first, start) for start in starts if _day_of(start) not in event.days_off)


def repeats_until(revised: date) -> date:
    """Return the day up to which repeating events of a programme are expanded if it was *revised* on that day."""
    return revised + timedelta(days=366 * REPEATS_FOR_YEARS)


def _moved(showing: Showing, start: date | datetime) -> Showing:
    """Return *showing* moved to *start*, with the same length in local time and the day as its id.

    When clocks go forward, that end may not be after the start. The showing then has the same number of minutes instead
    (RFC 5545, 3.8.5.3).
    """
    key = _day_of(start).isoformat()
    length = None if showing.end is None else showing.end - showing.start
    end = None if length is None else start + length
    if isinstance(start, datetime):
        start = shown(start)
        if isinstance(end, datetime) and length:
            end = shown(end) if end.timestamp() > start.timestamp() else later(start, length)
    return showing._replace(id=key, start=start, end=end)


def _day_of(start: date | datetime) -> date:
    return start.date() if isinstance(start, datetime) else start


def widened(covered: tuple[date, date] | None, event: Event) -> tuple[date, date] | None:
    """Return the days *covered* so far, widened to include those of *event*; None if no event has had a date.

    Repeating events are ignored: they would extend a programme by decades.
    """
    if event.repeats is not None or not event.showings:
        return covered
    days = [*(covered or ()), *(day for showing in event.showings for day in festival_days(showing))]
    return min(days), max(days)
