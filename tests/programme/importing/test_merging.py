"""Several files of one programme become one: what they agree on counts once, what they disagree on is a dispute."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.programme.importing.readings import readings

from kzfest.core.errors import KzfestError
from kzfest.programme.database.cache import no_progress
from kzfest.programme.files import AS_THE_FILE_SAYS, ImportOptions
from kzfest.programme.importing.assembly import ImportedProgramme
from kzfest.programme.importing.conversion import ConvertedFile, converted, converted_file
from kzfest.programme.importing.merging import MergedFiles, merged
from kzfest.programme.reading.programme_writer import programme_text
from kzfest.programme.reading.reader import read_programme

HEADINGS = "title,start,end,room,people"
ALMATY = ImportOptions(zone="Asia/Almaty")


def _table(name: str, *rows: str, options: ImportOptions = ALMATY) -> ConvertedFile:
    """Return a table with these *rows* as the file *name*."""
    data = "\n".join([HEADINGS, *rows]).encode()
    return converted_file(data, file=name, options=options, on_progress=no_progress)


def _ours(name: str, events: str, *, head: str = "timezone: Asia/Almaty", more: str = "") -> ConvertedFile:
    """Return a file of our format with these *events*."""
    text = f"format: 1\nprogramme: {{id: p, title: P, {head}, revised: 2026-05-01}}\n{more}\nevents:\n{events}\n"
    return converted_file(text.encode(), file=name, options=AS_THE_FILE_SAYS, on_progress=no_progress)


def _facts(files: MergedFiles, *keys: str) -> list[dict[str, Any]]:
    """Return the values of the events under these *keys*."""
    return [{key: values[key] for key in keys if key in values} for values in files.records.events]


def _read_again(files: MergedFiles) -> list[Any]:
    """Return the events of the programme as they are read from its file, which has no fault."""
    programme, faults = read_programme(programme_text(files.records, remarks=[]).encode(), file="my.yaml")
    assert faults == []
    assert programme is not None
    return list(programme.events)


def test_one_hour_one_room_and_one_title_are_three_disputes() -> None:
    page = _table(
        "page.csv",
        "Gala,2026-05-16 19:00,2026-05-16 21:00,Big Hall",
        "Dance,2026-05-16 10:00,2026-05-16 11:00,Yurt",
        "Rust on the railway,2026-05-16 12:00,2026-05-16 13:00,Big Hall",
    )
    sheet = _table(
        "sheet.csv",
        "Gala,2026-05-16 19:30,2026-05-16 21:30,big hall",
        "Dance,2026-05-16 10:00,2026-05-16 11:00,Salt Lake",
        "Rust in the railway,2026-05-16 12:00,2026-05-16 13:00,Big Hall",
    )
    found = merged([page, sheet])

    disputes = [
        ("Gala", "start", "2026-05-16 19:00", "2026-05-16 19:30"),
        ("Dance", "venue", "Yurt", "Salt Lake"),
        ("Rust on the railway", "title", "Rust on the railway", "Rust in the railway"),
    ]
    assert [each[:3] + each[4:5] for each in found.disagreements] == disputes
    assert {(each.source, each.other_source) for each in found.disagreements} == {("page-csv", "sheet-csv")}
    assert _facts(found, "sources", "disputes") == [
        {
            "sources": ["page-csv", "sheet-csv"],
            "disputes": [{"field": field, "value": {"en": other}, "source": "sheet-csv"}],
        }
        for _title, field, _value, other in disputes
    ]
    assert (found.alone, found.unclear) == ({"page-csv": 0, "sheet-csv": 0}, [])
    assert [event.disputes[0].value["en"] for event in _read_again(found)] == [other for *_, other in disputes]


def test_value_that_only_a_later_file_has_is_added_with_its_source() -> None:
    first = _table("a.csv", "Quiz,2026-05-16 15:00,,Yurt,Aigul", "Tea,2026-05-16 16:00")
    quiz = 'Quiz,2026-05-16 15:00,2026-05-16 16:00,Yurt,"Aigul, Timur"'
    second = _table("b.csv", quiz, "Tea,2026-05-16 16:00,,Hut")
    third = _table("c.csv", "Quiz,2026-05-16 15:00,2026-05-16 16:30,Yurt", "Song,2026-05-17 10:00")
    found = merged([first, second, third])

    assert _facts(found, "title", "end", "venue", "people", "sources") == [
        {
            "title": {"en": "Quiz"},
            "end": "2026-05-16T16:00+05:00",
            "venue": "yurt",
            "people": [{"name": {"en": "Aigul"}}, {"name": {"en": "Timur"}}],
            "sources": ["a-csv", "b-csv", "c-csv"],
        },
        {"title": {"en": "Tea"}, "venue": "hut", "sources": ["a-csv", "b-csv"]},
        {"title": {"en": "Song"}, "sources": ["c-csv"]},
    ]
    assert [tuple(each)[1:] for each in found.disagreements] == [
        ("end", "2026-05-16 16:00", "b-csv", "2026-05-16 16:30", "c-csv"),
    ]
    text = programme_text(found.records, remarks=[])
    assert "    end: 2026-05-16 16:00  # b-csv\n" in text
    assert "    people: [Aigul, Timur]  # a-csv, b-csv\n" in text
    assert found.alone == {"a-csv": 0, "b-csv": 0, "c-csv": 1}
    _read_again(found)


@pytest.mark.parametrize(
    ("rows", "others", "titles", "unclear"),
    [
        # two of one title on either side, at other times
        (["Tea,2026-05-16 10:00", "Tea,2026-05-16 11:00"], ["Tea,2026-05-17 10:00"], 3, [(["Tea"], (2, 1))]),
        # other titles without a word in common at one time in one place
        (["Gala,2026-05-16 10:00,,Yurt"], ["Opening,2026-05-16 10:00,,Yurt"], 2, [(["Gala", "Opening"], (1, 1))]),
        # other people
        (
            ["Rust on the railway,2026-05-16 10:00,,Yurt,Aigul"],
            ["Birds along the railway,2026-05-16 10:00,,Yurt,Timur"],
            2,
            [(["Rust on the railway", "Birds along the railway"], (1, 1))],
        ),
        # two languages
        (["Gala,2026-05-16 10:00,,Yurt"], ["Большой концерт,2026-05-16 10:00,,Yurt"], 1, []),
    ],
)
def test_events_that_are_not_clearly_the_same_stay_apart(
    rows: list[str], others: list[str], titles: int, unclear: list[Any]
) -> None:
    found = merged([_table("a.csv", *rows), _table("b.csv", *others)])

    assert len(found.records.events) == titles
    assert [(list(each.titles), each.events) for each in found.unclear] == unclear
    assert found.disagreements == []
    assert len(_read_again(found)) == titles


def test_times_in_two_zones_are_compared_as_moments() -> None:
    calendar = (
        "BEGIN:VCALENDAR\nX-WR-TIMEZONE:Europe/Berlin\nBEGIN:VEVENT\nUID:1\nSUMMARY:Gala\n"
        "DTSTART;TZID=Europe/Berlin:20260516T160000\nDTEND;TZID=Europe/Berlin:20260516T180000\n"
        "END:VEVENT\nEND:VCALENDAR\n"
    )
    feed = converted_file(calendar.encode(), file="feed.ics", options=AS_THE_FILE_SAYS, on_progress=no_progress)
    found = merged([_table("a.csv", "Gala,2026-05-16 19:00"), feed])

    assert found.disagreements == []
    assert found.records.head.timezone == "Asia/Almaty"
    assert [str(event.showings[0].end) for event in _read_again(found)] == ["2026-05-16 21:00:00+05:00"]


def test_repeating_event_in_another_zone_is_refused() -> None:
    weekly = "  - {id: dance, title: Dance, category: dance, start: 2026-05-16 10:00, repeats: FREQ=WEEKLY}"
    head = "timezone: Europe/Berlin, first: 2026-05-01, last: 2026-06-01"
    with pytest.raises(KzfestError) as refused:
        merged([_table("a.csv", "Gala,2026-05-16 19:00"), _ours("b.yaml", weekly, head=head)])
    assert str(refused.value) == (
        "b.yaml has the time zone Europe/Berlin and events that repeat; give both files the same with --zone"
    )


def test_our_own_files_keep_their_sources_and_ids_apart() -> None:
    more = "sources: {poster: {title: The poster %s}}\nvenues: [{id: hall, name: %s, sources: [poster]}]"
    event = "  - {id: gala, title: %s, category: show, venue: hall, start: 2026-05-%s, sources: [poster]}"
    first = _ours("a.yaml", event % ("Gala", 16), more=more % ("A", "City Hall"))
    other = "  - {id: gala-2, title: Closing, category: show, parent: gala, start: 2026-05-18}"
    second = _ours("b.yaml", f"{event % ('Opening', 17)}\n{other}", more=more % ("B", "Old Hall"))
    found = merged([first, second])

    assert [*found.records.sources] == ["poster", "a-yaml", "poster-2", "b-yaml"]
    assert _facts(found, "id", "venue", "parent", "sources") == [
        {"id": "gala", "venue": "hall", "sources": ["poster", "a-yaml"]},
        {"id": "gala-3", "venue": "hall-2", "sources": ["poster-2", "b-yaml"]},
        {"id": "gala-2", "parent": "gala-3", "sources": ["b-yaml"]},
    ]
    _read_again(found)


def test_rooms_are_matched_by_name() -> None:
    more = "venues: [{id: %s, name: Palace, rooms: {%s: {name: %s}, b: {name: %s}}}]"
    event = "  - {id: gala, title: Gala, category: show, venue: %s, room: %s, start: 2026-05-16 19:00}"
    first = _ours("a.yaml", event % ("hall", "a"), more=more % ("hall", "a", "Red Hall", "Blue Hall"))
    same = _ours("b.yaml", event % ("palace", "r"), more=more % ("palace", "r", "red hall", "Yurt"))
    other = _ours("c.yaml", event % ("palace", "b"), more=more % ("palace", "r", "red hall", "Yurt"))
    found = merged([first, same, other])

    (venue,) = found.records.venues
    assert {key: room["name"]["en"] for key, room in venue["rooms"].items()} == {
        "a": "Red Hall",
        "b": "Blue Hall",
        "b-2": "Yurt",
    }
    assert [(each.field, each.value, each.other) for each in found.disagreements] == [("room", "Red Hall", "Yurt")]
    assert [event.room for event in _read_again(found)] == ["a"]


def test_end_of_a_showing_in_another_zone_is_that_moment() -> None:
    first = _ours("a.yaml", "  - {id: gala, title: Gala, category: show, start: 2026-05-16 19:00}")
    abroad = "[{start: 2026-05-16 16:00, end: 2026-05-16 18:00, zone: Europe/Berlin}]"
    second = _ours("b.yaml", f"  - {{id: gala, title: Gala, category: show, showings: {abroad}}}")
    found = merged([first, second])

    assert found.disagreements == []
    assert [str(event.showings[0].end) for event in _read_again(found)] == ["2026-05-16 21:00:00+05:00"]


def test_dates_that_only_one_file_has_become_showings() -> None:
    once = "  - {id: gala, title: Gala, category: show, start: 2026-05-16 19:00}"
    both = "[{start: 2026-05-16 19:00}, {start: 2026-05-17 19:00}]"
    twice = f"  - {{id: gala, title: Gala, category: show, showings: {both}}}"
    open_ = "  - {id: gala, title: Gala, category: show, when: unannounced}"
    found = merged([_ours("a.yaml", open_), _ours("b.yaml", once), _ours("c.yaml", twice)])

    (event,) = _read_again(found)
    assert [(each.id, str(each.start)) for each in event.showings] == [
        ("20260516-1900", "2026-05-16 19:00:00+05:00"),
        ("20260517-1900", "2026-05-17 19:00:00+05:00"),
    ]
    assert (event.disputes, found.disagreements) == ((), [])


@pytest.mark.parametrize(
    ("own", "its", "starts", "disputed"),
    [
        (["16 19:00", "17 19:00"], ["16 19:00", "17 20:00"], ["16 19:00", "17 19:00"], ["start 17 20:00"]),
        (["16 19:00"], ["18 19:00"], ["16 19:00"], ["start 18 19:00"]),
        (["16 19:00", "17 19:00"], ["17 19:00", "18 19:00"], ["16 19:00", "17 19:00", "18 19:00"], []),
        (["16 19:00"], ["16 10:00", "16 12:00"], ["16 19:00"], ["start 16 10:00", "start 16 12:00"]),
        (["16 19:00"], ["16 19:00", "16 12:00"], ["16 19:00", "16 12:00"], []),
    ],
)
def test_showings_are_compared_day_by_day(
    own: list[str], its: list[str], starts: list[str], disputed: list[str]
) -> None:
    event = "  - {id: gala, title: Gala, category: show, showings: [%s]}"
    files = [
        _ours(f"{name}.yaml", event % ", ".join(f"{{start: 2026-05-{start}}}" for start in given))
        for name, given in (("a", own), ("b", its))
    ]
    (merged_event,) = _read_again(merged(files))

    assert [f"{each.start:%d %H:%M}" for each in merged_event.showings] == starts
    assert [f"{each.field} {each.value['en'].removeprefix('2026-05-')}" for each in merged_event.disputes] == disputed


@given(readings())
def test_two_copies_of_a_file_are_one_programme(reading: Any) -> None:
    found = merged([_hostile(reading, "a.ics"), _hostile(reading, "b.ics")])
    alone = _hostile(reading, "a.ics")

    assert found.disagreements == []
    assert [event.showings for event in _read_again(found)[: len(alone.records.events)]] == [
        event.showings for event in _read_again(merged([alone]))
    ]


@given(st.lists(readings(), min_size=2, max_size=3))
def test_any_files_become_a_programme_without_a_fault(found: list[Any]) -> None:
    files = [_hostile(reading, f"{number}.ics") for number, reading in enumerate(found)]
    result = merged(files)

    assert len(_read_again(result)) <= sum(len(file.records.events) for file in files)
    assert sum(result.alone.values()) <= len(result.records.events)


def _hostile(reading: Any, name: str) -> ConvertedFile:
    programme = ImportedProgramme(reading, file=name, options=AS_THE_FILE_SAYS, on_progress=no_progress)
    return converted(programme, file=name)


@pytest.mark.parametrize(
    ("own", "other", "kept", "disputed"),
    [
        ("price: free", "price: {from: 500, currency: KZT}", {"free": "true"}, ["price free 500 KZT"]),
        ("price: {from: 500, currency: KZT}", "price: {from: 500, to: 900, currency: KZT}", {"from": "500"},
         ["price 500 KZT 500–900 KZT"]),
        ("price: about 500", "price: {from: 500, currency: KZT}", {"from": "500"}, []),
        ("price: about 500", "price: About  500", {}, []),
        ("price: about 500", "price: about 900", {}, ["price about 500 about 900"]),
        ("age: 6", "age: 12", {}, ["age 6 12"]),
        ("age: 6", "status: cancelled", {}, ["status scheduled cancelled"]),
        ("status: cancelled", "status: cancelled", {}, []),
        ("sold_out: true", "sold_out: false", {}, ["sold_out true false"]),
        ("organiser: Akimat", "organiser: The theatre", {}, ["organiser Akimat The theatre"]),
        ("organiser: Akimat", "organiser: {ru: Акимат}", {}, []),
        ("place: the park", "place: The  park", {}, []),
        ("place: the park", "place: the square", {}, ["place the park the square"]),
        ("city: Astana", "city: Astana", {}, []),
        ("category: show", "category: concert", {}, []),
        ("summary: Long.", "summary: Longer.", {}, []),
    ],
)  # fmt: skip
def test_each_field_is_compared(own: str, other: str, kept: dict[str, str], disputed: list[str]) -> None:
    event = "  - {id: gala, title: Gala, start: 2026-05-16 19:00, %s%s}"
    files = [
        _ours(f"{name}.yaml", event % (told, "" if "category" in told else ", category: show"))
        for name, told in (("a", own), ("b", other))
    ]
    found = merged(files)

    assert [f"{each.field} {each.value} {each.other}" for each in found.disagreements] == disputed
    (values,) = found.records.events
    assert {key: values["price"][key] for key in kept} == kept
    _read_again(found)
