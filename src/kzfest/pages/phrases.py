"""Phrases that several pages share: titles, places, hours, sources."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from kzfest.core import opening_hours
from kzfest.core.festival_day import festival_day
from kzfest.core.localized import choose, label_of
from kzfest.core.model import WEEKDAYS
from kzfest.formats import dates
from kzfest.formats.page import Line, StyledText, joined, line, plain, sentence
from kzfest.i18n import _, weekdays

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from kzfest.core.localized import LocalizedText
    from kzfest.core.model import Dispute, Event, Showing, Source, Texts, Venue
    from kzfest.formats.page import Canvas, Style

LONGEST_ADDRESS = 40
"""How many characters of a link are shown."""
ONE_WEEK = timedelta(days=7)


def localized_line(texts: Texts | None, language: str, style: Style = "") -> Line:
    """Return a text, marked with its language if it is not in *language*; an empty line if there is no text.

    A web address is in no language.
    """
    if not texts:
        return ()
    text, own = choose(texts, language)
    is_marked = own != language and not is_web_address(text)
    if not is_marked:
        return line(StyledText(" ".join(text.split()), style))
    return line(StyledText(" ".join(text.split()), style, language=own), StyledText(f" [{own}]", "faint"))


def is_web_address(text: str) -> bool:
    """Whether *text* is the address of a page, and nothing else."""
    return text.startswith(("https://", "http://")) and len(text.split()) == 1


def only_what_matches(filters: str) -> list[Line]:
    """Return the line that a drawing shows only what matches *filters*, options of a command line, if there are any."""
    return [sentence(_("Only what matches `{filters}`").format(filters=filters), "faint")] if filters else []


def field_name(field: str) -> str:
    """Return the visitor's word for a *field* of a programme file."""
    names = {
        "title": _("title"),
        "name": _("name"),
        "summary": _("summary"),
        "place": _("place"),
        "details": _("details"),
        "notes": _("notes"),
        "accessibility": _("accessibility"),
        "rooms": _("rooms"),
        "hours": _("hours"),
        "hours_note": _("note on the hours"),
        "category": _("category"),
        "city": _("city"),
        "people": _("people"),
        "start": _("start"),
        "end": _("end"),
        "showings": _("days"),
        "price": _("price"),
        "age": _("age"),
        "organiser": _("organiser"),
        "address": _("address"),
        "venue": _("venue"),
        "room": _("room"),
        "status": _("status"),
        "tickets": _("tickets"),
        "sold_out": _("sold out"),
    }
    return names.get(field, field)


def event_title(event: Event, language: str) -> Line:
    """Return an event's title, after its status if it is not on as first planned."""
    title = localized_line(event.title, language, "strong")
    status = None if event.status == "scheduled" else status_label(event)
    return line(StyledText(f"{status}: ", "bad")) + title if status else title


def admission_mark(event: Event) -> StyledText | None:
    """Return what a visitor wants to know before choosing *event*, to follow its title: sold out, or free."""
    if event.sold_out:
        return StyledText(f" · {_('sold out')}", "warning")
    return StyledText(f" · {_('free')}", "good") if event.price and event.price.free else None


def status_label(event: Event) -> str | None:
    """Return the label of an event that is cancelled, postponed or moved, else None."""
    return {"cancelled": _("CANCELLED"), "postponed": _("POSTPONED"), "moved": _("MOVED")}.get(event.status)


def place_of_event(event: Event, venues: Mapping[str, Venue], language: str) -> Line:
    """Return the names of the room and the venue of *event*, or its place if it has no venue."""
    venue = venues.get(event.venue or "")
    return room_and_venue(venue, event.room, language) if venue else localized_line(event.place, language)


def room_and_venue(venue: Venue, room: str | None, language: str) -> Line:
    """Return the names of a *room* of *venue* and of the venue."""
    return joined((localized_line(texts, language) for texts in venue.names_with(room)), ", ")


def address_line(venue: Venue, labels: Mapping[str, Texts], language: str, style: Style = "") -> Line:
    """Return the address and city of *venue*, which know their languages but have no marks of them."""
    from kzfest.core.place_text import address_and_city  # lists of events have no addresses

    parts = [in_own_language(part, language, style) for part in address_and_city(venue, labels, language)]
    return line(*(span for part in parts for span in (StyledText(", ", style), part)))[1:]


def labels_line(words: Iterable[str], labels: Mapping[str, Texts], language: str) -> Line:
    """Return what *labels* call categories, tags or tracks, each once, in lines that know their languages."""
    named = {each.text: each for each in (label_of(word, labels, language) for word in words)}
    return joined((line(in_own_language(each, language)) for each in named.values()), ", ")


def in_own_language(given: LocalizedText, language: str, style: Style = "") -> StyledText:
    """Return a text that knows its language if that is known and not *language*."""
    return StyledText(given.text, style, language=given.language if given.language != language else "")


