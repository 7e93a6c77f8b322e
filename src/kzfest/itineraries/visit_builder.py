"""Building a visit from a request: which showing, which day, which hours."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from kzfest.core.errors import UsageError
from kzfest.core.festival_day import ONE_DAY, instant, later, moment_on, stretches, usual_length
from kzfest.core.localized import choose
from kzfest.core.place_text import place_line, venue_line
from kzfest.core.safe_text import legible
from kzfest.core.visit import LONGEST_NOTE, YEARS, Visit, covers, own_times
from kzfest.formats import dates
from kzfest.i18n import _
from kzfest.programme.zones import zone

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import time

    from kzfest.core.festival_day import Stretch
    from kzfest.core.model import Event, Showing
    from kzfest.core.visit_facts import VisitFacts
    from kzfest.programme.context import Context
    from kzfest.programme.database.catalogue import ListedEvent

UNSAVED_ID = "new"
"""The id of a visit until the store gives it one."""
DAYS_TOLD = 8
"""How many days of an event a message lists."""


class ShowingTimes(NamedTuple):
    """The start of a showing, and its end if known."""

    start: datetime
    end: datetime | None


class VisitTimes(NamedTuple):
    """The start and end of a visit: a day and None, or two moments."""

    start: date | datetime
    end: datetime | None = None
    assumed: bool = False
    """Whether the end comes from the default length."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitRequest:
    """What the user asks for."""

    day: date | None = None
    at: time | None = None
    length: timedelta | None = None
    must: bool = False
    note: str | None = None


def check_year(day: date) -> None:
    """Raise UsageError if *day* is outside the years that a visit may have."""
    if day.year not in YEARS:
        raise UsageError(_("{day} is too far away for a visit").format(day=dates.full_day(day)))


def only_day(listed: ListedEvent, context: Context, first: date | None, last: date | None) -> date | None:
    """Return the only day from *first* to *last* on which an event is or may be on, None unless it is exactly one."""
    if first is not None and first == last:
        return first
    low, high = first or date.min, last or date.max
    touching = [each for each in stretches_of(listed, context) if each.touches(low, high)]
    days = {day for each in touching for day in (max(each.first_day, low), min(_last_visit_day(each), high))}
    return days.pop() if len(days) == 1 else None


def _last_visit_day(stretch: Stretch) -> date:
    """Return the last day on which a visit to *stretch* may be: a night belongs to its evening."""
    return stretch.first_day if hours_of(stretch) else stretch.last_day


def build_visit(listed: ListedEvent, wish: VisitRequest, context: Context) -> Visit:
    """Return the visit to an event that *wish* asks for. Raises UsageError, which lists the possible days or hours."""
    event = listed.event
    title = choose(event.title, context.language).text
    if event.status == "cancelled":
        raise UsageError(_("'{title}' has been cancelled").format(title=title))
    if event.showings:
        options = stretches_of(listed, context, wish.day)
        _check_held(listed, options, wish, context, title)
        chosen = _chosen(options, wish, context, title)
        return visit_in(chosen, wish.day or chosen.first_day, event, wish, context)
    if wish.day is None:
        permanent = _("'{title}' is permanent; say which day with --on")
        unknown = _("no date of '{title}' is known; if you know the day, say it with --on")
        raise UsageError((permanent if event.when == "permanent" else unknown).format(title=title))
    return visit_in(None, wish.day, event, wish, context)


def _check_held(
    listed: ListedEvent, options: Sequence[Stretch], wish: VisitRequest, context: Context, title: str
) -> None:
    """Raise UsageError if *wish* means a showing that has been cancelled; *options* are the others."""
    if not options:
        raise UsageError(_("'{title}' has been cancelled").format(title=title))
    day, clock = wish.day, wish.at
    if day is None:
        return
    off = [each for each in listed.showings if each.status == "cancelled" and covers(each, day)]
    meant = [each for each in off if clock and instant(each.start) == instant(_at(day, clock, each, context))]
    if meant or (off and not any(each.touches(day, day) for each in options)):
        message = _("'{title}' on {when} has been cancelled; it is on {days}")
        when = dates.showing((meant or off)[0])
        raise UsageError(message.format(title=title, when=when, days=format_stretches(options)))


