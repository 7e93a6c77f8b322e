"""Dates, times and durations as text for people, in the current language."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from kzfest.core.festival_day import SMALLEST, festival_day, festival_days
from kzfest.core.model import WEEKDAYS
from kzfest.core.opening_hours import CLOSED
from kzfest.i18n import _, day_name, months_alone, ngettext, pgettext, short_months, short_weekdays, weekdays

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kzfest.core.model import Showing


NEAR = timedelta(days=183)
"""Half a year: readers take a date without a year for the nearest one of that name."""


def full_day(day: date) -> str:
    """Return a date with its weekday.

    >>> full_day(date(2023, 12, 17))
    'Sunday 17 December 2023'
    """
    weekday = weekdays()[day.weekday()]
    return _("{weekday} {day}").format(weekday=weekday, day=day_name(day.day, day.month, day.year))


def long_day(day: date) -> str:
    """Return a date with the month in full.

    >>> long_day(date(1991, 12, 16))
    '16 December 1991'
    """
    return day_name(day.day, day.month, day.year)


def long_year(year: int) -> str:
    """Return a year, as it stands alone."""
    return pgettext("alone", "{year}").format(year=year)


def long_month(year: int, month: int) -> str:
    """Return a month in full and its year."""
    return _("{month} {year}").format(month=months_alone()[month - 1], year=year)


def short_day(day: date) -> str:
    """Return a date with the month abbreviated."""
    month = short_months()[day.month - 1]
    return _("{day} {month} {year}").format(day=day.day, month=month, year=day.year)


def days(first: date, last: date) -> str:
    """Return the range from *first* to *last* without repeating the month or year.

    >>> days(date(2023, 12, 16), date(2023, 12, 30)), days(date(2023, 12, 16), date(2024, 1, 7))
    ('16–30 Dec 2023', '16 Dec 2023 – 7 Jan 2024')
    >>> days(date(2023, 12, 1), date(2023, 12, 31)), days(date(2023, 11, 30), date(2023, 12, 2))
    ('1–31 Dec 2023', '30 Nov – 2 Dec 2023')
    """
    if first == last:
        return short_day(first)
    if first.year != last.year:
        return _("{first} – {last}").format(first=short_day(first), last=short_day(last))
    if first.month == last.month:
        month = short_months()[last.month - 1]
        return _("{first}–{last} {month} {year}").format(first=first.day, last=last.day, month=month, year=last.year)
    return _("{first} – {last} {year}").format(first=_day_and_month(first), last=_day_and_month(last), year=last.year)


def _day_and_month(day: date) -> str:
    return _("{day} {month}").format(day=day.day, month=short_months()[day.month - 1])


def day_beside(day: date, other: date) -> str:
    """Return *day*, with its year only if it is at least half a year from *other*, a date that the reader knows.

    >>> day_beside(date(2024, 1, 7), date(2023, 12, 16)), day_beside(date(2025, 1, 7), date(2023, 12, 16))
    ('7 Jan', '7 Jan 2025')
    """
    return _day_and_month(day) if abs(day - other) < NEAR else short_day(day)


def days_beside(first: date, last: date, other: date) -> str:
    """Return the range from *first* to *last*, with years as in `day_beside`.

    >>> days_beside(date(2023, 12, 16), date(2023, 12, 30), date(2023, 12, 17))
    '16–30 Dec'
    >>> days_beside(date(2023, 12, 16), date(2024, 1, 7), date(2023, 12, 17))
    '16 Dec – 7 Jan'
    """
    if first == last:
        return day_beside(first, other)
    if max(abs(first - other), abs(last - other)) >= NEAR:
        return days(first, last)
    if (first.year, first.month) == (last.year, last.month):
        month = short_months()[last.month - 1]
        return _("{first}–{last} {month}").format(first=first.day, last=last.day, month=month)
    return _("{first} – {last}").format(first=_day_and_month(first), last=_day_and_month(last))


def moment_beside(when: datetime, other: date) -> str:
    """Return a date and time, with the year as in `day_beside`."""
    return _("{day}, {time}").format(day=day_beside(when.date(), other), time=clock(when))


def showing_beside(given: Showing, other: date) -> str:
    """Return the start of a timed showing, or the days of one without times, with years as in `day_beside`."""
    if isinstance(given.start, datetime):
        return moment_beside(given.start, other)
    if given.open_end:
        return _("from {day}").format(day=day_beside(given.start, other))
    return days_beside(*festival_days(given), other)


def weekday_beside(day: date, other: date) -> str:
    """Return *day* with its weekday, and with its year as in `day_beside`.

    >>> weekday_beside(date(2023, 12, 17), date(2023, 12, 16))
    'Sun 17 Dec'
    """
    weekday = short_weekdays()[day.weekday()]
    return pgettext("short", "{weekday} {day}").format(weekday=weekday, day=day_beside(day, other))


def weekday_and_day(day: date) -> str:
    """Return *day* with its weekday and its year.

    >>> weekday_and_day(date(2023, 12, 17))
    'Sun 17 Dec 2023'
    """
    return pgettext("short", "{weekday} {day}").format(weekday=short_weekdays()[day.weekday()], day=short_day(day))


def showing_on_weekday(given: Showing, other: date) -> str:
    """Return the dates and times of a showing with the weekdays, and with years as in `day_beside`."""
    start, end = given.start, given.end
    first, last = festival_days(given)
    if not isinstance(start, datetime):
        begun = weekday_beside(first, other) if given.open_end or first == last else days_beside(first, last, other)
    else:
        begun = _("{day}, {time}").format(day=weekday_beside(start.date(), other), time=clock(start))
    if given.open_end:
        has_hour = isinstance(start, datetime)  # before an hour some languages need another word
        return _("from {moment}").format(moment=begun) if has_hour else _("from {day}").format(day=begun)
    if not isinstance(start, datetime) or not isinstance(end, datetime):
        return begun
    if _on_one_day(start, end):
        return _("{start}–{end}").format(start=begun, end=clock(end))
    return _("{start} – {end}").format(start=begun, end=moment_beside(end, other))


def moved_showing(before: Showing, after: Showing, other: date) -> str:
    """Return from when to when a showing has moved; if the day is the same, it stands there once.

    >>> from kzfest.core.model import Showing
    >>> noon = Showing("", datetime(2025, 2, 1, 12), datetime(2025, 2, 1, 13))
    >>> later = Showing("", datetime(2025, 2, 1, 14, 30))
    >>> moved_showing(noon, later, date(2025, 2, 1))
    'Sat 1 Feb, 12:00–13:00 → 14:30'
    """
    start, end = after.start, after.end
    told = showing_on_weekday(after, other)
    if isinstance(start, datetime) and isinstance(before.start, datetime) and start.date() == before.start.date():
        is_short = not after.open_end and (not isinstance(end, datetime) or _on_one_day(start, end))
        told = (stay(start, end) if isinstance(end, datetime) else clock(start)) if is_short else told
    return f"{showing_on_weekday(before, other)} → {told}"


def shift(minutes: int) -> str:
    """Return by how much something is later, or earlier if it is negative.

    >>> shift(90), shift(-7 * 24 * 60)
    ('1 h 30 min later', '7 days earlier')
    """
    whole, rest = divmod(abs(minutes), 24 * 60)
    by = length(abs(minutes)) if rest else ngettext("{n} day", "{n} days", whole).format(n=whole)
    return (_("{length} later") if minutes > 0 else _("{length} earlier")).format(length=by)


def showing(given: Showing) -> str:
    """Return the dates and times of a showing, its zone if it has its own, and whether its closing day is unknown."""
    told = showing_begun(given)
    if given.zone:
        told = _("{when} ({zone})").format(when=told, zone=given.zone)
    return _("{start}, closing day not published").format(start=told) if given.open_end else told


def showing_begun(given: Showing) -> str:
    """Return the dates and times of a showing; if its end is unknown, its start."""
    start, end = given.start, given.end
    if given.open_end:
        if isinstance(start, datetime):
            return _("from {moment}").format(moment=day_and_hour(start))
        return _("from {day}").format(day=short_day(start))
    if not isinstance(start, datetime):
        return days(start, end or start)
    if not isinstance(end, datetime):
        return day_and_hour(start)
    if _on_one_day(start, end):
        return _("{start}–{end}").format(start=day_and_hour(start), end=clock(end))
    return _("{start} – {end}").format(start=day_and_hour(start), end=day_and_hour(end))


def stay(start: datetime, end: datetime) -> str:
    """Return the times of a stay, with the date of its end if that is another festival day.

    >>> stay(datetime(2023, 12, 17, 14), datetime(2023, 12, 17, 15, 30))
    '14:00–15:30'
    >>> stay(datetime(2023, 12, 17, 21), datetime(2023, 12, 19, 2))
    '21:00 – 19 Dec 2023, 02:00'
    """
    if _on_one_day(start, end):
        return _("{start}–{end}").format(start=clock(start), end=clock(end))
    return _("{start} – {end}").format(start=clock(start), end=day_and_hour(end))


def stay_on(day: date, start: datetime, end: datetime) -> str:
    """Return the times of a stay on a festival *day* of it: on a later one than its first only when it ends.

    >>> stay_on(date(2023, 12, 17), datetime(2023, 12, 17, 21), datetime(2023, 12, 19, 2))
    '21:00 – 19 Dec 2023, 02:00'
    >>> [stay_on(date(2023, 12, n), datetime(2023, 12, 17, 21), datetime(2023, 12, 19, 12)) for n in (18, 19)]
    ['to 19 Dec, 12:00', 'to 12:00']
    """
    if festival_day(start) >= day:
        return stay(start, end)
    return until_moment(end, day)


def until_moment(end: datetime, day: date) -> str:
    """Return that something lasts to *end*, whose date is left out if it is *day*."""
    return _("to {moment}").format(moment=clock(end) if end.date() == day else moment_beside(end, day))


def _on_one_day(start: datetime, end: datetime) -> bool:
    """Whether *start* and *end* have the same date or the same festival day."""
    return start.date() == end.date() or festival_day(start) == festival_day(end - SMALLEST)


def day_and_hour(when: datetime) -> str:
    """Return a date and time.

    >>> day_and_hour(datetime(2023, 12, 23, 18, 0))
    '23 Dec 2023, 18:00'
    """
    return _("{day}, {time}").format(day=short_day(when), time=clock(when))


def clock(when: datetime) -> str:
    """Return the time of day."""
    return f"{when.hour:02}:{when.minute:02}"


def offset(when: datetime) -> str:
    """Return the UTC offset of a moment.

    >>> from datetime import timezone, timedelta
    >>> offset(datetime(1991, 12, 16, 18, 14, tzinfo=timezone(timedelta(hours=5))))
    'UTC+5'
    """
    minutes = int((when.utcoffset() or when - when).total_seconds()) // 60
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours}" + (f":{rest:02}" if rest else "")


def until(start: date | datetime, now: datetime) -> str:
    """Return how long it is from *now* to a day or a moment in the future.

    >>> now = datetime(2023, 12, 17, 12)
    >>> until(date(2023, 12, 24), now), until(datetime(2023, 12, 17, 18, 30), now)
    ('in 7 days', 'in 6 h 30 min')
    """
    first_day = festival_day(start) if isinstance(start, datetime) else start
    days_left = (first_day - festival_day(now)).days
    if days_left > 1:
        return ngettext("in {n} day", "in {n} days", days_left).format(n=days_left)
    if days_left == 1:
        return _("tomorrow")
    if not isinstance(start, datetime):
        return _("today")
    return _("in {length}").format(length=length(int(start.timestamp() - now.timestamp()) // 60))


def length(minutes: int) -> str:
    """Return a duration.

    >>> length(45), length(120), length(150)
    ('45 min', '2 h', '2 h 30 min')
    """
    whole, rest = divmod(minutes, 60)
    if not whole:
        return _("{minutes} min").format(minutes=rest)
    if not rest:
        return _("{hours} h").format(hours=whole)
    return _("{hours} h {minutes} min").format(hours=whole, minutes=rest)


def week_hours(by_day: Mapping[str, str]) -> str:
    """Return the opening hours of a week, with days of equal hours grouped.

    >>> week_hours({"mon": "closed", "tue": "10:00-18:00", "wed": "10:00-18:00", "thu": "10:00-14:00"})
    'Mon closed, Tue–Wed 10:00–18:00, Thu 10:00–14:00'
    """
    names = dict(zip(WEEKDAYS, short_weekdays(), strict=True))
    parts = []
    for text, alike_days in groupby(WEEKDAYS, key=by_day.get):
        alike = list(alike_days)
        if text is None:
            continue
        name = names[alike[0]] if len(alike) == 1 else f"{names[alike[0]]}–{names[alike[-1]]}"
        parts.append(_("{days} closed").format(days=name) if text == CLOSED else f"{name} {hours(text)}")
    return ", ".join(parts)


def hours(text: str) -> str:
    """Return the opening hours of a day with en dashes.

    >>> hours("10:00-18:00")
    '10:00–18:00'
    """
    return text.replace("-", "–")
