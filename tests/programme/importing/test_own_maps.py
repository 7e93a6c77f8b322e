"""Maps of users: what a path finds, what the keys of a map do, and the faults of a map with their places."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.programme.importing.test_frab import events_of, hours_of, report_of

from kzfest.core.errors import FaultyProgrammeError, UnknownFormatError
from kzfest.core.model import Detail, Person, Price
from kzfest.programme.importing.json_maps import KEYS

if TYPE_CHECKING:
    from kzfest.core.errors import Problem
    from kzfest.core.model import Event

HEAD = "map: Bakery\nentries: /shows[]\ntitle: name\nfestival: {zone: =Asia/Almaty}\n"
DAY = {"name": "Rye", "at": "2026-05-02T10:00"}


def read(shows: Any, *lines: str, **others: Any) -> list[Event]:
    """Return the events of *shows*, which a map with these further *lines* describes."""
    return events_of(json.dumps({"shows": shows} | others), **described(*lines))


def one(show: Any, *lines: str, **others: Any) -> Event:
    (event,) = read([DAY | show], *lines, **others)
    return event


def described(*lines: str) -> Any:
    return {"map_file": "bakery.yaml", "map_text": HEAD + "".join(f"{line}\n" for line in lines)}


def faults_of(map_text: str, value: Any = None) -> list[Problem]:
    """Return the faults of a map."""
    with pytest.raises(FaultyProgrammeError) as faulty:
        events_of(json.dumps(value or {"shows": [DAY]}), map_file="bakery.yaml", map_text=map_text)
    return list(faulty.value.problems)


@pytest.mark.parametrize(
    ("path", "show", "found"),
    [
        ("a.b", {"a": {"b": "x"}}, ("x",)),
        ("a[]", {"a": ["x", "y"]}, ("x", "y")),
        ("a", {"a": ["x", "y"]}, ("x", "y")),
        ("a[].b", {"a": [{"b": "x"}, 7, {"b": None}, {"b": 1.5}]}, ("x", "1.5")),
        ("a.*", {"a": {"k": "x", "l": "y"}}, ("x", "y")),
        ("a.*", {"a": ["x"]}, ()),
        ("a[]", {"a": {"k": "x"}}, ()),
        ('"a.b".c', {"a.b": {"c": "x"}}, ("x",)),
        ("a b", {"a b": "x"}, ("x",)),
        ("a[T:*]", {"a": ["T:x", "U:y", "T: z"]}, ("x", "z")),
        ("a[*:*]", {"a": ["T:x:1", "y"]}, ("x:1",)),
        ("a[!T:*]", {"a": ["T:x", "U:y"]}, ("U:y",)),
        ("a[* (*)]", {"a": "x (y)"}, ("y",)),
        ("/top[]", {}, ("t", "u")),
        ("/list[id=a].n", {"a": 2}, ("two",)),
        ("/list[id=a[]].n", {"a": ["2", 1, 9]}, ("two", "one")),
        ("/mapping[=a].n", {"a": "k"}, ("kay",)),
        ("/mapping[n==ell].n", {}, ("ell",)),
        ("/list[id=/two].n", {}, ("two",)),
        ("a[is==true].n", {"a": [{"is": False, "n": "x"}, {"is": True, "n": "y"}]}, ("y",)),
        ("=x", {}, ("x",)),
    ],
)
def test_a_path_finds(path: str, show: Any, found: tuple[str, ...]) -> None:
    others = {
        "top": ["t", "u"],
        "two": 2,
        "list": [{"id": 1, "n": "one"}, {"id": 2, "n": "two"}, {"id": 2, "n": "again"}],
        "mapping": {"k": {"n": "kay"}, "l": {"n": "ell"}},
    }
    assert one(show, f"tags: {json.dumps(path)}", **others).tags == found


def test_a_path_that_begins_like_that_of_the_entries_means_the_object_around_the_entry() -> None:
    halls = {"2026-05-02": [{"hall": "Oven", "shows": [DAY]}, {"hall": "Mill", "shows": [DAY | {"name": "Oat"}]}]}
    text = (
        "map: B\nentries: /days.<day>[].shows[]\ntitle: name\nroom: /days.<day>[].hall\n"
        "date: <day>\nstart: hour\nfestival: {zone: =Asia/Almaty}\n"
    )
    events = events_of(json.dumps({"days": halls}), map_file="b.yaml", map_text=text)
    assert [(event.title["en"], event.venue, hours_of(event)) for event in events] == [
        ("Rye", "oven", [("2026-05-02", "2026-05-02")]),
        ("Oat", "mill", [("2026-05-02", "2026-05-02")]),
    ]


def test_each_item_of_the_list_in_the_path_of_the_start_is_a_showing() -> None:
    dates = [{"at": "2026-05-02T10:00", "to": "2026-05-02T11:00"}, {"at": "2026-05-03T10:00", "hall": "Mill"}]
    event = one({"dates": dates, "id": 7}, "id: id", "start: dates[].at", "end: dates[].to", "room: dates[].hall")
    assert hours_of(event) == [
        ("2026-05-02T10:00:00+05:00", "2026-05-02T11:00:00+05:00"),
        ("2026-05-03T10:00:00+05:00", None),
    ]
    assert [each.venue for each in event.showings] == [None, "mill"]


@pytest.mark.parametrize(
    ("times", "lines", "hours"),
    [
        ({"a": 1777698000, "b": 1777701600000}, (), ("2026-05-02T10:00:00+05:00", "2026-05-02T11:00:00+05:00")),
        ({"a": 20260502, "b": "20260503"}, (), ("2026-05-02", "2026-05-03")),
        ({"a": "2026-05-02", "b": "2026-05-04"}, ("last_day: excluded",), ("2026-05-02", "2026-05-03")),
        (
            {"a": "10:00", "b": "11:00", "d": "2026-05-02"},
            (),
            ("2026-05-02T10:00:00+05:00", "2026-05-02T11:00:00+05:00"),
        ),
        (
            {"a": "23:00", "b": "1:00", "d": "2026-05-02"},
            (),
            ("2026-05-02T23:00:00+05:00", "2026-05-03T01:00:00+05:00"),
        ),
        ({"a": "2026-05-02T10:00", "m": 90}, (), ("2026-05-02T10:00:00+05:00", "2026-05-02T11:30:00+05:00")),
        (
            {"a": "2026-05-02T00:00", "b": "2026-05-04T00:00"},
            ("midnight: whole-day",),
            ("2026-05-02", "2026-05-03"),
        ),
        ({"a": "2026-05-02T10:00Z", "z": "Asia/Tokyo"}, ("zone: z",), ("2026-05-02T19:00:00+09:00", None)),
        ({"a": "2026-05-02T10:00", "z": "Asia/Tokyo"}, ("zone: z",), ("2026-05-02T10:00:00+09:00", None)),
        ({"a": 10**25}, (), None),
        ({"a": 1777698000.5}, (), ("2026-05-02T10:00:00+05:00", None)),
        ({"a": float("1e300")}, (), None),
        ({"a": True, "d": "soon"}, (), None),
    ],
)
def test_a_time_is_told_by_what_it_is(times: Any, lines: tuple[str, ...], hours: Any) -> None:
    event = one(times, "start: a", "end: b", "date: d", "duration: m", *lines)
    assert hours_of(event) == ([hours] if hours else [])


def test_fields_of_an_entry() -> None:
    event = one(
        {
            "titles": {"en": "Rye", "kk": "Қара нан", "ru": None},
            "where": "Mill, Abay Street 7",
            "who": [{"n": "Ada B.", "as": "baker", "web": "https://ada.example/"}],
            "state": "off",
            "price": "400–700 ₸",
            "min": 400,
            "old": "16+",
            "gone": False,
            "more": [{"t": "Recipe", "u": "https://bread.example/recipe"}],
            "also": ["Oven", "Mill"],
        },
        "people: {each: 'who[]', name: n, role: as, url: web}",
        "place: where",
        "words: {status: {off: cancelled}}",
        "status: state",
        "price: price",
        "lowest: min",
        "currency: =KZT",
        "age: old",
        "sold_out: gone",
        "links: {each: 'more[]', label: t, url: u}",
        "details: {Shown in: also}",
        "summary:",
        "  - {en: titles.en, kk: titles.kk}",
        "  - price",
    )
    assert event.people == (Person({"en": "Ada B."}, {"en": "baker"}, "https://ada.example/"),)
    assert (event.venue, event.status, event.age, event.sold_out) == ("mill", "cancelled", 16, False)
    assert event.price == Price(text={"en": "400–700 ₸"}, lowest=400, currency="KZT")
    assert event.details == (
        Detail({"en": "Shown in"}, {"en": "Oven, Mill"}),
        Detail({"en": "Recipe"}, {"en": "https://bread.example/recipe"}),
    )
    assert event.summary == {"en": "Rye\n\n400–700 ₸", "kk": "Қара нан"}


def test_only_entries_with_the_words_that_the_map_wants() -> None:
    shows = [DAY | {"name": name, "state": name} for name in ("public", "draft", "draft")] + [DAY | {"name": "unsaid"}]
    options = described("start: at", "only: {state: [public]}")
    assert [event.title["en"] for event in read(shows, "start: at", "only: {state: [public]}")] == ["public", "unsaid"]
    assert list(report_of(json.dumps({"shows": shows}), **options).remarks) == ["left out 2 entries that are 'draft'"]


def test_what_is_not_read_is_told() -> None:
    value = {"shows": [DAY | {"at": "TBA"}, DAY | {"rooms": [{"name": "Oven"}]}], "sponsors": ["x"], "more": "page 2"}
    options = described("start: at", "next_page: /more", "room: room[].name", "kind: sort")
    assert list(report_of(json.dumps(value), **options).remarks) == [
        "the file is one page of several, and kzfest reads only this one",
        "1 time cannot be read: TBA",
        "kzfest does not read sponsors of the file",
        "bakery.yaml:7:7: 'room[].name' finds nothing in the file",
        "bakery.yaml:8:7: 'sort' finds nothing in the file",
    ]


def test_a_path_that_finds_nothing_is_told_with_the_key_that_is_meant() -> None:
    value = {"shows": [DAY | {"room": {"title": "Oven"}}]}
    report = report_of(json.dumps(value), **described("start: at", "room:", "  - hall", "  - room.titel"))
    assert list(report.remarks) == [
        "bakery.yaml:8:5: 'room.titel' finds nothing in the file; did you mean 'title'?",
    ]


def test_entries_that_are_not_there_are_a_fault() -> None:
    (problem,) = faults_of("map: B\ntitle: t\nentries: /show[]\n")
    assert str(problem) == "bakery.yaml:3:10: '/show[]' finds nothing in the file; did you mean 'shows'?"


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("rom: hall", "5:1: unknown key 'rom'; did you mean 'room'?"),
        ("room: hall[", "5:11: '[' is not a path; a path is such as title, speakers[].name, /rooms[id=roomId].name"),
        ("room: a[id=]", "5:9: 'id=]' is not a path; a path is such as title, speakers[].name, /rooms[id=roomId].name"),
        ("room: 'a..b'", "5:10: '.b' is not a path; a path is such as title, speakers[].name, /rooms[id=roomId].name"),
        ("room: []", "5:1: room: expected a path, found a list"),
        ("room:", "5:1: room: expected a path, found nothing"),
        ("start: {each: a}", "5:1: start: expected a path, found a mapping"),
        ("midnight: whole-days", "5:11: 'whole-days' is not one of moment, whole-day"),
        ("people: {name: n}", "5:1: the key 'each' is missing"),
        ("words: {titel: {a: b}}", "5:9: unknown key 'titel'; did you mean 'title'?"),
        ("only: draft", "5:1: only: expected a mapping, found text"),
        ("date: <dya>", "5:7: no path has the name <dya> in place of a key"),
        ("title: other", "5:1: duplicate key 'title'; keep one"),
    ],
)  # fmt: skip
def test_a_fault_of_a_map_has_its_place(line: str, fault: str) -> None:
    assert [str(each) for each in faults_of(f"{HEAD}{line}\n")] == [f"bakery.yaml:{fault}"]


def test_a_misspelt_key_has_its_remedy() -> None:
    (problem,) = faults_of(f"{HEAD}rom: hall\n")
    assert (problem.text, problem.remedy) == ("rom: hall", "room: hall")


def test_faults_of_a_whole_map() -> None:
    assert [str(each) for each in faults_of("")] == [
        "bakery.yaml:1:1: the file is empty; begin it with 'map: NAME'",
    ]
    assert [str(each) for each in faults_of("map: B\nentries: '/shows[id=a]'\n")] == [
        "bakery.yaml:1:1: the key 'title' is missing",
        "bakery.yaml:2:11: a path of entries has only keys, lists and names of keys",
    ]


def test_a_map_is_for_json_and_no_programme_itself() -> None:
    with pytest.raises(UnknownFormatError) as refused:
        events_of("BEGIN:VCALENDAR\n", map_file="bakery.yaml", map_text=HEAD)
    assert refused.value.message == "the file is not JSON, so no map can describe it; leave out --map"
    with pytest.raises(UnknownFormatError) as refused:
        events_of(f"# ours\n{HEAD}")
    assert refused.value.message == (
        "a map for JSON; check it with the file that it describes: kzfest check --map MAP FILE"
    )


def test_the_manual_has_every_key_of_a_map() -> None:
    manual = (Path(__file__).parents[3] / "docs" / "other-formats.md").read_text("utf-8")
    rows = re.findall(r"^\| (`.*?) \|", manual.partition("### Keys of a map")[2], re.MULTILINE)
    named = {key.partition(":")[0] for row in rows for key in re.findall(r"`([^`]+)`", row)}
    assert named == set(KEYS)


def test_days_as_people_write_them() -> None:
    shows = [
        {"name": name, "at": at} for name, at in (("A", "5/3/2026 10:30 PM"), ("B", "5/4/2026"), ("C", "3 May 2026"))
    ]
    lines = ("start: at", "end: to")
    assert [hours_of(event) for event in read(shows, *lines)] == [
        [("2026-05-03T22:30:00+05:00", None)],
        [("2026-05-04", "2026-05-04")],
        [("2026-05-03", "2026-05-03")],
    ]
    assert report_of(json.dumps({"shows": shows}), **described("start: at")).remarks[0] == (
        "'5/3/2026 10:30 PM' is read as 2026-05-03, because the days then follow each other;"
        " if not, give --dates day-first"
    )


def test_order_of_day_and_month_that_only_the_user_knows() -> None:
    shows = {"shows": [DAY | {"at": "5/3/2026"}]}
    day_first, month_first = (
        hours_of(event)
        for order in (False, True)
        for event in events_of(json.dumps(shows), month_first=order, **described("start: at"))
    )
    assert (day_first, month_first) == ([("2026-03-05", "2026-03-05")], [("2026-05-03", "2026-05-03")])
    with pytest.raises(UnknownFormatError) as refused:
        events_of(json.dumps(shows), **described("start: at"))
    assert refused.value.message == (
        "'5/3/2026' can be two days; say which with --dates day-first or --dates month-first"
    )
