"""Phrases that several pages share: titles, places, hours, sources."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from kzfest.core import opening_hours
from kzfest.core.date_names import weekdays
from kzfest.core.festival_day import ONE_DAY, festival_day
from kzfest.core.model import WEEKDAYS
from kzfest.core.texts import choose
from kzfest.formats import dates
from kzfest.formats.page import Line, StyledText, line
from kzfest.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from kzfest.core.model import Event, Showing, Source, Texts, Venue
    from kzfest.formats.page import Style

LONGEST_ADDRESS = 40
"""Of a link, as people read it."""


ONE_WEEK = timedelta(days=7)


def localized_line(texts: Texts | None, language: str, style: Style = "") -> Line:
    """Return a text, marked with its language where that is not the one asked for; of no text, nothing."""
    if not texts:
        return ()
    text, own = choose(texts, language)
    return line(
        StyledText(" ".join(text.split()), style), StyledText(f" [{own}]", "faint") if own != language else None
    )


def field_name(field: str) -> str:
    """Return what a visitor calls a *field* of a programme file."""
    names = {
        "title": _("title"),
        "name": _("name"),
        "summary": _("summary"),
        "place": _("place"),
        "details": _("details"),
        "notes": _("notes"),
        "hours_note": _("note on the hours"),
        "category": _("category"),
        "city": _("city"),
        "people": _("people"),
        "start": _("start"),
        "end": _("end"),
        "showings": _("days"),
        "price": _("price"),
        "organiser": _("organiser"),
        "address": _("address"),
        "venue": _("venue"),
    }
    return names.get(field, field)


def event_title(event: Event, language: str) -> Line:
    """Return an event's title, and before it what has become of the event."""
    status = status_label(event)
    return line(StyledText(f"{status}: ", "bad") if status else None) + localized_line(event.title, language, "strong")


def status_label(event: Event) -> str | None:
    """Return what has become of an event that does not take place as announced."""
    return {"cancelled": _("CANCELLED"), "postponed": _("POSTPONED")}.get(event.status)


def venue_name(venue: Venue, language: str) -> str:
    """Return a venue's name for running text."""
    return choose(venue.name, language).text


def usual_hours(venue: Venue, first: date | None, last: date | None) -> StyledText | None:
    """Return what is known of *venue*'s opening on the days from *first* to *last*; None is no bound."""
    if first and last and last - first < ONE_WEEK:
        asked = [first + number * ONE_DAY for number in range((last - first).days + 1)]
        weekdays_asked = {WEEKDAYS[day.weekday()] for day in asked}
    else:
        weekdays_asked = set(WEEKDAYS)
    known = {key: text for key, text in (venue.hours or {}).items() if key in weekdays_asked}
    if not known:
        return None
    alike = set(known.values()) if len(known) == len(weekdays_asked) else set()
    if len(alike) != 1:
        return StyledText(_("usually {hours}").format(hours=dates.week_hours(known)), "faint")
    (text,) = alike
    if text != opening_hours.CLOSED:
        return StyledText(_("usually {hours}").format(hours=dates.hours(text)), "faint")
    if first == last and first:
        return StyledText(_("usually closed on {weekday}").format(weekday=weekdays()[first.weekday()]), "warning")
    return StyledText(_("usually {hours}").format(hours=dates.week_hours(known)), "warning")


def open_at(venue: Venue, moment: datetime) -> StyledText | None:
    """Return whether *venue* is usually open at *moment*, and until or from when."""
    day = festival_day(moment)
    if opening_hours.hours_on(venue, day) is None:
        return None
    midnight = datetime.combine(day, time())
    minute = (moment.replace(tzinfo=None) - midnight).total_seconds() / 60
    spans = opening_hours.open_spans(venue, day)
    for opens, closes in spans:
        if opens <= minute < closes:
            return StyledText(_("usually open until {time}").format(time=_clock(midnight, closes)), "faint")
    later = [opens for opens, _closes in spans if minute < opens < opening_hours.MINUTES_OF_A_DAY]
    if later:
        return StyledText(_("usually opens at {time}").format(time=_clock(midnight, min(later))), "warning")
    earlier = [closes for _opens, closes in spans if 0 < closes <= minute]
    if not earlier or opening_hours.hours_on(venue, day) == opening_hours.CLOSED:
        return StyledText(_("usually closed on {weekday}").format(weekday=weekdays()[day.weekday()]), "warning")
    return StyledText(_("usually closed since {time}").format(time=_clock(midnight, max(earlier))), "warning")


