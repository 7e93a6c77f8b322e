"""Phrases that visitors write for days, and the days they mean."""

from __future__ import annotations

from calendar import monthcalendar
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kzfest.core.date_phrases.parser import read_when
from kzfest.core.date_phrases.vocabulary import meaning, spellings
from kzfest.core.errors import UsageError
from kzfest.core.festival_day import DateRange
from kzfest.core.folding import fold

ALMATY = ZoneInfo("Asia/Almaty")
NOW = datetime(2023, 12, 14, 12, tzinfo=ALMATY)
"""A Thursday in the programme's days."""
AFTERWARDS = datetime(2026, 5, 1, 12, tzinfo=ALMATY)
"""A Friday, long after them."""
FIRST, LAST = date(2023, 12, 1), date(2024, 1, 31)

EXACT, INFERRED = False, True

# First day, last day, and the phrases for them.
DURING = [
    (
        ("2023-12-17", "2023-12-17", EXACT),
        """2023-12-17 | 2023.12.17 | 2023/12/17 | 17.12.2023 | 17.12.2023. | 17/12/2023 | 17-12-2023
         | ١٧.١٢.٢٠٢٣ | 17 dec 2023 | 17 Dec. 2023 | 17-dec-2023 | Dec 17, 2023 | dec 17 2023
         | December 17th, 2023 | the 17th of December 2023 | 2023 dec 17 | sunday 17 december 2023
         | SUNDAY,  17  DECEMBER 2023 | Sun, Dec 17, 2023 | 17 december 2023, sunday | sunday 17.12.2023
         | 2023-12-17 sun | 17 декабря 2023 | 17 декабря 2023 г. | 17 декабря 2023 года
         | 17-го декабря 2023 | 17.12.2023 г. | вс, 17 дек. 2023 | воскресенье 17 декабря 2023
         | 17 желтоқсан 2023 | 2023 жылғы 17 желтоқсан | 2023 жылдың 17 желтоқсаны | 2023 ж. 17-желтоқсан
         | жексенбі, 17 желтоқсан 2023 | жексенбі 17 dec 2023 года""",
    ),
    (
        ("2023-12-17", "2023-12-17", INFERRED),
        """17th | the 17th | 17-е | 17-го | 17-го числа | 17-сі | 17-інде | 17.12 | 17.12. | 17/12
         | 17.12.23 | 17-dec-23 | 17 dec | 17dec | 17-dec | 17 DEC | Dec 17 | dec17 | december 17th
         | 17th of december | on 17 dec | sunday 17 | sunday 17 dec | Sun 17.12 | 17 декабря | 17 декабрь
         | 17 дек | 17 dekabrya | декабря 17 | на 17 декабря | 17-е декабря | вс 17 дек | 17 желтоқсан
         | 17 желт. | 17 желтоқсанда | 17 желтоқсан күні | 17 желтоксан | 17 zheltoqsan | 17 jeltoqsan
         | 17 zheltoksan | желтоқсанның 17-сі | 17 желтоқсан, жексенбі""",
    ),
    (
        ("2023-12-17", "2023-12-17", INFERRED),
        """sunday | on sunday | this sunday | вс | воскресенье | в воскресенье | voskresenye | жексенбі
         | жексенбіде | жексенбі күні | zheksenbi | +3d | +3 days | + 3 d | in 3 days | через 3 дня
         | 3 күннен кейін""",
    ),
    (
        ("2023-12-16", "2023-12-16", INFERRED),
        """saturday | sat | Sat. | сб | суббота | в субботу | subbota | сенбі | сенби | senbi
         | this saturday | в эту субботу | осы сенбі | day after tomorrow | the day after  tomorrow
         | послезавтра | бүрсігүні | +2d""",
    ),
    (
        ("2023-12-14", "2023-12-14", INFERRED),
        """today | Today | tonight | thursday | thu | чт | бейсенбі | бүгін | бугин | bugin | сегодня
         | segodnya | today..today | +0d | now..today""",
    ),
    (
        ("2023-12-15", "2023-12-15", INFERRED),
        """tomorrow | ертең | ертен | erten | завтра | zavtra | friday | в пятницу | жұма | +1d""",
    ),
    (
        ("2023-12-13", "2023-12-13", INFERRED),
        "yesterday | кеше | вчера | -1d | - 1 day | −1d | 1 day ago | 1 день назад | this wednesday",
    ),
    (("2023-12-12", "2023-12-12", INFERRED), "day before yesterday | позавчера | -2d | this tuesday"),
    (("2023-12-19", "2023-12-19", INFERRED), "tuesday | вт | сс | сейсенбі | next tuesday"),
    (("2023-12-21", "2023-12-21", INFERRED), "+1w | in 1 week | через неделю | next thursday"),
    (("2023-12-28", "2023-12-28", INFERRED), "+2w | in 2 weeks | через 2 недели"),
    (("2023-12-07", "2023-12-07", INFERRED), "-1w | неделю назад | last thursday | прошлый четверг"),
    (
        ("2023-12-23", "2023-12-23", INFERRED),
        """next saturday | saturday next week | в следующую субботу | в субботу на следующей неделе
         | келесі сенбі""",
    ),
    (
        ("2023-12-16", "2023-12-17", INFERRED),
        """weekend | this weekend | on the weekend | выходные | эти выходные | в выходные | в выходные дни
         | на этих выходных | демалыс | осы демалыс | демалыс күндері | saturday-sunday | sat..sun | сб-вс
         | с субботы по воскресенье | сенбіден жексенбіге дейін | 16-17 | sat 16 - sun 17 dec""",
    ),
    (
        ("2023-12-23", "2023-12-24", INFERRED),
        """next weekend | следующие выходные | на следующих выходных | келесі демалыс
         | next saturday - sunday""",
    ),
    (
        ("2023-12-11", "2023-12-17", INFERRED),
        "this week | эта неделя | на этой неделе | осы апта | осы аптада | osy apta",
    ),
    (
        ("2023-12-18", "2023-12-24", INFERRED),
        """next week | следующая неделя | на следующей неделе | sleduyushchaya nedelya | келесі апта
         | келесі аптада""",
    ),
    (("2023-12-04", "2023-12-10", INFERRED), "last week | на прошлой неделе | өткен апта"),
    (
        ("2023-12-01", "2023-12-31", EXACT),
        """2023-12 | 2023.12 | 12.2023 | 12/2023 | dec 2023 | december 2023 | 2023 december | dec-2023
         | декабрь 2023 | декабрь 2023 года | желтоқсан 2023 | 2023 жылғы желтоқсан""",
    ),
    (
        ("2023-12-01", "2023-12-31", INFERRED),
        """december | Dec | in december | декабрь | декабре | в декабре | dekabr | желтоқсан | желтоқсанда
         | желтоқсан айында | this month | этот месяц | в этом месяце | осы ай | осы айда""",
    ),
    (
        ("2024-01-01", "2024-01-31", INFERRED),
        "january | янв | в январе | қаңтар | қаңтарда | next month | следующий месяц | келесі ай",
    ),
    (("2023-11-01", "2023-11-30", INFERRED), "november | last month | ноябрь | қараша | qarasha"),
    (("2024-05-01", "2024-05-31", INFERRED), "may | May | май | мая | мамыр | mamyr"),
    (("2023-01-01", "2023-12-31", EXACT), "2023 | 2023 год | 2023 жыл | 2023 ж. | in 2023"),
    (("2023-01-01", "2023-12-31", INFERRED), "this year | в этом году | осы жыл"),
    (("2024-01-01", "2024-12-31", INFERRED), "next year | следующий год | келесі жылы"),
    (("2023-01-01", "2024-12-31", EXACT), "2023-2024 | 2023..2024 | 2023/2024"),
    (
        ("2023-12-15", "2023-12-17", EXACT),
        """2023-12-15..2023-12-17 | 2023-12-15/2023-12-17 | 2023-12-15 - 2023-12-17
         | 2023-12-15-2023-12-17 | 2023-12-15..17 | 2023-12-15/17 | 15.12.2023-17.12.2023
         | 15.12..17.12.2023 | 15-17.12.2023 | 15..17 dec 2023 | 15-17 dec 2023 | dec 15-17, 2023
         | 15-dec-2023-17-dec-2023 | 15 dec 2023-17 dec 2023 | с 15 по 17 декабря 2023 г.
         | 2023 жылғы 15–17 желтоқсан""",
    ),
    (
        ("2023-12-15", "2023-12-17", INFERRED),
        """15..17 | 15-17 | 15 – 17 | 15...17 | 15…17 | 15..17 dec | 15-17 dec | 15–17 dec | 15—17 dec
         | 15-17 ;tknj0cfy | 15–17 ;tknj0cfy
         | 15 - 17 dec | 15-17dec | 15-17-dec | dec 15-17 | Dec 15–17 | 15 dec to 17 dec | 15 dec - 17
         | 15dec-17dec | 15-dec-17-dec | from 15 to 17 december | from 15 dec until 17 dec
         | 15th through 17th of december | 15.12-17.12 | 15.12.-17.12. | 15.12..17.12 | 15-17.12
         | 15.12-17 | 15/12-17/12 | 15.12.23-17.12.23 | fri 15 dec - sun 17 dec | 15 dec - sunday
         | friday - 17 dec | tomorrow..17 dec | tomorrow..+3d | с 15 по 17 декабря | s 15 po 17 dekabrya
         | с 15-го по 17-е декабря | с 15 декабря до 17 декабря | с пятницы по воскресенье | 15–17 декабря
         | 15–17 желтоқсан | 15-17 желтоқсан | 15 желтоқсаннан 17 желтоқсанға дейін | 15-нен 17-сіне дейін
         | желтоқсанның 15-нен 17-сіне дейін | 15-нен бастап 17-не дейін | жұмадан жексенбіге дейін""",
    ),
    (
        ("2023-12-15", "2024-01-03", INFERRED),
        """15 dec - 3 jan | 15 dec..3 jan | dec 15-jan 3 | Dec 15–Jan 3 | 15.12-3.1 | 15.12-03.01
         | 15.12.23-03.01.24 | 15 dec - 3 jan 2024 | 15 dec 2023 - 3 jan | 15 желтоқсан – 3 қаңтар
         | с 15 декабря по 3 января | fri 15 dec - wed 3 jan""",
    ),
    (("2023-12-15", "2024-01-03", EXACT), "15 dec 2023 - 3 jan 2024 | 2023-12-15..2024-01-03"),
    (("2023-12-01", "2024-01-31", INFERRED), "december-january | dec..jan | декабрь–январь"),
    (("2023-12-01", "2024-01-31", EXACT), "2023-12..2024-01 | 12.2023-01.2024 | dec 2023 - jan 2024"),
    (
        ("2023-12-14", "2023-12-17", INFERRED),
        "today..+3d | today-sunday | сегодня..17.12 | now..17 dec | thu-sun",
    ),
    (("2023-12-20", "2023-12-22", INFERRED), "20 dec - friday | wed..fri"),
    (
        ("2023-12-17", "2024-01-31", INFERRED),
        """17 dec.. | 17 dec ... | 2023-12-17.. | from 17 dec | since 17 dec | с 17 декабря
         | с воскресенья | 17 желтоқсаннан | 17 желтоқсаннан бастап | 17-ден бастап""",
    ),
    (
        ("2023-12-01", "2023-12-17", INFERRED),
        """..17 dec | .. 17 dec | until 17 dec | ..17.12.2023 | до 17 декабря | по 17 декабря
         | до воскресенья | 17 желтоқсанға дейін | 17-сіне дейін | 1 dec - sunday""",
    ),
    # The next one from now, in the programme's days.
    (("2023-12-31", "2023-12-31", INFERRED), "31 dec | 31st"),
    (("2024-01-05", "2024-01-05", INFERRED), "5-е | 5 jan | fri 5"),
    (("2023-12-05", "2023-12-05", INFERRED), "5.12 | 5/12 | tue 5"),
    (("2024-01-01", "2024-01-01", INFERRED), "1st | 1 января | monday 1"),
    (("2024-01-02", "2024-01-02", INFERRED), "2nd | 2-ші"),
    (("2024-01-03", "2024-01-03", INFERRED), "3rd | 3-го"),
    (("2024-01-20", "2024-01-20", INFERRED), "sat 20"),
    # Nearest to the programme's days, where they have none.
    (("2024-02-29", "2024-02-29", INFERRED), "29 feb | 29.2 | 29 ақпан"),
    (("2024-03-17", "2024-03-17", INFERRED), "17 march | 17 mar | sunday 17 march"),
    (("2025-03-17", "2025-03-17", INFERRED), "monday 17 march | пн 17 марта"),
    (("2023-11-30", "2023-11-30", INFERRED), "30 november"),
    # Without a guess, even at the ends of the calendar.
    (("0001-01-01", "0001-01-01", EXACT), "0001-01-01 | 1.1.0001"),
    (("9999-12-01", "9999-12-31", EXACT), "9999-12 | december 9999"),
]

