"""Phrases of the pages: hours, repetitions, days, places, sources, and the language that a text is in."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from kzfest.cli.terminal.tables import wrap
from kzfest.core.model import Dispute, Event, Location, Source, Venue
from kzfest.formats import dates
from kzfest.formats.page import Canvas, StyledText, line, plain
from kzfest.pages import phrases

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kzfest.core.model import Status, Texts


@pytest.mark.parametrize(
    ("hours", "text"),
    [
        ({"mon": "closed", "tue": "10:00-18:00", "wed": "10:00-18:00"}, "Mon closed, Tue–Wed 10:00–18:00"),
        ({"sat": "09:00-22:00", "sun": "09:00-22:00"}, "Sat–Sun 09:00–22:00"),
        ({"fri": "10:00-18:00"}, "Fri 10:00–18:00"),
        ({"mon": "10:00-18:00", "wed": "10:00-18:00"}, "Mon 10:00–18:00, Wed 10:00–18:00"),
        (dict.fromkeys(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), "closed"), "Mon–Sun closed"),
    ],
)
def test_hours_of_a_week_join_days_that_are_alike(hours: Mapping[str, str], text: str) -> None:
    assert dates.week_hours(hours) == text


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        ("2023-12-18", "2023-12-18", StyledText("usually closed on Monday", "warning")),
        ("2023-12-17", "2023-12-17", StyledText("usually 10:00–18:00", "faint")),
        ("2023-12-16", "2023-12-16", None),
        ("2023-12-12", "2023-12-13", StyledText("usually Tue–Wed closed", "warning")),
        ("2023-12-14", "2023-12-15", StyledText("usually 10:00–18:00", "faint")),
        ("2023-12-15", "2023-12-17", StyledText("usually Fri 10:00–18:00, Sun 10:00–18:00", "faint")),
        ("2023-12-17", "2023-12-18", StyledText("usually Mon closed, Sun 10:00–18:00", "faint")),
        (
            "2023-12-11",
            "2023-12-17",
            StyledText("usually Mon–Wed closed, Thu–Fri 10:00–18:00, Sun 10:00–18:00", "faint"),
        ),
        (None, "2023-12-17", StyledText("usually Mon–Wed closed, Thu–Fri 10:00–18:00, Sun 10:00–18:00", "faint")),
    ],
)
def test_hours_are_told_of_the_days_asked(first: str | None, last: str, shown: StyledText | None) -> None:
    hours = dict.fromkeys(("mon", "tue", "wed"), "closed") | dict.fromkeys(("thu", "fri", "sun"), "10:00-18:00")
    venue = Venue(id="v", name={"en": "V"}, city="C", hours=hours)

    since = date.fromisoformat(first) if first else None
    assert phrases.usual_hours(venue, since, date.fromisoformat(last)) == shown


def test_hours_of_a_venue_without_any_are_not_told() -> None:
    venue = Venue(id="v", name={"en": "V"}, city="C")

    assert phrases.usual_hours(venue, date(2023, 12, 17), date(2023, 12, 17)) is None


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        ("2023-12-16T10:59", StyledText("usually opens at 11:00", "warning")),
        ("2023-12-16T11:00", StyledText("usually open until 14:00", "faint")),
        ("2023-12-16T14:00", StyledText("usually opens at 16:00", "warning")),
        ("2023-12-16T23:30", StyledText("usually open until 02:00", "faint")),
        ("2023-12-17T01:30", StyledText("usually open until 02:00", "faint")),
        ("2023-12-17T02:00", StyledText("usually closed since 02:00", "warning")),
        ("2023-12-17T12:00", StyledText("usually closed on Sunday", "warning")),
        ("2023-12-18T12:00", None),
    ],
)
def test_whether_a_venue_is_open_is_told_of_a_moment(moment: str, shown: StyledText | None) -> None:
    hours = {"sat": "11:00-14:00, 16:00-02:00", "sun": "closed"}
    venue = Venue(id="v", name={"en": "V"}, city="C", hours=hours)

    assert phrases.open_at(venue, datetime.fromisoformat(moment)) == shown


@pytest.mark.parametrize(
    ("rule", "start", "text"),
    [
        ("FREQ=YEARLY", date(2023, 12, 16), "every year"),
        ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=16", date(2023, 12, 16), "every year"),
        ("BYMONTHDAY=16;FREQ=YEARLY;BYMONTH=12", datetime(2023, 12, 16, 19), "every year"),  # noqa: DTZ001  # any zone
        ("freq=weekly;byday=sa", date(2023, 12, 16), "every week"),
        ("FREQ=MONTHLY", date(2023, 12, 16), "every month"),
        ("FREQ=DAILY", date(2023, 12, 16), "every day"),
        ("FREQ=YEARLY;BYMONTHDAY=16", date(2023, 12, 16), "repeats: FREQ=YEARLY;BYMONTHDAY=16"),
        ("FREQ=WEEKLY;BYDAY=SA,SU", date(2023, 12, 16), "repeats: FREQ=WEEKLY;BYDAY=SA,SU"),
        ("FREQ=MONTHLY;BYDAY=SA", date(2023, 12, 16), "repeats: FREQ=MONTHLY;BYDAY=SA"),
        ("FREQ=DAILY;COUNT=3", date(2023, 12, 16), "repeats: FREQ=DAILY;COUNT=3"),
        ("FREQ=WEEKLY;INTERVAL=2", date(2023, 12, 16), "repeats: FREQ=WEEKLY;INTERVAL=2"),
    ],
)
def test_repetition_is_in_words_where_its_day_simply_comes_again(rule: str, start: date, text: str) -> None:
    assert phrases.repetition(rule, start) == text


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("start", {"en": "2023-12-08"}, "8 Dec 2023"),
        ("start", {"ru": "2023-12-08"}, "8 Dec 2023"),
        ("start", {"en": "8 or 9 December", "ru": "8 или 9 декабря"}, "8 or 9 December"),
        ("start", {"ru": "8 или 9\nдекабря"}, "8 или 9 декабря [ru]"),
        ("start", {"ru": "2023-12-08 10:30"}, "2023-12-08 10:30"),
        ("title", {"ru": "The fair"}, "The fair"),
    ],
)
def test_value_of_another_source_is_told_in_the_language_of_the_reader(field: str, value: Texts, told: str) -> None:
    shown = phrases.disputed_value(Dispute(field, value, "times"), "en", dates.short_day)

    assert (plain(shown), shown[0].style) == (told, "warning")


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", (StyledText("The fair"),)),
        ("kk", (StyledText("Жәрмеңке"),)),
        ("ru", (StyledText("The fair", language="en"), StyledText(" [en]", "faint"))),
    ],
)
def test_text_in_another_language_says_which(language: str, shown: tuple[StyledText, ...]) -> None:
    assert phrases.localized_line({"kk": "Жәрмеңке", "en": "The  fair\n"}, language) == shown


def test_address_is_in_no_language() -> None:
    assert phrases.localized_line({"de": "https://rye.example/"}, "en") == (StyledText("https://rye.example/"),)


@pytest.mark.parametrize(
    ("status", "shown"),
    [("scheduled", "The fair"), ("cancelled", "CANCELLED: The fair"), ("postponed", "POSTPONED: The fair")],
)
def test_title_says_what_has_become_of_the_event(status: Status, shown: str) -> None:
    event = Event(id="fair", title={"en": "The fair"}, category="fair", status=status)

    assert plain(phrases.event_title(event, "en")) == shown


def test_place_on_a_map_where_it_is_known() -> None:
    at = Location(latitude=51.5, longitude=-0.2512345, accuracy="street")
    known = Venue(id="v", name={"en": "V"}, city="C", address={"en": "1 Main Street"}, location=at)
    unknown = Venue(id="v", name={"en": "V"}, city="C")

    assert phrases.map_link(known) == "https://www.openstreetmap.org/?mlat=51.5&mlon=-0.25123&zoom=17"
    assert phrases.map_link(unknown) is None


@pytest.mark.parametrize(
    ("source", "cited", "short"),
    [
        (Source(id="s", title="A guide"), "A guide", "'A guide'"),
        (Source(id="s", title="News", publisher="The Times"), "News (The Times)", "The Times"),
        (
            Source(id="s", title="News", publisher="The Times", published=date(2023, 12, 7)),
            "News (The Times, 7 Dec 2023)",
            "The Times, 7 Dec 2023",
        ),
        (Source(id="s", title="News", published=date(2023, 12, 7)), "News (7 Dec 2023)", "'News'"),
    ],
)
def test_source_is_cited_by_what_is_known_of_it(source: Source, cited: str, short: str) -> None:
    assert phrases.source_line(source) == line(*_parts(cited, source.title))
    assert phrases.short_source(source) == short


def _parts(cited: str, title: str) -> tuple[str, str]:
    return title, cited.removeprefix(title)


@given(st.lists(st.text("abcdefg ", min_size=1, max_size=40), min_size=1, max_size=6), st.integers(10, 100))
def test_legend_fits_and_says_everything(words: list[str], width: int) -> None:
    lines = [
        plain(each)
        for each in phrases.legend([(line(StyledText("━")), each) for each in words], Canvas(width, cell_len, wrap))
    ]

    assert max(map(len, lines)) <= width
    assert "".join(lines).replace(" ", "") == "".join(f"━{each}" for each in words).replace(" ", "")
