"""Checked values to the model, and back to values that need no zone."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

from kzfest.core.model import Dispute, Showing, Source
from kzfest.programme.decode import (
    day_or_moment,
    decode_moment,
    disputes_of,
    event_of,
    showing_of,
    source_of,
    with_offsets,
)

ALMATY = "Asia/Almaty"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023-12-16 19:00", "2023-12-16T19:00:00+06:00"),
        ("2023-12-16T19:00", "2023-12-16T19:00:00+06:00"),
        ("2024-03-01 00:00", "2024-03-01T00:00:00+05:00"),
        ("2024-02-29 23:30", "2024-02-29T23:30:00+06:00"),
        ("1991-12-16 10:00", "1991-12-16T10:00:00+05:00"),
        ("2023-12-16T19:00:00+06:00", "2023-12-16T19:00:00+06:00"),
        ("2023-12-16T19:00:00+01:00", "2023-12-16T19:00:00+01:00"),
    ],
)
def test_moment_is_one_of_the_programme_unless_it_has_an_offset(text: str, expected: str) -> None:
    assert decode_moment(text, ALMATY).isoformat() == expected


def test_day_has_no_hour() -> None:
    assert day_or_moment("2023-12-16", ALMATY) == date(2023, 12, 16)
    assert day_or_moment("2023-12-16 00:00", ALMATY) == datetime(2023, 12, 16, tzinfo=timezone(timedelta(hours=6)))


@pytest.mark.parametrize(
    ("values", "end", "open_end"),
    [
        ({"start": "2023-12-16"}, date(2023, 12, 16), False),
        ({"start": "2023-12-16", "end": "2023-12-20"}, date(2023, 12, 20), False),
        ({"start": "2023-12-16", "end": "unknown"}, None, True),
        ({"start": "2023-12-16 19:00"}, None, False),
        ({"start": "2023-12-16 19:00", "end": "unknown"}, None, True),
    ],
)
def test_end_of_a_showing_is_its_day_its_own_or_not_known(
    values: dict[str, str],
    end: date | None,
    open_end: bool,  # noqa: FBT001
) -> None:
    start = day_or_moment(values["start"], ALMATY)

    shown = showing_of({"id": "a", "venue": "circus"} | values, ALMATY)

    assert shown == Showing(id="a", start=start, end=end, open_end=open_end, venue="circus")
    assert shown.all_day is (len(values["start"]) == len("2023-12-16"))


@pytest.mark.parametrize(
    ("when", "with_zone"),
    [
        ({"start": "2023-12-16"}, {"start": "2023-12-16"}),
        ({"start": "2023-12-16", "end": "unknown"}, {"start": "2023-12-16", "end": "unknown"}),
        ({"start": "2023-12-16 19:00"}, {"start": "2023-12-16T19:00:00+06:00"}),
        (
            {"start": "2024-02-29 22:00", "end": "2024-03-01 01:00"},
            {"start": "2024-02-29T22:00:00+06:00", "end": "2024-03-01T01:00:00+05:00"},
        ),
        ({"start": "2023-12-16 19:00", "end": "unknown"}, {"start": "2023-12-16T19:00:00+06:00", "end": "unknown"}),
        (
            {"showings": [{"id": "a", "start": "2023-12-16 19:00"}, {"id": "b", "start": "2023-12-17"}]},
            {"showings": [{"id": "a", "start": "2023-12-16T19:00:00+06:00"}, {"id": "b", "start": "2023-12-17"}]},
        ),
        ({"when": "permanent"}, {"when": "permanent"}),
        ({"reported": "2023-12-16"}, {"reported": "2023-12-16"}),
    ],
)
def test_values_with_offsets_give_the_same_event_in_any_zone(when: dict[str, str], with_zone: dict[str, str]) -> None:
    plain = {"id": "e", "title": {"en": "E"}, "category": "c"}
    event = event_of(plain | when, timezone=ALMATY)

    values = with_offsets(plain | when, event)

    assert values == plain | with_zone
    assert event_of(values, timezone="America/New_York") == event


def test_source_and_disputes_have_only_what_is_known() -> None:
    assert source_of("guide", {"title": "Guide", "published": "2023-12-14"}) == Source(
        id="guide", title="Guide", published=date(2023, 12, 14)
    )
    assert disputes_of({}) == ()
    assert disputes_of({"disputes": [{"field": "start", "value": {"en": "16 Dec"}, "source": "guide"}]}) == (
        Dispute(field="start", value={"en": "16 Dec"}, source="guide"),
    )
