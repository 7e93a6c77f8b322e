"""The fields of JSON and CSV of a day, place by place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzfest.core.localized import choose

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from kzfest.core.festival_day import DayRole
    from kzfest.core.model import Event, Texts
    from kzfest.formats.records import Record


def day_place_record(key: str | None, names: Sequence[Texts], language: str) -> Record:
    """Return a place of a day, which has several *names* if it is a room of one of several venues."""
    every = {code: name for texts in reversed(names) for code, name in texts.items()}
    return {"id": key, "name": ", ".join(choose(each, language).text for each in names), "names": every}


def day_event_record(  # noqa: PLR0913  # the record needs all of these
    event: Event,
    *,
    day: date | None,
    role: DayRole,
    place: str | None,
    hours: tuple[datetime | None, datetime | None],
    at_once: int,
    visits: list[Record],
    language: str,
) -> Record:
    """Return an event on a day, with when it begins and ends that day and *visits* to it."""
    start, end = hours
    return {
        "day": day and day.isoformat(),
        "id": event.id,
        "title": choose(event.title, language).text,
        "titles": dict(event.title),
        "status": event.status,
        "role": role,
        "place": place,
        "start": start and start.isoformat(),
        "end": end and end.isoformat(),
        "at_once": at_once,
        "visits": visits,
    }
