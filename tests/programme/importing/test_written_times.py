"""Times and lengths as people write them in the cells of tables."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kzfest.programme.importing.written_days import order_of
from kzfest.programme.importing.written_times import WrittenSpan, length_of, written

MAY_3, MAY_5 = date(2019, 5, 3), date(2019, 5, 5)


def read(text: str, *, is_day: bool = False) -> list[tuple[date | None, str | None, date | None, str | None]]:
    """Return the days and clocks in *text*, month first, in 2019 if it names no year."""

    def clock(minutes: int | None) -> str | None:
        return None if minutes is None else f"{minutes // 60}:{minutes % 60:02}"

    return [
        (
            span.day and span.day.on(month_first=True, year=2019, begins=date(2019, 5, 1)),
            clock(span.clock),
            span.end_day and span.end_day.on(month_first=True, year=2019, begins=date(2019, 5, 1)),
            clock(span.end_clock),
        )
        for span in written(text, is_day=is_day).spans
    ]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "2019-05-03",
            "2019/5/3",
            "3.5.2019",
            "03.05.19",
            "5/3/2019",
            "3.5.",
            "3 May 2019",
            "3rd of May",
            "May 3, 2019",
        ),
        *(
            "Fri 3 May",
            "Friday, May 3rd",
            "03-May-19",
            "3. Mai 2019",
            "Freitag, 3. Mai",
            "mar 3 mai",
            "3 de mayo de 2019",
        ),
        *("3 maggio 2019", "3 мая 2019 г.", "3 мамыр", "2019 жылғы 3 мамыр", "3 травня 2019", "43588", "Freitag"),
    ],
)
def test_day(text: str) -> None:
    assert read(text, is_day=True) == [(MAY_3, None, None, None)]


@pytest.mark.parametrize(
    ("text", "clocks"),
    [
        *(
            (text, ("9:00", None))
            for text in ("9:00", "09.00", "9h00", "9 h", "9:00 AM", "9 Uhr", "9.00 Uhr", "0900", "9")
        ),
        *((text, ("9:00", "10:15")) for text in ("09:00-10:15", "9.00 – 10.15 Uhr", "9–10:15am")),
        *((text, ("14:00", "16:00")) for text in ("14–16", "2-4pm", "14h à 16h", "14 bis 16 Uhr", "2 p.m. to 4 p.m.")),
        *((text, (midnight, None)) for text, midnight in (("0:00", "0:00"), ("12:00 AM", "0:00"), ("24:00", "24:00"))),
        *(("11-1pm", ("11:00", "13:00")), ("8pm–midnight", ("20:00", "24:00")), ("noon", ("12:00", None))),
        *(("25:30", ("25:30", None)), ("0.375", ("9:00", None))),
    ],
)
def test_time_of_day(text: str, clocks: tuple[str, str | None]) -> None:
    assert read(text) == [(None, clocks[0], None, clocks[1])]


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("2019-05-03 09:30-10:15", [(MAY_3, "9:30", None, "10:15")]),
        ("vendredi 3 mai 2019, 20h30", [(MAY_3, "20:30", None, None)]),
        ("3–5 May 2019", [(MAY_3, None, MAY_5, None)]),
        ("Fri 3 May – Sun 5 May 2019", [(MAY_3, None, MAY_5, None)]),
        ("3.5. 19:00 - 5.5.2019 02:00", [(MAY_3, "19:00", MAY_5, "2:00")]),
        ("43588.375", [(MAY_3, "9:00", None, None)]),
        ("10:00, 14:00", [(None, "10:00", None, None), (None, "14:00", None, None)]),
        ("3 May 10:00; 5 May 11:00", [(MAY_3, "10:00", None, None), (MAY_5, "11:00", None, None)]),
        ("31.4.2019", []),
        ("soon", []),
        ("9:75", []),
        ("", []),
    ],
)
def test_days_with_times(text: str, spans: list[tuple[date | None, str | None, date | None, str | None]]) -> None:
    assert read(text) == spans


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        *(("2019-05-03 09:30:00 UTC", 0), ("2019-05-03T09:30:00Z", 0), ("2019-05-03 09:30:00-04:00", -4)),
        *(("09:30 UTC+2", 2), ("09:30+02:00", 2)),
    ],
)
def test_offset(text: str, hours: int) -> None:
    (span,) = written(text).spans

    assert (span.clock, span.offset and span.offset.utcoffset(None)) == (570, timedelta(hours=hours))


@pytest.mark.parametrize("text", ["TBA", "n.n.", "2019-05-03 TBA", "t.b.d.", "?"])
def test_time_that_is_not_known_yet(text: str) -> None:
    assert written(text).is_open


def test_cell_of_a_column_of_days_is_no_time() -> None:
    assert [written("9", is_day=each).spans for each in (False, True)] == [[WrittenSpan(clock=540)], []]


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        *(("00hr:50min", 50), ("1:30", 90), ("90", 90), ("1h30", 90), ("0:50:00", 50), ("1,5 Std.", 90), ("PT30M", 30)),
        *(("45'", 45), ("2 часа", 120), ("1 сағ 30 мин", 90), ("90 Minuten", 90), ("1 h 5 min", 65)),
        *(("0", None), ("0:00", None), ("long", None), ("", None)),
    ],
)
def test_length(text: str, minutes: int | None) -> None:
    assert length_of(text) == (None if minutes is None else timedelta(minutes=minutes))


def test_length_in_hours() -> None:
    assert [length_of(each, in_hours=True) for each in ("1.5", "90 min")] == [timedelta(minutes=90)] * 2


@pytest.mark.parametrize(
    ("texts", "is_month_first"),
    [
        (["5/3/2019", "5/4/2019", "5/5/2019"], True),
        (["3/5/2019", "4/5/2019", "5/5/2019"], False),
        (["5/3/2019", "5/13/2019"], True),
        (["Fri 5/3/2019"], True),
        (["Tue 5/3/2019"], False),
        (["5/3/2019"], None),
        (["1/2/2019", "3/4/2019"], None),
        (["3.5.2019"], False),
        (["5/5/2019"], False),
    ],
)
def test_order_of_day_and_month(texts: list[str], *, is_month_first: bool | None) -> None:
    order = order_of(span.day for text in texts for span in written(text).spans if span.day)

    assert (order and order.month_first) == is_month_first
