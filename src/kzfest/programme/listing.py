"""The events of an answer, for whoever writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kzfest.core.festival_day import festival_day
from kzfest.core.texts import called

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from kzfest.core.model import Head, Venue
    from kzfest.programme.database.catalogue import ListedEvent


class Listing(NamedTuple):
    """The events of an answer, and what was asked."""

    head: Head
    events: Sequence[ListedEvent]
    venues: Mapping[str, Venue]
    language: str
    first: date | None = None
    last: date | None = None
    moment: datetime | None = None
    """Set where the answer is what is on just then."""
    now: datetime | None = None
    """Set where the answer counts from a moment rather than in days."""
    by_day: bool = True
    """Whether the events stand in the order of their days, and under them."""

    def called(self, word: str) -> str:
        """Return what a category, a tag or a city is called in the language of the answer."""
        return called(word, self.head.labels, self.language)

    @property
    def days(self) -> tuple[date | None, date | None]:
        """The festival days that were asked, the first and the last; None is no bound."""
        return (festival_day(self.now) if self.now else self.first), self.last

    @property
    def only_day(self) -> date | None:
        """The one day that was asked, if it was one."""
        first, last = self.days
        return first if first == last else None
