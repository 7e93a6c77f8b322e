"""Visits in an itinerary, and how their events have changed since they were added."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from math import inf
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from kzfest.core.festival_day import festival_day, festival_days, id_on, instant
from kzfest.core.folding import fold
from kzfest.core.model import ID_PATTERN

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from kzfest.core.model import Event, Showing, Status, Texts

MOST_VISITS = 1_000
"""Visits in one itinerary: one for every hour of six weeks. Clashes are computed for each pair."""
MOST_CHANGES = 2**31 - 1
"""Of one visit: the largest SEQUENCE of a calendar entry (RFC 5545, 3.3.8); some programs derive it from the time."""
LONGEST_ID = 20
"""Characters of a visit's id; kzfest itself generates five."""
LONGEST_VISIT_NAME = 1_000
"""Characters of an event's or venue's id and of a title, as in a programme."""
LONGEST_NOTE = 20_000
"""Characters of a note or a place, as in a programme. The undo log stores them once for each change."""

State: TypeAlias = Literal["same", "moved", "cancelled", "gone"]
"""How an event has changed since a visit to it was added."""

YEARS = range(1900, 2200)
"""The years of visits: date arithmetic fails near the years 1 and 9999."""
MOST_DAYS = 366
"""The longest visit, in days; an imported calendar may have long ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A showing, or part of one, that the user plans to attend; or an appointment of their own.

    Title, place, showing and status are copied from the event when the visit is added. So an itinerary can be shown
    without its programme, and changes of the programme can be detected.
    """

    id: str
    """A few letters and digits, never reused."""
    title: Texts
    start: date | datetime
    """An aware moment, or a festival day if the time is not fixed."""
    end: datetime | None = None
    """An aware moment; None if and only if the start is a day."""
    assumed: bool = False
    """Whether the end is assumed from the category."""
    timezone: str
    programme: str | None = None
    """The id of the programme that has its event or venue."""
    file: str | None = None
    """The path of the programme's file, if its id alone does not find it."""
    event: str | None = None
    """None for an appointment of the user's own."""
    showing: Showing | None = None
    """None if the event has no date, so that the user chose the day."""
    status: Status = "scheduled"
    revision: int = 0
    venue: str | None = None
    room: str | None = None
    """The id of the room at its venue; None if no room was known."""
    place: str | None = None
    must: bool = False
    note: str | None = None
    changes: int = 0
    """The number of changes, undo included. It never falls, because calendars use it as SEQUENCE."""
    changed: datetime
    imported: datetime | None = None
    """LAST-MODIFIED of the imported calendar entry that set its time; None if kzfest set its time or title."""

    @property
    def day(self) -> date:
        """The festival day on which it starts."""
        return festival_day(self.start) if isinstance(self.start, datetime) else self.start

    @property
    def span(self) -> tuple[datetime, datetime] | None:
        """Its start and end; None if only its day is fixed."""
        if isinstance(self.start, datetime) and self.end is not None:
            return self.start, self.end
        return None

    @property
    def instants(self) -> tuple[date | float | None, ...]:
        """Its start and end in a form that compares correctly when clocks change."""
        return instant(self.start), instant(self.end)


@dataclass(frozen=True, slots=True)
class Itinerary:
    """A named list of visits, day by day."""

    name: str
    revision: int
    """The number of changes made to it, undone ones included."""
    visits: tuple[Visit, ...]
    written: Mapping[str, int] = field(default_factory=dict, compare=False)
    """Visit id to the highest event revision ever exported: SEQUENCE must never fall."""
    store: str = field(default="", compare=False)
    """Identifies the store that holds it."""


class VisitChange(NamedTuple):
    """A visit before and after a change; None before it was added or after it was removed."""

    before: Visit | None
    after: Visit | None

    @property
    def visit(self) -> Visit:
        """The visit as it is now, or as it was if it is removed."""
        return self.after or self.before  # type: ignore[return-value]  # one of the two is there


def is_id(text: str, *, longest: int = LONGEST_VISIT_NAME) -> bool:
    """Whether *text* is an id of at most *longest* characters.

    Calendars, share tokens and the store all use this function, so each accepts what another has accepted.
    """
    return len(text) <= longest and re.fullmatch(ID_PATTERN, text) is not None


def same_choice(visit: Visit) -> tuple[object, ...]:
    """Return a key that is equal for two visits to the same showing on the same day.

    For an appointment of the user's own, the key is its title and start.
    """
    if visit.event is None:
        return None, tuple(sorted(visit.title.values())), instant(visit.start)
    return visit.programme, visit.event, visit.showing and visit.showing.id, visit.day


def hour_unknown(visit: Visit) -> bool:
    """Whether *visit* has no time because none was published for its one-day event."""
    showing = visit.showing
    if visit.span is not None or showing is None or showing.open_end or showing.drop_in:
        return False
    return showing.end in {None, showing.start}


def sorted_visits(visits: Iterable[Visit]) -> list[Visit]:
    """Return *visits* by day: those without a fixed time first, then by start."""
    return sorted(visits, key=_sort_key)


def _sort_key(visit: Visit) -> tuple[date, float, list[str], str]:
    return visit.day, visit.span[0].timestamp() if visit.span else -inf, sorted(visit.title.values()), visit.id


def may_be_one_file(one: str | None, other: str | None) -> bool:
    """Whether two visits with the same programme id may have the same file; a visit from a share token has no file."""
    return one is None or other is None or one == other


def visits_to(programme: str, file: str | None, visits: Iterable[Visit]) -> list[Visit]:
    """Return those of *visits* that are to events of *programme*; another file may use the same ids."""
    return [each for each in visits if each.programme == programme and may_be_one_file(each.file, file)]