LATER = [
    # What has no year belongs to the programme, and what counts from now does not.
    (("2023-12-17", "2023-12-17", INFERRED), "17 dec | 17.12 | sunday 17 | вс 17"),
    (("2024-01-17", "2024-01-17", INFERRED), "wed 17"),
    (("2023-12-01", "2023-12-31", INFERRED), "december | желтоқсан"),
    (("2024-05-01", "2024-05-31", INFERRED), "may"),
    (("2023-12-15", "2024-01-03", INFERRED), "15 dec - 3 jan"),
    (("2023-12-17", "2024-01-31", INFERRED), "17 dec.."),
    (("2023-12-01", "2023-12-17", INFERRED), "..17 dec"),
    (("2026-05-01", "2026-05-01", INFERRED), "today | friday | this friday"),
    (("2026-05-02", "2026-05-03", INFERRED), "weekend"),
    (("2026-05-04", "2026-05-04", INFERRED), "monday | next monday | +3d"),
    (("2026-05-01", "2026-05-31", INFERRED), "this month"),
    (("2026-05-01", "2026-12-17", INFERRED), "today..17 dec"),
    (("2023-12-17", "2026-05-01", INFERRED), "17 dec..today"),
]

UNDATED = [
    # No programme to go by: the next one from now.
    (("2026-12-17", "2026-12-17", INFERRED), "17 dec | 17.12"),
    (("2026-05-17", "2026-05-17", INFERRED), "17"),
    (("2026-05-01", "2026-05-01", INFERRED), "1 | 1 may"),
    (("2027-04-30", "2027-04-30", INFERRED), "30 april"),
    (("2028-02-29", "2028-02-29", INFERRED), "29 feb"),
    (("2028-12-17", "2028-12-17", INFERRED), "sunday 17 december"),
    (("2026-12-15", "2027-01-03", INFERRED), "15 dec - 3 jan"),
    (("2026-05-01", "2026-05-31", INFERRED), "may"),
    (("2023-12-17", "2023-12-17", EXACT), "17 dec 2023"),
]


