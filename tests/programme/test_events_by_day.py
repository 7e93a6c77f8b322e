"""What begins, goes on and may be on, day by day: the same as a list says of each single day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from kzfest.core.festival_day import days_of
from kzfest.paths import PROGRAMMES, data_folder
from kzfest.programme.context import Context
from kzfest.programme.database.catalogue import Catalogue
from kzfest.programme.database.queries import ONGOING, POSSIBLE, STARTING, EventQuery
from kzfest.programme.day_schedule import day_schedule
from kzfest.programme.events_by_day import EventsOfDay, events_by_day
from kzfest.programme.library import Library
from kzfest.programme.listing import listing_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FAIR = """
format: 1
programme: {id: fair, title: Fair, timezone: Asia/Almaty, revised: 2023-12-01}
sources: {paper: {title: Paper}}
events:
  - {id: all-along, title: On for days, category: show, start: 2023-12-15, end: 2023-12-17}
  - {id: talk, title: Talk, category: talk, start: 2023-12-16 19:00, end: 2023-12-16 20:00}
  - {id: night, title: Night, category: concert, start: 2023-12-17 02:00, end: 2023-12-17 04:00}
  - {id: open, title: Open end, category: show, start: 2023-12-15, end: unknown}
  - id: gap
    title: Two showings
    category: show
    showings: [{id: one, start: 2023-12-15 10:00}, {id: two, start: 2023-12-17 09:00}]
  - id: disputed
    title: Disputed
    category: show
    start: 2023-12-17
    sources: [paper]
    disputes: [{field: start, value: 2023-12-16, source: paper}]
  - {id: off, title: Cancelled, category: talk, start: 2023-12-16 12:00, status: cancelled}
  - id: half-off
    title: One of two postponed
    category: talk
    showings: [{id: one, start: 2023-12-16 08:00, status: postponed}, {id: two, start: 2023-12-17 08:00}]
"""


def test_each_day_has_what_begins_goes_on_and_may_be_on(catalogue: Callable[[str], Catalogue]) -> None:
    found = events_by_day(catalogue(FAIR), EventQuery(first=date(2023, 12, 14), last=date(2023, 12, 17)))

    assert found == {
        date(2023, 12, 15): EventsOfDay(begin=("all-along", "open", "gap")),
        date(2023, 12, 16): EventsOfDay(
            begin=("talk", "night"),
            go_on=("all-along",),
            may_be_on=("open",),
            other_source=("disputed",),
            off=("half-off", "off"),
        ),
        date(2023, 12, 17): EventsOfDay(
            begin=("disputed", "half-off", "gap"), go_on=("all-along",), may_be_on=("open",)
        ),
    }


NO_END = """
format: 1
programme: {id: fair, title: Fair, timezone: Asia/Almaty, revised: 2023-12-01, last: 2023-12-20}
sources: {paper: {title: Paper}}
events:
  - id: no-end
    title: No end
    category: show
    start: 2023-12-15 19:00
    sources: [paper]
    disputes: [{field: end, value: 2023-12-16, source: paper}]
  - id: open
    title: One showing is open
    category: show
    showings: [{id: one, start: 2023-12-14 10:00, end: 2023-12-14 11:00}, {id: two, start: 2023-12-15, end: unknown}]
  - id: both
    title: Open end, and another source
    category: show
    start: 2023-12-17
    end: unknown
    sources: [paper]
    disputes: [{field: start, value: 2023-12-16, source: paper}, {field: end, value: 2023-12-19, source: paper}]
"""


def test_end_that_is_not_known_is_no_open_end(catalogue: Callable[[str], Catalogue]) -> None:
    found = events_by_day(catalogue(NO_END), EventQuery(first=date(2023, 12, 16), last=date(2023, 12, 16)))

    assert found == {date(2023, 12, 16): EventsOfDay(may_be_on=("open",), other_source=("no-end", "both"))}


def test_filters_choose_the_events(catalogue: Callable[[str], Catalogue]) -> None:
    question = EventQuery(first=date(2023, 12, 16), last=date(2023, 12, 16), categories=("talk",))

    assert events_by_day(catalogue(FAIR), question) == {
        date(2023, 12, 16): EventsOfDay(begin=("talk",), off=("half-off", "off"))
    }


@pytest.mark.parametrize("programme", ["fair", "no end", *PROGRAMMES])
def test_all_views_have_one_reason_for_a_doubtful_day(programme: str, tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    if programme in PROGRAMMES:
        file = data_folder() / PROGRAMMES[programme]
    else:
        file.write_text({"fair": FAIR, "no end": NO_END}[programme], encoding="utf-8")
    context = Context(library=Library(), file=file)
    first, last = context.catalogue.head.first, context.catalogue.head.last
    assert first
    assert last

    counted = events_by_day(context.catalogue, EventQuery(first=first, last=last))

    for day in days_of(first, last):
        question = EventQuery(first=day, last=day)
        events = counted.get(day, EventsOfDay())
        rows = [each for each in context.catalogue.rows(question) if each.section == POSSIBLE]
        listed = context.catalogue.events(question)
        schedule = day_schedule(listing_of(listed, question, context), "venue").events
        off = set(events.off)
        assert {each.event for each in rows if each.is_open} - off == set(events.may_be_on), day
        assert {each.event for each in rows if not each.is_open} - off == set(events.other_source), day
        for role in ("may_be_on", "other_source"):
            ids = {each.event.id for each in schedule if each.role == role}
            assert ids - off == set(getattr(events, role)), day
    context.library.close()


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_each_day_is_that_of_a_list(programme: str, tmp_path: Path) -> None:
    catalogue = Catalogue(data_folder() / PROGRAMMES[programme], folder=tmp_path)
    first, last = catalogue.head.first, catalogue.head.last
    assert first is not None
    assert last is not None

    found = events_by_day(catalogue, EventQuery(first=first, last=last))

    for day in days_of(first, last):
        listed = catalogue.events(EventQuery(first=day, last=day))
        starting = catalogue.events(EventQuery(first=day, last=day, starting=True))
        events = found.get(day, EventsOfDay())
        held = {each.event.id for each in listed} - set(events.off)
        certain = {each.event.id for each in listed if each.section in {STARTING, ONGOING}} - set(events.off)
        assert set(events.begin) == {each.event.id for each in starting} - set(events.off)
        assert {*events.begin, *events.go_on} == certain
        dated = {each.event.id for each in listed if each.certainty != "permanent"}
        assert {*certain, *events.may_be_on, *events.other_source} == held & dated
        assert [each.event.id for each in listed if each.section == STARTING and each.event.id in held] == [
            key for key in events.begin if key in {each.event.id for each in listed if each.section == STARTING}
        ]
