"""Names that people type: an exact one beats a part, a part beats a near miss, and a guess is told."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypeAlias

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Run: TypeAlias = "Callable[..., tuple[int, str, str]]"
    Programme: TypeAlias = "Callable[..., str]"

VENUES = """\
  - {id: hall, name: {en: Concert Hall, kk: Концерт залы}, city: Neudorf, aliases: [The Philharmonic, зал]}
  - {id: small-hall, name: Small Concert Hall, city: Neudorf}
  - {id: museum, name: {en: National Museum, kk: Ұлттық музей}, city: Altdorf}
"""
EVENTS = """\
  - {id: fair, title: The fair, category: market, start: 2023-12-17, venue: hall}
  - {id: winter-fair, title: {en: Winter fair, kk: Қысқы жәрмеңке}, category: fair, start: 2023-12-18}
  - {id: nuts, title: The Nutcracker, category: ballet, tags: [for children], start: 2023-12-19, venue: museum}
"""


@pytest.fixture(name="ask")
def _ask(kzfest: Run, programme: Programme) -> Run:
    """Return a function that asks the village's programme, and gives the document where there is one."""
    file = programme(EVENTS, venues=VENUES)

    def ask(*args: str) -> tuple[int, str, str]:
        code, stdout, stderr = kzfest("--data", file, *args, "-f", "json")
        if code:
            return code, stdout, stderr
        document = json.loads(stdout)
        found = document.get("event") or document.get("venue") or {"id": " ".join(e["id"] for e in document["events"])}
        return code, found["id"], stderr

    return ask


@pytest.mark.parametrize(
    ("args", "key", "told"),
    [
        (["show", "fair"], "fair", ""),
        (["show", "The", "fair"], "fair", ""),
        (["show", "winter"], "winter-fair", ""),
        (["show", "Winter-Fair"], "winter-fair", ""),
        (["show", "қысқы", "жәрмеңке"], "winter-fair", ""),
        (["show", "kysky", "zharmenke"], "winter-fair", ""),
        (["show", "nutcracker"], "nuts", ""),
        (["show", "nutcraker"], "nuts", "'nutcraker' is taken for 'The Nutcracker'\n"),
        (["venue", "hall"], "hall", ""),
        (["venue", "concert hall"], "hall", ""),
        (["venue", "small"], "small-hall", ""),
        (["venue", "philharmonic"], "hall", ""),
        (["venue", "ұлттық", "музей"], "museum", ""),
        (["venue", "ulttyk", "muzey"], "museum", ""),
        (["venue", "natonal", "musem"], "museum", "'natonal musem' is taken for 'National Museum'\n"),
        (["list", "--venue", "philharmonic"], "fair", ""),
        (["list", "--venue", "natonal"], "nuts", "'natonal' is taken for 'National Museum'\n"),
        (["list", "--category", "FAIR"], "winter-fair", ""),
        (["list", "--category", "fair", "--category", "ballet"], "winter-fair nuts", ""),
        (["list", "--not-category", "fair", "--not-category", "ballet"], "fair", ""),
        (["list", "--tag", "For Children"], "nuts", ""),
        (["list", "--city", "altdorf"], "nuts", ""),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_name_is_found(ask: Run, args: list[str], key: str, told: str) -> None:
    assert ask(*args) == (0, key, told)


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["show", "xylophone"], "no event called 'xylophone'; `kzfest search xylophone` looks into their texts"),
        (["venue", "xylophone"], "no venue called 'xylophone'; `kzfest venues` lists them all"),
        (["show", "the"], "'the' fits several events:\n  fair  The fair\n  nuts  The Nutcracker"),
        (
            ["venue", "concert", "--lang", "kk"],
            "«concert» бірнеше орынға сай келеді:\n  hall  Концерт залы\n  small-hall  Small Concert Hall",
        ),
        (["list", "--category", "bellet"], "no event has the category 'bellet'; there are ballet"),
        (["list", "--category", "xyz"], "no event has the category 'xyz'; there are ballet, fair, market"),
        (["list", "--not-category", "xyz"], "no event has the category 'xyz'; there are ballet, fair, market"),
        (["list", "--tag", "xyz"], "no event has the tag 'xyz'; there are for children"),
        (["list", "--city", "Neudort"], "no event is in 'Neudort'; there are Neudorf"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_name_that_is_none_or_several_is_told_with_its_candidates(ask: Run, args: list[str], told: str) -> None:
    assert ask(*args) == (3, "", f"kzfest: {told}\n")


def test_many_candidates_are_counted(kzfest: Run, programme: Programme) -> None:
    events = "".join(f"  - {{id: e{n}, title: Fair no. {n}, category: fair, start: 2023-12-17}}\n" for n in range(20))
    file = programme(events)

    code, stdout, stderr = kzfest("--data", file, "show", "fair")

    lines = [f"  e{n}  Fair no. {n}" for n in range(12)]
    assert (code, stdout) == (3, "")
    assert stderr.splitlines() == ["kzfest: 'fair' fits several events:", *lines, "  and 8 more"]


def test_programme_without_labels_offers_none(kzfest: Run, programme: Programme) -> None:
    file = programme("  - {id: fair, title: The fair, category: fair, start: 2023-12-17}")

    assert kzfest("--data", file, "list", "--tag", "xyz") == (3, "", "kzfest: no event has the tag 'xyz'\n")