def each_phrase(table: list[tuple[tuple[str, str, bool], str]]) -> list[Any]:
    return [
        pytest.param(
            phrase.strip(),
            DateRange(date.fromisoformat(first), date.fromisoformat(last), inferred),
            id=phrase.strip(),
        )
        for (first, last, inferred), phrases in table
        for phrase in phrases.split("|")
    ]


def read(text: str, now: datetime = NOW, first: date | None = FIRST, last: date | None = LAST) -> DateRange:
    return read_when(text, now=now, first=first, last=last)


@pytest.mark.parametrize(("text", "days"), each_phrase(DURING))
def test_phrase_during_the_programme_means_these_days(text: str, days: DateRange) -> None:
    assert read(text) == days


@pytest.mark.parametrize(("text", "days"), each_phrase(LATER))
def test_phrase_after_the_programme_means_these_days(text: str, days: DateRange) -> None:
    assert read(text, now=AFTERWARDS) == days


@pytest.mark.parametrize(("text", "days"), each_phrase(UNDATED))
def test_phrase_for_a_programme_without_dates_means_these_days(text: str, days: DateRange) -> None:
    assert read(text, now=AFTERWARDS, first=None, last=None) == days


@pytest.mark.parametrize("text", ["now", "Now", "қазір", "казир", "qazir", "сейчас", "seychas"])
def test_now_is_a_moment_of_its_festival_day(text: str) -> None:
    small_hours = datetime(2023, 12, 17, 1, 30, tzinfo=ALMATY)

    assert read(text, now=small_hours) == DateRange(date(2023, 12, 16), date(2023, 12, 16), True, small_hours)


