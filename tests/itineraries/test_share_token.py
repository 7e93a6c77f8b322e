"""Itineraries as one line of text: all comes back, it fits a QR code, and what is no token is refused."""

from __future__ import annotations

import base64
import json
import random
import string
import zlib
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kzfest.core.errors import KzfestError
from kzfest.core.festival_day import later
from kzfest.core.model import Showing
from kzfest.core.safe_text import legible, legible_line
from kzfest.core.visit import Itinerary, Visit
from kzfest.formats.base41 import ALPHABET
from kzfest.itineraries.share_token import LONGEST_MINUTES, SharedItinerary, pair_visits, read_token, write_token
from kzfest.itineraries.store import LETTERS
from kzfest.paths import PROGRAMMES
from kzfest.programme.zones import known_zone, zone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

ALMATY = zone("Asia/Almaty")
NOW = datetime(2023, 12, 10, 6, tzinfo=UTC)
NO_TOKEN = "this is not a token of `kzfest itinerary share`, or it is incomplete"

LETTERS_OF_QR_CODE = 2_900
LETTERS_EASILY_SCANNED = 1_300


def visit(key: str, **others: Any) -> Visit:
    """Return a visit of that id, on a day, of an event of the same name."""
    values: dict[str, Any] = {"title": {"en": key}, "start": date(2023, 12, 16), "timezone": "Asia/Almaty"}
    return Visit(**(values | {"id": key, "event": key, "programme": "astana", "changed": NOW} | others))


IDS = st.text(LETTERS, min_size=5, max_size=5)
NAMES = st.from_regex("[a-z0-9]{1,12}(-[a-z0-9]{1,12}){0,3}", fullmatch=True)
TEXTS = st.text(min_size=1, max_size=30).filter(lambda text: text == legible(text) != "")
TITLES = st.dictionaries(st.sampled_from(["en", "kk", "ru", "de"]), TEXTS.map(legible_line), min_size=1)
DAYS = st.dates(date(1901, 1, 1), date(2198, 12, 31))


@st.composite
def visits(draw: st.DrawFn) -> Visit:
    """Return any visit that the command line can make."""
    timezone = draw(st.sampled_from(["Asia/Almaty", "Europe/London", "America/St_Johns", "Pacific/Apia"]))
    start: date | datetime = draw(DAYS)
    end = None
    if draw(st.booleans()):
        minutes = draw(st.integers(0, 24 * 60 - 1))
        start = datetime.combine(start, datetime.min.time(), tzinfo=zone(timezone)) + timedelta(minutes=minutes)
        start = start.replace(fold=draw(st.integers(0, 1))).astimezone(UTC).astimezone(zone(timezone))
        start = start.replace(second=0)  # clocks have not always been a whole number of minutes apart
        end = later(start, timedelta(minutes=draw(st.integers(1, 7 * 24 * 60))))
    event = draw(st.none() | NAMES)
    file = draw(st.none() | st.just("/home/me/fair.yaml"))
    showing = Showing(id=draw(st.just("") | NAMES), start=date(2023, 12, 16), venue="hall")
    return Visit(
        id=draw(IDS),
        title=draw(TITLES),
        start=start,
        end=end,
        assumed=end is not None and draw(st.booleans()),
        timezone=timezone,
        programme=draw(NAMES | st.sampled_from([*PROGRAMMES])) if event else None,
        file=file if event else None,
        event=event,
        showing=showing if event and draw(st.booleans()) else None,
        status=draw(st.sampled_from(["scheduled", "postponed"])),
        revision=draw(st.integers(0, 9)),
        venue=draw(st.none() | NAMES),
        place=draw(st.none() | TEXTS),
        must=draw(st.booleans()),
        note=draw(st.none() | TEXTS),
        changes=draw(st.integers(0, 10_000) | st.just(2**31 - 1)),
        changed=NOW,
    )


