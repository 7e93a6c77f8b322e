"""What a person has chosen: visits, and what has become of their events since."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from math import inf
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from kzfest.core.festival_day import festival_day, festival_days, instant
from kzfest.core.folding import fold
from kzfest.core.model import ID_PATTERN

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from kzfest.core.model import Event, Showing, Status, Texts

MOST_VISITS = 1_000
"""In one itinerary: a visit every hour of six weeks, and no more than can be compared with each other at once."""
MOST_CHANGES = 2**31 - 1
"""Of one visit: a calendar's SEQUENCE has 31 bits (RFC 5545, 3.3.8), and some programs count by the clock."""
LONGEST_ID = 20
"""Of a visit; we draw five letters."""
LONGEST_VISIT_NAME = 1_000
"""Of an event, a venue or a title, as in a programme."""
LONGEST_NOTE = 20_000
"""Of a note or a place, as in a programme: each change of a visit keeps its texts once more."""

State: TypeAlias = Literal["same", "moved", "cancelled", "gone"]
"""What has become of an event since a visit of it was added."""

YEARS = range(1900, 2200)
"""In which a visit may be: clocks and calendars stumble over the first and the last year that there is."""
MOST_DAYS = 366
"""From the date on which a visit starts to that on which it ends: what calendars gave back may be long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A showing, or part of one, that a person means to attend; or an appointment of their own.

    What it repeats of its event (title, place, showing, status) is as it was when the visit was added, so that a
    plan can be read without its programme, and a change of the programme be told.
    """

    id: str
    """A few letters and digits, never used again."""
    title: Texts
    start: date | datetime
    """The festival day of a visit at any time of that day; else an aware moment."""
    end: datetime | None = None
    """When it ends; None just where the start is a day."""
    assumed: bool = False
    """Whether the end is no more than what is usual for the category."""
    timezone: str
    programme: str | None = None
    """The one that has its event, or its venue."""
    file: str | None = None
    """The programme's file, where its id alone does not find it."""
    event: str | None = None
    """None for an appointment of one's own."""
    showing: Showing | None = None
    """None where the event has no date of its own, so that the day is the person's choice."""
    status: Status = "scheduled"
    revision: int = 0
    venue: str | None = None
    place: str | None = None
    must: bool = False
    note: str | None = None
    changes: int = 0
    """How many times it has been changed, by undoing too; it only ever rises (a calendar's SEQUENCE)."""
    changed: datetime
    imported: datetime | None = None
    """When the calendar that gave its time had last changed it; None where its time, or its name, was given here."""

    @property
    def day(self) -> date:
        """The festival day that it belongs to."""
        return festival_day(self.start) if isinstance(self.start, datetime) else self.start

    @property
    def span(self) -> tuple[datetime, datetime] | None:
        """When it starts and ends; None where only its day is fixed."""
        if isinstance(self.start, datetime) and self.end is not None:
            return self.start, self.end
        return None

    @property
    def instants(self) -> tuple[date | float | None, ...]:
        """What to compare with another visit's: when it starts and ends."""
        return instant(self.start), instant(self.end)


@dataclass(frozen=True, slots=True)
class Itinerary:
    """The visits of one name, day by day."""

    name: str
    revision: int
    """How many changes have been made to it, undone ones included."""
    visits: tuple[Visit, ...]
    written: Mapping[str, int] = field(default_factory=dict, compare=False)
    """By the ids of visits, the highest revision of their events that a calendar was given: SEQUENCE never falls."""
    store: str = field(default="", compare=False)
    """What tells the store that it is in from all others."""


class VisitChange(NamedTuple):
    """A visit before and after a change; None where there was or is none."""

    before: Visit | None
    after: Visit | None


def is_id(text: str, *, longest: int = LONGEST_VISIT_NAME) -> bool:
    """Whether *text* is an id: of a visit where *longest* is `LONGEST_ID`, else of an event, a venue or a programme.

    Calendars, tokens and the store ask this one function, so that each of them can carry what another has taken.
    """
    return len(text) <= longest and re.fullmatch(ID_PATTERN, text) is not None


