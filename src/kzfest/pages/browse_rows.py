"""The rows of the full screen: a day with its counts, an event of a day or of the whole programme."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from kzfest.core.festival_day import ONE_DAY
from kzfest.formats import dates
from kzfest.formats.page import StyledText, line, plain
from kzfest.i18n import _, months_alone, short_weekdays
from kzfest.pages import phrases
from kzfest.pages.event_list import more_times, section_title, when_undated
from kzfest.programme.database.catalogue import ListedEvent
from kzfest.programme.database.queries import ONGOING, PERMANENT, POSSIBLE, UNDATED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from kzfest.core.model import Event, Showing, Venue
    from kzfest.formats.page import Canvas, Line, Style
    from kzfest.itineraries.plan import PlannedVisit
    from kzfest.programme.database.catalogue import ListedRow
    from kzfest.programme.events_by_day import EventsOfDay

DAYS_WIDTH = 16
"""The columns of a day with its counts."""
GRID_WIDTH = 21
"""The columns of the small grid of a month."""
_MANY = 1_000
"""From here on, counts are in thousands: a day has few columns."""
HOUR = 6
"""The columns of the hour of an event, with a space."""
LINES_OF_TITLE = 4
"""The lines of a title at most."""
LEAST_OF_PLACE = 12
"""The columns from which a place is worth cutting."""
_APART = " · "


class InPlan(NamedTuple):
    """What the plan has of an event."""

    mark: str = ""
    """An exclamation mark if a visit to it clashes, else an asterisk; empty if it is not planned."""
    must: bool = False


class PlanMarks(NamedTuple):
    """What the plan has: a mark for each day, and for each event of a day."""

    days: Mapping[date, str] = {}
    events: Mapping[tuple[date | None, str], InPlan] = {}
    """By day and event; without a day, on any day."""


def plan_marks(visits: Iterable[PlannedVisit], programme: str) -> PlanMarks:
    """Return the marks of *visits*: an exclamation mark where one clashes, else an asterisk.

    Every visit marks its day, those to events of *programme* also their event.
    """
    days: dict[date, str] = {}
    events: dict[tuple[date | None, str], InPlan] = {}
    for planned in visits:
        event = planned.event_id
        for day in planned.days:
            mark = "!" if day in planned.clash_days else "*"
            days[day] = min(mark, days.get(day, mark))
        if event and planned.visit.programme == programme:
            for key in ((day, event) for day in (None, *planned.days)):
                before = events.get(key, InPlan(mark))
                events[key] = InPlan(min(mark, before.mark), planned.visit.must or before.must)
    return PlanMarks(days, events)


def day_line(day: date, counts: EventsOfDay | None, *, today: date, mark: str = "") -> Line:
    """Return the line of *day*: how many events begin and go on, if that is known, and the *mark* of the plan."""
    number = f"[{day.day}]" if day == today else f"{day.day:>3} "
    name = f"{short_weekdays()[day.weekday()][:3]:<3}{number:>4}"
    begin = f"•{_few(len(counts.begin))}" if counts and counts.begin else ""
    goes_on = f"+{_few(len(counts.go_on))}" if counts and counts.go_on else ""
    space = " " if max(len(begin), len(goes_on)) < 4 else ""
    told = f"{begin:<3}{space}{goes_on:<4}"
    return line(
        StyledText(name, "strong" if begin else ""),
        StyledText(told[:8], "mark"),
        StyledText(mark, "bad") if mark == "!" else StyledText(mark, "strong"),
    )


def _few(count: int) -> str:
    return str(count) if count < _MANY else f"{min(count // _MANY, 99)}k"


def month_lines(day: date, counts: Mapping[date, EventsOfDay], marks: Mapping[date, str]) -> list[Line]:
    """Return the month of *day* as a small grid: bold days begin something, faint ones have nothing."""
    first = day.replace(day=1)
    title = f"{months_alone()[day.month - 1]} {day.year}"
    lines = [line(StyledText(f"{title:^{GRID_WIDTH}}".rstrip(), "heading"))]
    lines.append(line(StyledText("".join(f"{name[:2]:>2} " for name in short_weekdays()), "faint")))
    weeks: list[list[StyledText]] = [[StyledText("   " * first.weekday())]]
    for each in (first + n * ONE_DAY for n in range(31)):
        if each.month != day.month:
            break
        if each.weekday() == 0 and each != first:
            weeks.append([])
        on = counts.get(each)
        style: Style = "today" if each == day else "strong" if on and on.begin else "" if on and on.is_on else "faint"
        mark = marks.get(each, " ")
        weeks[-1] += [StyledText(f"{each.day:>2}", style), StyledText(mark, "bad" if mark == "!" else "strong")]
    return [*lines, *(line(*week) for week in weeks)]


def day_of_grid(day: date, x: int, y: int) -> date | None:
    """Return the day that stands in column *x* and line *y* of the grid of the month of *day*."""
    first = day.replace(day=1)
    found = first + (x // 3 - first.weekday() + 7 * (y - 2)) * ONE_DAY
    return found if y > 1 and found.month == day.month and x < GRID_WIDTH else None


def month_rule(day: date, *, with_year: bool) -> Line:
    """Return the faint rule with the name of the month before its first day."""
    name = months_alone()[day.month - 1]
    told = f"─ {name} {day.year} " if with_year else f"─ {name} "
    return line(StyledText(f"{told:─<{DAYS_WIDTH}}"[:DAYS_WIDTH], "faint"))


def sections_of(rows: Sequence[ListedRow], day: date | None) -> Iterator[str | ListedRow]:
    """Yield *rows* in their order, with the headings of a list between them; the events of *day* need none.

    Rows that are doubtful for one reason stand together, and the reason of the first comes first.
    """
    for section, group in groupby(rows, key=lambda row: row.section):
        if section == POSSIBLE and day:
            seen: dict[str, dict[int, ListedRow]] = {}
            for row in group:
                if not any(row.number in rows for rows in seen.values()):
                    seen.setdefault(section_title(section, is_open=row.is_open), {})[row.number] = row
            for heading, doubtful in seen.items():
                yield heading
                yield from doubtful.values()
            continue
        if section == ONGOING and day:
            yield _("On since earlier")
        elif section in {PERMANENT, UNDATED}:
            yield section_title(section, is_open=False)
        yield from group


def event_lines(  # noqa: PLR0913  # a row depends on all of these
    row: ListedRow,
    event: Event,
    *,
    day: date | None,
    plan: InPlan,
    venues: Mapping[str, Venue],
    language: str,
    canvas: Canvas,
    roomy: bool,
) -> list[Line]:
    """Return the lines of an event: the mark of the *plan*, the hour, the title under itself, and its place.

    In a list of more than a *day*, the title is followed by the days. The place takes no line of its own, unless the
    list is *roomy*.
    """
    showing = next((each for each in event.showings if each.id == row.showing), None)
    here = event.at(showing) if day or len(event.showings) < 2 else event
    title = phrases.event_title(here, language)
    if not plan.mark:
        title = tuple(span._replace(style="") if span.style == "strong" else span for span in title)
    must = StyledText(_(" (must)"), "good") if plan.must else None
    title += line(must, phrases.admission_mark(here), *_days_of(row, event, showing, day))
    hour = _hour_of(row) if day else ""
    margin = line(
        StyledText(f" {plan.mark or ' '} ", "bad" if plan.mark == "!" else "strong"),
        f"{hour:<{HOUR}}" if day else None,
    )
    room = canvas.width - 3 - (HOUR if day else 0)
    told = canvas.lines(title, room, LINES_OF_TITLE) or [()]
    place = tuple(span._replace(style="faint") for span in phrases.place_of_event(here, venues, language))
    told = _with_place(told, place, room, canvas, roomy=roomy)
    beside = line("   ", " " * HOUR if day else None)
    return [line(*(beside if n else margin), *each) for n, each in enumerate(told)]


def _with_place(told: list[Line], place: Line, room: int, canvas: Canvas, *, roomy: bool) -> list[Line]:
    """Return the lines of a title with the *place* after it, or below it if the list is *roomy*."""
    *before, last = told
    left = room - canvas.columns_of(plain(last)) - canvas.columns_of(_APART)
    is_long = canvas.columns_of(plain(place)) > left
    if not place or (is_long and left < LEAST_OF_PLACE and not roomy):
        return told
    if is_long and roomy:
        return [*told, *canvas.lines(place, room, 1)]
    return [*before, line(*last, StyledText(_APART, "faint"), *canvas.lines(place, left, 1)[0])]


def _hour_of(row: ListedRow) -> str:
    """Return the hour of a row that begins on its day; nothing if it is not known."""
    if row.section in {ONGOING, POSSIBLE} or not row.start or len(row.start) <= len("2023-12-16"):
        return ""
    return dates.clock(datetime.fromisoformat(row.start))


def _days_of(row: ListedRow, event: Event, showing: Showing | None, day: date | None) -> Iterator[StyledText]:
    """Yield that it is the last *day* of a row, or in a list of more days its days."""
    if day:
        if row.section == ONGOING and row.last_day == day:
            yield StyledText(" · " + _("last day").replace(" ", "\u00a0"), "warning")
    elif showing:
        yield StyledText(f" · {dates.showing(showing)}", "faint")
        if len(event.showings) > 1:
            more = len(event.showings) - 1
            yield StyledText(f" · {more_times(more)}", "faint")
    elif row.first_day and row.last_day:
        yield StyledText(f" · {dates.days(row.first_day, row.last_day)}", "faint")
    elif row.section == UNDATED:
        undated = ListedEvent(event, "unannounced", UNDATED, ())
        yield StyledText(f" · {when_undated(undated)}", "faint")
