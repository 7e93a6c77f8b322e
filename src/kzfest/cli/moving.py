"""A visit at another time: as a person asks, or as its programme has it now."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from kzfest.cli.planning import own_visit, planned, stretches_of
from kzfest.core.errors import UsageError
from kzfest.core.texts import choose
from kzfest.core.words import _

if TYPE_CHECKING:
    from kzfest.cli.planning import Wish
    from kzfest.cli.session import Session
    from kzfest.core.visits import Visit
    from kzfest.programme.catalogue import Listed


def moved_visit(visit: Visit, wish: Wish, session: Session, *, any_time: bool, follow: bool) -> Visit:
    """Return *visit* as *wish* changes it; what is not said stays, unless it is to *follow* its programme.

    Raises UsageError.
    """
    if not follow:
        wish = replace(wish, day=wish.day or visit.day, **_hours_kept(visit, wish, any_time=any_time))
    wish = replace(wish, must=visit.must, note=visit.note)
    if visit.event is None:
        return _own_moved(visit, wish, session)
    head = session.catalogue.head
    days = [day for day in (head.first, head.last, visit.day) if day]
    listed = session.catalogue.events_by_id([visit.event], first=min(days), last=max(days)).get(visit.event)
    if listed is None:
        message = _("the programme no longer has '{title}'; `kzfest itinerary remove {id}` takes it out")
        raise UsageError(message.format(title=choose(visit.title, session.language).text, id=visit.id))
    return planned(listed, _followed(visit, wish, listed, session) if follow else wish, session)


def _followed(visit: Visit, wish: Wish, listed: Listed, session: Session) -> Wish:
    """Return *wish* with the day, and the hour, that the showing of *visit* has now; a day that it still has stays."""
    mine = [
        each
        for each in stretches_of(listed, session, visit.day)
        if visit.showing and each.showing.id == visit.showing.id
    ]
    if wish.day or not mine:
        return wish
    (now, *others) = mine
    if not now.showing.all_day and not others:
        return replace(wish, day=now.first_day, at=wish.at or now.start.time())
    still = any(each.touches(visit.day, visit.day) for each in mine)
    return replace(wish, day=visit.day) if still else wish


def _own_moved(visit: Visit, wish: Wish, session: Session) -> Visit:
    """Return an appointment of one's own as *wish* has it."""
    if wish.day is None:
        raise UsageError(_("an appointment of your own follows no programme"))
    venue = session.catalogue.venues_by_id([visit.venue]).get(visit.venue or "")
    title = choose(visit.title, session.language).text
    return replace(own_visit(title, wish, session, venue=venue, timezone=visit.timezone), title=visit.title)


def _hours_kept(visit: Visit, wish: Wish, *, any_time: bool) -> dict[str, Any]:
    """Return the hour and the length that a visit keeps where *wish* says nothing of them."""
    if any_time:
        return {}
    as_shown = visit.showing and visit.start == visit.showing.start
    if visit.span is None or (wish.day and as_shown):  # another day has hours of its own
        return {}
    start, end = visit.span
    length = timedelta(seconds=end.timestamp() - start.timestamp())
    ends_as_shown = visit.showing and visit.end == visit.showing.end and not wish.day
    keeps_length = wish.length is None and not visit.assumed and not ends_as_shown
    kept: dict[str, Any] = {"length": length} if keeps_length else {}
    return kept if wish.at else kept | {"at": start.time()}
