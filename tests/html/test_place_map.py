"""The map of a page: each known place is on it or beside it, and no mark lies on another."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeAlias

from hypothesis import given
from hypothesis import strategies as st

from kzfest.core.model import Location, Venue
from kzfest.html.place_map import MAP_MARGIN, SIDE, PlaceMap, map_shapes, mapped

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Run: TypeAlias = "Callable[..., Any]"

NEAR = st.tuples(st.floats(51.0, 51.3), st.floats(71.2, 71.7))
ANYWHERE = st.tuples(st.floats(-89, 89), st.floats(-180, 180))
POINTS = st.lists(NEAR | ANYWHERE, min_size=1, max_size=25)
MARK = re.compile(
    r'<rect x="([-\d.]+)" y="([-\d.]+)" width="(\d+)" height="16" rx="8" class="([pq])"/><text[^>]*>([\d·–]+)<'
)


def drawn(points: Sequence[tuple[float, float]], accuracy: Any = "building") -> PlaceMap:
    venues = [
        Venue(f"v{number}", {"en": f"Place {number}"}, location=Location(latitude, longitude, accuracy))
        for number, (latitude, longitude) in enumerate(points, 1)
    ]
    made = mapped([*venues, Venue("lost", {"en": "Lost"})])
    assert made
    return made


@given(POINTS)
def test_every_point_has_its_number_on_the_map_or_is_outside(points: list[tuple[float, float]]) -> None:
    made = drawn(points)
    marks = MARK.findall(map_shapes(made))

    ends = [[int(each) for each in re.split("[·–]", name)] for *_box, name in marks]
    numbers = [number for each in ends for number in range(each[0], each[-1] + 1)]
    assert numbers == [each.number for each in made.points if each.is_inside]
    assert [each.number for each in made.points] == [*range(1, len(points) + 1)]
    assert numbers
    assert made.places == len(points) + 1


@given(POINTS)
def test_no_mark_lies_on_another_or_over_the_edge(points: list[tuple[float, float]]) -> None:
    boxes = [(float(x), float(y), int(width)) for x, y, width, *_rest in MARK.findall(map_shapes(drawn(points)))]

    apart = [
        abs(y - other_y) >= 16 or x >= other_x + other_width or other_x >= x + width
        for number, (x, y, width) in enumerate(boxes)
        for other_x, other_y, other_width in boxes[:number]
    ]
    assert all(apart)
    assert all(0 <= y <= SIDE - 16 for _x, y, _width in boxes)
    assert all(0 <= x <= SIDE - width for x, _y, width in boxes)


@given(POINTS)
def test_points_keep_their_places_and_the_scale_its_length(points: list[tuple[float, float]]) -> None:
    made = drawn(points)
    inside = [each for each in made.points if each.is_inside]

    assert all(MAP_MARGIN - 1 <= at <= SIDE - MAP_MARGIN + 1 for each in inside for at in (each.x, each.y))
    by_north = sorted(inside, key=lambda each: -points[int(each.venue.id[1:]) - 1][0])
    assert [each.y for each in by_north] == sorted(each.y for each in inside)
    assert made.scale_km <= max(made.km / 3, 0.2)


def test_neighbours_have_one_mark_and_numbers_that_follow_one_another() -> None:
    here, there = (51.1, 71.4), (51.15, 71.45)
    made = drawn([here, there, here, (10, 10), here, there])

    marks = [name for *_box, name in MARK.findall(map_shapes(made))]
    assert (marks, [each.venue.id for each in made.points]) == (["1–3", "4·5"], ["v1", "v3", "v5", "v2", "v6", "v4"])


def test_hundreds_of_places_fit_on_the_map() -> None:
    made = drawn([(51 + number % 20 / 100, 71.3 + number // 20 / 100) for number in range(300)])

    boxes = [(float(x), int(width)) for x, _y, width, *_rest in MARK.findall(map_shapes(made))]
    assert len(boxes) > 1
    assert [(x, width) for x, width in boxes if x + width > SIDE] == []


def test_hollow_marks_are_known_roughly() -> None:
    exact, rough = (MARK.findall(map_shapes(drawn([(51.1, 71.4)], each)))[0][3] for each in ("building", "street"))

    assert (exact, rough) == ("p", "q")


def test_no_known_point_makes_no_map() -> None:
    assert mapped([Venue("lost", {"en": "Lost"})]) is None


def test_programme_without_points_has_no_map(kzfest: Run, programme: Callable[..., str]) -> None:
    file = programme("  - {id: tea, title: Tea, category: fair, start: 2023-12-16, place: Hall}\n")

    assert "Map</h2>" not in kzfest("--data", file, "page").stdout
