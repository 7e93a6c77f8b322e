"""The page of `kzfest day`: hours down, places across, and below them what has no hour."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from kzfest.core.errors import UsageError
from kzfest.core.festival_day import DAY_STARTS_AT, ONE_DAY, instant
from kzfest.core.localized import choose
from kzfest.core.model import NOT_HELD
from kzfest.core.opening_hours import MINUTES_OF_A_DAY
from kzfest.formats import dates
from kzfest.formats.page import Column, Drawing, Heading, Section, StyledText, Table, cell, joined, line
from kzfest.i18n import _
from kzfest.pages import phrases
from kzfest.pages.event_list import days_of_strip, hours_of_day, when_uncertain
from kzfest.pages.hour_grid import Grid, GridColumn, GridEntry, GridText, minutes_from

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from kzfest.core.festival_day import DayRole
    from kzfest.core.model import Event
    from kzfest.formats.page import Canvas, Cell, Line, Page
    from kzfest.itineraries.plan import Plan, PlannedVisit
    from kzfest.programme.day_schedule import DayEvent, DayPlace, DaySchedule
    from kzfest.programme.listing import Listing

_TITLE_LINES = 4
FEW = 10
"""A day with fewer events, all of which begin at full hours, needs no half hours."""
_TITLE_SHARE = 55
"""How much of the width titles take in the list below the grid, in percent."""


class DayView(NamedTuple):
    """A day as it is to be shown."""

    schedule: DaySchedule
    visits: Mapping[int, Sequence[PlannedVisit]]
    """By the position of the event."""
    plan: Plan | None
    page: int | None
    """Which page of the places to draw; None draws all."""
    clock: Callable[[], datetime]
    is_only: bool
    """Whether no other day is shown."""

    @property
    def listing(self) -> Listing:
        """What the schedule was made of."""
        return self.schedule.listing

    def where(self, event: Event) -> Line:
        """Return the room and the venue of *event*, or its place."""
        venue = self.listing.venues.get(event.venue or "")
        if venue:
            names = [choose(each, self.listing.language).text for each in venue.names_with(event.room)]
            return line(", ".join(names))
        return line(choose(event.place, self.listing.language).text) if event.place else ()


def day_page(views: Sequence[DayView]) -> Page:
    """Return the page of some days, one after the other."""
    page: list[Heading | Drawing] = []
    for view in views:
        day, listing = view.schedule.day, view.listing
        title = dates.full_day(day) if day else _("Without a known date")
        programme = StyledText(f" · {choose(listing.head.title, listing.language).text}", "faint")
        page += [Heading(line(title, programme), level=1), Drawing(_DayDrawing(view).lines, _table(view))]
    return page


def role_title(role: DayRole) -> str:
    """Return what stands above the events of a *role*."""
    return {
        "at_hour": "",
        "without_hour": _("No hour given"),
        "since_earlier": _("On since earlier"),
        "may_be_on": _("May still be on: the closing day was not published"),
        "other_source": _("May be on (sources differ)"),
        "permanent": _("Permanent"),
        "undated": _("Without a known date"),
    }[role]


def _table(view: DayView) -> Table:
    """Return the events of a day, one a row."""
    columns = (
        Column(_("Start"), wraps=False),
        Column(_("End"), from_width=1, wraps=False),
        Column(_("Place")),
        Column(_("Event")),
        Column(_("Plan"), from_width=1),
        Column(_("Id"), wraps=False),
    )
    rows: dict[DayRole, list[tuple[Cell, ...]]] = {}
    names = {place.id: place_name(place, view) for place in view.schedule.places}
    day = view.schedule.day
    for number, each in enumerate(view.schedule.events):
        visits = view.visits.get(number, ())
        row = (
            cell(_clock(each.start, day)) if each.start and day else cell(*_when(each, view)),
            cell(_clock(each.end, day) if each.end and day else None),
            cell(names[each.place]),
            cell(phrases.event_title(each.event, view.listing.language)),
            cell(*(_planned_text(planned) for planned in visits)),
            cell(each.event.id),
        )
        rows.setdefault(each.role, []).append(row)
    return Table(columns, tuple(Section(role_title(role), tuple(found)) for role, found in rows.items()))


def place_name(place: DayPlace, view: DayView) -> str:
    """Return the name of a place in the language of the answer."""
    if place.names:
        return ", ".join(choose(each, view.listing.language).text for each in place.names)
    return _("no track") if view.schedule.by == "track" else _("place not known")


def _clock(moment: datetime, day: date) -> str:
    return dates.clock(moment) if moment.date() == day else dates.moment_beside(moment, day)


def _planned_text(planned: PlannedVisit) -> StyledText:
    """Return the hours of a visit, or that it is planned, and whether it clashes."""
    visit = planned.visit
    told = _("planned")
    if visit.span:
        told = dates.stay(*(moment.astimezone(planned.known.zone) for moment in visit.span))
    return StyledText(f"{told} !", "bad") if planned.clash_count else StyledText(told)


def _when(each: DayEvent, view: DayView) -> Iterator[str | StyledText | Line]:
    """Yield what is known of the days and hours of an event without an hour of its own."""
    day, part = view.schedule.day, each.part
    if part is None or day is None or each.role in {"may_be_on", "other_source"}:
        whole = each.listed
        if part:
            whole = whole._replace(showing=part.showing, first_day=part.first_day)
        yield from when_uncertain(whole)
    elif each.role == "since_earlier":
        yield from days_of_strip(part, view.listing)
    else:
        yield from hours_of_day(part, day)


class _DayDrawing:
    """Draws a day."""

    def __init__(self, view: DayView) -> None:
        self._view = view
        self._day = view.schedule.day or date.min
        starts = [each.start for each in view.schedule.events if each.start]
        self._step = 60 if len(starts) < FEW and not any(start.minute for start in starts) else 30

    def lines(self, canvas: Canvas) -> list[Line]:
        """Return the lines of the day: a page of the grid or all, clashes, and what has no hour. Raises UsageError."""
        view = self._view
        entries: dict[str | None, list[GridEntry]] = {}
        below: list[int] = []
        for number, each in enumerate(view.schedule.events):
            entry = self._entry(each, view.visits.get(number, ()))
            if entry:
                entries.setdefault(each.place, []).append(entry)
            else:
                below.append(number)
        places = [place for place in view.schedule.places if place.id in entries]
        columns = tuple(
            GridColumn(self._head(place), tuple(sorted(entries[place.id], key=lambda each: each.start)))
            for place in places
        )
        blocks: list[list[Line]] = []
        banks = Grid(columns, self._midnight, step=self._step, hours="strong", now=self._now()).banks(canvas)
        page = self._page(len(banks))
        shown = range(len(banks)) if page is None else range(page - 1, min(page, len(banks)))
        blocks += [list(banks[number].lines(canvas)) for number in shown]
        if page is not None and len(banks) > 1:
            blocks.append(list(canvas.wrap(self._other_pages(banks, page, len(places)), canvas.width)))
        blocks.append(list(self._clashes(canvas)))
        if page in {None, 1}:
            blocks += self._below(below, canvas, by_place=not columns)
        found = [block for block in blocks if block]
        return [text for number, block in enumerate(found) for text in ([()] if number else []) + block]

    def _entry(self, each: DayEvent, visits: Sequence[PlannedVisit]) -> GridEntry | None:
        """Return an event as an entry of the grid; None if neither it nor a visit to it has an hour."""
        start, end = each.start, each.end
        own = next((planned for planned in visits if planned.visit.span), None)
        hours = tuple(moment.astimezone(own.known.zone) for moment in own.visit.span) if own and own.visit.span else ()
        if start is None and not hours:
            return None
        begun, over = (start, end) if start else hours
        first = minutes_from(self._day, begun)
        is_off = each.event.status in NOT_HELD
        edge = "×" if is_off else "│" if over else "╎"
        texts = [GridText(self._title(each, visits, first), "┌", edge, _TITLE_LINES)]
        texts += [GridText(line(StyledText(told, "faint")), edge, edge) for told in self._more(each, hours)]
        last = first if over is None else minutes_from(self._day, over)
        if last - first > MINUTES_OF_A_DAY:
            last = MINUTES_OF_A_DAY + 60 * DAY_STARTS_AT
        clashes = any(planned.clash_count for planned in visits)
        return GridEntry(first, max(first, last), tuple(texts), edge, "bad" if clashes or is_off else "mark")

    def _title(self, each: DayEvent, visits: Sequence[PlannedVisit], first: int) -> Line:
        """Return the title of an event behind its minute, if that is not the row's, and the mark of a visit."""
        event = each.event
        label = phrases.status_label(event) if event.status != "scheduled" else None
        title = " ".join(choose(event.title, self._view.listing.language).text.split())
        minute = f":{first % 60:02} " if first % self._step else None
        mark = None
        if visits:
            mark = StyledText("! ", "bad") if any(each.clash_count for each in visits) else StyledText("* ", "mark")
        return line(
            minute,
            mark,
            StyledText(f"{label}: ", "bad") if label else None,
            StyledText(title, "strong" if visits else ""),
            StyledText(f" · {_('sold out')}", "warning") if event.sold_out else None,
        )

    def _more(self, each: DayEvent, hours: Sequence[datetime]) -> Iterator[str]:
        """Yield what stands below a title: the place if the column does not say it, its end, and the visit's hours."""
        event, by = each.event, self._view.schedule.by
        venue = self._view.listing.venues.get(event.venue or "")
        if by == "track":
            yield "".join(span.text for span in self._view.where(event))
        elif by == "venue" and venue and event.room and event.room in venue.rooms:
            yield choose(venue.rooms[event.room].name, self._view.listing.language).text
        if each.part and each.part.showing.zone and each.start:
            yield each.part.showing.zone
        if each.start and each.end is None:
            yield _("end not known")
        elif each.start and each.end and each.end - each.start > ONE_DAY:
            yield _("to {day}").format(day=dates.moment_beside(each.end, self._day))
        if not each.start:
            yield _("your hours")
        elif hours and (instant(hours[0]), instant(each.end and hours[1])) != (instant(each.start), instant(each.end)):
            yield _("your visit: {hours}").format(hours=dates.stay(*hours))

    def _now(self) -> int | None:
        now = self._view.clock()
        return minutes_from(self._day, now) if abs(now.date() - self._day) <= ONE_DAY else None

    def _midnight(self, days: int) -> str:
        return dates.full_day(self._day + timedelta(days=days))

    def _head(self, place: DayPlace) -> Cell:
        most = max(each.at_once for each in self._view.schedule.events if each.place == place.id)
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
        if plan is None or not any(each.clash_count for those in self._view.visits.values() for each in those):
            return
        from kzfest.pages.itinerary import format_pair  # only if there are clashes

        mine = {each.visit.id for those in self._view.visits.values() for each in those}
        for clash in plan.clashes:
            if mine & {clash.first, clash.second}:
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
        clashes = any(planned.clash_count for planned in visits)
        mark = StyledText("! ", "bad") if clashes else StyledText("* ", "mark") if visits else "  "
        title = tuple(
            span if visits or span.style != "strong" else span._replace(style="")
            for span in phrases.event_title(each.event, self._view.listing.language)
        )
        where = line(role_title(each.role)) if by_place else self._view.where(each.event)
        told = (line(part) if isinstance(part, str | StyledText) else part for part in self._beside(each))
        left = list(canvas.wrap(title, room))
        right = list(canvas.wrap(joined((where, *told), " · "), canvas.width - room - 4))
        for n in range(max(len(left), len(right))):
            begun = line("  " if n else mark, *(left[n] if n < len(left) else ()))
            beside = tuple(span._replace(style=span.style or "faint") for span in right[n]) if n < len(right) else ()
            yield (*canvas.padded(begun, room + 4), *beside) if beside else begun

    def _beside(self, each: DayEvent) -> Iterator[str | StyledText | Line]:
        """Yield the days of an event without an hour, and when its venue is usually open."""
        venue, day = self._view.listing.venues.get(each.event.venue or ""), self._view.schedule.day
        if each.role != "without_hour" or not each.part or not phrases.has_no_hour(each.part.showing):
            yield from (told for told in _when(each, self._view) if told)
        if venue and venue.hours and day and not each.event.hours:
            usual = phrases.usual_hours(venue, day, day)
            if usual:
                yield usual
