"""Visits as JSON: whatever a visit holds comes back, and what is none is refused."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kzfest.core.model import Showing
from kzfest.core.visit import Visit
from kzfest.itineraries.visit_json import record_of, visit_of
from kzfest.programme.zones import zone

ALMATY = zone("Asia/Almaty")
AT = datetime(2023, 12, 16, 19, tzinfo=ALMATY)

PLAIN = Visit(id="a2b3c", title={"en": "Museum"}, start=date(2023, 12, 16), timezone="Asia/Almaty", changed=AT)
FULL = Visit(
    id="a2b3c",
    title={"kk": "Тәуелсіздік күні", "en": "Independence Day"},
    start=AT,
    end=AT + timedelta(hours=2),
    assumed=True,
    timezone="Asia/Almaty",
    programme="astana",
    file="/home/me/trip.yaml",
    event="concert",
    showing=Showing(id="evening", start=AT, end=AT + timedelta(hours=2), open_end=True, venue="hall"),
    status="postponed",
    revision=2,
    venue="opera",
    room="stalls",
    place="Opera, 1 Dinmukhamed Qonaev Street",
    must=True,
    note="Row 7",
    changes=3,
    changed=AT,
)

TEXTS = st.text()
MOMENTS = st.datetimes(
    min_value=datetime(2, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    max_value=datetime(9998, 12, 31),  # noqa: DTZ001
    timezones=st.sampled_from([ALMATY, UTC, timezone(timedelta(hours=-3, minutes=-30, seconds=-52))]),
)
WHENS = st.one_of(st.dates(), MOMENTS)
SHOWINGS = st.builds(
    Showing,
    id=TEXTS,
    start=WHENS,
    end=st.none() | WHENS,
    open_end=st.booleans(),
    venue=st.none() | TEXTS,
    zone=st.none() | TEXTS,
    drop_in=st.booleans(),
    **dict.fromkeys(("room", "title", "price", "status", "note"), st.none()),  # which come from the programme
)
VISITS = st.builds(
    Visit,
    id=TEXTS,
    title=st.dictionaries(TEXTS, TEXTS, min_size=1),
    start=WHENS,
    end=st.none() | MOMENTS,
    assumed=st.booleans(),
    timezone=TEXTS,
    programme=st.none() | TEXTS,
    file=st.none() | TEXTS,
    event=st.none() | TEXTS,
    showing=st.none() | SHOWINGS,
    status=st.sampled_from(["scheduled", "cancelled", "postponed"]),
    revision=st.integers(0),
    venue=st.none() | TEXTS,
    place=st.none() | TEXTS,
    must=st.booleans(),
    note=st.none() | TEXTS,
    changes=st.integers(0),
    changed=MOMENTS,
)


def stored(visit: Visit) -> Visit:
    """Return *visit* as it comes back from a file."""
    return visit_of(json.loads(json.dumps(record_of(visit), ensure_ascii=False).encode().decode()))


def fixed(visit: Visit) -> Visit:
    """Return *visit* with the offsets that its moments have in place of their zones."""
    showing = visit.showing and visit.showing._replace(start=_fixed(visit.showing.start), end=_fixed(visit.showing.end))
    return replace(
        visit,
        start=_fixed(visit.start),
        end=_fixed(visit.end),
        changed=_fixed(visit.changed),
        showing=showing,
    )


def _fixed(when: Any) -> Any:
    offset = when.utcoffset() if isinstance(when, datetime) else None
    return when.replace(tzinfo=timezone(offset), fold=0) if isinstance(when, datetime) and offset is not None else when


@given(VISITS)
@example(FULL)
@example(PLAIN)
@example(replace(FULL, start=datetime(2024, 2, 29, 23, 30, fold=1, tzinfo=ALMATY)))
@example(replace(PLAIN, title={"en": 'a\0b\u2028"\\\r\n', "kk": "😀\ufffe\U0010ffff"}, note="", place=" "))
def test_visit_comes_back_from_its_record(visit: Visit) -> None:
    back = stored(visit)

    assert back == fixed(visit)
    assert list(back.title) == list(visit.title)


def test_record_keeps_all_that_a_visit_says() -> None:
    assert record_of(FULL) == {
        "id": "a2b3c",
        "title": {"kk": "Тәуелсіздік күні", "en": "Independence Day"},
        "start": "2023-12-16T19:00:00+06:00",
        "end": "2023-12-16T21:00:00+06:00",
        "assumed": True,
        "timezone": "Asia/Almaty",
        "programme": "astana",
        "file": "/home/me/trip.yaml",
        "event": "concert",
        "showing": {
            "id": "evening",
            "start": "2023-12-16T19:00:00+06:00",
            "end": "2023-12-16T21:00:00+06:00",
            "open_end": True,
            "venue": "hall",
        },
        "status": "postponed",
        "revision": 2,
        "venue": "opera",
        "room": "stalls",
        "place": "Opera, 1 Dinmukhamed Qonaev Street",
        "must": True,
        "note": "Row 7",
        "changes": 3,
        "changed": "2023-12-16T19:00:00+06:00",
    }


def test_record_leaves_out_what_is_as_usual() -> None:
    assert record_of(PLAIN) == {
        "id": "a2b3c",
        "title": {"en": "Museum"},
        "start": "2023-12-16",
        "timezone": "Asia/Almaty",
        "changed": "2023-12-16T19:00:00+06:00",
    }


@pytest.mark.parametrize(
    "record",
    [
        None,
        [],
        "visit",
        7,
        {},
        {"id": "a2b3c"},
        record_of(PLAIN) | {"start": None},
        record_of(PLAIN) | {"start": 20231216},
        record_of(PLAIN) | {"start": "2023-12-32"},
        record_of(PLAIN) | {"end": "later"},
        record_of(PLAIN) | {"changed": "2023-12-16 at noon"},
        record_of(PLAIN) | {"showing": "evening"},
        record_of(PLAIN) | {"showing": {"id": ""}},
        record_of(PLAIN) | {"showing": {"id": "", "start": "2023-12-16", "hall": "2"}},
        record_of(PLAIN) | {"colour": "red"},
    ],
)
def test_record_that_is_none_is_refused(record: Any) -> None:
    with pytest.raises((ValueError, KeyError, TypeError, AttributeError)):
        visit_of(record)
