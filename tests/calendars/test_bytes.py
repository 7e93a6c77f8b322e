"""What a calendar file says, for ever; and its bytes, the same on every run and machine.

Where a long line is folded is for icalendar to choose, so golden files have the lines whole.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Run: TypeAlias = "Callable[..., tuple[int, str, str]]"

FAIR = Path(__file__).parent / "every_kind.yaml"


def lines_of(file: Path) -> str:
    """Return the content lines of a calendar (RFC 5545, 3.1)."""
    return file.read_bytes().decode().replace("\r\n ", "")


def test_itinerary_has_the_lines_it_always_had(
    planned: Run, golden: Callable[[str, str], None], tmp_path: Path
) -> None:
    file = tmp_path / "trip.ics"

    planned("itinerary", "export", "-o", str(file), "--remind", "30m")

    golden("ics/itinerary.ics", lines_of(file))


def test_programme_has_the_lines_it_always_had(kzfest: Run, golden: Callable[[str, str], None], tmp_path: Path) -> None:
    file = tmp_path / "fair.ics"

    outcome = kzfest("--data", str(FAIR), "export", "-o", str(file))

    assert outcome == (
        0,
        "",
        (
            f"11 entries in {file}\n"
            "left out, permanent, so without a date: Always\n"
            "1 event without a known date is left out; --undated lists it\n"
        ),
    )
    golden("ics/fair.ics", lines_of(file))


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"TZ": "America/St_Johns", "PYTHONHASHSEED": "1"},
        {"TZ": "Asia/Almaty", "PYTHONHASHSEED": "2", "LANG": "kk_KZ.UTF-8", "PYTHONUTF8": "0"},
        {"LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "3", "PYTHONTZPATH": "", "PYTHONOPTIMIZE": "1"},
    ],
    ids=["here", "west", "kazakh", "C"],
)
def test_bytes_are_the_same_in_another_place(
    planned: Run, tmp_path: Path, unmeasured: dict[str, str], token: str, environment: dict[str, str]
) -> None:
    planned("itinerary", "export", "-o", str(tmp_path / "here.ics"))
    folder = tmp_path / "другая папка"
    folder.mkdir()
    env = unmeasured | {"KZFEST_HOME": str(tmp_path / "home" / "other"), "KZFEST_LANG": "en"} | environment

    for command in (["merge", token], ["export", "-o", "there.ics"]):
        args = ["--now", "2023-12-10T12:00", "itinerary", *command]
        subprocess.run([sys.executable, "-m", "kzfest", *args], cwd=folder, env=env, check=True, capture_output=True)

    assert (folder / "there.ics").read_bytes() == (tmp_path / "here.ics").read_bytes()


def test_standard_output_has_the_bytes_of_a_file(kzfest: Run, tmp_path: Path) -> None:
    kzfest("export", "--category", "concert", "-o", str(tmp_path / "a.ics"))
    env_home = str(tmp_path / "home")

    printed = subprocess.run(
        [sys.executable, "-m", "kzfest", "--now", "2023-12-10T12:00", "export", "--category", "concert"],
        env={"KZFEST_HOME": env_home},
        check=True,
        capture_output=True,
    )

    assert printed.stdout == (tmp_path / "a.ics").read_bytes()
