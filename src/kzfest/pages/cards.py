"""The cards of an event and of a venue: everything known, with its sources."""

from __future__ import annotations

import re
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING

from kzfest.core.festival_day import ONE_DAY, beginning, festival_days
from kzfest.core.localized import choose, person_texts
from kzfest.core.place_text import whereabouts
from kzfest.formats import dates
from kzfest.formats.page import Cell, Fields, Heading, Paragraph, StyledText, cell, joined, line, sentence
from kzfest.i18n import _, ngettext
from kzfest.pages import phrases
from kzfest.pages.event_list import list_table, table_at_venue, when_undated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from kzfest.core.model import Dispute, Event, Room, Showing, Source, Texts, Venue
    from kzfest.formats.page import Block, Line, Page
    from kzfest.programme.database.catalogue import ListedEvent
    from kzfest.programme.listing import Listing

Row = tuple[str, Cell]
_BLANK_LINES = re.compile(r"\n\s*\n")
ALIKE_FROM = 3
"""This many consecutive days with the same hours share one line."""


def event_page(  # noqa: PLR0913  # the card needs all of these
    listing: Listing,
    *,
    sources: Mapping[str, Source],
    parts: Listing,
    parent: Event | None = None,
    rows: Iterable[Row] = (),
    to_plan: str = "",
    in_full: bool = False,
) -> Page:
    """Return the card of the only event of *listing*, with its sources *in_full* or their number.

    *parent* is the event of which it is a part, and *parts* are the events that are parts of it. *rows* follow those
    about the event, and *to_plan* is the command line that adds it to the itinerary.
    """
    (listed,) = listing.events
    event, language = listed.event, listing.language
    blocks: list[Block] = [Heading(phrases.event_title(event, language), level=1)]
    if event.summary:
        blocks += text_paragraphs(event.summary, language)
    rows = (*_event_rows(listed, listing, parent), *rows, (_("To plan it"), cell(StyledText(to_plan, "command"))))
    blocks.append(Fields(tuple(row for row in rows if row[1])))
    if event.notes:
        blocks += [Heading(line(_("Notes"))), *text_paragraphs(event.notes, language)]
    if parts.events:
        blocks += [Heading(line(_("Parts"))), list_table(parts)]
    blocks += dispute_blocks(event.disputes, sources, language)
    blocks += source_blocks(event.sources, sources, language, in_full=in_full)
    return blocks


def text_paragraphs(texts: Texts, language: str) -> Iterator[Paragraph]:
    """Yield the paragraphs of a text, which blank lines part, with its line breaks."""
    text, own = choose(texts, language)
    text = text.strip()
    other = "" if own == language else own
    parts = [
        [line(StyledText(" ".join(each.split()), language=other)) for each in part.splitlines()]
        for part in _BLANK_LINES.split(text)
    ]
    parts[-1][-1] = phrases.localized_line({own: text.splitlines()[-1]}, language)  # the mark stands at the end
    for first, *more in parts:
        yield Paragraph(first, tuple(more))


def _event_rows(listed: ListedEvent, listing: Listing, parent: Event | None) -> Iterator[Row]:
    event, language = listed.event, listing.language
    printed = {
        own: text for own, text in event.title.items() if own == language or f"title.{own}" not in event.translated
    }
    yield _("Also titled"), _other_names(printed, language)
    yield from event_facts(listed, listing, parent)
    yield _("Our translation"), _own_translations(event.translated, language)
    yield _("Id"), cell(event.id)


