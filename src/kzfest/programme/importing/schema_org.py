"""Read events of schema.org: JSON-LD, and HTML pages with JSON-LD, microdata or RDFa."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, Any

from kzfest.core.folding import fold
from kzfest.core.safe_text import legible_line
from kzfest.i18n import _, ngettext
from kzfest.programme.importing import linked_data, moments
from kzfest.programme.importing.entries import Festival, Reading
from kzfest.programme.importing.html_page import read_page
from kzfest.programme.importing.limits import LARGEST_PAGE, MOST_ENTRIES, MOST_ITEMS
from kzfest.programme.importing.linked_data import LinkedItem, linked_text
from kzfest.programme.importing.schema_org_dates import Dates, SchemaTimes
from kzfest.programme.importing.schema_org_event import schema_entry, schema_place, schema_title, with_dates

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kzfest.programme.importing.entries import Entry
    from kzfest.programme.importing.html_page import HtmlPage

_EVENTS = frozenset({"festival", "hackathon", "courseinstance", "eventseries"})
"""The types of events whose names do not end in "Event"."""
_NO_EVENTS = frozenset({"deliveryevent", "ondemandevent"})
_PARTS = ("subEvent", "subEvents")
_WHOLES = ("superEvent", "superEvents")
_PLACES = ("Place", "Theater", "Venue")
"""The ends of the names of types that list as `event` what is on there, also without an address."""
_INHERITED = ("location", "organizer", "image", "description", "url", "offers", "performer", "performers")
_SHOWN = 200
"""Characters of an address in a message."""
_KEYWORDS = frozenset({"@context", "@type", "@graph", "@id"})


def fits(value: Any) -> bool:
    """Whether the JSON *value* is JSON-LD."""
    return any(isinstance(root, dict) and not _KEYWORDS.isdisjoint(root) for root in linked_data.flat(value))


def read(text: str) -> Reading:
    """Return the programme in the JSON-LD *text*. Raises SyntaxError if it has no event."""
    block = linked_data.parsed(text)
    festival, entries, remarks = _Programme(linked_data.items_of(block.values), None).reading()
    if block.error is not None:
        line = text.count("\n", 0, block.error) + 1
        if not entries:
            raise SyntaxError(_("line {line}: it is not valid JSON").format(line=line))
        remarks.append(_("line {line}: the rest of the file is not valid JSON and was left out").format(line=line))
    if not entries:
        raise SyntaxError(_("JSON-LD without events of schema.org"))
    if not festival.title and len(entries) == 1:
        festival.title = entries[0].title
    return Reading(kind=_("schema.org JSON-LD"), festival=festival, entries=entries, remarks=remarks)


def read_html(text: str) -> Reading:
    """Return the programme in the HTML *text*. Raises SyntaxError if it has no event."""
    if len(text) > LARGEST_PAGE:
        message = _("an HTML page of {size} million characters; kzfest reads at most {most} million")
        raise SyntaxError(message.format(size=len(text) >> 20, most=LARGEST_PAGE >> 20))
    page = read_page(text)
    festival, entries, remarks = _Programme(page.linked, page.address).reading()
    marked, more, doubts = _Programme(page.marked, page.address).reading()
    told = {(fold(linked_text(entry.title)), entry.start) for entry in entries}
    further = [entry for entry in more if (fold(linked_text(entry.title)), entry.start) not in told]
    if not entries:
        festival = marked
    if further:
        entries, remarks = entries + further, remarks + doubts
    if not entries:
        raise SyntaxError(_without_events(page, text))
    festival.title = festival.title or page.title
    festival.language = festival.language or page.language
    if page.unread:
        message = ngettext(
            "line {line}: {n} block of JSON-LD is not valid JSON and was left out",
            "line {line}: {n} blocks of JSON-LD are not valid JSON and were left out; the first is here",
            len(page.unread),
        )
        remarks.insert(0, message.format(line=_line(text, page), n=len(page.unread)))
    if page.is_cut:
        remarks.append(_("read the first {n} items of the page; it has more").format(n=MOST_ITEMS))
    return Reading(kind=_("schema.org in HTML"), festival=festival, entries=entries, remarks=remarks)


def _without_events(page: HtmlPage, text: str) -> str:
    if page.unread:
        return _("line {line}: the JSON-LD of this HTML page is not valid JSON").format(line=_line(text, page))
    message = _("an HTML page without schema.org events; look for a calendar (.ics) or a schedule.xml on that site")
    if not page.calendars:
        return message
    links = ", ".join(legible_line(address)[:_SHOWN] for address in page.calendars[:2])
    return _("{message} (the page links to {links})").format(message=message, links=links)


def _line(text: str, page: HtmlPage) -> int:
    return text.count("\n", 0, page.unread[0]) + 1


class _Programme:
    """The events among *items*, and what contains them all."""

    def __init__(self, items: Sequence[LinkedItem], address: str | None) -> None:
        self._address = address
        self._dates = Dates()
        self._events, wholes = _events_in(items)
        _name_wholes(self._events, wholes)
        self._wholes = _without_circles(self._events, wholes)
        self._parts = Counter(id(whole) for whole in self._wholes.values())
        roots = [event for event in self._events if id(event) not in self._wholes]
        self._head = roots[0] if len(roots) == 1 and self._parts[id(roots[0])] else None
        self._repeated = {
            id(whole) for part in self._events if (whole := self._wholes.get(id(part))) and _is_date_of(part, whole)
        }
        self._list_name = next((item.words("name") for item in items if "ItemList" in item.types), None)

    def reading(self) -> tuple[Festival, list[Entry], list[str]]:
        """Return what contains the events, the entry of each date of each event, and what is doubtful in them."""
        entries: dict[int, list[Entry]] = {}
        left = MOST_ENTRIES + 1  # assembly tells that there are more
        for event in self._events:
            if event is not self._head and id(event) not in self._repeated:
                entries[id(event)] = list(islice(self._entries(event), left))
                left -= len(entries[id(event)])
        for event in self._events:
            whole = self._wholes.get(id(event))
            if whole is None or whole is self._head or id(whole) in self._repeated:
                continue
            parent = next(iter(entries.get(id(whole), ())), None)
            for entry in entries.get(id(event), ()):
                entry.parent = parent
                entry.tracks = () if parent else (linked_text(schema_title(whole)),)
        flat = [each for found in entries.values() for each in found]
        return self._festival(flat), flat, list(self._dates.remarks())

    def _entries(self, event: LinkedItem) -> Iterator[Entry]:
        whole = self._wholes.get(id(event))
        is_date = whole is not None and _is_date_of(event, whole)
        if whole and "location" not in event.properties:
            event.properties["location"] = whole.values("location")
        if whole and is_date:
            for name in ("name", *_INHERITED):
                if not event.values(name):
                    event.properties[name] = whole.values(name)
        dates = self._dates.of(event)
        if self._parts[id(event)] and dates == [SchemaTimes(None)]:
            return  # it is only the name under which its parts stand
        entry = schema_entry(event, address=self._address)
        if is_date and whole:
            own = next(iter(entry.keys.values()), "")
            entry.keys = schema_entry(whole, address=self._address).keys
            entry.instance = own if own not in entry.keys.values() else None
        if is_date or len(dates) > 1:
            entry.keys.setdefault("id", linked_text(entry.title))
        yield from (with_dates(entry, event, times) for times in dates)

    def _festival(self, entries: Sequence[Entry]) -> Festival:
        head = self._head
        if head is None:
            cities = {entry.place.city for entry in entries if entry.place}
            return Festival(title=self._list_name or "", city=cities.pop() if len(cities) == 1 else None)
        place = schema_place(head)
        [times, *_more] = self._dates.of(head)
        return Festival(
            title=schema_title(head),
            city=place.city if place else None,
            country=place.country if place else None,
            url=head.text("url") or None,
            language=head.text("inLanguage") or None,
            first=moments.day_of(times.start),
            last=moments.day_of(moments.iso_time(head.text("endDate")) or times.end),
        )


def _events_in(items: Sequence[LinkedItem]) -> tuple[list[LinkedItem], dict[int, LinkedItem]]:
    """Return the events among *items* and in them, in order, and of which event each is a part, by its identity."""
    events: list[LinkedItem] = []
    wholes: dict[int, LinkedItem] = {}
    named: dict[int, str] = {}
    seen: set[int] = set()
    waiting = [*reversed(items)]
    while waiting:
        item = waiting.pop()
        if id(item) in seen:
            continue
        seen.add(id(item))
        is_event = _is_event(item)
        if is_event:
            events.append(item)
            wholes |= {id(item): whole for whole in item.items(*_WHOLES)}
            named |= {id(item): linked_text(text) for text in item.values(*_WHOLES) if not isinstance(text, LinkedItem)}
        inner = [name for name in item.properties if name not in _WHOLES]
        if is_event:
            for part in item.items(*_PARTS):
                wholes.setdefault(id(part), item)
        elif item.values("address", "geo") or any(name.endswith(_PLACES) for name in item.types):
            for event in item.items("event", "events"):
                event.properties.setdefault("location", [item])
        waiting.extend(part for each in reversed(inner) for part in reversed(item.items(each)))
    return events, wholes | _wholes_by_name(named, events)


def _wholes_by_name(named: dict[int, str], events: Sequence[LinkedItem]) -> dict[int, LinkedItem]:
    """Return the events that the texts *named* mean: those of *events* with that id, else others with that name."""
    known = {event.id: event for event in events if event.id}
    return {
        key: known.get(name) or LinkedItem(("Event",), "", {"name": [name]})
        for key, name in named.items()
        if name in known or not name.startswith(("http://", "https://"))  # the address of a page is no name
    }


def _name_wholes(events: list[LinkedItem], wholes: dict[int, LinkedItem]) -> None:
    """Make one event of all *wholes* with one title that parts describe each for itself, and add it to *events*."""
    known = {id(event) for event in events}
    named: dict[str, LinkedItem] = {}
    for event in events:
        if id(event) not in wholes:
            named.setdefault(_title(event), event)
    for part in [event for event in events if id(event) in wholes]:
        whole = wholes[id(part)]
        if id(whole) not in known:
            wholes[id(part)] = named.setdefault(_title(whole), whole)
    events.extend(event for event in named.values() if id(event) not in known)


def _without_circles(events: Sequence[LinkedItem], wholes: dict[int, LinkedItem]) -> dict[int, LinkedItem]:
    """Return *wholes* without those of *events* that contain themselves, at however many removes."""
    parts: dict[int, list[LinkedItem]] = {}
    for event in events:
        if whole := wholes.get(id(event)):
            parts.setdefault(id(whole), []).append(event)
    kept: dict[int, LinkedItem] = {}
    waiting = [event for event in events if id(event) not in wholes]
    while waiting:
        whole = waiting.pop()
        for part in parts.get(id(whole), ()):
            kept[id(part)] = whole
            waiting.append(part)
    return kept


def _is_event(item: LinkedItem) -> bool:
    return any(
        name in _EVENTS or (name.endswith("event") and name.isalpha() and name not in _NO_EVENTS)
        for name in (each.casefold() for each in item.types)
    )


def _is_date_of(part: LinkedItem, whole: LinkedItem) -> bool:
    """Whether *part* is one of the dates of *whole*, and not an event of its own in it."""
    return _title(part) in {"", _title(whole)}


def _title(event: LinkedItem) -> str:
    return fold(linked_text(schema_title(event)))
