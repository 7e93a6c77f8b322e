"""Names of weekdays and months. Each list is one message, so that translators see all names at once."""

from __future__ import annotations

from kzfest.i18n import _, pgettext


def weekdays() -> list[str]:
    """Return the names of the weekdays, from Monday."""
    return _("Monday Tuesday Wednesday Thursday Friday Saturday Sunday").split()


def short_weekdays() -> list[str]:
    """Return the short names of the weekdays, from Monday."""
    return _("Mon Tue Wed Thu Fri Sat Sun").split()


def months() -> list[str]:
    """Return the names of the months in the form that follows a day."""
    return _("January February March April May June July August September October November December").split()


def months_alone() -> list[str]:
    """Return the names of the months in the form without a day."""
    return pgettext(
        "without a day", "January February March April May June July August September October November December"
    ).split()


def short_months() -> list[str]:
    """Return the short names of the months in the form that follows a day."""
    return _("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec").split()


def day_name(day: int, month: int | None, year: int | None) -> str:
    """Return a date in words: "17 December 2023", "17 December" or "day 17", depending on what is known."""
    if month is None:
        return _("day {day}").format(day=day)
    if year is None:
        return _("{day} {month}").format(day=day, month=months()[month - 1])
    return _("{day} {month} {year}").format(day=day, month=months()[month - 1], year=year)
