"""Single values of a programme file: what each kind may be, and the sentence about one that is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Faults = Callable[[str | bytes], list[str]]

NO_VALUE = "the value is empty; remove the key if it is unknown"
SPACES = "spaces at the beginning or the end; remove them"
NO_ID = "is not an id; use lower-case Latin words joined by hyphens, such as new-year-concert"
ONE_LINE = "a line break or a tab; write the text on one line"


HEAD = "format: 1\nprogramme: {id: p, title: P, timezone: Asia/Almaty, revised: 2023-12-01}\n"


def record(section: str, base: dict[str, str], key: str, value: str) -> tuple[str, int]:
    """Return a section with one record, in which *key* is *value*, and the line of it below the section's head."""
    lines = [f"  {each}: {text}" for each, text in (base | {key: value}).items()]
    return "\n".join([section, *lines]).replace("s:\n ", "s:\n-", 1) + "\n", 1 + [*base, key].index(key)


def event(key: str, value: str) -> tuple[str, int]:
    """Return a programme with one event, in which *key* is *value*, and the line of that."""
    base = {"id": "fair", "title": "Fair", "category": "fair", "start": "2023-12-16"}
    text, line = record("events:", base, key, value)
    return HEAD + text, line + 3


def venue(key: str, value: str) -> tuple[str, int]:
    text, line = record("venues:", {"id": "hall", "name": "Hall", "city": "Astana"}, key, value)
    return f"{HEAD}events: []\n{text}", line + 4


def programme(key: str, value: str) -> tuple[str, int]:
    base = {"id": "p", "title": "P", "timezone": "Asia/Almaty", "revised": "2023-12-01"}
    text, line = record("programme:", base, key, value)
    return f"format: 1\nevents: []\n{text}", line + 3


def no_date(text: str) -> str:
    return f"'{text}' is not a date; write it as 2023-12-16 or as 2023-12-16 19:00"


