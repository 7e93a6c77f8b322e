"""What is on the full screen, and what its keys and the mouse do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.browse.conftest import Screen

    Browse = Callable[..., None]


def test_screen_begins_with_the_events_of_today(browse: Browse) -> None:
    seen = []

    async def drive(screen: Screen) -> None:
        seen.append((screen.app.day.isoformat(), screen.current))

    browse(drive)

    assert seen == [("2023-12-15", "equestrian")]


@pytest.mark.parametrize("language", ["en", "kk", "ru"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=lambda size: "x".join(map(str, size)))
def test_screen_in_each_language_and_size(
    browse: Browse, golden: Callable[[str, str], None], language: str, size: tuple[int, int]
) -> None:
    async def drive(screen: Screen) -> None:
        golden(f"browse/{language}-{size[0]}.txt", screen.text)

    browse(drive, lang=language, size=size)
