"""What killed processes leave lying about is swept away by the next one, and nothing else is."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from kzfest.itineraries.backups import COPY, FILE

if TYPE_CHECKING:
    from pathlib import Path

TWO_HOURS = 7_200


def leave(folder: Path, name: str, *, seconds_ago: int = TWO_HOURS) -> str:
    """Leave a file in *folder*, as old as that; return its name."""
    file = folder / name
    file.write_bytes(b"half")
    os.utime(file, (file.stat().st_mtime - seconds_ago,) * 2)
    return name


def hidden(folder: Path) -> set[str]:
    return {file.name for file in folder.glob(".*")}


def test_half_of_an_exported_file_is_swept_away_by_the_next_export_of_it(place: Any) -> None:
    leave(place.folder, ".trip.ics.a1b2c3d4.half")
    others = {
        leave(place.folder, ".trip.ics.e5f6g7h8.half", seconds_ago=60),  # may be being written just now
        leave(place.folder, ".other.ics.a1b2c3d4.half"),
        leave(place.folder, ".trip.ics.swp"),  # an editor's
        leave(place.folder, ".trip.ics.Xy12ab"),
        leave(place.folder, ".trip.ics.mine.half"),  # the user's own
        leave(place.folder, ".trip.ics.my.trip.half"),
        leave(place.folder, ".trip.ics.A1B2C3D4.half"),
    }

    done = place.run("itinerary", "export", "-o", "trip.ics")

    assert (done.code, hidden(place.folder)) == (0, others)


def test_halves_of_calendar_files_are_swept_out_of_their_folder(place: Any) -> None:
    folder = place.folder / "calendars"
    leave(folder, ".visit.abcde.swan@fair.kzfest.invalid.ics.a1b2c3d4.half")
    leave(folder, "..kzfest.json.a1b2c3d4.half")
    others = {
        leave(folder, ".visit.abcde.songs@fair.kzfest.invalid.ics.e5f6g7h8.half", seconds_ago=60),
        leave(folder, ".caldav.token"),
        leave(folder, ".visit.half"),
        leave(folder, ".a1b2c3d4.half"),
        ".kzfest.json",
    }

    done = place.run("itinerary", "export", "--vdir", "calendars")

    assert (done.code, hidden(folder)) == (0, others)


def test_half_of_a_copy_is_swept_away_by_the_next_change(place: Any) -> None:
    leave(place.data, f".{COPY}.a1b2c3d4.half", seconds_ago=0)  # whoever has the store's lock knows that it is nobody's

    done = place.run("itinerary", "add", "songs")

    assert (done.code, sorted(file.name for file in place.data.iterdir())) == (0, [COPY, FILE])


def test_half_of_a_compiled_programme_is_swept_away_when_one_is_compiled(place: Any) -> None:
    cache = place.folder / "home" / "cache"
    left = leave(cache, ".0123abcd-fair.yaml-programme.sqlite3.x1y2z3_4.half", seconds_ago=86_400)
    changed = place.folder / "changed.yaml"
    changed.write_bytes(place.programme.read_bytes().replace(b"Puppets", b"Marionettes"))

    done = place.run("list", "--data", changed.name)

    assert (done.code, (cache / left).exists()) == (0, False)
