"""The clock is put back between changes: no stamp and no counter that a calendar compares ever falls."""

from __future__ import annotations

import re
from typing import Any

NOONS = ("2023-12-10", "2023-12-20", "2023-12-05", "2022-01-01", "2023-12-12", "2021-06-01")
CHANGES = (
    ("edit", "swan", "--note", "boxes"),
    ("edit", "swan", "--at", "19:30"),
    ("undo",),
    ("remove", "swan"),
    ("undo",),
    ("undo",),
)


def stamps(calendar: str) -> list[tuple[str, str, int]]:
    """Return DTSTAMP, LAST-MODIFIED and SEQUENCE of the entry of the swans."""
    entry = next(part for part in calendar.split("BEGIN:VEVENT") if "Swan Lake" in part)
    found = dict(re.findall(r"^(DTSTAMP|LAST-MODIFIED|SEQUENCE):(.*?)\r?$", entry, re.MULTILINE))
    return [(found["DTSTAMP"], found["LAST-MODIFIED"], int(found["SEQUENCE"]))]


def test_stamps_in_calendars_never_fall_where_the_clock_does(place: Any) -> None:
    told = stamps(place.run("itinerary", "export").said)

    for noon, args in zip(NOONS, CHANGES, strict=True):
        assert place.run("itinerary", *args, "--now", f"{noon}T12:00").code == 0
        calendar = place.run("itinerary", "export").said
        told += stamps(calendar) if "Swan Lake" in calendar else []

    assert told == sorted(told)
    assert [count for _stamp, _modified, count in told] == sorted({count for _stamp, _modified, count in told})


def test_visit_that_was_removed_and_comes_back_from_a_friend_is_no_older_than_it_was(place: Any) -> None:
    place.run("itinerary", "edit", "swan", "--note", "boxes", "--now", "2023-12-20T12:00")
    before = stamps(place.run("itinerary", "export").said)
    token = place.run("itinerary", "share").said.splitlines()[0]
    place.run("itinerary", "clear", "--now", "2023-12-20T12:00")

    merged = place.run("itinerary", "merge", token, "--now", "2023-12-02T12:00")

    after = stamps(place.run("itinerary", "export").said)
    assert merged.code == 0
    assert after == [(*before[0][:2], before[0][2] + 1)]
