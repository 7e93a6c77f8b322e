"""Days as they are written: perhaps without their year, and with day and month in either order."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from kzfest.i18n import _
from kzfest.programme.importing.table_cells import excerpt

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_MOST_OTHERS = 0.1
"""The share of days that may have the other order and count as mistakes."""
_ANY_YEAR = 2000
"""For days without a year, of which only the order counts: a leap year, so that it has every day."""


class WrittenDay(NamedTuple):
    """A day as it is written, which may leave open its year, and which number is the month."""

    year: int | None = None
    day_first: tuple[int, int] | None = None
    """Month and day, if the day stands first; None if that is not possible."""
    month_first: tuple[int, int] | None = None
    weekday: int | None = None
    nth: int | None = None
    """The number of a day of the programme, from 1."""

    @property
    def is_dated(self) -> bool:
        """Whether it has a day and a month."""
        return self.day_first is not None or self.month_first is not None

    @property
    def is_ambiguous(self) -> bool:
        """Whether day and month can be exchanged."""
        return None not in {self.day_first, self.month_first} and self.day_first != self.month_first

    def on(self, *, month_first: bool, year: int | None = None, begins: date | None = None) -> date | None:
        """Return the day, with the *year* if it names none; a weekday alone is the next one after *begins*."""
        month_and_day = (self.month_first or self.day_first) if month_first else (self.day_first or self.month_first)
        if month_and_day is None:
            if begins is None or (self.nth is None and self.weekday is None):
                return None
            days = self.nth - 1 if self.nth is not None else ((self.weekday or 0) - begins.weekday()) % 7
            return day_after(begins, days)
        years = [self.year] if self.year else [year, year + 1, year - 1] if year else []
        days_of_years = [day for each in years if (day := date_of(each, *month_and_day))]
        fitting = (day for day in days_of_years if self.weekday in {None, day.weekday()})
        return next(fitting, next(iter(days_of_years), None))


def days_joined(one: WrittenDay | None, other: WrittenDay) -> WrittenDay:
    """Return the day that *one* and the *other* describe: perhaps one by its date and the other by its weekday."""
    if one is None:
        return other
    dated, more = (other, one) if other.is_dated else (one, other)
    return dated._replace(
        weekday=more.weekday if dated.weekday is None else dated.weekday,
        nth=more.nth if dated.nth is None else dated.nth,
    )


def in_year(day: WrittenDay | None, year: int | None) -> WrittenDay | None:
    """Return *day* in *year* if it names none."""
    return day if day is None or day.year else day._replace(year=year)


def day_after(day: date, days: int) -> date | None:
    """Return the date so many *days* after *day*, or None if there is none."""
    return day + timedelta(days=days) if days <= (date.max - day).days else None


def date_of(year: int, month: int, day: int) -> date | None:
    """Return the date, or None if there is none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


class Order(NamedTuple):
    """Whether months stand before days, and whether that is a guess from days that follow each other."""

    month_first: bool
    is_guessed: bool


def order_of(days: Iterable[WrittenDay]) -> Order | None:
    """Return whether *days* have their month first; None if both ways are as likely.

    A number over 12 decides, then weekdays, then which reading makes the days follow each other.
    """
    known = set(days)
    if not any(day.is_ambiguous for day in known):
        return Order(month_first=False, is_guessed=False)
    certain = [day.day_first is None for day in known if day.is_dated and None in {day.day_first, day.month_first}]
    if certain and _MOST_OTHERS * len(certain) < sum(certain) < (1 - _MOST_OTHERS) * len(certain):
        return None
    if certain:
        return Order(month_first=2 * sum(certain) > len(certain), is_guessed=False)
    readings = [[(day, day.on(month_first=each, year=_ANY_YEAR)) for day in known] for each in (False, True)]
    fitting = [sum(on is not None and day.weekday == on.weekday() for day, on in each) for each in readings]
    if fitting[0] != fitting[1]:
        return Order(month_first=fitting[1] > fitting[0], is_guessed=False)
    follow = [_follow_each_other({on for _day, on in each if on}) for each in readings]
    return None if follow[0] == follow[1] else Order(month_first=follow[1], is_guessed=True)


def month_first_of(days: Mapping[WrittenDay, str], *, given: bool | None) -> tuple[bool, list[str]]:
    """Return whether *days*, with the texts in which they stand, have the month first, and sentences about a guess.

    *given* is what the user says. Raises SyntaxError if both ways are as likely.
    """
    if given is not None:
        return given, []
    order = order_of(days)
    example = next(((day, text) for day, text in days.items() if day.is_ambiguous), None)
    if not order:
        message = _("'{text}' can be two days; say which with {choices}")
        choices = _(" or ").join(("--dates day-first", "--dates month-first"))
        raise SyntaxError(message.format(text=excerpt(example[1]) if example else "", choices=choices))
    if not order.is_guessed or not example:
        return order.month_first, []
    day = example[0].on(month_first=order.month_first, year=0)
    other = "--dates " + ("day-first" if order.month_first else "month-first")
    message = _("'{text}' is read as {day}, because the days then follow each other; if not, give {option}")
    return order.month_first, [message.format(text=excerpt(example[1]), day=day or "", option=other)]


def _follow_each_other(days: Iterable[date]) -> bool:
    """Whether there are several *days* and none is more than two after the one before: a festival may have a break."""
    in_order = sorted(days)
    return len(in_order) > 1 and all(day_after - day <= timedelta(days=2) for day, day_after in pairwise(in_order))