def own_hours(hours: Mapping[str, str]) -> str:
    """Return the *hours* of an event by weekday, once if they are the same every day."""
    same = set(hours.values())
    return dates.hours(same.pop()) if len(same) == 1 and len(hours) == len(WEEKDAYS) else dates.week_hours(hours)


def usual_hours(venue: Venue, first: date | None, last: date | None) -> StyledText | None:
    """Return the usual hours of *venue* from *first* to *last* (None is no bound), or None if they are not known."""
    if first and last and last - first < ONE_WEEK:
        weekdays_asked = {WEEKDAYS[(first.weekday() + n) % len(WEEKDAYS)] for n in range((last - first).days + 1)}
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
    """Return until or from when *venue* is usually open at *moment*, or None if its hours are not known."""
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
    """Return when a showing is; whole days are followed by "all day", or a single one by "hour not known"."""
    told = dates.showing(given)
    if given.all_day and given.drop_in:
        return _("{day}, {time}").format(day=told, time=_("all day"))
    return _("{day}, {time}").format(day=told, time=_("hour not known")) if has_no_hour(given) else told


def has_no_hour(given: Showing) -> bool:
    """Whether a showing is on a single day at an unknown hour."""
    return given.all_day and not given.drop_in and not given.open_end and given.end in {None, given.start}


def short_address(address: str) -> str:
    """Return a shortened web *address*.

    >>> short_address("https://www.kzfest.invalid/"), short_address("http://kzfest.invalid/" + 40 * "a")
    ('kzfest.invalid', 'kzfest.invalid/aaaaaaaaaaaaaaaaaaaaaaaa…')
    """
    short = address.partition("://")[2].removeprefix("www.").rstrip("/") or address
    return short if len(short) <= LONGEST_ADDRESS else f"{short[: LONGEST_ADDRESS - 1]}…"


def map_link(venue: Venue) -> str | None:
    """Return a link to a map of *venue*, exact to a metre, or None if its location is not known."""
    at = venue.location
    if at is None:
        return None
    return f"https://www.openstreetmap.org/?mlat={round(at.latitude, 5)}&mlon={round(at.longitude, 5)}&zoom=17"


def source_line(source: Source) -> Line:
    """Return a source as a citation: linked title, publisher, date."""
    said_by = ", ".join(
        part for part in (source.publisher, dates.short_day(source.published) if source.published else None) if part
    )
    return line(StyledText(source.title, "", source.url or ""), f" ({said_by})" if said_by else None)


def short_source(source: Source) -> str:
    """Return the publisher and date of a source, or its quoted title if no publisher is known."""
    if not source.publisher:
        return _("'{text}'").format(text=source.title)
    return f"{source.publisher}, {dates.short_day(source.published)}" if source.published else source.publisher


def day_in_words(text: str, write: Callable[[date], str]) -> str:
    """Return the ISO date *text* formatted by *write*, or *text* itself if it is no date."""
    try:
        return write(date.fromisoformat(text))
    except ValueError:
        return text


def disputed_value(dispute: Dispute, language: str, write: Callable[[date], str]) -> Line:
    """Return what another source says: its day formatted by *write*, or its words as every text is.

    A title may be in any language, and a value without letters is in none.
    """
    text = choose(dispute.value, language).text
    told = day_in_words(text, write)
    if told != text:
        return line(StyledText(told, "warning"))
    if dispute.field == "title" or not any(map(str.isalpha, text)):
        return line(StyledText(" ".join(text.split()), "warning"))
    return localized_line(dispute.value, language, "warning")


def repetition(rule: str, start: date) -> str:
    """Return how an event repeats: in words if the *rule* is simple, else the rule itself.

    >>> repetition("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=16", date(2023, 12, 16))
    'every year'
    """
    return simple_repetition(rule, start) or _("repeats: {rule}").format(rule=rule)


def simple_repetition(rule: str, start: date) -> str | None:
    """Return a simple, endless repetition *rule* (RFC 5545) in words; None for any other."""
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


def legend(entries: Iterable[tuple[Line, str]], canvas: Canvas) -> list[Line]:
    """Return what the marks of a drawing mean, each whole, as many side by side as fit."""
    lines: list[Line] = []
    for mark, words in entries:
        entry = list(canvas.wrap(line(*mark, StyledText(f" {words}", "faint")), canvas.width))
        beside = joined([lines[-1], *entry], "   ") if lines else ()
        if beside and canvas.columns_of(plain(beside)) <= canvas.width:
            lines[-1] = beside
        else:
            lines += entry
    return lines


def with_commands(text: str, style: Style) -> Line:
    """Return *text* with its `command lines` marked, so that they are not wrapped."""
    return line(
        *(StyledText(part, "command" if part.startswith("`kz") else style) for part in re.split("(`[^`]*`)", text))
    )
