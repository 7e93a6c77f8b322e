"""Events and visits as calendar entries, with UIDs that never change."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from kzfest.calendars.ics_writer import DOMAIN, CalendarEntry, midnight
from kzfest.core.festival_day import stretches
from kzfest.core.localized import called, choose, person_texts, text_in
from kzfest.core.model import OWN
from kzfest.core.place_text import place_line
from kzfest.core.visit import LONGEST_ID, MOST_CHANGES, is_id
from kzfest.core.visit_facts import place_of
from kzfest.formats import dates
from kzfest.i18n import _
from kzfest.programme.zones import known_zone

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from zoneinfo import ZoneInfo

    from kzfest.core.festival_day import Stretch
    from kzfest.core.model import Event, Showing, Texts, Venue
    from kzfest.core.visit import Visit
    from kzfest.core.visit_facts import ProgrammeFacts, VisitFacts

_VISIT = re.compile(
    r"(?:visit\.(?P<id>[^.@]+)\.(?P<event>[^.@]+)@(?P<programme>[^.@]+)"
    rf"|own\.(?P<own>[^.@]+)@{OWN})\.{re.escape(DOMAIN)}"
)


class VisitName(NamedTuple):
    """The parts of a visit's UID."""

    id: str
    event: str | None
    programme: str | None


def visit_uid(visit: Visit) -> str:
    """Return the UID of *visit*. It names the event too, since calendar programs drop properties unknown to them."""
    if visit.event is None:
        return f"own.{visit.id}@{OWN}.{DOMAIN}"
    return f"visit.{visit.id}.{visit.event}@{visit.programme}.{DOMAIN}"


def parse_visit_uid(uid: str) -> VisitName | None:
    """Return the parts of a visit's *uid*, or None if `visit_uid` would not write it."""
    found = _VISIT.fullmatch(uid)
    if found is None:
        return None
    name = VisitName(found["id"] or found["own"], found["event"], found["programme"])
    others = [part for part in (name.event, name.programme) if part is not None]
    return name if is_id(name.id, longest=LONGEST_ID) and all(map(is_id, others)) else None


def is_event_uid(uid: str) -> bool:
    """Whether *uid* is one that `event_entries` writes."""
    name, _at, programme = uid.removesuffix(f".{DOMAIN}").rpartition("@")
    parts = re.split(r"\.|--", name)
    ours = uid.endswith(f".{DOMAIN}") and parse_visit_uid(uid) is None
    return ours and programme != OWN and len(parts) <= 3 and all(map(is_id, (programme, *parts)))


def event_entries(event: Event, showings: Sequence[Showing], around: ProgrammeFacts) -> Iterator[CalendarEntry]:
    """Yield an entry for each of *showings*.

    Its UID is the event's id, and the showing's id if there are several.
    """
    fresh = f"--{around.fresh}" if around.fresh else ""  # no id has "--"; a third part would mean a visit
    for stretch in stretches(event.with_showings(showings), zone=around.zone, last=None):
        showing = stretch.showing
        here = event.at(showing)
        venue = around.venues.get(here.venue or "")
        start, end, caveat = _span(stretch, around.zone)
        note = [text_in(showing.note, around.language) or ""] if showing.note else []
        description = "\n".join((*caveat, *note, *_description(here, venue, around)))
        yield CalendarEntry(
            uid=f"{'.'.join(filter(None, (event.id, showing.id)))}{fresh}@{around.head.id}.{DOMAIN}",
            summary=choose(here.title, around.language).text,
            start=start,
            end=end,
            stamp=around.head.revised,
            changed=event.changed or around.head.revised,
            sequence=event.revision,
            status=here.status,
            drop_in=showing.drop_in,
            location=place_line(here, venue, around.head.labels, around.language),
            point=venue.location if venue else None,
            description=description,
            url=event.url,
            image=event.image,
            tracks=_tracks(event, around),
            languages=_languages(here.title, venue.name if venue else here.place, description, around.language),
        )


def _tracks(event: Event, around: ProgrammeFacts) -> tuple[str, ...]:
    return tuple(called(track, around.head.labels, around.language) for track in event.tracks)


def _languages(title: Texts, place: Texts | None, description: str, language: str) -> dict[str, str]:
    """Return the language of each text in an entry, by property name. The *description* is in *language*."""
    said = {"summary": title, "location": place, "description": {language: description} if description else None}
    return {name: choose(texts, language).language for name, texts in said.items() if texts}


