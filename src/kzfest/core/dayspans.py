"""What is said of one day, as the days of the calendar that it covers: "saturday", "next week", "december 2023"."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TypeAlias

from kzfest.core.datetokens import ReadingError
from kzfest.core.words import _

Side: TypeAlias = dict[str, int]
"""What is said of one day, or of one end of a range: kind to value, with kinds like day, month and shift."""
Span: TypeAlias = tuple[date, date]
"""First and last day, both included."""

_DATE_KINDS = {"day", "month", "year", "weekday", "guessed"}


def is_date(side: Side) -> bool:
    """Whether *side* is said as a date; a weekday alone counts from now."""
    return side.keys() <= _DATE_KINDS and side.keys() != {"weekday"}


def unclear() -> ReadingError:
    """Return the reason for words that are known, and together mean nothing or too much."""
    return ReadingError(_("it is not clear which ones are meant"))


def dated(side: Side, today: date) -> Side:
    """Return *side* with the year and month that it counts from those of *today*: 5 January next year."""
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


def span(side: Side, today: date, after: date) -> Span | None:
    """Return the days of *side*, or None where the calendar has none such.

    Relative words count from *today*; a weekday from *after*, which is later where it ends a range.
    """
    match sorted(side.keys() - {"guessed"}):
        case ["year"] | ["month", "year"] | ["day", "month", "year"] | ["day", "month", "weekday", "year"]:
            return calendar_days(side["year"], side.get("month"), side.get("day"))
        case ["now"] | ["shift"]:
            day = today + timedelta(days=side.get("shift", 0))
        case ["count", "days", "in" | "sign"]:
            day = today + timedelta(days=side["count"] * side.get("sign", 1))
        case ["count", "in" | "sign", "week"] | ["sign", "week"]:
            day = today + timedelta(weeks=side.get("count", 1) * side.get("sign", 1))
        case ["weekday"] | ["coming", "weekday"]:
            day = after + timedelta(days=(side["weekday"] - after.weekday()) % 7)
        case _:
            return _stretch(side, today)
    return day, day


def _stretch(side: Side, today: date) -> Span:
    """Return the days of *side*, which counts days from *today*, or weeks from that of *today*."""
    monday = today + timedelta(days=7 * side.get("which", 0) - today.weekday())
    match sorted(side):
        case ["week", "which"]:
            return monday, monday + timedelta(days=6)
        case ["weekend"] | ["weekend", "which"] | ["coming", "weekend"]:
            return monday + timedelta(days=5), monday + timedelta(days=6)
        case ["weekday", "which"] | ["week", "weekday", "which"]:
            day = monday + timedelta(days=side["weekday"])
            return day, day
        case ["coming", "count", "days" | "week" as unit] | ["count", "days" | "week" as unit, "which"]:
            if side.get("which", 1) == 1:
                return today, today + timedelta(days=side["count"] * side[unit] - 1)
    raise unclear()


def calendar_days(year: int, month: int | None = None, day: int | None = None) -> Span | None:
    """Return a day, or all days of a month or a year; None where the calendar has none such."""
    first = _day(year, month or 1, 1 if day is None else day)
    if first is None:
        return None
    if day is not None:
        return first, first
    lasts = (_day(year, month or 12, last) for last in (31, 30, 29, 28))
    return first, next(filter(None, lasts))


def _day(year: int, month: int, day: int) -> date | None:
    """Return a day of the calendar, or None where it has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
