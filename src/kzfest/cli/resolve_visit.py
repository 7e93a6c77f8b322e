"""Find the visit that a person typed, and read its day and the travel mode."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzfest.cli.resolve import CANDIDATES_SHOWN
from kzfest.core.errors import NotFoundError, UsageError, one_of
from kzfest.core.folding import fold
from kzfest.core.localized import choose
from kzfest.core.travel import BY
from kzfest.formats import dates
from kzfest.i18n import _
from kzfest.itineraries.visit_builder import check_year

if TYPE_CHECKING:
    from datetime import date

    from kzfest.cli.session import Session
    from kzfest.core.travel import By
    from kzfest.core.visit import Itinerary, Visit
    from kzfest.programme.context import Context


def one_day(text: str | None, session: Session, context: Context | None = None) -> date | None:
    """Return the day that *text* means, or None without *text*. Raises UsageError if it means several."""
    if text is None:
        return None
    found = session.days(text, context)
    if found.first != found.last:
        message = _("a visit takes one day, but '{text}' means {days}")
        raise UsageError(message.format(text=text, days=dates.days(found.first, found.last)))
    check_year(found.first)
    return found.first


def checked_by(text: str) -> By:
    """Return *text* if it is a travel mode. Raises UsageError."""
    if text not in BY:
        raise UsageError(_("unknown travel mode '{text}'; choose {choices}").format(text=text, choices=one_of(BY)))
    return text


def find_visit(text: str, itinerary: Itinerary, session: Session) -> Visit:
    """Return the visit that *text* names: by its id, or by an event with one visit. It never guesses.

    Raises NotFoundError with the candidates.
    """
    visits = itinerary.visits
    key, as_id = fold(text), text.strip().casefold()
    found = (
        [visit for visit in visits if visit.id == as_id]
        or [visit for visit in visits if visit.event == as_id]
        or [visit for visit in visits if visit.event and fold(visit.event) == key]
        or [visit for visit in visits if key in {fold(title) for title in visit.title.values()}]
        or [visit for visit in visits if key and any(_has_words(title, key) for title in visit.title.values())]
    )
    if len(found) == 1:
        return found[0]
    if not visits:
        raise NotFoundError(_("the itinerary '{name}' is empty").format(name=itinerary.name))
    told = _("'{text}' matches several visits:") if found else _("no visit called '{text}'; the itinerary has:")
    from kzfest.pages.itinerary import time_text  # only for a list of candidates

    names = [f"{each.id}  {choose(each.title, session.language).text} · {time_text(each)}" for each in found or visits]
    if len(names) > CANDIDATES_SHOWN:
        names[CANDIDATES_SHOWN:] = [_("and {n} more").format(n=len(names) - CANDIDATES_SHOWN)]
    raise NotFoundError("\n  ".join([told.format(text=text), *names]))


def _has_words(title: str, key: str) -> bool:
    """Whether each word of *key* begins a word of *title*."""
    words = fold(title).split()
    return all(any(word.startswith(part) for word in words) for part in key.split())
