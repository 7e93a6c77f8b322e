"""A map of the places whose points are known, drawn without tiles, and the list of their names."""

from __future__ import annotations

from itertools import chain, count
from math import cos, radians
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from kzfest.core.model import Location
from kzfest.core.place_text import away
from kzfest.core.travel import distance_km
from kzfest.formats.page import joined
from kzfest.html.elements import Markup, element
from kzfest.html.rich_text import html_of_line
from kzfest.i18n import _, pgettext
from kzfest.pages import phrases

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kzfest.core.model import Venue
    from kzfest.html.contents import Contents, Edition

SIDE, MAP_MARGIN = 340, 30
"""The map is a square; no mark stands nearer to its edge than the margin."""
REACH_KM = 15
"""How far from the middle of all places a place may be to be on the map."""
SMALLEST_KM = 1.0
KM_PER_DEGREE = 111.195
HIGH_MARK = 16
PAIR = 2
LENGTHS_KM = (10, 5, 2, 1, 0.5, 0.2)
"""Of the scale, of which the longest that takes no more than a third of the side is drawn."""


class Point(NamedTuple):
    """A numbered place, on the map if it has coordinates there."""

    number: int
    venue: Venue
    x: float
    y: float
    is_inside: bool


class PlaceMap(NamedTuple):
    """The known points of the places of a page."""

    groups: Sequence[Sequence[Point]]
    """The points on the map, those together whose marks would lie on each other; their numbers follow one another."""
    outside: Sequence[Point]
    places: int
    """How many places the page has, with and without a point."""
    centre: Location
    km: float
    """The side of the map."""

    @property
    def points(self) -> list[Point]:
        """All points, in the order of their numbers."""
        return [*chain.from_iterable(self.groups), *self.outside]

    @property
    def scale_km(self) -> float:
        """The length of the scale."""
        return next((each for each in LENGTHS_KM if each <= self.km / 3), LENGTHS_KM[-1])


def place_map(contents: Contents) -> PlaceMap | None:
    """Return the map of the places of a page, or None if no point is known."""
    used = dict.fromkeys(
        key
        for listed in contents.listing.events
        for key in (listed.event.venue, *(each.venue for each in listed.showings))
        if key in contents.listing.venues
    )
    return mapped([contents.listing.venues[key] for key in used if key])


def mapped(venues: Sequence[Venue]) -> PlaceMap | None:
    """Return the map of *venues*, or None if none has a known point."""
    known = [(venue, venue.location) for venue in venues if venue.location]
    if not known:
        return None
    centre = Location(
        median(at.latitude for _venue, at in known), median(at.longitude for _venue, at in known), "street"
    )
    near = [at for _venue, at in known if distance_km(at, centre) <= REACH_KM] or [known[0][1]]
    planes = [_plane(at, centre) for at in near]
    east, north = (sorted(each) for each in zip(*planes, strict=True))
    km = max(east[-1] - east[0], north[-1] - north[0], SMALLEST_KM) * SIDE / (SIDE - 2 * MAP_MARGIN)
    middle = ((east[0] + east[-1]) / 2, (north[0] + north[-1]) / 2)
    points = []
    for number, (venue, at) in enumerate(known, 1):
        x, y = _plane(at, centre)
        x, y = SIDE / 2 + (x - middle[0]) * SIDE / km, SIDE / 2 - (y - middle[1]) * SIDE / km
        points.append(Point(number, venue, round(x, 1), round(y, 1), at in near))
    groups = _grouped([each for each in points if each.is_inside], digits=len(str(len(points))))
    numbers = count(1)
    groups = [[each._replace(number=next(numbers)) for each in group] for group in groups]
    outside = [each._replace(number=next(numbers)) for each in points if not each.is_inside]
    return PlaceMap(groups, outside, len(venues), centre, km)


def _plane(at: Location, centre: Location) -> tuple[float, float]:
    """Return how many kilometres *at* is east and north of *centre*."""
    east = (at.longitude - centre.longitude) * cos(radians(centre.latitude)) * KM_PER_DEGREE
    return east, (at.latitude - centre.latitude) * KM_PER_DEGREE


