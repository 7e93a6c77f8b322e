"""The cards of a page: all that is known about each event, with numbers that lead to its sources."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from kzfest.core.localized import choose
from kzfest.formats import dates
from kzfest.formats.page import Heading, cell, joined, line
from kzfest.html.elements import Markup, between, direction, element, in_language
from kzfest.html.event_lists import event_link, shared_link
from kzfest.html.rich_text import blocks, definition_list, html_of_line
from kzfest.i18n import _, speaking
from kzfest.pages import cards, phrases

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kzfest.core.model import Event, Source
    from kzfest.formats.page import Block
    from kzfest.html.contents import Edition
    from kzfest.programme.database.catalogue import ListedEvent


def event_card(
    listed: ListedEvent, edition: Edition, *, notes: bool, level: int = 3, shared_by: Sequence[Edition] = ()
) -> Markup:
    """Return the card of an event under a heading of this *level*, with the long *notes* if they are wanted.

    A card that editions share has an id for each, and links that keep the language of its reader.
    """
    event, language = listed.event, edition.language
    if not notes:
        listed = listed._replace(event=event._replace(details=(), tags=()))
    rows = list(cards.event_facts(listed, edition.listing, where=_where(event, edition)))
    whole = edition.contents.by_id.get(event.parent or "")
    parent = []
    if whole:
        link = shared_link(whole.event, edition, shared_by) if shared_by else event_link(whole.event, edition)
        parent = [(_("Part of"), link)]
    long: list[Block] = []
    if notes and event.notes:
        long = [Heading(line(_("Notes"))), *cards.text_paragraphs(event.notes, language)]
    disputes = cards.dispute_blocks(event.disputes, edition.contents.sources, language)
    return element(
        "article",
        *(element("i", id=each.anchor(event.id)) for each in shared_by),
        element(f"h{level}", html_of_line(phrases.event_title(event, language))),
        *blocks(_summary(event, edition, whole=notes), level),
        definition_list([*parent, *((_label(label, listed.event, edition), value) for label, value in rows)]),
        *blocks(long, level + 1),
        element("div", *blocks(disputes, level + 1)) if disputes else None,
        *(_shared_sources(event.sources, shared_by) if shared_by else [_sources(event.sources, edition)]),
        id=None if shared_by else edition.anchor(event.id),
    )


def _label(label: str, event: Event, edition: Edition) -> str:
    """Return the *label* of a fact, with its language if the programme gives it in another one only."""
    own = (choose(detail.label, edition.language) for detail in event.details)
    told = next((each.language for each in own if each.text == label), edition.language)
    return label if told == edition.language else element("span", label, lang=in_language(told))


def _summary(event: Event, edition: Edition, *, whole: bool) -> Iterator[Block]:
    """Yield the summary of an event; of very many events only the first paragraph, unless it is wanted as a *whole*."""
    if not event.summary:
        return
    paragraphs = cards.text_paragraphs(event.summary, edition.language)
    yield from paragraphs if whole or not edition.contents.cards_once else islice(paragraphs, 1)


def _where(event: Event, edition: Edition) -> Iterator[cards.Row]:
    """Yield the place of an event, its way in, and its usual hours if the event has none itself."""
    venue, listing = edition.listing.venues.get(event.venue or ""), edition.listing
    if venue is None:
        yield from cards.place_rows(event, listing)
        return
    name = phrases.room_and_venue(venue, event.room, listing.language)
    address = phrases.address_line(venue, listing.head.labels, listing.language)
    yield _("Where"), cell(joined([name, address], ", ")) + cards.map_cell(venue, _("Map"))
    if all(showing.all_day for showing in event.showings) and not event.hours:
        yield _("Venue's hours"), cell(dates.week_hours(venue.hours) if venue.hours else None)
    yield _("Access"), cell(phrases.localized_line(venue.accessibility, listing.language))


def _shared_sources(keys: Sequence[str], editions: Iterable[Edition]) -> Iterator[Markup | None]:
    for each in editions:
        with speaking(each.language):
            yield _sources(keys, each, class_="l", lang=each.language)


def _sources(keys: Sequence[str], edition: Edition, **attributes: str) -> Markup | None:
    numbers = [edition.contents.source_numbers[key] for key in keys if key in edition.contents.source_numbers]
    if not numbers:
        return None
    links = (element("a", str(number), href=f"#{edition.source_anchor(number)}") for number in numbers)
    return element("p", _("Sources"), " ", between(links, " "), **attributes)


def source_list(editions: Sequence[Edition]) -> Markup:
    """Return the list of the sources, which the readers of all *editions* share.

    Each has an id for every language: what a link leads to says which language is shown. A programme does not say in
    which language the title of a source is, and neither does the list.
    """
    contents = editions[0].contents
    items = (
        element(
            "li",
            *(element("i", id=each.source_anchor(number)) for each in editions),
            *_source(contents.sources[key]),
        )
        for key, number in contents.source_numbers.items()
    )
    return element("ol", *items, lang="")


def _source(source: Source) -> Iterator[Markup | str]:
    title = " ".join(source.title.split())
    yield element("a", title, href=source.url, dir=direction(title)) if source.url else element("cite", title)
    more = [source.publisher, source.published.isoformat() if source.published else None]
    yield "".join(f", {part}" for part in more if part)
