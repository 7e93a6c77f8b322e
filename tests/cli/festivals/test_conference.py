"""A conference of 300 talks in 20 rooms, made by a generator that also says what each command must answer."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import pytest
import yaml
from icalendar import Calendar

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run: TypeAlias = "Callable[..., tuple[int, str, str]]"

ROOMS = [f"room-{number}" for number in range(1, 21)]
TRACKS = ["Art", "Cities", "Data", "Language", "Water"]
SPOKEN = ["en", "kk", "ru"]
SLOTS = [datetime(2026, 5, 15, hour) for hour in range(9, 17)] + [datetime(2026, 5, 16, hour) for hour in range(9, 16)]  # noqa: DTZ001 - the file has local times
LENGTH = timedelta(minutes=50)


class Talk(NamedTuple):
    """A talk, as the organiser planned it."""

    number: int
    start: datetime
    room: str
    track: str
    spoken: str
    speaker: int

    @property
    def id(self) -> str:
        return f"talk-{self.number}"


TALKS = [
    Talk(
        number=len(ROOMS) * slot + place + 1,
        start=start,
        room=room,
        track=TRACKS[place // 4],
        spoken=SPOKEN[(slot + place) % 3],
        speaker=(len(ROOMS) * slot + place) % 120,
    )
    for slot, start in enumerate(SLOTS)
    for place, room in enumerate(ROOMS)
]
FIRST_DAY = [talk for talk in TALKS if talk.start.day == 15]


def programme() -> dict[str, Any]:
    """Return the programme as its file has it."""
    venue = {
        "id": "campus",
        "name": "Campus",
        "city": "Astana",
        "location": {"latitude": 51.0905, "longitude": 71.3985, "accuracy": "building"},
        "rooms": {room: {"name": f"Hall {number}", "capacity": 50 * number} for number, room in enumerate(ROOMS, 1)},
    }
    talks = [
        {
            "id": talk.id,
            "title": f"Talk {talk.number}",
            "category": "talk",
            "venue": "campus",
            "room": talk.room,
            "start": f"{talk.start:%Y-%m-%d %H:%M}",
            "end": f"{talk.start + LENGTH:%Y-%m-%d %H:%M}",
            "tracks": [talk.track],
            "languages": [talk.spoken],
            "people": [{"name": f"Speaker {talk.speaker:03}", "role": "speaker"}],
            "parent": "conference",
        }
        for talk in TALKS
    ]
    whole = {
        "id": "conference",
        "title": "Open Knowledge Conference",
        "category": "conference",
        "venue": "campus",
        "start": "2026-05-15",
        "end": "2026-05-16",
    }
    return {
        "format": 1,
        "programme": {
            "id": "okc",
            "title": "Open Knowledge",
            "timezone": "Asia/Almaty",
            "revised": "2026-05-01",
            "first": "2026-05-15",
            "last": "2026-05-16",
        },
        "venues": [venue],
        "events": [whole, *talks],
    }


@pytest.fixture(name="file", scope="module")
def _file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("conference") / "okc.yaml"
    file.write_text(yaml.safe_dump(programme(), sort_keys=False), encoding="utf-8")
    return file


@pytest.fixture(name="ask")
def _ask(kzfest: Run, file: Path) -> Run:
    """Return a function that asks the conference, a week before it begins."""
    before = {"KZFEST_DATA": str(file), "KZFEST_NOW": "2026-05-08T12:00"}
    return lambda *args, **environment: kzfest(*args, **(before | environment))


def talks_in(document: Any) -> set[str]:
    return {each["id"] for each in document["events"]} - {"conference"}


def test_file_has_no_fault(ask: Run, file: Path) -> None:
    assert ask("check", str(file)) == (0, "", "no fault in 1 file\n")


@pytest.mark.parametrize(
    ("args", "wanted"),
    [
        ([], lambda talk: talk in TALKS),
        (["15 may"], lambda talk: talk.start.day == 15),
        (["16 may", "--track", "Data"], lambda talk: talk.start.day == 16 and talk.track == "Data"),
        (["--track", "water", "--track", "art"], lambda talk: talk.track in {"Water", "Art"}),
        (["--language", "kk"], lambda talk: talk.spoken == "kk"),
        (["15 may", "--after", "13:00", "--before", "15:00"], lambda talk: talk.start in {SLOTS[4], SLOTS[5]}),
        (["--search", "speaker 017"], lambda talk: talk.speaker == 17),
        (["--search", "hall 20"], lambda talk: talk.room == "room-20"),
        (["now", "--now", "2026-05-15T10:20"], lambda talk: talk.start == datetime(2026, 5, 15, 10)),  # noqa: DTZ001
        (["--venue", "campus", "--starting", "--from", "16 may"], lambda talk: talk.start.day == 16),
    ],
)  # fmt: skip
def test_list_has_the_talks_asked(answer: Callable[..., Any], args: list[str], wanted: Callable[[Talk], bool]) -> None:
    assert talks_in(answer("list", *args)) == {talk.id for talk in TALKS if wanted(talk)}


def test_list_of_a_day_is_in_order(answer: Callable[..., Any]) -> None:
    listed = [each for each in answer("list", "15 may", "--starting")["events"] if each["id"] != "conference"]

    starts = [each["start"] for each in listed]
    assert (len(listed), starts) == (160, sorted(starts))


def test_tracks_have_their_numbers(answer: Callable[..., Any]) -> None:
    assert {each["word"]: each["events"] for each in answer("tracks")["tracks"]} == dict.fromkeys(TRACKS, 60)


def test_venue_has_all_rooms(answer: Callable[..., Any]) -> None:
    document = answer("venue", "campus")

    rooms = [(each["id"], each["name"], each["capacity"]) for each in document["venue"]["rooms"]]
    assert rooms == [(room, f"Hall {number}", 50 * number) for number, room in enumerate(ROOMS, 1)]
    assert len(document["events"]) == 301


def test_person_has_all_talks(answer: Callable[..., Any]) -> None:
    results = answer("search", "speaker 017")["results"]

    found = {event["id"] for each in results if each["kind"] == "person" for event in each["events"]}
    assert found == {talk.id for talk in TALKS if talk.speaker == 17}


def test_calendar_names_the_rooms(ask: Run) -> None:
    _code, text, _notes = ask("export", "-f", "ics", "--category", "talk")

    places = {str(each["summary"]): str(each["location"]) for each in Calendar.from_ical(text).walk("VEVENT")}
    halls = {room: f"Hall {number}, Campus, Astana" for number, room in enumerate(ROOMS, 1)}
    assert places == {f"Talk {talk.number}": halls[talk.room] for talk in TALKS}


def test_rooms_of_one_venue_need_no_way(plan: Run) -> None:
    first, next_door, at_once = TALKS[0], TALKS[len(ROOMS) + 19], TALKS[1]

    plan("add", first.id, next_door.id)
    fine = plan("check")[0]
    plan("add", at_once.id)
    clashing, told, _notes = plan("check", "--json")

    clashes = [clash["verdict"] for visit in json.loads(told)["visits"] for clash in visit["clashes"]]
    assert (fine, clashing, set(clashes)) == (0, 5, {"overlap"})


def test_suggestion_has_no_clash(plan: Run) -> None:
    suggested = json.loads(plan("suggest", "15 may", "--category", "talk", "--per-day", "8", "--json")[1])["visits"]

    talks = {talk.id: talk for talk in TALKS}
    assert sorted(talks[each["event"]].start for each in suggested) == SLOTS[:8]