def event_facts(
    listed: ListedEvent, listing: Listing, parent: Event | None = None, *, where: Iterable[Row] | None = None
) -> Iterator[Row]:
    """Yield what is known about when and where an event is, who may come, and what it is.

    *where* replaces the rows about its place.
    """
    event, language = listed.event, listing.language
    whole = parent and phrases.localized_line(parent.title, language) + line(StyledText(f" ({parent.id})", "faint"))
    yield _("Part of"), cell(whole)
    yield _("When"), _when(listed, listing.venues, language)
    yield _("Hours"), cell(phrases.own_hours(event.hours) if event.hours else None)
    yield from _where(event, listing) if where is None else where
    yield from _admission(event, language)
    yield _("Organiser"), cell(phrases.localized_line(event.organiser, language))
    yield _("With"), _people(event, language)
    for detail in event.details:
        value = choose(detail.value, language).text
        is_address = phrases.is_web_address(value)
        told = _link(value) if is_address else cell(phrases.localized_line(detail.value, language))
        yield choose(detail.label, language).text, told
    yield _("In"), cell(", ".join(event.languages))
    yield _("Accessibility"), cell(phrases.localized_line(event.accessibility, language))
    yield _("Link"), _link(event.url)
    yield _("Picture"), _link(event.image)
    yield _("Track"), cell(phrases.labels_line(event.tracks, listing.head.labels, language))
    yield _("Category"), cell(phrases.labels_line((event.category, *event.tags), listing.head.labels, language))


def _admission(event: Event, language: str) -> Iterator[Row]:
    """Yield who is admitted, and for how much."""
    price = event.price
    if price:
        from kzfest.formats.prices import price_in_numbers, price_in_words  # few events have one

        yield (
            _("Price"),
            cell(price_in_numbers(price, language), phrases.localized_line(price_in_words(price), language)),
        )
    yield _("Tickets"), cell(StyledText(_("sold out"), "warning") if event.sold_out else None) + _link(event.tickets)
    yield _("Age"), cell(f"{event.age}+" if event.age is not None else None)


def _people(event: Event, language: str) -> Cell:
    """Return the people on one line; those with more than a name and a role have lines of their own."""
    told = [(person, phrases.localized_line(person_texts(person), language)) for person in event.people]
    briefly = joined((each for person, each in told if not (person.languages or person.url)), " · ")
    more = (
        each + line(", ".join(("", *person.languages)), StyledText(", ") if person.url else None) + _address(person.url)
        for person, each in told
        if person.languages or person.url
    )
    return cell(briefly, *more)


def _other_names(texts: Mapping[str, str], language: str) -> Cell:
    """Return the names in the other languages."""
    shown = choose(texts, language).language
    others = [(own, text) for own, text in texts.items() if own != shown]
    return cell(*(line(text, StyledText(f" [{own}]", "faint")) for own, text in others))


def _own_translations(translated: Sequence[str], language: str) -> Cell:
    """Return the names of the fields that we translated ourselves into *language*."""
    fields = [name.removesuffix(f".{language}") for name in translated if name.endswith(f".{language}")]
    return cell(", ".join(phrases.field_name(field) for field in fields))


def _when(listed: ListedEvent, venues: Mapping[str, Venue], language: str) -> Cell:
    """Return every showing, with what differs from the event; of an event with hours, the days of the file."""
    if not listed.event.showings:
        return cell(when_undated(listed))
    lines = _showings(sorted(listed.as_written, key=beginning), listed.event, venues, language)
    rule = listed.event.repeats and phrases.repetition(listed.event.repeats, listed.event.showings[0].start)
    off = ", ".join(map(dates.short_day, listed.event.days_off))
    return cell(
        *lines,
        rule and StyledText(rule, "faint"),
        StyledText(_("not on {days}").format(days=off), "faint") if off else None,
    )


def _showings(showings: Iterable[Showing], event: Event, venues: Mapping[str, Venue], language: str) -> Iterator[Line]:
    """Yield when and where *showings* are, and what else is special; consecutive days that are alike share a line."""
    days = [(day, list(of_day)) for day, of_day in groupby(showings, key=lambda each: festival_days(each)[0])]
    times = [_times(day, of_day) for day, of_day in days]
    special = [[_special(each, event, venues, language) for each in of_day] for _day, of_day in days]
    runs = groupby(range(len(days)), key=lambda i: (days[i][0] - i * ONE_DAY, times[i], special[i][0]))
    for (_begun, alike, _special_of_all), run in runs:
        numbers = list(run)
        first, last = numbers[0], numbers[-1]
        if alike and last - first + 1 >= ALIKE_FROM:
            told = _("{days}, every day: {times}").format(days=dates.days(days[first][0], days[last][0]), times=alike)
            yield joined([line(told), special[first][0]], ", ")
            continue
        for number in numbers:
            for each, more in zip(days[number][1], special[number], strict=True):
                when = dates.showing(each) if event.hours else phrases.showing_or_unknown_hour(each)
                yield joined([line(when), more], ", ")


