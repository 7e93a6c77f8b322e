"""What a version of a programme says of its events, as far as changes of it are told."""

from __future__ import annotations

import re
from datetime import datetime, time
from typing import TYPE_CHECKING, NamedTuple

from kzfest.core.model import LANGUAGES, Showing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, tzinfo

    from kzfest.core.model import Event, Status, Texts, Venue

_WORDS: Mapping[Status, str] = {
    "cancelled": (
        "cancell?ed|cancell?ation|abgesagt|fällt aus|entfällt|annulée?|cancelad[oa]|annullat[oa]|geannuleerd|odwołane|"
        "отмен[её]н[оаы]?|отмена|болмайды|тоқтатылды"
    ),
    "postponed": (
        "postponed|verschoben|reportée?|aplazad[oa]|pospuest[oa]|rinviat[oa]|uitgesteld|przełożone|"
        "перенес[её]н[оаы]?|отложен[оаы]?|кейінге қалдырылды"
    ),
}
"""What organisers write beside the title of what does not take place."""
_BESIDE_TITLE = {
    status: (
        re.compile(rf"\W*(?:{words})(?:\s*[\])}}*:|]|\s+[-–—]\s)\W*", re.IGNORECASE),
        re.compile(rf"\W*(?:{words.upper()})\W+(?=.*[a-zа-яё])"),
        re.compile(rf"\s*(?:[\[({{*]|\s[-–—|:])\s*(?:{words})\W*$", re.IGNORECASE),
    )
    for status, words in _WORDS.items()
}
"""Before a colon or the like, in capitals, or behind the title."""


class KnownShowing(NamedTuple):
    """One time of an event in a version of a programme."""

    id: str
    start: date | datetime
    end: date | datetime | None = None
    open_end: bool = False
    places: tuple[Texts, ...] = ()
    """The names of its room and its venue, else its place; empty if unknown."""
    status: Status = "scheduled"

    @property
    def clock(self) -> datetime:
        """When it starts by the clocks there: they may change between one week and the next."""
        start = self.start
        return start.replace(tzinfo=None) if isinstance(start, datetime) else datetime.combine(start, time())

    @property
    def times(self) -> Showing:
        """Its times as a showing, which the rules and formats of times take."""
        return Showing(id=self.id, start=self.start, end=self.end, open_end=self.open_end)


class KnownEvent(NamedTuple):
    """What a version of a programme says of an event, as far as changes of it are told."""

    id: str
    key: str
    """What identifies it in its file: a GUID, an address; in our own format the id."""
    title: Texts
    showings: tuple[KnownShowing, ...] = ()
    places: tuple[Texts, ...] = ()
    """Where it is if it has no showings."""
    rule: str = ""
    """What its times repeat by, if the showings are only the first of them."""
    people: tuple[Texts, ...] = ()
    status: Status = "scheduled"
    revision: int = 0
    changed: date | None = None


def known_event(event: Event, *, key: str, venues: Mapping[str, Venue]) -> KnownEvent:
    """Return what is told of *event* when it changes; *venues* are those of its programme by id.

    A title such as "CANCELLED: Tango" is told as its title and its status.
    """
    status, title = _apart(event.title) if event.status == "scheduled" else (event.status, event.title)
    event = event._replace(status=status)
    hours = [f"{day} {text}" for day, text in sorted((event.hours or {}).items())]
    rule = sorted((event.repeats or "").upper().split(";"))
    return KnownEvent(
        id=event.id,
        key=key,
        title=title,
        showings=tuple(
            KnownShowing(each.id, each.start, each.end, each.open_end, _places_of(here, venues), here.status)
            for each in event.showings
            for here in [event.at(each)]
        ),
        places=_places_of(event, venues),
        people=tuple(person.name for person in event.people),
        status=event.status,
        rule=" ".join(filter(None, [*rule, *map(str, event.days_off), *hours])),
        revision=event.revision,
        changed=event.changed,
    )


def read_in_zone(event: KnownEvent, zone: tzinfo) -> KnownEvent:
    """Return *event*, whose file names no time zone, with its times as those of clocks in *zone*."""

    def there(when: date | datetime) -> date | datetime:
        return when.replace(tzinfo=zone) if isinstance(when, datetime) else when

    showings = (each._replace(start=there(each.start), end=each.end and there(each.end)) for each in event.showings)
    return event._replace(showings=tuple(showings))


def _places_of(event: Event, venues: Mapping[str, Venue]) -> tuple[Texts, ...]:
    """Return the names of the room and the venue of *event*, else its place, else its city."""
    if event.venue:
        return tuple(venues[event.venue].names_with(event.room))
    return (event.place,) if event.place else ({LANGUAGES[0]: event.city},) if event.city else ()


def _apart(title: Texts) -> tuple[Status, Texts]:
    """Return the status that *title* tells in any language, and what is left of the title.

    >>> _apart({"en": "CANCELLED: Tango", "ru": "Танго (отменено)"})
    ('cancelled', {'en': 'Tango', 'ru': 'Танго'})
    >>> _apart({"en": "Cancelled flights: what to do"})
    ('scheduled', {'en': 'Cancelled flights: what to do'})
    """
    for status, patterns in _BESIDE_TITLE.items():
        bare = {language: _without(patterns, text) for language, text in title.items()}
        if bare != title:
            return status, bare
    return "scheduled", title


def _without(patterns: Iterable[re.Pattern[str]], text: str) -> str:
    before, in_capitals, behind = patterns
    found = before.match(text) or in_capitals.match(text)
    rest = text[found.end() :] if found else behind.sub("", text)
    return rest if rest.strip() else text
