"""Moving a visit: to a time that the user asks for, or to the programme's new time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from kzfest.core.errors import UsageError
from kzfest.core.festival_day import instant
from kzfest.core.localized import choose
from kzfest.core.visit import is_showing_gone, showing_now
from kzfest.formats import dates
from kzfest.i18n import _
from kzfest.itineraries.appointments import DEFAULT_APPOINTMENT_LENGTH
from kzfest.itineraries.visit_builder import build_visit, format_stretches, hours_of, stretches_of, visit_times
from kzfest.programme.zones import zone

if TYPE_CHECKING:
    from kzfest.core.visit import Visit
    from kzfest.itineraries.visit_builder import VisitRequest
    from kzfest.programme.context import Context
    from kzfest.programme.database.catalogue import ListedEvent


def reschedule_visit(visit: Visit, wish: VisitRequest, context: Context, *, any_time: bool, follow: bool) -> Visit:
    """Return *visit* changed by *wish*. With *follow*, what *wish* leaves open comes from the programme.

    Without *follow*, what *wish* leaves open stays. Raises UsageError.
    """
    if not follow:
        wish = replace(_with_kept_hours(visit, wish, any_time=any_time), day=wish.day or visit.day)
    if visit.event is None:
        if wish.day is None:
            raise UsageError(_("your own appointment is not linked to a programme"))
        span = visit_times(wish.day, wish, None, usual=DEFAULT_APPOINTMENT_LENGTH, timezone=visit.timezone)
        return replace(visit, start=span.start, end=span.end, assumed=span.assumed)
    wish = replace(wish, must=visit.must, note=visit.note)
    head = context.catalogue.head
    days = [day for day in (head.first, head.last, visit.day) if day]
    listed = context.catalogue.events_by_id([visit.event], first=min(days), last=max(days)).get(visit.event)
    if listed is None:
        message = _("the programme no longer has '{title}'; `{command}` removes it")
        remove = context.command_line.of_itinerary(f"remove {visit.id}")
        raise UsageError(message.format(title=choose(visit.title, context.language).text, command=remove))
    return build_visit(listed, _follow_programme(visit, wish, listed, context) if follow else wish, context)


def _follow_programme(visit: Visit, wish: VisitRequest, listed: ListedEvent, context: Context) -> VisitRequest:
    """Return *wish* with the present day and hour of the showing of *visit*. A day that is still valid stays.

    Raises UsageError if the showing was dropped: only the user can choose another one.
    """
    if wish.day:
        return wish
    there = stretches_of(listed, context, visit.day)
    showings = [*{each.showing.id: each.showing for each in there}.values()]
    if is_showing_gone(visit, listed.event, showings):
        message = _("'{title}' is no longer on {when}; choose another day with --on: {days}")
        title, when = choose(visit.title, context.language).text, dates.showing(visit.showing) if visit.showing else ""
        raise UsageError(message.format(title=title, when=when, days=format_stretches(there)))
    now = showing_now(visit, showings)
    mine = [each for each in there if each.showing == now]
    if not mine:
        return wish
    first = mine[0]
    if hours_of(first) and not first.showing.open_end:
        return replace(wish, day=first.first_day, at=wish.at or first.start.time())
    still = any(each.touches(visit.day, visit.day) for each in mine)
    return replace(wish, day=visit.day) if still else wish


def _with_kept_hours(visit: Visit, wish: VisitRequest, *, any_time: bool) -> VisitRequest:
    """Return *wish* completed with the hours of *visit*.

    There are three outcomes: the showing gives start and end; the start stays, and the showing or the default length
    gives the end; or the start and the length stay, since the user chose both.
    """
    if any_time or visit.span is None:
        return wish
    start, end = visit.span
    shown = visit.showing
    other_day = wish.day is not None
    if other_day and shown and instant(start) == instant(shown.start):  # another day has hours of its own
        return wish
    wish = replace(wish, at=wish.at or start.astimezone(zone(visit.timezone)).time())
    if visit.assumed or (shown and instant(end) == instant(shown.end) and not other_day):
        return wish
    return replace(wish, length=wish.length or timedelta(seconds=end.timestamp() - start.timestamp()))