def _span(stretch: Stretch, zone: ZoneInfo) -> tuple[date | datetime, date | datetime, list[str]]:
    """Return the start and end of a showing's entry, and sentences with reservations about them."""
    showing = stretch.showing
    if showing.open_end:
        day = stretch.start.astimezone(zone).date()  # the calendar day: calendars do not know festival days
        return day, day, [_("The closing day was not published: this entry shows only the first day.")]
    if not isinstance(showing.start, datetime):
        return stretch.first_day, stretch.last_day, []
    local = known_zone(showing.zone) if showing.zone else zone
    start, end = stretch.start.astimezone(local), stretch.end.astimezone(local)
    return start, end, [] if showing.end else [assumed_end(start, end)]


def assumed_end(start: datetime, end: datetime) -> str:
    """Return the sentence for an assumed end."""
    minutes = int(end.timestamp() - start.timestamp()) // 60
    return _("The end was not published: kzfest assumes {length}.").format(length=dates.length(minutes))


def _description(event: Event, venue: Venue | None, around: ProgrammeFacts) -> Iterator[str]:
    """Yield the lines of a description: what a visitor may need without a network."""
    language = around.language
    if event.summary:
        yield text_in(event.summary, language) or ""
    if event.people:
        people = ", ".join(choose(person_texts(person), language).text for person in event.people)
        yield _("With: {people}").format(people=people)
    if event.organiser:
        yield _("Organiser: {organiser}").format(organiser=text_in(event.organiser, language))
    yield from _admission(event, language)
    if venue and venue.hours and not event.hours:
        yield _("Usually open: {hours}").format(hours=dates.week_hours(venue.hours))
    for detail in event.details:
        yield f"{text_in(detail.label, language)}: {text_in(detail.value, language)}"
    if event.notes:
        yield text_in(event.notes, language) or ""
    for source in map(around.sources.__getitem__, event.sources):
        said = ", ".join(part for part in (source.publisher, source.title, source.url) if part)
        yield _("Source: {source}").format(source=said)


def _admission(event: Event, language: str) -> Iterator[str]:
    """Yield the lines about prices, tickets, age and accessibility."""
    if event.price:
        from kzfest.formats.prices import price_line  # few events have one

        price = price_line(event.price, language)
        yield _("Price: {price}").format(price=price)
    if event.sold_out:
        yield _("Sold out")
    if event.tickets:
        yield _("Tickets: {address}").format(address=event.tickets)
    if event.age is not None:
        yield _("Age: {age}").format(age=f"{event.age}+")
    if event.accessibility:
        yield _("Accessibility: {text}").format(text=text_in(event.accessibility, language))


def revision_of(visit: Visit, known: VisitFacts, written: int = 0) -> int:
    """Return the revision of the event of *visit*, which is part of its SEQUENCE.

    It is never below the highest revision *written* to a calendar, even if the programme or event no longer exists.
    """
    return max(written, known.event.revision if known.event else visit.revision)


def sequence_of(visit: Visit, known: VisitFacts, written: int = 0) -> int:
    """Return the SEQUENCE of *visit*: the number of its changes plus the revision of its event."""
    return min(visit.changes + revision_of(visit, known, written), MOST_CHANGES)


def visit_entry(visit: Visit, known: VisitFacts, language: str, *, written: int = 0) -> CalendarEntry:
    """Return the entry of *visit*: the time that the user chose, with what the programme now says about its event.

    *written* is the highest revision of its event that was exported to a calendar.
    """
    event, venue = known.event, known.venue
    start, end = visit.start, visit.end or visit.start
    if isinstance(start, datetime) and isinstance(end, datetime):
        start, end = start.astimezone(known.zone), end.astimezone(known.zone)
    changed = visit.changed
    if event and event.changed and event.revision > visit.revision:
        changed = max(changed, midnight(event.changed))
    description = "\n".join(_visit_description(visit, known))
    return CalendarEntry(
        uid=visit_uid(visit),
        summary=choose(event.title if event else visit.title, language).text,
        start=start,
        end=end,
        stamp=changed,
        changed=changed,
        sequence=sequence_of(visit, known, written),
        status=event.status if event else visit.status,
        location=place_of(visit, known, language),
        point=venue.location if venue else None,
        description=description,
        url=event.url if event else None,
        image=event.image if event else None,
        tracks=_tracks(event, known.around) if event and known.around else (),
        must=visit.must,
        note=visit.note,
        languages=_languages(event.title, venue.name if venue else event.place, description, language) if event else {},
    )


def _visit_description(visit: Visit, known: VisitFacts) -> Iterator[str]:
    """Yield the lines of a visit's description: reservations, then what is known about its event."""
    if visit.assumed and visit.span:
        yield assumed_end(*visit.span)
    if known.state == "moved":
        yield _("The programme has changed since; this entry has the planned time.")
    if known.state == "gone":
        dropped, gone = _("The programme no longer has this date."), _("The programme no longer has this event.")
        yield dropped if known.event else gone
    if known.event and known.around:
        yield from _description(known.event, known.venue, known.around)