def map_shapes(drawn: PlaceMap) -> Markup:
    """Return the map without words: a grid, the scale, north, and the numbers of the places."""
    cell = drawn.scale_km * SIDE / drawn.km
    steps = [round(number * cell, 1) for number in range(1, int(SIDE / cell) + 1)]
    grid = "".join(f"M{step} 0V{SIDE}M0 {step}H{SIDE}" for step in steps if step < SIDE)
    return element(
        "symbol",
        element("rect", width=SIDE, height=SIDE, class_="m"),
        element("path", d=grid, class_="g"),
        element("path", d=f"M12 {SIDE - 18}v6h{cell:.1f}v-6M{SIDE - 18} 34V12l-5 8m5-8l5 8", class_="n"),
        *_marks(drawn.groups),
        id="map",
        viewBox=f"0 0 {SIDE} {SIDE}",
    )


def _grouped(points: Iterable[Point], digits: int) -> list[list[Point]]:
    """Return *points*, those together whose marks would lie on each other if their numbers had so many *digits*."""
    groups: list[list[Point]] = []
    for point in points:
        group = [point]
        while beside := next((each for each in groups if _overlap(each, group, digits)), None):
            groups.remove(beside)
            group = beside + group
        groups.append(group)
    return sorted(sorted(group) for group in groups)


def _overlap(one: Sequence[Point], other: Sequence[Point], digits: int) -> bool:
    widths = (_width(digits if len(each) == 1 else 2 * digits + 1) for each in (one, other))
    (left, top, width), (other_left, other_top, other_width) = map(_box, (one, other), widths)
    return abs(top - other_top) < HIGH_MARK and left < other_left + other_width and other_left < left + width


def _width(letters: int) -> int:
    """Return how wide a mark with so many *letters* is."""
    return 10 + 6 * letters


def _box(group: Sequence[Point], width: int) -> tuple[float, float, int]:
    """Return the left and the top of the mark of a *group*, and its *width*: it stands in the middle of its points."""
    x, y = (sum(each) / len(group) for each in zip(*((point.x, point.y) for point in group), strict=True))
    left = min(max(x - width / 2, 0), SIDE - width)
    return round(left, 1), round(y - HIGH_MARK / 2, 1), width


def _marks(groups: Iterable[Sequence[Point]]) -> Iterator[Markup]:
    """Yield the mark of each group: the number of its point, or the first and the last number."""
    for group in groups:
        exact = all(each.venue.location and each.venue.location.accuracy == "building" for each in group)
        name = str(group[0].number)
        if len(group) > 1:
            name += f"{'·' if len(group) == PAIR else '–'}{group[-1].number}"
        left, top, width = _box(group, _width(len(name)))
        kind = "p" if exact else "q"
        yield element("rect", x=left, y=top, width=width, height=HIGH_MARK, rx=HIGH_MARK // 2, class_=kind)
        yield element("text", name, x=round(left + width / 2, 1), y=round(top + 12, 1), class_=kind)


def map_section(drawn: PlaceMap, edition: Edition) -> Iterator[Markup]:
    """Yield the map with a sentence that says what is on it, and the places by their numbers."""
    language, label = edition.language, edition.section_anchor("places")
    scale = _("{n} km").format(n=f"{drawn.scale_km:g}" if language == "en" else f"{drawn.scale_km:g}".replace(".", ","))
    yield element(
        "svg",
        element("use", href="#map"),
        element("text", pgettext("north", "N"), x=SIDE - 18, y=48, class_="c"),
        element("text", scale, x=16, y=SIDE - 22),
        width=SIDE,
        height=SIDE,
        viewBox=f"0 0 {SIDE} {SIDE}",
        role="img",
        aria_labelledby=label,
    )
    told = _("The location of {known} of {all} places is known. Hollow marks are approximate. North is up.")
    yield element("p", told.format(known=len(drawn.points), all=drawn.places), id=label)
    yield element("ol", *(_place(point, drawn, edition) for point in drawn.points))


def _place(point: Point, drawn: PlaceMap, edition: Edition) -> Markup:
    name = phrases.room_and_venue(point.venue, None, edition.language)
    address = phrases.address_line(point.venue, edition.listing.head.labels, edition.language)
    far = None if point.is_inside else away(drawn.centre, point.venue, edition.language)
    outside = element("small", " ", _("(outside the map: {distance})").format(distance=far)) if far else None
    return element("li", html_of_line(joined([name, address], ", ")), outside)
