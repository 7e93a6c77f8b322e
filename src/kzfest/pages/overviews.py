"""The pages that list venues, search results and programmes, and the page of bare `kzfest`."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from kzfest.core.festival_day import beginning
from kzfest.core.place_text import away, distance, whereabouts
from kzfest.formats import dates
from kzfest.formats.page import (
    Cell,
    Column,
    Fields,
    Heading,
    Paragraph,
    Section,
    StyledText,
    Table,
    cell,
    line,
    sentence,
)
from kzfest.i18n import _, ngettext
from kzfest.pages import phrases
from kzfest.pages.event_list import list_table, when_undated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from kzfest.core.model import Head, Location, Texts, Venue
    from kzfest.formats.page import Page
    from kzfest.formats.records import Record
    from kzfest.programme.database.catalogue import ListedEvent
    from kzfest.programme.database.search import Kind
    from kzfest.programme.listing import Listing


@dataclass(frozen=True, slots=True)
class SearchResult:
    """A search result: an event, a venue, or a person with their events."""

    kind: Kind
    shown: str
    events: tuple[ListedEvent, ...] = ()
    venue: Venue | None = None
    matched: str = "name"
    """The field in which the words were found."""


@dataclass(frozen=True, slots=True)
class ProgrammeInfo:
    """A known programme, or a file that could not be read."""

    file: str
    head: Head | None
    events: int = 0
    bundled: bool = False
    unforeseen: bool = False
    """Whether reading failed because of a bug in kzfest."""
    by_id: bool = True
    """Whether --programme ID finds it; not if another programme has the same id."""
    name: str | None = None
    """What the user calls it: its id, or the name under which it is kept."""
    source: str | None = None
    """The path of the file from which a kept programme was read."""
    read: datetime | None = None
    """When it was read; None if it is not kept."""
    default: bool = False
    """Whether commands use it that name no programme."""


def venues_page(
    venues: Sequence[tuple[Venue, int]], labels: Mapping[str, Texts], language: str, near: Location | None = None
) -> Page:
    """Return the page of *venues*, with the distance to *near* if given."""
    columns = (
        Column(_("Venue")),
        Column(_("Address")),
        *([Column(_("Distance"), wraps=False)] if near else []),
        Column(_("Events"), wraps=False),
        Column(_("Id"), from_width=80, wraps=False),
    )
    rows = tuple(
        (
            (phrases.localized_line(venue.name, language, "strong"),),
            cell(whereabouts(venue, labels, language)),
            *([cell(distance(near, venue.location, language))] if near and venue.location else []),
            cell(str(count)),
            cell(venue.id),
        )
        for venue, count in venues
    )
    return [Table(columns, (Section("", rows),))]


def words_page(words: Sequence[tuple[str, int]]) -> Page:
    """Return the page of *words*, each with its number of events."""
    columns = (Column(_("Name")), Column(_("Events"), wraps=False))
    rows = tuple((cell(StyledText(name, "strong")), cell(str(count))) for name, count in words)
    return [Table(columns, (Section("", rows),))] if rows else []


def search_page(results: Sequence[SearchResult], listing: Listing) -> Page:
    """Return the page of search results, in the given order; *listing* has their events."""
    columns = (
        Column(_("What"), wraps=False),
        Column(_("Name")),
        Column(_("When or where")),
        Column(_("Found in"), from_width=80),
        Column(_("Id"), from_width=60, wraps=False),
    )
    rows = tuple(chain.from_iterable(_result(result, listing) for result in results))
    return [Table(columns, (Section("", rows),))] if rows else []


def _result(result: SearchResult, listing: Listing) -> Iterator[tuple[Cell, ...]]:
    """Yield the rows of a result; a person has one for each event."""
    language, near = listing.language, listing.near
    kind = cell({"event": _("event"), "venue": _("venue"), "person": _("person")}[result.kind])
    found_in: Cell = cell(_part(result.matched))
    if result.venue:
        name = phrases.localized_line(result.venue.name, language, "strong")
        about = whereabouts(result.venue, listing.head.labels, language)
        how_far = StyledText(away(near, result.venue, language) or "", "faint")
        yield kind, (name,), cell(about, how_far), found_in, cell(result.venue.id)
    person = StyledText(result.shown, "strong") if result.kind == "person" else None
    for listed in result.events:
        title = phrases.event_title(listed.event, language)
        how_far = StyledText(away(near, listing.venues.get(listed.venue or ""), language) or "", "faint")
        yield kind, cell(person, title), cell(_when(listed), how_far), found_in, cell(listed.event.id)
        kind, person, found_in = (), None, ()


def _part(matched: str) -> str:
    return {
        "title": _("title"),
        "name": _("name"),
        "people": _("people"),
        "labels": _("category or tag"),
        "place": _("place"),
        "details": _("details"),
        "address": _("address"),
        "notes": _("notes"),
    }[matched]


def _when(listed: ListedEvent) -> str:
    if not listed.showings:
        return when_undated(listed)
    showings = [each for each in listed.as_written if not each.is_off] or listed.as_written
    first, *more = sorted(showings, key=beginning)
    if not more and listed.event.hours:
        return dates.showing(first)
    if not more:
        return phrases.showing_or_unknown_hour(first)
    several = ngettext("{first}, and {n} more", "{first}, and {n} more", len(more))
    return several.format(first=dates.showing(first), n=len(more))


def programmes_page(programmes: Sequence[ProgrammeInfo], language: str) -> Page:
    """Return the page of all known programmes."""
    columns = (
        Column(_("Id"), wraps=False),
        Column(_("Programme")),
        Column(_("Days"), wraps=False),
        Column(_("Events"), wraps=False),
        Column(_("File"), from_width=120),
    )
    return [Table(columns, (Section("", tuple(_programme(each, language) for each in programmes)),))]


def _programme(known: ProgrammeInfo, language: str) -> tuple[Cell, ...]:
    from shlex import quote  # for this page only

    if known.head is None:
        why = (
            _("cannot be read: kzfest --data {file} list") if known.unforeseen else _("has faults: kzfest check {file}")
        )
        if known.name and not known.bundled:
            why = _("is damaged: kzfest programmes update {name} FILE").replace("{name}", known.name)
        return (), cell(StyledText(why.format(file=quote(known.file)), "bad")), (), (), cell(known.file)
    file = _("comes with kzfest") if known.bundled else known.file
    if known.read:
        message = _("read on {day} from {file}")
        file = message.format(day=dates.short_day(known.read.date()), file=known.source or _("standard input"))
    title = phrases.localized_line(known.head.title, language)
    used = StyledText(_("used if none is named"), "faint") if known.default and not known.bundled else None
    name, by_file = cell(StyledText(known.name or known.head.id, "strong"), used), None
    if not known.by_id:
        name, by_file = (), StyledText(f"kzfest list --data {quote(known.file)}", "bad")
    return (
        name,
        cell(title, by_file),
        cell(covered_days(known.head)),
        cell(str(known.events)),
        cell(StyledText(file, "faint")),
    )


def covered_days(head: Head) -> str:
    """Return the days that a programme covers."""
    return dates.days(head.first, head.last) if head.first and head.last else _("no dated event")


def documents_page(commands: Sequence[Record]) -> Page:
    """Return the page of the commands whose JSON has a schema."""
    rows = tuple((cell(StyledText(each["command"], "strong")), cell(", ".join(each["keys"]))) for each in commands)
    return [Table((Column(_("Command"), wraps=False), Column(_("Keys"))), (Section("", rows),))]


def rows_page(columns: Sequence[str], rows: Iterable[Record]) -> Page:
    """Return the page of a query's rows."""
    shown = tuple(
        tuple(cell(" ".join(str("" if each[name] is None else each[name]).split())) for name in columns)
        for each in rows
    )
    return [Table(tuple(Column(name) for name in columns), (Section("", shown),))]


def home_page(listing: Listing, *, count: int, told: str, examples: Sequence[tuple[str, str]]) -> Page:
    """Return the page of bare `kzfest`: the programme, what is on or comes next, and examples of commands."""
    head = listing.head
    events = ngettext("{n} event", "{n} events", count).format(n=count)
    about = f"{covered_days(head)} · {events} · {head.timezone}"
    return [
        Heading(phrases.localized_line(head.title, listing.language, "strong"), level=1),
        Paragraph(line(about)),
        Paragraph(sentence(told)),
        *([list_table(listing)] if listing.events else []),
        Heading(line(_("Try"))),
        Fields(tuple((command, cell(StyledText(meaning, "faint"))) for command, meaning in examples), labels="command"),
    ]