def _at(day: date, clock: time, showing: Showing, context: Context) -> datetime:
    """Return when clocks at the place of *showing* show *clock* on *day*."""
    return moment_on(day, clock, zone(showing.zone) if showing.zone else context.zone)


def visit_in(chosen: Stretch | None, day: date, event: Event, wish: VisitRequest, context: Context) -> Visit:
    """Return the visit on *day* to the *chosen* stretch of an event that *wish* asks for. Raises UsageError.

    *chosen* is None if the event has no date.
    """
    catalogue = context.catalogue
    showing = chosen.showing if chosen else None
    event = event.at(showing)
    timezone = (showing and showing.zone) or catalogue.head.timezone
    hours = hours_of(chosen) if chosen and day == chosen.first_day else None
    span = visit_times(day, wish, hours, usual=usual_length(event.category), timezone=timezone)
    venue = catalogue.venues_by_id([event.venue]).get(event.venue or "")
    return Visit(
        id=UNSAVED_ID,
        title=dict(event.title),
        start=span.start,
        end=span.end,
        assumed=span.assumed,
        timezone=timezone,
        programme=catalogue.head.id,
        file=context.file_for_visits,
        event=event.id,
        showing=showing and own_times(showing),
        status=event.status,
        revision=event.revision,
        venue=event.venue,
        room=event.room,
        place=place_line(event, venue, catalogue.head.labels, context.language),
        must=wish.must,
        note=checked_note(wish.note),
        changed=context.stamp.astimezone(UTC),
    )


def hours_of(stretch: Stretch) -> ShowingTimes | None:
    """Return the hours of *stretch* for a visit on its first day, including a night that ends after 05:00.

    Return None for whole days, for opening hours, and for a stretch longer than a day, which no single visit covers.
    """
    start, end = stretch.showing.start, stretch.showing.end
    if not stretch.certain or not isinstance(start, datetime) or stretch.showing.drop_in:
        return None
    length = stretch.end.timestamp() - stretch.start.timestamp()
    if stretch.first_day != stretch.last_day and length > ONE_DAY.total_seconds():
        return None
    return ShowingTimes(start, end if isinstance(end, datetime) else None)


def stretches_of(listed: ListedEvent, context: Context, day: date | None = None) -> list[Stretch]:
    """Return when an event is or may be on; for a repeating one, in the programme's days and on *day*.

    Cancelled showings are left out.
    """
    head, event = context.catalogue.head, listed.event
    showings = {each.id: each for each in listed.showings if each.status != "cancelled"}
    if event.repeats and day:
        that_day = context.catalogue.events_by_id([event.id], first=day, last=day)[event.id]
        showings |= {each.id: each for each in that_day.showings}
    return list(stretches(event.with_showings(showings.values()), zone=zone(head.timezone), last=head.last))


def visit_times(
    day: date, wish: VisitRequest, hours: ShowingTimes | None, *, usual: timedelta, timezone: str
) -> VisitTimes:
    """Return when a visit on *day* starts and ends: as *wish* says, else as *hours* say, else at any time of the day.

    *usual* is the length if no end is known. Raises UsageError.
    """
    check_year(day)
    if wish.at is not None:
        start = moment_on(day, wish.at, zone(timezone))
    elif hours:
        start = hours.start
    elif wish.length is not None:
        raise UsageError(_("--for needs --at, because the start is not known"))
    else:
        return VisitTimes(day)
    if wish.length is not None:
        return VisitTimes(start, later(start, wish.length))
    if hours and hours.end and start.timestamp() < hours.end.timestamp():
        return VisitTimes(start, hours.end)
    return VisitTimes(start, later(start, usual), assumed=True)


