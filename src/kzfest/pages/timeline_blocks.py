"""The blocks of a timeline: parts of its days or hours that fit beside the titles, each with a scale and its rows."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from kzfest.core.event_spans import seasons
from kzfest.core.festival_day import ONE_DAY, by_own_clock, days_of, festival_day, later, opening, usual_length
from kzfest.core.model import NOT_HELD
from kzfest.formats import dates
from kzfest.formats.page import StyledText, line, plain
from kzfest.i18n import _, months_alone, short_months, short_weekdays
from kzfest.pages import phrases
from kzfest.pages.scale import DAYS_OF_A_WEEK, EDGES, SATURDAY, Bar, RulerLabel, Scale
from kzfest.programme.database.queries import UNDATED
from kzfest.programme.timeline import CELL_MINUTES
from kzfest.programme.zones import zone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from zoneinfo import ZoneInfo

    from kzfest.core.model import Showing
    from kzfest.formats.page import Canvas, Line, Style
    from kzfest.itineraries.plan import PlannedVisit
    from kzfest.programme.timeline import EventGroup, Timeline, TimelineEvent

MARGIN = 2
"""The columns before a title, for the marks of the plan."""
TITLE_AT_LEAST, TITLE_SHARE, TITLE_AT_MOST = 36, 0.42, 46
"""The columns that titles keep at least, if they need them: so many, or such a share of the width; and at most."""
CELLS = (3, 2, 1)
"""How many columns a unit may have: as many as fit."""
WITHOUT_ANYTHING_SURE = 62
"""Days that are drawn at most if nothing is surely on."""
MOST_IN_A_CELL = {3: 99, 2: 9, 1: 9}
"""The greatest number that a cell of so many columns has room for."""
MORE = "+"
"""Stands for a number that is too great for its cell."""
HOUR_LABEL = 4
"""The columns from the name of an hour to the next one at least."""
SPAN_MARKS: dict[str, tuple[str, Style]] = {
    "on": ("━", "mark"),
    "showing": ("●", "mark"),
    "may": ("╌", "warning"),
    "other_source": ("░", "warning"),
    "not_in_other_source": ("▒", "warning"),
    "permanent": ("─", ""),
    "off": ("×", "bad"),
}
VISIT, _TODAY_MARK = "◆", "▼"
_NEVER = date.max.toordinal()


class TimelineRow(NamedTuple):
    """An event or a group of events: its title, its mark in the margin, and its bars."""

    title: Line
    margin: StyledText | None
    bars: tuple[Bar, ...]
    number: str = ""
    """How many events a group has, which stands behind its title."""

    def touches(self, scale: Scale) -> bool:
        """Whether anything of it is on *scale*."""
        return any(bar.first < scale.first + scale.units and bar.last >= scale.first for bar in self.bars)


class TimelineBlock(NamedTuple):
    """A part of the drawing with a scale of its own, its rows, and what stands above it."""

    scale: Scale
    rows: tuple[TimelineRow, ...]
    head: str = ""
    gap: str = ""
    """Which days before it have nothing."""


def drawn_parts(timeline: Timeline) -> list[tuple[date, date]]:
    """Return the parts of the days of *timeline* that are drawn: those with hours day by day, others by season."""
    first, last = timeline.first, timeline.last
    if first is None or last is None:
        return []
    if timeline.axis == "hours":
        return [(day, day) for day in days_of(first, last)]
    found = seasons(timeline.busy, first, last)
    return found or ([(first, last)] if (last - first).days < WITHOUT_ANYTHING_SURE else [])


def blocks_of(
    timeline: Timeline, plan: Mapping[str, Sequence[PlannedVisit]], now: datetime | None, canvas: Canvas
) -> list[TimelineBlock]:
    """Return the blocks of *timeline* for *canvas*; *plan* has the visits by event."""
    parts = drawn_parts(timeline)
    titles = [canvas.columns_of(plain(each)) for each in _titles(timeline, plan)]
    least = min(max(titles, default=0), TITLE_AT_LEAST, int(TITLE_SHARE * canvas.width))
    room = canvas.width - MARGIN - 1 - least - EDGES
    if timeline.axis == "hours":
        return list(_hour_blocks(timeline, plan, now, [first for first, _last in parts], room))
    return list(_day_blocks(timeline, plan, now, parts, room))


def timeline_title(each: TimelineEvent, language: str, visits: Sequence[PlannedVisit] = ()) -> Line:
    """Return the title of an event: strong if it is planned, behind its status if it is not on as first planned.

    That is also the status of its first visit that does not take place.
    """
    event = each.event
    off = next((planned.known.event for planned in visits if _is_visit_off(planned)), None)
    if off and event.status not in NOT_HELD:
        event = event._replace(status=off.status)
    title = phrases.event_title(event, language)
    return (
        title if visits else tuple(span._replace(style="" if span.style == "strong" else span.style) for span in title)
    )


def _is_visit_off(planned: PlannedVisit) -> bool:
    """Whether what is *planned* does not take place."""
    return planned.known.event is not None and planned.known.event.status in NOT_HELD


def _visit_bar(planned: PlannedVisit, day: date, first: int, last: int) -> Bar:
    """Return the mark of a visit on a *day*: that of what does not take place stays."""
    if _is_visit_off(planned):
        return Bar(first, last, *SPAN_MARKS["off"], is_point=True)
    return Bar(first, last, VISIT, "bad" if day in planned.clash_days else "strong", is_point=True)


def group_title(group: EventGroup, timeline: Timeline) -> str:
    """Return the name of a group of events, or what its events lack."""
    without = {"track": _("without a track"), "venue": _("without a venue")}
    return " ".join(group.name.split()) or without.get(timeline.by or "", "")


def _titles(timeline: Timeline, plan: Mapping[str, Sequence[PlannedVisit]]) -> list[Line]:
    """Return all titles, those of groups with the numbers of their events."""
    events = [
        timeline_title(each, timeline.language, plan.get(each.listed.event.id, ()))
        for each in timeline.events
        if each.listed.section != UNDATED
    ]
    return events + [line(f"{group_title(group, timeline)}  {len(group.ids)}") for group in timeline.groups]


def _day_blocks(
    timeline: Timeline,
    plan: Mapping[str, Sequence[PlannedVisit]],
    now: datetime | None,
    parts: Sequence[tuple[date, date]],
    room: int,
) -> Iterator[TimelineBlock]:
    """Yield the blocks of whole seasons, or of whole weeks where a season is too long for *room*."""
    longest = max(((last - first).days + 1 for first, last in parts), default=0)
    cell = next((cell for cell in CELLS if longest * cell <= room), 0)
    pieces = parts if cell else list(_in_weeks(parts, max(1, room // DAYS_OF_A_WEEK)))
    rows = [_row_of_days(each, plan, timeline.language) for each in timeline.events]
    begin = timeline.begin.toordinal() if timeline.begin else 0
    rows += [_row_of_group(each, timeline, plan, lambda at: begin + at, cell or 1) for each in timeline.groups]
    before: date | None = None
    begins = {first for first, _last in parts}
    for first, last in pieces:
        scale = _scale_of_days(first, last, cell or 1, festival_day(now) if now else None)
        is_new = len(parts) > 1 and first in begins
        gap = _("nothing from {first} to {last}")
        yield TimelineBlock(
            scale,
            tuple(row for row in rows if row.touches(scale)),
            head=dates.days(first, next(last for begun, last in parts if begun == first)) if is_new else "",
            gap=gap.format(first=dates.short_day(before + ONE_DAY), last=dates.short_day(first - ONE_DAY))
            if is_new and before
            else "",
        )
        before = last


def _in_weeks(parts: Sequence[tuple[date, date]], weeks: int) -> Iterator[tuple[date, date]]:
    """Yield *parts* in pieces of at most so many *weeks*, none of which ends inside a week."""
    for first, last in parts:
        monday, end = first.toordinal() - first.weekday(), last.toordinal()
        whole = (end - monday) // DAYS_OF_A_WEEK + 1
        length = DAYS_OF_A_WEEK * -(-whole // -(-whole // weeks))
        for begun in range(monday, end + 1, length):
            yield max(date.fromordinal(max(begun, 1)), first), date.fromordinal(min(begun + length - 1, end))


def _scale_of_days(first: date, last: date, cell: int, today: date | None) -> Scale:
    """Return the scale of the days from *first* to *last*, with months, dates and weekends."""
    days = days_of(first, last)
    months = [
        RulerLabel(
            day.toordinal(),
            (
                *([dates.long_month(day.year, day.month)] if day == first or day.month == 1 else []),
                months_alone()[day.month - 1],
                short_months()[day.month - 1],
            ),
            "strong",
        )
        for day in days
        if day == first or day.day == 1
    ]
    numbers = [
        RulerLabel(day.toordinal(), (str(day.day),))
        for day in days
        if cell == CELLS[0] or day == first or not day.weekday()
    ]
    rulers = [tuple(months), tuple(numbers)]
    if cell == CELLS[0]:
        names = short_weekdays()
        rulers.append(tuple(RulerLabel(day.toordinal(), (names[day.weekday()][:2],), "faint") for day in days))
    if today and first <= today <= last:
        rulers.append((_label_of_now(today.toordinal(), _("today")),))
    weekend = frozenset(day.toordinal() for day in days if day.weekday() >= SATURDAY)
    return Scale(first.toordinal(), len(days), cell, weekend, tuple(rulers))


def _label_of_now(unit: int, words: str) -> RulerLabel:
    """Return the label with *words* beside the mark of now: behind it, else before it."""
    return RulerLabel(unit, (f"{_TODAY_MARK} {words}", f"{words} {_TODAY_MARK}", _TODAY_MARK), ends_in=_TODAY_MARK)


def _row_of_days(each: TimelineEvent, plan: Mapping[str, Sequence[PlannedVisit]], language: str) -> TimelineRow:
    """Return the row of an event with its days as bars, later ones over earlier: visits last."""
    bars = []
    for span in each.spans:
        first = span.first.toordinal() if span.first else 0
        last = span.last.toordinal() if span.last else _NEVER
        is_open, is_endless = span.kind == "may", span.kind == "permanent"
        bars.append(Bar(first, last, *SPAN_MARKS[span.kind], span.kind == "showing", is_open, is_endless))
    visits = plan.get(each.listed.event.id, ())
    if each.spans:
        days = ((planned, day, day.toordinal()) for planned in visits for day in planned.days)
        bars += [_visit_bar(planned, day, unit, unit) for planned, day, unit in days]
    return TimelineRow(timeline_title(each, language, visits), margin_of(visits), tuple(bars))


def margin_of(visits: Sequence[PlannedVisit]) -> StyledText | None:
    """Return the mark of a row with these *visits*."""
    if any(planned.clash_count for planned in visits):
        return StyledText("!", "bad")
    return StyledText("*", "strong") if visits else None


def _row_of_group(
    group: EventGroup,
    timeline: Timeline,
    plan: Mapping[str, Sequence[PlannedVisit]],
    unit_of: Callable[[int], int],
    cell: int,
) -> TimelineRow:
    """Return the row of a group with its numbers as bars of *cell* columns.

    *unit_of* gives the unit of a cell, the same for several.
    """
    numbers: dict[int, int] = {}
    for at, number in enumerate(group.cells):
        if number:
            numbers[unit_of(at)] = max(number, numbers.get(unit_of(at), 0))
    bars = (
        Bar(unit, unit, str(number) if number <= MOST_IN_A_CELL[cell] else MORE, is_point=True)
        for unit, number in numbers.items()
    )
    visits = [planned for key in plan.keys() & group.ids for planned in plan[key]]
    title = StyledText(group_title(group, timeline), "strong" if visits else "")
    return TimelineRow(line(title), margin_of(visits), tuple(bars), str(len(group.ids)))


class _Hours(NamedTuple):
    """The units of a festival day with hours."""

    opens: datetime
    closes: datetime
    minutes: int
    """How long a unit is."""
    zone: ZoneInfo

    @property
    def units(self) -> range:
        """The units of the day, which has 23 or 25 hours if the clocks change."""
        return range(self.unit(self.closes))

    def unit(self, moment: datetime) -> int:
        """Return the unit in which *moment* is, counted from the opening of the day."""
        return int(self._passed(moment) // 60 // self.minutes)

    def last_unit(self, moment: datetime) -> int:
        """Return the last unit before *moment*."""
        return -int(-self._passed(moment) // 60 // self.minutes) - 1

    def _passed(self, moment: datetime) -> float:
        """Return the seconds from the opening to *moment*."""
        return by_own_clock(moment, self.zone).timestamp() - self.opens.timestamp()

    def at(self, unit: int) -> datetime:
        """Return when *unit* begins."""
        return later(self.opens, timedelta(minutes=unit * self.minutes))


def _hour_blocks(
    timeline: Timeline,
    plan: Mapping[str, Sequence[PlannedVisit]],
    now: datetime | None,
    days: Sequence[date],
    room: int,
) -> Iterator[TimelineBlock]:
    """Yield a block for each day, with the rows of what has an hour on it."""
    here = zone(timeline.head.timezone)
    for day in days:
        opens, closes = opening(day, here), opening(day + ONE_DAY, here)
        since = int(opens.timestamp() - opening(timeline.begin or day, here).timestamp()) // 60
        for minutes, cell in ((CELL_MINUTES["hours"], 2), (CELL_MINUTES["hours"], 1), (60, 1)):
            hours = _Hours(opens, closes, minutes, here)
            unit_of = partial(_unit_of_cell, since=since, minutes=minutes)
            rows = [_row_of_hours(each, hours, plan, timeline.language) for each in timeline.events if each.showings]
            rows += [_row_of_group(each, timeline, plan, unit_of, cell) for each in timeline.groups]
            scale = _scale_of_hours(hours, rows, cell, now)
            if scale.units * cell <= room:
                break
        shown = tuple(row for row in rows if row.touches(scale) or not row.bars)
        if shown:
            yield TimelineBlock(scale, shown, head=dates.full_day(day))


def _unit_of_cell(cell: int, *, since: int, minutes: int) -> int:
    """Return the unit of a *cell* of a group on a day that opens *since* minutes after the first cell."""
    return (cell * CELL_MINUTES["hours"] - since) // minutes


def _row_of_hours(
    each: TimelineEvent, hours: _Hours, plan: Mapping[str, Sequence[PlannedVisit]], language: str
) -> TimelineRow:
    """Return the row of an event with its hours as bars; an end that is not known is assumed, and drawn as doubtful."""
    event = each.listed.event
    bars: list[Bar] = []
    for showing in each.showings:
        bars += _hour_bars(showing, hours, usual_length(event.category), is_off=event.at(showing).status in NOT_HELD)
    visits = plan.get(event.id, ())
    for planned in visits:
        if planned.visit.span:
            start, end = (moment.astimezone(planned.known.zone) for moment in planned.visit.span)
            first = hours.unit(start)
            bars.append(_visit_bar(planned, festival_day(hours.opens), first, max(hours.last_unit(end), first)))
    return TimelineRow(timeline_title(each, language, visits), margin_of(visits), tuple(bars))


def _hour_bars(showing: Showing, hours: _Hours, usual: timedelta, *, is_off: bool) -> Iterator[Bar]:
    """Yield the bars of a *showing* with hours."""
    start, end = showing.start, showing.end
    if not isinstance(start, datetime):
        return
    first = hours.unit(start)
    known = end if isinstance(end, datetime) else None
    last = max(hours.last_unit(known or later(start, usual)), first)
    if is_off:
        yield Bar(first, last, *SPAN_MARKS["off"])
    elif known:
        yield Bar(first, last, *SPAN_MARKS["on"])
    else:
        yield Bar(first, first, *SPAN_MARKS["on"])
        yield Bar(first + 1, last, *SPAN_MARKS["may"])


def _scale_of_hours(hours: _Hours, rows: Sequence[TimelineRow], cell: int, now: datetime | None) -> Scale:
    """Return the scale from the first hour to the last in which something of *rows* begins or ends."""
    per_hour = 60 // hours.minutes
    begun = [bar.first for row in rows for bar in row.bars if bar.first in hours.units]
    over = [bar.last for row in rows for bar in row.bars if bar.last in hours.units]
    first = min(begun + over, default=0) // per_hour * per_hour
    last = max(over + begun, default=hours.units[-1]) // per_hour * per_hour + per_hour - 1
    whole = [unit for unit in range(first, last + 1) if not unit % per_hour]
    step = -(-HOUR_LABEL // (per_hour * cell))
    labels = tuple(RulerLabel(unit, (f"{hours.at(unit).hour:02}",)) for unit in whole[::step])
    rulers = [labels]
    if now and first <= hours.unit(now) <= last:
        rulers.append((_label_of_now(hours.unit(now), dates.clock(now)),))
    return Scale(first, last - first + 1, cell, frozenset(whole), tuple(rulers))
