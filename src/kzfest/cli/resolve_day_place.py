"""Find the places of a day that a person typed: venues, rooms or tracks."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from kzfest.cli.resolve import find_venue
from kzfest.core.errors import NotFoundError, UsageError
from kzfest.core.localized import choose
from kzfest.i18n import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kzfest.cli.session import Session
    from kzfest.programme.database.catalogue import Catalogue
    from kzfest.programme.day_schedule import DayPlace, DaySchedule

PLACES_NAMED = 12
"""How many places an error names."""


def check_places(kind: str, catalogue: Catalogue) -> None:
    """Raise UsageError if *kind* is rooms or tracks, and the programme has none."""
    if kind == "room" and not any(venue.rooms for venue, _count in catalogue.venues()):
        raise UsageError(_("this programme has no rooms; use --by venue"))
    if kind == "track" and not catalogue.words("track"):
        raise UsageError(_("this programme has no tracks; use --by venue"))


def schedules_at(schedules: Sequence[DaySchedule], asked: Sequence[str], session: Session) -> list[DaySchedule]:
    """Return *schedules* with only the places that *asked* names. Raises NotFoundError."""
    known = {place.id: place for schedule in schedules for place in schedule.places}
    chosen = {key for text in asked for key in _ids_named(text, tuple(known.values()), session)}
    found = [
        schedule._replace(
            places=tuple(place for place in schedule.places if place.id in chosen),
            events=tuple(each for each in schedule.events if each.place in chosen),
        )
        for schedule in schedules
    ]
    return [schedule for schedule in found if schedule.events]


def _ids_named(text: str, places: Sequence[DayPlace], session: Session) -> list[str | None]:
    """Return the ids of the places that *text* names: by id or name, by a part of the name, or as a venue's name."""
    from kzfest.core.folding import fold  # for this option only

    wanted = fold(text)
    names = [
        (place.id, {fold(name) for texts in place.names for name in texts.values()} | {fold(place.id or "")})
        for place in places
    ]
    exact = [key for key, known in names if wanted in known]
    found = exact or [key for key, known in names if wanted and any(wanted in name for name in known)]
    if not found:
        with suppress(NotFoundError):  # a name in another spelling
            venue = find_venue(session.context, text).id
            found = [place.id for place in places if place.id and place.id.partition("/")[0] == venue]
    if not found:
        titles = [", ".join(choose(each, session.language).text for each in place.names) for place in places]
        titles = [title for title in titles if title]
        more = len(titles) - PLACES_NAMED
        shown = [*titles[:PLACES_NAMED], *([_("and {n} more").format(n=more)] if more > 0 else [])]
        message = _("no place '{text}' on those days; there are: {known}")
        raise NotFoundError(message.format(text=text, known="; ".join(shown) or "–"))
    return found
