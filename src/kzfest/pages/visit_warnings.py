"""Warnings about a visit: changes in the programme, uncertain days, closed venues."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from kzfest.core.festival_day import festival_days
from kzfest.core.localized import choose
from kzfest.core.model import LANGUAGES
from kzfest.core.opening_hours import CLOSED, hours_on, is_open
from kzfest.core.place_text import place_line
from kzfest.core.visit import covers, hour_unknown, lies_in, same_hours, showing_now
from kzfest.formats import dates
from kzfest.i18n import _, weekdays
from kzfest.pages import phrases

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kzfest.core.model import Showing, Venue
    from kzfest.core.visit import Visit
    from kzfest.core.visit_facts import VisitFacts
    from kzfest.itineraries.plan import Plan, PlannedVisit


SHOWINGS_TOLD = 4


def warnings_of(planned: PlannedVisit, plan: Plan) -> list[str]:
    """Return the warnings about a visit: what has changed since it was added, and what is uncertain."""
    return [*_changes(planned, plan), *_uncertainties(planned), *_hours(planned)]


def no_hour(visit: Visit) -> str:
    """Return why a visit has no hour: its event lasts all day, none was published, or any time will do."""
    if visit.showing and visit.showing.all_day and visit.showing.drop_in:
        return _("all day")
    return _("hour not known") if hour_unknown(visit) else _("any time")


def _changes(planned: PlannedVisit, plan: Plan) -> Iterator[str]:
    known = planned.known
    if known.absent:
        yield known.absent
    if known.state == "gone":
        yield _gone(planned, plan)
    if known.state == "cancelled":
        yield _("CANCELLED since it was added")
    if known.state == "moved":
        yield _moved(planned, plan)
    if known.state != "cancelled" and known.event and (status := phrases.status_label(known.event)):
        yield status


def _gone(planned: PlannedVisit, plan: Plan) -> str:
    """Return that a visit's event or showing was dropped, with the nearest other showings."""
    visit, known = planned.visit, planned.known
    if known.event is None or visit.showing is None:
        return _("no longer in the programme")
    when = dates.showing(visit.showing)
    if not known.showings:
        return _("no longer on {when}; `{command}` shows when it is on").format(when=when, command=planned.show)
    others = _nearest(known.showings, visit)
    days = {day for each in others for day in festival_days(each)}
    day = days.pop().isoformat() if len(days) == 1 else _("DAY")
    message = _("no longer on {when}; also on {others}: `{command}`")
    return message.format(
        when=when,
        others=_format_showings(others, of=len(known.showings)),
        command=f"{plan.command} edit {visit.id} --on {day}",
    )


def _nearest(showings: Sequence[Showing], visit: Visit) -> list[Showing]:
    """Return the few of *showings* that are nearest to the day of *visit*, in their order."""
    near = sorted(showings, key=lambda each: abs(festival_days(each)[0] - visit.day))[:SHOWINGS_TOLD]
    return [each for each in showings if each in near]


def _format_showings(showings: Sequence[Showing], *, of: int) -> str:
    """Return when *showings* are, with "…" if they are only some *of* more."""
    return "; ".join([*map(dates.showing, showings), *(["…"] if of > len(showings) else [])])


def _moved(planned: PlannedVisit, plan: Plan) -> str:
    """Return the new time or place of a visit's event."""
    visit, known = planned.visit, planned.known
    now = showing_now(visit, known.showings)
    follow = f"{plan.command} edit {visit.id} --follow"
    if now and now.all_day and visit.showing and not visit.showing.all_day and covers(now, visit.day):
        return _("its hour is no longer known: `{command}`").format(command=follow)
    same_time = visit.showing and now and same_hours(now, visit.showing)
    if same_time or not (visit.showing or known.showings):  # without a date, the day was the user's choice
        if known.venue and known.event and known.event.venue == visit.venue and visit.room:
            return _moved_to_another_room(visit.room, known, known.venue, follow)
        message = _("MOVED to another place, now {place}: `{command}`")
        return message.format(place=_place(now, known), command=follow)
    message = _("MOVED, now {when}: `{command}`")
    if now:
        return message.format(when=_when_now(now, visit.showing), command=follow)
    if known.showings:
        others = _format_showings(_nearest(known.showings, visit), of=len(known.showings))
        return message.format(when=others, command=f"{plan.command} edit {visit.id} --on {_('DAY')}")
    return _gone(planned, plan) if known.event and known.event.repeats else _("MOVED, now without a date")


def _moved_to_another_room(was: str, known: VisitFacts, venue: Venue, follow: str) -> str:
    """Return in which room of *venue* an event is now, and in which it *was*."""
    language = known.around.language if known.around else LANGUAGES[0]
    now = known.event and known.event.room

    def name(room: str) -> str:
        return choose(venue.rooms[room].name, language).text if room in venue.rooms else room

    if now is None:
        return _("its room is no longer known; it was {was}: `{command}`").format(was=name(was), command=follow)
    message = _("MOVED to another room, now {room}; it was {was}: `{command}`")
    return message.format(room=name(now), was=name(was), command=follow)


def _when_now(now: Showing, was: Showing | None) -> str:
    """Return when a showing is now, with its UTC offset if only that has changed."""
    told = dates.showing(now)
    if isinstance(now.start, datetime) and was and told == dates.showing(was):
        return f"{told} ({dates.offset(now.start)})"
    return told


def _place(now: Showing | None, known: VisitFacts) -> str:
    """Return the name of the place where an event is now."""
    event, around = known.event, known.around
    venue = around.venues.get((now and now.venue) or (event and event.venue) or "") if around else None
    if venue and around:
        return choose(venue.name, around.language).text
    return (event and around and place_line(event, None, around.head.labels, around.language)) or _("not known")


def _uncertainties(planned: PlannedVisit) -> Iterator[str]:
    """Yield warnings if it is uncertain that the event is on that day."""
    visit, event = planned.visit, planned.known.event
    if event and visit.showing is None and not event.showings and event.when != "permanent":
        yield _("no source gives its date; you chose the day")
    if visit.showing and visit.showing.open_end and visit.day > festival_days(visit.showing)[1]:
        yield _("may have closed by then; the closing day was not published")


def _hours(planned: PlannedVisit) -> Iterator[str]:
    """Yield warnings if the visit is outside the hours of its event or venue."""
    visit, host = planned.visit, planned.known.host
    if visit.showing and visit.showing.all_day and not covers(visit.showing, visit.day):
        yield _("outside its days: {when}").format(when=dates.showing(visit.showing))
    same = planned.known.state == "same"
    if visit.span and visit.showing and same and not lies_in(visit.span, visit.showing):
        yield _("outside its hours: {when}").format(when=dates.showing(visit.showing))
    known = hours_on(host, visit.day) if host else None
    if host is None or known is None or (visit.showing and not visit.showing.all_day):
        return
    if visit.span and is_open(host, visit.day, *(each.astimezone(planned.known.zone) for each in visit.span)):
        return
    if known == CLOSED:
        yield _("usually closed on {weekday}").format(weekday=weekdays()[visit.day.weekday()])
    elif visit.span:
        yield _("outside the venue's usual hours: {hours}").format(hours=dates.hours(known))
