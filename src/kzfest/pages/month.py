"""The page of `kzfest month`: how many events begin, go on and may still be on, day by day, in a grid of weeks."""

from __future__ import annotations

from datetime import date
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from kzfest.core.festival_day import last_of_month
from kzfest.formats import dates
from kzfest.formats.page import Column, Drawing, Heading, Section, StyledText, Table, cell, joined, line, plain
from kzfest.i18n import _, ngettext, short_weekdays
from kzfest.pages import phrases
from kzfest.pages.scale import DAYS_OF_A_WEEK, SATURDAY
from kzfest.programme.events_by_day import EventsOfDay

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kzfest.formats.page import Canvas, Line, Page, Style
    from kzfest.itineraries.plan import PlannedVisit
    from kzfest.programme.months import Months

NARROWEST_GRID = 50
BETWEEN_MONTHS = 4
"""The columns between two months side by side."""
NOTHING_ON = EventsOfDay()


class _Look(NamedTuple):
    """How a grid is drawn: the columns of a day, and what its counts show."""

    cell: int
    beside: int = 1
    """How many months stand side by side."""
    between: str = " "
    """Stands between the counts of a day."""
    has_may: bool = True
    has_on: bool = True

    @property
    def width(self) -> int:
        """The columns of a month."""
        return self.cell * DAYS_OF_A_WEEK - 1


class _Marks(NamedTuple):
    """What is marked on the days of a grid."""

    months: Months
    plan: Mapping[date, Sequence[PlannedVisit]]
    today: date | None


def month_page(
    months: Months, plan: Mapping[date, Sequence[PlannedVisit]], today: date | None, filters: str = ""
) -> Page:
    """Return the page of *months*; *plan* has the visits by day.

    *filters* are the options that chose the events. The page is empty without any month.
    """
    if not months.firsts:
        return []
    title = Heading(phrases.localized_line(months.head.title, months.language), level=1)

    def draw(canvas: Canvas) -> list[Line]:
        below = (line(StyledText(_told(months), "faint")), *phrases.only_what_matches(filters))
        told = [each for text in below if text for each in canvas.wrap(text, canvas.width)]
        if canvas.width < NARROWEST_GRID:
            return [*_listed(_table(months._replace(permanent=()), plan), canvas), *([()] if told else []), *told]
        look, marks = _look(months, canvas.width), _Marks(months, plan, today)
        grids = [list(_grid(first, marks, look, canvas)) for first in months.firsts]
        lines: list[Line] = []
        for number in range(0, len(grids), look.beside):
            row = grids[number : number + look.beside]
            lines += [_beside(each, look, canvas) for each in zip_longest(*row, fillvalue=())] + [()]
        return [*lines, *phrases.legend(_explained(marks, look), canvas), *told]

    return [title, Drawing(draw, _table(months, plan), from_width=0)]


def _listed(table: Table, canvas: Canvas) -> Iterator[Line]:
    """Yield the days of *table* with their numbers, each behind what it counts: where there is no room for a grid."""
    (section,) = table.sections
    heads = [f"{column.title}: " for column in table.columns[1:-1]]
    for (day,), *counts, plan in section.rows:
        yield from canvas.wrap(line(StyledText(plain(day), "strong")), canvas.width)
        told = [
            line(StyledText(head, "faint"), *each) for head, found in zip(heads, counts, strict=True) for each in found
        ]
        for each in canvas.wrap(joined([*told, *plan], " · "), canvas.width - 2):
            yield line("  ", *each)


def _beside(lines: Sequence[Line], look: _Look, canvas: Canvas) -> Line:
    """Return the *lines* of months side by side as one."""
    if len(lines) == 1:
        return lines[0]
    *others, last = lines
    return (
        line(*(span for each in others for span in canvas.padded(each, look.width + BETWEEN_MONTHS)), *last)
        if last
        else others[0]
    )


def _look(months: Months, width: int) -> _Look:
    """Return how to draw *months* in *width* columns: all that there is, as wide as it fits."""
    if len(months.firsts) > 1 and width >= 2 * _Look(8).width + BETWEEN_MONTHS + 2:
        look = _Look(8, beside=2)
    else:
        look = _Look(next((cell for cell in (11, 8) if _Look(cell).width < width), 7))
    for between, has_may, has_on in ((" ", True, True), ("", True, True), ("", False, True), ("", False, False)):
        look = look._replace(between=between, has_may=has_may, has_on=has_on)
        if all(len(_text(_counts(events, look))) < look.cell for events in months.days.values()):
            break
    return look


def _text(spans: Sequence[StyledText]) -> str:
    return "".join(span.text for span in spans)


def _counts(events: EventsOfDay, look: _Look) -> list[StyledText]:
    """Return the counts of a day."""
    counts: list[tuple[str, int, Style, bool]] = [
        ("•", len(events.begin), "mark", True),
        ("+", len(events.go_on), "", look.has_on),
        ("?", len(events.may_be_on), "warning", look.has_may),
    ]
    spans: list[StyledText] = []
    for mark, count, style, is_shown in counts:
        if count and is_shown:
            spans += [StyledText(look.between)] if spans and look.between else []
            spans.append(StyledText(f"{mark}{count}", style))
    return spans


