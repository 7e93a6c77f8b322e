"""The fields of JSON and CSV. Fields may be added, never renamed or removed; unknown values are null.

Times are ISO 8601 with offset. `title` and similar fields are in the language of the answer, `titles` in all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from kzfest.core.festival_day import beginning, ending, festival_days
from kzfest.core.localized import person_texts, text_in
from kzfest.core.model import ALL_DAY_HOURS, WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date, datetime, tzinfo

    from kzfest.core.clashes import Clash
    from kzfest.core.history import History, Law, Milestone
    from kzfest.core.model import Certainty, Dispute, Event, Head, Person, Price, Showing, Source, Texts, Venue
    from kzfest.core.travel import Way
    from kzfest.core.visit import Itinerary, Visit
    from kzfest.core.visit_facts import VisitFacts

SCHEMA = 1
"""The version of these fields, which every document contains."""

Record: TypeAlias = "dict[str, Any]"


def programme_record(head: Head, language: str) -> Record:
    """Return the programme of a document."""
    return {"id": head.id, "title": text_in(head.title, language), "timezone": head.timezone}


def event_record(  # noqa: PLR0913  # the record needs all of these
    event: Event,
    *,
    certainty: Certainty,
    showings: tuple[Showing, ...],
    venue: Venue | None,
    sources: Mapping[str, Source],
    labels: Mapping[str, Texts],
    language: str,
) -> Record:
    """Return the record of an event with these *showings*; *venue* is that of the listed showing."""
    return {
        "id": event.id,
        "title": text_in(event.title, language),
        "titles": dict(event.title),
        "category": event.category,
        "tags": list(event.tags),
        "tracks": list(event.tracks),
        "labels": _labels((event.category, *event.tags, *event.tracks, event.city), labels),
        "parent": event.parent,
        "status": event.status,
        "certainty": certainty,
        **_when(showings),
        "showings": [_showing(each, language) for each in showings],
        "hours": _by_weekday(event.hours or _hours_of_all_day(showings)),
        "reported": _iso(event.reported),
        "venue": venue and venue_record(venue, sources=sources, labels=labels, language=language),
        "room": _room(venue, event.room, language),
        "place": text_in(event.place, language),
        "city": venue.city if venue else event.city,
        "country": venue.country if venue else event.country,
        "summary": text_in(event.summary, language),
        **_price(event.price, language),
        **_admission(event, language),
        "organiser": text_in(event.organiser, language),
        **_people(event.people, language),
        "url": event.url,
        "image": event.image,
        "languages": list(event.languages),
        "details": [_localized(each, language, "label", "value") for each in event.details],
        "notes": text_in(event.notes, language),
        "texts": _texts(event, "summary", "place", "price", "accessibility", "organiser", "notes"),
        "translated": list(event.translated),
        "revision": event.revision,
        "changed": _iso(event.changed),
        "sources": _sources(event.sources, sources, language),
        "disputes": [_dispute(each, language) for each in event.disputes],
    }


def _price(price: Price | None, language: str) -> Record:
    """Return the fields of a price; `price` is its text, else its amounts as people read them."""
    if price is None:
        return dict.fromkeys(("price", "free", "price_from", "price_to", "currency"))
    from kzfest.formats.prices import price_text  # few events have one

    return {
        "price": price_text(price, language),
        "free": price.free,
        "price_from": price.lowest,
        "price_to": price.highest,
        "currency": price.currency,
    }


def _admission(event: Event, language: str) -> Record:
    """Return the fields about who may come, apart from the price."""
    return {
        "tickets": event.tickets,
        "sold_out": event.sold_out,
        "age": event.age,
        "accessibility": text_in(event.accessibility, language),
    }


def _people(people: Sequence[Person], language: str) -> Record:
    """Return the fields for the people of an event: as text, in all languages, and key by key."""
    texts = [person_texts(person) for person in people]
    return {
        "people": [text_in(each, language) for each in texts],
        "people_texts": [dict(each) for each in texts],
        "people_details": [
            _localized(person, language, "name", "role") | {"url": person.url, "languages": list(person.languages)}
            for person in people
        ],
    }


def _when(showings: tuple[Showing, ...]) -> Record:
    """Return the fields for the time of an event, from its first showing to its last."""
    if not showings:
        return dict.fromkeys(("all_day", "start", "end", "first_day", "last_day"))
    first = min(showings, key=beginning)
    last = max(showings, key=ending)
    return {
        "all_day": first.all_day,
        "start": _iso(first.start),
        "end": _iso(last.end),
        "first_day": _iso(festival_days(first)[0]),
        "last_day": None if last.open_end else _iso(festival_days(last)[1]),
    }


def _showing(showing: Showing, language: str) -> Record:
    return {
        "id": showing.id or None,
        "start": _iso(showing.start),
        "end": _iso(showing.end),
        "venue": showing.venue,
        "room": showing.room,
        "status": showing.status,
        "zone": showing.zone,
        **_localized(showing, language, "title", "note"),
        **_price(showing.price, language),
        "texts": _texts(showing, "title", "price", "note"),
    }


def _room(venue: Venue | None, room: str | None, language: str) -> Record | None:
    """Return the record of a *room* of *venue*; None if it has no such room."""
    if venue is None or room is None or room not in venue.rooms:
        return None
    found = venue.rooms[room]
    return {"id": room, "name": text_in(found.name, language), "names": dict(found.name), "capacity": found.capacity}


def _by_weekday(hours: Mapping[str, str] | None) -> Record | None:
    return {day: hours.get(day) for day in WEEKDAYS} if hours else None


def _hours_of_all_day(showings: Iterable[Showing]) -> Mapping[str, str] | None:
    """Return the hours of an event with these *showings* if it lasts all day."""
    return ALL_DAY_HOURS if any(each.all_day and each.drop_in for each in showings) else None


def _localized(record: Any, language: str, *fields: str) -> Record:
    """Return the *fields* of *record* in *language*, and `texts` with those that have several languages."""
    return {field: text_in(getattr(record, field), language) for field in fields} | {"texts": _texts(record, *fields)}


def _texts(record: Any, *fields: str) -> Record:
    """Return the *fields* of *record* that have several languages, as mappings."""
    found = {}
    for field in fields:
        value = getattr(record, field)
        texts = value and getattr(value, "text", value)  # a price has more than its text
        if texts and len(texts) > 1:
            found[field] = dict(texts)
    return found


def _labels(words: Iterable[str | None], labels: Mapping[str, Texts]) -> Record:
    """Return the labels of those *words* that have some."""
    return {word: dict(labels[word]) for word in words if word and word in labels}


def venue_record(venue: Venue, *, sources: Mapping[str, Source], labels: Mapping[str, Texts], language: str) -> Record:
    """Return the record of a venue."""
    at = venue.location
    return {
        "id": venue.id,
        "name": text_in(venue.name, language),
        "names": dict(venue.name),
        "aliases": list(venue.aliases),
        "address": text_in(venue.address, language),
        "city": venue.city,
        "country": venue.country,
        "latitude": at and at.latitude,
        "longitude": at and at.longitude,
        "accuracy": at and at.accuracy,
        "location_source": at and at.source,
        "hours": _by_weekday(venue.hours),
        "hours_note": text_in(venue.hours_note, language),
        "hours_source": venue.hours_source,
        "url": venue.url,
        "notes": text_in(venue.notes, language),
        "accessibility": text_in(venue.accessibility, language),
        "rooms": [_room(venue, key, language) for key in venue.rooms],
        "texts": _texts(venue, "address", "hours_note", "notes", "accessibility"),
        "labels": _labels([venue.city], labels),
        "translated": list(venue.translated),
        "sources": _sources(venue.sources, sources, language),
    }


def _sources(keys: Iterable[str], sources: Mapping[str, Source], language: str) -> list[Record]:
    return [source_record(sources[key], language) for key in keys]


def source_record(source: Source, language: str) -> Record:
    """Return the record of a source."""
    return {
        "id": source.id,
        "title": source.title,
        "publisher": source.publisher,
        "published": _iso(source.published),
        "url": source.url,
        **_localized(source, language, "note"),
    }


def _dispute(dispute: Dispute, language: str) -> Record:
    return {"field": dispute.field, "source": dispute.source} | _localized(dispute, language, "value", "note")


def milestone_record(milestone: Milestone, history: History, language: str) -> Record:
    """Return the record of a milestone."""
    return {
        "id": milestone.id,
        "at": milestone.at,
        "precision": milestone.precision,
        "timezone": milestone.timezone,
        "title": text_in(milestone.title, language),
        "titles": dict(milestone.title),
        **_localized(milestone, language, "summary"),
        "sources": _sources(milestone.sources, history.sources, language),
        "disputes": [_dispute(each, language) for each in milestone.disputes],
    }


def recognition_records(history: History, language: str) -> list[Record]:
    """Return the records of the states that recognised the independence."""
    return [
        {
            "on": _iso(each.on),
            **_localized(each, language, "country", "note"),
            "sources": _sources(each.sources, history.sources, language),
        }
        for each in history.recognitions
    ]


def law_record(law: Law, history: History, language: str) -> Record:
    """Return the record of the law, with its votes and chapters."""
    return {
        "citation": law.citation,
        "title": text_in(law.titles, language),
        "titles": dict(law.titles),
        "passed": _iso(law.passed),
        "timezone": law.timezone,
        "adopted": _iso(law.adopted),
        "signed": _iso(law.signed),
        "votes": {
            "for": law.votes.in_favour,
            "against": law.votes.against,
            "abstained": law.votes.abstained,
            "absent": law.votes.absent,
            "deputies": law.votes.deputies,
        },
        "chapters": [
            {
                "number": chapter.number,
                "articles": chapter.articles,
                "title": text_in(chapter.titles, language),
                "titles": dict(chapter.titles),
                **_localized(chapter, language, "summary"),
            }
            for chapter in law.chapters
        ],
        **_localized(law, language, "status", "enacted_by", "signed_by", "drafted_by", "chaired_by", "notes"),
        "sources": _sources(law.sources, history.sources, language),
    }


def _iso(day: date | datetime | None) -> str | None:
    return day.isoformat() if day else None


def itinerary_record(itinerary: Itinerary) -> Record:
    """Return the itinerary of a document."""
    return {"name": itinerary.name, "revision": itinerary.revision}


def visit_record(  # noqa: PLR0913  # the record needs all of these
    visit: Visit, known: VisitFacts, clashes: Collection[Clash], *, clash_count: int, way: Way | None, language: str
) -> Record:
    """Return the record of a visit, with current facts of its event; *clashes* are the first of *clash_count*."""
    from kzfest.core.visit_facts import place_of  # only itineraries need it

    start, end = (moment.astimezone(known.zone) for moment in visit.span) if visit.span else (visit.day, visit.day)
    sources = known.around.sources if known.around else {}
    return {
        "id": visit.id,
        "event": visit.event,
        "programme": visit.programme,
        "title": text_in(known.event.title if known.event else visit.title, language),
        "titles": dict(known.event.title if known.event else visit.title),
        "day": _iso(visit.day),
        "start": _iso(start),
        "end": _iso(end),
        "end_assumed": visit.assumed,
        "must": visit.must,
        "note": visit.note,
        "venue": known.venue and venue_record(known.venue, sources=sources, labels=known.labels, language=language),
        "room": _room(known.venue, known.event.room if known.event else None, language),
        "planned_room": visit.room,
        "place": place_of(visit, known, language),
        "way": way and {"minutes": way.minutes, "by": way.by, "estimate": way.estimate},
        "clashes": [
            {"with": each.first if each.second == visit.id else each.second} | clash_record(each) for each in clashes
        ],
        "state": known.state,
        "changes": visit.changes,
        "changed": _iso(visit.changed),
        "more_clashes": clash_count - len(clashes),
    }


def visit_beside_record(visit: Visit, zone: tzinfo | None = None) -> Record:
    """Return when a visit beside its event is, in *zone* or as it is stored."""
    start, end = (
        [moment.astimezone(zone) if zone else moment for moment in visit.span] if visit.span else (visit.day, visit.day)
    )
    return {"id": visit.id, "day": visit.day.isoformat(), "start": start.isoformat(), "end": end.isoformat()}


def visit_in_view_record(visit: Visit, zone: tzinfo, last_day: date, clash_count: int) -> Record:
    """Return a visit beside its event in a view."""
    return visit_beside_record(visit, zone) | {"last_day": last_day.isoformat(), "clashes": clash_count}


def clash_record(clash: Clash) -> Record:
    """Return how the two visits of a clash follow each other."""
    return {
        "verdict": clash.verdict,
        "needs_minutes": clash.needs,
        "has_minutes": clash.has,
        "estimate": clash.estimate,
    }
