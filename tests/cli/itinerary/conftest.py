"""What the tests of itineraries share: a small programme, a home of one's own, and runs with ids that stay the same."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import pytest

from kzfest.itineraries.store import LETTERS, Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run: TypeAlias = "Callable[..., Outcome]"

FAIR = """\
format: 1
programme:
  {id: fair, title: Winter fair, timezone: Asia/Almaty, revised: 2023-12-01, first: 2023-12-15, last: 2023-12-31}
venues:
  - id: opera
    name: {en: Opera, kk: Опера театры, ru: Оперный театр}
    address: 1 Qonaev Street
    city: Astana
    location: {latitude: 51.1350, longitude: 71.4100, accuracy: building}
  - id: museum
    name: {en: Museum, ru: Музей}
    address: 54 Tauelsizdik Avenue
    city: Astana
    location: {latitude: 51.1185, longitude: 71.4697, accuracy: approximate}
    hours: {tue-sun: "10:00-18:00", mon: closed}
  - id: park
    name: City park
    city: Astana
    location: {latitude: 51.1555, longitude: 71.4205, accuracy: building}
  - {id: club, name: Night club, city: Astana, hours: {fri-sat: "20:00-04:00"}}
  - {id: lake, name: Lake camp, city: Burabay}
events:
  - id: swan
    title: {en: Swan Lake, kk: Аққулар көлі, ru: Лебединое озеро}
    category: ballet
    tags: [tchaikovsky]
    venue: opera
    start: 2023-12-16 19:00
    end: 2023-12-16 21:30
  - {id: paintings, title: Old paintings, category: exhibition, venue: museum, start: 2023-12-15, end: 2023-12-20}
  - {id: songs, title: Songs of the steppe, category: concert, venue: park, start: 2023-12-16 21:00}
  - {id: night, title: Long night, category: party, venue: club, start: 2023-12-17 00:30, end: 2023-12-17 03:00}
  - id: puppets
    title: Puppets
    category: theatre
    venue: park
    showings:
      - {id: morning, start: 2023-12-17 11:00, end: 2023-12-17 12:00}
      - {id: afternoon, start: 2023-12-17 14:00, end: 2023-12-17 15:00}
      - {id: guest, start: 2023-12-18 18:00, end: 2023-12-18 19:00, venue: opera}
  - id: skating
    title: Skating for all
    category: sport
    venue: park
    start: 2023-12-15 08:00
    end: 2023-12-15 09:30
    repeats: FREQ=WEEKLY;COUNT=30
  - {id: sledges, title: Sledge race, category: sport, venue: lake, start: 2023-12-17}
  - {id: photos, title: Photographs, category: exhibition, venue: museum, start: 2023-12-18, end: unknown}
  - {id: panorama, title: Panorama, category: museum-hall, venue: museum, when: permanent}
  - {id: jam, title: Jam session, category: concert, venue: club, when: unannounced}
  - {id: rinks, title: Ice rinks, category: winter-season, place: Five yards, city: Astana, reported: 2023-12-20}
  - {id: gala, title: The gala, category: concert, venue: opera, start: 2023-12-17 18:00, status: cancelled}
  - {id: poems, title: Poems, category: reading, place: Library, start: 2023-12-19, status: postponed}
  - {id: report, title: A report, category: news, start: 2023-12-16}