def no_day(text: str) -> str:
    return f"'{text}' is not a date; write it as 2023-12-16"


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("title", '""', NO_VALUE),
        ("title", "{}", NO_VALUE),
        ("title", "{en: ''}", NO_VALUE),
        ("title", '" Fair"', SPACES),
        ("title", "{ru: 'Ярмарка '}", SPACES),
        ("title", '"\\u00a0Fair"', SPACES),
        ("title", '"Winter\\nfair"', ONE_LINE),
        ("title", '"Winter\\tfair"', ONE_LINE),
        ("title", "[Fair]", "expected text, found a list"),
        ("title", "{en: {a: b}}", "expected text, found a mapping"),
        ("title", "{english: Fair}", "'english' is not a language code; write one of ISO 639, such as kk"),
        ("title", "{EN: Fair}", "'EN' is not a language code; write one of ISO 639, such as kk"),
        ("title", "x" * 1_001, "too long (1001 characters); the maximum is 1000"),
        ("summary", "''", NO_VALUE),
        ("summary", "x" * 20_001, "too long (20001 characters); the maximum is 20000"),
        ("price", "' '", SPACES),
        ("category", "Winter fair", f"'Winter fair' {NO_ID}"),
        ("category", "fair-", f"'fair-' {NO_ID}"),
        ("id", "жарменке", f"'жарменке' {NO_ID}"),
        ("id", "a--b", f"'a--b' {NO_ID}"),
        ("url", "ticketon.kz", "'ticketon.kz' is not a web address; begin it with https://"),
        ("url", "javascript:alert(1)", "'javascript:alert(1)' is not a web address; begin it with https://"),
        ("url", "https://a.kz/b c", "'https://a.kz/b c' is not a web address; begin it with https://"),
        ("country", "Kazakhstan", "'Kazakhstan' is not a country code; write two capitals (ISO 3166), such as KZ"),
        ("country", "kz", "'kz' is not a country code; write two capitals (ISO 3166), such as KZ"),
        ("languages", "[kazakh]", "'kazakh' is not a language code; write one of ISO 639, such as kk"),
        ("status", "canceled", "'canceled' is not allowed; write scheduled, cancelled, postponed or moved"),
        ("revision", "-1", "'-1' is not a whole number from 0"),
        ("revision", "1.5", "'1.5' is not a whole number from 0"),
        ("revision", "٣", "'٣' is not a whole number from 0"),
        ("changed", "yesterday", no_day("yesterday")),
        ("changed", "2023-12-16 10:00", no_day("2023-12-16 10:00")),
        ("tags", "art", "expected a list, found text"),
        ("tags", "['', art]", NO_VALUE),
        ("tags", "[{a: b}]", "expected text, found a mapping"),
        ("people", "{name: A}", "expected a list, found a mapping"),
        ("disputes", "{field: start}", "expected a list, found a mapping"),
        ("start", "2023-02-29", no_date("2023-02-29")),
        ("start", "2023-13-01", no_date("2023-13-01")),
        ("start", "2023-12-32", no_date("2023-12-32")),
        ("start", "0000-01-01", no_date("0000-01-01")),
        ("start", "0001-01-01 00:30", no_date("0001-01-01 00:30")),
        ("start", "9999-12-31", no_date("9999-12-31")),
        ("start", "6000-01-01", no_date("6000-01-01")),
        ("end", "7026-06-06 19:00", f"{no_date('7026-06-06 19:00')}, or as unknown"),
        ("start", "16.12.2023", no_date("16.12.2023")),
        ("start", "2023-12-16T19", no_date("2023-12-16T19")),
        ("start", "2023-12-16 25:00", no_date("2023-12-16 25:00")),
        ("start", "2023-12-16 19:60", no_date("2023-12-16 19:60")),
        ("start", "2023-12-16 19:00+6", no_date("2023-12-16 19:00+6")),
        ("start", "2023-W50-6", no_date("2023-W50-6")),
        ("start", "２０２３-12-16", no_date("２０２３-12-16")),
        ("start", "unknown", no_date("unknown")),
        ("end", "2023-11-31", no_date("2023-11-31") + ", or as unknown"),
        ("end", "Unknown", no_date("Unknown") + ", or as unknown"),
    ],
)  # fmt: skip
def test_value_of_an_event_is_refused(faults: Faults, key: str, value: str, message: str) -> None:
    text, line = event(key, value)

    assert faults(text) == [f"p.yaml:{line}: {key}: {message}"]


@pytest.mark.parametrize("value", ["", "''", '""', "|", ">-", "|+"])
def test_key_without_a_value_is_a_fault(faults: Faults, value: str) -> None:
    text, line = event("price", value)

    assert faults(text) == [f"p.yaml:{line}: price: {NO_VALUE}"]


def no_degrees(text: str, most: int) -> str:
    return f"'{text}' is not a number of degrees from -{most} to {most}, such as 51.1185"


POINT = {"latitude": "51.1185", "longitude": "71.4697", "accuracy": "street"}


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("latitude", "91", no_degrees("91", 90)),
        ("latitude", "-90.1", no_degrees("-90.1", 90)),
        ("latitude", "N51", no_degrees("N51", 90)),
        ("latitude", "1e1", no_degrees("1e1", 90)),
        ("latitude", "nan", no_degrees("nan", 90)),
        ("latitude", '"51,1185"', no_degrees("51,1185", 90)),
        ("latitude", "٥١", no_degrees("٥١", 90)),
        ("longitude", "180.5", no_degrees("180.5", 180)),
        ("accuracy", "exact", "'exact' is not allowed; write building, street or approximate"),
    ],
)
def test_place_on_the_ground_is_refused(faults: Faults, key: str, value: str, message: str) -> None:
    point = ", ".join(f"{each}: {text}" for each, text in (POINT | {key: value}).items())

    text, line = venue("location", f"{{{point}}}")

    assert faults(text) == [f"p.yaml:{line}: {key}: {message}"]


HOURS = "is not valid; write closed, or hours such as 10:00-18:00"
NO_HOURS = 'expected days and hours, such as {tue-sun: "10:00-18:00"}'


