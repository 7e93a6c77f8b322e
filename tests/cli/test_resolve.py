"""Names that people type: an exact one beats a part, a part beats a near miss, and a guess is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import pytest

from kzfest.programme.database.catalogue import Catalogue

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
        (["show", "nutcraker"], "nuts", "assuming 'The Nutcracker' for 'nutcraker'\n"),
        (["venue", "hall"], "hall", ""),
        (["venue", "concert hall"], "hall", ""),
        (["venue", "small"], "small-hall", ""),
        (["venue", "philharmonic"], "hall", ""),
        (["venue", "ұлттық", "музей"], "museum", ""),
        (["venue", "ulttyk", "muzey"], "museum", ""),
        (["venue", "natonal", "musem"], "museum", "assuming 'National Museum' for 'natonal musem'\n"),
        (["list", "--venue", "philharmonic"], "fair", ""),
        (["list", "--venue", "natonal"], "nuts", "assuming 'National Museum' for 'natonal'\n"),
        (["list", "--category", "FAIR"], "winter-fair", ""),
        (["list", "--category", "fair", "--category", "ballet"], "winter-fair nuts", ""),
        (["list", "--not-category", "fair", "--not-category", "ballet"], "fair", ""),
        (["list", "--tag", "For Children"], "nuts", ""),
        (["list", "--category", "fairs"], "winter-fair", ""),
        (["list", "--category", "ballets"], "nuts", ""),
        (["list", "--tag", "for the child"], "nuts", ""),
        (["list", "--city", "altdorf"], "nuts", ""),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_name_is_found(ask: Run, args: list[str], key: str, told: str) -> None:
    assert ask(*args) == (0, key, told)


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (
            ["show", "xylophone"],
            "no event called 'xylophone'; `kzfest --data FILE search xylophone` searches the texts of all events",
        ),
        (["venue", "xylophone"], "no venue called 'xylophone'; `kzfest --data FILE venues` lists them all"),
        (["show", "the"], "'the' matches several events:\n  fair  The fair\n  nuts  The Nutcracker"),
        (
            ["venue", "concert", "--lang", "kk"],
            "«concert» бірнеше орынға сай келеді:\n  hall  Концерт залы\n  small-hall  Small Concert Hall",
        ),
        (["list", "--category", "xyz"], "no event has the category 'xyz'; available: ballet, fair, market"),
        (["list", "--not-category", "xyz"], "no event has the category 'xyz'; available: ballet, fair, market"),
        (["list", "--tag", "xyz"], "no event has the tag 'xyz'; available: for children"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_name_that_is_none_or_several_is_told_with_its_candidates(
    ask: Run, tmp_path: Path, args: list[str], told: str
) -> None:
    told = told.replace("FILE", str(tmp_path / "village.yaml"))

    assert ask(*args) == (3, "", f"kzfest: {told}\n")


TWINS_VENUES = """\
  - {id: hall, name: Hall, city: Neudorf}
  - {id: hall-2, name: Hall, city: Altdorf}
  - {id: opera, name: "«Nutcracker»", city: Altdorf}
"""
TWINS = """\
  - {id: gig, title: Gig, category: concert, venue: hall, start: 2023-12-08}
  - {id: gig-2, title: Gig, category: music, venue: hall-2, start: 2023-12-09}
  - {id: nutcracker, title: The Nutcracker, category: ballet, venue: opera, start: 2023-12-10}
  - {id: nuts, title: Nutcracker, category: ballet, start: 2023-12-11}
  - {id: anna, title: First, category: talk, start: 2023-12-12}
  - {id: ana, title: Second, category: talk, start: 2023-12-13}
"""
LABELS = "labels: {concert: {en: music}}\n"


@pytest.mark.parametrize(
    ("args", "key"),
    [
        (["show", "gig"], "gig"),
        (["show", "GIG"], "gig"),
        (["show", " gig "], "gig"),
        (["show", "gig-2"], "gig-2"),
        (["show", "nutcracker"], "nutcracker"),
        (["show", "anna"], "anna"),
        (["show", "ana"], "ana"),
        (["venue", "hall"], "hall"),
        (["venue", "HALL-2"], "hall-2"),
        (["list", "--venue", "hall"], "gig"),
        (["list", "--near", "hall"], None),
        (["list", "--category", "music"], "gig-2"),
        (["list", "--category", "concert"], "gig"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_id_beats_what_others_are_called(kzfest: Run, programme: Programme, args: list[str], key: str | None) -> None:
    file = programme(TWINS + LABELS, venues=TWINS_VENUES)

    code, stdout, stderr = kzfest("--data", file, *args, "-f", "json")

    if key is None:
        assert (code, stderr) == (
            3,
            "kzfest: the location of 'hall' is unknown; give a point on the map instead, such as 51.13,71.43\n",
        )
    else:
        document = json.loads(stdout)
        found = document.get("event") or document.get("venue") or document["events"][0]
        assert (code, found["id"], stderr) == (0, key, "")


def test_id_beats_titles_in_a_plan(kzfest: Run, programme: Programme, tmp_path: Path) -> None:
    file = programme(TWINS, venues=TWINS_VENUES)

    def plan(*args: str) -> tuple[int, str, str]:
        return kzfest("--data", file, "itinerary", *args, KZFEST_HOME=str(tmp_path))

    def planned() -> list[str]:
        return [each["event"] for each in json.loads(plan("show", "-f", "json")[1])["visits"]]

    plan("add", "gig", "nuts", "nutcracker", "anna", "Second")
    assert planned() == ["gig", "nutcracker", "nuts", "anna", "ana"]
    plan("add", "--own", "Tea", "--on", "2023-12-14", "--venue", "HALL")
    assert json.loads(plan("show", "-f", "json")[1])["visits"][-1]["venue"]["id"] == "hall"
    for event in ("NUTCRACKER", "anna", "gig"):
        assert plan("remove", event)[0] == 0
    assert planned() == ["nuts", "ana", None]


def test_completion_offers_no_title_that_is_the_id_of_another_event(programme: Programme) -> None:
    opened = Catalogue(Path(programme(TWINS, venues=TWINS_VENUES)), folder=None)

    assert opened.completions("event", "Gi") == ["Gig"]  # of both, and the id of one
    assert opened.completions("event", "Nut") == []
    assert opened.completions("event", "nut") == ["nutcracker", "nuts"]
    assert opened.completions("event", "The") == ["The Nutcracker"]
    assert opened.completions("venue", "Nut") == ["Nutcracker"]


def test_many_candidates_are_counted(kzfest: Run, programme: Programme) -> None:
    events = "".join(f"  - {{id: e{n}, title: Fair no. {n}, category: fair, start: 2023-12-17}}\n" for n in range(20))
    file = programme(events)

    code, stdout, stderr = kzfest("--data", file, "show", "fair")

    lines = [f"  e{n}  Fair no. {n}" for n in range(12)]
    assert (code, stdout) == (3, "")
    assert stderr.splitlines() == ["kzfest: 'fair' matches several events:", *lines, "  and 8 more"]


def test_programme_without_labels_offers_none(kzfest: Run, programme: Programme) -> None:
    file = programme("  - {id: fair, title: The fair, category: fair, start: 2023-12-17}")

    assert kzfest("--data", file, "list", "--tag", "xyz") == (3, "", "kzfest: no event has the tag 'xyz'\n")
