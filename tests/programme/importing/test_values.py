"""What every imported programme must be: valid in our own format, whatever stood in the file."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kzfest.programme.files import AS_THE_FILE_SAYS
from kzfest.programme.importing.assembly import ImportedProgramme
from kzfest.programme.importing.entries import Cost, Entry, Festival, Participant, Place, Reading
from kzfest.programme.reading.reader import read_programme

TEXT = st.text(max_size=40) | st.sampled_from(
    [
        "",
        " ",
        "\n",
        "Opera",
        "<p>a<br>b</p>",
        "a\u202eb",
        "\x1b[31m",
        "\ud800",
        "x" * 1_500,
        "https://a.example/",
        "[a](https://b.example)",
    ]
)
WORDS = TEXT | st.dictionaries(st.sampled_from(["", "en", "kk", "zh-TW", "??"]), TEXT, max_size=3)
DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31)) | st.dates(date(2026, 3, 1), date(2026, 3, 31))
ZONES = st.sampled_from([None, UTC, timezone(timedelta(hours=5, minutes=30)), timezone(timedelta(hours=-12))])
CLOCKS = DAYS | st.builds(
    lambda moment, zone: moment.replace(tzinfo=zone),
    st.datetimes() | st.datetimes(*map(datetime.fromisoformat, ("2026-03-28T20:00", "2026-03-30T00:00"))),
    ZONES,
)
OPTIONAL_TEXT = st.none() | TEXT
PLACES = st.builds(
    Place,
    name=WORDS,
    aliases=st.lists(TEXT, max_size=2).map(tuple),
    address=OPTIONAL_TEXT,
    city=OPTIONAL_TEXT,
    country=OPTIONAL_TEXT,
    point=st.none() | st.tuples(st.floats(), st.floats()),
    url=OPTIONAL_TEXT,
)
AMOUNTS = st.none() | st.floats()
ENTRIES = st.builds(
    Entry,
    title=WORDS,
    keys=st.dictionaries(st.sampled_from(["guid", "code", "uid", "url", "id", "other"]), TEXT, max_size=3),
    instance=OPTIONAL_TEXT,
    series=OPTIONAL_TEXT,
    start=st.none() | CLOCKS,
    end=st.none() | CLOCKS,
    zone=st.sampled_from([None, "Europe/Berlin", "nowhere", "Asia/Kolkata"]),
    place=st.none() | PLACES,
    summary=st.lists(st.none() | WORDS, max_size=3).map(tuple),
    kind=OPTIONAL_TEXT,
    tracks=st.lists(TEXT, max_size=2).map(tuple),
    tags=st.lists(TEXT, max_size=2).map(tuple),
    languages=st.lists(TEXT | st.sampled_from(["en", "de-formal", "English"]), max_size=2).map(tuple),
    people=st.lists(st.builds(Participant, name=WORDS, role=OPTIONAL_TEXT, url=OPTIONAL_TEXT), max_size=2).map(tuple),
    organiser=OPTIONAL_TEXT,
    links=st.lists(st.tuples(TEXT, TEXT), max_size=2).map(tuple),
    details=st.lists(st.tuples(TEXT, TEXT), max_size=2).map(tuple),
    url=OPTIONAL_TEXT,
    image=OPTIONAL_TEXT,
    tickets=OPTIONAL_TEXT,
    cost=st.none()
    | st.builds(
        Cost,
        text=st.none() | WORDS,
        free=st.none() | st.booleans(),
        lowest=AMOUNTS,
        highest=AMOUNTS,
        currency=st.sampled_from([None, "EUR", "eur", "???"]),
    ),
    sold_out=st.none() | st.booleans(),
    age=st.none() | st.integers(),
    status=st.sampled_from([None, "cancelled", "moved"]),
    note=OPTIONAL_TEXT,
    revision=st.integers(),
    changed=st.none() | DAYS,
)
FESTIVALS = st.builds(
    Festival,
    title=WORDS,
    id=TEXT,
    zone=st.sampled_from([None, "Europe/Berlin", "Berlin", "nowhere"]),
    city=OPTIONAL_TEXT | st.just("Almaty"),
    country=OPTIONAL_TEXT,
    language=st.sampled_from([None, "de", "tlh-x"]),
    first=st.none() | DAYS,
    last=st.none() | DAYS,
    revised=st.none() | DAYS,
)


@given(festival=FESTIVALS, entries=st.lists(ENTRIES, max_size=6))
def test_an_imported_programme_is_valid_as_yaml(festival: Festival, entries: list[Entry]) -> None:
    reading = Reading(kind="test", festival=festival, entries=entries)
    imported = ImportedProgramme(reading, file="t", options=AS_THE_FILE_SAYS, on_progress=lambda _share: None)
    events = [_as_written(values) for values, _event in imported.events()]
    head = imported.head
    programme: dict[str, Any] = {
        "id": head.id,
        "title": dict(head.title),
        "timezone": head.timezone,
        "revised": max(head.revised, date(1000, 1, 1)).isoformat(),
        "language": head.language,
    }
    programme |= {key: day.isoformat() for key in ("first", "last") for day in [getattr(head, key)] if day}
    venues = [venue for _key, venue in imported.values("venues")]
    document = {"format": "1", "programme": programme, "labels": dict(head.labels), "venues": venues, "events": events}
    read, problems = read_programme(json.dumps(document, ensure_ascii=False).encode(), file="t.yaml")
    assert problems == []
    assert read
    assert len({event.id for event in read.events}) == len(events)
    report = imported.report()
    assert (report.events, report.venues) == (len(events), len(venues))


def _as_written(value: Any) -> Any:
    """Return *value* with local times, as our format has them: those in an hour that the clocks repeat are earlier."""
    if isinstance(value, dict):
        return {
            key: each[:16].replace("T", " ") if key in {"start", "end"} else _as_written(each)
            for key, each in value.items()
        }
    return [_as_written(each) for each in value] if isinstance(value, list) else value