def test_relative_words_count_from_the_festival_day() -> None:
    sunday_night = datetime(2023, 12, 18, 4, 59, tzinfo=ALMATY)

    assert read("today..tomorrow", now=sunday_night) == DateRange(date(2023, 12, 17), date(2023, 12, 18), True)
    assert read("weekend", now=sunday_night) == DateRange(date(2023, 12, 16), date(2023, 12, 17), True)


def test_weekday_fits_before_nearness_where_the_programme_covers_years() -> None:
    def over_years(text: str) -> DateRange:
        return read(text, first=date(2022, 12, 1), last=date(2025, 12, 31))

    assert over_years("17 dec") == DateRange(date(2023, 12, 17), date(2023, 12, 17), True)
    assert over_years("saturday 17 dec") == DateRange(date(2022, 12, 17), date(2022, 12, 17), True)
    assert over_years("wed 17 dec") == DateRange(date(2025, 12, 17), date(2025, 12, 17), True)


EXAMPLES = "write for example 17 dec, 17.12.2023, 2023-12, saturday, weekend, +3d or 15..17 dec"
UNCLEAR = "it is not clear which days you mean"
OUTSIDE = "they are outside the years 1 to 9999"
DAY_FIRST = "(25.12 begins with the day, 2023-12-25 with the year)"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("12.25", f"there is no month 25 {DAY_FIRST}"),
        ("12/25/2023", f"there is no month 25 {DAY_FIRST}"),
        ("2023-13", f"there is no month 13 {DAY_FIRST}"),
        ("17.0.2023", f"there is no month 0 {DAY_FIRST}"),
        ("30 feb", "there is no 30 February"),
        ("30 ақпан", "there is no 30 February"),
        ("2023-02-30", "there is no 30 February 2023"),
        ("29 feb 2023", "there is no 29 February 2023"),
        ("28-30 feb", "there is no 30 February"),
        ("feb 28-30", "there is no 30 February"),
        ("31.11", "there is no 31 November"),
        ("32 dec", "there is no 32 December"),
        ("0 dec", "there is no 0 December"),
        ("32", "there is no day 32"),
        ("0", "there is no day 0"),
        ("0000-12-17", OUTSIDE),
        ("0000", OUTSIDE),
        ("dec 9999 - jan", OUTSIDE),
        ("+999999999999d", OUTSIDE),
        ("-200000w", OUTSIDE),
        ("saturday 17 dec", "17 December 2023 is a Sunday, not a Saturday"),
        ("saturday 17 december 2023", "17 December 2023 is a Sunday, not a Saturday"),
        ("17 желтоқсан, сенбі", "17 December 2023 is a Sunday, not a Saturday"),
        ("fri 15 - mon 17 dec", "17 December 2023 is a Sunday, not a Monday"),
        ("monday 17", "17 December 2023 is a Sunday, not a Monday"),
        ("17..15 dec", "the range ends before it begins"),
        ("28-3 jan", "the range ends before it begins"),
        ("15.12.2023-03.01.2023", "the range ends before it begins"),
        ("tomorrow..today", "the range ends before it begins"),
        ("marvellous", "the word 'marvellous' is unknown"),
        ("17 декабрюшка", "the word 'декабрюшка' is unknown (декабрю?)"),
        ("17 decemer", "the word 'decemer' is unknown (december?)"),
        ("saturdays", "'saturdays' means many days, ask for one of them"),
        ("th 17", "the word 'th' is unknown"),
        ("ә күн бұрын", "the word 'ә' is unknown"),  # the key of 2, with Kazakh on; "a" would be one day
        ("1ғ желтоқсан", "the word 'ғ' is unknown"),
        ("17 ltrf,hz 23", "the word 'ltrf' is unknown"),
        ("17 dec 19:00", "only whole days are possible, leave out '19:00'"),
        ("17 dec, 7 pm", "only whole days are possible, leave out 'pm'"),
        ("17 dec 23 59", UNCLEAR),
        ("17 dec; 18 dec", "';' is not allowed in a date"),
        ("15 and 17 dec", "these days are not consecutive, ask for each of them"),
        ("from 1 feb", "the programme does not cover these days"),
        ("after 31 jan", "the programme does not cover these days"),
        ("17 dec\x1b[31m", r"'\x1b' is not allowed in a date"),
        ("", UNCLEAR),
        ("the", UNCLEAR),
        ("in", UNCLEAR),
        ("in..", UNCLEAR),
        ("..", UNCLEAR),
        ("17 dec -", UNCLEAR),
        ("- 17 dec", UNCLEAR),
        ("15..16..17", UNCLEAR),
        ("17 18 dec", UNCLEAR),
        ("17 dec jan", UNCLEAR),
        ("17 - december", UNCLEAR),
        ("dec-17", UNCLEAR),
        ("17 2023", UNCLEAR),
        ("17 2023 today", UNCLEAR),
        ("independence day, january", UNCLEAR),
        ("3 days", UNCLEAR),
        ("day", UNCLEAR),
        ("week", UNCLEAR),
        ("AI", UNCLEAR),  # ай: a month, but which?
        ("next december", UNCLEAR),
        ("tomorrow july - tomorrow june", UNCLEAR),
        ("sunday december", UNCLEAR),
        ("after 15-17 dec", UNCLEAR),
        ("end of december", UNCLEAR),
        # A letter or two in another keyboard layout would be words too: «3 в», «ср», "2y".
        ("3d", UNCLEAR),
        ("ch", "the word 'ch' is unknown"),
        ("ән", "the word 'ән' is unknown"),
        ("++3d", UNCLEAR),
        ("12345", UNCLEAR),
    ],
)
def test_unreadable_text_says_why_and_what_is_accepted(text: str, why: str) -> None:
    quoted = text.replace("\x1b", r"\x1b")

    with pytest.raises(UsageError) as error:
        read(text)

    assert str(error.value) == f"'{quoted}' cannot be read as days: {why}; {EXAMPLES}"


