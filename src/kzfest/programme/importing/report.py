"""What reading a file of another format took, mended and left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


class ImportReport(NamedTuple):
    """What was read from a file."""

    format: str
    """The name of its format."""
    programme: str
    title: str
    first: date | None
    last: date | None
    entries: int
    """Entries in the file."""
    events: int
    showings: int
    venues: int
    timezone: str
    timezone_reason: str
    remarks: Sequence[str]
    """Sentences about what was mended, merged or left out, and what is doubtful."""
