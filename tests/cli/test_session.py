"""The session: which language, clock, programme and colour the options, the environment and the locale ask for."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from kzfest.cli.session import Session
from kzfest.core.errors import NotFoundError, UsageError
from kzfest.core.festival_day import DateRange
from kzfest.paths import data_folder
from kzfest.programme.library import Library, own_files

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "kk_KZ.UTF-8"}, "kk"),
        ({"LANG": "ru_RU.UTF-8"}, "ru"),
        ({"LANG": "ru"}, "ru"),
        ({"LANG": "ru.KOI8-R"}, "ru"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "C"}, "en"),
        ({"LANG": "POSIX"}, "en"),
        ({"LANG": "rup_MK"}, "en"),
        ({"LANG": "", "LC_ALL": ""}, "en"),
        ({"LC_ALL": "kk_KZ.UTF-8", "LC_MESSAGES": "ru_RU.UTF-8", "LANG": "ru_RU.UTF-8"}, "kk"),
        ({"LC_MESSAGES": "kk_KZ.UTF-8", "LANG": "ru_RU.UTF-8"}, "kk"),
        ({"LC_ALL": "C", "LANG": "ru_RU.UTF-8"}, "en"),
        ({"KZFEST_LANG": "kk", "LC_ALL": "ru_RU.UTF-8"}, "kk"),
        ({"KZFEST_LANG": "", "LC_ALL": "ru_RU.UTF-8"}, "ru"),
    ],
)
def test_language_of_the_environment(environment: dict[str, str], language: str) -> None:
    assert Session(environment=environment).language == language


def test_language_of_the_option_comes_first() -> None:
    assert Session(lang="KK", environment={"KZFEST_LANG": "ru", "LANG": "ru_RU.UTF-8"}).language == "kk"


@pytest.mark.parametrize("session", [Session(lang="de"), Session(environment={"KZFEST_LANG": "tlh"})])
def test_language_that_does_not_exist_is_refused(session: Session) -> None:
    with pytest.raises(UsageError, match=r"unknown language '(de|tlh)'; choose en, kk or ru"):
        assert session.language


@pytest.mark.parametrize(
    ("asked", "moment"),
    [
        ("2023-12-17T18:30", "2023-12-17T18:30:00+06:00"),
        ("2023-12-17 18:30", "2023-12-17T18:30:00+06:00"),
        ("2023-12-17", "2023-12-17T12:00:00+06:00"),
        ("20231217", "2023-12-17T12:00:00+06:00"),
        ("2023-W50-7", "2023-12-17T12:00:00+06:00"),
        ("17 dec 2023", "2023-12-17T12:00:00+06:00"),
        ("17 желтоқсан", "2023-12-17T12:00:00+06:00"),
        ("2023-12", "2023-12-01T12:00:00+06:00"),
        ("2023-12-17T12:30Z", "2023-12-17T18:30:00+06:00"),
        ("2023-12-17T12:30+00:00", "2023-12-17T18:30:00+06:00"),
        ("2024-03-02T12:00", "2024-03-02T12:00:00+05:00"),
        ("1991-12-16T18:14", "1991-12-16T18:14:00+05:00"),
    ],
)
def test_clock_is_set_in_the_zone_of_the_programme(asked: str, moment: str) -> None:
    as_option = Session(now=asked, environment={"KZFEST_NOW": "2000-01-01"})
    as_variable = Session(environment={"KZFEST_NOW": asked})

    assert [each.context.now.isoformat() for each in (as_option, as_variable)] == [moment, moment]


def test_clock_that_is_not_set_shows_the_time_in_the_zone_of_the_programme() -> None:
    before = datetime.now(UTC)

    moment = Session(environment={}).context.now

    assert before <= moment <= datetime.now(UTC)
    assert str(moment.tzinfo) == "Asia/Almaty"


NO_MOMENTS = (
    *("2023-12-17T25:00", "2023-02-30 10:00", "18:30"),
    *("0001-01-01T00:00", "0001-01-02T00:00+23:59", "9999-12-31T23:59-05:00", "9999-12-30T23:59-23:59"),
)
NO_DAYS = ("x", "2023-02-30", " ")


@pytest.mark.parametrize("asked", NO_MOMENTS)
def test_clock_that_cannot_be_is_refused(asked: str) -> None:
    with pytest.raises(UsageError) as raised:
        assert Session(now=asked, environment={}).context.now

    assert str(raised.value) == f"'{asked}' is not a valid date and time; write it as 2023-12-17T18:30"


@pytest.mark.parametrize("asked", NO_DAYS)
def test_clock_of_a_day_that_cannot_be_is_refused(asked: str) -> None:
    with pytest.raises(UsageError, match="cannot be read as days"):
        assert Session(now=asked, environment={}).context.now


def test_stamp_is_the_clock_that_was_asked_for_but_never_in_the_future() -> None:
    before = datetime.now(UTC)

    past = Session(now="2023-12-17T12:00+00:00", environment={}).context.stamp
    future = Session(now="2150-01-01", environment={}).context.stamp

    assert past.isoformat() == "2023-12-17T18:00:00+06:00"
    assert before <= future <= datetime.now(UTC)


@pytest.mark.parametrize(
    ("text", "days", "told"),
    [
        ("2023-12-17", DateRange(date(2023, 12, 17), date(2023, 12, 17)), ""),
        ("17.12.2023", DateRange(date(2023, 12, 17), date(2023, 12, 17)), ""),
        (
            "17 dec",
            DateRange(date(2023, 12, 17), date(2023, 12, 17), inferred=True),
            "17 dec: Sunday 17 December 2023\n",
        ),
        ("15-17 dec", DateRange(date(2023, 12, 15), date(2023, 12, 17), inferred=True), "15-17 dec: 15–17 Dec 2023\n"),
        (
            "today",
            DateRange(date(2023, 12, 20), date(2023, 12, 20), inferred=True),
            "today: Wednesday 20 December 2023\n",
        ),
    ],
)
def test_days_that_were_inferred_are_told(
    text: str, days: DateRange, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    found = Session(now="2023-12-20T10:00", environment={}).days(text)

    assert found == days
    assert capsys.readouterr() == ("", told)


def test_now_is_a_moment_and_no_news(capsys: pytest.CaptureFixture[str]) -> None:
    session = Session(now="2023-12-18T01:30", environment={})

    found = session.days("now")

    assert found == DateRange(date(2023, 12, 17), date(2023, 12, 17), inferred=True, moment=session.context.now)
    assert capsys.readouterr() == ("", "")


def test_colour_is_chosen_by_the_option() -> None:
    assert [Session(color=each).colour for each in (None, "auto", "always", "never")] == [
        "auto",
        "auto",
        "always",
        "never",
    ]
    with pytest.raises(UsageError, match="unknown colour mode 'blue'; choose auto, always or never"):
        assert Session(color="blue").colour


def test_programme_is_found_by_its_id_in_any_case() -> None:
    assert [Library().file_of(key) for key in ("astana", "ARCHIVE")] == [
        data_folder() / "events.yaml",
        data_folder() / "archive.yaml",
    ]
    with pytest.raises(NotFoundError, match="no programme 'x'; the known ones are astana, archive, abroad"):
        Library().file_of("x")


def test_data_of_the_environment_gives_way_to_a_programme(programme: Callable[..., str]) -> None:
    file = programme("  - {id: fair, title: The fair, category: fair, start: 2023-12-17}")
    environment = {"KZFEST_DATA": file}

    asked = [Session(environment=environment), Session(programme="archive", environment=environment)]

    assert [each.context.catalogue.head.id for each in asked] == ["village", "archive"]


def test_own_files_are_the_yaml_files_of_the_folder_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KZFEST_HOME", str(tmp_path))
    folder = tmp_path / "config" / "programmes"

    none_yet = own_files()
    folder.mkdir(parents=True)
    for name in ("b.yaml", "a.yml", "c.txt", ".hidden.yaml"):
        (folder / name).write_text("x", encoding="utf-8")
    (folder / "folder.yaml").mkdir()

    assert none_yet == []
    assert own_files() == [folder / "a.yml", folder / "b.yaml"]