def _grid(first: date, marks: _Marks, look: _Look, canvas: Canvas) -> Iterator[Line]:
    """Yield the lines of the month that begins on *first*."""
    yield line(StyledText(dates.long_month(first.year, first.month), "heading"))
    names = [
        StyledText(name[: look.cell - 1], "faint" if number >= SATURDAY else "strong")
        for number, name in enumerate(short_weekdays())
    ]
    yield _in_cells([line(" ", name) for name in names], look, canvas)
    yield line(StyledText("─" * look.width, "faint"))
    begun, over = first.toordinal(), last_of_month(first).toordinal()
    for monday in range(begun - first.weekday(), over + 1, DAYS_OF_A_WEEK):
        if monday > begun:
            yield ()
        numbers = range(monday, min(monday + DAYS_OF_A_WEEK, over + 1))
        days = [date.fromordinal(number) if number >= begun else None for number in numbers]
        yield _in_cells([_date(day, marks) if day else () for day in days], look, canvas)
        counts = [_counts(marks.months.days.get(day, NOTHING_ON), look) if day else [] for day in days]
        yield _in_cells([line(" ", *each) if each else () for each in counts], look, canvas)


def _date(day: date, marks: _Marks) -> Line:
    """Return the date of a *day* in its cell, with the marks of today and of the plan."""
    events = marks.months.days.get(day, NOTHING_ON)
    style: Style = "strong" if events.begin else "" if events.go_on or events.may_be_on else "faint"
    visits = marks.plan.get(day, ())
    mark = None
    if visits:
        mark = StyledText("!", "bad") if any(day in each.clash_days for each in visits) else StyledText("*", "strong")
    if day == marks.today:
        return line(StyledText(f"[{day.day}]", "today"), mark)
    return line(" ", StyledText(str(day.day), style), mark)


def _in_cells(cells: Sequence[Line], look: _Look, canvas: Canvas) -> Line:
    """Return *cells* side by side, without spaces at the end."""
    filled = next((number for number in range(len(cells), 0, -1) if cells[number - 1]), 0)
    spans = [span for each in cells[: filled - 1] for span in canvas.padded(each, look.cell)] if filled else []
    return line(*spans, *cells[filled - 1]) if filled else ()


def _explained(marks: _Marks, look: _Look) -> Iterator[tuple[Line, str]]:
    """Yield the marks that occur, each with what it means."""
    months, plan, today = marks
    shown = {(day.year, day.month) for day in months.firsts}
    planned = [day for day in plan if (day.year, day.month) in shown]
    clashing = [day for day in planned if any(day in each.clash_days for each in plan[day])]
    counted = months.days.values()
    if any(events.begin for events in counted):
        yield line(StyledText("•", "mark")), _("begin")
    if any(events.go_on for events in counted):
        yield line("+"), _("go on") if look.has_on else _("go on: not shown at this width")
    if any(events.may_be_on for events in counted):
        told = _("may still be on") if look.has_may else _("may still be on: not shown at this width")
        yield line(StyledText("?", "warning")), told
    if len(clashing) < len(planned):
        yield line(StyledText("*", "strong")), _("in your plan")
    if clashing:
        yield line(StyledText("!", "bad")), _("clash in your plan")
    if today and (today.year, today.month) in shown:
        yield line(StyledText("[ ]", "today")), _("today")


def _told(months: Months) -> str:
    """Return what no cell has: the events that are always on, and those that do not take place."""
    told = []
    if months.permanent:
        n = len(months.permanent)
        told.append(ngettext("Every day: {n} permanent event.", "Every day: {n} permanent events.", n).format(n=n))
    if months.off:
        n = len(months.off)
        message = ngettext(
            "Not counted: {n} cancelled or postponed event.", "Not counted: {n} cancelled or postponed events.", n
        )
        told.append(message.format(n=n))
    return " ".join(told)


def _table(months: Months, plan: Mapping[date, Sequence[PlannedVisit]]) -> Table:
    """Return the days with events or visits, for pipes and narrow terminals."""
    shown = {(day.year, day.month) for day in months.firsts}
    days = sorted({*(day for day, events in months.days.items() if any(events[:3])), *plan})
    rows = []
    for day in days:
        if (day.year, day.month) in shown:
            events = months.days.get(day, NOTHING_ON)
            counts = [str(len(ids)) if ids else None for ids in events[:3]]
            rows.append((cell(dates.weekday_and_day(day)), *map(cell, counts), cell(*_planned(plan.get(day, ()), day))))
    if months.permanent:
        rows.append((cell(_("every day")), (), cell(str(len(months.permanent))), (), ()))
    columns = (_("Day"), _("Begin"), _("Go on"), _("May be on"), _("Plan"))
    return Table(tuple(Column(title) for title in columns), (Section("", tuple(rows)),))


def _planned(visits: Sequence[PlannedVisit], day: date) -> Iterator[StyledText]:
    """Yield how many visits are planned for a *day*, and how many of them clash."""
    clashing = sum(day in each.clash_days for each in visits)
    if visits:
        n = len(visits)
        yield StyledText(ngettext("{n} visit", "{n} visits", n).format(n=n))
    if clashing:
        yield StyledText(ngettext("{n} clash", "{n} clashes", clashing).format(n=clashing), "bad")
