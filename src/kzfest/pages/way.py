"""The page of `kzfest way`: how far it is from one place to another, and how long it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzfest.core.place_text import decimal, distance
from kzfest.core.travel import WINDING
from kzfest.formats import dates
from kzfest.formats.page import Fields, Heading, Paragraph, StyledText, cell, line
from kzfest.i18n import _
from kzfest.pages import phrases

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kzfest.core.model import Location
    from kzfest.core.travel import Way
    from kzfest.formats.page import Page


def way_page(names: tuple[str, str], here: Location, there: Location, ways: Sequence[Way], language: str) -> Page:
    """Return the page of the *ways* from *here* to *there*, which have these *names*."""
    link = route_link(here, there)
    factor = decimal(WINDING, language)
    told = _("The times assume {factor} times the straight line; the way back takes as long.").format(factor=factor)
    return [
        Heading(line(StyledText(" → ".join(names), "strong")), level=1),
        Fields(
            (
                (_("Straight line"), cell(distance(here, there, language))),
                *(({"walk": _("On foot"), "car": _("By car")}[way.by], cell(_minutes(way))) for way in ways),
                (_("Map"), cell(StyledText(phrases.short_address(link), "link", link))),
            )
        ),
        Paragraph(line(StyledText(told, "faint"))),
    ]


def _minutes(way: Way) -> str:
    told = dates.length(way.minutes)
    return _("{way}, estimate").format(way=told) if way.estimate else told


def route_link(here: Location, there: Location) -> str:
    """Return a link to a map with the route from *here* to *there*; some ten metres are exact enough for a route."""
    points = (f"{each.latitude:.4f},{each.longitude:.4f}" for each in (here, there))
    return f"https://www.openstreetmap.org/directions?route={';'.join(points)}"
