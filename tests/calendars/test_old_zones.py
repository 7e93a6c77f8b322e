"""A machine whose own zone table is wrong: what it exports comes back as it was."""

from __future__ import annotations

import json
import shutil
from importlib import resources
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Outcome

ZONES = ("Asia/Almaty", "Africa/Casablanca", "Europe/Berlin", "Europe/Dublin", "America/Argentina/Salta", "UTC")
PROGRAMME = """\
format: 1
programme: {{id: {id}, title: Fair, timezone: {zone}, revised: 2026-01-01}}
events:
  - {{id: {id}-winter, title: Winter, category: concert, start: 2026-01-10 18:30, end: 2026-01-10 20:00}}
  - {{id: {id}-spring, title: Spring, category: concert, start: 2024-03-10 18:30, end: 2024-03-10 20:00}}
  - {{id: {id}-summer, title: Summer, category: concert, start: 2026-07-10 18:30}}
  - {{id: {id}-autumn, title: Autumn, category: concert, start: 2026-10-05 18:30, end: 2026-10-06 02:00}}
"""


@pytest.fixture(name="wrong")
def _wrong(tmp_path: Path) -> dict[str, str]:
    """Return the environment of a machine on which every zone is half a day behind UTC."""
    table = resources.files("tzdata").joinpath("zoneinfo/Etc/GMT+12").read_bytes()
    for zone in ZONES:
        file = tmp_path / "zoneinfo" / zone
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(table)
    return {"PYTHONTZPATH": str(tmp_path / "zoneinfo"), "KZFEST_HOME": str(tmp_path / "home")}


def test_unchanged_export_changes_nothing(run: Callable[..., Outcome], wrong: dict[str, str], tmp_path: Path) -> None:
    for number, zone in enumerate(ZONES):
        (tmp_path / "p.yaml").write_text(PROGRAMME.format(id=f"p{number}", zone=zone), encoding="utf-8")
        added = run("itinerary", "add", "--all", "--data", "p.yaml", **wrong)
        shutil.move(tmp_path / "p.yaml", tmp_path / f"p{number}.yaml")  # by now no programme tells the zone
        assert added.code == 0

    run("itinerary", "export", "-o", "plan.ics", **wrong)
    run("itinerary", "export", "--vdir", "folder", **wrong)

    for source in ("plan.ics", "folder"):
        again = run("itinerary", "import", source, **wrong)
        assert (again.code, again.stdout, again.stderr) == (0, "", "nothing has changed\n")


def test_visit_that_is_gone_comes_back_at_its_hour(
    run: Callable[..., Outcome], wrong: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "p.yaml").write_text(PROGRAMME.format(id="p", zone="Africa/Casablanca"), encoding="utf-8")
    run("itinerary", "add", "--all", "--data", "p.yaml", **wrong)
    before = times(run("itinerary", "-f", "json", "--data", "p.yaml", **wrong).stdout)
    run("itinerary", "export", "-o", "plan.ics", **wrong)
    cleared = run("itinerary", "clear", **wrong)

    run("itinerary", "import", "plan.ics", "--data", "p.yaml", **wrong)

    assert (cleared.code, before["p-autumn"][0]) == (0, "2026-10-05T18:30:00+00:00")
    assert times(run("itinerary", "-f", "json", "--data", "p.yaml", **wrong).stdout) == before


def times(document: str) -> dict[str, tuple[str, str]]:
    """Return by its event when each visit starts and ends."""
    return {each["event"]: (each["start"], each["end"]) for each in json.loads(document)["visits"]}
