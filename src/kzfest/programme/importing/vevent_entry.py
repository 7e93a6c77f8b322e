"""The entry of a VEVENT."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kzfest.programme.importing import moments
from kzfest.programme.importing.entries import Cost, Entry, Participant
from kzfest.programme.importing.locations import location_place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kzfest.core.model import Status
    from kzfest.programme.importing.calendar_times import CalendarTimes
    from kzfest.programme.importing.components import Component, Property
    from kzfest.programme.importing.entries import Words

_STATUSES: Mapping[str, Status] = {"CANCELLED": "cancelled", "CANCELED": "cancelled", "POSTPONED": "postponed"}
_TENTATIVE = {
    "en": "Not confirmed yet.",
    "kk": "Әлі расталмаған.",
    "ru": "Пока не подтверждено.",
}
_NO_NAME = re.compile(r"@|^[a-z][a-z0-9+.-]+:|^[\d\s()+/.-]*$", re.IGNORECASE)
"""An e-mail address, another address, or a telephone number: not a name."""
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_ROOMS = frozenset({"ROOM", "RESOURCE"})


def calendar_entry(event: Component, times: CalendarTimes) -> Entry:
    """Return the entry of *event*, whose times *times* can read."""
    when = times.of(event)
    place, attendance = location_place(event.text("LOCATION"), _point(event))
    categories = [value.strip() for each in event.all("CATEGORIES", "CATEGORY") for value in each.values]
    kind, *tags = dict.fromkeys(filter(None, categories)) or [None]
    images, links = _links(event)
    organiser = next(filter(None, map(_name, event.all("ORGANIZER"))), None)
    sequence = event.text("SEQUENCE")
    url = event.text("URL")
    described = _words(event, "DESCRIPTION") or _words(event, "X-ALT-DESC")
    if isinstance(described, str) and url and described.rpartition("\n")[2] == url:
        described = described.removesuffix(url)  # kzfest and others write it once more there
    return Entry(
        title=_words(event, "X-PENTABARF-TITLE") or _words(event, "SUMMARY") or "",
        keys={
            kind: key for kind, key in (("uid", event.text("UID")), ("id", event.text("X-PENTABARF-EVENT-ID"))) if key
        },
        start=when.start,
        end=when.end,
        zone=when.zone,
        place=place,
        summary=(_words(event, "X-PENTABARF-SUBTITLE"), described),
        kind=kind,
        tags=(*tags, *attendance),
        languages=tuple(filter(None, [event.text("X-PENTABARF-LANGUAGE-CODE")])),
        people=tuple(_people(event)),
        organiser=organiser,
        links=tuple(links),
        url=url or None,
        image=event.text("IMAGE") or next(iter(images), None),
        tickets=event.text("X-TICKETS-URL") or None,
        cost=Cost(text=event.text("X-COST")) if event.text("X-COST") else None,
        status=_STATUSES.get(event.text("STATUS").upper()),
        note=_TENTATIVE if event.text("STATUS").upper() == "TENTATIVE" else None,
        revision=int(sequence) if sequence.isascii() and sequence.isdigit() and len(sequence) < 10 else 0,
        changed=moments.day_of(moments.iso_time(event.text("LAST-MODIFIED"))),
    )


def _words(event: Component, name: str) -> Words | None:
    """Return the text of the property *name*, or its texts by language if there are several."""
    given = [each for each in event.all(name) if each.values and each.values[0].strip()]
    by_language = {each.parameters.get("LANGUAGE", ""): each.values[0].strip() for each in reversed(given)}
    if len(by_language) > 1 and "" not in by_language:
        return by_language
    return given[0].values[0].strip() if given else None


def _point(event: Component) -> tuple[float, float] | None:
    written = event.text("GEO")
    if not written:
        for given in event.all("X-APPLE-STRUCTURED-LOCATION"):
            written = given.values[0].removeprefix("geo:")
    degrees = re.split(r"\s*[;,]\s*", written.strip())[:2]
    try:
        north, east = map(float, degrees)
    except ValueError:
        return None
    return north, east


def _people(event: Component) -> Iterator[Participant]:
    for given in event.all("ATTENDEE"):
        kind, answer = (given.parameters.get(key, "").upper() for key in ("CUTYPE", "PARTSTAT"))
        name = _name(given)
        if name and kind not in _ROOMS and answer != "DECLINED":
            yield Participant(name=name, role="chair" if given.parameters.get("ROLE", "").upper() == "CHAIR" else None)


def _name(given: Property) -> str | None:
    """Return the name of somebody; their address is not taken, and some programs write it in place of the name."""
    for written in (given.parameters.get("CN", ""), *given.values[:1]):
        name = written.replace("\\n", " ").strip(" \t\n\"';")
        if name and not _NO_NAME.search(name):
            return name
    return None


def _links(event: Component) -> tuple[list[str], list[tuple[str, str]]]:
    """Return the addresses of pictures, and the labels and addresses of other pages, such as those of video calls."""
    images, links = [], []
    for given in event.all("ATTACH", "CONFERENCE", "X-GOOGLE-CONFERENCE", "LOCATION"):
        address = given.values[0].strip()
        if not _ADDRESS.fullmatch(address):
            continue
        if given.parameters.get("FMTTYPE", "").lower().startswith("image/"):
            images.append(address)
        else:
            labels = [given.parameters.get(key, "") for key in ("LABEL", "FILENAME", "X-FILENAME")]
            links.append((next(filter(None, labels), ""), address))
    return images, links
