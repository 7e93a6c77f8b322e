"""Where a venue is, on one line."""

from __future__ import annotations

import pytest

from kzfest.core.model import Venue
from kzfest.core.place_text import whereabouts


@pytest.mark.parametrize(
    ("address", "line"),
    [
        ("Mill Lane 1", "Mill Lane 1, Linz"),
        ("Mill Lane 1, 4020 Linz, AT", "Mill Lane 1, 4020 Linz, AT"),
        ("Linz Street 5", "Linz Street 5, Linz"),
        ("", "Linz"),
    ],
)
def test_city_that_the_address_has(address: str, line: str) -> None:
    venue = Venue(id="mill", name={"en": "Mill"}, address={"en": address}, city="linz")
    assert whereabouts(venue, {"linz": {"en": "Linz"}}, "en") == line
    assert whereabouts(venue._replace(city=None), {}, "en") == address
