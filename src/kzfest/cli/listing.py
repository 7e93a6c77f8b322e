"""The events of an answer, for whoever writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kzfest.core.texts import called

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from kzfest.core.model import Head, Venue
    from kzfest.programme.catalogue import Listed


class Listing(NamedTuple):
    """The events of an answer, and what was asked."""

    head: Head
    events: Sequence[Listed]
    venues: Mapping[str, Venue]
    language: str
    first: date | None = None
    last: date | None = None
    now: datetime | None = None
    """Set where the answer counts from a moment rather than in days."""
    by_day: bool = True
    """Whether the events stand in the order of their days, and under them."""

    def called(self, word: str) -> str:
        """Return what a category, a tag or a city is called in the language of the answer."""
        return called(word, self.head.labels, self.language)

    @property
    def only_day(self) -> date | None:
        """The one day that was asked, if it was one."""
        return self.first if self.first == self.last else None