def _times(day: date, showings: Sequence[Showing]) -> str | None:
    """Return the hours of the *showings* of a day; None if hours alone would not do, as for a night or two venues."""
    times = []
    for each in showings:
        start, end = each.start, each.end
        if not isinstance(start, datetime) or {start.date(), *festival_days(each)} != {day}:
            return None
        times.append(dates.stay(start, end) if isinstance(end, datetime) else dates.clock(start))
    own = [(each.venue, each.room, each.title, each.price, each.status, each.note, each.zone) for each in showings]
    return ", ".join(times) if all(each == own[0] for each in own) else None


def _showing_price(showing: Showing, language: str) -> Line:
    """Return the price of *showing*, if it has its own."""
    if showing.price is None:
        return ()
    from kzfest.formats.prices import price_line  # few showings have one

    return line(price_line(showing.price, language))


def _special(showing: Showing, event: Event, venues: Mapping[str, Venue], language: str) -> Line:
    """Return in what *showing* differs from its *event*: status, title, place, price and note."""
    here = event.at(showing)
    status = phrases.status_label(here) if here.status != event.status else None
    venue = venues.get(here.venue or "")
    elsewhere = venue and (here.venue, here.room) != (event.venue, event.room)
    room = here.room if venue and here.room else None
    if venue and elsewhere and here.venue == event.venue and room:
        place = phrases.localized_line(venue.rooms[room].name, language)
    else:
        place = phrases.room_and_venue(venue, room, language) if venue and elsewhere else ()
    parts = [
        line(StyledText(status, "bad")) if status else (),
        phrases.localized_line(showing.title, language),
        place,
        _showing_price(showing, language),
        phrases.localized_line(showing.note, language, "faint"),
    ]
    return joined(parts, ", ")


def _where(event: Event, listing: Listing) -> Iterator[Row]:
    """Yield the venue with its address and hours, or the place and city if no venue is known."""
    venue = listing.venues.get(event.venue or "")
    if venue is None:
        yield from place_rows(event, listing)
        return
    where = whereabouts(venue, listing.head.labels, listing.language)
    yield _("Where"), cell(phrases.room_and_venue(venue, event.room, listing.language), where)
    yield _("Venue's hours"), _hours(venue, listing.language)
    yield _("Access"), cell(phrases.localized_line(venue.accessibility, listing.language))
    yield _("Map"), map_cell(venue)


def place_rows(event: Event, listing: Listing) -> Iterator[Row]:
    """Yield the place, the city and the country of an event without a venue."""
    city = phrases.labels_line(filter(None, [event.city]), listing.head.labels, listing.language)
    place = phrases.localized_line(event.place, listing.language)
    yield _("Where"), cell(place, joined([city, line(event.country)], ", "))


def _hours(venue: Venue, language: str) -> Cell:
    """Return the usual hours of *venue*, and what is said about them."""
    hours = dates.week_hours(venue.hours) if venue.hours else None
    return cell(hours, phrases.localized_line(venue.hours_note, language, "faint"))


def map_cell(venue: Venue, text: str | None = None) -> Cell:
    """Return the coordinates with a link to a map, and their accuracy; with *text* instead, only if it is low."""
    link = phrases.map_link(venue)
    if venue.location is None or link is None:
        return ()
    exact = {
        "building": _("the building itself"),
        "street": _("within a street or two"),
        "approximate": _("approximate"),
    }[venue.location.accuracy]
    point = f"{_degrees(venue.location.latitude)}, {_degrees(venue.location.longitude)}"
    told = None if text and venue.location.accuracy == "building" else StyledText(f", {exact}", "faint")
    return cell(line(StyledText(text or point, "", link), told))