def carried(visit: Visit, now: datetime) -> Visit:
    """Return what of *visit* a token carries; the rest is known to whoever has the programme."""
    bundled = visit.event is not None and visit.file is None and visit.programme in PROGRAMMES
    title = {"en": visit.event or ""} if bundled else visit.title
    showing = visit.showing and Showing(id=visit.showing.id, start=visit.day)
    return replace(
        visit,
        title=dict(title),
        showing=showing,
        status="scheduled",
        revision=0,
        place=None if bundled else visit.place,
        file=None,
        changed=now,
    )


def moments(visits: Iterable[Visit]) -> list[tuple[float, ...] | None]:
    """Return the instants of visits: two hours that the clock shows alike are equal as datetimes."""
    return [visit.span and tuple(each.timestamp() for each in visit.span) for visit in visits]


AGAIN = datetime(2024, 2, 29, 23, 30, fold=1, tzinfo=ALMATY)


@given(TEXTS, st.lists(visits(), max_size=4))
@example("main", [])
@example("main", [visit("a2b3c", start=AGAIN, end=AGAIN.replace(minute=45), assumed=True, must=True)])
@example(
    "main",
    [
        visit(
            "a2b3c",
            start=datetime(2023, 12, 17, 0, 30, tzinfo=ALMATY),
            end=datetime(2023, 12, 17, 4, 59, tzinfo=ALMATY),
        )
    ],
)
def test_itinerary_comes_back_from_its_token(name: str, visits: list[Visit]) -> None:
    later_on = NOW + timedelta(days=1)

    token = write_token(Itinerary(name, 7, tuple(visits)), zone, PROGRAMMES)
    back = read_token(token, known_zone, now=later_on)

    assert back == SharedItinerary(name, tuple(carried(each, later_on) for each in visits))
    assert moments(back.visits) == moments(visits)
    assert set(token) <= {*string.ascii_letters, *string.digits, ":", "-", "_"}


@given(TEXTS, st.lists(visits(), max_size=4))
def test_dense_token_says_the_same(name: str, visits: list[Visit]) -> None:
    itinerary = Itinerary(name, 7, tuple(visits))
    back = read_token(write_token(itinerary, zone, PROGRAMMES), known_zone, now=NOW)

    dense = write_token(itinerary, zone, PROGRAMMES, dense=True)

    assert set(dense) <= set(ALPHABET)
    given_back = (dense, dense.lower(), dense.lower().capitalize(), f" {dense}\n", f"{dense[:40]}\n> {dense[40:]}")
    assert [read_token(each, known_zone, now=NOW) for each in given_back] == [back] * 5


@pytest.mark.parametrize("dense", [False, True])
@pytest.mark.parametrize(
    "mangled",
    [
        "QR-Code:{}",
        "https://example.com/{}",
        '"{}"',
        "\ufeff{}\r\n",
        "kzfest itinerary merge {}",
        "«{}»",
        "\u200b{}\xa0",
    ],
)
def test_what_stands_around_a_token_is_ignored(mangled: str, *, dense: bool) -> None:
    token = write_token(Itinerary("main", 1, (visit("a2b3c"),)), zone, PROGRAMMES, dense=dense)

    lines = "\n  ".join(token[at : at + 20] for at in range(0, len(token), 20))

    found = [read_token(mangled.format(each), known_zone, now=NOW) for each in (token, lines)]
    assert found == [read_token(token, known_zone, now=NOW)] * 2


def test_token_of_stored_offsets_is_that_of_zones() -> None:
    start = datetime(2023, 12, 17, 0, 30, tzinfo=ALMATY)
    kept = visit("a2b3c", start=start, end=later(start, timedelta(hours=1)))
    stored = replace(kept, start=start.fromisoformat(start.isoformat()), end=kept.end)

    assert write_token(Itinerary("main", 1, (stored,)), zone, PROGRAMMES) == write_token(
        Itinerary("main", 1, (kept,)), zone, PROGRAMMES
    )


EDGES = st.sampled_from([date(1899, 12, 31), date(1900, 1, 1), date(2024, 2, 29), date(2199, 12, 31), date(2200, 1, 1)])


