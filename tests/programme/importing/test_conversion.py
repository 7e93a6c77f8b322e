"""A programme of another format, written in ours, is the same programme and has no fault."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzfest.core.errors import FaultyProgrammeError, UnknownFormatError
from kzfest.core.model import Programme
from kzfest.paths import data_folder
from kzfest.programme.database.cache import no_progress
from kzfest.programme.files import AS_THE_FILE_SAYS
from kzfest.programme.importing.assembly import ImportedProgramme
from kzfest.programme.importing.conversion import converted
from kzfest.programme.importing.entries import Cost, Entry, Festival, Participant, Place, Reading
from kzfest.programme.importing.recognition import reading_of
from kzfest.programme.reading.programme_writer import programme_text
from kzfest.programme.reading.reader import ProgrammeReader, read_programme

if TYPE_CHECKING:
    from collections.abc import Callable


FILES = [
    *(Path(__file__).parents[3] / "docs" / "examples").glob("*.xml"),
    Path(__file__).parents[2] / "cli" / "festivals" / "film_festival.yaml",
    Path(__file__).parents[1] / "every_field.yaml",
]
FUZZED = sorted(file for file in (Path(__file__).parents[2] / "fuzz" / "corpus").rglob("*") if file.is_file())
CORPUS = Path(os.environ.get("KZFEST_CORPUS", "no folder"))

Read = "Callable[[], ImportedProgramme | ProgrammeReader]"

ODD = [
    "",
    " ",
    "\n",
    "\n\n",
    "\t",
    ": ",
    " #",
    "- ",
    "'",
    '"',
    "|",
    "\\",
    "{",
    "]",
    "%",
    "&",
    "*",
    "!",
    "~",
    "<br>",
    "\xa0",
]
UNSEEN = [
    "\x1b",
    "\x85",
    "\u2028",
    "\ufeff",
    "\u200d",
    "\u202e",
    "\u0301",
    "e\u0301",
    "🏴\U000e0067",
    "👩\u200d🚀",
    "\ud800",
]
WORDS = [
    "no",
    "null",
    "010",
    "1e5",
    "12:30",
    "2026-05-16",
    "free",
    "Бесплатно",
    "own",
    "unknown",
    "Наурыз",
    "休息",
    "a" * 1_100,
]
TEXTS = st.lists(st.sampled_from([*ODD, *UNSEEN, *WORDS, "tea", "at five"]) | st.text(max_size=4), max_size=6).map(
    "".join
)
LANGUAGES = st.sampled_from(["", "en", "ru", "kk", "no", "deu", "to", "x", "English"])
BY_LANGUAGE = TEXTS | st.dictionaries(LANGUAGES, TEXTS, max_size=3)
ADDRESSES = st.none() | st.sampled_from(
    [
        "https://example.org/a?b=1#c",
        "HTTP://EXAMPLE.org",
        "http://a\u0301",
        "ftp://x",
        "https://x y",
        "https://é.kz/{}[]",
    ]
)
ZONES = st.none() | st.sampled_from(["Europe/Berlin", "Pacific/Apia", "Asia/Almaty", "Etc/GMT+5", "Nowhere"])
HOURS_OF_CHANGE = [
    *(datetime(2026, 10, 25, hour, minute, tzinfo=UTC) for hour in (0, 1, 2) for minute in (0, 30)),
    *map(datetime.fromisoformat, ("2026-03-29 01:30", "2026-03-29 02:30", "2026-03-29 03:30", "2011-12-30 12:00")),
    *map(datetime.fromisoformat, ("1893-04-01 00:01", "1893-04-01 00:05", "1893-04-01 00:07")),
]
OFFSETS = st.sampled_from([None, UTC, timezone(timedelta(hours=5)), timezone(timedelta(hours=-9, minutes=-30))])
CLOCKS: Any = (
    st.sampled_from(HOURS_OF_CHANGE)
    | st.datetimes(timezones=OFFSETS)
    | st.dates()
    | st.sampled_from([date(2011, 12, 30), date(1000, 1, 1), date(5999, 12, 31), date(2026, 5, 16)])
)
KEYS = st.dictionaries(st.sampled_from(["guid", "uid", "id"]), st.sampled_from(["1", "2", "3"]), max_size=1)
AMOUNTS = st.none() | st.sampled_from([0.0, 0.001, 5.5, 2000.0, 1e12, -1.0, float("nan"), float("inf")])

PLACES = st.builds(
    Place,
    name=BY_LANGUAGE,
    aliases=st.lists(TEXTS, max_size=2).map(tuple),
    address=st.none() | TEXTS,
    city=st.none() | TEXTS,
    country=st.none() | st.sampled_from(["kz", "KZ", "Kazakhstan"]),
    point=st.none() | st.tuples(st.floats(-91, 91), st.floats(-181, 181)) | st.just((0.000001, 0.00000049)),
    url=ADDRESSES,
)
PEOPLE = st.builds(Participant, name=BY_LANGUAGE, role=st.none() | BY_LANGUAGE, url=ADDRESSES)
COSTS = st.builds(
    Cost,
    text=st.none() | BY_LANGUAGE,
    free=st.none() | st.booleans(),
    lowest=AMOUNTS,
    highest=AMOUNTS,
    currency=st.none() | st.sampled_from(["KZT", "eur ", "XYZ"]),
)
PARTS: dict[str, Any] = {
    "title": BY_LANGUAGE,
    "keys": KEYS,
    "instance": st.none() | TEXTS,
    "series": st.none() | TEXTS,
    "start": st.none() | CLOCKS,
    "end": st.none() | CLOCKS,
    "zone": ZONES,
    "place": st.none() | PLACES,
    "summary": st.lists(st.none() | BY_LANGUAGE, max_size=2).map(tuple),
    "kind": st.none() | TEXTS,
    "tracks": st.lists(TEXTS, max_size=2).map(tuple),
    "tags": st.lists(TEXTS, max_size=2).map(tuple),
    "languages": st.lists(LANGUAGES, max_size=2).map(tuple),
    "people": st.lists(PEOPLE, max_size=2).map(tuple),
    "organiser": st.none() | TEXTS,
    "links": st.lists(st.tuples(TEXTS, ADDRESSES.map(str)), max_size=2).map(tuple),
    "details": st.lists(st.tuples(BY_LANGUAGE, TEXTS), max_size=2).map(tuple),
    "moments": st.lists(st.tuples(BY_LANGUAGE, CLOCKS), max_size=2).map(tuple),
    "url": ADDRESSES,
    "image": ADDRESSES,
    "tickets": ADDRESSES,
    "cost": st.none() | COSTS,
    "sold_out": st.none() | st.booleans(),
    "age": st.none() | st.integers(-1, 200),
    "status": st.none() | st.sampled_from(["cancelled", "postponed", "moved", "scheduled"]),
    "note": st.none() | BY_LANGUAGE,
    "revision": st.integers(-1, 2**40),
    "changed": st.none() | st.dates(),
}
FESTIVALS = st.builds(
    Festival,
    title=BY_LANGUAGE,
    id=TEXTS,
    zone=ZONES,
    city=st.none() | TEXTS,
    country=st.none() | st.just("kz"),
    url=ADDRESSES,
    language=st.none() | LANGUAGES,
    first=st.none() | st.dates(),
    last=st.none() | st.dates(),
    revised=st.none() | st.dates(),
)


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """Draw what a reader may find in a file: a few entries, each with a few of its parts, some of them of others."""
    entries: list[Entry] = []
    for _number in range(draw(st.integers(0, 5))):
        keys = draw(st.sets(st.sampled_from(sorted(PARTS)), max_size=6)) | {"title", "start"}
        entry = Entry(**{key: draw(PARTS[key]) for key in sorted(keys)})
        entry.parent = draw(st.none() | st.sampled_from(entries)) if entries else None
        entries.append(entry)
    for entry in entries:
        entry.parent = entry.parent or draw(st.none() | st.sampled_from(entries))
    return Reading(kind="test", festival=draw(FESTIVALS), entries=entries)


def _programme(read: Callable[[], Any]) -> Programme:
    """Return the programme that *read* finds."""
    found = read()
    events = tuple(event for _values, event in found.events())

    return Programme(found.head._replace(in_zone_of_computer=False), {}, found.venues, events)


def _without_sources(programme: Programme) -> Programme:
    return programme._replace(
        sources={},
        venues={key: venue._replace(sources=()) for key, venue in programme.venues.items()},
        events=tuple(event._replace(sources=()) for event in programme.events),
    )


def _check(read: Callable[[], Any]) -> None:
    """Check that what *read* finds is the same, with the same offsets, when it is written and read again."""
    text = programme_text(converted(read(), file="feed.ics").records, remarks=[])
    again, faults = read_programme(text.encode(), file="my.yaml")
    assert faults == []
    assert again is not None
    given = _programme(read)
    assert _without_sources(again) == _without_sources(given)
    assert _starts(again) == _starts(given)


def _starts(programme: Programme) -> list[str]:
    return [str(clock) for event in programme.events for showing in event.showings for clock in showing[1:3]]


@given(readings())
def test_what_a_reader_finds_is_the_same_in_our_format(reading: Reading) -> None:
    _check(lambda: ImportedProgramme(reading, file="feed.ics", options=AS_THE_FILE_SAYS, on_progress=no_progress))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_file_is_the_same_in_our_format(file: Path) -> None:
    _check_file(file)


def test_odd_files_are_the_same_in_our_format() -> None:
    for file in FUZZED:
        with suppress(FaultyProgrammeError):  # of an input that is refused, nothing is written
            _check_file(file)


def _check_file(file: Path) -> None:
    data = file.read_bytes()
    _check(lambda: reading_of(data, file=str(file), options=AS_THE_FILE_SAYS))


@pytest.mark.parametrize("file", sorted(data_folder().glob("[!h]*.yaml")), ids=lambda file: file.name)
def test_file_in_our_format_keeps_its_sources(file: Path) -> None:
    text = programme_text(
        converted(ProgrammeReader(file.read_bytes(), file=file.name), file=file.name).records, remarks=[]
    )
    assert read_programme(text.encode(), file="my.yaml") == read_programme(file.read_bytes(), file=file.name)


@pytest.mark.skipif(not CORPUS.is_dir(), reason="KZFEST_CORPUS names no folder of files")
def test_real_files_are_the_same_in_our_format() -> None:
    files = sorted(file for file in CORPUS.rglob("*") if file.is_file())
    for file in files:
        with suppress(UnknownFormatError):
            _check_file(file)
    assert len(files) > 40
