"""The rows of an event's card about the user's visits to it, and about what else is on then and near by."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from kzfest.core.festival_day import festival_days
from kzfest.core.localized import choose
from kzfest.core.place_text import distance
from kzfest.formats import dates
from kzfest.formats.page import StyledText, cell, joined, line
from kzfest.i18n import _

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from kzfest.core.model import Showing
    from kzfest.core.visit import Visit
    from kzfest.formats.page import Cell, Line
    from kzfest.programme.nearby import NearbyEvent, Surroundings


def planned_row(visits: Iterable[Visit]) -> tuple[str, Cell]:
    """Return the row of the user's *visits* to the event."""
    return _("Planned"), cell(*(StyledText(_time_of(visit), "good") for visit in visits))


def _time_of(visit: Visit) -> str:
    day = dates.full_day(visit.day)
    return _("{day}, {time}").format(day=day, time=dates.stay(*visit.span)) if visit.span else day


def nearby_row(around: Surroundings | None, planned: Collection[str], language: str) -> tuple[str, Cell]:
    """Return the row of what else is on *around* an event; *planned* are the ids of events in the itinerary."""
    if around is None:
        return "", ()
    lines = (_told(each, around, planned, language) for each in around.nearby)
    return _("Near by"), cell(joined(lines, " · "))  # as running text: a terminal has few lines


def _told(each: NearbyEvent, around: Surroundings, planned: Collection[str], language: str) -> Line:
    here, there = around.venue.location, each.venue.location
    away = _("at the same venue")
    if each.venue.id != around.venue.id and here and there:
        away = distance(here, there, language)
    return line(
        choose(each.event.title, language).text,
        StyledText(f", {_hours(each.part.showing, around.days)}, {away}", "faint"),
        StyledText(f", {_('planned')}", "good") if each.event.id in planned else None,
    )


def _hours(showing: Showing, days: tuple[date, date]) -> str:
    """Return when *showing* is, without the day if that is the only one of *days*."""
    start, end = showing.start, showing.end
    if not isinstance(start, datetime) or {*festival_days(showing), *days} != {days[0]}:
        return dates.showing_beside(showing, days[0])
    return dates.stay(start, end) if isinstance(end, datetime) else dates.clock(start)
