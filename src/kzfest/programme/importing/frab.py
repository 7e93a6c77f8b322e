"""The fields of a frab schedule, which its XML and JSON share. Pentabarf, pretalx, wafer and OSEM write them too."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from kzfest.core.festival_day import DAY_STARTS_AT
from kzfest.i18n import ngettext
from kzfest.programme.importing import moments
from kzfest.programme.importing.entries import Entry, Festival, Participant, Place
from kzfest.programme.importing.json_text import text_in_json
from kzfest.programme.importing.time_zone import known_name
from kzfest.programme.zones import zone

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kzfest.core.model import Status
    from kzfest.programme.importing.entries import Words

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_STATUSES: dict[str, Status] = {"canceled": "cancelled", "cancelled": "cancelled", "withdrawn": "cancelled"}
_NEW_DAY = time(DAY_STARTS_AT)


def festival_of(conference: Mapping[str, Any], version: object) -> Festival:
    """Return what a schedule says about its *conference*; its *version* may contain a date."""
    first, last = (moments.iso_time(conference.get(key)) for key in ("start", "end"))
    stamp = _DAY.search(str(version or ""))
    return Festival(
        title=str(conference.get("title") or "").strip(),
        id=str(conference.get("acronym") or "").strip(),
        zone=str(conference.get("time_zone_name") or "").strip() or None,
        city=str(conference.get("city") or "").strip() or None,
        url=str(conference.get("url") or conference.get("base_url") or "").strip() or None,
        language=_default_language(conference),
        first=moments.day_of(first),
        last=moments.day_of(last),
        revised=moments.day_of(moments.iso_time(stamp[0])) if stamp else None,
    )


def frab_entry(fields: Mapping[str, Any], *, day: date | None, room: str, day_change: time | None = None) -> Entry:
    """Return the entry with these *fields*, which stands under *day* and *room*.

    `date` gives the moment; if it is missing, `start` does on *day*, or after midnight if it is before *day_change*.
    """
    start = _start(fields, day, day_change)
    own_room = _name(fields.get("room"))
    end = moments.iso_time(fields.get("end"))
    if end is None and isinstance(start, datetime) and (lasts := moments.duration(fields.get("duration"))):
        with suppress(OverflowError):
            end = start + lasts
    name = room or own_room
    return Entry(
        title=str(fields.get("title") or ""),
        keys={kind: key for kind in ("guid", "code", "id") if (key := str(fields.get(kind) or "").strip())},
        start=start,
        end=end,
        place=Place(name=name, aliases=(own_room,) if own_room and own_room != name else ()) if name else None,
        summary=tuple(_words(fields.get(key)) for key in ("subtitle", "abstract", "description")),
        kind=_name(fields.get("type")) or None,
        tracks=(track,) if (track := _name(fields.get("track"))) else (),
        languages=(str(fields["language"]),) if fields.get("language") else (),
        people=tuple(_people(fields)),
        links=tuple(_links(fields)),
        url=str(fields.get("url") or "").strip() or None,
        image=str(fields.get("logo") or "").strip() or None,
        status=_STATUSES.get(str(fields.get("state") or fields.get("status") or "").casefold()),
    )


def disagreements(entries: Iterable[tuple[Mapping[str, Any], Entry]], zone_name: str | None) -> list[str]:
    """Return a sentence about entries whose `date` and `start` give different times, if there are any.

    The `start` may be the time in the programme's zone, called *zone_name*, while the `date` has another offset.
    """
    number = 0
    named = zone_name and known_name(zone_name)
    for fields, entry in entries:
        written = moments.time_of_day(fields.get("start"))
        if not written or not isinstance(entry.start, datetime) or written == entry.start.time():
            continue
        if isinstance(moments.iso_time(fields.get("date")), datetime):
            number += not (named and entry.start.tzinfo and written == entry.start.astimezone(zone(named)).time())
    message = ngettext(
        "the date and the start of {n} entry disagree; the date counts",
        "the date and the start of {n} entries disagree; the date counts",
        number,
    )
    return [message.format(n=number)] if number else []


def _start(fields: Mapping[str, Any], day: date | None, day_change: time | None) -> date | datetime | None:
    dated = moments.iso_time(fields.get("date"))
    if isinstance(dated, datetime):
        return dated
    begun = moments.iso_time(fields.get("start"))
    if isinstance(begun, datetime):
        return begun
    day, hour = dated or day, moments.time_of_day(fields.get("start"))
    if day is None or hour is None:
        return day
    is_next_day = dated is None and day_change is not None and hour < min(day_change, _NEW_DAY)
    with suppress(OverflowError):
        return datetime.combine(day + timedelta(days=is_next_day), hour)
    return None


def _people(fields: Mapping[str, Any]) -> Iterator[Participant]:
    people = fields.get("persons") or fields.get("participants") or ()
    for person in people if isinstance(people, list | tuple) else ():
        if isinstance(person, dict):
            name = next((each for key in ("public_name", "name", "full_public_name") if (each := person.get(key))), "")
            role = str(person.get("role") or "").strip().lower()
            yield Participant(name=str(name), role=role if role not in {"", "speaker"} else None, url=person.get("url"))
        elif isinstance(person, str):
            yield Participant(name=person)


def _links(fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key in ("links", "attachments"):
        links = fields.get(key)
        for link in links if isinstance(links, list | tuple) else ():
            if isinstance(link, dict) and isinstance(link.get("url"), str):
                yield str(link.get("title") or str(link.get("type") or "").capitalize()), link["url"]
    for key in ("feedback_url", "video_download_url"):
        if isinstance(fields.get(key), str) and fields[key].strip():
            yield key.partition("_")[0].capitalize(), fields[key]


def _name(value: Any) -> str:
    """Return the name in *value*, which is a text or an object with one."""
    if isinstance(value, dict):
        value = next((each for key in ("name", "title", "en", "slug") if isinstance(each := value.get(key), str)), "")
    return str(value or "").strip()


def _words(value: Any) -> Words:
    """Return the text in *value*, or its texts by language; some programs repeat one text for each language."""
    words = text_in_json(value)
    if isinstance(words, str) or not len(words) > len(set(words.values())) == 1:
        return words
    return next(iter(words.values()))


def _default_language(conference: Mapping[str, Any]) -> str | None:
    defaults = conference.get("defaults")
    return str(defaults["language"]) if isinstance(defaults, dict) and defaults.get("language") else None
