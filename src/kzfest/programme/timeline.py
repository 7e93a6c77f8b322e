"""What a timeline shows: the events of an answer with their spans, or groups of events with how many are on."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date, datetime
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from kzfest.core.errors import UsageError
from kzfest.core.event_spans import EventSpan, days_without, disputed_spans, joined_days
from kzfest.core.festival_day import ONE_DAY, festival_days, may_go_on, opening
from kzfest.core.localized import called, text_in
from kzfest.core.model import NOT_HELD
from kzfest.core.opening_hours import MINUTES_OF_A_DAY
from kzfest.i18n import _
from kzfest.programme.database.queries import PERMANENT, UNDATED, minute_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kzfest.core.model import Event, Head, Showing, Source
    from kzfest.programme.context import Context
    from kzfest.programme.database.catalogue import Catalogue, ListedEvent
    from kzfest.programme.database.queries import EventQuery

GroupKind: TypeAlias = Literal["category", "track", "venue"]
GROUP_KINDS: tuple[GroupKind, ...] = ("category", "track", "venue")
Axis: TypeAlias = Literal["days", "hours"]

CELL_MINUTES: dict[Axis, int] = {"days": MINUTES_OF_A_DAY, "hours": 30}
"""How long a cell of each axis is."""
MOST_CELLS = 36_525
"""Days of groups: a hundred years, more than any programme covers."""
DAYS_IN_HOURS = 2
"""A timeline of more days has no hours."""


class TimelineEvent(NamedTuple):
    """An event with its spans in order: when it is on, may be on, is off, and disputed ones.

    No day on which it is on is one on which it is off.
    """

    listed: ListedEvent
    spans: tuple[EventSpan, ...]
    showings: tuple[Showing, ...] = ()
    """Those with hours that begin on the days asked or last into them."""

    @property
    def event(self) -> Event:
        """The event, with the status of its first showing on the days asked if none of them takes place."""
        event = self.listed.event
        if event.status in NOT_HELD or {span.kind for span in self.spans} & {"on", "showing", "may", "permanent"}:
            return event
        statuses = [event.at(part.showing).status for part in self.listed.parts if part.certain]
        return event._replace(status=statuses[0]) if statuses else event


class EventGroup(NamedTuple):
    """The events of a category, a track or a venue."""

    key: str
    name: str
    ids: frozenset[str]
    first: date
    """The first day on which one of them is on, and the last."""
    last: date
    cells: tuple[int, ...]
    """How many of them are on each day of the axis, or at once in each cell of its hours, from its begin to its end."""


class Timeline(NamedTuple):
    """A timeline of the days from *first* to *last*, which are None if no event of the programme has a date."""

    head: Head
    language: str
    first: date | None
    last: date | None
    axis: Axis
    events: tuple[TimelineEvent, ...] = ()
    by: GroupKind | None = None
    groups: tuple[EventGroup, ...] = ()
    dated: int = 0
    """How many dated events the groups have together."""
    busy: tuple[tuple[date, date], ...] = ()
    """The days on which something is surely on, as sorted ranges."""
    begin: date | None = None
    """The day of the first cell of the groups."""
    sources: Mapping[str, Source] = {}
    """Those of disputes, by id."""

    @property
    def ids(self) -> set[str]:
        """The ids of all its events."""
        return {each.listed.event.id for each in self.events}.union(*(each.ids for each in self.groups))


def timeline_of_events(question: EventQuery, context: Context) -> Timeline:
    """Return the timeline of the events that match *question*, one by one, and of those without a known date."""
    catalogue = context.catalogue
    listed = catalogue.events(question)
    if not question.undated and not question.starting and any(question.days):
        listed += catalogue.events(question._replace(undated=True, limit=None))
    first, last = question.days
    events = [TimelineEvent(each, spans_of(each, question.days), _timed(each)) for each in listed]
    events = [each for each in events if each.spans or each.listed.section == UNDATED]
    dated = [each for each in events if each.listed.section not in {PERMANENT, UNDATED}]
    with_hours = sum(bool(each.showings) for each in dated)
    busy = [(span.first, span.last) for each in dated for span in each.spans if span.kind in {"on", "showing"}]
    disputes = [dispute.source for each in listed for dispute in each.event.disputes]
    return Timeline(
        head=catalogue.head,
        language=context.language,
        first=first,
        last=last,
        axis=_axis(question, with_hours, len(dated)),
        events=tuple(sorted(events, key=_in_order)),
        busy=tuple(joined_days(sorted((begun, over) for begun, over in busy if begun and over))),
        sources=catalogue.sources(disputes) if disputes else {},
    )


def timeline_of_groups(question: EventQuery, by: GroupKind, context: Context) -> Timeline:
    """Return the timeline of the events that match *question*, grouped *by* what they share.

    No event is decoded, so 100,000 of them take a moment. Raises UsageError if they last for too many days.
    """
    catalogue = context.catalogue
    rows = [row for row in catalogue.stretches(question) if row[_CERTAIN] and not row[_IS_OFF]]
    ids = {row[_EVENT] for row in rows}
    axis = _axis(question, len({row[_EVENT] for row in rows if "T" in row[_START]}), len(ids))
    first, last = question.days
    begin = max(first or date.min, date.fromordinal(min((row[_FIRST_DAY] for row in rows), default=1)))
    end = min(last or date.max, date.fromordinal(max((row[_LAST_DAY] for row in rows), default=1)))
    days = sorted({(row[_FIRST_DAY], row[_LAST_DAY]) for row in rows})
    count = (end - begin).days + 1
    if count > MOST_CELLS:
        message = _("that is {n} days; ask for at most {most}")
        raise UsageError(message.format(n=count, most=MOST_CELLS))
    grouped = _by_group(rows, by, catalogue)
    if axis == "days":
        cells, times = range(begin.toordinal(), end.toordinal() + 1), (_FIRST_DAY, _LAST_DAY)
    else:
        zone = context.zone
        over = minute_of(opening(last + ONE_DAY, zone)) if last else 0
        cells = range(minute_of(opening(first or begin, zone)), over, CELL_MINUTES[axis])
        times = _START_MINUTE, _END_MINUTE
    names = _names(by, list(grouped), context)
    groups = [_group(key, names.get(key, key), found, cells, times) for key, found in grouped.items()]
    return Timeline(
        head=catalogue.head,
        language=context.language,
        first=first or (begin if rows else None),
        last=last or (end if rows else None),
        axis=axis,
        by=by,
        groups=tuple(sorted(groups, key=lambda group: (group.key == "", group.first))),
        dated=len(ids),
        busy=tuple(joined_days([(date.fromordinal(begun), date.fromordinal(over)) for begun, over in days])),
        begin=begin if axis == "days" else first,
    )


_EVENT, _FIRST_DAY, _LAST_DAY, _START_MINUTE, _END_MINUTE = 0, 1, 2, 4, 5
_CERTAIN, _START, _IS_OFF, _VENUE = 6, 7, 8, 9
"""The columns of `queries.stretches_query`: 100,000 named tuples would take longer than the query."""


def _by_group(rows: Sequence[Any], by: GroupKind, catalogue: Catalogue) -> dict[str, list[Any]]:
    """Return *rows* by the key of their group; those of an event in several groups stand in each."""
    grouped: defaultdict[str, list[Any]] = defaultdict(list)
    if by == "venue":
        for row in rows:
            grouped[row[_VENUE] or ""].append(row)
        return grouped
    keys: defaultdict[str, list[str]] = defaultdict(list)
    shown: dict[str, str] = {}
    for event, key, word in catalogue.labels_of_events(by):
        keys[event].append(shown.setdefault(key, word))
    for row in rows:
        for key in keys.get(row[_EVENT]) or [""]:
            grouped[key].append(row)
    return grouped


def _names(by: GroupKind, keys: Sequence[str], context: Context) -> dict[str, str]:
    """Return the names of groups by their keys."""
    if by == "venue":
        venues = context.catalogue.venues_by_id(keys)
        return {key: text_in(venue.name, context.language) or key for key, venue in venues.items()}
    return {key: called(key, context.catalogue.head.labels, context.language) for key in keys if key}


def _group(key: str, name: str, rows: Sequence[Any], cells: range, times: tuple[int, int]) -> EventGroup:
    """Return the group of the events with these *rows*, of which the columns *times* have the begin and the end.

    A day has the number of its events. A cell of an hour has the most that are on at once in it: talks that follow each
    other are not. What has no hour counts in no cell of an hour.
    """
    begins, ends = times
    step = cells.step
    changes = [0] * (len(cells) * step + 1)
    counted: dict[str, int] = {}
    """By event, up to where it is counted: showings of an event that overlap count once."""
    low, high = cells.start, cells.start + len(cells) * step
    in_days = begins == _FIRST_DAY
    for row in rows:
        if not in_days and "T" not in row[_START]:
            continue
        event = row[_EVENT]
        begin, end = max(row[begins], low, counted.get(event, low)), row[ends] + in_days
        end = min(max(end, row[begins] + 1), high)
        if begin < end:
            changes[begin - low] += 1
            changes[end - low] -= 1
            counted[event] = end
    at_once = list(accumulate(changes[:-1]))
    return EventGroup(
        key=key,
        name=name,
        ids=frozenset(row[_EVENT] for row in rows),
        first=date.fromordinal(min(row[_FIRST_DAY] for row in rows)),
        last=date.fromordinal(max(row[_LAST_DAY] for row in rows)),
        cells=tuple(at_once if step == 1 else (max(at_once[i : i + step]) for i in range(0, len(at_once), step))),
    )


def _axis(question: EventQuery, with_hours: int, count: int) -> Axis:
    """Return the axis for *count* events, of which so many have an hour."""
    first, last = question.days
    is_short = first is not None and last is not None and (last - first).days < DAYS_IN_HOURS
    return "hours" if is_short and 2 * with_hours > count else "days"


def spans_of(listed: ListedEvent, days_asked: tuple[date | None, date | None]) -> tuple[EventSpan, ...]:
    """Return the spans of an event on the days asked, disputed ones last; none if only another source has them."""
    if listed.section in {PERMANENT, UNDATED}:
        return (EventSpan("permanent"),) if listed.section == PERMANENT else ()
    event = listed.event
    showings = {each.id: each for each in (*event.showings, *listed.showings)}
    held: list[tuple[date, date]] = []
    off: list[tuple[date, date]] = []
    own: list[EventSpan] = []
    begun: set[date] = set()
    """The first days of showings with an open end, which go on if they go on at all."""
    for _minute, key, *numbers, certain in sorted(json.loads(listed.stretches or "[]")):
        first, last = map(date.fromordinal, numbers)
        showing = showings.get(key)
        if certain:
            is_off = showing is not None and event.at(showing).status in NOT_HELD
            (off if is_off else held).append((first, last))
            begun.update([first] if showing is not None and showing.open_end else [])
        elif may_go_on(showing, first):
            own.append(EventSpan("may", first))
    days = joined_days(held) if event.hours else held  # hours divide each day from the next
    own = [
        EventSpan("showing" if first == last and first not in begun else "on", first, last) for first, last in days
    ] + own
    own += [EventSpan("off", first, last) for first, last in days_without(joined_days(off), joined_days(held))]
    return (*own, *(each for each in disputed_spans(event) if each.touches(*days_asked))) if own else ()


def _timed(listed: ListedEvent) -> tuple[Showing, ...]:
    """Return the showings of an event on the days asked that have hours."""
    if listed.section in {PERMANENT, UNDATED}:
        return ()
    return tuple(part.showing for part in listed.parts if part.certain and not part.showing.all_day)


def _in_order(each: TimelineEvent) -> tuple[int, date, bool, float]:
    """Return the key that sorts events by their first day, those with an hour by hour, then the others."""
    if each.listed.section in {PERMANENT, UNDATED}:
        return each.listed.section, date.max, True, 0
    first = min(_begun(span) for span in each.spans)
    starts = [showing.start.timestamp() for showing in each.showings[:1] if isinstance(showing.start, datetime)]
    is_timed = bool(starts) and festival_days(each.showings[0])[0] == first
    return 0, first, not is_timed, starts[0] if is_timed else 0


def _begun(span: EventSpan) -> date:
    if span.first is None or span.kind == "other_source":
        return date.max
    return span.first - ONE_DAY if span.kind == "may" else span.first
