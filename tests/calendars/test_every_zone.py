"""Every zone, at each change of its clocks from 1970 to 2040: its table, and what comes back from a calendar.

The table is read by dateutil, which we did not write. What comes back is read on a machine whose own zones are wrong.

A normal run takes forty zones, the odd ones among them; KZFEST_ALL_ZONES=1 takes all of them, in some five minutes.
"""

from __future__ import annotations

import io
import os
import re
import zoneinfo
from bisect import bisect_left
from datetime import UTC, datetime, timedelta
from importlib import resources
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from dateutil import tz

from kzfest.calendars.ics_reader import read_calendar
from kzfest.calendars.ics_writer import CalendarEntry, calendar
from kzfest.calendars.vtimezones import zone_table
from kzfest.programme.zones import known_zone, zone

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from zoneinfo import ZoneInfo

FIRST, LAST = 1970, 2040
LOOK, SECOND = timedelta(hours=6), timedelta(seconds=1)
ODD = [
    *("Africa/Cairo", "Africa/Casablanca", "Africa/El_Aaiun", "Africa/Monrovia", "Africa/Abidjan", "Africa/Windhoek"),
    *("America/Cambridge_Bay", "America/Lima", "America/Noronha", "America/Nuuk", "America/New_York"),
    *("America/Argentina/Tucuman", "America/Caracas", "America/Asuncion", "America/Scoresbysund"),
    *("Antarctica/Casey", "Antarctica/Troll", "Asia/Almaty", "Asia/Gaza", "Asia/Hebron", "Asia/Khandyga"),
    *("Asia/Kathmandu", "Asia/Pyongyang", "Asia/Tehran", "Asia/Qostanay", "Atlantic/Reykjavik", "Atlantic/St_Helena"),
    *("Australia/Lord_Howe", "Etc/GMT+12", "Etc/UTC", "Europe/Dublin", "Europe/Lisbon", "Europe/Volgograd"),
    *("Pacific/Apia", "Pacific/Chatham", "Pacific/Easter", "Pacific/Fiji", "Pacific/Kiritimati"),
    *("Pacific/Kwajalein", "UTC"),
]
"""Short changes, changes at the new year, days left out or doubled, summer time below zero, offsets by the minute."""
EVERY = resources.files("tzdata").joinpath("zones").read_text(encoding="utf-8").split()
ZONES = EVERY if os.environ.get("KZFEST_ALL_ZONES") else ODD


@pytest.mark.parametrize("name", ZONES)
def test_table_is_right_at_every_change_of_the_clocks(name: str) -> None:
    here = zone(name)
    moments = list(_telling_moments(here))

    text = b"".join(calendar([_at(each.astimezone(here)) for each in moments], "Changes")).decode()

    assert _starts(text) == moments


@pytest.fixture(name="wrong_machine")
def _wrong_machine(name: str, tmp_path: Path) -> Iterator[None]:
    """Have the machine's own table say that a zone is half a day behind UTC: further off than any old table."""
    wrong = resources.files("tzdata").joinpath("zoneinfo/Etc/GMT+12").read_bytes()
    file = tmp_path / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(wrong)
    before = zoneinfo.TZPATH
    zoneinfo.reset_tzpath([tmp_path])
    zoneinfo.ZoneInfo.clear_cache()
    yield
    zoneinfo.reset_tzpath(before)
    zoneinfo.ZoneInfo.clear_cache()


@pytest.mark.parametrize("name", ZONES)
@pytest.mark.usefixtures("wrong_machine")
def test_what_is_exported_comes_back_at_the_same_moments_on_any_machine(name: str) -> None:
    here = zone(name)
    moments = list(_telling_moments(here))

    data = b"".join(calendar([_at(each.astimezone(here)) for each in moments], "Changes"))

    assert [entry.start for entry in read_calendar(data, known_zone).entries] == moments


@pytest.mark.parametrize(
    ("name", "year"),
    [
        *(("Africa/Casablanca", year) for year in (2016, 2022, 2023, 2024)),
        *(("Africa/Cairo", year) for year in (2010, 2014)),
        *(("America/Lima", year) for year in (1986, 1990, 1994)),
        *(("Atlantic/St_Helena", 1905), ("Atlantic/Reykjavik", 1950), ("Asia/Khandyga", 2004), ("Pacific/Fiji", 2020)),
    ],
)
def test_table_of_a_single_year_is_right_on_each_of_its_days(name: str, year: int) -> None:
    here = zone(name)
    moments = [datetime(year, 1, 1, 17, 30, tzinfo=UTC) + timedelta(days=day) for day in range(364)]

    text = b"".join(calendar([_at(each.astimezone(here)) for each in moments], "Year")).decode()

    assert _starts(text) == moments


def test_years_out_of_use_take_no_room() -> None:
    berlin = zone("Europe/Berlin")

    table = zone_table(berlin, frozenset({1, 1990, 1991, 9999})).decode()

    assert re.findall(r"DTSTART:(.*)\r", table) == [
        *("00010102T005328", "19900101T000000", "19900325T020000", "19900930T030000", "19910331T020000"),
        *("19910929T030000", "99990101T000000", "99990328T020000", "99991031T030000"),
    ]


def _at(moment: datetime) -> CalendarEntry:
    return CalendarEntry(
        uid="own.abcde@own.kzfest.invalid",
        summary="Moment",
        start=moment,
        end=moment,
        stamp=moment,
        changed=moment,
        sequence=0,
    )


def _telling_moments(here: ZoneInfo) -> Iterator[datetime]:
    """Yield the seconds before, at and after each change of the clocks, and the moments halfway between."""
    first, last = datetime(FIRST, 1, 2, tzinfo=UTC), datetime(LAST, 12, 30, tzinfo=UTC)
    times = [first, *_changes(here, first, last), last]
    for before, change in pairwise(times):
        yield before + ((change - before) / 2 // SECOND) * SECOND
        if change != last:
            yield from (change - SECOND, change, change + SECOND)


def _changes(here: ZoneInfo, moment: datetime, last: datetime) -> Iterator[datetime]:
    """Yield the moments at which the offset changes, by looking four times a day and then bisecting."""
    before = moment.astimezone(here).utcoffset()
    while moment < last:
        if (moment + LOOK).astimezone(here).utcoffset() != before:
            seconds = range(1, LOOK // SECOND + 1)
            found = bisect_left(
                seconds, True, key=lambda n: (moment + n * SECOND).astimezone(here).utcoffset() != before
            )
            yield moment + seconds[found] * SECOND
            before = (moment + LOOK).astimezone(here).utcoffset()
        moment += LOOK


def _starts(text: str) -> Sequence[datetime]:
    """Return the starts of the entries of a calendar file, going by its own table alone."""
    table = re.search(r"BEGIN:VTIMEZONE.*END:VTIMEZONE\r\n", text, re.DOTALL)
    here: Any = tz.tzical(io.StringIO(table[0])).get() if table else None
    found = re.findall(r"BEGIN:VEVENT.*?DTSTART(?:;TZID=\S+?)?:(\d+T\d+)(Z?)", text, re.DOTALL)
    read = [(datetime.strptime(digits, "%Y%m%dT%H%M%S"), UTC if utc else here) for digits, utc in found]  # noqa: DTZ007
    return [moment.replace(tzinfo=its).astimezone(UTC) for moment, its in read]