def _chosen(options: Sequence[Stretch], wish: VisitRequest, context: Context, title: str) -> Stretch:
    """Return the stretch that *wish* means. Raises UsageError, which lists the possible days or hours."""
    if wish.day is None:
        days = {day for each in options for day in (each.first_day, _last_visit_day(each))}
        if len(days) > 1:
            message = _("'{title}' is on several days; choose one with --on: {days}")
            raise UsageError(message.format(title=title, days=format_stretches(options)))
        touching = list(options)
    else:
        touching = [each for each in options if each.touches(wish.day, wish.day)]
    if not touching:
        message = _("'{title}' is not on {day}; it is on {days}")
        day = dates.full_day(wish.day) if wish.day else ""
        raise UsageError(message.format(title=title, day=day, days=format_stretches(options)))
    return touching[0] if len(touching) == 1 else _by_hour(touching, wish, context, title)


def _by_hour(touching: Sequence[Stretch], wish: VisitRequest, context: Context, title: str) -> Stretch:
    """Return the one of several stretches of a day that begins at, or includes, the hour of *wish*.

    Without an hour, a night that began the evening before is ignored.
    """
    day = wish.day or touching[0].first_day
    if wish.at is not None:
        timed = [(each, _at(day, wish.at, each.showing, context)) for each in touching]
        begun = [each for each, at in timed if each.start.timestamp() == at.timestamp()]
        meant = begun or [each for each, at in timed if each.holds(at)]
    else:
        meant = [each for each in touching if _last_visit_day(each) >= day]
    if len(meant) == 1:
        return meant[0]
    hours = ", ".join(dates.clock(each.start) for each in touching)
    message = _("'{title}' is on several times that day; choose one with --at: {hours}")
    raise UsageError(message.format(title=title, hours=hours))


def format_stretches(options: Sequence[Stretch]) -> str:
    """Return as text the days on which an event is or may be on."""
    uncertain = _("perhaps until {day}")
    told = [
        dates.days(each.first_day, each.last_day)
        if each.certain
        else uncertain.format(day=dates.short_day(each.last_day))
        for each in options
    ]
    shown = list(dict.fromkeys(told))
    return ", ".join(shown[:DAYS_TOLD]) + (", …" if len(shown) > DAYS_TOLD else "")


def checked_note(text: str | None) -> str | None:
    """Return *text* as a note, or None if it is empty. Raises UsageError if it is too long."""
    written = legible(text or "")
    if len(written) > LONGEST_NOTE:
        message = _("the note is too long: {n} characters; the limit is {most}")
        raise UsageError(message.format(n=len(written), most=LONGEST_NOTE))
    return written or None


def _showing_now(visit: Visit, showings: Sequence[Showing]) -> Showing | None:
    """Return the one of *showings* that *visit* means: on its day, by its id, else the only one, else by its hour."""
    that_day = [each for each in showings if covers(each, visit.day)]
    wanted = visit.showing.id if visit.showing else None
    named = [each for each in that_day if each.id == wanted]
    timed = [each for each in that_day if not each.all_day and instant(each.start) == instant(visit.start)]
    return next((found[0] for found in (named, that_day, timed) if len(found) == 1), None)


def refresh_from_programme(visit: Visit, known: VisitFacts, context: Context) -> Visit:
    """Return an imported *visit* with what its programme now says, as if it had been added here."""
    if context.is_named and visit.programme == context.catalogue.head.id:
        visit = replace(visit, file=context.file_for_visits)
    event, labels = known.event, known.labels
    if event is None:
        return replace(visit, place=venue_line(known.venue, labels, context.language)) if known.venue else visit
    showing = _showing_now(visit, known.showings)
    if showing is None and (known.showings or event.repeats):
        showing = visit.showing  # it was dropped meanwhile
    event = event.at(showing)
    key = event.venue
    venue = known.around.venues.get(key or "") if known.around else None
    return replace(
        visit,
        title=dict(event.title),
        showing=showing and own_times(showing),
        status=event.status,
        revision=event.revision,
        venue=key,
        room=event.room,
        place=place_line(event, venue, labels, context.language),
    )
