"""What tests of itineraries share: visits from few words."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from kzfest.core.visit import Visit
from kzfest.itineraries.store import Store
from kzfest.programme.zones import zone

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NOW = datetime(2023, 12, 1, 12, tzinfo=zone("Asia/Almaty"))


@pytest.fixture(name="now")
def _now() -> datetime:
    return NOW


@pytest.fixture(name="new_visit")
def _new_visit() -> Callable[[str, str], Visit]:
    """Return a function that gives a visit of an id and a title."""

    def new_visit(key: str, title: str) -> Visit:
        return Visit(
            id=key, title={"en": title}, start=date(2023, 12, 16), timezone="Asia/Almaty", event=title, changed=NOW
        )

    return new_visit


@pytest.fixture(name="add")
def _add(new_visit: Callable[[str, str], Visit]) -> Callable[..., Visit]:
    """Return a function that adds a visit to a store's itinerary."""

    def add(store: Store, title: str, *, name: str = "main", now: datetime = NOW) -> Visit:
        with store.changing(name, now=now) as draft:
            added = new_visit(draft.new_id(), title)
            draft.visits[added.id] = added
        return added

    return add


@pytest.fixture(name="titles")
def _titles() -> Callable[..., list[str]]:
    """Return a function that gives the titles of the visits of an itinerary, read by a store of its own."""

    def titles(folder: Path, name: str = "main") -> list[str]:
        return sorted(each.title["en"] for each in Store(folder).itinerary(name).visits)

    return titles
