"""On a terminal of any width, no line ends within a word, an hour or a link: it says the words that a pipe says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Outcome

    Run = Callable[..., Outcome]

ASKED = [
    ["list"],
    ["list", "--undated"],
    ["list", "--on", "2023-12-17"],
    ["venues"],
    ["search", "museum"],
    ["show", "dialogue"],
    ["show", "gastromania"],
    ["venue", "national-museum"],
    ["history"],
    ["itinerary", "suggest", "15..16 dec"],
]


@pytest.mark.parametrize("language", ["en", "kk", "ru"])
@pytest.mark.parametrize("columns", [40, 60])
@pytest.mark.parametrize("asked", ASKED, ids=" ".join)
def test_no_word_is_broken(kzfest: Run, on_terminal: Run, asked: list[str], columns: int, language: str) -> None:
    line = [*asked, "--lang", language, "--color", "never", "--now", "2023-12-14T12:00"]

    printed = on_terminal(*line, columns=columns).stdout.split()

    words = {*kzfest(*line).stdout.split(), "─" * columns}
    assert [word for word in printed if word not in words and set(word) != {"─"}] == []