def _clock(midnight: datetime, minute: int) -> str:
    return dates.clock(midnight + timedelta(minutes=minute))


def showing_or_unknown_hour(given: Showing) -> str:
    """Return when a showing is, and of one on a single day without an hour that none is known."""
    told = dates.showing(given)
    return _("{day}, {time}").format(day=told, time=_("hour not known")) if has_no_hour(given) else told


def has_no_hour(given: Showing) -> bool:
    """Whether a showing is on a single day, and no source says when."""
    return given.all_day and not given.open_end and given.end in {None, given.start}


def short_address(address: str) -> str:
    """Return what people read of an *address*.

    >>> short_address("https://www.kzfest.invalid/"), short_address("http://kzfest.invalid/" + 40 * "a")
    ('kzfest.invalid', 'kzfest.invalid/aaaaaaaaaaaaaaaaaaaaaaaa…')
    """
    short = address.partition("://")[2].removeprefix("www.").rstrip("/") or address
    return short if len(short) <= LONGEST_ADDRESS else f"{short[: LONGEST_ADDRESS - 1]}…"


def map_link(venue: Venue) -> str | None:
    """Return a map of where *venue* is, or None where that is not known."""
    at = venue.location
    if at is None:
        return None
    return f"https://www.openstreetmap.org/?mlat={at.latitude}&mlon={at.longitude}&zoom=17"


def source_line(source: Source) -> Line:
    """Return a source as a reader cites it."""
    said_by = ", ".join(
        part for part in (source.publisher, dates.short_day(source.published) if source.published else None) if part
    )
    return line(StyledText(source.title, "", source.url or ""), f" ({said_by})" if said_by else None)


def short_source(source: Source) -> str:
    """Return a source in few words: who published it and when, else its title in quotation marks."""
    if not source.publisher:
        return _("'{text}'").format(text=source.title)
    return f"{source.publisher}, {dates.short_day(source.published)}" if source.published else source.publisher


def day_in_words(text: str, write: Callable[[date], str]) -> str:
    """Return the day that *text* is, as *write* puts it, or *text* itself where it is none."""
    try:
        return write(date.fromisoformat(text))
    except ValueError:
        return text


def repetition(rule: str, start: date) -> str:
    """Return how an event repeats: in words where its day simply comes again, else by the *rule* itself.

    >>> repetition("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=16", date(2023, 12, 16))
    'every year'
    """
    return simple_repetition(rule, start) or _("repeats: {rule}").format(rule=rule)


def simple_repetition(rule: str, start: date) -> str | None:
    """Return how an event repeats whose day simply comes again, without an end; None for any other *rule*."""
    month, day = f"BYMONTH={start.month}", f"BYMONTHDAY={start.day}"
    weekday = f"BYDAY={WEEKDAYS[start.weekday()][:2].upper()}"
    simple = {
        frozenset({"FREQ=DAILY"}): _("every day"),
        frozenset({"FREQ=WEEKLY"}): _("every week"),
        frozenset({"FREQ=WEEKLY", weekday}): _("every week"),
        frozenset({"FREQ=MONTHLY"}): _("every month"),
        frozenset({"FREQ=MONTHLY", day}): _("every month"),
        frozenset({"FREQ=YEARLY"}): _("every year"),
        frozenset({"FREQ=YEARLY", month, day}): _("every year"),
    }
    return simple.get(frozenset(rule.upper().split(";")))


def with_commands(text: str, style: Style) -> Line:
    """Return *text* with the command lines in it as such, which are never broken."""
    return line(
        *(StyledText(part, "command" if part.startswith("`kz") else style) for part in re.split("(`[^`]*`)", text))
    )
