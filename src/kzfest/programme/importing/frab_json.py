"""Read schedule.json: frab, pretalx and wafer; and schedule2, which hubs of the CCC write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kzfest.i18n import _
from kzfest.programme.importing import frab, moments
from kzfest.programme.importing.entries import Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kzfest.programme.importing.entries import Entry

Found = tuple[dict[str, Any], "Entry"]


def fits(value: Any) -> bool:
    """Whether *value* is a schedule of these kinds."""
    schedule = value.get("schedule") if isinstance(value, dict) else None
    return isinstance(schedule, dict) and isinstance(schedule.get("conference"), dict)


def read(value: Any) -> Reading:
    """Return the programme in the schedule *value*."""
    schedule = value["schedule"]
    conference = schedule["conference"]
    is_flat = isinstance(schedule.get("events"), list)
    found = list(_flat_entries(schedule) if is_flat else _entries(conference))
    festival = frab.festival_of(conference, schedule.get("version"))
    return Reading(
        kind=_("schedule2 JSON") if is_flat else _("frab JSON"),
        festival=festival,
        entries=[entry for _fields, entry in found],
        remarks=frab.disagreements(found, festival.zone),
    )


def _entries(conference: dict[str, Any]) -> Iterator[Found]:
    for day in _objects(conference.get("days")):
        date = moments.day_of(moments.iso_time(day.get("date")))
        for room, events in _rooms(day.get("rooms")):
            for fields in _objects(events):
                yield fields, frab.frab_entry(fields, day=date, room=room)


def _rooms(rooms: Any) -> Iterator[tuple[str, Any]]:
    """Yield the names of rooms and their events: of a mapping, or of a list of objects."""
    if isinstance(rooms, dict):
        yield from ((str(name).strip(), events) for name, events in rooms.items())
    for room in _objects(rooms):
        yield str(room.get("name") or "").strip(), room.get("events")


def _flat_entries(schedule: dict[str, Any]) -> Iterator[Found]:
    """Yield the entries of a schedule2, which names tracks and rooms by their slugs or GUIDs."""
    known = {kind: _named(schedule, kind) for kind in ("tracks", "rooms")}
    for fields in _objects(schedule["events"]):
        named = dict(fields)
        for field, kind in (("track", "tracks"), ("room", "rooms")):
            given = fields.get(field)
            keys = [given.get(key) for key in ("guid", "slug")] if isinstance(given, dict) else [given]
            named[field] = next(
                (known[kind][key] for key in keys if isinstance(key, str) and key in known[kind]), given
            )
        yield named, frab.frab_entry(named, day=None, room="")


def _named(schedule: dict[str, Any], kind: str) -> dict[str, Any]:
    """Return the tracks or rooms of the conference by slug and by GUID."""
    described = _objects(schedule["conference"].get(kind) or schedule.get(kind))
    return {each[key]: each for each in described for key in ("slug", "guid") if isinstance(each.get(key), str)}


def _objects(values: Any) -> list[dict[str, Any]]:
    return [each for each in values if isinstance(each, dict)] if isinstance(values, list) else []
