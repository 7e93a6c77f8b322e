"""The best repair of a plan is the one that trying every repair finds."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzfest.core.clashes import clashes
from kzfest.core.model import Showing
from kzfest.core.trouble import is_over, is_settled
from kzfest.core.visit import Itinerary, Visit, same_choice, sorted_visits
from kzfest.itineraries.plan import build_plan, needs_repair
from kzfest.itineraries.repair_options import repair_options
from kzfest.itineraries.repairs import repair_of
from kzfest.programme.context import Context
from kzfest.programme.zones import zone

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kzfest.itineraries.plan import Plan
    from kzfest.itineraries.repair_options import RepairOption

ALMATY = zone("Asia/Almaty")
NOW = datetime(2023, 12, 16, 10, 30, tzinfo=ALMATY)
FAIR = """\
format: 1
programme: {id: fair, title: Fair, timezone: Asia/Almaty, revised: 2023-12-01, first: 2023-12-15, last: 2023-12-18}
venues:
  - {id: hall, name: Hall, city: Astana, location: {latitude: 51.13, longitude: 71.41, accuracy: building}}
  - id: museum
    name: Museum
    city: Astana
    location: {latitude: 51.12, longitude: 71.47, accuracy: building}
    hours: {tue-sun: "10:00-12:30", mon: closed}
events:
  - {id: swan, title: Swan, category: ballet, venue: hall, start: 2023-12-16 11:00, end: 2023-12-16 12:00}
  - {id: songs, title: Songs, category: concert, venue: hall, start: 2023-12-16 11:30, end: 2023-12-16 12:30}
  - {id: gala, title: Gala, category: concert, venue: hall, start: 2023-12-17 11:00, status: cancelled}
  - {id: poems, title: Poems, category: reading, venue: hall, start: 2023-12-17 11:00, status: postponed}
  - id: puppets
    title: Puppets
    category: theatre
    venue: museum
    showings:
      - {id: morning, start: 2023-12-16 11:00, end: 2023-12-16 12:00}
      - {id: noon, start: 2023-12-16 12:00, end: 2023-12-16 13:00}
      - {id: off, start: 2023-12-16 15:00, end: 2023-12-16 16:00, status: cancelled}
      - {id: sunday, start: 2023-12-17 11:00, end: 2023-12-17 12:00, venue: hall}
  - {id: paintings, title: Paintings, category: exhibition, venue: museum, start: 2023-12-15, end: 2023-12-18}
  - {id: fossils, title: Fossils, category: exhibition, venue: museum, when: permanent}
  - {id: photos, title: Photos, category: exhibition, venue: hall, start: 2023-12-16, hours: "10:00-12:00"}
"""


@pytest.fixture(name="context", scope="module")
def _context(tmp_path_factory: pytest.TempPathFactory) -> Context:
    file = tmp_path_factory.mktemp("fair") / "fair.yaml"
    file.write_text(FAIR, encoding="utf-8")
    return Context(file=file, is_named=True, clock=lambda _catalogue: NOW)


class Planned(NamedTuple):
    """An event as it was when the visit was added."""

    event: str
    showing: str = ""
    venue: str = "hall"
    hours: bool = True


EVENTS = (
    Planned("swan"),
    Planned("songs"),
    Planned("gala"),
    Planned("poems"),
    Planned("dropped"),
    Planned("puppets", "morning", "museum"),
    Planned("puppets", "noon", "museum"),
    Planned("puppets", "evening", "museum"),
    Planned("paintings", "", "museum", hours=False),
    Planned("fossils", "", "museum", hours=False),
)


@st.composite
def visits(draw: st.DrawFn, number: int) -> Visit:
    """Return a visit to an event that may have changed since, at an hour of the user's own, or an appointment."""
    planned = draw(st.sampled_from((*EVENTS, None)))
    day = draw(st.sampled_from([date(2023, 12, 16), date(2023, 12, 17)]))
    minute = draw(st.sampled_from([0, 20, 30, 60, 120]))
    start = datetime(day.year, day.month, day.day, 10, 0, tzinfo=ALMATY) + timedelta(minutes=minute)
    end = start + timedelta(minutes=draw(st.sampled_from([0, 60, 100])))
    timed = planned is None or planned.hours or draw(st.booleans())
    showing = None
    if planned and planned.hours:
        showing = Showing(planned.showing, start, end)
    elif planned and planned.event != "fossils":
        showing = Showing("", date(2023, 12, 15), date(2023, 12, 18))
    return Visit(
        id=f"v{number}",
        title={"en": planned.event if planned else "Lunch"},
        start=start if timed else day,
        end=end if timed else None,
        timezone="Asia/Almaty",
        programme="fair" if planned else None,
        event=planned and planned.event,
        showing=showing,
        venue=planned and planned.venue,
        must=draw(st.booleans()),
        changed=datetime(2023, 12, 1, tzinfo=UTC),
    )


