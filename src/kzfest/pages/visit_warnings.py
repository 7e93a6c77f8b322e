"""What a visitor should know about a visit before they set out."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from kzfest.core.date_names import weekdays
from kzfest.core.festival_day import festival_days
from kzfest.core.opening_hours import CLOSED, hours_on, is_open
from kzfest.core.place_text import place_line
from kzfest.core.texts import choose
from kzfest.core.visit import covers, hour_unknown, same_hours, showing_now
from kzfest.formats import dates
from kzfest.i18n import _
from kzfest.pages import phrases

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from kzfest.core.model import Showing
    from kzfest.core.visit import Visit
    from kzfest.core.visit_facts import VisitFacts
    from kzfest.itineraries.plan import Plan, PlannedVisit


SHOWINGS_TOLD = 4


def remarks(planned: PlannedVisit, plan: Plan) -> list[str]:
    """Return what has become of a visit's event, and how sure its day and its hours are."""
    return [*_become(planned, plan), *_sure(planned), *_hours(planned)]


def no_hour(visit: Visit) -> str:
    """Return why a visit has no hour: it may be at any of its day, or none was published."""
    return _("hour not known") if hour_unknown(visit) else _("any time")


def _become(planned: PlannedVisit, plan: Plan) -> Iterator[str]:
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
    """Return that a visit's event, or its showing, is gone; other showings are offered, for they are not its own."""
    visit, known = planned.visit, planned.known
    if known.event is None or visit.showing is None:
        return _("no longer in the programme")
    when = dates.showing(visit.showing)
    if not known.showings:
        return _("no longer on {when}; `{command}` tells when it is on").format(when=when, command=planned.show)
    others = _nearest(known.showings, visit.day)
    days = {day for each in others for day in festival_days(each)}
    day = days.pop().isoformat() if len(days) == 1 else _("DAY")
    message = _("no longer on {when}; also on {others}: `{command}`")
    return message.format(
        when=when,
        others=_told(others, of=len(known.showings)),
        command=f"{plan.command} edit {visit.id} --on {day}",
    )


def _nearest(showings: Sequence[Showing], day: date) -> list[Showing]:
    """Return those of *showings* that are nearest to *day*, in their order."""
    near = sorted(showings, key=lambda each: abs(festival_days(each)[0] - day))[:SHOWINGS_TOLD]
    return [each for each in showings if each in near]


def _told(showings: Sequence[Showing], *, of: int) -> str:
    """Return when some *of* so many showings are."""
    return "; ".join([*map(dates.showing, showings), *(["…"] if of > len(showings) else [])])


def _moved(planned: PlannedVisit, plan: Plan) -> str:
    """Return when, or where, the event of a visit is now."""
    visit, known = planned.visit, planned.known
    now = showing_now(visit, known.showings)
    follow = f"{plan.command} edit {visit.id} --follow"
    same_time = visit.showing and now and same_hours(now, visit.showing)
    if same_time or not (visit.showing or known.showings):  # the day of what has no date is the person's choice
        message = _("MOVED to another place, now {place}: `{command}`")
        return message.format(place=_place(now, known), command=follow)
    message = _("MOVED, now {when}: `{command}`")
    if now:
        return message.format(when=_when_now(now, visit.showing), command=follow)
    if known.showings:
        others = _told(known.showings[:SHOWINGS_TOLD], of=len(known.showings))
        return message.format(when=others, command=f"{plan.command} edit {visit.id} --on {_('DAY')}")
    return _gone(planned, plan) if known.event and known.event.repeats else _("MOVED, now without a date")


def _when_now(now: Showing, was: Showing | None) -> str:
    """Return when a showing is now; with the offset of its clocks, if they alone have changed."""
    told = dates.showing(now)
    if isinstance(now.start, datetime) and was and told == dates.showing(was):
        return f"{told} ({dates.offset(now.start)})"
    return told


def _place(now: Showing | None, known: VisitFacts) -> str:
    """Return where an event is now, in words."""
    event, around = known.event, known.around
    venue = around.venues.get((now and now.venue) or (event and event.venue) or "") if around else None
    if venue and around:
        return choose(venue.name, around.language).text
    return (event and around and place_line(event, None, around.head.labels, around.language)) or _("not known")


def _sure(planned: PlannedVisit) -> Iterator[str]:
    """Yield how sure it is that the event is on then."""
    visit, known = planned.visit, planned.known
    if (
        visit.event
        and visit.showing is None
        and known.event
        and not known.event.showings
        and known.event.when != "permanent"
    ):
        yield _("no source gives its date: the day is your own")
    if visit.showing and visit.showing.open_end and visit.day > festival_days(visit.showing)[1]:
        yield _("may be over by then: the closing day was not published")


def _hours(planned: PlannedVisit) -> Iterator[str]:
    """Yield what the known hours of the event and of its venue say against the visit."""
    visit, venue = planned.visit, planned.known.venue
    if visit.showing and visit.showing.all_day and not covers(visit.showing, visit.day):
        yield _("outside its days: {when}").format(when=dates.showing(visit.showing))
    if visit.span and visit.showing and planned.known.state == "same" and not _within(planned, visit.showing):
        yield _("outside its hours: {when}").format(when=dates.showing(visit.showing))
    known = hours_on(venue, visit.day) if venue else None
    if venue is None or known is None or (visit.showing and not visit.showing.all_day):
        return
    if visit.span and is_open(venue, visit.day, *(each.astimezone(planned.known.zone) for each in visit.span)):
        return
    if known == CLOSED:
        yield _("usually closed on {weekday}").format(weekday=weekdays()[visit.day.weekday()])
    elif visit.span:
        yield _("outside the venue's usual hours: {hours}").format(hours=dates.hours(known))


def _within(planned: PlannedVisit, showing: Showing) -> bool:
    """Whether a visit with an hour lies inside its *showing*, as far as the showing's hours are known."""
    span = planned.visit.span
    if span is None or not isinstance(showing.start, datetime):
        return True
    ends = showing.end if isinstance(showing.end, datetime) else span[1]
    begun = showing.start.timestamp() <= span[0].timestamp()
    return begun and span[1].timestamp() <= ends.timestamp()
