"""The user's own appointments: visits that belong to no event of a programme."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Any

from kzfest.core.errors import UsageError
from kzfest.core.place_text import venue_line
from kzfest.core.safe_text import legible_line
from kzfest.core.visit import LONGEST_VISIT_NAME, Visit
from kzfest.i18n import _
from kzfest.itineraries.visit_builder import UNSAVED_ID, VisitRequest, checked_note, visit_times

if TYPE_CHECKING:
    from kzfest.core.model import Venue
    from kzfest.programme.context import Context

DEFAULT_APPOINTMENT_LENGTH = timedelta(hours=1)
"""The default length of an appointment."""


def build_appointment(title: str, wish: VisitRequest, context: Context, *, venue: Venue | None) -> Visit:
    """Return a new appointment in the programme's time zone. Raises UsageError."""
    timezone = context.catalogue.head.timezone
    if wish.day is None:
        raise UsageError(_("an appointment needs a day: --on"))
    span = visit_times(wish.day, wish, None, usual=DEFAULT_APPOINTMENT_LENGTH, timezone=timezone)
    return Visit(
        id=UNSAVED_ID,
        title={context.language: _appointment_name(title)},
        start=span.start,
        end=span.end,
        assumed=span.assumed,
        timezone=timezone,
        must=wish.must,
        note=checked_note(wish.note),
        changed=context.stamp.astimezone(UTC),
        **(_at_venue(venue, context) if venue else {}),
    )


def _appointment_name(text: str) -> str:
    """Return *text* as the name of an appointment. Raises UsageError if it is empty or too long."""
    name = legible_line(text)
    if not name:
        raise UsageError(_('an appointment needs a name: --own "Dinner"'))
    if len(name) > LONGEST_VISIT_NAME:
        message = _("the name is too long: {n} characters; the limit is {most}")
        raise UsageError(message.format(n=len(name), most=LONGEST_VISIT_NAME))
    return name


def _at_venue(venue: Venue, context: Context) -> dict[str, Any]:
    """Return the fields of an appointment that name *venue* and its programme."""
    return {
        "programme": context.catalogue.head.id,
        "file": context.file_for_visits,
        "venue": venue.id,
        "place": venue_line(venue, context.catalogue.head.labels, context.language),
    }


def edit_appointment(visit: Visit, context: Context, *, name: str | None, venue: Venue | None) -> Visit:
    """Return an appointment with a new *name* or *venue*. Raises UsageError if *visit* is to an event."""
    if visit.event is not None:
        raise UsageError(_("only your own appointments can be renamed or moved to another venue"))
    title = visit.title if name is None else {context.language: _appointment_name(name)}
    return replace(visit, title=title, **(_at_venue(venue, context) if venue else {}))