@pytest.mark.parametrize("text", ["17 dec..", "..17 dec", "from 17 dec"])
def test_open_range_needs_a_programme_with_days(text: str) -> None:
    with pytest.raises(UsageError) as error:
        read(text, first=None, last=None)

    why = "an open range needs a programme with dates"
    assert str(error.value) == f"'{text}' cannot be read as days: {why}; {EXAMPLES}"


def test_long_text_is_refused_and_cut_in_the_message() -> None:
    with pytest.raises(UsageError) as error:
        read("17 dec " * 1500)

    shown = "'17 dec 17 dec 17 dec 17 dec 17 dec 17 de…'"
    assert str(error.value) == f"{shown} cannot be read as days: it is longer than 200 characters; {EXAMPLES}"


def test_control_characters_are_made_visible_and_letters_left_alone() -> None:
    with pytest.raises(UsageError) as error:
        read("сенбі\u202e\x00\ud800")

    assert str(error.value).startswith(r"'сенбі\u202e\x00\ud800' cannot be read as days: ")


@pytest.mark.parametrize("text", ["next month", "next year", "tomorrow"])
def test_days_after_the_last_year_of_the_calendar_are_refused(text: str) -> None:
    with pytest.raises(UsageError) as error:
        read(text, now=datetime(9999, 12, 31, 12, tzinfo=UTC), first=None, last=None)

    assert str(error.value) == f"'{text}' cannot be read as days: {OUTSIDE}; {EXAMPLES}"


