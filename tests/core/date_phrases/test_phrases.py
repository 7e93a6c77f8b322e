"""Every phrase of docs/dates.md means the days that stand beside it there, or is refused for that reason."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzfest.core.date_phrases.parser import examples, read_when
from kzfest.core.errors import UsageError
from kzfest.core.festival_day import DateRange
from kzfest.formats import dates
from kzfest.i18n import set_language

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = Path(__file__).parents[3] / "docs" / "dates.md"
NOW = datetime(2023, 12, 14, 12, tzinfo=ZoneInfo("Asia/Almaty"))
FIRST, LAST = date(2023, 12, 1), date(2024, 1, 31)
EXAMPLES = "write for example 17 dec, 17.12.2023, 2023-12, saturday, weekend, +3d or 15..17 dec"


class Row(NamedTuple):
    """A row of a table: the heading above it, its columns' names, and what stands in them."""

    heading: str
    columns: tuple[str, ...]
    cells: tuple[str, ...]

    def phrases(self, column: str) -> list[str]:
        """Return what its *column* has of what may be typed for the days of the row."""
        return re.findall("`([^`]+)`", self.cells[self.columns.index(column)]) if column in self.columns else []

    def all_phrases(self) -> list[str]:
        """Return what may be typed for the days of the row, in any language."""
        return [phrase for column in self.columns for phrase in self.phrases(column)]

    def days(self) -> DateRange:
        """Return the days in its last two columns."""
        first, last = map(date.fromisoformat, self.cells[-2:])
        return DateRange(first, last, inferred=self.heading != "With the year")


def rows() -> Iterator[Row]:
    """Yield the rows of the page's tables."""
    heading, columns = "", tuple[str, ...]()
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        cells = tuple(cell.strip() for cell in line.strip("|").split("|")) if line.startswith("|") else ()
        if line.startswith("#"):
            heading = line.lstrip("# ")
        if not cells:
            columns = ()
        elif not columns:
            columns = cells
        elif not line.startswith("|--"):
            yield Row(heading, columns, cells)


ROWS = list(rows())
UNDERSTOOD = [(phrase, row.days()) for row in ROWS if row.columns[-1] == "Last day" for phrase in row.all_phrases()]
REFUSED = [(phrase, row.cells[-1]) for row in ROWS if row.columns[-1] == "Reason" for phrase in row.all_phrases()]


@pytest.mark.parametrize(("phrase", "days"), UNDERSTOOD, ids=[phrase for phrase, _days in UNDERSTOOD])
def test_phrase_means_the_days_beside_it(phrase: str, days: DateRange) -> None:
    assert read_when(phrase, now=NOW, first=FIRST, last=LAST)._replace(moment=None) == days


@pytest.mark.parametrize(("phrase", "reason"), REFUSED, ids=[phrase for phrase, _reason in REFUSED])
def test_phrase_is_refused_for_the_reason_beside_it(phrase: str, reason: str) -> None:
    with pytest.raises(UsageError) as error:
        read_when(phrase, now=NOW, first=FIRST, last=LAST)

    assert str(error.value) == f"'{phrase}' cannot be read as days: {reason}; {EXAMPLES}"


def test_no_phrase_stands_there_twice_with_two_meanings() -> None:
    meanings = {phrase.casefold(): days for phrase, days in UNDERSTOOD}

    assert [(phrase, days) for phrase, days in UNDERSTOOD if meanings[phrase.casefold()] != days] == []


@pytest.mark.parametrize("language", ["English", "Қазақша", "Русский"])
def test_each_language_has_its_phrase_in_every_row(language: str) -> None:
    assert [row for row in ROWS if "English" in row.columns and not row.phrases(language)] == []


def test_there_are_as_many_phrases_as_a_dictionary_needs() -> None:
    said = {language: sum(len(row.phrases(language)) for row in ROWS) for language in ("English", "Қазақша", "Русский")}

    assert {language: count for language, count in said.items() if count < 150} == {}


@pytest.mark.parametrize("language", ["en", "kk", "ru"])
def test_what_a_message_gives_for_an_example_is_understood(language: str) -> None:
    set_language(language)

    read = [read_when(example, now=NOW, first=FIRST, last=LAST) for example in examples()]

    assert [(str(days.first), str(days.last)) for days in read] == [
        ("2023-12-17", "2023-12-17"),
        ("2023-12-17", "2023-12-17"),
        ("2023-12-01", "2023-12-31"),
        ("2023-12-16", "2023-12-16"),
        ("2023-12-16", "2023-12-17"),
        ("2023-12-17", "2023-12-17"),
        ("2023-12-15", "2023-12-17"),
    ]


@given(
    language=st.sampled_from(["en", "kk", "ru"]),
    first=st.dates(date(1990, 1, 1), date(2030, 1, 1)),
    length=st.integers(0, 400),
)
def test_days_as_they_are_shown_are_understood(language: str, first: date, length: int) -> None:
    set_language(language)
    last = first + timedelta(days=length)
    said_of_first = [dates.full_day(first), dates.long_day(first), dates.short_day(first)]

    assert {read_when(said, now=NOW, first=FIRST, last=LAST) for said in said_of_first} == {DateRange(first, first)}
    assert read_when(dates.days(first, last), now=NOW, first=FIRST, last=LAST) == DateRange(first, last)
