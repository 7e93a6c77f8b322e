"""Time zones: which names are some, and which table they come from."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest
import tzdata

from kzfest.programme.zones import VERSION, is_zone, zone

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    "name", ["Asia/Almaty", "Europe/Berlin", "America/Argentina/Buenos_Aires", "Etc/GMT+5", "UTC", "W-SU"]
)
def test_name_of_the_iana_table_is_a_zone(name: str) -> None:
    assert is_zone(name)


@pytest.mark.parametrize(
    "name",
    [
        "", " ", "Astana", "Asia", "Asia/", "Asia/Astana", "/Asia/Almaty", "Asia//Almaty", "Asia/Almaty/",
        "./Asia/Almaty", "../../etc/passwd", "../zoneinfo/Asia/Almaty", "/etc/localtime", "C:/Windows",
        "Asia\\Almaty", "Asia/Almaty\n", "tzdata.zi", "zone1970.tab", "zone.tab", "leapseconds", "__init__.py",
        "__init__", "Factory", "UTC+5", "+05:00", "🌍", "a" * 300, "a/" * 3_000 + "a", "Asia/Almaty\0",
    ],
)  # fmt: skip
def test_what_is_no_zone_is_refused(name: str) -> None:
    assert not is_zone(name)


@pytest.mark.parametrize(
    ("moment", "local"),
    [
        ("1991-12-16 12:00", "1991-12-16T17:00:00+05:00"),
        ("2023-12-16 12:00", "2023-12-16T18:00:00+06:00"),
        ("2024-02-29 17:59", "2024-02-29T23:59:00+06:00"),
        ("2024-02-29 18:00", "2024-02-29T23:00:00+05:00"),
        ("2026-11-22 12:00", "2026-11-22T17:00:00+05:00"),
    ],
)
def test_zone_knows_when_the_clocks_of_kazakhstan_were_moved(moment: str, local: str) -> None:
    in_utc = datetime.fromisoformat(moment).replace(tzinfo=UTC)

    assert in_utc.astimezone(zone("Asia/Almaty")).isoformat() == local


def test_zone_has_its_name_and_is_made_once() -> None:
    assert str(zone("Asia/Almaty")) == "Asia/Almaty"
    assert zone("Asia/Almaty") is zone("Asia/Almaty")


def test_version_is_that_of_the_package() -> None:
    assert VERSION == tzdata.IANA_VERSION


SHADOWED = """
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from kzfest.programme.zones import is_zone, zone

moment = datetime(2026, 11, 22, 12, tzinfo=UTC)
for name in ("Asia/Almaty", "Europe/Berlin"):
    print(name, is_zone(name), moment.astimezone(zone(name)).isoformat(), moment.astimezone(ZoneInfo(name)).isoformat())
"""


def test_zone_is_not_that_of_a_table_on_the_machine(tmp_path: Path) -> None:
    older = tmp_path / "zoneinfo" / "Asia" / "Almaty"
    older.parent.mkdir(parents=True)
    older.write_bytes((files("tzdata") / "zoneinfo" / "Asia" / "Tokyo").read_bytes())
    environment = os.environ | {"PYTHONTZPATH": str(tmp_path / "zoneinfo")}

    printed = subprocess.check_output([sys.executable, "-c", SHADOWED], env=environment, text=True)

    assert printed.splitlines() == [
        "Asia/Almaty True 2026-11-22T17:00:00+05:00 2026-11-22T21:00:00+09:00",
        "Europe/Berlin True 2026-11-22T13:00:00+01:00 2026-11-22T13:00:00+01:00",
    ]
