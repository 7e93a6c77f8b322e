"""What the full screen asks in the background: each takes a session, that of the thread in which it is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kzfest.cli.browse.counted_days import counts_of_parts
from kzfest.i18n import _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from kzfest.cli.browse.counted_days import Days
    from kzfest.cli.browse.planning import PlanNow
    from kzfest.cli.session import Session
    from kzfest.formats.page import Page
    from kzfest.programme.database.catalogue import ListedRow
    from kzfest.programme.database.queries import EventQuery
    from kzfest.programme.events_by_day import EventsOfDay


def plan_of(session: Session) -> PlanNow:
    """Return the plan as it is."""
    from kzfest.cli.browse.planning import plan_now  # loads the itinerary's code, which a look needs not

    return plan_now(session)


def rows_of(question: EventQuery, session: Session) -> Sequence[ListedRow]:
    """Return all rows of a day, or of the whole programme."""
    return session.context.catalogue.rows(question)


def counts_of(parts: Sequence[Days], question: EventQuery, session: Session) -> dict[date, EventsOfDay]:
    """Return what is on day by day in *parts*."""
    return counts_of_parts(parts, question, session.context.catalogue)


def card_of_number(number: int, session: Session) -> Page:
    """Return the card of an event."""
    from kzfest.cli.commands.show import card_of  # the first card only

    return card_of(session.context.catalogue.event(number), session)


class TextFound(NamedTuple):
    """What a search has found."""

    numbers: tuple[int, ...]
    told: str = ""
    """What to say about it."""


def events_with_text(text: str, question: EventQuery, session: Session) -> TextFound | None:
    """Return the events with *text*; None if so few letters find nothing: more will come."""
    from kzfest.cli.resolve import checked_text, guess_told  # for searches only

    catalogue = session.context.catalogue
    reading = catalogue.lookup.text_reading(checked_text(text))
    on_any_day = question._replace(first=None, last=None, numbers=None)
    found = catalogue.numbers(on_any_day._replace(text=reading.query))
    if question.text is not None:  # that of --search
        found &= catalogue.numbers(on_any_day)
    if not found:
        return TextFound((), _("no results for '{text}'").format(text=text)) if len(text) >= 3 else None
    return TextFound(tuple(found), guess_told(text, reading))