def _degrees(angle: float) -> str:
    """Return *angle* in degrees with four decimals, some ten metres; adding 0.0 turns -0.0 into 0.0."""
    return f"{round(angle, 4) + 0.0:.4f}"


def _link(address: str | None) -> Cell:
    return cell(_address(address))


def _address(address: str | None) -> Line:
    return line(StyledText(phrases.short_address(address), "link", address)) if address else ()


def venue_page(venue: Venue, listing: Listing, sources: Mapping[str, Source], *, in_full: bool = False) -> Page:
    """Return the card of a venue with the events there, and its sources *in_full* or their number."""
    language = listing.language
    blocks: list[Block] = [
        Heading(phrases.localized_line(venue.name, language, "strong"), level=1),
        Fields(tuple(row for row in _venue_rows(venue, listing.head.labels, language) if row[1])),
    ]
    if venue.notes:
        blocks += [Heading(line(_("Notes"))), *text_paragraphs(venue.notes, language)]
    blocks.append(Heading(line(_("What is on there") if listing.events else _("No events of this programme"))))
    if listing.events:
        blocks.append(table_at_venue(listing))
    return [*blocks, *source_blocks(venue.sources, sources, language, in_full=in_full)]


def _venue_rows(venue: Venue, labels: Mapping[str, Texts], language: str) -> Iterator[Row]:
    yield _("Also named"), _other_names(venue.name, language)
    yield _("Known as"), cell(", ".join(venue.aliases))
    where = whereabouts(venue, labels, language)
    yield _("Address"), cell(", ".join(part for part in (where, venue.country) if part))
    yield _("Hours"), _hours(venue, language) or cell(StyledText(_("not known"), "faint"))
    yield _("Rooms"), cell(*(_room(room, language) for room in venue.rooms.values()))
    yield _("Access"), cell(phrases.localized_line(venue.accessibility, language))
    yield _("Map"), map_cell(venue) or cell(StyledText(_("place not known"), "faint"))
    yield _("Link"), _link(venue.url)
    yield _("Our translation"), _own_translations(venue.translated, language)
    yield _("Id"), cell(venue.id)


def _room(room: Room, language: str) -> Line:
    """Return the name of a room and how many visitors it holds."""
    name = phrases.localized_line(room.name, language)
    if room.capacity is None:
        return name
    told = ngettext("{n} place", "{n} places", room.capacity).format(n=room.capacity)
    return name + line(StyledText(f" · {told}", "faint"))


def dispute_blocks(disputes: Sequence[Dispute], sources: Mapping[str, Source], language: str) -> list[Block]:
    """Return the values that other sources give."""
    if not disputes:
        return []
    rows = [
        (
            phrases.field_name(dispute.field),
            cell(
                line(
                    *phrases.disputed_value(dispute, language, dates.short_day),
                    f" ({phrases.short_source(sources[dispute.source])})",
                ),
                phrases.localized_line(dispute.note, language),
            ),
        )
        for dispute in disputes
    ]
    return [Heading(line(_("Other sources say"))), Fields(tuple(rows))]


def source_blocks(keys: Sequence[str], sources: Mapping[str, Source], language: str, *, in_full: bool) -> list[Block]:
    """Return the sources *in_full*, or their number and the option that lists them."""
    if not keys:
        return []
    if not in_full:
        told = ngettext("{n} source; `{option}` lists it", "{n} sources; `{option}` lists them", len(keys))
        return [Paragraph(sentence(told.format(n=len(keys), option="--sources"), "faint"))]
    used = enumerate((sources[key] for key in keys), 1)
    rows = [
        (str(number), cell(phrases.source_line(each), phrases.localized_line(each.note, language, "faint")))
        for number, each in used
    ]
    return [Heading(line(_("Sources"))), Fields(tuple(rows))]
