"""A day as it is shown: what each of its events is called, where and when, and all of them as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kzfest.core.localized import choose
from kzfest.formats import dates
from kzfest.formats.page import Column, Section, StyledText, Table, cell, line, plain
from kzfest.i18n import _
from kzfest.pages import phrases
from kzfest.pages.event_list import days_of_strip, hours_of_day, when_uncertain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date, datetime

    from kzfest.core.festival_day import DayRole
    from kzfest.core.model import Event
    from kzfest.formats.page import Cell, Line
    from kzfest.itineraries.plan import Plan, PlannedVisit
    from kzfest.programme.day_schedule import DayEvent, DayPlace, DaySchedule
    from kzfest.programme.listing import Listing


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
    filters: str = ""
    """The options that chose the events, as they are typed."""

    @property
    def listing(self) -> Listing:
        """What the schedule was made of."""
        return self.schedule.listing

    def where(self, event: Event) -> Line:
        """Return the room and the venue of *event*, or its place, without marks of their languages."""
        return line(plain(phrases.place_of_event(event, self.listing.venues, self.listing.language)))


def role_title(role: DayRole) -> str:
    """Return what stands above the events of a *role*."""
    return {
        "at_hour": "",
        "without_hour": _("Without a start time"),
        "since_earlier": _("On since earlier"),
        "may_be_on": _("May still be on: the closing day was not published"),
        "other_source": _("May be on (sources differ)"),
        "permanent": _("Permanent"),
        "undated": _("Without a known date"),
    }[role]


def day_table(view: DayView) -> Table:
    """Return the events of a day, one a row."""
    columns = (
        Column(_("Start")),
        Column(_("End"), from_width=1),
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
            cell(_clock(each.start, day)) if each.start and day else cell(*when_that_day(each, view)),
            cell(_clock(each.end, day) if each.end and day else None),
            cell(names[each.place]),
            cell(phrases.event_title(each.event, view.listing.language)),
            cell(*(_planned_text(planned, day) for planned in visits)),
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


def visit_hours_on(planned: PlannedVisit, day: date | None) -> str | None:
    """Return the hours of a visit on a *day* of it; None if it has none."""
    if planned.visit.span is None:
        return None
    start, end = (moment.astimezone(planned.known.zone) for moment in planned.visit.span)
    return dates.stay_on(day or planned.visit.day, start, end)


def _planned_text(planned: PlannedVisit, day: date | None) -> StyledText:
    """Return the hours of a visit on a *day* of it, or that it is planned, and whether it clashes."""
    told = visit_hours_on(planned, day) or _("planned")
    return StyledText(f"{told} !", "bad") if day in planned.clash_days else StyledText(told)


def when_that_day(each: DayEvent, view: DayView) -> Iterator[str | StyledText | Line]:
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
        if part.showing.drop_in:
            yield _("all day")