WORDS = list(spellings())
MONTH_WORDS = [(word, says[0][1]) for word, says in WORDS if len(says) == 1 and says[0][0] == "month"]


def test_every_word_of_the_tables_says_one_thing() -> None:
    assert [(word, meaning(word)) for word, _says in WORDS] == WORDS


GENITIVES = """пят шест восьм девят десят одиннадцат двенадцат тринадцат четырнадцат пятнадцат шестнадцат
    семнадцат восемнадцат девятнадцат двадцат тридцат"""


def test_search_form_of_every_word_says_the_same() -> None:
    others = {"сс", "он"}  # "cc", "on"
    others |= set(map("{}и".format, GENITIVES.split()))  # «пяти» is «пятый» in Latin letters
    letters = [(word, says) for word, says in WORDS if word.isalpha() and word not in others]

    assert [(word, meaning(fold(word))) for word, _says in letters] == letters


@pytest.mark.parametrize("month", range(1, 13))
def test_month_reads_back_in_every_spelling(month: int) -> None:
    for word in [word for word, number in MONTH_WORDS if number == month]:
        day = date(2023, month, 17)
        assert (word, read(f"17 {word} 2023")) == (word, DateRange(day, day))


days_of_the_programme = st.dates(FIRST, LAST)
ENGLISH, KAZAKH, RUSSIAN = (
    {12: words[0], 1: words[1]} for words in (("dec", "jan"), ("желтоқсан", "қаңтар"), ("декабря", "января"))
)
WEEKDAYS = ("дүйсенбі", "вторник", "wed", "бейсенбі", "fri", "суббота", "sun")


