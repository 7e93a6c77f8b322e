"""Whatever an organiser changes about an event, one thing at a time, it keeps its id; plans depend on that."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kzfest.programme.files import AS_THE_FILE_SAYS
from kzfest.programme.keeping import Keeper
from kzfest.programme.library import Library

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

FIRST = datetime(2025, 2, 1, 9, tzinfo=UTC)
NOW = datetime(2025, 1, 1, tzinfo=UTC)
WORDS = ("Opening", "Ballet", "Jazz", "Rust", "Dombra", "Cinema", "Yurt", "Chess", "Poetry", "Skating", "Robots", "Tea")


@dataclass(frozen=True)
class Talk:
    """An event as its organiser knows it; *number* is what never changes about it, and stands in no file."""

    number: int
    title: str
    start: datetime
    room: str
    key: str


def guid(version: int, number: int) -> str:
    """Return a key that is the same in all formats."""
    return f"00000000-0000-4000-8000-{version:06x}{number:06x}"


def as_xml(talks: Sequence[Talk]) -> str:
    """Return the schedule of a conference."""
    rooms = "".join(
        f'<room name="{each.room}"><event guid="{each.key}" id="{each.number}"><date>{each.start.isoformat()}</date>'
        f"<start>{each.start:%H:%M}</start><duration>00:30</duration><title>{each.title}</title></event></room>"
        for each in talks
    )
    return (
        "<schedule><conference><title>Fair</title><acronym>fair</acronym><time_zone_name>UTC</time_zone_name>"
        f'</conference><day date="2025-02-01">{rooms}</day></schedule>'
    )


def as_ics(talks: Sequence[Talk]) -> str:
    """Return a calendar."""
    entries = "".join(
        f"BEGIN:VEVENT\nUID:{each.key}@fair\nSUMMARY:{each.title}\nLOCATION:{each.room}\nDTSTART:{each.start:%Y%m%dT%H%M%SZ}\n"
        f"DTEND:{each.start + timedelta(minutes=30):%Y%m%dT%H%M%SZ}\nEND:VEVENT\n"
        for each in talks
    )
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{entries}END:VCALENDAR\n"


def as_json(talks: Sequence[Talk]) -> str:
    """Return schema.org."""
    return json.dumps(
        [
            {
                "@context": "https://schema.org",
                "@type": "Event",
                "@id": each.key,
                "name": each.title,
                "startDate": each.start.isoformat(),
                "endDate": (each.start + timedelta(minutes=30)).isoformat(),
                "location": {"@type": "Place", "name": each.room},
            }
            for each in talks
        ]
    )


FORMATS = (as_xml, as_ics, as_json)
PROGRAMMES = st.lists(st.sampled_from(WORDS), unique=True, min_size=4, max_size=12).map(
    lambda titles: [
        Talk(number, title, FIRST + timedelta(hours=number), f"Room {number % 3 + 1}", guid(0, number))
        for number, title in enumerate(titles)
    ]
)
CHANGES: dict[str, Callable[[Talk], Talk]] = {
    "nothing": lambda talk: talk,
    "title": lambda talk: replace(talk, title=f"{talk.title} and more {talk.title[::-1]}"),
    "time": lambda talk: replace(talk, start=talk.start + timedelta(days=1, minutes=10)),
    "room": lambda talk: replace(talk, room="Great hall"),
}


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_event_keeps_its_id(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    talks = data.draw(PROGRAMMES)
    with pytest.MonkeyPatch.context() as patch:
        folder: Path = tmp_path_factory.mktemp("kept")
        patch.setenv("KZFEST_HOME", str(folder))
        library = Library()
        keeper = Keeper(library.kept, read_copy=library.read_copy, clock=lambda _catalogue: NOW)
        file = folder / "programme"
        file.write_text(data.draw(st.sampled_from(FORMATS))(talks), encoding="utf-8")
        keeper.add(file, name="fair", options=AS_THE_FILE_SAYS)
        before = ids_of(talks)

        for version in (1, 2):
            new_keys = data.draw(st.booleans())
            kinds = data.draw(st.lists(st.sampled_from([*CHANGES]), min_size=len(talks), max_size=len(talks)))
            talks = [
                replace(CHANGES[kind if kind != "title" or not new_keys else "nothing"](talk), key=key)
                for talk, kind in zip(talks, kinds, strict=True)
                for key in [guid(version, talk.number) if new_keys else talk.key]
            ]
            talks = data.draw(st.permutations(talks))
            file.write_text(data.draw(st.sampled_from(FORMATS))(talks), encoding="utf-8")
            keeper.update("fair", None, options=AS_THE_FILE_SAYS)

            assert ids_of(talks) == before


def ids_of(talks: Sequence[Talk]) -> dict[int, str]:
    """Return the id that kzfest now has for each of *talks*, found by its title and time."""
    library = Library()
    events = library.open(library.file_of("fair")).known_events()
    ids = {(each.title["en"], each.showings[0].start): each.id for each in events}
    return {talk.number: ids[talk.title, talk.start] for talk in talks}