@given(
    EDGES,
    st.times().map(lambda clock: clock.replace(second=0, microsecond=0)),
    st.integers(-24 * 60 + 1, 24 * 60 - 1).map(lambda minutes: timezone(timedelta(minutes=minutes))),
    st.integers(1, LONGEST_MINUTES + 1),
    st.sampled_from(["Asia/Almaty", "America/New_York", "Pacific/Apia", "Australia/Lord_Howe"]),
)
@example(date(2024, 3, 15), time(5, 30), timezone(timedelta(hours=6)), 60, "Asia/Almaty")
def test_visit_of_any_offset_and_year_is_carried_or_refused(
    day: date, clock: time, offset: timezone, minutes: int, here: str
) -> None:
    start = datetime.combine(day, clock, tzinfo=offset)
    kept = visit("a2b3c", start=start, end=start + timedelta(minutes=minutes), timezone=here)

    try:
        token = write_token(Itinerary("main", 1, (kept,)), zone, PROGRAMMES)
    except KzfestError as error:
        assert str(error).startswith("'a2b3c' (a2b3c) does not fit into a token")
        assert day != date(2024, 2, 29) or minutes > LONGEST_MINUTES  # else it is beyond the years of a plan
    else:
        assert zone_minutes(read_token(token, known_zone, now=NOW).visits[0]) == zone_minutes(kept)


def zone_minutes(visit: Visit) -> list[float]:
    """Return the instants of *visit*, in whole minutes of its zone: offsets have not always been whole minutes."""
    return [each.astimezone(zone(visit.timezone)).replace(second=0).timestamp() for each in visit.span or ()]


def test_name_as_long_as_a_programme_may_have_it_is_shared() -> None:
    long = visit("a2b3c", event="a" * 1_000, venue="b" * 1_000)

    assert read_token(write_token(Itinerary("main", 1, (long,)), zone, PROGRAMMES), known_zone, now=NOW).visits == (
        carried(long, NOW),
    )


def test_visit_shorter_than_a_minute_keeps_its_hour() -> None:
    start = datetime(2023, 12, 16, 10, 0, 20, tzinfo=ALMATY)
    short = visit("a2b3c", start=start, end=start + timedelta(seconds=20))

    (back,) = read_token(write_token(Itinerary("main", 1, (short,)), zone, PROGRAMMES), known_zone, now=NOW).visits

    assert back.span == (datetime(2023, 12, 16, 10, tzinfo=ALMATY), datetime(2023, 12, 16, 10, 1, tzinfo=ALMATY))


def twenty_visits(**others: Any) -> tuple[Visit, ...]:
    """Return twenty visits with long names, none like the other."""
    words = "winter national festival exhibition contemporary independence orchestra ballet museum circus".split()
    return tuple(
        visit(
            "".join(LETTERS[(number * 7 + place * place * 11) % len(LETTERS)] for place in range(5)),
            event="-".join(words[(number * 3 + place) % 10] for place in range(3)) + f"-{number}",
            start=datetime(2023, 12, 1 + number, 10 + number % 9, 30 * (number % 2), tzinfo=ALMATY),
            end=datetime(2023, 12, 1 + number, 20, 5, tzinfo=ALMATY),
            showing=Showing(id=f"2023-12-{number + 1:02}", start=date(2023, 12, 1 + number)),
            venue="-".join(words[(number * 7 + place) % 10] for place in range(2)),
            must=number % 3 == 0,
            **others,
        )
        for number in range(20)
    )


@pytest.mark.parametrize("note", [lambda draw: draw.randbytes(80_000).hex(), lambda _draw: "я" * 600_000])
def test_what_no_token_can_hold_is_refused(note: Callable[[random.Random], str]) -> None:
    visits = (visit("a2b3c", note=note(random.Random(5))), visit("b2b3c"))

    with pytest.raises(
        KzfestError, match=r"^the itinerary is too long for one line of text; `kzfest itinerary export -o "
    ):
        write_token(Itinerary("main", 1, visits), zone, PROGRAMMES)


