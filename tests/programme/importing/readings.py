"""What a reader may find in a file of anybody: hypothesis strategies for entries with odd texts and times."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from hypothesis import strategies as st

from kzfest.programme.importing.entries import Cost, Entry, Festival, Participant, Place, Reading

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
