"""Read schedule.xml: frab, Pentabarf, pretalx, wafer, OSEM, FOSDEM of every year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kzfest.i18n import _
from kzfest.programme.importing import frab, moments
from kzfest.programme.importing.entries import Reading
from kzfest.programme.importing.xml_text import parsed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from kzfest.programme.importing.entries import Entry

_LISTS = {"persons": "person", "links": "link", "attachments": "attachment"}


def read(text: str) -> Reading:
    """Return the programme in the schedule *text*. Raises SyntaxError if nothing in it can be read."""
    tree, remarks = parsed(text, complete={"event"})
    conference = {child.tag: child.text or "" for child in _all(tree, "conference") for child in child}
    version = next((child.text for child in _all(tree, "version")), "")
    found = list(_entries(tree, conference))
    festival = frab.festival_of({key: value.strip() for key, value in conference.items()}, version)
    remarks += frab.disagreements(found, festival.zone)
    return Reading(kind=_("frab XML"), festival=festival, entries=[entry for _fields, entry in found], remarks=remarks)


def _entries(tree: Element, conference: dict[str, str]) -> Iterator[tuple[dict[str, Any], Entry]]:
    """Yield the fields and the entry of each event, whether rooms stand around the events or not."""
    day_change = moments.time_of_day(conference.get("day_change"))
    for day in _all(tree, "day"):
        date = moments.day_of(moments.iso_time(day.get("date")))
        for part in day:
            room = part.get("name", "").strip() if _is(part, "room") else ""
            for event in [part] if _is(part, "event") else _all(part, "event"):
                fields = _fields(event)
                yield fields, frab.frab_entry(fields, day=date, room=room, day_change=day_change)


def _fields(event: Element) -> dict[str, Any]:
    fields: dict[str, Any] = dict(event.attrib)
    for child in event:
        name = child.tag.rpartition("}")[2]
        if name in _LISTS:
            fields[name] = [_item(item) for item in _all(child, _LISTS[name])]
        elif name == "person" and child.text:  # outside a list, with all the names
            fields["persons"] = [{"name": each} for each in child.text.split(",")]
        elif child.text:
            fields[name] = child.text.strip()
    return fields


def _item(item: Element) -> dict[str, str | None]:
    text = (item.text or "").strip()
    return {"name": text, "title": text, "url": item.get("href") or item.get("url"), "role": item.get("role")}


def _all(parent: Element, name: str) -> Iterator[Element]:
    return (child for child in parent if _is(child, name))


def _is(element: Element, name: str) -> bool:
    return isinstance(element.tag, str) and element.tag.rpartition("}")[2] == name