@pytest.mark.parametrize("others", [{"id": "-"}, {"event": "-x-"}, {"note": "a" * 20_001}], ids=repr)
def test_visit_that_nobody_could_read_back_is_named(others: dict[str, Any]) -> None:
    bad = replace(visit("b2b3c", title={"en": "Tea"}), **others)

    with pytest.raises(KzfestError) as error:
        write_token(Itinerary("main", 1, (visit("a2b3c"), bad)), zone, PROGRAMMES)

    assert str(error.value) == (
        f"'Tea' ({others.get('id', 'b2b3c')}) does not fit into a token; "
        "`kzfest itinerary export -o plan.ics` writes a file"
    )


@pytest.mark.parametrize(
    ("others", "most"),
    [
        ({}, LETTERS_EASILY_SCANNED),
        ({"note": "Row 7, Anna has the tickets"}, LETTERS_EASILY_SCANNED),
        (
            {"file": "/f.yaml", "title": {"en": "A long title of an own event", "ru": "Длинное название"}},
            LETTERS_OF_QR_CODE,
        ),
    ],
    ids=["plain", "notes", "own-titles"],
)
def test_twenty_visits_fit_a_qr_code(others: dict[str, Any], most: int) -> None:
    assert len(write_token(Itinerary("main", 1, twenty_visits(**others)), zone, PROGRAMMES).encode()) <= most


TOKEN = write_token(
    Itinerary(
        "main",
        3,
        (
            visit("a2b3c", note="Row 7", must=True),
            visit(
                "d4e5f",
                event=None,
                title={"en": "Dinner"},
                start=datetime(2023, 12, 16, 19, tzinfo=ALMATY),
                end=datetime(2023, 12, 16, 21, tzinfo=ALMATY),
            ),
        ),
    ),
    zone,
    PROGRAMMES,
)


def refused(token: str) -> str | None:
    """Return why *token* is refused, or None where it is read as what TOKEN holds."""
    try:
        shared = read_token(token, known_zone, now=NOW)
    except KzfestError as error:
        return str(error)
    assert shared == read_token(TOKEN, known_zone, now=NOW)
    return None


def test_every_truncation_is_refused() -> None:
    assert {refused(TOKEN[:length]) for length in range(len(TOKEN))} == {NO_TOKEN}


def test_every_missing_letter_is_refused() -> None:
    assert {refused(TOKEN[:place] + TOKEN[place + 1 :]) for place in range(len(TOKEN))} <= {NO_TOKEN, None}


@pytest.mark.parametrize("letter", list("Aa0-_=+/: \n.\0é😀"))
def test_every_changed_letter_is_refused_or_without_harm(letter: str) -> None:
    told = {refused(TOKEN[:place] + letter + TOKEN[place + 1 :]) for place in range(len(TOKEN))}

    assert told <= {NO_TOKEN, None}


@pytest.mark.parametrize("broken", ["  {} \n", "{0:.60}\n{1}", "{0:.60} {1}"])
def test_line_that_a_messenger_broke_is_read(broken: str) -> None:
    assert refused(broken.format(TOKEN, TOKEN[60:])) is None


def folded(text: bytes) -> str:
    return "kzf1:" + base64.urlsafe_b64encode(zlib.compress(text, 9)).decode().rstrip("=")


FIELDS = "id programme days event showing start length flags changes venue note title place".split()
PLAIN: dict[str, Any] = dict.fromkeys(FIELDS) | {"id": "a2b3c", "programme": 0, "days": 8750, "event": "dialogue"}
AN_HOUR: dict[str, Any] = {"start": 600, "length": 60}
ASTANA = ["astana", "Asia/Almaty"]


def told(*rows: object, programmes: object = (ASTANA,), name: object = "main") -> str:
    """Return a token, whatever it holds."""
    return folded(json.dumps([name, programmes, rows]).encode())


def row(**values: Any) -> list[Any]:
    return list((PLAIN | values).values())


