"""Moments as whole minutes since 1970, as a catalogue compares them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

LATEST = 2**31 - 1
"""The largest number that an R-tree of whole numbers holds: the year 6053."""


def minute_of(moment: datetime) -> int:
    """Return the whole minutes from 1970 to *moment*, no more than an R-tree holds.

    No event is as late as that (`scalars.YEAR_PATTERN`), only a question may be.
    """
    return min(int(moment.timestamp() // 60), LATEST)