def no_weekday(text: str) -> str:
    return f"'{text}' is not a weekday; write mon, tue, wed, thu, fri, sat or sun, or a range such as tue-sun"


@pytest.mark.parametrize(
    ("hours", "message"),
    [
        ("{}", NO_HOURS),
        ("{mon: 10-18}", f"'10-18' {HOURS}"),
        ("{mon: '9:00-18:00'}", f"'9:00-18:00' {HOURS}"),
        ("{mon: '10:00-18:00,19:00-20:00'}", f"'10:00-18:00,19:00-20:00' {HOURS}"),
        ("{mon: '10:00-24:30'}", "'24:30' is not a valid time"),
        ("{mon: '10:60-18:00'}", "'10:60' is not a valid time"),
        ("{mon: '25:00-26:00'}", "'25:00' is not a valid time"),
        ("{mon: '１０:00-18:00'}", f"'１０:00-18:00' {HOURS}"),
        ("{mon: ''}", NO_VALUE),
        ("{mon: [closed]}", "expected text, found a list"),
        ("{Mon: closed}", no_weekday("Mon")),
        ("{sun-tue: closed}", no_weekday("sun-tue")),
        ("{mon-: closed}", no_weekday("mon-")),
        ("{mon-wed: closed, tue: closed}", "duplicate hours for 'tue'"),
        ("{mon: '24:00-24:00'}", "'24:00-24:00' opens at 24:00; write 00:00 on the next day"),
        (
            "{mon: '10:00-12:00, 24:00-02:00'}",
            "'10:00-12:00, 24:00-02:00' opens at 24:00; write 00:00 on the next day",
        ),
        ("{mon: '09:00-12:00, 06:00-06:00'}", "'09:00-12:00, 06:00-06:00' has overlapping hours; join them"),
        ("{mon: '10:00-14:00, 13:00-18:00'}", "'10:00-14:00, 13:00-18:00' has overlapping hours; join them"),
        ("{mon: '22:00-02:00, 20:00-23:00'}", "'22:00-02:00, 20:00-23:00' has overlapping hours; join them"),
        ("{mon: '00:00-24:00, 10:00-12:00'}", "'00:00-24:00, 10:00-12:00' has overlapping hours; join them"),
    ],
)
def test_opening_hours_are_refused(faults: Faults, hours: str, message: str) -> None:
    text, line = venue("hours", hours)

    assert faults(text) == [f"p.yaml:{line}: hours: {message}"]


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("timezone", "Astana", "'Astana' is not a time zone; write an IANA name, such as Asia/Almaty"),
        ("timezone", "Factory", "'Factory' is not a time zone; write an IANA name, such as Asia/Almaty"),
        ("timezone", "UTC+5", "'UTC+5' is not a time zone; write an IANA name, such as Asia/Almaty"),
        ("timezone", "../Almaty", "'../Almaty' is not a time zone; write an IANA name, such as Asia/Almaty"),
        ("timezone", "a" * 1_000, f"'{'a' * 1_000}' is not a time zone; write an IANA name, such as Asia/Almaty"),
        ("revised", "2023", no_day("2023")),
        ("first", "2023-12-00", no_day("2023-12-00")),
        ("last", "unknown", no_day("unknown")),
        ("id", "Astana", f"'Astana' {NO_ID}"),
    ],
)
def test_value_of_the_programme_is_refused(faults: Faults, key: str, value: str, message: str) -> None:
    text, line = programme(key, value)

    assert faults(text) == [f"p.yaml:{line}: {key}: {message}"]


def test_every_fault_of_opening_hours_is_told(faults: Faults) -> None:
    text, line = venue("hours", '{so: closed, mon: "25:00-26:00", tue: later}')

    days = "mon, tue, wed, thu, fri, sat or sun"
    assert faults(text) == [
        f"p.yaml:{line}: hours: '25:00' is not a valid time",
        f"p.yaml:{line}: hours: 'later' {HOURS}",
        f"p.yaml:{line}: hours: 'so' is not a weekday; write {days}, or a range such as tue-sun",
    ]
