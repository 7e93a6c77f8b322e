"""An export that khal imports a second time: nothing twice, the new time, and what is gone is gone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from icalendar import Calendar

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run: TypeAlias = "Callable[..., Any]"

NIGHT = "visit.wu2ps.new-year-night@astana.kzfest.invalid"


def _times(khal: Any) -> list[tuple[str, str, str]]:
    """Return what khal shows of New Year's night, by Almaty's clocks."""
    return [
        (entry["uid"], entry["start-long-full"], entry["end-long-full"])
        for entry in khal.listed("Asia/Almaty")
        if "new-year-night@" in entry["uid"]
    ]


def _sequences(file: Path) -> dict[str, tuple[int, str]]:
    events: list[Any] = Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    return {str(each["UID"]): (int(each["SEQUENCE"]), each["DTSTAMP"].to_ical().decode()) for each in events}


def test_changed_visit_is_one_entry_at_its_new_time(planned: Run, khal: Any, tmp_path: Path) -> None:
    first, second = tmp_path / "first.ics", tmp_path / "second.ics"
    planned("itinerary", "export", "-o", str(first))
    khal.take(first)
    before = _times(khal)

    planned("itinerary", "edit", "wu2ps", "--at", "22:15", "--for", "90m", KZFEST_NOW="2023-12-11T09:00")
    planned("itinerary", "export", "-o", str(second), KZFEST_NOW="2023-12-12T09:00")
    khal.take(second)

    assert before == [(NIGHT, "2024-01-01T00:30", "2024-01-01T02:00")]
    assert _times(khal) == [(NIGHT, "2023-12-31T22:15", "2023-12-31T23:45")]
    assert len(khal.listed()) == len(_sequences(second)) == 9
    assert _sequences(second) == _sequences(first) | {NIGHT: (1, "20231211T030000Z")}


def test_undone_change_is_a_newer_one_for_a_calendar(planned: Run, khal: Any, tmp_path: Path) -> None:
    files = [tmp_path / f"{name}.ics" for name in ("first", "second", "third")]

    for file, command in zip(files, ([], ["edit", "wu2ps", "--at", "22:15"], ["undo"]), strict=True):
        if command:
            planned("itinerary", *command)
        planned("itinerary", "export", "-o", str(file))
        khal.take(file)

    assert [_sequences(file)[NIGHT][0] for file in files] == [0, 1, 2]
    assert _times(khal) == [(NIGHT, "2024-01-01T00:30", "2024-01-01T02:00")]


def test_fresh_uids_stand_beside_the_old_ones(planned: Run, khal: Any, tmp_path: Path) -> None:
    first, second = tmp_path / "first.ics", tmp_path / "second.ics"

    planned("itinerary", "export", "-o", str(first))
    planned("itinerary", "export", "-o", str(second), "--fresh-uids")
    khal.take(first, second)

    assert _sequences(first).keys().isdisjoint(_sequences(second))
    assert len(khal.listed()) == 2 * 9


def test_folder_of_khal_follows_the_itinerary(planned: Run, khal: Any) -> None:
    planned("itinerary", "export", "--vdir", str(khal.vdir))
    before = _times(khal)

    planned("itinerary", "edit", "wu2ps", "--at", "22:15", "--for", "90m")
    planned("itinerary", "remove", "cd76p")
    planned("itinerary", "export", "--vdir", str(khal.vdir))

    assert before == [(NIGHT, "2024-01-01T00:30", "2024-01-01T02:00")]
    assert _times(khal) == [(NIGHT, "2023-12-31T22:15", "2023-12-31T23:45")]
    assert sorted(entry["uid"].split(".")[1].split("@")[0] for entry in khal.listed()) == sorted(
        "23qgp 4r9kr wu2ps b7d5k 2r854 xstmy 737ss hqujm".split()
    )


def test_fresh_uids_take_the_place_of_the_old_ones_in_a_folder(planned: Run, khal: Any) -> None:
    planned("itinerary", "clear")
    planned("itinerary", "add", "--own", "Dinner", "--on", "2023-12-16", "--at", "19:00")
    planned("itinerary", "export", "--vdir", str(khal.vdir))
    (old,) = (entry["uid"] for entry in khal.listed())

    planned("itinerary", "export", "--vdir", str(khal.vdir), "--fresh-uids")
    (new,) = (entry["uid"] for entry in khal.listed())

    assert old != new
    assert [file.name for file in khal.vdir.glob("*.ics")] == [f"{new}.ics"]
