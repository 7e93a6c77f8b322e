"""The days of a page, and its other lists of events: each a link to the card."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby
from math import inf
from typing import TYPE_CHECKING, NamedTuple

from kzfest.core.festival_day import festival_days
from kzfest.formats import dates
from kzfest.formats.page import joined
from kzfest.html.elements import Markup, between, direction, element, together
from kzfest.html.rich_text import html_of_line
from kzfest.i18n import _, ngettext
from kzfest.pages import phrases
from kzfest.pages.event_list import when_undated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from kzfest.core.model import Event
    from kzfest.html.contents import DayRun, Edition
    from kzfest.programme.database.catalogue import ListedEvent, ListedStretch

HOURS_TOGETHER = 12
"""If events begin at more times of a day, each hour of an index has a line of its own."""
CARDS_NAMED = 20
"""How many events that began earlier, or have no day of their own, an index names."""


def event_link(event: Event, edition: Edition, reader: Edition | None = None) -> Markup:
    """Return the title of *event* as a link to its card, which keeps the language of the *reader*'s edition."""
    address = f"#{(reader or edition).anchor(event.id)}"
    own = edition.language if reader and reader.language != edition.language else None
    title = phrases.event_title(event, edition.language)
    if len(title) == 1:  # in the language of the page
        (span,) = title
        return element("a", span.text, href=address, dir=direction(span.text), lang=own)
    return element("a", html_of_line(title), href=address, lang=own)


def shared_link(event: Event, edition: Edition, editions: Iterable[Edition]) -> Markup:
    """Return a link to the card of *event* for the readers of each of *editions*: its address says what they read."""
    return together(
        *(element("span", event_link(event, edition, each), class_="l", lang=each.language) for each in editions)
    )


def day_lists(edition: Edition) -> Iterator[Markup]:
    """Yield the days, then what has none."""
    for run in edition.contents.runs:
        yield element(
            "div",
            element("h3", dates.full_day(run.first) if run.first == run.last else dates.days(run.first, run.last)),
            _list(_item(entry, run.first, edition) for entry in _by_hour(run, edition)),
            _since_earlier(run, edition),
            _may_be_on(len(run.events.may_be_on), edition),
            id=edition.day_anchor(run.first),
        )
    yield from _lists_apart(edition)


def _lists_apart(edition: Edition) -> Iterator[Markup]:
    """Yield what has no day of its own."""
    contents = edition.contents
    for name, events in contents.apart.items():
        if name == "earlier":  # each day says what began earlier
            continue
        if contents.cards_once and len(events) > CARDS_NAMED:
            told = ngettext("{n} event", "{n} events", len(events)).format(n=len(events))
            shown = element("p", element("a", told, href=f"#{edition.anchor(events[0].event.id)}"))
        else:
            shown = element("ul", *(_item_apart(each, name, edition) for each in events))
        yield element("div", element("h3", title_apart(name)), shown, id=edition.section_anchor(name))


def title_apart(name: str) -> str:
    """Return the heading of a kind of events that have no day of their own."""
    return {
        "earlier": _("On since earlier"),
        "may": _("May still be on: the closing day was not published"),
        "permanent": _("Permanent"),
        "undated": _("Without a known date"),
    }[name]


def _item_apart(listed: ListedEvent, kind: str, edition: Edition) -> Markup:
    """Return an event of a *kind* that has no day of its own, and what is known of its days."""
    when = when_undated(listed) if kind == "undated" else ""
    if kind == "may" and listed.showing:
        when = _("from {day}").format(day=dates.short_day(festival_days(listed.showing)[0]))
    return element("li", event_link(listed.event, edition), *((" ", element("small", when)) if when else ()))


class _Entry(NamedTuple):
    """An event on a day as an entry shows it, and those of its showings that are alike but for their hours."""

    event: Event
    parts: tuple[ListedStretch, ...]


def _by_hour(run: DayRun, edition: Edition) -> list[_Entry]:
    """Return what begins on a day, or was to begin: first by the hour, then those without one."""

    def order(entry: _Entry) -> tuple[float, date]:
        hours = [part.showing.start.timestamp() for part in entry.parts if isinstance(part.showing.start, datetime)]
        return min(hours, default=inf), max((part.last_day for part in entry.parts), default=run.first)

    keys = [*run.events.begin, *run.events.off]
    return sorted((entry for key in keys for entry in _entries(key, run.first, edition)), key=order)


