"""The page of `kzfest itinerary week`: hours down, days across, with ways and clashes."""

from __future__ import annotations

from datetime import UTC
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from kzfest.core.clashes import overlap_minutes
from kzfest.core.festival_day import ONE_DAY, festival_day, opening
from kzfest.core.localized import choose
from kzfest.core.model import NOT_HELD
from kzfest.formats import dates
from kzfest.formats.page import Drawing, Heading, Paragraph, StyledText, cell, line
from kzfest.i18n import _, ngettext, pgettext, short_weekdays
from kzfest.pages import phrases
from kzfest.pages.grid_hours import GridHours
from kzfest.pages.hour_grid import NOW_MARK, Grid, GridColumn, GridEntry, GridText, shows_now
from kzfest.pages.itinerary import CLASHES_SHOWN, more_clashes, programme_note, travel_mode, visits_table
from kzfest.pages.visit_warnings import no_hour, warnings_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

    from kzfest.formats.page import Block, Canvas, Line, Page
    from kzfest.itineraries.plan import Plan, PlannedVisit

LEAST_COLUMN = 22


class PlanWeek(NamedTuple):
    """The visits of a week, Monday to Sunday."""

    days: tuple[date, ...]
    visits: tuple[PlannedVisit, ...]
    free: tuple[date, ...]
    """Its days without a visit."""


def week_page(weeks: Sequence[PlanWeek], plan: Plan, now: datetime, filters: str = "") -> Page:
    """Return the page of *weeks*, with the visits that match *filters*; weeks without visits are one line."""
    page: list[Block] = []
    for has_visits, those in groupby(weeks, key=lambda each: bool(each.visits)):
        found = list(those)
        if not has_visits:
            told = _("{days}: no visits").format(days=dates.days(found[0].days[0], found[-1].days[-1]))
            page.append(Paragraph(line(StyledText(told, "faint"))))
            continue
        for week in found:
            count = len(week.visits)
            visits = StyledText(f" · {ngettext('{n} visit', '{n} visits', count).format(n=count)}", "faint")
            page.append(Heading(line(dates.days(week.days[0], week.days[-1]), visits), level=1))
            page.append(Drawing(_WeekDrawing(week, plan, now, filters).lines, visits_table(week.visits, plan)))
    return page