"""

NOW = "2023-12-10T12:00"

TOKEN = (
    "kzf1:eNp1kMtOhUAMhl-FdOOmRkA8GHfsXbklLCoZD5PDXDIXT4zx3Z0bATWGYZK28_392xEEcQk4jvBG3ADCYDndDasg9wETjtKv66_kFF-_3"
    "-oAOi7PFrDGx_6hRjikALCpTzWGEz8Q3jIvomJA7ZXkTuUoAk1XYxNSbSSUZoZC_kVdqx6rQUqqFrKVW1jl-Hxhzm5y6oeLEkbBNrRv2vBjcmc"
    "uhZD8vLidKGEkuj5bSKbn1b8WQnutY8fMNEFtS4BQRoahAU-HeQ_NVi_nJUhnMC00XbF1eZ63TC5NeRNEP4FJeILnhH4VCySVIUHFQxubbJldN"
    "V1_V64VE5v7-0DmEErVcHnZqh1CDgu4KKcOtS0G-K_fNH0DlWmucw"
)
"""Ten visits to the fair, as `share` printed them once: a clash, a tight way, notes, a night, an assumed end."""


class Outcome(NamedTuple):
    """How a run ended and what it printed; equal to a plain tuple of the same."""

    code: int
    stdout: str
    stderr: str


@pytest.fixture(name="home")
def _home(tmp_path: Path) -> Path:
    """Return a home that has the fair among its programmes."""
    folder = tmp_path / "home"
    (folder / "config" / "programmes").mkdir(parents=True)
    (folder / "config" / "programmes" / "fair.yaml").write_text(FAIR, encoding="utf-8")
    return folder


@pytest.fixture(name="fair")
def _fair(home: Path) -> Path:
    """Return the file of the fair."""
    return home / "config" / "programmes" / "fair.yaml"


@pytest.fixture(name="rewrite")
def _rewrite(fair: Path) -> Callable[..., None]:
    """Return a function that puts one text for another in the fair's file, as its maintainer does."""

    def rewrite(old: str, new: str) -> None:
        text = fair.read_text(encoding="utf-8")
        assert text.count(old) == 1
        fair.write_text(text.replace(old, new), encoding="utf-8")

    return rewrite


class Names:
    """Names that stay the same, for ids that are drawn by lot: `id001` for the first that is seen."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._names: dict[str, str] = {}

    def learn(self) -> None:
        """Give names to the visits that are new."""
        itineraries = [self._store.itinerary(each.name) for each in self._store.all()]
        for visit in (each for itinerary in itineraries for each in itinerary.visits):
            if set(visit.id) <= set(LETTERS):
                self._names.setdefault(visit.id, f"id{len(self._names) + 1:03}")

    def told(self, text: str) -> str:
        """Return *text* with the names in the place of the ids."""
        for key, name in self._names.items():
            text = re.sub(rf"\b{key}\b", name, text)
        return text

    def meant(self, text: str) -> str:
        """Return the id that a name stands for, or *text* itself."""
        return next((key for key, name in self._names.items() if name == text), text)


@pytest.fixture(name="mine")
def _mine(kzfest: Callable[..., tuple[int, str, str]], home: Path, fair: Path) -> Run:
    """Return a function that runs `kzfest itinerary` in the home; visits are named `id001` and so on."""
    names = Names(Store(home / "data"))

    def mine(*args: str, **environment: str) -> Outcome:
        env = {"KZFEST_HOME": str(home), "KZFEST_DATA": str(fair), "KZFEST_NOW": NOW} | environment
        code, stdout, stderr = kzfest("itinerary", *map(names.meant, args), **env)
        names.learn()
        return Outcome(code, *(names.told(text).replace(str(home), "HOME") for text in (stdout, stderr)))

    return mine


@pytest.fixture(name="token")
def _token() -> str:
    """Return a token of ten visits to the fair."""
    return TOKEN


@pytest.fixture(name="busy")
def _busy(mine: Run, rewrite: Callable[..., None]) -> Run:
    """Return a function as `mine`, with the visits of the token, and a fair that has changed since."""
    mine("merge", TOKEN)
    rewrite("start: 2023-12-17 11:00, end: 2023-12-17 12:00", "start: 2023-12-17 10:00, end: 2023-12-17 11:00")
    rewrite("city: Astana, reported: 2023-12-20}", "city: Astana, reported: 2023-12-20, status: cancelled}")
    return mine


@pytest.fixture(name="visits")
def _visits(mine: Run) -> Callable[..., list[dict[str, Any]]]:
    """Return a function that gives the visits of an itinerary as JSON has them."""

    def visits(*args: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(mine("show", "-f", "json", *args).stdout)["visits"]
        return found

    return visits