@st.composite
def itineraries(draw: st.DrawFn) -> Itinerary:
    """Return an itinerary of up to five visits, many of which clash or are to events that have changed."""
    found = [draw(visits(number)) for number in range(draw(st.integers(0, 5)))]
    return Itinerary("main", 1, tuple(sorted_visits(found)))


def every_repair(options: Sequence[Sequence[RepairOption]], plan: Plan) -> Iterator[list[int | None]]:
    """Yield every choice of one of the *options* of each visit, or none, in which no two exclude each other."""
    stay = [each for each in plan.visits if each.visit.id not in {one.visit.id for many in options for one in many}]
    stops = [each.stop for each in stay if each.stop and is_settled(each.visit, each.known, NOW)]

    def fits(option: RepairOption, chosen: Sequence[RepairOption]) -> bool:
        others = [*stops, *(each.stop for each in chosen if each.stop)]
        alike = [each for each in chosen if same_choice(each.visit) == same_choice(option.visit)]
        if any(option.elsewhen or each.elsewhen for each in alike):
            return False
        return option.stop is None or not any(list(clashes([option.stop, other], plan.by)) for other in others)

    def choices(place: int, chosen: list[RepairOption]) -> Iterator[list[int | None]]:
        if place == len(options):
            yield []
            return
        for rest in choices(place + 1, chosen):
            yield [None, *rest]
        for number, option in enumerate(options[place]):
            if fits(option, chosen):
                for rest in choices(place + 1, [*chosen, option]):
                    yield [number, *rest]

    yield from choices(0, [])


def best_of_all(plan: Plan, context: Context) -> dict[str, RepairOption | None]:
    """Return what becomes of each visit that changes in the best repair, found by looking at every repair."""
    free = [each for each in plan.visits if not is_settled(each.visit, each.known, NOW)]
    found = repair_options(free, plan, context)
    options = [
        sorted((option for family in families for option in family), key=lambda each: (each.changed, each.minutes))
        for families in found.values()
    ]

    def rank(choice: list[int | None]) -> tuple[int, int, int, int, list[tuple[int, int]]]:
        taken = [(place, number) for place, number in enumerate(choice) if number is not None]
        chosen = [options[place][number] for place, number in taken]
        musts = sum(each.visit.must for each in chosen)
        return -musts, -len(chosen), sum(each.changed for each in chosen), sum(each.minutes for each in chosen), taken

    best = min(every_repair(options, plan), key=rank)
    become = {
        key: None if number is None else options[place][number]
        for place, (key, number) in enumerate(zip(found, best, strict=True))
    }
    return {key: option for key, option in become.items() if option is None or option.changed}


@given(itineraries())
def test_repair_is_the_first_of_the_best(context: Context, itinerary: Itinerary) -> None:
    plan = build_plan(itinerary, context)

    repair = repair_of(plan, context)

    assert {each.planned.visit.id: each.option for each in repair.changes} == best_of_all(plan, context)
    assert bool(repair.changes) == needs_repair(plan, context)


@given(itineraries())
def test_repaired_plan_needs_no_repair(context: Context, itinerary: Itinerary) -> None:
    repair = repair_of(build_plan(itinerary, context), context)
    after = {each.id: each for each in itinerary.visits}
    for each in repair.changes:
        after.pop(each.planned.visit.id)
        after |= {each.planned.visit.id: each.option.visit} if each.option else {}

    repaired = build_plan(replace(itinerary, visits=tuple(sorted_visits(after.values()))), context)

    assert not needs_repair(repaired, context)
    over = {each.visit.id for each in repaired.visits if is_over(each.visit, each.known, NOW)}
    assert tuple(each for each in repaired.clashes if not {each.first, each.second} <= over) == repair.left