class _WeekDrawing:
    """Draws a week."""

    def __init__(self, week: PlanWeek, plan: Plan, now: datetime, filters: str) -> None:
        self._week = week
        self._filters = filters
        self._plan = plan
        self._now = now
        self._shown = {each.visit.id for each in week.visits}
        timed = ((day, each.known.zone) for each in week.visits if each.visit.span for day in each.days)
        self._clocks = GridHours.of({(day, zone) for day, zone in timed if day in week.days})

    def lines(self, canvas: Canvas) -> list[Line]:
        """Return the days with visits, as many side by side as fit, and the free days."""
        by_day = {day: [each for each in self._week.visits if each.touches(day, day)] for day in self._week.days}
        grid = Grid(
            tuple(self._column(day, visits) for day, visits in by_day.items() if visits),
            lambda _days: _("after midnight"),
            least=LEAST_COLUMN,
            hours="faint",
            clocks=self._clocks,
            tells_hours=True,
        )
        blocks = [list(bank.lines(canvas)) for bank in grid.banks(canvas)]
        last = phrases.legend(self._marks(is_now=any(map(shows_now, blocks))), canvas)
        if self._week.free:
            free = ", ".join(map(_weekday, self._week.free))
            last += canvas.wrap(line(StyledText(_("Free: "), "faint"), free), canvas.width)
        for told in phrases.only_what_matches(self._filters):
            last += canvas.wrap(told, canvas.width)
        found = [*blocks, last] if last else blocks
        return [text for number, block in enumerate(found) for text in ([()] if number else []) + block]

    def _marks(self, *, is_now: bool) -> Iterator[tuple[Line, str]]:
        """Yield the marks that no words explain."""
        if any(each.visit.assumed for each in self._week.visits):
            yield line("?"), _("end assumed")
        if any(each.clash_days.intersection(self._week.days) for each in self._week.visits):
            yield line(StyledText("!", "bad")), _("clash in your plan")
        if is_now:
            yield line(StyledText(NOW_MARK, "today")), _("now")

    def _column(self, day: date, visits: Sequence[PlannedVisit]) -> GridColumn:
        name, is_today = _weekday(day), festival_day(self._now) == day
        head = StyledText(f"[{name}]", "today") if is_today else StyledText(name, "heading")
        entries = (self._entry(each, day) for each in visits if each.visit.span)
        foot: list[Line] = []
        untimed = [each for each in visits if not each.visit.span]
        for reason, those in groupby(untimed, key=lambda each: no_hour(each.visit)):
            foot.append(line(StyledText(reason, "faint")))
            for each in those:
                foot += [self._title(each), *self._warnings(each)]
        return GridColumn(
            cell(head),
            tuple(sorted(entries, key=lambda each: each.start)),
            tuple(foot),
            now=self._clocks.minute(day, self._now, self._now.tzinfo or UTC) if is_today else None,
        )

    def _entry(self, planned: PlannedVisit, day: date) -> GridEntry:
        """Return a visit with the way to it; on later days, only until when it lasts."""
        visit, zone = planned.visit, planned.known.zone
        start, end = (moment.astimezone(zone) for moment in visit.span or ())
        begins, is_told = day == visit.day, day == max(visit.day, self._week.days[0])
        opens, closes = opening(day, zone), opening(day + ONE_DAY, zone)
        first, last, over = (
            self._clocks.minute(day, moment, zone) for moment in (start if begins else opens, end, closes)
        )
        is_off = planned.stop is None or bool(planned.known.event and planned.known.event.status in NOT_HELD)
        edge = "×" if is_off else "╎" if visit.assumed else "┃"
        clashes = day in planned.clash_days
        hours = dates.stay_on(day, start, end) + ("?" if visit.assumed else "")
        told = StyledText(f"{hours} !", "bad") if clashes else StyledText(hours, "strong")
        own_zone = StyledText(visit.timezone, "faint") if planned.known.has_own_zone else None
        way = self._way(planned) if begins else None
        more = [*self._clashes(planned), *self._warnings(planned)] if is_told else []
        texts = [
            *([GridText(line(StyledText(way, "faint")), "┊", "┊", style="faint")] if way else []),
            *(GridText(each, edge, edge) for each in (line(told), line(own_zone), self._title(planned), *more) if each),
        ]
        return GridEntry(first, max(first, min(last, over)), tuple(texts), edge, "bad" if clashes or is_off else "mark")

    def _way(self, planned: PlannedVisit) -> str | None:
        """Return how long the way from the visit before takes; None within one place and after an overlap."""
        before, stop = planned.before, planned.stop
        if before is None or stop is None or before.end.timestamp() > stop.start.timestamp():
            return None
        if planned.way is None:
            return _("way not known") if before.place and stop.place else None
        if not planned.way.minutes:
            return None
        told = _("{n} min {by}").format(n=planned.way.minutes, by=travel_mode(planned.way.by))
        return _("{way}, estimate").format(way=told) if planned.way.estimate else told

    def _title(self, planned: PlannedVisit) -> Line:
        event = planned.known.event
        label = phrases.status_label(event) if event else None
        texts = event.title if event else planned.visit.title
        title = " ".join(choose(texts, self._plan.language).text.split())
        must = StyledText(_(" (must)"), "good") if planned.visit.must else None
        return line(StyledText(f"{label}: ", "bad") if label else None, title, must)

    def _clashes(self, planned: PlannedVisit) -> Iterator[Line]:
        """Yield the clashes with earlier visits, and with later ones that are not shown: each clash is told once."""
        key, stops = planned.visit.id, self._plan.stops
        told = [each for each in planned.clashes if each.second == key or each.second not in self._shown]
        for clash in told[:CLASHES_SHOWN]:
            if clash.verdict == "overlap":
                length = dates.length(overlap_minutes(stops[clash.first], stops[clash.second]))
                yield line(StyledText(_("CLASH: {length} at once").format(length=length), "bad"))
            else:
                tight = _("TIGHT: needs {needs} min, has {has}").format(needs=clash.needs, has=clash.has)
                yield line(StyledText(tight, "warning"))
        yield from (line(StyledText(more, "bad")) for more in more_clashes(len(told) - CLASHES_SHOWN))

    def _warnings(self, planned: PlannedVisit) -> Iterator[Line]:
        """Yield what `itinerary check` warns of, without the commands that correct it, and another programme."""
        said = phrases.status_label(planned.known.event) if planned.known.event else None  # the title says it
        for warning in warnings_of(planned, self._plan):
            if warning != said:
                yield line(StyledText(_without_command(warning), "warning"))
        note = programme_note(planned)
        if note:
            yield line(note)


def _without_command(warning: str) -> str:
    """Return *warning* without its command line.

    >>> _without_command("MOVED, now at noon: `kzfest a`"), _without_command("gone on Monday; `kzfest b` shows when")
    ('MOVED, now at noon', 'gone on Monday')
    """
    told, command, _rest = warning.partition("`")
    if not command:
        return warning
    return told.rstrip(": ") if warning.endswith("`") else told.rpartition(";")[0]


def _weekday(day: date) -> str:
    return pgettext("short", "{weekday} {day}").format(weekday=short_weekdays()[day.weekday()], day=day.day)
