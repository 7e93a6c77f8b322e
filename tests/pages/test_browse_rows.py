"""The rows of the full screen say what `kzfest list` says, in the same order, and fit their columns."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from kzfest.cli.terminal.tables import canvas_of
from kzfest.core.model import Event, Showing, Venue
from kzfest.core.safe_text import visible
from kzfest.formats.page import plain
from kzfest.i18n import set_language
from kzfest.pages.browse_rows import (
    DAYS_WIDTH,
    LINES_OF_TITLE,
    InPlan,
    day_line,
    day_of_grid,
    event_lines,
    month_lines,
    month_rule,
    sections_of,
)
from kzfest.pages.event_list import list_table
from kzfest.paths import PROGRAMMES, data_folder
from kzfest.programme.context import Context
from kzfest.programme.database.catalogue import ListedRow
from kzfest.programme.database.queries import ONGOING, PERMANENT, POSSIBLE, STARTING, UNDATED, EventQuery
from kzfest.programme.events_by_day import EventsOfDay
from kzfest.programme.listing import listing_of

if TYPE_CHECKING:
    from collections.abc import Iterator

days = st.dates(date(1900, 1, 1), date(2199, 12, 31))
counts = st.builds(
    EventsOfDay,
    begin=st.integers(0, 200_000).map(lambda n: ("event",) * min(n, 3000)),
    go_on=st.integers(0, 3000).map(lambda n: ("event",) * n),
)


@pytest.mark.parametrize("name", PROGRAMMES)
def test_day_has_the_rows_of_a_list_in_its_order(name: str) -> None:
    context = Context(file=data_folder() / PROGRAMMES[name])
    head = context.catalogue.head
    assert head.first is not None
    assert head.last is not None

    for day in each_day(head.first - timedelta(days=2), head.last + timedelta(days=2)):
        question = EventQuery(first=day, last=day)
        listing = listing_of(context.catalogue.events(question), question, context)
        listed = [(section.title, plain(row[4])) for section in list_table(listing).sections for row in section.rows]
        titles = {section.title for section in list_table(listing).sections}
        heading, found = "", []
        for row in sections_of(context.catalogue.rows(question), day):
            if isinstance(row, str):
                heading = row
            else:
                found.append((heading, row.event))
        first = next(iter(titles - {heading for heading, _event in found}), "")
        assert [(heading or first, event) for heading, event in found] == listed, day


def each_day(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


@pytest.mark.parametrize("name", PROGRAMMES)
def test_whole_programme_has_each_event_once_in_the_order_of_a_list(name: str) -> None:
    context = Context(file=data_folder() / PROGRAMMES[name])

    rows = [row for row in sections_of(context.catalogue.rows(EventQuery()), None) if not isinstance(row, str)]

    assert [row.event for row in rows] == [each.event.id for each in context.catalogue.events(EventQuery())]


@given(days, counts, days, st.sampled_from(["", "*", "!"]), st.sampled_from(["en", "kk", "ru"]))
def test_day_is_never_wider_than_its_pane(day: date, on: EventsOfDay, today: date, mark: str, language: str) -> None:
    set_language(language)

    widths = {cell_len(plain(day_line(day, each, today=now, mark=mark))) for each in (None, on) for now in (day, today)}

    assert max(widths) <= DAYS_WIDTH


@given(days, st.sampled_from(["en", "kk", "ru"]))
def test_name_of_the_month_fills_its_rule(day: date, language: str) -> None:
    set_language(language)

    widths = [cell_len(plain(month_rule(day, with_year=with_year))) for with_year in (True, False)]

    assert widths == [DAYS_WIDTH, DAYS_WIDTH]


@given(days, st.sampled_from(["en", "kk", "ru"]))
def test_grid_of_a_month_has_each_day_where_it_is_clicked(day: date, language: str) -> None:
    set_language(language)

    lines = [plain(line) for line in month_lines(day, {}, {})]

    there = {(x, y): found.day for y in range(len(lines)) for x in range(0, 21, 3) if (found := day_of_grid(day, x, y))}
    assert {place: int(lines[place[1]][place[0] : place[0] + 2]) for place in there} == there
    assert sorted(there.values()) == list(range(1, max(there.values()) + 1))


letters = st.characters(categories=("L", "N", "P", "S")) | st.sampled_from("漢字 ы—")
titles = st.text(letters, min_size=1, max_size=300).filter(lambda text: visible(text) == text)
rows = st.builds(
    ListedRow,
    section=st.sampled_from([STARTING, ONGOING, POSSIBLE, PERMANENT, UNDATED]),
    number=st.just(1),
    event=st.just("event"),
    showing=st.just(""),
    first_day=days,
    last_day=days,
    start=st.sampled_from([None, "2023-12-15", "2023-12-15T10:00:00+06:00"]),
)


plans = st.builds(InPlan, st.sampled_from(["", "*", "!"]), st.booleans())


@given(rows, titles, titles, st.integers(DAYS_WIDTH, 200), st.none() | days, st.tuples(plans, st.booleans()))
def test_event_is_never_wider_than_its_pane(  # noqa: PLR0913, PLR0917  # a row depends on all of these
    row: ListedRow, title: str, place: str, width: int, day: date | None, looks: tuple[InPlan, bool]
) -> None:
    plan, roomy = looks
    showings = (Showing("", date(2023, 12, 15)),)
    event = Event(id="event", title={"en": title}, category="fair", place={"en": place}, showings=showings)

    def lines_of(event: Event, *, roomy: bool) -> list[str]:
        given = event_lines(
            row, event, day=day, plan=plan, venues={}, language="ru", canvas=canvas_of(width), roomy=roomy
        )
        return [plain(each) for each in given]

    lines, without = lines_of(event, roomy=roomy), lines_of(event._replace(place=None), roomy=roomy)

    assert 1 <= len(lines) <= LINES_OF_TITLE + roomy
    assert max(map(cell_len, lines)) <= width
    assert [line[: len(told)] for line, told in zip(lines, without, strict=False)] == without, "the title stays whole"
    assert len(lines) - len(without) <= roomy


HALL = Venue("hall", {"en": "The Great Hall of the Village", "ru": "Зал"}, "Astana")


@pytest.mark.parametrize(
    ("width", "roomy", "lines"),
    [
        (80, False, ["   10:00 A title of a few words · The Great Hall of the Village"]),
        (50, False, ["   10:00 A title of a few words · The Great Hall…"]),
        (50, True, ["   10:00 A title of a few words", "         The Great Hall of the Village"]),
        (40, False, ["   10:00 A title of a few words"]),
        (30, True, ["   10:00 A title of a few", "         words", "         The Great Hall of th…"]),
    ],
)
def test_place_follows_the_title_where_there_is_room(width: int, lines: list[str], *, roomy: bool) -> None:
    showing = Showing("", datetime(2023, 12, 15, 10, tzinfo=UTC), venue="hall")
    event = Event(id="event", title={"en": "A title of a few words"}, category="fair", showings=(showing,))
    day = date(2023, 12, 15)
    row = ListedRow(STARTING, 1, "event", "", day, day, "2023-12-15T10:00:00+00:00")

    given = event_lines(
        row,
        event,
        day=day,
        plan=InPlan(),
        venues={"hall": HALL},
        language="en",
        canvas=canvas_of(width),
        roomy=roomy,
    )

    assert [plain(each) for each in given] == lines
