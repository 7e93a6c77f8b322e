"""The page of `kzfest day`: hours down, places across, and below them what has no hour."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from kzfest.core.errors import UsageError
from kzfest.core.festival_day import ONE_DAY, SMALLEST, festival_day, instant, opening
from kzfest.core.localized import choose
from kzfest.core.model import NOT_HELD
from kzfest.core.opening_hours import MINUTES_OF_A_DAY
from kzfest.formats import dates
from kzfest.formats.page import Drawing, Heading, StyledText, cell, joined, line, plain
from kzfest.i18n import _
from kzfest.pages import phrases
from kzfest.pages.day_view import day_table, place_name, role_title, visit_hours_on, when_that_day
from kzfest.pages.grid_hours import GridHours
from kzfest.pages.hour_grid import NOW_MARK, Grid, GridColumn, GridEntry, GridText, shows_now

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from zoneinfo import ZoneInfo

    from kzfest.formats.page import Canvas, Cell, Line, Page
    from kzfest.itineraries.plan import PlannedVisit
    from kzfest.pages.day_view import DayView
    from kzfest.programme.day_schedule import DayEvent, DayPlace

_TITLE_LINES = 12
"""The lines of a title at most: those of FOSDEM and the Chaos Congress need eight. Some titles are whole texts."""
FEW = 10
"""A day with fewer events, all of which begin at full hours, needs no half hours."""
_TITLE_SHARE = 55
"""How much of the width titles take in the list below the grid, in percent."""


def day_page(views: Sequence[DayView]) -> Page:
    """Return the page of some days, one after the other."""
    page: list[Heading | Drawing] = []
    for view in views:
        day, listing = view.schedule.day, view.listing
        title = dates.full_day(day) if day else _("Without a known date")
        programme = StyledText(f" · {choose(listing.head.title, listing.language).text}", "faint")
        page += [Heading(line(title, programme), level=1), Drawing(_DayDrawing(view).lines, day_table(view))]
    return page


class _DayDrawing:
    """Draws a day."""

    def __init__(self, view: DayView) -> None:
        self._view = view
        self._day = view.schedule.day or date.min
        hours = (self._hours(n) for n in range(len(view.schedule.events)))
        starts = [start for start, _end in filter(None, hours)]
        self._step = 60 if len(starts) < FEW and not any(start.minute for start in starts) else 30

    def _hours(self, number: int) -> tuple[datetime, datetime | None] | None:
        """Return when an event is, else when the visit to it is; None if neither has an hour."""
        each = self._view.schedule.events[number]
        return (each.start, each.end) if each.start else self._visit_hours(number)

    def _visit_hours(self, number: int) -> tuple[datetime, datetime] | None:
        """Return when the visit to an event is; None if none begins that day, or if it has no hour."""
        for planned in self._view.visits.get(number, ()):
            if planned.visit.span and planned.visit.day == self._day:
                start, end = (moment.astimezone(planned.known.zone) for moment in planned.visit.span)
                return start, end
        return None

    def lines(self, canvas: Canvas) -> list[Line]:
        """Return the lines of the day: a page of the grid or all, clashes, and what has no hour. Raises UsageError."""
        view = self._view
        entries: dict[str | None, list[GridEntry]] = {}
        below: list[int] = []
        for number, each in enumerate(view.schedule.events):
            hours = self._hours(number)
            if hours:
                entries.setdefault(each.place, []).append(self._entry(number, *hours))
            else:
                below.append(number)
        for those in entries.values():
            those.sort(key=lambda each: each.start)
        places = [place for place in view.schedule.places if place.id in entries]
        if view.schedule.by != "room":
            places.sort(key=lambda place: entries[place.id][0].start)
        now = self._now()
        columns = tuple(GridColumn(self._head(place), tuple(entries[place.id]), now=now) for place in places)
        banks = Grid(columns, self._midnight, step=self._step, hours="strong", clocks=self._clocks).banks(canvas)
        page = self._page(len(banks))
        shown = range(len(banks)) if page is None else range(page - 1, min(page, len(banks)))
        blocks = [list(banks[number].lines(canvas)) for number in shown]
        is_now = any(map(shows_now, blocks))
        if page is not None and len(banks) > 1:
            blocks.append(list(canvas.wrap(self._other_pages(banks, page, len(places)), canvas.width)))
        blocks.append(list(self._clashes(canvas)))
        if page in {None, 1}:
            blocks += self._below(below, canvas, by_place=not columns)
        last = phrases.legend(_marks(blocks, is_now=is_now), canvas)
        for told in phrases.only_what_matches(view.filters):
            last += canvas.wrap(told, canvas.width)
        blocks.append(last)
        found = [block for block in blocks if block]
        return [text for number, block in enumerate(found) for text in ([()] if number else []) + block]

    def _entry(self, number: int, start: datetime, end: datetime | None) -> GridEntry:
        """Return an event that is from *start* to *end* as an entry of the grid."""
        each, visits = self._view.schedule.events[number], self._view.visits.get(number, ())
        first = self._minute(start)
        last = first if end is None else self._minute(end)
        if last - first > MINUTES_OF_A_DAY:
            last = self._minute(opening(self._day + ONE_DAY, self._zone))
        is_off = each.event.status in NOT_HELD
        edge = "×" if is_off else "│" if end else "╎"
        texts = [GridText(self._title(each, visits, first), edge if is_off else "┌", edge, _TITLE_LINES)]
        texts += [GridText(line(StyledText(told, "faint")), edge, edge) for told in self._more(number)]
        clashes = any(self._day in planned.clash_days for planned in visits)
        return GridEntry(first, max(first, last), tuple(texts), edge, "bad" if clashes or is_off else "mark")

    def _title(self, each: DayEvent, visits: Sequence[PlannedVisit], first: int) -> Line:
        """Return the title of an event behind its minute, if that is not the row's, and the mark of a visit."""
        event = each.event
        label = phrases.status_label(event) if event.status != "scheduled" else None
        title = " ".join(choose(event.title, self._view.listing.language).text.split())
        minute = f":{self._clocks.shown(first) % 60:02} " if first % self._step else None
        return line(
            minute,
            self._mark(visits),
            StyledText(f"{label}: ", "bad") if label else None,
            StyledText(title, "strong" if visits else ""),
            StyledText(f" · {_('sold out')}", "warning") if event.sold_out else None,
        )

    def _mark(self, visits: Sequence[PlannedVisit]) -> StyledText | None:
        """Return what stands before the title of an event with these *visits*."""
        if any(self._day in each.clash_days for each in visits):
            return StyledText("! ", "bad")
        return StyledText("* ", "mark") if visits else None

    def _more(self, number: int) -> Iterator[str]:
        """Yield what stands below a title: the place if the column does not say it, its end, and the visit's hours."""
        each, hours = self._view.schedule.events[number], self._visit_hours(number)
        event, by = each.event, self._view.schedule.by
        venue = self._view.listing.venues.get(event.venue or "")
        if by == "track":
            yield plain(self._view.where(event))
        elif by == "venue" and venue and event.room and event.room in venue.rooms:
            yield choose(venue.rooms[event.room].name, self._view.listing.language).text
        if each.part and each.part.showing.zone and each.start:
            yield each.part.showing.zone
        if each.start and each.end is None and event.status not in NOT_HELD:
            yield _("end not known")
        elif each.start and each.end and each.end - each.start > ONE_DAY:
            yield dates.until_moment(each.end, self._day)
        if hours and not each.start and festival_day(hours[1] - SMALLEST) <= self._day:
            yield _("your hours")
        elif hours and (instant(hours[0]), instant(each.end and hours[1])) != (instant(each.start), instant(each.end)):
            yield _("your visit: {hours}").format(hours=dates.stay(*hours))

    def _now(self) -> int | None:
        now = self._view.clock()
        return self._minute(now) if abs(now.date() - self._day) <= ONE_DAY else None

    @cached_property
    def _zone(self) -> ZoneInfo:
        from kzfest.programme.zones import zone  # 9 ms, not for pipes

        return zone(self._view.listing.head.timezone)

    @cached_property
    def _clocks(self) -> GridHours:
        return GridHours.of([(self._day, self._zone)])

    def _minute(self, moment: datetime) -> int:
        return self._clocks.minute(self._day, moment, self._zone)

    def _midnight(self, days: int) -> str:
        return dates.full_day(self._day + timedelta(days=days))

    @cached_property
    def _at_once(self) -> dict[str | None, int]:
        """How many events are on at once, by place."""
        most: dict[str | None, int] = {}
        for each in self._view.schedule.events:
            most[each.place] = max(each.at_once, most.get(each.place, 1))
        return most

    def _head(self, place: DayPlace) -> Cell:
        most = self._at_once[place.id]
        at_once = StyledText(_("{n} at once").format(n=most), "faint") if most > 1 else None
        return cell(StyledText(place_name(place, self._view), "heading"), at_once)

    def _page(self, count: int) -> int | None:
        """Return which page to draw, or None for all. Raises UsageError if there are fewer."""
        page = self._view.page
        if page is not None and page > max(1, count) and self._view.is_only:
            raise UsageError(_("there is no page {page}; the last is {count}").format(page=page, count=max(1, count)))
        return page

    def _other_pages(self, banks: Sequence[Grid], page: int, count: int) -> Line:
        """Return which places the page shows, and how to see the others."""
        each, pages = len(banks[0].columns), len(banks)
        first, last = (page - 1) * each + 1, min(page * each, count)
        shown = str(last) if first == last else f"{first}–{last}"
        others = [number for number in range(1, pages + 1) if number != page]
        rest = f"--page {others[0]}" if len(others) == 1 else f"--page {others[0]} … {others[-1]}"
        if first > count:
            return line(_("there is no page {page}; the last is {count}").format(page=page, count=pages))
        told = {
            "venue": _("venues {shown} of {count}; the rest: {rest}, or {all}"),
            "room": _("rooms {shown} of {count}; the rest: {rest}, or {all}"),
            "track": _("tracks {shown} of {count}; the rest: {rest}, or {all}"),
        }[self._view.schedule.by]
        return line(told.format(shown=shown, count=count, rest=rest, all="--page all"))

    def _clashes(self, canvas: Canvas) -> Iterator[Line]:
        """Yield how the visits of the day clash."""
        plan = self._view.plan
        clashing = [each for those in self._view.visits.values() for each in those if self._day in each.clash_days]
        if plan is None or not clashing:
            return
        from kzfest.pages.itinerary import format_pair  # only if there are clashes

        mine = {each.visit.id for each in clashing}
        days = {each.visit.id: each.clash_days for each in plan.visits}
        for clash in plan.clashes:
            shared = days[clash.first] & days[clash.second]
            if mine & {clash.first, clash.second} and (not shared or self._day in shared):
                told = line(StyledText("! ", "bad"), f"{plan.titles[clash.first]}: {format_pair(clash, plan)}")
                yield from canvas.wrap(told, canvas.width)

    def _below(self, numbers: Sequence[int], canvas: Canvas, *, by_place: bool) -> Iterator[list[Line]]:
        """Yield the events without an hour under headings: what they are that day, or their places if none has one."""
        view = self._view
        groups: dict[str, list[int]] = {}
        names = {place.id: place_name(place, view) for place in view.schedule.places}
        for number in numbers:
            each = view.schedule.events[number]
            groups.setdefault(names[each.place] if by_place else role_title(each.role), []).append(number)
        titles = canvas.width * _TITLE_SHARE // 100 - 2
        for heading, found in groups.items():
            lines = list(canvas.wrap(line(StyledText(heading, "heading")), canvas.width))
            for number in found:
                lines += self._row(number, canvas, titles, by_place=by_place)
            yield lines

    def _row(self, number: int, canvas: Canvas, room: int, *, by_place: bool) -> Iterator[Line]:
        """Yield an event without an hour: its title, and beside it its place or what it is that day."""
        each, visits = self._view.schedule.events[number], self._view.visits.get(number, ())
        mark = self._mark(visits) or "  "
        title = tuple(
            span if visits or span.style != "strong" else span._replace(style="")
            for span in phrases.event_title(each.event, self._view.listing.language)
        )
        where = line(role_title(each.role)) if by_place else self._view.where(each.event)
        told = (line(part) if isinstance(part, str | StyledText) else part for part in self._beside(each, visits))
        left = list(canvas.wrap(title, room))
        right = list(canvas.wrap(joined((where, *told), " · "), canvas.width - room - 4))
        for n in range(max(len(left), len(right))):
            begun = line("  " if n else mark, *(left[n] if n < len(left) else ()))
            beside = tuple(span._replace(style=span.style or "faint") for span in right[n]) if n < len(right) else ()
            yield (*canvas.padded(begun, room + 4), *beside) if beside else begun

    def _beside(self, each: DayEvent, visits: Sequence[PlannedVisit]) -> Iterator[str | StyledText | Line]:
        """Yield the days of an event without an hour, when its venue is usually open, and when *visits* end."""
        venue, day = self._view.listing.venues.get(each.event.venue or ""), self._view.schedule.day
        if each.role != "without_hour" or not each.part or not phrases.has_no_hour(each.part.showing):
            yield from (told for told in when_that_day(each, self._view) if told)
        if venue and venue.hours and day and not each.event.hours:
            usual = phrases.usual_hours(venue, day, day)
            if usual:
                yield usual
        for planned in visits:
            hours = visit_hours_on(planned, day)
            if hours:
                yield StyledText(_("your visit: {hours}").format(hours=hours), "strong")


def _marks(blocks: Sequence[Sequence[Line]], *, is_now: bool) -> Iterator[tuple[Line, str]]:
    """Yield the marks in *blocks* that no words explain."""
    shown = {(span.text.strip(), span.style) for block in blocks for text in block for span in text}
    if ("*", "mark") in shown:
        yield line(StyledText("*", "mark")), _("in your plan")
    if ("!", "bad") in shown:
        yield line(StyledText("!", "bad")), _("clash in your plan")
    if is_now:
        yield line(StyledText(NOW_MARK, "today")), _("now")