@given(day=days_of_the_programme)
def test_day_of_the_programme_reads_back_however_it_is_written(day: date) -> None:
    exact = [
        day.isoformat(),
        f"{day.day}.{day.month}.{day.year}",
        f"{day:%d/%m/%Y}",
        f"{WEEKDAYS[day.weekday()]} {day.day} {ENGLISH[day.month]} {day.year}",
    ]
    inferred = [
        f"{day.day}.{day.month}",
        f"{day.day} {ENGLISH[day.month]}",
        f"{ENGLISH[day.month]} {day.day}",
        f"{day.day} {KAZAKH[day.month]}",
        f"{day.day} {RUSSIAN[day.month]}",
        f"{WEEKDAYS[day.weekday()]} {day.day} {KAZAKH[day.month]}",
    ]

    assert {read(text) for text in exact} == {DateRange(day, day)}
    assert {read(text) for text in inferred} == {DateRange(day, day, True)}


@given(
    days=st.tuples(days_of_the_programme, days_of_the_programme).map(sorted),
    dash=st.sampled_from(["..", "-", " – ", " to "]),
)
def test_range_of_the_programme_reads_back_however_it_is_written(days: list[date], dash: str) -> None:
    first, last = days
    texts = [
        f"{first}{dash}{last}",
        f"{first:%d.%m.%Y}{dash}{last:%d.%m.%Y}",
        f"{first.day} {RUSSIAN[first.month]} {first.year}{dash}{last.day} {KAZAKH[last.month]} {last.year}",
    ]

    assert {read(text) for text in texts} == {DateRange(first, last)}
    assert read(f"{first.day} {ENGLISH[first.month]}{dash}{last.day} {ENGLISH[last.month]}") == DateRange(
        first, last, True
    )


moments = st.datetimes().map(lambda moment: moment.replace(tzinfo=UTC))
bounds = st.one_of(st.just((None, None)), st.tuples(st.dates(), st.dates()).map(sorted))
pieces = st.sampled_from(
    [word for word, _says in WORDS[::7]] + "0 1 9 15 17 31 99 2023 9999 - – .. / . , + d w 29 feb".split()
)
phrases = st.lists(st.tuples(pieces, st.sampled_from(["", " "])), max_size=9).map(
    lambda parts: "".join(map("".join, parts))
)


@settings(max_examples=5 * settings().max_examples)
@given(text=st.one_of(st.text(), phrases), now=moments, bounds=bounds)
def test_any_text_gives_days_in_order_or_a_usage_error(
    text: str, now: datetime, bounds: tuple[date | None, date | None]
) -> None:
    first, last = bounds
    try:
        days = read_when(text, now=now, first=first, last=last)
    except UsageError as error:
        assert str(error).isprintable()
    else:
        assert days.first <= days.last


@given(moment=moments.filter(lambda moment: 1 < moment.year < 9999), count=st.integers(0, 300))
def test_count_of_days_is_from_the_festival_day(moment: datetime, count: int) -> None:
    today = (moment - timedelta(hours=5)).date()
    there, back = today + timedelta(days=count), today - timedelta(days=count)

    assert read(f"+{count}d", now=moment) == DateRange(there, there, True)
    assert read(f"-{count}d", now=moment) == DateRange(back, back, True)


def why_refused(text: str, **known: Any) -> str:
    with pytest.raises(UsageError) as error:
        read(text, **known)
    return str(error.value).partition(" cannot be read as days: ")[2].removesuffix(f"; {EXAMPLES}")


def test_figure_alone_is_asked_back_where_two_months_of_the_programme_have_it() -> None:
    assert why_refused("17") == "it may be 17 December 2023 or 17 January 2024"
    assert why_refused("17", last=date(2024, 6, 30)) == (
        "it may be 17 December 2023, 17 January 2024, 17 February 2024 or …"
    )
    assert read("17", last=date(2023, 12, 31)) == DateRange(date(2023, 12, 17), date(2023, 12, 17), True)
    assert read("17", last=date(2024, 1, 16)) == DateRange(date(2023, 12, 17), date(2023, 12, 17), True)


