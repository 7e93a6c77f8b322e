"""The order of a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzfest.core.errors import UsageError, one_of
from kzfest.core.texts import choose
from kzfest.core.words import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kzfest.cli.session import Session
    from kzfest.programme.catalogue import Listed
    from kzfest.programme.questions import Question

LAST = ("\uffff",)
"""Behind every name: where there is none."""

SORTS = ("time", "title", "venue", "category")


def in_order(session: Session, question: Question, *, sort: str, limit: int | None) -> tuple[Sequence[Listed], bool]:
    """Return the events that *question* asks for, at most *limit* of them, and whether there are more."""
    if sort not in SORTS:
        raise UsageError(_("no order '{sort}'; choose {choices}").format(sort=sort, choices=one_of(SORTS)))
    if sort == "time" and limit is not None:
        question = question._replace(limit=limit + 1)
    events = session.catalogue.events(question)
    if sort != "time":
        events.sort(key=_key(session, sort, events))
    return events[:limit], limit is not None and len(events) > limit


def _key(session: Session, sort: str, events: Sequence[Listed]) -> Callable[[Listed], tuple[tuple[str, ...], ...]]:
    """Return what to sort by: the words that the person reads, and the title where they are equal."""
    from kzfest.core.collation import alphabetical

    venues = session.catalogue.venues_by_id(listed.event.venue for listed in events) if sort == "venue" else {}

    def key(listed: Listed) -> tuple[tuple[str, ...], ...]:
        event = listed.event
        title = alphabetical(choose(event.title, session.language).text, session.language)
        if sort == "venue":
            venue = venues.get(event.venue or "")
            name = choose(venue.name, session.language).text if venue else event.place
            return (alphabetical(name, session.language) if name else LAST, title)
        return ((event.category,) if sort == "category" else (), title)

    return key
