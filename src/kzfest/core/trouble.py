"""Why a visit cannot stay as it was planned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from kzfest.core.festival_day import festival_day

if TYPE_CHECKING:
    from datetime import datetime

    from kzfest.core.visit import Visit
    from kzfest.core.visit_facts import VisitFacts

Trouble: TypeAlias = Literal["moved", "cancelled", "postponed", "gone"]
"""What has become of its event."""

Cause: TypeAlias = Literal["moved", "cancelled", "postponed", "gone", "clash", "room"]
"""Why a repair changes a visit: what has become of its event, a clash, or to make room for a visit that moves."""


def trouble_of(visit: Visit, known: VisitFacts) -> Trouble | None:
    """Return why *visit* cannot stay as it was planned, or None.

    If the event was postponed before the visit was added, the user knew.
    """
    if visit.event is None or known.state is None:
        return None
    status = known.event.status if known.event else visit.status
    if known.state == "gone":
        return "gone"
    if "cancelled" in {known.state, status}:
        return "cancelled"
    if status == "postponed" != visit.status:
        return "postponed"
    return "moved" if known.state == "moved" else None


def is_over(visit: Visit, known: VisitFacts, now: datetime) -> bool:
    """Whether *visit* has ended before *now*; one without an hour ends with its day."""
    if visit.span:
        return visit.span[1].timestamp() <= now.timestamp()
    return visit.day < festival_day(now.astimezone(known.zone))


def is_settled(visit: Visit, known: VisitFacts, now: datetime) -> bool:
    """Whether a repair leaves *visit* alone: it is an appointment, it is over, or its programme cannot be opened."""
    return visit.event is None or known.state is None or is_over(visit, known, now)
