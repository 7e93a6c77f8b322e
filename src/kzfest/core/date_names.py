"""The names of days and months, each list one message, so that a language can give a name of its own to each place."""

from __future__ import annotations

from kzfest.i18n import _, pgettext


def weekdays() -> list[str]:
    """Return the names of the days from Monday."""
    return _("Monday Tuesday Wednesday Thursday Friday Saturday Sunday").split()


def short_weekdays() -> list[str]:
    """Return the short names of the days from Monday."""
    return _("Mon Tue Wed Thu Fri Sat Sun").split()


def months() -> list[str]:
    """Return the names of the months as they follow a day."""
    return _("January February March April May June July August September October November December").split()


def months_alone() -> list[str]:
    """Return the names of the months without a day."""
    return pgettext(
        "without a day", "January February March April May June July August September October November December"
    ).split()


def short_months() -> list[str]:
    """Return the short names of the months as they follow a day."""
    return _("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec").split()


def day_name(day: int, month: int | None, year: int | None) -> str:
    """Return what people call a *day*, whatever else is known of it: 17 December 2023."""
    if month is None:
        return _("day {day}").format(day=day)
    if year is None:
        return _("{day} {month}").format(day=day, month=months()[month - 1])
    return _("{day} {month} {year}").format(day=day, month=months()[month - 1], year=year)