def same_choice(visit: Visit) -> tuple[object, ...]:
    """Return what two visits have in common that a person would call the same.

    That is a showing on a day; of an appointment of one's own, its title and its time.
    """
    if visit.event is None:
        return None, tuple(sorted(visit.title.values())), instant(visit.start)
    return visit.programme, visit.event, visit.showing and visit.showing.id, visit.day


def hour_unknown(visit: Visit) -> bool:
    """Whether *visit* has no hour because none was published: its event is on that day alone, yet not all day long."""
    showing = visit.showing
    return visit.span is None and showing is not None and not showing.open_end and showing.end in {None, showing.start}


def sorted_visits(visits: Iterable[Visit]) -> list[Visit]:
    """Return *visits* day by day: those at any time of the day first, then by the clock."""
    return sorted(visits, key=_key)


def _key(visit: Visit) -> tuple[date, float, list[str], str]:
    return visit.day, visit.span[0].timestamp() if visit.span else -inf, sorted(visit.title.values()), visit.id


def may_be_one_file(one: str | None, other: str | None) -> bool:
    """Whether two visits with one programme id may be of one file: a visit from a token has come without its own."""
    return one is None or other is None or one == other


def state_of(
    visit: Visit, event: Event | None, showings: Sequence[Showing], *, places: Collection[str] | None = None
) -> State:
    """Return what has become of the *event* of *visit*; *showings* are those it has now, a repetition's as well.

    *places* are the search forms of the place that it has now instead of a venue, one a language; None, where it
    is not known, changes nothing.
    A visit to one day of an exhibition that now closes earlier, yet after that day, is the same.
    """
    if visit.event is None:
        return "same"
    if event is None:
        return "gone"
    if event.status == "cancelled" and visit.status != "cancelled":
        return "cancelled"
    has_venue = visit.venue is not None or visit.place is None  # else the place that was noted is all that tells
    there = has_venue or places is None or fold(visit.place or "") in places
    if there and _still(visit, event, showings):
        return "same"
    return "gone" if is_showing_gone(visit, event, showings) else "moved"


def is_showing_gone(visit: Visit, event: Event, showings: Sequence[Showing]) -> bool:
    """Whether the showing of *visit* is no longer among the *showings* of *event*: the others were never it.

    The only date of an event has no id, and is moved with the event.
    """
    named = visit.showing is not None and visit.showing.id != ""
    return named and bool(showings or event.repeats) and showing_now(visit, showings) is None


def showing_now(visit: Visit, showings: Sequence[Showing]) -> Showing | None:
    """Return which of *showings* is that of *visit*: by its id, else by its hours, for an id may be written anew.

    An event that has one date is always on then.
    """
    was = visit.showing
    named = [each for each in showings if was and each.id == was.id]
    timed = [each for each in showings if was and same_hours(each, was)]
    only = [] if was and was.id else showings
    return next((found[0] for found in (named, timed, only) if len(found) == 1), None)


def _still(visit: Visit, event: Event, showings: Sequence[Showing]) -> bool:
    """Whether *visit* lies where and when its event still is."""
    if not showings:
        return visit.showing is None and event.venue == visit.venue
    here = [each for each in showings if (each.venue or event.venue) == visit.venue]
    if visit.showing is None:  # its day was the person's choice: it stays so until days are published
        return any(covers(each, visit.day) for each in here)
    known = any(each.id == visit.showing.id for each in showings)
    return any(_same_time(visit, each) for each in here if not known or each.id == visit.showing.id)


def _same_time(visit: Visit, now: Showing) -> bool:
    """Whether the showing of *visit* is when *now* is; of whole days, whether *now* has the visit's day."""
    was = visit.showing
    if was is None:
        return covers(now, visit.day)
    if now.all_day and was.all_day and covers(was, visit.day):
        return covers(now, visit.day)
    return same_hours(now, was) and now.open_end == was.open_end


def same_hours(one: Showing, other: Showing) -> bool:
    """Whether two showings start and end together."""
    return (instant(one.start), instant(one.end)) == (instant(other.start), instant(other.end))


def covers(showing: Showing, day: date) -> bool:
    """Whether *showing* may be on *day*: an open end rules out no later day."""
    first, last = festival_days(showing)
    return first <= day and (showing.open_end or day <= last)
