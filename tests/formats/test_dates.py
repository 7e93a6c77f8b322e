"""Days and hours as people read them: nothing twice, nothing left out."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzfest.core.model import Showing
from kzfest.formats import dates
from kzfest.i18n import months, months_alone, set_language, short_months, short_weekdays, weekdays

ALMATY = ZoneInfo("Asia/Almaty")
DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))


def at(text: str) -> datetime:
    """Return a moment in Almaty."""
    return datetime.fromisoformat(text).replace(tzinfo=ALMATY)


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        ("2023-12-17", "2023-12-17", "17 Dec 2023"),
        ("2023-12-16", "2023-12-17", "16–17 Dec 2023"),
        ("2023-12-01", "2023-12-31", "1–31 Dec 2023"),
        ("2023-11-30", "2023-12-02", "30 Nov – 2 Dec 2023"),
        ("2023-12-30", "2024-01-02", "30 Dec 2023 – 2 Jan 2024"),
        ("2022-12-16", "2023-12-16", "16 Dec 2022 – 16 Dec 2023"),
        ("2024-02-29", "2024-02-29", "29 Feb 2024"),
    ],
)
def test_days_say_nothing_twice(first: str, last: str, text: str) -> None:
    assert dates.days(date.fromisoformat(first), date.fromisoformat(last)) == text


@given(DAYS, DAYS)
def test_days_name_both_ends(one: date, other: date) -> None:
    first, last = min(one, other), max(one, other)

    text = dates.days(first, last)

    assert text.startswith(str(first.day))
    assert text.endswith(dates.short_day(last))


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        ("2023-12-23T18:00", None, "23 Dec 2023, 18:00"),
        ("2023-12-23T18:00", "2023-12-23T20:30", "23 Dec 2023, 18:00–20:30"),
        ("2023-12-31T21:00", "2024-01-01T02:00", "31 Dec 2023, 21:00–02:00"),
        ("2023-12-31T21:00", "2024-01-01T05:00", "31 Dec 2023, 21:00–05:00"),
        ("2023-12-31T21:00", "2024-01-01T05:01", "31 Dec 2023, 21:00 – 1 Jan 2024, 05:01"),
        ("2024-01-01T00:30", "2024-01-01T02:00", "1 Jan 2024, 00:30–02:00"),
        ("2026-06-07T04:30", "2026-06-07T06:00", "7 Jun 2026, 04:30–06:00"),
        ("2026-06-07T00:30", "2026-06-07T23:00", "7 Jun 2026, 00:30–23:00"),
        ("2023-12-23T09:05", "2023-12-25T17:00", "23 Dec 2023, 09:05 – 25 Dec 2023, 17:00"),
    ],
)
def test_showing_at_hours(start: str, end: str | None, text: str) -> None:
    given_ = Showing(id="", start=at(start), end=at(end) if end else None)

    assert (dates.showing(given_), dates.showing_begun(given_)) == (text, text)


def test_showing_over_days() -> None:
    given_ = Showing(id="", start=date(2023, 12, 16), end=date(2023, 12, 30))

    assert dates.showing(given_) == "16–30 Dec 2023"


@pytest.mark.parametrize(
    ("start", "begun"),
    [(date(2023, 12, 15), "from 15 Dec 2023"), (at("2023-12-15T16:00"), "from 15 Dec 2023, 16:00")],
)
def test_showing_with_an_open_end_says_so(start: date, begun: str) -> None:
    given_ = Showing(id="", start=start, open_end=True)

    assert dates.showing_begun(given_) == begun
    assert dates.showing(given_) == f"{begun}, closing day not published"


@pytest.mark.parametrize(
    ("start", "now", "text"),
    [
        (date(2023, 12, 24), "2023-12-17T12:00", "in 7 days"),
        (date(2023, 12, 19), "2023-12-17T12:00", "in 2 days"),
        (date(2023, 12, 18), "2023-12-17T12:00", "tomorrow"),
        (date(2023, 12, 18), "2023-12-18T04:59", "tomorrow"),
        (date(2023, 12, 18), "2023-12-18T05:00", "today"),
        (at("2023-12-18T10:00"), "2023-12-17T12:00", "tomorrow"),
        (at("2023-12-18T04:00"), "2023-12-17T22:00", "in 6 h"),
        (at("2023-12-17T18:30"), "2023-12-17T12:00", "in 6 h 30 min"),
        (at("2023-12-17T13:01"), "2023-12-17T12:00", "in 1 h 1 min"),
        (at("2023-12-17T12:45"), "2023-12-17T12:00", "in 45 min"),
        (at("2023-12-17T12:00:30"), "2023-12-17T12:00", "in 0 min"),
        (at("2024-03-01T01:00"), "2024-02-29T22:00", "in 4 h"),  # the night in which Almaty's clocks went back
    ],
)
def test_until_counts_festival_days_then_hours(start: date, now: str, text: str) -> None:
    assert dates.until(start, at(now)) == text


@pytest.mark.parametrize(
    ("hours", "text"),
    [(5, "UTC+5"), (6, "UTC+6"), (0, "UTC+0"), (-3.5, "UTC-3:30"), (5.75, "UTC+5:45")],
)
def test_offset_of_clocks(hours: float, text: str) -> None:
    moment = datetime(1991, 12, 16, 18, 14, tzinfo=timezone(timedelta(hours=hours)))

    assert dates.offset(moment) == text


def test_offset_of_alma_ata_in_december_1991_and_of_astana_in_december_2023() -> None:
    assert [dates.offset(at(day)) for day in ("1991-12-16", "2023-12-17", "2024-03-02")] == ["UTC+5", "UTC+6", "UTC+5"]


def test_names_of_days_and_months() -> None:
    monday = date(2024, 1, 1)

    assert dates.full_day(monday) == "Monday 1 January 2024"
    assert dates.long_month(1992, 3) == "March 1992"
    assert [name[:3] for name in weekdays()] == short_weekdays()
    assert [name[:3] for name in months()] == [name[:3] for name in months_alone()] == short_months()


@pytest.mark.parametrize(("language", "written"), [("en", "1993"), ("kk", "1993 ж."), ("ru", "1993 г.")])
def test_year_alone_is_called_a_year(language: str, written: str) -> None:
    set_language(language)

    assert dates.long_year(1993).replace("\u00a0", " ") == written


@pytest.mark.parametrize(
    ("language", "from_a_day", "from_an_hour"),
    [
        ("kk", "2023 ж. 15 жел. бастап", "басталуы 2023 ж. 15 жел., 10:00"),
        ("ru", "с 15 дек. 2023 г.", "с 15 дек. 2023 г., 10:00"),
    ],
)
def test_hour_takes_another_word_than_a_day(language: str, from_a_day: str, from_an_hour: str) -> None:
    set_language(language)
    begun = (date(2023, 12, 15), at("2023-12-15T10:00"))

    told = [dates.showing_begun(Showing(id="", start=start, open_end=True)) for start in begun]
    assert [text.replace("\u00a0", " ") for text in told] == [from_a_day, from_an_hour]