def ids_by_event(visits: Iterable[Visit]) -> dict[str, list[str]]:
    """Return the ids of *visits* by the ids of their events."""
    found: dict[str, list[str]] = {}
    for visit in visits:
        if visit.event:
            found.setdefault(visit.event, []).append(visit.id)
    return found


def state_of(
    visit: Visit, event: Event | None, showings: Sequence[Showing], *, places: Collection[str] | None = None
) -> State:
    """Return how *event* has changed since *visit* was added; *showings* are its current ones, repetitions expanded.

    *places* are the search forms of its current place without a venue, one per language; None means unknown, which is
    no change. If an exhibition now closes earlier, but after the day of the visit, the visit is "same".
    """
    if visit.event is None:
        return "same"
    if event is None:
        return "gone"
    status = event.at(showing_now(visit, showings)).status
    if status == "cancelled" and visit.status != "cancelled":
        return "cancelled"
    has_venue = visit.venue is not None or visit.place is None  # otherwise only the copied place can tell
    there = has_venue or places is None or fold(visit.place or "") in places
    if there and _is_unmoved(visit, event, showings) and not _is_in_another_room(visit, event, showings):
        return "same"
    return "gone" if is_showing_gone(visit, event, showings) else "moved"


def is_showing_gone(visit: Visit, event: Event, showings: Sequence[Showing]) -> bool:
    """Whether the showing of *visit* is no longer among the *showings* of *event*.

    The only showing of an event has no id and is never gone: it moves with the event.
    """
    named = visit.showing is not None and visit.showing.id != ""
    there = showing_now(visit, showings) or _of_its_day(visit, showings)
    return named and bool(showings or event.repeats) and not there


def _is_in_another_room(visit: Visit, event: Event, showings: Sequence[Showing]) -> bool:
    """Whether the showing of *visit* is not in the room for which it was planned, if a room was known then."""
    now = showing_now(visit, showings)
    return visit.room is not None and (now is not None or not showings) and event.at(now).room != visit.room


def showing_now(visit: Visit, showings: Sequence[Showing]) -> Showing | None:
    """Return which of *showings* is that of *visit*: by its id, else by its times, because ids may be renamed.

    A number comes after the times, because showings without an id are numbered anew when the list changes. The only
    showing of an event always matches a visit whose showing has no id. If the event has got hours or has lost them, the
    showing of the same day matches.
    """
    was = visit.showing
    named = [each for each in showings if was and each.id == was.id]
    timed = [each for each in showings if was and same_hours(each, was)]
    only = [] if was and was.id else showings
    tried = (timed, named, only) if was and was.id.isdigit() else (named, timed, only)
    return next((found[0] for found in (*tried, _of_its_day(visit, showings)) if len(found) == 1), None)


def _of_its_day(visit: Visit, showings: Sequence[Showing]) -> list[Showing]:
    """Return those of *showings* that hours make of the showing of *visit* on its day, or of which they made it."""
    was, day = visit.showing, visit.day
    return [each for each in showings if was and (_is_part(each, was, day) or _is_part(was, each, day))]


def _is_part(part: Showing, whole: Showing, day: date) -> bool:
    return whole.all_day and covers(whole, day) and f"{part.id}-".startswith(f"{id_on(whole, day)}-")


def _is_unmoved(visit: Visit, event: Event, showings: Sequence[Showing]) -> bool:
    was, day = visit.showing, visit.day
    if not showings:
        return was is None and event.venue == visit.venue
    here = [each for each in showings if (each.venue or event.venue) == visit.venue]
    if was is None:  # the user chose the day: it stays until dates are published
        return any(covers(each, day) for each in here)
    known = not was.id.isdigit() and any(each.id == was.id for each in showings)
    return any(_same_time(visit, was, each) for each in here if not known or each.id == was.id)


def _same_time(visit: Visit, was: Showing, now: Showing) -> bool:
    """Whether *now* has the times of *was*, the showing of *visit*; of whole days, whether *now* covers its day.

    Opening hours may change as long as they hold the visit.
    """
    if now.drop_in and covers(now, visit.day):
        return visit.span is None or lies_in(visit.span, now) or same_hours(now, was)
    if now.all_day and was.all_day and covers(was, visit.day):
        return covers(now, visit.day)
    return same_hours(now, was) and now.open_end == was.open_end


def same_hours(now: Showing, was: Showing) -> bool:
    """Whether a showing has the start and end that it had; an end that is no longer given has not changed."""
    ends_unknown = now.end is None and isinstance(now.start, datetime)
    return instant(now.start) == instant(was.start) and (ends_unknown or instant(now.end) == instant(was.end))


def lies_in(span: tuple[datetime, datetime], showing: Showing) -> bool:
    """Whether *span* lies inside the hours of *showing*, as far as these are known."""
    start, end = showing.start, showing.end
    if not isinstance(start, datetime):
        return True
    begun = start.timestamp() <= span[0].timestamp()
    return begun and (not isinstance(end, datetime) or span[1].timestamp() <= end.timestamp())


def own_times(showing: Showing) -> Showing:
    """Return *showing* as a visit keeps it: when and at which venue it is. The rest comes from the programme."""
    return showing._replace(room=None, title=None, price=None, status=None, note=None)


def covers(showing: Showing, day: date) -> bool:
    """Whether *showing* is on *day*, or may be because its end is unknown."""
    first, last = festival_days(showing)
    return first <= day and (showing.open_end or day <= last)