@pytest.mark.parametrize("now", [datetime(2023, 11, 1, 12, tzinfo=ALMATY), AFTERWARDS])
def test_day_without_a_month_is_asked_back_where_no_day_of_the_programme_is_next(now: datetime) -> None:
    assert why_refused("17-го", now=now) == "it may be 17 December 2023 or 17 January 2024"
    assert why_refused("15-17", now=now) == (
        "it may be 15 December 2023 – 17 December 2023 or 15 January 2024 – 17 January 2024"
    )


@pytest.mark.parametrize("text", ["2023-13-17T10:00", "2023-12-17T25:00:00+06:00", "2023-02-30T10:00"])
def test_moment_that_is_none_is_refused(text: str) -> None:
    assert why_refused(text) == "there is no such moment"


def test_moment_is_that_of_the_programmes_zone() -> None:
    assert read("2023-12-16T23:30:00Z") == DateRange(date(2023, 12, 17), date(2023, 12, 17), True)
    assert read("2023-12-17T04:59:59+06:00") == DateRange(date(2023, 12, 16), date(2023, 12, 16), True)


@given(day=days_of_the_programme, count=st.integers(1, 30))
def test_distance_from_a_day_is_the_same_in_every_language(day: date, count: int) -> None:
    there, back = day + timedelta(days=count), day - timedelta(days=count)
    english, russian, kazakh = (f"{day.day} {names[day.month]}" for names in (ENGLISH, RUSSIAN, KAZAKH))
    after = [f"{count} days after {english}", f"через {count} дней после {russian}"]
    before = [f"{count} days before {english}", f"за {count} дней до {russian}"]
    ablative = f"{kazakh}{'нан' if day.month == 12 else 'дан'}"

    after += [f"{ablative} {count} күн кейін", f"{ablative} {count} күннен соң", f"{ablative} кейін {count} күннен соң"]
    before += [f"{ablative} {count} күн бұрын"]

    assert {read(text) for text in after} == {DateRange(there, there, True)}
    assert {read(text) for text in before} == {DateRange(back, back, True)}


@given(year=st.integers(2000, 2040), month=st.sampled_from([12, 1]), nth=st.integers(1, 5), weekday=st.integers(0, 6))
def test_counted_weekday_is_that_of_the_calendar(year: int, month: int, nth: int, weekday: int) -> None:
    column = [week[weekday] for week in monthcalendar(year, month) if week[weekday]]
    texts = [
        f"{nth}th {WEEKDAYS[weekday]} of {ENGLISH[month]} {year}",
        f"{nth}-е {WEEKDAYS[weekday]} {RUSSIAN[month]} {year}",
        f"{year} жылғы {KAZAKH[month]}ның {nth}-ші {WEEKDAYS[weekday]}",
    ]

    for text in texts:
        if nth > len(column):
            assert why_refused(text) == "there are only 4 of them"
        else:
            day = date(year, month, column[nth - 1])
            assert (text, read(text)) == (text, DateRange(day, day))

    last = date(year, month, column[-1])
    assert read(f"last {WEEKDAYS[weekday]} of {ENGLISH[month]} {year}") == DateRange(last, last)
    assert read(f"{KAZAKH[month]}ның соңғы {WEEKDAYS[weekday]} {year}") == DateRange(last, last)


years = st.dates(date(2010, 1, 1), date(2040, 1, 1))


@given(first=years, length=st.integers(0, 4000), today=years, meant=years)
def test_day_without_a_year_is_the_next_in_the_programme_else_its_latest(
    first: date, length: int, today: date, meant: date
) -> None:
    last = first + timedelta(days=length)
    covered = [first + timedelta(days=n) for n in range(length + 1)]
    same = [day for day in covered if (day.month, day.day) == (meant.month, meant.day)]
    noon = datetime(today.year, today.month, today.day, 12, tzinfo=ALMATY)

    days = read(f"{meant.day}.{meant.month}", now=noon, first=first, last=last)

    expected = [day for day in same if day >= today][:1] or same[-1:] or [days.first]
    assert (days, days.first.month, days.first.day) == (
        DateRange(expected[0], expected[0], True),
        meant.month,
        meant.day,
    )
