"""The table of a zone in a calendar file: programs that know no zone but that table come to the right moment."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from kzfest.calendars.ics_writer import CalendarEntry, calendar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

HOUR = timedelta(hours=1)


@pytest.mark.parametrize("see", ["vobject", "ical.js"], indirect=True)
@pytest.mark.parametrize(
    ("zone", "first", "last"),
    [
        ("Asia/Almaty", 2023, 2025),
        ("Europe/Berlin", 2023, 2025),
        ("America/New_York", 2024, 2024),
        ("Australia/Lord_Howe", 2023, 2024),
    ],
)
def test_moments_around_each_change_of_the_clocks_are_right(
    see: Callable[[Path], list[tuple[Any, ...]]], tmp_path: Path, zone: str, first: int, last: int
) -> None:
    moments = list(_around_changes(ZoneInfo(zone), first, last))
    file = tmp_path / "night.ics"

    file.write_bytes(b"".join(calendar([_at(moment) for moment in moments], "Nights")))
    found = [(uid, datetime.fromisoformat(start).astimezone(UTC)) for uid, _name, start, *_rest in see(file)]

    assert found == [(f"{moment:%Y%m%d%H%M}@test.invalid", moment.astimezone(UTC)) for moment in moments]


def _at(moment: datetime) -> CalendarEntry:
    return CalendarEntry(
        uid=f"{moment:%Y%m%d%H%M}@test.invalid",
        summary="Night",
        start=moment,
        end=(moment.astimezone(UTC) + HOUR).astimezone(moment.tzinfo),
        stamp=moment,
        changed=moment,
        sequence=0,
    )


def _around_changes(zone: ZoneInfo, first: int, last: int) -> Iterator[datetime]:
    """Yield moments a week apart, and each half hour that *zone* shows once within 6 hours of a change."""
    moment, end = datetime(first, 1, 2, tzinfo=UTC), datetime(last, 12, 30, tzinfo=UTC)
    while moment < end:
        local = moment.astimezone(zone)
        before, after = ((moment + hours * HOUR).astimezone(zone).utcoffset() for hours in (-6, 6))
        if local.replace(fold=0).utcoffset() == local.replace(fold=1).utcoffset() and (
            before != after or (moment.weekday(), moment.hour, moment.minute) == (2, 12, 0)
        ):
            yield local
        moment += HOUR / 2