def test_token_made_by_hand_is_read() -> None:
    shared = read_token(told(row(**AN_HOUR)), known_zone, now=NOW)

    start = datetime(2023, 12, 16, 10, tzinfo=ALMATY)
    assert shared == SharedItinerary(
        "main",
        (visit("a2b3c", title={"en": "dialogue"}, event="dialogue", start=start, end=start + timedelta(hours=1)),),
    )


@pytest.mark.parametrize(
    "values",
    [
        {"id": "../x"},
        {"id": "a b"},
        {"id": "A2B3C"},
        {"id": ""},
        {"id": None},
        {"id": 7},
        {"id": "a" * 21},
        {"id": "a-"},
        {"id": "a/b"},
        {"id": "a\n"[0] + "/.."},
        {"event": "../../etc/passwd"},
        {"event": "a" * 1_001},
        {"event": 7},
        {"event": ["dialogue"]},
        {"event": None},
        {"venue": "../x"},
        {"venue": 7},
        {"programme": 1},
        {"programme": -1},
        {"programme": "0"},
        {"programme": 10**30},
        {"days": 10**9},
        {"days": -(10**9)},
        {"days": 10**30},
        {"days": -730119},
        {"days": 2921939},
        {"days": "8750"},
        {"days": []},
        {"days": float("nan")},
        {"days": float("inf")},
        {"showing": 7},
        {"length": 60},
        AN_HOUR | {"start": "10:00"},
        AN_HOUR | {"start": 299},
        AN_HOUR | {"start": -60},
        AN_HOUR | {"start": 29 * 60},
        AN_HOUR | {"start": 600.5},
        AN_HOUR | {"start": 10**30},
        AN_HOUR | {"length": -60},
        AN_HOUR | {"length": 0.5},
        AN_HOUR | {"length": 10**9},
        AN_HOUR | {"length": 10**30},
        AN_HOUR | {"length": "60"},
        AN_HOUR | {"length": True},
        {"flags": 8},
        {"flags": -1},
        {"flags": 10**30},
        {"flags": "1"},
        {"changes": -1},
        {"changes": 2**31},
        {"changes": 10**30},
        {"changes": 1e400},
        {"changes": "7"},
        {"note": 7},
        {"note": {"en": "x"}},
        {"title": "Dinner"},
        {"title": ["Dinner"]},
        {"title": {"en": 7}},
        {"title": {"en": ""}},
        {"title": {"en": " \n"}},
        {"title": {"en": "a" * 1_001}},
        {"note": "a" * 20_001},
        {"place": 7},
        {"place": "a" * 20_001},
    ],
    ids=repr,
)
def test_hostile_visit_is_refused(values: dict[str, Any]) -> None:
    assert refused(told(row(**values))) == NO_TOKEN


@pytest.mark.parametrize(
    "timezone",
    ["../../etc", "/etc/passwd", "Asia/../Asia/Almaty", "asia/almaty/", "", "Asia", "tzdata.zi", "A" * 10_000, None, 6],
    ids=lambda value: repr(value)[:30],
)
def test_zone_that_is_none_is_refused(timezone: object) -> None:
    assert refused(told(row(), programmes=[["astana", timezone]])) == NO_TOKEN


@pytest.mark.parametrize(
    "token",
    [
        "",
        "kzf1:",
        "kzf2:" + TOKEN[5:],
        TOKEN[5:],
        TOKEN * 2,
        TOKEN + "A" * 8,
        "kzf1:" + "A" * 200_000,
        folded(b""),
        folded(b"null"),
        folded(b"7"),
        folded(b"{}"),
        folded(b"[]"),
        folded(b'"abc"'),
        folded(b'["main", [], []'),
        folded(b"\xff\xfe[]"),
        folded(b"[" * 500_000),
        folded(b'["main",' + b"[" * 200_000 + b"]" * 200_000 + b",[]]"),
        folded(b'["main",[["astana","Asia/Almaty"]],[[' + b"9" * 5_000 + b"]]]"),
        folded(b"[" + b" " * 50_000_000 + b'"main",[],[]]'),
        told(None),
        told("a2b3c"),
        told(7),
        told({}),
        told([]),
        told([*row(), "more"]),
        told(row(), programmes=[]),
        told(row(), programmes=None),
        told(row(), programmes=[["astana"]]),
        told(row(), programmes=[["../x", "Asia/Almaty"]]),
        told(row(), programmes=[["astana", "Asia/Almaty", "x"]]),
        told(row(), programmes={"0": ASTANA}),
        told(row(), name=7),
        told(row(), name=None),
    ],
    ids=lambda token: token[:24] or "empty",
)
def test_what_is_no_token_is_refused(token: str) -> None:
    assert refused(token) == NO_TOKEN


