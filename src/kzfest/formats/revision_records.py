"""The fields of JSON and CSV for what has changed between two versions of a programme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzfest.core.localized import text_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kzfest.core.known_event import KnownEvent, KnownShowing
    from kzfest.core.model import Texts
    from kzfest.core.revisions import EventChange
    from kzfest.formats.records import Record

EVENT_CHANGE_FIELDS = (
    *("kinds", "id", "title", "title_before", "dropped", "added", "past", "places_before", "places"),
    *("people_before", "people", "status_before", "status", "visits"),
)
"""The columns of a change in CSV, which has times as ISO 8601 intervals. New ones come last."""


def event_change_record(
    change: EventChange, language: str, visits: Mapping[str, Sequence[str]] | None = None
) -> Record:
    """Return the record of a change; *visits* are the ids of the user's visits by the id of their event."""
    ids = dict.fromkeys(each.id for each in (change.before, change.after) if each)
    return {
        "kinds": list(change.kinds),
        "id": change.event.id,
        "title": text_in(change.event.title, language),
        "titles": dict(change.event.title),
        "before": change.before and _event(change.before, language),
        "after": change.after and _event(change.after, language),
        **{name: [_showing(each, language) for each in getattr(change, name)] for name in ("dropped", "added", "past")},
        "visits": [visit for key in ids for visit in (visits or {}).get(key, ())],
    }


def _event(event: KnownEvent, language: str) -> Record:
    return {
        "id": event.id,
        "title": text_in(event.title, language),
        "titles": dict(event.title),
        "status": event.status,
        "showings": [_showing(each, language) for each in event.showings],
        "repeats": event.rule or None,
        "places": _texts(event.places, language),
        "people": _texts(event.people, language),
        "revision": event.revision,
        "changed": event.changed and event.changed.isoformat(),
    }


def _showing(showing: KnownShowing, language: str) -> Record:
    return {
        "id": showing.id or None,
        "start": showing.start.isoformat(),
        "end": showing.end and showing.end.isoformat(),
        "open_end": showing.open_end,
        "places": _texts(showing.places, language),
        "status": showing.status,
    }


def _texts(each: Iterable[Texts], language: str) -> list[str | None]:
    return [text_in(texts, language) for texts in each]


def event_change_rows(records: Sequence[Record]) -> list[Record]:
    """Return the *records* of changes as rows of CSV."""
    return [
        each
        | {name: list(map(_interval, each[name])) for name in ("dropped", "added", "past")}
        | _beside(each["before"], "title_before", "places_before", "people_before", "status_before")
        | _beside(each["after"], "title_after", "places", "people", "status")
        for each in records
    ]


def _beside(event: Record | None, title: str, places: str, people: str, status: str) -> Record:
    """Return what a row says of an *event* before or after, under these names."""
    if event is None:
        return dict.fromkeys((title, places, people, status))
    there = dict.fromkeys(", ".join(each["places"]) for each in event["showings"] or [event])
    return {
        title: event["title"],
        places: list(filter(None, there)),
        people: event["people"],
        status: event["status"],
    }


def _interval(showing: Record) -> str:
    """Return the time of *showing* as an interval in ISO 8601; an end that is not known is left out or is "..".

    >>> _interval({"start": "2025-02-01", "end": "2025-02-03", "open_end": False})
    '2025-02-01/2025-02-03'
    """
    start, end = showing["start"], ".." if showing["open_end"] else showing["end"]
    return f"{start}/{end}" if end and end != start else start
