"""The order of a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzfest.core.errors import UsageError, one_of
from kzfest.core.texts import called, choose, text_in
from kzfest.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kzfest.cli.session import Session
    from kzfest.programme.database.catalogue import ListedEvent
    from kzfest.programme.database.queries import EventQuery

SORTS = ("time", "title", "venue", "category")


def sorted_events(
    session: Session, question: EventQuery, *, sort: str, limit: int | None
) -> tuple[Sequence[ListedEvent], bool]:
    """Return the events that *question* asks for, at most *limit* of them, and whether there are more."""
    if sort not in SORTS:
        raise UsageError(_("no order '{sort}'; choose {choices}").format(sort=sort, choices=one_of(SORTS)))
    if sort == "time" and limit is not None:
        question = question._replace(limit=limit + 1)
    events = session.context.catalogue.events(question)
    if sort != "time":
        events.sort(key=_key(session, sort, events))
    return events[:limit], limit is not None and len(events) > limit


def _key(
    session: Session, sort: str, events: Sequence[ListedEvent]
) -> Callable[[ListedEvent], tuple[bool, tuple[str, ...], tuple[str, ...]]]:
    """Return what to sort by: the words that the person reads, none last, and the title where they are equal."""
    from kzfest.core.collation import alphabetical

    language = session.language
    name_of = _names(session, sort, events)

    def key(listed: ListedEvent) -> tuple[bool, tuple[str, ...], tuple[str, ...]]:
        name = name_of(listed)
        title = choose(listed.event.title, language).text
        return not name, alphabetical(name or "", language), alphabetical(title, language)

    return key


def _names(session: Session, sort: str, events: Sequence[ListedEvent]) -> Callable[[ListedEvent], str | None]:
    """Return what gives an event's place or category, as the person reads it, or nothing to sort by."""
    if sort == "venue":
        venues = session.context.catalogue.venues_by_id(listed.venue for listed in events)
        names = {key: venue.name for key, venue in venues.items()}
        return lambda listed: text_in(names.get(listed.venue or "", listed.event.place), session.language)
    if sort == "category":
        return lambda listed: called(listed.event.category, session.context.catalogue.head.labels, session.language)
    return lambda _listed: None