def _entries(key: str, day: date, edition: Edition) -> Iterator[_Entry]:
    """Yield an entry for the showings of an event on *day*, or several if their titles, places or statuses differ."""
    event = edition.contents.by_id[key].event
    alike: dict[str, list[ListedStretch]] = {}
    for part in edition.contents.beginning_on.get((key, day), []):
        own = event.at(part.showing)
        alike.setdefault(repr((own.title, own.venue, own.room, own.status)), []).append(part)
    for parts in alike.values():
        yield _Entry(event.at(parts[0].showing), tuple(parts))
    if not alike:
        yield _Entry(event, ())


def _list(items: Iterable[Markup]) -> Markup | None:
    made = list(items)
    return element("ul", *made) if made else None


def _item(entry: _Entry, day: date, edition: Edition) -> Markup:
    """Return the hours of an event on *day*, its title and its place."""
    hours = _hours(entry.parts, day)
    told = (element("b", hours) if hours else None, event_link(entry.event, edition), _place(entry.event, edition))
    return element("li", between(filter(None, told), " "))


def _hours(parts: Sequence[ListedStretch], day: date) -> str:
    """Return when the showings of a day begin and end, those without an hour told by their last day."""
    told = []
    for part in parts:
        start, end = part.showing.start, part.showing.end
        if not isinstance(start, datetime):
            if part.showing.drop_in:
                told.append(_("all day"))
            elif part.last_day > day:
                told.append(_("to {day}").format(day=dates.day_beside(part.last_day, day)))
            continue
        when = dates.clock(start) if start.date() == day else dates.moment_beside(start, day)
        if isinstance(end, datetime):
            same_day = start.date() == end.date() or part.first_day == part.last_day
            message = _("{start}–{end}") if same_day else _("{start} – {end}")
            when = message.format(start=when, end=dates.clock(end) if same_day else dates.moment_beside(end, day))
        told.append(when)
    return ", ".join(dict.fromkeys(told))


def _place(event: Event, edition: Edition) -> Markup | None:
    venue = edition.listing.venues.get(event.venue or "")
    language = edition.language
    place = phrases.place_of_event(event, edition.listing.venues, language)
    city = venue.city if venue else event.city
    if city and city != edition.listing.head.city:
        place = joined([place, phrases.labels_line([city], edition.listing.head.labels, language)], ", ")
    return element("small", html_of_line(place)) if place else None


def _since_earlier(run: DayRun, edition: Edition) -> Markup | None:
    if not run.events.go_on:
        return None
    links = (event_link(edition.contents.by_id[key].event, edition) for key in run.events.go_on)
    return element("p", f"{_('On since earlier')}: ", between(links, "; "))


def _may_be_on(count: int, edition: Edition) -> Markup | None:
    if not count:
        return None
    told = ngettext("{n} may still be on", "{n} may still be on", count).format(n=count)
    return element("p", element("a", told, href=f"#{edition.section_anchor('may')}"))


def hour_index(edition: Edition) -> Iterator[Markup]:
    """Yield the days of a very large programme: each hour is a link to the first card of those that begin then."""
    for run in edition.contents.runs:
        firsts: dict[str, str] = {}
        for key in run.events.begin:
            for part in edition.contents.beginning_on.get((key, run.first), []):
                start = part.showing.start
                hour = dates.clock(start) if isinstance(start, datetime) else _("without an hour")
                firsts.setdefault(hour, key)
        starts = [(told, element("a", told, href=f"#{edition.anchor(key)}")) for told, key in firsts.items()]
        by_hour = groupby(starts, key=lambda each: each[0][:2] if len(firsts) > HOURS_TOGETHER else "")
        lines = [between((link for _told, link in alike), " ") for _hour, alike in by_hour]
        count = len(run.events.begin)
        told = ngettext("{n} event begins", "{n} events begin", count).format(n=count) if count else None
        yield element(
            "div",
            element("h3", dates.full_day(run.first) if run.first == run.last else dates.days(run.first, run.last)),
            element("p", told) if told else None,
            *(element("p", each, class_="h") for each in lines),
            _since_earlier(run, edition) if len(run.events.go_on) <= CARDS_NAMED else None,
            _may_be_on(len(run.events.may_be_on), edition),
            id=edition.day_anchor(run.first),
        )
    yield from _lists_apart(edition)