def test_texts_lose_what_a_terminal_would_obey_and_half_letters() -> None:
    token = told(row(event=None, title={"en": "a\x1b[2Jb\ud800\n\u202ec"}, note="see\x07 you\nthere\0"))

    (back,) = read_token(token, known_zone, now=NOW).visits

    assert (back.title, back.note) == ({"en": "a[2Jb c"}, "see you\nthere")


def showing_of(key: str, showing: str) -> Visit:
    return visit(key, event="x", showing=Showing(id=showing, start=date(2023, 12, 16)))


def own(key: str, title: str, hour: int) -> Visit:
    start = datetime(2023, 12, 16, hour, tzinfo=ALMATY)
    return visit(key, event=None, programme=None, title={"en": title}, start=start, end=start + timedelta(hours=1))


@pytest.mark.parametrize(
    ("mine", "theirs", "pairs"),
    [
        ([], [], []),
        ([visit("a2b3c")], [], [("a2b3c", None)]),
        ([], [visit("a2b3c")], [(None, "a2b3c")]),
        ([visit("a2b3c")], [visit("a2b3c", start=date(2023, 12, 17))], [("a2b3c", "a2b3c")]),
        ([visit("aaaaa", event="x")], [visit("bbbbb", event="x")], [("aaaaa", "bbbbb")]),
        (
            [visit("aaaaa", event="x")],
            [visit("bbbbb", event="x", start=date(2023, 12, 17))],
            [("aaaaa", None), (None, "bbbbb")],
        ),
        (
            [visit("aaaaa", event="x")],
            [visit("bbbbb", event="x", programme="archive")],
            [("aaaaa", None), (None, "bbbbb")],
        ),
        ([own("aaaaa", "Dinner", 19)], [own("bbbbb", "Dinner", 19)], [("aaaaa", "bbbbb")]),
        ([own("aaaaa", "Dinner", 19)], [own("bbbbb", "Dinner", 20)], [("aaaaa", None), (None, "bbbbb")]),
        ([own("aaaaa", "Dinner", 19)], [own("bbbbb", "Supper", 19)], [("aaaaa", None), (None, "bbbbb")]),
        ([visit("aaaaa", event="x")], [visit("aaaaa", event="y")], [("aaaaa", None), (None, "aaaaa")]),
        (
            [showing_of("aaaaa", "b")],
            [showing_of("bbbbb", "a"), showing_of("ccccc", "b")],
            [("aaaaa", "ccccc"), (None, "bbbbb")],
        ),
        ([showing_of("aaaaa", "b")], [showing_of("bbbbb", "new")], [("aaaaa", "bbbbb")]),
        (
            [visit("aaaaa", event="x"), visit("bbbbb", event="x")],
            [visit("bbbbb", event="x")],
            [("aaaaa", None), ("bbbbb", "bbbbb")],
        ),
        (
            [visit("aaaaa", event="x"), visit("bbbbb", event="x")],
            [visit("ccccc", event="x"), visit("aaaaa", event="x")],
            [("aaaaa", "aaaaa"), ("bbbbb", "ccccc")],
        ),
    ],
)
def test_visits_that_are_the_same_are_paired(
    mine: Sequence[Visit], theirs: Sequence[Visit], pairs: list[tuple[str | None, str | None]]
) -> None:
    found = pair_visits(mine, theirs)

    assert [(our and our.id, their and their.id) for our, their in found] == pairs
