"""Turn one day or period in words into calendar days: "saturday", "next week", "december 2023"."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TypeAlias

from kzfest.core.date_phrases.tokenizer import ReadingError, unclear
from kzfest.i18n import _

Side: TypeAlias = dict[str, int]
"""The tokens of one day, or of one end of a range: kind to value, with kinds like day, month and shift."""
DaySpan: TypeAlias = tuple[date, date]
"""First and last day, both included."""

_DATE_KINDS = {"day", "month", "year", "weekday", "guessed", "isoweek"}
PARTS_OF_A_MONTH = {"counted", "count", "days", "decade", "week", "weekend", "around", "rest", "commencing"}
"""Kinds that count within a month or year, or around one of its days."""
_FROM_NOW = {"shift", "now", "which", "coming", "sign", "in"}
"""Kinds relative to now. A date beside them repeats the same day: "tomorrow, 15 december"."""
_SAID_OF_WEEKS = {"weekday", "weekend", "week", "count", "in", "sign"}
_WEEK = timedelta(days=6)
_WEEKS_IN_A_MONTH = 5


def is_date(side: Side) -> bool:
    """Whether *side* is a date; a weekday alone is relative to now."""
    if is_said_twice(side):
        return True
    if side.keys() & {"counted", "day", "rest"} and side.keys() & {"month", "year", "around"}:
        return side.keys() <= _DATE_KINDS | PARTS_OF_A_MONTH
    return side.keys() <= _DATE_KINDS and side.keys() != {"weekday"}


def is_said_twice(side: Side) -> bool:
    """Whether *side* has a date and words relative to now: "last saturday, 9 december"."""
    return "day" in side and bool(side.keys() & _FROM_NOW) and not side.keys() & {"months", "years"}


def other_words(side: Side) -> Side:
    """Return *side* without its date."""
    return {kind: value for kind, value in side.items() if kind not in {"day", "month", "year", "guessed"}}


def dated(side: Side, today: date) -> Side:
    """Return *side* with its year and month if it gives them relative to *today*: "5 January next year"."""
    which = side.get("which", 0)
    months = today.year * 12 + today.month - 1 + which
    counted = {
        "years": {"year": today.year + which},
        "months": {"year": months // 12, "month": months % 12 + 1},
    }
    for kind, said in counted.items():
        if {kind, "which"} <= side.keys() and not said.keys() & side.keys():
            rest = {other: value for other, value in side.items() if other not in {kind, "which"}}
            return rest | said | {"guessed": 1}
    return side


def span(side: Side, today: date, after: date) -> DaySpan | None:
    """Return the days of *side*, or None if the calendar does not have them. Raises ReadingError.

    Words are relative to *today*, weekdays to *after*, which is later for the end of a range.
    """
    if "counted" in side:
        return _counted_days(side)
    if is_said_twice(side):
        return _agreeing(side, today, after)
    if "week" in side and side.keys() & {"weekday", "weekend"} and side.keys() & {"sign", "in"}:
        return _in_weeks(side, today)
    if "isoweek" in side or ({"day", "month"} < side.keys() and side.keys() & {"week", "weekend"}):
        return _week_of(side)
    return _one_day(side, today, after)


def _one_day(side: Side, today: date, after: date) -> DaySpan | None:
    """Return the day of *side*, or the days of a month, a year or a period."""
    match sorted(side.keys() - {"guessed"}):
        case ["year"] | ["month", "year"] | ["day", "month", "year"] | ["day", "month", "weekday", "year"]:
            return calendar_days(side["year"], side.get("month"), side.get("day"))
        case ["now"] | ["shift"] | ["shift", "weekday"]:
            only = today + timedelta(days=side.get("shift", 0))
            if side.get("weekday", only.weekday()) != only.weekday():
                raise unclear()
        case ["count", "days", "in" | "sign"]:
            only = today + timedelta(days=side["count"] * side.get("sign", 1))
        case ["count", "in" | "sign", "week"] | ["sign", "week"]:
            only = today + timedelta(weeks=side.get("count", 1) * side.get("sign", 1))
        case ["weekday"] | ["coming", "weekday"]:
            only = after + timedelta(days=(side["weekday"] - after.weekday()) % 7)
        case _:
            return _stretch(side, today)
    return only, only


def _agreeing(side: Side, today: date, after: date) -> DaySpan | None:
    """Return the date of *side* if the words beside it mean that day or a period with it, else None."""
    if "month" not in side:  # a day and a year without a month
        raise unclear()
    day = calendar_days(side["year"], side["month"], side["day"])
    meant = span(other_words(side), today, after)
    return day if day and meant and meant[0] <= day[0] <= meant[1] else None


def _in_weeks(side: Side, today: date) -> DaySpan:
    """Return the days of "saturday in two weeks". Refuse weekdays that are over this week, which are ambiguous."""
    weeks = side.get("count", 1) * side.get("sign", 1)
    first, last = (5, 6) if "weekend" in side else (side["weekday"], side["weekday"])
    if weeks < 0 or last < today.weekday() or not side.keys() <= _SAID_OF_WEEKS:
        raise unclear()
    monday = today + timedelta(weeks=weeks, days=-today.weekday())
    return monday + timedelta(days=first), monday + timedelta(days=last)


def _stretch(side: Side, today: date) -> DaySpan:
    """Return the days of a period relative to *today* or to its week."""
    monday = today + timedelta(days=7 * side.get("which", 0) - today.weekday())
    match sorted(side):
        case ["week", "which"]:
            return monday, monday + _WEEK
        case ["rest", "week", "which"] if not side["which"]:
            return today, monday + _WEEK
        case ["weekend"] | ["weekend", "which"] | ["coming", "weekend"]:
            return monday + timedelta(days=5), monday + timedelta(days=6)
        case ["weekday", "which"] | ["week", "weekday", "which"]:
            day = monday + timedelta(days=side["weekday"])
            return day, day
        case ["coming", "count", "days" | "week" as unit] | ["count", "days" | "week" as unit, "which"]:
            if side.get("which", 1) == 1:
                return today, today + timedelta(days=side["count"] * (side[unit] if unit == "week" else 1) - 1)
        case ["guessed", "month", "rest", "year"] | ["guessed", "rest", "year"]:
            whole = calendar_days(side["year"], side.get("month"))
            if whole and whole[0] <= today <= whole[1]:
                return today, whole[1]
    raise unclear()


def _week_of(side: Side) -> DaySpan | None:
    """Return the week or weekend that contains the day of *side*, or its ISO week."""
    match sorted(side.keys() - {"guessed", "around", "commencing"}):
        case ["day", "month", "week", "year"]:
            day = calendar_days(side["year"], side["month"], side["day"])
            first, last = 0, 6
            if day and "commencing" in side and day[0].weekday() != first:
                raise unclear()
        case ["day", "month", "weekend", "year"]:
            day = calendar_days(side["year"], side["month"], side["day"])
            first, last = 5, 6
            if day and day[0].weekday() < first:
                raise unclear()
        case ["isoweek", "year"]:
            return _iso_week(side["year"], side["isoweek"])
        case ["isoweek", "weekday", "year"]:
            day = _iso_week(side["year"], side["isoweek"])
            first = last = side["weekday"]
        case _:
            raise unclear()
    if day is None:
        return None
    monday = day[0] - timedelta(days=day[0].weekday())
    return monday + timedelta(days=first), monday + timedelta(days=last)


def _iso_week(year: int, week: int) -> DaySpan | None:
    """Return the days of an ISO 8601 week, or None if the year does not have it."""
    try:
        return date.fromisocalendar(year, week, 1), date.fromisocalendar(year, week, 7)
    except ValueError:
        return None


def _counted_days(side: Side) -> DaySpan | None:
    """Return what *side* counts in a month or a year: the third sunday, the last three days, the second week.

    Weeks are counted only if the month begins, or for "last" ends, with a whole week, so that the count is unambiguous.
    """
    whole = calendar_days(side["year"], side.get("month")) if "year" in side else None
    if whole is None:
        raise unclear()
    first, last = whole
    nth = side["counted"]
    match sorted(side.keys() - {"guessed", "month", "year", "counted"}):
        case ["weekday"]:
            day = _nth_weekday(whole, nth, side["weekday"])
            return day, day
        case ["weekend" | "week" as kind]:
            return _counted_week(whole, nth, first_weekday=5 if kind == "weekend" else 0)
        case ["count", "week"] if abs(nth) == 1 and 0 < side["count"] < _WEEKS_IN_A_MONTH:
            edge = _counted_week(whole, nth, first_weekday=0)
            other = _counted_week(whole, nth * side["count"], first_weekday=0)
            return min(edge[0], other[0]), max(edge[1], other[1])
        case ["decade"]:
            if "month" in side and nth in {1, 2, 3, -1}:
                begin = first + timedelta(days=10 * ((nth if nth > 0 else 3) - 1))
                return begin, begin + timedelta(days=9) if nth in {1, 2} else last
        case ["days"] if side["days"] < 2 and abs(nth) <= (last - first).days + 1:
            day = first + timedelta(days=nth - 1) if nth > 0 else last + timedelta(days=nth + 1)
            return day, day
        case ["count", "days"] if abs(nth) == 1 and 0 < side["count"] <= (last - first).days:
            length = timedelta(days=side["count"] - 1)
            return (first, first + length) if nth > 0 else (last - length, last)
    raise unclear()


def _counted_week(whole: DaySpan, nth: int, *, first_weekday: int) -> DaySpan:
    """Return the *nth* week or weekend of the *whole* days, from *first_weekday* to Sunday."""
    begin = _nth_weekday(whole, nth, first_weekday)
    end = begin + timedelta(days=6 - first_weekday)
    is_weekend = first_weekday > 0
    fills = whole[1].weekday() == 6 if nth < 0 else whole[0].weekday() == 0
    if (_nth_weekday(whole, nth, 6) != end) if is_weekend else (not fills or end > whole[1]):
        raise unclear()
    return begin, end


def _nth_weekday(whole: DaySpan, nth: int, weekday: int) -> date:
    """Return the *nth* *weekday* of the *whole* month or year; a negative *nth* counts from its end."""
    first, last = whole
    if nth < 0:
        return last - timedelta(days=(last.weekday() - weekday) % 7 + 7 * (-nth - 1))
    day = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    if day > last:
        count = 1 + (last - first - timedelta(days=(weekday - first.weekday()) % 7)).days // 7
        raise ReadingError(_("there are only {count} of them").format(count=count))
    return day


def calendar_days(year: int, month: int | None = None, day: int | None = None) -> DaySpan | None:
    """Return a day, or all days of a month or a year; None if the calendar does not have it."""
    first = _day(year, month or 1, 1 if day is None else day)
    if first is None:
        return None
    if day is not None:
        return first, first
    lasts = (_day(year, month or 12, last) for last in (31, 30, 29, 28))
    return first, next(filter(None, lasts))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
