"""The events of an answer in order, with what a page needs from their programme."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from math import inf
from typing import NamedTuple

from kzfest.core.errors import UsageError, one_of
from kzfest.core.localized import called, choose, text_in
from kzfest.core.model import Head, Location, Venue
from kzfest.i18n import _
from kzfest.programme.context import Context
from kzfest.programme.database.catalogue import ListedEvent
from kzfest.programme.database.queries import EventQuery

SORTS = ("time", "title", "venue", "category", "distance")


class Listing(NamedTuple):
    """The events of an answer, with the range that was asked for."""

    head: Head
    events: Sequence[ListedEvent]
    venues: Mapping[str, Venue]
    language: str
    days: tuple[date | None, date | None] = (None, None)
    """The first and last festival day asked for; None means no limit."""
    moment: datetime | None = None
    """Set if the answer lists what is on at this moment."""
    now: datetime | None = None
    """Set if the answer begins at a moment instead of a day."""
    by_day: bool = True
    """Whether the events are sorted and grouped by day."""
    near: Location | None = None
    """The place from which distances are measured, if one was asked for."""

    def called(self, word: str) -> str:
        """Return the label of a category, a tag or a city in the language of the answer."""
        return called(word, self.head.labels, self.language)

    @property
    def only_day(self) -> date | None:
        """The festival day asked for, if it is a single one."""
        first, last = self.days
        return first if first == last else None


def listing_of(
    events: Sequence[ListedEvent], question: EventQuery, context: Context, *, by_day: bool = True
) -> Listing:
    """Return *events*, the answer to *question*, with their venues."""
    catalogue = context.catalogue
    ids = [each.event.venue for each in events] + [showing.venue for each in events for showing in each.showings]
    return Listing(
        head=catalogue.head,
        events=events,
        venues=catalogue.venues_by_id(ids),
        language=context.language,
        days=question.days,
        moment=question.moment,
        now=question.since,
        by_day=by_day,
        near=question.near,
    )


def sorted_events(
    context: Context, question: EventQuery, *, sort: str, limit: int | None
) -> tuple[Sequence[ListedEvent], bool]:
    """Return the events that match *question*, at most *limit*, and whether there are more. Raises UsageError."""
    if sort not in SORTS:
        raise UsageError(_("no sort order '{sort}'; choose {choices}").format(sort=sort, choices=one_of(SORTS)))
    if sort == "distance" and question.near is None:
        raise UsageError(_("--sort distance needs --near and a place"))
    if sort == "time" and limit is not None:
        question = question._replace(limit=limit + 1)
    events = context.catalogue.events(question)
    if sort == "distance":
        events.sort(key=_distance(context, question, events))
    elif sort != "time":
        events.sort(key=_sort_key(context, sort, events))
    return events[:limit], limit is not None and len(events) > limit


def _distance(context: Context, question: EventQuery, events: Sequence[ListedEvent]) -> Callable[[ListedEvent], float]:
    """Return the sort key: how far the venue of an event is from the place in *question*."""
    from kzfest.core.travel import distance_km  # for this order only

    venues = context.catalogue.venues_by_id(listed.venue for listed in events).values()
    km = {venue.id: distance_km(question.near, venue.location) for venue in venues if question.near and venue.location}
    return lambda listed: km.get(listed.venue or "", inf)


def _sort_key(
    context: Context, sort: str, events: Sequence[ListedEvent]
) -> Callable[[ListedEvent], tuple[bool, tuple[str, ...], tuple[str, ...]]]:
    """Return the sort key: the name that the user sees, then the title; events without the name come last."""
    from kzfest.core.collation import alphabetical

    language = context.language
    name_of = _names(context, sort, events)

    def key(listed: ListedEvent) -> tuple[bool, tuple[str, ...], tuple[str, ...]]:
        name = name_of(listed)
        title = choose(listed.event.title, language).text
        return not name, alphabetical(name or "", language), alphabetical(title, language)

    return key


def _names(context: Context, sort: str, events: Sequence[ListedEvent]) -> Callable[[ListedEvent], str | None]:
    """Return a function from an event to its venue or category as the user sees it, or to None."""
    if sort == "venue":
        venues = context.catalogue.venues_by_id(listed.venue for listed in events)
        names = {key: venue.name for key, venue in venues.items()}
        return lambda listed: text_in(names.get(listed.venue or "", listed.event.place), context.language)
    if sort == "category":
        return lambda listed: called(listed.event.category, context.catalogue.head.labels, context.language)
    return lambda _listed: None
