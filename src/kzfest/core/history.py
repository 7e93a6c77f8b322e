"""How Kazakhstan became independent: milestones, recognitions and the law of 1991."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from kzfest.core.model import Dispute, Source, Texts

Precision: TypeAlias = Literal["year", "month", "day", "minute"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """A step on the way to independence."""

    id: str
    at: str
    """An ISO 8601 date of any precision: ``1993``, ``1992-03``, ``1991-12-21`` or a moment with its offset."""
    precision: Precision
    title: Texts
    summary: Texts | None = None
    timezone: str | None = None
    sources: tuple[str, ...] = ()
    disputes: tuple[Dispute, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition:
    """A state that recognised the independence, and the day if a source gives it."""

    country: Texts
    on: date | None = None
    note: Texts | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Votes:
    """How the deputies voted, as the source counts them."""

    in_favour: int
    against: int
    abstained: int
    absent: int
    deputies: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A chapter of the law."""

    number: int
    articles: str
    titles: Texts
    summary: Texts | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """The law of 16 December 1991."""

    citation: str
    titles: Texts
    status: Texts
    enacted_by: Texts
    passed: date
    timezone: str
    adopted: datetime
    signed: datetime
    signed_by: Texts
    drafted_by: Texts
    chaired_by: Texts
    votes: Votes
    chapters: tuple[Chapter, ...]
    notes: Texts | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The content of `data/history.yaml`."""

    revised: date
    sources: Mapping[str, Source]
    milestones: tuple[Milestone, ...]
    recognitions: tuple[Recognition, ...]
    law: Law
